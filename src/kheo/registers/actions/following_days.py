"""An entry whose days are corrected: what was reckoned from them follows, and what was known before stays beside it (050, 055)."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Min

from kheo.core.registers import clock as clocks
from kheo.core.registers.beginning import begins_with_act, day_begun, day_of_act, wrong_day, wrong_new_beginning
from kheo.core.registers.clock_defs import ClockDef
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.moves import meets
from kheo.core.registers.values import FieldProblem, Values
from kheo.core.registers.words import CREATE, OPEN_CLASSES
from kheo.registers.actions.keeping import Doing, as_deadline, begin_clock, change_run, settle_due
from kheo.registers.models import DeadlineRun, Deed, Entry, StateSpan


def new_day_problems(entry: Entry, definition: RegisterDefinition, before: Values, values: Values, on: date) -> list[FieldProblem]:
    """Why the entry cannot have begun, or what was done to it cannot have happened, on the day that it would name now."""
    found = list[FieldProblem]()
    if day_begun(definition, before) != day_begun(definition, values):
        found += wrong_new_beginning(definition, before, values, on, _first_span(entry).ends)
    for act, last in _acts_of_other_days(entry, definition, before, values):
        named = day_of_act(act, values)
        if not last.is_open or named is None:
            told = "hồ sơ đã sang bước sau" if named is not None else f"đã “{act.name}”"
            found.append(FieldProblem(str(act.day), f"“{definition.by_key[str(act.day)].label}” không sửa được nữa: {told}."))
        else:
            since = None if begins_with_act(definition, act, last.before.state) else last.before.starts
            found += wrong_day(definition, act, values, named, on, since)
    return found


def follow_days(
    entry: Entry, definition: RegisterDefinition, before: Values, values: Values, doing: Doing, *, judged_stay: bool = False
) -> None:
    """Its first state, its limits and its day of recording go with the day on which it began, its last state and the limits that began or
    were met with it with the day of the act that led there; a limit that awaited its day starts. One that an entry of these values has no
    more (`only_if`) ends, and one that it has now starts.

    `judged_stay`: a limit that was met keeps the day by which it was. The caller saves, and tells the journal what changed.
    """
    begins = day_begun(definition, values)
    has_moved = begins is not None and begins != day_begun(definition, before)
    awaited = [clock for clock in definition.clocks if _may_run(clock, values) and not _may_run(clock, before)]
    over = [clock.code for clock in definition.clocks if meets(clock.only_if, before) and not meets(clock.only_if, values)]
    if begins is not None and has_moved:
        begin_on(entry, definition, begins, doing, judged_stay=judged_stay)
    happened = [(act, last) for act, last in _acts_of_other_days(entry, definition, before, values) if last.is_open]
    for act, last in happened:
        named = day_of_act(act, values)
        if named is not None:
            _happened_on(entry, definition, act, last, named, doing)
    for clock in awaited:
        _start_awaited(entry, clock, values, doing)
    if over:
        open_runs = DeadlineRun.objects.filter(entry=entry, clock__in=over, known_to__isnull=True, met_on__isnull=True)
        open_runs.update(known_to=doing.at)
    if has_moved or happened or awaited or over:
        settle_due(entry)


def _may_run(clock: ClockDef, values: Values) -> bool:
    """Whether an entry of these values has such a limit, and the day of it where it is one of the entry's."""
    return meets(clock.only_if, values) and (clock.until is None or clock.until in values)


def _first_span(entry: Entry) -> StateSpan:
    return StateSpan.objects.get(entry=entry, ordinal=1, known_to__isnull=True)


@dataclass(frozen=True)
class _Led:
    """The last time that an act was done: the state that it led from, and to. `is_open`: the entry stands there still."""

    deed: Deed
    before: StateSpan
    span: StateSpan
    is_open: bool


def _acts_of_other_days(entry: Entry, definition: RegisterDefinition, before: Values, values: Values) -> list[tuple[ActDef, _Led]]:
    """The acts that were done, and of which the values name another day now. No query where they name the same."""
    named = [act for act in definition.acts if act.day is not None and day_of_act(act, before) != day_of_act(act, values)]
    return [(act, last) for act in named if (last := _last_led(entry, act)) is not None]


def _last_led(entry: Entry, act: ActDef) -> _Led | None:
    deed = Deed.objects.filter(entry=entry, act=act.code).order_by("-pk").first()
    if deed is None:
        return None
    spans = list(StateSpan.objects.filter(entry=entry, known_to__isnull=True).order_by("ordinal"))
    led = [place for place, each in enumerate(spans) if (each.came_from, each.state) == (deed.state_before, deed.state_after)]
    is_open = led[-1] == len(spans) - 1
    return _Led(deed, spans[led[-1] - 1], spans[led[-1]], is_open)


