"""How one number of a table reads: a value with how many units stand behind it, or which kind of nothing it is.

"small" and "covered" stand behind the small-count wall (`core.wall`): counts of 1 to 4, and numbers among which one is no such count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kheo.core.definition import Indicator, parse_formula
from kheo.core.numbers import format_int, format_ratio, format_scaled
from kheo.core.reading import divide
from kheo.core.rollup import CellTally
from kheo.core.wall import Veil

Sign = Literal["number", "zero", "blank", "na", "missing", "small", "covered"]


@dataclass(frozen=True, slots=True)
class Sum:
    """One additive number: `gave` of the `asked` units to which it applies gave a number (zero is one)."""

    sign: Sign
    value: int | None
    decimals: int
    gave: int
    asked: int

    @property
    def text(self) -> str:
        """The number as people read it; empty where a sign is drawn instead."""
        return format_scaled(self.value, self.decimals) if self.value is not None else ""

    @property
    def is_short(self) -> bool:
        """Whether a number is shown behind which units are missing."""
        return self.value is not None and self.gave < self.asked

    @property
    def behind(self) -> str:
        """`412/430`."""
        return f"{format_int(self.gave)}/{format_int(self.asked)}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with the two sums it is computed from."""

    sign: Sign
    value: Decimal | None
    numerator: int | None
    denominator: int | None

    @property
    def text(self) -> str:
        """`95,12 %`; empty where there is none."""
        return format_ratio(self.value)


def sum_of(tally: CellTally, expected: int, decimals: int, *, veil: Veil | None = None) -> Sum:
    """The number that a tally says, of a subtree where `expected` reports are owed."""
    gave = tally.number + tally.zero
    asked = max(expected, tally.reported) - tally.not_applicable
    if veil:
        return Sum(veil, None, decimals, gave, asked)
    return Sum(_sign(tally), tally.value, decimals, gave, asked)


def _sign(tally: CellTally) -> Sign:
    if tally.value is not None:
        return "number" if tally.value else "zero"
    if tally.reported == 0:
        return "missing"
    return "blank" if tally.blank else "na"


def ratio_of(indicator: Indicator, lookup: Callable[[str], int | None], *, is_missing: bool, veil: Veil | None = None) -> Ratio:
    """The ratio of an indicator; `lookup` gives the sums of its terms and what the system counts."""
    if veil:
        return Ratio("covered", None, None, None)
    numerator = parse_formula(indicator.numerator or "").evaluate(lookup)
    denominator = parse_formula(indicator.denominator or "").evaluate(lookup)
    value = divide(numerator, denominator)
    if value is not None:
        return Ratio("number", value, numerator, denominator)
    return Ratio("missing" if is_missing else "na" if denominator == 0 else "blank", None, numerator, denominator)
