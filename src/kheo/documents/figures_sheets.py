"""The sheets of figures in the annex workbook: by unit, and in all.

A missing figure is an empty, coloured cell with its state in words beside the unit, never 0.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kheo.core.consolidated import CellCounts, ChildLine, Consolidated, FigureTotal, RatioTotal
from kheo.core.definition import Definition, Indicator
from kheo.core.numbers import format_scaled
from kheo.core.workflow import State
from kheo.documents.consolidated_annexes import in_order, line_name, state_words
from kheo.documents.consolidated_report import report_subject
from kheo.documents.figure_words import HIDDEN_SIGN, NO_CASE_SIGN, has_no_case
from kheo.documents.printable import upper_first
from kheo.documents.workbook_cells import BLANK, CENTRED, GROUP, HEAD, HIDDEN, NO_REPORT, PLAIN, SMALL, TITLE, TOTAL, WORDS, Look, Sheet

_LEAD_WIDTHS = (5.0, 12.0, 44.0, 16.0, 16.0)
_LEAD = ("TT", "Mã đơn vị", "Đơn vị", "Trạng thái", "Số báo cáo còn thiếu")
_COLUMNS_A_PAGE = 18
_HEAD_ROW, _FIRST_ROW = 4, 7
_NAME_WIDTH = 60.0
_TOTALS = ("Có số liệu", "Không phát sinh", "Chưa có số liệu", "Không áp dụng", "Chưa có báo cáo")


def _heading(sheet: Sheet, definition: Definition, data: Consolidated) -> None:
    sheet.text(0, 0, upper_first(report_subject(definition, data)), TITLE)
    sheet.text(1, 0, f"{data.unit.name}. Số liệu tổng hợp từ các báo cáo đã được chấp nhận.", PLAIN)


def figures_sheet(sheet: Sheet, definition: Definition, data: Consolidated) -> None:
    """Units in rows, indicators in columns under their contents; rows 0–2 explain, rows 3–6 are the head."""
    groups = [(content, definition.indicators_of(content.id)) for content in definition.contents if definition.indicators_of(content.id)]
    indicators = [each for _, members in groups for each in members]
    first = len(_LEAD)
    sheet.raw.freeze_panes(_FIRST_ROW, first)
    sheet.raw.set_row(_HEAD_ROW, 75)
    sheet.widths((*_LEAD_WIDTHS, *(_width(each, data) for each in indicators)))
    pages = max(1, -(-len(indicators) // _COLUMNS_A_PAGE))
    sheet.print_setup(pages_wide=pages, header_rows=(3, 6), large=True)
    sheet.raw.repeat_columns(0, first - 1)
    _heading(sheet, definition, data)
    _legend(sheet)
    _figures_head(sheet, [(content.name, len(members)) for content, members in groups], indicators)
    _figures_rows(sheet, indicators, data)


def _legend(sheet: Sheet) -> None:
    """The colours of row 2, said in words; a short word in the coloured cell, its meaning after it."""
    sheet.text(2, 0, "Chú giải:", Look(border=False, italic=True))
    sheet.text(2, 2, "0: không phát sinh", PLAIN)
    sheet.text(2, 3, "chưa có số liệu", BLANK)
    sheet.text(2, 4, "chưa có báo cáo", NO_REPORT)
    sheet.text(2, 5, f"{HIDDEN_SIGN}: số nhỏ (dưới 5) hoặc số phải ẩn theo", PLAIN)


def _figures_head(sheet: Sheet, groups: Sequence[tuple[str, int]], indicators: Sequence[Indicator]) -> None:
    first = len(_LEAD)
    for column in range(first):
        sheet.empty(3, column, GROUP)
    start = first
    for name, count in groups:
        sheet.across(3, start, start + count - 1, upper_first(name), GROUP)
        start += count
    rows: tuple[tuple[int, Look, tuple[str, ...], list[str]], ...] = (
        (4, HEAD, _LEAD, [each.name for each in indicators]),
        (5, SMALL, ("", "", "", "", "báo cáo"), [each.unit for each in indicators]),
        (6, SMALL, ("", "", "", "", ""), [each.code for each in indicators]),
    )
    for row, look, lead, texts in rows:
        for column, text in enumerate((*lead, *texts)):
            sheet.text(row, column, text, look)


def _figures_rows(sheet: Sheet, indicators: Sequence[Indicator], data: Consolidated) -> None:
    first, row = len(_LEAD), _FIRST_ROW
    for number, line in enumerate(in_order(data.children), start=1):
        name = line_name(line)
        sheet.row_height(row, ((name, _LEAD_WIDTHS[2]),))
        sheet.whole(row, 0, number, look=Look(align="center"))
        sheet.text(row, 1, line.unit.code, CENTRED)
        sheet.text(row, 2, name, WORDS)
        sheet.text(row, 3, state_words(line.state), CENTRED)
        sheet.whole(row, 4, line.missing)
        for offset, each in enumerate(indicators):
            _figure(sheet, row, first + offset, line, each)
        row += 1
    sheet.empty(row, 0, TOTAL)
    sheet.empty(row, 1, TOTAL)
    sheet.text(row, 2, "Tổng số", TOTAL)
    sheet.text(row, 3, "", TOTAL)
    sheet.whole(row, 4, len(data.missing_units), look=TOTAL)
    for offset, each in enumerate(indicators):
        _total(sheet, row, first + offset, data.figures.get(each.code), each, TOTAL)
    if data.children:
        sheet.raw.autofilter(_FIRST_ROW - 1, 0, row - 1, first + len(indicators) - 1)


def _figure(sheet: Sheet, row: int, column: int, line: ChildLine, indicator: Indicator) -> None:
    value = line.figures.get(indicator.code)
    if indicator.code in line.hidden:
        sheet.text(row, column, HIDDEN_SIGN, HIDDEN)
    elif value is None and has_no_case(indicator, line.figures):
        sheet.text(row, column, NO_CASE_SIGN, Look(align="right"))
    elif value is None:
        sheet.empty(row, column, BLANK if line.state == State.ACCEPTED else NO_REPORT)
    elif isinstance(value, Decimal):
        sheet.ratio(row, column, float(value))
    else:
        sheet.whole(row, column, value, indicator.decimals)


def _total(sheet: Sheet, row: int, column: int, total: FigureTotal | RatioTotal | None, indicator: Indicator, look: Look) -> None:
    if total and total.is_hidden:
        sheet.text(row, column, HIDDEN_SIGN, HIDDEN)
    elif isinstance(total, RatioTotal) and total.denominator == 0:
        sheet.text(row, column, NO_CASE_SIGN, replace(look, align="right"))
    elif total is None or total.value is None:
        sheet.empty(row, column, BLANK)
    elif isinstance(total, RatioTotal):
        sheet.ratio(row, column, float(total.value), look)
    else:
        sheet.whole(row, column, total.value, indicator.decimals, look)


def _width(indicator: Indicator, data: Consolidated) -> float:
    """In characters: room for the total as it is printed, and for the words of the name on a few lines."""
    total = data.figures.get(indicator.code)
    printed = format_scaled(total.value, indicator.decimals) if isinstance(total, FigureTotal) and total.value is not None else "100,00%"
    return float(min(28, max(9, len(printed) + 2.5, len(indicator.name) / 4)))


def totals_sheet(sheet: Sheet, definition: Definition, data: Consolidated) -> None:
    """One row an indicator or a part of it: this period, the last one, and how many units stand behind by class."""
    previous = data.previous_name or "Kỳ trước"
    titles = ("Mã", "Chỉ tiêu", "Đơn vị tính", data.cycle_name, previous, *_TOTALS)
    sheet.widths((9, _NAME_WIDTH, 12, 20, 20, 11, 11, 11, 11, 11))
    sheet.raw.freeze_panes(4, 2)
    sheet.raw.set_row(3, 34)
    sheet.print_setup(pages_wide=1, header_rows=(3, 3))
    _heading(sheet, definition, data)
    for column, title in enumerate(titles):
        sheet.text(3, column, upper_first(title), HEAD)
    row = 4
    for indicator in definition.indicators:
        row = _total_rows(sheet, row, indicator, definition, data)


def _total_rows(sheet: Sheet, row: int, indicator: Indicator, definition: Definition, data: Consolidated) -> int:
    now, before = data.figures.get(indicator.code), (data.previous or {}).get(indicator.code)
    sheet.row_height(row, ((indicator.name, _NAME_WIDTH),))
    for column, text in enumerate((indicator.code, indicator.name, indicator.unit)):
        sheet.text(row, column, text, WORDS if column == 1 else CENTRED)
    _total(sheet, row, 3, now, indicator, Look(bold=True))
    _total(sheet, row, 4, before, indicator, Look())
    _counts(sheet, row, now.cells if isinstance(now, FigureTotal) else None)
    for choice in definition.lists[indicator.breakdown] if indicator.breakdown else ():
        row += 1
        sheet.empty(row, 0, Look())
        sheet.text(row, 1, f"– {choice.name}", Look(wrap=True, italic=True))
        sheet.empty(row, 2, Look())
        for column, total in ((3, now), (4, before)):
            _part(sheet, row, column, total, indicator, choice.code)
        _counts(sheet, row, None)
    return row + 1


def _counts(sheet: Sheet, row: int, cells: CellCounts | None) -> None:
    """How many units stand in each class; a ratio and a part have no classes."""
    counts = (cells.number, cells.zero, cells.blank, cells.not_applicable, cells.missing) if cells else ()
    for column in range(5, 10):
        if counts:
            sheet.whole(row, column, counts[column - 5])
        else:
            sheet.empty(row, column, Look())


def _part(sheet: Sheet, row: int, column: int, total: FigureTotal | RatioTotal | None, indicator: Indicator, code: str) -> None:
    parts = total.by.get(indicator.breakdown or "", {}) if isinstance(total, FigureTotal) else {}
    value = parts.get(code)
    if total and total.is_hidden:
        sheet.text(row, column, HIDDEN_SIGN, HIDDEN)
    elif value is None:
        sheet.empty(row, column, BLANK)
    else:
        sheet.whole(row, column, value, indicator.decimals, Look(italic=True))
