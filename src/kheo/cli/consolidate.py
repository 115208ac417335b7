"""`kheo consolidate`: the consolidated report of a unit as Word, Excel and JSON files."""

import argparse
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.arguments import count_words, day_of
from kheo.cli.command import DONE, Command
from kheo.cli.console import Console
from kheo.cli.cycle import add_cycle, cycle_named
from kheo.config.refusals import Refused, reason_of
from kheo.core.days import due_instant, format_day, local_day
from kheo.core.restructuring import Structure
from kheo.core.unit_kinds import Line

if TYPE_CHECKING:
    from kheo.campaigns.models import Cycle
    from kheo.org.models import SnapshotUnit
    from kheo.reports.queries.papers import Papers
    from kheo.reports.queries.restructured import Restructured


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    add_cycle(parser, console)
    parser.add_argument(
        "--unit", metavar=console.text("MÃ", "CODE"), help=console.text("đơn vị (mặc định: cấp cao nhất)", "unit (default: the highest)")
    )
    parser.add_argument(
        "--as-of",
        type=day_of(console),
        metavar=console.text("NGÀY", "DAY"),
        help=console.text("như đã có đến hết ngày đó (mặc định: bây giờ)", "as it stood at the end of that day (default: now)"),
    )
    parser.add_argument(
        "--structure",
        type=day_of(console),
        metavar=console.text("NGÀY", "DAY"),
        help=console.text(
            "theo cây tổ chức của ngày đó (mặc định: cây của kỳ)", "in the structure of that day (default: the tree of the cycle)"
        ),
    )
    parser.add_argument(
        "--line",
        choices=[line.value for line in Line],
        help=console.text("tuyến của cây đó (mặc định: tuyến của kỳ)", "line of that structure (default: the line of the cycle)"),
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar=console.text("THƯ_MỤC", "DIR"),
        help=console.text("nơi ghi bao-cao.docx, phu-luc.xlsx, tong-hop.json", "where bao-cao.docx, phu-luc.xlsx, tong-hop.json go"),
    )


def _consolidate(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now

    cycle = cycle_named(arguments)
    made = _made(arguments, cycle, _instant(arguments.as_of, now()), now(), console)
    unit = made.data.unit
    written = _write(arguments.out, made.files())
    counts = made.data.obligations
    accepted, expected = count_words(counts.accepted), count_words(counts.expected)
    console.result(
        f"{unit.name}, {cycle.name}: tổng hợp từ {accepted}/{expected} đơn vị phải báo cáo.",
        f"{unit.name}, {cycle.name}: consolidated from {accepted} of {expected} units.",
    )
    for file in written:
        console.plain(str(file))
    return DONE


def _made(arguments: argparse.Namespace, cycle: "Cycle", as_of: datetime | None, at: datetime, console: Console) -> "Papers":
    """As reported, or in the structure asked for: its code then is that of the unit on that day."""
    from kheo.campaigns.queries import previous_cycle
    from kheo.reports.queries.papers import papers, structure_papers
    from kheo.reports.queries.restructured import Restructured
    from kheo.reports.queries.restructured_report import ReadBy
    from kheo.reports.queries.restructured_walls import tops_of

    if arguments.structure is None and arguments.line is None:
        unit = _unit(cycle, arguments.unit)
        console.progress(f"Đang tổng hợp {unit.name}, {cycle.name}…", f"Consolidating {unit.name}, {cycle.name}…")
        return papers(cycle, unit, at=at, as_of=as_of)
    structure = Structure(Line(arguments.line or cycle.snapshot.line), arguments.structure or local_day(at))
    reading = Restructured(cycle, structure)
    unit = _unit_of_structure(reading, arguments.unit)
    console.progress(f"Đang tổng hợp {unit.name}, {cycle.name}. {structure.words}…", f"Consolidating {unit.name}, {cycle.name}…")
    before = previous_cycle(cycle)
    earlier = Restructured(before, structure) if before else None
    by = ReadBy(tops_of(reading.shape.origin, None), earlier, tops_of(earlier.shape.origin, None) if earlier else None, reading.outside())
    return structure_papers(reading, unit, at=at, as_of=as_of, by=by)


def _unit_of_structure(reading: "Restructured", code: str | None) -> "SnapshotUnit":
    from kheo.org.queries import unit_by_code

    day = reading.structure.day
    if code is None:
        return _only(reading.roots)
    found = unit_by_code(code, day)
    unit = reading.unit(found) if found is not None else None
    if unit is None:
        raise Refused(f"Ngày {format_day(day)} cây này không có đơn vị mã “{code}”.", f"There is no unit “{code}” in that tree on {day}.")
    return unit


def _unit(cycle: "Cycle", code: str | None) -> "SnapshotUnit":
    from kheo.org.queries import snapshot_roots, snapshot_unit

    if code is not None:
        unit = snapshot_unit(cycle.snapshot_id, code)
        if unit is None:
            raise Refused(f"Cây tổ chức của kỳ này không có đơn vị mã “{code}”.", f"There is no unit “{code}” in the tree of this cycle.")
        return unit
    return _only(snapshot_roots(cycle.snapshot_id))


def _only(roots: "Sequence[SnapshotUnit]") -> "SnapshotUnit":
    if len(roots) == 1:
        return roots[0]
    if not roots:
        raise Refused("Ngày đó cây này chưa có đơn vị nào.", "That tree has no units on that day.")
    codes = ", ".join(root.code for root in roots[:10])
    raise Refused(
        f"Cây có {len(roots)} đơn vị cao nhất: hãy chọn bằng --unit ({codes}).",
        f"There are {len(roots)} top units: choose with --unit ({codes}).",
    )


def _instant(day: date | None, at: datetime) -> datetime | None:
    """The end of that day, or None for now; a day that is not over yet is now."""
    end = due_instant(day) if day else at
    return end if end < at else None


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for name, content in files:
            partial = folder / f".{name}.partial"
            partial.write_bytes(content)
            written.append(partial.replace(folder / name))
    except OSError as fault:
        raise Refused(f"Không ghi được vào {folder}: {reason_of(fault)}.", f"{folder} cannot be written: {fault.strerror}.") from fault
    return written


COMMANDS = (
    Command(
        words=("consolidate",),
        vietnamese="lập báo cáo tổng hợp: bao-cao.docx, phu-luc.xlsx, tong-hop.json",
        english="make the consolidated report: bao-cao.docx, phu-luc.xlsx, tong-hop.json",
        run=_consolidate,
        configure=_configure,
    ),
)
