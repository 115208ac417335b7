"""The corrected copy: the workbook again, with what was typed kept, every faulty cell marked, and a sheet that lists the problems."""

from collections.abc import Mapping
from dataclasses import replace

from kheo.core.checking import SECTION
from kheo.documents.unit_workbook.layout import CHOICE, FAULTS, FIGURES, NARRATIVE, NARRATIVE_FIRST_ROW, NOTE, TEXT, VALUE, a1, lines_of
from kheo.documents.unit_workbook.making import finish, open_workbook
from kheo.documents.unit_workbook.marks import ASKED_FILL, WRONG_FILL, Marks, marks_of
from kheo.documents.unit_workbook.order import WorkbookOrder
from kheo.documents.unit_workbook.problems import Part, WorkbookProblem, WorkbookReading
from kheo.documents.unit_workbook.sheets import LOCKED_WORDS, PLAIN, TITLE, protect, sign
from kheo.documents.workbook_cells import CENTRED, HEAD, Look, Sheet

_TITLES = ("STT", "Mức", "Ô", "Chỗ cần xem", "Cần thế nào", "Trong tệp đã gửi")
_WIDTHS = (6.0, 13.0, 18.0, 70.0, 48.0, 24.0)
_HEAD_ROW = 4
_COLUMNS: Mapping[Part, int] = {"value": VALUE, "choice": CHOICE, "note": NOTE, "other": VALUE}


def corrected_copy(order: WorkbookOrder, reading: WorkbookReading) -> bytes:
    """The .xlsx to put right and send again. `order`: the unit's workbook as it would be made now; its answers give way to the file's."""
    answered = replace(order, figures=reading.figures, narrative=reading.narrative, notes=reading.notes)
    marks = marks_of(reading.typed, reading.written, reading.problems) if reading.address else Marks()
    book, standing = open_workbook(answered, {each.target for each in reading.problems if each.stage == "file"} - reading.figures.keys())
    faults = book.sheet(FAULTS)
    _list(faults, answered, reading.problems)
    faults.raw.activate()
    faults.raw.set_first_sheet()
    finish(book, answered, standing, marks)
    return book.to_bytes()


def _list(sheet: Sheet, order: WorkbookOrder, problems: tuple[WorkbookProblem, ...]) -> None:
    places = _places(order)
    sheet.widths(_WIDTHS)
    sheet.raw.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.print_setup(pages_wide=1, header_rows=(_HEAD_ROW, _HEAD_ROW))
    protect(sheet)
    sign(sheet, order, "can-sua")
    sheet.text(1, 0, f"Cần sửa trong bảng {order.cycle_name}: {order.unit_name}", TITLE)
    wrong = sum(each.severity == "error" for each in problems)
    counted = f"{wrong} chỗ phải sửa, {len(problems) - wrong} chỗ nên xem lại."
    sheet.across(2, 0, 5, f"{counted} Bấm vào tên ô để tới chỗ đó; sửa xong thì lưu và tải chính tệp này lên.", PLAIN)
    for column, title in enumerate(_TITLES):
        sheet.text(_HEAD_ROW, column, title, HEAD)
    for number, each in enumerate(problems, start=1):
        _row(sheet, _HEAD_ROW + number, number, each, places)


def _row(sheet: Sheet, row: int, number: int, problem: WorkbookProblem, places: Mapping[str, tuple[str, int, int]]) -> None:
    is_wrong = problem.severity == "error"
    sheet.row_height(row, ((problem.message, _WIDTHS[3]), (problem.expected, _WIDTHS[4])))
    sheet.whole(row, 0, number, look=Look(align="center"))
    sheet.text(
        row, 1, "Phải sửa" if is_wrong else "Nên xem lại", Look(align="center", wrap=True, fill=WRONG_FILL if is_wrong else ASKED_FILL)
    )
    if problem.target in places:
        name, line, column = places[problem.target]
        column = _COLUMNS[problem.part] if name == FIGURES else column
        cell = a1(line, column)
        sheet.link(row, 2, f"#'{name}'!{cell}", f"{name} {cell}", CENTRED)
    else:
        sheet.text(row, 2, "", CENTRED)
    sheet.text(row, 3, problem.message, LOCKED_WORDS)
    sheet.text(row, 4, problem.expected, LOCKED_WORDS)
    sheet.text(row, 5, " ".join(part for part in (problem.sheet, problem.cell) if part), CENTRED)


def _places(order: WorkbookOrder) -> dict[str, tuple[str, int, int]]:
    """Where each target stands in the copy, which is laid out as the template."""
    figures = {line.key: (FIGURES, line.row, VALUE) for line in lines_of(order.definition) if line.kind != "content"}
    sections = enumerate(order.definition.outline, start=NARRATIVE_FIRST_ROW)
    return figures | {SECTION + section.id: (NARRATIVE, row, TEXT) for row, section in sections}
