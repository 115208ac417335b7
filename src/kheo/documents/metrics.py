"""How wide a text is in Times New Roman, so that lines, heads and tables can be laid out without a word processor.

Advance widths are those of the Adobe Times metrics (Times-Roman, Times-Bold), in thousandths of the type size; every
metric-compatible face has them. A letter with diacritics is as wide as its base letter; ơ and ư are listed.
"""

import unicodedata
from functools import lru_cache
from itertools import combinations, pairwise

_POINT_MM = 25.4 / 72

_REGULAR: dict[int, str] = {
    250: " .,\u00a0",
    278: ":;/ijlt\\",
    300: "²³",
    333: "-()fr!I[]‘’",
    389: "sJ",
    408: '"',
    444: "acez?“”",
    500: "0123456789bdghknopquvxyđ*–$_",
    529: "ơ",
    542: "ư",
    556: "FPS",
    564: "+=<>×",
    611: "ELTZ",
    667: "BCR",
    722: "wADGHKNOQUVXYĐƠ",
    776: "Ư",
    778: "m&",
    833: "%",
    889: "M",
    921: "@",
    944: "W",
    1000: "…—",
}
_BOLD: dict[int, str] = {
    250: " .,\u00a0",
    278: "/il\\",
    300: "²³",
    333: "-():;!fjt[]‘’",
    389: "sI",
    444: "cerz",
    500: "0123456789agovxy?J*–“”$_",
    554: "ơ",
    555: '"',
    556: "bdhknpquSđ",
    570: "+=<>×",
    600: "ư",
    611: "FP",
    667: "BELTZ",
    722: "wACDNRUVXYĐ",
    778: "GHKOQƠ",
    796: "Ư",
    833: "m&",
    930: "@",
    944: "M",
    1000: "%W…—",
}
_UNKNOWN = 722
# Words that open a phrase: a line of a title may well begin with one and must not end with one.
_OPENING = frozenset(
    "trong của và về các những năm số theo cho từ đến tại ở với thành quận huyện tỉnh phường xã thị giai".split()  # noqa: SIM905
)
_CLOSING = (",", ";", ":", "”", "–", "-")
_MOST_WORDS = 30


def _table(widths: dict[int, str]) -> dict[str, int]:
    return {character: width for width, characters in widths.items() for character in characters}


_WIDTHS = {False: _table(_REGULAR), True: _table(_BOLD)}


@lru_cache(maxsize=4096)
def _character_width(character: str, bold: bool) -> int:
    table = _WIDTHS[bold]
    if character in table:
        return table[character]
    base = unicodedata.normalize("NFD", character)
    if len(base) > 1 and base[1] == "\u031b":
        return table.get(unicodedata.normalize("NFC", base[:2]), _UNKNOWN)
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    wide = unicodedata.east_asian_width(character) in "WF"
    return 1000 if wide else table.get(base[0], _UNKNOWN)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in millimetres of a text set on one line at `size` points."""
    return sum(_character_width(character, bold) for character in text) * size / 1000 * _POINT_MM


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Width in millimetres of the longest stretch of the text that must not be broken."""
    return max((text_width(word, size, bold=bold) for word in text.split(" ")), default=0.0)


def balanced_lines(text: str, size: float, limit: float, *, bold: bool = False) -> tuple[str, ...]:
    """The words on as few lines of at most `limit` millimetres as possible: even lines, broken between phrases.

    Heads and titles set this way leave no lonely word on the last line. A word wider than the limit has its own line.
    """
    words = text.split(" ")
    greedy = _greedy(words, size, limit, bold)
    if not 1 < len(greedy) <= 4 or len(words) > _MOST_WORDS:
        return greedy
    best = greedy
    for breaks in combinations(range(1, len(words)), len(greedy) - 1):
        ends = (*breaks, len(words))
        lines = tuple(" ".join(words[start:end]) for start, end in zip((0, *breaks), ends, strict=True))
        if _cost(lines, size, limit, bold) < _cost(best, size, limit, bold):
            best = lines
    return best


@lru_cache(maxsize=4096)
def _narrowest(text: str, lines: int, bold: bool) -> float:
    """The least width, in millimetres at 10 points, in which a text takes at most `lines` lines."""
    words = text.split(" ")
    low, high = max(text_width(word, 10, bold=bold) for word in words), text_width(text, 10, bold=bold)
    for _ in range(14):
        middle = (low + high) / 2
        if len(_greedy(words, 10, middle, bold)) <= lines:
            high = middle
        else:
            low = middle
    return high


def width_for_lines(text: str, lines: int, size: float, *, bold: bool = False) -> float:
    """The least width in millimetres in which a text takes at most `lines` lines, none of its words broken."""
    return _narrowest(text, lines, bold) * size / 10


def line_count(text: str, size: float, limit: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a cell of `limit` millimetres."""
    return len(_greedy(text.split(" "), size, limit, bold))


def _cost(lines: tuple[str, ...], size: float, limit: float, bold: bool) -> float:
    """How uneven the lines are, and how badly they are broken."""
    widths = [text_width(line, size, bold=bold) for line in lines]
    if max(widths) > limit and len(lines) > 1:
        return 1000 + max(widths)
    mean = sum(widths) / len(widths)
    uneven = sum((width / mean - 1) ** 2 for width in widths)
    return uneven + sum(_break_cost(before, after) for before, after in pairwise(lines))


def _break_cost(before: str, after: str) -> float:
    if before.rsplit(" ", 1)[-1].lower() in _OPENING:
        return 1.0
    good = after.split(" ", 1)[0].lower() in _OPENING or before.endswith(_CLOSING) or after.startswith("“")
    return 0.0 if good else 0.6


def _greedy(words: list[str], size: float, limit: float, bold: bool) -> tuple[str, ...]:
    lines: list[str] = []
    for word in words:
        together = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(together, size, bold=bold) <= limit:
            lines[-1] = together
        else:
            lines.append(word)
    return tuple(lines)
