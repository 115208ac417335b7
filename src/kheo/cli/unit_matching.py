"""`kheo units match | import`: a people's own table with names instead of codes: which units it means, what is doubtful, what is new."""

import argparse
import csv
import hashlib
import io
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.arguments import count_words, day_of, keeper, read_input
from kheo.cli.campaign import tell_problems
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused
from kheo.core.days import local_day
from kheo.core.matching import CERTAINTY_NAMES, Certainty, NamedRow
from kheo.core.reorganising import Decision
from kheo.core.unit_file import decode
from kheo.core.unit_import import CODE, NEW, OUTCOME_NAMES, SKIP, Item, Outcome
from kheo.core.unit_kinds import LINE_NAMES, Line
from kheo.core.unit_tables import TableProblem

if TYPE_CHECKING:
    from kheo.org.actions import ImportDone
    from kheo.org.queries import Match

IMPORTED = ("key", "sheet", "row", "name", "above", "outcome", "code", "kind", "why", "may_be", "choice")
UNSETTLED = (Outcome.OPEN, Outcome.WRONG)
COLUMNS = ("row", "name", "above", "certainty", "code", "matched_name", "matched_above", "may_be")


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    words = console.text("bảng .xlsx hoặc .csv có cột tên đơn vị, nếu có thêm cột đơn vị cấp trên", "a table with a column of names")
    parser.add_argument("file", type=Path, metavar=console.text("TỆP", "FILE"), help=words)
    today = console.text("vào ngày (mặc định: hôm nay)", "as of (default: today)")
    parser.add_argument("--on", type=day_of(console), metavar=console.text("NGÀY", "DAY"), help=today)
    known = ", ".join(f"{each} ({name})" for each, name in LINE_NAMES.items())
    told, lines = f"{console.text('quan hệ', 'the line')}: {known}", [each.value for each in Line]
    parser.add_argument("--line", choices=lines, default=Line.UNION.value, metavar=console.text("QUAN_HỆ", "LINE"), help=told)
    parser.add_argument("--doubtful", action="store_true", help=console.text("chỉ các dòng phải xem lại", "only what is doubtful"))


def _match(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.queries import match_names

    rows = _rows(arguments.file, console)
    on = arguments.on or local_day(now())
    found = match_names(rows, on, Line(arguments.line))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_line(match) for match in found if not arguments.doubtful or match.certainty is not Certainty.SURE)
    counts = Counter(match.certainty for match in found)
    told = "; ".join(f"{CERTAINTY_NAMES[kind]}: {counts[kind]}" for kind in Certainty if counts[kind])
    console.progress(f"{count_words(len(found))} dòng, ngày {on:%d/%m/%Y}. {told}.", f"{len(found)} rows as of {on}: {dict(counts)}.")
    return DONE if counts[Certainty.SURE] == len(found) else FAILED


def _line(match: "Match") -> tuple[object, ...]:
    is_sure = match.certainty is Certainty.SURE
    unit = match.units[0] if is_sure else None
    may_be = "" if is_sure else "; ".join(f"{each.code} {each.name}{f' ({each.above})' if each.above else ''}" for each in match.units)
    meant = (unit.code, unit.name, unit.above) if unit else ("", "", "")
    return match.row.row, match.row.name, match.row.above, CERTAINTY_NAMES[match.certainty], *meant, may_be


def _rows(file: Path, console: Console) -> tuple[NamedRow, ...]:
    """An Excel is read in the child process: nobody knows where the table has been. What cannot be read is told with its place."""
    from kheo.files.unit_tables import read_unit_table

    table = read_unit_table(read_input(file), file.name)
    told = [f"{_place(each)}{each.message}" for each in table.problems]
    if not table.rows:
        raise Refused(f"{file}: {' '.join(told)}", f"{file} holds no table of names: {' '.join(told)}")
    for words in (*table.notes, *told):
        console.progress(words, words)
    return table.rows


def _place(each: TableProblem) -> str:
    sheet = f"trang “{each.sheet}”, " if each.sheet else ""
    return f"{sheet}ô {each.column}{each.row}: " if each.column else f"{sheet}dòng {each.row}: " if each.row else ""


