"""Keeping the cache of norms: how similar units' figures scatter, counted anew for a whole cycle."""

from datetime import datetime, timedelta

from django.db import transaction

from kheo.campaigns.models import Cycle
from kheo.reports.models import PeerNorm
from kheo.reports.queries.peers import counted_norms, cycles_to_count

REST = timedelta(minutes=15)  # a cycle is counted no more often, however fast reports come in
BATCH = 500
FIELDS = ("members", "norms", "counted_at")


@transaction.atomic
def recount_peers(cycle: Cycle, *, at: datetime) -> int:
    """Write every norm of a cycle anew; gives how many were not as they should be. No journal: a cache says nothing of its own."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    kept = {(row.kind, row.scope, row.anchor_id): row for row in PeerNorm.objects.filter(cycle=cycle)}
    fresh = list(counted_norms(cycle))
    rows = [PeerNorm(cycle=cycle, kind=each.kind, scope=each.scope, anchor_id=each.anchor, members=each.members) for each in fresh]
    wrong = len(kept)
    for row, each in zip(rows, fresh, strict=True):
        before = kept.get((each.kind, each.scope, each.anchor))
        is_same = before is not None and (before.members, bytes(before.norms)) == (each.members, each.norms)
        wrong += (0 if before is not None else 1) - is_same
        row.norms, row.counted_at = each.norms, at
    PeerNorm.objects.filter(cycle=cycle).delete()
    PeerNorm.objects.bulk_create(rows, batch_size=BATCH)
    return wrong


def recount_due_peers(*, at: datetime) -> int:
    """Count what is due, each cycle in a transaction of its own; gives how many cycles were. Twice does nothing more."""
    due = cycles_to_count(at - REST)
    for cycle in due:
        recount_peers(cycle, at=at)
    return len(due)
