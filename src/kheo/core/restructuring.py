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


def followed(units: Collection[int], passages: Iterable[Passage]) -> dict[int, frozenset[int]]:
    """Forward in time: to which units the past of each unit went; units that nothing happened to are absent.

    A unit that gave a part away and lives on has a passage to itself.
    """
    moves = [
        {old: {each.new for each in group} for old, group in groupby(sorted(today, key=lambda each: each.old), lambda each: each.old)}
        for _, today in groupby(sorted(passages, key=lambda each: each.day), lambda each: each.day)
    ]
    return _carried(units, moves)


def traced(units: Collection[int], passages: Iterable[Passage], existed: Callable[[int, date], bool]) -> dict[int, frozenset[int]]:
    """Backward in time: from which units everything that each unit stands for came; units that nothing happened to are absent.

    `existed(unit, day)`: whether a unit was there just before a day; then it came from itself as well.
    """
    moves = []
    for day, today in groupby(sorted(passages, key=lambda each: each.day, reverse=True), lambda each: each.day):
        by_new = groupby(sorted(today, key=lambda each: each.new), lambda each: each.new)
        moves.append({new: {each.old for each in group} | ({new} if existed(new, day) else set()) for new, group in by_new})
    return _carried(units, moves)


def _carried(units: Collection[int], moves: Sequence[Mapping[int, Collection[int]]]) -> dict[int, frozenset[int]]:
    """Everybody moves at once on each of the days, one day after the other."""
    origin = set(units)
    here: dict[int, set[int]] = {}
    for move in moves:
        leaving = {unit: here.get(unit, {unit} & origin) for unit in move}
        here.update({unit: set() for unit in move})
        for unit, targets in move.items():
            for target in targets:
                here.setdefault(target, {target} & origin).update(leaving[unit])
    found: dict[int, set[int]] = {}
    for unit, members in here.items():
        for member in members:
            found.setdefault(member, set()).add(unit)
    return {unit: frozenset(targets) for unit, targets in found.items() if targets != {unit}}


@dataclass(frozen=True)
class Landings:
    """For every position of the origin its place in the target (`OUTSIDE`: above all roots) and how it lands there (`Landing`).

    `heirs`: by position, the units of the target that a not divisible one belongs to.
    """

    places: Int64s
    kinds: Int64s
    heirs: Mapping[int, tuple[int, ...]]


def land(origin: Snapshot, target: Snapshot, became: Mapping[int, Collection[int]]) -> Landings:
    """Where every unit of the origin lands; `became` as `followed` or `traced` tells it."""
    places = indexes_of(np.array(target.units, np.int64), np.array(origin.units, np.int64))
    kinds = np.where(places >= 0, Landing.WHOLE, Landing.NO_HEIR).astype(np.int64)
    heirs: dict[int, tuple[int, ...]] = {}
    top = 0 if len(target) and target.ends[0] == len(target) else OUTSIDE
    touched = {origin.position[unit] for unit in became if unit in origin.position}
    # Depth first a unit comes after the one above it, whose place is settled by then.
    for index in sorted(touched | set(np.flatnonzero(kinds == Landing.NO_HEIR).tolist())):
        unit = origin.units[index]
        ends = became.get(unit, (unit,))
        found = sorted(target.position[each] for each in ends if each in target.position)
        above = int(places[origin.parents[index]]) if origin.parents[index] >= 0 else top
        if len(found) == len(ends) == 1:
            places[index], kinds[index] = found[0], Landing.WHOLE
        elif not found:
            places[index], kinds[index] = above, Landing.NO_HEIR
        else:
            # Where a part of it went nowhere, nobody but the unit above can hold the whole.
            lost = [above] if len(found) < len(ends) else []
            places[index], kinds[index] = max(_over_all(target, [*found, *lost]), top), Landing.NOT_DIVISIBLE
            heirs[index] = tuple(target.units[place] for place in found)
    for array in (places, kinds):
        array.flags.writeable = False
    return Landings(places, kinds, heirs)


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
