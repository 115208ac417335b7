"""Formulas: weighted sums of cells, read by a parser of our own."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.definition import Formula, FormulaProblem, parse_formula, read_formula

VALUES: Mapping[str, int | None] = {"A01": 7, "A02": 3, "B01.KT": 100, "C308a": 1, "system:on_time": 9, "X": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A01", 7),
        ("B01.KT", 100),
        ("C308a", 1),
        ("system:on_time", 9),
        ("A01 + A02", 10),
        ("A01 - A02 - A02", 1),
        ("A01 − A02", 4),
        ("A01-(A02-1)", 5),
        ("2 * A01 * 3", 42),
        ("2 × A01", 14),
        ("-A01 + 10", 3),
        ("--A01", 7),
        ("2 * (A01 + 3 * (A02 - 1))", 26),
        ("A01 - A01", 0),
        ("12", 12),
    ],
)
def test_gives_the_value(text: str, value: int) -> None:
    assert parse_formula(text).evaluate(VALUES.__getitem__) == value


@pytest.mark.parametrize("text", ["X", "A01 + X", "A01 * 0 + X * 0", "X - X"])
def test_is_unknown_when_any_cell_is(text: str) -> None:
    assert parse_formula(text).evaluate(VALUES.__getitem__) is None


def test_knows_its_codes_and_weights() -> None:
    formula = parse_formula("C301 + 2 * (C302 - C304) + C302 + 5")
    assert formula.codes == {"C301", "C302", "C304"}
    assert formula.terms == (("C301", 1), ("C302", 3), ("C304", -2))
    assert formula.constant == 5


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "Cần một mã chỉ tiêu hoặc một số, nhưng gặp hết công thức."),
        ("A01 +", 5, "Cần một mã chỉ tiêu hoặc một số, nhưng gặp hết công thức."),
        ("A01 + * A02", 6, "Cần một mã chỉ tiêu hoặc một số, nhưng gặp “*”."),
        ("A01 A02", 4, "Thiếu phép tính trước “A02”."),
        ("(A01", 4, "Thiếu dấu đóng ngoặc “)”."),
        ("A01)", 3, "Thiếu phép tính trước “)”."),
        ("A01 / A02", 4, "Ký hiệu “/” không dùng được trong công thức."),
        ("A01 ** 2", 5, "Cần một mã chỉ tiêu hoặc một số, nhưng gặp “*”."),
        ("a01", 0, "Ký hiệu “a” không dùng được trong công thức."),
        ("A01 + ２", 6, "Ký hiệu “２” không dùng được trong công thức."),
        ("A01 * (A02 + 1)", 4, "Không nhân hai chỉ tiêu với nhau: tích của các tổng không phải là tổng của các tích."),
        ("9" * 16, 0, "Số trong công thức dài quá 15 chữ số."),
        ("A01\x00", 3, "Ký hiệu “?” không dùng được trong công thức."),
        ("(" * 21 + "A01" + ")" * 21, 20, "Công thức lồng nhau quá 20 tầng."),
        ("-" * 499, 20, "Công thức lồng nhau quá 20 tầng."),
        ("A01 + " * 100, 500, "Công thức dài quá 500 ký tự."),
    ],
)
def test_says_what_is_wrong_and_where(text: str, position: int, message: str) -> None:
    assert read_formula(text) == FormulaProblem(message, position)


def test_twenty_levels_are_read() -> None:
    assert parse_formula("(" * 20 + "A01" + ")" * 20).codes == {"A01"}


@pytest.mark.parametrize("text", ["__import__('os')", "A01.__class__", "lambda: 1", "A01 if A02 else 3", "[A01]", "A01;A02", "A01 == A02"])
def test_no_python_is_a_formula(text: str) -> None:
    assert isinstance(read_formula(text), FormulaProblem)


def test_a_checked_formula_that_cannot_be_read_is_a_bug() -> None:
    with pytest.raises(ValueError, match="character 6"):
        parse_formula("A01 +")


NAMES = ("A01", "A02", "B01.KT", "C308a")


@st.composite
def written(draw: st.DrawFn, depth: int = 4) -> tuple[str, dict[str, int], int]:
    """A formula as text, with the weights and the constant it stands for."""
    if depth == 0 or draw(st.booleans()):
        if draw(st.booleans()):
            name = draw(st.sampled_from(NAMES))
            return name, {name: 1}, 0
        number = draw(st.integers(0, 1000))
        return str(number), {}, number
    left, left_weights, left_constant = draw(written(depth - 1))
    right, right_weights, right_constant = draw(written(depth - 1))
    sign = draw(st.sampled_from([1, -1]))
    weights = {name: left_weights.get(name, 0) + sign * right_weights.get(name, 0) for name in left_weights | right_weights}
    factor = draw(st.integers(0, 9))
    space = draw(st.sampled_from(["", " ", "  "]))
    text = f"{factor}{space}*({left}{space}{'+' if sign > 0 else '-'}{space}({right}))"
    scaled = {name: factor * weight for name, weight in weights.items()}
    return text, scaled, factor * (left_constant + sign * right_constant)


@given(written())
def test_weights_are_those_of_school_arithmetic(case: tuple[str, dict[str, int], int]) -> None:
    text, weights, constant = case
    formula = read_formula(text)
    if len(text) > 500:
        assert isinstance(formula, FormulaProblem)
        return
    assert isinstance(formula, Formula)
    assert (dict(formula.terms), formula.constant) == (weights, constant)


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_a_problem(text: str) -> None:
    result = read_formula(text)
    if isinstance(result, FormulaProblem):
        assert 0 <= result.position <= len(text)


@given(
    st.dictionaries(st.sampled_from(NAMES), st.integers(-(10**15), 10**15)),
    st.dictionaries(st.sampled_from(NAMES), st.integers(-(10**15), 10**15)),
)
def test_the_value_of_a_total_is_the_total_of_the_values(one: dict[str, int], other: dict[str, int]) -> None:
    formula = parse_formula("2 * A01 - (A02 - 3 * B01.KT) + C308a")
    first, second = formula.evaluate(lambda name: one.get(name, 0)), formula.evaluate(lambda name: other.get(name, 0))
    both = formula.evaluate(lambda name: one.get(name, 0) + other.get(name, 0))
    assert first is not None
    assert second is not None
    assert both == first + second
