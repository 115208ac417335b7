"""Cells of a workbook written row by row in constant memory. Text is always text, whatever it begins with.

The only formulas are those that Khéo itself states (`formula`), never made of what people typed.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, BinaryIO

import xlsxwriter

from kheo.core.days import ZONE
from kheo.core.numbers import format_scaled
from kheo.documents.metrics import line_count
from kheo.documents.printable import fit, one_line

# What a spreadsheet may take for the beginning of a formula or a command, full-width forms included.
_TRIGGERS = tuple("=+-@\t\r\n'\"|＝＋－＠")
# Excel keeps 15 significant digits of a number and 32,767 characters of a text (Excel specifications and limits).
_EXACT = 10**15
_LONGEST = 32_000
_CUT = " … (đã cắt bớt)"
# Excel groups digits by the reader's own settings; the locale mark (Vietnamese) makes other programs print 7.593 and 95,12% too.
_VIETNAMESE = "[$-42A]"
WHOLE, PERCENT, DAY, MOMENT = f"{_VIETNAMESE}#,##0", f"{_VIETNAMESE}0.00%", "dd/mm/yyyy", "hh:mm dd/mm/yyyy"
_LINE_HEIGHT = 15.0


@dataclass(frozen=True)
class Look:
    """How a cell looks. `fill` is a colour such as `#FFF2CC`; `is_open` cells can be typed into on a protected sheet."""

    bold: bool = False
    italic: bool = False
    fill: str = ""
    align: str = ""
    wrap: bool = False
    border: bool = True
    size: float = 11
    number: str = ""
    quoted: bool = False
    is_open: bool = False
    indent: int = 0
    top: bool = False


HEAD = Look(bold=True, fill="#D9E2F3", align="center", wrap=True)
SMALL = Look(italic=True, fill="#EEF2FA", align="center", size=9)
TITLE = Look(bold=True, border=False, size=14)
PLAIN = Look(border=False)
WORDS = Look(wrap=True)
CENTRED = Look(align="center", wrap=True)
TOTAL = Look(bold=True, fill="#F2F2F2")
BLANK = Look(fill="#FFF2CC")
NO_REPORT = Look(fill="#D9D9D9")
HIDDEN = Look(fill="#DDEBF7", align="right", italic=True)
GROUP = Look(bold=True, fill="#D9E2F3", align="left")


def decimals_format(decimals: int) -> str:
    """The number format of a scaled figure."""
    return WHOLE if decimals <= 0 else f"{WHOLE}.{'0' * decimals}"


class Book:
    """A workbook in the making. Rows of a sheet must be written from the top down."""

    def __init__(self, *, title: str, author: str, created: datetime, file: BinaryIO | None = None) -> None:
        """`file`: where it is written when it is finished; else it is kept for `to_bytes`."""
        self._file = file or io.BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.raw: Any = xlsxwriter.Workbook(self._file, options)
        self.raw.formats[0].set_font_name("Times New Roman")
        moment = created.astimezone(UTC).replace(tzinfo=None)
        self.raw.set_properties({"title": one_line(title)[:255], "author": one_line(author)[:255], "created": moment})
        self._formats: dict[Look, Any] = {}

    def sheet(self, name: str) -> "Sheet":
        """A new sheet after the others."""
        return Sheet(self.raw.add_worksheet(name), self)

    def format(self, look: Look) -> Any:
        """The workbook's one format for a look."""
        if look not in self._formats:
            self._formats[look] = self.raw.add_format(_properties(look))
        return self._formats[look]

    def to_bytes(self) -> bytes:
        """The finished file; nothing can be written after."""
        self.finish()
        assert isinstance(self._file, io.BytesIO)
        return self._file.getvalue()

    def finish(self) -> None:
        """Write the file; nothing can be written after."""
        self.raw.close()


def _properties(look: Look) -> dict[str, Any]:
    properties: dict[str, Any] = {"font_name": "Times New Roman", "font_size": look.size, "valign": "vcenter"}
    properties |= {"bold": look.bold, "italic": look.italic, "text_wrap": look.wrap, "quote_prefix": look.quoted}
    if look.border:
        properties |= {"border": 1, "border_color": "#7F7F7F"}
    if look.fill:
        properties["bg_color"] = look.fill
    if look.align:
        properties["align"] = look.align
    if look.is_open:
        properties["locked"] = False
    if look.indent:
        properties["indent"] = look.indent
    if look.top:
        properties["valign"] = "top"
    if look.number:
        properties["num_format"] = look.number
    return properties


