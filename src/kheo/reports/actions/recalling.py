"""The unit takes back what it sent, while the recipient has not decided."""

from datetime import datetime

from django.db import transaction

from kheo.core.workflow import Act
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.actions.closing_after import close_with_campaign, record_closed
from kheo.reports.actions.locking import lock, next_state, refuse
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.words import read_reason
from kheo.reports.models import Decision, Report, Revision
from kheo.reports.queries.history import OBJECT


@transaction.atomic
def recall_report(obligation_id: int, *, reason: str, version: int, by: Person, at: datetime) -> Done | Refusal:
    """Open what was sent for writing again, with a reason. What was sent stays in the history, and counts as not received.

    Where its campaign has ended, the report is closed with that.
    """
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.RECALL, by, version)
    if refusal or locked.report is None or locked.report.latest is None:
        return refusal or Refusal("Báo cáo chưa nộp.")
    why = read_reason(reason, "Hãy ghi lý do rút lại để nơi nhận biết.")
    if isinstance(why, Refusal):
        return why
    report, revision = locked.report, locked.report.latest
    Decision.objects.create(revision=revision, act=Act.RECALL, reason=why, decided_at=at, decided_by=by.name)
    report.state, report.reason = next_state(locked.state, Act.RECALL), why
    report.received_at = _first_received(report)
    report.version += 1
    report.updated_at, report.updated_by = at, by.name
    report.save(update_fields=["state", "reason", "received_at", "version", "updated_at", "updated_by"])
    ending = close_with_campaign(locked, by=by, at=at)
    record(
        "recall_report",
        by=by.actor(locked.obligation.answering_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation_id,
        unit_id=locked.obligation.unit_id,
        version=report.version,
        revision=revision.number,
        reason=why,
    )
    return Done(report.version, record_closed(locked, ending, locked.obligation.answering_id, by=by, at=at))


def _first_received(report: Report) -> datetime | None:
    """When the first submission came that still stands: a unit that takes its report back has sent nothing until it sends again."""
    standing = Revision.objects.filter(report=report).exclude(decision__act=Act.RECALL).order_by("number")
    return standing.values_list("submitted_at", flat=True).first()
