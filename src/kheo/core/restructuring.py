"""Reading the figures of one tree in the structure of another day or line, without guessing.

Every unit of the *origin* (the frozen tree of a cycle) lands at exactly one place of the *target* tree:

- *whole*: at the one unit that all of its past belongs to. It lives on, was renamed, merged, absorbed; read backwards, everything it
  is made of came from one unit.
- *not divisible*: its past belongs to several units of the target (it was split, or gave a part away; read backwards: it was made of
  several). Its figures cannot be moved exactly, so they stand as a named remainder at the lowest unit above all of these.
- *no heir*: nobody is recorded to follow it, or whoever does has no place in the target. A remainder where its unit above landed; at
  the root where there is but one.

So the total of a unit of the target is what landed in its subtree, remainders included, and the sum over the roots of the target (with
what landed above all of them) is the sum over the roots of the origin, whatever happened in between: nothing is moved by a guess, and a
decision's fractions move nothing. Source: design.md §3 (a split unit's past is not divisible), issue “honest totals”.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from kheo.core.days import format_day
from kheo.core.tree import Snapshot
from kheo.core.tree_arrays import Int64s, indexes_of
from kheo.core.unit_kinds import LINE_NAMES, Line

# Above every root of the target.
OUTSIDE = -1
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Structure:
    """The tree in which figures are read: a line as of a day."""

    line: Line
    day: date

    @property
    def words(self) -> str:
        """`Theo cây tổ chức ngày 01/07/2025`, with the line where it is not the union's."""
        line = "" if self.line is Line.UNION else f", tuyến {LINE_NAMES[self.line]}"
        return f"Theo cây tổ chức ngày {format_day(self.day)}{line}"


@dataclass(frozen=True)
class Passage:
    """On a day some of the past of `old` went to `new`, by an event."""

    day: date
    old: int
    new: int
    event: int


class Landing(IntEnum):
    """How a unit's figures are read in the target."""

    WHOLE = 0
    NOT_DIVISIBLE = 1
    NO_HEIR = 2


@dataclass(frozen=True)
class Became:
    """Where all of a unit's past is, and the event that divided it, or else the last that moved it."""

    ends: frozenset[int]
    event: int


@dataclass(frozen=True)
class Move:
    """What moved on one day: for a unit where what stood for it goes, and by which event."""

    targets: Mapping[int, frozenset[int]]
    events: Mapping[int, int]


def done_moves(passages: Iterable[Passage]) -> list[Move]:
    """Forward in time, day by day: the past of `old` goes to `new`. A unit that gave a part away and lives on has one to itself."""
    moves = []
    for _, today in groupby(sorted(passages, key=lambda each: each.day), lambda each: each.day):
        targets: dict[int, set[int]] = {}
        events: dict[int, int] = {}
        for each in sorted(today, key=lambda each: each.event):
            targets.setdefault(each.old, set()).add(each.new)
            events.setdefault(each.old, each.event)
        moves.append(_at_once(targets, events))
    return moves


def undone_moves(passages: Iterable[Passage], existed: Callable[[int, date], bool]) -> list[Move]:
    """Backward in time, the last day first: what stands for `new` came from `old`.

    `existed(unit, day)`: whether a unit was there just before a day; then it came from itself as well.
    """
    moves = []
    for day, today in groupby(sorted(passages, key=lambda each: each.day, reverse=True), lambda each: each.day):
        targets: dict[int, set[int]] = {}
        events: dict[int, int] = {}
        for each in sorted(today, key=lambda each: each.event):
            targets.setdefault(each.new, {each.new} if existed(each.new, day) else set()).add(each.old)
            events.setdefault(each.new, each.event)
        moves.append(_at_once(targets, events))
    return moves


def _at_once(targets: Mapping[int, set[int]], events: Mapping[int, int]) -> Move:
    """Events of a day are one change, so what goes to a unit that goes on itself that day goes on with it."""
    return Move({unit: _through(unit, targets) for unit in targets}, events)


def _through(unit: int, targets: Mapping[int, set[int]]) -> frozenset[int]:
    found, todo, seen = set[int](), list(targets[unit]), {unit}
    while todo:
        target = todo.pop()
        if target == unit or target not in targets:
            found.add(target)
        elif target not in seen:
            seen.add(target)
            found |= {target} & targets[target]
            todo += targets[target] - {target}
    return frozenset(found)


def carried(units: Collection[int], moves: Iterable[Move]) -> dict[int, Became]:
    """Where each unit's past is after these moves, one after the other; units that nothing happened to are absent."""
    origin = set(units)
    here: dict[int, set[int]] = {}
    divided: dict[int, int] = {}
    moved: dict[int, int] = {}
    for move in moves:
        leaving = {unit: here.get(unit, {unit} & origin) for unit in move.targets}
        here.update({unit: set() for unit in move.targets})
        for unit, targets in move.targets.items():
            for member in leaving[unit]:
                moved[member] = move.events[unit]
                if len(targets) > 1:
                    divided.setdefault(member, move.events[unit])
            for target in targets:
                here.setdefault(target, {target} & origin).update(leaving[unit])
    found: dict[int, set[int]] = {}
    for unit, members in here.items():
        for member in members:
            found.setdefault(member, set()).add(unit)
    return {
        unit: Became(frozenset(ends), divided.get(unit, moved[unit])) for unit, ends in found.items() if unit in moved and ends != {unit}
    }


