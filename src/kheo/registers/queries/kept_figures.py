"""The table of a register's figures, kept where it is counted from very many units: counted by one process, for all.

A copy of no consequence, in the cache that all processes share and in the memory of each, and the page says at what time it was counted.
What is older than some minutes is counted again by a worker (`registers.actions.counting_figures`), and shown until then. Whose figures
somebody may see is asked before; what is hidden depends on the way to the unit, which is part of what a table is kept under.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from kheo.core.bounded import Bounded
from kheo.org.queries import reach, structure_stamp
from kheo.registers.queries.book_figures import BookFigures, Told

MUCH = 1000  # units: what is less is counted while the page is made
KEPT_FOR = timedelta(minutes=10)  # then it is due to be counted again
SHOWN_FOR = timedelta(days=1)
MOST_KEPT = 32


@dataclass(frozen=True)
class FigureTable:
    """By figure its lines and the parts of its total (see `BookFigures`), how many units stand directly below, when that was counted."""

    lines: Sequence[dict[int | None, Told]]
    parts: Sequence[dict[str, int] | None]
    children: int
    counted_at: datetime


_Key = tuple[object, ...]
_kept = Bounded[_Key, FigureTable](MOST_KEPT)


def kept_table(found: BookFigures, now: datetime) -> FigureTable | None:
    """All figures of the register: of few units as counted now, of more than `MUCH` as counted today in a tree that is the same; the
    newest that is kept. None where it has to be counted first."""
    # Asked with every look, so of what is kept in memory: the tree below is read where it is counted alone.
    if len(reach([found.branches.top], found.branches.on).whole) <= MUCH:
        return _counted(found, now)
    key = _key(found)
    mine = _kept.get(key)
    if mine is not None and not is_due(mine, now):
        return mine
    table = _read(cache.get(_shared(key))) or mine
    if table is None or not timedelta(0) <= now - table.counted_at < SHOWN_FOR:
        return None
    _kept.keep(key, table)
    return table


def is_due(table: FigureTable, now: datetime) -> bool:
    """Whether it is to be counted again."""
    return not timedelta(0) <= now - table.counted_at < KEPT_FOR


def count_table(found: BookFigures, now: datetime) -> FigureTable:
    """Counted now, and kept for everybody."""
    key = _key(found)  # before it is counted: after a change of the tree in between nobody finds it
    table = _counted(found, now)
    _kept.keep(key, table)
    cache.set(_shared(key), _written(table), SHOWN_FOR.total_seconds())
    return table


def _key(found: BookFigures) -> _Key:
    branches = found.branches
    return structure_stamp(), found.book.edition_id, tuple(found.path), branches.top, branches.is_whole, branches.on, found.window


def _shared(key: _Key) -> str:
    return f"figures-2:{hashlib.sha256(repr(key).encode()).hexdigest()}"


def _counted(found: BookFigures, now: datetime) -> FigureTable:
    figures = found.book.definition.figures
    return FigureTable(found.lines(figures), found.all_parts(figures), len(found.children), now)


def _written(table: FigureTable) -> str:
    """As a text, so that another version of Khéo reads it or leaves it, and never stumbles over it."""
    lines = [[(unit, told.number, told.among, list(told.days)) for unit, told in each.items()] for each in table.lines]
    return json.dumps([table.counted_at.isoformat(), table.children, lines, table.parts], separators=(",", ":"))


def _read(text: str | None) -> FigureTable | None:
    if text is None:
        return None
    counted_at, children, lines, parts = json.loads(text)
    told = [{unit: Told(number, among, tuple(days)) for unit, number, among, days in each} for each in lines]
    return FigureTable(told, parts, children, datetime.fromisoformat(counted_at))