class Sheet:
    """One sheet: cells by row and column, both from 0."""

    def __init__(self, sheet: Any, book: Book) -> None:
        self.raw = sheet
        self.book = book

    def text(self, row: int, column: int, text: str, look: Look = Look()) -> None:
        """A text cell. One that could be taken for a formula carries the mark that Excel's own apostrophe sets."""
        shown = safe_text(text)
        if not shown:
            self.empty(row, column, look)
            return
        if shown.startswith(_TRIGGERS):
            look = replace(look, quoted=True)
        self.raw.write_string(row, column, shown, self.book.format(look))

    def empty(self, row: int, column: int, look: Look) -> None:
        """A cell with a look and nothing in it."""
        self.raw.write_blank(row, column, None, self.book.format(look))

    def whole(self, row: int, column: int, value: int, decimals: int = 0, look: Look = Look()) -> None:
        """A scaled integer as a number; one that Excel could not keep exactly is written out as text."""
        if abs(value) >= _EXACT:
            self.text(row, column, format_scaled(value, decimals), replace(look, align="right"))
            return
        number = value / 10**decimals if decimals > 0 else value
        self.raw.write_number(row, column, number, self.book.format(_written_as(look, decimals_format(decimals))))

    def ratio(self, row: int, column: int, value: float, look: Look = Look()) -> None:
        """A ratio shown as a percentage."""
        self.raw.write_number(row, column, value, self.book.format(replace(look, number=PERCENT)))

    def day(self, row: int, column: int, day: date, look: Look = Look()) -> None:
        """A real date."""
        self.raw.write_datetime(row, column, datetime.combine(day, time.min), self.book.format(_written_as(look, DAY, "center")))

    def moment(self, row: int, column: int, moment: datetime, look: Look = Look()) -> None:
        """A real date and time, in Asia/Ho_Chi_Minh, to the second."""
        local = moment.astimezone(ZONE).replace(tzinfo=None, microsecond=0)
        self.raw.write_datetime(row, column, local, self.book.format(replace(look, number=MOMENT, align="center")))

    def paragraph(self, row: int, column: int, text: str, look: Look) -> None:
        """A text of several lines, kept letter for letter as far as XML can hold it."""
        if not text:
            self.empty(row, column, look)
            return
        if text.startswith(_TRIGGERS) is not look.quoted:
            look = replace(look, quoted=not look.quoted)
        self.raw.write_string(row, column, fit(text), self.book.format(look))

    def two_lines(self, row: int, column: int, first: str, second: str, look: Look) -> None:
        """A line with a smaller one below it."""
        small = self.book.format(Look(border=False, italic=True, size=look.size - 2))
        plain = self.book.format(Look(border=False, size=look.size))
        self.raw.write_rich_string(row, column, plain, fit(first) + "\n", small, fit(second), self.book.format(look))

    def formula(self, row: int, column: int, formula: str, shown: str | float, look: Look) -> None:
        """One of Khéo's own formulas, with the value that it has now: programs that do not reckon show that."""
        self.raw.write_formula(row, column, formula, self.book.format(look), shown)

    def across(self, row: int, first: int, last: int, text: str, look: Look) -> None:
        """A text over several columns of one row."""
        if last > first:
            self.raw.merge_range(row, first, row, last, "", self.book.format(look))
        self.text(row, first, text, look)

    def row_height(self, row: int, texts: Sequence[tuple[str, float]], size: float = 11) -> None:
        """Room for texts wrapped in columns of given widths (in characters); programs do not do it by themselves."""
        lines = max((line_count(safe_text(text), size, _millimetres(width)) for text, width in texts), default=1)
        if lines > 1:
            self.raw.set_row(row, min(409.0, _LINE_HEIGHT * lines))

    def lines_height(self, row: int, lines: Sequence[str], width: float, size: float = 11) -> None:
        """Room for texts that stand below each other in one cell."""
        count = sum(max(1, line_count(safe_text(line), size, _millimetres(width))) for line in lines)
        self.raw.set_row(row, min(409.0, _LINE_HEIGHT * max(1, count)))

    def link(self, row: int, column: int, place: str, text: str, look: Look) -> None:
        """A text that leads to a place of this workbook (`#'Số liệu'!E17`)."""
        self.raw.write_url(row, column, f"internal:{place[1:]}", self.book.format(look), safe_text(text)[:255])

    def widths(self, widths: Sequence[float]) -> None:
        """The widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self.raw.set_column(column, column, width)

    def print_setup(self, *, pages_wide: int, header_rows: tuple[int, int], large: bool = False) -> None:
        """Landscape A4 (A3 when `large`), so many pages wide, head repeated, pages numbered."""
        self.raw.set_landscape()
        self.raw.set_paper(8 if large else 9)
        self.raw.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.raw.fit_to_pages(pages_wide, 0)
        self.raw.repeat_rows(*header_rows)
        self.raw.set_footer('&C&"Times New Roman"&P/&N')


@lru_cache(maxsize=256)
def _written_as(look: Look, number: str, align: str = "") -> Look:
    """A look with a number format: a table of a register has a million cells of a few looks."""
    return replace(look, number=number, align=align or look.align)


def _millimetres(characters: float) -> float:
    """Inner width of a column: seven pixels a character at 96 to the inch, less a margin."""
    return characters * 7 / 96 * 25.4 - 1.5


def safe_text(text: str) -> str:
    """Text as the workbook holds it: fit for paper, on one line, within Excel's limit."""
    shown = one_line(text)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + _CUT
