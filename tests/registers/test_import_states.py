"""Into which states a row of a table can bring a new entry: by acts that ask for nothing but fields."""

import pytest

from kheo.core.registers.moves import Stance
from kheo.core.registers.words import Scope
from kheo.core.workflow import Role
from kheo.registers.actions.importing.states import ways
from kheo.registers.queries.definitions import Book

HEAD = Stance(1, frozenset({(Scope.OWN, Role.HEAD)}))


@pytest.mark.parametrize(
    "asked",
    [
        {"reason": "required"},
        {"reply": True},
        {"assigns": True},
        {"links": "hoc_theo"},
        {"photos": ("truoc",)},
        {"lines": ("chi",)},
        {"after_clock": "tra_loi"},
        {"effect": "extend"},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_an_act_that_asks_for_more_than_fields_leads_nowhere(small_book: Book, asked: dict[str, object]) -> None:
    definition = small_book.definition
    assert [act.code for act in ways(definition, HEAD, {})["da_gui"]] == ["gui"]
    acts = tuple(act.model_copy(update=asked) if act.code == "gui" else act for act in definition.acts)
    assert set(ways(definition.model_copy(update={"acts": acts}), HEAD, {})) == {"nhap"}
