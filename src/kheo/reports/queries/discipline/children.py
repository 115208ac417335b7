"""What the tables of discipline have in common: the units below one in each cycle, and working days on a cycle's calendar."""

from collections.abc import Callable
from datetime import date
from functools import cache

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import calendar_of
from kheo.core.days import UncoveredYearError

# Below a unit its children stand next to each other in the tree's order, so the child that an obligation belongs to is found by
# its place alone; each cycle has a tree of its own.
BELOW = """
WITH chosen AS (
  SELECT cycle.id, cycle.snapshot_id, top.position AS starts, top.ends_at AS ends
    FROM campaigns_cycle cycle
    JOIN org_snapshot_unit top ON top.snapshot_id = cycle.snapshot_id AND top.unit_id = %(unit)s
   WHERE cycle.id = ANY(%(cycles)s)),
below AS (
  SELECT chosen.id, array_agg(child.position ORDER BY child.position) AS places, array_agg(child.unit_id ORDER BY child.position) AS units
    FROM chosen JOIN org_snapshot_unit child ON child.snapshot_id = chosen.snapshot_id AND child.parent_id = %(unit)s
   GROUP BY chosen.id)"""


def working_days_of(cycle: Cycle) -> Callable[[date, date], int | None]:
    """Counts the working days from one day to another, none where the second comes first; None where the calendar ends before."""
    calendar = calendar_of(cycle)

    @cache
    def working(starts: date, ends: date) -> int | None:
        try:
            return calendar.working_days(starts, max(starts, ends)) if calendar else None
        except UncoveredYearError:
            return None

    return working
