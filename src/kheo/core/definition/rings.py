"""Rings in a graph: which nodes can be reached from themselves. Linear, so that no file, however long, stalls the loader."""

from collections import deque
from collections.abc import Iterator, Mapping, Set

Graph = Mapping[str, Set[str]]


def groups_in_rings(graph: Graph) -> dict[str, int]:
    """For every node that stands in a ring, the number of its group: nodes that can reach one another share one.

    Strongly connected components by two depth-first walks (Kosaraju and Sharir), without recursion.
    """
    backwards: dict[str, set[str]] = {node: set() for node in graph}
    for node, followers in graph.items():
        for follower in followers:
            backwards[follower].add(node)
    group_of: dict[str, int] = {}
    for number, start in enumerate(reversed(_by_finish(graph))):
        if start not in group_of:
            for node in _reached(backwards, start, group_of):
                group_of[node] = number
    sizes: dict[int, int] = {}
    for number in group_of.values():
        sizes[number] = sizes.get(number, 0) + 1
    return {node: number for node, number in group_of.items() if sizes[number] > 1 or node in graph[node]}


def shortest_ring(graph: Graph, start: str) -> list[str]:
    """The shortest way from a node of a ring back to itself, both ends included."""
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for follower in sorted(graph[node]):
            if follower == start:
                return [*_way(came_from, start, node), start]
            if follower not in came_from:
                came_from[follower] = node
                waiting.append(follower)
    raise ValueError(f"{start} stands in no ring")


def _way(came_from: Mapping[str, str], start: str, end: str) -> list[str]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def _by_finish(graph: Graph) -> list[str]:
    """All nodes in the order in which a depth-first walk leaves them."""
    left: list[str] = []
    seen: set[str] = set()
    for root in graph:
        if root in seen:
            continue
        seen.add(root)
        walk: list[tuple[str, Iterator[str]]] = [(root, iter(sorted(graph[root])))]
        while walk:
            node, followers = walk[-1]
            fresh = next((follower for follower in followers if follower not in seen), None)
            if fresh is None:
                left.append(node)
                walk.pop()
            else:
                seen.add(fresh)
                walk.append((fresh, iter(sorted(graph[fresh]))))
    return left


def _reached(graph: Graph, start: str, taken: Mapping[str, int]) -> set[str]:
    """Everything reachable from start that is not taken yet."""
    reached = {start}
    waiting = [start]
    while waiting:
        for follower in graph[waiting.pop()]:
            if follower not in reached and follower not in taken:
                reached.add(follower)
                waiting.append(follower)
    return reached
