"""The units of a subtree that gave one class of answer to a cell, a page at a time: any page of a country costs what the first does.

Where a page begins is found in the roll-ups on the way down from the unit, which know how many stand in each class below them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.core.paginator import Page
from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.figures import BLANK, NOT_APPLICABLE
from kheo.core.rollup import pack, unpack
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.table import standing_state

Class = Literal["number", "zero", "answered", "blank", "na", "missing"]
WALKED = 1000  # members: as many are passed over one by one; more are looked up


@dataclass(frozen=True)
class Member:
    """One unit of the subtree that answered in a certain way, or did not."""

    obligation_id: int
    name: str
    above: str
    value: int | None
    state: State
    received_at: datetime | None
    due_at: datetime


@dataclass(frozen=True)
class Asked:
    """One class of answer to the cell at `place` (of `width`) in the subtree of a unit."""

    cycle: Cycle
    unit: SnapshotUnit
    shown: Class
    place: int
    width: int
    is_walled: bool

    @property
    def cell(self) -> str:
        """The stored figure of the cell in SQL."""
        return f"substr(sent.vector, {8 * self.place + 1}, 8)"

    @property
    def values(self) -> dict[str, Any]:
        """What the statements below are asked with."""
        return {"cycle": self.cycle.pk, "snapshot": self.cycle.snapshot_id, "zero": ZERO, "blank": BLANK_CELL, "na": NA_CELL}


ZERO, BLANK_CELL, NA_CELL = pack([0]), pack([BLANK]), pack([NOT_APPLICABLE])
WHICH: dict[Class, str] = {
    "number": "{cell} NOT IN (%(zero)s, %(blank)s, %(na)s)",
    "zero": "{cell} = %(zero)s",
    "answered": "{cell} NOT IN (%(blank)s, %(na)s)",
    "blank": "{cell} = %(blank)s",
    "na": "{cell} = %(na)s",
    "missing": "report.accepted_id IS NULL",
}
# How many of a class a roll-up counts; its tally holds the zeros, blanks and not applicable ones after the sums.
KEPT: dict[Class, str] = {
    "number": "roll.reported - roll.tally[{zero}] - roll.tally[{blank}] - roll.tally[{na}]",
    "zero": "roll.tally[{zero}]",
    "answered": "roll.reported - roll.tally[{blank}] - roll.tally[{na}]",
    "blank": "roll.tally[{blank}]",
    "na": "roll.tally[{na}]",
    "missing": "roll.expected - roll.reported",
}
OWED = """
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
  LEFT JOIN reports_revision sent ON sent.id = report.accepted_id
 WHERE owed.cycle_id = %(cycle)s AND {which}
"""
# The page is cut out before names are looked up, and from the nearer end.
MEMBERS = f"""
WITH page AS (
  SELECT owed.id, owed.unit_id, owed.position, {{value}} AS value, report.state, report.accepted_id, report.received_at,
         owed.due_at, owed.closed_at
  {OWED} AND owed.position >= %(start)s AND owed.position < %(end)s
   ORDER BY owed.position {{order}} LIMIT %(limit)s OFFSET %(offset)s)
SELECT page.id, unit.name, above.name, page.value, page.state, page.accepted_id, page.received_at, page.due_at, page.closed_at
  FROM page
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %(snapshot)s AND unit.unit_id = page.unit_id
  LEFT JOIN org_snapshot_unit above ON above.snapshot_id = %(snapshot)s AND above.unit_id = unit.parent_id
 ORDER BY page.position
"""  # noqa: S608  # constants of this file


def members_on(page: "Page[int]", asked: Asked) -> tuple[Member, ...]:
    """The members of the class on a page, in the tree's order. No value behind the wall."""
    first, last, count = max(page.start_index() - 1, 0), page.end_index(), page.paginator.count
    start, passed = _beginning(asked, first) if count - last > WALKED else (asked.unit.position, first)
    is_near_end = passed > count - last
    query = MEMBERS.format(
        value="NULL" if asked.is_walled else asked.cell,
        which=WHICH[asked.shown].format(cell=asked.cell),
        order="DESC" if is_near_end else "ASC",
    )
    bounds = {
        "start": asked.unit.position if is_near_end else start,
        "end": asked.unit.ends_at,
        "limit": last - first,
        "offset": count - last if is_near_end else passed,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, {**asked.values, **bounds})
        return tuple(_member(*row) for row in cursor.fetchall())


def _member(
    obligation: int,
    name: str,
    above: str | None,
    stored: bytes | None,
    state: str | None,
    accepted: int | None,
    received: datetime | None,
    due: datetime,
    closed: datetime | None,
) -> Member:
    value = int(unpack(stored)[0]) if stored else None
    number = None if value in (None, BLANK, NOT_APPLICABLE) else value
    return Member(obligation, name, above or "", number, standing_state(state, accepted, closed), received, due)


@dataclass(frozen=True)
class _Piece:
    """A range of positions and how many of the class stand in it; `unit`: whose whole subtree it is, None for what lies between such."""

    start: int
    end: int
    count: int
    unit: int | None


def _beginning(asked: Asked, skip: int) -> tuple[int, int]:
    """A position, and how many of the class are to be passed from it on, that together pass `skip` from the unit's own position on.

    Two statements for each level gone down, and none where there is little to pass.
    """
    start, end, unit = asked.unit.position, asked.unit.ends_at, asked.unit.unit_id
    while skip > WALKED:
        for piece in _pieces(asked, unit, start, end):
            if skip < piece.count:
                break
            skip -= piece.count
        else:
            return end, skip
        start, end = piece.start, piece.end
        if piece.unit is None:
            break
        unit = piece.unit
    return start, skip


INNER = """
SELECT roll.position, roll.ends_at, {kept}, roll.unit_id
  FROM org_snapshot_unit unit
  JOIN reports_rollup roll ON roll.cycle_id = %(cycle)s AND roll.unit_id = unit.unit_id
 WHERE unit.snapshot_id = %(snapshot)s AND unit.parent_id = %(unit)s AND unit.ends_at > unit.position + 1
 ORDER BY roll.position
"""
BETWEEN = f"""
SELECT gap.first, gap.last, found.number, NULL::bigint
  FROM unnest(%(starts)s::int[], %(ends)s::int[]) AS gap (first, last)
  CROSS JOIN LATERAL (SELECT count(*) AS number {OWED} AND owed.position >= gap.first AND owed.position < gap.last) AS found
"""  # noqa: S608  # constants of this file


def _pieces(asked: Asked, unit: int, start: int, end: int) -> Sequence[_Piece]:
    """A unit's range in pieces: the subtrees of the inner units directly below, and what is between them (its own report, leaves)."""
    part = {name: number * asked.width + asked.place + 1 for number, name in enumerate(("zero", "blank", "na"), 1)}
    with connection.cursor() as cursor:
        cursor.execute(INNER.format(kept=KEPT[asked.shown].format(**part)), {**asked.values, "unit": unit})
        inner = [_Piece(*row) for row in cursor.fetchall()]
        gaps = zip([start, *(each.end for each in inner)], [*(each.start for each in inner), end], strict=True)
        starts, ends = zip(*((first, last) for first, last in gaps if first < last), strict=True)
        between = BETWEEN.format(which=WHICH[asked.shown].format(cell=asked.cell))
        cursor.execute(between, {**asked.values, "starts": list(starts), "ends": list(ends)})
        return sorted([*inner, *(_Piece(*row) for row in cursor.fetchall())], key=lambda piece: piece.start)
