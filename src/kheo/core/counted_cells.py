"""Cells of a report that a register counts: what stands in the cell against what is counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from kheo.core.answers import BLANK_WORDS, NA_WORDS, write_answer
from kheo.core.figures import NA, Figure, Figures
from kheo.core.numbers import format_scaled


@dataclass(frozen=True)
class CountedCell:
    """What a unit's entries give for one cell now. `rule`: how they are counted, in words; `register` its code, `book` its short name.

    `is_walled`: the cell takes no words, so another number cannot be explained: the register is mended instead.
    """

    key: str
    number: int
    register: str
    book: str
    rule: str
    decimals: int = 0
    is_walled: bool = False

    @property
    def text(self) -> str:
        """The number as it is read."""
        return format_scaled(self.number, self.decimals)

    @property
    def typed(self) -> str:
        """The same as it stands in a cell, where nothing is said with a sign."""
        return write_answer(self.number, self.decimals)


def differing(counted: Mapping[str, CountedCell], figures: Figures) -> dict[str, CountedCell]:
    """The answered cells that say something else than what is counted. Where nothing is counted, "not applicable" says the same."""
    return {key: cell for key, cell in counted.items() if key in figures and _differs(cell.number, figures[key])}


def _differs(number: int, figure: Figure) -> bool:
    return figure != number and not (number == 0 and figure == NA)


def difference_words(cell: CountedCell, figure: Figure) -> str:
    """`sổ “Mô hình, công trình” đếm được 118, ô này ghi 120`."""
    said = {None: f"“{BLANK_WORDS}”", NA: f"“{NA_WORDS}”"}
    text = said[figure] if figure is None or isinstance(figure, str) else format_scaled(figure, cell.decimals)
    return f"sổ “{cell.book}” đếm được {cell.text}, ô này ghi {text}"
