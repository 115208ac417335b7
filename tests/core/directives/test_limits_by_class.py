"""Sentences as papers of provinces, the Party, the Front, unions and ministries write limits, by class, and what each says.

`tests/files/limits.txt`: a sentence, then below it each of its limits as `when | period | to whom` (`-`: not said), or none. When is a day,
a day of a year or month, a month or quarter, or how long after what. `\\n` in a sentence is a line end.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.directives.papers import answer
from tests.core.directives.test_limits import FOOT, HEAD

LIMITS = Path(__file__).parents[2] / "files" / "limits.txt"
_WHEN = ("date", "month_day", "month", "quarter", "within", "day")


def cases() -> Iterator[tuple[str, list[str]]]:
    """Sentences with their limits."""
    sentence, limits = "", list[str]()
    for line in [*LIMITS.read_text(encoding="utf-8").splitlines(), "#"]:
        if line.startswith("    "):
            limits.append(line.strip())
            continue
        if sentence:
            yield sentence, limits
        sentence, limits = line.replace(r"\n", "\n") if line and not line.startswith("#") else "", []


@pytest.mark.parametrize(("sentence", "limits"), list(cases()))
def test_a_sentence_is_read_as_its_class_of_limits_says(sentence: str, limits: list[str]) -> None:
    told = answer(HEAD + sentence + FOOT)["deadlines"]
    said = [(next((str(each[key]) for key in _WHEN if each.get(key)), "-"), each["period"] or "-", each["to"] or "-") for each in told]
    assert [" | ".join(each) for each in said] == limits


def test_no_sentence_stands_twice_in_the_file() -> None:
    sentences = [sentence for sentence, _ in cases()]
    assert len(sentences) == len(set(sentences))
