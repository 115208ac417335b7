"""How many days each level takes to hand on: from the opening to the first line, the first submission, acceptance, and upwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit

# The middle one of all reports (median): one that never came does not spoil it. An office hands on with its own first submission; of what
# it was sent, only what had come by then led up to it.
RELAYED = """
WITH chosen AS (
  SELECT cycle.id, cycle.snapshot_id, cycle.opened_at, top.position AS starts, top.ends_at AS ends
    FROM campaigns_cycle cycle
    JOIN org_snapshot_unit top ON top.snapshot_id = cycle.snapshot_id AND top.unit_id = %(unit)s
   WHERE cycle.id = ANY(%(cycles)s)),
handed AS (
  SELECT own.cycle_id, own.unit_id, min(sent.received_at) AS sent_at
    FROM reports_obligation own JOIN reports_report sent ON sent.obligation_id = own.id
   WHERE own.cycle_id = ANY(%(cycles)s) GROUP BY 1, 2),
arrived AS (
  SELECT handed.cycle_id, handed.unit_id, extract(epoch FROM handed.sent_at - min(report.received_at)) / 86400 AS from_first,
         extract(epoch FROM handed.sent_at - max(report.received_at)) / 86400 AS from_last
    FROM handed
    JOIN reports_obligation lower ON lower.cycle_id = handed.cycle_id AND lower.recipient_id = handed.unit_id
    JOIN reports_report report ON report.obligation_id = lower.id AND report.received_at <= handed.sent_at
   GROUP BY 1, 2, handed.sent_at)
"""
BY_TIER = f"""{RELAYED},
relayed AS (
  SELECT owed.cycle_id, owed.tier, extract(epoch FROM report.started_at - chosen.opened_at) / 86400 AS to_start,
         extract(epoch FROM report.received_at - chosen.opened_at) / 86400 AS to_send,
         extract(epoch FROM report.accepted_at - report.received_at) / 86400 AS to_accept,
         CASE WHEN upper.sent_at > report.accepted_at
              THEN extract(epoch FROM upper.sent_at - report.accepted_at) / 86400 END AS to_go_up,
         arrived.from_first, arrived.from_last
    FROM chosen
    JOIN reports_obligation owed ON owed.cycle_id = chosen.id AND owed.position >= chosen.starts AND owed.position < chosen.ends
    LEFT JOIN reports_report report ON report.obligation_id = owed.id
    LEFT JOIN handed AS upper ON upper.cycle_id = owed.cycle_id AND upper.unit_id = owed.recipient_id
    LEFT JOIN arrived ON arrived.cycle_id = owed.cycle_id AND arrived.unit_id = owed.unit_id)
SELECT cycle_id, tier, count(*), count(to_start), percentile_cont(0.5) WITHIN GROUP (ORDER BY to_start)::numeric(9, 1),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY to_send)::numeric(9, 1),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY to_accept)::numeric(9, 1),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY to_go_up)::numeric(9, 1),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY from_first)::numeric(9, 1),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY from_last)::numeric(9, 1)
  FROM relayed GROUP BY 1, 2
"""  # noqa: S608  # only our own words
# Each office of the subtree once (`office`), and each report it was to receive once (`lower`), under the unit directly below whose subtree
# the office is in.
BY_OFFICE = f"""{RELAYED},
below AS (
  SELECT chosen.id, array_agg(child.position ORDER BY child.position) AS places, array_agg(child.unit_id ORDER BY child.position) AS units
    FROM chosen JOIN org_snapshot_unit child ON child.snapshot_id = chosen.snapshot_id AND child.parent_id = %(unit)s
   GROUP BY chosen.id),
