"""Receipts: what a unit holds in its hand after sending."""

from dataclasses import dataclass, field
from datetime import datetime

from kheo.core.days import is_on_time
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Obligation, Revision


@dataclass(frozen=True)
class Receipt:
    """Proof of a submission: the number, the server's time and the hash of exactly what was sent."""

    number: str
    revision: int
    received_at: datetime
    on_time: bool
    hash: str
    is_repeat: bool = field(default=False, compare=False)


def receipt_of(revision: Revision, obligation: Obligation, is_repeat: bool = False) -> Receipt:
    """The receipt of a revision: the same for ever, however often it is asked for."""
    cycle = obligation.cycle
    code = SnapshotUnit.objects.values_list("code", flat=True).get(snapshot=cycle.snapshot_id, unit=obligation.unit_id)
    return Receipt(
        number=f"{cycle.code}/{code}/{revision.number}",
        revision=revision.number,
        received_at=revision.submitted_at,
        on_time=is_on_time(revision.submitted_at, obligation.due_at),
        hash=revision.hash,
        is_repeat=is_repeat,
    )
