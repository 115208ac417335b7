"""What waits for somebody in the registers: what an act of theirs leads on, at their own unit and at those directly below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.db import connection

from kheo.core.registers.models import ActDef, Doer, RegisterDefinition
from kheo.core.registers.words import Scope, StateClass
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.access import Person
from kheo.org.queries import Within, below, left_to
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book

MOST, MOST_BELOW = 100, 500
SOON = timedelta(days=7)
Side = Literal["owner_id", "handler_id"]
# The entries that are the work of who stands there: those of their own units, those given to them, those of the units directly below.
_SIDES: Mapping[Scope, tuple[Side, bool]] = {
    Scope.OWN: ("owner_id", False),
    Scope.HANDLER: ("handler_id", False),
    Scope.ABOVE: ("owner_id", True),
}
_WAITING = (StateClass.DRAFT, StateClass.WAITING_ON_US)


@dataclass(frozen=True)
class Waits:
    """How many entries of a register wait, and how many of them are overdue."""

    count: int
    late: int


@dataclass(frozen=True)
class Duty:
    """Entries of these units in these states; `is_due_only`: those whose limit ends within a week, or has ended."""

    register: int
    side: Side
    units: tuple[int, ...]
    states: tuple[str, ...]
    is_due_only: bool


@dataclass(frozen=True)
class Queue:
    """What waits, overdue first, up to a page; and by register how much there is of it in all."""

    entries: Sequence[Entry]
    waits: Mapping[int, Waits]


def queue(person: Person, books: Iterable[Book], *, with_entries: bool = True) -> Queue:
    """Two queries beside those for the units below, whatever the number of registers and entries."""
    duties = duties_of(person, books)
    if not duties:
        return Queue((), {})
    sql, values = _where(duties, person)
    return Queue(_entries(sql, values) if with_entries else (), _waits(sql, values, person))


def duties_of(person: Person, books: Iterable[Book]) -> list[Duty]:
    """What this person has to lead on, by register, side and units."""
    near = _Near(person)
    found: dict[tuple[int, Side, tuple[int, ...], bool], dict[str, None]] = {}
    for book in books:
        for act in book.definition.acts:
            for doer in act.by:
                for side, units, states, due_only in _duty(act, doer, book.definition, near):
                    if units and states:
                        found.setdefault((book.register.pk, side, units, due_only), {}).update(dict.fromkeys(states))
    return [Duty(register, side, units, tuple(states), due) for (register, side, units, due), states in found.items()]


class _Near:
    """Units by the roles held at them, looked up once."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._kept: dict[tuple[frozenset[Role], bool], tuple[int, ...]] = {}

    def units(self, roles: Iterable[Role], *, under: bool) -> tuple[int, ...]:
        """Those where one of these roles is held, with what they followed; `under`: the units directly below them."""
        key = (frozenset(roles), under)
        if key not in self._kept:
            held = self.person.units_as(*key[0])
            on = self.person.on
            wanted = {each.id for unit in held for each in below(on, Line.UNION, unit, most=MOST_BELOW)} if under else set(held)
            self._kept[key] = tuple(sorted(wanted | left_to(wanted, Within(on)).keys()))
        return self._kept[key]


def _duty(
    act: ActDef, doer: Doer, definition: RegisterDefinition, near: _Near
) -> Iterable[tuple[Side, tuple[int, ...], tuple[str, ...], bool]]:
    """What a line of the table of acts makes the work of whom.

    Acts that lead on; above only what waits to be decided; and what comes again and again, when its time comes. What other units may do
    (`other`) is nobody's work: they find it where they are, and read of it only that one entry. What the office picks out of everything
    (`office`) stands in the lists that come with a register.
    """
    if doer.scope not in _SIDES:
        return
    side, under = _SIDES[doer.scope]
    units = near.units(doer.roles, under=under)
    if any(clock.repeats and act.code in clock.met_by for clock in definition.clocks):
        yield side, units, act.states, True
    if act.to is None:
        return
    if under:
        yield side, units, _of(definition, act.states, (StateClass.WAITING_ON_US,)), False
    elif definition.by_state[act.to].meaning not in (StateClass.DONE_BAD, StateClass.VOID):
        onward = tuple(state for state in act.states if definition.order[act.to] > definition.order[state])
        yield side, units, _of(definition, onward, _WAITING), False
        yield side, units, _of(definition, onward, (StateClass.WAITING_ON_THEM,)), True


def _of(definition: RegisterDefinition, states: Iterable[str], meanings: Sequence[StateClass]) -> tuple[str, ...]:
    return tuple(state for state in states if definition.by_state[state].meaning in meanings)


def _where(duties: Iterable[Duty], person: Person) -> tuple[str, list[Any]]:
    parts, values = list[str](), list[Any]()
    for duty in duties:
        due = " AND e.due_on <= %s" if duty.is_due_only else ""
        parts.append(f"(e.register_id = %s AND e.{duty.side} = ANY(%s::bigint[]) AND e.state = ANY(%s){due})")
        values += [duty.register, list(duty.units), list(duty.states), *([person.on + SOON] if due else [])]
    return " OR ".join(parts), values


def _entries(sql: str, values: list[Any]) -> list[Entry]:
    statement = f"SELECT e.* FROM registers_entry AS e WHERE {sql} ORDER BY e.due_on NULLS LAST, e.id LIMIT {MOST}"  # noqa: S608
    return list(Entry.objects.raw(statement, values))


def _waits(sql: str, values: list[Any], person: Person) -> dict[int, Waits]:
    statement = f"""SELECT e.register_id, count(*), count(*) FILTER (WHERE e.due_on < %s)
        FROM registers_entry AS e WHERE {sql} GROUP BY e.register_id"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [person.on, *values])
        return {register: Waits(count, late) for register, count, late in cursor.fetchall()}
