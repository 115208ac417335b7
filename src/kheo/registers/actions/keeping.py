"""What every act on an entry does alike: locks it, keeps the row that it replaces, moves spans and clocks, tells the journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from django.db import connection
from django.db.models import Min

from kheo.campaigns.queries import working_calendar
from kheo.core.days import WorkingCalendar, local_day
from kheo.core.registers import clock as clocks
from kheo.core.registers.clock_defs import ClockDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.moves import meets
from kheo.core.registers.values import Values
from kheo.core.registers.words import CREATE, OPEN_CLASSES
from kheo.journal.actions import Actor, record
from kheo.org.access import Unreachable
from kheo.registers.models import HELD, AnswerFlag, DeadlineRun, Deed, Entry, EntryMessage, EntryText, EntryVersion, Register, StateSpan
from kheo.registers.queries.seals import deed_seal, seals_of

CALENDAR = "vn"


@dataclass(frozen=True)
class Words:
    """What is written beside an entry: `reply` to the asker, `note` among officers, `asker` by the asker."""

    kind: Literal["reply", "note", "asker"]
    text: str


class DoneBy(Protocol):
    """Whoever does something to an entry: somebody signed in, whoever has its code, or a machine of ours."""

    @property
    def name(self) -> str:
        """As deeds and journal have it."""

    @property
    def user_id(self) -> int | None:
        """The account, where there is one."""

    @property
    def on(self) -> date:
        """The day of the doing."""

    def actor(self, unit: int) -> Actor:
        """How the journal remembers an act done for this unit."""


@dataclass(frozen=True)
class Doing:
    """Who does what, on which day it happened, and when it is recorded; `words`: what is written beside the entry with it."""

    act: str
    by: DoneBy
    on: date
    at: datetime
    reason: str = ""
    reply: str = ""
    words: Words | None = None

    @property
    def calendar(self) -> WorkingCalendar:
        """The working days by which limits are counted. Raises LookupError where there is no calendar: nothing is guessed."""
        found = working_calendar(CALENDAR)
        if found is None:
            raise LookupError(f"no calendar {CALENDAR}")
        return found


def lock_entry(entry_id: int) -> Entry:
    """The entry, locked. Raises Unreachable where there is none: what is not there and what is not yours look alike.

    Asked again where it is not found: brought over to a new edition while we waited, it falls out of the join with its old one.
    """
    locked = Entry.objects.select_for_update(of=("self",), no_key=True).select_related("register", "edition__register")
    # Definitions are kept in memory: with the lock they would be read and parsed for every act.
    locked = locked.defer("edition__definition", "edition__source").filter(pk=entry_id)
    entry = locked.first() or locked.first()
    if entry is None:
        raise Unreachable
    return entry


def lock_linked(entry_id: int, other_id: int) -> None:
    """Two entries that are to be linked, locked in one order after the links of their register: so two such acts never wait for each other,
    and nobody closes a circle together with others who look back at the same moment."""
    links = Register.objects.select_for_update(of=("self",), no_key=True).filter(entries=entry_id)
    entries = Entry.objects.select_for_update(of=("self",), no_key=True).filter(pk__in={entry_id, other_id}).order_by("pk")
    for rows in (links, entries):
        list(rows.values_list("pk", flat=True))


def keep_version(entry: Entry, at: datetime) -> None:
    """Put the row as it stands beside the entry before it is changed; the next one is known from now on."""
    held = {name: getattr(entry, name) for name in HELD}
    EntryVersion.objects.create(
        entry=entry, register_id=entry.register_id, version=entry.version, known_from=entry.known_from, known_to=at, **held
    )
    entry.version += 1
    entry.known_from = at


def keep_texts(entry: Entry, before: Mapping[str, str], after: Mapping[str, str], at: datetime) -> None:
    """The long texts that changed, each as a row beside the one it replaces."""
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    EntryText.objects.filter(entry=entry, key__in=changed & before.keys(), known_to__isnull=True).update(known_to=at)
    EntryText.objects.bulk_create(
        [EntryText(entry=entry, key=key, text=after[key], known_from=at) for key in sorted(changed) if key in after]
    )


def move(entry: Entry, definition: RegisterDefinition, to: str, doing: Doing) -> None:
    """Into another state from a day on: the span before it ends there."""
    ordinal, came_from = _ended_span(entry, doing)
    begin_span(entry, definition, to, doing, ordinal=ordinal + 1, came_from=came_from)
    stand_in(entry, definition, to, doing.on)


# The entry is locked, so that its last span stays the last until then.
_END_SPAN = """
UPDATE registers_state_span SET ends = %s, end_known_from = %s
WHERE id = (SELECT id FROM registers_state_span WHERE entry_id = %s AND known_to IS NULL ORDER BY ordinal DESC LIMIT 1)
RETURNING ordinal, state
"""


def _ended_span(entry: Entry, doing: Doing) -> tuple[int, str]:
    """The how-manieth state it was that ends on the day, and which; 0 and no words where it had none: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_END_SPAN, [doing.on, doing.at, entry.pk])
        found = cursor.fetchone()
    return (found[0], found[1]) if found else (0, "")


