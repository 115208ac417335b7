"""Units that are there on a day, what those that ended were called last, and who followed them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import Enum

from django.db.models import Exists, OuterRef, Q

from kheo.org.models import Succession, UnitName, in_force
from kheo.org.queries.kept import kept_in_a_look


def living(units: Collection[int], on: date) -> frozenset[int]:
    """Those of these units that exist on a day."""
    return frozenset(UnitName.objects.filter(in_force(on), unit__in=units).values_list("unit_id", flat=True))


@kept_in_a_look(copied=frozenset, most=100_000, answers=3)  # one a day for everybody
def not_there(on: date) -> frozenset[int]:
    """All units that do not exist on a day: ended by then, still to come, or taken back: one query."""
    known = UnitName.objects.filter(Q(ends__lte=on) | Q(starts__gt=on)).values_list("unit_id", flat=True).distinct()
    return frozenset(known.exclude(Exists(UnitName.objects.filter(in_force(on), unit=OuterRef("unit")))))


class Presence(Enum):
    """Where a day stands in the life of a unit. `NEVER`: its whole life was taken back."""

    THERE = "there"
    NOT_YET = "not yet"
    ENDED = "ended"
    NEVER = "never"


def presence(units: Collection[int], on: date) -> dict[int, Presence]:
    """Of these units on a day; one that ended and is there again later has ended: one query."""
    found = dict.fromkeys(units, Presence.NEVER)
    for unit, starts, ends in UnitName.objects.filter(unit__in=units).order_by("starts", "pk").values_list("unit_id", "starts", "ends"):
        if starts == ends or found[unit] is Presence.THERE:
            continue
        if starts > on:
            found[unit] = Presence.NOT_YET if found[unit] is Presence.NEVER else found[unit]
        else:
            found[unit] = Presence.THERE if ends is None or on < ends else Presence.ENDED
    return found


def names_around(units: Collection[int], on: date) -> dict[int, str]:
    """What units are called on a day; of one that has ended, its last name; of one that begins later, its first: one query."""
    found: dict[int, str] = {}
    spans = UnitName.objects.filter(unit__in=units).order_by("starts", "pk").values_list("unit_id", "name", "starts", "ends")
    for unit, name, starts, ends in spans:
        if starts != ends and (starts <= on or unit not in found):
            found[unit] = name
    return found


def heirs_on(unit: int, on: date) -> tuple[int, ...]:
    """The units living on a day that a unit's past went to, through as many successions as there were; itself where it lives."""
    return heirs_of([unit], on)[unit]


def heirs_of(units: Collection[int], on: date) -> dict[int, tuple[int, ...]]:
    """`heirs_on` of many units: two queries for each link of the longest chain of successions, however many units."""
    followers: dict[int, list[tuple[int, int]]] = {}
    alive, known, todo = set[int](), set(units), set(units)
    while todo:
        now = living(todo, on)
        alive |= now
        rows = Succession.objects.filter(predecessor__in=todo - now, event__day__lte=on).exclude(event__annulled_by__day__lte=on)
        links = list(rows.order_by("pk").values_list("pk", "predecessor_id", "successor_id"))
        for number, ended, follower in links:
            followers.setdefault(ended, []).append((number, follower))
        todo = {follower for _, _, follower in links} - known
        known |= todo
    return {unit: _living_from(unit, followers, alive) for unit in units}


def _living_from(unit: int, followers: Mapping[int, Sequence[tuple[int, int]]], alive: Collection[int]) -> tuple[int, ...]:
    """Step by step along the successions, in the order in which they were recorded."""
    found, todo, seen = list[int](), [unit], {unit}
    while todo:
        found += [each for each in todo if each in alive]
        links = sorted(link for each in todo if each not in alive for link in followers.get(each, ()))
        todo = [each for each in dict.fromkeys(follower for _, follower in links) if each not in seen]
        seen.update(todo)
    return tuple(found)


@kept_in_a_look(copied=set)
def forebears(units: Collection[int], on: date) -> set[int]:
    """The units whose past went, by a day, to one of these, through as many successions as there were."""
    found, todo = set[int](), set(units)
    while todo:
        rows = Succession.objects.filter(successor__in=todo, event__day__lte=on).exclude(event__annulled_by__day__lte=on)
        todo = set(rows.values_list("predecessor_id", flat=True)) - found - set(units)
        found |= todo
    return found
