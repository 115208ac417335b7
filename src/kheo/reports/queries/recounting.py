"""The recount: every roll-up of a cycle afresh from the accepted vectors, read as one binary stream into NumPy.

PostgreSQL's binary COPY of an array without nulls is a fixed-width record, so the whole matrix is one `frombuffer`:
measured in `bench/rollup.py`.
"""

from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.rollup import recount
from kheo.reports.models import Rollup

Int64s = NDArray[np.int64]
ACCEPTED = """
SELECT owed.position, sent.vector
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
  JOIN reports_revision sent ON sent.id = report.accepted_id
 WHERE owed.cycle_id = {cycle} AND cardinality(sent.vector) = {width}
 ORDER BY owed.position
"""
# Header of a binary COPY: signature, flags, extension length. Trailer: int16 −1.
_HEADER, _TRAILER = 19, 2


@dataclass(frozen=True)
class Fresh:
    """What a roll-up must hold."""

    unit_id: int
    reported: int
    tally: list[int]


def accepted_vectors(cycle_id: int, width: int) -> tuple[Int64s, Int64s]:
    """Positions (n, ascending) and vectors (n × width) of the accepted reports of a cycle."""
    record = np.dtype(
        [
            ("fields", ">i2"),
            ("l1", ">i4"),
            ("position", ">i4"),
            ("l2", ">i4"),
            ("head", "V20"),
            ("cells", [("l", ">i4"), ("v", ">i8")], width),
        ]
    )
    query = ACCEPTED.format(cycle=int(cycle_id), width=int(width))
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
        data = b"".join(bytes(block) for block in copy)
    body = memoryview(data)[_HEADER : len(data) - _TRAILER]
    if len(body) % record.itemsize:
        raise ValueError("a vector with nulls or another width stands among the accepted reports")
    rows = np.frombuffer(body, record)
    return rows["position"].astype(np.int64), rows["cells"]["v"].astype(np.int64).reshape(len(rows), width)


def fresh_rollups(cycle: Cycle) -> list[Fresh]:
    """Every roll-up of a cycle as a recount gives it, in the tree's order."""
    width = len(definition_of(cycle.edition_id).cells)
    positions, vectors = accepted_vectors(cycle.pk, width)
    frame = list(Rollup.objects.filter(cycle=cycle).order_by("position").values_list("unit_id", "position", "ends_at"))
    los = np.array([row[1] for row in frame], np.int64)
    his = np.array([row[2] for row in frame], np.int64)
    tallies, reported = recount(los, his, positions, vectors)
    return [Fresh(row[0], int(reported[index]), tallies[index].tolist()) for index, row in enumerate(frame)]
