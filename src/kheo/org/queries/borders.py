"""Borders to be drawn under a map."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kheo.org.models import UnitBorder, UnitName, in_force

MOST = 400  # of one view: a province has 170, and a page must stay light


@dataclass(frozen=True)
class Box:
    """A part of the ground, in millionths of a degree."""

    west: int
    south: int
    east: int
    north: int


@dataclass(frozen=True)
class DrawnBorder:
    """A unit's border with its name on the day. `polygons`: rings of [longitude, latitude] in millionths."""

    unit: int
    name: str
    polygons: Any


def borders_within(box: Box, on: date) -> list[DrawnBorder]:
    """The borders that touch a box, of units that stand on the day; at most `MOST`, the nearest to its middle: three queries."""
    rows = UnitBorder.objects.filter(west__lte=box.east, east__gte=box.west, south__lte=box.north, north__gte=box.south)
    x, y = box.west + box.east, box.south + box.north
    boxes = rows.values_list("unit_id", "west", "east", "south", "north")
    near = sorted(boxes, key=lambda row: abs(row[1] + row[2] - x) + abs(row[3] + row[4] - y))
    chosen = [row[0] for row in near[:MOST]]
    names = dict(UnitName.objects.filter(in_force(on), unit__in=chosen).values_list("unit_id", "name"))
    found = UnitBorder.objects.filter(unit__in=names).values_list("unit_id", "polygons")
    return [DrawnBorder(unit, names[unit], polygons) for unit, polygons in found]
