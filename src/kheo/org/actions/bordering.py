"""Keeping the borders of units from a file: all of it or nothing, with one journal row."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kheo.core.borders import TOLERANCE, read_borders
from kheo.core.days import format_day
from kheo.core.problems import Problem
from kheo.journal.actions import Actor, record
from kheo.org.models import UnitBorder
from kheo.org.queries import units_by_code


@dataclass(frozen=True)
class BordersKept:
    """How many borders were kept and of how many points, or why none was."""

    kept: int
    points: int
    problems: tuple[Problem, ...] = ()


@transaction.atomic
def keep_borders(data: bytes, file: str, *, on: date, by: Actor, at: datetime, tolerance: float = TOLERANCE) -> BordersKept:
    """Keep the borders of a GeoJSON file with the units that had those codes on a day; a unit's older border gives way."""
    borders, problems = read_borders(data, file, tolerance=tolerance)
    if problems:
        return BordersKept(0, 0, problems)
    units = units_by_code(on)
    unknown = tuple(
        Problem(f"Ngày {format_day(on)} không có đơn vị mã {each.code}.", file, number)
        for number, each in enumerate(borders, 1)
        if each.code not in units
    )
    if unknown:
        return BordersKept(0, 0, unknown)
    rows = [
        UnitBorder(
            unit_id=units[each.code],
            west=each.west,
            south=each.south,
            east=each.east,
            north=each.north,
            polygons=each.polygons,
            file=file[:300],
            recorded_at=at,
        )
        for each in borders
    ]
    fields = ["west", "south", "east", "north", "polygons", "file", "recorded_at"]
    UnitBorder.objects.bulk_create(rows, batch_size=500, update_conflicts=True, unique_fields=["unit"], update_fields=fields)
    points = sum(len(ring) for each in borders for polygon in each.polygons for ring in polygon)
    told: dict[str, Any] = {"file": file[:300], "sha256": hashlib.sha256(data).hexdigest(), "borders": len(rows), "points": points}
    record("keep_borders", by=by, at=at, object_type="borders", object_id=0, **told)
    return BordersKept(len(rows), points)
