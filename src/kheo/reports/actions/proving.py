"""Evidence: add photographs and PDFs to a content of the draft, take them back. Hostile bytes are read in the child process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from kheo.campaigns.queries import definition_of
from kheo.core.definition import Content, Definition
from kheo.core.evidence import caption_problem, room_problems, takes_files
from kheo.core.text import nfc, written
from kheo.core.workflow import Act
from kheo.files.actions import shown_name
from kheo.files.receiving import FitFile, SentFile, read_sent, shelve
from kheo.journal.actions import Actor, record
from kheo.org.access import Person
from kheo.reports.actions.locking import Locked, lock, next_state, refuse
from kheo.reports.actions.outcomes import Refusal
from kheo.reports.models import Attachment, Report
from kheo.reports.queries.history import OBJECT

NUMBERS_ONLY = "Nội dung này chỉ nhận con số; không nhận ảnh hay tệp."
NOTHING_CHOSEN = "Anh/chị chưa chọn ảnh hay tệp PDF nào."


@dataclass(frozen=True)
class Proved:
    """What was added, and why each of the others was not (all at once, each with its file's name)."""

    version: int
    added: tuple[int, ...]
    problems: tuple[str, ...] = ()


def add_evidence(
    obligation_id: int, *, content: str, files: Sequence[SentFile], caption: str, by: Person, at: datetime
) -> Proved | Refusal:
    """Put files with a content of the draft. Files that are no evidence are told one by one; the others are kept.

    Reading takes seconds, so it is done before the row is locked. Raises KeyError for a content that the edition does not have.
    """
    locked = lock_free(obligation_id)
    definition = definition_of(locked.obligation.cycle.edition_id)
    refusal = refuse(locked, Act.SAVE, by) or _unfit(definition.content_of(content), files, caption)
    if refusal:
        return refusal
    limits = definition.evidence
    read: list[FitFile] = []
    problems: list[str] = []
    for file in files:
        found = read_sent(file, photo_megabytes=limits.photo_megabytes, pdf_megabytes=limits.pdf_megabytes)
        if isinstance(found, str):
            problems.append(f"“{shown_name(file.name)}” {found}")
        else:
            read.append(found)
    return _keep(obligation_id, definition, content, read, nfc(written(caption)), problems, by, at)


@transaction.atomic
def lock_free(obligation_id: int) -> Locked:
    """The report as it stands; nothing stays locked."""
    return lock(obligation_id)


def _unfit(content: Content, files: Sequence[SentFile], caption: str) -> Refusal | None:
    if not takes_files(content):
        return Refusal(NUMBERS_ONLY)
    if not files:
        return Refusal(NOTHING_CHOSEN)
    problem = caption_problem(nfc(written(caption)))
    return Refusal(problem) if problem else None


@transaction.atomic
def _keep(
    obligation_id: int,
    definition: Definition,
    content: str,
    read: Sequence[FitFile],
    caption: str,
    problems: list[str],
    by: Person,
    at: datetime,
) -> Proved | Refusal:
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.SAVE, by)
    if refusal:
        return refusal
    report = locked.report
    kept = _counts(report) if report else {}
    problems += room_problems(definition, content, len(read), kept) if read else []
    if not read or any(room_problems(definition, content, len(read), kept)):
        return Proved(report.version if report else 0, (), tuple(problems))
    report = touched(locked, by, at)
    actor = by.actor(locked.obligation.answering_id)
    added = [_attach(report, content, each, caption, actor, at) for each in read]
    record_evidence("add_evidence", report, content, by, at, added={str(each.pk): each.file.blob.sha256 for each in added})
    return Proved(report.version, tuple(each.pk for each in added), tuple(problems))


def _counts(report: Report) -> dict[str, int]:
    rows = Attachment.objects.filter(report=report, removed_at=None).values_list("content").annotate(Count("pk"))
    return dict(rows)


def record_evidence(act: str, report: Report, content: str, by: Person, at: datetime, **files: Any) -> None:
    """The journal's row of a change to the files of one content; `files`: which ones."""
    owed = report.obligation
    record(
        act,
        by=by.actor(owed.answering_id),
        at=at,
        object_type=OBJECT,
        object_id=owed.pk,
        unit_id=owed.unit_id,
        version=report.version,
        content=content,
        **files,
    )


def touched(locked: Locked, by: Person, at: datetime) -> Report:
    """The report with one more version: what goes with it is part of what is signed."""
    report = locked.report or Report(obligation=locked.obligation, started_at=at)
    report.state = next_state(locked.state, Act.SAVE)
    report.version += 1
    report.updated_at, report.updated_by = at, by.name
    report.save()
    return report


def _attach(report: Report, content: str, fit: FitFile, caption: str, actor: Actor, at: datetime) -> Attachment:
    file, small = shelve(fit, by=actor, at=at)
    return Attachment.objects.create(
        report=report, content=content, kind=fit.kind, file=file, thumbnail=small, caption=caption, added_at=at
    )


@transaction.atomic
def remove_evidence(obligation_id: int, *, attachment: int, by: Person, at: datetime) -> Proved | Refusal:
    """Take a file out of the draft; twice is harmless. With revisions that were sent it stays.

    Raises Attachment.DoesNotExist for a file of another report.
    """
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.SAVE, by)
    if refusal or locked.report is None:
        return refusal or Refusal("Báo cáo chưa có minh chứng nào.")
    row = Attachment.objects.get(pk=attachment, report=locked.report)
    if row.removed_at is not None:
        return Proved(locked.report.version, ())
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    report = touched(locked, by, at)
    record_evidence("remove_evidence", report, row.content, by, at, removed=[row.pk])
    return Proved(report.version, ())
