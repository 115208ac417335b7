"""Counting how obligations stand gives what going through them one by one gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.consolidated import ObligationCounts
from kheo.core.standings import ON_TIME, OVERDUE, STATES, Standings

PLACES = 12
OWED = st.tuples(st.integers(0, PLACES - 1), st.sampled_from(STATES), st.booleans(), st.booleans())
RANGE = st.tuples(st.integers(0, PLACES), st.integers(0, PLACES)).map(lambda ends: (min(ends), max(ends)))


def packed(owed: list[tuple[int, str, bool, bool]]) -> Standings:
    codes = [STATES.index(state) + OVERDUE * late + ON_TIME * timely for _, state, late, timely in owed]
    return Standings(np.array([place for place, *_ in owed], np.int64), np.array(codes, np.int64))


def one_by_one(owed: list[tuple[int, str, bool, bool]]) -> ObligationCounts:
    states = [state for _, state, _, _ in owed]
    return ObligationCounts(
        expected=len(owed),
        accepted=states.count("accepted"),
        submitted=states.count("submitted"),
        returned=states.count("returned"),
        draft=states.count("draft"),
        not_started=states.count("not_started"),
        overdue=sum(late for _, _, late, _ in owed),
        on_time=sum(timely for *_, timely in owed),
        closed=states.count("closed"),
    )


@given(st.lists(OWED, max_size=20).map(sorted), st.lists(RANGE, min_size=1, max_size=6))
def test_ranges_that_nest_or_not_are_counted_like_one_by_one(
    owed: list[tuple[int, str, bool, bool]], ranges: list[tuple[int, int]]
) -> None:
    starts, ends = (np.array(bounds, np.int64) for bounds in zip(*ranges, strict=True))
    assert packed(owed).over(starts, ends) == [one_by_one([each for each in owed if start <= each[0] < end]) for start, end in ranges]


@given(st.lists(OWED, max_size=20).map(sorted), st.lists(st.integers(-1, 3), min_size=PLACES, max_size=PLACES))
def test_lines_are_counted_like_one_by_one(owed: list[tuple[int, str, bool, bool]], labels: list[int]) -> None:
    lines = np.array(labels, np.int64)
    assert packed(owed).by_line(lines, 4) == [one_by_one([each for each in owed if labels[each[0]] == line]) for line in range(4)]
    inside = [each for each in owed if labels[each[0]] >= 0]
    assert packed(owed).within(lines).places.tolist() == [place for place, *_ in inside]
    assert packed(owed).within(lines).codes.tolist() == packed(inside).codes.tolist()


@given(st.lists(OWED, max_size=20).map(sorted))
def test_who_is_missing_and_who_is_closed(owed: list[tuple[int, str, bool, bool]]) -> None:
    assert packed(owed).missing.tolist() == [place for place, state, *_ in owed if state not in ("accepted", "closed")]
    assert packed(owed).closed.tolist() == [place for place, state, *_ in owed if state == "closed"]
