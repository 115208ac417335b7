"""Months as people look at them."""

from datetime import date, timedelta

import pytest

from kheo.core.months import Month, month_of, read_month


def test_weeks_begin_on_monday_and_hold_the_whole_month() -> None:
    weeks = Month(2023, 4).weeks()
    assert (weeks[0][0], weeks[-1][-1], len(weeks)) == (date(2023, 3, 27), date(2023, 4, 30), 5)
    assert len(Month(2023, 10).weeks()) == 6
    assert len(Month(2021, 2).weeks()) == 4


def test_every_month_of_forty_years_is_whole_and_between_its_neighbours() -> None:
    month = Month(1999, 1)
    while month.year < 2039:
        days = [day for week in month.weeks() for day in week]
        assert days == [days[0] + timedelta(days=place) for place in range(len(days))]
        assert days[0].weekday() == 0
        assert {day for day in days if month_of(day) == month} == {
            month.first + timedelta(days=place) for place in range((month.last - month.first).days + 1)
        }
        assert month.next.before == month
        assert read_month(month.code) == month
        month = month.next


@pytest.mark.parametrize("text", ["", "2023", "2023-13", "2023-00", "2023-4", "1800-01", "9999-12", "２０２３-04", "2023-04-01", "x"])
def test_anything_else_is_no_month(text: str) -> None:
    assert read_month(text) is None
