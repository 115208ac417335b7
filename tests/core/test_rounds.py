"""Rounds and days on each side, from the instants of the acts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.days import WorkingCalendar, local_day
from kheo.core.rounds import Days, Rounds, Turn, days_words, rounds_of, rounds_words

# 2/9 is a holiday (a Saturday in 2023), and Monday 4/9 is off in its place.
CALENDAR = WorkingCalendar(frozenset({2023}), frozenset({date(2023, 9, 1), date(2023, 9, 4)}), frozenset({date(2023, 9, 9)}))


def at(day: int, hour: int = 9, month: int = 9) -> datetime:
    """An hour of Asia/Ho_Chi_Minh."""
    return datetime(2023, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


def test_nothing_sent_has_no_rounds() -> None:
    assert rounds_of([], now=at(20), calendar=CALENDAR) == Rounds(0, 0, Days(0, 0), Days(0, 0), False, False)


def test_what_waits_counts_for_the_recipient_up_to_now() -> None:
    found = rounds_of([Turn(at(5))], now=at(8), calendar=CALENDAR)
    assert found == Rounds(1, 0, Days(0, 0), Days(3, 3), is_with_unit=False, is_with_recipient=True)


def test_two_rounds_count_on_the_side_that_had_the_report() -> None:
    turns = [Turn(at(5), at(7), "return"), Turn(at(12), at(12, 15), "return"), Turn(at(13), at(14), "accept")]
    found = rounds_of(turns, now=at(30), calendar=CALENDAR)
    # 7 → 12: Thursday, Friday, the Saturday that is worked, Monday; 12 → 13.
    assert found == Rounds(3, 2, Days(6, 5), Days(3, 3), is_with_unit=False, is_with_recipient=False)


def test_what_was_returned_counts_for_the_unit_up_to_now() -> None:
    found = rounds_of([Turn(at(5), at(5), "return")], now=at(6), calendar=CALENDAR)
    assert (found.at_unit, found.at_recipient, found.is_with_unit) == (Days(1, 1), Days(0, 0), True)


def test_the_time_after_an_acceptance_is_nobodys_delay() -> None:
    turns = [Turn(at(5), at(6), "accept"), Turn(at(25), at(26), "accept")]
    assert rounds_of(turns, now=at(30), calendar=CALENDAR).at_unit == Days(0, 0)


def test_a_submission_called_back_is_no_return_but_the_units_time() -> None:
    found = rounds_of([Turn(at(5), at(6), "recall"), Turn(at(8))], now=at(8), calendar=CALENDAR)
    assert (found.sent, found.returned, found.at_unit, found.at_recipient) == (2, 0, Days(2, 2), Days(1, 1))


def test_days_change_at_midnight_in_ho_chi_minh() -> None:
    late, early = at(5, 23) + timedelta(minutes=59), at(6, 0)
    assert rounds_of([Turn(late, early, "accept")], now=at(30), calendar=CALENDAR).at_recipient == Days(1, 1)
    assert rounds_of([Turn(at(5, 0), late, "accept")], now=at(30), calendar=CALENDAR).at_recipient == Days(0, 0)


def test_days_off_are_no_working_days() -> None:
    """1/9 to 5/9: a holiday, a weekend, and the Monday in place of the holiday."""
    assert rounds_of([Turn(at(1), at(5), "accept")], now=at(30), calendar=CALENDAR).at_recipient == Days(4, 0)


@pytest.mark.parametrize("calendar", [None, WorkingCalendar(frozenset({2022}), frozenset(), frozenset())])
def test_without_a_calendar_of_the_year_working_days_are_not_guessed(calendar: WorkingCalendar | None) -> None:
    assert rounds_of([Turn(at(5), at(7), "accept")], now=at(30), calendar=calendar).at_recipient == Days(2, None)


def test_a_clock_set_back_gives_no_negative_days() -> None:
    assert rounds_of([Turn(at(9))], now=at(7), calendar=CALENDAR).at_recipient == Days(0, 0)


@given(st.lists(st.integers(0, 200), min_size=2, max_size=9), st.booleans())
def test_the_days_of_both_sides_add_up_to_the_whole(hours: list[int], is_open: bool) -> None:
    """Between the first submission and now, or the acceptance, every day is on exactly one side."""
    instants = [at(5) + timedelta(hours=hour) for hour in sorted(hours)]
    turns = [Turn(sent, ended, "return") for sent, ended in zip(instants[::2], instants[1::2], strict=False)]
    if len(instants) % 2:
        turns.append(Turn(instants[-1]) if is_open else Turn(instants[-1], instants[-1], "accept"))
    now = instants[-1] + timedelta(days=3)
    found = rounds_of(turns, now=now, calendar=CALENDAR)
    end = now if found.is_with_unit or found.is_with_recipient else instants[-1]
    assert found.at_unit.calendar + found.at_recipient.calendar == (local_day(end) - local_day(instants[0])).days
    assert found.at_unit.working is not None
    assert found.at_unit.working <= found.at_unit.calendar


def test_it_is_told_in_words() -> None:
    assert rounds_words(rounds_of([], now=at(5), calendar=CALENDAR)) == ""
    assert (
        rounds_words(rounds_of([Turn(at(5))], now=at(5), calendar=CALENDAR)) == "1 lần nộp, chưa lần nào trả lại; nơi nhận duyệt trong ngày"
    )
    turns = [Turn(at(5), at(6), "return"), Turn(at(12))]
    expected = "2 lần nộp, 1 lần trả lại; đơn vị sửa 6 ngày (5 ngày làm việc), nơi nhận duyệt 2 ngày (2 ngày làm việc)"
    assert rounds_words(rounds_of(turns, now=at(13), calendar=CALENDAR)) == expected
    assert days_words(Days(4, None)) == "4 ngày"
