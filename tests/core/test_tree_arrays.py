"""Numbering with arrays gives what walking the tree gives."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.tree import ROOT, Edge, Snapshot, TreeError, build_snapshot, snapshot_of
from kheo.core.tree_arrays import depths_of, indexes_of, number_forest


def walked(edges: Iterable[Edge], rank: dict[int, int]) -> Snapshot:
    """The plain way: from each root down, one child after the other."""
    below: dict[int | None, list[int]] = {}
    for edge in sorted(edges, key=lambda edge: rank[edge.child]):
        below.setdefault(edge.parent, []).append(edge.child)
    units: list[int] = []
    parents: list[int] = []
    depths: list[int] = []
    ends: dict[int, int] = {}

    def visit(unit: int, parent: int, depth: int) -> None:
        here = len(units)
        units.append(unit)
        parents.append(parent)
        depths.append(depth)
        for child in below.get(unit, []):
            visit(child, here, depth + 1)
        ends[here] = len(units)

    for root in below.get(None, []):
        visit(root, -1, 0)
    return Snapshot(tuple(units), tuple(parents), tuple(ends[place] for place in range(len(units))), tuple(depths))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Edge], dict[int, int]]:
    """Up to 30 units with any parent, so often no forest, in any order; and any order of siblings."""
    size = draw(st.integers(0, 30))
    numbers = draw(st.permutations(range(0, size * 3, 3)))
    parents = [draw(st.one_of(st.none(), st.sampled_from([*numbers, 1]))) for _ in numbers]
    rank = dict(zip(numbers, draw(st.permutations(range(size))), strict=True))
    return [Edge(unit, parent) for unit, parent in zip(numbers, parents, strict=True)], rank


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[Edge], dict[int, int]]:
    size = draw(st.integers(0, 60))
    numbers = draw(st.permutations(range(0, size * 3, 3)))
    edges = [
        Edge(unit, draw(st.one_of(st.none(), st.sampled_from(numbers[:place])))) if place else Edge(unit, None)
        for place, unit in enumerate(numbers)
    ]
    rank = dict(zip(numbers, draw(st.permutations(range(size))), strict=True))
    return draw(st.permutations(edges)), rank


@given(forests())
def test_a_forest_is_numbered_as_if_walked(drawn: tuple[list[Edge], dict[int, int]]) -> None:
    edges, rank = drawn
    assert build_snapshot(edges, order=rank.__getitem__) == walked(edges, rank)


@given(graphs())
def test_whatever_is_no_forest_is_refused_with_its_units(drawn: tuple[list[Edge], dict[int, int]]) -> None:
    edges, rank = drawn
    parents = {edge.child: edge.parent for edge in edges}
    orphans = sorted(unit for unit, parent in parents.items() if parent is not None and parent not in parents)
    reached = set(walked(edges, rank).units)
    if orphans or len(reached) < len(parents):
        with pytest.raises(TreeError) as caught:
            build_snapshot(edges, order=rank.__getitem__)
        assert caught.value.units == tuple(orphans or sorted(set(parents) - reached))
    else:
        assert build_snapshot(edges, order=rank.__getitem__) == walked(edges, rank)


def test_a_unit_given_twice_is_refused_even_with_the_same_parent() -> None:
    with pytest.raises(TreeError, match="hai cấp trên") as caught:
        snapshot_of([1, 2, 2, 3, 3, 3], [ROOT, 1, 1, 1, 1, 2])
    assert caught.value.units == (2, 3)


def test_the_depth_of_a_long_chain_and_of_a_ring() -> None:
    chain = np.arange(-1, 4_999)
    assert depths_of(chain).tolist() == list(range(5_000))
    assert depths_of(np.array([1, 2, 0, 2, -1])).tolist() == [-1, -1, -1, -1, 0]


def test_nothing_is_a_forest_too() -> None:
    assert len(snapshot_of([], [])) == 0
    assert number_forest(np.empty(0, np.int64)).places.tolist() == []
    assert indexes_of(np.empty(0, np.int64), np.array([4])).tolist() == [-1]
