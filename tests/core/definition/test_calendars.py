"""Working-day calendars: the days Vietnam does not work, and what a wrong calendar file is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kheo.core.days import UncoveredYearError
from kheo.core.definition import HolidayCalendar, load_calendar
from kheo.core.definition.planning import plan_dues
from tests.core.definition.campaigns import CAMPAIGNS, five_no


def vietnam() -> HolidayCalendar:
    file = CAMPAIGNS / "calendars" / "vn.yaml"
    result = load_calendar(file.read_bytes(), file.name)
    assert result.problems == ()
    assert result.calendar is not None
    return result.calendar


def test_next_year_is_covered() -> None:
    """A canary: it fails on 1 January of the last year in the file, a year before anybody is stuck. Enter the next year then."""
    assert datetime.now(UTC).year + 1 in vietnam().working.years


def test_the_years_are_without_a_gap() -> None:
    years = sorted(vietnam().working.years)
    assert years == list(range(2022, years[-1] + 1))


def test_a_year_outside_the_file_is_a_clear_error() -> None:
    with pytest.raises(UncoveredYearError, match="Lịch nghỉ lễ chưa có dữ liệu năm 2031"):
        vietnam().working.is_working(date(2031, 5, 10))


@pytest.mark.parametrize("year", range(2022, 2029))
def test_every_year_has_its_eleven_holidays_and_what_makes_up_for_weekends(year: int) -> None:
    """Bộ luật Lao động 2019, Điều 112: eleven days; Điều 111 khoản 3: one that falls on a weekly day off is made up for."""
    calendar = vietnam()
    weekdays_off = {day for day in calendar.working.holidays if day.year == year and day.weekday() < 5}
    swapped = {day for day in calendar.working.working_weekends if day.year == year}
    assert len(weekdays_off) - len(swapped) == 11


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2022, 2, 1), "Tết Nguyên đán Nhâm Dần"),
        (date(2023, 1, 22), "Tết Nguyên đán Quý Mão và nghỉ bù"),
        (date(2024, 2, 10), "Tết Nguyên đán Giáp Thìn và nghỉ bù"),
        (date(2025, 1, 29), "Tết Nguyên đán Ất Tỵ"),
        (date(2026, 2, 17), "Tết Nguyên đán Bính Ngọ"),
        (date(2027, 2, 6), "Tết Nguyên đán Đinh Mùi và nghỉ bù"),
        (date(2024, 4, 29), "Nghỉ hoán đổi với ngày 04/5"),
        (date(2024, 5, 4), "Làm bù ngày 29/4"),
    ],
)
def test_days_are_known_by_name(day: date, name: str) -> None:
    assert vietnam().names[day] == name


def test_a_swapped_saturday_is_worked() -> None:
    working = vietnam().working
    assert working.is_working(date(2025, 4, 26))
    assert not working.is_working(date(2025, 5, 2))
    assert not working.is_working(date(2025, 4, 19))


def test_years_that_nobody_has_announced_are_marked() -> None:
    assert vietnam().provisional == {2026, 2027, 2028}


def test_the_due_dates_of_2023_settle_on_working_days() -> None:
    """18/11/2023 was a Saturday (domain.md §0.2)."""
    working = vietnam().working
    cycle = five_no().cycle("2023-N")
    assert cycle is not None
    assert {each.tier: each.day for each in plan_dues(five_no().regime, cycle, working)} == {
        "grassroots": date(2023, 11, 13),
        "reporting_units": date(2023, 11, 15),
        "federation": date(2023, 11, 20),
    }


def test_both_due_dates_of_2026_fall_on_sundays_and_move() -> None:
    working = vietnam().working
    days = [five_no().cycle(code).due["reporting_units"] for code in ("2026-6T", "2026-N")]  # type: ignore[union-attr]
    assert [day.weekday() for day in days] == [6, 6]
    assert [working.settle(day, "next") - day for day in days] == [timedelta(days=1)] * 2


HEAD = "schema_version: 1\nname: Lịch\nyears:\n  - year: 2023\n    days_off:\n"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            "      - { day: 2024-01-01, name: a }\n",
            "lich.yaml:6: years[0].days_off[0].day: 01/01/2024 không thuộc năm 2023.",
        ),
        (
            "      - { day: 2023-01-01, name: a }\n      - { day: 2023-01-01, name: b }\n",
            "lich.yaml:7: years[0].days_off[1].day: 01/01/2023 đã có ở trên.",
        ),
        (
            "      - { day: 2023-01-05, until: 2023-01-01, name: a }\n",
            "lich.yaml:6: years[0].days_off[0].until: Ngày cuối phải trong vòng 15 ngày kể từ 05/01/2023.",
        ),
        (
            "      - { day: 2023-02-30, name: a }\n",
            "lich.yaml:6: years[0].days_off[0].day: “2023-02-30” không phải là một ngày có thật.",
        ),
        (
            "      - { day: 2023-01-02, name: a }\n    working_weekends:\n      - { day: 2023-01-04, name: b }\n",
            "lich.yaml:8: years[0].working_weekends[0].day: 04/01/2023 không phải thứ Bảy hay Chủ nhật.",
        ),
        (
            "      - { day: 2023-01-02, name: a }\n  - year: 2023\n    days_off: []\n",
            "lich.yaml:7: years[1].year: Năm 2023 đã có ở trên.",
        ),
    ],
)
def test_a_wrong_day_is_told_with_its_line(lines: str, problem: str) -> None:
    result = load_calendar(HEAD + lines, "lich.yaml")
    assert [str(each) for each in result.problems] == [problem]
    assert result.calendar is None


def test_a_calendar_without_years_is_refused() -> None:
    result = load_calendar("schema_version: 1\nname: Lịch\nyears: []\n", "lich.yaml")
    assert [str(problem) for problem in result.problems] == ["lich.yaml:3: years: Danh sách trống; cần ít nhất một năm."]


@pytest.mark.parametrize("text", ["- 1\n", "chữ", "schema_version: 1\nname: a\nyears: 5\n"])
def test_a_file_that_is_no_calendar_is_told_so(text: str) -> None:
    result = load_calendar(text, "lich.yaml")
    assert result.calendar is None
    assert all("Input" not in problem.message for problem in result.problems)
    assert len(result.problems) == 1
