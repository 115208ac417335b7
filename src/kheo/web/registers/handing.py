"""The units that a field or an act can name: those where the person holds a post, and the ones directly below."""

from kheo.core.unit_kinds import Line
from kheo.org.access import Person
from kheo.org.queries import below, names_around

MOST = 500


def units_offered(person: Person) -> dict[int, str]:
    """By number, their names: own units first."""
    own = sorted(person.reading_units)
    names = dict(names_around(own, person.on))
    for unit in own:
        names |= {each.id: each.name for each in below(person.on, Line.UNION, unit, most=MOST)}
    return names
