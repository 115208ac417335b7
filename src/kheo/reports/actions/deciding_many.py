"""Deciding on one of many reports of units that have ended, as it was shown: by the acts of `transitioning`, never a rule of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kheo.core.days import format_instant
from kheo.core.workflow import ACT_NAMES, Act
from kheo.org.access import Person, Unreachable
from kheo.reports.access import report_to_read
from kheo.reports.access.transitions import decides_on
from kheo.reports.actions.locking import lock
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.transitioning import close_report, hand_over, reroute
from kheo.reports.models import Obligation, Transition

ELSEWHERE = "Báo cáo này nay do đơn vị khác quyết định."


@dataclass(frozen=True)
class AsShown:
    """What is to be done with a report that was shown after `seen` decisions: handed to `filler`, received by `recipient` (0: not that),
    or closed.
    """

    obligation: int
    seen: int
    filler: int = 0
    recipient: int = 0
    closes: bool = False


@dataclass(frozen=True)
class AlreadySo:
    """It stood so already: by the same form sent twice, or by somebody else; `words` say who did it."""

    words: str


def decide_as_shown(asked: AsShown, *, cycle: int, reason: str, by: Person, at: datetime) -> Done | AlreadySo | Refusal:
    """Do all of it in one transaction, or nothing. Refused where somebody has decided since; sent twice it is done once.

    Raises Unreachable for a report of another cycle, or that this person neither decides on nor reads.
    """
    may_decide = decides_on(by, asked.obligation)
    reached = None if may_decide else report_to_read(by, asked.obligation)
    if (reached.cycle.pk if reached else Obligation.objects.values_list("cycle_id", flat=True).get(pk=asked.obligation)) != cycle:
        raise Unreachable
    return _decide(asked, may_decide, reason, by, at)


@transaction.atomic
def _decide(asked: AsShown, may_decide: bool, reason: str, by: Person, at: datetime) -> Done | AlreadySo | Refusal:
    owed = lock(asked.obligation).obligation
    past = list(Transition.objects.filter(obligation=owed).order_by("pk"))
    last = _words(past[-1]) if past else ""
    if past and _stands_so(owed, asked):
        return AlreadySo(last)
    if not may_decide:
        return Refusal(ELSEWHERE)
    if len(past) != asked.seen:
        return Refusal(f"Đã có quyết định khác từ khi anh/chị mở trang: {last}.")
    outcome: Done | Refusal = Done(0)
    for act in _acts(asked):
        outcome = _do(act, asked, reason, by, at)
        if isinstance(outcome, Refusal):
            transaction.set_rollback(True)
            return outcome
    return outcome


def _acts(asked: AsShown) -> Iterator[Act]:
    """Handed over first: to whom it is re-routed depends on who fills it in."""
    if asked.filler:
        yield Act.HAND_OVER
    if asked.recipient:
        yield Act.REROUTE
    if asked.closes:
        yield Act.CLOSE


def _do(act: Act, asked: AsShown, reason: str, by: Person, at: datetime) -> Done | Refusal:
    match act:
        case Act.HAND_OVER:
            return hand_over(asked.obligation, to=asked.filler, reason=reason, by=by, at=at)
        case Act.REROUTE:
            return reroute(asked.obligation, to=asked.recipient, reason=reason, by=by, at=at)
    return close_report(asked.obligation, reason=reason, by=by, at=at)


def _stands_so(owed: Obligation, asked: AsShown) -> bool:
    if asked.closes:
        return owed.closed_at is not None
    is_handed = asked.filler in (0, owed.answering_id)
    return owed.closed_at is None and is_handed and asked.recipient in (0, owed.recipient_id)


def _words(made: Transition) -> str:
    return f"{ACT_NAMES[Act(made.act)]} ({made.decided_by}, {format_instant(made.decided_at)})"
