"""Who must act next on what, for everybody at once: a fixed number of queries, rows streamed person by person."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q

from kheo.campaigns.queries import definition_of, opened_cycle
from kheo.core.days import WorkingCalendar, due_instant, local_day
from kheo.core.definition import Definition, Reminders
from kheo.core.quiet import Quiet, is_workday
from kheo.core.reminders import LOOK_BACK, Errand, Todo, last_reminder, last_repeat, todo_of
from kheo.core.workflow import State
from kheo.directives.queries.paper_tasks import PaperTask
from kheo.directives.queries.reminding import PapersAsked, PaperWork, paper_work
from kheo.notices.queries.rounds import USUAL
from kheo.org.models import Post, in_force
from kheo.org.queries import unit_facts
from kheo.registers.queries.definitions import books
from kheo.registers.queries.reminding import Asked, BookWork, book_work
from kheo.reports.models import Obligation, Report, answered_by
from kheo.reports.queries.filling import lacks_only_signature, standing_of, words_of
from kheo.reports.queries.plausible import standards_for
from kheo.reports.queries.remarks import asking
from kheo.reports.queries.tasks import NOTHING_ASKED

# No rule reaches further: 60 days before; 60 times every 30 working days is more than anybody waits for.
BEFORE, AFTER = timedelta(days=61), timedelta(days=400)
_LONG_AGO = date(2000, 1, 1)
_USUAL_RULE = Reminders()
_READ_AT_ONCE = 200  # full drafts in memory
Work = TypeVar("Work", BookWork, PaperWork)


@dataclass(frozen=True)
class Almanac:
    """The working days of each calendar by name, and those of the office by which quiet days are known."""

    calendar_of: Callable[[str], WorkingCalendar]
    office: WorkingCalendar


@dataclass(frozen=True)
class _Whose:
    """Whom a question is about: a condition for `{whose}` with its values, and the units where it can only be those of one person."""

    condition: str
    values: Mapping[str, Any]
    units: frozenset[int] | None = None


@dataclass(frozen=True)
class _Wanted:
    """What of a cycle somebody is reminded of today: due instants, or days of return, each with the day of its last reminder."""

    due: Mapping[tuple[int, datetime], date]
    returned: Mapping[tuple[int, date], date]


# One row per person and report: whose unit owes it, what stands of it, how the person wishes to be told, the last digest before today.
OWED = """
SELECT post.user_id, bool_or(post.role = 'head') AS is_head, owed.id, owed.cycle_id, owed.due_at, coalesce(report.state, 'not_started'),
       report.accepted_id IS NOT NULL, decision.decided_at, unit.name, chosen.quiet_starts, chosen.quiet_ends, chosen.quiet_on_days_off,
       (SELECT max(digest.day) FROM notices_digest digest WHERE digest.person_id = post.user_id AND digest.day < %(day)s),
       (SELECT above.name FROM org_snapshot_unit above WHERE above.snapshot_id = cycle.snapshot_id AND above.unit_id = owed.recipient_id
           AND EXISTS (SELECT FROM reports_dispatch further WHERE further.obligation_id = owed.id))
  FROM reports_obligation owed
  JOIN campaigns_cycle cycle ON cycle.id = owed.cycle_id
  JOIN org_snapshot_unit unit ON unit.snapshot_id = cycle.snapshot_id AND unit.unit_id = owed.unit_id
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
  LEFT JOIN reports_decision decision ON report.state = 'returned' AND decision.revision_id = report.latest_id
  JOIN org_post post ON post.unit_id = coalesce(owed.filler_id, owed.unit_id) AND post.role IN ('officer', 'head')
       AND post.starts <= %(day)s AND (post.ends IS NULL OR post.ends > %(day)s)
  JOIN people_user person ON person.id = post.user_id AND person.is_active
  LEFT JOIN notices_preferences chosen ON chosen.person_id = post.user_id
 WHERE {whose} AND owed.closed_at IS NULL
   AND NOT (report.accepted_id IS NOT NULL AND EXISTS (  -- a supplement that came back after the campaign ended: nobody asks for it
        SELECT FROM directives_ending ending
         WHERE ending.campaign_id = cycle.campaign_id AND ending.from_day <= cycle.opens AND ending.withdrawn_at IS NULL))
   AND (report.state = 'returned' AND decision.decided_at > %(since)s
        OR coalesce(report.state, 'draft') = 'draft' AND report.accepted_id IS NULL
           AND (owed.cycle_id, owed.due_at) IN (SELECT * FROM unnest(%(cycles)s::bigint[], %(dues)s::timestamptz[])))
 GROUP BY post.user_id, owed.id, cycle.id, report.id, decision.id, unit.snapshot_id, unit.unit_id, chosen.person_id
 ORDER BY post.user_id, owed.due_at, owed.id
