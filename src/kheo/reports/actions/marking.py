"""The corrected copy: the unit's workbook again, with what was typed in it and every fault marked in its cell. Nothing is changed."""

from datetime import datetime

from kheo.documents.unit_workbook import corrected_copy
from kheo.files.queries import content_of
from kheo.files.workbooks import read_book
from kheo.org.queries import snapshot_units
from kheo.reports.actions.filled import read_for
from kheo.reports.actions.matching import Place
from kheo.reports.models import WorkbookFile
from kheo.reports.queries.workbooks import workbook_order


def marked_copy(file: WorkbookFile, at: datetime) -> bytes | None:
    """Of a file whose report is known and that has faults; None for the others."""
    owed = file.obligation
    if owed is None or file.stored is None or not file.problems:
        return None
    book = read_book(content_of(file.stored))
    reading = read_for(book, Place(owed, owed.cycle))
    unit = snapshot_units(owed.cycle.snapshot_id, [owed.unit_id])[owed.unit_id]
    return corrected_copy(workbook_order(owed, unit, getattr(owed, "report", None), at), reading)