@dataclass(frozen=True)
class Landings:
    """For every position of the origin its place in the target (`OUTSIDE`: above all roots) and how it lands there (`Landing`).

    `heirs`: by position, the units of the target that a not divisible one belongs to; `gone`: by position, of those that something
    happened to, the units that hold its past or a part of it and have no place in the target; `events`: by position, the event that
    divided a unit or moved it last.
    """

    places: Int64s
    kinds: Int64s
    heirs: Mapping[int, tuple[int, ...]]
    gone: Mapping[int, tuple[int, ...]]
    events: Mapping[int, int]


def land(origin: Snapshot, target: Snapshot, became: Mapping[int, Became]) -> Landings:
    """Where every unit of the origin lands; `became` as `carried` tells it."""
    places = indexes_of(np.array(target.units, np.int64), np.array(origin.units, np.int64))
    kinds = np.where(places >= 0, Landing.WHOLE, Landing.NO_HEIR).astype(np.int64)
    heirs: dict[int, tuple[int, ...]] = {}
    gone: dict[int, tuple[int, ...]] = {}
    top = 0 if len(target) and target.ends[0] == len(target) else OUTSIDE
    touched = {origin.position[unit] for unit in became if unit in origin.position}
    # Depth first a unit comes after the one above it, whose place is settled by then.
    for index in sorted(touched | set(np.flatnonzero(kinds == Landing.NO_HEIR).tolist())):
        unit = origin.units[index]
        ends = became[unit].ends if unit in became else (unit,)
        found = sorted(target.position[each] for each in ends if each in target.position)
        if len(found) < len(ends) and unit in became:
            gone[index] = tuple(sorted(each for each in ends if each not in target.position))
        above = int(places[origin.parents[index]]) if origin.parents[index] >= 0 else top
        if len(found) == len(ends) == 1:
            places[index], kinds[index] = found[0], Landing.WHOLE
        elif not found:
            places[index], kinds[index] = above, Landing.NO_HEIR
        else:
            # Where a part of it went nowhere, nobody but the unit above can hold the whole.
            places[index] = max(_over_all(target, [*found, *([above] if index in gone else [])]), top)
            kinds[index] = Landing.NOT_DIVISIBLE
            heirs[index] = tuple(target.units[place] for place in found)
    for array in (places, kinds):
        array.flags.writeable = False
    events = {origin.position[unit]: each.event for unit, each in became.items() if unit in origin.position}
    return Landings(places, kinds, heirs, gone, events)


def _over_all(target: Snapshot, places: Sequence[int]) -> int:
    """The lowest place whose subtree holds all of these; `OUTSIDE` where there is none."""
    low, high = min(places), max(places)
    place = low
    while place != OUTSIDE and target.ends[place] <= high:
        place = target.parents[place]
    return place


@dataclass(frozen=True)
class Pieces:
    """What of the origin stands behind some lines of the target: each line is the sum over these, each report once.

    `subtrees`, `singles`: positions of the origin whose whole subtree, or whose own report alone, belongs to one line; with the
    line of each. `starts`, `ends`, `lines`: the same as ranges of positions that cover them without a gap.
    """

    subtrees: Int64s
    subtree_lines: Int64s
    singles: Int64s
    single_lines: Int64s
    starts: Int64s
    ends: Int64s
    lines: Int64s


def pieces_of(labels: Int64s, parents: Int64s, ends: Int64s) -> Pieces:
    """Cut the origin into as few pieces as possible. `labels`: by position the line it belongs to, -1 for none."""
    starts_new = np.ones(len(labels), bool)
    starts_new[1:] = labels[1:] != labels[:-1]
    run = np.cumsum(starts_new)
    is_one = run[ends - 1] == run
    below_one = (parents >= 0) & is_one[parents]
    wanted = labels >= 0
    subtrees = np.flatnonzero(wanted & is_one & ~below_one)
    singles = np.flatnonzero(wanted & ~is_one)
    starts = np.flatnonzero(starts_new)
    over = np.append(starts[1:], len(labels))
    kept = wanted[starts]
    return Pieces(subtrees, labels[subtrees], singles, labels[singles], starts[kept], over[kept], labels[starts[kept]])


def labels_of(places: Int64s, starts: Int64s, ends: Int64s) -> Int64s:
    """For each place the number of the range `[starts, ends)` that holds it, -1 for none; ranges are ascending and disjoint."""
    if not len(starts):
        return np.full(len(places), -1)
    index = np.searchsorted(starts, places, side="right") - 1
    inside = (index >= 0) & (places < ends[np.maximum(index, 0)])
    return np.where(inside, index, -1)


def shared(groups: Iterable[Collection[int]]) -> dict[int, int]:
    """Units that only add up together, as the smallest unit of each such group: connected components of `groups`.

    Whatever cannot be divided between two units belongs to both, so only their sum is exact.
    """
    first: dict[int, int] = {}

    def root(unit: int) -> int:
        while first.setdefault(unit, unit) != unit:
            unit = first[unit]
        return unit

    for group in groups:
        tops = sorted({root(unit) for unit in group})
        for top in tops[1:]:
            first[top] = tops[0]
    return {unit: root(unit) for unit in list(first)}
