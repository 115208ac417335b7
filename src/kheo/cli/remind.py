"""`kheo remind`: who is told what, now or at a named instant."""

import argparse
from collections.abc import Callable
from datetime import datetime

from kheo.cli.arguments import FIRST_YEAR, LAST_YEAR, count_words
from kheo.cli.command import DONE, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused
from kheo.core.days import ZONE


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=console.text("chỉ in ra ai sẽ được nhắc việc gì, không ghi và không gửi", "only print who would be told what"),
    )
    parser.add_argument(
        "--at",
        type=_instant(console),
        metavar=console.text("LÚC", "INSTANT"),
        help=console.text("xem vào lúc khác, ví dụ 2023-11-13T07:00; chỉ dùng với --dry-run", "another instant; only with --dry-run"),
    )
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _instant(console: Console) -> Callable[[str], datetime]:
    """Reads an instant written `2023-11-13T07:00`, of Việt Nam unless it says otherwise."""

    def parse(text: str) -> datetime:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = datetime.min.replace(tzinfo=ZONE)  # refused below
        if not FIRST_YEAR <= found.year < LAST_YEAR:
            raise argparse.ArgumentTypeError(
                console.text(
                    f"“{text}” không phải là thời điểm (viết 2023-11-13T07:00)", f"“{text}” is no instant (write 2023-11-13T07:00)"
                )
            )
        return found if found.tzinfo else found.replace(tzinfo=ZONE)

    return parse


def _remind(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.config.jobs.reminding import almanac, recheck

    if arguments.at and not arguments.dry_run:
        raise Refused(
            "--at chỉ dùng với --dry-run: không ai được nhắc việc của một ngày khác.",
            "--at is only for --dry-run: nobody is told of another day's work.",
        )
    if arguments.dry_run:
        return _preview(arguments, console, arguments.at or now())
    from django.conf import settings

    from kheo.config.channels import channels
    from kheo.notices.actions import deliver
    from kheo.reports.actions.reminding import remind

    ready = channels()
    done = remind(almanac(), channels=list(ready), at=now())
    sent = deliver(ready, site=settings.ENVIRONMENT.messaging.site, now=now, still_due=recheck()).counts
    if arguments.json:
        console.data({"digests": done.digests, "was_busy": done.was_busy, "deliveries": sent})
        return DONE
    console.result(f"Đã nhắc {count_words(done.digests)} người.", f"Reminded {count_words(done.digests)} people.")
    console.result(
        f"Tin đã gửi: {sent.get('sent', 0)}; gửi lại sau: {sent.get('later', 0)}; không gửi được: {sent.get('failed', 0)}.",
        f"Messages sent: {sent.get('sent', 0)}; later: {sent.get('later', 0)}; failed: {sent.get('failed', 0)}.",
    )
    return DONE


def _preview(arguments: argparse.Namespace, console: Console, at: datetime) -> int:
    from kheo.config.jobs.reminding import almanac
    from kheo.people.queries import names_of
    from kheo.reports.actions.reminding import would_remind

    found = would_remind(almanac(), at=at)
    names = names_of([person for person, _ in found])
    if arguments.json:
        console.data([{"person": names[person][0], "lines": [line.text for line in lines]} for person, lines in found])
        return DONE
    for person, lines in found:
        username, full_name = names[person]
        console.plain(f"{full_name} ({username})")
        for line in lines:
            console.plain(f"  - {line.text}")
    console.result(f"Sẽ nhắc {count_words(len(found))} người.", f"{count_words(len(found))} people would be reminded.")
    return DONE


COMMANDS = (
    Command(
        words=("remind",),
        vietnamese="nhắc việc ngay bây giờ; --dry-run chỉ in ra ai sẽ được nhắc việc gì",
        english="remind now; --dry-run only prints who would be told what",
        run=_remind,
        configure=_configure,
    ),
)
