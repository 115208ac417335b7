"""Leaving out of consolidated data what the small-count wall hides."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from kheo.core.consolidated import CellCounts, ChildLine, RatioTotal
from kheo.core.definition import Definition
from kheo.core.privacy import is_small
from kheo.core.reading import Total
from kheo.core.wall import OPEN, Hidden
from kheo.reports.queries.walls import Viewpoint, walled_keys


def hide_small(line: ChildLine, unit: int, hidden: Mapping[str, Hidden]) -> ChildLine:
    """The line without its hidden figures, and with the codes of those."""
    codes = {code for code, each in hidden.items() if (each.own if line.is_own else unit in each.children)}
    figures = {code: None if code in codes else value for code, value in line.figures.items()}
    return replace(line, figures=figures, hidden=frozenset(codes))


def hide_totals(totals: Mapping[str, Total], hidden: Mapping[str, Hidden]) -> dict[str, Total]:
    """The totals without those that the reader must not see."""
    return {code: _hide(total) if hidden.get(code, OPEN).total else total for code, total in totals.items()}


def hide_codes(totals: Mapping[str, Total], codes: Collection[str]) -> dict[str, Total]:
    """The totals with these hidden."""
    return {code: _hide(total) if code in codes else total for code, total in totals.items()}


def _hide(total: Total) -> Total:
    if isinstance(total, RatioTotal):
        return replace(total, value=None, numerator=None, denominator=None, is_hidden=True)
    cells = total.cells
    together = CellCounts(cells.number + cells.zero, 0, cells.blank, cells.not_applicable, cells.missing)
    return replace(total, value=None, cells=together, by={name: dict.fromkeys(parts) for name, parts in total.by.items()}, is_hidden=True)


def without_walled(definition: Definition, totals: Mapping[str, Total], view: Viewpoint) -> dict[str, Total]:
    """Last period's totals without the walled ones where the reader stands above the unit, and without the small ones everywhere: that
    period has a wall of its own. The same rule as on the pages (`queries.table.previous_cells`).
    """
    guarded = frozenset(walled_keys(definition))
    return {code: total for code, total in totals.items() if code not in guarded or (view.is_at_top and not _has_small(total))}


def _has_small(total: Total) -> bool:
    parts = (total.numerator, total.denominator) if isinstance(total, RatioTotal) else (total.value,)
    return any(is_small(part) for part in parts)
