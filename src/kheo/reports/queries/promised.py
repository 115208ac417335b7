"""What a cycle asked of whom by when, in one hash: the journal keeps it from the day of opening, `kheo verify` counts it again."""

from collections.abc import Iterable
from datetime import UTC

from kheo.campaigns.models import Cycle
from kheo.core.chain import content_hash
from kheo.reports.models import Obligation


def promised_hash(cycle: Cycle, obligations: Iterable[Obligation]) -> str:
    """Of the cycle's own days and of every obligation: unit, recipient, tier, place in the tree, first instant that is late."""
    days = [each.isoformat() for each in (cycle.opens, cycle.closes, cycle.cutoff)]
    owed = [
        [each.position, each.unit_id, each.recipient_id, each.tier, each.due_at.astimezone(UTC).isoformat(timespec="microseconds")]
        for each in obligations
    ]
    return content_hash([days, sorted(owed)])
