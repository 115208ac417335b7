"""`kheo campaign end | resume`: a campaign whose directive was replaced ends, or goes on again, by the same acts as the pages."""

import argparse
from typing import TYPE_CHECKING, Any

from kheo.cli.arguments import add_by, count_words, number_between, user_named
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused
from kheo.core.days import format_day

if TYPE_CHECKING:
    from datetime import datetime

    from kheo.campaigns.models import Campaign
    from kheo.directives.models import CampaignEnding
    from kheo.directives.queries.endings import Replacement
    from kheo.org.access import Person
    from kheo.reports.queries.campaign_endings import Foreseen, Preview

MOST = 9_999_999


def add_campaign(parser: argparse.ArgumentParser, console: Console) -> None:
    """The word that names a campaign."""
    words = console.text("mã phong trào, ví dụ 5-khong", "code, like 5-khong")
    parser.add_argument("campaign", metavar=console.text("PHONG_TRÀO", "CAMPAIGN"), help=words)


def campaign_named(code: str) -> "Campaign":
    """The campaign of that code; Refused when there is none."""
    from kheo.campaigns.queries import campaign_by_code

    found = campaign_by_code(code)
    if found is None:
        raise Refused(f"Chưa có phong trào “{code}”.", f"There is no campaign “{code}”.")
    return found


def _configure(parser: argparse.ArgumentParser, console: Console, rehearsal: str) -> None:
    add_campaign(parser, console)
    add_by(
        parser,
        console,
        console.text("quyết định thay người này, với quyền của người này", "in the name and with the rights of this person"),
    )
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))
    parser.add_argument("--dry-run", action="store_true", help=rehearsal)


def _configure_end(parser: argparse.ArgumentParser, console: Console) -> None:
    _configure(
        parser, console, console.text("chỉ cho xem sẽ thôi thu những gì, không lưu gì", "show what would be closed; nothing is stored")
    )
    words = console.text("số, ký hiệu của văn bản thay thế, khi có nhiều văn bản", "number of the replacing paper, where there are several")
    parser.add_argument("--paper", default="", metavar=console.text("SỐ", "NUMBER"), help=words)
    words = console.text(
        "chỉ làm khi đúng chừng này báo cáo sẽ thôi thu, như bản xem trước nói", "only where so many reports would be closed"
    )
    parser.add_argument("--expect", type=number_between(console, 0, MOST), metavar=console.text("SỐ_BÁO_CÁO", "REPORTS"), help=words)


def _configure_resume(parser: argparse.ArgumentParser, console: Console) -> None:
    words = console.text("chỉ cho xem bao nhiêu báo cáo phải nộp lại, có lấy lại được không", "show only what would be asked for again")
    _configure(parser, console, words)
    words = console.text("vì sao lấy lại (bắt buộc khi làm thật)", "why it is taken back (needed when it is done)")
    parser.add_argument("--reason", default="", metavar=console.text("LÝ_DO", "REASON"), help=words)


def _person(arguments: argparse.Namespace) -> "Person":
    from kheo.config.clock import now
    from kheo.org.access import person

    return person(user_named(arguments.by), now())


def _meant(arguments: argparse.Namespace, campaign: "Campaign", by: "Person") -> "Replacement":
    """The one replacement by which the campaign may be ended; Refused says which there are, or that there is none."""
    from kheo.core.paper_books.facts import PaperFacts
    from kheo.core.paper_books.sameness import number_key
    from kheo.reports.access.endings import replacements_to_act_on

    found = [each for each in replacements_to_act_on(by) if each.campaign.pk == campaign.pk]
    if arguments.paper:
        key = number_key(PaperFacts(full_number=arguments.paper))
        found = [each for each in found if each.link.directive.key == key]
    else:  # what the campaign has ended by already is meant where nothing else is said
        found = [each for each in found if each.ending and each.ending.link_id == each.link.pk] or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(
            f"{by.name} không kết thúc được phong trào “{campaign.code}”: cần thường trực phong trào của cấp cao nhất, "
            "và quan hệ Thay thế giữa văn bản mới với văn bản của phong trào trong sổ của đơn vị ấy.",
            f"{by.name} cannot end “{campaign.code}”: it takes the office of the top unit and a replacement in the books of that unit.",
        )
    listed = "; ".join(f"{each.link.directive} từ {format_day(each.link.from_day)}" for each in found if each.link.from_day)
    raise Refused(
        f"Có nhiều văn bản thay thế, chọn một bằng --paper: {listed}.", f"Several papers replace it, choose with --paper: {listed}."
    )


