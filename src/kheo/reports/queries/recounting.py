"""The recount: every roll-up of a cycle afresh from the accepted vectors."""

from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.db.models import F

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.rollup import Int64s, recount
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Obligation
from kheo.reports.queries.vector_stream import read_vectors

ACCEPTED = """
SELECT owed.position, sent.vector
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
  JOIN reports_revision sent ON sent.id = report.accepted_id
 WHERE owed.cycle_id = {cycle}
"""


@dataclass(frozen=True)
class Fresh:
    """What a roll-up must hold."""

    unit_id: int
    position: int
    ends_at: int
    expected: int
    reported: int
    tally: list[int]


def accepted_vectors(cycle_id: int, width: int) -> tuple[Int64s, Int64s]:
    """Positions (n, ascending) and vectors (n × width) of the accepted reports of a cycle."""
    connection.ensure_connection()
    return read_vectors(connection.connection, ACCEPTED.format(cycle=int(cycle_id)), width)


def fresh_rollups(cycle: Cycle) -> list[Fresh]:
    """The roll-up of every inner unit as a recount gives it, in the tree's order; what is kept is not looked at."""
    width = len(definition_of(cycle.edition_id).cells)
    positions, vectors = accepted_vectors(cycle.pk, width)
    inner = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, ends_at__gt=F("position") + 1).order_by("position")
    frame = list(inner.values_list("unit_id", "position", "ends_at"))
    los = np.array([row[1] for row in frame], np.int64)
    his = np.array([row[2] for row in frame], np.int64)
    tallies, reported = recount(los, his, positions, vectors)
    owed = np.array(Obligation.objects.filter(cycle=cycle).order_by("position").values_list("position", flat=True), np.int64)
    expected = np.searchsorted(owed, his) - np.searchsorted(owed, los)
    return [Fresh(*row, int(expected[index]), int(reported[index]), tallies[index].tolist()) for index, row in enumerate(frame)]
