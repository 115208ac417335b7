"""Where a rule of the checker is set aside for a statement put together from pieces, the reason stands beside it."""

import re

from tests.architecture.sources import files_under, place

RULE = "S608"
UNREASONED = re.compile(rf"# noqa: {RULE}(?!  # [a-z])")


def without_reason(text: str) -> list[int]:
    """The lines that do not say why, counted from 1."""
    return [number for number, line in enumerate(text.splitlines(), 1) if UNREASONED.search(line)]


def test_a_statement_put_together_from_pieces_says_why_nobody_elses_words_are_in_it() -> None:
    files = files_under("src", "tests", "bench", "tools")
    found = [place(file, number) for file in files for number in without_reason(file.read_text(encoding="utf-8"))]
    assert found == []


def test_a_silent_one_is_found() -> None:
    silent, reasoned = f"a  # noqa: {RULE}", f"b  # noqa: {RULE}  # constants of ours"
    assert without_reason(f"{silent}\n{reasoned}\n{silent}  #\n") == [1, 3]
