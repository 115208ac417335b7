"""`kheo workbook make | read`: the workbooks that units fill in, without a browser."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.arguments import count_words, read_input
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.cli.cycle import add_cycle, cycle_named
from kheo.config.refusals import Refused, reason_of

if TYPE_CHECKING:
    from kheo.campaigns.models import Cycle
    from kheo.documents.unit_workbook import WorkbookOrder, WorkbookProblem, WorkbookReading
    from kheo.org.models import SnapshotUnit

LARGEST = 64 << 20
SEVERITY_WORDS = {"error": ("phải sửa", "error"), "question": ("nên xem lại", "question")}


def _configure_make(parser: argparse.ArgumentParser, console: Console) -> None:
    add_cycle(parser, console)
    parser.add_argument("--unit", required=True, metavar=console.text("MÃ", "CODE"), help=console.text("mã đơn vị", "code of the unit"))
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar=console.text("TỆP|THƯ_MỤC", "FILE|DIR"),
        help=console.text("nơi ghi: tên tệp .xlsx, hoặc thư mục", "where to write: a name ending in .xlsx, or a folder"),
    )
    parser.add_argument(
        "--children",
        action="store_true",
        help=console.text("mỗi đơn vị gửi báo cáo về đơn vị này một tệp", "one file for each unit that reports to this one"),
    )


def _make(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.documents.unit_workbook import make_workbook
    from kheo.org.queries import snapshot_unit
    from kheo.reports.queries.workbooks import workbook_orders

    cycle = cycle_named(arguments)
    unit = snapshot_unit(cycle.snapshot_id, arguments.unit)
    if unit is None:
        raise Refused(
            f"Cây tổ chức của kỳ này không có đơn vị mã “{arguments.unit}”.",
            f"There is no unit “{arguments.unit}” in the tree of this cycle.",
        )
    at = now()
    if arguments.children:
        orders: Iterable[tuple[SnapshotUnit, WorkbookOrder]] = (
            (each.unit, each.order) for each in workbook_orders(cycle, unit.unit_id, at)
        )
    else:
        orders = _own(cycle, unit)
    made = 0
    for whose, order in orders:
        console.plain(str(_write(_place(arguments, cycle, whose), make_workbook(order))))
        made += 1
    if not made:
        raise Refused(f"Không có đơn vị nào gửi báo cáo về {unit.name}.", f"No unit reports to {unit.name}.")
    console.progress(f"Đã ghi {count_words(made)} bảng.", f"{count_words(made)} workbooks written.")
    return DONE


def _own(cycle: "Cycle", unit: "SnapshotUnit") -> "Iterator[tuple[SnapshotUnit, WorkbookOrder]]":
    """A unit's own workbook: at the first recipient to whom it owes a report."""
    from kheo.config.clock import now
    from kheo.reports.queries.workbooks import owed_workbook

    order = owed_workbook(cycle, unit, now())
    if order is None:
        raise Refused(f"{unit.name} không phải gửi báo cáo kỳ này.", f"{unit.name} owes no report in this cycle.")
    yield unit, order


def _place(arguments: argparse.Namespace, cycle: "Cycle", unit: "SnapshotUnit") -> Path:
    from kheo.reports.queries.workbooks import workbook_name

    out: Path = arguments.out
    is_file = out.suffix.lower() == ".xlsx" and not out.is_dir() and not arguments.children
    return out if is_file else out / workbook_name(cycle, unit)


def _write(file: Path, content: bytes) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(f".{file.name}.partial")
        partial.write_bytes(content)
        return partial.replace(file)
    except OSError as fault:
        raise Refused(f"Không ghi được {file}: {reason_of(fault)}.", f"{file} cannot be written: {fault.strerror}.") from fault


