"""A people's own table of units, as it lies in their Excel: where its head is, which column says what, which rows name a unit. Pure.

Nothing is guessed into a row: a cell that cannot be read is a problem with its place, and what is left out is told.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kheo.core.matching import NamedRow
from kheo.core.text import fold, nfc
from kheo.core.unit_file import MAX_CODE, MAX_NAME

LOOKED_FOR_HEADER = 30  # rows
MOST_ROWS = 5_000  # of one file
_NAMES = (
    "don vi",
    "ten",
    "phuong, xa",
    "phuong/xa",
    "phuong xa",
    "xa, phuong",
    "cong doan co so",
    "cdcs",
    "co quan",
    "to chuc",
    "cong doan",
)
_NAMED = ("ten don vi", "ten cong doan", "ten cdcs", "ten co so", "ten phuong", "ten xa", "ten to chuc", "ten co quan", "ten doanh nghiep")
_ABOVE = (
    "thuoc",
    "cap tren",
    "quan",
    "huyen",
    "quan, huyen",
    "quan/huyen",
    "quan huyen",
    "tinh, thanh pho",
    "tinh/thanh pho",
    "lien doan lao dong",
)
_ABOVE_BEGUN = ("truc thuoc", "thuoc ", "don vi cap tren", "cap tren ", "cong doan cap tren", "don vi quan ly", "don vi chu quan")
_CODES = ("ma", "ma so", "ma don vi", "ma cong doan", "ma cdcs", "ky hieu")
_KINDS = ("loai", "loai don vi", "loai hinh", "cap", "loai hinh don vi")
_NUMBERS = ("stt", "tt", "so tt", "so thu tu", "s tt", "so tt.", "no")
_TOTAL = re.compile(r"(?:tong )?(?:cong|so|tong)(?: cong)?\b")
# `I.`, `XII -`, `A.`, `3)`, `-`; never what begins a name: `X. Bình Mỹ` is a commune, `P. 12` a ward.
_MARKED = re.compile(r"^(?:(?!X[.)])[IVX]{1,6}(?:[.):]\s+|\s+[-–]\s+)|[A-G][.)]\s+|\d{1,4}[.)]\s*|[-+•*–]\s*)(?=\S)")
_COUNTED = re.compile(r"\s*(?:\(\s*\d+[^)]*\))?\s*:?\s*$")  # behind the name of a unit above: `(12 đơn vị):`
_PARENTHESES = re.compile(r"\([^)]*\)|[*:]")


@dataclass(frozen=True)
class TableProblem:
    """A cell (or a row, `column` empty) that cannot be read, as people name its place."""

    sheet: str
    row: int
    column: str
    message: str

    def told(self) -> str:
        """`Trang “Phường”, ô B4: Ô là ngày tháng (01/01/2023), không phải chữ.`"""
        sheet = f"trang “{self.sheet}”, " if self.sheet else ""
        place = f"ô {self.column}{self.row}: " if self.column else f"dòng {self.row}: " if self.row else ""
        told = f"{sheet}{place}{self.message}"
        return told[:1].upper() + told[1:]


@dataclass(frozen=True)
class UnitTable:
    """The rows of all sheets, what is wrong with them, and what was left out, in sentences."""

    rows: tuple[NamedRow, ...]
    problems: tuple[TableProblem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A plain sheet: values by row and column from 0.

    `odd`: what is wrong with single cells, in words; `merged`: cells that are one, each as top, left, bottom, right.
    """

    name: str
    rows: Mapping[int, Sequence[object]]
    odd: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: Collection[int] = ()
    is_hidden: bool = False


@dataclass(frozen=True)
class _Columns:
    name: int
    above: int | None
    code: int | None
    kind: int | None
    number: int | None

    def used(self) -> list[int]:
        return [each for each in (self.name, self.above, self.code, self.kind) if each is not None]


