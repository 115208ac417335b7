"""A unit's workbook: made from the edition, read back against the same edition.

data = make_workbook(order)                      # the .xlsx that a unit fills in
book = from_json(shared_reader().run(raw_book, data))   # bytes to a plain grid: only in the child of files.child
address = address_of(book)                       # campaign, cycle, unit, edition: which definition to read it against
reading = validate(book, definition, wanted)     # answers, narrative, notes and every problem
"""

from kheo.documents.grid.raw import RawBook
from kheo.documents.unit_workbook.addressing import address_of
from kheo.documents.unit_workbook.correcting import corrected_copy
from kheo.documents.unit_workbook.making import make_workbook
from kheo.documents.unit_workbook.order import TEMPLATE_VERSION, Address, PastReport, WorkbookOrder
from kheo.documents.unit_workbook.problems import Typed, WorkbookProblem, WorkbookReading
from kheo.documents.unit_workbook.reading import validate

__all__ = [
    "TEMPLATE_VERSION",
    "Address",
    "PastReport",
    "RawBook",
    "Typed",
    "WorkbookOrder",
    "WorkbookProblem",
    "WorkbookReading",
    "address_of",
    "corrected_copy",
    "make_workbook",
    "validate",
]
