"""Totals that are shared out come out exactly, and chance repeats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.demo.plan.chance import largest_remainder, scatter, stream

totals = st.integers(0, 30_000)
weights = st.lists(st.floats(0.001, 1000.0), min_size=1, max_size=200)


@given(totals, weights)
def test_largest_remainder_shares_out_exactly_the_total_and_nobody_is_off_by_one(total: int, parts: list[float]) -> None:
    shares = largest_remainder(total, parts)
    assert sum(shares) == total
    assert all(abs(share - total * part / sum(parts)) < 1.001 for share, part in zip(shares, parts, strict=True))


@given(totals, weights, st.integers())
def test_scattering_gives_exactly_the_total(total: int, parts: list[float], seed: int) -> None:
    shares = scatter(total, parts, stream(seed, "test"))
    assert sum(shares) == total
    assert min(shares) >= 0


def test_sharing_something_among_nobody_is_a_bug() -> None:
    assert largest_remainder(0, []) == []
    with pytest.raises(ValueError, match="nothing to share by"):
        largest_remainder(1, [0.0])


def test_a_stream_repeats_and_differs_by_seed_and_by_purpose() -> None:
    first = [stream(7, "units", "LDLD-760").random() for _ in range(2)]
    assert first[0] == first[1]
    others = {stream(8, "units", "LDLD-760").random(), stream(7, "units", "LDLD-761").random(), stream(7, "person", "LDLD-760").random()}
    assert len(others | set(first)) == 4
