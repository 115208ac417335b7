"""Reading totals out of a tally: sums with how many units stand behind them, ratios computed from their two sums."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from kheo.core.consolidated import CellCounts, FigureTotal, ObligationCounts, RatioTotal
from kheo.core.definition import Definition, Indicator, parse_formula
from kheo.core.rollup import CellTally, cell_of

SYSTEM = "system:"
PLACES = Decimal("0.0001")
Total = FigureTotal | RatioTotal


def totals(definition: Definition, tally: Sequence[int], reported: int, counts: ObligationCounts) -> dict[str, Total]:
    """Every indicator of the edition, in its order. `counts` are the obligations of the same subtree."""
    cells = {cell.key: cell_of(tally, cell.position, reported) for cell in definition.cells}
    missing = counts.expected - reported
    result: dict[str, Total] = {}
    for indicator in definition.indicators:
        if indicator.aggregation == "ratio":
            result[indicator.code] = _ratio(indicator, cells, counts)
        else:
            result[indicator.code] = _additive(definition, indicator, cells, missing)
    return result


def _additive(definition: Definition, indicator: Indicator, cells: Mapping[str, CellTally], missing: int) -> FigureTotal:
    whole = cells[indicator.code]
    by: dict[str, dict[str, int | None]] = {}
    if indicator.breakdown:
        parts = definition.cells_of(indicator.code)[1:]
        by[indicator.breakdown] = {part.part or "": cells[part.key].value for part in parts}
    return FigureTotal(
        code=indicator.code,
        value=whole.value,
        unit=indicator.unit,
        aggregation=indicator.aggregation,
        decimals=indicator.decimals,
        cells=counts_of(whole, missing),
        by=by,
    )


def counts_of(cell: CellTally, missing: int) -> CellCounts:
    """How many units stand in each class of a cell."""
    return CellCounts(cell.number, cell.zero, cell.blank, cell.not_applicable, missing)


def _ratio(indicator: Indicator, cells: Mapping[str, CellTally], counts: ObligationCounts) -> RatioTotal:
    numerator = _term(indicator.numerator or "", cells, counts)
    denominator = _term(indicator.denominator or "", cells, counts)
    return RatioTotal(indicator.code, divide(numerator, denominator), numerator, denominator, indicator.unit)


def _term(formula: str, cells: Mapping[str, CellTally], counts: ObligationCounts) -> int | None:
    """A term of a ratio; `system:…` names what the system counts itself."""
    system = {f"{SYSTEM}on_time": counts.on_time, f"{SYSTEM}expected": counts.expected}
    return parse_formula(formula).evaluate(lambda key: system[key] if key in system else cells[key].value)


def divide(numerator: int | None, denominator: int | None) -> Decimal | None:
    """A ratio to 4 places, half up; None when either part is missing or the denominator is zero."""
    if numerator is None or not denominator:
        return None
    return (Decimal(numerator) / Decimal(denominator)).quantize(PLACES, ROUND_HALF_UP)


def plain(totals: Mapping[str, Total]) -> dict[str, int | Decimal | None]:
    """Only the values, by code."""
    return {code: total.value for code, total in totals.items()}
