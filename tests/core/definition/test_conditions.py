"""Conditions on fields of records."""

import pytest
from pydantic import ValidationError

from kheo.core.definition.conditions import Condition, Value, holds, in_words

VALUES: dict[str, Value] = {"loai": "CT", "so": 5, "ngay": "2023-05-01", "co": True, "dip": ("NS", "XHH")}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"field": "loai", "equals": "CT"}, True),
        ({"field": "loai", "equals": "MH"}, False),
        ({"field": "loai", "differs": "MH"}, True),
        ({"field": "khong_co", "differs": "MH"}, True),
        ({"field": "khong_co", "equals": "MH"}, False),
        ({"field": "loai", "one_of": ["MH", "CT"]}, True),
        ({"field": "so", "at_least": 5}, True),
        ({"field": "so", "at_least": 6}, False),
        ({"field": "so", "at_most": 5}, True),
        ({"field": "khong_co", "at_most": 5}, False),
        ({"field": "ngay", "at_least": "2023-05-01"}, True),
        ({"field": "ngay", "at_most": "2023-04-30"}, False),
        ({"field": "co", "equals": True}, True),
        ({"field": "co", "equals": 1}, False),
        ({"field": "dip", "equals": "XHH"}, True),
        ({"field": "dip", "differs": "XHH"}, False),
        ({"field": "dip", "one_of": ["CD", "NS"]}, True),
        ({"field": "so", "filled": True}, True),
        ({"field": "khong_co", "filled": False}, True),
        ({"field": "so", "at_least": "2023-05-01"}, False),
    ],
)
def test_holds_or_does_not(condition: dict[str, object], expected: bool) -> None:
    assert holds([Condition.model_validate(condition)], VALUES) is expected


def test_all_must_hold_and_none_holds_always() -> None:
    good, bad = Condition(field="so", at_least=5), Condition(field="so", at_least=6)
    assert (holds([], {}), holds([good], VALUES), holds([good, bad], VALUES)) == (True, True, False)


@pytest.mark.parametrize("given", [{"field": "so"}, {"field": "so", "equals": 1, "at_least": 1}, {"field": "so", "equals": 1.5}])
def test_has_exactly_one_comparison(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(given)


def test_is_said_in_words() -> None:
    said = in_words(
        Condition(field="loai", one_of=("MH", "CT")), {"loai": "loại"}, {("loai", "MH"): "Mô hình", ("loai", "CT"): "Công trình"}
    )
    assert said == "loại là một trong Mô hình hoặc Công trình"
    assert in_words(Condition(field="co", equals=True), {}, {}) == "co là có"