lower AS (
  SELECT chosen.id AS cycle_id, office.unit_id AS office_id,
         CASE WHEN office.unit_id = %(unit)s THEN office.unit_id ELSE below.units[width_bucket(office.position, below.places)] END AS child,
         extract(epoch FROM report.accepted_at - report.received_at) / 86400 AS to_accept,
         CASE WHEN handed.sent_at > report.accepted_at
              THEN extract(epoch FROM handed.sent_at - report.accepted_at) / 86400 END AS to_go_up
    FROM chosen
    JOIN reports_obligation owed ON owed.cycle_id = chosen.id AND owed.position >= chosen.starts AND owed.position < chosen.ends
    JOIN org_snapshot_unit office ON office.snapshot_id = chosen.snapshot_id AND office.unit_id = owed.recipient_id
     AND office.position >= chosen.starts AND office.position < chosen.ends
    JOIN below ON below.id = chosen.id
    LEFT JOIN reports_report report ON report.obligation_id = owed.id
    LEFT JOIN handed ON handed.cycle_id = chosen.id AND handed.unit_id = owed.recipient_id),
offices AS (
  SELECT place.cycle_id, place.child, count(*) AS offices, count(handed.sent_at) AS sent,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY arrived.from_first)::numeric(9, 1) AS from_first,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY arrived.from_last)::numeric(9, 1) AS from_last
    FROM (SELECT DISTINCT cycle_id, child, office_id FROM lower) AS place
    LEFT JOIN handed ON handed.cycle_id = place.cycle_id AND handed.unit_id = place.office_id
    LEFT JOIN arrived ON arrived.cycle_id = place.cycle_id AND arrived.unit_id = place.office_id
   GROUP BY 1, 2),
reports AS (
  SELECT cycle_id, child, percentile_cont(0.5) WITHIN GROUP (ORDER BY to_accept)::numeric(9, 1) AS to_accept,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY to_go_up)::numeric(9, 1) AS to_go_up
    FROM lower GROUP BY 1, 2)
SELECT cycle_id, child, offices, sent, to_accept, to_go_up, from_first, from_last FROM offices JOIN reports USING (cycle_id, child)
"""  # noqa: S608  # only our own words


@dataclass(frozen=True)
class Relay:
    """Medians in days for the reports of one tier in one cycle; None where nothing has come that far.

    `to_go_up`: from acceptance until the recipient sends its own; `from_first`, `from_last`: from the first and the last report that
    units of this tier had been sent from below until they send theirs (none where nobody reports to them).
    """

    cycle_id: int
    tier: str
    owed: int
    started: int
    to_start: Decimal | None
    to_send: Decimal | None
    to_accept: Decimal | None
    to_go_up: Decimal | None
    from_first: Decimal | None
    from_last: Decimal | None


@dataclass(frozen=True)
class OfficeRelay:
    """Medians in days of the offices at and below one unit (directly below, or the unit itself) that are owed reports, in one cycle.

    `offices` of them, `sent` have sent their own. Over the reports they were sent: `to_accept`, and from there until they sent their own
    (`to_go_up`); over the offices: from the first and from the last report that had come until they sent theirs.
    """

    cycle_id: int
    unit_id: int
    offices: int
    sent: int
    to_accept: Decimal | None
    to_go_up: Decimal | None
    from_first: Decimal | None
    from_last: Decimal | None


def relays(cycles: Sequence[Cycle], unit: SnapshotUnit) -> list[Relay]:
    """For every cycle and tier of a unit's subtree: one query."""
    with connection.cursor() as cursor:
        cursor.execute(BY_TIER, _bounds(cycles, unit))
        return [Relay(*row) for row in cursor.fetchall()]


def office_relays(cycles: Sequence[Cycle], unit: SnapshotUnit) -> list[OfficeRelay]:
    """For every cycle and unit directly below: one query."""
    with connection.cursor() as cursor:
        cursor.execute(BY_OFFICE, _bounds(cycles, unit))
        return [OfficeRelay(*row) for row in cursor.fetchall()]


def _bounds(cycles: Sequence[Cycle], unit: SnapshotUnit) -> dict[str, int | list[int]]:
    return {"unit": unit.unit_id, "cycles": [cycle.pk for cycle in cycles]}
