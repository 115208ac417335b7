"""How much stands in each register: what counts, what is open, what is overdue."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kheo.core.registers.words import OPEN_CLASSES, StateClass
from kheo.org.queries import among
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import FEW_UNITS, MOST_COUNTED, Part

CLOSED = frozenset(StateClass) - OPEN_CLASSES - {StateClass.VOID}
_ASKED = "FROM jsonb_to_recordset(%s::jsonb) AS asked (register bigint, open text[], closed text[])"
# Of few units: all of it in one go along the index of the units, which holds states and limits.
_OF_FEW = """
SELECT asked.register, held.open + held.closed, held.open, held.late {asked}
CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE found.state = ANY(asked.open)) AS open,
    count(*) FILTER (WHERE found.state = ANY(asked.closed)) AS closed,
    count(*) FILTER (WHERE found.state = ANY(asked.open) AND found.due_on < %s) AS late
  FROM (SELECT e.state, e.due_on FROM registers_entry AS e WHERE e.register_id = asked.register AND {own}
    UNION ALL SELECT e.state, e.due_on FROM registers_entry AS e WHERE e.register_id = asked.register AND {given}) AS found) AS held
"""
# Of many: each number from the index by state, and no further than is told: a million entries are not counted for a page that names
# thirteen books. State by state, so that the index is read from where each begins. What is open is counted once: of the rest what is
# still told.
_OF_MANY = """
SELECT asked.register, still.number + rest.number, still.number, late.number {asked}
CROSS JOIN LATERAL (SELECT count(*) AS number FROM ({open} LIMIT %s) AS found) AS still
CROSS JOIN LATERAL (SELECT count(*) AS number FROM ({closed} LIMIT %s - still.number) AS found) AS rest
CROSS JOIN LATERAL (SELECT count(*) AS number FROM ({late} LIMIT %s) AS found) AS late
"""
_ENTRIES = """SELECT FROM unnest(asked.{states}) AS each (state)
  CROSS JOIN LATERAL (SELECT FROM registers_entry AS e
    WHERE e.register_id = asked.register AND e.state = each.state AND {own} OFFSET 0) AS e
  UNION ALL SELECT FROM registers_entry AS e WHERE e.register_id = asked.register AND e.state = ANY(asked.{states}) AND {given}"""


@dataclass(frozen=True)
class Standing:
    """Entries that count, those still open, and of these those overdue; one more than `MOST_COUNTED` where there are more."""

    whole: int = 0
    open: int = 0
    late: int = 0


def standings(
    books: Iterable[Book], units: Collection[int] | None, given: Collection[int], today: date, *, most: int | None = MOST_COUNTED
) -> dict[int, Standing]:
    """By register, of the entries of these units (None: of all) and of those given to some: one query. `most` None: to the end."""
    asked = [
        {
            "register": each.register.pk,
            "open": [state.code for state in each.definition.states if state.meaning in OPEN_CLASSES],
            "closed": [state.code for state in each.definition.states if state.meaning in CLOSED],
        }
        for each in books
    ]
    own, given_too = _apart(units, given)
    if units is not None and len(units) <= FEW_UNITS:
        statement = _OF_FEW.format(asked=_ASKED, own=own[0], given=given_too[0])
        rows = _read(statement, [json.dumps(asked), today, *own[1], *given_too[1]])
    else:
        rows = _of_many(json.dumps(asked), own, given_too, today, None if most is None else most + 1)
    limit = sum(whole for _, whole, _, _ in rows) if most is None else most + 1
    return {register: Standing(*(min(each, limit) for each in numbers)) for register, *numbers in rows if numbers[0]}


def _of_many(asked: str, own: Part, given: Part, today: date, limit: int | None) -> list[tuple[int, ...]]:
    parts, values = dict[str, str](), list[Any]()
    for name, states, late in (("open", "open", False), ("closed", "closed", False), ("late", "open", True)):
        further, day = (" AND e.due_on < %s", [today]) if late else ("", [])
        parts[name] = _ENTRIES.format(states=states, own=own[0] + further, given=given[0] + further)
        values += [*own[1], *day, *given[1], *day, limit]
    return _read(_OF_MANY.format(asked=_ASKED, **parts), [asked, *values])


def _apart(units: Collection[int] | None, given: Collection[int]) -> tuple[Part, Part]:
    """The units' own, and what is given to some that is not: with “or given to” no index would answer, and the entries would be read."""
    if units is None:
        return ("TRUE", []), ("FALSE", [])
    own = among("e.owner_id", units)
    handed = among("e.handler_id", given)
    return own, (f"{handed[0]} AND NOT {own[0]}", [*handed[1], *own[1]]) if given else ("FALSE", [])


def _read(statement: str, values: list[Any]) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
