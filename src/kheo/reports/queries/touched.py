"""What changes of units touch before they are done: who loses which post, and which reports still to come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kheo.core.problems import Problem, in_order
from kheo.core.reorganising import Event, Plan, ended_by
from kheo.core.workflow import State
from kheo.org.queries import named_in, names_around, under_another_top
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
