"""The table of one content in another structure as a page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.core.paginator import Page, Paginator

from kheo.campaigns.queries import definition_of
from kheo.core.cell_signs import Ratio, Sum, ratio_of, sum_of
from kheo.core.consolidated import ObligationCounts
from kheo.core.definition import Content, Definition, Indicator
from kheo.core.rollup import CellTally, cell_of
from kheo.core.wall import Veil
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.as_of import Moment
from kheo.reports.queries.cells import keys_behind
from kheo.reports.queries.remainders import Reason, reasons
from kheo.reports.queries.restructured import Part, Restructured, sums_of
from kheo.reports.queries.restructured_walls import Curtain, Tops, curtain
from kheo.reports.queries.table import PAGE, SYSTEM_COUNTS, Standing, content_named, counts_by_system, standings_of, system_count
from kheo.reports.queries.totals import Subtotal

Shown = Sum | Ratio


@dataclass(frozen=True)
class StructureRow:
    """A line with the cells of one content. `part` None: the whole unit.

    `standing`: of a line that is one report; `why`: of a remainder.
    """

    part: Part | None
    counts: ObligationCounts
    reported: int
    cells: tuple[Shown, ...]
    standing: Standing | None = None
    why: Reason | None = None


@dataclass(frozen=True)
class StructureTable:
    """One page of the table. `remainders`: how many reports of all pages stand at the unit because they could not be moved to one."""

    definition: Definition
    content: Content
    indicators: tuple[Indicator, ...]
    total: StructureRow
    rows: tuple[StructureRow, ...]
    page: "Page[int]"
    remainders: int


def structure_table(
    reading: Restructured, unit: SnapshotUnit, asked: str, *, view: Tops | None, page: str | None, at: datetime
) -> StructureTable:
    """The table of one content; the number of queries depends on the number neither of units nor of indicators."""
    definition = definition_of(reading.cycle.edition_id)
    content = content_named(definition, asked)
    indicators = definition.indicators_of(content.id)
    pages = Paginator(range(reading.count(unit)), PAGE).get_page(page)
    start = pages.start_index() - 1 if pages.paginator.count else 0
    parts = reading.parts(unit, start, start + PAGE)
    sums = sums_of(reading, unit, parts, len(definition.cells), Moment(at, is_past=False))
    why = reasons(reading, [part for part in parts if part.is_remainder])
    standings = standings_of(reading.cycle, [part.unit.unit_id for part in parts if part.landing is not None])
    walls = _curtains(reading, unit, parts, definition, indicators, view)
    rows = tuple(
        StructureRow(
            part,
            counts,
            subtotal.reported,
            cells_of(definition, indicators, subtotal, counts, walls[0].over(number, subtotal)),
            standings.get(part.unit.unit_id) if part.landing is not None else None,
            why.get(part.unit.unit_id) if part.is_remainder else None,
        )
        for number, (part, (subtotal, counts)) in enumerate(zip(parts, sums.parts, strict=True))
    )
    whole, counts = sums.whole
    cells = cells_of(definition, indicators, whole, counts, walls[1].over(0, whole))
    return StructureTable(
        definition, content, indicators, StructureRow(None, counts, whole.reported, cells), rows, pages, reading.remainders(unit)
    )


def _curtains(
    reading: Restructured,
    unit: SnapshotUnit,
    parts: Sequence[Part],
    definition: Definition,
    indicators: Sequence[Indicator],
    view: Tops | None,
) -> tuple[Curtain, Curtain]:
    """What the wall hides of the parts, by their number, and of the whole unit as line 0."""
    labels = reading.lines(unit, parts)
    shown = np.where(labels == len(parts), -1, labels)
    whole = np.where(labels >= 0, 0, -1)
    return curtain(reading, definition, view, shown, indicators), curtain(reading, definition, view, whole, indicators)


def cells_of(
    definition: Definition, indicators: tuple[Indicator, ...], subtotal: Subtotal, counts: ObligationCounts, hidden: frozenset[str]
) -> tuple[Shown, ...]:
    """The cells of these indicators; those `hidden` behind the wall are told as covered."""
    tallies = {
        key: cell_of(subtotal.tally, definition.cell(key).position, subtotal.reported) for key in keys_behind(definition, indicators)
    }
    return tuple(_cell(each, tallies, counts, is_hidden=each.code in hidden) for each in indicators)


def _cell(indicator: Indicator, tallies: Mapping[str, CellTally], counts: ObligationCounts, *, is_hidden: bool) -> Shown:
    veil: Veil | None = "covered" if is_hidden else None
    if not counts.expected:
        # Nothing is missing where nothing is owed.
        return Sum("na", None, indicator.decimals, 0, 0) if indicator.aggregation != "ratio" else Ratio("na", None, None, None)
    if indicator.aggregation != "ratio":
        return sum_of(tallies[indicator.code], counts.expected, indicator.decimals, veil=veil)

    def lookup(key: str) -> int | None:
        return system_count(counts, key) if key in SYSTEM_COUNTS else tallies[key].value

    missing = not counts_by_system(indicator) and all(each.reported == 0 for each in tallies.values())
    return ratio_of(indicator, lookup, is_missing=missing, veil=veil)
