"""Who may read a cycle in the structure of another day: nobody sees by it a report that is not theirs to read as reported."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import light_cycles, previous_cycle
from kheo.core.restructuring import Bools, Structure
from kheo.core.rollup import Int64s
from kheo.core.unit_kinds import Line
from kheo.org.access import Person, Unreachable
from kheo.org.models import SnapshotUnit
from kheo.reports.access.units import lines_to_read
from kheo.reports.models import Obligation
from kheo.reports.queries.restructured import Restructured
from kheo.reports.queries.restructured_report import ReadBy
from kheo.reports.queries.restructured_walls import Tops, tops_of


@dataclass(frozen=True)
class StructureScope:
    """A unit of another structure whose total somebody may read; `view`: from where they read the cycle as reported; `outside`:
    positions of the cycle's tree whose reports the person reads and that stand above all roots.
    """

    reading: Restructured
    unit: SnapshotUnit
    view: Tops
    outside: tuple[int, ...]


def structure_scope(person: Person, cycle_id: int, structure: Structure, unit_id: int) -> StructureScope:
    """The unit, where every report behind its total is one that the person reads as reported.

    A unit that stands for no report is reached through the nearest one above it that does.
    """
    cycle = light_cycles().filter(pk=cycle_id).first()
    mine = readable_places(person, cycle) if cycle else []
    if cycle is None or not mine or structure.line not in structure_lines(person, cycle):
        raise Unreachable
    reading = Restructured(cycle, structure)
    unit = reading.unit(unit_id)
    if unit is None:
        raise Unreachable
    behind = _behind_or_above(reading, unit)
    is_mine = _mine(reading, mine)
    if not len(behind) or not is_mine[behind].all():
        raise Unreachable
    return StructureScope(
        reading, unit, tops_of(reading.shape.origin, person.reading_units, received_by(person, cycle)), reading.outside(mine)
    )


def structure_lines(person: Person, cycle: Cycle) -> tuple[Line, ...]:
    """The lines in which somebody may read a cycle: those whose units are open to them, and the cycle's own."""
    return tuple(dict.fromkeys((Line(cycle.snapshot.line), *lines_to_read(person))))


def read_by(person: Person, scope: StructureScope) -> ReadBy:
    """What the person may see in the papers of the unit: of the period before only where it is theirs to read in the structure."""
    before = previous_cycle(scope.reading.cycle)
    try:
        earlier = structure_scope(person, before.pk, scope.reading.structure, scope.unit.unit_id) if before else None
    except Unreachable:
        earlier = None
    return ReadBy(scope.view, earlier.reading if earlier else None, earlier.view if earlier else None, scope.outside)


def highest_reached(person: Person, reading: Restructured, unit: SnapshotUnit) -> int | None:
    """The highest unit above this one whose total the person may read as well; None where there is none."""
    is_mine = _mine(reading, readable_places(person, reading.cycle))
    found = None
    for above in reading.units(unit.ancestors).values():
        behind = reading.behind(above)
        if not is_mine[behind].all():
            break
        found = above.unit_id
    return found


def _mine(reading: Restructured, ranges: Sequence[tuple[int, int]]) -> Bools:
    is_mine = np.zeros(len(reading.shape.origin), bool)
    for start, end in ranges:
        is_mine[start:end] = True
    return is_mine


def readable_places(person: Person, cycle: Cycle) -> list[tuple[int, int]]:
    """Ranges of positions of the cycle's tree that a person reads, by the rules of `scope`."""
    units = person.reading_units
    received = received_by(person, cycle)
    rows = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id)
    mine = rows.filter(unit__in=units) | rows.filter(unit__in=received)
    return list(mine.values_list("position", "ends_at"))


def received_by(person: Person, cycle: Cycle) -> list[int]:
    """The units whose reports a person's units receive."""
    rows = Obligation.objects.filter(cycle=cycle, recipient__in=person.reading_units)
    return list(rows.values_list("unit", flat=True))


def _behind_or_above(reading: Restructured, unit: SnapshotUnit) -> Int64s:
    for each in [unit, *reading.units(unit.ancestors).values()]:
        behind = reading.behind(each)
        if len(behind):
            return behind
    return np.array([], np.int64)
