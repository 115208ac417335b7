"""Parts of numbers behind the small-count wall: told all or none, and never where the pages around them give a small one away."""

import pytest

from kheo.core.wall_parts import HiddenParts, PartsLevel, Vector, hidden_parts

TOP, D1, D2, D3 = 1, 2, 3, 4
CLOSED = HiddenParts(total=True, own=True)


def city(own: Vector | None = None, *, hidden: set[int] | None = None, is_closed: bool = False, **children: Vector) -> PartsLevel:
    below = {D1 + place: row for place, row in enumerate(children.values())}
    return PartsLevel(TOP, own or {}, below, {}, hidden or set(), is_closed)


def leaf(unit: int, own: Vector) -> PartsLevel:
    return PartsLevel(unit, own, {}, {})


def of_d1(level: PartsLevel, *, reads_reports: bool = False) -> HiddenParts:
    return hidden_parts([level, leaf(D1, level.children[D1])], reads_reports=reads_reports)


LARGE = {"x": 7, "y": 40}


@pytest.mark.parametrize("few", [{"x": 3, "y": 9, "z": 40}, {"x": 1, "y": 1, "z": 20}, {"x": 4, "y": 4, "z": 20}])
def test_a_unit_with_a_small_part_tells_none_and_takes_the_least_other_with_it(few: Vector) -> None:
    town = city(a=few, b=LARGE, c={"x": 80})
    assert of_d1(town) == CLOSED
    assert hidden_parts([town], reads_reports=False) == HiddenParts()
    assert hidden_parts([town, leaf(D2, LARGE)], reads_reports=False) == CLOSED
    assert hidden_parts([town, leaf(D3, {"x": 80})], reads_reports=False) == HiddenParts()


def test_parts_from_five_on_are_told() -> None:
    assert of_d1(city(a={"x": 5, "y": 0}, b=LARGE)) == HiddenParts()


def test_two_units_with_small_parts_cover_each_other() -> None:
    town = city(a={"x": 3, "y": 9}, b={"x": 9, "y": 1}, c=LARGE)
    assert hidden_parts([town, leaf(D3, LARGE)], reads_reports=False) == HiddenParts()


def test_a_unit_that_has_nothing_covers_nothing() -> None:
    """What the town has in parts would be what its one union has."""
    assert hidden_parts([city({"x": 9}, a={"x": 3, "y": 9}, b={})], reads_reports=False) == HiddenParts(total=True)
    assert of_d1(city({"x": 9}, a={"x": 3, "y": 9}, b={})) == CLOSED


def test_nor_is_it_hidden_for_nothing() -> None:
    """What is hidden beside the small one is what covers it, and no more."""
    town = city(a={"x": 3, "y": 9}, b={}, c=LARGE)
    told = [hidden_parts([town, leaf(unit, row)], reads_reports=False) for unit, row in town.children.items()]
    assert told == [CLOSED, HiddenParts(), CLOSED]


def test_a_part_that_others_are_too_few_to_have_is_covered_further() -> None:
    """b and c have three in all, so of the four in x one at least is a's, and it has no more than four."""
    town = city(a={"x": 4, "y": 50}, b={"y": 2}, c={"y": 1}, d={"y": 30}, hidden={D2, D3})
    assert hidden_parts([town, leaf(5, {"y": 30})], reads_reports=False) == CLOSED


def test_where_a_number_is_not_told_its_parts_are_not_and_nothing_below() -> None:
    assert of_d1(city(a=LARGE, b=LARGE, hidden={D1})) == CLOSED
    assert hidden_parts([city(a=LARGE, is_closed=True)], reads_reports=False) == HiddenParts(total=True)
    assert of_d1(city(a=LARGE, is_closed=True)) == CLOSED


def test_the_own_parts_of_a_unit_below_are_as_secret_as_any_and_known_from_its_report_they_cover_nothing() -> None:
    above = PartsLevel(TOP, {}, {D1: {"x": 12, "y": 60}, D2: LARGE}, {D1: {"x": 2, "y": 20}})
    unit = PartsLevel(D1, {"x": 2, "y": 20}, {10: {"x": 10, "y": 10}, 11: {"y": 30}}, {})
    assert hidden_parts([above, unit], reads_reports=False) == HiddenParts(own=True)
    small = PartsLevel(D1, {"x": 2, "y": 20}, {10: {"x": 3, "y": 30}, 11: {"x": 7, "y": 10}}, {})
    assert hidden_parts([above, small, leaf(11, {"x": 7, "y": 10})], reads_reports=False) == HiddenParts(), "the own one covers"
    assert hidden_parts([above, small, leaf(11, {"x": 7, "y": 10})], reads_reports=True) == CLOSED


def test_what_a_known_own_part_leaves_small_is_hidden() -> None:
    """Seven in x, of which the report says five: two are of those below."""
    above = PartsLevel(TOP, {}, {D1: {"x": 7, "y": 60}, D2: LARGE}, {D1: {"x": 5, "y": 20}})
    assert hidden_parts([above, leaf(D2, LARGE)], reads_reports=True) == CLOSED
    assert hidden_parts([above, leaf(D2, LARGE)], reads_reports=False) == HiddenParts()
