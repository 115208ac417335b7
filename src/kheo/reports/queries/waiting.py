"""Reports that wait for an office to decide because units have ended: how many, for the list of what is to be done, and which."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from kheo.campaigns.models import Cycle
from kheo.core.suggesting import Outlook, Suggestion, suggest
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Act, State, step
from kheo.org.models import UnitName
from kheo.org.queries import heirs_of, names_around, not_there, parents_on
from kheo.reports.models import Obligation, Transition
from kheo.reports.queries.open_to import other_recipients_of, reroutable, successors_of
from kheo.reports.queries.transitions import deciders_for, undecided


@dataclass(frozen=True)
class Waiting:
    """What one office has to decide in one cycle because units ended on one day.

    `units` is how many ended; `lost`: how many of the reports have no recipient any more. `only`: the one report, where it is one, with
    `name` of its unit and whether that has ended.
    """

    cycle: Cycle
    decider: int
    day: date | None
    reports: int
    units: int
    lost: int
    first_due: datetime
    only: Obligation | None = None
    name: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether nothing but the recipient is missing."""
        return self.lost == self.reports


def waiting(deciders: Collection[int], on: date) -> list[Waiting]:
    """For these units' offices, the earliest due first: the same number of queries whatever the number of reports and units."""
    if not deciders or not not_there(on):
        return []
    rows = _with_ends(undecided(deciders, on), on).order_by()
    keys = ("cycle_id", "cycle__snapshot_id", "recipient_id", "is_received", "answers", "day")
    told = {"reports": Count("pk"), "units": ArrayAgg("ended", distinct=True), "first_due": Min("due_at"), "key": Min("pk")}
    counted = list(rows.values_list(*keys).annotate(**told))
    above = deciders_for({(row[1], row[2]) for row in counted if not row[3]}, on) if counted else {}
    groups: dict[tuple[int, int, date | None], list[Any]] = defaultdict(list)
    for row in counted:
        cycle, snapshot, recipient, is_received, _, day, *_ = row
        decider = recipient if is_received else above[snapshot, recipient]
        if decider in deciders:
            groups[cycle, decider, day].append(row)
    return sorted(_told(groups, on), key=lambda each: (each.first_due, each.cycle.pk, each.decider, each.day or date.min))


def _with_ends(rows: "QuerySet[Any, Any]", on: date) -> "QuerySet[Any, Any]":
    """With the unit whose end they wait for (the one that fills in, before the recipient), and the day from which it is no more."""
    names = UnitName.objects.filter(unit=OuterRef("ended"), starts__lt=F("ends"), ends__lte=on).order_by("-ends")
    ended = Case(When(answers=False, then=F("answering")), default=F("recipient_id"))
    told: QuerySet[Any, Any] = rows.annotate(ended=ended).annotate(day=Subquery(names.values("ends")[:1]))
    return told


def _told(groups: Mapping[tuple[int, int, date | None], Sequence[Any]], on: date) -> list[Waiting]:
    cycles = Cycle.objects.in_bulk({cycle for cycle, *_ in groups})
    single = {rows[0][9] for rows in groups.values() if sum(row[6] for row in rows) == 1}
    alone = Obligation.objects.select_related("report").defer("report__figures", "report__narrative").in_bulk(single)
    names = names_around({each.unit_id for each in alone.values()}, on)
    found = []
    for (cycle, decider, day), rows in groups.items():
        reports, units = sum(row[6] for row in rows), {unit for row in rows for unit in row[7]}
        only = alone[rows[0][9]] if reports == 1 else None
        lost = sum(row[6] for row in rows if row[4])
        name = names.get(only.unit_id, "") if only else ""
        found.append(Waiting(cycles[cycle], decider, day, reports, len(units), lost, min(row[8] for row in rows), only, name))
    return found


@dataclass(frozen=True)
class WaitingReport:
    """One of these reports: `ended` is the unit whose end it waits for, from `day` on; `seen` how many decisions there were before.

    `heirs` and `others`: whom it may be handed to, who may receive it instead; `may_close`: whether it may be closed.
    """

    obligation: Obligation
    state: State
    answers: bool
    is_received: bool
    ended: int
    day: date | None
    seen: int
    heirs: tuple[int, ...]
    others: tuple[int, ...]
    may_close: bool
    suggestion: Suggestion


def waiting_at(cycle: Cycle, decider: int, on: date) -> list[WaitingReport]:
    """Everything that waits for one unit's office in a cycle, by due date and place in the tree, each with what is suggested for it.

    The same number of queries however many (and for each link of the longest chain of successions two more).
    """
    decided = Transition.objects.filter(obligation=OuterRef("pk")).order_by().values("obligation")
    rows = _with_ends(undecided([decider], on).filter(cycle=cycle), on)
    rows = rows.annotate(seen=Coalesce(Subquery(decided.annotate(count=Count("pk")).values("count")), 0))
    rows = rows.annotate(is_counted=Q(report__accepted__isnull=False)).select_related("report").only(*COLUMNS)
    found = list(rows.order_by("due_at", "position", "pk"))
    lost = {(cycle.snapshot_id, each.recipient_id) for each in found if not each.is_received}
    above = deciders_for(lost, on) if lost else {}
    mine = [each for each in found if each.is_received or above[cycle.snapshot_id, each.recipient_id] == decider]
    for each in mine:
        each.cycle = cycle
    return _suggested(mine, on) if mine else []


COLUMNS = ("cycle_id", "unit_id", "recipient_id", "filler_id", "first_recipient_id", "due_at", "position", "closed_at", "report__state")


def _suggested(owed: Sequence[Any], on: date) -> list[WaitingReport]:
    heirs, others, may = successors_of(owed, on), other_recipients_of(owed, on), reroutable(owed, on)
    followers = heirs_of({each.recipient_id for each in owed if not each.is_received}, on)
    answering = {unit for each in owed for unit in (each.answering_id, *heirs[each.pk])}
    above = parents_on(on, Line.UNION, answering)
    found = []
    for each in owed:
        state = each.state_of(getattr(each, "report", None))
        open_heirs = tuple(unit for unit in heirs[each.pk] if unit != each.filler_id)
        outlook = Outlook(
            answers=each.answers,
            is_received=each.is_received,
            may_close=not each.is_counted and step(state, Act.CLOSE) is not None and _is_over(each, heirs[each.pk]),
            unit=each.answering_id,
            recipient=each.recipient_id,
            heirs=open_heirs,
            others=others[each.pk] if each.pk in may else (),
            followers=followers.get(each.recipient_id, ()),
            above=above,
        )
        found.append(
            WaitingReport(
                each,
                state,
                each.answers,
                each.is_received,
                each.ended,
                each.day,
                each.seen,
                open_heirs,
                outlook.others,
                outlook.may_close,
                suggest(outlook),
            )
        )
    return found


def _is_over(owed: Any, heirs: Collection[int]) -> bool:
    """Whether the unit that owes it has ended; where a successor answers, it may be there again and be its own heir."""
    return owed.unit_id not in heirs if owed.filler_id else not owed.answers


def units_owing(obligations: Collection[int]) -> dict[int, int]:
    """By obligation, the unit that owes it."""
    return dict(Obligation.objects.filter(pk__in=obligations).values_list("pk", "unit_id"))
