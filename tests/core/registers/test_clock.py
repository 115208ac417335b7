"""Time limits: counted, standing still, moved once, met or late."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kheo.core.days import WorkingCalendar
from kheo.core.registers import clock as clocks
from kheo.core.registers.models import ClockDef

CALENDAR = WorkingCalendar(frozenset(range(2020, 2030)), frozenset({date(2023, 5, 1)}), frozenset())
MONDAY = date(2023, 4, 3)


def clock(**given: object) -> ClockDef:
    return ClockDef.model_validate({"code": "x", "name": "X", "started_by": ["create"], "met_by": ["duyet"], **given})


FIVE = clock(working_days=5, extension=3)


def test_the_day_on_which_it_starts_is_not_counted() -> None:
    begun = clocks.start(FIVE, MONDAY, CALENDAR)
    assert begun is not None
    assert begun.due_on == date(2023, 4, 10)


def test_plain_days_that_end_on_a_day_off_end_on_the_next_working_day() -> None:
    begun = clocks.start(clock(days=28), MONDAY, CALENDAR)
    assert begun is not None
    assert begun.due_on == date(2023, 5, 2)


def test_until_a_day_of_the_entry_or_not_at_all() -> None:
    until = clock(until="xong")
    assert clocks.start(until, MONDAY, CALENDAR) is None
    assert clocks.start(until, MONDAY, CALENDAR, until=date(2024, 1, 1)) == clocks.Deadline(MONDAY, date(2024, 1, 1))


def test_a_day_that_somebody_wrote_moves_by_the_days_that_it_stood_still_and_by_no_calendar() -> None:
    """A work that ends years ahead is resumed though nobody has entered the holidays of that year."""
    until = clock(until="xong")
    paused = clocks.pause(until, clocks.Deadline(MONDAY, date(2031, 6, 29)), date(2023, 5, 1), CALENDAR)
    assert clocks.resume(until, paused, date(2023, 5, 11), CALENDAR).due_on == date(2031, 7, 9)


def test_it_stands_still_and_goes_on_with_what_was_left() -> None:
    begun = clocks.start(FIVE, MONDAY, CALENDAR)
    assert begun is not None
    paused = clocks.pause(FIVE, begun, date(2023, 4, 5), CALENDAR)
    assert paused.left == 3
    assert not clocks.is_late(paused, date(2024, 1, 1))
    assert clocks.resume(FIVE, paused, date(2023, 4, 19), CALENDAR).due_on == date(2023, 4, 24)


def test_one_that_starts_again_has_all_its_days() -> None:
    again = clock(working_days=5, on_resume="restart")
    begun = clocks.start(again, MONDAY, CALENDAR)
    assert begun is not None
    paused = clocks.pause(again, begun, date(2023, 4, 7), CALENDAR)
    assert clocks.resume(again, paused, date(2023, 4, 17), CALENDAR).due_on == date(2023, 4, 24)


def test_what_was_late_before_it_stood_still_stays_late() -> None:
    begun = clocks.start(FIVE, MONDAY, CALENDAR)
    assert begun is not None
    paused = clocks.pause(FIVE, begun, date(2023, 4, 12), CALENDAR)
    assert clocks.is_late(paused, date(2023, 4, 12))
    resumed = clocks.resume(FIVE, paused, date(2023, 5, 20), CALENDAR)
    assert (resumed.due_on, clocks.is_late(resumed, date(2023, 5, 20))) == (date(2023, 4, 10), True)


def test_it_is_moved_on_once() -> None:
    begun = clocks.start(FIVE, MONDAY, CALENDAR)
    assert begun is not None
    moved = clocks.extend(FIVE, begun, CALENDAR)
    assert moved is not None
    assert (moved.due_on, clocks.extend(FIVE, moved, CALENDAR)) == (date(2023, 4, 13), None)
    assert clocks.extend(clock(working_days=5), begun, CALENDAR) is None


def test_met_on_its_last_day_is_in_time_and_a_day_later_is_not() -> None:
    begun = clocks.start(FIVE, MONDAY, CALENDAR)
    assert begun is not None
    assert not clocks.is_late(clocks.meet(begun, begun.due_on), date(2030, 1, 1))
    late = clocks.meet(begun, begun.due_on + timedelta(days=1))
    assert clocks.is_late(late, begun.due_on)
    assert clocks.meet(late, begun.due_on) == late


def test_one_that_stops_on_its_last_day_ends_on_the_day_on_which_it_goes_on() -> None:
    begun = clocks.start(FIVE, MONDAY, CALENDAR)
    assert begun is not None
    resumed = clocks.resume(FIVE, clocks.pause(FIVE, begun, begun.due_on, CALENDAR), date(2023, 4, 20), CALENDAR)
    assert (resumed.due_on, clocks.is_late(resumed, date(2023, 4, 20))) == (date(2023, 4, 20), False)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=5), st.integers(1, 20))
def test_however_often_it_stands_still_the_days_that_run_are_as_many_as_it_has(stops: list[tuple[int, int]], length: int) -> None:
    """Working days that it ran through, with those still left, are those it was given; unless it was late before a stop."""
    own = clock(working_days=length)
    deadline = clocks.start(own, MONDAY, CALENDAR)
    assert deadline is not None
    day, ran = MONDAY, 0
    for run, rest in stops:
        stop = day + timedelta(days=run)
        if stop >= deadline.due_on:
            break
        ran += CALENDAR.working_days(day + timedelta(days=1), stop + timedelta(days=1))
        deadline = clocks.pause(own, deadline, stop, CALENDAR)
        day = stop + timedelta(days=rest)
        deadline = clocks.resume(own, deadline, day, CALENDAR)
    assert ran + CALENDAR.working_days(day + timedelta(days=1), deadline.due_on + timedelta(days=1)) == length
