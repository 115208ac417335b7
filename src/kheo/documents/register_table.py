"""A table of a register as it comes back, as far as it can be read without knowing any entry: columns by their heads, cells as texts.

Columns are known by what stands above them, in whatever order: as they are called today, as they were called in an earlier edition, or by
their key. What is not read is told; nothing is guessed, rounded or filled in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kheo.core.numbers import format_int
from kheo.core.registers.fields import NUMERIC
from kheo.core.registers.table_heads import LINES, LINKS, PHOTOS, Head
from kheo.core.text import fold, nfc, written
from kheo.core.unit_tables import OLD_FONT, is_of_an_old_font
from kheo.documents.grid.raw import Block, Odd, Place, RawSheet, Value
from kheo.documents.register_csv import unguarded
from kheo.documents.register_workbook import CHOICES, EDITION_MARK, ENTRIES, MEANINGS, OURS_TOO, REGISTER_MARK, letters_of
from kheo.documents.unit_workbook.answers import plain_number

MOST_ROWS = 5000
BESIDE = (LINES, LINKS, PHOTOS)
NOT_ENTRIES = (MEANINGS, CHOICES, *BESIDE)
_LOOKED_FOR_HEADER = 20
_NAMED = 20  # columns that are not read, each by its name; a table of ours has none
_EXACT = 10**15
_TELLING = {fold("Dòng số"), fold("Loại dòng")}  # columns that a table of lines has and one of entries has not
_NUMBERING = re.compile(r"\(?\d{1,3}\)?")
_FORMAT = "định dạng ô là Văn bản (Text) rồi gõ lại"


@dataclass(frozen=True)
class ReadColumn:
    """A column that is read: its letters, what stands above it in the file, and the key of what it is."""

    letters: str
    label: str
    key: str


@dataclass(frozen=True)
class ReadCell:
    """A cell that holds something: as a text, as people would type it, or why there is none (`wrong`)."""

    text: str
    wrong: str = ""


@dataclass(frozen=True)
class ReadRow:
    """A row, by its number in the sheet; cells by the key of their column, empty ones left out."""

    number: int
    cells: Mapping[str, ReadCell]

    def wrong(self, key: str) -> str:
        """Why a cell says nothing that can be taken, however empty it looks; nothing for any other."""
        return self.cells[key].wrong if key in self.cells else ""


@dataclass(frozen=True)
class ReadTable:
    """Rows and columns, or what keeps the whole file from being taken (`problems`). `notes`: what was not read, in sentences.

    `register`, `edition`: of which the file says that it is, where it says so. `lines`: the table of its lines, where it has one.
    """

    columns: tuple[ReadColumn, ...] = ()
    rows: tuple[ReadRow, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    register: str = ""
    edition: int | None = None
    lines: "ReadTable | None" = None

    def column(self, key: str) -> ReadColumn | None:
        """Where a column stands in the file."""
        return next((each for each in self.columns if each.key == key), None)


def marked_register(sheets: Iterable[RawSheet]) -> tuple[str, int | None]:
    """Of which register and edition a file of ours says it is."""
    sheet = next((each for each in sheets if each.name == MEANINGS), None)
    if sheet is None:
        return "", None
    told = {str(row[0]): str(row[1]) for number, row in sheet.rows.items() if number < 10 and len(row) > 1}
    edition = told.get(EDITION_MARK, "")
    return told.get(REGISTER_MARK, ""), int(edition) if edition.isascii() and edition.isdigit() and len(edition) < 7 else None


def read_register_table(
    sheets: Sequence[RawSheet], heads: Sequence[Head], older: Mapping[str, str], *, is_csv: bool, of_lines: Sequence[Head] = ()
) -> ReadTable:
    """The one table of entries of a file, and that of its lines beside it; either may be there alone.

    `older`: keys by the folded names that columns had in earlier editions. `of_lines`: the columns of lines, where the register has any.
    """
    register, edition = marked_register(sheets)
    lines, of_them = _lines_in(sheets, of_lines, is_csv=is_csv)
    if lines is not None and (lines.problems or (len(of_them) == len(sheets))):
        return ReadTable(problems=lines.problems, register=register, edition=edition, notes=lines.notes, lines=lines)
    named = dict(older) | _named_by(heads)
    left = [sheet for sheet in sheets if sheet not in of_them]
    found = [(sheet, row) for sheet in left if sheet.name not in NOT_ENTRIES and (row := _head_row(sheet, named)) is not None]
    ours = [each for each in found if each[0].name == ENTRIES]
    chosen = ours if len(ours) == 1 else found
    if not chosen and lines is not None and lines.rows:
        return ReadTable(register=register, edition=edition, notes=lines.notes, lines=lines)
    if len(chosen) != 1:
        return ReadTable(problems=(_not_one([sheet.name for sheet, _ in chosen], heads),), register=register, edition=edition)
    reading = _Reading(chosen[0][0], chosen[0][1], named, {head.key: head for head in heads}, is_csv)
    table = reading.read([sheet for sheet in left if sheet is not chosen[0][0]], register, edition, may_be_empty=bool(lines and lines.rows))
    return replace(table, lines=lines, notes=(*table.notes, *(lines.notes if lines else ())))


def _named_by(heads: Sequence[Head]) -> dict[str, str]:
    return {fold(head.key): head.key for head in heads} | {fold(head.label): head.key for head in heads}


def _lines_in(sheets: Sequence[RawSheet], heads: Sequence[Head], *, is_csv: bool) -> tuple[ReadTable | None, list[RawSheet]]:
    """The table of lines, known by the two columns that no table of entries has, whatever its sheet is called; and its sheets."""
    named = _named_by(heads)
    rows = {index: row for index, sheet in enumerate(sheets) if heads and (row := _head_of_lines(sheet)) is not None}
    found = [sheets[index] for index in rows]
    if len(found) > 1:
        listed = ", ".join(f"“{sheet.name}”" for sheet in found)
        return ReadTable(problems=(f"Tệp có {len(found)} trang giống bảng dòng ({listed}); chỉ để lại một trang.",)), found
    if not found:
        return None, []
    ((index, head),) = rows.items()
    reading = _Reading(sheets[index], head, named, {each.key: each for each in heads}, is_csv)
    table = reading.read((), "", None, may_be_empty=True)
    hint = "" if is_csv else " Nếu chỉ sửa hồ sơ thì xóa trang ấy khỏi tệp."
    return replace(table, problems=tuple(f"Trang “{found[0].name}”: {each}{hint}" for each in table.problems)), found


def _head_of_lines(sheet: RawSheet) -> int | None:
    for row in sorted(sheet.rows)[:_LOOKED_FOR_HEADER]:
        if {fold(written(cell)) for cell in sheet.rows[row] if isinstance(cell, str)} >= _TELLING:
            return row
    return None


def _not_one(names: Sequence[str], heads: Sequence[Head]) -> str:
    if names:
        listed = ", ".join(f"“{name}”" for name in names)
        return f"Tệp có {len(names)} trang giống bảng hồ sơ ({listed}); chỉ để lại một trang, hoặc đặt tên trang cần nhập là “{ENTRIES}”."
    wanted = ", ".join(f"“{head.label}”" for head in heads if head.column and not head.is_quiet)
    return f"Không thấy dòng tiêu đề có tên các cột của sổ ({wanted[:300]}). Tải tệp mẫu, chép dữ liệu vào rồi gửi lại."


def _head_row(sheet: RawSheet, named: Mapping[str, str]) -> int | None:
    """The first row in which two columns are named, or everything that it says is one."""
    for row in sorted(sheet.rows)[:_LOOKED_FOR_HEADER]:
        said = [fold(written(cell)) for cell in sheet.rows[row] if isinstance(cell, str) and cell.strip()]
        known = sum(each in named for each in said)
        if known >= 2 or (known == len(said) == 1):
            return row
    return None


@dataclass
class _Reading:
    """One sheet below its head."""

    sheet: RawSheet
    head: int
    named: Mapping[str, str]
    heads: Mapping[str, Head]
    is_csv: bool
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, others: Sequence[RawSheet], register: str, edition: int | None, *, may_be_empty: bool = False) -> ReadTable:
        columns = self._columns()
        merged = self._merged(columns)
        odd_rows = {row for row, _ in self.sheet.odd} | set(self.sheet.unreckoned.rows(columns))
        numbers = sorted(row for row in {*self.sheet.rows, *odd_rows} if row > self.head)
        rows = [row for number in numbers if (row := self._row(number, columns, merged)) is not None]
        if len(rows) > MOST_ROWS:
            told = f"Tệp có {format_int(len(rows))} dòng, tối đa {format_int(MOST_ROWS)}. Hãy chia thành nhiều tệp."
            self.problems.append(told)
        elif not rows and not self.problems and not may_be_empty:
            self.problems.append("Bảng có tiêu đề nhưng chưa có dòng nào bên dưới.")
        self._tell(others, rows)
        known = tuple(ReadColumn(letters_of(index), self._label(index), key) for index, key in columns.items())
        return ReadTable(
            known, () if self.problems else tuple(rows), tuple(self.problems), tuple(dict.fromkeys(self.notes)), register, edition
        )

    def _columns(self) -> dict[int, str]:
        """The key of each column that is read; two of one key cannot both be meant."""
        found, unknown, filled = dict[int, str](), list[int](), self._filled()
        width = max((len(row) for row in self.sheet.rows.values()), default=0)
        for index in range(width):
            label = self._label(index)
            key = self.named.get(fold(label)) if label else None
            if key is not None and key in found.values():
                first = next(column for column, each in found.items() if each == key)
                self.problems.append(f"Hai cột cùng là “{label}” ({letters_of(first)} và {letters_of(index)}): bỏ một cột.")
            elif key is not None and key in self.heads:
                found[index] = key
            elif label not in OURS_TOO and index in filled:
                unknown.append(index)
        self.notes += [self._unread(index) for index in unknown[:_NAMED]]
        if len(unknown) > _NAMED:
            self.notes.append(f"{format_int(len(unknown) - _NAMED)} cột khác, tới cột {letters_of(unknown[-1])}, cũng không đọc.")
        return found

    def _unread(self, index: int) -> str:
        label, key = self._label(index), self.named.get(fold(self._label(index)))
        if key is not None:
            return f"Cột {letters_of(index)} “{label}” là của một bản cũ, nay sổ không còn hỏi: không đọc."
        return f"Cột {letters_of(index)} {f'“{label}” không có trong sổ' if label else 'không có tiêu đề'}: không đọc."

    def _label(self, index: int) -> str:
        value = self.sheet.at(self.head, index)
        return nfc(written(value))[:120] if isinstance(value, str) else plain_number(value) if type(value) is float else ""

    def _filled(self) -> set[int]:
        """The columns that hold anything below the head."""
        odd = {column for row, column in self.sheet.odd if row > self.head}
        below = (cells for row, cells in self.sheet.rows.items() if row > self.head)
        return odd | {index for cells in below for index, value in enumerate(cells) if value is not None and str(value).strip()}

    def _merged(self, columns: Mapping[int, str]) -> dict[Place, str]:
        """Cells of the table that are one with others: whose value it is nobody can say."""
        found: dict[Place, str] = {}
        for block in self.sheet.merged:
            inside = [index for index in columns if block.left <= index <= block.right]
            if block.bottom <= self.head or not inside or (block.top == block.bottom and block.left == block.right):
                continue
            told = f"Ô nằm trong vùng gộp {_named(block)}: bỏ gộp ô rồi ghi từng ô."
            last = min(block.bottom, max(self.sheet.rows, default=0))
            found |= {(row, index): told for row in range(max(block.top, self.head + 1), last + 1) for index in inside}
        return found

    def _row(self, number: int, columns: Mapping[int, str], merged: Mapping[Place, str]) -> ReadRow | None:
        cells: dict[str, ReadCell] = {}
        for index, key in columns.items():
            cell = read_cell(self.heads[key], self.sheet.at(number, index), self.sheet.odd_at(number, index), is_csv=self.is_csv)
            if (number, index) in merged:
                cell = ReadCell(cell.text if cell else "", merged[number, index])
            if cell is not None:
                cells[key] = cell
        if not cells:
            return None
        if number == self.head + 1 and len(cells) > 1 and all(_NUMBERING.fullmatch(cell.text) for cell in cells.values()):
            self.notes.append(f"Dòng {number + 1} chỉ đánh số cột: không đọc.")
            return None
        return ReadRow(number + 1, cells)

    def _tell(self, others: Sequence[RawSheet], rows: Sequence[ReadRow]) -> None:
        self.notes += [f"Trang “{each.name}” không đọc." for each in others if each.rows and each.name not in NOT_ENTRIES]
        if any(len(each.rows) > 1 for each in others if each.name in (LINKS, PHOTOS)):
            self.notes.append("Các trang “Liên kết”, “Ảnh, tệp” chỉ để xem: không nhập lại.")
        if self.sheet.is_hidden:
            self.notes.append(f"Trang “{self.sheet.name}” đang ẩn, vẫn được đọc.")
        hidden = sum(row.number - 1 in self.sheet.hidden_rows for row in rows)
        if hidden:
            self.notes.append(f"{format_int(hidden)} dòng đang ẩn (lọc hoặc giấu), vẫn được đọc.")
        if any(rows_of for column, rows_of in self.sheet.formulas.by_column.items()):
            self.notes.append("Ô có công thức được đọc theo kết quả đang hiện, không giữ công thức.")


def read_cell(head: Head, value: Value, odd: Odd | None, *, is_csv: bool) -> ReadCell | None:
    """What a cell says; None for an empty one."""
    kind = head.type
    if odd is not None:
        return _of_odd(kind, head, odd)
    if value is None:
        return None
    if isinstance(value, bool):
        said = "có" if value else "không"
        return ReadCell(said) if kind == "yes_no" else ReadCell(said, f"Ô chứa {'TRUE' if value else 'FALSE'}, không phải {head.kind}.")
    if isinstance(value, float):
        return _of_number(kind, value)
    text = written(unguarded(value) if is_csv else value)
    if not text.strip():
        return None
    return ReadCell(text, OLD_FONT if kind == "text" and is_of_an_old_font(text) else "")


def _of_odd(kind: str, head: Head, odd: Odd) -> ReadCell:
    if odd.kind == "date":
        if kind == "day":
            return ReadCell(odd.text, "" if ":" not in odd.text else f"Ô có cả giờ ({odd.text}); chỉ ghi ngày.")
        return ReadCell(odd.text, f"Ô đang là ngày tháng ({odd.text}), không phải {head.kind}: {_FORMAT}.")
    if odd.kind == "percent":
        return ReadCell(odd.text, f"Ô đang là tỷ lệ phần trăm ({odd.text}): {_FORMAT}.")
    if odd.kind == "error":
        return ReadCell(odd.text, f"Ô có lỗi công thức ({odd.text}).")
    return ReadCell("", "Ô có công thức chưa có kết quả: mở tệp bằng Excel rồi lưu lại.")


def _of_number(kind: str, value: float) -> ReadCell:
    if kind in NUMERIC:
        return ReadCell(plain_number(value))
    if kind == "day":
        return ReadCell(plain_number(value), f"Ô là số {plain_number(value)}, không phải ngày: viết ngày/tháng/năm, ví dụ 15/11/2023.")
    if abs(value) >= _EXACT:
        return ReadCell(plain_number(value), f"Số dài quá 15 chữ số, bảng tính không giữ đủ: {_FORMAT}.")
    return ReadCell(plain_number(value))


def _named(block: Block) -> str:
    return f"{letters_of(block.left)}{block.top + 1}:{letters_of(block.right)}{block.bottom + 1}"
