"""Proposals find another unit that answers: with the report they came with, or all that wait at a unit that has ended."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kheo.campaigns.models import Cycle
from kheo.core.days import local_day
from kheo.core.proposals import MOVE_NAMES, Move, Party, Stage, allowed_moves
from kheo.org.access import Person
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.proposing import say, turn_to
from kheo.reports.actions.telling import tell_of_rerouted
from kheo.reports.actions.words import read_reason
from kheo.reports.models import Proposal
from kheo.reports.queries.left_proposals import decider_of_left, held_at, may_answer

NONE_LEFT = "Không còn kiến nghị nào chờ ở đơn vị cũ này."
NO_REASON = "Hãy ghi lý do để các đơn vị kiến nghị biết."


@dataclass(frozen=True)
class Taken:
    """Why, in the name of which unit, by whom and when."""

    reason: str
    decider: int
    by: Person
    at: datetime


def take_along(found: "QuerySet[Proposal, Proposal]", to: int, taken: Taken) -> int:
    """Inside an act: these threads are `to`'s to answer, or to close, from now on; gives their number.

    `found` is asked again under the lock: what somebody else gave away or closed in the meantime is left alone.
    """
    keys = list(found.values_list("pk", flat=True))
    rows = Proposal.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    locked = list(rows.values_list("pk", flat=True))
    still = found.filter(pk__in=locked).values_list("pk", flat=True)
    moved = list(Proposal.objects.select_related("obligation__cycle").filter(pk__in=list(still)).order_by("pk"))
    for root in moved:
        turn_to(root, Move.REROUTE, taken.at, holder=to)
    tell_of_rerouted(moved, by=taken.by, at=taken.at)
    for root in moved:
        say(root, Move.REROUTE, taken.decider, taken.by, taken.at, text=taken.reason, to=to)
    return len(moved)


@transaction.atomic
def reroute_proposals(cycle: Cycle, *, holder: int, to: int, reason: str, by: Person, at: datetime) -> Done | Refusal:
    """Everything of a cycle that waits at a unit that has ended goes to another; gives how many threads.

    An act of the office above, as with reports (decision 017). `to`: one of those that the unit's past went to, or the unit that decides.
    """
    on = local_day(at)
    decider = decider_of_left(cycle, holder, on)
    if decider is None:
        return Refusal("Nơi đang giữ kiến nghị vẫn hoạt động: kiến nghị vẫn do nơi ấy trả lời.")
    stages = {Stage(stage) for stage in held_at(cycle.pk, holder).values_list("stage", flat=True)}
    if not stages:
        return Refusal(NONE_LEFT)
    parties = {Party.DECIDER: by.roles_at(decider)}
    if not all(Move.REROUTE in allowed_moves(stage, parties) for stage in stages):
        return Refusal(f"Anh/chị không có quyền {MOVE_NAMES[Move.REROUTE]} các kiến nghị này.")
    if to not in may_answer(cycle, holder, on):
        return Refusal("Đơn vị được chọn không thể trả lời thay.")
    why = read_reason(reason, NO_REASON)
    if isinstance(why, Refusal):
        return why
    count = take_along(held_at(cycle.pk, holder), to, Taken(why, decider, by, at))
    return Done(count) if count else Refusal(NONE_LEFT)
