"""What changes of units touch before they are done: who loses which post, and which reports still to come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kheo.core.problems import Problem, in_order
from kheo.core.reorganising import Event, Fact, Plan, ended_by
from kheo.core.workflow import State
from kheo.org.queries import named_in, names_around, names_through_time, under_another_top
from kheo.people.models import User
from kheo.reports.models import Obligation, answered_by


@dataclass(frozen=True)
class PostLost:
    """Somebody's post that ends with its unit: from `day` on the holder has no rights there."""

    person: str
    role: str
    unit_name: str
    day: date


def posts_lost(plan: Plan) -> list[PostLost]:
    """Who loses which post by a plan: two queries however many."""
    ended = plan.posts_ended
    if not ended:
        return []
    people = dict(User.objects.filter(pk__in={post.user for post in ended}).values_list("pk", "full_name"))
    names = names_around({post.unit for post in ended}, min(post.day for post in ended))
    return [PostLost(people[post.user], post.role, names.get(post.unit, ""), post.day) for post in ended]


def units_ended(events: Sequence[Event]) -> tuple[int, ...]:
    """The stored units that these events end, each once."""
    return tuple(dict.fromkeys(unit for event in events for unit in ended_by(event) if unit > 0))


@dataclass(frozen=True)
class ReportTouched:
    """A report still to come of a unit that ends (`is_own`), or owed to one; where it stands and when it is due, which stays."""

    obligation: int
    unit_name: str
    recipient_name: str
    cycle: str
    state: State
    due_at: datetime
    is_own: bool


def reports_touched(units: Collection[int], on: date, *, most: int) -> list[ReportTouched]:
    """The first of them by due date: three queries however many. How many there are is `transitions.touched_by_ending`."""
    own = answered_by(units)
    still_open = Obligation.objects.filter(closed_at__isnull=True, report__accepted__isnull=True)
    rows = still_open.filter(own) | still_open.filter(recipient__in=list(units))
    found = list(rows.select_related("cycle", "report").defer("report__figures", "report__narrative").order_by("due_at", "pk")[:most])
    names = names_around({unit for each in found for unit in (each.answering_id, each.recipient_id)}, on)
    ending = set(units)
    return [
        ReportTouched(
            each.pk,
            names.get(each.answering_id, ""),
            names.get(each.recipient_id, ""),
            each.cycle.name,
            each.state_of(getattr(each, "report", None)),
            each.due_at,
            each.answering_id in ending,
        )
        for each in found
    ]


def beyond_reach(plan: Plan, top: int, file: str) -> tuple[Problem, ...]:
    """Events about units that stand under another top of the union line: not this one's to change."""
    named = {unit for event in plan.events for unit in named_in(event) if unit > 0}
    others = under_another_top(named, top, min(event.day for event in plan.events)) if plan.events else set()
    if not others:
        return ()
    told = "Có đơn vị không thuộc đơn vị đứng đầu tuyến công đoàn mà anh/chị phụ trách."
    return in_order([Problem(told, file, event.row) for event in plan.events if others & set(named_in(event))])


@dataclass(frozen=True)
class TakenBack:
    """What taking events back does: units that are there again, units that are not there any more, posts held again."""

    back: tuple[str, ...]
    gone: tuple[str, ...]
    posts_back: tuple[PostLost, ...]
    gone_units: tuple[int, ...]


def taken_back(plan: Plan, on: date) -> TakenBack:
    """By the plan of an annulment: a fixed number of queries."""
    opened = {slot.unit for slot, span in plan.opened if slot.fact is Fact.NAME and span.starts != span.ends}
    ended = {slot.unit for slot, _, _ in plan.ended if slot.fact is Fact.NAME}
    posts = [(slot, span) for slot, span in plan.opened if slot.fact is Fact.POST and span.starts != span.ends]
    units = sorted(opened ^ ended | {slot.unit for slot, _ in posts})
    names = {unit: held[-1].value for unit, held in names_through_time(units).items()}
    keys = [(int(slot.key.split(":")[0]), slot.key.split(":")[1], slot.unit, span.starts) for slot, span in posts]
    people = dict(User.objects.filter(pk__in={user for user, *_ in keys}).values_list("pk", "full_name"))
    return TakenBack(
        tuple(names[unit] for unit in units if unit in opened - ended),
        tuple(names[unit] for unit in units if unit in ended - opened),
        tuple(PostLost(people[user], role, names[unit], starts) for user, role, unit, starts in keys),
        tuple(sorted(ended - opened)),
    )


def annulment_beyond_reach(plan: Plan, top: int) -> tuple[Problem, ...]:
    """Whether taking back would change units that stand under another top of the union line."""
    touched = {effect.slot.unit for effect in plan.effects} | {event.unit for event in plan.events}
    others = under_another_top(touched, top, min(event.day for event in plan.events)) if plan.events else set()
    return (Problem("Có đơn vị không thuộc đơn vị đứng đầu tuyến công đoàn mà anh/chị phụ trách."),) if others else ()
