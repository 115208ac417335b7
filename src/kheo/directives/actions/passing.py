"""An outgoing letter is sent to units of the tree, and they acknowledge it with one click, which gives it their own arrival number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from kheo.core.days import format_day, local_day
from kheo.core.paper_books.facts import ArrivalFacts, Standing
from kheo.directives.access import arrival_to_write, issue_to_write, passing_to_write
from kheo.directives.actions.arriving import AlreadyThere, Arrived, register_arrival
from kheo.directives.actions.outcomes import CANCELLED, RESERVED, Refused, refused
from kheo.directives.actions.writing import change
from kheo.directives.models import Arrival, ChainRow, Issue, Passing, Relay
from kheo.directives.queries.chain import passed_by
from kheo.journal.actions import record
from kheo.notices.actions import Event, Happening, tell
from kheo.org.access import Person
from kheo.org.models import Relation, in_force

MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class PassedDown:
    """To how many it was sent now, and how many had it already."""

    sent: int
    before: int


@transaction.atomic
def pass_down(
    number: int, units: Collection[int], *, arrival: int | None = None, plan_due_on: date | None = None, by: Person, at: datetime
) -> PassedDown | Refused:
    """Send a registered letter to units directly below its own; each is told and may acknowledge it. Whoever has it is not sent it twice.

    `arrival`: the directive that the letter passes down, so that the chain goes on; None begins a chain, or goes on with that to which
    the letter belongs already. `plan_due_on`: by when each of
    them is to have a plan of its own.
    """
    issue_to_write(by, number)
    issue = Issue.objects.select_for_update(of=("self",)).select_related("directive").get(pk=number)
    from_above = arrival_to_write(by, arrival) if arrival is not None else passed_by(number)
    faults = _faults(issue, units, from_above, by.on) or _plan_fault(plan_due_on, by.on)
    if faults is not None:
        return faults
    if from_above is not None:
        Relay.objects.get_or_create(arrival=from_above, issue=issue, withdrawn_at=None, defaults={"made_at": at})
    known = set(Passing.objects.filter(issue=issue, unit__in=units).values_list("unit_id", flat=True))
    new = [Passing(issue=issue, unit_id=unit, sent_at=at, plan_due_on=plan_due_on) for unit in units if unit not in known]
    Passing.objects.bulk_create(new)
    today = local_day(at)
    _into_chain(issue, from_above, new, today)
    told = [Happening(each.pk, issue.unit_id, each.unit_id, 0) for each in new]
    tell(Event.PASSED_DOWN, told, cycle="", actor=by.user_id, at=at)
    actor = by.actor(issue.unit_id)
    if issue.sent_on is None and new:
        change(issue, {"sent_on": today}, "note_sending", by=actor, at=at)
    record(
        "pass_down", by=actor, at=at, object_type="issue", object_id=issue.pk, unit_id=issue.unit_id,
        units=sorted(each.unit_id for each in new), arrival=from_above.pk if from_above else None,
    )  # fmt: skip
    return PassedDown(len(new), len(known))


def _faults(issue: Issue, units: Collection[int], arrival: Arrival | None, on: date) -> Refused | None:
    if issue.is_cancelled:
        return CANCELLED
    if issue.directive is None:
        return RESERVED
    if arrival is not None and (arrival.unit_id != issue.unit_id or arrival.standing != Standing.WRITTEN):
        return refused("Văn bản cấp trên phải đã có số đến trong sổ của chính đơn vị này.", "arrival")
    if not units:
        return refused("Chọn ít nhất một đơn vị nhận.", "units")
    if len(units) > MOST_AT_ONCE:
        return refused(f"Gửi một lần nhiều nhất {MOST_AT_ONCE} đơn vị.", "units")
    under = Relation.objects.filter(in_force(on), parent=issue.unit_id, child__in=units).values_list("child_id", flat=True)
    if set(units) - set(under):
        return refused("Chỉ gửi cho đơn vị trực thuộc; mở lại trang để lấy danh sách hôm nay.", "units")
    return None


def _plan_fault(due_on: date | None, today: date) -> Refused | None:
    return refused(f"Hạn có kế hoạch ({format_day(due_on)}) ở trước hôm nay.", "plan_due_on") if due_on and due_on < today else None


def _into_chain(issue: Issue, arrival: Arrival | None, new: list[Passing], today: date) -> None:
    """The rows of the chain, or chains, to which a letter belongs; the sender has passed it on from its first sending on."""
    for sender in _sender_rows(issue, arrival, today):
        if sender.relayed_on is None:
            sender.relayed_on = max(today, sender.sent_on)
            sender.save(update_fields=["relayed_on"])
        inner = _with_units_below([each.unit_id for each in new], today)
        rows = [
            ChainRow(
                root_id=sender.root_id, unit_id=each.unit_id, passing=each, way=[*sender.way, each.unit_id],
                is_inner=each.unit_id in inner, sent_on=today,
            )
            for each in new
        ]  # fmt: skip
        ChainRow.objects.bulk_create(rows, ignore_conflicts=True)


def _with_units_below(units: list[int], today: date) -> frozenset[int]:
    return frozenset(Relation.objects.filter(in_force(today), parent__in=units).order_by().values_list("parent_id", flat=True))


def _sender_rows(issue: Issue, arrival: Arrival | None, today: date) -> list[ChainRow]:
    """Where the sender stands: in the chain by which the directive came; else at the beginning of one of its own."""
    passing = Passing.objects.filter(arrival=arrival).first() if arrival is not None else None
    rows = list(ChainRow.objects.select_for_update().filter(Q(passing=passing, passing__isnull=False) | Q(root=issue, unit=issue.unit_id)))
    if rows:
        return rows
    came = arrival.arrived_on if arrival is not None else issue.issued_on
    row = ChainRow.objects.create(
        root=issue, unit_id=issue.unit_id, way=[issue.unit_id], is_inner=arrival is not None, sent_on=min(came, today),
        acknowledged_on=came,
    )  # fmt: skip
    return [row]


@transaction.atomic
def acknowledge(number: int, *, by: Person, at: datetime) -> Arrival | Refused:
    """One click: the letter is in the unit's own book, with the next arrival number; a second click gives the same number.

    Where the unit had written it into its book by hand, that number stands for it and no other is taken.
    """
    passing_to_write(by, number)
    passing = Passing.objects.select_for_update(of=("self",)).select_related("arrival", "issue").get(pk=number)
    if passing.arrival is not None:
        return passing.arrival
    if passing.issue.is_cancelled or passing.issue.directive_id is None:
        return CANCELLED
    found = _own_arrival(passing, by, at)
    if isinstance(found, Refused):
        return found
    passing.arrival = found
    passing.save(update_fields=["arrival"])
    ChainRow.objects.filter(passing=passing).update(acknowledged_on=found.arrived_on)
    record(
        "acknowledge_passing", by=by.actor(passing.unit_id), at=at, object_type="arrival", object_id=found.pk, unit_id=passing.unit_id,
        passing=passing.pk, number=found.number, year=found.year,
    )  # fmt: skip
    return found


def _own_arrival(passing: Passing, by: Person, at: datetime) -> Arrival | Refused:
    directive = passing.issue.directive_id
    assert directive is not None
    today, due_on = local_day(at), passing.plan_due_on
    facts = ArrivalFacts(today, due_on=due_on if due_on and due_on >= today else None)
    made = register_arrival(passing.unit_id, directive, facts, by=by, at=at)
    if isinstance(made, AlreadyThere):
        free = [each.arrival for each in made.twins if not Passing.objects.filter(arrival=each.arrival).exists()]
        if free:
            return free[0]
        made = register_arrival(passing.unit_id, directive, facts, even_so=True, by=by, at=at)
    if isinstance(made, AlreadyThere):
        return refused("Chưa ghi được số đến: mở lại trang rồi bấm lại.")
    return made.arrival if isinstance(made, Arrived) else made
