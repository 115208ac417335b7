"""How often reports went back, and how many working days each side had them, by unit below."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.days import local_day
from kheo.core.workflow import Act
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.children import working_days_of

# Turns that are alike (the same days, the same end) are counted together: a few hundred groups, however many reports.
TURNS = """
WITH below AS (
  SELECT array_agg(child.position ORDER BY child.position) AS places, array_agg(child.unit_id ORDER BY child.position) AS units
    FROM org_snapshot_unit child WHERE child.snapshot_id = %(snapshot)s AND child.parent_id = %(unit)s),
turns AS (
  SELECT CASE WHEN owed.unit_id = %(unit)s THEN owed.unit_id ELSE below.units[width_bucket(owed.position, below.places)] END AS child,
         sent.number, sent.submitted_at, decision.decided_at, decision.act,
         lead(sent.submitted_at) OVER (PARTITION BY sent.report_id ORDER BY sent.number) AS again_at
    FROM reports_obligation owed
    CROSS JOIN below
    JOIN reports_report report ON report.obligation_id = owed.id
    JOIN reports_revision sent ON sent.report_id = report.id
    LEFT JOIN reports_decision decision ON decision.revision_id = sent.id
   WHERE owed.cycle_id = %(cycle)s AND owed.position >= %(start)s AND owed.position < %(end)s)
SELECT child, number = 1, act, (submitted_at AT TIME ZONE INTERVAL '+07:00')::date, (decided_at AT TIME ZONE INTERVAL '+07:00')::date,
       (again_at AT TIME ZONE INTERVAL '+07:00')::date, count(*)
  FROM turns GROUP BY 1, 2, 3, 4, 5, 6
"""


@dataclass
class Turned:
    """Of the reports under one unit: how many were sent, how often one was returned, and the working days of all turns together.

    Days are counted where they begin (core.rounds); what is still open is counted to today. None: a year the calendar does not have.
    """

    reports: int = 0
    sendings: int = 0
    returns: int = 0
    at_recipient: int | None = 0
    corrections: int = 0
    at_unit: int | None = 0

    def add(self, is_first: bool, act: str | None, reviewed: int | None, corrected: int | None, count: int) -> None:
        """So many turns that went alike; `corrected` is None where nothing had to be corrected."""
        self.reports += count * is_first
        self.sendings += count
        self.returns += count * (act == Act.RETURN)
        self.at_recipient = None if self.at_recipient is None or reviewed is None else self.at_recipient + count * reviewed
        if act is not None and act != Act.ACCEPT:
            self.corrections += count
            self.at_unit = None if self.at_unit is None or corrected is None else self.at_unit + count * corrected


def turned_below(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> dict[int, Turned]:
    """By unit directly below (the unit's own report under itself): one query."""
    bounds = {
        "snapshot": cycle.snapshot_id, "unit": unit.unit_id, "cycle": cycle.pk, "start": unit.position, "end": unit.ends_at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TURNS, bounds)
        rows = cursor.fetchall()
    working, today = working_days_of(cycle), local_day(now)
    found: dict[int, Turned] = defaultdict(Turned)
    for child, is_first, act, sent, ended, again, count in rows:
        corrected = working(ended, again or today) if ended and act != Act.ACCEPT else None
        found[child].add(is_first, act, working(sent, ended or today), corrected, count)
    return dict(found)
