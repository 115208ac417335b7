"""`kheo register export | import`: a register as a file, and the file back, by the same code as the pages."""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from kheo.cli.arguments import count_words, keeper, read_input, user_named
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused, reason_of

if TYPE_CHECKING:
    from kheo.org.access import Person
    from kheo.registers.actions.exporting import Exported
    from kheo.registers.actions.importing.plans import Plan
    from kheo.registers.models import EntryImport
    from kheo.registers.queries.definitions import Book

TURN = 200  # rows written before progress is told
KINDS = (".xlsx", ".zip", ".csv")


def _configure_export(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "book", metavar=console.text("MÃ_SỔ", "BOOK"), help=console.text("mã của sổ, ví dụ mo-hinh", "code of the register")
    )
    parser.add_argument(
        "--out", type=Path, metavar=console.text("TỆP", "FILE"),
        help=console.text(
            "tệp .xlsx, .zip (mọi trang, dạng CSV) hoặc .csv (chỉ hồ sơ); bỏ trống: CSV ra màn hình",
            "an .xlsx, a .zip (every sheet, as CSVs) or a .csv (entries alone); none: CSV to standard output",
        ),
    )  # fmt: skip
    parser.add_argument(
        "--lines", action="store_true", help=console.text("chỉ các dòng của hồ sơ, ra CSV", "only the lines of the entries, as a CSV")
    )
    _add_unit(
        parser, console, console.text("chỉ hồ sơ của đơn vị có mã này và cấp dưới", "only entries of the unit with this code and below")
    )
    parser.add_argument(
        "--as", dest="login", metavar=console.text("TÊN_ĐĂNG_NHẬP", "USER"),
        help=console.text(
            "những gì người này được xem; bỏ trống: mọi hồ sơ, không có dữ liệu cá nhân",
            "what this person may see; none: every entry, without personal data",
        ),
    )  # fmt: skip


def _add_unit(parser: argparse.ArgumentParser, console: Console, words: str) -> None:
    parser.add_argument("--unit", metavar=console.text("MÃ_ĐƠN_VỊ", "UNIT"), help=words)


def _export(arguments: argparse.Namespace, console: Console) -> int:
    out: Path | None = arguments.out
    if out is not None and out.suffix.lower() not in KINDS:
        raise Refused("Tệp kết quả phải có đuôi .xlsx, .zip hoặc .csv.", "The file must end in .xlsx, .zip or .csv.")
    if arguments.lines and out is not None and out.suffix.lower() != ".csv":
        raise Refused("--lines ghi ra tệp .csv.", "--lines writes a .csv.")
    if arguments.lines and not _book(arguments.book).definition.lines:
        raise Refused("Sổ này không có dòng.", "This register has no lines.")
    kind = out.suffix.lower() if out is not None else ".csv"
    found, author = _exported(arguments, kind.removeprefix("."))
    if out is None:
        _write(found, author, sys.stdout.buffer, kind=kind, lines=arguments.lines)
        return DONE
    with ExitStack() as stack:
        try:
            file = stack.enter_context(out.open("wb"))
        except OSError as fault:
            raise Refused(f"Không ghi được {out}: {reason_of(fault)}.", f"{out} cannot be written: {fault.strerror}.") from fault
        _write(found, author, file, kind=kind, lines=arguments.lines)
    count = count_words(len(found.ids))
    console.result(f"Đã ghi {count} hồ sơ vào {out}.", f"Wrote {count} entries to {out}.")
    return DONE


def _exported(arguments: argparse.Namespace, kind: str) -> "tuple[Exported, str]":
    from kheo.config.clock import now
    from kheo.core.days import local_day
    from kheo.registers.access import Sight, sight, sight_without_persons, units_below
    from kheo.registers.actions.exporting import export_entries
    from kheo.registers.queries.wanted import Wanted

    at, book = now(), _book(arguments.book)
    today, unit, by = local_day(at), _unit(arguments.unit), _person(arguments.login) if arguments.login else None
    looking: Sight
    if by is None:
        if book.definition.walled:
            raise Refused(
                f"Sổ “{book.definition.name}” chỉ đơn vị ghi xem được từng hồ sơ: cần --as.",
                "Single entries of this register are read at their own unit alone: --as is needed.",
            )
        looking = sight_without_persons(today, unit)
    else:
        looking = sight(by, walled=book.definition.walled)
        looking = looking.within(units_below(unit, by)) if unit is not None else looking
    wanted = Wanted(units=looking.units, handlers=looking.given if looking.units is not None else (), today=today)
    actor = by.actor(min(by.reading_units, default=0)) if by else keeper()
    found = export_entries(book, wanted, looking, chosen=(), kind=kind, by=actor, unit=unit, on=today, at=at)
    return found, by.name if by else actor.name


