"""Adding figures up a tree: exact integers, order-free, and a recount that must agree with the kept sums.

A *vector* is one report's own figures in the order of the edition's cells (K int64, with the two sentinels of
`kheo.core.figures` for blank and not applicable). A *tally* is what can be added: 4 × K int64, namely the sum of the
numbers and, cell by cell, how many units said zero, blank and not applicable. Tallies of disjoint sets of units add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kheo.core.figures import BLANK, NOT_APPLICABLE

Int64s = NDArray[np.int64]
PARTS = 4


def tally_of(vectors: Int64s) -> Int64s:
    """Tallies (n × 4K) of vectors (n × K)."""
    blank = vectors == BLANK
    not_applicable = vectors == NOT_APPLICABLE
    numbers = np.where(blank | not_applicable, 0, vectors)
    parts = (numbers, vectors == 0, blank, not_applicable)
    return np.concatenate([part.astype(np.int64) for part in parts], axis=1)


def delta(old: Sequence[int] | None, new: Sequence[int] | None, width: int) -> list[int]:
    """What a unit's tally changes by when its accepted vector goes from `old` to `new` (None: no accepted report)."""
    change = np.zeros(PARTS * width, np.int64)
    if new is not None:
        change += tally_of(np.array([new], np.int64))[0]
    if old is not None:
        change -= tally_of(np.array([old], np.int64))[0]
    result: list[int] = change.tolist()
    return result


def recount(los: Int64s, his: Int64s, positions: Int64s, vectors: Int64s) -> tuple[Int64s, Int64s]:
    """Count every inner unit afresh from the accepted vectors.

    `los`, `his` (m): subtree intervals of the inner units. `positions` (n, ascending): tree positions of the units with
    an accepted report. `vectors` (n × K). Returns the tallies (m × 4K) and the number of reports in each subtree (m).
    Sums run over contiguous ranges in depth-first order, cell-major (the faster memory order: performance.md §4).
    """
    first = np.searchsorted(positions, los, side="left")
    last = np.searchsorted(positions, his, side="left")
    width = vectors.shape[1]
    tallies = np.zeros((len(los), PARTS * width), np.int64)
    filled = last > first
    if filled.any():
        pairs = np.stack([first[filled], last[filled]], axis=1).ravel()
        for column in range(width):
            tallies[np.ix_(np.flatnonzero(filled), _columns_of(column, width))] = _column_sums(vectors[:, column], pairs)
    return tallies, last - first


def _columns_of(column: int, width: int) -> Int64s:
    return np.arange(PARTS, dtype=np.int64) * width + column


def _column_sums(values: Int64s, pairs: Int64s) -> Int64s:
    """Sums of one cell over ranges (first, last) given as interleaved pairs; one extra zero makes `last` a legal index."""
    padded = np.append(values, 0)
    blank = padded == BLANK
    not_applicable = padded == NOT_APPLICABLE
    zero = padded == 0
    zero[-1] = False
    numbers = np.where(blank | not_applicable, 0, padded)
    sums = [np.add.reduceat(part.astype(np.int64), pairs)[::2] for part in (numbers, zero, blank, not_applicable)]
    return np.stack(sums, axis=1)


@dataclass(frozen=True)
class CellTally:
    """One cell of a roll-up: the sum of the numbers and how many of the `reported` units stand in each class."""

    total: int
    zero: int
    blank: int
    not_applicable: int
    reported: int

    @property
    def number(self) -> int:
        """Units that gave a number other than zero."""
        return self.reported - self.zero - self.blank - self.not_applicable

    @property
    def value(self) -> int | None:
        """The sum, or None when not one unit gave a number: missing is not zero."""
        return self.total if self.number + self.zero > 0 else None


def cell_of(tally: Sequence[int], position: int, reported: int) -> CellTally:
    """Read the cell at `position` (0 … K-1) out of a tally of 4K integers."""
    width = len(tally) // PARTS
    total, zero, blank, not_applicable = (tally[part * width + position] for part in range(PARTS))
    return CellTally(total, zero, blank, not_applicable, reported)
