"""Adding up: tallies, deltas and the recount."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.figures import BLANK, NOT_APPLICABLE
from kheo.core.rollup import cell_of, delta, pack, recount, unpack, unpack_all
from kheo.core.tree import build_snapshot
from tests.core.test_tree import forests

WIDTH = 3
VALUES = st.one_of(st.just(0), st.just(BLANK), st.just(NOT_APPLICABLE), st.integers(-(10**12), 10**12))
VECTORS = st.lists(VALUES, min_size=WIDTH, max_size=WIDTH)


def plainly(vectors: list[list[int]]) -> list[int]:
    """The tally by a plain loop: the oracle."""
    tally = [0] * (4 * WIDTH)
    for vector in vectors:
        for column, value in enumerate(vector):
            tally[column] += 0 if value in (BLANK, NOT_APPLICABLE) else value
            tally[WIDTH + column] += value == 0
            tally[2 * WIDTH + column] += value == BLANK
            tally[3 * WIDTH + column] += value == NOT_APPLICABLE
    return tally


@given(st.data())
def test_a_recount_equals_a_plain_loop_over_every_subtree(data: st.DataObject) -> None:
    snapshot = build_snapshot(data.draw(forests()))
    reporting = sorted(data.draw(st.sets(st.integers(0, len(snapshot) - 1))))
    vectors = [data.draw(VECTORS) for _ in reporting]
    tallies, reported = recount(
        np.arange(len(snapshot)),
        np.array(snapshot.ends),
        np.array(reporting, np.int64),
        np.array(vectors, np.int64).reshape(len(vectors), WIDTH),
    )
    for position, end in enumerate(snapshot.ends):
        inside = [vector for where, vector in zip(reporting, vectors, strict=True) if position <= where < end]
        assert tallies[position].tolist() == plainly(inside)
        assert reported[position] == len(inside)


@given(st.one_of(st.none(), VECTORS), st.one_of(st.none(), VECTORS))
def test_a_delta_leads_from_the_old_tally_to_the_new(old: list[int] | None, new: list[int] | None) -> None:
    before, after = plainly([old] if old else []), plainly([new] if new else [])
    change = delta(pack(old) if old else None, pack(new) if new else None, WIDTH)
    assert [a + b for a, b in zip(before, change, strict=True)] == after


def test_missing_is_not_zero() -> None:
    tally = plainly([[BLANK, 0, NOT_APPLICABLE], [BLANK, BLANK, 7]])
    blank, zero, number = (cell_of(tally, position, 2) for position in range(WIDTH))
    assert (blank.value, zero.value, number.value) == (None, 0, 7)
    assert (blank.blank, zero.zero, zero.blank, number.number, number.not_applicable) == (2, 1, 1, 1, 1)


@given(st.lists(VECTORS, max_size=5))
def test_vectors_come_back_as_they_were_stored(vectors: list[list[int]]) -> None:
    stored = [pack(vector) for vector in vectors]
    assert [unpack(each).tolist() for each in stored] == vectors
    assert unpack_all(stored, WIDTH).tolist() == vectors


def test_a_stored_vector_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="3 figures"):
        unpack_all([pack([1, 2, 3]), pack([1, 2])], WIDTH)
