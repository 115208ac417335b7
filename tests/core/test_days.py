"""Days, spans and due instants."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.days import (
    ZONE,
    Span,
    UncoveredYearError,
    WorkingCalendar,
    due_day,
    due_instant,
    format_day,
    format_instant,
    format_until,
    is_on_time,
    last_day,
    local_day,
)

CALENDAR = WorkingCalendar(frozenset({2023}), frozenset({date(2023, 5, 1), date(2023, 5, 2)}), frozenset({date(2023, 5, 6)}))
SATURDAY = date(2023, 11, 18)


def test_a_span_holds_its_first_day_and_not_its_last() -> None:
    span = Span(date(2023, 1, 1), date(2023, 1, 3))
    assert [date(2022, 12, 31) in span, date(2023, 1, 1) in span, date(2023, 1, 2) in span, date(2023, 1, 3) in span] == [
        False, True, True, False,
    ]  # fmt: skip


def test_an_open_span_lasts() -> None:
    assert date(2999, 1, 1) in Span(date(2023, 1, 1))


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError, match="empty span"):
        Span(date(2023, 1, 1), date(2023, 1, 1))


@pytest.mark.parametrize(
    ("rule", "settled"), [("same", date(2023, 11, 18)), ("next", date(2023, 11, 20)), ("previous", date(2023, 11, 17))]
)
def test_a_due_date_on_saturday_18_november_2023_settles_by_the_rule(rule: str, settled: date) -> None:
    assert CALENDAR.settle(SATURDAY, rule) == settled  # type: ignore[arg-type]


def test_holidays_are_not_worked_and_swapped_saturdays_are() -> None:
    assert CALENDAR.settle(date(2023, 4, 29), "next") == date(2023, 5, 3)
    assert CALENDAR.is_working(date(2023, 5, 6))


def test_a_year_nobody_entered_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(UncoveredYearError, match="2024"):
        CALENDAR.is_working(date(2024, 1, 2))


@pytest.mark.parametrize(
    ("until", "day", "words"),
    [
        (datetime(2023, 12, 31, 17, 0, tzinfo=UTC), date(2023, 12, 31), "hết ngày 31/12/2023"),
        (datetime(2023, 12, 31, 16, 59, tzinfo=UTC), date(2023, 12, 31), "23 giờ 59 phút ngày 31/12/2023"),
        (datetime(2023, 12, 31, 17, 1, tzinfo=UTC), date(2024, 1, 1), "00 giờ 01 phút ngày 01/01/2024"),
    ],
)
def test_people_are_told_the_last_day_before_a_half_open_end(until: datetime, day: date, words: str) -> None:
    assert (last_day(until), format_until(until)) == (day, words)


def test_counts_working_days_in_a_half_open_range() -> None:
    assert CALENDAR.working_days(date(2023, 4, 28), date(2023, 5, 8)) == 5


def test_a_due_date_ends_at_midnight_in_ho_chi_minh_city() -> None:
    assert due_instant(date(2023, 5, 10)) == datetime(2023, 5, 10, 17, tzinfo=UTC)


@pytest.mark.parametrize(("offset", "on_time"), [(-1, True), (0, False), (1, False)])
def test_on_time_turns_to_late_at_the_microsecond(offset: int, on_time: bool) -> None:
    due = due_instant(date(2023, 5, 10))
    assert is_on_time(due + timedelta(microseconds=offset), due) is on_time


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_due_day_of_a_due_instant_is_the_day_itself(day: date) -> None:
    assert due_day(due_instant(day)) == day


def test_an_instant_belongs_to_the_day_in_vietnam() -> None:
    assert local_day(datetime(2023, 5, 9, 17, 0, tzinfo=UTC)) == date(2023, 5, 10)


def test_days_and_instants_are_written_the_vietnamese_way() -> None:
    assert format_day(date(2023, 5, 9)) == "09/05/2023"
    assert format_instant(datetime(2023, 5, 9, 8, 5, tzinfo=ZONE)) == "08:05 09/05/2023"
