"""The tiny campaign of the tests, as a definition."""

from pathlib import Path

import pytest

from kheo.core.definition import Definition, load_definition

MINI = Path(__file__).parents[1] / "files/mini.yaml"


@pytest.fixture(scope="session")
def mini() -> Definition:
    loaded = load_definition(MINI.read_text(encoding="utf-8"), "mini.yaml")
    assert loaded.definition, loaded.problems
    return loaded.definition
