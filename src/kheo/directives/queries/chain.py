"""How far a directive has come: one unit's place, sums for each unit below, days per level, lists of those who wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection

from kheo.core.relaying.chain import Passage
from kheo.directives.models import ChainRow, Passing

LISTED = 50


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
    return Passing.objects.select_related("issue", "issue__directive", "issue__directive__file", "arrival").filter(pk=number).first()


def place_in_chain(root: int, unit: int) -> ChainRow | None:
    """A unit's own row, with the letter at the beginning of the chain."""
    return ChainRow.objects.select_related("root", "root__directive", "passing", "passing__issue").filter(root=root, unit=unit).first()


def chains_of(unit: int, most: int = 100) -> list[ChainRow]:
    """The chains in which a unit stands, the newest first: what came to it and what it began."""
    rows = ChainRow.objects.filter(unit=unit).select_related("root__directive", "passing__issue__directive")
    return list(rows.order_by("-pk")[:most])


def passings_to(unit: int, *, waiting: bool) -> list[Passing]:
    """What was passed down to a unit and is not acknowledged yet (or all of it), the newest first."""
    rows = Passing.objects.filter(unit=unit).select_related("issue__directive", "issue__unit")
    return list((rows.filter(arrival=None) if waiting else rows).order_by("-pk")[:200])


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


def first_of(units: list[ChainRow]) -> date | None:
    """The first day on which any of these got it."""
    return min((row.sent_on for row in units), default=None)
