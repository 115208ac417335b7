"""How much stands in each register: what counts, what is open, what is overdue."""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kheo.core.registers.words import OPEN_CLASSES, StateClass
from kheo.org.queries import among
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.known_more import is_more, key_of, remember
from kheo.registers.queries.listing import FEW_UNITS, MOST_COUNTED, Part
from kheo.registers.queries.rows import rows_of

_MOST = ("most_whole", "most_open", "most_late")  # how far each is counted, in the order of `Standing`
CLOSED = frozenset(StateClass) - OPEN_CLASSES - {StateClass.VOID}
_ASKED = """FROM jsonb_to_recordset(%s::jsonb) AS asked
  (register bigint, open text[], closed text[], most_open bigint, most_whole bigint, most_late bigint)"""
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
# still told. What is known to be more is not counted at all.
_OF_MANY = """
SELECT asked.register, still.number + rest.number, still.number, late.number {asked}
CROSS JOIN LATERAL (SELECT count(*) AS number FROM ({open} LIMIT asked.most_open) AS found) AS still
CROSS JOIN LATERAL (SELECT count(*) AS number FROM ({closed}
  LIMIT CASE WHEN asked.most_whole < still.number THEN 0 ELSE asked.most_whole - still.number END) AS found) AS rest
CROSS JOIN LATERAL (SELECT count(*) AS number FROM ({late} LIMIT asked.most_late) AS found) AS late
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
    asked: list[dict[str, Any]] = [
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
        rows = rows_of(statement, [json.dumps(asked), today, *own[1], *given_too[1]])
    elif most is None:
        rows = _of_many([each | dict.fromkeys(_MOST) for each in asked], own, given_too, today)
    else:
        rows = _known_or_counted(asked, (units, given), most, lambda left: _of_many(left, own, given_too, today), today)
    limit = sum(whole for _, whole, _, _ in rows) if most is None else most + 1
    return {register: Standing(*(min(each, limit) for each in numbers)) for register, *numbers in rows if numbers[0]}


def _known_or_counted(
    asked: list[dict[str, Any]],
    whose: tuple[Collection[int] | None, Collection[int]],
    most: int,
    counted: Callable[[list[dict[str, Any]]], list[tuple[int, ...]]],
    today: date,
) -> list[tuple[int, ...]]:
    """Each number up to one more than `most`; what was found to be more a short while ago is not counted again."""
    keys = {each["register"]: [key_of(each["register"], whose, most, name, today) for name in _MOST] for each in asked}
    known = {register: [is_more(key) for key in found] for register, found in keys.items()}
    known = {register: [whole or still, still, late] for register, (whole, still, late) in known.items()}
    limits = {register: [0 if more else most + 1 for more in found] for register, found in known.items()}
    found = []
    for register, *numbers in counted([each | dict(zip(_MOST, limits[each["register"]], strict=True)) for each in asked]):
        for number, key in zip(numbers, keys[register], strict=True):
            if number > most:
                remember(key)
        found.append((register, *(most + 1 if more else number for more, number in zip(known[register], numbers, strict=True))))
    return found


def _of_many(asked: list[dict[str, Any]], own: Part, given: Part, today: date) -> list[tuple[int, ...]]:
    parts, values = dict[str, str](), list[Any]()
    for name, states, late in (("open", "open", False), ("closed", "closed", False), ("late", "open", True)):
        further, day = (" AND e.due_on < %s", [today]) if late else ("", [])
        parts[name] = _ENTRIES.format(states=states, own=own[0] + further, given=given[0] + further)
        values += [*own[1], *day, *given[1], *day]
    return rows_of(_OF_MANY.format(asked=_ASKED, **parts), [json.dumps(asked), *values])


def _apart(units: Collection[int] | None, given: Collection[int]) -> tuple[Part, Part]:
    """The units' own, and what is given to some that is not: with “or given to” no index would answer, and the entries would be read."""
    if units is None:
        return ("TRUE", []), ("FALSE", [])
    own = among("e.owner_id", units)
    handed = among("e.handler_id", given)
    return own, (f"{handed[0]} AND NOT {own[0]}", [*handed[1], *own[1]]) if given else ("FALSE", [])
