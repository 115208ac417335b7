"""A cycle's figures read in the structure of another day or line: where every report lands, and the sums behind some lines.

Nothing here depends on what is kept for the frozen tree but its roll-ups: a subtree that lands in one line as a whole is read from its
roll-up, every other report by itself (`core.restructuring.pieces_of`). Reports are never moved: an obligation stays at its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.consolidated import ObligationCounts
from kheo.core.milestones import add_by_line
from kheo.core.recent import recent
from kheo.core.restructuring import OUTSIDE, Landing, Landings, Pieces, Structure, labels_of, pieces_of
from kheo.core.rollup import PARTS, Int64s
from kheo.core.standings import Standings
from kheo.core.tree import Snapshot
from kheo.org.models import SnapshotUnit
from kheo.org.queries import Frozen, landings_on, structure_stamp, unit_facts
from kheo.reports.models import Obligation, Rollup
from kheo.reports.queries.as_of import Moment, sums_before
from kheo.reports.queries.standing import NONE_OWED, standings
from kheo.reports.queries.totals import Subtotal
from kheo.reports.queries.vector_stream import read_vectors


@dataclass(frozen=True)
class Shape:
    """The two trees and how one lands in the other; arrays are by position of the frozen tree, places of the other one."""

    origin: Snapshot
    parents: Int64s
    ends: Int64s
    target: Snapshot
    landings: Landings


# Measured for both trees of a country together: 120 MB for 2 × 317,715 units.
BYTES_A_UNIT = 190
KEPT_BYTES = 384 << 20


def _size(shape: Shape) -> int:
    return BYTES_A_UNIT * (len(shape.origin) + len(shape.target))


# A country takes seconds to work out and half a minute of clicking to read: as many as fit are kept, each for as long as no tree has
# changed: three of a country, or every city.
@recent(KEPT_BYTES, _size)
def _shape(snapshot: int, day: date, frozen_at: datetime, structure: Structure, stamp: tuple[int, ...]) -> Shape:
    """`stamp` only tells whether any tree has changed since."""
    origin = frozen_shape(snapshot)
    target, landings = landings_on(Frozen(origin, day, frozen_at), structure.line, structure.day)
    return Shape(origin, np.array(origin.parents, np.int64), np.array(origin.ends, np.int64), target, landings)


SHAPE = "SELECT unit_id, ends_at, depth, parent_id FROM org_snapshot_unit WHERE snapshot_id = %s ORDER BY position"


def frozen_shape(snapshot: int) -> Snapshot:
    """The shape of a frozen tree, as it was numbered."""
    with connection.cursor() as cursor:
        cursor.execute(SHAPE, [snapshot])
        units, ends, depths, above = zip(*cursor.fetchall(), strict=True)
    place = {unit: position for position, unit in enumerate(units)}
    return Snapshot(units, tuple(-1 if unit is None else place[unit] for unit in above), ends, depths)


@dataclass(frozen=True)
class Part:
    """A line under a unit of the structure: a unit below it (`landing` None), or one report of the cycle that lands at the unit itself.

    `unit` is a unit of the structure in the first case, of the cycle's tree otherwise. `heirs`: to whom a not divisible one belongs;
    `gone`: who holds it, or a part of it, and has no place in the structure. `event`: what divided it or moved it last, 0 for nothing.
    """

    unit: SnapshotUnit
    landing: Landing | None
    heirs: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    event: int = 0

    @property
    def is_remainder(self) -> bool:
        """Whether the figures could not be moved to one unit of the structure."""
        return self.landing in (Landing.NOT_DIVISIBLE, Landing.NO_HEIR)


class Restructured:
    """A cycle read in another structure."""

    def __init__(self, cycle: Cycle, structure: Structure) -> None:
        self.cycle = cycle
        self.structure = structure
        self._landed: dict[int, Int64s] = {}
        self.shape = _shape(cycle.snapshot_id, cycle.opened_on, cycle.opened_at, structure, structure_stamp())

    def units(self, wanted: Sequence[int]) -> dict[int, SnapshotUnit]:
        """These units of the structure as rows that are stored nowhere, with what they are called on its day; others are absent."""
        target = self.shape.target
        facts = unit_facts(wanted, self.structure.day)
        found = {}
        for unit in wanted:
            if unit in target.position and unit in facts:
                place = target.position[unit]
                told = facts[unit]
                found[unit] = SnapshotUnit(
                    unit_id=unit, position=place, ends_at=target.ends[place], depth=target.depths[place], parent_id=target.parent(unit),
                    ancestors=target.ancestors(unit), code=told.code, name=told.name, kind=told.kind,
                )  # fmt: skip
        return found

    def unit(self, unit: int) -> SnapshotUnit | None:
        """One of them."""
        return self.units([unit]).get(unit)

    @property
    def roots(self) -> list[SnapshotUnit]:
        """The highest units of the structure, in its order."""
        target = self.shape.target
        return list(self.units([unit for unit, above in zip(target.units, target.parents, strict=True) if above < 0]).values())

    def place_of(self, unit: int) -> int | None:
        """The unit of the structure at which a unit of the cycle's tree lands; None where it lands above all roots."""
        place = int(self.shape.landings.places[self.shape.origin.position[unit]])
        return None if place == OUTSIDE else self.shape.target.units[place]

    def behind(self, unit: SnapshotUnit) -> Int64s:
        """Positions of the cycle's tree that land in the subtree of a unit, remainders included."""
        places = self.shape.landings.places
        return np.flatnonzero((places >= unit.position) & (places < unit.ends_at))

    def outside(self, reads: Sequence[tuple[int, int]] | None = None) -> tuple[int, ...]:
        """Positions of the cycle's tree whose reports land above all roots of the structure; of those in the ranges that one reads."""
        is_outside = self.shape.landings.places == OUTSIDE
        if reads is not None:
            is_mine = np.zeros(len(is_outside), bool)
            for start, end in reads:
                is_mine[start:end] = True
            is_outside = is_outside & is_mine
        places = np.flatnonzero(is_outside).tolist()
        return tuple(self._owing(places)) if places else ()

    def _owing(self, places: Sequence[int]) -> list[int]:
        owing = Obligation.objects.filter(cycle=self.cycle, position__in=list(places)).values_list("position", flat=True)
        return sorted(set(owing))

    def below(self, unit: SnapshotUnit) -> list[int]:
        """Units of the structure directly below one, in its order."""
        return self.shape.target.children(unit.unit_id)

    def landed_at(self, unit: SnapshotUnit) -> Int64s:
        """Positions of the cycle's tree that owe a report and land at the unit itself: the whole ones first, then the remainders."""
        if unit.unit_id in self._landed:
            return self._landed[unit.unit_id]
        here = np.flatnonzero(self.shape.landings.places == unit.position)
        kept = np.array(self._owing(here.tolist()), np.int64)
        found = kept[np.argsort(self.shape.landings.kinds[kept] != Landing.WHOLE, kind="stable")]
        self._landed[unit.unit_id] = found
        return found

    def count(self, unit: SnapshotUnit) -> int:
        """How many lines a unit has."""
        return len(self.below(unit)) + len(self.landed_at(unit))

    def remainders(self, unit: SnapshotUnit) -> int:
        """How many of them are remainders."""
        return int((self.shape.landings.kinds[self.landed_at(unit)] != Landing.WHOLE).sum())

    def parts(self, unit: SnapshotUnit, start: int = 0, stop: int | None = None) -> list[Part]:
        """The lines under a unit from `start` to before `stop`: units below, then whole reports, then remainders."""
        below, landed = self.below(unit), self.landed_at(unit)
        last = len(below) + len(landed) if stop is None else stop
        named = self.units(below[start:last])
        places = landed[max(start - len(below), 0) : max(last - len(below), 0)].tolist()
        return [*(Part(each, None) for each in named.values()), *self.reports(places)]

    def whole_at(self, units: Sequence[SnapshotUnit]) -> list[tuple[Part, SnapshotUnit]]:
        """The reports that landed whole at these units of the structure themselves, each with its unit, in the order of the units."""
        at = {unit.position: unit for unit in units}
        landings = self.shape.landings
        is_here = np.isin(landings.places, list(at)) & (landings.kinds == Landing.WHOLE)
        parts = self.reports(self._owing(np.flatnonzero(is_here).tolist())) if at else []
        found = [(part, at[int(landings.places[part.unit.position])]) for part in parts]
        return sorted(found, key=lambda each: each[1].position)

    def reports(self, places: Sequence[int]) -> list[Part]:
        """The reports at these positions of the cycle's tree, each by itself."""
        rows = {row.position: row for row in SnapshotUnit.objects.filter(snapshot=self.cycle.snapshot_id, position__in=list(places))}
        told = self.shape.landings
        return [
            Part(rows[each], Landing(int(told.kinds[each])), told.heirs.get(each, ()), told.gone.get(each, ()), told.events.get(each, 0))
            for each in places
        ]

    def lines(self, unit: SnapshotUnit, parts: Sequence[Part]) -> Int64s:
        """By position of the cycle's tree the number of the part that it belongs to; `len(parts)` for the rest of the unit, -1 for no part
        of it."""
        places = self.shape.landings.places
        below = [(part.unit.position, part.unit.ends_at, number) for number, part in enumerate(parts) if part.landing is None]
        starts, ends, numbers = (np.array(column, np.int64) for column in (zip(*below, strict=True) if below else ((), (), ())))
        index = labels_of(places, starts, ends)
        labels = np.where((places >= unit.position) & (places < unit.ends_at), len(parts), -1)
        if len(numbers):
            labels = np.where(index >= 0, numbers[index], labels)
        for number, part in enumerate(parts):
            if part.landing is not None:
                labels[part.unit.position] = number
        return labels

    def pieces(self, labels: Int64s) -> Pieces:
        """The cycle's tree in pieces that belong to one line each."""
        return pieces_of(labels, self.shape.parents, self.shape.ends)


