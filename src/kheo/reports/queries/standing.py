"""How obligations stand: counts by state over subtrees, now or as of an earlier instant. Intervals, not recursion."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.consolidated import ClosedUnit, ObligationCounts, UnitRef
from kheo.org.models import SnapshotUnit

# One row per obligation: where it stands. Accepted figures count until new ones replace them, whatever is being written.
NOW = """
SELECT owed.position, owed.due_at, report.received_at, CASE
         WHEN owed.closed_at IS NOT NULL THEN 'closed'
         WHEN report.obligation_id IS NULL THEN 'not_started'
         WHEN report.accepted_id IS NOT NULL THEN 'accepted'
         ELSE report.state END AS state
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %(cycle)s
"""
# What the report's own row tells is not looked up in its revisions: when it was last accepted, and when it was received, which for a
# report without a recall is when it was first sent. Revisions are read only of reports that were recalled, or sent before the instant
# and accepted after it.
AS_OF = """
SELECT owed.position, CASE WHEN owed.promised_at IS NULL THEN owed.due_at ELSE coalesce(
         (SELECT moved.before FROM reports_extension moved WHERE moved.obligation_id = owed.id AND moved.granted_at >= %(now)s
           ORDER BY moved.id LIMIT 1), owed.due_at) END AS due_at,
       CASE WHEN recalled.report_id IS NULL THEN CASE WHEN report.received_at < %(now)s THEN report.received_at END ELSE (
         SELECT min(sent.submitted_at)
           FROM reports_revision sent
           LEFT JOIN reports_decision taken ON taken.revision_id = sent.id AND taken.act = 'recall' AND taken.decided_at < %(now)s
          WHERE sent.report_id = report.id AND sent.submitted_at < %(now)s AND taken.id IS NULL) END AS received_at,
       CASE WHEN decided.act = 'close' THEN 'closed'
            WHEN report.accepted_at < %(now)s THEN 'accepted'
            WHEN report.started_at IS NULL OR report.started_at >= %(now)s THEN 'not_started'
            WHEN recalled.report_id IS NULL AND (report.received_at IS NULL OR report.received_at >= %(now)s) THEN 'draft'
            ELSE coalesce((
         SELECT CASE WHEN bool_or(decision.act = 'accept') THEN 'accepted'
                     WHEN (array_agg(coalesce(decision.act, '') ORDER BY sent.number DESC))[1] = 'recall' THEN 'draft'
                     WHEN (array_agg(coalesce(decision.act, '') ORDER BY sent.number DESC))[1] = 'return' THEN 'returned'
                     ELSE 'submitted' END
           FROM reports_revision sent
           LEFT JOIN reports_decision decision ON decision.revision_id = sent.id AND decision.decided_at < %(now)s
          WHERE sent.report_id = report.id AND sent.submitted_at < %(now)s HAVING count(*) > 0), 'draft') END AS state
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
  LEFT JOIN (SELECT DISTINCT sent.report_id FROM reports_decision decision JOIN reports_revision sent ON sent.id = decision.revision_id
              WHERE decision.act = 'recall') AS recalled ON recalled.report_id = report.id
  LEFT JOIN (SELECT DISTINCT ON (obligation_id) obligation_id, act FROM reports_transition
              WHERE act IN ('close', 'reopen') AND decided_at < %(now)s ORDER BY obligation_id, id DESC) AS decided
         ON decided.obligation_id = owed.id
 WHERE owed.cycle_id = %(cycle)s
"""
# The fence keeps PostgreSQL from working the state out once for every count of it.
FENCE = "OFFSET 0"
TALLY = """count(*), count(*) FILTER (WHERE state = 'accepted'), count(*) FILTER (WHERE state = 'submitted'),
       count(*) FILTER (WHERE state = 'returned'), count(*) FILTER (WHERE state = 'draft'),
       count(*) FILTER (WHERE state = 'not_started'),
       count(*) FILTER (WHERE received_at IS NULL AND due_at <= %(now)s AND state <> 'closed'),
       count(*) FILTER (WHERE received_at < due_at), count(*) FILTER (WHERE state = 'closed')"""
# One scan whatever the number of units: their bounds cut the tree's order into pieces, and a subtree is a run of pieces.
PIECES = """
SELECT width_bucket(standing.position, %(cuts)s::int[]), {tally}
  FROM ({standing} AND owed.position >= %(start)s AND owed.position < %(end)s {fence}) AS standing
 GROUP BY 1
