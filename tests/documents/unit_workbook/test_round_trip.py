"""What is typed into the workbook comes back exactly."""

import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.answers import write_answer
from kheo.core.definition import definition_hash
from kheo.core.figures import LARGEST, Figure
from kheo.core.text import written
from kheo.documents.unit_workbook import make_workbook
from kheo.documents.unit_workbook.layout import NOTE
from tests.documents.unit_workbook.books import GOOD, TEXTS, address, filled, good, mini, order, past, read, real, saved, value_cell

FIGURE = st.one_of(st.none(), st.just("na"), st.just(0), st.integers(0, LARGEST))
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00\ufffe\uffff"), max_size=300)


def test_a_filled_workbook_gives_its_answers_and_no_problem() -> None:
    reading = read(good(), mini(), address(mini()))
    assert reading.problems == ()
    assert reading.figures == GOOD
    assert reading.narrative == TEXTS
    assert reading.address == address(mini())
    assert reading.is_storable
    assert reading.rows == len(mini().cells) + 2  # two ratios


def test_every_cell_of_the_real_campaign_comes_back() -> None:
    asked = real()
    figures: dict[str, Figure] = {cell.key: (cell.position, None, "na", 0)[cell.position % 4] for cell in asked.input_cells}
    typed = {cell.key: as_typed(figures[cell.key], asked.indicator(cell.indicator).decimals) for cell in asked.input_cells}
    reading = read(filled(make_workbook(order(asked, past=past(asked))), asked, typed), asked)
    assert reading.figures == figures
    assert [problem for problem in reading.problems if problem.stage != "report"] == []


def test_an_empty_workbook_says_which_cells_are_open() -> None:
    reading = read(make_workbook(order(mini())))
    assert reading.figures == {}
    assert reading.is_storable
    assert [(problem.cell, problem.target) for problem in reading.errors] == [
        *((value_cell(mini(), cell.key), cell.key) for cell in mini().input_cells),
        ("C6", "section:I"),
    ]


@settings(max_examples=40)
@given(
    st.fixed_dictionaries({}, optional={cell.key: FIGURE for cell in mini().input_cells}),
    st.fixed_dictionaries({}, optional={section.id: TEXT for section in mini().outline}),
)
def test_any_draft_comes_back_from_the_workbook_as_made(figures: dict[str, Figure], narrative: dict[str, str]) -> None:
    reading = read(make_workbook(order(mini(), figures=figures, narrative=narrative, past=past(mini()))))
    assert reading.figures == figures
    kept = {section: text for section, text in narrative.items() if text.strip()}
    assert {section: text.strip() for section, text in reading.narrative.items()} == {
        section: written_of(text) for section, text in kept.items()
    }


def as_typed(figure: Figure, decimals: int = 0) -> float | str:
    """A number as it is typed, or one of the three words."""
    return figure / 10**decimals if isinstance(figure, int) else write_answer(figure, decimals)


def written_of(text: str) -> str:
    return written(text).strip()


@settings(max_examples=25)
@given(
    st.fixed_dictionaries({}, optional={cell.key: FIGURE for cell in mini().input_cells}),
    st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" \n"), max_size=200),
)
def test_any_figures_typed_into_an_empty_workbook_come_back(figures: dict[str, Figure], text: str) -> None:
    typed = {key: as_typed(figure) for key, figure in figures.items()}
    reading = read(filled(make_workbook(order(mini())), mini(), typed, {"I": text}))
    assert reading.figures == figures
    assert reading.narrative.get("I", "").strip() == written_of(text)


def test_notes_come_back() -> None:
    book = openpyxl.load_workbook(io.BytesIO(good()))
    book["Số liệu"][value_cell(mini(), "B02", NOTE)] = "Tăng do có hai đơn vị mới."
    reading = read(saved(book))
    assert reading.notes == {"B02": "Tăng do có hai đơn vị mới."}
    assert reading.problems == ()


def test_the_same_order_gives_the_same_bytes() -> None:
    assert make_workbook(order(real(), past=past(real()))) == make_workbook(order(real(), past=past(real())))


def test_the_address_names_campaign_cycle_unit_and_edition() -> None:
    found = read(make_workbook(order(mini(), unit_code="A|B %/x", cycle_code="2023-N"))).address
    assert found is not None
    assert (found.campaign, found.cycle, found.unit, found.edition) == ("mini", "2023-N", "A|B %/x", definition_hash(mini()))


def test_a_check_that_numbers_of_registers_break_asks_in_the_workbook_and_one_of_typed_numbers_demands() -> None:
    asked, figures = real(), {"C304": 1, "C306": 2, "D06": 1, "D06a": 2}
    data = make_workbook(order(asked, figures=figures, following=frozenset({"C304", "C306", "D06"})))
    for cells in (openpyxl.load_workbook(io.BytesIO(data), data_only=values)["Kiểm tra"] for values in (True, False)):
        rows = [[str(each.value) for each in row] for row in cells.iter_rows()]
        (converted,), (applied,) = ([row for row in rows if "nhiều hơn số " + which in row[1]] for which in ("điểm đã xử lý", "bài đã gửi"))
        assert (converted[0], applied[0]) == ("Nên xem lại", "Phải sửa")
        assert ("Xem lại: " in converted[1], "Phải sửa: " in applied[1]) == (True, True)
