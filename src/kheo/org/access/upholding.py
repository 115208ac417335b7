"""Which invitations their senders may still uphold, many at once: now, and after a change of units that is not recorded yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Q

from kheo.core.days import local_day
from kheo.core.holding import SUPERIORS
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.access import Person, persons_by_id
from kheo.org.access.people import giving
from kheo.org.models import Invitation, Post, Relation, in_force
from kheo.org.queries import PostHeld, parents_on

PostOf = tuple[int, str, int]


@dataclass(frozen=True)
class Shift:
    """What a change does to who may invite: posts are lost and held again (by account, role and unit), units stand under others."""

    lost: frozenset[PostOf] = frozenset()
    regained: frozenset[PostOf] = frozenset()
    places: Mapping[int, int] = field(default_factory=dict)
    ended: frozenset[int] = frozenset()


NO_SHIFT = Shift()


@dataclass(frozen=True)
class _Facts:
    """What the rights of senders hang on, of all units at once."""

    above: Mapping[int, int]
    parents: frozenset[int]
    held: Mapping[int, frozenset[Role]]

    def around(self, unit: int) -> "_Here":
        return _Here(unit, self.above.get(unit), unit in self.parents, self.held.get(unit, frozenset()))


@dataclass(frozen=True)
class _Here:
    """Around one unit, as `org.access.people` asks it."""

    unit: int
    superior: int | None
    has_units_below: bool
    held: frozenset[Role]


def upheld(invitations: Collection[Invitation], at: datetime, shift: Shift = NO_SHIFT) -> frozenset[int]:
    """Those of these invitations, by number, whose senders may invite for that post: the same few queries for each level of the tree."""
    senders = {each.sent_by for each in invitations if each.sent_by is not None and each.sent_by.is_active}
    people = {number: _after(sender, shift) for number, sender in persons_by_id(senders, at).items()}
    facts = _facts({each.unit_id for each in invitations}, local_day(at), shift)
    found = set[int]()
    for each in invitations:
        sender = people.get(each.sent_by_id) if each.sent_by_id is not None else None
        if each.sent_by_id is None or (sender and Role(each.role) in giving(sender, facts.around(each.unit_id)).everything):
            found.add(each.pk)
    return frozenset(found)


def _after(sender: Person, shift: Shift) -> Person:
    kept = tuple(post for post in sender.posts if (sender.user_id, post.role, post.unit) not in shift.lost)
    back = tuple(PostHeld(unit, role, "") for user, role, unit in sorted(shift.regained) if user == sender.user_id)
    return replace(sender, posts=kept + back)


def _facts(units: Collection[int], on: date, shift: Shift) -> _Facts:
    ways = {line: _ways(units, on, line, shift.places if line is Line.UNION else {}) for line in (Line.UNION, Line.PARTY)}
    everybody = {each for way in ways.values() for found in way.values() for each in found}
    rows = Post.objects.filter(in_force(on), unit__in=everybody, role__in=SUPERIORS).values_list("user_id", "role", "unit_id")
    inviting = {unit for _, role, unit in set(rows) - shift.lost | shift.regained if role in SUPERIORS}
    above: dict[int, int] = {}
    for unit in units:
        way = ways[Line.UNION].get(unit) or ways[Line.PARTY].get(unit) or []
        for each in (each for each in way if each in inviting):
            above.setdefault(unit, each)
    return _Facts(above, _parents(units, on, shift), _held(units, on, shift))


def _ways(units: Collection[int], on: date, line: Line, places: Mapping[int, int]) -> dict[int, list[int]]:
    """The units above each, the nearest first."""
    above: dict[int, int] = {}
    todo = set(units)
    while todo:
        found = parents_on(on, line, todo) | {unit: places[unit] for unit in todo if unit in places}
        above |= found
        todo = set(found.values()) - above.keys()
    return {unit: _way(unit, above) for unit in units}


def _way(unit: int, above: Mapping[int, int]) -> list[int]:
    found: list[int] = []
    while unit in above and above[unit] not in found:
        unit = above[unit]
        found.append(unit)
    return found


def _parents(units: Collection[int], on: date, shift: Shift) -> frozenset[int]:
    rows = Relation.objects.filter(in_force(on), parent__in=units, line__in=(Line.UNION, Line.PARTY))
    stay = {
        parent
        for child, parent, line in rows.values_list("child_id", "parent_id", "line")
        if child not in shift.ended and (line != Line.UNION or shift.places.get(child, parent) == parent)
    }
    return frozenset(each for each in (*stay, *shift.places.values()) if each is not None)


def _held(units: Collection[int], on: date, shift: Shift) -> dict[int, frozenset[Role]]:
    """The roles that somebody holds at each of these units on a day or will hold."""
    found: dict[int, set[Role]] = {}
    rows = Post.objects.filter(Q(ends__isnull=True) | Q(ends__gt=on), unit__in=units)
    for user, role, unit, starts, ends in rows.values_list("user_id", "role", "unit_id", "starts", "ends"):
        if (ends is None or ends > starts) and (user, role, unit) not in shift.lost:
            found.setdefault(unit, set()).add(Role(role))
    for _, role, unit in shift.regained:
        found.setdefault(unit, set()).add(Role(role))
    return {unit: frozenset(roles) for unit, roles in found.items()}
