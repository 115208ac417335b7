"""How far reports follow their registers: cells sent with the number that was counted, and those sent with another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit

MOST_TOLD = 200

# Each unit below is a stretch of the tree, and the unit itself one place of it. What was sent last, and the server's own two numbers of it,
# are known from indexes alone.
SENT = """
WITH below AS MATERIALIZED (
  SELECT child.unit_id, child.position, child.ends_at FROM org_snapshot_unit child
   WHERE child.snapshot_id = %(snapshot)s AND child.parent_id = %(unit)s
  UNION ALL SELECT %(unit)s, %(start)s, %(start)s + 1),
sent AS MATERIALIZED (
  SELECT below.unit_id AS child, owed.position, revision.id, revision.counted_cells AS cells, revision.other_cells AS others
    FROM below
    JOIN reports_obligation owed ON owed.cycle_id = %(cycle)s AND owed.position >= below.position AND owed.position < below.ends_at
    JOIN reports_report report ON report.obligation_id = owed.id
    JOIN reports_revision revision ON revision.id = report.latest_id)
"""
# Which reports have another number is known where they are counted, so that what was sent is gone through once; the same on every row.
BY_CHILD = """
SELECT child, count(*), count(*) FILTER (WHERE cells > 0), sum(cells), sum(others),
       (SELECT array_agg(first.id ORDER BY first.position)
          FROM (SELECT id, position FROM sent WHERE others > 0 ORDER BY position LIMIT %(most)s) AS first)
  FROM sent GROUP BY child ORDER BY min(position)
"""
# Each of the first so many reports that have another number has at least one. Which cells these are is the rule by which the server counts
# `other_cells`, written out: called for each of 28 cells of 200 reports, its function costs more than the rest of the page.
OTHER = """{figure} IS DISTINCT FROM {number} AND NOT (coalesce({figure} = '"na"', false) AND {number} = '0')"""
OTHERS = f"""
SELECT owed.unit_id, cell.key, cell.value->'number', revision.figures->cell.key
  FROM unnest(%(first)s::bigint[]) WITH ORDINALITY AS first (id, turn)
  JOIN reports_revision revision ON revision.id = first.id
  JOIN reports_report report ON report.id = revision.report_id
  JOIN reports_obligation owed ON owed.id = report.obligation_id
 CROSS JOIN LATERAL jsonb_each(revision.enclosures->'counted') AS cell(key, value)
 WHERE {OTHER.format(figure="revision.figures->cell.key", number="cell.value->'number'")}
 ORDER BY first.turn, cell.key LIMIT %(most)s
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


@dataclass(frozen=True)
class Following:
    """Of the reports under a unit: `below`, by unit directly below (the unit's own report under itself), in the order of the tree;
    `first`: what was sent last of the first `MOST_TOLD` that have another number, in that order.
    """

    below: Mapping[int, Followed]
    first: Sequence[int]


def followed_below(cycle: Cycle, unit: SnapshotUnit) -> Following:
    """How far they follow: one query."""
    bounds = {"snapshot": cycle.snapshot_id, "unit": unit.unit_id, "cycle": cycle.pk, "start": unit.position}
    below, first = dict[int, Followed](), list[int]()
    with connection.cursor() as cursor:
        cursor.execute(SENT + BY_CHILD, {**bounds, "most": MOST_TOLD})
        for child, *numbers, others in cursor.fetchall():
            below[child] = Followed(*(int(each) for each in numbers))
            first = others or []
    return Following(below, first)


def other_numbers(following: Following) -> list[OtherNumber]:
    """The cells themselves, in the order of the tree, the first `MOST_TOLD`: one query. Walled cells are never among them: they follow."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS, {"first": list(following.first), "most": MOST_TOLD})
        rows = cursor.fetchall()
    return [OtherNumber(owner, key, int(counted), _plain(figure)) for owner, key, counted, figure in rows]


def _plain(figure: Any) -> Any:
    """A JSON value as the driver gives it: its text."""
    return {"null": None, '"na"': "na"}.get(figure, figure)
