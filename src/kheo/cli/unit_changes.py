"""`kheo units changes | events | undo`: what happens to units, from a file, as a list, and taken back."""

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kheo.cli.arguments import count_words, day_of, keeper, number_between, read_input
from kheo.cli.campaign import tell_problems
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused
from kheo.core.days import format_day, local_day
from kheo.core.problems import Problem
from kheo.core.reorganising import EVENT_NAMES, EventKind

if TYPE_CHECKING:
    from kheo.org.actions import Reorganised
    from kheo.org.queries import EventTold

LARGEST_NUMBER = 10**9 - 1


def _configure_changes(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument("file", type=Path, metavar=console.text("TỆP.csv", "FILE.csv"), help=console.text("bảng thay đổi", "the changes"))
    parser.add_argument("--dry-run", action="store_true", help=console.text("chỉ kiểm tra, không ghi gì", "only check, store nothing"))
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _changes(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.actions import change_units

    content = read_input(arguments.file)
    console.progress(f"Đang đọc {arguments.file}…", f"Reading {arguments.file}…")
    done = change_units(content, str(arguments.file), by=keeper(), at=now(), dry_run=arguments.dry_run)
    if arguments.json:
        console.data(_as_data(done, arguments.dry_run))
        return FAILED if done.problems else DONE
    for doubt in done.doubts:
        console.progress(f"Xem lại: {doubt}", f"Look again: {doubt}")
    if done.problems:
        return tell_problems(done.problems, console)
    _tell_done(done, arguments.dry_run, console)
    return DONE


def _as_data(done: "Reorganised", dry_run: bool) -> dict[str, Any]:
    return {
        "ok": not done.problems,
        "dry_run": dry_run,
        "batch": done.batch,
        "events": done.events,
        "counts": done.counts,
        "without_successor": done.counts.get(EventKind.CLOSED, 0),
        "without_decision": done.without_decision,
        "posts_ended": done.posts_ended,
        "reports_touched": _reports_touched(done),
        "touched": _touched(done),
        "problems": [_problem(problem) for problem in done.problems],
        "doubts": [_problem(doubt) for doubt in done.doubts],
    }


KINDS = {
    "xin-gia-han": ("đề nghị gia hạn đang chờ", "waiting requests for more time"),
    "ban-gui": ("bản gửi nơi nhận khác chưa tiếp nhận", "copies not taken in yet"),
    "kien-nghi": ("kiến nghị chưa xong", "open proposals"),
    "loi-moi": ("lời mời đang chờ", "waiting invitations"),
    "ho-so": ("sổ còn hồ sơ chưa xong", "registers with open entries"),
    "don-doc": ("công văn đôn đốc đã lập", "call-in letters"),
}


def _reports_touched(done: "Reorganised") -> dict[str, Any]:
    """Reports still to come of the units that end, or owed to them."""
    from kheo.reports.queries.transitions import touched_by_ending

    found = asdict(touched_by_ending(done.ended))
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in found.items()}


def _touched(done: "Reorganised") -> dict[str, int]:
    """How many things of each kind the end of units touches, by the name of the kind on the page of the preview."""
    from kheo.config.clock import now
    from kheo.reports.queries.touched import PROVIDERS, Change

    change = Change(ended=frozenset(done.ended), at=now())
    return {each.id: each.count(change) for each in PROVIDERS}


def _tell_touched(done: "Reorganised", console: Console) -> None:
    from kheo.reports.queries.transitions import touched_by_ending

    found = touched_by_ending(done.ended)
    if found.reports:
        counts = [count_words(each) for each in (found.reports, found.drafts, found.waiting)]
        console.result(
            f"{counts[0]} báo cáo chưa xong của các đơn vị ngừng hoạt động chờ nơi nhận quyết định"
            f" ({counts[1]} đang soạn hoặc bị trả lại, {counts[2]} đã nộp chờ duyệt).",
            f"{counts[0]} open reports of units that end await their recipients ({counts[1]} begun, {counts[2]} sent and undecided).",
        )
    if found.received:
        owed = count_words(found.received)
        console.result(
            f"{owed} báo cáo chưa xong đang gửi về đơn vị ngừng hoạt động: cần chuyển nơi nhận.",
            f"{owed} open reports are owed to units that end: they need another recipient.",
        )
    others = {kind: count for kind, count in _touched(done).items() if count and kind != "bao-cao"}
    for kind, count in others.items():
        vietnamese, english = KINDS.get(kind, (kind, kind))
        told = count_words(count)
        console.result(f"{told} {vietnamese} của các đơn vị ấy.", f"{told} {english} of these units.")


def _problem(problem: Problem) -> Mapping[str, Any]:
    return asdict(problem)


def _tell_done(done: "Reorganised", dry_run: bool, console: Console) -> None:
    told = ", ".join(f"{EVENT_NAMES[EventKind(kind)]} {count_words(count)}" for kind, count in sorted(done.counts.items()))
    told_english = ", ".join(f"{kind} {count_words(count)}" for kind, count in sorted(done.counts.items()))
    events = count_words(done.events)
    if dry_run:
        console.result(
            f"Thử: {events} sự kiện, không có gì được ghi ({told}).", f"On trial: {events} events, none stored ({told_english})."
        )
    else:
        console.result(
            f"Đã ghi {events} sự kiện, đợt số {done.batch} ({told}).", f"Recorded {events} events, batch {done.batch} ({told_english})."
        )
    closed = done.counts.get(EventKind.CLOSED, 0)
    if closed:
        ended = count_words(closed)
        console.result(f"{ended} đơn vị kết thúc mà tệp không ghi ai kế thừa.", f"{ended} units end and the file names no successor.")
    if done.posts_ended:
        posts = count_words(done.posts_ended)
        console.result(f"{posts} chức danh hết hiệu lực cùng đơn vị.", f"{posts} posts end with their units.")
    _tell_touched(done, console)
    if done.without_decision:
        unknown = count_words(done.without_decision)
        console.result(f"{unknown} sự kiện không rõ số quyết định.", f"{unknown} events without the number of a decision.")


def _configure_events(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument("--unit", metavar=console.text("MÃ", "CODE"), help=console.text("chỉ một đơn vị", "of one unit only"))
    for name, vietnamese, english in (
        ("--on", "tra mã vào ngày (mặc định: hôm nay)", "day on which the unit carries the code (default: today)"),
        ("--from", "từ ngày", "from this day"),
        ("--to", "đến hết ngày", "to the end of this day"),
    ):
        day = console.text("NGÀY", "DAY")
        parser.add_argument(name, dest=name.strip("-") + "_day", type=day_of(console), metavar=day, help=console.text(vietnamese, english))
    parser.add_argument(
        "--batch",
        type=number_between(console, 1, LARGEST_NUMBER),
        metavar=console.text("ĐỢT", "BATCH"),
        help=console.text("chỉ một đợt ghi", "of one batch only"),
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help=console.text("dạng CSV", "as CSV"))
    form.add_argument("--json", action="store_true", help=console.text("dạng JSON", "as JSON"))


def _events(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.queries import events_told

    unit = _unit_of(arguments.unit, arguments.on_day or local_day(now())) if arguments.unit else None
    found = events_told(unit=unit, first=arguments.from_day, last=arguments.to_day, batch=arguments.batch)
    _tell_events(found, arguments, console)
    return DONE


def _unit_of(code: str, on: date) -> int:
    from kheo.org.queries import unit_by_code

    unit = unit_by_code(code, on)
    if unit is None:
        raise Refused(
            f"không có đơn vị mang mã {code} vào ngày {format_day(on)} (chọn ngày khác bằng --on).",
            f"no unit carries the code {code} on {on} (choose another day with --on).",
        )
    return unit


COLUMNS = ("id", "batch", "day", "kind", "unit_code", "unit_name", "decision_number", "decision_day", "note", "annulled_by")


def _tell_events(found: "Sequence[EventTold]", arguments: argparse.Namespace, console: Console) -> None:
    if arguments.json:
        console.data([{column: getattr(event, column) for column in COLUMNS} | {"detail": event.detail} for event in found])
        return
    if arguments.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(event, column) if getattr(event, column) is not None else "" for column in COLUMNS] for event in found)
        return
    for event in found:
        decision = event.decision_number or console.text("không rõ quyết định", "no decision known")
        taken_back = console.text(" [đã huỷ]", " [annulled]") if event.annulled_by else ""
        words = console.text(event.words, event.kind)
        console.plain(f"{event.id}\t{format_day(event.day)}\t{event.unit_code}\t{event.unit_name}\t{words}{taken_back}\t{decision}")
    console.progress(f"{count_words(len(found))} sự kiện.", f"{len(found)} events.")


def _configure_undo(parser: argparse.ArgumentParser, console: Console) -> None:
    number = number_between(console, 1, LARGEST_NUMBER)
    parser.add_argument(
        "event",
        type=number,
        nargs="?",
        metavar=console.text("SỰ_KIỆN", "EVENT"),
        help=console.text("số của sự kiện", "number of the event"),
    )
    parser.add_argument(
        "--batch",
        type=number,
        metavar=console.text("ĐỢT", "BATCH"),
        help=console.text("cả một đợt, như units changes đã in", "a whole batch, as units changes printed it"),
    )
    parser.add_argument(
        "--reason", required=True, metavar=console.text("LÝ_DO", "REASON"), help=console.text("vì sao huỷ, ghi vào nhật ký", "why")
    )
    parser.add_argument(
        "--from",
        dest="from_day",
        type=day_of(console),
        metavar=console.text("NGÀY", "DAY"),
        help=console.text("thôi hiệu lực từ ngày (mặc định: coi như chưa từng có)", "void from (default: as if it had never been)"),
    )


def _undo(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.actions import annul_events
    from kheo.org.queries import events_of_batch

    if (arguments.event is None) == (arguments.batch is None):
        raise Refused("cần số của một sự kiện, hoặc --batch ĐỢT.", "name one event, or --batch BATCH.")
    events = [arguments.event] if arguments.event is not None else events_of_batch(arguments.batch)
    if not events:
        raise Refused(f"đợt số {arguments.batch} không có sự kiện nào để huỷ.", f"batch {arguments.batch} has no event to take back.")
    done = annul_events(events, reason=arguments.reason, by=keeper(), at=now(), from_day=arguments.from_day)
    if done.problems:
        return tell_problems(done.problems, console)
    undone = count_words(done.events)
    console.result(f"Đã huỷ {undone} sự kiện, đợt số {done.batch}.", f"Took back {undone} events, batch {done.batch}.")
    return DONE


def _configure_gaps(parser: argparse.ArgumentParser, console: Console) -> None:
    day = console.text("NGÀY", "DAY")
    parser.add_argument(
        "--on", type=day_of(console), metavar=day, help=console.text("vào ngày (mặc định: hôm nay)", "as of (default: today)")
    )
    parser.add_argument(
        "--below", metavar=console.text("MÃ", "CODE"), help=console.text("chỉ trong tỉnh, thành phố này", "only within this unit")
    )
    parser.add_argument("--json", action="store_true", help=console.text("dạng JSON", "as JSON"))


def _gaps(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.queries import gaps

    on = arguments.on or local_day(now())
    top = _unit_of(arguments.below, on) if arguments.below else None
    found = gaps(on, below=top)
    if arguments.json:
        rows = [(gap.unit.code, gap.unit.name, gap.team.code if gap.team else None, gap.team.name if gap.team else None) for gap in found]
        console.data([dict(zip(("code", "name", "team_code", "team_name"), row, strict=True)) for row in rows])
        return DONE
    for gap in found:
        nobody = console.text("chưa có ai", "nobody")
        console.plain(f"{gap.unit.code}\t{gap.unit.name}\t{gap.team.name if gap.team else nobody}")
    console.progress(
        f"{count_words(len(found))} nơi chưa có công đoàn, ngày {format_day(on)}.", f"{len(found)} places without a union as of {on}."
    )
    return DONE


COMMANDS = (
    Command(
        words=("units", "gaps"),
        vietnamese="liệt kê phường, xã chưa có công đoàn và tổ địa bàn trả lời thay",
        english="list wards without a union and the area team that answers instead",
        run=_gaps,
        configure=_configure_gaps,
    ),
    Command(
        words=("units", "changes"),
        vietnamese="ghi các thay đổi (sáp nhập, chia tách, đổi tên …) từ bảng CSV; sai dòng nào thì liệt kê hết và không ghi gì",
        english="record changes (mergers, splits, new names …) from a CSV table; wrong lines are all listed and nothing is stored",
        run=_changes,
        configure=_configure_changes,
    ),
    Command(
        words=("units", "events"),
        vietnamese="liệt kê những gì đã xảy ra với các đơn vị",
        english="list what happened to units",
        run=_events,
        configure=_configure_events,
    ),
    Command(
        words=("units", "undo"),
        vietnamese="huỷ một sự kiện hay cả một đợt bằng sự kiện ngược lại; không xoá gì",
        english="take back an event or a batch by counter-events; nothing is deleted",
        run=_undo,
        configure=_configure_undo,
    ),
)
