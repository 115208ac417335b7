"""The small-count wall over a tree: nobody who holds all pages together can tell a small count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kheo.core.privacy import is_small
from kheo.core.wall import OPEN, Hidden, Level, hidden_along

CITY, D1, D2, D3 = 1, 2, 3, 4


def one(own: int | None = None, *, is_owner: bool = True, **counts: int | None) -> Hidden:
    """What is hidden at the reader's own unit, children a, b, c … as 10, 11, 12 …"""
    children = {10 + place: value for place, value in enumerate(counts.values())}
    return hidden_along([Level(CITY, own, children)], is_owner=is_owner)


def test_numbers_from_five_on_and_zero_are_shown() -> None:
    assert one(a=5, b=0, c=90, d=None) == Hidden(whole="small", parts="small")


def test_two_small_counts_hide_each_other() -> None:
    assert one(a=2, b=4, c=90) == Hidden(children=frozenset({10, 11}), whole="small", parts="small")


def test_a_single_small_count_takes_the_smallest_other_with_it() -> None:
    assert one(a=2, b=90, c=7, d=0) == Hidden(children=frozenset({10, 12}), whole="small", parts="covered")


def test_where_all_others_are_zero_one_of_them_covers() -> None:
    assert one(a=3, b=0, c=0) == Hidden(children=frozenset({10, 11}), whole="small", parts="covered")


def test_where_nobody_else_gave_a_number_the_total_goes_too() -> None:
    assert one(a=3, b=None) == Hidden(total=True, children=frozenset({10}), whole="small", parts="small")


def test_several_that_nothing_covers_are_not_called_small() -> None:
    assert one(a=4, b=4) == Hidden(children=frozenset({10, 11}), whole="small", parts="covered")


@pytest.mark.parametrize("count", [1, 4])
def test_counts_that_their_sum_would_tell_are_covered(count: int) -> None:
    """Two ones add up to two, two fours to eight: nothing else between 1 and 4 does."""
    assert one(a=count, b=count, c=20).children == {10, 11, 12}


def test_the_readers_own_unit_is_no_cover_and_no_secret() -> None:
    assert one(own=3, a=2, b=0) == Hidden(children=frozenset({10, 11}), whole="covered", parts="covered")
    assert one(own=3, a=1) == Hidden(total=True, children=frozenset({10}), whole="covered", parts="small")


def test_the_own_count_that_a_recipient_reads_in_the_report_is_no_cover() -> None:
    hidden = one(own=3, a=2, b=8, is_owner=False)
    assert hidden == Hidden(own=True, children=frozenset({10, 11}), whole="covered", parts="covered")


def test_a_total_whose_known_own_count_leaves_a_small_rest_is_hidden() -> None:
    """The city reads D1's own 5 in D1's report: 7 in the table would say that 2 are left for the one union below."""
    city = Level(CITY, None, {D1: 7, D2: 12, D3: 40}, {D1: 5, D2: 2, D3: 1})
    assert hidden_along([city], is_owner=True).children == {D1, D2}


def test_the_own_count_of_a_unit_directly_below_covers_nothing() -> None:
    """37 = own 5 + 2 + 10 + 20: own 5 is known from the report, so 2 needs another cover."""
    city = Level(CITY, None, {D1: 37, D2: 50}, {D1: 5, D2: 1})
    below = hidden_along([city, Level(D1, 5, {20: 2, 21: 10, 22: 20})], is_owner=True)
    assert (below.own, below.children) == (False, {20, 21})


def test_what_is_hidden_above_is_not_opened_below() -> None:
    city = Level(CITY, None, {D1: 3, D2: 12, D3: 40})
    assert hidden_along([city], is_owner=True).children == {D1, D2}
    closed = Hidden(total=True, own=True, children=frozenset({20, 21}), whole="covered")
    assert hidden_along([city, Level(D2, 5, {20: 7, 21: 0, 22: None})], is_owner=True) == closed


def test_what_is_shown_above_is_judged_by_itself_below() -> None:
    city = Level(CITY, None, {D1: 3, D2: 12, D3: 40})
    below = hidden_along([city, Level(D3, None, {20: 1, 21: 2, 22: 37})], is_owner=True)
    assert below == Hidden(children=frozenset({20, 21}), whole="small", parts="small")


def test_an_open_content_hides_nothing() -> None:
    assert (OPEN.over_total, OPEN.over_own, OPEN.over_child(D1)) == (None, None, None)


# --- The attack: every page of a tree is read, and what is hidden is reckoned from sums and from what is said of it. ---------------


@dataclass(frozen=True)
class Tree:
    """A unit with its own count and the units below it."""

    unit: int
    own: int | None
    below: tuple["Tree", ...] = field(default=())

    @property
    def total(self) -> int | None:
        numbers = [value for value in (self.own, *(each.total for each in self.below)) if value is not None]
        return sum(numbers) if numbers else None

    @property
    def level(self) -> Level:
        owns = {each.unit: each.own for each in self.below if each.below}
        return Level(self.unit, self.own, {each.unit: each.total for each in self.below}, owns)

    def paths(self, above: tuple["Tree", ...] = ()) -> Iterator[tuple["Tree", ...]]:
        """The way from the top to every inner unit."""
        if self.below:
            yield (*above, self)
        for each in self.below:
            yield from each.paths((*above, self))


counts = some.none() | some.integers(0, 9)