def read_table(sheets: Sequence[Sheet]) -> UnitTable:
    """Every sheet that has a column of names. Neither rows nor problems: no sheet has one."""
    rows: list[NamedRow] = []
    problems: list[TableProblem] = []
    notes: list[str] = []
    for sheet in sheets:
        if not sheet.rows:
            continue
        found = _head(sheet)
        if found is None and any(
            is_of_an_old_font(_text(cell)) for row in sorted(sheet.rows)[:LOOKED_FOR_HEADER] for cell in sheet.rows[row]
        ):
            problems.append(TableProblem(sheet.name if len(sheets) > 1 else "", min(sheet.rows) + 1, "", OLD_FONT))
            continue
        if found is None:
            notes.append(f"Trang “{sheet.name}” không có cột tên đơn vị nên không đọc.")
            continue
        read = _Reading(sheet, *found, many=len(sheets) > 1)
        read.run()
        rows += read.found
        problems += read.problems
        notes += read.notes()
    if not rows and not problems and any(_head(sheet) for sheet in sheets):
        problems = [TableProblem("", 0, "", "Bảng có cột tên đơn vị nhưng chưa có dòng nào ghi tên.")]
    if len(rows) > MOST_ROWS:
        told = f"Tệp có {len(rows)} dòng đơn vị, tối đa {MOST_ROWS}. Hãy chia thành nhiều tệp."
        return UnitTable((), (TableProblem("", 0, "", told),), tuple(notes))
    return UnitTable(tuple(rows), tuple(problems), tuple(notes))


def _head(sheet: Sheet) -> tuple[int, _Columns] | None:
    """The first row that names a column of names; of a title such as “Danh sách đơn vị” no column is made."""
    for row in sorted(sheet.rows)[:LOOKED_FOR_HEADER]:
        said = [_PARENTHESES.sub(" ", fold(str(cell))).strip() if isinstance(cell, str) else "" for cell in sheet.rows[row]]
        said = [" ".join(each.split()) for each in said]
        name = _column(said, _NAMED, _NAMES)
        if name is not None:
            rest = [each if index != name else "" for index, each in enumerate(said)]
            columns = (_column(rest, begun, whole) for begun, whole in ((_ABOVE_BEGUN, _ABOVE), ((), _CODES), ((), _KINDS), ((), _NUMBERS)))
            return row, _Columns(name, *columns)
    return None


def _column(said: Sequence[str], begun: Sequence[str], whole: Sequence[str]) -> int | None:
    exact = next((said.index(word) for word in whole[:1] if word in said and not begun), None)
    named = next((index for index, each in enumerate(said) if each and each.startswith(tuple(begun))), None) if begun else None
    return exact if exact is not None else named if named is not None else next((said.index(word) for word in whole if word in said), None)


