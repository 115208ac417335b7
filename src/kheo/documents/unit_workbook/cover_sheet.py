"""The cover: whose workbook this is, until when, and how it is filled in."""

from datetime import timedelta

from kheo.core.days import format_day
from kheo.documents.printable import upper_first
from kheo.documents.unit_workbook.layout import FIGURES, a1
from kheo.documents.unit_workbook.order import TEMPLATE_VERSION, WorkbookOrder
from kheo.documents.unit_workbook.sheets import LABEL, LOCKED_WORDS, SUMMARY_ROW, TITLE, protect, sign
from kheo.documents.unit_workbook.standing import Standing
from kheo.documents.workbook_cells import Look, Sheet

_WIDTHS = (26.0, 82.0)
_STEP = Look(border=False, wrap=True)
_STEP_HEAD = Look(bold=True, border=False)


def cover_sheet(sheet: Sheet, order: WorkbookOrder, standing: Standing) -> None:
    """Facts with their labels; the first row, hidden, carries the signature."""
    sheet.widths(_WIDTHS)
    sheet.print_setup(pages_wide=1, header_rows=(1, 1))
    sheet.raw.set_portrait()
    protect(sheet)
    sign(sheet, order, "bia")
    sheet.raw.hide_gridlines(2)
    sheet.text(1, 0, f"Bảng nhập báo cáo {order.cycle_name}", TITLE)
    row = 3
    for label, text in _facts(order):
        sheet.row_height(row, ((text, _WIDTHS[1]),))
        sheet.text(row, 0, label, LABEL)
        sheet.text(row, 1, text, LOCKED_WORDS)
        row += 1
    sheet.text(row, 0, "Tình trạng", LABEL)
    sheet.formula(row, 1, f"='{FIGURES}'!{a1(SUMMARY_ROW, 0)}", standing.summary, LOCKED_WORDS)
    row += 2
    sheet.text(row, 0, "Cách điền", _STEP_HEAD)
    for number, step in enumerate(_STEPS, start=1):
        sheet.row_height(row + number, ((step, sum(_WIDTHS)),))
        sheet.across(row + number, 0, 1, f"{number}. {step}", _STEP)


def _facts(order: WorkbookOrder) -> tuple[tuple[str, str], ...]:
    return (
        ("Phong trào", f"{order.definition.name} ({order.definition.campaign})"),
        ("Đơn vị", f"{order.unit_name} ({order.unit_code})"),
        ("Kỳ báo cáo", f"{upper_first(order.cycle_name)} ({order.cycle_code})"),
        ("Thời gian lấy số liệu", f"từ {format_day(order.opens)} đến hết {format_day(order.closes - timedelta(days=1))}"),
        ("Chốt số liệu", f"đến hết {format_day(order.cutoff)}"),
        ("Nơi nhận", order.recipient_name),
        ("Hạn nộp", f"đến hết {format_day(order.due_on)}"),
        ("Phiên bản mẫu", str(TEMPLATE_VERSION)),
        ("Mã bản bộ chỉ tiêu", order.edition_hash),
        ("Ngày tải mẫu", format_day(order.made_at.date())),
    )


_STEPS = (
    "Mở trang “Số liệu”. Chỉ gõ vào các ô nền vàng; các ô khác đã khóa để không bị sửa nhầm.",
    "Cột “Số liệu kỳ này”: gõ con số, ví dụ 1250. Không gõ kèm chữ hay đơn vị tính. Không có trường hợp nào thì gõ 0.",
    "Không có con số: chọn ở cột bên cạnh. “Không phát sinh” là 0; “chưa có số liệu” là chưa biết; “không áp dụng” là không thuộc đơn vị.",
    "Cột “Kiểm tra” báo ngay chỗ chưa nhập, chỗ sai và chỗ nên xem lại. Dòng đầu trang cho biết còn bao nhiêu chỗ.",
    "Mở trang “Lời văn” và viết vào các ô nền vàng. Xuống dòng trong ô: Alt + Enter.",
    "Lưu lại (giữ dạng .xlsx) rồi tải tệp lên Khéo. Đặt tên tệp thế nào cũng được: Khéo nhận ra đơn vị và kỳ từ trong tệp.",
    "Tải lên rồi vẫn chưa phải là nộp: thủ trưởng đơn vị xem và bấm nộp trên Khéo.",
)
