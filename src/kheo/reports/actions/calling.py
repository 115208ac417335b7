"""A letter that calls in overdue reports: whom it is about is kept, told to them, and written in each report's history."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kheo.campaigns.models import Cycle
from kheo.core.days import local_day
from kheo.core.workflow import REVIEWING
from kheo.journal.actions import Actor, Row, record_many
from kheo.notices.actions import Event
from kheo.org.access import Person
from kheo.reports.actions.outcomes import Refusal
from kheo.reports.actions.telling import tell_of
from kheo.reports.models import CalledIn, CallIn, Obligation
from kheo.reports.queries.calling import Late, late_reports, owed_count, reminders
from kheo.reports.queries.history import OBJECT

CALL_IN = "call_in"


@dataclass(frozen=True)
class CalledIns:
    """The letter that was made, or that there was already today about the same reports."""

    letter_id: int
    units: int
    is_repeat: bool


@transaction.atomic
def make_call_in(cycle_id: int, recipient_id: int, *, by: Person, at: datetime) -> CalledIns | Refusal:
    """Make a letter about every report to the recipient that is overdue now.

    Asked again on the same day about the same reports, it gives the letter that there is: a double click makes one letter.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    if recipient_id not in by.units_as(*REVIEWING):
        return Refusal("Chỉ cán bộ tổng hợp hoặc thường trực phong trào của nơi nhận mới lập được công văn đôn đốc.")
    late = late_reports(cycle, recipient_id, at)
    if not late:
        return Refusal("Không có đơn vị nào quá hạn mà chưa gửi báo cáo, nên không cần công văn đôn đốc.")
    before = _same_today(cycle, recipient_id, late, at)
    if before is not None:
        return CalledIns(before, len(late), is_repeat=True)
    letter = CallIn.objects.create(
        cycle=cycle, recipient_id=recipient_id, expected=owed_count(cycle, recipient_id), made_at=at, made_by=by.name
    )
    reminded = reminders(late, at)
    CalledIn.objects.bulk_create(
        CalledIn(
            call_in=letter,
            obligation_id=each.obligation_id,
            state=each.state.value,
            due_at=each.due_at,
            reminded=reminded.get(each.obligation_id, ""),
        )
        for each in late
    )
    owed = list(Obligation.objects.filter(pk__in=[each.obligation_id for each in late]).order_by("position", "pk"))
    tell_of(Event.CALLED_IN, owed, by=by, at=at, number=letter.pk)
    record_many(_rows(letter, owed, by.actor(recipient_id), at))
    return CalledIns(letter.pk, len(late), is_repeat=False)


def _same_today(cycle: Cycle, recipient: int, late: list[Late], at: datetime) -> int | None:
    """The last letter, if it was made today about exactly these reports."""
    last = CallIn.objects.filter(cycle=cycle, recipient=recipient).order_by("-made_at", "-pk").first()
    if last is None or local_day(last.made_at) != local_day(at):
        return None
    named = set(CalledIn.objects.filter(call_in=last).values_list("obligation_id", flat=True))
    return last.pk if named == {each.obligation_id for each in late} else None


def _rows(letter: CallIn, owed: list[Obligation], by: Actor, at: datetime) -> list[Row]:
    """One row for each report, in its history; each names the letter and how many it was about."""
    detail = {"letter": letter.pk, "units": len(owed)}
    return [Row(CALL_IN, by, at, OBJECT, each.pk, each.unit_id, detail) for each in owed]