class _Reading:
    """One sheet, row by row below its head."""

    def __init__(self, sheet: Sheet, head: int, columns: _Columns, *, many: bool) -> None:
        self.sheet, self.head, self.columns = sheet, head, columns
        self.label = sheet.name if many else ""
        self.found: list[NamedRow] = []
        self.problems: list[TableProblem] = []
        self.section = ""
        self.totals = self.hidden = 0
        self.across = {column: _down(sheet, column) for column in (columns.above, columns.kind) if column is not None}

    def run(self) -> None:
        told = {row for row, _ in self.sheet.odd}  # a row may hold nothing but what cannot be read
        for row in sorted(each for each in {*self.sheet.rows, *told} if each > self.head):
            cells = {index: _text(cell) for index, cell in enumerate(self.sheet.rows.get(row, ()))}
            self._row(row, {index: text for index, text in cells.items() if text})

    def notes(self) -> Iterator[str]:
        where = f"Trang “{self.sheet.name}”"
        if self.sheet.is_hidden:
            yield f"{where} đang ẩn, vẫn được đọc."
        if self.hidden:
            yield f"{where}: {self.hidden} dòng đang ẩn (lọc hoặc giấu), vẫn được đọc."
        if self.totals:
            yield f"{where}: bỏ {self.totals} dòng cộng."

    def _row(self, row: int, cells: dict[int, str]) -> None:
        odd = {column: self.sheet.odd[row, column] for column in self.columns.used() if (row, column) in self.sheet.odd}
        self.problems += [TableProblem(self.label, row + 1, _letters(column), told) for column, told in odd.items()]
        if odd or not cells:
            return
        if self._is_garbled(row, cells):
            return
        if self.columns.name in cells:  # what one cell says beside many rows, it says of each
            cells |= {column: found[row] for column, found in self.across.items() if column not in cells and row in found}
        name = cells.get(self.columns.name, "")
        if any(_TOTAL.fullmatch(fold(text).strip(" :.")) for text in cells.values()):
            self.totals += 1
        elif self._is_section(row, cells):
            said = name or next(text for index, text in cells.items() if index != self.columns.number)
            self.section = _COUNTED.sub("", clean(said))
        elif not name:
            meant = {*self.columns.used(), self.columns.number} & cells.keys()
            if meant or self.found or row > self.head + 1:  # else the second row of a head of two
                told = "Dòng có số liệu nhưng thiếu tên đơn vị."
                self.problems.append(TableProblem(self.label, row + 1, _letters(self.columns.name), told))
        elif not all(text.replace(".", "").isdigit() for text in cells.values()):  # the row of the columns' numbers: 1, 2, 3
            self._unit(row, name, cells)

    def _is_garbled(self, row: int, cells: Mapping[int, str]) -> bool:
        """Letters of a font of old (.VnTime, VNI-Times) are other letters everywhere else: no name is made of them."""
        found = [column for column in self.columns.used() if is_of_an_old_font(cells.get(column, ""))]
        self.problems += [TableProblem(self.label, row + 1, _letters(column), OLD_FONT) for column in found]
        return bool(found)

    def _is_section(self, row: int, cells: dict[int, str]) -> bool:
        """A row that only names the unit above those that follow: one text across, with no number or a Roman one before it."""
        if self.columns.above is not None and cells.get(self.columns.above):
            return False
        number = cells.get(self.columns.number, "") if self.columns.number is not None else ""
        texts = [text for index, text in cells.items() if index != self.columns.number]
        if len(texts) != 1 or number.replace(".", "").isdigit():
            return False
        if self.columns.number is not None:
            return True
        return self.columns.name not in cells

    def _unit(self, row: int, name: str, cells: dict[int, str]) -> None:
        named = clean(name)
        above, code, kind = (self._said(cells, column) for column in (self.columns.above, self.columns.code, self.columns.kind))
        for text, most, column in ((named, MAX_NAME, self.columns.name), (code, MAX_CODE, self.columns.code)):
            if column is not None and (wrong := _wrong(text, most)):
                self.problems.append(TableProblem(self.label, row + 1, _letters(column), wrong))
                return
        self.hidden += row in self.sheet.hidden
        self.found.append(NamedRow(row + 1, named, clean(above) or self.section, code, kind, self.label))

    def _said(self, cells: dict[int, str], column: int | None) -> str:
        return cells.get(column, "") if column is not None else ""


def _down(sheet: Sheet, column: int) -> dict[int, str]:
    """By row what a merged cell says that begins in this column above it."""
    found: dict[int, str] = {}
    rows = sorted(sheet.rows)
    for top, left, bottom, _ in sheet.merged:
        text = _text(sheet.rows[top][column]) if left == column and top in sheet.rows and column < len(sheet.rows[top]) else ""
        if text:
            found |= dict.fromkeys(rows[bisect_right(rows, top) : bisect_right(rows, bottom)], text)
    return found


OLD_FONT = "Chữ gõ bằng phông cũ (TCVN3 .VnTime hoặc VNI): hãy đổi cả bảng sang Unicode (bảng mã, công cụ của UniKey) rồi gửi lại."
# What those fonts show as Vietnamese letters, and Unicode as signs or letters that no Vietnamese name has two kinds of.
_OF_TCVN3 = frozenset("«®¬\xad¸µ¶·¹¨¾¼½©ª§¦¤¥»Æ×÷þÿ")
_OF_VNI = frozenset("ñøûïåäëöüÑØÛÅÄËÖÜ")


def _begins_in_an_old_font(sheet: Sheet) -> bool:
    return any(is_of_an_old_font(_text(cell)) for row in sorted(sheet.rows)[:LOOKED_FOR_HEADER] for cell in sheet.rows[row])


def is_of_an_old_font(text: str) -> bool:
    """Whether a text was typed for a font with letters of its own: two kinds of signs that no name in Unicode has."""
    letters = set(text)
    return len(letters & _OF_TCVN3) > 1 or len(letters & _OF_VNI) > 1


def _wrong(text: str, most: int) -> str:
    return f"Dài {len(text)} ký tự, tối đa {most}." if len(text) > most else "" if text.isprintable() else "Có ký tự không in được."


def clean(text: str) -> str:
    """A name without what stands before it in a list (`I.`, `1)`, `-`)."""
    return _MARKED.sub("", text).strip()


def _text(cell: object) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else nfc(str(cell))


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
