"""The text of a paper in three forms of equal length, so that a place in one is a place in all.

`text` is what was given; `clean` has blanks for what a page adds (its number, bars of a table, lines drawn with signs, marks of
emphasis); `bare` is `clean` in lower case without diacritics, for rules that must still hold where OCR lost a tone mark.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from kheo.core.text import written

_PAGE_NUMBER = re.compile(
    r"^[^\S\n]*(?:[-–—][^\S\n]*)?(?:[Tt]rang[^\S\n]+)?\d{1,3}(?:[^\S\n]*/[^\S\n]*\d{1,3})?(?:[^\S\n]*[-–—])?[^\S\n]*$", re.MULTILINE
)
# `Trang 1UBND TỈNH …`: what a converter wrote before the first line of a page.
_PAGE_BEFORE = re.compile(r"^[Tt]rang[^\S\n]?\d{1,3}(?=[A-ZÀ-ỸĐ])", re.MULTILINE)
_DRAWN = re.compile(r"^[^\S\n]*[|:+ =-]*---[|:+ =-]*$|[-–—_=~.…*+]{5,}|[─━═│┃║┌┐└┘├┤┬┴┼]+", re.MULTILINE)
_SIGNS = "|\t\f\xa0\u200b\ufeff\xad"
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|~~|^#{1,6}(?= )", re.MULTILINE)
_SPACES = re.compile(r"\s+")


def _bare_letters() -> dict[int, int]:
    """Every letter of the Latin blocks to its lower case without marks, one for one."""
    table = {}
    for code in [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]:
        first = unicodedata.normalize("NFD", chr(code))[0].lower()
        if first.isascii() and first.isalpha():
            table[code] = ord(first)
    return {**table, ord("đ"): ord("d"), ord("Đ"): ord("d"), ord("ð"): ord("d"), ord("Ð"): ord("d")}


_BARE = _bare_letters()


def rule(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A rule on bare text in which every blank stands for any white space: a line may end between any two words."""
    return re.compile(re.sub(r"(?<!\[)(?<!\\) ", r"\\s+", pattern), flags)


def any_of(listed: str) -> str:
    """Alternatives of a rule, written over several lines with `|` between them."""
    return "(?:" + "|".join(part.strip() for part in listed.split("|")) + ")"


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written over several lines."""
    return frozenset(words.split())


def bare(text: str) -> str:
    """Lower case without diacritics, of the same length: `Độc lập` -> `doc lap`. White space and signs stay as they are."""
    return text.translate(_BARE)


def tidy(text: str) -> str:
    """Without marks of emphasis, white space folded: how a piece of the text is told."""
    return _SPACES.sub(" ", _EMPHASIS.sub("", text)).strip()


def _blanked(text: str, rule: re.Pattern[str]) -> str:
    return rule.sub(lambda match: " " * len(match[0]), text)


@dataclass(frozen=True)
class Line:
    """A line by its place: `[start, end)` in the text, without its line end. `number` counts from 1."""

    number: int
    start: int
    end: int


class Paper:
    """A text made ready for reading. `given` may have any line ends and any form of letters."""

    def __init__(self, given: str) -> None:
        self.text = written(given)
        plain = self.text
        for sign in _SIGNS:
            plain = plain.replace(sign, " ")
        paged = _blanked(_blanked(plain, _PAGE_NUMBER), _PAGE_BEFORE)
        self._marked = _blanked(paged, _DRAWN)
        self.clean = _blanked(self._marked, _EMPHASIS) if any(sign in self._marked for sign in "*_~#") else self._marked
        self.bare = bare(self.clean)

    @cached_property
    def lines(self) -> list[Line]:
        """All lines, blank ones too."""
        lines, start = [], 0
        for number, each in enumerate(self.text.split("\n"), 1):
            lines.append(Line(number, start, start + len(each)))
            start += len(each) + 1
        return lines

    def line_of(self, at: int) -> int:
        """The number of the line in which a place is."""
        low, high = 0, len(self.lines) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.lines[middle].start <= at else (low, middle - 1)
        return self.lines[low].number

    def verbatim(self, start: int, end: int) -> str:
        """As `told`, with the marks of emphasis that the text holds."""
        return _SPACES.sub(" ", self._marked[start:end]).strip()

    def told(self, start: int, end: int) -> str:
        """What stands between two places, as a person would copy it: no page numbers, no emphasis, white space folded."""
        return _SPACES.sub(" ", self.clean[start:end]).strip()