"""
# Whose rows: of everybody whose day opens at an hour, or of one person.
OPENING_THEN = "coalesce(chosen.opens, %(usual)s::time) = %(opens)s::time"
ONE_PERSON = "post.user_id = %(person)s"
# Drafts with an answer in every cell to fill in; of all reports, or of these.
FULL = """
SELECT report.id FROM reports_report report JOIN reports_obligation owed ON owed.id = report.obligation_id
 WHERE owed.cycle_id = %s AND report.state IN ('draft', 'returned')
   AND (%s::bigint[] IS NULL OR owed.id = ANY(%s))
   AND (SELECT count(*) FROM jsonb_object_keys(report.figures)) >= %s
"""
# One row per recipient and cycle: what waits there, since when, and how many are late of those still reminded of.
RECEIVED = """
SELECT owed.cycle_id, owed.recipient_id, count(*) FILTER (WHERE report.state = 'submitted'),
       min(sent.submitted_at) FILTER (WHERE report.state = 'submitted'),
       count(*) FILTER (WHERE report.received_at IS NULL AND owed.due_at <= %(at)s AND owed.closed_at IS NULL)
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
  LEFT JOIN reports_revision sent ON report.state = 'submitted' AND sent.id = report.latest_id
 WHERE (%(recipients)s::bigint[] IS NULL OR owed.recipient_id = ANY(%(recipients)s))
   AND (report.state = 'submitted'
        OR report.received_at IS NULL AND owed.due_at <= %(at)s AND owed.closed_at IS NULL
           AND (owed.cycle_id, owed.due_at) IN (SELECT * FROM unnest(%(cycles)s::bigint[], %(dues)s::timestamptz[])))
 GROUP BY owed.cycle_id, owed.recipient_id
"""
# Who reviews at these units: the reviewers, and where there is none the campaign office.
REVIEWERS = """
SELECT DISTINCT post.unit_id, post.user_id, chosen.quiet_starts, chosen.quiet_ends, chosen.quiet_on_days_off
  FROM org_post post
  JOIN people_user person ON person.id = post.user_id AND person.is_active
  LEFT JOIN notices_preferences chosen ON chosen.person_id = post.user_id
 WHERE post.unit_id = ANY(%(units)s) AND post.starts <= %(day)s AND (post.ends IS NULL OR post.ends > %(day)s)
   AND {whose}
   AND (post.role = 'reviewer' OR post.role = 'office' AND NOT EXISTS (
        SELECT FROM org_post other WHERE other.unit_id = post.unit_id AND other.role = 'reviewer'
           AND other.starts <= %(day)s AND (other.ends IS NULL OR other.ends > %(day)s)))
