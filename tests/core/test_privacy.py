"""The small-count wall."""

from hypothesis import given
from hypothesis import strategies as st

from kheo.core.privacy import hidden_units, is_small


def test_one_to_four_are_small_and_zero_tells_of_nobody() -> None:
    assert [is_small(value) for value in (None, 0, 1, 4, 5)] == [False, False, True, True, False]


def test_all_small_counts_are_hidden() -> None:
    assert hidden_units({"a": 2, "b": 4, "c": 90}) == {"a", "b"}


def test_a_single_small_count_takes_the_next_smallest_with_it() -> None:
    assert hidden_units({"a": 2, "b": 0, "c": 40, "d": 9, "e": None}) == {"a", "d"}


def test_nothing_small_nothing_hidden() -> None:
    assert hidden_units({"a": 5, "b": 0, "c": None}) == frozenset()


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.one_of(st.none(), st.integers(0, 12))))
def test_no_single_hidden_count_can_be_had_by_subtraction_when_another_unit_has_any(values: dict[str, int | None]) -> None:
    hidden = hidden_units(values)
    assert {key for key, value in values.items() if is_small(value)} <= hidden
    positive = [key for key, value in values.items() if value]
    assert len(hidden) != 1 or len(positive) == 1
