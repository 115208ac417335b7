"""The annex of a consolidated report as a workbook (phu-luc.xlsx). Every value is computed here: the file holds no formula."""

from kheo.core.consolidated import ChildLine, Consolidated
from kheo.core.definition import Definition
from kheo.core.numbers import format_int
from kheo.documents.consolidated_annexes import STRUCTURE_WORDS, line_name, outside_words, state_words, timeliness
from kheo.documents.consolidated_report import report_subject
from kheo.documents.figure_words import AGGREGATION_WORDS, HIDDEN_SIGN, HIDDEN_WORDS, NO_CASE_SIGN, formula_words
from kheo.documents.figures_sheets import figures_sheet, totals_sheet
from kheo.documents.printable import upper_first
from kheo.documents.workbook_cells import CENTRED, HEAD, NO_REPORT, TITLE, WORDS, Book, Look, Sheet

_REPORTING = ("TT", "Mã đơn vị", "Đơn vị", "Trạng thái", "Hạn gửi", "Thời điểm nhận", "Kết quả", "Số báo cáo còn thiếu")
_NAME_WIDTH = 60.0
_DICTIONARY: tuple[tuple[str, float], ...] = (
    ("Mã", 9), ("Chỉ tiêu", 48), ("Đơn vị tính", 12), ("Cách cộng", 30), ("Nội dung", 40), ("Tách theo", 34), ("Công thức (tỷ lệ)", 30),
    ("Nguồn trong văn bản", 20), ("Giải thích", 48),
)  # fmt: skip


def annex_workbook(definition: Definition, data: Consolidated) -> bytes:
    """The .xlsx of the annex. Pure: the same definition and data give the same bytes."""
    book = Book(title=f"Phụ lục: {report_subject(definition, data)}", author=data.unit.name, created=data.as_of)
    figures_sheet(book.sheet("Số liệu theo đơn vị"), definition, data)
    totals_sheet(book.sheet("Tổng hợp"), definition, data)
    _reporting_sheet(book.sheet("Tình hình gửi báo cáo"), data)
    _dictionary_sheet(book.sheet("Từ điển chỉ tiêu"), definition)
    _information_sheet(book.sheet("Thông tin"), definition, data)
    return book.to_bytes()


def _reporting_sheet(sheet: Sheet, data: Consolidated) -> None:
    """One row a unit: state, due date, receipt, on time or late, and how many reports of its subtree are missing."""
    sheet.widths((5, 12, _NAME_WIDTH, 16, 13, 19, 13, 20))
    sheet.raw.freeze_panes(1, 3)
    sheet.raw.set_row(0, 34)
    sheet.print_setup(pages_wide=1, header_rows=(0, 0))
    for column, title in enumerate(_REPORTING):
        sheet.text(0, column, title, HEAD)
    lines = [line for line in data.children if not line.is_own]
    for row, line in enumerate(lines, start=1):
        _reporting_row(sheet, row, line)
    if lines:
        sheet.raw.autofilter(0, 0, len(lines), len(_REPORTING) - 1)


def _reporting_row(sheet: Sheet, row: int, line: ChildLine) -> None:
    sheet.row_height(row, ((line_name(line), _NAME_WIDTH),))
    sheet.whole(row, 0, row, look=Look(align="center"))
    sheet.text(row, 1, line.unit.code, CENTRED)
    sheet.text(row, 2, line_name(line), WORDS)
    sheet.text(row, 3, state_words(line.state), CENTRED)
    if line.due_on:
        sheet.day(row, 4, line.due_on)
    else:
        sheet.empty(row, 4, Look())
    if line.received_at:
        sheet.moment(row, 5, line.received_at)
    else:
        sheet.empty(row, 5, NO_REPORT)
    sheet.text(row, 6, timeliness(line), CENTRED)
    sheet.whole(row, 7, line.missing)


