"""Tables of words and whole numbers as a workbook, one sheet each: what a page shows, to go on working with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kheo.documents.workbook_cells import HEAD, PLAIN, TITLE, WORDS, Book, Look, Sheet

Cell = str | int | None
_NUMBER = Look(align="right")
_FIRST_ROW = 3


@dataclass(frozen=True)
class PlainTable:
    """A table under a name with the one sentence that says what it shows. None is an empty cell."""

    name: str
    sentence: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables_workbook(title: str, author: str, tables: Sequence[PlainTable], created: datetime) -> bytes:
    """The .xlsx. Pure: the same tables give the same bytes."""
    book = Book(title=title, author=author, created=created)
    for table in tables:
        _sheet(book.sheet(table.name[:31]), table)
    return book.to_bytes()


def _sheet(sheet: Sheet, table: PlainTable) -> None:
    sheet.widths((44, *(16 for _ in table.head[1:])))
    sheet.text(0, 0, table.name, TITLE)
    sheet.text(1, 0, table.sentence, PLAIN)
    sheet.raw.freeze_panes(_FIRST_ROW, 1)
    for column, title in enumerate(table.head):
        sheet.text(_FIRST_ROW - 1, column, title, HEAD)
    for number, cells in enumerate(table.rows, start=_FIRST_ROW):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.whole(number, column, cell, look=_NUMBER)
            elif cell is None:
                sheet.empty(number, column, _NUMBER)
            else:
                sheet.text(number, column, cell, WORDS)
