"""Who has entries of the registers to lead on, for everybody at once: one statement a register, whatever the number of units and people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from kheo.core.days import local_day
from kheo.core.registers.words import OPEN_CLASSES, StateClass
from kheo.notices.queries.reached import PEOPLE
from kheo.org.queries import Within, keepers
from kheo.registers.queries.conditions import where
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.work import CASE, SOON, Task, tasks_of

# Entries of one task, each at the unit where somebody has it to do: that of its side or, of a unit that has ended, who keeps what it left;
# or the unit directly above.
_TASK = """
SELECT e.id, e.due_on, e.state = ANY(%(open)s) AS is_open, e.in_state_since,
       coalesce(kept.keeper, e.{side}) AS unit, %(roles_{n})s::text[] AS roles
  FROM registers_entry e LEFT JOIN kept ON kept.unit = e.{side}
 WHERE e.register_id = %(register)s AND e.state = ANY(%(states_{n})s) AND e.{side} IS NOT NULL{which}
"""
_UNDER = """
SELECT at.id, at.due_on, at.is_open, at.in_state_since, above.parent_id AS unit, at.roles FROM ({task}) AS at
  JOIN org_relation above ON above.child_id = at.unit AND above.line = 'union'
       AND above.starts <= %(day)s AND (above.ends IS NULL OR above.ends > %(day)s)
"""
# One row per person and unit: how many wait there, how many are overdue or behind, the next limit; `is_news`: whether a limit's reminder
# or something that came to stand there fell into the time since the person's last digest.
_WORK = """
WITH kept AS (SELECT * FROM unnest(%(ended)s::bigint[], %(keepers)s::bigint[]) AS it(unit, keeper)),
     work AS ({tasks}),
     days AS (SELECT * FROM unnest(%(dues)s::date[], %(reminds)s::date[]) AS it(due_on, reminded_on)),
     found AS (
  SELECT DISTINCT post.user_id, post.unit_id, work.id, work.due_on, work.is_open,
         coalesce(days.reminded_on > coalesce(last.day, %(long_ago)s), false)
           OR work.in_state_since < %(day)s AND work.in_state_since >= coalesce(last.day, %(before)s) AS is_news,
         chosen.quiet_starts, chosen.quiet_ends, chosen.quiet_on_days_off
    FROM work
    JOIN org_post post ON post.unit_id = work.unit AND post.role = ANY(work.roles)
         AND post.starts <= %(day)s AND (post.ends IS NULL OR post.ends > %(day)s)
    {people}
    LEFT JOIN days ON days.due_on = work.due_on
   WHERE {whose})
SELECT found.user_id, found.unit_id, name.name, count(*), count(*) FILTER (WHERE found.is_open AND found.due_on < %(day)s),
       count(*) FILTER (WHERE NOT found.is_open AND found.due_on < %(day)s),
       min(found.due_on), bool_or(found.is_news), found.quiet_starts, found.quiet_ends, found.quiet_on_days_off
  FROM found
  LEFT JOIN org_unit_name name ON name.unit_id = found.unit_id AND name.starts <= %(day)s AND (name.ends IS NULL OR name.ends > %(day)s)
 GROUP BY found.user_id, found.unit_id, name.name, found.quiet_starts, found.quiet_ends, found.quiet_on_days_off
"""
_LONG_AGO = date(2000, 1, 1)
_ENDED = """
SELECT DISTINCT held.unit FROM (
  SELECT owner_id AS unit FROM registers_entry WHERE register_id = ANY(%(registers)s) AND meaning = ANY(%(open)s)
  UNION SELECT handler_id FROM registers_entry WHERE register_id = ANY(%(registers)s) AND meaning = ANY(%(open)s) AND handler_id IS NOT NULL
) AS held
WHERE NOT EXISTS (SELECT FROM org_unit_name name
  WHERE name.unit_id = held.unit AND name.starts <= %(day)s AND (name.ends IS NULL OR name.ends > %(day)s))
