"""Where entries have their place below a unit: along the tree of a day, those of ended units at who keeps what they left."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kheo.core.unit_kinds import Line
from kheo.org.queries import Within, left_to, parents_below


@dataclass(frozen=True)
class Branches:
    """The tree under a unit on a day, with where each unit that entries may name has its place in it."""

    top: int
    on: date
    is_whole: bool  # whether the top has the line alone: then entries of all units count

    @cached_property
    def parents(self) -> Mapping[int, int]:
        """By unit below the top the one directly above."""
        return parents_below(self.on, Line.UNION, self.top)

    @cached_property
    def places(self) -> Mapping[int, int]:
        """By unit that entries may name its place: itself, its heir, the lowest unit above all its heirs."""
        inside = {self.top, *self.parents}
        left = left_to(inside, Within(self.on))
        # What units elsewhere keep as well counts above all of them, so that no entry counts in two places.
        return {unit: unit for unit in inside} | {unit: self._lowest(kept) for unit, kept in left.items() if kept <= inside}

    @cached_property
    def below(self) -> Mapping[int, list[int]]:
        """By unit those directly below it; units without any are absent."""
        found: dict[int, list[int]] = {}
        for child, parent in self.parents.items():
            found.setdefault(parent, []).append(child)
        return found

    @property
    def units(self) -> Collection[int] | None:
        """The units whose entries count; None: all."""
        return None if self.is_whole else self.places.keys()

    def way_of(self, unit: int) -> tuple[int, ...]:
        """The way to where the entries of a unit count: at the top where nobody keeps them."""
        if unit not in self._known:
            self._known[unit] = self.way(self.places.get(unit, self.top))
        return self._known[unit]

    @cached_property
    def _known(self) -> dict[int, tuple[int, ...]]:
        return {}

    def way(self, unit: int) -> tuple[int, ...]:
        """From the top down to a unit, itself last."""
        way = [unit]
        while way[-1] != self.top:
            way.append(self.parents[way[-1]])
        return tuple(reversed(way))

    def _lowest(self, units: Collection[int]) -> int:
        ways = [self.way(unit) for unit in units]
        return max((each for each in ways[0] if all(each in way for way in ways)), key=ways[0].index)

    def named(self, unit: int, *, own: bool = False) -> Collection[int] | None:
        """The units, as entries name them, that count for a unit, with all below it or alone; None: all there are."""
        if own:
            return [named for named, place in self.places.items() if place == unit]
        return self.units if unit == self.top else [named for named, place in self.places.items() if unit in self.way(place)]
