"""The schedule of a cycle in a unit's subtree, and whom a recipient may give more time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of, planned_dues
from kheo.core.days import due_day
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit
from kheo.org.queries import unit_facts

DUES = """
SELECT owed.tier, owed.recipient_id, owed.due_at, owed.promised_at, count(*), count(report.received_at), min(owed.position)
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %s AND owed.position >= %s AND owed.position < %s
 GROUP BY 1, 2, 3, 4 ORDER BY owed.due_at, min(owed.position)
"""


@dataclass(frozen=True)
class ScheduledDue:
    """Reports of one tier due on one day: how many, how many came, to whom, and why on that day.

    `first_day`: what it was before an extension, None where nothing was moved. `why` is that of the plan (a day off, counted back).
    """

    tier: str
    name: str
    day: date
    first_day: date | None
    rule_day: date | None
    why: str
    recipients: tuple[str, ...]
    reports: int
    received: int


def scheduled_dues(cycle: Cycle, unit: SnapshotUnit) -> list[ScheduledDue]:
    """By day, then from below: a fixed number of queries whatever the number of recipients."""
    with connection.cursor() as cursor:
        cursor.execute(DUES, [cycle.pk, unit.position, unit.ends_at])
        rows = cursor.fetchall()
    names = unit_facts({row[1] for row in rows}, cycle.opened_on)
    grouped: dict[tuple[str, datetime, datetime | None], list[tuple[int, int, int]]] = {}
    for tier, recipient, due, promised, count, received, _ in rows:
        grouped.setdefault((tier, due, promised), []).append((recipient, count, received))
    return [_due(cycle, key, parts, tuple(names[part[0]].name for part in parts if part[0] in names)) for key, parts in grouped.items()]


def _due(
    cycle: Cycle, key: tuple[str, datetime, datetime | None], parts: Sequence[tuple[int, int, int]], recipients: tuple[str, ...]
) -> ScheduledDue:
    tier, due, promised = key
    plan = {each.tier: each for each in planned_dues(cycle)}.get(tier)
    names = {each.id: each.name for each in definition_of(cycle.edition_id).regime.tiers}
    return ScheduledDue(
        tier=tier,
        name=names.get(tier, tier),
        day=due_day(due),
        first_day=due_day(promised) if promised else None,
        rule_day=plan.rule_day if plan and plan.is_moved else None,
        why=plan.why if plan and promised is None else "",
        recipients=recipients,
        reports=sum(part[1] for part in parts),
        received=sum(part[2] for part in parts),
    )


@dataclass(frozen=True)
class Candidate:
    """A report whose due date its recipient may move: nothing came, or it came late."""

    obligation_id: int
    unit_name: str
    code: str
    tier: str
    due_at: datetime
    state: State
    received_at: datetime | None
    wanted: datetime | None


CANDIDATES = """
SELECT owed.id, unit.name, unit.code, owed.tier, owed.due_at, coalesce(report.state, 'not_started'), report.received_at,
       (SELECT asked.wanted FROM reports_extension_request asked LEFT JOIN reports_extension_answer answer ON answer.request_id = asked.id
         WHERE asked.obligation_id = owed.id AND answer.id IS NULL LIMIT 1)
  FROM reports_obligation owed
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %s AND unit.unit_id = owed.unit_id
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %s AND owed.recipient_id = %s AND owed.closed_at IS NULL
   AND CASE WHEN %s = '' THEN report.received_at IS NULL OR report.received_at >= owed.due_at ELSE owed.tier = %s END
 ORDER BY owed.position
"""


def candidates(cycle: Cycle, recipient_id: int) -> list[Candidate]:
    """Every report owed to a recipient that did not come in time, in the order of the tree: one query."""
    return _owed(cycle, recipient_id, "")


def owed_of_tier(cycle: Cycle, recipient_id: int, tier: str) -> list[Candidate]:
    """Every report of a tier owed to a recipient, those that came in time among them: one query."""
    return _owed(cycle, recipient_id, tier)


def _owed(cycle: Cycle, recipient_id: int, tier: str) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [cycle.snapshot_id, cycle.pk, recipient_id, tier, tier])
        return [_candidate(*row) for row in cursor.fetchall()]


def _candidate(
    obligation: int, name: str, code: str, tier: str, due: datetime, state: str, received: datetime | None, wanted: datetime | None
) -> Candidate:
    return Candidate(obligation, name, code, tier, due, State(state), received, wanted)
