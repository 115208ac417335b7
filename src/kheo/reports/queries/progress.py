"""How a cycle goes in a unit's subtree: day by day, by state, and who has not sent anything."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.chart import DayCount
from kheo.core.consolidated import ObligationCounts
from kheo.core.days import days_between, due_day, local_day
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Rollup

PAGE = 50
# One scan of the subtree: everything that the page counts is a sum over these few groups. Midnights of Asia/Ho_Chi_Minh, which has
# been seven hours ahead without a change since 1975, are found by division: asking the zone costs ten times as much.
GROUPS = """
SELECT owed.tier, owed.due_at,
       CASE WHEN owed.closed_at IS NOT NULL THEN 'closed'
            WHEN report.obligation_id IS NULL THEN 'not_started' WHEN report.accepted_id IS NOT NULL THEN 'accepted' ELSE report.state END,
       date_bin('1 day', report.received_at, '2000-01-01 00:00+07'), report.received_at < owed.due_at,
       date_bin('1 day', report.accepted_at, '2000-01-01 00:00+07'), count(*)
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %s AND owed.position >= %s AND owed.position < %s
 GROUP BY 1, 2, 3, 4, 5, 6
"""
# The page is cut out first and named after: joined first, a table that was just filled is gone through once for every row of another.
SILENT = """
WITH silent AS MATERIALIZED (
  SELECT owed.id, owed.position, owed.due_at, owed.promised_at, report.updated_at,
         CASE WHEN owed.closed_at IS NOT NULL THEN 'closed' ELSE report.state END AS state
    FROM reports_obligation owed
    LEFT JOIN reports_report report ON report.obligation_id = owed.id
   WHERE owed.cycle_id = %(cycle)s AND owed.position >= %(start)s AND owed.position < %(end)s AND report.received_at IS NULL
   ORDER BY owed.position LIMIT %(limit)s OFFSET %(offset)s
)
SELECT silent.id, unit.name, unit.code, above.name, silent.state, silent.due_at, silent.updated_at, silent.promised_at
  FROM silent
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %(snapshot)s AND unit.position = silent.position
  LEFT JOIN org_snapshot_unit above ON above.snapshot_id = %(snapshot)s AND above.unit_id = unit.parent_id
 ORDER BY silent.position
"""
SILENT_COUNT = """
SELECT count(*)
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %s AND owed.position >= %s AND owed.position < %s AND report.received_at IS NULL
"""


@dataclass(frozen=True)
class Due:
    """A due date with the tiers and how many reports it is about."""

    day: date
    tiers: tuple[str, ...]
    reports: int


@dataclass(frozen=True)
class Pace:
    """The cycle day by day in one subtree."""

    counts: ObligationCounts
    days: tuple[DayCount, ...]
    dues: tuple[Due, ...]


@dataclass(frozen=True)
class Group:
    """So many obligations alike. Days are those of Asia/Ho_Chi_Minh; `accepted_on`: of the revision that counts now."""

    tier: str
    due_at: datetime
    state: State
    received_on: date | None
    is_on_time: bool | None
    accepted_on: date | None
    count: int


@dataclass(frozen=True)
class Silent:
    """A unit that has not sent its report."""

    obligation_id: int
    name: str
    code: str
    above: str
    state: State
    due_at: datetime
    updated_at: datetime | None
    promised_at: datetime | None

    def days_overdue(self, now: datetime) -> int:
        """Days since the due date; 0 while there is time, and for a report that is not wanted any more."""
        return 0 if self.state is State.CLOSED else max(0, (local_day(now) - due_day(self.due_at)).days)


@dataclass(frozen=True)
class ChildPace:
    """A unit directly below with what is accepted in its subtree."""

    unit: SnapshotUnit
    accepted: int
    expected: int


def pace(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> Pace:
    """How the subtree's cycle goes: one query."""
    with connection.cursor() as cursor:
        cursor.execute(GROUPS, [cycle.pk, unit.position, unit.ends_at])
        groups = [_group(*row) for row in cursor.fetchall()]
    return Pace(_counts(groups, now), _days(cycle, groups, now), _dues(cycle, groups))


def _group(
    tier: str, due: datetime, state: str, received: datetime | None, is_on_time: bool | None, accepted: datetime | None, count: int
) -> Group:
    days = (local_day(instant) if instant else None for instant in (received, accepted))
    return Group(tier, due, State(state), next(days), is_on_time, next(days), count)


