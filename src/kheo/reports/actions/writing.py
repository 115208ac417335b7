"""The unit's side: submit, open a revision."""

from datetime import datetime

from django.db import transaction

from kheo.campaigns.queries import definition_of
from kheo.core.chain import START, link_hash
from kheo.core.checking import problems_of
from kheo.core.days import is_on_time
from kheo.core.definition import Definition
from kheo.core.figures import to_vector
from kheo.core.rollup import pack
from kheo.core.workflow import Act, State
from kheo.journal.actions import record
from kheo.reports.access import Person
from kheo.reports.actions.answering import unanswered_places
from kheo.reports.actions.locking import Locked, lock, next_state, refuse
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.words import read_reason
from kheo.reports.models import Report, Revision
from kheo.reports.queries.enclosures import enclosures_of
from kheo.reports.queries.filling import supplement_reason
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.receipts import Receipt, receipt_of
from kheo.reports.queries.totals import below


def _touch(report: Report, by: Person, at: datetime) -> None:
    report.version += 1
    report.updated_at = at
    report.updated_by = by.name


@transaction.atomic
def submit_report(obligation_id: int, *, version: int, by: Person, at: datetime) -> Receipt | Refusal:
    """Sign and send the draft of `version`: an immutable revision and a receipt with the server's time.

    The same form sent twice gives the same receipt. Refused while cells are unanswered or checks fail. Never received before the
    report's last act, whatever the server's clock was set to.
    """
    locked = lock(obligation_id)
    at = locked.after_the_last_act(at)
    repeat = _already_sent(locked, version)
    if repeat:
        return repeat
    refusal = refuse(locked, Act.SUBMIT, by, version)
    if refusal or locked.report is None:
        return refusal or Refusal("Báo cáo chưa có số liệu nào.")
    definition = definition_of(locked.obligation.cycle.edition_id)
    problems = (*problems_of(definition, locked.report.figures, locked.report.narrative), *unanswered_places(locked.report))
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if errors:
        return Refusal(f"Chưa nộp được: còn {len(errors)} chỗ phải sửa.", problems)
    revision = _freeze(locked, locked.report, definition, by, at)
    _send(locked, locked.report, revision, by, at)
    return receipt_of(revision, locked.obligation)


def _already_sent(locked: Locked, version: int) -> Receipt | None:
    report = locked.report
    if report and report.latest and report.state == State.SUBMITTED and report.latest.draft_version == version:
        return receipt_of(report.latest, locked.obligation, is_repeat=True)
    return None


def _freeze(locked: Locked, report: Report, definition: Definition, by: Person, at: datetime) -> Revision:
    previous = report.latest
    revision = Revision(
        report=report,
        number=previous.number + 1 if previous else 1,
        figures=report.figures,
        narrative=report.narrative,
        below=below(locked.obligation, definition, report.accepted),
        enclosures=enclosures_of(report, definition),
        vector=pack(to_vector(definition, report.figures)),
        reason=supplement_reason(report),
        draft_version=report.version,
        submitted_at=at,
        submitted_by_id=by.user_id,
        previous_hash=previous.hash if previous else START,
    )
    revision.hash = link_hash(revision.previous_hash, revision.hashed_record(locked.obligation))
    revision.save(force_insert=True)
    return revision


def _send(locked: Locked, report: Report, revision: Revision, by: Person, at: datetime) -> None:
    report.state = next_state(State(report.state), Act.SUBMIT)
    report.latest = revision
    report.received_at = report.received_at or at
    _touch(report, by, at)
    report.save(update_fields=["state", "latest", "received_at", "version", "updated_at", "updated_by"])
    record(
        "submit_report",
        by=by.actor(locked.obligation.unit_id),
        at=at,
        object_type=OBJECT,
        object_id=locked.obligation.pk,
        unit_id=locked.obligation.unit_id,
        version=report.version,
        revision=revision.number,
        hash=revision.hash,
        on_time=is_on_time(report.received_at, locked.obligation.due_at),
    )


@transaction.atomic
def revise_report(obligation_id: int, *, reason: str, version: int, by: Person, at: datetime) -> Done | Refusal:
    """After acceptance: open a new revision with a reason. The accepted figures count until the new ones are accepted."""
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.REVISE, by, version)
    if refusal or locked.report is None:
        return refusal or Refusal("Báo cáo chưa có gì để bổ sung.")
    why = read_reason(reason, "Hãy ghi lý do lập báo cáo bổ sung.")
    if isinstance(why, Refusal):
        return why
    report = locked.report
    report.state = next_state(locked.state, Act.REVISE)
    report.reason = why
    _touch(report, by, at)
    report.save(update_fields=["state", "reason", "version", "updated_at", "updated_by"])
    record(
        "revise_report",
        by=by.actor(locked.obligation.unit_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation_id,
        unit_id=locked.obligation.unit_id,
        version=report.version,
        reason=report.reason,
    )
    return Done(report.version)