def _write(found: "Exported", author: str, file: IO[bytes], *, kind: str, lines: bool = False) -> None:
    from kheo.config.clock import now
    from kheo.documents.register_csv import csv_lines
    from kheo.documents.register_workbook import write_register
    from kheo.registers.actions.exporting import about_file
    from kheo.registers.actions.exporting_beside import csv_of_lines, csv_zip, sheets_beside

    if kind != ".xlsx":
        pieces = csv_zip(found, author, now()) if kind == ".zip" else csv_lines(found.heads, found.rows())
        for piece in csv_of_lines(found) if lines else pieces:
            file.write(piece)
        file.flush()
        return
    with TemporaryFile() as whole:
        write_register(about_file(found.book, author, now()), found.heads, found.rows(), whole, sheets_beside(found))
        whole.seek(0)
        while piece := whole.read(1 << 20):
            file.write(piece)


def _book(code: str) -> "Book":
    from kheo.registers.queries.definitions import book

    found = book(code)
    if found is None:
        raise Refused(f"Không có sổ “{code}” (xem kheo register list).", f"There is no register “{code}” (see kheo register list).")
    return found


def _unit(code: str | None) -> int | None:
    from kheo.config.clock import now
    from kheo.core.days import local_day
    from kheo.org.queries import unit_by_code

    unit = unit_by_code(code, local_day(now())) if code else None
    if code and unit is None:
        raise Refused(f"Hôm nay không có đơn vị mang mã “{code}”.", f"No unit has the code “{code}” today.")
    return unit


def _person(login: str) -> "Person":
    from kheo.config.clock import now
    from kheo.org.access import person

    return person(user_named(login), now())


def _configure_import(parser: argparse.ArgumentParser, console: Console) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar=console.text("TỆP", "FILE"),
        help=console.text("tệp .xlsx, .ods, .csv, hoặc .zip các tệp CSV", "a table, or a zip of CSVs"),
    )
    parser.add_argument(
        "--as", dest="login", required=True, metavar=console.text("TÊN_ĐĂNG_NHẬP", "USER"),
        help=console.text("ghi thay người này, với quyền của người này", "in the name and with the rights of this person"),
    )  # fmt: skip
    parser.add_argument(
        "--book", metavar=console.text("MÃ_SỔ", "BOOK"),
        help=console.text("mã của sổ, khi tệp không nói (CSV)", "code of the register, where the file does not say (CSV)"),
    )  # fmt: skip
    _add_unit(parser, console, console.text("dòng mới không ghi đơn vị là của đơn vị có mã này", "unit of new rows that name none"))
    for name, words in (
        ("--dry-run", ("chỉ xem, không ghi gì", "look only, write nothing")),
        ("--only-good", ("ghi các dòng đúng dù có dòng sai", "write right rows even if others are wrong")),
        ("--doubtful", ("ghi cả dòng có thể đã có", "also rows that may be there already")),
    ):
        parser.add_argument(name, action="store_true", help=console.text(*words))


