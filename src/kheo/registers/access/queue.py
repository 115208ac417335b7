"""What waits for somebody in the registers: what an act of theirs leads on, at their own unit and at those directly below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.access import Person
from kheo.org.queries import Within, below, left_to
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.work import SOON, Side, tasks_of

MOST, MOST_BELOW = 100, 500
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
        for task in tasks_of(book.definition):
            if units := near.units(task.roles, under=task.under):
                found.setdefault((book.register.pk, task.side, units, task.is_due_only), {}).update(dict.fromkeys(task.states))
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
