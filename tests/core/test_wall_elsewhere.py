"""The wall in other structures: whoever reads all of them knows no more than the pages as reported tell."""

from collections.abc import Callable, Collection, Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kheo.core.privacy import is_small
from kheo.core.tree import Edge, Snapshot, build_snapshot
from kheo.core.wall import Hidden, Level, hidden_along
from kheo.core.wall_elsewhere import Top, untold_lines

Counts = tuple[int | None, ...]
Told = Mapping[tuple[str, int], int]


def total(origin: Snapshot, counts: Counts, unit: int) -> int | None:
    low, high = origin.interval(unit)
    numbers = [value for value in counts[low:high] if value is not None]
    return sum(numbers) if numbers else None


def level(origin: Snapshot, counts: Counts, unit: int) -> Level:
    below = origin.children(unit)
    owns = {each: counts[origin.position[each]] for each in below if origin.children(each)}
    return Level(unit, counts[origin.position[unit]], {each: total(origin, counts, each) for each in below}, owns)


def pages(origin: Snapshot, counts: Counts, is_owner: bool) -> dict[int, Hidden]:
    """The wall of every page as reported."""
    found = {}
    for unit in origin.units:
        if origin.children(unit):
            path = [*reversed(origin.ancestors(unit)), unit]
            found[unit] = hidden_along([level(origin, counts, each) for each in path], is_owner=is_owner)
    return found


def shown(origin: Snapshot, counts: Counts, is_owner: bool) -> tuple[dict[tuple[str, int], int], frozenset[object]]:
    """Every number of the pages as reported, and everything else that they say."""
    numbers: dict[tuple[str, int], int] = {}
    besides: set[object] = set()
    for unit, hidden in pages(origin, counts, is_owner).items():
        parts = [("total", unit, hidden.over_total, total(origin, counts, unit))]
        parts.append(("own", unit, hidden.over_own, counts[origin.position[unit]]))
        parts += [("total", each, hidden.over_child(each), total(origin, counts, each)) for each in origin.children(unit)]
        for what, which, veil, value in parts:
            if value is None or veil:
                besides.add((unit, what, which, veil if value is not None else "none"))
            else:
                numbers[what, which] = value
    return numbers, frozenset(besides)


def untold(origin: Snapshot, counts: Counts, is_owner: bool, labels: tuple[int, ...]) -> frozenset[int]:
    def levels(units: Collection[int]) -> dict[int, Level]:
        return {each: level(origin, counts, each) for each in units}

    def gave(units: Collection[int]) -> set[int]:
        return {each for each in units if counts[origin.position[each]] is not None}

    return untold_lines(origin, np.array(labels), [Top((origin.units[0],), is_owner)], levels, gave)


def lines_of(labels: tuple[int, ...]) -> list[int]:
    return sorted(set(labels) - {-1})


def elsewhere(origin: Snapshot, counts: Counts, is_owner: bool, labels: tuple[int, ...]) -> tuple[object, ...]:
    """What a page of another structure says of each line: its number, or that it is covered."""
    hidden = untold(origin, counts, is_owner, labels)
    found = []
    for line in lines_of(labels):
        numbers = [value for place, value in enumerate(counts) if labels[place] == line and value is not None]
        said = "none" if not numbers else sum(numbers)
        found.append("covered" if line in hidden or (is_small(sum(numbers)) and set(labels) != {line}) else said)
    return tuple(found)


@some.composite
def trees(draw: some.DrawFn, most: int = 9) -> Snapshot:
    count = draw(some.integers(2, most))
    return build_snapshot([Edge(1, None), *(Edge(each, draw(some.integers(1, each - 1))) for each in range(2, count + 1))])


def labels_for(draw: some.DrawFn, origin: Snapshot) -> tuple[int, ...]:
    """Reports in lines: any way, or whole subtrees of the frozen tree regrouped, as reorganisations do."""
    labels = [draw(some.integers(-1, 2)) for _ in origin.units]
    if draw(some.booleans()):
        for place, above in enumerate(origin.parents):
            if above > 0:
                labels[place] = labels[above]
    return tuple(labels)


def in_span(rows: list[list[int]], wanted: list[int]) -> bool:
    """Oracle: whether a sum is a sum and difference of these."""
    if not any(wanted):
        return True
    if not rows:
        return False
    return bool(np.linalg.matrix_rank(np.array([*rows, wanted])) == np.linalg.matrix_rank(np.array(rows)))


