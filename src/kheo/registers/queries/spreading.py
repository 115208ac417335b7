"""How a model spread: from an entry to those that learned from it, and from these to others, as verified links tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kheo.registers.models import Entry

MOST = 2000  # replicas of one entry: more than any has; a picture of more is none

_SPREAD = """
WITH RECURSIVE spread AS (
  SELECT e.id, NULL::bigint AS origin, 0 AS depth, NULL::date AS verified_on, e.registered_on AS day, true AS counts
  FROM registers_entry AS e WHERE e.id = %(entry)s
  UNION
  SELECT e.id, k.other_id, s.depth + 1, k.verified_on, COALESCE(k.verified_on, k.on), k.verified_on IS NOT NULL FROM spread AS s
  JOIN registers_link AS k ON s.counts AND k.other_id = s.id AND k.link = %(link)s AND k.known_to IS NULL
    AND (k.verified_on IS NOT NULL OR %(claimed)s)
  JOIN registers_entry AS e ON e.id = k.entry_id AND e.meaning <> 'void'
)
SELECT s.id, s.origin, s.depth, s.verified_on, e.code, e.title, e.owner_id, e.state, s.day, s.counts
FROM spread AS s JOIN registers_entry AS e ON e.id = s.id ORDER BY s.depth, s.day, s.id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Replica:
    """An entry of the picture: from which one it learned (None for the first), how many steps from the first, since when it is verified.

    `day`: of that, else of what is said and not verified yet; of the first the day it was written down. `counts`: not only said.
    """

    entry: int
    origin: int | None
    depth: int
    verified_on: date | None
    code: str
    title: str
    owner: int
    state: str
    day: date
    counts: bool


@dataclass(frozen=True)
class Spread:
    """Where a model was taken over, the first entry first; every entry stands after the one that it learned from."""

    replicas: tuple[Replica, ...]

    @property
    def places(self) -> int:
        """In how many other places."""
        return sum(each.counts for each in self.replicas) - 1

    @property
    def depth(self) -> int:
        """How far: 1 where all learned from the first, more where replicas were replicated."""
        return max((each.depth for each in self.replicas if each.counts), default=0)

    @property
    def below(self) -> Mapping[int | None, tuple[Replica, ...]]:
        """By entry, those that learned from it directly: the tree to be drawn."""
        found: dict[int | None, tuple[Replica, ...]] = {}
        for each in self.replicas:
            found[each.origin] = (*found.get(each.origin, ()), each)
        return found


def spread_of(entry: int, link: str, *, claimed: bool = False) -> Spread:
    """From this entry on, by a kind of links that somebody has to verify; one that was not verified yet is no replica. One query.

    `claimed`: those as well that somebody only says to be one; they count in nothing, and nothing is followed beyond them.
    """
    values: dict[str, Any] = {"entry": entry, "link": link, "most": MOST, "claimed": claimed}
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD, values)
        return Spread(tuple(Replica(*row) for row in cursor.fetchall()))


def origin_of(entry: int, link: str) -> int:
    """The entry from which, over however many others, this one was learned; itself where it is the first. Verified links alone count."""
    statement = """
    WITH RECURSIVE back AS (
      SELECT %(entry)s::bigint AS id, 0 AS steps
      UNION
      SELECT k.other_id, b.steps + 1 FROM back AS b
      JOIN registers_link AS k ON k.entry_id = b.id AND k.link = %(link)s AND k.known_to IS NULL AND k.verified_on IS NOT NULL
      JOIN registers_entry AS o ON o.id = k.other_id AND o.meaning <> 'void'
    )
    SELECT id FROM back ORDER BY steps DESC, id LIMIT 1
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"entry": entry, "link": link})
        return int(cursor.fetchall()[0][0])


@dataclass(frozen=True)
class Far:
    """A first entry with what came of it: in how many other places, in how many steps, last on which day."""

    entry: int
    places: int
    depth: int
    last: date


def farthest(register: int, link: str) -> list[Far]:
    """The entries of a register from which others learned, that learned from none, the farthest first: one query."""
    statement = """
    SELECT k.entry_id, k.other_id, k.verified_on FROM registers_link AS k
    JOIN registers_entry AS e ON e.id = k.entry_id AND e.meaning <> 'void'
    JOIN registers_entry AS o ON o.id = k.other_id AND o.meaning <> 'void'
    WHERE k.register_id = %s AND k.link = %s AND k.known_to IS NULL AND k.verified_on IS NOT NULL
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [register, link])
        links = cursor.fetchall()
    below: dict[int, list[tuple[int, date]]] = {}
    for entry, other, on in links:
        below.setdefault(other, []).append((entry, on))
    learned = {entry for entry, _, _ in links}
    found = [_far(first, below) for first in below if first not in learned]
    return sorted(found, key=lambda each: (-each.places, -each.depth, each.entry))


def _far(first: int, below: Mapping[int, list[tuple[int, date]]]) -> Far:
    met, todo, depth, last = {first}, [first], 0, date.min
    while todo:
        steps = [(entry, on) for each in todo for entry, on in below.get(each, ()) if entry not in met]
        met |= {entry for entry, _ in steps}
        todo = list(dict.fromkeys(entry for entry, _ in steps))
        depth += bool(todo)
        last = max([last, *(on for _, on in steps)])
    return Far(first, len(met) - 1, depth, last)


def firsts(found: Sequence[Far]) -> dict[int, Entry]:
    """The entries themselves: one query."""
    return Entry.objects.in_bulk([each.entry for each in found])
