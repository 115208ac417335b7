"""Receipts: what a unit holds in its hand after sending."""

from dataclasses import dataclass, field
from datetime import datetime

from kheo.core.days import is_on_time
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Extension, Obligation, Revision


@dataclass(frozen=True)
class Receipt:
    """Proof of a submission: the number, the server's time and the hash of exactly what was sent.

    `due_at` is the due instant that was in force at `received_at`, and `on_time` is told against that: an extension given
    afterwards changes no receipt.
    """

    number: str
    revision: int
    received_at: datetime
    due_at: datetime
    on_time: bool
    hash: str
    is_repeat: bool = field(default=False, compare=False)


def receipt_of(revision: Revision, obligation: Obligation, is_repeat: bool = False) -> Receipt:
    """The receipt of a revision: the same for ever, however often it is asked for."""
    cycle = obligation.cycle
    due_at = due_in_force(obligation, revision.submitted_at)
    code = SnapshotUnit.objects.values_list("code", flat=True).get(snapshot=cycle.snapshot_id, unit=obligation.unit_id)
    return Receipt(
        number=f"{cycle.code}/{code}/{revision.number}",
        revision=revision.number,
        received_at=revision.submitted_at,
        due_at=due_at,
        on_time=is_on_time(revision.submitted_at, due_at),
        hash=revision.hash,
        is_repeat=is_repeat,
    )


def due_in_force(obligation: Obligation, at: datetime) -> datetime:
    """The due instant as it was at an instant: extensions given later are not in it."""
    if obligation.promised_at is None:
        return obligation.due_at
    later = Extension.objects.filter(obligation=obligation.pk, granted_at__gt=at).order_by("pk").first()
    return later.before if later else obligation.due_at
