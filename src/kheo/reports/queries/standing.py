"""How obligations stand: one number for each of a subtree, now or as of an earlier instant. Intervals, not recursion."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.consolidated import ClosedUnit, ObligationCounts, UnitRef
from kheo.core.rollup import Int64s
from kheo.core.standings import ON_TIME, OVERDUE, STATES, Standings
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
# One scan tells everything that is counted: each obligation's place and code in one number, all of them in one value. Counting by
# subtree and by state in the database took twice as long, and everything asked beside it (who is missing) another scan.
# The fence (OFFSET 0) keeps PostgreSQL from working the state out once for every use of it.
PACKED = f"""
SELECT string_agg(int8send(256 * position::bigint + array_position(ARRAY{list(STATES)}, state) - 1
         + CASE WHEN received_at IS NULL AND due_at <= %(now)s AND state <> 'closed' THEN {OVERDUE} ELSE 0 END
         + CASE WHEN received_at < due_at THEN {ON_TIME} ELSE 0 END), ''::bytea)
  FROM ({{standing}} AND owed.position >= %(start)s AND owed.position < %(end)s OFFSET 0) AS standing
"""  # noqa: S608  # constants of ours


def standings(cycle: Cycle, start: int, end: int, now: datetime, *, is_past: bool = False) -> Standings:
    """The obligations of the positions from `start` to before `end`: one query.

    `is_past`: `now` is an earlier instant, and states are those of just before it.
    """
    values: dict[str, Any] = {"cycle": cycle.pk, "now": now, "start": start, "end": end}
    with connection.cursor() as cursor:
        cursor.execute(PACKED.format(standing=AS_OF if is_past else NOW), values)
        (packed,) = cursor.fetchone()
    told = np.sort(np.frombuffer(packed or b"", ">i8").astype(np.int64))
    return Standings(told >> 8, told & 255)


def counts_of(stood: Standings, units: Sequence[SnapshotUnit]) -> dict[int, ObligationCounts]:
    """How the obligations of each unit's subtree stand, by unit id, however the units nest."""
    bounds = np.array([(unit.position, unit.ends_at) for unit in units], np.int64).reshape(-1, 2)
    return dict(zip((unit.unit_id for unit in units), stood.over(bounds[:, 0], bounds[:, 1]), strict=True))


def own_counts(stood: Standings, units: Sequence[SnapshotUnit]) -> dict[int, ObligationCounts]:
    """The same of each unit's own obligations, without anything below it."""
    places = np.array([unit.position for unit in units], np.int64)
    return dict(zip((unit.unit_id for unit in units), stood.over(places, places + 1), strict=True))


def obligation_counts(cycle: Cycle, units: Sequence[SnapshotUnit], now: datetime, *, is_past: bool = False) -> dict[int, ObligationCounts]:
    """`counts_of` the units, by one query whatever their number."""
    if not units:
        return {}
    start, end = min(unit.position for unit in units), max(unit.ends_at for unit in units)
    return counts_of(standings(cycle, start, end, now, is_past=is_past), units)


NONE_OWED = ObligationCounts(0, 0, 0, 0, 0, 0, 0, 0)
NAMED = """
SELECT unit.code, unit.name, unit.kind
  FROM unnest(%(places)s::int[]) WITH ORDINALITY AS asked (position, number)
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %(snapshot)s AND unit.position = asked.position
       AND unit.position BETWEEN %(first)s AND %(last)s
 ORDER BY asked.number
"""
# Each closed obligation of these places by its own key: of two that a unit owes, one may be closed for another reason, or open again.
CLOSED = """
SELECT unit.code, unit.name, unit.kind, told.reason
  FROM unnest(%(places)s::int[]) AS asked (position)
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %(snapshot)s AND unit.position = asked.position
       AND unit.position BETWEEN %(first)s AND %(last)s
  JOIN reports_obligation owed ON owed.cycle_id = %(cycle)s AND owed.position = asked.position
  JOIN LATERAL (SELECT last.act, last.reason FROM reports_transition last
                 WHERE last.obligation_id = owed.id AND last.act IN ('close', 'reopen') AND last.decided_at {before} %(now)s
                 ORDER BY last.id DESC LIMIT 1) AS told ON told.act = 'close'
 ORDER BY asked.position, owed.id
"""


def named_at(cycle: Cycle, places: Int64s) -> tuple[UnitRef, ...]:
    """What the units at these positions were called at the opening, in the order given."""
    return tuple(UnitRef(*row) for row in _listed(NAMED, places, snapshot=cycle.snapshot_id))


def missing_units(cycle: Cycle, unit: SnapshotUnit, now: datetime, *, is_past: bool = False) -> tuple[UnitRef, ...]:
    """Units of a subtree that owe a report and have none accepted, in the tree's order; without those of which none is wanted any more."""
    return named_at(cycle, standings(cycle, unit.position, unit.ends_at, now, is_past=is_past).missing)


def closed_at(cycle: Cycle, places: Int64s, now: datetime, *, is_past: bool = False) -> tuple[ClosedUnit, ...]:
    """The units at these positions, of which no report is wanted any more: one for each such report, with its own reason.

    `is_past` as in `standings`: decisions of the instant itself are not counted then.
    """
    asked = np.unique(places)
    rows = _listed(CLOSED.format(before="<" if is_past else "<="), asked, snapshot=cycle.snapshot_id, cycle=cycle.pk, now=now)
    return tuple(ClosedUnit(UnitRef(code, name, kind), reason) for code, name, kind, reason in rows)


def _listed(query: str, places: Int64s, **values: Any) -> list[tuple[Any, ...]]:
    """Rows for these positions; no query where there are none."""
    if not len(places):
        return []
    with connection.cursor() as cursor:
        # Written out: 300,000 numbers as one literal, which the planner counts and the driver need not look at one by one.
        text = f"{{{','.join(map(str, places.tolist()))}}}"
        cursor.execute(query, {**values, "places": text, "first": int(places[0]), "last": int(places[-1])})
        return list(cursor.fetchall())
