"""The units that a field or an act can name."""

from typing import Any

from kheo.core.numbers import format_int
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.values import Values
from kheo.core.unit_kinds import Line
from kheo.org.access import Person
from kheo.org.queries import below, names_around
from kheo.registers.access import ReachedEntry, Receivers, receivers_for, receivers_for_many, superior_over
from kheo.registers.actions.recording import named_units

MOST = 500
FEW = 12  # more are looked through by a search field, as in relaying


def units_offered(person: Person, definition: RegisterDefinition, held: Values) -> dict[int, str]:
    """Those where the person holds a post, and the ones directly below: by number, their names, own units first.

    And those that the entry names already: they stay, whoever changes something else.
    """
    own = sorted(person.reading_units)
    names = dict(names_around(own, person.on))
    for unit in own:
        names |= {each.id: each.name for each in below(person.on, Line.UNION, unit, most=MOST)}
    named = set(named_units(definition, held).values())
    return names | names_around([unit for unit in named if isinstance(unit, int) and unit not in names], person.on)


def handing(person: Person, reached: ReachedEntry, act: ActDef) -> dict[str, Any]:
    """For `registers/_handing.html`: to whom an act can hand an entry, or the unit that it goes up to."""
    if act.handing == "up":
        above = superior_over(reached.entry, person.on)
        return {"goes_up": True, "up_to": names_around([above], person.on).get(above, "") if above else ""}
    return _choice(receivers_for(person, reached, act)) if act.chooses_unit else {}


def handing_many(person: Person, act: ActDef) -> dict[str, Any]:
    """The same of an act on many: each is asked again when it is done."""
    if act.handing == "up":
        return {"goes_up": True, "each_up": True}
    return _choice(receivers_for_many(person, act)) if act.chooses_unit else {}


def _choice(receivers: Receivers) -> dict[str, Any]:
    units = receivers.offered()
    return {"hands_on": True, "units": units.items(), "is_long_list": len(units) > FEW, "count": format_int(len(units))}
