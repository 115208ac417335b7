"""The consolidated report for machines (tong-hop.json): whole numbers, ratios as decimal strings, a missing value null and never 0."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from kheo.core.consolidated import ChildLine, Consolidated, FigureTotal, ObligationCounts, RatioTotal
from kheo.core.days import ZONE
from kheo.core.definition import Definition, Indicator

RATIO_PLACES = 4
_SCALE = 10_000


def consolidated_json(definition: Definition, data: Consolidated) -> dict[str, Any]:
    """The report as a JSON object; codes in the order of the definition. Values are scaled by `decimals` where that key is given.

    `hidden` (with a null value) marks what the small-count wall does not show; numbers and zeros are then counted together.
    The line of the unit's own direct figures, where there is one, stands among the children under the unit's own code,
    so that the values of the children add up to those of the unit.

    In the structure of another day or line (`structure`) a child with a `remainder` is a unit of the cycle whose figures could not be
    moved to one unit; `state` is then “mixed” where several reports differ, and `outside` counts the reports that belong
    nowhere, `outside_units` names them with why.
    `closed_units`, where there are any: of whom no report is wanted any more, and why; they are not among the missing ones.
    """
    structure = {"line": data.structure.line.value, "day": data.structure.day.isoformat()} if data.structure else None
    outside = [{"code": each.unit.code, "name": each.unit.name, "reason": each.reason} for each in data.outside]
    closed = [{"code": each.unit.code, "reason": each.reason} for each in data.closed_units]
    return {
        "campaign": data.campaign,
        "edition": data.edition,
        "edition_hash": data.edition_hash,
        "cycle": data.cycle,
        "unit": {"code": data.unit.code, "name": data.unit.name},
        "as_of": data.as_of.astimezone(ZONE).isoformat(),
        "obligations": _obligations(data.obligations),
        "figures": {each.code: _figure(each, data.figures.get(each.code)) for each in definition.indicators},
        "children": [_child(line, definition) for line in data.children],
        "missing_units": [unit.code for unit in data.missing_units],
        **({"structure": structure, "outside": len(data.outside), "outside_units": outside} if structure else {}),
        **({"closed_units": closed} if closed else {}),
    }


def _obligations(counts: ObligationCounts) -> dict[str, int]:
    return {
        "expected": counts.expected,
        "accepted": counts.accepted,
        "submitted": counts.submitted,
        "returned": counts.returned,
        "draft": counts.draft,
        "not_started": counts.not_started,
        "closed": counts.closed,
        "overdue": counts.overdue,
        "on_time": counts.on_time,
    }


def _figure(indicator: Indicator, total: FigureTotal | RatioTotal | None) -> dict[str, Any]:
    figure: dict[str, Any] = {"value": None, "unit": indicator.unit, "aggregate": indicator.aggregation}
    if isinstance(total, RatioTotal):
        figure |= {"value": ratio_string(total), "numerator": total.numerator, "denominator": total.denominator}
    elif total is not None:
        cells = total.cells
        figure |= {
            "value": total.value,
            "cells": {
                "number": cells.number,
                "zero": cells.zero,
                "blank": cells.blank,
                "not_applicable": cells.not_applicable,
                "missing": cells.missing,
            },
            "by": {name: dict(parts) for name, parts in total.by.items()},
        }
    if total and total.is_hidden:
        figure["hidden"] = True
    if indicator.decimals > 0:
        figure["decimals"] = indicator.decimals
    return figure


def ratio_string(ratio: RatioTotal) -> str | None:
    """`0.9512`: exact from the two sums, half up; None when there is no ratio."""
    if ratio.value is None:
        return None
    if ratio.numerator is None or not ratio.denominator or ratio.denominator < 0:
        return decimal_string(ratio.value)
    return decimal_string(Decimal(_rounded(ratio.numerator, ratio.denominator)).scaleb(-RATIO_PLACES))


def _rounded(numerator: int, denominator: int) -> int:
    """numerator / denominator in units of the last place, half up, in whole numbers throughout."""
    sign = -1 if numerator < 0 else 1
    twice: int = abs(numerator) * 2 * _SCALE + denominator
    return sign * (twice // (2 * denominator))


def decimal_string(value: Decimal) -> str:
    """A ratio with its four places, half up."""
    with localcontext() as context:
        context.prec = 60 + max(0, value.adjusted())
        return f"{value.quantize(Decimal(1).scaleb(-RATIO_PLACES), rounding=ROUND_HALF_UP):f}"


def _child(line: ChildLine, definition: Definition) -> dict[str, Any]:
    child: dict[str, Any] = {
        "code": line.unit.code,
        "name": line.unit.name,
        "state": line.state,
        "figures": {each.code: _value(line.figures, each.code, line.hidden) for each in definition.indicators},
    }
    if line.remainder:
        child["remainder"] = line.remainder
    hidden = [each.code for each in definition.indicators if each.code in line.hidden]
    if hidden:
        child["hidden"] = hidden
    return child


def _value(figures: Mapping[str, int | Decimal | None], code: str, hidden: frozenset[str]) -> int | str | None:
    value = None if code in hidden else figures.get(code)
    return decimal_string(value) if isinstance(value, Decimal) else value