def _counts(groups: Sequence[Group], now: datetime) -> ObligationCounts:
    states: Counter[State] = Counter()
    for group in groups:
        states[group.state] += group.count
    return ObligationCounts(
        expected=sum(states.values()),
        accepted=states[State.ACCEPTED],
        submitted=states[State.SUBMITTED],
        returned=states[State.RETURNED],
        draft=states[State.DRAFT],
        not_started=states[State.NOT_STARTED],
        overdue=sum(
            group.count for group in groups if group.received_on is None and group.due_at <= now and group.state is not State.CLOSED
        ),
        on_time=sum(group.count for group in groups if group.is_on_time),
        closed=states[State.CLOSED],
    )


def _days(cycle: Cycle, groups: Sequence[Group], now: datetime) -> tuple[DayCount, ...]:
    """From the day before the opening to today or the last due date, whichever is later."""
    received, accepted, owed = Counter[date](), Counter[date](), Counter[date]()
    for group in groups:
        owed[due_day(group.due_at)] += group.count
        if group.received_on:
            received[group.received_on] += group.count
        if group.accepted_on:
            accepted[group.accepted_on] += group.count
    known = [*received, *accepted, local_day(cycle.opened_at)]
    first = min(known) - timedelta(days=1)
    last = max([*owed, *known, local_day(now)])
    found: list[DayCount] = []
    sums = (0, 0, 0)
    for day in days_between(first, last + timedelta(days=1)):
        sums = (sums[0] + received[day], sums[1] + accepted[day], sums[2] + owed[day])
        found.append(DayCount(day, *sums))
    return tuple(found)


def _dues(cycle: Cycle, groups: Sequence[Group]) -> tuple[Due, ...]:
    names = {tier.id: tier.name for tier in definition_of(cycle.edition_id).regime.tiers}
    found: dict[date, dict[str, int]] = {}
    for group in groups:
        tiers = found.setdefault(due_day(group.due_at), {})
        tiers[group.tier] = tiers.get(group.tier, 0) + group.count
    return tuple(Due(day, tuple(names.get(tier, tier) for tier in tiers), sum(tiers.values())) for day, tiers in sorted(found.items()))


def silent_count(cycle: Cycle, unit: SnapshotUnit) -> int:
    """How many units of the subtree have sent nothing."""
    with connection.cursor() as cursor:
        cursor.execute(SILENT_COUNT, [cycle.pk, unit.position, unit.ends_at])
        found: int = cursor.fetchone()[0]
        return found


def silent_page(cycle: Cycle, unit: SnapshotUnit, count: int, page: str | None) -> "tuple[list[Silent], Page[int]]":
    """One page of the units that have sent nothing, in the order of the tree; `count`: how many there are."""
    pages = Paginator(range(count), PAGE).get_page(page)
    return list(_silent(cycle, unit, PAGE, max(pages.start_index() - 1, 0))), pages


def all_silent(cycle: Cycle, unit: SnapshotUnit) -> Iterator[Silent]:
    """Every unit of the subtree that has sent nothing."""
    return _silent(cycle, unit, None, 0)


def _silent(cycle: Cycle, unit: SnapshotUnit, limit: int | None, offset: int) -> Iterator[Silent]:
    bounds: dict[str, Any] = {"cycle": cycle.pk, "snapshot": cycle.snapshot_id, "start": unit.position, "end": unit.ends_at}
    with connection.cursor() as cursor:
        cursor.execute(SILENT, {**bounds, "limit": limit, "offset": offset})
        for obligation, name, code, above, state, due, updated, promised in cursor.fetchall():
            yield Silent(obligation, name, code, above or "", State(state or State.NOT_STARTED), due, updated, promised)


def children_pace(cycle: Cycle, unit: SnapshotUnit) -> list[ChildPace]:
    """The inner units directly below with their roll-ups' counts, the slowest first; leaves stand in the list of the silent."""
    rows = {row.unit_id: row for row in SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, parent_id=unit.unit_id)}
    rollups = Rollup.objects.filter(cycle=cycle, unit__in=list(rows)).values_list("unit_id", "reported", "expected")
    found = [ChildPace(rows[child], reported, expected) for child, reported, expected in rollups]
    return sorted(found, key=lambda each: (each.accepted / max(each.expected, 1), each.unit.position))
