"""The small-count wall in another structure: whoever holds two structures of the same figures together could subtract them.

So behind the wall only one number is shown in another structure: the total of everything, to one who reads the very same number as
reported. Whatever is hidden there is hidden here, and no part of it is shown at all.
"""

from collections.abc import Collection

from kheo.core.definition import Definition
from kheo.core.tree import Snapshot
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.restructured import Restructured
from kheo.reports.queries.walls import Viewpoint, walled_keys, walls


def whole_view(reading: Restructured, unit: SnapshotUnit, reads: Collection[int] | None = None) -> Viewpoint | None:
    """From where the whole tree of the cycle is read as reported, where the unit stands for all of it; None where it does not.

    `reads`: the units whose subtrees the reader reads; None for a reader who is the highest unit itself.
    """
    origin = reading.shape.origin
    root = origin.units[0]
    is_whole = _has_one_root(origin) and len(reading.behind(unit)) == len(origin)
    return Viewpoint((root,), reads is None or root in reads) if is_whole else None


def _has_one_root(origin: Snapshot) -> bool:
    return origin.ends[0] == len(origin)


def hidden_totals(reading: Restructured, definition: Definition, view: Viewpoint | None) -> frozenset[str]:
    """Codes whose total is not shown."""
    guarded = frozenset(walled_keys(definition))
    if view is None:
        return guarded
    hidden = walls(reading.cycle, definition, view, definition.indicators)
    return frozenset(code for code in guarded if code in hidden and hidden[code].total)
