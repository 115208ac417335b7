"""What was known at an instant, in SQL: rows beside an entry, and whether an entry was void."""

from datetime import datetime
from typing import Any


def known(alias: str, at: datetime | None) -> tuple[str, list[Any]]:
    """That a row beside an entry was known at an instant; None: is known now."""
    return (f"{alias}.known_to IS NULL", []) if at is None else (known_then(alias), [at, at])


def known_then(alias: str) -> str:
    """The same as known at the instant, which is bound twice."""
    return f"{alias}.known_from <= %s AND ({alias}.known_to IS NULL OR {alias}.known_to > %s)"


def not_void_then(entry: str) -> str:
    """That an entry was not void as known at the instant, which is bound three times."""
    return f"""NOT EXISTS (SELECT FROM registers_state_span AS v WHERE v.entry_id = {entry} AND v.meaning = 'void'
        AND {known_then("v")} AND (v.end_known_from IS NULL OR v.end_known_from > %s))"""


def live(entry: str, at: datetime | None) -> tuple[str, list[Any]]:
    """That another entry, by its number, is not void; known at an instant, or now."""
    if at is None:
        return f"EXISTS (SELECT FROM registers_entry AS o WHERE o.id = {entry} AND o.meaning <> 'void')", []
    return not_void_then(entry), [at] * 3
