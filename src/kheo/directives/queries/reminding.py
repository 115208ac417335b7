"""Whose work the papers are, for everybody at once: one statement, whatever the number of units, papers and people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from kheo.campaigns.queries import relay_rule
from kheo.core.days import UncoveredYearError, WorkingCalendar, local_day
from kheo.directives.queries.paper_tasks import ASIDE, HEIRS, OF_HEIRS, OF_UNITS, WORK, PaperTask

# One row per person, unit and task: how many, how many late, the next limit, the most urgent one; `is_news`: whether a reminder of some
# falls into the time since the person's last digest, or it came to stand there the day before.
_BY_PERSON = f"""
WITH RECURSIVE sent AS (SELECT * FROM unnest(%(sents)s::date[], %(agains)s::date[], %(relay_bys)s::date[]) AS it(day, again, relay_by)),
     days AS (SELECT * FROM unnest(%(dues)s::date[], %(reminds)s::date[]) AS it(day, reminded_on)),
     {ASIDE}, {HEIRS},
     work AS ({WORK}),
     found AS (
  SELECT DISTINCT post.user_id, post.unit_id, work.task, work.id, work.due_on,
         coalesce(work.reminded_on > coalesce(last.day, %(long_ago)s), false)
           OR work.since < %(day)s AND work.since >= coalesce(last.day, %(before)s) AS is_news,
         chosen.quiet_starts, chosen.quiet_ends, chosen.quiet_on_days_off
    FROM work
    JOIN org_post post ON post.unit_id = work.unit AND (post.user_id = work.whom OR work.too AND post.role IN ('officer', 'head'))
         AND post.starts <= %(day)s AND (post.ends IS NULL OR post.ends > %(day)s)
    JOIN people_user person ON person.id = post.user_id AND person.is_active
    LEFT JOIN notices_preferences chosen ON chosen.person_id = post.user_id
    LEFT JOIN LATERAL (
         SELECT max(digest.day) AS day FROM notices_digest digest
          WHERE digest.person_id = post.user_id AND digest.day < %(day)s) AS last ON true
   WHERE {{whose}} {{where}})
SELECT found.user_id, found.unit_id, coalesce(name.name, ''), found.task, count(*), count(*) FILTER (WHERE found.due_on < %(day)s),
       min(found.due_on), (array_agg(found.id ORDER BY found.due_on NULLS LAST, found.id))[1], bool_or(found.is_news),
       found.quiet_starts, found.quiet_ends, found.quiet_on_days_off
  FROM found
  LEFT JOIN org_unit_name name ON name.unit_id = found.unit_id AND name.starts <= %(day)s AND (name.ends IS NULL OR name.ends > %(day)s)
 GROUP BY found.user_id, found.unit_id, name.name, found.task, found.quiet_starts, found.quiet_ends, found.quiet_on_days_off
 ORDER BY found.user_id, found.task, found.unit_id
"""  # noqa: S608  # constants of ours
_LONG_AGO = date(2000, 1, 1)
_BACK = 400  # days: of a letter that was sent longer ago only that it waits is told, no day


@dataclass(frozen=True)
class PaperWork:
    """What waits for a person at a unit. `first`: the most urgent one (a passing, or of an answer the arrival); `quiet`: as chosen."""

    person: int
    unit: int
    unit_name: str
    task: PaperTask
    count: int
    late: int
    next_due: date | None
    first: int
    is_news: bool
    quiet: tuple[Any, ...]


@dataclass(frozen=True)
class PapersAsked:
    """Of whom: a condition on `post` and `chosen` with its values, and the `units` where that can only be.

    `reminders`: by day of a limit the last day up to today that reminds of it. `repeats`: by day of sending the last day that reminds of
    the click again. None are needed where only what waits is asked.
    """

    condition: str
    values: Mapping[str, Any]
    units: frozenset[int] | None = None
    reminders: Mapping[date, date] = field(default_factory=dict)
    repeats: Mapping[date, date] = field(default_factory=dict)


def paper_work(asked: PapersAsked, calendar: WorkingCalendar | None, at: datetime) -> list[PaperWork]:
    """What waits for whom, news or not. `calendar`: by which the day is counted until which a paper is to be passed on."""
    day = local_day(at)
    sents, within = [day - timedelta(days=back) for back in range(_BACK)], relay_rule().pass_on_within
    values: dict[str, Any] = {
        **asked.values,
        "day": day,
        "before": day - timedelta(days=1),
        "long_ago": _LONG_AGO,
        "units": sorted(asked.units or ()),
        "sents": sents,
        "agains": [asked.repeats.get(each) for each in sents],
        "relay_bys": [_relay_by(each, within, calendar) for each in sents],
        "dues": list(asked.reminders),
        "reminds": list(asked.reminders.values()),
    }
    # What is asked of some units reaches into each part of the work.
    of_units, of_heirs, where = ("", "", "") if asked.units is None else (OF_UNITS, OF_HEIRS, "AND work.unit = ANY(%(units)s)")
    with connection.cursor() as cursor:
        cursor.execute(_BY_PERSON.format(whose=asked.condition, where=where, of_units=of_units, of_heirs=of_heirs), values)
        rows = cursor.fetchall()
    return [
        PaperWork(person, unit, name, PaperTask(task), count, late, due, first, is_news, tuple(quiet))
        for person, unit, name, task, count, late, due, first, is_news, *quiet in rows
    ]


def _relay_by(sent_on: date, within: int, calendar: WorkingCalendar | None) -> date | None:
    """The day until which a unit is to pass on what it was sent, by the rule's working days; None where the calendar lacks a year."""
    try:
        return calendar.after(sent_on, within) if calendar else None
    except UncoveredYearError:
        return None


def own_paper_work(person: int, units: frozenset[int], calendar: WorkingCalendar | None, at: datetime) -> list[PaperWork]:
    """The same for one person at the units where they hold a post, with the days of the limits and no reminders: one query."""
    return paper_work(PapersAsked("post.user_id = %(person)s", {"person": person}, units), calendar, at)
