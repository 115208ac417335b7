"""A book of an office as its paper form, in Word to print and bind and as a workbook; its electronic fields with their dictionary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kheo.core.days import format_instant
from kheo.core.paper_books.electronic import SOURCE, Field, Record
from kheo.core.paper_books.forms import BookForm
from kheo.documents.laid import Empty, Face, Line, Piece, Shape, Sheets
from kheo.documents.official import Column, Row, Table
from kheo.documents.official_layout import render_sheets
from kheo.documents.official_table import table_of
from kheo.documents.printable import one_line
from kheo.documents.profiles import PaperProfile
from kheo.documents.workbook_cells import CENTRED, HEAD, PLAIN, TITLE, WORDS, Book, Sheet

_FIRST_ROW = 4
_BOLD = 0.85  # a bold title needs more room than its letters as they are measured
_TYPE = 10  # points: ten columns on a landscape sheet


@dataclass(frozen=True)
class BookFacts:
    """Whose book of which year, of which name where an office keeps several, and when it was printed."""

    unit: str
    superior: str
    year: int
    name: str
    made_at: datetime


def book_document(form: BookForm, facts: BookFacts, rows: Sequence[tuple[str, ...]], profile: PaperProfile) -> bytes:
    """The .docx: the cover of the form, then the book on landscape pages. Pure."""
    columns = tuple(Column(column.title, column.align, str(number)) for number, column in enumerate(form.columns, start=1))
    table = Table(columns, tuple(Row(tuple(one_line(text) for text in row)) for row in rows))
    end = Line(_last_words(rows, facts), Face(italic=True), Shape(align="left", before=6))
    shares = [column.width for column in form.columns]
    inside = (*table_of(table, profile.landscape_width, profile, _TYPE, shares), end)
    sheets = (Sheets(tuple(_cover(form, facts)), landscape=True), Sheets(inside, landscape=True))
    return render_sheets(sheets, profile, title=f"{form.title} {facts.year}", author=facts.unit, created=facts.made_at)


def _cover(form: BookForm, facts: BookFacts) -> list[Piece]:
    above = [Line(one_line(facts.superior).upper(), Face(13), Shape(align="center"))] if facts.superior else []
    name = [Line(f"Sổ: {one_line(facts.name)}", Face(14), Shape(align="center", before=6))] if facts.name else []
    return [
        *above,
        Line(one_line(facts.unit).upper(), Face(13, bold=True), Shape(align="center")),
        Empty(Shape(before=90)),
        Line(form.title.upper(), Face(20, bold=True), Shape(align="center", before=90)),
        Line(f"Năm: {facts.year}", Face(14, bold=True), Shape(align="center", before=12)),
        *name,
        Line(f"({form.source})", Face(11, italic=True), Shape(align="center", before=12)),
    ]


def _last_words(rows: Sequence[tuple[str, ...]], facts: BookFacts) -> str:
    return f"Sổ {f'có {len(rows)} dòng' if rows else 'chưa có dòng nào'}, in lúc {format_instant(facts.made_at)}."


def book_workbook(form: BookForm, facts: BookFacts, rows: Sequence[tuple[str, ...]]) -> bytes:
    """The .xlsx of the same."""
    book = Book(title=f"{form.title} {facts.year}", author=facts.unit, created=facts.made_at)
    sheet = book.sheet(form.title[:31])
    _heading(sheet, f"{form.title}, năm {facts.year}", f"{facts.unit}. {form.source}.")
    sheet.widths([column.width for column in form.columns])
    sheet.print_setup(pages_wide=1, header_rows=(_FIRST_ROW - 2, _FIRST_ROW - 1))
    sheet.row_height(_FIRST_ROW - 2, [(column.title, column.width * _BOLD) for column in form.columns])
    for number, column in enumerate(form.columns):
        sheet.text(_FIRST_ROW - 2, number, column.title, HEAD)
    for number in range(len(form.columns)):
        sheet.text(_FIRST_ROW - 1, number, f"({number + 1})", CENTRED)
    looks = [CENTRED if column.align == "center" else WORDS for column in form.columns]
    for index, row in enumerate(rows, start=_FIRST_ROW):
        sheet.row_height(index, [(text, column.width) for text, column in zip(row, form.columns, strict=True)])
        for number, (text, look) in enumerate(zip(row, looks, strict=True)):
            sheet.text(index, number, text, look)
    return book.to_bytes()


def fields_workbook(title: str, facts: BookFacts, fields: Sequence[Field], records: Sequence[Record], faults: Sequence[str]) -> bytes:
    """The electronic fields: the data, a dictionary of the fields, and every text that is longer than its field."""
    book = Book(title=title, author=facts.unit, created=facts.made_at)
    data = book.sheet("Dữ liệu")
    for number, field in enumerate(fields):
        data.text(0, number, field.name, HEAD)
    for index, record in enumerate(records, start=1):
        for number, field in enumerate(fields):
            data.text(index, number, record[field.name], WORDS)
    data.widths([18] * len(fields))
    words = book.sheet("Từ điển")
    _heading(words, "Từ điển các trường", f"{SOURCE}. {facts.unit}, năm {facts.year}.")
    words.widths((20, 60, 16))
    for number, told in enumerate(("Trường", "Nghĩa", "Dài nhất")):
        words.text(_FIRST_ROW - 1, number, told, HEAD)
    for index, field in enumerate(fields, start=_FIRST_ROW):
        for number, told in enumerate((field.name, field.meaning, str(field.longest or "không giới hạn"))):
            words.text(index, number, told, WORDS)
    wrong = book.sheet("Chỗ quá dài")
    _heading(wrong, "Chỗ quá dài", "Không chỗ nào bị cắt bớt." if faults else "Không có chỗ nào dài quá.")
    wrong.widths((120,))
    for index, fault in enumerate(faults, start=_FIRST_ROW - 1):
        wrong.text(index, 0, fault, WORDS)
    return book.to_bytes()


def _heading(sheet: Sheet, title: str, sentence: str) -> None:
    sheet.text(0, 0, title, TITLE)
    sheet.text(1, 0, sentence, PLAIN)
