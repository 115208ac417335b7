"""The consolidated report for machines: the shape other programs rely on."""

import json
from dataclasses import replace
from datetime import UTC
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.consolidated import CellCounts, ChildLine, ClosedUnit, Consolidated, FigureTotal, ObligationCounts, RatioTotal, UnitRef
from kheo.core.definition import Definition
from kheo.documents.consolidated_json import consolidated_json, decimal_string, ratio_string
from tests.documents.sample import CITY, DUE, consolidated, definition


@pytest.fixture(scope="module")
def asked() -> Definition:
    """Three indicators: one with a breakdown, one with decimals, one ratio."""
    whole = definition()
    kept = tuple(each for each in whole.indicators if each.code in ("B01", "C311", "C307"))
    return whole.model_copy(update={"indicators": kept})


@pytest.fixture(scope="module")
def data() -> Consolidated:
    cells = CellCounts(number=18, zero=2, blank=1, not_applicable=1, missing=4)
    figures: dict[str, FigureTotal | RatioTotal] = {
        "B01": FigureTotal("B01", 24853, "mô hình", "sum", 0, cells, {"fields": {"KT": 4364, "KHAC": None}}),
        "C311": FigureTotal("C311", None, "m²", "sum", 2, cells, {}),
        "C307": RatioTotal("C307", Decimal(11953) / 12026, 11953, 12026, "%"),
    }
    child = ChildLine(
        UnitRef("U1", "Quận 1", "district"), "accepted", DUE, None, True, {"B01": 3, "C311": 0, "C307": Decimal("0.87345")}, frozenset()
    )
    walled = replace(child, unit=UnitRef("U2", "Quận 3", "district"), figures={"B01": 2, "C311": None}, hidden=frozenset({"B01"}))
    return replace(
        consolidated(0),
        figures=figures,
        children=(child, walled),
        obligations=ObligationCounts(26, 22, 1, 1, 1, 1, 3, 20),
        missing_units=(UnitRef("U3", "Quận 4", "district"), UnitRef("U4", "Quận 5", "district")),
    )


def test_closed_units_are_told_with_their_reason() -> None:
    closed = (ClosedUnit(UnitRef("U9", "Chín", "district"), "Đã giải thể."),)
    assert consolidated_json(definition(), replace(consolidated(3), closed_units=closed))["closed_units"] == [
        {"code": "U9", "reason": "Đã giải thể."}
    ]


def test_has_exactly_the_agreed_shape(asked: Definition, data: Consolidated) -> None:
    cells = {"number": 18, "zero": 2, "blank": 1, "not_applicable": 1, "missing": 4}
    assert consolidated_json(asked, data) == {
        "campaign": "5-khong",
        "edition": 2,
        "edition_hash": "3f9a" * 16,
        "cycle": "2023-N",
        "unit": {"code": CITY.code, "name": CITY.name},
        "as_of": "2023-11-17T10:32:00+07:00",
        "obligations": {
            "expected": 26,
            "accepted": 22,
            "submitted": 1,
            "returned": 1,
            "draft": 1,
            "not_started": 1,
            "closed": 0,
            "overdue": 3,
            "on_time": 20,
        },
        "figures": {
            "B01": {"value": 24853, "unit": "mô hình", "aggregate": "sum", "cells": cells, "by": {"fields": {"KT": 4364, "KHAC": None}}},
            "C307": {"value": "0.9939", "unit": "%", "aggregate": "ratio", "numerator": 11953, "denominator": 12026},
            "C311": {"value": None, "unit": "m²", "aggregate": "sum", "cells": cells, "by": {}, "decimals": 2},
        },
        "children": [
            {"code": "U1", "name": "Quận 1", "state": "accepted", "figures": {"B01": 3, "C307": "0.8735", "C311": 0}},
            {
                "code": "U2",
                "name": "Quận 3",
                "state": "accepted",
                "figures": {"B01": None, "C307": None, "C311": None},
                "hidden": ["B01"],
            },
        ],
        "missing_units": ["U3", "U4"],
    }


def test_a_hidden_count_does_not_leave_even_when_the_data_still_hold_it(asked: Definition, data: Consolidated) -> None:
    assert consolidated_json(asked, data)["children"][1]["figures"]["B01"] is None


def test_an_indicator_without_a_total_is_null(asked: Definition, data: Consolidated) -> None:
    figures = consolidated_json(asked, replace(data, figures={}))["figures"]
    assert figures["B01"] == {"value": None, "unit": "mô hình", "aggregate": "sum"}


def test_is_pure_json_and_reads_back_the_same() -> None:
    told = consolidated_json(definition(), consolidated())
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told
    assert list(told["figures"]) == [indicator.code for indicator in definition().indicators]


def test_the_moment_is_told_in_local_time(asked: Definition, data: Consolidated) -> None:
    assert consolidated_json(asked, replace(data, as_of=data.as_of.astimezone(UTC)))["as_of"] == "2023-11-17T10:32:00+07:00"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal(1), "1.0000"), (Decimal("0.00005"), "0.0001"), (Decimal("0.00004999"), "0.0000"), (Decimal("12.5"), "12.5000")],
)
def test_ratios_have_four_places(value: Decimal, text: str) -> None:
    assert decimal_string(value) == text


@given(st.integers(0, 10**18), st.integers(1, 10**18))
def test_a_ratio_is_rounded_from_its_two_sums_and_not_from_a_rounded_quotient(numerator: int, denominator: int) -> None:
    text = ratio_string(RatioTotal("X", Decimal(numerator) / Decimal(denominator), numerator, denominator, "%"))
    assert text is not None
    units = int(text.replace(".", ""))
    assert abs(2 * (units * denominator - numerator * 10_000)) <= denominator
    assert 2 * (units * denominator - numerator * 10_000) > -denominator


def test_no_ratio_is_null() -> None:
    assert ratio_string(RatioTotal("X", None, 5, 0, "%")) is None
