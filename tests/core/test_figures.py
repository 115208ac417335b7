"""Figures: four classes of cells, totals of breakdowns, and the vector that stands for a report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.definition import Definition
from kheo.core.figures import (
    BLANK,
    LARGEST,
    NA,
    NOT_APPLICABLE,
    Figure,
    classify,
    from_vector,
    is_number,
    to_vector,
    total_of,
    unanswered,
    unknown_keys,
    with_totals,
)
from tests.core.definition.campaigns import five_no
from tests.core.definition.sample import definition_of, small

DEFINITION = definition_of(small())
figures_of_a_cell = st.one_of(st.integers(-LARGEST, LARGEST), st.just(0), st.none(), st.just(NA))


def answered(definition: Definition) -> st.SearchStrategy[dict[str, Figure]]:
    """Completely answered reports."""
    return st.fixed_dictionaries({cell.key: figures_of_a_cell for cell in definition.input_cells})


def partly_answered(definition: Definition) -> st.SearchStrategy[dict[str, Figure]]:
    """Reports with some cells still open."""
    return st.fixed_dictionaries({}, optional={cell.key: figures_of_a_cell for cell in definition.input_cells})


@pytest.mark.parametrize(("figure", "name"), [(5, "number"), (-1, "number"), (0, "zero"), (None, "blank"), (NA, "not_applicable")])
def test_a_figure_is_of_one_of_four_classes(figure: Figure, name: str) -> None:
    assert classify(figure) == name


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ((1, 2, 3), 6),
        ((1, None, NA), 1),
        ((0, None), 0),
        ((0, NA), 0),
        ((None, NA), None),
        ((None, None), None),
        ((NA, NA), NA),
    ],
)
def test_a_total_is_a_number_when_any_part_is_one(parts: tuple[Figure, ...], total: Figure) -> None:
    assert total_of(parts) == total
    figures = dict(zip(("A02.KT", "A02.VH"), parts, strict=False))
    if len(parts) == 2:
        assert with_totals(DEFINITION, figures)["A02"] == total


def test_a_typed_total_is_overwritten() -> None:
    assert with_totals(DEFINITION, {"A02": 99, "A02.KT": 1, "A02.VH": 2})["A02"] == 3
    assert "A02" not in with_totals(DEFINITION, {"A02": 99})


def test_a_total_of_open_parts_is_what_is_known() -> None:
    assert with_totals(DEFINITION, {"A02.KT": 4})["A02"] == 4
    assert with_totals(DEFINITION, {"A02.KT": None})["A02"] is None
    assert "A02" not in with_totals(DEFINITION, {"A02.KT": NA})


def test_the_figures_given_are_left_as_they_are() -> None:
    figures: dict[str, Figure] = {"A02": 99, "A02.KT": 1}
    with_totals(DEFINITION, figures)
    assert figures == {"A02": 99, "A02.KT": 1}


def test_unanswered_cells_are_those_to_be_typed() -> None:
    assert [cell.key for cell in unanswered(DEFINITION, {"A01": 0, "A02.KT": None, "A05": NA})] == ["A02.VH", "A03"]
    assert unanswered(DEFINITION, {"A01": 0, "A02.KT": 0, "A02.VH": 0, "A03": 0, "A05": 0}) == ()


def test_strange_keys_are_named() -> None:
    assert unknown_keys(DEFINITION, {"A02": 1, "A02.KT": 1, "A04": 1, "Z9": 1, "A02.XX": 1}) == ("A02.XX", "A04", "Z9")


def test_a_vector_has_every_cell_in_definition_order() -> None:
    assert to_vector(DEFINITION, {"A01": 5, "A02.KT": 2, "A02.VH": None, "A03": NA}) == [5, 2, 2, BLANK, NOT_APPLICABLE, BLANK]
    assert len(to_vector(five_no(), {})) == 106


@pytest.mark.parametrize("wrong", [LARGEST + 1, -LARGEST - 1, True, 1.5, "5", "na ", [1]])
def test_a_vector_takes_no_value_that_is_no_figure(wrong: object) -> None:
    with pytest.raises(ValueError, match="A01"):
        to_vector(DEFINITION, {"A01": wrong})  # type: ignore[dict-item]


def test_a_vector_takes_no_strange_key() -> None:
    with pytest.raises(ValueError, match="Z9"):
        to_vector(DEFINITION, {"Z9": 1})


def test_a_vector_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="5 values for 6 cells"):
        from_vector(DEFINITION, [0] * 5)


@pytest.mark.parametrize(
    ("value", "is_one"), [(0, True), (LARGEST, True), (LARGEST + 1, False), (True, False), (1.0, False), (None, False), (NA, False)]
)
def test_numbers_have_limits(value: object, is_one: bool) -> None:
    assert is_number(value) is is_one


@given(answered(DEFINITION))
def test_a_report_survives_its_vector(figures: dict[str, Figure]) -> None:
    again = from_vector(DEFINITION, to_vector(DEFINITION, figures))
    assert again == with_totals(DEFINITION, figures)
    assert {key: again[key] for key in figures} == figures


@given(st.lists(st.sampled_from([0, 1, -5, LARGEST, BLANK, NOT_APPLICABLE]), min_size=6, max_size=6))
def test_a_vector_survives_its_figures_but_for_the_totals(vector: list[int]) -> None:
    again = to_vector(DEFINITION, from_vector(DEFINITION, vector))
    assert [value for place, value in enumerate(again) if place != 1] == [value for place, value in enumerate(vector) if place != 1]


@given(partly_answered(DEFINITION))
def test_totals_are_computed_once_and_for_all(figures: dict[str, Figure]) -> None:
    once = with_totals(DEFINITION, figures)
    assert with_totals(DEFINITION, once) == once
    assert unanswered(DEFINITION, once) == unanswered(DEFINITION, figures)


@given(partly_answered(five_no()))
def test_every_value_of_a_vector_fits_64_bits(figures: dict[str, Figure]) -> None:
    assert all(-(2**63) <= value < 2**63 for value in to_vector(five_no(), figures))
