"""Papers to read: forty invented ones of many bodies with what they say beside them, and what scanning and retyping do to a text."""

import json
import random
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kheo.core.directives.measuring import LISTS, is_told_in, measure
from kheo.core.directives.paper import bare
from kheo.core.directives.reading import Directive, read
from kheo.core.directives.telling import told

INVENTED = Path(__file__).parents[2] / "files" / "papers"
HARD = INVENTED / "hard"  # forty more, written to be hard by somebody who saw neither the code nor the first forty
THIRD = INVENTED / "third"  # thirty-six of a third author; the rules were mended by their half a, then by both
FOURTH = INVENTED / "fourth"  # forty of a fourth author; the rules were mended by their half a, then by both
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


def with_lines_broken(text: str, rng: random.Random) -> str:
    """A line end for one blank in fifty."""
    return "".join("\n" if char == " " and rng.random() < 0.02 else char for char in text)


def with_blanks_doubled(text: str, rng: random.Random) -> str:
    """Two blanks for one in fifty."""
    return "".join("  " if char == " " and rng.random() < 0.02 else char for char in text)


def with_tones_dropped(text: str, rng: random.Random) -> str:
    """Without the tone mark of one letter in a hundred."""
    return "".join(_without_tone(char) if char.isalpha() and rng.random() < 0.01 else char for char in text)


def with_page_numbers(text: str, rng: random.Random) -> str:
    """Numbers of pages between lines of the body."""
    lines, paged = text.split("\n"), list[str]()
    for index, line in enumerate(lines):
        paged.append(line)
        if rng.random() < 0.02 and 15 < index < len(lines) - 25:
            paged += ["", str(rng.randint(2, 9)), ""]
    return "\n".join(paged)


def scanned(text: str, seed: int) -> str:
    """A text as a bad scan gives it: all of these together."""
    rng = random.Random(seed)
    return with_page_numbers(with_lines_broken(with_blanks_doubled(with_tones_dropped(text, rng), rng), rng), rng)


NOISES: dict[str, Callable[[str, int], str]] = {
    "line breaks": lambda text, seed: with_lines_broken(text, random.Random(seed)),
    "blanks": lambda text, seed: with_blanks_doubled(text, random.Random(seed)),
    "tone marks": lambda text, seed: with_tones_dropped(text, random.Random(seed)),
    "page numbers": lambda text, seed: with_page_numbers(text, random.Random(seed)),
    "all together": scanned,
}


def lost_by_noise(folder: Path, noise: str, seeds: Iterable[int]) -> dict[str, float]:
    """How much of the recall of each field a noise costs, as a mean over some seeds; tone marks are not compared."""
    papers = [(name, text, without_marks(wanted)) for name, text, wanted in pairs(folder)]
    clean = measure((name, without_marks(answer(text)), wanted) for name, text, wanted in papers)
    noisy = measure((name, without_marks(answer(NOISES[noise](text, seed))), wanted) for seed in seeds for name, text, wanted in papers)
    whole = [sum(each.right for each in scores.values()) / sum(each.wanted for each in scores.values()) for scores in (clean, noisy)]
    return {"all fields": whole[0] - whole[1], **{name: clean[name].recall - noisy[name].recall for name in clean}}


BANDS = (0.9, 0.8, 0.7, 0.0)  # confidences: from each of these on
_PLACED = ("number", "date", "place", "issuer", "issuer_superior", "doc_type", "subject", "signer_name", "signer_title")


def scanned_badly(text: str, seed: int) -> str:
    """Scanned three times: three letters in a hundred without their tone, one blank in seventeen a line's end."""
    return scanned(scanned(scanned(text, seed), seed + 100), seed + 200)


def reliability(folder: Path, seeds: Iterable[int]) -> dict[float, tuple[int, int]]:
    """Of what is told with a confidence of each band about badly scanned papers: how much is right, and how much it is."""
    bands = {band: [0, 0] for band in BANDS}
    for _, text, wanted in pairs(folder):
        for seed in seeds:
            for sure, is_right in _told_how_surely(scanned_badly(text, seed), without_marks(wanted)):
                band = bands[next(least for least in BANDS if sure >= least)]
                band[0], band[1] = band[0] + is_right, band[1] + 1
    return {band: (right, told) for band, (right, told) in bands.items()}


def _told_how_surely(text: str, wanted: dict[str, Any]) -> Iterator[tuple[float, bool]]:
    found = answer(text)
    evidence, told = found["evidence"], without_marks(found)
    for field in _PLACED:
        if told[field] is not None:
            yield evidence[field]["confidence"], is_told_in(field, told[field], [wanted.get(field)])
    for field in LISTS:
        for each, place in zip(told[field], evidence.get(field, []), strict=True):
            yield place["confidence"], is_told_in(field, each, wanted.get(field) or [])


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
