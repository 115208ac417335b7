"""An entry whose days are corrected: what was reckoned from them follows, and what was known before stays beside it (decision 050)."""

from dataclasses import replace
from datetime import date

from django.db.models import Min

from kheo.core.registers import clock as clocks
from kheo.core.registers.beginning import day_begun, wrong_new_beginning
from kheo.core.registers.models import ClockDef, RegisterDefinition
from kheo.core.registers.values import FieldProblem, Values
from kheo.core.registers.words import CREATE
from kheo.registers.actions.keeping import Doing, as_deadline, begin_clock, change_run, settle_due
from kheo.registers.models import DeadlineRun, Deed, Entry, StateSpan


def new_day_problems(entry: Entry, definition: RegisterDefinition, before: Values, values: Values, on: date) -> list[FieldProblem]:
    """Why the entry cannot have begun on the day that it would name now."""
    if day_begun(definition, before) == day_begun(definition, values):
        return []
    return wrong_new_beginning(definition, before, values, on, _first_span(entry).ends)


def follow_days(entry: Entry, definition: RegisterDefinition, before: Values, values: Values, doing: Doing) -> None:
    """Its first state, its limits and its day of recording go with the day on which it began; a limit that awaited its day starts.

    The caller saves, and tells the journal what changed.
    """
    begins = day_begun(definition, values)
    has_moved = begins is not None and begins != day_begun(definition, before)
    awaited = [clock for clock in definition.clocks if clock.until is not None and clock.until not in before and clock.until in values]
    if begins is not None and has_moved:
        _begin_on(entry, definition, begins, doing)
    for clock in awaited:
        _start_awaited(entry, clock, values, doing)
    if has_moved or awaited:
        settle_due(entry)


def _first_span(entry: Entry) -> StateSpan:
    return StateSpan.objects.get(entry=entry, ordinal=1, known_to__isnull=True)


def _begin_on(entry: Entry, definition: RegisterDefinition, begins: date, doing: Doing) -> None:
    was = _first_span(entry)
    StateSpan.objects.filter(pk=was.pk).update(known_to=doing.at)
    ended = doing.at if was.ends is not None else None
    now = StateSpan(entry=entry, register_id=entry.register_id, ordinal=1, state=was.state, meaning=was.meaning)
    now.starts, now.ends, now.known_from, now.end_known_from = begins, was.ends, doing.at, ended
    now.save(force_insert=True)
    entry.registered_on = begins
    if was.ends is None:
        entry.in_state_since = begins
        entry.closed_on = begins if entry.closed_on else None
    steps = _steps(entry, definition)
    for clock in definition.clocks:
        if CREATE not in clock.started_by:
            continue
        for run in DeadlineRun.objects.filter(entry=entry, clock=clock.code, round=1, known_to__isnull=True).order_by("turn"):
            moved = clocks.begun_elsewhere(clock, as_deadline(run), begins, run.turn, steps, doing.calendar)
            change_run(run, moved, doing.at)


def _steps(entry: Entry, definition: RegisterDefinition) -> list[clocks.Step]:
    extending = {act.code for act in definition.acts if act.effect == "extend"}
    deeds = Deed.objects.filter(entry=entry).exclude(act=CREATE).order_by("pk")
    return [clocks.Step(each.act, each.on, each.state_before, each.state_after, each.act in extending) for each in deeds]


def _start_awaited(entry: Entry, clock: ClockDef, values: Values, doing: Doing) -> None:
    """The limit starts on the day of the act that would have started it, while nothing has met or ended it."""
    if DeadlineRun.objects.filter(entry=entry, clock=clock.code).exists():
        return
    done = Deed.objects.filter(entry=entry, act__in=[*clock.started_by, *clock.met_by, *clock.ended_by]).order_by("pk").last()
    if done is None or done.act not in clock.started_by:
        return
    first = Deed.objects.filter(entry=entry, act__in=clock.started_by).aggregate(first=Min("on"))["first"]
    begin_clock(clock, entry, 1, replace(doing, on=first), values)
    for run in DeadlineRun.objects.filter(entry=entry, clock=clock.code) if entry.state in clock.paused_in else ():
        change_run(run, clocks.pause(clock, as_deadline(run), doing.on, doing.calendar), doing.at)
