"""Adding figures up a tree: exact integers, order-free, and a recount that must agree with the kept sums.

A *vector* is one report's own figures in the order of the edition's cells (K int64, with the two sentinels of
`kheo.core.figures` for blank and not applicable). A *tally* is what can be added: 4 × K int64, namely the sum of the
numbers and, cell by cell, how many units said zero, blank and not applicable. Tallies of disjoint sets of units add up.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kheo.core.figures import BLANK, NOT_APPLICABLE

Int64s = NDArray[np.int64]
Stored = bytes | memoryview
PARTS = 4
BLOCK = 1024  # reports
_STORED = np.dtype("<i8")


def tally_of(vectors: Int64s) -> Int64s:
    """Tallies (n × 4K) of vectors (n × K)."""
    blank = vectors == BLANK
    not_applicable = vectors == NOT_APPLICABLE
    numbers = np.where(blank | not_applicable, 0, vectors)
    parts = (numbers, vectors == 0, blank, not_applicable)
    return np.concatenate([part.astype(np.int64) for part in parts], axis=1)


def pack(vector: Sequence[int]) -> bytes:
    """A vector as it is stored: little-endian int64."""
    return np.array(vector, _STORED).tobytes()


def unpack(stored: Stored) -> Int64s:
    """The vector of a stored one."""
    return np.frombuffer(stored, _STORED).astype(np.int64)


def unpack_all(stored: Sequence[bytes], width: int) -> Int64s:
    """The matrix (n × width) of many stored vectors; raises ValueError when one has another width."""
    if set(map(len, stored)) - {8 * width}:
        raise ValueError(f"a stored vector has not {width} figures")
    return np.frombuffer(b"".join(stored), _STORED).astype(np.int64, copy=False).reshape(len(stored), width)


def delta(old: Stored | None, new: Stored | None, width: int) -> list[int]:
    """What a unit's tally changes by when its stored vector goes from `old` to `new` (None: no accepted report)."""
    change = np.zeros(PARTS * width, np.int64)
    if new is not None:
        change += tally_of(unpack(new)[None])[0]
    if old is not None:
        change -= tally_of(unpack(old)[None])[0]
    result: list[int] = change.tolist()
    return result


def recount(los: Int64s, his: Int64s, positions: Int64s, vectors: Int64s) -> tuple[Int64s, Int64s]:
    """Count every inner unit afresh from the accepted vectors.

    `los`, `his` (m): subtree intervals of the inner units. `positions` (n, ascending): tree positions of the units with
    an accepted report. `vectors` (n × K). Returns the tallies (m × 4K) and the number of reports in each subtree (m).
    Sums run over contiguous ranges in depth-first order, one cell at a time (the faster memory order: performance.md §4).
    """
    first = np.searchsorted(positions, los, side="left")
    last = np.searchsorted(positions, his, side="left")
    width = vectors.shape[1]
    tallies = np.zeros((len(los), PARTS * width), np.int64)
    filled = np.flatnonzero(last > first)
    if len(filled):
        # Subtrees nest, so their ends cut the reports into few pieces: each report is added once, pieces are added up after.
        # The pieces are cut again into blocks that stay in the processor's cache while they are turned to stand cell by cell.
        cuts = np.unique(np.concatenate([first[filled], last[filled]]))
        cuts = np.unique(np.concatenate([cuts, np.arange(cuts[0], cuts[-1], BLOCK)]))
        sums = np.zeros((len(cuts), PARTS * width), np.int64)
        bounds = np.searchsorted(cuts, np.append(np.arange(cuts[0], cuts[-1], BLOCK), cuts[-1]))
        for start, end in itertools.pairwise(bounds.tolist()):
            sums[start + 1 : end + 1] = _piece_sums(vectors[cuts[start] : cuts[end]], cuts[start:end] - cuts[start])
        up_to = np.cumsum(sums, axis=0)
        tallies[filled] = up_to[np.searchsorted(cuts, last[filled])] - up_to[np.searchsorted(cuts, first[filled])]
    return tallies, last - first


def _piece_sums(vectors: Int64s, starts: Int64s) -> Int64s:
    """The tallies (pieces × 4K) of the pieces of a block that begin at `starts` and reach to the next start or the end."""
    values = np.ascontiguousarray(vectors.T)
    blank, not_applicable = values == BLANK, values == NOT_APPLICABLE
    numbers = np.where(blank | not_applicable, 0, values)
    counts = [np.add.reduceat(part.view(np.int8), starts, axis=1, dtype=np.int64) for part in (values == 0, blank, not_applicable)]
    return np.concatenate([np.add.reduceat(numbers, starts, axis=1), *counts]).T


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