@some.composite
def trees(draw: some.DrawFn) -> Tree:
    numbers = iter(range(1, 100))
    top = next(numbers)
    children = []
    for _ in range(draw(some.integers(1, 4))):
        unit = next(numbers)
        leaves = tuple(Tree(next(numbers), draw(counts)) for _ in range(draw(some.integers(0, 4))))
        children.append(Tree(unit, draw(counts), leaves))
    return Tree(top, draw(counts), tuple(children))


Range = tuple[int, float]


def said(tree: Tree, hidden: Hidden, is_known: bool) -> Iterator[tuple[str, int, int | None, Range]]:
    """Everything that one page and the unit's own report say: (what, of which unit, the true value, the range it leaves open).

    `is_known`: the reader reads the unit's own count in its report.
    """
    veils = {"small": (1, 4.0), "covered": (0, float("inf"))}
    parts = [("own", tree.unit, tree.own, None if is_known else hidden.over_own)]
    parts += [("total", each.unit, each.total, hidden.over_child(each.unit)) for each in tree.below]
    parts.append(("total", tree.unit, tree.total, hidden.over_total))
    for what, unit, value, veil in parts:
        known = 0 if value is None else value  # that there is no number is always to be seen
        yield what, unit, value, veils[veil] if veil and value is not None else (known, known)


def narrowed(whole: Range, parts: list[Range]) -> tuple[Range, list[Range]]:
    """Ranges of a sum and its parts made as narrow as the equation allows."""
    low, high = sum(part[0] for part in parts), sum(part[1] for part in parts)
    whole = max(whole[0], low), min(whole[1], high)
    tighter = []
    for part in parts:
        rest_low, rest_high = low - part[0], high - part[1] if part[1] != float("inf") else sum(p[1] for p in parts if p is not part)
        tighter.append(
            (max(part[0], int(max(whole[0] - rest_high, 0)) if rest_high != float("inf") else 0), min(part[1], whole[1] - rest_low))
        )
    return whole, tighter


def reckoned(tree: Tree, pages: Mapping[int, Hidden], is_owner: bool) -> dict[tuple[str, int], Range]:
    """What a reader of all pages can know: a tree of sums, so that narrowing again and again is exact."""
    known: dict[tuple[str, int], Range] = {}
    inner = [path[-1] for path in tree.paths()]
    for each in inner:
        is_known = each is tree or (is_owner and each in tree.below)
        for what, unit, _, left in said(each, pages[each.unit], is_known):
            before = known.get((what, unit), (0, float("inf")))
            known[what, unit] = max(before[0], left[0]), min(before[1], left[1])
    for _ in range(8):
        for each in inner:
            names = [("own", each.unit), *(("total", child.unit) for child in each.below)]
            known["total", each.unit], parts = narrowed(known["total", each.unit], [known[name] for name in names])
            known.update(zip(names, parts, strict=True))
    return known


def told(tree: Tree, pages: Mapping[int, Hidden], is_owner: bool) -> list[tuple[str, int]]:
    """Small counts, not the reader's own, that the pages give away."""
    known = reckoned(tree, pages, is_owner)
    truth = {("own", path[-1].unit): path[-1].own for path in tree.paths()}
    truth |= {("total", each.unit): each.total for path in tree.paths() for each in path[-1].below}
    mine = {("own", tree.unit)}
    if is_owner:  # what stands in the reports that the reader receives
        mine |= {("own", each.unit) for each in tree.below}
        mine |= {("total", each.unit) for each in tree.below if each.below and (each.total or 0) == (each.own or 0)}
    found = [name for name, value in truth.items() if is_small(value) and name not in mine and known[name][0] == known[name][1]]
    rests = [each for each in tree.below if is_owner and each.below and is_small((each.total or 0) - (each.own or 0))]
    return found + [("rest", each.unit) for each in rests if known["total", each.unit][0] == known["total", each.unit][1]]


def walled(tree: Tree, is_owner: bool) -> dict[int, Hidden]:
    """The wall of every page."""
    return {path[-1].unit: hidden_along([each.level for each in path], is_owner=is_owner) for path in tree.paths()}


@settings(max_examples=600)
@given(trees(), some.booleans())
def test_no_small_count_can_be_reckoned_from_all_pages_together(tree: Tree, is_owner: bool) -> None:
    assert told(tree, walled(tree, is_owner), is_owner) == []


@settings(max_examples=300)
@given(trees(), some.booleans())
def test_a_number_looks_the_same_on_its_own_page_as_on_the_one_above(tree: Tree, is_owner: bool) -> None:
    pages = walled(tree, is_owner)
    for path in tree.paths():
        if len(path) > 1:
            assert pages[path[-1].unit].total == (path[-1].unit in pages[path[-2].unit].children)


def test_without_cover_the_attack_succeeds() -> None:
    """The negative control: hiding small counts alone gives a single one away."""
    tree = Tree(CITY, None, (Tree(D1, 3), Tree(D2, 12), Tree(D3, 40)))
    naive = {CITY: Hidden(children=frozenset({D1}), parts="small")}
    assert told(tree, naive, True) == [("total", D1)]
    assert told(tree, walled(tree, True), True) == []


def test_opening_a_covered_unit_would_let_the_attack_succeed() -> None:
    """The negative control of the other half: a cover that is opened below covers nothing."""
    tree = Tree(CITY, None, (Tree(D1, 3), Tree(D2, None, (Tree(20, 5), Tree(21, 7))), Tree(D3, 40)))
    pages = walled(tree, True)
    assert told(tree, pages, True) == []
    assert told(tree, {**pages, D2: OPEN}, True) == [("total", D1)]