def begin_span(entry: Entry, definition: RegisterDefinition, to: str, doing: Doing, *, ordinal: int = 1, came_from: str = "") -> None:
    """The days in a state begin."""
    StateSpan.objects.create(
        entry=entry,
        register_id=entry.register_id,
        ordinal=ordinal,
        state=to,
        meaning=definition.by_state[to].meaning,
        came_from=came_from,
        starts=doing.on,
        known_from=doing.at,
    )


def stand_in(entry: Entry, definition: RegisterDefinition, to: str, on: date) -> None:
    """The columns that say in which state it is; the caller saves."""
    meaning = definition.by_state[to].meaning
    entry.state, entry.meaning, entry.in_state_since = to, meaning, on
    entry.closed_on = None if meaning in OPEN_CLASSES else entry.closed_on or on


def run_clocks(entry: Entry, definition: RegisterDefinition, state_before: str, doing: Doing, values: Values) -> None:
    """Start, meet, pause and resume the clocks that this act and this change of state concern; then the day that ends first."""
    current = list(DeadlineRun.objects.filter(entry=entry, known_to__isnull=True).order_by("clock", "round", "turn"))
    standing = [run for run in current if run.clock not in {clock.code for clock in definition.clocks}]
    for clock in definition.clocks:
        runs = [run for run in current if run.clock == clock.code]
        standing += _go_on(clock, runs, entry, state_before, doing)
        if doing.act in clock.started_by:
            standing += begin_clock(clock, entry, 1 + max((run.round for run in runs), default=0), doing, values)
    entry.due_on = first_due(standing)


def first_due(runs: Iterable[DeadlineRun]) -> date | None:
    """The day on which the first of these ends that run."""
    return min((run.due_on for run in runs if run.met_on is None and run.paused_on is None), default=None)


def settle_due(entry: Entry) -> None:
    """The day of its running limit that ends first, as the database holds its limits; the caller saves."""
    entry.due_on = first_due(DeadlineRun.objects.filter(entry=entry, known_to__isnull=True))


def _go_on(clock: ClockDef, runs: list[DeadlineRun], entry: Entry, state_before: str, doing: Doing) -> list[DeadlineRun]:
    """What stands of these runs afterwards."""
    open_runs = [run for run in runs if run.met_on is None]
    if doing.act in clock.ended_by:
        DeadlineRun.objects.filter(pk__in=[run.pk for run in open_runs]).update(known_to=doing.at)
        return [run for run in runs if run.met_on is not None]
    if doing.act in clock.met_by:
        met = {run.pk for run in open_runs[: 1 if clock.repeats else len(open_runs)]}
        return [change_run(run, clocks.meet(as_deadline(run), doing.on), doing.at) if run.pk in met else run for run in runs]
    return [_paused_or_resumed(clock, run, entry, state_before, doing) if run.met_on is None else run for run in runs]


def _paused_or_resumed(clock: ClockDef, run: DeadlineRun, entry: Entry, state_before: str, doing: Doing) -> DeadlineRun:
    if entry.state in clock.paused_in:
        return change_run(run, clocks.pause(clock, as_deadline(run), doing.on, doing.calendar), doing.at)
    if state_before in clock.paused_in:
        return change_run(run, clocks.resume(clock, as_deadline(run), doing.on, doing.calendar), doing.at)
    return run


def begin_clock(clock: ClockDef, entry: Entry, number: int, doing: Doing, values: Values) -> list[DeadlineRun]:
    """The runs of a clock that start on the day of the deed; none where the entry has no such limit, or it awaits a day not filled in."""
    return DeadlineRun.objects.bulk_create(begun_runs(clock, entry, number, doing, values))


