"""A tree of units as of one day, as depth-first intervals.

A unit's subtree is the half-open range of positions `[lo, hi)`; the unit itself stands at `lo`. Celko, *Trees and
Hierarchies in SQL*, ch. 4 (nested intervals numbered by preorder only). A snapshot never changes: a past cycle keeps its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kheo.core.tree_arrays import Int64s, Numbering, indexes_of, number_forest


@dataclass(frozen=True)
class Edge:
    """One relation in force on the day: `child` stands under `parent` (None for a root)."""

    child: int
    parent: int | None


class TreeError(ValueError):
    """The relations of a day do not form a forest; `units` are the units at fault."""

    def __init__(self, message: str, units: Sequence[int]) -> None:
        super().__init__(message)
        self.units = tuple(units)


@dataclass(frozen=True)
class Snapshot:
    """Units in depth-first order with the parent position (-1 for a root) and the end of each subtree.

    `units[p]` is the unit at position p; its subtree is the positions `p … ends[p] - 1`.
    """

    units: tuple[int, ...]
    parents: tuple[int, ...]
    ends: tuple[int, ...]
    depths: tuple[int, ...]

    @cached_property
    def position(self) -> Mapping[int, int]:
        """Position of each unit id."""
        return {unit: index for index, unit in enumerate(self.units)}

    def __len__(self) -> int:
        return len(self.units)

    def interval(self, unit: int) -> tuple[int, int]:
        """Half-open range of positions of the subtree of `unit`; KeyError when it is not in the tree."""
        position = self.position[unit]
        return position, self.ends[position]

    def parent(self, unit: int) -> int | None:
        """The unit above, or None for a root."""
        above = self.parents[self.position[unit]]
        return None if above < 0 else self.units[above]

    def children(self, unit: int) -> list[int]:
        """Units directly below, in order."""
        lo, hi = self.interval(unit)
        below: list[int] = []
        position = lo + 1
        while position < hi:
            below.append(self.units[position])
            position = self.ends[position]
        return below

    def subtree(self, unit: int) -> tuple[int, ...]:
        """The unit and everything below it, depth first."""
        lo, hi = self.interval(unit)
        return self.units[lo:hi]

    def ancestors(self, unit: int) -> list[int]:
        """Units above, nearest first, without the unit itself."""
        above: list[int] = []
        position = self.parents[self.position[unit]]
        while position >= 0:
            above.append(self.units[position])
            position = self.parents[position]
        return above


def build_snapshot(edges: Iterable[Edge], order: Callable[[int], object] | None = None) -> Snapshot:
    """Number a forest depth first, siblings by `order` (default: unit id); units are 0 or more.

    Raises TreeError naming the units: two parents, a parent that is not in the tree, a cycle.
    """
    key = order or (lambda unit: unit)
    ordered = sorted(edges, key=lambda edge: key(edge.child))  # type: ignore[arg-type, return-value]  # the caller's key is orderable
    return snapshot_of([edge.child for edge in ordered], [ROOT if edge.parent is None else edge.parent for edge in ordered])


# What stands for “nobody above” in a list of units above.
ROOT = -1


def snapshot_of(children: Sequence[int] | Int64s, above: Sequence[int] | Int64s) -> Snapshot:
    """The same from two columns: each unit, in the order of siblings, and the unit above it (`ROOT`: nobody)."""
    return numbered(children, above)[0]


def numbered(children: Sequence[int] | Int64s, above: Sequence[int] | Int64s) -> tuple[Snapshot, Int64s]:
    """The same, and for each position the row of the columns that stands there: for whatever else is known of each row."""
    units, parents = np.asarray(children, np.int64), np.asarray(above, np.int64)
    _refuse_two_parents(units)
    parent_at = indexes_of(units, parents)
    orphans = units[(parents != ROOT) & (parent_at < 0)]
    if len(orphans):
        raise TreeError("Đơn vị có cấp trên không còn trong cây ngày này.", np.sort(orphans).tolist())
    found = number_forest(parent_at)
    turning = units[found.depths < 0]
    if len(turning):
        raise TreeError("Quan hệ cấp trên – cấp dưới tạo thành vòng.", np.sort(turning).tolist())
    return _in_order(units, parent_at, found)


def _refuse_two_parents(units: Int64s) -> None:
    ordered = np.sort(units)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if len(twice):
        raise TreeError("Đơn vị có hai cấp trên trong cùng một ngày.", twice.tolist())


def _in_order(units: Int64s, parent_at: Int64s, found: Numbering) -> tuple[Snapshot, Int64s]:
    """Everything in the order of places."""
    at = np.empty_like(units)
    at[found.places] = np.arange(len(units))
    parents = np.where(parent_at >= 0, found.places[parent_at], ROOT)
    columns = (units, parents, found.places + found.sizes, found.depths)
    return Snapshot(*(tuple(column[at].tolist()) for column in columns)), at
