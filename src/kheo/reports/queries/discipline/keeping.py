"""On time, late or missing: by unit below, by tier and by cycle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.children import BELOW

KEPT = f"""
{BELOW}
SELECT chosen.id, owed.tier, CASE WHEN owed.unit_id = %(unit)s THEN owed.unit_id
                                  ELSE below.units[width_bucket(owed.position, below.places)] END,
       count(*),
       count(*) FILTER (WHERE report.received_at < coalesce(owed.promised_at, owed.due_at)),
       count(*) FILTER (WHERE report.received_at >= owed.promised_at AND report.received_at < owed.due_at),
       count(*) FILTER (WHERE report.received_at >= owed.due_at),
       count(*) FILTER (WHERE report.received_at IS NULL AND owed.due_at <= %(now)s AND owed.closed_at IS NULL)
  FROM chosen
  JOIN reports_obligation owed ON owed.cycle_id = chosen.id AND owed.position >= chosen.starts AND owed.position < chosen.ends
  LEFT JOIN below ON below.id = chosen.id
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 GROUP BY 1, 2, 3
"""  # noqa: S608  # constants of this package


@dataclass(frozen=True)
class Kept:
    """How so many reports stand; what is not yet due and has not come is in `owed` only."""

    owed: int = 0
    on_time: int = 0
    extended: int = 0
    late: int = 0
    missing: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.owed + other.owed,
            self.on_time + other.on_time,
            self.extended + other.extended,
            self.late + other.late,
            self.missing + other.missing,
        )

    @property
    def settled(self) -> int:
        """Those of which it is known whether they were in time."""
        return self.on_time + self.extended + self.late + self.missing


@dataclass(frozen=True)
class KeptPart:
    """The reports of one tier, under one unit below (or of the unit itself), in one cycle."""

    cycle_id: int
    tier: str
    unit_id: int
    kept: Kept


def kept_parts(cycles: Sequence[Cycle], unit: SnapshotUnit, now: datetime) -> list[KeptPart]:
    """For every cycle, tier and unit directly below: one query."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, {"unit": unit.unit_id, "cycles": [cycle.pk for cycle in cycles], "now": now})
        return [KeptPart(row[0], row[1], row[2], Kept(*row[3:])) for row in cursor.fetchall()]


def total(parts: Iterable[KeptPart]) -> Kept:
    """All of them together."""
    found = Kept()
    for part in parts:
        found = found + part.kept
    return found
