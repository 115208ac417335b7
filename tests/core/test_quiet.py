"""Quiet hours: over midnight, over days off, and never at the price of a due date."""

from datetime import date, datetime, time, timedelta

import pytest

from kheo.core.days import ZONE, WorkingCalendar, due_instant
from kheo.core.quiet import Quiet, is_workday
from tests.core.calendars import vn

MICRO = timedelta(microseconds=1)
USUAL = Quiet()


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2023) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("quiet", "hour", "is_quiet"),
    [
        (USUAL, time(6, 59, 59, 999_999), True),
        (USUAL, time(7), False),
        (USUAL, time(20, 59, 59, 999_999), False),
        (USUAL, time(21), True),
        (USUAL, time(0), True),
        (Quiet(time(12), time(13)), time(12, 30), True),
        (Quiet(time(12), time(13)), time(0), False),
        (Quiet(time(0), time(0)), time(3), False),
    ],
)
def test_quiet_hours_are_half_open_and_go_over_midnight(quiet: Quiet, hour: time, is_quiet: bool) -> None:
    wednesday = datetime.combine(date(2023, 11, 8), hour, ZONE)
    assert quiet.is_quiet(wednesday, vn()) is is_quiet


@pytest.mark.parametrize(
    ("quiet", "opens"),
    [(USUAL, time(7)), (Quiet(time(0), time(6)), time(6)), (Quiet(time(12), time(13)), time(0)), (Quiet(time(0), time(0)), time(0))],
)
def test_the_first_minute_of_a_day(quiet: Quiet, opens: time) -> None:
    assert quiet.opens == opens


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        (at(8, 8), at(8, 8)),
        (at(8, 3), at(8, 7)),
        (at(8, 21), at(9, 7)),
        (at(10, 23), at(13, 7)),  # Friday night → Monday
        (at(18, 10), at(20, 7)),  # Saturday 18/11/2023
        (at(7, 22, month=2, year=2024), at(15, 7, month=2, year=2024)),  # the eve of Tết 8–14/02/2024
    ],
)
def test_what_comes_in_quiet_hours_waits_for_the_next_allowed_minute(asked: datetime, allowed: datetime) -> None:
    assert USUAL.next_allowed(asked, vn()) == allowed


def test_a_pause_at_noon_ends_at_its_end() -> None:
    assert Quiet(time(12), time(13)).next_allowed(at(8, 12, 30), vn()) == at(8, 13)


def test_somebody_may_wish_to_hear_on_days_off_too() -> None:
    assert Quiet(on_days_off=False).next_allowed(at(18, 5), vn()) == at(18, 7)


def test_the_last_day_is_no_day_off() -> None:
    """Saturday 18/11/2023 is the federation's due date."""
    due = due_instant(date(2023, 11, 18))
    assert USUAL.may_tell(at(18, 7), due, vn())
    assert not USUAL.may_tell(at(18, 7), due_instant(date(2023, 11, 20)), vn())


def test_quiet_hours_give_way_where_waiting_would_be_too_late() -> None:
    due = due_instant(date(2023, 11, 15))
    assert USUAL.may_tell(at(15, 23), due, vn())
    assert USUAL.may_tell(due - MICRO, due, vn())
    assert not USUAL.may_tell(due, due, vn()), "too late already: the morning will do"
    assert not USUAL.may_tell(at(14, 23), due, vn()), "tomorrow morning is soon enough"


def test_the_day_before_a_due_day_off_still_waits_for_that_day() -> None:
    sunday = due_instant(date(2023, 11, 19))
    assert not USUAL.may_tell(at(18, 8), sunday, vn())
    assert USUAL.may_tell(at(19, 8), sunday, vn())


def test_a_year_that_is_not_in_the_calendar_has_its_weekends() -> None:
    nothing = WorkingCalendar(frozenset(), frozenset(), frozenset())
    assert [is_workday(nothing, date(2031, 1, day)) for day in (3, 4, 5, 6)] == [True, False, False, True]
