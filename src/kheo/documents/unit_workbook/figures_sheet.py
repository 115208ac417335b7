"""The one sheet to fill in: content by content, with last period beside, what is wrong in each row, and what is left on top."""

from itertools import groupby

from kheo.core.answers import BLANK_WORDS, NA_WORDS, ZERO_WORDS, write_answer
from kheo.core.definition import parse_formula
from kheo.core.figures import NA, Figure
from kheo.core.reading import SYSTEM
from kheo.documents.unit_workbook import excel
from kheo.documents.unit_workbook.checks_sheet import CHECKS_FIRST_ROW, MESSAGE
from kheo.documents.unit_workbook.layout import (
    BASIC,
    CHECKS,
    CHOICE,
    CODE,
    FIRST_ROW,
    HEAD_ROW,
    HIDDEN_TITLES,
    KEPT,
    KNOWN,
    NAME,
    NOTE,
    PAST,
    STATUS,
    TITLES,
    UNIT,
    VALUE,
    Line,
    a1,
    lines_of,
)  # fmt: skip
from kheo.documents.unit_workbook.marks import Marks
from kheo.documents.unit_workbook.order import WorkbookOrder
from kheo.documents.unit_workbook.sheets import ENTRY_FILL, SMALL, SUMMARY, SUMMARY_ROW, TITLE, protect, sign
from kheo.documents.unit_workbook.standing import Standing, checks_at
from kheo.documents.workbook_cells import CENTRED, GROUP, HEAD, PERCENT, WORDS, Look, Sheet, decimals_format

_WIDTHS = (11.0, 50.0, 11.0, 16.0, 18.0, 18.0, 26.0, 40.0)
_ENTRY = Look(fill=ENTRY_FILL, is_open=True, align="right")
_CHOICE = Look(fill=ENTRY_FILL, is_open=True, align="center", size=10)
_NOTE = Look(fill=ENTRY_FILL, is_open=True, wrap=True, size=10)
_PAST = Look(align="right", fill="#F7F7F7")
_COMPUTED = Look(align="right", bold=True, fill="#F2F2F2")
_GREY = Look(fill="#F2F2F2")
_STATUS = Look(wrap=True, size=10)
_PART = Look(wrap=True, indent=2)
_HELPER = Look(border=False, size=8)
_HOW = "Chỉ gõ vào ô nền vàng. Số viết liền (1250); không có trường hợp nào thì gõ 0 hoặc chọn “không phát sinh”."
_SYSTEM_WORDS = "Khéo tự đếm"


def figures_sheet(sheet: Sheet, order: WorkbookOrder, standing: Standing, marks: Marks) -> None:
    """Head, one row a cell, and what Excel itself refuses or colours."""
    lines = lines_of(order.definition)
    sheet.widths(_WIDTHS)
    sheet.raw.set_column(KNOWN, BASIC, 12, None, {"hidden": True})
    sheet.raw.freeze_panes(FIRST_ROW, 2)
    sheet.print_setup(pages_wide=1, header_rows=(HEAD_ROW, HEAD_ROW))
    protect(sheet)
    _head(sheet, order, standing, lines[-1].row)
    for name, formula in excel.named_formulas({line.decimals for line in lines if line.kind == "cell"}):
        sheet.book.raw.define_name(name, formula)
    rows = {line.key: line.row for line in lines if line.kind != "content"}
    for line in lines:
        _line(sheet, line, order, standing, rows, marks)
    _validations(sheet, lines)
    _colours(sheet, lines[-1].row)
    sheet.raw.print_area(1, 0, lines[-1].row, STATUS)


def _head(sheet: Sheet, order: WorkbookOrder, standing: Standing, last: int) -> None:
    told = f"{a1(FIRST_ROW, STATUS)}:{a1(last, STATUS)}"
    wrong = f"{_opening_with(excel.WRONG, told)}+{_opening_with(excel.MUST, told)}"
    summary = (
        f'="Còn "&{_opening_with(excel.OPEN_WORDS, told)}&" ô chưa nhập; "&({wrong})&" chỗ phải sửa; "'
        f'&{_opening_with(excel.ASK, told)}&" chỗ nên xem lại."'
    )
    for row in range(FIRST_ROW):
        if row == 0:
            sign(sheet, order, "so-lieu")
        elif row == 1:
            sheet.text(row, 0, f"Số liệu {order.cycle_name}: {order.unit_name}", TITLE)
        elif row == 2:
            sheet.text(row, 0, _HOW, SMALL)
        elif row == SUMMARY_ROW:
            sheet.formula(row, 0, summary, standing.summary, SUMMARY)
        elif row == HEAD_ROW:
            _titles(sheet, order)
        for column, words in excel.WORDS if row < HEAD_ROW else ():
            sheet.text(row, column, words[row], _HELPER)


