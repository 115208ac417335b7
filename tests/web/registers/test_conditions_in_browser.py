"""Conditions mean in the page what they mean on the server: one list of cases, asked of both."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from playwright.sync_api import Page

from kheo.core.definition.conditions import Condition, Value, holds
from tests.architecture.sources import PACKAGE
from tests.journeys.visitor import chromium

SCRIPT = (PACKAGE / "web/static/kheo/registers/conditions.js").read_text(encoding="utf-8").replace("export function", "function")
CONDITIONS: tuple[Mapping[str, object], ...] = (
    {"equals": "MH"},
    {"equals": True},
    {"equals": 1},
    {"differs": "MH"},
    {"differs": False},
    {"one_of": ["MH", "CT"]},
    {"one_of": [1, 2]},
    {"at_least": 1},
    {"at_most": 1},
    {"at_least": "2023-11-15"},
    {"at_most": "2023-11-15"},
    {"filled": True},
    {"filled": False},
)
VALUES: tuple[Value | None, ...] = (
    None,
    "MH",
    "CT",
    "X",
    True,
    False,
    0,
    1,
    2,
    ("MH", "X"),
    ("X",),
    "2023-11-14",
    "2023-11-15",
    "2023-11-16",
)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


def test_page_and_server_agree_on_every_case(page: Page) -> None:
    cases = [(condition, value) for condition, value in product(CONDITIONS, VALUES) if not is_tick_in_order(condition, value)]
    asked = [[{"field": "a", **condition}, {} if value is None else {"a": value}] for condition, value in cases]
    found = page.evaluate(f"(cases) => {{ {SCRIPT}\n return cases.map(([condition, values]) => holds([condition], values)); }}", asked)
    expected = [
        holds([Condition.model_validate({"field": "a", **condition})], {} if value is None else {"a": value}) for condition, value in cases
    ]
    assert [case for case, here, there in zip(cases, found, expected, strict=True) if here != there] == []
    assert {True, False} == set(expected)


def is_tick_in_order(condition: Mapping[str, object], value: Value | None) -> bool:
    """A tick compared with a number by size: no definition may ask that (`misfit`)."""
    return isinstance(value, bool) and bool({"at_least", "at_most"} & condition.keys())


def test_all_conditions_must_hold(page: Page) -> None:
    both = [{"field": "a", "equals": "MH"}, {"field": "b", "filled": False}]
    ask = f"([conditions, values]) => {{ {SCRIPT}\n return holds(conditions, values); }}"
    assert page.evaluate(ask, [both, {"a": "MH"}]) is True
    assert page.evaluate(ask, [both, {"a": "MH", "b": 1}]) is False
