"""The small-count wall in another structure: what the same reader is shown as reported tells it, or it is not shown.

See `core.wall_elsewhere`, which also says why no more is. A count of 1 to 4 that could be reckoned from the pages as reported is not
printed as the count of a unit either.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kheo.core.definition import Definition, Indicator
from kheo.core.privacy import is_small
from kheo.core.rollup import Int64s, cell_of
from kheo.core.tree import Snapshot
from kheo.core.wall import Level
from kheo.core.wall_elsewhere import Top, untold_lines
from kheo.reports.queries.cells import UnitCells, cells_below, cells_of_units, positions_of
from kheo.reports.queries.restructured import Restructured
from kheo.reports.queries.totals import Subtotal
from kheo.reports.queries.walls import guarded_keys, levels_at, terms_of_code, walled_keys

Tops = tuple[Top, ...]


def tops_of(origin: Snapshot, reads: Collection[int] | None, receives: Collection[int] = ()) -> Tops:
    """From where somebody reads a cycle as reported. `reads`: the units whose subtrees they read, None for the highest units
    themselves; `receives`: the units whose reports they receive, and are taken to see the whole tree above.
    """
    roots = [unit for unit, above in zip(origin.units, origin.parents, strict=True) if above < 0]
    own = {unit for unit in (roots if reads is None else reads) if unit in origin.position}
    highest = [unit for unit in own if own.isdisjoint(origin.ancestors(unit))]
    received = {unit for unit in receives if unit in origin.position} - own
    seen = own | received
    others = [unit for unit in received if seen.isdisjoint(origin.ancestors(unit))]
    paths = [Top((*reversed(origin.ancestors(unit)), unit), False) for unit in others]
    return (*(Top((unit,), True) for unit in highest), *paths)


@dataclass(frozen=True)
class Curtain:
    """`untold`: by cell behind the wall the lines whose number is not shown; `wholes`: lines that are everything one reads."""

    definition: Definition
    untold: Mapping[str, frozenset[int]]
    wholes: frozenset[int]

    def over(self, line: int, subtotal: Subtotal) -> frozenset[str]:
        """Codes of what is not shown of a line."""
        hidden = {key for key, lines in self.untold.items() if line in lines}
        if line not in self.wholes:
            hidden |= {key for key in self.untold.keys() - hidden if self._is_small(key, subtotal)}
        found = {code for code in walled_keys(self.definition) if hidden.intersection(terms_of_code(self.definition, code))}
        return frozenset(found)

    def _is_small(self, key: str, subtotal: Subtotal) -> bool:
        return is_small(cell_of(subtotal.tally, self.definition.cell(key).position, subtotal.reported).value)


def curtain(
    reading: Restructured, definition: Definition, tops: Tops | None, labels: Int64s, indicators: Sequence[Indicator] | None = None
) -> Curtain:
    """Of lines that `labels` tell by position of the cycle's tree, -1 for none; `tops` None: nothing behind the wall is shown."""
    keys = guarded_keys(definition, definition.indicators if indicators is None else indicators)
    origin = reading.shape.origin
    if not keys:
        return Curtain(definition, {}, frozenset())
    if not tops:
        everything = frozenset(np.unique(labels[labels >= 0]).tolist())
        return Curtain(definition, dict.fromkeys(keys, everything), frozenset())
    read = _Read(reading, positions_of(definition, keys), definition)
    untold = {key: _untold(origin, labels, tops, read, index) for index, key in enumerate(keys)}
    return Curtain(definition, untold, _wholes(origin, labels, tops))


def _untold(origin: Snapshot, labels: Int64s, tops: Tops, read: "_Read", index: int) -> frozenset[int]:
    def levels(units: Collection[int]) -> Mapping[int, Level]:
        return levels_at(read.below(units), units, index)

    def gave(units: Collection[int]) -> Collection[int]:
        found = read.own(units)
        return {unit for unit in units if unit in found and found[unit].own_value(index) is not None}

    return untold_lines(origin, labels, tops, levels, gave)


def _wholes(origin: Snapshot, labels: Int64s, tops: Tops) -> frozenset[int]:
    found = set()
    for top in tops:
        low, high = origin.interval(top.path[-1])
        line = int(labels[low])
        if line >= 0 and (labels[low:high] == line).all() and (labels == line).sum() == high - low:
            found.add(line)
    return frozenset(found)


class _Read:
    """Cells as they are asked for, each unit once for all cells together."""

    def __init__(self, reading: Restructured, positions: Sequence[int], definition: Definition) -> None:
        self._cycle, self._positions, self._definition = reading.cycle, positions, definition
        self._below: dict[int, UnitCells] = {}
        self._asked: set[int] = set()
        self._own: dict[int, UnitCells] = {}

    def below(self, units: Collection[int]) -> Mapping[int, UnitCells]:
        """These units and those directly below them, among others."""
        new = set(units) - self._asked
        if new:
            self._below.update(cells_below(self._cycle, new, self._positions, self._definition))
            self._asked |= new
        return self._below

    def own(self, units: Collection[int]) -> Mapping[int, UnitCells]:
        """These units, among others."""
        new = set(units) - self._own.keys() - self._below.keys()
        if new:
            self._own.update(cells_of_units(self._cycle, new, self._positions, self._definition))
        return {**self._own, **self._below}
