"""From where somebody reads: quick also for whoever receives the reports of a whole province."""

from time import process_time

from kheo.core.tree import Snapshot
from kheo.reports.queries.restructured_walls import tops_of


def seconds(units: int) -> float:
    """Of the processor, the least of three, for an office that stands outside the tree and receives every report under its root."""
    tree = Snapshot(tuple(range(1, units + 2)), (-1, *[0] * units), (units + 1, *range(2, units + 2)), (0, *[1] * units))
    assert len(tree.position) == units + 1
    found = list[float]()
    for _ in range(3):
        start = process_time()
        tops = tops_of(tree, {units + 9}, range(2, units + 2))
        found.append(process_time() - start)
        assert {each.path for each in tops} == {(1, unit) for unit in range(2, units + 2)}
    return min(found)


def test_eight_times_the_reports_take_about_eight_times_as_long() -> None:
    """Quadratic, it would be 64 times."""
    assert seconds(8_000) < 30 * seconds(1_000)
