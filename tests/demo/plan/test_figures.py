"""The figures of every unit are plausible and pass every check; the published totals come out exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.checking import CellProblem, problems_of
from kheo.core.definition import Definition
from kheo.core.figures import with_totals
from kheo.demo.plan.courses import Draft
from kheo.demo.plan.figures import FigureBook
from kheo.demo.plan.published import published_totals, spread_published
from kheo.demo.plan.tree import FEWEST
from tests.demo.plan.campaign import SEED, contents, edition, papers, tree

PUBLISHED = {
    "B01.KT": 4364, "B01.VHXH": 5386, "B01.QPAN": 3554, "B01.HTCT": 3532, "B01.ASXH": 6213, "B01.KHAC": 1804,
    "B04": 7593, "B05": 21_900, "D01": 5461, "D02": 7418, "D03": 409,
}  # fmt: skip
EDITIONS = {"2022": "5-khong.2022", "2023-6T": "5-khong", "2023-N": "5-khong"}


def problems(cycle: str, draft: Draft) -> dict[str, tuple[CellProblem, ...]]:
    definition = edition(EDITIONS[cycle])
    found = {unit: problems_of(definition, said.figures, said.narrative) for unit, said in contents(cycle, draft).items()}
    return {unit: those for unit, those in found.items() if those}


def test_the_totals_of_2022_are_those_that_the_directive_publishes() -> None:
    assert published_totals() == PUBLISHED


@settings(max_examples=12)
@given(st.integers(FEWEST, 900), st.integers(0, 10_000))
def test_the_published_totals_are_spread_exactly_for_any_size_and_seed(count: int, seed: int) -> None:
    shares = spread_published(tree(count, seed).units, seed)
    assert {cell: sum(unit[cell] for unit in shares.values()) for cell in PUBLISHED} == PUBLISHED


def test_what_the_units_write_in_2022_adds_up_to_the_published_totals() -> None:
    reports = [said.figures for said in contents("2022", Draft.RIGHT).values()]
    assert {cell: sum(value for figures in reports if isinstance(value := figures[cell], int)) for cell in PUBLISHED} == PUBLISHED


@pytest.mark.parametrize("cycle", EDITIONS)
def test_a_right_report_answers_every_cell_and_raises_no_problem(cycle: str) -> None:
    assert problems(cycle, Draft.RIGHT) == {}


@pytest.mark.parametrize("draft", [Draft.FIRST, Draft.ODD, Draft.AMENDED])
def test_a_report_with_a_slip_can_be_sent_all_the_same(draft: Draft) -> None:
    severities = {each.severity for those in problems("2023-N", draft).values() for each in those}
    assert severities <= {"question"}


def test_a_slip_changes_what_is_said_and_is_what_the_reviewer_remarks() -> None:
    written, rights = papers("2023-N"), contents("2023-N", Draft.RIGHT)
    for unit, wrong in contents("2023-N", Draft.FIRST).items():
        right = rights[unit]
        changed = {key for key in right.figures if right.figures[key] != wrong.figures[key]}
        changed |= {f"section:{key}" for key in right.narrative if right.narrative[key] != wrong.narrative[key]}
        reason, remarks = written.remarks(unit)
        assert {remark.target for remark in remarks} == changed
        assert reason
    assert problems("2023-N", Draft.FIRST), "some slips raise a question before the reviewer does"


def test_what_is_kept_is_another_place_with_a_number_and_says_why() -> None:
    written, rights = papers("2023-N"), contents("2023-N", Draft.RIGHT)
    kept = {unit: found for unit in rights if (found := written.kept(unit))}
    assert 0 < len(kept) < len(rights)
    for unit, each in kept.items():
        assert each.remark.target not in {remark.target for remark in written.remarks(unit)[1]}
        assert contents("2023-N", Draft.FIRST)[unit].figures[each.remark.target] == rights[unit].figures[each.remark.target]
        assert each.answer


def test_the_half_year_never_exceeds_the_year_in_what_adds_up() -> None:
    definition = edition("5-khong")
    sums = [cell.key for cell in definition.input_cells if definition.indicator(cell.indicator).aggregation == "sum"]
    half, year = contents("2023-6T", Draft.RIGHT, 200), contents("2023-N", Draft.RIGHT, 200)
    for unit in half:
        for cell in sums:
            part, whole = half[unit].figures[cell], year[unit].figures[cell]
            assert not isinstance(part, int) or not isinstance(whole, int) or part <= whole, (unit, cell)


def test_both_cycles_of_a_year_begin_with_the_same_points() -> None:
    half, year = contents("2023-6T", Draft.RIGHT), contents("2023-N", Draft.RIGHT)
    assert {unit: said.figures["C301"] for unit, said in half.items()} == {unit: said.figures["C301"] for unit, said in year.items()}


def test_all_four_kinds_of_figures_occur() -> None:
    figures = [value for said in contents("2023-N", Draft.RIGHT).values() for value in said.figures.values()]
    assert 0 in figures
    assert None in figures
    assert "na" in figures
    assert sum(isinstance(value, int) and value > 0 for value in figures) > len(figures) / 3


def test_the_year_after_is_near_the_year_before() -> None:
    definition = edition("5-khong")
    reports = [with_totals(definition, said.figures) for said in contents("2023-N", Draft.RIGHT).values()]
    before = {"B01": 24_853, "B04": 7593, "B05": 21_900, "D01": 5461, "D02": 7418, "D03": 409}
    now = {code: sum(value for each in reports if isinstance(value := each[code], int)) for code in before}
    assert all(0.8 < now[code] / before[code] < 1.4 for code in before), now


def test_an_indicator_without_a_profile_is_named() -> None:
    definition = edition("5-khong")
    extra = definition.indicators[0].model_copy(update={"code": "Z99"})
    wider: Definition = definition.model_copy(update={"indicators": (*definition.indicators, extra)})
    with pytest.raises(LookupError, match="Z99"):
        FigureBook(wider, tree(), {}, SEED)
