"""What a cycle asked of whom by when, in one hash: the journal keeps it from the day of opening, `kheo verify` counts it again."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from kheo.campaigns.models import Cycle
from kheo.core.chain import content_hash
from kheo.reports.models import Obligation


def promised_hash(cycle: Cycle, obligations: Iterable[Obligation], first_due: Mapping[int, datetime]) -> str:
    """Of the cycle's own days and of every obligation: unit, recipient, tier, place in the tree, first instant that is late.

    `first_due`: what that instant was at the opening, by obligation, where extensions have moved it since.
    """
    days = [each.isoformat() for each in (cycle.opens, cycle.closes, cycle.cutoff)]
    owed = [
        [each.position, each.unit_id, each.recipient_id, each.tier, _written(first_due.get(each.pk, each.due_at))] for each in obligations
    ]
    return content_hash([days, sorted(owed)])


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
