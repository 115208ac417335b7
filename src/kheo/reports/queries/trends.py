"""One indicator of a unit over the periods of a campaign, all in one structure, across the reorganisations between them.

A line is a unit of the structure, or several that only add up together: where an old unit was divided, its figures belong to all of its
heirs, so that their sum is exact and each of them alone is not (`core.restructuring.shared`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.cell_signs import Ratio, Sum
from kheo.core.consolidated import ObligationCounts
from kheo.core.definition import Definition, Indicator, counted_otherwise
from kheo.core.restructuring import Landing, shared
from kheo.core.tree import Snapshot
from kheo.org.models import SnapshotUnit
from kheo.org.queries import EventsOfDay, events_by_day
from kheo.reports.queries.as_of import Moment
from kheo.reports.queries.remainders import Cause, reasons
from kheo.reports.queries.restructured import Part, PartSums, Restructured, added_up, sum_alone, sums_of
from kheo.reports.queries.restructured_table import cells_of
from kheo.reports.queries.restructured_walls import Curtain, Tops, curtain
from kheo.reports.queries.totals import Subtotal

Shown = Sum | Ratio
Counted = tuple[Subtotal, ObligationCounts]
# What stands at the unit itself, and, each by why, what no unit below can be said to have followed.
OWN = 0
UNPLACED = {cause: -number for number, cause in enumerate(Cause, start=1)}
NOBODY = Sum("na", None, 0, 0, 0)


@dataclass(frozen=True)
class Asked:
    """One period: the cycle read in the structure, and from where it is read as reported; None: nothing behind the wall is shown.

    `outside`: positions of the cycle's tree whose reports the reader reads and that stand above all roots of the structure.
    """

    reading: Restructured
    view: Tops | None
    outside: tuple[int, ...] = ()


@dataclass(frozen=True)
class Period:
    """`unlike`: why the indicator of this period may not be held against that of the last one, as clauses; empty where it may. `since`:
    what changed before it opened.

    `outside`: how many reports stand above all roots of the structure.
    """

    cycle: int
    name: str
    opened_on: date
    unlike: tuple[str, ...]
    since: tuple[EventsOfDay, ...]
    outside: int

    @property
    def is_comparable(self) -> bool:
        """Whether it may be held against the last period."""
        return not self.unlike


@dataclass(frozen=True)
class TrendLine:
    """`units`: of the structure; empty for what stands at the unit itself, where `why` says why it could not go to one below (None:
    it is the unit's own). A value a period, None: none that can be compared.
    """

    units: tuple[SnapshotUnit, ...]
    why: Cause | None
    cells: tuple[Shown | None, ...]


@dataclass(frozen=True)
class Trend:
    """`total`, `lines` and `outside` have one cell a period; the lines of a period add up to its total.

    `outside`: what stands above all roots, None where nothing does in any period. The totals of all roots and what is outside add up to
    the period as reported.
    """

    periods: tuple[Period, ...]
    total: tuple[Shown | None, ...]
    lines: tuple[TrendLine, ...]
    outside: tuple[Shown | None, ...] | None


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
    periods, total, outside, lines = [], [], [], dict[int, list[Shown | None]]()
    for index, (each, definition, parts, sums) in enumerate(told):
        unlike = counted_otherwise(code, last, definition)
        cycle = each.reading.cycle
        periods.append(Period(cycle.pk, cycle.name, cycle.opened_on, unlike, _since(asked, index, unit), len(each.outside)))
        found = None if unlike else _cells(each, definition, code, unit, parts, sums, groups, moment)
        total.append(found.total if found else None)
        outside.append(found.outside if found else None)
        for key, cell in found.lines.items() if found else ():
            lines.setdefault(key, [None] * len(asked))[index] = cell
    for cells in lines.values():
        # Nothing of the line in a period that can be compared: no report of it was owed.
        cells[:] = [NOBODY if cell is None and period.is_comparable else cell for cell, period in zip(cells, periods, strict=True)]
    is_any_outside = any(each.outside for each in periods)
    return Trend(
        tuple(periods), tuple(total), _named(asked[-1].reading, lines, groups, target, unit), tuple(outside) if is_any_outside else None
    )


def first_comparable(asked: Sequence[Asked]) -> Indicator:
    """What there is most to see of: the first indicator that every period counts alike; the very first where there is none."""
    *earlier, last = (definition_of(each.reading.cycle.edition_id) for each in asked)
    alike = (each for each in last.indicators if not any(counted_otherwise(each.code, last, other) for other in earlier))
    return next(alike, last.indicators[0])


@dataclass(frozen=True)
class _Cells:
    """Of one period: the whole, what is outside, and the lines by key."""

    total: Shown
    outside: Shown
    lines: Mapping[int, Shown]


def _cells(
    asked: Asked,
    definition: Definition,
    code: str,
    unit: SnapshotUnit,
    parts: Sequence[Part],
    sums: PartSums,
    groups: Mapping[int, int],
    moment: Moment,
) -> _Cells:
    reading, width = asked.reading, len(definition.cells)
    why = {each: reason.cause for each, reason in reasons(reading, [part for part in parts if part.is_remainder]).items()}
    keys = [_key(part, groups, reading.shape.target, unit, why) for part in parts]
    number = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    labels = reading.lines(unit, parts)
    lines = np.array([*(number[key] for key in keys), -1, -1])[labels]
    lines[list(asked.outside)] = len(number)
    indicators = (definition.indicator(code),)
    wall = curtain(reading, definition, asked.view, lines, indicators)
    over_all = curtain(reading, definition, asked.view, np.where(labels >= 0, 0, -1), indicators)
    grouped: dict[int, list[Counted]] = {key: [] for key in number}
    for key, counted in zip(keys, sums.parts, strict=True):
        grouped[key].append(counted)
    alone = sum_alone(reading, asked.outside, width, moment) if asked.outside else None
    return _Cells(
        _cell(definition, code, sums.whole, over_all, 0),
        _cell(definition, code, alone, wall, len(number)) if alone else NOBODY,
        {key: _cell(definition, code, added_up(each, width), wall, number[key]) for key, each in grouped.items()},
    )


def _groups(parts: Sequence[Sequence[Part]], target: Snapshot, unit: SnapshotUnit) -> dict[int, int]:
    """For each unit below that shares something with another: the group it belongs to."""
    together = []
    for each in parts:
        for part in each:
            if part.landing is Landing.NOT_DIVISIBLE and not part.gone:
                below = {_child(target, unit, heir) for heir in part.heirs}
                if None not in below:
                    together.append([child for child in below if child is not None])
    return shared(together)


def _child(target: Snapshot, unit: SnapshotUnit, heir: int) -> int | None:
    """The unit directly below one whose subtree an heir stands in; None where the heir is the unit itself."""
    line = [heir, *target.ancestors(heir)]
    place = line.index(unit.unit_id) if unit.unit_id in line else 0
    return line[place - 1] if place > 0 else None


def _key(part: Part, groups: Mapping[int, int], target: Snapshot, unit: SnapshotUnit, why: Mapping[int, Cause]) -> int:
    if part.landing is None:
        return groups.get(part.unit.unit_id, part.unit.unit_id)
    if part.landing is Landing.WHOLE:
        return OWN
    below = {_child(target, unit, heir) for heir in part.heirs}
    # A part that went nowhere may not be called anybody's, whoever has the rest.
    if part.gone or not below or None in below:
        return UNPLACED[why[part.unit.unit_id]]
    first = next(each for each in below if each is not None)
    return groups.get(first, first)


def _cell(definition: Definition, code: str, counted: Counted, wall: Curtain, line: int) -> Shown:
    return cells_of(definition, (definition.indicator(code),), *counted, wall.over(line, counted[0]))[0]


def _named(
    reading: Restructured, lines: Mapping[int, list[Shown | None]], groups: Mapping[int, int], target: Snapshot, unit: SnapshotUnit
) -> tuple[TrendLine, ...]:
    """Units of the structure in its order, each group at its first unit; then what stands at the unit itself, then why the rest does."""
    order = target.children(unit.unit_id)
    members: dict[int, list[int]] = {}
    for child in order:
        members.setdefault(groups.get(child, child), []).append(child)
    named = reading.units(order)
    found = [TrendLine(tuple(named[child] for child in below), None, tuple(lines[key])) for key, below in members.items() if key in lines]
    rest = [(None, OWN), *UNPLACED.items()]
    return (*found, *(TrendLine((), cause, tuple(lines[key])) for cause, key in rest if key in lines))


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
