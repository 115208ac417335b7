"""How far a directive has come: one unit's place, sums for each unit below, days per level, lists of those who wait."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Count

from kheo.core.paper_books.facts import Standing
from kheo.core.relaying.chain import Passage
from kheo.directives.models import Arrival, ChainRow, Directive, Passing, Relay
from kheo.org.queries import is_among

LISTED = 50
HIGHEST = 12  # levels of a tree, more than there are


class Waiting(StrEnum):
    """Which units of a chain are listed."""

    ALL = "tat-ca"
    UNACKNOWLEDGED = "chua-nhan"
    NOT_RELAYED = "chua-chuyen"


WAITING_NAMES = {
    Waiting.ALL: "Mọi đơn vị",
    Waiting.UNACKNOWLEDGED: "Chưa bấm “Đã nhận”",
    Waiting.NOT_RELAYED: "Đã nhận, chưa chuyển xuống",
}
_CONDITIONS = {
    Waiting.ALL: "true",
    Waiting.UNACKNOWLEDGED: "acknowledged_on IS NULL",
    Waiting.NOT_RELAYED: "is_inner AND relayed_on IS NULL",
}
# A unit's subtree in a chain: whoever has it in its way. `depth` is the place of the unit in the way, from 1.
_BELOW = "root_id = %(root)s AND way[%(depth)s] = %(unit)s AND cardinality(way) > %(depth)s"
_BRANCHES = f"""
SELECT way[%(depth)s + 1], count(*), count(acknowledged_on), count(*) FILTER (WHERE is_inner), count(relayed_on) FILTER (WHERE is_inner)
  FROM directives_chain_row WHERE {_BELOW} GROUP BY 1
"""  # noqa: S608  # constants of ours
_PASSAGES = f"""
SELECT cardinality(way) - 1, sent_on, relayed_on, count(*)
  FROM directives_chain_row WHERE is_inner AND ({_BELOW} OR (root_id = %(root)s AND unit_id = %(unit)s)) GROUP BY 1, 2, 3
"""  # noqa: S608  # constants of ours


@dataclass(frozen=True)
class Sums:
    """Of some units in a chain: how many it came to, acknowledged it, had to pass it on, and did."""

    units: int = 0
    acknowledged: int = 0
    inner: int = 0
    relayed: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.units + other.units, self.acknowledged + other.acknowledged, self.inner + other.inner, self.relayed + other.relayed
        )


def passing_by_id(number: int) -> Passing | None:
    """A passing with its letter and what that says, or None."""
    return Passing.objects.select_related("issue", "issue__unit", "issue__directive__file", "arrival").filter(pk=number).first()


def place_in_chain(root: int, unit: int) -> ChainRow | None:
    """A unit's own row, with the letter at the beginning of the chain."""
    return ChainRow.objects.select_related("root__directive", "passing__issue__directive").filter(root=root, unit=unit).first()


def place_of_passing(passing: Passing) -> ChainRow | None:
    """The place that a letter gave its unit in a chain; None where the unit stood there already."""
    return ChainRow.objects.filter(passing=passing).first()


def place_by_letter(issue: int) -> ChainRow | None:
    """Where the unit of a letter stands in the chain to which the letter belongs; None for one that was sent nowhere."""
    row = ChainRow.objects.filter(passing__issue=issue).order_by("pk").first()
    return None if row is None else ChainRow.objects.filter(root=row.root_id, unit=row.way[-2]).first()


def first_above(arrival: Arrival) -> Directive:
    """The directive with which the letters began that led to an arrival; its own where it came by none. A query or two for each level."""
    found = arrival
    for _ in range(HIGHEST):
        passing = Passing.objects.filter(arrival=found).first()
        relays = Relay.objects.filter(issue=passing.issue_id if passing else None, withdrawn_at=None)
        relay = relays.select_related("arrival__directive").first()
        if relay is None or relay.arrival.directive is None:
            break
        found = relay.arrival
    assert found.directive is not None
    return found.directive


