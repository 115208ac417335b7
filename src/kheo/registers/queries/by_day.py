"""A list of entries by the day that one of its fields names, or on which it falls due: the first of each day, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from kheo.registers.models import Entry
from kheo.registers.queries.conditions import expression
from kheo.registers.queries.listing import EntryList


@dataclass(frozen=True)
class OfDay:
    """The first entries of a day, and how many it has in all."""

    entries: Sequence[Entry]
    count: int


def by_day(found: EntryList, key: str | None, first: date, last: date, most: int) -> dict[date, OfDay]:
    """Days from the first to the last with entries of a list, at most so many of each. `key` None: by the day they fall due.

    Two queries: what stands on which day is answered by an index; only what is shown is read.
    """
    field = expression(found.book.definition.by_key[key]) if key is not None else None
    day, is_text = (field.sql, field.kind != "day") if field is not None else ("e.due_on", False)
    sql, values = found.condition()
    bounds = [first.isoformat(), last.isoformat()] if is_text else [first, last]
    statement = f"""SELECT on_day, of_day, id FROM (
        SELECT e.id, {day} AS on_day, count(*) OVER day AS of_day, row_number() OVER (day ORDER BY e.id) AS in_day
        FROM registers_entry AS e WHERE {sql} AND {day} >= %s AND {day} <= %s WINDOW day AS (PARTITION BY {day})
      ) AS found WHERE in_day <= %s ORDER BY on_day, in_day"""  # noqa: S608  # names are of the checked definition, values are bound
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *bounds, most])
        rows = cursor.fetchall()
    entries = Entry.objects.in_bulk([entry for _, _, entry in rows])
    held: dict[date, OfDay] = {}
    for named, count, entry in rows:
        on = named if isinstance(named, date) else date.fromisoformat(named)
        held[on] = OfDay((*(held[on].entries if on in held else ()), entries[entry]), count)
    return held
