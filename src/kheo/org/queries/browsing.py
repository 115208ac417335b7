"""The tree a page at a time, as of any day: the units below one, the way up, one unit's standing. Queries do not grow with the tree."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kheo.core.text import fold
from kheo.core.unit_kinds import Line
from kheo.org.models import Relation, in_force
from kheo.org.queries.kept import kept_in_a_look


@dataclass(frozen=True)
class Placed:
    """A unit at its place on a line on a day; `below`: how many stand directly under it."""

    id: int
    code: str
    name: str
    kind: str
    below: int
    is_suspended: bool


def _held(alias: str) -> str:
    return f"{alias}.starts <= %(on)s AND ({alias}.ends IS NULL OR {alias}.ends > %(on)s)"


# `unit` and `name` come from what stands before; the rest is looked up for the few rows of a page.
FACTS = f"""
SELECT page.unit, coalesce(code.value, ''), coalesce(page.name, ''), coalesce(kind.kind, ''),
  (SELECT count(*) FROM org_relation AS under WHERE under.parent_id = page.unit AND under.line = %(line)s AND {_held("under")}),
  EXISTS (SELECT 1 FROM org_suspension AS pause WHERE pause.unit_id = page.unit AND {_held("pause")})
FROM page
LEFT JOIN org_unit_code AS code ON code.unit_id = page.unit AND code.scheme = 'kheo' AND {_held("code")}
LEFT JOIN org_unit_kind AS kind ON kind.unit_id = page.unit AND {_held("kind")}
"""  # noqa: S608  # constants of ours
STANDING_BELOW = f"""
  FROM org_relation AS relation
  LEFT JOIN org_unit_name AS name ON name.unit_id = relation.child_id AND {_held("name")}
  WHERE relation.line = %(line)s AND relation.parent_id {{parent}} AND {_held("relation")}
  ORDER BY name.sort_key COLLATE "C", relation.child_id
  LIMIT %(most)s
