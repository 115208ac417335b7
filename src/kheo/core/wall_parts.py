"""The small-count wall over numbers that are broken up into parts: whether the parts of a unit's number are told, all of them or none.

The units below one, with their parts, are a table whose sums stand on the page above. Parts of one unit alone could be hidden one by one
only with parts of others to cover them in every row and every column; which, is hard to choose and harder to trust. So a unit's parts are
told together or not at all. What the hidden rows of a table are together follows from the sums. Each of their cells can then lie anywhere
between the bounds of Fréchet: what its column has beyond all other hidden rows, and the lesser of its row and its column. Of a table that
is hidden whole these bounds are exact (Dobra and Fienberg, *Bounds for cell entries in contingency tables*, 2000). A small cell is told
where its lower bound is not zero though its column has no more than small numbers: then another row is hidden as well.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kheo.core.privacy import SMALL, is_small

Vector = Mapping[str, int]


@dataclass(frozen=True)
class PartsLevel:
    """A unit's own parts and those of the subtrees directly below; `owns`: the own parts of those below that have units below them.

    `hidden`: the unit itself and those below whose whole number is not told; `is_closed`: nor is that of the unit with all below it.
    """

    unit: int
    own: Vector
    children: Mapping[int, Vector]
    owns: Mapping[int, Vector]
    hidden: Collection[int] = ()
    is_closed: bool = False


@dataclass(frozen=True)
class HiddenParts:
    """Whether the parts of a unit with all below it are hidden, and those of its own number."""

    total: bool = False
    own: bool = False


def hidden_parts(levels: Sequence[PartsLevel], *, reads_reports: bool) -> HiddenParts:
    """Of the last of `levels`, which lead from the unit that a reader belongs to down to the one of the page.

    The reader knows the own parts of the first; with `reads_reports` those of the units directly below as well, which then cover nothing.
    """
    hidden: Collection[int] | None = ()
    for depth, level in enumerate(levels):
        hidden = None if level.is_closed else _hidden_rows(level, depth, reads_reports=reads_reports)
        is_page = depth == len(levels) - 1
        if hidden is None:
            return HiddenParts(True, depth > 0 or not is_page)
        if not is_page and levels[depth + 1].unit in hidden:
            return HiddenParts(True, True)
    return HiddenParts(False, levels[-1].unit in (hidden or ()))


def _hidden_rows(level: PartsLevel, depth: int, *, reads_reports: bool) -> set[int] | None:
    """The units whose parts are hidden though those of all together are told; None: nothing is left to cover them."""
    rows = _secrets(level, depth, reads_reports=reads_reports)
    hidden = {unit for unit, row in rows.items() if unit in level.hidden or any(map(is_small, row.values()))}
    while _is_told(rows, hidden):
        covers = [(sum(row.values()), unit) for unit, row in rows.items() if unit not in hidden and any(row.values())]
        if not covers:
            return None
        hidden.add(min(covers)[1])
    return hidden


def _secrets(level: PartsLevel, depth: int, *, reads_reports: bool) -> dict[int, Vector]:
    """What of each row the reader does not know."""
    known = level.owns if depth == 0 and reads_reports else {}
    rows: dict[int, Vector] = {unit: _less(row, known.get(unit, {})) for unit, row in level.children.items()}
    if depth > (1 if reads_reports else 0):
        rows[level.unit] = level.own
    return rows


def _is_told(rows: Mapping[int, Vector], hidden: Collection[int]) -> bool:
    """Whether a small cell of the hidden rows is told by what they are together."""
    columns: Counter[str] = Counter()
    for unit in hidden:
        columns.update(rows[unit])
    whole = columns.total()
    return any(
        is_small(number) and columns[part] < SMALL and columns[part] > whole - sum(rows[unit].values())
        for unit in hidden
        for part, number in rows[unit].items()
    )


def _less(row: Vector, known: Vector) -> Vector:
    return {part: number - known.get(part, 0) for part, number in row.items()}
