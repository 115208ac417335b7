"""What a new cycle asks of whom, written by the database itself: no row of a country's 300,000 travels to the program and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.definition import Definition
from kheo.core.rollup import PARTS
from kheo.core.unit_kinds import LINE_NAMES, Line
from kheo.org.actions import look_at

# The units that a tier asks, with their recipient: on the union line that of the frozen tree itself, which may be older (equal trees
# are one); on another line that of the day of opening.
ASKED = """
WITH asked AS (
  SELECT unit.unit_id, unit.position, unit.name, unit.code, tier.id AS tier, tier.line, tier.due_at, suspended.starts AS suspended_from,
         CASE WHEN tier.line = 'union' THEN unit.parent_id ELSE above.parent_id END AS recipient_id
    FROM org_snapshot_unit unit
    JOIN unnest(%(kinds)s::text[], %(tiers)s::text[], %(lines)s::text[], %(dues)s::timestamptz[]) AS tier(kind, id, line, due_at)
      ON tier.kind = unit.kind
    LEFT JOIN org_relation above
      ON above.child_id = unit.unit_id AND above.line = tier.line AND tier.line <> 'union'
     AND above.starts <= %(day)s AND (above.ends IS NULL OR above.ends > %(day)s)
    LEFT JOIN org_suspension suspended
      ON suspended.unit_id = unit.unit_id AND suspended.starts <= %(day)s AND (suspended.ends IS NULL OR suspended.ends > %(day)s)
   WHERE unit.snapshot_id = %(snapshot)s)
"""
OBLIGE = f"""
{ASKED}
INSERT INTO reports_obligation (cycle_id, unit_id, recipient_id, tier, position, due_at)
SELECT %(cycle)s, unit_id, recipient_id, tier, position, due_at FROM asked
 WHERE recipient_id IS NOT NULL AND suspended_from IS NULL ORDER BY position
"""  # noqa: S608  # constants of this file
LEFT_OUT = f"""
{ASKED}
SELECT name, code, line, suspended_from, (
         SELECT count(*) FROM reports_obligation owed WHERE owed.cycle_id = %(cycle)s AND owed.recipient_id = asked.unit_id)
  FROM asked WHERE recipient_id IS NULL OR suspended_from IS NOT NULL ORDER BY position
"""  # noqa: S608  # constants of this file


@dataclass(frozen=True)
class LeftOut:
    """Units of a tier that owe nothing, in sentences: on their line nobody receives, or they do not work on the day of opening."""

    unaddressed: tuple[str, ...]
    suspended: tuple[str, ...]


def oblige_units(cycle: Cycle, definition: Definition, due: Mapping[str, datetime]) -> LeftOut:
    """Every unit of a tier that has a due date owes its recipient a report, unless it is suspended on the day of opening.

    `due`: by tier, the first instant that is late. The number of statements and the memory depend on no number of units.
    """
    kinds = {kind: definition.tier_of(kind) for tier in definition.regime.tiers for kind in tier.kinds}
    asked = [(kind, tier) for kind, tier in kinds.items() if tier and tier.id in due]
    values: dict[str, Any] = {
        "cycle": cycle.pk,
        "snapshot": cycle.snapshot_id,
        "day": cycle.opened_on,
        "kinds": [kind for kind, _ in asked],
        "tiers": [tier.id for _, tier in asked],
        "lines": [tier.line for _, tier in asked],
        "dues": [due[tier.id] for _, tier in asked],
    }
    with connection.cursor() as cursor:
        cursor.execute(OBLIGE, values)
        look_at("reports_obligation")
        cursor.execute(LEFT_OUT, values)
        rows = cursor.fetchall()
    unaddressed = [
        f"{name} (mã {code}): không có nơi nhận trên tuyến {LINE_NAMES[Line(line)]}" for name, code, line, since, _ in rows if since is None
    ]
    suspended = [
        f"{name} (mã {code}): đang tạm ngừng hoạt động từ {since:%d/%m/%Y}, không phải báo cáo kỳ này"
        + (f"; vẫn là nơi nhận của {below} đơn vị" if below else "")
        for name, code, _, since, below in rows
        if since is not None
    ]
    return LeftOut(tuple(unaddressed), tuple(suspended))


# One pass from the first place of the tree to the last: what a subtree expects is what is owed up to its end less what is owed before it.
ROLLUPS = """
WITH owed AS (
  SELECT position, count(*) AS here FROM reports_obligation WHERE cycle_id = %(cycle)s GROUP BY position),
line AS (
  SELECT unit.unit_id, unit.position, unit.ends_at, coalesce(owed.here, 0) AS here,
         sum(coalesce(owed.here, 0)) OVER (ORDER BY unit.position) AS up_to
    FROM org_snapshot_unit unit LEFT JOIN owed USING (position) WHERE unit.snapshot_id = %(snapshot)s)
INSERT INTO reports_rollup (cycle_id, unit_id, position, ends_at, expected, reported, tally)
SELECT %(cycle)s, top.unit_id, top.position, top.ends_at, last.up_to - top.up_to + top.here, 0, array_fill(0::bigint, ARRAY[%(size)s])
  FROM line top JOIN line last ON last.position = top.ends_at - 1
 WHERE top.ends_at > top.position + 1 ORDER BY top.position
"""


def prepare_rollups(cycle: Cycle, definition: Definition) -> None:
    """An empty tally for every inner unit, with how many reports it expects."""
    values = {"cycle": cycle.pk, "snapshot": cycle.snapshot_id, "size": PARTS * len(definition.cells)}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")  # a wrong guess of a new cycle's size would cost hours, a right one wins nothing
        cursor.execute(ROLLUPS, values)
        cursor.execute("SET LOCAL enable_nestloop = on")
    look_at("reports_rollup")


UPPER_TIERS = """
SELECT DISTINCT owed.tier, upper.tier
  FROM reports_obligation owed
  JOIN reports_obligation upper ON upper.cycle_id = owed.cycle_id AND upper.unit_id = owed.recipient_id
 WHERE owed.cycle_id = %s
"""


def upper_tiers(cycle: Cycle) -> list[tuple[str, str]]:
    """Which tiers of the cycle send to units that report in which tiers."""
    with connection.cursor() as cursor:
        cursor.execute(UPPER_TIERS, [cycle.pk])
        return [(tier, upper) for tier, upper in cursor.fetchall()]