"""  # constants of ours
UNITS_BELOW = "SELECT relation.child_id" + STANDING_BELOW.format(parent="= %(unit)s")  # constants of ours
BELOW = f"""
WITH page AS (
  SELECT relation.child_id AS unit, name.name, row_number() OVER (ORDER BY name.sort_key COLLATE "C", relation.child_id) AS place
  {STANDING_BELOW} OFFSET %(skip)s
)
{FACTS}
ORDER BY page.place
"""  # constants of ours
# The next in order (round from the last to the first) whose name begins with some letters, else of whose words one does.
NAMED = f"""
SELECT place FROM (
  SELECT name.folded, row_number() OVER (ORDER BY name.sort_key COLLATE "C", relation.child_id) AS place
  FROM org_relation AS relation
  LEFT JOIN org_unit_name AS name ON name.unit_id = relation.child_id AND {_held("name")}
  WHERE relation.line = %(line)s AND relation.parent_id = %(unit)s AND {_held("relation")}
) AS page
WHERE starts_with(folded, %(letters)s) OR strpos(folded, ' ' || %(letters)s) > 0
ORDER BY NOT starts_with(folded, %(letters)s), place <= %(after)s, place
LIMIT 1
"""  # noqa: S608  # constants of ours
ABOVE = f"""
WITH RECURSIVE way (unit, height) AS (
  SELECT own.child_id, 0 FROM org_relation AS own WHERE own.child_id = %(unit)s AND own.line = %(line)s AND {_held("own")}
  UNION ALL
  SELECT relation.parent_id, way.height + 1 FROM way
  JOIN org_relation AS relation ON relation.child_id = way.unit AND relation.line = %(line)s AND {_held("relation")}
  WHERE relation.parent_id IS NOT NULL AND way.height < 50
), page AS (
  SELECT way.unit, way.height, name.name FROM way LEFT JOIN org_unit_name AS name ON name.unit_id = way.unit AND {_held("name")}
)
{FACTS}
ORDER BY page.height DESC
"""  # noqa: S608  # constants of ours
# From each of some units up.
UP = f"""
WITH RECURSIVE way (start, unit, height) AS (
  SELECT own.child_id, own.child_id, 0 FROM org_relation AS own
  WHERE own.child_id = ANY(%(units)s) AND own.line = %(line)s AND {_held("own")}
  UNION ALL
  SELECT way.start, relation.parent_id, way.height + 1 FROM way
  JOIN org_relation AS relation ON relation.child_id = way.unit AND relation.line = %(line)s AND {_held("relation")}
  WHERE relation.parent_id IS NOT NULL AND way.height < 50
) SELECT start, unit FROM way
"""  # noqa: S608  # constants of ours
DOWN = f"""
WITH RECURSIVE down (unit) AS (
  SELECT unnest(%(units)s::bigint[])
  UNION
  SELECT relation.child_id FROM down
  JOIN org_relation AS relation ON relation.parent_id = down.unit AND relation.line = %(line)s AND {_held("relation")}
) SELECT unit FROM down
"""  # noqa: S608  # constants of ours

PARENTS = f"""
WITH RECURSIVE down (unit, parent) AS (
  SELECT relation.child_id, relation.parent_id FROM org_relation AS relation
  WHERE relation.parent_id = %(unit)s AND relation.line = %(line)s AND {_held("relation")}
  UNION
  SELECT relation.child_id, relation.parent_id FROM down
  JOIN org_relation AS relation ON relation.parent_id = down.unit AND relation.line = %(line)s AND {_held("relation")}
) SELECT unit, parent FROM down
"""  # noqa: S608  # constants of ours


def _placed(statement: str, values: dict[str, Any]) -> list[Placed]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Placed(*row) for row in cursor.fetchall()]


def below(on: date, line: Line, unit: int | None, *, skip: int = 0, most: int = 100) -> list[Placed]:
    """Units directly below one (None: those with nobody above), in Vietnamese order of their names, from `skip` on: one query."""
    parent = "IS NULL" if unit is None else "= %(unit)s"
    return _placed(BELOW.format(parent=parent), {"on": on, "line": line.value, "unit": unit, "skip": skip, "most": most})


@kept_in_a_look(copied=tuple)
def units_below(on: date, line: Line, unit: int, most: int) -> tuple[int, ...]:
    """The same units by their numbers alone, the first in order of their names: one query."""
    with connection.cursor() as cursor:
        cursor.execute(UNITS_BELOW, {"on": on, "line": line.value, "unit": unit, "most": most})
        return tuple(each for (each,) in cursor.fetchall())


def count_below(on: date, line: Line, unit: int | None) -> int:
    """How many there are."""
    rows = Relation.objects.filter(in_force(on), line=line)
    return (rows.filter(parent=None) if unit is None else rows.filter(parent=unit)).count()


def all_below(on: date, line: Line, units: Collection[int]) -> frozenset[int]:
    """These units and everything that stands below them on a day: one query."""
    with connection.cursor() as cursor:
        cursor.execute(DOWN, {"on": on, "line": line.value, "units": sorted(units)})
        return frozenset(unit for (unit,) in cursor.fetchall())


def parents_below(on: date, line: Line, unit: int) -> dict[int, int]:
    """Every unit below one, with the unit directly above it, on a day: one query."""
    with connection.cursor() as cursor:
        cursor.execute(PARENTS, {"on": on, "line": line.value, "unit": unit})
        return dict(cursor.fetchall())


def place_named(on: date, line: Line, unit: int, letters: str, *, after: int) -> int | None:
    """Where among the units directly below one, counted from 1, the next of such a name stands: as `tree.js` looks in its rows."""
    values = {"on": on, "line": line.value, "unit": unit, "letters": fold(letters), "after": after}
    with connection.cursor() as cursor:
        cursor.execute(NAMED, values)
        row = cursor.fetchone()
    return row[0] if row else None


def way_to(on: date, line: Line, unit: int) -> list[Placed]:
    """From the top of a line down to a unit, itself last; nothing where it has no place there: one query."""
    return _placed(ABOVE, {"on": on, "line": line.value, "unit": unit})


def ways_to(on: date, line: Line, units: Collection[int]) -> dict[int, frozenset[int]]:
    """For each of some units that has a place on a line itself and everything above it: one query."""
    found: dict[int, set[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(UP, {"on": on, "line": line.value, "units": sorted(units)})
        for start, unit in cursor.fetchall():
            found.setdefault(start, set()).add(unit)
    return {start: frozenset(way) for start, way in found.items()}


def lines_of(units: Collection[int]) -> dict[int, frozenset[Line]]:
    """The lines on which each of these units ever stood."""
    rows = Relation.objects.filter(child__in=units).order_by().values_list("child_id", "line").distinct()
    found: dict[int, set[Line]] = {}
    for unit, line in rows:
        found.setdefault(unit, set()).add(Line(line))
    return {unit: frozenset(lines) for unit, lines in found.items()}


@kept_in_a_look(copied=tuple)
def lines_standing(units: Collection[int], on: date) -> tuple[Line, ...]:
    """The lines on which any of these units stands on a day, in the order in which lines are told."""
    held = set(Relation.objects.filter(in_force(on), child__in=units).order_by().values_list("line", flat=True).distinct())
    return tuple(line for line in Line if line.value in held)


def is_above(units: Collection[int], unit: int, on: date, line: Line) -> bool:
    """Whether one of these is the unit itself or stands above it."""
    return any(each.id in units for each in way_to(on, line, unit))


def places_of(unit: int, on: date) -> Sequence[tuple[Line, int | None]]:
    """On which lines a unit stands on a day, and under whom."""
    rows = Relation.objects.filter(in_force(on), child=unit).values_list("line", "parent_id")
    held = {Line(line): parent for line, parent in rows}
    return [(line, held[line]) for line in Line if line in held]
