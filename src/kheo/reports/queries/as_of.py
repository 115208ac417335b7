"""Totals as of an earlier instant: what had been accepted by then, however much was accepted since.

Two ways to the same numbers, and the one that has fewer figures to read is taken: adding up what counted just before the instant, or
today's kept totals less what has been accepted since (with what it replaced put back). A last day's or a closed cycle's totals so cost
next to nothing. In the middle of a large cycle both ways are long, so its sums are kept at some milestones, and what was counted at the
nearest one need not be read (`queries.milestones`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Max
from psycopg import Cursor
from psycopg.rows import tuple_row

from kheo.campaigns.models import Cycle
from kheo.core.milestones import add_by_line
from kheo.core.rollup import PARTS, Int64s, delta, recount, unpack_all
from kheo.core.standings import Standings
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Rollup
from kheo.reports.queries.counted_before import BEFORE, REPORTS, SINCE, replaced
from kheo.reports.queries.milestones import is_worth_it, sums_from_milestone
from kheo.reports.queries.standing import counts_of, standings
from kheo.reports.queries.totals import Subtotal
from kheo.reports.queries.vector_stream import in_order, read_blocks

ADDED_UP = f"""
SELECT owed.position, sent.vector
  FROM (SELECT owed.position, report.accepted_id AS revision {REPORTS} {BEFORE}) AS owed
  JOIN reports_revision sent ON sent.id = owed.revision
UNION ALL
SELECT owed.position, owed.vector
  FROM (SELECT owed.position, {replaced("vector")} AS vector {REPORTS} {SINCE}
           AND report.received_at < %(instant)s OFFSET 0) AS owed
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
  FROM (SELECT owed.position, report.accepted_id,
               CASE WHEN report.received_at < %(instant)s THEN {replaced("vector")} END AS before {REPORTS} {SINCE} OFFSET 0) AS owed
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


def subtotals_as_of(
    cycle: Cycle, units: Sequence[SnapshotUnit], width: int, instant: datetime, *, stood: Standings | None = None
) -> dict[int, Subtotal]:
    """Subtotals by unit id, from the revisions accepted before `instant`; only the places that the units cover are read.

    `stood`: how all obligations of those places stood then, where the caller knows already.
    """
    if not units:
        return {}
    start, end = min(unit.position for unit in units), max(unit.ends_at for unit in units)
    ids = [unit.unit_id for unit in units]
    values: dict[str, Any] = {"cycle": cycle.pk, "instant": instant, "start": start, "end": end, "units": ids}
    stood = stood or standings(cycle, start, end, instant, is_past=True)
    counts = counts_of(stood, units)
    # About how many were accepted since: a supplement of what was accepted before is not counted, a few of which change nothing here.
    reported = Rollup.objects.filter(cycle=cycle, unit__in=ids).aggregate(most=Max("reported"))["most"] or 0
    before = max(count.accepted for count in counts.values())
    sums = _from_milestone(cycle, units, width, instant, fewer_than=min(before, reported - before))
    if sums is None:
        sums = (_taken_back if reported < 2 * before else _added_up)(units, width, values)
    return {unit: Subtotal(tally.tolist(), int(reported), counts[unit].expected) for unit, tally, reported in zip(ids, *sums, strict=True)}


def sums_before(cycle: Cycle, labels: Int64s, lines: int, width: int, instant: datetime, *, reports: int) -> tuple[Int64s, Int64s]:
    """Tallies and numbers of reports of lines 0 … lines-1 just before `instant`; `labels`: by place its line, -1 for none.

    `reports`: about how many counted then. There is no way back from today's totals here, which are kept for other lines.
    """
    tallies, reported = np.zeros((lines, PARTS * width), np.int64), np.zeros(lines, np.int64)
    inside = np.flatnonzero(labels >= 0)
    if not len(inside):
        return tallies, reported
    start, end = int(inside[0]), int(inside[-1]) + 1
    if is_worth_it(reports, end - start):
        found = sums_from_milestone(cycle, labels, lines, width, instant, fewer_than=reports)
        if found is not None:
            return found
    values = {"cycle": cycle.pk, "instant": instant, "start": start, "end": end}
    for positions, vectors in read_blocks(connection.connection, ADDED_UP, width, values):
        add_by_line(tallies, reported, labels[positions], vectors)
    return tallies, reported


def _bounds(units: Sequence[SnapshotUnit]) -> tuple[Int64s, Int64s]:
    return np.array([unit.position for unit in units], np.int64), np.array([unit.ends_at for unit in units], np.int64)


def _from_milestone(
    cycle: Cycle, units: Sequence[SnapshotUnit], width: int, instant: datetime, *, fewer_than: int
) -> tuple[Int64s, Int64s] | None:
    """None where the other ways read no more than this one, or so little that it does not matter."""
    starts, ends = _bounds(units)
    cuts = np.unique(np.concatenate([starts, ends]))
    if not is_worth_it(fewer_than, int(cuts[-1] - cuts[0])):
        return None
    labels = np.full(int(cuts[-1]), -1)
    labels[cuts[0] :] = np.repeat(np.arange(len(cuts) - 1), np.diff(cuts))
    found = sums_from_milestone(cycle, labels, len(cuts) - 1, width, instant, fewer_than=fewer_than)
    if found is None:
        return None
    first, last = np.searchsorted(cuts, starts), np.searchsorted(cuts, ends)
    tallies, reported = (np.concatenate([np.zeros_like(each[:1]), np.cumsum(each, axis=0)]) for each in found)
    return tallies[last] - tallies[first], reported[last] - reported[first]


def _added_up(units: Sequence[SnapshotUnit], width: int, values: dict[str, Any]) -> tuple[Int64s, Int64s]:
    tallies, reported = np.zeros((len(units), PARTS * width), np.int64), np.zeros(len(units), np.int64)
    for positions, vectors in read_blocks(connection.connection, ADDED_UP, width, values):
        more, count = recount(*_bounds(units), positions, vectors)
        tallies += more
        reported += count
    return tallies, reported


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
