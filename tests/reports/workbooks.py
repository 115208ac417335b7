"""Workbooks as units fill them in, for the tests: made by the product's own template, filled with openpyxl as Excel would be."""

import io
from collections.abc import Mapping

import openpyxl

from kheo.core.answers import BLANK_WORDS, NA_WORDS
from kheo.core.figures import NA, Figure
from kheo.documents.unit_workbook import make_workbook
from kheo.documents.unit_workbook.layout import CHOICE, CODE, FIGURES, NARRATIVE, NOTE, SECTION, TEXT, VALUE
from kheo.org.queries import snapshot_units
from kheo.reports.actions.reading_in import read_next
from kheo.reports.actions.receiving import Incoming, receive_workbooks
from kheo.reports.models import WorkbookBatch, WorkbookFile
from kheo.reports.queries.workbooks import workbook_order
from tests.world import GOOD, World, later

WORDS = {"I": "Đã triển khai tốt."}
Cells = Mapping[str, Figure | str]


def template(world: World, code: str) -> bytes:
    """The workbook that a unit downloads now."""
    owed = world.obligation(code)
    unit = snapshot_units(world.cycle.snapshot_id, [owed.unit_id])[owed.unit_id]
    return make_workbook(workbook_order(owed, unit, getattr(owed, "report", None), later()))


def filled(world: World, code: str, cells: Cells = GOOD, words: Mapping[str, str] = WORDS, notes: Mapping[str, str] | None = None) -> bytes:
    """The same with these answers typed in, and notes beside them; a text is typed as it is."""
    return typed_into(template(world, code), cells, words, notes)


def typed_into(data: bytes, cells: Cells, words: Mapping[str, str], notes: Mapping[str, str] | None = None) -> bytes:
    """Any of our workbooks with answers typed in, saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book[FIGURES].iter_rows():
        key = row[CODE].value
        if isinstance(key, str) and key in cells:
            answer = cells[key]
            if answer is None or answer == NA:
                row[CHOICE].value = BLANK_WORDS if answer is None else NA_WORDS
            else:
                row[VALUE].value = answer
        if isinstance(key, str) and notes and key in notes:
            row[NOTE].value = notes[key]
    for row in book[NARRATIVE].iter_rows():
        section = row[SECTION].value
        if isinstance(section, str) and section in words:
            row[TEXT].value = words[section]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hand_in(world: World, who: str, *files: bytes, minutes: int = 5, read: bool = True) -> list[WorkbookFile]:
    """Send files at once and have them read; what became of each, in order."""
    person, at = world.person(who), later(minutes=minutes)
    incoming = [Incoming(f"tep-{number}.xlsx", data) for number, data in enumerate(files, 1)]
    batch = receive_workbooks(incoming, channel=WorkbookBatch.PAGE, by=person, at=at)
    assert batch
    while read and read_next(batch.pk, by=person, at=at).left:
        pass
    return list(WorkbookFile.objects.filter(batch=batch).order_by("number"))


__all__ = ["WORDS", "filled", "hand_in", "template", "typed_into"]
