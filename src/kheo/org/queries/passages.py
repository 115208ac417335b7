"""How the past of units went from a frozen tree to the tree of another day: by what the one reflects and the other does not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import connection

from kheo.core.restructuring import Landings, Passage, carried, done_moves, land, undone_moves
from kheo.core.tree import Snapshot
from kheo.core.unit_kinds import Line
from kheo.org.models import Relation, SpanChange, Succession, UnitEvent, UnitName, in_force
from kheo.org.queries.trees import tree


@dataclass(frozen=True)
class Frozen:
    """A tree as it was frozen: its shape, the day it is of and the instant when it was frozen."""

    shape: Snapshot
    day: date
    at: datetime

    def reflects(self, day: date, recorded: datetime) -> bool:
        """Whether something of a day was in the record when the tree was frozen."""
        return day <= self.day and recorded <= self.at


@dataclass(frozen=True)
class Passages:
    """`undone`: of events that the frozen tree reflects and that do not hold on the other day; `done`: the other way round."""

    undone: list[Passage]
    done: list[Passage]


COLUMNS = ("event__day", "predecessor_id", "successor_id", "event_id", "event__batch__recorded_at")
COUNTER = ("event__annulled_by__day", "event__annulled_by__batch__recorded_at")


def passages_to(frozen: Frozen, on: date) -> Passages:
    """Of every event whose successions the frozen tree and the tree of a day do not both reflect, or both not.

    Days before and after the tree's own, what was taken back, and what was recorded late are all told by this one difference.
    """
    found = Passages([], [])
    rows = Succession.objects.filter(event__day__lte=max(on, frozen.day)).order_by("event__day", "event_id", "pk")
    for day, old, new, event, recorded, back, back_recorded in rows.values_list(*COLUMNS, *COUNTER):
        was_known = frozen.reflects(day, recorded) and not (back is not None and frozen.reflects(back, back_recorded))
        holds = day <= on and not (back is not None and back <= on)
        if was_known != holds:
            (found.undone if was_known else found.done).append(Passage(day, old, new, event))
    return found


def _there(wanted: Collection[tuple[int, date]]) -> frozenset[tuple[int, date]]:
    """Those of these units that exist on the day beside them: a query a day."""
    found = set()
    for day in {day for _, day in wanted}:
        units = [unit for unit, asked in wanted if asked == day]
        found |= {(unit, day) for unit in UnitName.objects.filter(in_force(day), unit__in=units).values_list("unit_id", flat=True)}
    return frozenset(found)


def landings_on(frozen: Frozen, line: Line, on: date) -> tuple[Snapshot, Landings]:
    """The tree of a line on a day, and where every unit of the frozen one lands in it."""
    target = tree(on, line)
    passages = passages_to(frozen, on)
    there = _there({(each.new, each.day - timedelta(days=1)) for each in passages.undone})
    moves = [*undone_moves(passages.undone, partial(_just_before, there)), *done_moves(passages.done)]
    return target, land(frozen.shape, target, carried(frozen.shape.position, moves))


def _just_before(there: Collection[tuple[int, date]], unit: int, day: date) -> bool:
    return (unit, day - timedelta(days=1)) in there


def structure_stamp() -> tuple[int, ...]:
    """Changes with every change of any tree: what was worked out from trees may be kept as long as it is the same.

    An event may give a part of a unit's past away without opening or ending any span, so events count as well.
    """
    newest = ", ".join(
        f"(SELECT max(id) FROM {table._meta.db_table})"  # noqa: S608  # the name of a table of ours
        for table in (Relation, UnitName, SpanChange, UnitEvent)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {newest}")  # names of tables of ours
        return tuple(each or 0 for each in cursor.fetchall()[0])
