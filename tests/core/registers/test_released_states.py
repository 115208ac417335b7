"""A state that went out with Khéo keeps its code and its meaning in every book that comes with it: entries stand in it."""

from pathlib import Path

import pytest

from kheo.core.registers.loading import load_register

BOOKS = sorted((Path(__file__).parents[3] / "campaigns" / "registers").glob("*.yaml"))
TABLE = Path(__file__).with_name("released_states.txt")


def released() -> dict[str, dict[str, str]]:
    """By register, of each state that ever went out its meaning."""
    found: dict[str, dict[str, str]] = {}
    states: dict[str, str] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", " ")):
            states = found.setdefault(line, {})
        elif line.startswith(" "):
            meaning, _, codes = line.strip().partition(": ")
            for code in codes.split():
                assert code not in states, f"{code} stands twice"
                states[code] = meaning
    return found


@pytest.mark.parametrize("file", BOOKS, ids=lambda file: file.stem)
def test_no_released_state_is_gone_or_means_something_else(file: Path) -> None:
    """Of what an installation holds, `publish_register` would refuse the next edition. A new state is written into the table with it."""
    book = load_register(file.read_bytes(), file.name).definition
    assert book is not None
    assert {state.code: state.meaning.value for state in book.states} == released()[book.register_code]


def test_no_released_book_is_gone() -> None:
    assert released().keys() == {file.stem for file in BOOKS}
