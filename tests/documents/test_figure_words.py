"""Figures in words and signs."""

from decimal import Decimal
from typing import Any

import pytest

from kheo.core.consolidated import CellCounts, FigureTotal, RatioTotal
from kheo.core.definition import Definition, Indicator
from kheo.documents.figure_words import (
    amount_in_sentence,
    comparison,
    figure_sign,
    formula_words,
    ratio_in_sentence,
    total_words,
    units_behind,
)
from tests.documents.reading import plain
from tests.documents.sample import definition


@pytest.fixture(scope="module")
def asked() -> Definition:
    return definition()


def indicator(name: str, unit: str, **facts: Any) -> Indicator:
    return Indicator.model_validate({"code": "X", "name": name, "unit": unit, "aggregation": "sum", "content": "N1"} | facts)


def total(value: int | None, unit: str = "căn", decimals: int = 0) -> FigureTotal:
    return FigureTotal("X", value, unit, "sum", decimals, CellCounts(1, 0, 0, 0, 0), {})


def ratio(numerator: int, denominator: int) -> RatioTotal:
    return RatioTotal("X", Decimal(numerator) / denominator, numerator, denominator, "%")


@pytest.mark.parametrize(
    ("name", "unit", "words"),
    [
        ("Nhà được sửa chữa", "căn", "nhà được sửa chữa 45 căn"),
        ("Mô hình, công trình đăng ký mới", "mô hình", "45 mô hình, công trình đăng ký mới"),
        ("Lượt người được phổ biến", "lượt người", "45 lượt người được phổ biến"),
        ("Hội thảo", "hội", "45 hội thảo"),
        ("Hộing", "hội", "hộing 45 hội"),
        ("TTHC đã giải quyết", "hồ sơ", "TTHC đã giải quyết 45 hồ sơ"),
    ],
)
def test_an_amount_reads_as_people_say_it(name: str, unit: str, words: str) -> None:
    assert amount_in_sentence(total(45, unit), indicator(name, unit)) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (total(7593), "7.593"),
        (total(0), "không phát sinh"),
        (total(None), "chưa có số liệu"),
        (total(123456, "m²", 2), "1.234,56"),
        (ratio(9512, 10000), "95,12 %"),
        (RatioTotal("X", None, 0, 0, "%"), "không phát sinh"),
        (RatioTotal("X", None, None, 5, "%"), "chưa có số liệu"),
        (RatioTotal("X", None, None, None, "%", is_hidden=True), "ẩn"),
        (None, "chưa có số liệu"),
    ],
)
def test_totals_in_words(found: FigureTotal | RatioTotal | None, words: str) -> None:
    assert total_words(found) == words


@pytest.mark.parametrize(
    ("value", "hidden", "sign"),
    [(0, False, "0"), (1234, False, "12,34"), (None, False, "…"), (None, True, "ẩn"), (3, True, "ẩn"), (Decimal("0.5"), False, "50,00")],
)
def test_signs_for_narrow_columns(value: int | Decimal | None, hidden: bool, sign: str) -> None:
    assert figure_sign(value, indicator("Đất hiến", "m²", decimals=2), hidden=hidden) == sign


def test_units_behind_a_number_do_not_count_those_it_does_not_apply_to() -> None:
    assert units_behind(CellCounts(number=400, zero=12, blank=3, not_applicable=7, missing=15)) == "412/430"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (total(112), total(100), "tăng 12,0 %"),
        (total(0), total(100), "giảm 100,0 %"),
        (total(100), total(100), "không thay đổi"),
        (total(0), total(0), "không thay đổi"),
        (total(5), total(0), ""),
        (total(None), total(5), ""),
        (total(5), total(None), ""),
        (total(5), None, ""),
        (total(5), total(5, "hộ"), ""),
        (total(500, "m²", 2), total(5, "m²", 0), ""),
        (total(5), ratio(1, 2), ""),
        (ratio(3, 4), ratio(1, 2), "tăng 25,0 điểm %"),
        (ratio(1, 2), ratio(3, 4), "giảm 25,0 điểm %"),
        (ratio(1, 2), ratio(2, 4), "không thay đổi"),
        (ratio(50001, 100000), ratio(1, 2), "gần như không thay đổi"),
        (ratio(1, 2), RatioTotal("X", None, None, None, "%"), ""),
    ],
)
def test_comparisons(now: FigureTotal | RatioTotal, before: FigureTotal | RatioTotal | None, words: str) -> None:
    assert plain(comparison(now, before)) == words


def test_ratios_are_compared_by_their_sums_and_not_by_rounded_values() -> None:
    """One and the same ratio, rounded up in one place and down in the other."""
    now, before = (RatioTotal("X", Decimal(value), 1, 3, "%") for value in ("0.3334", "0.3333"))
    assert comparison(now, before) == "không thay đổi"
    assert comparison(RatioTotal("X", Decimal("0.3333"), 333, 1000, "%"), before) == "gần như không thay đổi"


def test_a_ratio_shows_its_two_sums_only_where_they_are_plain_counts(asked: Definition) -> None:
    of_counts = asked.indicator("C307")
    of_areas = of_counts.model_copy(update={"numerator": "C311", "denominator": "C301"})
    assert plain(ratio_in_sentence(ratio(3, 4), of_counts, asked)) == "tỷ lệ xử lý điểm ô nhiễm 75,00 % (3/4)"
    assert plain(ratio_in_sentence(ratio(3, 4), of_areas, asked)) == "tỷ lệ xử lý điểm ô nhiễm 75,00 %"


def test_formulas_are_told_in_words(asked: Definition) -> None:
    assert [formula_words(asked.indicator(code)) for code in ("A02", "C307", "B01")] == [
        "A01 ÷ số báo cáo phải gửi",
        "C304 ÷ (C301 + C302 + C303)",
        "",
    ]
