"""What waits for somebody in the registers: what an act of theirs leads on, at their own unit and at those directly below."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kheo.core.definition.conditions import Condition
from kheo.core.registers.words import OPEN_CLASSES
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.access import Person
from kheo.org.queries import Within, left_to, units_below
from kheo.registers.models import Entry
from kheo.registers.queries.conditions import where
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.work import CASE, SOON, Side, tasks_of

MOST, MOST_BELOW = 100, 500


@dataclass(frozen=True)
class Waits:
    """How many entries of a register wait, how many of them are overdue, how many behind with being looked at again."""

    count: int
    late: int = 0
    behind: int = 0


@dataclass(frozen=True)
class Duty:
    """Entries of these units in these states; the rest as of `queries.work.Task`."""

    register: int
    side: Side
    units: tuple[int, ...]
    states: tuple[str, ...]
    is_due_only: bool
    only_if: tuple[Condition, ...]
    cases: tuple[int, ...] | None


@dataclass(frozen=True)
class Queue:
    """What waits, overdue first, up to a page; and by register how much there is of it in all."""

    entries: Sequence[Entry]
    waits: Mapping[int, Waits]


def queue(person: Person, books: Iterable[Book], *, with_entries: bool = True) -> Queue:
    """Two queries beside those for the units below, whatever the number of registers and entries."""
    kept = list(books)
    duties = duties_of(person, kept)
    if not duties:
        return Queue((), {})
    asked = _asked(duties, kept, person)
    return Queue(_entries(asked) if with_entries else (), _waits(asked, kept, person))


def duties_of(person: Person, books: Iterable[Book]) -> list[Duty]:
    """What this person has to lead on, by register, side and units."""
    near = _Near(person)
    found: dict[tuple[int, Side, tuple[int, ...], bool, tuple[Condition, ...], tuple[int, ...] | None], dict[str, None]] = {}
    for book in books:
        for task in tasks_of(book.definition):
            if units := near.units(task.roles, under=task.under):
                key = (book.register.pk, task.side, units, task.is_due_only, task.only_if, task.case_numbers)
                found.setdefault(key, {}).update(dict.fromkeys(task.states))
    return [Duty(*key[:3], tuple(states), *key[3:]) for key, states in found.items()]


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
            wanted = {each for unit in held for each in units_below(on, Line.UNION, unit, MOST_BELOW)} if under else set(held)
            self._kept[key] = tuple(sorted(wanted | left_to(wanted, Within(on)).keys()))
        return self._kept[key]


# Each duty is looked up by itself along the index of its units: as one long condition the planner weighed every index for every part.
_DUE = """
WITH due AS (
  SELECT e.id, e.register_id, e.state, e.due_on
  FROM jsonb_to_recordset(%s::jsonb) AS duty
    (register bigint, side text, units bigint[], states text[], last date, cases integer[], kind integer)
  CROSS JOIN LATERAL (
    SELECT e.* FROM registers_entry AS e
    WHERE duty.side = 'owner_id' AND e.register_id = duty.register AND e.owner_id = ANY(duty.units) AND e.state = ANY(duty.states)
    UNION ALL
    SELECT e.* FROM registers_entry AS e
    WHERE duty.side = 'handler_id' AND e.register_id = duty.register AND e.handler_id = ANY(duty.units) AND e.state = ANY(duty.states)
  ) AS e
  WHERE (duty.last IS NULL OR e.due_on <= duty.last) AND (duty.cases IS NULL OR {case} = ANY(duty.cases)) AND {kinds}
)
"""
_FIRST = (
    "SELECT e.* FROM (SELECT DISTINCT id FROM due) AS due JOIN registers_entry AS e USING (id) ORDER BY e.due_on NULLS LAST, e.id LIMIT %s"
)
_COUNTED = """SELECT register_id, state, count(*), count(*) FILTER (WHERE due_on < %s)
  FROM (SELECT DISTINCT id, register_id, state, due_on FROM due) AS e GROUP BY register_id, state"""


def _asked(duties: Sequence[Duty], books: Iterable[Book], person: Person) -> tuple[str, list[Any]]:
    """The entries of all duties, as `due`, with its values: one statement."""
    last = (person.on + SOON).isoformat()
    kinds = list(dict.fromkeys((each.register, each.only_if) for each in duties if each.only_if))
    rows = [
        {
            "register": each.register,
            "side": each.side,
            "units": each.units,
            "states": each.states,
            "last": last if each.is_due_only else None,
            "cases": each.cases,
            "kind": kinds.index((each.register, each.only_if)) if each.only_if else None,
        }
        for each in duties
    ]
    definitions = {each.register.pk: each.definition for each in books}
    parts = [where(definitions[register], conditions) for register, conditions in kinds]
    # Each condition is tried on entries of its own register alone: what another holds under the same key may be of another type.
    tried = "".join(f" WHEN duty.kind = {number} THEN true{sql}" for number, (sql, _) in enumerate(parts))
    due = _DUE.format(case=CASE, kinds=f"CASE{tried} ELSE true END" if tried else "true")
    return due, [json.dumps(rows), *(value for _, held in parts for value in held)]


def _entries(asked: tuple[str, list[Any]]) -> list[Entry]:
    due, values = asked
    return list(Entry.objects.raw(due + _FIRST, [*values, MOST]))


def _waits(asked: tuple[str, list[Any]], books: Iterable[Book], person: Person) -> dict[int, Waits]:
    due, values = asked
    by_state = {each.register.pk: each.definition.by_state for each in books}
    found: dict[int, Waits] = {}
    with connection.cursor() as cursor:
        cursor.execute(due + _COUNTED, [*values, person.on])
        for register, state, count, past in cursor.fetchall():
            told, is_open = found.get(register, Waits(0)), by_state[register][state].meaning in OPEN_CLASSES
            late, behind = (past, 0) if is_open else (0, past)
            found[register] = Waits(told.count + count, told.late + late, told.behind + behind)
    return found