def _configure_import(parser: argparse.ArgumentParser, console: Console) -> None:
    _configure(parser, console)
    text = console.text
    parser.add_argument(
        "--decision", default="", metavar=text("SỐ", "NUMBER"), help=text("số quyết định thành lập", "number of the decision")
    )
    day = text("NGÀY", "DAY")
    parser.add_argument("--decision-day", type=day_of(console), metavar=day, help=text("ngày quyết định", "its day"))
    parser.add_argument(
        "--under", metavar=text("MÃ", "CODE"), help=text("cấp trên của dòng không ghi cấp trên", "where rows stand that say nothing")
    )
    table = text("bảng đã in, cột choice đã điền: mã đơn vị, new hoặc skip", "the printed table with its column choice filled")
    parser.add_argument("--choices", type=Path, metavar=text("TỆP.csv", "FILE.csv"), help=table)
    parser.add_argument("--dry-run", action="store_true", help=text("thử, không ghi gì", "on trial, nothing is stored"))


def _import(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.org.actions import Source, import_units
    from kheo.org.queries import unit_by_code

    at, data = now(), read_input(arguments.file)
    on, line = arguments.on or local_day(at), Line(arguments.line)
    top = unit_by_code(arguments.under, on) if arguments.under else _only_top(on, line)
    if arguments.under and top is None:
        raise Refused(f"không có đơn vị mang mã {arguments.under} vào ngày đó.", f"no unit carries the code {arguments.under} on that day.")
    found = import_units(
        _rows(arguments.file, console),
        on=on,
        line=line,
        top=top,
        choices=_choices(arguments.choices),
        decision=Decision(arguments.decision, arguments.decision_day),
        source=Source(arguments.file.name, hashlib.sha256(data).hexdigest()),
        by=keeper(),
        at=at,
        dry_run=arguments.dry_run,
    )
    assert found.done is not None
    if found.done.problems:
        return tell_problems(found.done.problems, console)
    items = [item for item in (*found.understood.above, *found.understood.rows) if not arguments.doubtful or item.outcome in UNSETTLED]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(IMPORTED)
    writer.writerows(_imported(item) for item in items)
    _tell_import(found, console, is_trial=arguments.dry_run)
    return FAILED if any(item.outcome in UNSETTLED for item in found.understood.rows) else DONE


def _only_top(on: date, line: Line) -> int | None:
    """The unit at the top of a line, where there is one alone."""
    from kheo.org.queries import below

    found = below(on, line, None, most=2)
    return found[0].id if len(found) == 1 else None


def _choices(file: Path | None) -> dict[str, dict[str, str]]:
    """From a filled table: the key of each row with what was chosen for it."""
    if file is None:
        return {}
    text, problems = decode(read_input(file), str(file))
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if problems or not {"key", "choice"} <= set(rows.fieldnames or ()):
        raise Refused(f"{file}: cần CSV UTF-8 có cột key và choice, như units import in ra.", f"{file} needs columns key and choice.")
    said = {str(row["key"]): str(row["choice"] or "").strip() for row in rows}
    return {key: {"what": choice if choice in (NEW, SKIP) else f"{CODE}{choice}"} for key, choice in said.items() if choice}


def _imported(item: Item) -> tuple[object, ...]:
    may_be = "; ".join(f"{each.code} {each.name}{f' ({each.above})' if each.above else ''}: {each.why}" for each in item.candidates)
    code = item.unit.code if item.unit else item.code if item.outcome is Outcome.CREATE else ""
    above = item.parent_name or item.row.above
    return (
        item.key,
        item.row.sheet,
        item.row.row or "",
        item.row.name,
        above,
        OUTCOME_NAMES[item.outcome],
        code,
        item.kind,
        item.why,
        may_be,
        "",
    )


def _tell_import(found: "ImportDone", console: Console, *, is_trial: bool) -> None:
    counts = Counter(item.outcome for item in found.understood.rows)
    told = "; ".join(f"{OUTCOME_NAMES[kind]}: {count_words(counts[kind])}" for kind in Outcome if counts[kind])
    batch = found.done.batch if found.done else None
    said = "Thử, không ghi gì" if is_trial else f"Đã ghi, đợt số {batch}" if batch else "Không có gì mới để ghi"
    english = "On trial" if is_trial else f"Recorded, batch {batch}" if batch else "Nothing new"
    console.progress(f"{said}. {told}.", f"{english}: { {kind.value: counts[kind] for kind in Outcome if counts[kind]} }.")


COMMANDS = (
    Command(
        words=("units", "match"),
        vietnamese="tìm mã cho một bảng chỉ có tên đơn vị; nói rõ dòng nào phải xem lại",
        english="find the codes of a table of names; says which rows are doubtful",
        run=_match,
        configure=_configure,
    ),
    Command(
        words=("units", "import"),
        vietnamese="tạo đơn vị mới từ một bảng chỉ có tên; đơn vị đã có thì giữ nguyên, dòng chưa rõ thì để lại",
        english="create the new units of a table of names; known ones stay, doubtful rows are left",
        run=_import,
        configure=_configure_import,
    ),
)