def _configure_read(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=console.text("TỆP", "FILE"),
        help=console.text("bảng đã điền (.xlsx, .ods)", "filled workbooks"),
    )
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _read(arguments: argparse.Namespace, console: Console) -> int:
    """Read and tell; nothing is stored. Fails when a file could not be taken as a draft."""
    from kheo.files.child import shared_reader

    read = [(file, _reading(read_input(file, LARGEST))) for file in arguments.files]
    shared_reader().close()
    if arguments.json:
        console.data([_as_data(file, reading) for file, reading in read])
    else:
        for file, reading in read:
            _tell(file, reading, console)
    return DONE if all(reading.is_storable for _, reading in read) else FAILED


def _reading(data: bytes) -> "WorkbookReading":
    """Against the edition it was made from, and that of its cycle where that is another one."""
    from kheo.campaigns.queries import cycle_by_code, definition_of, edition_hashed
    from kheo.documents.unit_workbook import Address, WorkbookReading, address_of, validate
    from kheo.documents.unit_workbook.addressing import address_problems
    from kheo.documents.unit_workbook.refusals import refusal_problem
    from kheo.files.workbooks import read_book

    book = read_book(data)
    address = address_of(book)
    cycle = cycle_by_code(address.campaign, address.cycle) if address else None
    if address is None or cycle is None:
        refused = refusal_problem(book)
        return WorkbookReading(None, problems=(refused,) if refused else (*address_problems(book, None), *_unknown(address)))
    wanted = Address(address.version, address.campaign, address.cycle, address.unit, cycle.edition.hash)
    older = None if address.edition == wanted.edition else edition_hashed(cycle.campaign_id, address.edition)
    return validate(book, definition_of(cycle.edition_id), wanted, made_from=definition_of(older) if older else None)


def _unknown(address: object) -> "Iterator[WorkbookProblem]":
    from kheo.documents.unit_workbook import Address, WorkbookProblem

    if isinstance(address, Address):
        yield WorkbookProblem(
            f"Ở đây chưa mở kỳ {address.cycle} của phong trào {address.campaign}.", "Đọc trên máy chủ đã phát hành bảng này."
        )


def _tell(file: Path, reading: "WorkbookReading", console: Console) -> None:
    address = reading.address
    whose = (
        f"{address.unit}, {address.campaign} {address.cycle}" if address else console.text("không rõ của đơn vị nào", "of no known unit")
    )
    wrong, asked = len(reading.errors), len(reading.questions)
    console.result(
        f"{file}: {whose}; {len(reading.figures)} ô có số liệu, {wrong} chỗ phải sửa, {asked} chỗ nên xem lại",
        f"{file}: {whose}; {len(reading.figures)} cells answered, {wrong} errors, {asked} questions",
    )
    for each in reading.problems:
        place = " ".join(part for part in (each.sheet, each.cell) if part)
        console.plain("\t".join((console.text(*SEVERITY_WORDS[each.severity]), place, each.message, each.expected)))


def _as_data(file: Path, reading: "WorkbookReading") -> dict[str, object]:
    address = reading.address
    return {
        "file": str(file),
        "unit": address.unit if address else None,
        "campaign": address.campaign if address else None,
        "cycle": address.cycle if address else None,
        "edition": address.edition if address else None,
        "storable": reading.is_storable,
        "figures": dict(reading.figures),
        "narrative": dict(reading.narrative),
        "notes": dict(reading.notes),
        "problems": [
            {
                "sheet": each.sheet,
                "cell": each.cell,
                "message": each.message,
                "expected": each.expected,
                "severity": each.severity,
                "stage": each.stage,
            }
            for each in reading.problems
        ],
    }


COMMANDS = (
    Command(
        words=("workbook", "make"),
        vietnamese="ghi bảng Excel của một đơn vị, hoặc của mọi đơn vị gửi về đơn vị đó",
        english="write the workbook of a unit, or of every unit that reports to it",
        run=_make,
        configure=_configure_make,
    ),
    Command(
        words=("workbook", "read"),
        vietnamese="đọc bảng đã điền và in mọi chỗ cần sửa; không lưu gì",
        english="read filled workbooks and print everything to put right; nothing is stored",
        run=_read,
        configure=_configure_read,
    ),
)
