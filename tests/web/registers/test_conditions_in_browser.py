"""Conditions mean in the page what they mean on the server: one list of cases, asked of both; and a page that asks some fields of an entry
shows just those that the server asks of what it sends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from random import Random

import pytest
from playwright.sync_api import Page

from kheo.core.definition.conditions import Condition, Value, holds
from kheo.core.registers.asked_here import Hanging, asked_here
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import Kept, shown_fields
from kheo.registers.queries.definitions import Book
from kheo.web.registers.form import as_read_by_the_page
from tests.architecture.sources import PACKAGE
from tests.browser import chromium

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


FORMS, FIELDS = 6000, "abcdefgh"
TAKES: tuple[Kept | None, ...] = (None, True, False)


@dataclass(frozen=True)
class Form:
    """What stands on an entry, what its page asks, and what somebody has typed there."""

    definition: RegisterDefinition
    asks: tuple[str, ...]
    held: Mapping[str, Kept]
    typed: Mapping[str, Kept]


def condition_of(luck: Random, earlier: str) -> Condition:
    compared = luck.choice(({"equals": True}, {"differs": True}, {"equals": False}, {"filled": True}, {"filled": False}))
    return Condition.model_validate({"field": luck.choice(earlier), **compared})


def drawn(luck: Random, like: RegisterDefinition) -> Form:
    """Fields that hang on earlier ones, up to two conditions each; values whether or not they are asked: what was left from before."""
    fields = []
    for place, key in enumerate(FIELDS):
        conditions = tuple(condition_of(luck, FIELDS[:place]) for _ in range(luck.choice((0, 1, 2)) if place else 0))
        fields.append(FieldDef(key=key, label=key, type="yes_no", shown_if=conditions))
    held, typed = ({key: value for key in FIELDS if (value := luck.choice(TAKES)) is not None} for _ in range(2))
    return Form(like.model_copy(update={"fields": tuple(fields)}), tuple(sorted(luck.sample(FIELDS, luck.randint(1, 5)))), held, typed)


def server_asks(form: Form, shown: set[str]) -> set[str]:
    """Of what the page asks, what the server asks of the entry once the page has sent what it shows."""
    sent = {key: value for key, value in form.typed.items() if key in shown}
    merged = {key: value for key, value in form.held.items() if key not in form.asks} | sent
    return {field.key for field in shown_fields(form.definition, merged) if field.key in form.asks}


def test_a_page_shows_just_what_the_server_then_asks_whatever_the_entry_holds_from_before(page: Page, small_book: Book) -> None:
    """A field that the page does not ask, and that goes by what is typed there, keeps its value until it is sent: nothing hangs on that."""
    luck = Random(20_000)
    forms = [drawn(luck, small_book.definition) for _ in range(FORMS)]
    decided = [asked_here(form.definition, form.asks, form.held) for form in forms]
    asked = [
        [
            [{"key": key, "conditions": [as_read_by_the_page(each) for each in conditions]} for key, conditions in boxes.items()],
            {key: value for key, value in form.typed.items() if key in boxes},
        ]
        for form, boxes in zip(forms, decided, strict=True)
    ]
    hidden = page.evaluate(f"(forms) => {{ {SCRIPT}\n return forms.map(([fields, values]) => [...unasked(fields, values)]); }}", asked)
    shown = [set(boxes) - set(gone) for boxes, gone in zip(decided, hidden, strict=True)]
    assert [place for place, (form, here) in enumerate(zip(forms, shown, strict=True)) if here != server_asks(form, here)] == []
    hangs = sum(isinstance(each, Hanging) for boxes in decided for conditions in boxes.values() for each in conditions)
    assert hangs > 100, "the drawing has what is to be tested"
