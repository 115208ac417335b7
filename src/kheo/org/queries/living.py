"""Units that are there on a day, what those that ended were called last, and who followed them."""

from collections.abc import Collection
from datetime import date

from kheo.org.models import Succession, UnitName, in_force


def living(units: Collection[int], on: date) -> frozenset[int]:
    """Those of these units that exist on a day."""
    return frozenset(UnitName.objects.filter(in_force(on), unit__in=units).values_list("unit_id", flat=True))


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
    found, todo, seen = list[int](), [unit], {unit}
    while todo:
        alive = living(todo, on)
        found += [each for each in todo if each in alive]
        ended = [each for each in todo if each not in alive]
        rows = Succession.objects.filter(predecessor__in=ended, event__day__lte=on).exclude(event__annulled_by__day__lte=on)
        todo = [each for each in dict.fromkeys(rows.order_by("pk").values_list("successor_id", flat=True)) if each not in seen]
        seen.update(todo)
    return tuple(found)


def forebears(units: Collection[int], on: date) -> set[int]:
    """The units whose past went, by a day, to one of these, through as many successions as there were."""
    found, todo = set[int](), set(units)
    while todo:
        rows = Succession.objects.filter(successor__in=todo, event__day__lte=on).exclude(event__annulled_by__day__lte=on)
        todo = set(rows.values_list("predecessor_id", flat=True)) - found - set(units)
        found |= todo
    return found
