"""Proposals that wait at a unit that has ended, or whose report goes another way: which they are, and who may answer instead."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from kheo.campaigns.models import Cycle
from kheo.core.proposals import UNFINISHED, WAITING, Move
from kheo.org.queries import heirs_on, living, names_around, not_there
from kheo.reports.models import Obligation, Proposal, ProposalMessage
from kheo.reports.queries.proposals import PAGE, RELATED, Lines, lines_of
from kheo.reports.queries.transitions import decided_by, decider_for, ended_near, lives

Rows = QuerySet[Proposal, Proposal]


def held_at(cycle: int, holder: int) -> Rows:
    """Threads of a cycle in which somebody at this unit must still act."""
    return Proposal.objects.filter(obligation__cycle=cycle, holder=holder, thread=None, stage__in=UNFINISHED)


def held_through(owed: Obligation, holder: int) -> Rows:
    """Those that came to `holder` because it stands, or stood, for the unit of this report."""
    to_unit = Q(obligation__recipient=owed.unit_id) | Q(obligation__first_recipient=owed.unit_id)
    passed = ProposalMessage.objects.filter(to=owed.unit_id).values("proposal")
    return held_at(owed.cycle_id, holder).filter(to_unit | Q(pk__in=passed))


def held_with(owed: Obligation, holder: int, *, is_living: bool) -> Rows:
    """Those that came to `holder` with this report: asked in it, or passed up by its unit.

    A holder that goes on (`is_living`) keeps what it has answered, and threads in which units ask whose reports still come to it.
    """
    last = ProposalMessage.objects.filter(proposal=OuterRef("pk"), move=Move.FORWARD).order_by("-pk").values("unit")[:1]
    rows = held_at(owed.cycle_id, holder).annotate(passed_by=Subquery(last), others=Count("merged"))
    rows = rows.filter(Q(obligation=owed, passed_by=None) | Q(passed_by__in=(owed.unit_id, owed.answering_id)))
    return rows.filter(others=0, stage__in=WAITING) if is_living else rows


@dataclass(frozen=True)
class Left:
    """`count` threads of a cycle wait at `holder`, which has ended."""

    cycle: Cycle
    holder: int
    name: str
    count: int


def left_proposals(deciders: Collection[int], on: date) -> list[Left]:
    """What waits at units that have ended and is for these units' offices to send elsewhere; the same number of queries however much."""
    rows = Proposal.objects.filter(~lives("holder_id", on), thread=None, stage__in=UNFINISHED)
    if not deciders or not not_there(on) or not rows.exists():  # nearly always: who is near need not be asked then
        return []
    counted = (
        rows.filter(holder__in=ended_near(deciders, on))
        .values_list("obligation__cycle", "obligation__cycle__snapshot", "holder")
        .annotate(count=Count("pk"))
    )
    found = list(counted.order_by("-obligation__cycle", "holder"))
    mine = decided_by(deciders, {(snapshot, holder) for _, snapshot, holder, _ in found}, on) if found else set()
    cycles = Cycle.objects.select_related("campaign").in_bulk({cycle for cycle, *_ in found}) if mine else {}
    names = names_around({holder for _, holder in mine}, on) if mine else {}
    mine_of = [(cycle, holder, count) for cycle, snapshot, holder, count in found if (snapshot, holder) in mine]
    return [Left(cycles[cycle], holder, names.get(holder, ""), count) for cycle, holder, count in mine_of]


def decider_of_left(cycle: Cycle, holder: int, on: date) -> int | None:
    """The unit whose office decides about what waits at `holder`; None while that is there itself."""
    return None if living([holder], on) else decider_for(cycle.snapshot_id, holder, on)


def may_answer(cycle: Cycle, holder: int, on: date) -> dict[int, str]:
    """The units that may answer instead of one that has ended, with their names: those its past went to, and the one that decides."""
    wanted = dict.fromkeys((*heirs_on(holder, on), decider_for(cycle.snapshot_id, holder, on)))
    alive = living(wanted, on)
    names = names_around(alive, on)
    return {unit: names[unit] for unit in wanted if unit in alive}


def held_lines(cycle: Cycle, holder: int, *, page: str | None) -> Lines:
    """What waits at a unit that has ended, oldest first, a page at a time, counted by stage: a fixed number of queries."""
    counts = dict(held_at(cycle.pk, holder).order_by().values_list("stage").annotate(Count("pk")))
    rows = held_at(cycle.pk, holder).select_related(*RELATED).annotate(others=Count("merged")).order_by("asked_at", "pk")
    pages: Page[Any] = Paginator(rows, PAGE).get_page(page)
    return Lines(tuple(lines_of(list(pages.object_list), cycle)), pages, {each: counts.get(each, 0) for each in UNFINISHED})
