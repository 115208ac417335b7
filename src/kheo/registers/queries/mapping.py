"""Entries where they lie on the ground: near each other drawn as one, counted to the last."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from kheo.org.queries import Box
from kheo.registers.models import Entry
from kheo.registers.queries.listing import EntryList

CELLS = 16  # of the longer side of a view: what is nearer together than a dot is one dot

# One cell of the grid holds what lies in it; the dot stands in the middle of its entries, not of the cell.
_SPOTS = """
SELECT count(*), min(e.id), round(avg(e.latitude))::int, round(avg(e.longitude))::int,
  min(e.longitude), min(e.latitude), max(e.longitude), max(e.latitude)
FROM registers_entry AS e
WHERE {condition} AND e.latitude BETWEEN %s AND %s AND e.longitude BETWEEN %s AND %s
GROUP BY (e.latitude - %s) / %s, (e.longitude - %s) / %s
ORDER BY 2
"""
_PLACED = """
SELECT count(*), count(e.latitude), min(e.longitude), min(e.latitude), max(e.longitude), max(e.latitude)
FROM registers_entry AS e WHERE {condition}
"""


@dataclass(frozen=True)
class Spot:
    """A dot of the map: how many entries it stands for, the box in which they lie, and the one where it is one."""

    count: int
    latitude: int
    longitude: int
    box: Box
    entry: Entry | None


@dataclass(frozen=True)
class Extent:
    """How many entries a list has, how many of them have a place, and the box around those; None where none has."""

    whole: int
    placed: int
    box: Box | None


def spots(found: EntryList, box: Box) -> list[Spot]:
    """The entries of a list inside a box, at most `CELLS` dots along a side: two queries however many there are."""
    condition, values = found.condition()
    cell = max(1, max(box.east - box.west, box.north - box.south) // CELLS)
    area: list[Any] = [box.south, box.north, box.west, box.east, box.south, cell, box.west, cell]
    with connection.cursor() as cursor:
        cursor.execute(_SPOTS.format(condition=condition), [*values, *area])
        rows = cursor.fetchall()
    alone = Entry.objects.in_bulk([first for count, first, *_ in rows if count == 1])
    return [
        Spot(count, latitude, longitude, Box(*sides), alone.get(first) if count == 1 else None)
        for count, first, latitude, longitude, *sides in rows
    ]


def extent(found: EntryList) -> Extent:
    """Where a list lies, and what of it has no place: one query."""
    condition, values = found.condition()
    with connection.cursor() as cursor:
        cursor.execute(_PLACED.format(condition=condition), values)
        ((whole, placed, west, south, east, north),) = cursor.fetchall()
    return Extent(whole, placed, Box(west, south, east, north) if placed else None)
