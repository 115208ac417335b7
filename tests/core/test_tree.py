"""The tree as depth-first intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.tree import Edge, TreeError, build_snapshot


@st.composite
def forests(draw: st.DrawFn) -> list[Edge]:
    """Any forest of up to 40 units, in any order of edges."""
    size = draw(st.integers(1, 40))
    parents = [draw(st.one_of(st.none(), st.integers(0, unit - 1))) if unit else None for unit in range(size)]
    return draw(st.permutations([Edge(unit, parent) for unit, parent in enumerate(parents)]))


def test_numbers_a_tree_depth_first_with_siblings_in_order() -> None:
    edges = [Edge(1, None), Edge(2, 1), Edge(3, 1), Edge(4, 2)]
    snapshot = build_snapshot(edges, order=lambda unit: -unit)
    assert snapshot.units == (1, 3, 2, 4)
    assert snapshot.ends == (4, 2, 4, 4)
    assert snapshot.depths == (0, 1, 1, 2)


@given(forests())
def test_a_subtree_is_exactly_the_units_whose_chain_upward_meets_its_top(edges: list[Edge]) -> None:
    snapshot = build_snapshot(edges)
    for top in snapshot.units:
        expected = {unit for unit in snapshot.units if top == unit or top in snapshot.ancestors(unit)}
        assert set(snapshot.subtree(top)) == expected


@given(forests())
def test_the_tree_gives_back_the_relations_it_was_made_of(edges: list[Edge]) -> None:
    snapshot = build_snapshot(edges)
    assert {(unit, snapshot.parent(unit)) for unit in snapshot.units} == {(edge.child, edge.parent) for edge in edges}
    for edge in edges:
        assert sorted(snapshot.children(edge.child)) == sorted(each.child for each in edges if each.parent == edge.child)


@given(forests())
def test_the_order_in_which_relations_are_read_does_not_matter(edges: list[Edge]) -> None:
    assert build_snapshot(edges) == build_snapshot(reversed(edges))


def test_names_the_units_of_a_cycle() -> None:
    with pytest.raises(TreeError, match="vòng") as caught:
        build_snapshot([Edge(1, None), Edge(2, 3), Edge(3, 2)])
    assert caught.value.units == (2, 3)


def test_names_a_unit_with_two_parents() -> None:
    with pytest.raises(TreeError, match="hai cấp trên") as caught:
        build_snapshot([Edge(1, None), Edge(2, 1), Edge(2, None)])
    assert caught.value.units == (2,)


def test_names_a_unit_whose_parent_is_not_in_the_tree() -> None:
    with pytest.raises(TreeError, match="không còn trong cây") as caught:
        build_snapshot([Edge(1, None), Edge(2, 9)])
    assert caught.value.units == (2,)


def test_a_chain_of_ten_thousand_units_is_numbered() -> None:
    snapshot = build_snapshot([Edge(unit, unit - 1 if unit else None) for unit in range(10_000)])
    assert snapshot.interval(9_999) == (9_999, 10_000)
    assert len(snapshot.ancestors(9_999)) == 9_999
