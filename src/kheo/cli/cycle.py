"""`kheo cycle open | status | recount`: reporting cycles."""

import argparse
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from kheo.cli.arguments import count_words, keeper
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.cli.due_table import print_due_table
from kheo.config.calendars import working_calendar
from kheo.config.refusals import Refused
from kheo.core.consolidated import ObligationCounts

if TYPE_CHECKING:
    from kheo.campaigns.models import Cycle
    from kheo.reports.actions import OpenResult

COLUMNS = (
    "đơn vị",
    "phải báo cáo",
    "đã chấp nhận",
    "đã nộp",
    "bị trả lại",
    "đang soạn",
    "chưa bắt đầu",
    "quá hạn",
    "đúng hạn",
    "không thu nữa",
)
ENGLISH_COLUMNS = ("unit", "expected", "accepted", "submitted", "returned", "draft", "not started", "overdue", "on time", "closed")


def add_cycle(parser: argparse.ArgumentParser, console: Console) -> None:
    """The two words that name a cycle."""
    parser.add_argument(
        "campaign", metavar=console.text("PHONG_TRÀO", "CAMPAIGN"), help=console.text("mã phong trào, ví dụ 5-khong", "code, like 5-khong")
    )
    parser.add_argument(
        "cycle", metavar=console.text("KỲ", "CYCLE"), help=console.text("mã kỳ, ví dụ 2023-6T, 2023-N", "code, like 2023-6T, 2023-N")
    )


def cycle_named(arguments: argparse.Namespace) -> "Cycle":
    """The open cycle of those names; Refused when there is none."""
    from kheo.campaigns.queries import cycle_by_code

    cycle = cycle_by_code(arguments.campaign, arguments.cycle)
    if cycle is None:
        raise Refused(
            f"Chưa mở kỳ {arguments.cycle} của phong trào {arguments.campaign}. Mở: kheo cycle open {arguments.campaign} {arguments.cycle}",
            f"Cycle {arguments.cycle} of {arguments.campaign} is not open. Open it: kheo cycle open {arguments.campaign} {arguments.cycle}",
        )
    return cycle


