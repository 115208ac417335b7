"""The narrative: one row a section, with what to write, how long it may be, and what was written last period."""

from kheo.core.definition import OutlineSection
from kheo.core.numbers import format_int
from kheo.documents.unit_workbook.excel import literal
from kheo.documents.unit_workbook.layout import BEFORE, LENGTH, NARRATIVE_FIRST_ROW, NARRATIVE_HEAD_ROW, NARRATIVE_TITLES, TEXT, a1
from kheo.documents.unit_workbook.marks import Marks
from kheo.documents.unit_workbook.order import WorkbookOrder
from kheo.documents.unit_workbook.sheets import ENTRY_FILL, PLAIN, TITLE, protect, sign
from kheo.documents.workbook_cells import HEAD, Look, Sheet

_WIDTHS = (8.0, 34.0, 76.0, 15.0, 44.0)
_ENTRY = Look(wrap=True, fill=ENTRY_FILL, is_open=True, top=True)
_WORDS = Look(wrap=True, top=True)
_CENTRED = Look(wrap=True, top=True, align="center")
_PAST = Look(wrap=True, top=True, italic=True, size=10)
_MISSING, _LONG = "Chưa viết", "Dài quá"
_HEIGHT = 130.0


def narrative_sheet(sheet: Sheet, order: WorkbookOrder, marks: Marks) -> None:
    """Sections in the order of the outline."""
    sheet.widths(_WIDTHS)
    sheet.raw.freeze_panes(NARRATIVE_FIRST_ROW, 2)
    sheet.print_setup(pages_wide=1, header_rows=(NARRATIVE_HEAD_ROW, NARRATIVE_HEAD_ROW))
    protect(sheet)
    sign(sheet, order, "loi-van")
    sheet.text(1, 0, f"Lời văn của báo cáo {order.cycle_name}: {order.unit_name}", TITLE)
    sheet.across(
        2,
        0,
        4,
        "Viết vào các ô nền vàng; xuống dòng trong ô: Alt + Enter. Mục bắt buộc có ghi rõ. Không ghi số căn cước, số điện thoại.",
        PLAIN,
    )
    for column, title in enumerate(NARRATIVE_TITLES):
        past = f" ({order.past.name})" if order.past and column == BEFORE else ""
        sheet.text(NARRATIVE_HEAD_ROW, column, title + past, HEAD)
    for row, section in enumerate(order.definition.outline, start=NARRATIVE_FIRST_ROW):
        _section_row(sheet, row, section, order)
        marks.put_on_text(sheet, row, section.id)
    _colours(sheet, NARRATIVE_FIRST_ROW, NARRATIVE_FIRST_ROW + len(order.definition.outline) - 1)


def _section_row(sheet: Sheet, row: int, section: OutlineSection, order: WorkbookOrder) -> None:
    text = order.narrative.get(section.id, "")
    needed = "Bắt buộc. " if section.required else ""
    guide = f"{section.title}\n{needed}{section.hint} Tối đa {format_int(section.max_chars)} ký tự."
    sheet.raw.set_row(row, _HEIGHT)
    sheet.text(row, 0, section.id, _CENTRED)
    sheet.paragraph(row, 1, guide, _WORDS)
    sheet.paragraph(row, TEXT, text, _ENTRY)
    sheet.formula(row, LENGTH, _length(row, section), _length_now(text, section), _CENTRED)
    sheet.paragraph(row, BEFORE, order.past.narrative.get(section.id, "") if order.past else "", _PAST)


def _length(row: int, section: OutlineSection) -> str:
    cell = a1(row, TEXT)
    most = section.max_chars
    missing = literal(_MISSING) if section.required else '""'
    counted = f'LEN({cell})&"/{most}"'
    return f'=IF(TRIM({cell})="",{missing},IF(LEN({cell})>{most},{literal(_LONG + ": ")}&{counted},{counted}))'


def _length_now(text: str, section: OutlineSection) -> str:
    if not text.strip():
        return _MISSING if section.required else ""
    long = f"{_LONG}: " if len(text) > section.max_chars else ""
    return f"{long}{len(text)}/{section.max_chars}"


def _colours(sheet: Sheet, first: int, last: int) -> None:
    start = a1(first, LENGTH)
    for words, background, colour in ((_MISSING, "#FFE8B3", "#7A4B00"), (_LONG, "#FAD4D0", "#8C1D18")):
        rule = {"type": "formula", "criteria": f'=LEFT(${start},{len(words)})="{words}"'}
        look = sheet.book.raw.add_format({"bg_color": background, "font_color": colour})
        sheet.raw.conditional_format(first, TEXT + 1, last, LENGTH, rule | {"format": look})
