"""How much stands in each register: what counts, what is open, what is overdue."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kheo.core.registers.words import OPEN_CLASSES, StateClass
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import MOST_COUNTED, whose

# Each count by itself, from an index, and no further than is told: a million entries are not counted for a page that names thirteen books.
_COUNTED = """
SELECT asked.register, held.whole, held.open, held.late
FROM jsonb_to_recordset(%s::jsonb) AS asked (register bigint, counts text[], open text[])
CROSS JOIN LATERAL (SELECT
  (SELECT count(*) FROM (SELECT FROM registers_entry AS e
    WHERE e.register_id = asked.register AND e.state = ANY(asked.counts) AND {units} LIMIT %s) AS found) AS whole,
  (SELECT count(*) FROM (SELECT FROM registers_entry AS e
    WHERE e.register_id = asked.register AND e.state = ANY(asked.open) AND {units} LIMIT %s) AS found) AS open,
  (SELECT count(*) FROM (SELECT FROM registers_entry AS e
    WHERE e.register_id = asked.register AND e.state = ANY(asked.open) AND e.due_on < %s AND {units} LIMIT %s) AS found) AS late) AS held
"""


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
    sql, values = ("TRUE", list[Any]()) if units is None else whose(units, given)
    asked = [
        {
            "register": each.register.pk,
            "counts": [state.code for state in each.definition.states if state.meaning is not StateClass.VOID],
            "open": [state.code for state in each.definition.states if state.meaning in OPEN_CLASSES],
        }
        for each in books
    ]
    limit = None if most is None else most + 1
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(units=sql), [json.dumps(asked), *values, limit, *values, limit, today, *values, limit])
        return {register: Standing(whole, still, late) for register, whole, still, late in cursor.fetchall() if whole}
