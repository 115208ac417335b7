"""The workbook of one unit for one cycle (.xlsx): a cover, one sheet of figures, the narrative, the checks."""

from kheo.documents.printable import upper_first
from kheo.documents.unit_workbook.checks_sheet import checks_sheet
from kheo.documents.unit_workbook.cover_sheet import cover_sheet
from kheo.documents.unit_workbook.figures_sheet import figures_sheet
from kheo.documents.unit_workbook.layout import CHECKS, COVER, FIGURES, NARRATIVE
from kheo.documents.unit_workbook.narrative_sheet import narrative_sheet
from kheo.documents.unit_workbook.order import WorkbookOrder
from kheo.documents.unit_workbook.standing import standing_of
from kheo.documents.workbook_cells import Book


def make_workbook(order: WorkbookOrder) -> bytes:
    """The .xlsx that the unit fills in. Pure: the same order gives the same bytes."""
    return workbook_of(order).to_bytes()


def workbook_of(order: WorkbookOrder) -> Book:
    """The same, still open for another sheet."""
    title = f"{upper_first(order.cycle_name)}: {order.unit_name}"
    book = Book(title=title, author=order.unit_name, created=order.made_at)
    standing = standing_of(order)
    cover_sheet(book.sheet(COVER), order, standing)
    figures_sheet(book.sheet(FIGURES), order, standing)
    if order.definition.outline:
        narrative_sheet(book.sheet(NARRATIVE), order)
    if order.definition.checks:
        checks_sheet(book.sheet(CHECKS), order, standing)
    return book
