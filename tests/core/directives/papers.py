"""Papers to read: forty invented ones of many bodies with what they say beside them, and what scanning and retyping do to a text."""

import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kheo.core.directives.paper import bare
from kheo.core.directives.reading import Directive, read
from kheo.core.directives.telling import told

INVENTED = Path(__file__).parents[2] / "files" / "papers"
HARD = INVENTED / "hard"  # forty more, written to be hard by somebody who saw neither the code nor the first forty
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def pairs(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, text and annotation of each paper of a folder."""
    for file in sorted(folder.glob("*.json")):
        if file.with_suffix(".txt").exists():
            yield file.stem, file.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(file.read_text(encoding="utf-8"))


def directive(text: str) -> Directive:
    """A paper read that is not marked secret."""
    found = read(text)
    assert isinstance(found, Directive)
    return found


def answer(text: str) -> dict[str, Any]:
    """What the program answers about a text."""
    return told(directive(text))


def scanned(text: str, seed: int, share: float = 0.01) -> str:
    """A text as a bad scan gives it: tone marks dropped in a share of the letters, lines broken and blanks doubled, page numbers inside."""
    rng = random.Random(seed)
    letters = [_without_tone(char) if char.isalpha() and rng.random() < share else char for char in text]
    spaced = [rng.choice(["  ", "\n"]) if char == " " and rng.random() < 0.02 else char for char in letters]
    lines = "".join(spaced).split("\n")
    paged: list[str] = []
    for index, line in enumerate(lines):
        paged.append(line)
        if rng.random() < 0.02 and 15 < index < len(lines) - 25:
            paged += ["", str(rng.randint(2, 9)), ""]
    return "\n".join(paged)


def torn(text: str, seed: int) -> str:
    """A text with pieces cut out, signs of structure put in and letters changed at random."""
    rng = random.Random(seed)
    chars = list(text)
    signs = [
        "\n",
        " " * 50,
        "1.",
        "(((",
        "“",
        "Số: ",
        "ngày ",
        "- ",
        ";;;",
        "Điều 1.",
        "I. ",
        "Kính gửi:",
        "Nơi nhận:",
        "\x00",
        "\u0301",
        "TM. ",
        "|",
    ]
    for _ in range(rng.randint(1, 60)):
        at, act = rng.randrange(len(chars)), rng.random()
        if act < 0.3 and len(chars) > 100:
            del chars[at : at + rng.randint(1, 40)]
        elif act < 0.6:
            chars[at:at] = rng.choice(signs)
        else:
            chars[at] = chr(rng.choice([rng.randrange(32, 127), rng.randrange(0x1EA0, 0x1EF9), 10]))
    return "".join(chars)


def without_marks(value: Any) -> Any:
    """An answer for comparing where tone marks were lost on purpose."""
    if isinstance(value, str):
        return bare(value)
    if isinstance(value, list):
        return [without_marks(each) for each in value]
    if isinstance(value, dict):
        return {key: without_marks(each) for key, each in value.items()}
    return value


def _without_tone(char: str) -> str:
    return unicodedata.normalize("NFC", "".join(each for each in unicodedata.normalize("NFD", char) if each not in _TONES))
