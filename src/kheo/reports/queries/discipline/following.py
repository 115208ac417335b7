"""How far reports follow their registers: cells sent with the number that was counted, and those sent with another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit

MOST_TOLD = 200

# Of what was sent last; where nothing was counted "not applicable" says the same (core.counted_cells).
CELLS = """
WITH below AS (
  SELECT array_agg(child.position ORDER BY child.position) AS places, array_agg(child.unit_id ORDER BY child.position) AS units
    FROM org_snapshot_unit child WHERE child.snapshot_id = %(snapshot)s AND child.parent_id = %(unit)s),
sent AS (
  SELECT CASE WHEN owed.unit_id = %(unit)s THEN owed.unit_id ELSE below.units[width_bucket(owed.position, below.places)] END AS child,
         owed.id, owed.unit_id, owed.position, revision.figures, revision.enclosures
    FROM reports_obligation owed
    CROSS JOIN below
    JOIN reports_report report ON report.obligation_id = owed.id
    JOIN reports_revision revision ON revision.id = report.latest_id
   WHERE owed.cycle_id = %(cycle)s AND owed.position >= %(start)s AND owed.position < %(end)s),
cells AS (
  SELECT sent.child, sent.id, sent.unit_id, sent.position, cell.key, cell.value->'number' AS counted, sent.figures->cell.key AS figure,
         sent.figures->cell.key IS DISTINCT FROM cell.value->'number'
           AND NOT (sent.figures->cell.key = '"na"'::jsonb AND cell.value->'number' = '0'::jsonb) AS is_other
    FROM sent CROSS JOIN LATERAL jsonb_each(sent.enclosures->'counted') AS cell(key, value)
   WHERE sent.enclosures ? 'counted')
"""
BY_CHILD = """
SELECT sent.child, count(*), count(counted.id), coalesce(sum(counted.cells), 0), coalesce(sum(counted.other), 0)
  FROM sent LEFT JOIN (SELECT id, count(*) AS cells, count(*) FILTER (WHERE is_other) AS other FROM cells GROUP BY id) AS counted
    ON counted.id = sent.id
 GROUP BY sent.child
"""
OTHERS = "SELECT unit_id, key, counted, figure FROM cells WHERE is_other ORDER BY position, key LIMIT %(most)s"


@dataclass(frozen=True)
class Followed:
    """Of the reports under one unit: sent, sent with counted cells, those cells, those with another number."""

    reports: int
    counted: int
    cells: int
    others: int


@dataclass(frozen=True)
class OtherNumber:
    """One cell sent with another number than its register counted then. `figure` as it was answered."""

    unit: int
    cell: str
    counted: int
    figure: Any


def followed_below(cycle: Cycle, unit: SnapshotUnit) -> dict[int, Followed]:
    """By unit directly below (the unit's own report under itself): one query."""
    with connection.cursor() as cursor:
        cursor.execute(CELLS + BY_CHILD, _bounds(cycle, unit))
        return {child: Followed(*(int(each) for each in numbers)) for child, *numbers in cursor.fetchall()}


def other_numbers(cycle: Cycle, unit: SnapshotUnit) -> list[OtherNumber]:
    """The cells themselves, in the order of the tree, the first `MOST_TOLD`: one query. Walled cells are never among them: they follow."""
    with connection.cursor() as cursor:
        cursor.execute(CELLS + OTHERS, {**_bounds(cycle, unit), "most": MOST_TOLD})
        rows = cursor.fetchall()
    return [OtherNumber(owner, key, int(counted), _plain(figure)) for owner, key, counted, figure in rows]


def _plain(figure: Any) -> Any:
    """A JSON value as the driver gives it: its text."""
    return {"null": None, '"na"': "na"}.get(figure, figure) if isinstance(figure, str) else figure


def _bounds(cycle: Cycle, unit: SnapshotUnit) -> Mapping[str, int]:
    return {"snapshot": cycle.snapshot_id, "unit": unit.unit_id, "cycle": cycle.pk, "start": unit.position, "end": unit.ends_at}
