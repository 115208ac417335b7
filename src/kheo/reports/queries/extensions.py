"""Moved due dates and requests for more time: read for pages, mails and papers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Min

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit
from kheo.org.queries import unit_facts
from kheo.reports.models import Extension, ExtensionRequest, Obligation


def extensions_of(obligation_id: int) -> list[Extension]:
    """Every extension of one obligation, the first one first."""
    return list(Extension.objects.filter(obligation=obligation_id).order_by("pk"))


def last_request(obligation_id: int) -> ExtensionRequest | None:
    """The newest request of a unit with its answer, or None."""
    return ExtensionRequest.objects.filter(obligation=obligation_id).select_related("answer").order_by("-pk").first()


def open_requests(obligations: Collection[int]) -> list[ExtensionRequest]:
    """Requests that nobody has answered, the oldest first, with their obligations."""
    rows = ExtensionRequest.objects.filter(obligation__in=obligations, answer__isnull=True)
    return list(rows.select_related("obligation").order_by("pk"))


def open_request(obligation_id: int) -> ExtensionRequest | None:
    """The one that waits for an answer, or None."""
    return next(iter(open_requests([obligation_id])), None)


def earliest_due(cycle_id: int, unit_id: int) -> datetime | None:
    """When a unit owes its own first report of a cycle, or None: what is sent to it should be there before."""
    earliest: datetime | None = Obligation.objects.filter(cycle=cycle_id, unit=unit_id).aggregate(first=Min("due_at"))["first"]
    return earliest


@dataclass(frozen=True)
class Waiting:
    """A request that waits for a recipient's answer."""

    obligation_id: int
    unit_name: str
    due_at: datetime
    wanted: datetime
    reason: str
    asked_at: datetime
    asked_by: str


WAITING = """
SELECT owed.id, unit.name, owed.due_at, asked.wanted, asked.reason, asked.asked_at, asked.asked_by
  FROM reports_extension_request asked
  JOIN reports_obligation owed ON owed.id = asked.obligation_id
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %s AND unit.unit_id = owed.unit_id
  LEFT JOIN reports_extension_answer answer ON answer.request_id = asked.id
 WHERE owed.cycle_id = %s AND owed.recipient_id = %s AND answer.id IS NULL AND owed.closed_at IS NULL
 ORDER BY asked.id
"""


def waiting_at(cycle: Cycle, recipient_id: int) -> list[Waiting]:
    """What a recipient has to answer in a cycle, the oldest first: one query."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [cycle.snapshot_id, cycle.pk, recipient_id])
        return [Waiting(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class ExtensionAct:
    """One act: for how many reports of how many units the due date was moved. `names` are a few of the units."""

    recipient_name: str
    before: tuple[datetime, ...]
    after: datetime
    reason: str
    granted_at: datetime
    granted_by: str
    units: int
    names: tuple[str, ...]
    tiers: tuple[str, ...]


ACTS = """
SELECT owed.recipient_id, array_agg(DISTINCT moved.before), moved.after, moved.reason, moved.granted_at, moved.granted_by, count(*),
       (array_agg(unit.name ORDER BY owed.position))[:3], array_agg(DISTINCT owed.tier)
  FROM reports_extension moved
  JOIN reports_obligation owed ON owed.id = moved.obligation_id
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %s AND unit.unit_id = owed.unit_id
 WHERE owed.cycle_id = %s AND owed.position >= %s AND owed.position < %s
 GROUP BY owed.recipient_id, moved.after, moved.reason, moved.granted_at, moved.granted_by
 ORDER BY moved.granted_at DESC, owed.recipient_id
"""


def extension_acts(cycle: Cycle, unit: SnapshotUnit) -> list[ExtensionAct]:
    """Every extension in a unit's subtree, the newest first, as acts: a fixed number of queries."""
    with connection.cursor() as cursor:
        cursor.execute(ACTS, [cycle.snapshot_id, cycle.pk, unit.position, unit.ends_at])
        rows = cursor.fetchall()
    names = {unit: facts.name for unit, facts in unit_facts({row[0] for row in rows}, cycle.opened_on).items()}
    return [_act(names.get(row[0], ""), *row[1:]) for row in rows]


def _act(recipient: str, before: list[datetime], after: datetime, reason: str, at: datetime, by: str, *rest: Any) -> ExtensionAct:
    units, names, tiers = rest
    return ExtensionAct(recipient, tuple(before), after, reason, at, by, units, tuple(names), tuple(tiers))