def subtotals_of(reading: Restructured, labels: Int64s, counts: Sequence[ObligationCounts], width: int, moment: Moment) -> list[Subtotal]:
    """The sums of each line over the accepted reports of the places with its number; `counts`: how the obligations of each stand."""
    cycle, origin = reading.cycle, reading.shape.origin
    if moment.is_past:
        tallies, reported = sums_before(cycle, labels, len(counts), width, moment.at, reports=sum(count.accepted for count in counts))
    else:
        tallies, reported = np.zeros((len(counts), PARTS * width), np.int64), np.zeros(len(counts), np.int64)
        pieces = reading.pieces(labels)
        kept = _kept(cycle, pieces, origin, tallies, reported)
        alone = [*((place, line) for place, line in _pairs(pieces.subtrees, pieces.subtree_lines) if place not in kept)]
        alone += _pairs(pieces.singles, pieces.single_lines)
        _add_own(cycle, dict(alone), tallies, reported, width)
    return [Subtotal(tallies[line].tolist(), int(reported[line]), count.expected) for line, count in enumerate(counts)]


def _pairs(places: Int64s, lines: Int64s) -> list[tuple[int, int]]:
    return list(zip(places.tolist(), lines.tolist(), strict=True))


def _kept(cycle: Cycle, pieces: Pieces, origin: Snapshot, tallies: Int64s, reported: Int64s) -> set[int]:
    """Adds the roll-ups of whole subtrees; answers with the places that have one."""
    line_of = {origin.units[place]: (place, line) for place, line in _pairs(pieces.subtrees, pieces.subtree_lines)}
    inner = [unit for unit, (place, _) in line_of.items() if origin.ends[place] > place + 1]
    found = set()
    for unit, count, tally in Rollup.objects.filter(cycle=cycle, unit__in=inner).values_list("unit_id", "reported", "tally"):
        place, line = line_of[unit]
        tallies[line] += np.array(tally, np.int64)
        reported[line] += count
        found.add(place)
    return found


