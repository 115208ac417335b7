"""In what order entries are looked through for a page of very many: numbers alone, from indexes that have them in order."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kheo.core.definition.conditions import Condition
from kheo.core.registers.faces import ReadyList
from kheo.registers.queries.conditions import of_one_field, single_value, where
from kheo.registers.queries.definitions import Book

# Of each candidate the entry itself, fetched by its number and no sooner than it is looked at (OFFSET 0): whatever else is asked of it is
# asked of a candidate, and not of every entry of the register beforehand.
FETCHED = "CROSS JOIN LATERAL (SELECT * FROM registers_entry AS e WHERE e.id = walked.id OFFSET 0) AS e"


def newest(book: Book, states: Sequence[str] | None, most: int) -> tuple[str, list[Any]]:
    """A register's newest entries in some states (None: all): each state's by itself, as its index has them."""
    if states is None:
        return "SELECT e.id FROM registers_entry AS e WHERE e.register_id = %s ORDER BY e.id DESC LIMIT %s", [book.register.pk, most]
    each = "(SELECT e.id FROM registers_entry AS e WHERE e.register_id = %s AND e.state = %s ORDER BY e.id DESC LIMIT %s)"
    values = [value for state in states for value in (book.register.pk, state, most)]
    return f"SELECT id FROM ({' UNION ALL '.join([each] * len(states))}) AS each ORDER BY id DESC LIMIT %s", [*values, most]  # noqa: S608  # clauses of ours; values are parameters


def holding(book: Book, conditions: Sequence[Condition]) -> tuple[str, list[Any]] | None:
    """All entries of which a field holds the one value that a condition asks for, the newest first, as the index of the field has them."""
    value = single_value(book.definition, conditions)
    if value is None:
        return None
    sql = f"SELECT e.id FROM registers_entry AS e WHERE e.register_id = %s AND {value[0]} ORDER BY e.id DESC"  # noqa: S608  # clauses of ours; values are parameters
    return sql, [book.register.pk, *value[1]]


def answering(book: Book, conditions: Sequence[Condition]) -> tuple[str, list[Any]] | None:
    """All entries whose one field that is asked for answers, the newest first: first gathered from the index of the field, whatever the
    planner thinks of it. None where more than one field is asked for, or one that is found otherwise (`holding`).
    """
    found = of_one_field(book.definition, conditions)
    if found is None:
        return None
    ordered, further, values = found
    gathered = f"SELECT e.id FROM registers_entry AS e WHERE e.register_id = %s{further}{ordered} OFFSET 0"  # noqa: S608  # clauses of ours; values are parameters
    return f"SELECT e.id FROM ({gathered}) AS e ORDER BY e.id DESC", [book.register.pk, *values]  # noqa: S608  # the same


def running_late(book: Book, ready: ReadyList, today: date) -> tuple[str, list[Any]]:
    """All entries in which the list's clock runs late, the newest first: what runs late is seldom among the newest of the register."""
    sql = """SELECT DISTINCT d.entry_id AS id FROM registers_deadline AS d WHERE d.register_id = %s AND d.clock = %s
      AND d.known_to IS NULL AND d.met_on IS NULL AND d.paused_on IS NULL AND d.due_on < %s ORDER BY d.entry_id DESC"""
    return sql, [book.register.pk, ready.late, today]


def met_often(book: Book, ready: ReadyList) -> tuple[str, list[Any]]:
    """All entries of which the list's clock was met often enough, the newest first; of deadlines that were met `met_index` has them so."""
    assert ready.met is not None
    sql = """SELECT d.entry_id AS id FROM registers_deadline AS d WHERE d.register_id = %s AND d.clock = %s
      AND d.known_to IS NULL AND d.met_on IS NOT NULL GROUP BY d.entry_id HAVING count(*) >= %s ORDER BY d.entry_id DESC"""
    return sql, [book.register.pk, ready.met.clock, ready.met.times]


def meeting(book: Book, ready: ReadyList) -> tuple[str, list[Any]]:
    """All entries in the list's states that meet its conditions, the newest first, as the list's own index has them."""
    further, held = where(book.definition, ready.where)
    sql = f"SELECT e.id FROM registers_entry AS e WHERE e.register_id = %s AND e.state = ANY(%s){further} ORDER BY e.id DESC"  # noqa: S608  # clauses of ours; values are parameters
    return sql, [book.register.pk, list(ready.states), *held]


def candidates(book: Book, ready: ReadyList | None, today: date) -> tuple[str, list[Any]] | None:
    """The numbers of all entries that can stand in a list that comes with the register, the newest first; None: no index knows them."""
    if ready is None:
        return None
    if ready.late is not None:
        return running_late(book, ready, today)
    if ready.met is not None:
        return met_often(book, ready)
    return meeting(book, ready) if ready.where else None
