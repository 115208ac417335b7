"""A damaged file is a problem to be told, never a crash: characters, lines and values of a real file changed at random."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.definition import LoadResult, load_definition
from tests.core.definition.campaigns import SECOND
from tests.core.definition.sample import small

TEXT = SECOND.read_text(encoding="utf-8")
LINES = TEXT.splitlines(keepends=True)
MACHINE_WORDS = ("input", "should be", "pydantic", "validation", "traceback", "expected")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["N1", "A01", "sum", "last", "{year}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)


def assert_sound(result: LoadResult) -> None:
    """Either a definition or problems; each problem in our words and on a line."""
    assert (result.definition is None) == bool(result.problems)
    for problem in result.problems:
        assert problem.message
        assert not any(word in problem.message.lower() for word in MACHINE_WORDS), problem


@given(st.integers(0, len(TEXT)), st.integers(0, 5), st.text(max_size=3))
@settings(max_examples=150)
def test_changed_characters(place: int, removed: int, added: str) -> None:
    assert_sound(load_definition(TEXT[:place] + added + TEXT[place + removed :], "x.yaml"))


@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=4), st.booleans())
@settings(max_examples=100)
def test_lost_and_doubled_lines(places: list[int], doubled: bool) -> None:
    kept = [line * (2 if doubled else 0) if number in places else line for number, line in enumerate(LINES)]
    assert_sound(load_definition("".join(kept), "x.yaml"))


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    assert_sound(load_definition(content, "x.yaml"))


def paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of the data but the root."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = [(*path, key) for key, _ in inner]
    return found + [deeper for key, value in inner for deeper in paths(value, (*path, key))]


@given(st.sampled_from(paths(small())), values)
@settings(max_examples=300)
def test_any_value_anywhere(path: tuple[Any, ...], value: object) -> None:
    data = small()
    place: Any = data
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    assert_sound(load_definition(json.dumps(data), "x.yaml"))