def _opening_with(words: str, cells: str) -> str:
    """How many cells open with the words. No wildcards: whether those work is a setting in LibreOffice."""
    return f'SUMPRODUCT(--(LEFT({cells},{len(words)})="{words}"))'


def _titles(sheet: Sheet, order: WorkbookOrder) -> None:
    sheet.raw.set_row(HEAD_ROW, 34)
    for column, title in enumerate(TITLES):
        past = f" ({order.past.name})" if order.past and column == PAST else ""
        sheet.text(HEAD_ROW, column, title + past, HEAD)
    for column, title in enumerate(HIDDEN_TITLES, start=KNOWN):
        sheet.text(HEAD_ROW, column, title, _HELPER)


def _line(sheet: Sheet, line: Line, order: WorkbookOrder, standing: Standing, rows: dict[str, int], marks: Marks) -> None:
    row = line.row
    if line.kind == "content":
        sheet.row_height(row, ((line.name, sum(_WIDTHS)),))
        sheet.across(row, 0, STATUS, line.name, GROUP)
        return
    sheet.lines_height(row, line.written_name.split("\n"), _WIDTHS[NAME])
    sheet.text(row, CODE, line.key, CENTRED)
    _name(sheet, line)
    sheet.text(row, UNIT, line.indicator.unit if line.indicator else "", CENTRED)
    _past(sheet, line, order)
    if line.kind == "cell":
        _answer(sheet, line, order, standing)
        marks.put_on(sheet, line)
    else:
        _computed(sheet, line, order, standing, rows)


def _name(sheet: Sheet, line: Line) -> None:
    """The name, with the hint smaller below it."""
    name, _, hint = line.written_name.partition("\n")
    look = _PART if line.is_part else WORDS
    if hint:
        sheet.two_lines(line.row, NAME, name, hint, look)
    else:
        sheet.text(line.row, NAME, name, look)


def _past(sheet: Sheet, line: Line, order: WorkbookOrder) -> None:
    figures = order.past.figures if order.past else {}
    if line.key not in figures:
        sheet.empty(line.row, PAST, _PAST)
        return
    _figure(sheet, line.row, PAST, figures[line.key], line.decimals, _PAST)


def _figure(sheet: Sheet, row: int, column: int, figure: Figure, decimals: int, look: Look) -> None:
    if figure is None or figure == NA:
        sheet.text(row, column, write_answer(figure, decimals), look)
    else:
        sheet.whole(row, column, figure, decimals, look)


def _kept(sheet: Sheet, line: Line, order: WorkbookOrder) -> None:
    """Last period once more, hidden, as text: so that a number overwritten beside is noticed."""
    figures = order.past.figures if order.past else {}
    if line.key in figures:
        sheet.text(line.row, KEPT, write_answer(figures[line.key], line.decimals), _HELPER)


def _answer(sheet: Sheet, line: Line, order: WorkbookOrder, standing: Standing) -> None:
    row, decimals = line.row, line.decimals
    answer = order.figures.get(line.key, "")
    if isinstance(answer, int):
        sheet.whole(row, VALUE, answer, decimals, _ENTRY)
    else:
        sheet.empty(row, VALUE, _number_look(decimals))
    if answer is None or answer == NA:
        sheet.text(row, CHOICE, write_answer(answer, decimals), _CHOICE)
    else:
        sheet.empty(row, CHOICE, _CHOICE)
    if line.key in order.notes and not line.is_walled:
        sheet.text(row, NOTE, order.notes[line.key], _NOTE)
    else:
        sheet.empty(row, NOTE, _GREY if line.is_walled else _NOTE)
    checks = [f"'{CHECKS}'!{a1(CHECKS_FIRST_ROW + index, MESSAGE)}" for index in checks_at(order.definition).get(line.key, ())]
    told = standing.statuses[line.key]
    sheet.formula(row, STATUS, excel.status(a1(row, BASIC), checks), told, _STATUS)
    sheet.formula(row, KNOWN, f"={excel.KNOWN_NAME}", standing.known[line.key], _HELPER)
    _kept(sheet, line, order)
    sheet.formula(row, BASIC, f"={excel.BASIC_NAME}{decimals}", told if told == excel.OPEN_WORDS else "", _HELPER)


