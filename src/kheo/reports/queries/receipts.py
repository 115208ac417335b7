"""Receipts: what a unit holds in its hand after sending."""

from dataclasses import dataclass, field
from datetime import datetime

from kheo.core.days import due_day, local_day
from kheo.core.timeliness import Timeliness, timeliness
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Extension, Obligation, Report, Revision


@dataclass(frozen=True)
class Receipt:
    """Proof of a submission: the number, the server's time and the hash of exactly what was sent.

    `due_at` is the due instant that was in force at `received_at`, and `kind` is told against that: an extension given afterwards
    changes no receipt. `promised_at`: the due instant of the opening, where it had been moved by then.
    """

    number: str
    revision: int
    received_at: datetime
    due_at: datetime
    kind: Timeliness
    hash: str
    promised_at: datetime | None = None
    is_repeat: bool = field(default=False, compare=False)

    @property
    def on_time(self) -> bool:
        """Whether it came before the due date in force."""
        return self.kind is not Timeliness.LATE

    @property
    def days_late(self) -> int:
        """Calendar days after the due day, 0 when it was on time."""
        return max(0, (local_day(self.received_at) - due_day(self.due_at)).days)


def receipt_of(revision: Revision, obligation: Obligation, is_repeat: bool = False) -> Receipt:
    """The receipt of a revision: the same for ever, however often it is asked for."""
    cycle = obligation.cycle
    due_at = due_in_force(obligation, revision.submitted_at)
    moved = _moved(obligation, due_at)
    code = SnapshotUnit.objects.values_list("code", flat=True).get(snapshot=cycle.snapshot_id, unit=obligation.unit_id)
    return Receipt(
        number=f"{cycle.code}/{code}/{revision.number}",
        revision=revision.number,
        received_at=revision.submitted_at,
        due_at=due_at,
        kind=timeliness(revision.submitted_at, due_at, moved, revision.submitted_at),
        hash=revision.hash,
        promised_at=moved,
        is_repeat=is_repeat,
    )


def first_receipt(report: Report, obligation: Obligation, receipt: Receipt) -> tuple[datetime, Timeliness] | None:
    """When the report first came and how that stood, as of a later receipt of it: by the first one it is judged. None of the first."""
    first = report.received_at
    if first is None or first >= receipt.received_at:
        return None
    return first, timeliness(first, receipt.due_at, _moved(obligation, receipt.due_at), first)


def _moved(obligation: Obligation, due_at: datetime) -> datetime | None:
    """The due instant of the opening, where `due_at` is a later one."""
    return obligation.promised_at if obligation.promised_at and obligation.promised_at != due_at else None


def due_in_force(obligation: Obligation, at: datetime) -> datetime:
    """The due instant as it was at an instant: extensions given later are not in it."""
    if obligation.promised_at is None:
        return obligation.due_at
    later = Extension.objects.filter(obligation=obligation.pk, granted_at__gt=at).order_by("pk").first()
    return later.before if later else obligation.due_at
