"""What a cycle asked of whom by when, in one hash: the journal keeps it from the day of opening, `kheo verify` counts it again."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db.models.functions import Coalesce

from kheo.campaigns.models import Cycle
from kheo.core.chain import canonical
from kheo.reports.models import Obligation

COLUMNS = ("position", "unit_id", "asked_by", "tier", "due_at", "pk")


def promised_hash(cycle: Cycle, first_due: Mapping[int, datetime]) -> str:
    """Of the cycle's own days and of every obligation: unit, recipient, tier, place in the tree, first instant that is late.

    `first_due`: what that instant was at the opening, by obligation, where extensions have moved it since. It is the hash of one list,
    `[days, [obligation, …]]` in canonical JSON, fed row by row: a country is never held in memory.
    """
    days = [each.isoformat() for each in (cycle.opens, cycle.closes, cycle.cutoff)]
    digest = hashlib.sha256(b"[" + canonical(days) + b",[")
    asked_by = Coalesce("first_recipient_id", "recipient_id")  # one that was re-routed since is the promise of the opening all the same
    owed = Obligation.objects.filter(cycle=cycle).annotate(asked_by=asked_by)
    owed = owed.order_by("position", "unit_id", "asked_by", "tier", "due_at")
    comma = b""
    for position, unit, recipient, tier, due, key in owed.values_list(*COLUMNS).iterator(chunk_size=5000):
        digest.update(comma + canonical([position, unit, recipient, tier, _written(first_due.get(key, due))]))
        comma = b","
    digest.update(b"]]")
    return digest.hexdigest()


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
