"""Which fields leave in which copy: every combination of flags, against a table written by hand."""

import itertools
from pathlib import Path

import pytest

from kheo.core.registers.copies import Copy, copied_states, leaves, withheld
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition

BOOKS = Path(__file__).parents[3] / "campaigns" / "registers"
FLAGS = ("export", "public", "personal", "for_judges")
# By the flags that are set: the copies in which the field is. Public and personal together are no field at all.
TABLE = {
    (): "",
    ("for_judges",): "",
    ("public",): "",
    ("public", "for_judges"): "",
    ("personal",): "",
    ("personal", "for_judges"): "",
    ("export",): "whole",
    ("export", "for_judges"): "whole judges",
    ("export", "public"): "whole public",
    ("export", "public", "for_judges"): "whole public judges",
    ("export", "personal"): "whole",
    ("export", "personal", "for_judges"): "whole",
}
# What no judge may find in any book that comes with Khéo: whose it is.
NAMES = {"subject_name", "handler"}


def books() -> list[RegisterDefinition]:
    found = [load_register(file.read_text(encoding="utf-8"), file.name).definition for file in sorted(BOOKS.glob("*.yaml"))]
    assert len(found) >= 13
    return [each for each in found if each is not None]


@pytest.mark.parametrize("kind", ["text", "unit"])
def test_every_combination_of_flags(kind: str) -> None:
    met = set()
    for values in itertools.product((True, False), repeat=len(FLAGS)):
        flags = dict(zip(FLAGS, values, strict=True))
        named = tuple(name for name in FLAGS if flags[name])
        if flags["public"] and flags["personal"]:
            continue
        field = FieldDef.model_validate({"key": "a", "label": "A", "type": kind, **flags})
        expected = set(TABLE[named].split()) - ({"judges"} if kind == "unit" else set())
        assert {copy.value for copy in Copy if leaves(field, copy)} == expected, named
        met.add(named)
    assert met == set(TABLE)


@pytest.mark.parametrize("definition", books(), ids=lambda each: each.register_code)
def test_no_book_tells_judges_or_everybody_what_is_personal(definition: RegisterDefinition) -> None:
    """Of what each book declares, read from its file: personal fields, and what its titles are put together from."""
    for copy in (Copy.PUBLIC, Copy.JUDGES):
        shown = {field.key for field in definition.fields if leaves(field, copy)}
        personal = {field.key for field in definition.fields if field.personal}
        assert not shown & personal
        assert personal <= withheld(definition, copy)
    assert withheld(definition, Copy.WHOLE) == set()
    states = {copy: copied_states(definition, copy) for copy in Copy}
    assert states[Copy.WHOLE] == set(definition.by_state)
    if definition.walled:
        assert states[Copy.PUBLIC] == states[Copy.JUDGES] == set()
    else:
        assert states[Copy.PUBLIC] == {state.code for state in definition.states if state.public}
        drafts = {state.code for state in definition.states if state.meaning in ("draft", "void")}
        assert states[Copy.JUDGES] == set(definition.by_state) - drafts


def test_ideas_are_judged_without_their_authors() -> None:
    ideas = next(each for each in books() if each.register_code == "hien-ke")
    shown = [field for field in ideas.fields if leaves(field, Copy.JUDGES)]
    assert {"ten", "van_de", "giai_phap"} <= {field.key for field in shown}
    assert not NAMES & {field.column for field in shown}
