"""Stored vectors out of PostgreSQL into one NumPy matrix: in binary form, so that no figure is ever printed and parsed.

Measured in `bench/rollup.py`: a third of the CPU that `bigint[]` took (docs/decisions/002).
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import psycopg
from psycopg.rows import tuple_row

from kheo.core.rollup import Int64s, unpack_all

ROWS = 16_384


def read_vectors(
    database: psycopg.Connection[Any], query: str, width: int, values: Mapping[str, Any] | None = None
) -> tuple[Int64s, Int64s]:
    """Positions (n, ascending) and vectors (n × width) that a query of (int4, bytea) gives, in any order.

    Raises ValueError when a stored vector has another width.
    """
    blocks = list(read_blocks(database, query, width, values))
    if not blocks:
        return np.empty(0, np.int64), np.empty((0, width), np.int64)
    where, vectors = zip(*blocks, strict=True)
    return in_order(np.concatenate(where), np.concatenate(vectors))


def read_blocks(
    database: psycopg.Connection[Any], query: str, width: int, values: Mapping[str, Any] | None = None
) -> Iterator[tuple[Int64s, Int64s]]:
    """The same a block of rows after the other, each in order by itself: for sums, which need not hold a country's vectors at once."""
    # Django's own cursors bind on the client and cannot read binary; this one can.
    with psycopg.Cursor(database, row_factory=tuple_row) as cursor:
        cursor.execute(query, values, binary=True)
        while rows := cursor.fetchmany(ROWS):
            where, stored = zip(*rows, strict=True)
            yield in_order(np.array(where, np.int64), unpack_all(stored, width))


def in_order(positions: Int64s, vectors: Int64s) -> tuple[Int64s, Int64s]:
    """Both by ascending position."""
    order = np.argsort(positions, kind="stable")
    if (order[1:] > order[:-1]).all():
        return positions, vectors
    return positions[order], vectors[order]
