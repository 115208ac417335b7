"""An answer as people type it: a number, or a sign or words for one of the three other answers, or nothing yet.

The signs are those of Vietnamese statistical tables: `-` nothing happened, `…` no data, `x` does not apply.
`write_answer` gives the text that stands in the cell; reading it back gives the same answer.
"""

import unicodedata
from typing import Literal

from kheo.core.figures import NA, Figure
from kheo.core.numbers import CellProblem, format_scaled, parse_cell
from kheo.core.text import fold

UNANSWERED: Literal[""] = ""
Answer = Figure | Literal[""]

ZERO_WORDS = "không phát sinh"
BLANK_WORDS = "chưa có số liệu"
NA_WORDS = "không áp dụng"

_LONGEST_WORDS = 40
_MEANINGS: dict[str, Answer] = {
    "": UNANSWERED,
    **dict.fromkeys(("-", "–", "—", "−", fold(ZERO_WORDS)), 0),
    **dict.fromkeys(("...", "?", "chua co", fold(BLANK_WORDS)), None),
    **dict.fromkeys(("x", "×", fold(NA_WORDS)), NA),
}


def read_answer(text: str, decimals: int) -> Answer | CellProblem:
    """The answer that a text gives, `UNANSWERED` for an empty one, or why it is no answer; never raises, never guesses."""
    if not text.strip():
        return UNANSWERED
    if len(text) <= _LONGEST_WORDS:
        word = fold(unicodedata.normalize("NFKC", _visible(text)))
        if word in _MEANINGS:
            return _MEANINGS[word]
    return parse_cell(text, decimals)


def write_answer(answer: Answer, decimals: int) -> str:
    """The text of an answer as it stands in its cell."""
    if answer is None:
        return BLANK_WORDS
    if answer == NA:
        return NA_WORDS
    return format_scaled(answer, decimals) if isinstance(answer, int) else ""


def _visible(text: str) -> str:
    """Without the marks that pasting leaves (byte order, direction): nobody sees them, nobody meant them."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")
