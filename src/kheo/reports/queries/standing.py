"""How obligations stand: counts by state over subtrees, now or as of an earlier instant. Intervals, not recursion."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.consolidated import ObligationCounts
from kheo.org.models import SnapshotUnit

# One row per obligation: where it stands. Accepted figures count until new ones replace them, whatever is being written.
NOW = """
SELECT owed.position, owed.due_at, report.received_at, CASE
         WHEN report.obligation_id IS NULL THEN 'not_started'
         WHEN report.accepted_id IS NOT NULL THEN 'accepted'
         ELSE report.state END AS state
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %(cycle)s
"""
AS_OF = """
SELECT owed.position, CASE WHEN owed.promised_at IS NULL THEN owed.due_at ELSE coalesce(
         (SELECT moved.before FROM reports_extension moved WHERE moved.obligation_id = owed.id AND moved.granted_at >= %(now)s
           ORDER BY moved.id LIMIT 1), owed.due_at) END AS due_at, received.at AS received_at, CASE
         WHEN EXISTS (SELECT FROM reports_revision sent JOIN reports_decision decision ON decision.revision_id = sent.id
                       WHERE sent.report_id = report.id AND decision.act = 'accept' AND decision.decided_at < %(now)s) THEN 'accepted'
         WHEN last.id IS NOT NULL AND last.act IS DISTINCT FROM 'recall' THEN
              CASE last.act WHEN 'return' THEN 'returned' ELSE 'submitted' END
         WHEN report.started_at < %(now)s THEN 'draft'
         ELSE 'not_started' END AS state
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
  LEFT JOIN LATERAL (
       SELECT sent.id, decision.act
         FROM reports_revision sent
         LEFT JOIN reports_decision decision ON decision.revision_id = sent.id AND decision.decided_at < %(now)s
        WHERE sent.report_id = report.id AND sent.submitted_at < %(now)s
        ORDER BY sent.number DESC LIMIT 1) AS last ON true
  LEFT JOIN LATERAL (
       SELECT min(sent.submitted_at) AS at
         FROM reports_revision sent
         LEFT JOIN reports_decision recalled
           ON recalled.revision_id = sent.id AND recalled.act = 'recall' AND recalled.decided_at < %(now)s
        WHERE sent.report_id = report.id AND sent.submitted_at < %(now)s AND recalled.id IS NULL) AS received ON true
 WHERE owed.cycle_id = %(cycle)s
"""
TALLY = """count(*), count(*) FILTER (WHERE state = 'accepted'), count(*) FILTER (WHERE state = 'submitted'),
       count(*) FILTER (WHERE state = 'returned'), count(*) FILTER (WHERE state = 'draft'),
       count(*) FILTER (WHERE state = 'not_started'),
       count(*) FILTER (WHERE received_at IS NULL AND due_at <= %(now)s),
       count(*) FILTER (WHERE received_at < due_at)"""
COUNTS = """
SELECT wanted.unit, {tally}
  FROM unnest(%(units)s::bigint[], %(starts)s::int[], %(ends)s::int[]) AS wanted(unit, starts, ends)
  JOIN ({standing}) AS standing ON standing.position >= wanted.starts AND standing.position < wanted.ends
 GROUP BY wanted.unit
"""
NOW_COUNTS, AS_OF_COUNTS = COUNTS.format(standing=NOW, tally=TALLY), COUNTS.format(standing=AS_OF, tally=TALLY)
# Neighbours in one scan of the subtree above them: bucket 0 and the last one hold what lies before and behind them.
NEIGHBOURS = f"""
SELECT width_bucket(standing.position, %(starts)s::int[]), {TALLY}
  FROM ({NOW} AND owed.position >= %(start)s AND owed.position < %(end)s) AS standing
 GROUP BY 1
"""  # noqa: S608  # constants of this file
NONE_OWED = ObligationCounts(0, 0, 0, 0, 0, 0, 0, 0)


def obligation_counts(cycle: Cycle, units: Sequence[SnapshotUnit], now: datetime, *, is_past: bool = False) -> dict[int, ObligationCounts]:
    """How the obligations of each unit's subtree stand, by unit id: one query whatever the number of units.

    `is_past`: `now` is an earlier instant, and states are those of just before it.
    """
    values: dict[str, Any] = {
        "cycle": cycle.pk,
        "now": now,
        "units": [unit.unit_id for unit in units],
        "starts": [unit.position for unit in units],
        "ends": [unit.ends_at for unit in units],
    }
    with connection.cursor() as cursor:
        cursor.execute(AS_OF_COUNTS if is_past else NOW_COUNTS, values)
        found = {row[0]: ObligationCounts(*row[1:]) for row in cursor.fetchall()}
    return {unit.unit_id: found.get(unit.unit_id, NONE_OWED) for unit in units}


def counts_with_neighbours(
    cycle: Cycle, unit: SnapshotUnit, children: Sequence[SnapshotUnit], now: datetime
) -> dict[int, ObligationCounts]:
    """How the obligations of a unit and of some units directly below it stand, by unit id.

    `children` stand next to each other in the tree's order. One scan: a third of what each subtree by itself would cost.
    """
    starts = [child.position for child in children] + [children[-1].ends_at] if children else [unit.ends_at]
    values: dict[str, Any] = {"cycle": cycle.pk, "now": now, "starts": starts, "start": unit.position, "end": unit.ends_at}
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, values)
        buckets = {row[0]: row[1:] for row in cursor.fetchall()}
    found = {child.unit_id: ObligationCounts(*buckets.get(place, (0,) * 8)) for place, child in enumerate(children, 1)}
    whole = [sum(column) for column in zip(*buckets.values(), strict=True)]
    return {**found, unit.unit_id: ObligationCounts(*whole) if whole else NONE_OWED}


def missing_units(cycle: Cycle, unit: SnapshotUnit, now: datetime, *, is_past: bool = False) -> list[int]:
    """Units of a subtree that owe a report and have none accepted, in the tree's order."""
    query = AS_OF if is_past else NOW
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT position FROM ({query}) AS standing"  # noqa: S608  # two constants of this file
            " WHERE state <> 'accepted' AND position >= %(start)s AND position < %(end)s ORDER BY position",
            _bounds(cycle, unit, now),
        )
        return [row[0] for row in cursor.fetchall()]


def _bounds(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> dict[str, Any]:
    return {"cycle": cycle.pk, "now": now, "start": unit.position, "end": unit.ends_at}
