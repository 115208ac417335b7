"""Where everything stands: the rows of the sheet to fill in, drawn from the definition; used to write the sheet and to read it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kheo.core.definition import Definition, Indicator
from kheo.documents.grid.raw import FRAMES

COVER, FIGURES, NARRATIVE, CHECKS, FAULTS = FRAMES["bia"], "Số liệu", "Lời văn", FRAMES["kiem-tra"], "Cần sửa"

# Columns of the sheet to fill in, from 0. The last three are hidden: what a check may reckon with, last period as it was written, the
# first fault of the row.
CODE, NAME, UNIT, PAST, VALUE, CHOICE, NOTE, STATUS, KNOWN, KEPT, BASIC = range(11)
TITLES = ("Mã", "Chỉ tiêu", "Đơn vị tính", "Kỳ trước", "Số liệu kỳ này", "Nếu không có số, chọn ở đây", "Ghi chú", "Kiểm tra")
HIDDEN_TITLES = ("Máy: số để tính", "Máy: kỳ trước", "Máy: lỗi của dòng")
HEAD_ROW = 5
FIRST_ROW = 6

# Columns of the narrative.
SECTION, HINT, TEXT, LENGTH, BEFORE = range(5)
NARRATIVE_TITLES = ("Mục", "Tiêu đề và gợi ý", "Nội dung kỳ này", "Độ dài", "Kỳ trước")
NARRATIVE_HEAD_ROW = 4
NARRATIVE_FIRST_ROW = 5

Kind = Literal["content", "cell", "total", "ratio"]


@dataclass(frozen=True)
class Line:
    """One row of the sheet: a content's heading, a cell to answer, a computed total or ratio. `row` counts from 0."""

    kind: Kind
    row: int
    key: str
    name: str
    indicator: Indicator | None = None
    is_part: bool = False
    is_walled: bool = False

    @property
    def written_name(self) -> str:
        """What stands in the column of names: with the indicator's hint on a line of its own."""
        hint = "" if self.is_part or self.indicator is None else self.indicator.hint
        return f"{self.name}\n{hint}" if hint else self.name

    @property
    def decimals(self) -> int:
        """Decimals of its figures."""
        return self.indicator.decimals if self.indicator else 0


@lru_cache(maxsize=64)
def _lines(definition: "_ById") -> tuple[Line, ...]:
    return tuple(_drawn(definition.definition))


@dataclass(frozen=True, eq=False)
class _ById:
    """A definition as a key of the cache: hashing one by value would cost more than drawing its lines."""

    definition: Definition

    def __hash__(self) -> int:
        return id(self.definition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.definition is self.definition


def lines_of(definition: Definition) -> tuple[Line, ...]:
    """Every row from the first content to the last indicator, in the order of the definition."""
    return _lines(_ById(definition))


def _drawn(definition: Definition) -> list[Line]:
    lines: list[Line] = []

    def add(kind: Kind, key: str, name: str, indicator: Indicator | None, *, is_part: bool, is_walled: bool) -> None:
        lines.append(Line(kind, FIRST_ROW + len(lines), key, name, indicator, is_part, is_walled))

    for content in definition.contents:
        indicators = definition.indicators_of(content.id)
        if indicators:
            add("content", content.id, content.name, None, is_part=False, is_walled=content.walled)
        for each in indicators:
            if each.aggregation == "ratio":
                add("ratio", each.code, each.name, each, is_part=False, is_walled=content.walled)
            for cell in definition.cells_of(each.code):
                name = each.name if cell.part is None else _part_name(definition, each, cell.part)
                add("total" if cell.is_total else "cell", cell.key, name, each, is_part=cell.part is not None, is_walled=content.walled)
    return lines


def _part_name(definition: Definition, indicator: Indicator, part: str) -> str:
    return next(choice.name for choice in definition.lists[indicator.breakdown or ""] if choice.code == part)


@lru_cache(maxsize=8192)
def a1(row: int, column: int) -> str:
    """(16, 4) -> "E17"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
