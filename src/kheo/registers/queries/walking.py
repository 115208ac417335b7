"""In what order entries are looked through for a page of very many: numbers alone, from indexes that have them in order."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kheo.core.registers.models import ReadyList
from kheo.registers.queries.definitions import Book


def newest(book: Book, states: Sequence[str] | None, most: int) -> tuple[str, list[Any]]:
    """A register's newest entries in some states (None: all): each state's by itself, as its index has them."""
    if states is None:
        return "SELECT e.id FROM registers_entry AS e WHERE e.register_id = %s ORDER BY e.id DESC LIMIT %s", [book.register.pk, most]
    each = "(SELECT e.id FROM registers_entry AS e WHERE e.register_id = %s AND e.state = %s ORDER BY e.id DESC LIMIT %s)"
    values = [value for state in states for value in (book.register.pk, state, most)]
    return f"SELECT id FROM ({' UNION ALL '.join([each] * len(states))}) AS each ORDER BY id DESC LIMIT %s", [*values, most]  # noqa: S608


def running_late(book: Book, ready: ReadyList, today: date) -> tuple[str, list[Any]]:
    """All entries in which the list's clock runs late, the newest first: what runs late is seldom among the newest of the register."""
    sql = """SELECT DISTINCT d.entry_id AS id FROM registers_deadline AS d WHERE d.register_id = %s AND d.clock = %s
      AND d.known_to IS NULL AND d.met_on IS NULL AND d.paused_on IS NULL AND d.due_on < %s ORDER BY d.entry_id DESC"""
    return sql, [book.register.pk, ready.late, today]
