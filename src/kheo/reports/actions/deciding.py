"""A workbook that waits for a decision: store it after all, or leave it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from kheo.core.workflow import State
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.access import sending_unit
from kheo.reports.actions.drafting import store_draft
from kheo.reports.actions.locking import lock
from kheo.reports.actions.outcomes import Done, Refusal, Saved
from kheo.reports.actions.planning import OPEN, Answers, plan
from kheo.reports.actions.recalling import recall_report
from kheo.reports.actions.writing import revise_report
from kheo.reports.models import WorkbookFile

GONE = "Tệp này không còn chờ quyết định nữa."


@transaction.atomic
def store_workbook(file_id: int, *, version: int, reason: str, by: Person, at: datetime) -> Saved | Refusal:
    """Put a file's answers into the draft, over what stands there in `version` of the report.

    What was sent is recalled first, what was accepted is opened for a supplement: with the reason, and only by who may.
    """
    outcome = _store(file_id, version, reason, by, at)
    if isinstance(outcome, Refusal):
        transaction.set_rollback(True)
    return outcome


def _store(file_id: int, version: int, reason: str, by: Person, at: datetime) -> Saved | Refusal:
    owed = WorkbookFile.objects.values_list("obligation_id", flat=True).get(pk=file_id)
    if owed is not None:
        lock(owed)  # first, as whoever reads a batch does: taken the other way round the two could wait for each other
    file = WorkbookFile.objects.select_for_update(of=("self",)).select_related("stored__blob").get(pk=file_id)
    if file.outcome != WorkbookFile.DECIDE or file.obligation_id is None or file.stored is None:
        return Refusal(GONE)
    opened = _open(file.obligation_id, version, reason, by, at)
    if isinstance(opened, Refusal):
        return opened
    planned = plan(lock(file.obligation_id), Answers.kept(file), by, file.stored.blob.sha256)
    saved = store_draft(replace(planned.draft, version=opened), by=by, at=at)
    if isinstance(saved, Saved):
        file.outcome, file.cells = WorkbookFile.STORED, len(saved.saved)
        _settle(file, by, at)
    return saved


def _open(obligation_id: int, version: int, reason: str, by: Person, at: datetime) -> int | Refusal:
    """The version of the report that can be written into now."""
    state = lock(obligation_id).state
    if state in OPEN:
        return version
    act = recall_report if state == State.SUBMITTED else revise_report
    opened = act(obligation_id, reason=reason, version=version, by=by, at=at)
    if isinstance(opened, Done) and opened.closed:
        return Refusal(f"{opened.closed}: rút lại thì báo cáo được thôi thu, nên không lấy số trong tệp.")
    return opened.version if isinstance(opened, Done) else opened


@transaction.atomic
def decline_workbook(file_id: int, *, by: Person, at: datetime) -> Done | Refusal:
    """Leave everything as it is; the file stays on the shelf."""
    file = WorkbookFile.objects.select_for_update(of=("self",)).select_related("obligation").get(pk=file_id)
    if file.outcome != WorkbookFile.DECIDE:
        return Refusal(GONE)
    file.outcome = WorkbookFile.DECLINED
    _settle(file, by, at)
    unit, acting = (file.obligation.unit_id, file.obligation.answering_id) if file.obligation else (None, None)
    actor = by.actor(acting if acting and by.roles_at(acting) else sending_unit(by))
    record("decline_workbook", by=actor, at=at, object_type="workbook_file", object_id=file.pk, unit_id=unit, batch=file.batch_id)
    return Done(0)


def _settle(file: WorkbookFile, by: Person, at: datetime) -> None:
    file.figures = file.narrative = file.notes = None
    file.decided_by, file.decided_at = by.name, at
    file.save(update_fields=["outcome", "cells", "figures", "narrative", "notes", "decided_by", "decided_at"])
