"""Vectors out of PostgreSQL as one binary stream into NumPy.

A binary COPY of arrays without nulls is a sequence of fixed-width records, so the whole matrix is one `frombuffer`:
measured in `bench/rollup.py`.
"""

from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

Int64s = NDArray[np.int64]
# Header of a binary COPY: signature, flags, extension length. Trailer: int16 −1.
_HEADER, _TRAILER = 19, 2


def read_vectors(database: psycopg.Connection[Any], query: str, width: int) -> tuple[Int64s, Int64s]:
    """Positions (n) and vectors (n × width) that a query of (int4, int8[]) gives, every array of `width` without nulls.

    Raises ValueError when a record has another length.
    """
    with database.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
        data = b"".join(copy)
    body = memoryview(data)[_HEADER : len(data) - _TRAILER]
    record = _record(width)
    if len(body) % record.itemsize:
        raise ValueError("a vector with nulls or another width stands among the accepted reports")
    rows = np.frombuffer(body, record)
    return rows["position"].astype(np.int64), rows["cells"]["value"].astype(np.int64)


def _record(width: int) -> np.dtype[np.void]:
    """One row of the stream: each field behind its length; the array behind its 20 bytes of dimensions."""
    cell = [("length", ">i4"), ("value", ">i8")]
    head = [("fields", ">i2"), ("length1", ">i4"), ("position", ">i4"), ("length2", ">i4"), ("dimensions", "V20")]
    return np.dtype([*head, ("cells", cell, width)])
