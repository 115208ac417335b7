"""From what is kept for some revisions to the sums over others: always what adding them all up gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.milestones import (
    STRETCH,
    Counted,
    Milestone,
    add_by_line,
    cuts_of,
    difference,
    stored,
    unstored,
    unstored_milestone,
)
from kheo.core.rollup import PARTS, Int64s

WIDTH = 2
SIZE = 12
SOME = st.sets(st.integers(0, 29))
LABELS = st.lists(st.integers(-1, 2), min_size=1, max_size=SIZE)


def array(*numbers: int) -> Int64s:
    return np.array(numbers, np.int64)


def added_up(revisions: set[int], place: Int64s, vectors: Int64s, labels: Int64s, lines: int) -> Int64s:
    """One by one."""
    tallies, reported = np.zeros((lines, PARTS * WIDTH), np.int64), np.zeros(lines, np.int64)
    for each in revisions:
        add_by_line(tallies, reported, labels[place[[each]]], vectors[[each]])
    return tallies


@given(kept=SOME, wanted=SOME, labels=LABELS, inner=st.sets(st.integers(1, SIZE - 1)), seed=st.integers(0, 2**32 - 1))
def test_what_is_taken_comes_and_goes_is_what_is_wanted(
    kept: set[int], wanted: set[int], labels: list[int], inner: set[int], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    place, vectors = chance.integers(0, SIZE, 30), chance.integers(0, 5, (30, WIDTH))
    cuts = array(0, *sorted(inner), SIZE)
    stretches, lines = np.repeat(np.arange(len(cuts) - 1), np.diff(cuts)), np.array(labels, np.int64)
    everywhere = np.concatenate([lines, np.full(SIZE - len(lines), -1)])
    mine = {each for each in wanted if everywhere[place[each]] >= 0}
    revisions, others = (np.array(sorted(each), np.int64) for each in (kept, mine))
    milestone = Milestone(Counted(revisions, place[revisions]), cuts, added_up(kept, place, vectors, stretches, len(cuts) - 1))

    rest = difference(milestone, Counted(others, place[others]), lines, 3)

    more, less = ({*each.revisions.tolist()} for each in (rest.added, rest.removed))
    assert more <= mine
    assert less <= kept - mine
    found = rest.tallies + added_up(more, place, vectors, everywhere, 3) - added_up(less, place, vectors, everywhere, 3)
    assert (found == added_up(mine, place, vectors, everywhere, 3)).all()


def test_a_stretch_of_one_line_is_not_read_again_and_one_of_two_lines_is() -> None:
    counted = Counted(array(5, 6, 7), array(0, 1, 2))
    milestone = Milestone(counted, array(0, 1, 3), np.ones((2, PARTS * WIDTH), np.int64))
    rest = difference(milestone, counted, array(0, 0, 1), 2)
    assert (rest.added.revisions.tolist(), rest.removed.revisions.tolist()) == ([6, 7], [])
    assert rest.tallies.tolist() == [[1] * PARTS * WIDTH, [0] * PARTS * WIDTH]


def test_a_tree_is_cut_evenly_and_at_its_large_subtrees() -> None:
    assert cuts_of(2 * STRETCH + 7, array(0, 3), array(2 * STRETCH + 7, 900)).tolist() == [0, 3, STRETCH, 900, 2 * STRETCH, 2 * STRETCH + 7]
    assert cuts_of(1, array(), array()).tolist() == [0, 1]


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_numbers_are_kept_as_they_are(numbers: list[int]) -> None:
    assert unstored(stored(np.array(numbers, np.int64))).tolist() == numbers


@pytest.mark.parametrize(
    ("revisions", "places", "cuts", "tallies"),
    [
        pytest.param((4, 5), (0,), (0, 1), (1,) * 8, id="a revision without a place"),
        pytest.param((5, 5), (0, 0), (0, 1), (1,) * 8, id="a revision twice"),
        pytest.param((5,), (1,), (0, 1), (1,) * 8, id="a place outside the tree"),
        pytest.param((5,), (0,), (0, 1), (1,) * 7, id="a sum too few"),
        pytest.param((5,), (0,), (1, 0), (1,) * 8, id="bounds that go back"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(
    revisions: tuple[int, ...], places: tuple[int, ...], cuts: tuple[int, ...], tallies: tuple[int, ...]
) -> None:
    parts = [stored(array(*each)) for each in (revisions, places, cuts, tallies)]
    with pytest.raises(ValueError, match="do not fit"):
        unstored_milestone(*parts, WIDTH)


def test_parts_that_fit_come_back_and_others_are_not_guessed() -> None:
    parts = [stored(array(*each)) for each in ((4, 5), (0, 2), (0, 3), (1,) * 8)]
    found = unstored_milestone(*parts, WIDTH)
    assert (found.counted.revisions.tolist(), found.counted.places.tolist()) == ([4, 5], [0, 2])
    assert (found.cuts.tolist(), found.tallies.tolist()) == ([0, 3], [[1] * 8])
    with pytest.raises(ValueError, match="no stored numbers"):
        unstored(b"something else")