def _happened_on(entry: Entry, definition: RegisterDefinition, act: ActDef, last: _Led, on: date, doing: Doing) -> None:
    """The act that led to the state in which the entry is happened on another day."""
    was = last.span.starts
    if on < last.before.starts:
        begin_on(entry, definition, on, doing)
    _write_anew(StateSpan.objects.get(entry=entry, ordinal=last.before.ordinal, known_to__isnull=True), doing, ends=on)
    _write_anew(last.span, doing, starts=on)
    entry.in_state_since = on
    if entry.closed_on == was and last.before.meaning in OPEN_CLASSES:
        entry.closed_on = on
    since = [each for each in _steps(entry, definition, last.deed) if each.extends]
    for clock in definition.clocks:
        runs = DeadlineRun.objects.filter(entry=entry, clock=clock.code, known_to__isnull=True).order_by("round", "turn")
        for run in runs:
            if act.code in clock.started_by and run.started_on == was:
                change_run(run, clocks.begun_elsewhere(clock, as_deadline(run), on, run.turn, since, doing.calendar), doing.at)
            elif act.code in clock.met_by and run.met_on == was:
                change_run(run, replace(as_deadline(run), met_on=on), doing.at)


def _write_anew(was: StateSpan, doing: Doing, **days: date) -> None:
    """The span with other days, known from now on, beside the row that it replaces; the caller changes the entry."""
    StateSpan.objects.filter(pk=was.pk).update(known_to=doing.at)
    now = StateSpan(entry_id=was.entry_id, register_id=was.register_id, ordinal=was.ordinal, state=was.state, meaning=was.meaning)
    now.came_from = was.came_from
    now.starts, now.ends = days.get("starts", was.starts), days.get("ends", was.ends)
    now.known_from, now.end_known_from = doing.at, doing.at if now.ends is not None else None
    now.save(force_insert=True)


def begin_on(entry: Entry, definition: RegisterDefinition, begins: date, doing: Doing, *, judged_stay: bool = False) -> None:
    """The entry began on another day: its first state, the limits that its recording started, its day of recording. The caller saves.

    `judged_stay` as of `follow_days`.
    """
    was = _first_span(entry)
    _write_anew(was, doing, starts=begins)
    entry.registered_on = begins
    if was.ends is None:
        entry.in_state_since = begins
        entry.closed_on = begins if entry.closed_on else None
    steps = _steps(entry, definition)
    for clock in definition.clocks:
        if CREATE not in clock.started_by:
            continue
        for run in DeadlineRun.objects.filter(entry=entry, clock=clock.code, round=1, known_to__isnull=True).order_by("turn"):
            if judged_stay and run.met_on is not None:
                continue
            moved = clocks.begun_elsewhere(clock, as_deadline(run), begins, run.turn, steps, doing.calendar)
            change_run(run, moved, doing.at)


def _steps(entry: Entry, definition: RegisterDefinition, after: Deed | None = None) -> list[clocks.Step]:
    """What was done to the entry since it began, or after a deed."""
    extending = {act.code for act in definition.acts if act.effect == "extend"}
    deeds = Deed.objects.filter(entry=entry, pk__gt=after.pk if after else 0).exclude(act=CREATE).order_by("pk")
    return [clocks.Step(each.act, each.on, each.state_before, each.state_after, each.act in extending) for each in deeds]


def _start_awaited(entry: Entry, clock: ClockDef, values: Values, doing: Doing) -> None:
    """The limit starts on the day of the act that would have started it, while nothing has met or ended it."""
    runs = DeadlineRun.objects.filter(entry=entry, clock=clock.code, known_to__isnull=True)
    if runs.exists():
        return
    done = Deed.objects.filter(entry=entry, act__in=[*clock.started_by, *clock.met_by, *clock.ended_by]).order_by("pk").last()
    if done is None or done.act not in clock.started_by:
        return
    first = Deed.objects.filter(entry=entry, act__in=clock.started_by).aggregate(first=Min("on"))["first"]
    begin_clock(clock, entry, 1, replace(doing, on=first), values)
    for run in runs.all() if entry.state in clock.paused_in else ():
        change_run(run, clocks.pause(clock, as_deadline(run), doing.on, doing.calendar), doing.at)
