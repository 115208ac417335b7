"""The path from the highest unit that a reader sees down to the page."""

from collections.abc import Callable, Sequence

from kheo.org.models import SnapshotUnit

Trail = list[dict[str, str]]


def trail(units: Sequence[SnapshotUnit], address: Callable[[SnapshotUnit], str], *last: str) -> Trail:
    """Breadcrumb steps of these units, the page itself last; `last`: words of steps below the units."""
    steps = [{"label": unit.name, "url": address(unit)} for unit in units]
    return [*steps, *({"label": word, "url": ""} for word in last)]
