"""Sums kept for a set of reports, and how to come from them to the sums over another set: only what differs is added up.

A milestone says nothing about time. It holds exactly which revisions it has added up; a revision never changes, so its sums stay right
whatever is decided, corrected or recorded late afterwards. Who asks what counted at an instant finds out which revisions those are, and
lets the milestone spare the reading of those that both have.
"""

import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kheo.core.rollup import PARTS, Int64s, Stored, recount

STRETCH = 512  # places of a tree that are added up together
_STORED = np.dtype("<i8")


@dataclass(frozen=True)
class Counted:
    """Revisions that count (ascending, each once) and the place of each one's unit in the cycle's tree."""

    revisions: Int64s
    places: Int64s

    @classmethod
    def of(cls, revisions: Int64s, places: Int64s) -> "Counted":
        """In any order."""
        order = np.argsort(revisions, kind="stable")
        return cls(revisions[order], places[order])

    def where(self, is_meant: "np.typing.NDArray[np.bool_]") -> "Counted":
        """Those that `is_meant`, in their order."""
        return Counted(self.revisions[is_meant], self.places[is_meant])

    def without(self, others: "Counted") -> "Counted":
        """Those that are not among the others."""
        return self.where(~np.isin(self.revisions, others.revisions, assume_unique=True))


NOTHING = Counted(np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True)
class Milestone:
    """`cuts` (m + 1, ascending, from 0 to the size of the tree) part the places into stretches; `tallies` (m × 4K) of each stretch are
    those of the `counted` revisions in it.
    """

    counted: Counted
    cuts: Int64s
    tallies: Int64s

    @cached_property
    def stretches(self) -> Int64s:
        """Of each counted revision the stretch that it is in."""
        found: Int64s = np.searchsorted(self.cuts, self.counted.places, side="right") - 1
        return found


@dataclass(frozen=True)
class Difference:
    """What is still to be read to come from a milestone to what is wanted: first sums by line, and what comes and goes."""

    tallies: Int64s
    added: Counted
    removed: Counted


def cuts_of(size: int, starts: Int64s, ends: Int64s) -> Int64s:
    """Where to cut a tree of so many places: at the bounds of its large subtrees, which are asked for most, and evenly between them."""
    return np.unique(np.concatenate([np.arange(0, size, STRETCH), starts, ends, [0, size]]))


def difference(kept: Milestone, wanted: Counted, labels: Int64s, lines: int) -> Difference:
    """`labels`: by place the line 0 … lines-1 that it belongs to, -1 for none; `wanted` are all those of these lines.

    A stretch that belongs to one line is taken as it is. Of one that several lines share, nothing is taken: it is read anew.
    """
    beyond = np.full(max(int(kept.cuts[-1]) - len(labels), 0), -1)
    labels = np.concatenate([labels, beyond])
    lowest, highest = (way.reduceat(labels, kept.cuts[:-1]) for way in (np.minimum, np.maximum))
    line = np.where(lowest == highest, lowest, -1)
    tallies = np.zeros((lines, kept.tallies.shape[1]), np.int64)
    whole = np.flatnonzero(line >= 0)
    np.add.at(tallies, line[whole], kept.tallies[whole])
    taken = kept.counted.where(line[kept.stretches] >= 0)
    return Difference(tallies, wanted.without(taken), taken.without(wanted))


def add_by_line(tallies: Int64s, reported: Int64s, labels: Int64s, vectors: Int64s) -> None:
    """Adds each vector to the line of its label; those of -1 to none."""
    order = np.argsort(labels, kind="stable")
    order = order[np.searchsorted(labels[order], 0) :]
    lines = np.arange(len(reported))
    more, count = recount(lines, lines + 1, labels[order], vectors[order])
    tallies += more
    reported += count


def stored(numbers: Int64s) -> bytes:
    """Whole numbers as they are kept: packed together, since most of their bytes are zero."""
    return zlib.compress(np.ascontiguousarray(numbers.ravel(), _STORED).view(np.uint8).reshape(-1, 8).T.tobytes(), 1)


def unstored(kept: Stored) -> Int64s:
    """The numbers again, in one row. Raises ValueError where these are none."""
    try:
        planes = np.frombuffer(zlib.decompress(kept), np.uint8).reshape(8, -1)
    except zlib.error as fault:
        raise ValueError("no stored numbers") from fault
    return np.ascontiguousarray(planes.T).view(_STORED).reshape(-1).astype(np.int64)


def unstored_milestone(revisions: Stored, places: Stored, cuts: Stored, tallies: Stored, width: int) -> Milestone:
    """A milestone of reports of so many figures as it was kept; raises ValueError where the parts do not fit together."""
    counted = Counted(unstored(revisions), unstored(places))
    bounds, sums = unstored(cuts), unstored(tallies)
    is_whole = (
        counted.revisions.shape == counted.places.shape
        and len(sums) == (len(bounds) - 1) * PARTS * width
        and bool((np.diff(counted.revisions) > 0).all() and (np.diff(bounds) > 0).all())
        and (not len(counted.places) or bounds[0] <= counted.places.min() <= counted.places.max() < bounds[-1])
    )
    if not is_whole:
        raise ValueError("the parts of a milestone do not fit together")
    return Milestone(counted, bounds, sums.reshape(-1, PARTS * width))
