"""Everything below some units, kept in memory where it is much.

A city reads 20,000 units with every page, and they are the same for weeks.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import Q

from kheo.core.bounded import Bounded
from kheo.core.unit_kinds import Line
from kheo.org.queries.browsing import all_below
from kheo.org.queries.inheriting import Units, Within, left_to
from kheo.org.queries.kept import stamp_of_look

MUCH = 1000  # units: what is less is found as quickly as whether it is still the same
MOST_KEPT = 16
SHORTEST_RUN, MOST_RUNS = 4, 40


@dataclass(frozen=True)
class Reach:
    """`below`: these units and all that stand below them on a day; `whole`: with those that left their records to any of them.

    `left`: by unit that did so, all those that keep what it left.
    """

    below: Units
    whole: Units
    left: Mapping[int, Units]


# Processes agree by the stamp, which is read from the database.
_kept = Bounded[Units, tuple[date, tuple[int, ...], Reach]](MOST_KEPT)


def reach(units: Collection[int], on: date) -> Reach:
    """What stands below some units of the union line: three queries, one where it is much and nothing has changed since.

    Whoever changed a tree, in whatever process: from the commit on the next call here reads it. Changes pass one at a time (`lock_tree`),
    so that none can come in below the numbers of the stamp. Posts are not kept at all: a person's units are read for each request.
    """
    tops = frozenset(units)
    known = _kept.get(tops)
    stamp = stamp_of_look() if known else ()
    if known and known[:2] == (on, stamp):
        return known[2]
    below = all_below(on, Line.UNION, tops) if tops else frozenset[int]()
    if len(below) < MUCH:
        return _whole(below, on)
    stamp = stamp_of_look()  # before it is read: a change in between makes it be read again
    found = _whole(all_below(on, Line.UNION, tops), on)
    _kept.keep(tops, (on, stamp, found))
    return found


def _whole(below: Units, on: date) -> Reach:
    left = left_to(below, Within(on))
    return Reach(below, below.union(left), left)  # a frozenset, whose hash is kept: `among` looks runs up by it


def among(column: str, units: Collection[int]) -> tuple[str, list[Any]]:
    """That a column names one of these units, as SQL with its values: long runs of numbers as such, the rest one by one.

    Units come into the system a subtree at a time, so that 20,000 of them are a few runs. Handed over one by one they would cost each
    statement more than all that it finds. The cast: numbers of another size would be compared one after the other.
    """
    runs, rest = _runs(frozenset(units))
    parts, values = [f"{column} BETWEEN %s AND %s" for _ in runs], list[Any](bound for run in runs for bound in run)
    if rest or not runs:
        parts.append(f"{column} = ANY(%s::bigint[])")
        values.append(list(rest))
    return f"({' OR '.join(parts)})", values


def is_among(field: str, units: Collection[int]) -> Q:
    """The same as `among`, for a field that points to a unit, where Django writes the SQL."""
    runs, rest = _runs(frozenset(units))
    found = Q(**{f"{field}__in": rest})
    for first, last in runs:
        found |= Q(**{f"{field}__gte": first, f"{field}__lte": last})
    return found


@lru_cache(maxsize=64)
def _runs(units: Units) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """The longest runs of numbers that follow each other, and what is in none of them."""
    runs = [[unit for _, unit in run] for _, run in groupby(enumerate(sorted(units)), lambda each: each[1] - each[0])]
    longest = sorted((run for run in runs if len(run) >= SHORTEST_RUN), key=len, reverse=True)[:MOST_RUNS]
    told = {run[0] for run in longest}
    return tuple((run[0], run[-1]) for run in longest), tuple(unit for run in runs if run[0] not in told for unit in run)
