"""Whose entries somebody reads in lists: exactly those that `entry_to_read` opens for what the person is, not for what they may do once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kheo.core.holding import READERS
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.sealing import is_sealed, sealed_fields
from kheo.core.registers.words import Scope
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.access import Person, Unreachable
from kheo.org.queries import Within, count_below, left_to, lines_standing, reach, tops
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book, register_definition

_WORKING = READERS - {Role.AUDITOR}


@dataclass(frozen=True)
class Sight:
    """The units whose entries are read (None: of all), those to which entries are given, and those of which personal data is shown."""

    units: frozenset[int] | None
    given: frozenset[int]
    near: frozenset[int] | None
    given_near: frozenset[int]

    def reads(self, entry: Entry) -> bool:
        """Whether the entry stands in this person's lists."""
        return self.units is None or entry.owner_id in self.units or entry.handler_id in self.given

    def sees_personal(self, entry: Entry) -> bool:
        """Whether what is personal in the entry is shown; as long as it may be judged blind, to those inside alone."""
        inside = entry.owner_id in self.given_near or entry.handler_id in self.given_near
        near = self.near is None or entry.owner_id in self.near
        return inside or (near and entry.state not in register_definition(entry.edition_id).blind_in)

    def unseen(self, entry: Entry) -> frozenset[str]:
        """The fields of the entry that are not shown: what is personal, unless that is, and what is sealed from here."""
        definition = register_definition(entry.edition_id)
        sealed = sealed_fields(definition, entry.state, self._sides(entry)) if definition.seals else frozenset()
        return sealed if self.sees_personal(entry) else sealed | definition.personal

    def tells_numbers_of(self, entry: Entry, line: str) -> bool:
        """Whether the numbers of such lines of the entry are shown, where its lines are: as its own edition has them, not the newest."""
        own = register_definition(entry.edition_id)
        kind = own.by_line.get(line)
        return kind is not None and not is_sealed(own, kind, entry.state, self._sides(entry))

    def _sides(self, entry: Entry) -> frozenset[Scope]:
        sides = ((entry.owner_id, Scope.OWN), (entry.handler_id, Scope.HANDLER))
        return frozenset(side for unit, side in sides if unit in self.given_near)

    def within(self, units: frozenset[int]) -> "Sight":
        """Narrowed to some units."""
        return Sight(units if self.units is None else self.units & units, frozenset(), self.near, self.given_near)


def sight(person: Person, *, walled: bool = False) -> Sight:
    """What this person reads today; what an ended unit left is read with its heirs, or the unit above (decision 027).

    `walled`: of a register behind the wall, single entries are read at their own unit alone; above there are figures, small ones hidden.
    """
    reading, near = person.reading_units, person.units_as(*_WORKING)
    own = _and_before(reading, person)
    own_near = own if near == reading else _and_before(near, person)
    if walled:
        return Sight(own, own, own_near, own_near)
    whole = _below(reading, person)
    return Sight(whole, own, whole if near == reading else _below(near, person), own_near)


def sight_without_persons(on: date, unit: int | None = None) -> Sight:
    """What leaves for nobody in particular: every entry (of a unit and those below it), nothing personal in it."""
    units = reach([unit], on).whole if unit is not None else None
    return Sight(units, frozenset(), frozenset(), frozenset())


def _below(units: Collection[int], person: Person) -> frozenset[int] | None:
    """These units, all below, and those that left them their entries; None where that is the whole line: then nothing is looked up."""
    standing = tops(units, person.on) if units else []
    if standing and len(standing) == count_below(person.on, Line.UNION, None):
        return None
    return reach(units, person.on).whole if units else frozenset()


def _and_before(units: Collection[int], person: Person) -> frozenset[int]:
    return frozenset(units).union(left_to(units, Within(person.on)))


def units_below(unit: int, person: Person) -> frozenset[int]:
    """A unit with all below it and what those that ended left to them."""
    return reach([unit], person.on).whole


def keeps_books(person: Person) -> bool:
    """Whether registers are this person's matter at all: a reading post at a unit of the line that keeps them."""
    return bool(person.reading_units) and Line.UNION in lines_standing(person.reading_units, person.on)


def book_to_read(person: Person, code: str) -> Book:
    """A register, for everybody who reads entries anywhere. Raises Unreachable."""
    found = book(code) if keeps_books(person) else None
    if found is None:
        raise Unreachable
    return found


def writing_units(person: Person, definition: RegisterDefinition) -> list[int]:
    """The units for which this person may write new entries."""
    roles = [role for doer in definition.edit if doer.scope is Scope.OWN for role in doer.roles]
    return sorted(person.units_as(*roles)) if roles else []