def _number_look(decimals: int) -> Look:
    return Look(fill=ENTRY_FILL, is_open=True, align="right", number=decimals_format(decimals))


def _computed(sheet: Sheet, line: Line, order: WorkbookOrder, standing: Standing, rows: dict[str, int]) -> None:
    row = line.row
    if line.kind == "total":
        parts = [rows[cell.key] for cell in order.definition.cells_of(line.key)[1:]]
        look = Look(align="right", bold=True, fill="#F2F2F2", number=decimals_format(line.decimals))
        sheet.formula(row, VALUE, excel.shown_total(row), standing.totals[line.key], look)
    elif SYSTEM in f"{line.indicator.numerator}{line.indicator.denominator}":  # type: ignore[union-attr]
        sheet.text(row, VALUE, _SYSTEM_WORDS, Look(align="right", italic=True, fill="#F2F2F2", size=10))
    else:
        terms = [parse_formula(each or "") for each in (line.indicator.numerator, line.indicator.denominator)]  # type: ignore[union-attr]
        look = Look(align="right", bold=True, fill="#F2F2F2", number=PERCENT)
        sheet.formula(row, VALUE, excel.ratio(terms[0], terms[1], rows), standing.ratios[line.key], look)
    for column in (CHOICE, NOTE, STATUS):
        sheet.empty(row, column, _GREY)
    if line.kind == "total":
        sheet.formula(row, KNOWN, excel.known_of_total(parts), standing.known[line.key], _HELPER)
    _kept(sheet, line, order)


def _validations(sheet: Sheet, lines: tuple[Line, ...]) -> None:
    """What Excel refuses at the cell: anything but a number within bounds or one of the three words."""
    words = {"validate": "list", "source": [ZERO_WORDS, BLANK_WORDS, NA_WORDS], "error_title": "Chưa đúng"}
    words["error_message"] = "Chọn một trong ba mục, hoặc để trống và gõ con số ở cột bên trái."
    for (kind, decimals), run in groupby(lines, key=lambda line: (line.kind, line.decimals)):
        block = [line.row for line in run]
        if kind != "cell":
            continue
        number = {"validate": "custom", "value": excel.allowed(block[0], decimals), "error_title": "Chưa đúng"}
        number["error_message"] = "Gõ một con số từ 0 trở lên, không kèm chữ. Không có con số thì chọn ở cột bên phải."
        sheet.raw.data_validation(block[0], VALUE, block[-1], VALUE, number)
        sheet.raw.data_validation(block[0], CHOICE, block[-1], CHOICE, words)


def _colours(sheet: Sheet, last: int) -> None:
    """Red where something is wrong, amber where something is asked, stronger yellow where nothing was entered yet."""
    first = a1(FIRST_ROW, STATUS)
    for words, background, colour in (
        (excel.WRONG, "#FAD4D0", "#8C1D18"),
        (excel.MUST, "#FAD4D0", "#8C1D18"),
        (excel.ASK, "#FFE8B3", "#7A4B00"),
    ):
        rule = {"type": "formula", "criteria": f'=LEFT(${first},{len(words)})="{words}"'}
        look = sheet.book.raw.add_format({"bg_color": background, "font_color": colour})
        sheet.raw.conditional_format(FIRST_ROW, VALUE, last, STATUS, rule | {"format": look})
    done = sheet.book.raw.add_format({"font_color": "#1E6B33"})
    sheet.raw.conditional_format(
        FIRST_ROW, STATUS, last, STATUS, {"type": "formula", "criteria": f'=${first}="{excel.GOOD_SIGN}"', "format": done}
    )
    waiting = sheet.book.raw.add_format({"font_color": "#7A4B00"})
    sheet.raw.conditional_format(
        FIRST_ROW, STATUS, last, STATUS, {"type": "formula", "criteria": f'=${first}="{excel.OPEN_WORDS}"', "format": waiting}
    )
