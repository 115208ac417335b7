"""Figures below a unit have changed since it sent its report, and it decides to send nothing more."""

from datetime import datetime

from django.db import transaction

from kheo.campaigns.queries import definition_of
from kheo.core.changed_sums import seal_of
from kheo.core.workflow import Act
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.actions.locking import lock, refuse
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.words import read_reason
from kheo.reports.models import KeptAsSent
from kheo.reports.queries.changed_below import kept_as_sent
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.totals import below


@transaction.atomic
def keep_as_sent(obligation_id: int, *, reason: str, seal: str, by: Person, at: datetime) -> Done | Refusal:
    """What was sent stays, and why; until the sums below change again nobody is asked. `seal`: of the sums that were looked at."""
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.KEEP, by)
    if refusal or locked.report is None or locked.report.latest is None:
        return refusal or Refusal("Báo cáo chưa nộp.")
    report, latest = locked.report, locked.report.latest
    now = below(locked.obligation, definition_of(locked.obligation.cycle.edition_id), report.accepted)
    if now is None or not latest.below or seal_of(now) == seal_of(latest.below):
        return Refusal("Số liệu cấp dưới không khác lúc gửi, nên không có gì phải quyết định.")
    if seal_of(now) != seal:
        return Refusal("Số liệu cấp dưới vừa thay đổi thêm. Hãy xem lại rồi quyết định.")
    if (latest.pk, seal) in kept_as_sent([latest]):
        return Done(report.version)
    why = read_reason(reason, "Hãy ghi vì sao không gửi bổ sung.")
    if isinstance(why, Refusal):
        return why
    KeptAsSent.objects.create(revision=latest, seal=seal, reason=why, decided_by=by.name, decided_at=at)
    record(
        "keep_as_sent",
        by=by.actor(locked.obligation.answering_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation_id,
        unit_id=locked.obligation.unit_id,
        revision=latest.number,
        seal=seal,
        reason=why,
    )
    return Done(report.version)
