"""The table of a register's figures, kept in memory for some minutes where it is counted from very many units.

A copy of no consequence: every process counts its own anew, nothing is stored, and the page says at what time it was counted. Whose figures
somebody may see is asked before; what is hidden depends on the way to the unit, which is part of what a table is kept under.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from kheo.org.queries import structure_stamp
from kheo.registers.queries.book_figures import BookFigures, Told

MUCH = 1000  # units: what is less is counted while the page is made
KEPT_FOR = timedelta(minutes=10)
MOST_KEPT = 32


@dataclass(frozen=True)
class FigureTable:
    """By figure its lines (see `BookFigures.lines`), how many units stand directly below, and when that was counted."""

    lines: Sequence[dict[int | None, Told]]
    children: int
    counted_at: datetime


_Key = tuple[object, ...]
_kept: dict[_Key, tuple[tuple[int, ...], FigureTable]] = {}
_keeping = Lock()


def table_of(found: BookFigures, now: datetime) -> FigureTable:
    """All figures of the register: as counted now or, of more than `MUCH` units, less than `KEPT_FOR` ago in a tree that is the same."""
    key = (found.book.edition_id, tuple(found.path), found.branches.top, found.branches.is_whole, found.branches.on, found.window)
    known = _kept.get(key)
    if known and timedelta(0) <= now - known[1].counted_at < KEPT_FOR and known[0] == structure_stamp():
        return known[1]
    if len(found.branches.parents) < MUCH:
        return _counted(found, now)
    stamp = structure_stamp()  # before it is counted: a change in between makes it be counted again
    table = _counted(found, now)
    with _keeping:
        _kept.pop(key, None)
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = (stamp, table)
    return table


def _counted(found: BookFigures, now: datetime) -> FigureTable:
    return FigureTable(found.lines(found.book.definition.figures), len(found.children), now)
