"""The entries that a list asks for, of those that somebody reads."""

from dataclasses import dataclass, replace
from datetime import date

from kheo.core.registers.asking import BELOW_OWN, HANDED, ON_GROUND, OWN_UNITS, scopes
from kheo.core.registers.columns import Asked, Query
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.words import StateClass
from kheo.org.access import Person, Unreachable
from kheo.org.queries import living
from kheo.registers.access.lists import Sight, sight, units_below
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.wanted import Wanted, states_of, wanted_of


@dataclass(frozen=True)
class Listed:
    """What somebody asks for, and what is read of it."""

    looking: Sight
    found: EntryList


def entries_to_read(person: Person, book: Book, query: Query, *, unit: int | None = None, all_states: bool = False) -> Listed:
    """The list that a query asks for; `unit`: with all below it. What does not count only where a state or a text is asked for,
    or `all_states`. Raises Unreachable for a unit that is not this person's."""
    whole = looking = sight(person, walled=book.definition.walled)
    if unit is not None:
        looking = whole.within(units_below(unit, person))
        if not looking.units or unit not in looking.units or not living([unit], person.on):
            raise Unreachable
    wanted = wanted_for(book, query, whole, looking, person.on)
    if all_states:
        wanted = replace(wanted, states=states_of(book.definition, query))
    return Listed(looking, EntryList(book, wanted))


def wanted_for(book: Book, asked: Query, whole: Sight, looking: Sight, today: date) -> Wanted:
    """What an address asks for, of what is read: of `looking`, a part of the `whole`. What does not count only by name."""
    wanted = wanted_of(book, asked, looking.units, today)
    wanted = replace(wanted, handlers=looking.given if looking.units is not None else ())
    scope = next(iter(asked.get(Asked.SCOPE, ())), "")
    if scope == OWN_UNITS:
        own = whole.given if looking.units is None else looking.units & whole.given
        wanted = replace(wanted, units=own, handlers=looking.given)
    elif scope == BELOW_OWN:
        wanted = replace(wanted, outside=whole.given, handlers=())
    elif scope == HANDED:
        given = whole.given if looking is whole else looking.units or frozenset()
        wanted = replace(wanted, units=whole.units, handlers=whole.given if whole.units is not None else (), given=given)
    elif scope == ON_GROUND and scope in scopes(book.definition):
        wanted = replace(wanted, on_ground=True, handlers=())
    if not wanted.states and not wanted.text:
        wanted = replace(wanted, states=counted_states(book.definition))
    return wanted


def counted_states(definition: RegisterDefinition) -> tuple[str, ...]:
    """All but those in which an entry does not count."""
    return tuple(state.code for state in definition.states if state.meaning is not StateClass.VOID)
