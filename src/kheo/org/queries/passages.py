"""How the past of units went from one day's tree to another's: forwards, and backwards."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Max

from kheo.core.restructuring import Landings, Passage, followed, land, traced
from kheo.core.tree import Snapshot
from kheo.core.unit_kinds import Line
from kheo.org.models import Relation, SpanChange, Succession, UnitName, in_force
from kheo.org.queries.trees import tree


def passages_between(after: date, until: date) -> list[Passage]:
    """Whose past went where on the days `(after, until]`, oldest first.

    An event that was taken back within these days moved nothing. One of an earlier day that was taken back in them gave the past back
    on that day: from the successors to whoever was there before.
    """
    rows = Succession.objects.filter(event__day__gt=after, event__day__lte=until).exclude(event__annulled_by__day__lte=until)
    moved = [Passage(*row) for row in rows.values_list("event__day", "predecessor_id", "successor_id", "event_id")]
    back = Succession.objects.filter(event__day__lte=after, event__annulled_by__day__gt=after, event__annulled_by__day__lte=until)
    columns = ("event__annulled_by__day", "successor_id", "predecessor_id", "event__annulled_by")
    returned = [Passage(*row) for row in back.values_list(*columns)]
    living_on = _there({(each.old, each.day) for each in returned})
    kept = [Passage(each.day, each.old, each.old, each.event) for each in returned if (each.old, each.day) in living_on]
    return sorted({*moved, *returned, *kept}, key=lambda each: (each.day, each.event, each.old, each.new))


def _there(wanted: Collection[tuple[int, date]]) -> frozenset[tuple[int, date]]:
    """Those of these units that exist on the day beside them: a query a day."""
    found = set()
    for day in {day for _, day in wanted}:
        units = [unit for unit, asked in wanted if asked == day]
        found |= {(unit, day) for unit in UnitName.objects.filter(in_force(day), unit__in=units).values_list("unit_id", flat=True)}
    return frozenset(found)


def recorded_late(opened_on: date, opened_at: datetime, until: date) -> list[Passage]:
    """What happened up to `until`, no later than `opened_on`, but was recorded after a tree was frozen at `opened_at` without it."""
    rows = Succession.objects.filter(event__day__lte=min(opened_on, until), event__batch__recorded_at__gt=opened_at)
    rows = rows.exclude(event__annulled_by__day__lte=until)
    columns = ("event__day", "predecessor_id", "successor_id", "event_id")
    return [Passage(*row) for row in rows.order_by("event__day", "pk").values_list(*columns)]


@dataclass(frozen=True)
class Frozen:
    """A tree as it was frozen: its shape, the day it is of and the instant when it was frozen."""

    shape: Snapshot
    day: date
    at: datetime


def landings_on(frozen: Frozen, line: Line, on: date) -> tuple[Snapshot, Landings]:
    """The tree of a line on a day, and where every unit of the frozen one lands in it."""
    target = tree(on, line)
    late = recorded_late(frozen.day, frozen.at, on)
    if on >= frozen.day:
        return target, land(frozen.shape, target, followed(frozen.shape.position, [*late, *passages_between(frozen.day, on)]))
    passages = passages_between(on, frozen.day)
    there = _there({(each.new, each.day - timedelta(days=1)) for each in passages})
    corrected = followed(frozen.shape.position, late)
    units = {*frozen.shape.position, *(each for ends in corrected.values() for each in ends)}
    came = traced(units, passages, partial(_just_before, there))
    became = {
        unit: frozenset(origin for each in corrected.get(unit, (unit,)) for origin in came.get(each, (each,)))
        for unit in {*corrected, *came} & frozen.shape.position.keys()
    }
    return target, land(frozen.shape, target, became)


def _just_before(there: Collection[tuple[int, date]], unit: int, day: date) -> bool:
    return (unit, day - timedelta(days=1)) in there


def structure_stamp() -> tuple[int, ...]:
    """Changes with every change of any tree: what was worked out from trees may be kept as long as it is the same."""
    newest = (table.objects.aggregate(newest=Max("pk"))["newest"] or 0 for table in (Relation, UnitName, SpanChange))
    return tuple(newest)
