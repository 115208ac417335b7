"""The wall over the figures of a register: nobody who holds every page of a year, of all levels and figures, can tell a small number.

The attack is exact. What a unit has is a vector: its parts by one figure, and by another one with the same total. Which vectors are
possible is reckoned up the tree (sums of what is possible below) and down again (what the pages above leave beside all others), so that
at the end every vector that is left belongs to some town that looks just like this one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kheo.core.privacy import SMALL, is_small
from kheo.core.wall_parts import HiddenParts
from kheo.registers.queries.branches import Branches
from kheo.registers.queries.veils import Rung, Veils, Wall

Vector = tuple[int, ...]
KINDS, SOURCES = ("a", "b"), ("x", "y")
Possible = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Tree:
    """A unit with its own number: by kind, and by source of the same total."""

    unit: int
    kinds: Vector
    sources: Vector
    below: tuple["Tree", ...] = ()

    def all(self, above: tuple["Tree", ...] = ()) -> Iterator[tuple["Tree", ...]]:
        """The way to every unit."""
        yield (*above, self)
        for each in self.below:
            yield from each.all((*above, self))

    @property
    def whole(self) -> tuple[Vector, Vector]:
        """By kind and by source with all below it."""
        parts = [(self.kinds, self.sources), *(each.whole for each in self.below)]
        return tuple(map(sum, zip(*(one for one, _ in parts), strict=True))), tuple(map(sum, zip(*(two for _, two in parts), strict=True)))


@dataclass(frozen=True)
class Page:
    """What one page and the lists behind its numbers hide."""

    veils: Veils
    kinds: HiddenParts
    sources: HiddenParts


def pages_of(tree: Tree) -> dict[int, Page]:
    """Every page of a town, as the one who belongs to its top sees it."""
    return {way[-1].unit: _page(tree, way) for way in tree.all()}


def _page(tree: Tree, way: Sequence[Tree]) -> Page:
    branches = Branches(tree.unit, date(2023, 4, 1), True)
    branches.__dict__["parents"] = {each[-1].unit: each[-2].unit for each in tree.all() if len(each) > 1}
    path = [each.unit for each in way]
    rungs = {
        name: {part: _rung(tree, path, name, place) for place, part in enumerate(names)}
        for name, names in (("kinds", KINDS[: len(tree.kinds)]), ("sources", SOURCES))
    }
    total = Rung(path)
    for each in tree.all():
        total.add([one.unit for one in each], sum(each[-1].kinds))
    wall = Wall(branches, [total, total])
    return Page(wall.along[-1], wall.parts(rungs["kinds"]), wall.parts(rungs["sources"]))


def _rung(tree: Tree, path: Sequence[int], name: str, place: int) -> Rung:
    rung = Rung(path)
    for each in tree.all():
        rung.add([one.unit for one in each], getattr(each[-1], name)[place])
    return rung


@dataclass(frozen=True)
class Told:
    """What is told of a number: nothing, the total, and its parts by kind and by source."""

    total: int | None = None
    kinds: Vector | None = None
    sources: Vector | None = None

    def with_(self, other: "Told") -> "Told":
        return Told(*(mine if mine is not None else theirs for mine, theirs in zip(_fields(self), _fields(other), strict=True)))


def _fields(told: Told) -> tuple[int | None, Vector | None, Vector | None]:
    return told.total, told.kinds, told.sources


@dataclass
class Attack:
    """Everything that is told of a town, and what is possible then. `knows`: the own numbers of the units directly below the top."""

    tree: Tree
    knows: bool
    pages: Mapping[int, Page]
    own: dict[int, Told] = field(default_factory=dict)
    whole: dict[int, Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.size = sum(self.tree.whole[0]) + SMALL + 1
        places = np.indices((self.size,) * (len(self.tree.kinds) + 1))
        self.parts, self.source = places[:-1], places[-1]
        self.total = self.parts.sum(0)
        for way in self.tree.all():
            unit = way[-1]
            page = self.pages[unit.unit]
            self._tell(self.own, unit, (unit.kinds, unit.sources), (page.veils.own, page.kinds.own, page.sources.own))
            self._tell(self.whole, unit, unit.whole, (page.veils.total, page.kinds.total, page.sources.total))
            for child in unit.below:
                self._tell(self.whole, child, child.whole, (child.unit in page.veils.children, True, True))
            if len(way) == 1 or (self.knows and len(way) == 2 and unit.below):
                self._tell(self.own, unit, (unit.kinds, unit.sources), (False, False, False))

    def _tell(self, where: dict[int, Told], unit: Tree, vectors: tuple[Vector, Vector], hidden: tuple[bool, bool, bool]) -> None:
        values = (sum(vectors[0]), *vectors)
        told = Told(*(None if is_hidden else value for value, is_hidden in zip(values, hidden, strict=True)))
        where[unit.unit] = where.get(unit.unit, Told()).with_(told)

    def allows(self, told: Told) -> Possible:
        """The vectors that what is told leaves."""
        left: Possible = self.source <= self.total
        if told.total is not None:
            left &= self.total == told.total
        if told.kinds is not None:
            left &= np.logical_and.reduce([part == number for part, number in zip(self.parts, told.kinds, strict=True)])
        if told.sources is not None:
            left &= (self.source == told.sources[0]) & (self.total == sum(told.sources))
        return left

    def up(self, tree: Tree) -> Possible:
        """What a unit may have with all below it."""
        whole = reduce(self.plus, [self.up(each) for each in tree.below], self.allows(self.own[tree.unit]))
        return whole & self.allows(self.whole[tree.unit])

    def plus(self, one: Possible, other: Possible) -> Possible:
        return self._convolved(one, other, 0)

    def minus(self, one: Possible, other: Possible) -> Possible:
        """What may be left of the one where the other is taken from it."""
        return self._convolved(one, np.flip(other), self.size - 1)

    def _convolved(self, one: Possible, other: Possible, skipped: int) -> Possible:
        shape = (2 * self.size,) * one.ndim
        axes = tuple(range(one.ndim))
        product = np.fft.rfftn(one.astype(float), shape, axes) * np.fft.rfftn(other.astype(float), shape, axes)
        found = np.fft.irfftn(product, shape, axes)[(slice(skipped, skipped + self.size),) * one.ndim]
        return np.asarray(found > 0.5)

    def left(self, tree: Tree, above: Possible | None = None) -> Iterator[tuple[str, int, tuple[Vector, Vector], Possible]]:
        """Of every unit its own number and that with all below it: what it is, and what may be."""
        mine = self.up(tree) if above is None else self.up(tree) & above
        yield "whole", tree.unit, tree.whole, mine
        branches = [self.allows(self.own[tree.unit]), *(self.up(each) for each in tree.below)]
        for place in range(len(branches)):
            others = [each for number, each in enumerate(branches) if number != place]
            beside = self.minus(mine, reduce(self.plus, others)) if others else mine
            if place:
                yield from self.left(tree.below[place - 1], beside)
            else:
                yield "own", tree.unit, (tree.kinds, tree.sources), branches[0] & beside

    def leaks(self) -> list[tuple[str, int, str, int]]:
        """Small numbers of other units that are known to be small."""
        known = {self.tree.unit} | ({each.unit for each in self.tree.below if each.below} if self.knows else set())
        found = []
        for what, unit, (kinds, sources), possible in self.left(self.tree):
            if unit == self.tree.unit or (what == "own" and unit in known):
                continue
            # Where the own number is known, the secret is what those below have.
            less, less_first = self._own_of(unit) if unit in known else ((0,) * len(kinds), 0)
            values = [
                ("total", sum(kinds) - sum(less), self.total - sum(less)),
                ("source", sources[0] - less_first, self.source - less_first),
            ]
            values += [(KINDS[place], kinds[place] - less[place], part - less[place]) for place, part in enumerate(self.parts)]
            for name, value, numbers in values:
                may_be = set(numbers[possible].tolist())
                assert value in may_be, "the attack lost the truth"
                if is_small(value) and may_be <= set(range(1, SMALL)):
                    found.append((what, unit, name, value))
        return found

    def _own_of(self, unit: int) -> tuple[Vector, int]:
        return next((way[-1].kinds, way[-1].sources[0]) for way in self.tree.all() if way[-1].unit == unit)


@some.composite
def vectors(draw: some.DrawFn, kinds: int) -> tuple[Vector, Vector]:
    one = tuple(draw(some.sampled_from((0, 0, 1, 2, 4, 5, 7))) for _ in range(kinds))
    first = draw(some.integers(0, sum(one)))
    return one, (first, sum(one) - first)


@some.composite
def towns(draw: some.DrawFn, kinds: int) -> Tree:
    """Two or three units below the top, under the first of them two more."""
    leaves = tuple(Tree(number, *draw(vectors(kinds))) for number in (20, 21)[: draw(some.integers(0, 2))])
    children = [Tree(10, *draw(vectors(kinds)), leaves)]
    children += [Tree(number, *draw(vectors(kinds))) for number in (11, 12)[: draw(some.integers(0, 2))]]
    return Tree(1, *draw(vectors(kinds)), tuple(children))


@settings(max_examples=40, deadline=None)
@given(towns(2), some.booleans())
def test_no_small_number_can_be_reckoned_from_all_pages_and_both_figures_together(tree: Tree, knows: bool) -> None:
    assert Attack(tree, knows, pages_of(tree)).leaks() == [], (tree, knows)


OPEN_PARTS = HiddenParts()


@pytest.mark.parametrize("others", [(), (Tree(11, (0, 0), (0, 0)),)])
def test_parts_of_all_together_would_give_those_of_the_only_unit_away(others: tuple[Tree, ...]) -> None:
    """The negative control: where no other unit has anything, the parts of all are its parts."""
    town = Tree(1, (5, 5), (5, 5), (Tree(10, (3, 9), (12, 0)), *others))
    pages = pages_of(town)
    assert (pages[1].kinds, pages[1].sources) == (HiddenParts(total=True), OPEN_PARTS)
    assert Attack(town, False, pages).leaks() == []
    opened = {**pages, 1: replace(pages[1], kinds=OPEN_PARTS)}
    assert set(Attack(town, False, opened).leaks()) >= {("whole", 10, "a", 3), ("own", 10, "a", 3)}


def test_parts_of_the_unit_that_covers_would_give_the_small_one_away() -> None:
    """The negative control of covers: 10 has a small part, 11 covers it, and 12 is told."""
    town = Tree(1, (0, 0), (0, 0), (Tree(10, (3, 9), (5, 7)), Tree(11, (7, 7), (7, 7)), Tree(12, (9, 9), (9, 9))))
    pages = pages_of(town)
    assert [pages[unit].kinds.total for unit in (1, 10, 11, 12)] == [False, True, True, False]
    assert Attack(town, False, pages).leaks() == []
    opened = {**pages, 11: replace(pages[11], kinds=OPEN_PARTS)}
    assert set(Attack(town, False, opened).leaks()) >= {("whole", 10, "a", 3)}


def test_own_numbers_below_cover_and_are_covered_whether_or_not_their_reports_are_read() -> None:
    """10 has two of its own, its unions 30 and 40: to who reads no report the two are a secret, to who does they cover nothing."""
    town = Tree(1, (0, 0), (0, 0), (Tree(10, (2, 0), (2, 0), (Tree(20, (30, 0), (30, 0)), Tree(21, (40, 0), (40, 0)))),))
    pages = pages_of(town)
    assert (pages[10].veils.own, pages[10].veils.children) == (True, {20})


@pytest.mark.parametrize(("of_another", "hidden"), [(3, True), (9, False)])
def test_parts_of_an_own_number_are_not_told_where_the_number_is_veiled_for_another_figure(of_another: int, hidden: bool) -> None:
    """10 has 17 of its own, in large parts; of another figure it has 3: its line is told with no figure, and then with no parts either."""
    branches = Branches(1, date(2023, 4, 1), True)
    branches.__dict__["parents"] = {10: 1, 20: 10, 21: 10}

    def rung(own: int) -> Rung:
        found = Rung([1, 10])
        for way, number in (((1, 10), own), ((1, 10, 20), 30), ((1, 10, 21), 40)):
            found.add(way, number)
        return found

    wall = Wall(branches, [rung(17), rung(of_another)])
    assert wall.along[-1].own == hidden
    assert wall.parts({"a": rung(9), "b": rung(8)}) == HiddenParts(own=hidden)
