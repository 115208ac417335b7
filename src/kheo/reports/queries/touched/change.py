"""What a change of units does to whom: read from its plan, before it is done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from kheo.core.problems import Problem, in_order
from kheo.core.reorganising import Fact, Plan, PostEnded, Span, Suspended, Transferred, ended_by, successions_of
from kheo.core.unit_kinds import Line
from kheo.org.models import Succession, UnitName
from kheo.org.queries import named_in, names_around, names_through_time, under_another_top
from kheo.people.models import User

Units = frozenset[int]
NONE: Units = frozenset()


@dataclass(frozen=True)
class Change:
    """The stored units that a change concerns.

    `ended` are not there any more, `followed` those of them whose past goes to another unit; `moved` stand under another unit on the
    union line, `paused` do not work for a time; `back` are there again, because their end is taken back. `unmade` are those of `ended`
    that a taking back ends: they were never there, or only until its day. `places`: the units above, on the union line, of those that
    get another; `lost`, `regained`: posts by account, role and unit. `at`: when it is looked at; None: nothing is over yet.
    """

    ended: Units = NONE
    followed: Units = NONE
    moved: Units = NONE
    paused: Units = NONE
    back: Units = NONE
    unmade: Units = NONE
    places: frozenset[tuple[int, int]] = frozenset()
    lost: frozenset[tuple[int, str, int]] = frozenset()
    regained: frozenset[tuple[int, str, int]] = frozenset()
    at: datetime | None = None


def _places(plan: Plan) -> frozenset[tuple[int, int]]:
    """Where units stand on the union line after all of it."""
    last: dict[int, Span] = {}
    for slot, span in plan.opened:
        is_later = slot.unit not in last or last[slot.unit].starts <= span.starts
        if slot.fact is Fact.PLACE and slot.key == Line.UNION and span.starts != span.ends and is_later:
            last[slot.unit] = span
    return frozenset((unit, span.value) for unit, span in last.items() if isinstance(span.value, int))


def change_of(plan: Plan, at: datetime | None = None) -> Change:
    """What events do."""
    ended = frozenset(unit for event in plan.events for unit in ended_by(event) if unit > 0)
    followed = frozenset(each.predecessor for event in plan.events for each in successions_of(event))
    moved = frozenset(event.unit for event in plan.events if isinstance(event, Transferred) and event.place.line is Line.UNION)
    paused = frozenset(event.unit for event in plan.events if isinstance(event, Suspended))
    lost = _of_people(plan.posts_ended)
    return Change(ended, followed & ended, moved - ended, paused - ended, places=_places(plan), lost=lost, at=at)


def change_back(plan: Plan, at: datetime | None = None) -> Change:
    """What taking events back does: units are there again, others are not any more."""
    begun = {slot.unit for slot, span in plan.opened if slot.fact is Fact.NAME and span.starts != span.ends}
    over = {slot.unit for slot, _, _ in plan.ended if slot.fact is Fact.NAME}
    unmade = frozenset(over - begun)
    back, lost = _of_people(_regained(plan)), _of_people(plan.posts_ended)
    again = frozenset(begun - over)
    return Change(ended=unmade, back=again, unmade=unmade, places=_places(plan), lost=lost - back, regained=back, at=at)


def _of_people(posts: Collection[PostEnded]) -> frozenset[tuple[int, str, int]]:
    return frozenset((post.user, post.role, post.unit) for post in posts)


def origins_of(units: Collection[int]) -> dict[int, frozenset[int]]:
    """The units that each of these came from on its first day: what they are given back to where their coming to be is taken back."""
    if not units:
        return {}
    first = dict(UnitName.objects.filter(unit__in=units).order_by("-starts").values_list("unit_id", "starts"))
    rows = Succession.objects.filter(successor__in=units).exclude(predecessor=F("successor"))
    found: dict[int, set[int]] = {}
    for day, old, new in rows.values_list("event__day", "predecessor_id", "successor_id"):
        if day == first.get(new):
            found.setdefault(new, set()).add(old)
    return {unit: frozenset(old) for unit, old in found.items()}


def among(field: str, units: Collection[int]) -> Q:
    """Whether a column holds one of these units; thousands of them travel as one value."""
    return Q(**{f"{field}__in": RawSQL("SELECT unnest(%s::bigint[])", [sorted(units)])}) if units else Q(pk__in=())


def answering(units: Collection[int], prefix: str = "") -> Q:
    """The same as `reports.models.answered_by`, for thousands of units."""
    own = among(f"{prefix}unit", units) & Q(**{f"{prefix}filler__isnull": True})
    return own | among(f"{prefix}filler", units)


@dataclass(frozen=True)
class PostTouched:
    """Somebody's post that ends with its unit, or is held again: from `day` on."""

    person: str
    role: str
    unit_name: str
    day: date


def posts_lost(plan: Plan) -> list[PostTouched]:
    """Who loses which post by a plan: two queries however many."""
    return _posts(plan.posts_ended)


def posts_back(plan: Plan) -> list[PostTouched]:
    """Who holds which post again by a plan of taking back."""
    return _posts(_regained(plan))


def _regained(plan: Plan) -> list[PostEnded]:
    opened = [(slot, span) for slot, span in plan.opened if slot.fact is Fact.POST and span.starts != span.ends]
    return [PostEnded(int(slot.key.split(":")[0]), slot.key.split(":")[1], slot.unit, span.starts) for slot, span in opened]


def _posts(posts: Collection[PostEnded]) -> list[PostTouched]:
    if not posts:
        return []
    people = dict(User.objects.filter(pk__in={post.user for post in posts}).values_list("pk", "full_name"))
    names = names_around({post.unit for post in posts}, min(post.day for post in posts))
    return [PostTouched(people[post.user], post.role, names.get(post.unit, ""), post.day) for post in posts]


def last_names(units: Collection[int]) -> list[str]:
    """What units are called, or were last: one query."""
    held: dict[int, Any] = dict(names_through_time(units))
    return [held[unit][-1].value for unit in sorted(units) if held.get(unit)]


def beyond_reach(plan: Plan, top: int, file: str) -> tuple[Problem, ...]:
    """Events about units that stand under another top of the union line: not this one's to change."""
    named = {unit for event in plan.events for unit in named_in(event) if unit > 0}
    others = under_another_top(named, top, min(event.day for event in plan.events)) if plan.events else set()
    if not others:
        return ()
    told = "Có đơn vị không thuộc đơn vị đứng đầu tuyến công đoàn mà anh/chị phụ trách."
    return in_order([Problem(told, file, event.row) for event in plan.events if others & set(named_in(event))])


def annulment_beyond_reach(plan: Plan, top: int) -> tuple[Problem, ...]:
    """Whether taking back would change units that stand under another top of the union line."""
    touched = {effect.slot.unit for effect in plan.effects} | {event.unit for event in plan.events}
    others = under_another_top(touched, top, min(event.day for event in plan.events)) if plan.events else set()
    return (Problem("Có đơn vị không thuộc đơn vị đứng đầu tuyến công đoàn mà anh/chị phụ trách."),) if others else ()
