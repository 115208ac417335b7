"""`kheo units match`: a people's own table with names instead of codes, each name with the unit that it means, or what is doubtful."""

import argparse
import csv
import io
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.arguments import count_words, day_of, read_input
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused
from kheo.core.days import local_day
from kheo.core.matching import CERTAINTY_NAMES, Certainty, NamedRow, read_names
from kheo.core.unit_file import decode
from kheo.core.unit_kinds import LINE_NAMES, Line

if TYPE_CHECKING:
    from kheo.org.queries import Match

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

    rows = _rows(arguments.file)
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


def _rows(file: Path) -> tuple[NamedRow, ...]:
    content = read_input(file)
    for sheet in _csv(content, file) if file.suffix.lower() == ".csv" else _sheets(content, file):
        found = read_names(sheet)
        if found:
            return found
    raise Refused(
        f"Không thấy cột tên đơn vị nào trong {file}. Dòng đầu bảng cần có ô “Tên đơn vị” (và nếu có, “Thuộc”).",
        f"{file} has no column of names; its head needs “Tên đơn vị”.",
    )


def _csv(content: bytes, file: Path) -> Sequence[Mapping[int, Sequence[object]]]:
    text, problems = decode(content, str(file))
    if problems:
        raise Refused(str(problems[0]), f"{file} is not UTF-8.")
    return [dict(enumerate(csv.reader(io.StringIO(text, newline=""))))]


def _sheets(content: bytes, file: Path) -> Sequence[Mapping[int, Sequence[object]]]:
    """Read in the child process: nobody knows where the table has been."""
    from kheo.files.workbooks import read_book

    book = read_book(content)
    if book.refusal:
        said = f"Không đọc được {file} ({book.refusal}). Hãy lưu lại dạng .xlsx hoặc CSV UTF-8."
        raise Refused(said, f"cannot read {file}: {book.refusal}")
    return [sheet.rows for sheet in book.sheets]


COMMANDS = (
    Command(
        words=("units", "match"),
        vietnamese="tìm mã cho một bảng chỉ có tên đơn vị; nói rõ dòng nào phải xem lại",
        english="find the codes of a table of names; says which rows are doubtful",
        run=_match,
        configure=_configure,
    ),
)