def _open(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.campaigns.queries import campaign_by_code, definition_of, edition_for
    from kheo.config.clock import now
    from kheo.reports.actions import open_cycle

    campaign = campaign_by_code(arguments.campaign)
    if campaign is None:
        raise Refused(
            f"Chưa có phong trào “{arguments.campaign}”. Hãy công bố trước: kheo campaign publish TỆP.yaml",
            f"There is no campaign “{arguments.campaign}”. Publish it first: kheo campaign publish FILE.yaml",
        )
    edition = edition_for(campaign, arguments.cycle)
    # Without an edition that knows the cycle, opening says which cycles there are; it asks no calendar before.
    name = definition_of(edition.pk).regime.calendar if edition else "vn"
    calendar = working_calendar(name)
    if not arguments.dry_run:
        console.progress("Đang giao nghĩa vụ báo cáo cho các đơn vị…", "Giving every unit its obligation…")
    result = open_cycle(arguments.campaign, arguments.cycle, calendar=calendar, by=keeper(), at=now(), is_rehearsal=arguments.dry_run)
    for problem in (*result.problems, *result.unaddressed, *result.suspended):
        console.plain(problem)
    if result.cycle is None:
        console.error("không mở được kỳ; không có gì được lưu.", "the cycle was not opened; nothing was stored.")
        return FAILED
    name, count = result.cycle.name, count_words(result.obligations)
    if result.is_new:
        _tell_dates(result, console)
    if result.is_new and arguments.dry_run:
        console.result(
            f"Chạy thử: {name} sẽ có {count} đơn vị phải báo cáo. Chưa lưu gì.", f"Rehearsal: {name}, {count} units. Nothing stored."
        )
    elif result.is_new:
        console.result(f"Đã mở kỳ {name}: {count} đơn vị phải báo cáo.", f"Opened {name}: {count} units owe a report.")
    else:
        console.result(
            f"Kỳ {name} đã mở từ trước ({count} đơn vị); không có gì thay đổi.", f"{name} is open already ({count} units); nothing changed."
        )
    return DONE


def _tell_dates(result: "OpenResult", console: Console) -> None:
    """The due dates, how many units each tier has, and what should be meant about them."""
    if result.cycle is None:
        return
    print_due_table(console, [(result.cycle.code, result.cycle.cutoff, result.dues)])
    for due in result.dues:
        console.plain(f"{due.name}: {count_words(result.by_tier.get(due.tier, 0))} {console.text('đơn vị', 'units')}")
    for doubt in result.doubts:
        console.plain(console.text(f"Cần xem lại: {doubt}", f"Look at: {doubt}"))


def _configure_open(parser: argparse.ArgumentParser, console: Console) -> None:
    add_cycle(parser, console)
    words = console.text("chỉ cho xem hạn nộp và số đơn vị, không lưu gì", "show due dates and units only; nothing is stored")
    parser.add_argument("--dry-run", action="store_true", help=words)


def _configure_status(parser: argparse.ArgumentParser, console: Console) -> None:
    add_cycle(parser, console)
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _status(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.queries import snapshot_children, snapshot_roots
    from kheo.reports.queries.standing import obligation_counts

    cycle, at = cycle_named(arguments), now()
    units = [unit for root in snapshot_roots(cycle.snapshot_id) for unit in (root, *snapshot_children(cycle.snapshot_id, root.unit_id))]
    counts = obligation_counts(cycle, units, at)
    rows = [(unit, counts[unit.unit_id]) for unit in units if counts[unit.unit_id].expected]
    if arguments.json:
        listed = [{"code": unit.code, "name": unit.name, **asdict(count)} for unit, count in rows]
        console.data({"campaign": arguments.campaign, "cycle": cycle.code, "name": cycle.name, "as_of": at.isoformat(), "units": listed})
        return DONE
    console.plain(f"{cycle.name} ({cycle.opens:%d/%m/%Y} – {cycle.closes - timedelta(days=1):%d/%m/%Y})")
    console.plain("\t".join(ENGLISH_COLUMNS if console.language == "en" else COLUMNS))
    for unit, count in rows:
        console.plain("\t".join([unit.name, *_numbers(count)]))
    return DONE


def _recount(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.reports.actions import mend_milestones, rebuild_rollups, recount_peers

    cycle, at = cycle_named(arguments), now()
    console.progress("Đang đếm lại…", "Counting again…")
    totals, peers = rebuild_rollups(cycle, by=keeper(), at=at) + mend_milestones(cycle), recount_peers(cycle, at=at)
    console.result(
        f"Đã đếm lại kỳ {cycle.name}: {totals} tổng và {peers} khoảng thường gặp đã được ghi lại.",
        f"Counted {cycle.name} again: {totals} totals and {peers} usual ranges were written anew.",
    )
    return DONE


def _numbers(count: ObligationCounts) -> list[str]:
    return [count_words(number) for number in asdict(count).values()]


COMMANDS = (
    Command(
        words=("cycle", "open"),
        vietnamese="mở một kỳ báo cáo: mọi đơn vị nhận việc, nơi nhận và hạn nộp",
        english="open a cycle: every unit gets its obligation, recipient and due date",
        run=_open,
        configure=_configure_open,
    ),
    Command(
        words=("cycle", "status"),
        vietnamese="tiến độ của một kỳ báo cáo",
        english="how far a cycle is",
        run=_status,
        configure=_configure_status,
    ),
    Command(
        words=("cycle", "recount"),
        vietnamese="đếm lại các tổng đã cộng và các khoảng thường gặp của một kỳ",
        english="count the totals and the usual ranges of a cycle again",
        run=_recount,
        configure=add_cycle,
    ),
)
