"""The workbook of one unit for one cycle (.xlsx): a cover, one sheet of figures, the narrative, the checks."""

from collections.abc import Collection

from kheo.documents.printable import upper_first
from kheo.documents.unit_workbook.checks_sheet import checks_sheet
from kheo.documents.unit_workbook.cover_sheet import cover_sheet
from kheo.documents.unit_workbook.figures_sheet import figures_sheet
from kheo.documents.unit_workbook.layout import CHECKS, COVER, FIGURES, NARRATIVE
from kheo.documents.unit_workbook.marks import Marks
from kheo.documents.unit_workbook.narrative_sheet import narrative_sheet
from kheo.documents.unit_workbook.order import WorkbookOrder
from kheo.documents.unit_workbook.standing import Standing, standing_of
from kheo.documents.workbook_cells import Book


def make_workbook(order: WorkbookOrder) -> bytes:
    """The .xlsx that the unit fills in. Pure: the same order gives the same bytes."""
    book, standing = open_workbook(order)
    finish(book, order, standing, Marks())
    return book.to_bytes()


def open_workbook(order: WorkbookOrder, unread: Collection[str] = ()) -> tuple[Book, Standing]:
    """A workbook with its cover, still open for what comes after it."""
    book = Book(title=f"{upper_first(order.cycle_name)}: {order.unit_name}", author=order.unit_name, created=order.made_at)
    standing = standing_of(order, unread)
    cover_sheet(book.sheet(COVER), order, standing)
    return book, standing


def finish(book: Book, order: WorkbookOrder, standing: Standing, marks: Marks) -> None:
    """Figures, narrative and checks."""
    figures_sheet(book.sheet(FIGURES), order, standing, marks)
    if order.definition.outline:
        narrative_sheet(book.sheet(NARRATIVE), order, marks)
    if order.definition.checks:
        checks_sheet(book.sheet(CHECKS), order, standing)
