"""A check that forbids, between numbers that registers count: it asks where these alone break it, and forbids what is typed."""

import pytest

from kheo.core.checking import FROM_BEFORE, problems_of
from kheo.core.counted_cells import CountedCell
from kheo.core.definition import Definition
from kheo.core.figures import Figure
from kheo.core.oddness import questions
from kheo.core.plausibility import Standard
from tests.core.definition.campaigns import five_no

CONVERTED = "Điểm đã chuyển hóa (2) nhiều hơn số điểm đã xử lý (1)."
APPLIED = "Bài hiến kế được áp dụng (2) nhiều hơn số bài đã gửi (1)."


def counting(**numbers: int) -> Standard:
    """What registers count."""
    return Standard(counted={key: CountedCell(key, number, "so", "Sổ", "đếm") for key, number in numbers.items()})


def told(definition: Definition, figures: dict[str, Figure], standard: Standard) -> list[tuple[str, str, str]]:
    """What is said of the checks alone."""
    said = problems_of(definition, figures, {}, standard)
    return [(each.target, each.severity, each.message) for each in said if "nhiều hơn" in each.message]


@pytest.mark.parametrize(("part", "whole", "message"), [("C306", "C304", CONVERTED), ("D06a", "D06", APPLIED)])
@pytest.mark.parametrize(
    ("counted", "asks"),
    [
        ({"part": 2, "whole": 1}, True),
        ({}, False),  # both typed
        ({"part": 2}, False),  # one typed
        ({"whole": 1}, False),
        ({"part": 2, "whole": 3}, False),  # counted, and another number written
        ({"part": 1, "whole": 1}, False),
    ],
)
def test_it_asks_where_numbers_of_registers_alone_break_it(
    part: str, whole: str, message: str, counted: dict[str, int], asks: bool
) -> None:
    standard = counting(**{{"part": part, "whole": whole}[key]: number for key, number in counted.items()})
    figures: dict[str, Figure] = {part: 2, whole: 1}
    first = next(cell.key for cell in five_no().input_cells if cell.key in figures)
    expected = ("question", f"{message} {FROM_BEFORE}") if asks else ("error", message)
    assert told(five_no(), figures, standard) == [(first, *expected)]


def test_every_other_check_forbids_what_is_counted_as_well() -> None:
    figures: dict[str, Figure] = {"C205": 1, "C206": 2, "C504": 1, "C504a": 2, "C502": 1, "C502a": 2, "C104": 1, "C104a": 2}
    standard = counting(**{key: int(number or 0) for key, number in figures.items()})
    assert [severity for _, severity, _ in told(five_no(), figures, standard)] == ["error"] * 4


def test_who_reads_what_was_sent_is_told_what_could_fail() -> None:
    assert {"converted_points", "ideas_applied"} <= {each.id for each in questions(five_no())}
    assert "feedback_on_time" not in {each.id for each in questions(five_no())}
