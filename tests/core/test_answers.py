"""What officers type into a cell, and what stands there afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kheo.core.answers import UNANSWERED, Answer, read_answer, write_answer
from kheo.core.figures import LARGEST, NA
from kheo.core.numbers import CellProblem

FIGURES = some.one_of(some.none(), some.just(NA), some.just(UNANSWERED), some.integers(0, LARGEST))


@given(figure=FIGURES, decimals=some.integers(0, 4))
def test_what_stands_in_a_cell_reads_back_as_the_same_answer(figure: Answer, decimals: int) -> None:
    assert read_answer(write_answer(figure, decimals), decimals) == figure


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", UNANSWERED),
        (" \t\n ", UNANSWERED),
        ("\ufeff", UNANSWERED),
        ("0", 0),
        ("-", 0),
        (" – ", 0),
        ("－", 0),
        ("Không phát sinh", 0),
        ("khong phat sinh", 0),
        ("…", None),
        ("...", None),
        ("?", None),
        ("CHƯA CÓ SỐ LIỆU", None),
        ("x", NA),
        ("X", NA),
        ("×", NA),
        ("không áp dụng", NA),
        ("1.000", 1000),
        ("１２３", 123),
        ("1 000", 1000),
    ],
)
def test_reads_signs_words_and_numbers(text: str, answer: Answer) -> None:
    assert read_answer(text, 0) == answer


@pytest.mark.parametrize("text", ["không", "không có", "na", "n/a", "xx", "1x", "--", "-5", "1,5", "😀", "9" * 500, "a" * 100_000, "\x00"])
def test_never_guesses(text: str) -> None:
    problem = read_answer(text, 0)
    assert isinstance(problem, CellProblem)
    assert problem.message.endswith(".") or "…" in problem.message


def test_a_hundred_kilobytes_of_blanks_are_no_answer() -> None:
    assert read_answer(" " * 100_000, 0) == UNANSWERED
