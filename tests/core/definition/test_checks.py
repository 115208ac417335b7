"""Checks of figures: what is wrong is told with the numbers themselves and the cells to look at."""

import pytest

from kheo.core.definition import CheckProblem, run_checks
from kheo.core.figures import NA, Figure
from tests.core.definition.campaigns import SECOND, five_no, load
from tests.core.definition.sample import definition_of, small

POINTS: dict[str, Figure] = {"C301": 7000, "C302": 600, "C303": 3, "C304": 10, "C305": 7593, "C306": 0}


def test_a_balance_that_holds_is_silent() -> None:
    assert run_checks(five_no(), POINTS) == ()


def test_a_balance_that_does_not_hold_is_told_with_both_numbers() -> None:
    assert run_checks(five_no(), POINTS | {"C305": 7500}) == (
        CheckProblem(
            check_id="pollution_balance",
            severity="error",
            message="Điểm ô nhiễm cuối kỳ ghi 7.500, nhưng đầu kỳ cộng phát sinh cộng tái phát sinh trừ đã xử lý là 7.593.",
            cells=("C301", "C302", "C303", "C304", "C305"),
        ),
    )


@pytest.mark.parametrize("code", sorted(POINTS))
def test_a_blank_or_unanswered_cell_skips_its_checks(code: str) -> None:
    wrong = POINTS | {"C305": 1, "C304": 9000, "C306": 9001}
    told = {problem.check_id for problem in run_checks(five_no(), wrong)}
    assert told == {"pollution_balance", "cleared_points", "converted_points"}
    blank = {problem.check_id for problem in run_checks(five_no(), wrong | {code: None})}
    absent = {problem.check_id for problem in run_checks(five_no(), {key: figure for key, figure in wrong.items() if key != code})}
    assert blank == absent
    assert all(code not in problem.cells for problem in run_checks(five_no(), wrong | {code: None}))


def test_not_applicable_counts_as_zero() -> None:
    figures = POINTS | {"C303": NA, "C305": 7590}
    assert run_checks(five_no(), figures) == ()


def test_every_wrong_relation_is_told_in_definition_order() -> None:
    figures: dict[str, Figure] = {"C201": 10, "C202": 11, "C104": 4, "C104a": 5, "D06": 1, "D06a": 2}
    assert [problem.message for problem in run_checks(five_no(), figures)] == [
        "Hộ vay qua CEP (5) nhiều hơn tất cả hộ được hỗ trợ vay vốn (4).",
        "Thủ tục giải quyết đúng và trước hạn (11) nhiều hơn số đã giải quyết (10).",
        "Bài hiến kế được áp dụng (2) nhiều hơn số bài đã gửi (1).",
    ]


def test_money_typed_in_millions_is_questioned() -> None:
    (problem,) = run_checks(five_no(), {"C104": 1200, "C105": 36_000})
    assert problem.severity == "question"
    assert problem.message == (
        "Số vốn vay là 36.000 đồng, ít hơn 120.000.000 đồng (100.000 đồng mỗi hộ); có phải đã ghi theo nghìn hay triệu đồng?"
    )


def test_behind_a_total_stand_the_typed_parts() -> None:
    figures: dict[str, Figure] = {"B03": 9, "B02": 1, "B01.KT": 2, "B01.VHXH": None}
    (problem,) = run_checks(five_no(), figures)
    assert problem.cells == ("B01.KT", "B01.VHXH", "B01.QPAN", "B01.HTCT", "B01.ASXH", "B01.KHAC", "B02", "B03")
    assert problem.message == "Mô hình được công nhận (9) nhiều hơn số đăng ký mới cộng số đang duy trì (3); xin xem lại."


def test_scaled_numbers_are_told_as_people_write_them() -> None:
    (problem,) = run_checks(load(SECOND), {"R1": 1_500_250, "R2": 2_000_000})
    assert problem.message == "Rác tái chế được (2.000,000 tấn) nhiều hơn tổng khối lượng rác (1.500,250 tấn)."


@pytest.mark.parametrize(("operator", "holds"), [("==", {3}), ("<=", {1, 2, 3}), (">=", {3, 4, 5})])
def test_the_three_relations(operator: str, holds: set[int]) -> None:
    data = small()
    data["checks"][0] |= {"operator": operator, "right": "3", "message": "{left} {right} {difference}"}
    definition = definition_of(data)
    assert {value for value in range(1, 6) if not run_checks(definition, {"A01": value})} == holds


def test_the_difference_can_be_told() -> None:
    data = small()
    data["checks"][0] |= {"operator": "==", "right": "3 - A05", "message": "{left} / {right} / {difference}"}
    (problem,) = run_checks(definition_of(data), {"A01": 1000, "A05": 2000})
    assert problem.message == "1.000 / -1.997 / 2.997"
