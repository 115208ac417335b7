"""What a statement finds, read at once."""

from collections.abc import Sequence
from typing import Any

from django.db import connection


def rows_of(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Every row: for statements that end where it is enough."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
