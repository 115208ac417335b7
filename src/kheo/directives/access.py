"""Who may reach which book and paper. Not yours and not there look alike (`Unreachable`)."""

from dataclasses import dataclass

from kheo.core.workflow import Role
from kheo.directives.models import Arrival, ChainRow, Directive, Drafting, Issue, Passing
from kheo.directives.queries import arrival_by_id, directive_by_id, issue_by_id
from kheo.directives.queries.chain import passing_by_id, place_in_chain
from kheo.directives.queries.drafting import drafting_by_id
from kheo.org.access import Person, Unreachable
from kheo.org.queries import reach

# NĐ 30/2020, điều 4: the head answers for the office's papers, whoever does the clerical work writes the books.
WRITERS = (Role.OFFICER, Role.HEAD)


@dataclass(frozen=True)
class Book:
    """The books of a unit for one person."""

    unit: int
    may_write: bool


def writing_units(person: Person) -> frozenset[int]:
    """The units whose books somebody writes."""
    return person.units_as(*WRITERS)


def reads_unit(person: Person, unit: int) -> bool:
    """Whether a unit's books are for this person's eyes: of an own unit or of one below it."""
    units = person.reading_units
    return unit in units or (bool(units) and unit in reach(units, person.on).whole)


def book_to_read(person: Person, unit: int) -> Book:
    """The books of a unit."""
    if not reads_unit(person, unit):
        raise Unreachable
    return Book(unit, unit in writing_units(person))


def book_to_write(person: Person, unit: int) -> Book:
    """The same, to write in them."""
    if unit not in writing_units(person):
        raise Unreachable
    return Book(unit, True)


def arrival_to_read(person: Person, number: int) -> Arrival:
    """An arrival with its paper."""
    found = arrival_by_id(number)
    if found is None or not reads_unit(person, found.unit_id):
        raise Unreachable
    return found


def arrival_to_write(person: Person, number: int) -> Arrival:
    """The same, to write of it."""
    found = arrival_by_id(number)
    if found is None or found.unit_id not in writing_units(person):
        raise Unreachable
    return found


def arrival_to_note(person: Person, number: int) -> Arrival:
    """The same, to say how far it is: for whoever writes the unit's books, and for the person whose hands it is in."""
    found = arrival_to_read(person, number)
    if found.handler_user_id != person.user_id and found.unit_id not in writing_units(person):
        raise Unreachable
    return found


def issue_to_read(person: Person, number: int) -> Issue:
    """An outgoing paper with what it says."""
    found = issue_by_id(number)
    if found is None or not reads_unit(person, found.unit_id):
        raise Unreachable
    return found


def issue_to_write(person: Person, number: int) -> Issue:
    """The same, to write of it."""
    found = issue_by_id(number)
    if found is None or found.unit_id not in writing_units(person):
        raise Unreachable
    return found


def directive_to_read(person: Person, number: int) -> Directive:
    """A paper that an own or lower unit keeps, received or was sent."""
    found = directive_by_id(number)
    if found is None or not reads_directive(person, found):
        raise Unreachable
    return found


def reads_directive(person: Person, directive: Directive) -> bool:
    """Whether a paper is for this person's eyes."""
    units = person.reading_units
    if not units:
        return False
    if directive.keeper_id in units:
        return True
    whole = reach(units, person.on).whole
    if directive.keeper_id in whole:
        return True
    came_to = directive.arrivals.values_list("unit_id", flat=True)
    sent_to = directive.issue.passings.values_list("unit_id", flat=True) if hasattr(directive, "issue") else ()
    return not whole.isdisjoint(came_to) or not whole.isdisjoint(sent_to)


def directive_to_write(person: Person, number: int) -> Directive:
    """A paper that the person's own unit wrote into Khéo."""
    found = directive_by_id(number)
    if found is None or found.keeper_id not in writing_units(person):
        raise Unreachable
    return found


def passing_to_read(person: Person, number: int) -> Passing:
    """A letter on its way to a unit."""
    found = passing_by_id(number)
    if found is None or not reads_unit(person, found.unit_id):
        raise Unreachable
    return found


def passing_to_write(person: Person, number: int) -> Passing:
    """The same, to acknowledge it."""
    found = passing_by_id(number)
    if found is None or found.unit_id not in writing_units(person):
        raise Unreachable
    return found


def chain_to_read(person: Person, root: int, unit: int) -> ChainRow:
    """The place of an own or lower unit in a chain, from which everything below it is shown."""
    found = place_in_chain(root, unit) if reads_unit(person, unit) else None
    if found is None:
        raise Unreachable
    return found


def drafting_units(person: Person) -> frozenset[int]:
    """The units for which somebody drafts campaigns: the campaign office, and whoever writes the books of a unit."""
    return person.units_as(*WRITERS, Role.OFFICE)


def unit_to_draft_for(person: Person) -> int:
    """The unit in whose name a new draft is made: where the person holds the office, else the first of the others."""
    units = sorted(person.units_as(Role.OFFICE)) or sorted(drafting_units(person))
    if not units:
        raise Unreachable
    return units[0]


def drafting_to_write(person: Person, number: int) -> Drafting:
    """A draft of an own unit; one that was given up is there no more."""
    found = drafting_by_id(number)
    if found is None or found.state == "discarded" or found.unit_id not in drafting_units(person):
        raise Unreachable
    return found


def drafting_to_publish(person: Person, number: int) -> Drafting:
    """The same, for the campaign office of its unit: nobody else makes a campaign of it."""
    found = drafting_to_write(person, number)
    if found.unit_id not in person.units_as(Role.OFFICE):
        raise Unreachable
    return found
