"""How many days each level takes to hand on: from the opening to the first line, the first submission, acceptance, and upwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit

# The middle one of all reports (median): one that never came does not spoil it.
RELAY = """
WITH relayed AS (
  SELECT owed.cycle_id, owed.tier, extract(epoch FROM report.started_at - cycle.opened_at) / 86400 AS to_start,
         extract(epoch FROM report.received_at - cycle.opened_at) / 86400 AS to_send,
         extract(epoch FROM report.accepted_at - report.received_at) / 86400 AS to_accept,
         CASE WHEN upper.sent_at > report.accepted_at
              THEN extract(epoch FROM upper.sent_at - report.accepted_at) / 86400 END AS to_go_up
    FROM campaigns_cycle cycle
    JOIN org_snapshot_unit top ON top.snapshot_id = cycle.snapshot_id AND top.unit_id = %s
    JOIN reports_obligation owed ON owed.cycle_id = cycle.id AND owed.position >= top.position AND owed.position < top.ends_at
    LEFT JOIN reports_report report ON report.obligation_id = owed.id
    LEFT JOIN (SELECT above.cycle_id, above.unit_id, min(sent.received_at) AS sent_at
                 FROM reports_obligation above JOIN reports_report sent ON sent.obligation_id = above.id GROUP BY 1, 2) AS upper
      ON upper.cycle_id = owed.cycle_id AND upper.unit_id = owed.recipient_id
   WHERE cycle.id = ANY(%s))
SELECT cycle_id, tier, count(*), count(to_start), percentile_cont(0.5) WITHIN GROUP (ORDER BY to_start)::numeric(9, 1),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY to_send)::numeric(9, 1),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY to_accept)::numeric(9, 1),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY to_go_up)::numeric(9, 1)
  FROM relayed GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Relay:
    """Medians in days for the reports of one tier in one cycle; None where nothing has come that far."""

    cycle_id: int
    tier: str
    owed: int
    started: int
    to_start: Decimal | None
    to_send: Decimal | None
    to_accept: Decimal | None
    to_go_up: Decimal | None


def relays(cycles: Sequence[Cycle], unit: SnapshotUnit) -> list[Relay]:
    """For every cycle and tier of a unit's subtree: one query."""
    with connection.cursor() as cursor:
        cursor.execute(RELAY, [unit.unit_id, [cycle.pk for cycle in cycles]])
        return [Relay(*row) for row in cursor.fetchall()]
