"""A list of entries by the day that one of its fields names, or on which it falls due: the first of each day, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kheo.registers.models import Entry
from kheo.registers.queries.conditions import expression
from kheo.registers.queries.listing import EntryList


@dataclass(frozen=True)
class OfDay:
    """The first entries of a day, and how many it has in all."""

    entries: Sequence[Entry]
    count: int


def by_day(found: EntryList, key: str | None, first: date, last: date, most: int) -> dict[date, OfDay]:
    """Days from the first to the last with entries of a list, at most so many of each: one query. `key` None: by the day they fall due."""
    field = expression(found.book.definition.by_key[key]) if key is not None else None
    day, is_text = (field.sql, field.kind != "day") if field is not None else ("e.due_on", False)
    sql, values = found.condition()
    bounds = [first.isoformat(), last.isoformat()] if is_text else [first, last]
    statement = f"""SELECT * FROM (
        SELECT e.*, {day} AS on_day, count(*) OVER day AS of_day, row_number() OVER (day ORDER BY e.id) AS in_day
        FROM registers_entry AS e WHERE {sql} AND {day} >= %s AND {day} <= %s WINDOW day AS (PARTITION BY {day})
      ) AS found WHERE in_day <= %s ORDER BY on_day, in_day"""  # noqa: S608  # names are of the checked definition, values are bound
    held: dict[date, list[Entry]] = {}
    counts: dict[date, int] = {}
    for entry in Entry.objects.raw(statement, [*values, *bounds, most]):
        day_of_it: date | str = getattr(entry, "on_day")  # noqa: B009  # a column of this query, not of the table
        on = day_of_it if isinstance(day_of_it, date) else date.fromisoformat(day_of_it)
        held.setdefault(on, []).append(entry)
        counts[on] = getattr(entry, "of_day")  # noqa: B009
    return {on: OfDay(entries, counts[on]) for on, entries in held.items()}
