"""Whose units are whose, where a system holds more than one union line of command."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from kheo.core.unit_kinds import Line
from kheo.org.models import Relation, in_force

# Empty spans were taken back from their first day on: they never held.
ELSEWHERE = """
WITH RECURSIVE up(unit, above) AS (
  SELECT each, each FROM unnest(%(units)s::bigint[]) AS each
  UNION
  SELECT up.unit, place.parent_id FROM up JOIN org_relation AS place ON place.child_id = up.above
  WHERE place.line = 'union' AND place.parent_id IS NOT NULL
    AND (place.ends IS NULL OR (place.ends >= %(day)s AND place.ends > place.starts)))
SELECT DISTINCT up.unit FROM up JOIN org_relation AS top ON top.child_id = up.above
WHERE top.line = 'union' AND top.parent_id IS NULL AND up.above <> %(top)s
  AND (top.ends IS NULL OR (top.ends >= %(day)s AND top.ends > top.starts))
"""


def tops(units: Collection[int], on: date) -> list[int]:
    """Those of these units that stand at the top of the union line on a day."""
    rows = Relation.objects.filter(in_force(on), child__in=units, line=Line.UNION, parent__isnull=True)
    return list(rows.order_by("child_id").values_list("child_id", flat=True))


def under_another_top(units: Collection[int], top: int, day: date) -> set[int]:
    """Those of these units that stand on the union line under another top than this one, just before the day or later."""
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, {"units": sorted(units), "top": top, "day": day})
        return {unit for (unit,) in cursor.fetchall()}
