"""A unit has ended in mid-cycle: its report is handed to a successor, sent to another recipient, closed, or asked for again.

Each is an act of the recipient's office, or, where the recipient has ended too, of the office above it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.workflow import ACT_NAMES, STATE_NAMES, Act, Side, step
from kheo.journal.actions import record
from kheo.notices.actions import Event, Happening, tell
from kheo.org.access import Person
from kheo.org.queries import living, names_around
from kheo.reports.actions.locking import Locked, lock
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.rerouting import Taken, take_along
from kheo.reports.actions.words import read_reason
from kheo.reports.models import Obligation, Transition
from kheo.reports.queries.campaign_endings import why_not_again
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.left_proposals import held_through, held_with
from kheo.reports.queries.transitions import decider_of, has_ended, may_reroute, other_recipients, successors

NO_REASON = "Hãy ghi lý do để mọi người liên quan biết."
STILL_THERE = "Đơn vị này vẫn đang hoạt động: báo cáo vẫn do đơn vị nộp."
COUNTED = "Báo cáo đã có số liệu được chấp nhận, đang được tính; không thôi thu được."


@dataclass(frozen=True)
class _Ready:
    """A decision that may be taken now: the report, locked, whose office decides, and why."""

    locked: Locked
    decider: int
    reason: str


def _ready(obligation_id: int, act: Act, reason: str, by: Person, at: datetime) -> _Ready | Refusal:
    """Lock, ask the workflow table and access again, read the reason."""
    locked = lock(obligation_id)
    found = step(locked.state, act)
    if found is None:
        return Refusal(f"Không {ACT_NAMES[act]} được: báo cáo đang ở trạng thái “{STATE_NAMES[locked.state]}”.")
    decider = decider_of(locked.obligation, local_day(at))
    if found.side is not Side.RECIPIENT or not by.roles_at(decider) & found.roles:
        return Refusal(f"Anh/chị không có quyền {ACT_NAMES[act]} báo cáo này.")
    why = read_reason(reason, NO_REASON)
    return why if isinstance(why, Refusal) else _Ready(locked, decider, why)


@transaction.atomic
def hand_over(obligation_id: int, *, to: int, reason: str, by: Person, at: datetime) -> Done | Refusal:
    """The officers and head of a successor fill in, sign and answer instead of the unit that ended, from now on.

    To the unit itself, where it is there again: it answers for itself. What waits for an answer at the unit that ended goes along.
    """
    ready = _ready(obligation_id, Act.HAND_OVER, reason, by, at)
    if isinstance(ready, Refusal):
        return ready
    owed, on = ready.locked.obligation, local_day(at)
    if not has_ended(owed, on) and owed.filler_id is None:
        return Refusal(STILL_THERE)
    if to not in successors(owed, on):
        return Refusal("Đơn vị được chọn không kế thừa đơn vị này.")
    if to == owed.filler_id:
        return Refusal("Báo cáo đã được giao cho đơn vị này.")
    former, owed.filler_id = owed.answering_id, to if to != owed.unit_id else None
    owed.save(update_fields=["filler"])
    _keep(ready, Act.HAND_OVER, by, at, to=to, former=former)
    _tell(ready, Event.HANDED_OVER if owed.filler_id else Event.HANDED_BACK, (former, to), by, at)
    if former not in living([former], on):
        take_along(held_through(owed, former), to, Taken(ready.reason, ready.decider, by, at))
    return _done(ready)


@transaction.atomic
def reroute(obligation_id: int, *, to: int, reason: str, by: Person, at: datetime) -> Done | Refusal:
    """Another unit receives and reviews the report from now on; the former recipient reads it. Proposals that came with it go along."""
    ready = _ready(obligation_id, Act.REROUTE, reason, by, at)
    if isinstance(ready, Refusal):
        return ready
    owed, on = ready.locked.obligation, local_day(at)
    if not may_reroute(owed, on):
        return Refusal("Đơn vị và nơi nhận vẫn như lúc mở kỳ: không cần chuyển nơi nhận.")
    if to not in other_recipients(owed, on):
        return Refusal("Đơn vị được chọn không thể nhận báo cáo này.")
    former = owed.recipient_id
    # Back at the recipient of the opening is told by the decisions; the column stays, so that who ever received it goes on reading.
    owed.first_recipient_id, owed.recipient_id = owed.asked_by_id, to
    owed.save(update_fields=["first_recipient", "recipient"])
    _keep(ready, Act.REROUTE, by, at, to=to, former=former)
    _tell(ready, Event.REROUTED, (owed.answering_id, former, to), by, at)
    take_along(held_with(owed, former, is_living=former in living([former], on)), to, Taken(ready.reason, ready.decider, by, at))
    return _done(ready)


@transaction.atomic
def close_report(obligation_id: int, *, reason: str, by: Person, at: datetime) -> Done | Refusal:
    """No report is wanted any more: a gap with a name and a reason, never overdue. What was written so far stays as it is."""
    ready = _ready(obligation_id, Act.CLOSE, reason, by, at)
    if isinstance(ready, Refusal):
        return ready
    if not has_ended(ready.locked.obligation, local_day(at)):
        return Refusal(STILL_THERE)
    if ready.locked.report and ready.locked.report.accepted_id:
        return Refusal(COUNTED)
    _set_closed(ready, Act.CLOSE, at, by, at)
    _tell(ready, Event.CLOSED, (ready.locked.obligation.answering_id, ready.locked.obligation.recipient_id), by, at)
    return _done(ready)


@transaction.atomic
def reopen_report(obligation_id: int, *, reason: str, by: Person, at: datetime) -> Done | Refusal:
    """Take a closing back: the report is wanted again and stands where it stood."""
    ready = _ready(obligation_id, Act.REOPEN, reason, by, at)
    if isinstance(ready, Refusal):
        return ready
    ended = why_not_again(ready.locked.obligation)
    if ended:
        return Refusal(f"{ended}: không thu lại riêng một báo cáo. Thường trực phong trào lấy lại được việc kết thúc.")
    _set_closed(ready, Act.REOPEN, None, by, at)
    _tell(ready, Event.REOPENED, (ready.locked.obligation.answering_id, ready.locked.obligation.recipient_id), by, at)
    return _done(ready)


def _set_closed(ready: _Ready, act: Act, closed_at: datetime | None, by: Person, at: datetime) -> None:
    ready.locked.obligation.closed_at = closed_at
    ready.locked.obligation.save(update_fields=["closed_at"])
    _keep(ready, act, by, at)


def _keep(ready: _Ready, act: Act, by: Person, at: datetime, *, to: int | None = None, former: int | None = None) -> None:
    """The decision, only ever added, and its row in the journal with the names as they are now."""
    owed: Obligation = ready.locked.obligation
    Transition.objects.create(obligation=owed, act=act, to_id=to, former_id=former, reason=ready.reason, decided_at=at, decided_by=by.name)
    units = {} if to is None or former is None else {"to": to, "former": former}
    names = names_around(units.values(), local_day(at)) if units else {}
    record(
        act.value,
        by=by.actor(ready.decider),
        at=at,
        object_type=OBJECT,
        object_id=owed.pk,
        unit_id=owed.unit_id,
        reason=ready.reason,
        **units,
        **{f"{place}_name": names.get(unit, "") for place, unit in units.items()},
    )


def _tell(ready: _Ready, event: Event, listeners: tuple[int, ...], by: Person, at: datetime) -> None:
    """Tell the people of these units, each once; the number is the decision's own."""
    owed = ready.locked.obligation
    number = Transition.objects.filter(obligation=owed).count()
    happenings = [Happening(owed.pk, owed.unit_id, listener, number) for listener in dict.fromkeys(listeners)]
    tell(event, happenings, cycle=owed.cycle.name, actor=by.user_id, at=at)


def _done(ready: _Ready) -> Done:
    return Done(ready.locked.report.version if ready.locked.report else 0)
