"""A register as a workbook: entries row by row, a sheet that says what each column means, a sheet with the words that may be chosen.

Rows are taken one at a time and never kept: what is written so far lies in a file of the system until the workbook is put together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from xlsxwriter.utility import xl_col_to_name

from kheo.core.days import format_instant
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.table_heads import CODE, DICTIONARY, LINES, STAMP, Head, meaning
from kheo.core.registers.values import Options
from kheo.documents.workbook_cells import HEAD, PLAIN, TITLE, WORDS, Book, Look, Sheet

Cell = str | int | date | None
ENTRIES, MEANINGS, CHOICES = "Hồ sơ", "Ý nghĩa các cột", "Danh mục"
REGISTER_MARK, EDITION_MARK = "Mã sổ", "Bản của sổ"
SPARE = 500  # rows below the last in which words can be chosen as well
_NUMBER, _TEXT = Look(align="right", border=False), Look(border=False)
_WRONG = Look(fill="#F8CBAD", border=True)
_WIDE = {"long_text": 50, "text": 32, "choices": 28, "choice": 22, "place": 24}
_MEANING_WIDTHS = (32, 20, 24, 24, 60, 20, 20, 36, 12, 16, 60)


@dataclass(frozen=True)
class About:
    """Of which register and edition a file is, who took it, when; `notes`: sentences above its dictionary."""

    definition: RegisterDefinition
    options: Options
    edition: int
    author: str
    created: datetime
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class BesideSheet:
    """Rows that stand beside the entries, under their heads; each begins with the code of its entry.

    `columns`: of a sheet that comes back, what its heads mean; of one that is only looked at, nothing.
    """

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    columns: Sequence[Head] = ()


@dataclass(frozen=True)
class WrongRow:
    """A row that was refused: its cells as texts, and what is wrong with which of them (column "" for the row itself)."""

    number: int
    cells: Mapping[str, str]
    problems: Sequence[tuple[str, str]]


def write_register(
    about: About, heads: Sequence[Head], rows: Iterable[Sequence[Cell]], out: BinaryIO, beside: Iterable[BesideSheet] = ()
) -> None:
    """The .xlsx into a file that can be sought. Whole numbers are scaled by the decimals of their column."""
    book, sheet = _begun(about, heads, out)
    number, decimals = 0, [head.decimals for head in heads]
    for number, cells in enumerate(rows, start=1):
        _row(sheet, number, cells, decimals)
    _finished(book, sheet, about, heads, number, beside)


def _row(sheet: Sheet, number: int, cells: Sequence[Cell], decimals: Sequence[int]) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.whole(number, column, cell, decimals[column], _NUMBER)
        elif isinstance(cell, date):
            sheet.day(number, column, cell, _TEXT)
        elif cell:
            sheet.paragraph(number, column, cell, _TEXT)


def write_wrong_rows(
    about: About,
    heads: Sequence[Head],
    rows: Sequence[WrongRow],
    out: BinaryIO,
    lines: tuple[Sequence[Head], Sequence[WrongRow]] = ((), ()),
) -> None:
    """The rows that were refused, to be mended and sent again: wrong cells are coloured and carry a note, the last columns say why.

    `lines`: the columns of lines and those of them that were refused, in a sheet of their own.
    """
    book, sheet = _begun(about, [*heads, *_ABOUT_WRONG], out)
    _wrong(sheet, heads, rows)
    if lines[1]:
        beside = _headed(book, LINES, [*lines[0], *_ABOUT_WRONG])
        _wrong(beside, lines[0], lines[1])
    _finished(book, sheet, about, heads, len(rows))


def _wrong(sheet: Sheet, heads: Sequence[Head], rows: Sequence[WrongRow]) -> None:
    for number, row in enumerate(rows, start=1):
        said: dict[str, list[str]] = {}
        for key, message in row.problems:
            said.setdefault(key, []).append(message)
        for column, head in enumerate(heads):
            text, wrong = row.cells.get(head.key, ""), said.get(head.key)
            if text or wrong:
                sheet.paragraph(number, column, text, _WRONG if wrong else _TEXT)
            if wrong:
                sheet.raw.write_comment(number, column, "\n".join(wrong), {"x_scale": 2, "author": "Khéo"})
        sheet.whole(number, len(heads), row.number, 0, _NUMBER)
        sheet.paragraph(number, len(heads) + 1, " ".join(message for _, message in row.problems), WORDS)


_ROW_HEAD, _WHY_HEAD = "Dòng trong tệp đã gửi", "Vì sao chưa ghi"
_ABOUT_WRONG = (Head("_dong", _ROW_HEAD, "số nguyên"), Head("_vi_sao", _WHY_HEAD, "chữ"))
OURS_TOO = frozenset({_ROW_HEAD, _WHY_HEAD})  # columns of ours that say nothing about an entry


def _begun(about: About, heads: Sequence[Head], out: BinaryIO) -> tuple[Book, Sheet]:
    book = Book(title=about.definition.name, author=about.author, created=about.created, file=out)
    return book, _headed(book, ENTRIES, heads)


def _headed(book: Book, name: str, heads: Sequence[Head]) -> Sheet:
    sheet = book.sheet(name)
    quiet = {"hidden": True}
    for column, head in enumerate(heads):
        kind = head.column.field.type if head.column and not head.is_of_codes else ""
        width = max(_WIDE.get(kind, 14), min(32, len(head.label) + 3)) if head.key != CODE else 18
        sheet.raw.set_column(column, column, width, None, quiet if head.is_quiet else {})
        sheet.text(0, column, head.label, HEAD)
    sheet.raw.freeze_panes(1, 1)
    return sheet


def _finished(book: Book, sheet: Sheet, about: About, heads: Sequence[Head], rows: int, beside: Iterable[BesideSheet] = ()) -> None:
    if rows:
        sheet.raw.autofilter(0, 0, rows, len(heads) - 1)
    beside = list(beside)
    _dictionary(book, about, heads_told(heads, beside))
    _choices(book, sheet, heads, rows + SPARE)
    for each in beside:
        _beside(book, each)
    book.finish()


def _beside(book: Book, each: BesideSheet) -> None:
    sheet, number = book.sheet(each.name), 0
    sheet.widths([max(14, min(32, len(head) + 3)) for head in each.heads])
    for column, known in enumerate(each.columns):
        if known.is_quiet:
            sheet.raw.set_column(column, column, 14, None, {"hidden": True})
    for column, head in enumerate(each.heads):
        sheet.text(0, column, head, HEAD)
    sheet.raw.freeze_panes(1, 1)
    for number, cells in enumerate(each.rows, start=1):
        _row(sheet, number, cells, [0] * len(each.heads))
    if number:
        sheet.raw.autofilter(0, 0, number, len(each.heads) - 1)


def facts_of(about: About) -> list[tuple[str, str]]:
    """What a file says of itself above the meanings of its columns: by the first two it is known when it comes back."""
    return [
        (REGISTER_MARK, about.definition.register_code),
        (EDITION_MARK, str(about.edition)),
        ("Tải lúc", format_instant(about.created)),
        ("Người tải", about.author),
        *(("", note) for note in about.notes),
    ]


def heads_told(heads: Sequence[Head], beside: Iterable[BesideSheet]) -> list[Head]:
    """The columns that a dictionary tells: of the entries, then of the sheets beside them that come back."""
    return [*heads, *(head for each in beside for head in each.columns if head.key not in (CODE, STAMP))]


def _dictionary(book: Book, about: About, heads: Sequence[Head]) -> None:
    sheet = book.sheet(MEANINGS)
    sheet.widths(_MEANING_WIDTHS)
    sheet.text(0, 0, about.definition.name, TITLE)
    facts = facts_of(about)
    for row, (what, words) in enumerate(facts, start=1):
        sheet.text(row, 0, what, PLAIN)
        sheet.text(row, 1, words, PLAIN)
    first = len(facts) + 2
    for column, words in enumerate(DICTIONARY):
        sheet.text(first, column, words, HEAD)
    for row, head in enumerate(heads, start=first + 1):
        for column, words in enumerate(meaning(about.definition, about.options, head)):
            sheet.text(row, column, words, WORDS)


def _choices(book: Book, sheet: Sheet, heads: Sequence[Head], last: int) -> None:
    """The words of each list in a column of its own, and the cells in which one of them is chosen: others are warned of, not barred."""
    listed = [(column, head, _words(head)) for column, head in enumerate(heads) if _is_chosen(head)]
    if not listed:
        return
    words = book.sheet(CHOICES)
    words.widths([32] * len(listed))
    for place, (_, head, _offered) in enumerate(listed):
        words.text(0, place, head.label, HEAD)
    for row in range(max(len(offered) for _, _, offered in listed)):
        for place, (_, _, offered) in enumerate(listed):
            if row < len(offered):
                words.text(row + 1, place, offered[row], WORDS)
    for place, (column, head, offered) in enumerate(listed):
        letters = letters_of(place)
        told = "Chọn một mục trong danh mục, hoặc ghi mã của nó."
        rule = {"validate": "list", "source": f"='{CHOICES}'!${letters}$2:${letters}${len(offered) + 1}", "error_type": "warning"}
        if not (head.column and head.column.field.type == "choices"):
            sheet.raw.data_validation(1, column, last, column, rule | {"error_title": "Ngoài danh mục", "error_message": told})


def _is_chosen(head: Head) -> bool:
    is_tick = head.column is not None and head.column.field.type == "yes_no"
    return not head.is_quiet and (is_tick or (head.choices is not None and bool(head.choices)))


def _words(head: Head) -> list[str]:
    return list(head.choices.values()) if head.choices is not None else list(head.column.choices.values()) if head.column else []


def letters_of(column: int) -> str:
    """0 is A, 26 is AA."""
    return str(xl_col_to_name(column))
