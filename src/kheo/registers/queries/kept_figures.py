"""The table of a register's figures, kept for some minutes where it is counted from very many units: counted by one process, for all.

A copy of no consequence, in the cache that all processes share and in the memory of each: whoever has none counts anew, and the page says
at what time it was counted. Whose figures somebody may see is asked before; what is hidden depends on the way to the unit, which is part of
what a table is kept under.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from kheo.core.bounded import Bounded
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
_kept = Bounded[_Key, FigureTable](MOST_KEPT)


def table_of(found: BookFigures, now: datetime) -> FigureTable:
    """All figures of the register: as counted now or, of more than `MUCH` units, less than `KEPT_FOR` ago in a tree that is the same."""
    if len(found.branches.parents) < MUCH:
        return _counted(found, now)
    stamp = structure_stamp()  # before it is counted: a change in between makes it be counted again
    key = (stamp, found.book.edition_id, tuple(found.path), found.branches.top, found.branches.is_whole, found.branches.on, found.window)
    shared = f"figures:{hashlib.sha256(repr(key).encode()).hexdigest()}"
    for known in (_kept.get, lambda _: _read(cache.get(shared))):
        table = known(key)
        if table is not None and timedelta(0) <= now - table.counted_at < KEPT_FOR:
            _kept.keep(key, table)
            return table
    table = _counted(found, now)
    _kept.keep(key, table)
    cache.set(shared, _written(table), KEPT_FOR.total_seconds())
    return table


def _counted(found: BookFigures, now: datetime) -> FigureTable:
    return FigureTable(found.lines(found.book.definition.figures), len(found.children), now)


def _written(table: FigureTable) -> str:
    """As a text, so that another version of Khéo reads it or leaves it, and never stumbles over it."""
    lines = [[(unit, told.number, told.among, list(told.days)) for unit, told in each.items()] for each in table.lines]
    return json.dumps([table.counted_at.isoformat(), table.children, lines], separators=(",", ":"))


def _read(text: str | None) -> FigureTable | None:
    if text is None:
        return None
    counted_at, children, lines = json.loads(text)
    told = [{unit: Told(number, among, tuple(days)) for unit, number, among, days in each} for each in lines]
    return FigureTable(told, children, datetime.fromisoformat(counted_at))
