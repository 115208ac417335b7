"""A tree of units as of one day, as depth-first intervals.

A unit's subtree is the half-open range of positions `[lo, hi)`; the unit itself stands at `lo`. Celko, *Trees and
Hierarchies in SQL*, ch. 4 (nested intervals numbered by preorder only). A snapshot never changes: a past cycle keeps its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


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
    """Number a forest depth first, siblings by `order` (default: unit id).

    Raises TreeError naming the units: two parents, a parent that is not in the tree, a cycle.
    """
    parents = _single_parents(edges)
    children: dict[int | None, list[int]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    key = order or (lambda unit: unit)
    for siblings in children.values():
        siblings.sort(key=key)  # type: ignore[arg-type]  # the caller's key must be orderable; mypy has no word for that
    units, above = _depth_first(children)
    if len(units) != len(parents):
        reached = set(units)
        raise TreeError("Quan hệ cấp trên – cấp dưới tạo thành vòng.", sorted(set(parents) - reached))
    return _number(units, above)


def _single_parents(edges: Iterable[Edge]) -> dict[int, int | None]:
    parents: dict[int, int | None] = {}
    twice: set[int] = set()
    for edge in edges:
        if edge.child in parents:
            twice.add(edge.child)
        parents[edge.child] = edge.parent
    if twice:
        raise TreeError("Đơn vị có hai cấp trên trong cùng một ngày.", sorted(twice))
    orphans = sorted(child for child, parent in parents.items() if parent is not None and parent not in parents)
    if orphans:
        raise TreeError("Đơn vị có cấp trên không còn trong cây ngày này.", orphans)
    return parents


def _depth_first(children: Mapping[int | None, list[int]]) -> tuple[list[int], list[int]]:
    """Units in preorder and the position of each one's parent; iterative, since a bad tree may be deep."""
    units: list[int] = []
    above: list[int] = []
    stack: list[tuple[int, int]] = [(unit, -1) for unit in reversed(children.get(None, []))]
    while stack:
        unit, parent_position = stack.pop()
        here = len(units)
        units.append(unit)
        above.append(parent_position)
        stack.extend((child, here) for child in reversed(children.get(unit, [])))
    return units, above


def _number(units: list[int], above: list[int]) -> Snapshot:
    depths = [0] * len(units)
    sizes = [1] * len(units)
    for position, parent in enumerate(above):
        depths[position] = depths[parent] + 1 if parent >= 0 else 0
    for position in range(len(units) - 1, -1, -1):
        if above[position] >= 0:
            sizes[above[position]] += sizes[position]
    ends = tuple(position + size for position, size in enumerate(sizes))
    return Snapshot(tuple(units), tuple(above), ends, tuple(depths))
