"""`kheo consolidate`: the consolidated report of a unit as Word, Excel and JSON files."""

import argparse
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.arguments import count_words, day_of
from kheo.cli.command import DONE, Command
from kheo.cli.console import Console
from kheo.cli.cycle import add_cycle, cycle_named
from kheo.config.refusals import Refused, reason_of
from kheo.core.days import due_instant

if TYPE_CHECKING:
    from kheo.campaigns.models import Cycle
    from kheo.org.models import SnapshotUnit


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
        "--out",
        type=Path,
        required=True,
        metavar=console.text("THƯ_MỤC", "DIR"),
        help=console.text("nơi ghi bao-cao.docx, phu-luc.xlsx, tong-hop.json", "where bao-cao.docx, phu-luc.xlsx, tong-hop.json go"),
    )


def _consolidate(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.reports.queries.papers import papers

    cycle = cycle_named(arguments)
    unit = _unit(cycle, arguments.unit)
    as_of = _instant(arguments.as_of, now())
    console.progress(f"Đang tổng hợp {unit.name}, {cycle.name}…", f"Consolidating {unit.name}, {cycle.name}…")
    made = papers(cycle, unit, at=now(), as_of=as_of)
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


def _unit(cycle: "Cycle", code: str | None) -> "SnapshotUnit":
    from kheo.org.queries import snapshot_roots, snapshot_unit

    if code is not None:
        unit = snapshot_unit(cycle.snapshot_id, code)
        if unit is None:
            raise Refused(f"Cây tổ chức của kỳ này không có đơn vị mã “{code}”.", f"There is no unit “{code}” in the tree of this cycle.")
        return unit
    roots = snapshot_roots(cycle.snapshot_id)
    if len(roots) == 1:
        return roots[0]
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