OWN = """
SELECT owed.position, sent.vector
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
  JOIN reports_revision sent ON sent.id = report.accepted_id
 WHERE owed.cycle_id = %(cycle)s AND owed.position = ANY(%(places)s::int[])
"""


def _add_own(cycle: Cycle, line_of: Mapping[int, int], tallies: Int64s, reported: Int64s, width: int) -> None:
    places = sorted(line_of)
    positions, vectors = read_vectors(connection.connection, OWN, width, {"cycle": cycle.pk, "places": places})
    add_by_line(tallies, reported, np.array([line_of[place] for place in positions.tolist()], np.int64), vectors)


def standings_of(reading: Restructured, labels: Int64s, moment: Moment) -> Standings:
    """How the obligations stand whose positions belong to a line: one scan of the cycle's obligations."""
    inside = np.flatnonzero(labels >= 0)
    if not len(inside):
        return Standings(inside, inside)
    start, end = int(inside[0]), int(inside[-1]) + 1
    return standings(reading.cycle, start, end, moment.at, is_past=moment.is_past).within(labels)


@dataclass(frozen=True)
class PartSums:
    """What stands behind the parts, in their order, behind the whole unit, and how each obligation behind it stands."""

    parts: tuple[tuple[Subtotal, ObligationCounts], ...]
    whole: tuple[Subtotal, ObligationCounts]
    stood: Standings


def sums_of(reading: Restructured, unit: SnapshotUnit, parts: Sequence[Part], width: int, moment: Moment) -> PartSums:
    """Every report of the unit is in exactly one part or in the rest of it, so the parts and the rest add up to the whole."""
    labels = reading.lines(unit, parts)
    stood = standings_of(reading, labels, moment)
    counts = stood.by_line(labels, len(parts) + 1)
    told = list(zip(subtotals_of(reading, labels, counts, width, moment), counts, strict=True))
    return PartSums(tuple(told[:-1]), added_up(told, width), stood)


def sum_alone(reading: Restructured, places: Sequence[int], width: int, moment: Moment) -> tuple[Subtotal, ObligationCounts]:
    """What the reports at these positions of the cycle's tree say together."""
    labels = np.full(len(reading.shape.origin), -1)
    labels[list(places)] = 0
    counts = standings_of(reading, labels, moment).by_line(labels, 1)
    return subtotals_of(reading, labels, counts, width, moment)[0], counts[0]


def added_up(told: Sequence[tuple[Subtotal, ObligationCounts]], width: int) -> tuple[Subtotal, ObligationCounts]:
    """The sum of disjoint lines; zeros where there is none."""
    tally = np.zeros(PARTS * width, np.int64)
    for each, _ in told:
        tally += np.array(each.tally, np.int64)
    columns = [tuple(vars(count).values()) for count in (NONE_OWED, *(count for _, count in told))]
    counts = ObligationCounts(*(sum(column) for column in zip(*columns, strict=True)))
    return Subtotal(tally.tolist(), sum(each.reported for each, _ in told), counts.expected), counts