def _end(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.directives.queries.endings import ending_words
    from kheo.reports.actions import Refusal, end_campaign
    from kheo.reports.queries.campaign_endings import preview

    campaign, by, at = campaign_named(arguments.campaign), _person(arguments), now()
    meant = _meant(arguments, campaign, by)
    assert meant.link.from_day is not None
    foreseen = preview(campaign.pk, meant.link.from_day, at)
    if arguments.dry_run:
        return _show(meant, foreseen, console, as_json=arguments.json)
    if arguments.expect is not None and arguments.expect != foreseen.whole.reports:
        _show(meant, foreseen, console, as_json=arguments.json)
        said = f"số báo cáo sẽ thôi thu là {foreseen.whole.reports}, không phải {arguments.expect}; chưa ghi gì."
        console.error(said, f"{foreseen.whole.reports} reports would be closed, not {arguments.expect}; nothing was stored.")
        return FAILED
    done = end_campaign(campaign.pk, meant.link.pk, by=by, at=at)
    if isinstance(done, Refusal):
        console.error(done.message, done.message)
        return FAILED
    if arguments.json:
        console.data(_told(done.ending, done.reports, done.units))
        return DONE
    reports, units = count_words(done.reports), count_words(done.units)
    console.result(
        f"{ending_words(done.ending)}. Đã thôi thu {reports} báo cáo của {units} đơn vị.",
        f"{campaign.code} ends on {done.ending.from_day}: {reports} reports of {units} units are closed.",
    )
    return DONE


def _show(meant: "Replacement", found: "Preview", console: Console, *, as_json: bool) -> int:
    """What the ending would close, window by window, and what stays due."""
    day = meant.link.from_day
    if as_json:
        rows = [{"cycle": cycle.code, **_numbers(counts)} for cycle, counts in found.windows]
        whole = {**_numbers(found.whole), "units": found.whole.units}
        stays = [each.code for each in found.stays]
        console.data({"campaign": meant.campaign.code, "from_day": day, "windows": rows, "whole": whole, "stays": stays})
        return DONE
    directive, other = meant.link.directive, meant.link.other
    console.plain(console.text(f"{directive} thay thế {other} từ ngày", f"{directive} replaces {other} from") + f" {day:%d/%m/%Y}")
    heads = ("kỳ", "thôi thu", "đang nhập", "đã nộp", "đã chấp nhận", "không thu từ trước")
    english = ("cycle", "closes", "begun", "submitted", "accepted", "closed before")
    console.plain("\t".join(english if console.language == "en" else heads))
    for cycle, counts in found.windows:
        console.plain("\t".join([cycle.code, *(count_words(each) for each in _numbers(counts).values())]))
    for cycle in found.stays:
        console.plain(console.text(f"Vẫn phải nộp: {cycle.name}", f"Stays due: {cycle.code}"))
    reports, units = count_words(found.whole.reports), count_words(found.whole.units)
    console.result(
        f"Chạy thử: sẽ thôi thu {reports} báo cáo của {units} đơn vị. Chưa lưu gì.",
        f"Rehearsal: {reports} reports of {units} units would be closed. Nothing stored.",
    )
    return DONE


def _numbers(counts: "Foreseen") -> dict[str, int]:
    return {name: getattr(counts, name) for name in ("reports", "begun", "submitted", "accepted", "closed")}


def _resume(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.directives.queries.endings import ending_of
    from kheo.org.access import Unreachable
    from kheo.reports.access.endings import ending_to_take_back
    from kheo.reports.actions import Refusal, take_back_ending

    campaign, by, at = campaign_named(arguments.campaign), _person(arguments), now()
    ending = ending_of(campaign.pk)
    if ending is None:
        raise Refused(f"Phong trào “{campaign.code}” đang tiếp tục: không có gì để lấy lại.", f"“{campaign.code}” has not ended.")
    try:
        ending_to_take_back(by, ending.pk)
    except Unreachable:
        said = f"{by.name} không lấy lại được: chỉ thường trực phong trào của cấp cao nhất đã kết thúc."
        raise Refused(said, f"{by.name} may not take it back: only the office of the top unit that ended it.") from None
    if arguments.dry_run:
        return _foretell(ending, at, console, as_json=arguments.json)
    done = take_back_ending(ending.pk, reason=arguments.reason, by=by, at=at)
    if isinstance(done, Refusal):
        console.error(done.message, done.message)
        return FAILED
    if arguments.json:
        console.data(_told(done.ending, done.reports, done.units))
        return DONE
    said = count_words(done.reports)
    console.result(f"Đã lấy lại: {said} báo cáo phải nộp như cũ.", f"Taken back: {said} reports are due as before.")
    return DONE


def _foretell(ending: "CampaignEnding", at: "datetime", console: Console, *, as_json: bool) -> int:
    """What taking it back would ask for again, or why it cannot be taken back any more."""
    from kheo.directives.queries.endings import ending_words
    from kheo.reports.queries.campaign_endings import closed_by, what_follows

    blocked, reports = what_follows(ending, at), closed_by(ending)
    if as_json:
        console.data({**_told(ending, reports, None), "blocked": blocked})
        return FAILED if blocked else DONE
    console.plain(f"{ending_words(ending)}.")
    if blocked:
        console.error(f"không lấy lại được nữa. {blocked}", f"it cannot be taken back any more. {blocked}")
        return FAILED
    said = count_words(reports)
    console.result(f"Chạy thử: {said} báo cáo sẽ phải nộp như cũ. Chưa lưu gì.", f"Rehearsal: {said} reports would be due again.")
    return DONE


def _told(ending: "CampaignEnding", reports: int, units: int | None) -> dict[str, Any]:
    told = {"campaign": ending.campaign.code, "from_day": ending.from_day, "paper": ending.link.directive.full_number, "reports": reports}
    return told if units is None else {**told, "units": units}


COMMANDS = (
    Command(
        words=("campaign", "end"),
        vietnamese="kết thúc phong trào theo văn bản thay thế; --dry-run để xem trước",
        english="end a campaign by the paper that replaces its directive; --dry-run shows what that closes",
        run=_end,
        configure=_configure_end,
    ),
    Command(
        words=("campaign", "resume"),
        vietnamese="lấy lại việc kết thúc một phong trào, kèm lý do; --dry-run để xem trước",
        english="take the end of a campaign back, with a reason; --dry-run shows what that asks for again",
        run=_resume,
        configure=_configure_resume,
    ),
)