def _dictionary_sheet(sheet: Sheet, definition: Definition) -> None:
    """What every indicator means, as the edition defines it."""
    sheet.widths([width for _, width in _DICTIONARY])
    sheet.raw.freeze_panes(1, 2)
    sheet.print_setup(pages_wide=1, header_rows=(0, 0))
    for column, (title, _) in enumerate(_DICTIONARY):
        sheet.text(0, column, title, HEAD)
    for row, each in enumerate(definition.indicators, start=1):
        parts = ", ".join(choice.name for choice in definition.lists[each.breakdown]) if each.breakdown else ""
        how = AGGREGATION_WORDS[each.aggregation]
        content = definition.content_of(each.content).short
        texts = (each.code, each.name, each.unit, how, content, parts, formula_words(each), each.source, each.hint)
        sheet.row_height(row, [(text, width) for text, (_, width) in zip(texts, _DICTIONARY, strict=True)])
        for column, text in enumerate(texts):
            sheet.text(row, column, text, CENTRED if column in (0, 2) else WORDS)


def _information_sheet(sheet: Sheet, definition: Definition, data: Consolidated) -> None:
    """Whose report this is, of which edition and moment, and how to read the workbook."""
    sheet.widths((46, 100))
    sheet.print_setup(pages_wide=1, header_rows=(0, 0))
    sheet.text(0, 0, "Thông tin về số liệu", TITLE)
    counts = data.obligations
    facts = (
        ("Phong trào", f"{definition.name} ({data.campaign})"),
        ("Ấn bản bộ chỉ tiêu", str(data.edition)),
        ("Mã kiểm tra của ấn bản", data.edition_hash),
        ("Kỳ báo cáo", f"{upper_first(data.cycle_name)} ({data.cycle})"),
        ("Đơn vị tổng hợp", f"{data.unit.name} ({data.unit.code})"),
        ("Nơi nhận", data.recipient.name if data.recipient else ""),
        ("Báo cáo phải gửi", format_int(counts.expected)),
        ("Báo cáo đã được chấp nhận", format_int(counts.accepted)),
        ("Gửi đúng hạn", format_int(counts.on_time)),
        ("Quá hạn chưa gửi", format_int(counts.overdue)),
        *((("Cây tổ chức", f"{data.structure.words}: {STRUCTURE_WORDS}"),) if data.structure else ()),
        *((("Báo cáo ngoài cây", outside_words(data)),) if data.outside else ()),
        *_reading(),
    )
    sheet.text(2, 0, "Số liệu tính đến", HEAD)
    sheet.moment(2, 1, data.as_of)
    for row, (name, text) in enumerate(facts, start=3):
        sheet.text(row, 0, name, HEAD)
        sheet.text(row, 1, text, WORDS)


def _reading() -> tuple[tuple[str, str], ...]:
    return (
        ("Cách đọc: số 0", "Đơn vị đã báo cáo là không phát sinh."),
        ("Cách đọc: ô trống màu vàng", "Đơn vị có báo cáo nhưng chưa có số liệu, hoặc chỉ tiêu không áp dụng. Không phải số 0."),
        (f"Cách đọc: “{NO_CASE_SIGN}”", "Không có trường hợp nào để tính tỷ lệ (mẫu số bằng 0)."),
        ("Cách đọc: ô trống màu xám", "Chưa có báo cáo được chấp nhận. Không phải số 0."),
        (f"Cách đọc: “{HIDDEN_SIGN}”", f"{upper_first(HIDDEN_WORDS)}; vẫn được cộng vào tổng số."),
        ("Cách đọc: số báo cáo còn thiếu", "Số báo cáo chưa được chấp nhận của đơn vị và các đơn vị cấp dưới; số liệu của dòng chưa gồm."),
        ("Cách đọc: tỷ lệ", "Tính lại từ tử số và mẫu số đã cộng; không cộng và không lấy trung bình tỷ lệ của các đơn vị."),
    )
