"""The data cut-off is not the due date."""

from datetime import date

import pytest

from kheo.core.cutoff import after_cutoff_words, cutoff_words, early_words, is_between, round_asked

CUTOFF, DUE = date(2023, 11, 10), date(2023, 11, 13)


@pytest.mark.parametrize(("day", "between"), [(9, False), (10, False), (11, True), (13, True), (14, False)])
def test_after_the_cutoff_and_until_the_due_date_there_is_time_to_write_only(day: int, between: bool) -> None:
    assert is_between(date(2023, 11, day), CUTOFF, DUE) is between


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (8, "Chốt số liệu hết ngày 10/11/2023 (còn 2 ngày)"),
        (10, "Hôm nay là ngày chốt số liệu (10/11/2023)"),
        (11, "Đã chốt số liệu hết ngày 10/11/2023"),
    ],
)
def test_says_how_far_the_cutoff_is(day: int, words: str) -> None:
    assert cutoff_words(date(2023, 11, day), CUTOFF) == words


def test_says_what_belongs_to_which_cycle() -> None:
    words = "Chỉ ghi việc phát sinh đến hết ngày 10/11/2023; việc từ ngày 11/11/2023 trở đi để dành cho kỳ sau."
    assert after_cutoff_words(CUTOFF) == words


@pytest.mark.parametrize(("day", "is_said"), [(9, True), (10, True), (11, False)])
def test_sending_before_the_cutoff_is_told_to_leave_things_out(day: int, is_said: bool) -> None:
    assert bool(early_words(CUTOFF, date(2023, 11, day))) is is_said


ROUNDS = [date(2022, 11, 10), date(2023, 5, 5), date(2023, 11, 10)]


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2023, 4, 4), None),  # the one before the last is not known
        (date(2023, 4, 5), (ROUNDS[0], ROUNDS[1])),
        (date(2023, 5, 5), (ROUNDS[0], ROUNDS[1])),
        (date(2023, 10, 10), (ROUNDS[0], ROUNDS[1])),
        (date(2023, 10, 11), (ROUNDS[1], ROUNDS[2])),
        (date(2024, 2, 1), (ROUNDS[1], ROUNDS[2])),
    ],
)
def test_something_is_wanted_for_the_cut_off_that_is_near_else_for_the_last(today: date, wanted: tuple[date, date] | None) -> None:
    assert round_asked(ROUNDS, today, 30) == wanted