def begun_runs(clock: ClockDef, entry: Entry, number: int, doing: Doing, values: Values) -> list[DeadlineRun]:
    """The same, still to be saved."""
    if not meets(clock.only_if, values):
        return []
    until = values.get(clock.until) if clock.until else None
    day = date.fromisoformat(until) if isinstance(until, str) else None
    found = []
    for turn in range(len(clock.repeats) or 1):
        begun = clocks.start(clock, doing.on, doing.calendar, until=day, turn=turn)
        if begun is not None:
            run = DeadlineRun(entry=entry, register_id=entry.register_id, clock=clock.code, turn=turn, round=number)
            found.append(_standing(run, begun, doing.at))
    return found


def as_deadline(run: DeadlineRun) -> clocks.Deadline:
    """The run as `core` reckons with it."""
    return clocks.Deadline(run.started_on, run.due_on, run.paused_on, run.left, run.extended, run.met_on)


def change_run(run: DeadlineRun, now: clocks.Deadline, at: datetime) -> DeadlineRun:
    """The run as it stands from now on, beside the row that it replaces."""
    if now == as_deadline(run):
        return run
    DeadlineRun.objects.filter(pk=run.pk).update(known_to=at)
    changed = DeadlineRun(entry_id=run.entry_id, register_id=run.register_id, clock=run.clock, turn=run.turn, round=run.round)
    _standing(changed, now, at).save(force_insert=True)
    return changed


def _standing(run: DeadlineRun, now: clocks.Deadline, at: datetime) -> DeadlineRun:
    run.started_on, run.due_on, run.paused_on = now.started_on, now.due_on, now.paused_on
    run.left, run.extended, run.met_on, run.known_from = now.left, now.extended, now.met_on, at
    return run


def extend_clock(entry: Entry, clock: ClockDef, doing: Doing) -> bool:
    """Move the running limit of a clock on; False when it may not be: once, while it runs, and before it has passed.

    Passed by the day on which it is recorded: what is told afterwards does not make punctual who was late (decision 033). Of a limit that
    had passed when it was first written down, all is told afterwards: then by the day on which it happened.
    """
    run = DeadlineRun.objects.filter(entry=entry, clock=clock.code, known_to__isnull=True, met_on__isnull=True).order_by("-round").first()
    moved = clocks.extend(clock, as_deadline(run), doing.calendar) if run is not None else None
    if run is None or moved is None:
        return False
    rows = DeadlineRun.objects.filter(entry=entry, clock=run.clock, round=run.round, turn=run.turn)
    was_over = run.due_on < local_day(rows.aggregate(first=Min("known_from"))["first"])
    if run.due_on < (doing.on if was_over else local_day(doing.at)):
        return False
    change_run(run, moved, doing.at)
    return True


def tell(entry: Entry, state_before: str, changes: Mapping[str, Any], doing: Doing) -> Deed:
    """The deed, and its row of the journal: last in the act's transaction."""
    deed = Deed.objects.create(
        entry=entry,
        act=doing.act,
        on=doing.on,
        at=doing.at,
        person_id=doing.by.user_id,
        who=doing.by.name,
        state_before=state_before,
        state_after=entry.state,
        reason=doing.reason,
        reply=doing.reply,
        changes=dict(changes),
    )
    if doing.words is not None:
        EntryMessage.objects.create(entry=entry, deed=deed, kind=doing.words.kind, text=doing.words.text)
    if doing.act != CREATE:  # whoever changed an answer has looked at it again; of a new entry nothing was asked yet
        AnswerFlag.objects.filter(entry=entry, key__in=list(changes), settled_at__isnull=True).update(settled_at=doing.at)
    seals = seals_of([entry])[entry.pk]
    detail = {
        "entry": entry.code,
        "deed": deed.pk,
        "state": entry.state,
        "version": entry.version,
        "fields": sorted(changes),
        "seals": [deed_seal(deed, (doing.words.kind, doing.words.text) if doing.words else None), seals.said],
        "beside": seals.beside,
    }
    record(
        f"entry_{doing.act}"[:60],
        by=doing.by.actor(entry.owner_id),
        at=doing.at,
        object_type="entry",
        object_id=entry.pk,
        unit_id=entry.owner_id,
        **detail,
    )
    return deed
