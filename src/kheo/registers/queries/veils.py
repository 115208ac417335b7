"""The small-count wall over the figures of a register: which lines of a page are not told, and whose parts.

A line is told with all of its figures or with none: figures of one register are of the same entries, so that what one of them tells of a
unit (that it has none, that it has all) would open another. Parts are told all or none as well (`core.wall_parts`).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kheo.core.wall import Hidden, Level, hidden_along
from kheo.core.wall_parts import HiddenParts, PartsLevel, hidden_parts
from kheo.registers.queries.branches import Branches

Numbers = Counter[int]


@dataclass
class Rung:
    """One rule along the way from the top to the unit of the page: at each step the own count, those of the branches, their own counts."""

    path: Sequence[int]
    own: list[int] = field(default_factory=list)
    children: list[Numbers] = field(default_factory=list)
    owns: list[Numbers] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.own = [0 for _ in self.path]
        self.children, self.owns = [Counter() for _ in self.path], [Counter() for _ in self.path]

    def add(self, way: Sequence[int], number: int) -> None:
        """What a unit has, the way to it."""
        for depth, unit in enumerate(self.path):
            if len(way) <= depth or way[depth] != unit:
                return
            if len(way) == depth + 1:
                self.own[depth] += number
            else:
                self.children[depth][way[depth + 1]] += number
                if len(way) == depth + 2:
                    self.owns[depth][way[-1]] += number

    @property
    def total(self) -> int:
        """Of the unit of the page with all below it."""
        return self.own[-1] + sum(self.children[-1].values())

    def rest_of(self, among: "Rung") -> "Rung":
        """What this one leaves of what it is a share of."""
        rest = Rung(self.path)
        for depth in range(len(self.path)):
            rest.own[depth] = abs(among.own[depth] - self.own[depth])
            for one, other, kept in (
                (self.children, among.children, rest.children),
                (self.owns, among.owns, rest.owns),
            ):
                kept[depth].update({unit: abs(other[depth][unit] - one[depth][unit]) for unit in one[depth].keys() | other[depth].keys()})
        return rest

    def levels(self, branches: Branches, *, owns: bool) -> list[Level]:
        """What the wall looks at: every unit directly below with its count, be it none."""
        return [
            Level(
                unit,
                self.own[depth],
                {child: self.children[depth][child] for child in branches.below.get(unit, ())},
                {child: self.owns[depth][child] for child in branches.below.get(unit, ()) if owns and child in branches.below},
            )
            for depth, unit in enumerate(self.path)
        ]


@dataclass(frozen=True)
class Veils:
    """Which lines of a page are not told."""

    total: bool = False
    own: bool = False
    children: frozenset[int] = frozenset()

    def with_(self, other: Hidden) -> "Veils":
        """These and those of a number."""
        return Veils(self.total or other.total, self.own or other.own, self.children | other.children)


OPEN = Veils()
# Own numbers of the units directly below: known from their reports, and no cover then; or not, and as secret as any other. Both are held.
KNOWING = (True, False)


@dataclass(frozen=True)
class Wall:
    """The wall over every number of a register: of each figure the number, what it is a share of, and the rest."""

    branches: Branches
    numbers: Sequence[Rung]

    @cached_property
    def along(self) -> list[Veils]:
        """The veils of every page on the way to the one that is asked for, the last of them its own."""
        path = self.numbers[0].path if self.numbers else ()
        found = [OPEN for _ in path]
        for number in self.numbers:
            for knows in KNOWING:
                levels = number.levels(self.branches, owns=knows)
                for depth in range(len(path)):
                    found[depth] = found[depth].with_(hidden_along(levels[: depth + 1], is_owner=True, reads_reports=knows))
        return found

    def parts(self, rungs: Mapping[str, Rung]) -> HiddenParts:
        """Whether the parts of one number, each along the way, are told on the last page."""
        found = [hidden_parts(self._levels(rungs, owns=knows), reads_reports=knows) for knows in KNOWING]
        return HiddenParts(any(each.total for each in found), any(each.own for each in found))

    def _levels(self, rungs: Mapping[str, Rung], *, owns: bool) -> list[PartsLevel]:
        levels = []
        below = self.branches.below
        for depth, veils in enumerate(self.along):
            unit = self.numbers[0].path[depth]
            has_below: Collection[int] = [child for child in below.get(unit, ()) if owns and child in below]
            levels.append(
                PartsLevel(
                    unit,
                    {part: rung.own[depth] for part, rung in rungs.items()},
                    {child: {part: rung.children[depth][child] for part, rung in rungs.items()} for child in below.get(unit, ())},
                    {child: {part: rung.owns[depth][child] for part, rung in rungs.items()} for child in has_below},
                    veils.children | ({unit} if veils.own else set()),
                    veils.total,
                )
            )
        return levels