"""


def errands(opens: time, almanac: Almanac, at: datetime) -> Iterator[tuple[int, list[Errand]]]:
    """Person by person, everything to do for those whose day opens then and who must be reminded of some of it now.

    To be read inside a transaction. Whoever has nothing to do, or was told since the last reminder of all of it, is left out.
    """
    whose = _Whose(OPENING_THEN, {"opens": opens.isoformat(), "usual": USUAL.isoformat()})
    wanted = _wanted(whose, almanac, at)
    others = _received(wanted, whose, almanac, at)
    for found_of in (_led_on(whose, almanac, at), _of_papers(whose, almanac, at)):
        for person, further in found_of.items():
            others.setdefault(person, []).extend(further)
    ready = _ready(wanted)
    for person, rows in groupby(_owed(wanted, whose, at), key=itemgetter(0)):
        found, is_due = _own(list(rows), wanted, ready, almanac, at)
        further = others.pop(person, [])
        if is_due or further:
            yield person, [*found, *further]
    yield from others.items()


def errands_of(person: int, almanac: Almanac, at: datetime) -> list[Errand] | None:
    """Everything that one person must do and may be reminded of today, told already or not; None for somebody without a post."""
    units = frozenset(Post.objects.filter(in_force(local_day(at)), user=person).values_list("unit", flat=True))
    if not units:
        return None
    whose = _Whose(ONE_PERSON, {"person": person}, units)
    wanted = _wanted(whose, almanac, at)
    rows = list(_owed(wanted, whose, at))
    found = _own(rows, wanted, _ready(wanted, [row[2] for row in rows]), almanac, at)[0] if rows else []
    waiting, reviewers = _waiting(wanted, whose, at)
    names = unit_facts({unit for unit, *_ in reviewers}, local_day(at))
    for cycle, recipient, submitted, oldest, late in (row for row in waiting if row[1] in names):
        found += _recipient_errands(cycle, recipient, names[recipient].name, (submitted, oldest, late))
    found += [_entries_errand(each) for each in book_work(books(), _asked(whose, almanac, at), at)]
    return found + [_paper_errand(each) for each in paper_work(_papers_asked(whose, almanac, at), almanac.office, at)]


def _wanted(whose: _Whose, almanac: Almanac, at: datetime) -> _Wanted:
    """Due instants and days of return with the day of their last reminder, where there is one."""
    today = local_day(at)
    window = Obligation.objects.filter(due_at__gt=at - AFTER, due_at__lt=at + BEFORE).order_by()
    decided = Report.objects.filter(state=State.RETURNED, latest__decision__decided_at__gt=at - AFTER).order_by()
    if whose.units is not None:
        window = window.filter(answered_by(whose.units) | Q(recipient__in=whose.units))
        decided = decided.filter(answered_by(whose.units, "obligation__"))
    pairs = list(window.values_list("cycle_id", "due_at").distinct())
    due = {(cycle, due_at): last_reminder(due_at, *_rule(cycle, almanac), today) for cycle, due_at in pairs}
    days = {(cycle, local_day(when)) for cycle, when in decided.values_list("obligation__cycle_id", "latest__decision__decided_at")}
    returned = {(cycle, day): last_repeat(day, *_rule(cycle, almanac), today) for cycle, day in days}
    return _Wanted(
        {key: day for key, day in due.items() if day is not None}, {key: day for key, day in returned.items() if day is not None}
    )


def _rule(cycle_id: int, almanac: Almanac) -> tuple[Reminders, WorkingCalendar]:
    regime = definition_of(opened_cycle(cycle_id).edition_id).regime
    return regime.reminders, almanac.calendar_of(regime.calendar)


def _bounds(wanted: _Wanted, at: datetime) -> dict[str, Any]:
    keys = list(wanted.due)
    return {"cycles": [cycle for cycle, _ in keys], "dues": [due_at for _, due_at in keys], "at": at}


def _owed(wanted: _Wanted, whose: _Whose, at: datetime) -> Iterator[tuple[Any, ...]]:
    """Rows of OWED, from a cursor that stays in the database: memory does not grow with the number of people."""
    if not wanted.due and not wanted.returned:
        return
    values = {**_bounds(wanted, at), **whose.values, "day": local_day(at), "since": at - AFTER}
    with connection.chunked_cursor() as cursor:
        cursor.execute(OWED.replace("{whose}", whose.condition), values)
        while rows := cursor.fetchmany(2000):
            yield from rows


def _own(rows: list[tuple[Any, ...]], wanted: _Wanted, ready: frozenset[int], almanac: Almanac, at: datetime) -> tuple[list[Errand], bool]:
    """What one person's units have to do, and whether some of it must be told now."""
    quiet, last = _quiet(rows[0][9:12]), rows[0][12] or _LONG_AGO
    found: list[Errand] = []
    is_due = False
    for _, is_head, owed, cycle, due_at, state, is_counted, decided_at, unit, *_, recipient in rows:
        day = wanted.returned.get((cycle, local_day(decided_at))) if decided_at else wanted.due.get((cycle, due_at))
        todo = todo_of(State(state), is_ready=owed in ready, is_counted=is_counted)
        if day is None or todo is None or (todo == Todo.SIGN and not is_head):
            continue
        since = local_day(decided_at) if decided_at else None
        found.append(Errand(todo, opened_cycle(cycle).name, unit, (owed,), due_at, since, recipient=recipient or ""))
        is_allowed = not quiet.is_quiet(at, almanac.office) if decided_at else quiet.may_tell(at, due_at, almanac.office)
        is_due = is_due or (day > last and is_allowed)
    return found, is_due


