"""Stored vectors out of PostgreSQL into one NumPy matrix: in binary form, so that no figure is ever printed and parsed.

Measured in `bench/rollup.py`: a third of the CPU that `bigint[]` took (docs/decisions/002).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import psycopg
from psycopg.rows import tuple_row

from kheo.core.rollup import Int64s, unpack_all


def read_vectors(
    database: psycopg.Connection[Any], query: str, width: int, values: Mapping[str, Any] | None = None
) -> tuple[Int64s, Int64s]:
    """Positions (n, ascending) and vectors (n × width) that a query of (int4, bytea) gives, in any order.

    Raises ValueError when a stored vector has another width.
    """
    # Django's own cursors bind on the client and cannot read binary; this one can.
    with psycopg.Cursor(database, row_factory=tuple_row) as cursor:
        rows = cursor.execute(query, values, binary=True).fetchall()
    where, stored = zip(*rows, strict=True) if rows else ((), ())
    return in_order(np.array(where, np.int64), unpack_all(stored, width))


def in_order(positions: Int64s, vectors: Int64s) -> tuple[Int64s, Int64s]:
    """Both by ascending position."""
    order = np.argsort(positions, kind="stable")
    if (order[1:] > order[:-1]).all():
        return positions, vectors
    return positions[order], vectors[order]
