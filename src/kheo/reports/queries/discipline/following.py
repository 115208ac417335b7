"""How far reports follow their registers: cells sent with the number that was counted, and those sent with another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit

MOST_TOLD = 200

# The units below are gathered once, not for each report. What was sent last is known by the server's own two numbers of it, from an index.
SENT = """
WITH below AS MATERIALIZED (
  SELECT array_agg(child.position ORDER BY child.position) AS places, array_agg(child.unit_id ORDER BY child.position) AS units
    FROM org_snapshot_unit child WHERE child.snapshot_id = %(snapshot)s AND child.parent_id = %(unit)s),
sent AS (
  SELECT CASE WHEN owed.unit_id = %(unit)s THEN owed.unit_id ELSE below.units[width_bucket(owed.position, below.places)] END AS child,
         owed.unit_id, owed.position, revision.id, revision.counted_cells AS cells, revision.other_cells AS others
    FROM reports_obligation owed
    CROSS JOIN below
    JOIN reports_report report ON report.obligation_id = owed.id
    JOIN reports_revision revision ON revision.id = report.latest_id
   WHERE owed.cycle_id = %(cycle)s AND owed.position >= %(start)s AND owed.position < %(end)s)
"""
BY_CHILD = "SELECT child, count(*), count(*) FILTER (WHERE cells > 0), sum(cells), sum(others) FROM sent GROUP BY child"
# Each of the first so many reports that have another number has at least one. Which cells these are is the rule by which the server counts
# `other_cells`, written out: called for each of 28 cells of 200 reports, its function costs more than the rest of the page.
OTHER = """{figure} IS DISTINCT FROM {number} AND NOT (coalesce({figure} = '"na"', false) AND {number} = '0')"""
OTHERS = f"""
, first AS MATERIALIZED (SELECT * FROM sent WHERE others > 0 ORDER BY position LIMIT %(most)s)
SELECT first.unit_id, cell.key, cell.value->'number', revision.figures->cell.key
  FROM first
  JOIN reports_revision revision ON revision.id = first.id
 CROSS JOIN LATERAL jsonb_each(revision.enclosures->'counted') AS cell(key, value)
 WHERE {OTHER.format(figure="revision.figures->cell.key", number="cell.value->'number'")}
 ORDER BY first.position, cell.key LIMIT %(most)s
"""  # noqa: S608  # no word of anybody's


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
        cursor.execute(SENT + BY_CHILD, _bounds(cycle, unit))
        return {child: Followed(*(int(each) for each in numbers)) for child, *numbers in cursor.fetchall()}


def other_numbers(cycle: Cycle, unit: SnapshotUnit) -> list[OtherNumber]:
    """The cells themselves, in the order of the tree, the first `MOST_TOLD`: one query. Walled cells are never among them: they follow."""
    with connection.cursor() as cursor:
        cursor.execute(SENT + OTHERS, {**_bounds(cycle, unit), "most": MOST_TOLD})
        rows = cursor.fetchall()
    return [OtherNumber(owner, key, int(counted), _plain(figure)) for owner, key, counted, figure in rows]


def _plain(figure: Any) -> Any:
    """A JSON value as the driver gives it: its text."""
    return {"null": None, '"na"': "na"}.get(figure, figure) if isinstance(figure, str) else figure


def _bounds(cycle: Cycle, unit: SnapshotUnit) -> Mapping[str, int]:
    return {"snapshot": cycle.snapshot_id, "unit": unit.unit_id, "cycle": cycle.pk, "start": unit.position, "end": unit.ends_at}