@settings(max_examples=400)
@given(some.data(), trees(), some.booleans())
def test_a_line_is_told_exactly_where_it_is_a_sum_and_difference_of_what_is_shown_as_reported(
    data: some.DataObject, origin: Snapshot, is_owner: bool
) -> None:
    counts = tuple(data.draw(some.none() | some.integers(0, 9)) for _ in origin.units)
    labels = labels_for(data.draw, origin)
    places = [place for place, value in enumerate(counts) if value is not None]
    numbers, _ = shown(origin, counts, is_owner)
    reach = {("total", unit): origin.interval(unit) for unit in origin.units}
    reach |= {("own", unit): (origin.position[unit], origin.position[unit] + 1) for unit in origin.units}
    rows = [[int(reach[name][0] <= place < reach[name][1]) for place in places] for name in numbers]
    expected = {line for line in lines_of(labels) if not in_span(rows, [int(labels[place] == line) for place in places])}
    assert untold(origin, counts, is_owner, labels) == expected


Says = Callable[[Snapshot, Counts, bool, tuple[int, ...]], object]


def given_away(origin: Snapshot, is_owner: bool, structures: list[tuple[int, ...]], says: Says) -> list[Counts]:
    """Worlds that look the same as reported and not in other structures: brute force over every small world.

    Whoever sees the pages as reported cannot tell such worlds apart; where the other structures differ, somebody could by them, with
    every rule of the wall known, whatever is reckoned. Nothing more than that can be asked of pages that come on top of others.
    """
    seen: dict[object, object] = {}
    told_apart = []
    for counts in product((None, 0, 2, 4, 5, 7), repeat=len(origin)):
        as_reported = shown(origin, counts, is_owner)
        looks = (tuple(sorted(as_reported[0].items())), as_reported[1])
        other = tuple(says(origin, counts, is_owner, labels) for labels in structures)
        if seen.setdefault(looks, other) != other:
            told_apart.append(counts)
    return told_apart


@settings(max_examples=12)
@given(some.data(), trees(most=5), some.booleans())
def test_all_structures_together_tell_nothing_that_the_pages_as_reported_do_not(
    data: some.DataObject, origin: Snapshot, is_owner: bool
) -> None:
    structures = [labels_for(data.draw, origin) for _ in range(3)]
    assert given_away(origin, is_owner, structures, elsewhere) == []


def test_without_the_rule_the_brute_force_finds_what_is_given_away() -> None:
    """The negative control: small counts alone hidden, a merger of two of three hidden ones gives the third away."""
    origin = build_snapshot([Edge(1, None), *(Edge(each, 1) for each in range(2, 6))])

    def naive(origin: Snapshot, counts: Counts, _is_owner: bool, labels: tuple[int, ...]) -> object:
        sums = [sum(value or 0 for place, value in enumerate(counts) if labels[place] == line) for line in lines_of(labels)]
        return tuple("covered" if is_small(each) else each for each in sums)

    labels = (-1, 0, 0, 1, 2)
    assert given_away(origin, True, [labels], naive)
    assert given_away(origin, True, [labels], elsewhere) == []


FLAT = build_snapshot([Edge(1, None), *(Edge(each, 1) for each in range(2, 7))])


@pytest.mark.parametrize(
    ("labels", "hidden"),
    [
        # 2 and 3 cover each other: whoever takes both takes an atom, whoever takes one cuts it.
        ((-1, 0, 0, 1, 1, 2), frozenset()),
        ((-1, 0, 1, 1, 0, 2), frozenset({0, 1})),
        ((-1, 0, 0, 0, 0, 0), frozenset()),
        ((-1, -1, 0, 1, 1, 2), frozenset({0})),
    ],
)
def test_a_unit_that_nothing_cuts_is_shown(labels: tuple[int, ...], hidden: frozenset[int]) -> None:
    assert untold(FLAT, (None, 2, 4, 8, 9, 20), True, labels) == hidden


def test_a_report_that_gave_no_number_cuts_nothing() -> None:
    """Unit 3 is hidden with what is below it; its own report gave no number, so where that lands does not matter."""
    origin = build_snapshot([Edge(1, None), Edge(2, 1), Edge(3, 1), Edge(4, 3), Edge(5, 3), Edge(6, 1)])
    counts = (None, 2, None, 1, 2, 30)
    labels = tuple({1: -1, 2: 0, 3: 1, 4: 0, 5: 0, 6: 2}[unit] for unit in origin.units)
    assert untold(origin, counts, True, labels) == frozenset()


def test_reports_that_the_reader_does_not_see_are_never_told() -> None:
    origin = build_snapshot([Edge(1, None), Edge(2, 1), Edge(3, 1)])
    counts = (None, 7, 9)
    levels = {each: level(origin, counts, each) for each in origin.units}
    lines = untold_lines(origin, np.array([0, 1, 2]), [Top((2,), True)], lambda units: {each: levels[each] for each in units}, set)
    assert lines == frozenset({0, 2})
