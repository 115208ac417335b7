"""Rings in a graph, against the plain definition: a node is in a ring when it can be reached from itself."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.definition.rings import groups_in_rings, shortest_ring

NODES = "abcdef"
graphs = st.fixed_dictionaries({node: st.sets(st.sampled_from(NODES)) for node in NODES})


def reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    """Everything along one arrow or more."""
    reached: set[str] = set()
    waiting = set(graph[start])
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting |= graph[node]
    return reached


@given(graphs)
def test_finds_the_nodes_that_reach_themselves(graph: dict[str, set[str]]) -> None:
    assert set(groups_in_rings(graph)) == {node for node in NODES if node in reachable(graph, node)}


@given(graphs)
def test_groups_the_nodes_that_reach_one_another(graph: dict[str, set[str]]) -> None:
    groups = groups_in_rings(graph)
    for one in groups:
        for other in groups:
            mutual = other in reachable(graph, one) and one in reachable(graph, other)
            assert (groups[one] == groups[other]) == mutual


@given(graphs)
def test_a_ring_is_a_way_along_the_arrows_back_to_its_start(graph: dict[str, set[str]]) -> None:
    for node in groups_in_rings(graph):
        ring = shortest_ring(graph, node)
        assert ring[0] == ring[-1] == node
        assert all(later in graph[earlier] for earlier, later in pairwise(ring))
        assert len(set(ring)) == len(ring) - 1


def test_a_node_in_no_ring_is_a_bug() -> None:
    with pytest.raises(ValueError, match="a stands in no ring"):
        shortest_ring({"a": {"b"}, "b": set()}, "a")


def test_a_very_long_chain_takes_no_recursion() -> None:
    chain = {str(number): {str(number + 1)} for number in range(20_000)} | {"20000": set[str]()}
    assert groups_in_rings(chain) == {}
    assert len(groups_in_rings(chain | {"20000": {"0"}})) == 20_001
