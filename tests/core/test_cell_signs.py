"""How one number of a table reads."""

from decimal import Decimal

import pytest

from kheo.core.cell_signs import Ratio, Sum, ratio_of, sum_of
from kheo.core.definition import Definition
from kheo.core.rollup import CellTally


def tally(total: int = 0, *, zero: int = 0, blank: int = 0, na: int = 0, reported: int) -> CellTally:
    return CellTally(total, zero, blank, na, reported)


@pytest.mark.parametrize(
    ("cell", "sign"),
    [
        (tally(7, reported=3), "number"),
        (tally(0, zero=2, reported=2), "zero"),
        (tally(0, zero=1, blank=1, reported=2), "zero"),
        (tally(blank=1, na=1, reported=2), "blank"),
        (tally(na=2, reported=2), "na"),
        (tally(reported=0), "missing"),
    ],
)
def test_missing_blank_and_not_applicable_are_never_zero(cell: CellTally, sign: str) -> None:
    shown = sum_of(cell, 5, 0)
    assert (shown.sign, shown.text == "") == (sign, sign not in ("number", "zero"))


def test_it_says_how_many_units_stand_behind() -> None:
    shown = sum_of(tally(24853, zero=3, blank=2, na=4, reported=412), 430, 0)
    assert (shown.text, shown.behind, shown.is_short) == ("24.853", "406/426", True)


def test_a_number_of_all_units_is_not_short() -> None:
    shown = sum_of(tally(12345, zero=1, na=1, reported=3), 3, 2)
    assert (shown.text, shown.behind, shown.is_short) == ("123,45", "2/2", False)


def test_behind_the_wall_there_is_neither_a_value_nor_a_text() -> None:
    assert sum_of(tally(3, reported=1), 1, 0, veil="small") == Sum("small", None, 0, 1, 1)
    assert sum_of(tally(30, reported=1), 1, 0, veil="covered").text == ""


def test_a_ratio_is_computed_from_its_sums(mini: Definition) -> None:
    shown = ratio_of(mini.indicator("C202R"), {"C202": 2, "C201": 3}.get, is_missing=False)
    assert (shown, shown.text) == (Ratio("number", Decimal("0.6667"), 2, 3), "66,67 %")


@pytest.mark.parametrize(("sums", "sign"), [({"C202": 0, "C201": 0}, "na"), ({"C201": 3}, "blank"), ({}, "blank")])
def test_a_ratio_without_its_sums_says_why(mini: Definition, sums: dict[str, int], sign: str) -> None:
    assert ratio_of(mini.indicator("C202R"), sums.get, is_missing=False).sign == sign


def test_a_ratio_of_nothing_reported_is_missing(mini: Definition) -> None:
    assert ratio_of(mini.indicator("C202R"), {}.get, is_missing=True).sign == "missing"