def _import(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.access import Unreachable
    from kheo.registers.actions.importing import open_register_table, register_in, worked_out
    from kheo.registers.actions.importing.taking_in import LARGEST_FILE
    from kheo.registers.actions.outcomes import Refused as NotTaken

    data = read_input(arguments.file, LARGEST_FILE)
    opened = open_register_table(data, arguments.file.name)
    if opened.refusal:
        console.plain(opened.refusal)
        return FAILED
    code = arguments.book or register_in(opened)
    if not code:
        raise Refused("Tệp không cho biết là của sổ nào: cần --book.", "The file does not say of which register it is: --book is needed.")
    by, unit = _person(arguments.login), _unit(arguments.unit)
    try:
        worked = worked_out(_book(code).register.code, opened, unit=unit, by=by, at=now())
    except Unreachable:
        raise Refused(f"{by.name} không ghi hồ sơ trong sổ này.", f"{arguments.login} writes nothing in this register.") from None
    if isinstance(worked, NotTaken):
        console.plain(worked.message)
        return FAILED
    _, table, plans = worked
    for note in table.notes:
        console.progress(note, note)
    _tell_plans(plans, console)
    if arguments.dry_run:
        return FAILED if _has_left(plans, takes_doubtful=arguments.doubtful) else DONE
    return _confirmed(arguments, code, data, unit, by, plans, console)


def _tell_plans(plans: "list[Plan]", console: Console) -> None:
    counts = {outcome: sum(plan.outcome == outcome for plan in plans) for outcome in ("new", "changed", "same", "refused")}
    doubtful = sum(bool(plan.doubts) and plan.outcome == "new" for plan in plans)
    new, changed, same, refused = (counts[each] for each in ("new", "changed", "same", "refused"))
    console.result(
        f"{new} dòng mới ({doubtful} có thể đã có), {changed} sửa, {same} không đổi, {refused} chưa đúng.",
        f"{new} new ({doubtful} may be there already), {changed} changed, {same} the same, {refused} refused.",
    )
    lines = [plan for plan in plans if plan.of_lines]
    if lines:
        told = [sum(plan.outcome == outcome for plan in lines) for outcome in ("new", "changed", "same", "refused")]
        console.result("Trong đó ở trang “Dòng”: {} mới, {} sửa, {} không đổi, {} chưa đúng.".format(*told),
                       "Of these in the sheet of lines: {} new, {} changed, {} the same, {} refused.".format(*told))  # fmt: skip
    for plan in plans:
        said = [each.told() for each in plan.problems] or (plan.doubts if plan.outcome == "new" else [])
        for words in said:
            console.plain(f"{_row_words(console, of_lines=plan.of_lines)} {plan.number}: {words}")


def _row_words(console: Console, *, of_lines: bool) -> str:
    return console.text("Trang “Dòng”, dòng", "Sheet “Dòng”, row") if of_lines else console.text("Dòng", "Row")


def _has_left(plans: "list[Plan]", *, takes_doubtful: bool) -> bool:
    """Whether a row stays unwritten that should have been."""
    return any(plan.outcome == "refused" or (plan.outcome == "new" and plan.doubts and not takes_doubtful) for plan in plans)


def _confirmed(
    arguments: argparse.Namespace, code: str, data: bytes, unit: int | None, by: "Person", plans: "list[Plan]", console: Console
) -> int:
    from kheo.config.clock import now
    from kheo.registers.actions.importing import confirm_import, open_register_table, take_in_table
    from kheo.registers.actions.outcomes import Refused as NotTaken

    if all(plan.outcome == "same" for plan in plans):
        return DONE
    opened = open_register_table(data, arguments.file.name)
    stored = take_in_table(code, opened, data, arguments.file.name, unit=unit, by=by, at=now())
    if isinstance(stored, NotTaken):
        raise Refused(stored.message, stored.message)
    confirmed = confirm_import(stored.pk, only_good=arguments.only_good, takes_doubtful=arguments.doubtful, by=by, at=now())
    if isinstance(confirmed, NotTaken):
        told = confirmed.message.replace("chọn “chỉ ghi các dòng đúng”", "thêm --only-good")
        console.result(f"Chưa ghi dòng nào. {told}", "Nothing was written: mend the rows above, or add --only-good.")
        return FAILED
    return _written(confirmed, by, console)


def _written(table: "EntryImport", by: "Person", console: Console) -> int:
    from kheo.config.clock import now
    from kheo.registers.actions.importing import write_next
    from kheo.registers.queries.importing import counts_of, unwritten

    while left := write_next(table.pk, by=by, at=now(), most=TURN):
        console.progress(f"Còn {count_words(left)} dòng…", f"{left} rows left…")
    counts = counts_of(table)
    console.result(f"Đã ghi {count_words(counts.written)} dòng.", f"Wrote {counts.written} rows.")
    for row in unwritten(table):
        if row.message:
            console.plain(f"{_row_words(console, of_lines=row.of_lines)} {row.number}: {row.message}")
    return DONE if counts.written == counts.new + counts.changed and not counts.refused else FAILED


COMMANDS = (
    Command(
        words=("register", "export"),
        vietnamese="xuất một sổ ra Excel hoặc CSV, kèm trang giải thích các cột",
        english="write a register to Excel or CSV, with a sheet that explains its columns",
        run=_export,
        configure=_configure_export,
    ),
    Command(
        words=("register", "import"),
        vietnamese="nhập tệp của một sổ: dòng mới thành hồ sơ, dòng có mã sửa hồ sơ; --dry-run để xem trước",
        english="take a register's file in: new rows become entries, rows with a code change theirs; --dry-run looks first",
        run=_import,
        configure=_configure_import,
    ),
)