"""


@dataclass(frozen=True)
class BookWork:
    """What waits for a person at a unit in one register, of it how much is overdue and how much behind (`core.registers.limits`).

    `next_due`: the first limit of these entries; `quiet`: as the person chose it.
    """

    person: int
    book: Book
    unit: str
    count: int
    late: int
    behind: int
    next_due: date | None
    is_news: bool
    quiet: tuple[Any, ...]


@dataclass(frozen=True)
class Asked:
    """Of whom: a condition on `post` and `chosen` with its values; and by day of a limit the last day up to today that reminds of it."""

    condition: str
    values: Mapping[str, Any]
    reminders: Mapping[date, date]


def book_work(books: Iterable[Book], asked: Asked, at: datetime) -> list[BookWork]:
    """What waits for whom, news or not. Drafts remind nobody but of their limits: who wrote one knows of it."""
    day, kept = local_day(at), list(books)
    ended = _ended([each.register.pk for each in kept], day)
    found = []
    for book in kept:
        tasks = [each for each in tasks_of(book.definition) if not (each.under and book.definition.walled)]
        if tasks:
            found += _work(book, [part for each in tasks for part in _reminding(each, book)], asked, ended, day)
    return found


def _reminding(task: Task, book: Book) -> list[Task]:
    """The task, of drafts only those whose limit comes: what was sent back has one."""
    drafts = [state for state in task.states if book.definition.by_state[state].meaning == StateClass.DRAFT]
    if task.is_due_only or not drafts:
        return [task]
    others = tuple(state for state in task.states if state not in drafts)
    return [replace(task, states=others), replace(task, states=tuple(drafts), is_due_only=True)]


def _ended(registers: list[int], day: date) -> list[tuple[int, int]]:
    """Units that have ended and still hold open entries, each with who keeps them."""
    still_open = [each.value for each in (StateClass.DRAFT, StateClass.WAITING_ON_US, StateClass.WAITING_ON_THEM)]
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, {"registers": registers, "open": still_open, "day": day})
        gone = {unit for (unit,) in cursor.fetchall()}
    return [(unit, keeper) for unit, found in keepers(gone, Within(day)).items() for keeper in sorted(found)] if gone else []


def _which(task: Task, number: int, book: Book) -> tuple[str, dict[str, Any]]:
    """Which entries in the task's states are its own, with the values of this condition by name."""
    due = " AND e.due_on <= %(soon)s" if task.is_due_only else ""
    case = "" if task.case_numbers is None else f" AND {CASE} = ANY(%(cases_{number})s)"
    kind, held = where(book.definition, task.only_if)
    values = {f"kind_{number}_{place}": value for place, value in enumerate(held)}
    return due + case + kind.replace("%s", "%({})s").format(*values), {f"cases_{number}": list(task.case_numbers or ()), **values}


def _work(book: Book, tasks: list[Task], asked: Asked, ended: list[tuple[int, int]], day: date) -> list[BookWork]:
    values: dict[str, Any] = {
        **asked.values,
        "register": book.register.pk,
        "open": [each.code for each in book.definition.states if each.meaning in OPEN_CLASSES],
        "day": day,
        "soon": day + SOON,
        "before": date.fromordinal(day.toordinal() - 1),
        "long_ago": _LONG_AGO,
        "ended": [unit for unit, _ in ended],
        "keepers": [keeper for _, keeper in ended],
        "dues": list(asked.reminders),
        "reminds": list(asked.reminders.values()),
    }
    parts = []
    for number, task in enumerate(tasks):
        values |= {f"roles_{number}": sorted(role.value for role in task.roles), f"states_{number}": list(task.states)}
        which, further = _which(task, number, book)
        values |= further
        part = _TASK.format(side=task.side, n=number, which=which)
        parts.append(_UNDER.format(task=part) if task.under else part)
    with connection.cursor() as cursor:
        cursor.execute(_WORK.format(tasks=" UNION ALL ".join(parts), whose=asked.condition, people=PEOPLE), values)
        rows = cursor.fetchall()
    return [
        BookWork(person, book, unit or "", count, late, behind, due, is_news, tuple(quiet))
        for person, _, unit, count, late, behind, due, is_news, *quiet in rows
    ]