def _quiet(columns: tuple[Any, ...]) -> Quiet:
    return Quiet(*columns) if columns[0] is not None else Quiet()


def _ready(wanted: _Wanted, only: list[int] | None = None) -> frozenset[int]:
    """Obligations, of all or of these, whose report lacks nothing but the signature. Only drafts with an answer in every cell are read."""
    found: set[int] = set()
    for cycle in {cycle for cycle, _ in (*wanted.due, *wanted.returned)}:
        definition = definition_of(opened_cycle(cycle).edition_id)
        with connection.cursor() as cursor:
            cursor.execute(FULL, [cycle, only, only, len(definition.input_cells)])
            full = [row[0] for row in cursor.fetchall()]
        for start in range(0, len(full), _READ_AT_ONCE):
            found |= _complete(definition, full[start : start + _READ_AT_ONCE])
    return frozenset(found)


def _complete(definition: Definition, reports: Sequence[int]) -> set[int]:
    """Which of these full drafts could be signed as they are: an odd figure that nobody has explained keeps one back, as on the page."""
    rows = list(Report.objects.filter(pk__in=reports).select_related("latest", "obligation__cycle"))
    asked, standards = asking(rows), standards_for([report.obligation for report in rows])
    standings = {
        report.pk: standing_of(definition, report.figures, words_of(report, ()), standards[report.obligation_id]) for report in rows
    }
    return {
        report.obligation_id for report in rows if lacks_only_signature(report, standings[report.pk], asked.get(report.pk, NOTHING_ASKED))
    }


def _received(wanted: _Wanted, whose: _Whose, almanac: Almanac, at: datetime) -> dict[int, list[Errand]]:
    """What reviewers have to do, by person; nothing on days off or in quiet hours."""
    day = local_day(at)
    if not is_workday(almanac.office, day):
        return {}
    waiting, found_reviewers = _waiting(wanted, whose, at)
    reviewers = [(unit, person) for unit, person, *quiet in found_reviewers if not _quiet(tuple(quiet)).is_quiet(at, almanac.office)]
    names = unit_facts({row[1] for row in waiting}, day)
    found: dict[int, list[Errand]] = {}
    for cycle, recipient, submitted, oldest, late in waiting:
        facts = names.get(recipient)
        told = _recipient_errands(cycle, recipient, facts.name if facts else "", (submitted, oldest, late))
        for person in (person for unit, person in reviewers if unit == recipient):
            found.setdefault(person, []).extend(told)
    return found


