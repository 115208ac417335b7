"""What call-in letters ("công văn đôn đốc") came to: whom they were about, what came afterwards and how soon, who was never called in."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.children import BELOW, working_days_of

# Reports that went alike (named by the same letters, called in and sent on the same days) are counted together. Days run from the first
# letter about a report: were it the last, whoever writes every day would look as if everybody answered at once.
CALLED = f"""
{BELOW},
named AS (
  SELECT line.obligation_id, min(letter.made_at) AS first_at, array_agg(letter.id ORDER BY letter.id) AS letters,
         (array_agg(letter.recipient_id ORDER BY letter.id))[1] AS office_id
    FROM reports_call_in letter JOIN reports_called_in line ON line.call_in_id = letter.id
   WHERE letter.cycle_id = ANY(%(cycles)s) GROUP BY 1)
SELECT chosen.id, owed.tier, CASE WHEN owed.unit_id = %(unit)s THEN owed.unit_id
                                  ELSE below.units[width_bucket(owed.position, below.places)] END,
       CASE WHEN office.unit_id = %(unit)s THEN office.unit_id
            WHEN office.position > chosen.starts AND office.position < chosen.ends
            THEN below.units[width_bucket(office.position, below.places)] END,
       (named.first_at AT TIME ZONE INTERVAL '+07:00')::date, (report.received_at AT TIME ZONE INTERVAL '+07:00')::date,
       owed.closed_at IS NOT NULL, named.letters, count(*)
  FROM chosen
  JOIN reports_obligation owed ON owed.cycle_id = chosen.id AND owed.position >= chosen.starts AND owed.position < chosen.ends
  LEFT JOIN below ON below.id = chosen.id
  LEFT JOIN named ON named.obligation_id = owed.id
  LEFT JOIN org_snapshot_unit office
    ON office.snapshot_id = chosen.snapshot_id AND office.unit_id = coalesce(named.office_id, owed.recipient_id)
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 WHERE named.first_at IS NOT NULL OR (report.received_at IS NULL AND owed.due_at <= %(now)s AND owed.closed_at IS NULL)
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608  # constants of this package


@dataclass(frozen=True)
class Followed:
    """So many reports and what followed the letters about them: `called` = sent (`came`, by working days) + `missing` + `closed`.

    `letters`: which ones, each once however many of these reports it names; `times`: how often a report was named. The working days are
    counted where they begin (core.rounds): sent on the day of the letter is 0; None where the calendar has no such year.
    `uncalled` are not in `called`: overdue, not come, and named by no letter.
    """

    letters: frozenset[int] = frozenset()
    times: int = 0
    came: Counter[int | None] = field(default_factory=Counter)
    missing: int = 0
    closed: int = 0
    uncalled: int = 0

    def __add__(self, other: "Followed") -> "Followed":
        return Followed(
            self.letters | other.letters,
            self.times + other.times,
            self.came + other.came,
            self.missing + other.missing,
            self.closed + other.closed,
            self.uncalled + other.uncalled,
        )

    @property
    def called(self) -> int:
        """Reports that at least one letter named."""
        return self.came.total() + self.missing + self.closed

    def came_within(self, days: int) -> int | None:
        """How many were sent at most so many working days after the first letter about them."""
        if None in self.came:
            return None
        return sum(count for after, count in self.came.items() if after is not None and after <= days)

    @property
    def middle_doubled(self) -> int | None:
        """Twice the median of the working days, so that it is whole; None where nothing came or a day is not known."""
        if not self.came or None in self.came:
            return None
        days = sorted(day for day in self.came.elements() if day is not None)
        return days[(len(days) - 1) // 2] + days[len(days) // 2]


@dataclass(frozen=True)
class FollowedPart:
    """The reports of one tier in one cycle under one unit below (or of the unit itself), which one office was to receive.

    `office_id`: the unit itself or the one directly below in whose subtree the office is that called in (or should have); None: one above.
    """

    cycle_id: int
    tier: str
    unit_id: int
    office_id: int | None
    followed: Followed


def followed_parts(cycles: Sequence[Cycle], unit: SnapshotUnit, now: datetime) -> list[FollowedPart]:
    """For every cycle, tier, unit directly below and office, whatever was called in or is overdue: one query."""
    with connection.cursor() as cursor:
        cursor.execute(CALLED, {"unit": unit.unit_id, "cycles": [cycle.pk for cycle in cycles], "now": now})
        rows = cursor.fetchall()
    working = {cycle.pk: working_days_of(cycle) for cycle in cycles}
    return [
        FollowedPart(cycle, tier, child, office, _followed(*rest, working=working[cycle])) for cycle, tier, child, office, *rest in rows
    ]


def total(parts: Iterable[FollowedPart]) -> Followed:
    """All of them together."""
    found = Followed()
    for part in parts:
        found = found + part.followed
    return found


def _followed(
    called: date | None,
    came: date | None,
    is_closed: bool,
    letters: list[int] | None,
    count: int,
    *,
    working: Callable[[date, date], int | None],
) -> Followed:
    """One group of reports that went alike."""
    if called is None or letters is None:
        return Followed(uncalled=count)
    named, times = frozenset(letters), count * len(letters)
    if came is not None:
        return Followed(named, times, Counter({working(called, came): count}))
    return Followed(named, times, closed=count) if is_closed else Followed(named, times, missing=count)
