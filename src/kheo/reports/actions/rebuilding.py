"""Rebuilding the caches: every roll-up of a cycle counted afresh from the accepted reports."""

from datetime import datetime

from django.db import transaction

from kheo.campaigns.models import Cycle
from kheo.journal.actions import Actor, record
from kheo.reports.models import Rollup
from kheo.reports.queries.recounting import fresh_rollups

COUNTED = ("position", "ends_at", "expected", "reported", "tally")


@transaction.atomic
def rebuild_rollups(cycle: Cycle, *, by: Actor, at: datetime) -> int:
    """Write every roll-up of the cycle anew; gives how many were wrong or not there. Accepting waits meanwhile."""
    kept = {row.unit_id: row for row in Rollup.objects.filter(cycle=cycle).select_for_update().order_by("-position")}
    wrong = 0
    for fresh in fresh_rollups(cycle):
        row = kept.get(fresh.unit_id) or Rollup(cycle=cycle, unit_id=fresh.unit_id)
        counted = {name: getattr(fresh, name) for name in COUNTED}
        if row.pk is None or counted != {name: getattr(row, name) for name in COUNTED}:
            for name, value in counted.items():
                setattr(row, name, value)
            row.save()
            wrong += 1
    record("rebuild_rollups", by=by, at=at, object_type="cycle", object_id=cycle.pk, cycle=cycle.code, wrong=wrong)
    return wrong
