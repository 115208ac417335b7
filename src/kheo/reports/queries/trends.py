"""One indicator of a unit over the periods of a campaign, all in one structure, across the reorganisations between them.

A line is a unit of the structure, or several that only add up together: where an old unit was divided, its figures belong to all of its
heirs, so that their sum is exact and each of them alone is not (`core.restructuring.shared`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.cell_signs import Ratio, Sum
from kheo.core.consolidated import ObligationCounts
from kheo.core.definition import Definition, counted_alike
from kheo.core.restructuring import Landing, shared
from kheo.core.tree import Snapshot
from kheo.org.models import SnapshotUnit
from kheo.org.queries import EventsOfDay, events_by_day
from kheo.reports.queries.as_of import Moment
from kheo.reports.queries.restructured import Part, Restructured, added_up, sums_of
from kheo.reports.queries.restructured_table import cells_of
from kheo.reports.queries.restructured_walls import hidden_totals
from kheo.reports.queries.totals import Subtotal
from kheo.reports.queries.walls import Viewpoint, walled_keys

Shown = Sum | Ratio
Counted = tuple[Subtotal, ObligationCounts]
# What stands at the unit itself, and what no unit below can be said to have followed.
OWN, UNPLACED = 0, -1
NOBODY = Sum("na", None, 0, 0, 0)


@dataclass(frozen=True)
class Asked:
    """One period: the cycle read in the structure, and from where the whole is read as reported (see `whole_view`)."""

    reading: Restructured
    view: Viewpoint | None


@dataclass(frozen=True)
class Period:
    """`is_comparable`: the edition of this period counts the indicator as the last one does. `since`: what changed before it opened."""

    name: str
    opened_on: date
    is_comparable: bool
    since: tuple[EventsOfDay, ...]


@dataclass(frozen=True)
class TrendLine:
    """`units`: of the structure; empty for what stands at the unit itself (`is_own`) or has no heir. A value a period, None: no such."""

    units: tuple[SnapshotUnit, ...]
    is_own: bool
    cells: tuple[Shown | None, ...]


@dataclass(frozen=True)
class Trend:
    """`total` and `lines` have one cell a period; the lines of a period add up to its total."""

    periods: tuple[Period, ...]
    total: tuple[Shown | None, ...]
    lines: tuple[TrendLine, ...]


def trend(asked: Sequence[Asked], unit: SnapshotUnit, code: str, *, at: datetime) -> Trend:
    """Periods in the order given; what the indicator is, the last one says."""
    last = definition_of(asked[-1].reading.cycle.edition_id)
    target = asked[-1].reading.shape.target
    moment = Moment(at, is_past=False)
    told = []
    for each in asked:
        definition = definition_of(each.reading.cycle.edition_id)
        parts = each.reading.parts(unit)
        told.append((each, definition, parts, sums_of(each.reading, unit, parts, len(definition.cells), moment)))
    groups = _groups([parts for _, _, parts, _ in told], target, unit)
    periods, total, lines = [], [], dict[int, list[Shown | None]]()
    for index, (each, definition, parts, sums) in enumerate(told):
        is_comparable = code in counted_alike(last, definition)
        hidden = hidden_totals(each.reading, definition, each.view)
        periods.append(Period(each.reading.cycle.name, each.reading.cycle.opened_on, is_comparable, _since(asked, index, unit)))
        total.append(_cell(definition, code, sums.whole, hidden) if is_comparable else None)
        if is_comparable:
            found = _lines(parts, sums.parts, groups, target, unit, len(definition.cells))
            guarded = frozenset(walled_keys(definition))
            for key, counted in found.items():
                lines.setdefault(key, [None] * len(asked))[index] = _cell(definition, code, counted, guarded)
    for cells in lines.values():
        # Nothing of the line in a period that can be compared: no report of it was owed.
        cells[:] = [NOBODY if cell is None and period.is_comparable else cell for cell, period in zip(cells, periods, strict=True)]
    return Trend(tuple(periods), tuple(total), _named(asked[-1].reading, lines, groups, target, unit))


def _groups(parts: Sequence[Sequence[Part]], target: Snapshot, unit: SnapshotUnit) -> dict[int, int]:
    """For each unit below that shares something with another: the group it belongs to."""
    together = []
    for each in parts:
        for part in each:
            if part.landing is Landing.NOT_DIVISIBLE and not part.is_partly_lost:
                below = {_child(target, unit, heir) for heir in part.heirs}
                if None not in below:
                    together.append([child for child in below if child is not None])
    return shared(together)


def _child(target: Snapshot, unit: SnapshotUnit, heir: int) -> int | None:
    """The unit directly below one whose subtree an heir stands in; None where the heir is the unit itself."""
    line = [heir, *target.ancestors(heir)]
    place = line.index(unit.unit_id) if unit.unit_id in line else 0
    return line[place - 1] if place > 0 else None


def _lines(
    parts: Sequence[Part], sums: Sequence[Counted], groups: Mapping[int, int], target: Snapshot, unit: SnapshotUnit, width: int
) -> dict[int, Counted]:
    found: dict[int, list[Counted]] = {}
    for part, counted in zip(parts, sums, strict=True):
        found.setdefault(_key(part, groups, target, unit), []).append(counted)
    return {key: added_up(each, width) for key, each in found.items()}


def _key(part: Part, groups: Mapping[int, int], target: Snapshot, unit: SnapshotUnit) -> int:
    if part.landing is None:
        return groups.get(part.unit.unit_id, part.unit.unit_id)
    if part.landing is Landing.WHOLE:
        return OWN
    below = {_child(target, unit, heir) for heir in part.heirs}
    # A part that went nowhere may not be called anybody's, whoever has the rest.
    if part.is_partly_lost or not below or None in below:
        return UNPLACED
    first = next(each for each in below if each is not None)
    return groups.get(first, first)


def _cell(definition: Definition, code: str, counted: Counted, hidden: Collection[str]) -> Shown:
    return cells_of(definition, (definition.indicator(code),), *counted, frozenset(hidden))[0]


def _named(
    reading: Restructured, lines: Mapping[int, list[Shown | None]], groups: Mapping[int, int], target: Snapshot, unit: SnapshotUnit
) -> tuple[TrendLine, ...]:
    """Units of the structure in its order, each group at its first unit; then what stands at the unit itself, then what has no heir."""
    order = target.children(unit.unit_id)
    members: dict[int, list[int]] = {}
    for child in order:
        members.setdefault(groups.get(child, child), []).append(child)
    named = reading.units(order)
    found = [TrendLine(tuple(named[child] for child in below), False, tuple(lines[key])) for key, below in members.items() if key in lines]
    return (*found, *(TrendLine((), key == OWN, tuple(lines[key])) for key in (OWN, UNPLACED) if key in lines))


def _since(asked: Sequence[Asked], index: int, unit: SnapshotUnit) -> tuple[EventsOfDay, ...]:
    """What happened to units behind the total between the opening of the period before and that of this one."""
    if index == 0:
        return ()
    units: set[int] = set()
    for each in asked[index - 1 : index + 1]:
        behind = each.reading.behind(unit)
        units.update(np.array(each.reading.shape.origin.units, np.int64)[behind].tolist())
    return events_by_day(units, asked[index - 1].reading.cycle.opened_on, asked[index].reading.cycle.opened_on)


def reorganised_since(cycle: Cycle, unit: SnapshotUnit, today: date) -> tuple[EventsOfDay, ...]:
    """What moved figures of a unit of the cycle's tree, or of one below it, from the opening up to today."""
    below = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, position__gte=unit.position, position__lt=unit.ends_at)
    return events_by_day(list(below.values_list("unit_id", flat=True)), cycle.opened_on, today)
