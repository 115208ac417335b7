"""Who may say what is done about a ward without a union: the people of the team that answers for it, and the top unit's office."""

from kheo.core.workflow import Role
from kheo.org.access import Person, Unreachable
from kheo.org.models import UnitKind, in_force
from kheo.org.queries import gap_of, tops
from kheo.org.queries.gaps import TEAM, Gap

ANSWERING = (Role.HEAD, Role.OFFICER)


def teams_of(person: Person) -> frozenset[int]:
    """The area teams in whose name somebody answers."""
    units = person.units_as(*ANSWERING)
    return (
        frozenset(UnitKind.objects.filter(in_force(person.on), kind=TEAM, unit__in=units).values_list("unit", flat=True))
        if units
        else units
    )


def answers_for_all(person: Person) -> int | None:
    """The top unit in whose name somebody answers for every ward, those for which nobody does included."""
    return next(iter(tops(person.units_as(Role.OFFICE), person.on)), None)


def gap_to_answer(person: Person, unit: int) -> tuple[Gap, int]:
    """A ward without a union today, and the unit in whose name this person may say what is done about it."""
    found = gap_of(unit, person.on)
    if found is None:
        raise Unreachable
    team = found.team.id if found.team is not None and found.team.id in person.units_as(*ANSWERING) else None
    acting = team or answers_for_all(person)
    if acting is None:
        raise Unreachable
    return found, acting
