"""Totals as of an earlier instant: what had been accepted by then, however much was accepted since.

Two ways to the same numbers, and the one that has fewer figures to read is taken: adding up what counted just before the instant, or
today's kept totals less what has been accepted since (with what it replaced put back). A last day's or a closed cycle's totals so cost
next to nothing, and the dearest instant is the one in the middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection
from psycopg import Cursor
from psycopg.rows import tuple_row

from kheo.campaigns.models import Cycle
from kheo.core.rollup import PARTS, Int64s, delta, recount, unpack_all
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.totals import Subtotal
from kheo.reports.queries.vector_stream import in_order, read_vectors

# The figures of a report that counted just before the instant. Its own row tells in most cases: what counts now was accepted before, or
# nothing had been received by then (a report is received no later than any revision of it is accepted). The rest were accepted anew.
REPLACED = """(
         SELECT earlier.vector FROM reports_revision earlier
           JOIN reports_decision decision ON decision.revision_id = earlier.id
          WHERE earlier.report_id = report.id AND decision.act = 'accept' AND decision.decided_at < %(instant)s
          ORDER BY earlier.number DESC LIMIT 1)"""
REPORTS = """
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %(cycle)s AND owed.position >= %(start)s AND owed.position < %(end)s
"""
SINCE = f"""
SELECT count(*) FILTER (WHERE report.accepted_at >= %(instant)s), count(*) FILTER (WHERE report.accepted_at < %(instant)s)
{REPORTS}
"""
ADDED_UP = f"""
SELECT owed.position, sent.vector
  FROM (SELECT owed.position, report.accepted_id AS revision {REPORTS} AND report.accepted_at < %(instant)s) AS owed
  JOIN reports_revision sent ON sent.id = owed.revision
UNION ALL
SELECT owed.position, owed.vector
  FROM (SELECT owed.position, {REPLACED} AS vector {REPORTS}
           AND report.accepted_at >= %(instant)s AND report.received_at < %(instant)s OFFSET 0) AS owed
 WHERE owed.vector IS NOT NULL
"""  # noqa: S608  # constants of this file
# One statement, so that an acceptance in the same moment is either in both parts or in neither: kept totals (0), own figures of units
# with nothing below (1), and what every report accepted since has given to them and gave before (2).
TAKEN_BACK = f"""
SELECT 0, roll.unit_id, roll.reported, roll.tally, NULL::bytea, NULL::bytea
  FROM reports_rollup roll WHERE roll.cycle_id = %(cycle)s AND roll.unit_id = ANY(%(units)s)
UNION ALL
SELECT 1, owed.unit_id, 0, NULL, sent.vector, NULL
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
  JOIN reports_revision sent ON sent.id = report.accepted_id
 WHERE owed.cycle_id = %(cycle)s AND owed.unit_id = ANY(%(units)s)
UNION ALL
SELECT 2, owed.position, 0, NULL, sent.vector, owed.before
  FROM (SELECT owed.position, report.accepted_id, CASE WHEN report.received_at < %(instant)s THEN {REPLACED} END AS before {REPORTS}
           AND report.accepted_at >= %(instant)s OFFSET 0) AS owed
  JOIN reports_revision sent ON sent.id = owed.accepted_id
"""  # noqa: S608  # constants of this file


@dataclass(frozen=True)
class Moment:
    """When the reader looks: now, or just before an earlier instant."""

    at: datetime
    is_past: bool

    def has_seen(self, instant: datetime) -> bool:
        """Whether something that happened at `instant` is known by then."""
        return instant < self.at if self.is_past else instant <= self.at


def subtotals_as_of(cycle: Cycle, units: Sequence[SnapshotUnit], width: int, instant: datetime) -> dict[int, Subtotal]:
    """Subtotals by unit id, from the revisions accepted before `instant`; only the places that the units cover are read."""
    if not units:
        return {}
    values: dict[str, Any] = {
        "cycle": cycle.pk,
        "instant": instant,
        "start": min(unit.position for unit in units),
        "end": max(unit.ends_at for unit in units),
        "units": [unit.unit_id for unit in units],
    }
    with connection.cursor() as cursor:
        cursor.execute(SINCE, values)
        since, before = cursor.fetchone()
    tallies, reported = (_taken_back if since < before else _added_up)(units, width, values)
    expected = _expected(units, values)
    return {unit.unit_id: Subtotal(tallies[index].tolist(), int(reported[index]), expected[index]) for index, unit in enumerate(units)}


def _bounds(units: Sequence[SnapshotUnit]) -> tuple[Int64s, Int64s]:
    return np.array([unit.position for unit in units], np.int64), np.array([unit.ends_at for unit in units], np.int64)


def _added_up(units: Sequence[SnapshotUnit], width: int, values: dict[str, Any]) -> tuple[Int64s, Int64s]:
    positions, vectors = read_vectors(connection.connection, ADDED_UP, width, values)
    return recount(*_bounds(units), positions, vectors)


def _taken_back(units: Sequence[SnapshotUnit], width: int, values: dict[str, Any]) -> tuple[Int64s, Int64s]:
    with Cursor(connection.connection, row_factory=tuple_row) as cursor:
        rows = cursor.execute(TAKEN_BACK, values, binary=True).fetchall()
    kept: dict[int, tuple[int, Sequence[int]]] = {row[1]: (1, delta(None, row[4], width)) for row in rows if row[0] == 1}
    kept |= {row[1]: (row[2], row[3]) for row in rows if row[0] == 0}
    tallies = np.zeros((len(units), PARTS * width), np.int64)
    reported = np.zeros(len(units), np.int64)
    for index, unit in enumerate(units):
        if unit.unit_id in kept:
            reported[index], tallies[index] = kept[unit.unit_id]
    for column, sign in ((4, -1), (5, 1)):
        changed = [(row[1], row[column]) for row in rows if row[0] == 2 and row[column] is not None]
        positions = np.array([position for position, _ in changed], np.int64)
        more, count = recount(*_bounds(units), *in_order(positions, unpack_all([vector for _, vector in changed], width)))
        tallies += sign * more
        reported += sign * count
    return tallies, reported


EXPECTED = """
SELECT width_bucket(owed.position, %(cuts)s::int[]), count(*)
  FROM reports_obligation owed WHERE owed.cycle_id = %(cycle)s AND owed.position >= %(start)s AND owed.position < %(end)s
 GROUP BY 1
"""


def _expected(units: Sequence[SnapshotUnit], values: dict[str, Any]) -> list[int]:
    """How many reports each subtree owes: one scan, in the pieces that the units' bounds cut the order of the tree into."""
    los, his = _bounds(units)
    cuts = np.unique(np.concatenate([los, his]))
    with connection.cursor() as cursor:
        cursor.execute(EXPECTED, {**values, "cuts": cuts.tolist()})
        found = dict(cursor.fetchall())
    up_to = np.cumsum([0] + [found.get(piece, 0) for piece in range(1, len(cuts))])
    owed: list[int] = (up_to[np.searchsorted(cuts, his)] - up_to[np.searchsorted(cuts, los)]).tolist()
    return owed
