"""The unit's side: submit, open a revision."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.campaigns.queries import definition_of
from kheo.core.chain import START, link_hash
from kheo.core.days import is_on_time
from kheo.core.figures import to_vector
from kheo.core.rollup import pack
from kheo.core.workflow import Act, State
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.actions.answering import unanswered_places
from kheo.reports.actions.locking import Locked, lock, next_state, refuse
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.proposing import send_proposals
from kheo.reports.actions.words import read_reason, unfit_words
from kheo.reports.models import Report, Revision
from kheo.reports.queries.counted import kept_cells, listed_for
from kheo.reports.queries.drift import counted_enclosed
from kheo.reports.queries.enclosures import enclosures_of
from kheo.reports.queries.filling import supplement_reason, words_of
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.plausible import problems_of_draft
from kheo.reports.queries.receipts import Receipt, receipt_of
from kheo.reports.queries.totals import below

UNCONFIRMED = "Chưa nộp được: lời văn có chỗ giống dữ liệu cá nhân. Bỏ đi, hoặc đánh dấu xác nhận ở từng chỗ rồi nộp."


def _touch(report: Report, by: Person, at: datetime) -> None:
    report.version += 1
    report.updated_at = at
    report.updated_by = by.name


@transaction.atomic
def submit_report(obligation_id: int, *, version: int, by: Person, at: datetime, confirmed: Collection[str] = ()) -> Receipt | Refusal:
    """Sign and send the draft of `version`: an immutable revision and a receipt with the server's time.

    The same form sent twice gives the same receipt. Refused while cells are unanswered, checks fail or odd figures want explaining,
    and while a text holds what looks like personal data, unless the signer names its place in `confirmed`: that it may stand there.
    Never received before the report's last act, whatever the server's clock was set to.
    """
    locked = lock(obligation_id)
    at = locked.after_the_last_act(at)
    repeat = _already_sent(locked, version)
    if repeat:
        return repeat
    refusal = refuse(locked, Act.SUBMIT, by, version)
    if refusal or locked.report is None:
        return refusal or Refusal("Báo cáo chưa có số liệu nào.")
    listed = kept_cells(locked.obligation, listed_for(locked.obligation))
    # What is checked is what is frozen: counted a second time, it could be something else already.
    counted = {key: each.cell for key, each in listed.items()}
    found = problems_of_draft(locked.obligation, locked.report.figures, words_of(locked.report), counted)
    problems = (*found, *unanswered_places(locked.report))
    if any(problem.blocks for problem in problems):
        return Refusal(unfit_words(problems), problems)
    personal = [problem.target for problem in problems if problem.severity == "confirm"]
    if not set(personal) <= set(confirmed):
        return Refusal(UNCONFIRMED, problems)
    revision = _freeze(locked, locked.report, {**_vouched(personal, by), **counted_enclosed(listed)}, by, at)
    _send(locked, locked.report, revision, by, at, personal)
    return receipt_of(revision, locked.obligation)


def _already_sent(locked: Locked, version: int) -> Receipt | None:
    report = locked.report
    if report and report.latest and report.state == State.SUBMITTED and report.latest.draft_version == version:
        return receipt_of(report.latest, locked.obligation, is_repeat=True)
    return None


def _vouched(places: list[str], by: Person) -> dict[str, Any]:
    """Who said that texts may hold what looks like personal data, and where: never the data again."""
    return {"personal_data": {"by": by.name, "places": places}} if places else {}


def _freeze(locked: Locked, report: Report, beside: Mapping[str, Any], by: Person, at: datetime) -> Revision:
    definition = definition_of(locked.obligation.cycle.edition_id)
    previous = report.latest
    enclosed = {**(enclosures_of(report, definition) or {}), **beside}
    revision = Revision(
        report=report,
        number=previous.number + 1 if previous else 1,
        figures=report.figures,
        narrative=report.narrative,
        below=below(locked.obligation, definition, report.accepted),
        enclosures=enclosed or None,
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


def _send(locked: Locked, report: Report, revision: Revision, by: Person, at: datetime, personal: list[str]) -> None:
    report.state = next_state(State(report.state), Act.SUBMIT)
    report.latest = revision
    report.received_at = report.received_at or at
    _touch(report, by, at)
    report.save(update_fields=["state", "latest", "received_at", "version", "updated_at", "updated_by"])
    send_proposals(locked.obligation, by=by, at=at)
    record(
        "submit_report",
        by=by.actor(locked.obligation.answering_id),
        at=at,
        object_type=OBJECT,
        object_id=locked.obligation.pk,
        unit_id=locked.obligation.unit_id,
        version=report.version,
        revision=revision.number,
        hash=revision.hash,
        on_time=is_on_time(report.received_at, locked.obligation.due_at),
        **({"personal_data": personal} if personal else {}),
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
        by=by.actor(locked.obligation.answering_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation_id,
        unit_id=locked.obligation.unit_id,
        version=report.version,
        reason=report.reason,
    )
    return Done(report.version)
