"""The reviewer lets an answered remark pass, or asks again by a new remark in the same place; deciding on the report ends what is left."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kheo.core.workflow import Act
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.actions.locking import lock, refuse
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.models import CellNote, NoteSettled, Revision
from kheo.reports.queries.history import OBJECT


@transaction.atomic
def settle_remark(obligation_id: int, *, target: str, is_settled: bool = True, version: int, by: Person, at: datetime) -> Done | Refusal:
    """Let the answer in one place pass, or (`is_settled` False) take that back, before the report is decided."""
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.SETTLE, by, version)
    if refusal or locked.report is None or locked.report.latest is None:
        return refusal or Refusal("Báo cáo chưa nộp.")
    note = _answered(locked.report.latest).filter(target=target).order_by("-revision__number").select_related("revision", "settled").first()
    if note is None:
        return Refusal("Chỗ này không có câu trả lời nào của đơn vị.")
    if (getattr(note, "settled", None) is not None) == is_settled:
        return Done(locked.report.version)
    if is_settled:
        NoteSettled.objects.create(note=note, settled_by=by.name, settled_at=at)
    else:
        note.settled.delete()
    record(
        "settle_remark",
        by=by.actor(locked.obligation.recipient_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation_id,
        unit_id=locked.obligation.unit_id,
        revision=note.revision.number,
        target=target,
        is_settled=is_settled,
    )
    return Done(locked.report.version)


def _answered(latest: Revision) -> QuerySet[CellNote]:
    return CellNote.objects.filter(revision__report=latest.report_id, revision__number__lt=latest.number, answer__isnull=False)


def settle_rest(latest: Revision, by: Person, at: datetime) -> list[list[object]]:
    """Inside a decision: answers that were neither let pass nor asked about again are let pass. Gives [revision, target] of each."""
    again = CellNote.objects.filter(revision=latest).values("target")
    left = list(_answered(latest).filter(settled__isnull=True).exclude(target__in=again).select_related("revision").order_by("pk"))
    NoteSettled.objects.bulk_create([NoteSettled(note=note, settled_by=by.name, settled_at=at) for note in left])
    return [[note.revision.number, note.target] for note in left]
