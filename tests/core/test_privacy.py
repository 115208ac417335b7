"""The small-count wall."""

from kheo.core.privacy import is_small


def test_one_to_four_are_small_and_zero_tells_of_nobody() -> None:
    assert [is_small(value) for value in (None, 0, 1, 4, 5)] == [False, False, True, True, False]