def _waiting(wanted: _Wanted, whose: _Whose, at: datetime) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Rows of RECEIVED, and of REVIEWERS for their recipients."""
    recipients = None if whose.units is None else sorted(whose.units)
    with connection.cursor() as cursor:
        cursor.execute(RECEIVED, {**_bounds(wanted, at), "recipients": recipients})
        waiting = cursor.fetchall()
        values: dict[str, Any] = {**whose.values, "units": [row[1] for row in waiting], "day": local_day(at)}
        cursor.execute(REVIEWERS.replace("{whose}", whose.condition), values)
        return waiting, cursor.fetchall()


def _recipient_errands(cycle: int, recipient: int, name: str, counts: tuple[int, datetime | None, int]) -> list[Errand]:
    submitted, oldest, late = counts
    title, target = opened_cycle(cycle).name, (cycle, recipient)
    waiting = [Errand(Todo.REVIEW, title, name, target, None, local_day(oldest), submitted)] if oldest else []
    return [*waiting, *([Errand(Todo.CHASE, title, name, target, None, None, late)] if late else [])]


def _led_on(whose: _Whose, almanac: Almanac, at: datetime) -> dict[int, list[Errand]]:
    """What people have to lead on in the registers, by person, for whom some of it is news; nothing on days off or in quiet hours."""
    if not is_workday(almanac.office, local_day(at)):
        return {}
    return _told(book_work(books(), _asked(whose, almanac, at), at), _entries_errand, almanac, at)


def _of_papers(whose: _Whose, almanac: Almanac, at: datetime) -> dict[int, list[Errand]]:
    """The same of papers: to be acknowledged, passed on, answered."""
    if not is_workday(almanac.office, local_day(at)):
        return {}
    return _told(paper_work(_papers_asked(whose, almanac, at), almanac.office, at), _paper_errand, almanac, at)


def _told(work: Sequence[Work], errand_of: Callable[[Work], Errand], almanac: Almanac, at: datetime) -> dict[int, list[Errand]]:
    """Everything of those for whom some of it is news and who may be told now."""
    told = {each.person for each in work if each.is_news and not _quiet(each.quiet).is_quiet(at, almanac.office)}
    found: dict[int, list[Errand]] = {}
    for each in work:
        if each.person in told:
            found.setdefault(each.person, []).append(errand_of(each))
    return found


def _entries_errand(work: BookWork) -> Errand:
    due_at = due_instant(work.next_due) if work.next_due else None
    name, target = work.book.definition.name, (work.book.register.pk,)
    return Errand(Todo.LEAD_ON, name, work.unit, target, due_at, count=work.count, late=work.late, behind=work.behind)


def _paper_errand(work: PaperWork) -> Errand:
    due_at = due_instant(work.next_due) if work.next_due else None
    targets = {PaperTask.RELAY: (work.first,), PaperTask.RESEND: (work.first, work.unit)}
    target = targets.get(work.task, (work.unit,))
    return Errand(Todo(work.task.value), "", work.unit_name, target, due_at, count=work.count, late=work.late)


def _papers_asked(whose: _Whose, almanac: Almanac, at: datetime) -> PapersAsked:
    """By the same rule: of a limit before and after it, of the click the morning after and then again and again."""
    today = local_day(at)
    sent = [today - timedelta(days=back) for back in range(1, 6 * LOOK_BACK)]
    again = {day: last_repeat(day, _USUAL_RULE, almanac.office, today) for day in sent}
    repeats = {day: on for day, on in again.items() if on is not None}
    return PapersAsked(whose.condition, whose.values, whose.units, _asked(whose, almanac, at).reminders, repeats)


def _asked(whose: _Whose, almanac: Almanac, at: datetime) -> Asked:
    """By the usual rule and the office's calendar: a register is kept across campaigns, of which each may have a rule of its own."""
    today = local_day(at)
    near = [today + timedelta(days=days) for days in range(-2 * LOOK_BACK, max(_USUAL_RULE.before) * 2 + 2)]
    reminded = {day: last_reminder(due_instant(day), _USUAL_RULE, almanac.office, today) for day in near}
    return Asked(whose.condition, whose.values, {day: on for day, on in reminded.items() if on is not None})
