"""What the cells of a row say about fields, beside what an entry holds: unchanged, another value, or no value that can be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kheo.core.days import format_day, typed_day
from kheo.core.matching import Certainty, NamedRow
from kheo.core.registers.sealing import SEALED
from kheo.core.registers.table_heads import DAY, DUE, HIDDEN, OF_CODES, STAMP, Head
from kheo.core.registers.values import FieldProblem, Kept
from kheo.core.text import nfc, written
from kheo.core.unit_kinds import Line
from kheo.documents.register_table import ReadColumn, ReadRow, ReadTable
from kheo.org.access import Person
from kheo.org.queries import match_names
from kheo.registers.actions.importing.plans import CellWords

_TWO_WORDS = "Cột chữ và cột mã nói hai điều khác nhau ({} và {}); sửa cho giống nhau, hoặc để trống cột mã."


@dataclass(frozen=True)
class Unread:
    """Why a cell gives no value."""

    message: str


UNTOUCHED = Unread("")


@dataclass
class Cells:
    """The columns of a table, and how their cells are read."""

    table: ReadTable
    heads: Mapping[str, Head]
    person: Person
    _units: dict[str, int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns: dict[str, ReadColumn] = {each.key: each for each in self.table.columns}
        self._find_units()

    def words(self, row: ReadRow, key: str, message: str) -> CellWords:
        """A sentence about a cell of a row."""
        column, head = self.columns.get(key), self.heads.get(key)
        if column is None:
            return CellWords(key, "", head.label if head else "", message)
        return CellWords(key, f"{column.letters}{row.number}", column.label, message)

    def said(self, row: ReadRow, key: str) -> str:
        """What a cell says; nothing where it is empty or its column is not there."""
        cell = row.cells.get(key)
        return cell.text if cell else ""

    def change(self, row: ReadRow, head: Head, shown: Mapping[str, str], stored: Kept | None) -> Kept | Unread | None:
        """The value that a row gives to a field: of the column of words, of codes, or of both where they agree.

        `shown`: what each column would say of the entry as it stands (nothing, of a new one): who has not touched a cell changes nothing.
        """
        words = self._of_column(row, head, shown, stored)
        codes_head = self.heads.get(f"{head.key}{OF_CODES}")
        codes = self._of_column(row, codes_head, shown, stored) if codes_head else UNTOUCHED
        if codes is UNTOUCHED or (isinstance(words, Unread) and words is not UNTOUCHED):
            return words
        if words is UNTOUCHED or words == codes:
            return codes
        # A row is copied with its folded columns: in a new one what people see is what they mean.
        if not shown or not self.said(row, f"{head.key}{OF_CODES}"):
            return words
        return Unread(_TWO_WORDS.format(*(f"“{self.said(row, key)}”" for key in (head.key, f"{head.key}{OF_CODES}"))))

    def _of_column(self, row: ReadRow, head: Head, shown: Mapping[str, str], stored: Kept | None) -> Kept | Unread | None:
        if head.key not in self.columns:
            return UNTOUCHED
        cell, before = row.cells.get(head.key), shown.get(head.key, "")
        text = cell.text if cell else ""
        if _same(text, before) and not (cell and cell.wrong and not before):
            return UNTOUCHED
        if cell is not None and cell.wrong:
            return Unread(cell.wrong)
        if not {HIDDEN, SEALED}.isdisjoint(
            (shown.get(head.field_key), text.strip())
        ):  # of codes as well: where nothing is shown no guess is compared
            return Unread("Anh/chị không được xem ô này nên không sửa được; giữ nguyên chữ trong ô, hoặc để trống ở dòng mới.")
        value = self.value(head, text)
        if isinstance(value, FieldProblem):
            return Unread(value.message)
        return UNTOUCHED if value == stored else value

    def value(self, head: Head, text: str) -> Kept | FieldProblem | None:
        """What a text gives: as every page reads it; a unit by its name."""
        assert head.column is not None
        if head.column.field.type != "unit" or not text.strip():
            return head.column.read(text)
        unit = self._units.get(nfc(text))
        return unit if unit is not None else FieldProblem(head.key, "Không rõ là đơn vị nào; ghi đúng tên đơn vị đang hoạt động.")

    def canonical(self, row: ReadRow) -> dict[str, str]:
        """What the cells of a row say, in the one way in which a file of ours says it: for its stamp."""
        return {key: self._canonical(self.heads[key], self.said(row, key)) for key in self.columns if key != STAMP}

    def _canonical(self, head: Head, text: str) -> str:
        if head.key in (DAY, DUE):
            return _day(text)
        if head.column is None or head.is_of_codes or head.column.field.type == "unit":
            return nfc(text)
        value = head.column.read(text)
        return written(text).strip() if value is None or isinstance(value, FieldProblem) else head.column.cell({head.column.key: value})

    def _find_units(self) -> None:
        keys = [key for key in self.columns if (column := self.heads[key].column) is not None and column.field.type == "unit"]
        texts = sorted({nfc(self.said(row, key)) for row in self.table.rows for key in keys} - {""})
        matches = match_names([NamedRow(0, text, "", "") for text in texts], self.person.on, Line.UNION, suggests=False) if texts else []
        self._units = {
            text: match.units[0].id if match.certainty is Certainty.SURE else None for text, match in zip(texts, matches, strict=True)
        }


def _same(one: str, other: str) -> bool:
    return written(one).strip() == written(other).strip()


def _day(text: str) -> str:
    try:
        return format_day(typed_day(text))
    except ValueError:
        return nfc(text)