"""
# Units without what stands below them are few places in a wide range: each is looked up.
PLACES = """
SELECT standing.position, {tally} FROM ({standing} AND owed.position = ANY(%(places)s::int[]) {fence}) AS standing GROUP BY 1
"""
NONE_OWED = ObligationCounts(0, 0, 0, 0, 0, 0, 0, 0)


def obligation_counts(cycle: Cycle, units: Sequence[SnapshotUnit], now: datetime, *, is_past: bool = False) -> dict[int, ObligationCounts]:
    """How the obligations of each unit's subtree stand, by unit id: one query whatever the number of units and how they nest.

    `is_past`: `now` is an earlier instant, and states are those of just before it.
    """
    if not units:
        return {}
    cuts = sorted({unit.position for unit in units} | {unit.ends_at for unit in units})
    found = _counted(PIECES, now, is_past, cycle=cycle.pk, cuts=cuts, start=cuts[0], end=cuts[-1])
    none = (0,) * 9
    columns = zip(none, *(found.get(piece, none) for piece in range(1, len(cuts))), strict=True)
    up_to = list(zip(*(accumulate(column) for column in columns), strict=True))
    place = {cut: up_to[index] for index, cut in enumerate(cuts)}
    return {
        unit.unit_id: ObligationCounts(*(end - start for start, end in zip(place[unit.position], place[unit.ends_at], strict=True)))
        for unit in units
    }


def counts_of_ranges(cycle: Cycle, ranges: Sequence[tuple[int, int]], now: datetime, *, is_past: bool = False) -> list[tuple[int, ...]]:
    """The nine counts of `ObligationCounts` of each of these ranges of positions (ascending, disjoint): one query."""
    if not ranges:
        return []
    cuts = sorted({bound for each in ranges for bound in each})
    found = _counted(PIECES, now, is_past, cycle=cycle.pk, cuts=cuts, start=cuts[0], end=cuts[-1])
    piece = {cut: index for index, cut in enumerate(cuts, start=1)}
    return [found.get(piece[start], (0,) * 9) for start, _ in ranges]


def own_standing(cycle: Cycle, units: Sequence[SnapshotUnit], now: datetime, *, is_past: bool = False) -> dict[int, ObligationCounts]:
    """The same of each unit's own obligations, without anything below it."""
    found = _counted(PLACES, now, is_past, cycle=cycle.pk, places=[unit.position for unit in units])
    return {unit.unit_id: ObligationCounts(*found[unit.position]) if unit.position in found else NONE_OWED for unit in units}


def _counted(query: str, now: datetime, is_past: bool, **values: Any) -> dict[int, tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query.format(standing=AS_OF if is_past else NOW, tally=TALLY, fence=FENCE), {"now": now, **values})
        return {row[0]: row[1:] for row in cursor.fetchall()}


MISSING = """
SELECT standing.position, unit.code, unit.name, unit.kind
  FROM ({standing} AND owed.position >= %(start)s AND owed.position < %(end)s {fence}) AS standing
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %(snapshot)s AND unit.position = standing.position
 WHERE standing.state NOT IN ('accepted', 'closed') ORDER BY standing.position
"""
# Why: what was said when it was closed last.
CLOSED = """
SELECT standing.position, unit.code, unit.name, unit.kind, (
         SELECT told.reason FROM reports_transition told
           JOIN reports_obligation owed ON owed.id = told.obligation_id
          WHERE owed.cycle_id = %(cycle)s AND owed.position = standing.position AND told.act = 'close' AND told.decided_at <= %(now)s
          ORDER BY told.id DESC LIMIT 1)
  FROM ({standing} AND owed.position >= %(start)s AND owed.position < %(end)s {fence}) AS standing
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %(snapshot)s AND unit.position = standing.position
 WHERE standing.state = 'closed' ORDER BY standing.position
"""


def missing_units(cycle: Cycle, unit: SnapshotUnit, now: datetime, *, is_past: bool = False) -> list[UnitRef]:
    """Units of a subtree that owe a report and have none accepted, in the tree's order; without those of which none is wanted any more."""
    return [each for _, each in missing_between(cycle, unit.position, unit.ends_at, now, is_past=is_past)]


def missing_between(cycle: Cycle, start: int, end: int, now: datetime, *, is_past: bool = False) -> list[tuple[int, UnitRef]]:
    """The same of the positions from `start` to before `end`, each with its position."""
    rows = _listed(MISSING, cycle, start, end, now, is_past=is_past)
    return [(place, UnitRef(code, name, kind)) for place, code, name, kind in rows]


def closed_units(cycle: Cycle, unit: SnapshotUnit, now: datetime, *, is_past: bool = False) -> list[ClosedUnit]:
    """Units of a subtree of which no report is wanted any more, each with the reason, in the tree's order."""
    return [each for _, each in closed_between(cycle, unit.position, unit.ends_at, now, is_past=is_past)]


def closed_between(cycle: Cycle, start: int, end: int, now: datetime, *, is_past: bool = False) -> list[tuple[int, ClosedUnit]]:
    """The same of the positions from `start` to before `end`, each with its position."""
    rows = _listed(CLOSED, cycle, start, end, now, is_past=is_past)
    return [(place, ClosedUnit(UnitRef(code, name, kind), reason or "")) for place, code, name, kind, reason in rows]


def _listed(query: str, cycle: Cycle, start: int, end: int, now: datetime, *, is_past: bool) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {"cycle": cycle.pk, "snapshot": cycle.snapshot_id, "now": now, "start": start, "end": end}
    with connection.cursor() as cursor:
        cursor.execute(query.format(standing=AS_OF if is_past else NOW, fence=FENCE), values)
        return list(cursor.fetchall())