def chains_of(unit: int, most: int = 100) -> list[ChainRow]:
    """The chains in which a unit stands, the newest first: what came to it and what it began."""
    rows = ChainRow.objects.filter(unit=unit).select_related("root__directive", "passing__issue__directive")
    return list(rows.order_by("-pk")[:most])


def passings_to(unit: int, *, waiting: bool) -> list[Passing]:
    """What was passed down to a unit and is not acknowledged yet (or all of it), the newest first."""
    rows = Passing.objects.filter(unit=unit).select_related("issue__directive", "issue__unit")
    return list((rows.filter(arrival=None) if waiting else rows).order_by("-pk")[:200])


def waiting_at(units: Collection[int]) -> dict[int, int]:
    """For each of some units at which letters wait for the click, how many: one query."""
    rows = Passing.objects.filter(is_among("unit", units), arrival=None, issue__standing=Standing.WRITTEN).order_by()
    return dict(rows.values_list("unit_id").annotate(Count("pk")))


def branches(place: ChainRow) -> dict[int, Sums]:
    """For each unit directly below a place in the chain: sums of itself and everything below it. One statement over the chain."""
    return {unit: Sums(*numbers) for unit, *numbers in _read(_BRANCHES, _values(place))}


def passages(place: ChainRow) -> list[Passage]:
    """By level and days, how many units of a subtree (the place itself among them) passed it on, or still wait. One statement."""
    return [Passage(*row) for row in _read(_PASSAGES, _values(place))]


def level_rows(place: ChainRow, units: list[int]) -> dict[int, ChainRow]:
    """The rows of some units in the same chain."""
    return {row.unit_id: row for row in ChainRow.objects.filter(root=place.root_id, unit__in=units)}


def waiting_below(place: ChainRow, which: Waiting, page: int = 1) -> tuple[list[ChainRow], int]:
    """Units below a place, those who wait longest first: a page of them and how many there are."""
    condition = f"{_BELOW} AND {_CONDITIONS[which]}"
    values = {**_values(place), "skip": (max(page, 1) - 1) * LISTED, "most": LISTED}
    (count,) = next(_read(f"SELECT count(*) FROM directives_chain_row WHERE {condition}", values))  # noqa: S608  # constants of ours
    listed = f"SELECT id FROM directives_chain_row WHERE {condition} ORDER BY sent_on, way LIMIT %(most)s OFFSET %(skip)s"  # noqa: S608
    numbers = [number for (number,) in _read(listed, values)]
    rows = ChainRow.objects.in_bulk(numbers)
    return [rows[number] for number in numbers], count


def _values(place: ChainRow) -> dict[str, Any]:
    return {"root": place.root_id, "unit": place.unit_id, "depth": len(place.way)}


def _read(statement: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()


_FAULTS = """
SELECT c.id FROM directives_chain_row AS c
  LEFT JOIN directives_passing AS p ON p.id = c.passing_id
  LEFT JOIN directives_arrival AS a ON a.id = p.arrival_id
 WHERE (c.passing_id IS NULL AND cardinality(c.way) > 1) OR c.way[cardinality(c.way)] <> c.unit_id
    OR (c.passing_id IS NOT NULL AND (p.unit_id <> c.unit_id OR (p.sent_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <> c.sent_on
        OR c.acknowledged_on IS DISTINCT FROM a.arrived_on))
UNION ALL
SELECT p.id FROM directives_passing AS p
 WHERE NOT EXISTS (SELECT FROM directives_chain_row AS c WHERE c.unit_id = p.unit_id)
ORDER BY 1
"""


def chain_faults() -> Iterator[str]:
    """Where the cache says something else than passings and arrivals do, each naming its row."""
    for (number,) in _read(_FAULTS, {}):
        yield f"Chuỗi chuyển văn bản nói khác sổ (chain {number})."
