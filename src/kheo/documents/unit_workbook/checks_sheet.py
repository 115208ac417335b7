"""The edition's checks, one row each, with what is wrong as long as it is wrong."""

from kheo.core.checking import label_of
from kheo.core.definition import typed_cells
from kheo.documents.unit_workbook.excel import check
from kheo.documents.unit_workbook.layout import FIGURES, Line, a1, lines_of
from kheo.documents.unit_workbook.order import WorkbookOrder
from kheo.documents.unit_workbook.sheets import LOCKED_WORDS, PLAIN, TITLE, protect, sign
from kheo.documents.unit_workbook.standing import Standing
from kheo.documents.workbook_cells import CENTRED, HEAD, Sheet

CHECKS_FIRST_ROW = 4
MESSAGE = 1
_TITLES = ("Mức", "Chỗ chưa khớp (trống là đã khớp)", "Ô liên quan (bấm để tới)")
_WIDTHS = (14.0, 84.0, 50.0)


def checks_sheet(sheet: Sheet, order: WorkbookOrder, standing: Standing) -> None:
    """Checks in the order of the definition; the sheet of figures points here."""
    definition = order.definition
    rows = {line.key: line.row for line in lines_of(definition) if line.kind != "content"}
    sheet.widths(_WIDTHS)
    sheet.raw.freeze_panes(CHECKS_FIRST_ROW, 0)
    sheet.print_setup(pages_wide=1, header_rows=(CHECKS_FIRST_ROW - 1, CHECKS_FIRST_ROW - 1))
    protect(sheet)
    sign(sheet, order, "kiem-tra")
    sheet.text(1, 0, "Các phép kiểm tra", TITLE)
    sheet.across(2, 0, 2, "Excel tự tính trang này; không phải gõ gì ở đây.", PLAIN)
    for column, title in enumerate(_TITLES):
        sheet.text(CHECKS_FIRST_ROW - 1, column, title, HEAD)
    for row, each in enumerate(definition.checks, start=CHECKS_FIRST_ROW):
        cells = typed_cells(definition, each)
        labels = "; ".join(label_of(definition, key) for key in cells)
        sheet.row_height(row, ((each.message, _WIDTHS[MESSAGE]), (labels, _WIDTHS[2])))
        demands = order.demands(each)
        sheet.text(row, 0, "Phải sửa" if demands else "Nên xem lại", CENTRED)
        sheet.formula(row, MESSAGE, check(definition, each, rows, demands=demands), standing.messages.get(each.id, ""), LOCKED_WORDS)
        sheet.link(row, 2, f"#'{FIGURES}'!{a1(rows[cells[0]], 4)}", labels, LOCKED_WORDS)


__all__ = ["CHECKS_FIRST_ROW", "MESSAGE", "Line", "checks_sheet"]
