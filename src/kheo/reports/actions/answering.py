"""The unit answers a reviewer's remark. Correcting the place is an answer already; leaving it as it is needs a reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.campaigns.queries import definition_of
from kheo.core.checking import CellProblem, label_of
from kheo.core.remarks import Answered, answer_fault, open_remarks
from kheo.core.workflow import Act
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.actions.locking import lock, refuse
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.words import read_words
from kheo.reports.models import CellNote, NoteAnswer, NoteSettled, Obligation, Report, Revision
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.remarks import asked_revision, asked_revisions, is_changed

ANSWER_LIMIT = 1000


@transaction.atomic
def answer_remark(obligation_id: int, *, target: str, kind: Answered, text: str = "", by: Person, at: datetime) -> Done | Refusal:
    """Answer the remark on one cell or section, or change the answer. Refused when it does not fit what stands there now."""
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.ANSWER, by)
    if refusal or locked.report is None:
        return refusal or Refusal("Báo cáo chưa có nhận xét nào.")
    report, revision = locked.report, asked_revision(locked.report)
    note = CellNote.objects.filter(revision=revision, target=target).select_related("answer").first() if revision else None
    if note is None or revision is None:
        return Refusal("Chỗ này không có nhận xét nào phải trả lời.")
    words = read_words(text, "Câu trả lời", ANSWER_LIMIT)
    if isinstance(words, Refusal):
        return words
    fault = answer_fault(kind, words, is_changed=is_changed(target, report, revision))
    if fault:
        message = f"{label_of(definition_of(locked.obligation.cycle.edition_id), target)}: {fault}"
        return Refusal(message, (CellProblem(target, message),))
    kept = getattr(note, "answer", None)
    if kept and (kept.kind, kept.text) == (kind.value, words):
        return Done(report.version)
    _write(note, kind, words, by, at)
    _record(locked.obligation, _touched(report, by, at), revision, {"target": target, "kind": kind.value, "text": words}, by, at)
    return Done(report.version)


def _write(note: CellNote, kind: Answered, text: str, by: Person, at: datetime) -> None:
    NoteSettled.objects.filter(note=note).delete()
    NoteAnswer.objects.update_or_create(note=note, defaults={"kind": kind, "text": text, "author": by.name, "written_at": at})


def _touched(report: Report, by: Person, at: datetime) -> Report:
    """What the head signs has changed: a form made before is refused."""
    report.version += 1
    report.updated_at = at
    report.updated_by = by.name
    report.save(update_fields=["version", "updated_at", "updated_by"])
    return report


def _record(obligation: Obligation, report: Report, revision: Revision, detail: dict[str, Any], by: Person, at: datetime) -> None:
    record(
        "answer_remark",
        by=by.actor(obligation.answering_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation.pk,
        unit_id=obligation.unit_id,
        version=report.version,
        revision=revision.number,
        **detail,
    )


def follow_changes(reports: Sequence[Report], by: Person, at: datetime) -> dict[int, dict[str, Any]]:
    """Inside the act that changed these drafts: a remarked place that was changed is answered by that, one set back no longer is.

    Gives by report what the journal keeps of it, {"answered": {target: [kind, text] or None}, "of": revision}; reports where nothing
    follows are absent. A fixed number of statements.
    """
    asked = asked_revisions(reports)
    mine = {revision: report for report in reports if (revision := asked.get(report.pk))}
    notes = CellNote.objects.filter(revision__in=mine).select_related("answer", "revision").order_by("pk") if mine else ()
    followed: dict[int, dict[str, Any]] = {}
    gone, corrected = list[int](), list[CellNote]()
    for note in notes:
        report, answer = mine[note.revision_id], getattr(note, "answer", None)
        now_changed = is_changed(note.target, report, note.revision)
        is_corrected = answer is not None and answer.kind == Answered.CORRECTED
        if now_changed == is_corrected:
            continue
        (corrected if now_changed else []).append(note)
        gone.append(note.pk)
        detail = followed.setdefault(report.pk, {"answered": {}, "of": note.revision.number})
        detail["answered"][note.target] = [Answered.CORRECTED.value, ""] if now_changed else None
    _replace(gone, corrected, by, at)
    return followed


def _replace(gone: Sequence[int], corrected: Sequence[CellNote], by: Person, at: datetime) -> None:
    """Answers that no longer fit go; what was changed is answered as corrected. An answer that changes is not settled any more."""
    if not gone:
        return
    NoteSettled.objects.filter(note__in=gone).delete()
    NoteAnswer.objects.filter(note__in=gone).delete()
    rows = [NoteAnswer(note=note, kind=Answered.CORRECTED, text="", author=by.name, written_at=at) for note in corrected]
    NoteAnswer.objects.bulk_create(rows)


def unanswered_places(report: Report) -> tuple[CellProblem, ...]:
    """What forbids sending the draft: remarks without an answer."""
    revision = asked_revision(report)
    if revision is None:
        return ()
    notes = CellNote.objects.filter(revision=revision).select_related("answer")
    definition = definition_of(report.obligation.cycle.edition_id)
    return open_remarks(definition, {note.target: getattr(note, "answer", None) is not None for note in notes})
