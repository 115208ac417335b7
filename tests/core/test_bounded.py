"""A memory of limited size."""

from kheo.core.bounded import Bounded


def test_the_oldest_goes_where_one_too_many_comes() -> None:
    kept = Bounded[str, int](2)
    for number, key in enumerate("aba"):
        kept.keep(key, number)
    assert kept == {"b": 1, "a": 2}
    kept.keep("c", 3)
    assert kept == {"a": 2, "c": 3}
