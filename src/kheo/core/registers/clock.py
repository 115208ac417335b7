"""Time limits of entries: counted in working days or days, standing still while somebody else is awaited, moved once, met or late.

The day on which a limit starts is not counted (Bộ luật Dân sự 2015, Điều 147 khoản 2); one counted in plain days that would end on a day
off ends on the next working day (Điều 148 khoản 5).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kheo.core.days import WorkingCalendar
from kheo.core.registers.clock_defs import ClockDef


@dataclass(frozen=True)
class Deadline:
    """One run of a clock. `paused_on`: since when it stands still; `left`: how many of its days were left then."""

    started_on: date
    due_on: date
    paused_on: date | None = None
    left: int | None = None
    extended: bool = False
    met_on: date | None = None


def start(clock: ClockDef, on: date, calendar: WorkingCalendar, *, until: date | None = None, turn: int = 0) -> Deadline | None:
    """A run from a day; None when it runs until a day of the entry that is not filled in. `turn`: which of the repeats."""
    if clock.until is not None:
        return Deadline(on, until) if until is not None else None
    length = clock.repeats[turn] if clock.repeats else clock.working_days or clock.days or 0
    return Deadline(on, _after(clock, on, length, calendar))


def pause(clock: ClockDef, deadline: Deadline, on: date, calendar: WorkingCalendar) -> Deadline:
    """It stands still from a day on; what is left of it is kept. One that stands still or is met is not changed."""
    if deadline.paused_on is not None or deadline.met_on is not None:
        return deadline
    return replace(deadline, paused_on=on, left=_between(clock, on, deadline.due_on, calendar))


def resume(clock: ClockDef, deadline: Deadline, on: date, calendar: WorkingCalendar) -> Deadline:
    """It runs on with the days that were left, or from the beginning; one that was late already stays late."""
    if deadline.paused_on is None:
        return deadline
    left = clock.working_days or clock.days if clock.on_resume == "restart" else deadline.left
    if deadline.due_on < deadline.paused_on:
        return replace(deadline, paused_on=None, left=None)
    # One that stopped on its last day ends on the day on which it goes on.
    due = _after(clock, on, left, calendar) if left else calendar.settle(on, "next")
    return replace(deadline, due_on=max(due, deadline.due_on), paused_on=None, left=None)


def extend(clock: ClockDef, deadline: Deadline, calendar: WorkingCalendar) -> Deadline | None:
    """Moved on once by the days that the definition allows; None when it may not be (again), stands still or is met."""
    if clock.extension is None or deadline.extended or deadline.paused_on is not None or deadline.met_on is not None:
        return None
    return replace(deadline, due_on=_after(clock, deadline.due_on, clock.extension, calendar), extended=True)


def meet(deadline: Deadline, on: date) -> Deadline:
    """Met on a day; the first time counts."""
    return deadline if deadline.met_on is not None else replace(deadline, met_on=on, paused_on=None, left=None)


@dataclass(frozen=True)
class Step:
    """What was done to an entry after it began, as far as limits care."""

    act: str
    on: date
    before: str
    after: str
    extends: bool = False


def begun_elsewhere(clock: ClockDef, was: Deadline, on: date, turn: int, steps: Iterable[Step], calendar: WorkingCalendar) -> Deadline:
    """The run as it would stand had it started on another day and all that followed been done on its days.

    One that runs until a day of the entry keeps that day; whether it was extended, and when it was met, stays.
    """
    now = None if clock.until is not None else start(clock, on, calendar, turn=turn)
    if now is None:
        return replace(was, started_on=on)
    for step in steps:
        if was.met_on is not None and step.act in clock.met_by and step.on == was.met_on:
            break
        if step.extends and was.extended:
            now = extend(clock, now, calendar) or now
        elif step.after in clock.paused_in:
            now = pause(clock, now, step.on, calendar)
        elif step.before in clock.paused_in:
            now = resume(clock, now, step.on, calendar)
    return now if was.met_on is None else meet(now, was.met_on)


def is_late(deadline: Deadline, today: date) -> bool:
    """Late: met after its due day, or not met by now although it runs. One that stands still is not late unless it was before."""
    if deadline.met_on is not None:
        return deadline.met_on > deadline.due_on
    return (deadline.paused_on or today) > deadline.due_on


def days_left(clock: ClockDef, deadline: Deadline, today: date, calendar: WorkingCalendar) -> int:
    """How many of the days by which a running limit is counted are left after today."""
    return _between(clock, today, deadline.due_on, calendar)


def _after(clock: ClockDef, day: date, length: int, calendar: WorkingCalendar) -> date:
    if clock.working_days is not None:
        return calendar.after(day, length)
    if clock.until is not None:  # its end was written by somebody, not reckoned: it is not moved to a working day, now or after a pause
        return day + timedelta(days=length)
    return calendar.settle(day + timedelta(days=length), "next")


def _between(clock: ClockDef, day: date, due: date, calendar: WorkingCalendar) -> int:
    """How many counted days lie after a day up to a due day; none when it has passed."""
    if due <= day:
        return 0
    return calendar.working_days(day + timedelta(days=1), due + timedelta(days=1)) if clock.working_days is not None else (due - day).days
