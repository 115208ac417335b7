"""Who may look at units. Public bodies are no secret to those who work in their line; people's names and reports are (decision 018).

A line is open to everybody who holds a reading post at a unit standing on it today; the administration's, laid down by law, to every
holder of a reading post; those of the top unit to its keeper, who changes units. Names of people and reports are open as reports are:
to the unit's own people and readers of a unit above.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.access import Person, Unreachable
from kheo.org.models import SnapshotUnit
from kheo.org.queries import is_above, lines_of, lines_standing, tops
from kheo.reports.access import concerned
from kheo.reports.models import Obligation


def lines_to_read(person: Person) -> tuple[Line, ...]:
    """The lines whose units somebody may look at, their own first. To who changes units, without reading anything, those of the top."""
    units = person.reading_units or frozenset(tops(person.units_as(Role.KEEPER), person.on))
    if not units:
        raise Unreachable
    own = lines_standing(units, person.on)
    return tuple(dict.fromkeys((*own, Line.ADMIN)))


def sees_gaps(lines: Collection[Line]) -> bool:
    """Whether where a union is missing, and who answers instead, is a matter of one of these lines."""
    return Line.UNION in lines or Line.AREA_TEAM in lines


@dataclass(frozen=True)
class ReachedUnit:
    """A unit that somebody may look at, and on which lines it stands or stood, as far as they may know."""

    id: int
    lines: tuple[Line, ...]


def unit_to_look_at(person: Person, unit: int) -> ReachedUnit:
    """A unit that stands or stood on a line that is open to the person."""
    open_lines = lines_to_read(person)
    stood = lines_of([unit]).get(unit, frozenset())
    lines = tuple(line for line in open_lines if line in stood)
    if not lines:
        raise Unreachable
    return ReachedUnit(unit, lines)


def reads_people_of(person: Person, unit: int, on: date) -> bool:
    """Whether somebody may read who held posts at a unit on a day: its own people, and readers of a unit then above it.

    A day to come is asked of today's tree: nobody sees people before they are under them.
    """
    return unit in person.reading_units or is_above(person.reading_units, unit, min(on, person.on), Line.UNION)


def reports_of_unit(person: Person, unit: int) -> list[Obligation]:
    """What a unit owed and owes, its own and what it answers for others, as far as somebody may read it; newest due date first.

    By the rule of `report_to_read`; two queries, however many cycles there were.
    """
    related = ("cycle__campaign", "report")
    heavy = ("cycle__plan", "report__figures", "report__narrative")
    owed = Obligation.objects.filter(Q(unit=unit) | Q(filler=unit)).select_related(*related).defer(*heavy).order_by("-due_at", "pk")
    found = list(owed)
    placed = SnapshotUnit.objects.filter(snapshot__in={each.cycle.snapshot_id for each in found}, unit__in={each.unit_id for each in found})
    above = {(row.snapshot_id, row.unit_id): {row.unit_id, *row.ancestors} for row in placed}
    return [each for each in found if _may_read(person, each, above.get((each.cycle.snapshot_id, each.unit_id), set()))]


def _may_read(person: Person, owed: Obligation, line: set[int]) -> bool:
    return not person.reading_units.isdisjoint(line | concerned(owed))
