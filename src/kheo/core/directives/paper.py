"""The text of a paper in three forms of equal length, so that a place in one is a place in all.

`text` is what was given; `clean` has blanks for what a page adds (its number, bars of a table, lines drawn with signs, marks of
emphasis); `bare` is `clean` in lower case without diacritics, for rules that must still hold where OCR lost a tone mark.
"""

import re
import unicodedata
from codecs import charmap_build, charmap_decode, charmap_encode
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kheo.core.directives.parts import Parts
from kheo.core.text import CAPITALS, written

# What stands at the begin of a line is looked for behind the end of the line before: from one such end to the next, not at every letter.
_PAGE_NUMBER = re.compile(
    r"\n[^\S\n]*(?:[-–—][^\S\n]*)?(?:[Tt]rang[^\S\n]+)?\d{1,3}(?:[^\S\n]*/[^\S\n]*\d{1,3})?(?:[^\S\n]*[-–—])?[^\S\n]*$", re.MULTILINE
)
# `Trang 1UBND TỈNH …`: what a converter wrote before the first line of a page.
_PAGE_BEFORE = re.compile(rf"\n[Tt]rang[^\S\n]?\d{{1,3}}(?=[{CAPITALS}])")
# What a converter writes for a line or a frame that Word drew there: `straight connector 2Số: 15/UBND`.
_SHAPE = re.compile(r"\n[^\S\n]*(?i:(?:straight (?:arrow )?connector|text ?box|auto ?shape|freeform|elbow connector) \d{1,3})")
# Marks of a page's markup that came along with the text: `<b>KẾ HOẠCH</b>`, `</span>`, a tag that broke off (`</xml`). What stands between
# name and bracket is of the form `name=value`: `x<a và y>5` is none.
_TAGS = r"(?:b|i|u|s|p|a|br|hr|h[1-6]|em|ul|ol|li|td|th|tr|div|sub|sup|span|font|table|tbody|strong|center|xml|o:p)\b"
_TAG = re.compile(
    rf"<{_TAGS}(?:[^\S\n]++[a-z][\w:-]*+[^\S\n]*+=[^\S\n]*+(?:\"[^\"<>\n]*+\"|'[^'<>\n]*+'|[^\s\"'<>]++)|[^\S\n]++nowrap\b)*+[^\S\n]*+/?>"
    rf"|</{_TAGS}[^\S\n]*+(?:>|$)",
    re.MULTILINE | re.IGNORECASE,
)
_RULED_LINE = re.compile(r"^[^\S\n]*+(?=[|:+=-])[|:+ =-]*---[|:+ =-]*$", re.MULTILINE)
_DRAWN = re.compile(r"[-–—_=~.…*+][-–—_=~.…*+]{4,}")
_OF_FRAMES = "─━═│┃║┌┐└┘├┤┬┴┼"
_FRAME = re.compile(rf"[{_OF_FRAMES}]+")
_SIGNS = "|\t\f\xa0\u200b\ufeff\xad"
# Letters of other languages that older keyboards and converters put for ours: they look the same, or their font shows ours.
_LOOK_ALIKES = tuple(zip("ÐðƢƣ", "ĐđƯư", strict=True))
_EMPHASIS = re.compile(r"\*(?:\*\*?)?|___?|~~")
_HEADING = re.compile(r"^#{1,6}(?= )", re.MULTILINE)
_FIRST_LETTER = r"(?:\w|\\d)(?![?*+{])"
# `\b(?:one|two …` at the begin of a rule, and what is taken out of it.
_BEGINS_WITH_WORDS = re.compile(r"\\b\(\?:(?=\w|\\d)")
_BEGINS_WITH_A_WORD = re.compile(r"\\b([a-z]{2,})(?![?*+{|])")


def _bare_letters() -> dict[int, int]:
    """Every letter of the Latin blocks to its lower case without marks, one for one."""
    table = {}
    for code in [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]:
        first = unicodedata.normalize("NFD", chr(code))[0].lower()
        if first.isascii() and first.isalpha():
            table[code] = ord(first)
    return {**table, ord("đ"): ord("d"), ord("Đ"): ord("d"), ord("ð"): ord("d"), ord("Ð"): ord("d")}


_BARE = _bare_letters()
# Nearly every letter of a paper is one of these: a byte each, told bare by a table of bytes, in a tenth of the time of `translate`.
_USUAL = (
    "\0\t\n\r\f"
    + "".join(map(chr, range(0x20, 0x7F)))
    + "".join(low + low.upper() for low in "àáạảãăằắặẳẵâầấậẩẫèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđ")
    + "“”‘’–—…•·°§×²³¹⁴⁵\xa0"
)
_CODES, _BARE_OF_CODES = charmap_build(_USUAL.ljust(256, "\ufffe")), _USUAL.translate(_BARE)
_PIECE = 2000  # letters: a letter that is not usual makes only the piece slow in which it stands


def rule(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A rule on bare text in which every blank stands for any white space: a line may end between any two words."""
    return re.compile(quick(re.sub(r"(?<!\[)(?<!\\) ", r"\\s+", pattern)), flags)


def quick(pattern: str) -> str:
    """The same pattern, found sooner: where it begins with any of some words, the first letters of these are what is looked for.

    A search for `\\b(?:gui|nop)` tries every letter of a text; one for `[gn]` goes from one such letter to the next. Likewise for one word.
    """
    one = _BEGINS_WITH_A_WORD.match(pattern)
    if one:
        return rf"{one[1]}(?<!\w{one[1]}){pattern[one.end() :]}"
    if not _BEGINS_WITH_WORDS.match(pattern):
        return pattern
    words, rest = _alternatives(pattern[len(r"\b(?:") :])
    if (
        rest[:1] in tuple("?*+{")
        or not all(re.match(_FIRST_LETTER, word) for word in words)
        or any(re.search(r"(?<!\\)\((?!\?)|\(\?P", word) for word in words)
    ):
        return pattern
    first: dict[str, list[str]] = {}
    for word in words:
        letter = re.match(_FIRST_LETTER, word)[0]  # type: ignore[index]  # asked above
        first.setdefault(letter, []).append(word[len(letter) :])
    told = "|".join(f"(?<={letter})(?:{'|'.join(ends)})" for letter, ends in first.items())
    return rf"[{''.join(first)}](?<!\w.)(?:{told}){rest}"


def _alternatives(pattern: str) -> tuple[list[str], str]:
    """What stands between the bars of a group whose bracket was opened before, and the rest after it."""
    words, depth, listed = [""], 0, False
    for at, each in enumerate(pattern):
        escaped = pattern[:at].endswith("\\") and not pattern[:at].endswith("\\\\")
        if not escaped and not listed and each == ")" and depth == 0:
            return words, pattern[at + 1 :]
        if not escaped and not listed and each == "|" and depth == 0:
            words.append("")
            continue
        if not escaped:
            listed = each != "]" if listed else each == "["
            depth += 0 if listed else (each == "(") - (each == ")")
        words[-1] += each
    return [], ""


def any_of(listed: str) -> str:
    """Alternatives of a rule, written over several lines with `|` between them."""
    return "(?:" + "|".join(part.strip() for part in listed.split("|")) + ")"


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written over several lines."""
    return frozenset(words.split())


def bare(text: str) -> str:
    """Lower case without diacritics, of the same length: `Độc lập` -> `doc lap`. White space and signs stay as they are."""
    try:
        return charmap_decode(charmap_encode(text, "strict", _CODES)[0], "strict", _BARE_OF_CODES)[0]
    except UnicodeEncodeError:
        if len(text) <= _PIECE:
            return text.translate(_BARE)
        return "".join(bare(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))


def tidy(text: str) -> str:
    """Without marks of emphasis, white space folded: how a piece of the text is told."""
    return " ".join(_HEADING.sub("", _EMPHASIS.sub("", text)).split())


def _without_look_alikes(text: str) -> str:
    for read, meant in _LOOK_ALIKES:  # hardly a paper has one: each is looked for in a hundredth of the time that `translate` takes
        text = text.replace(read, meant)
    return text


def _blanked(text: str, rule: re.Pattern[str]) -> str:
    return rule.sub(lambda match: " " * (match.end() - match.start()), text)


def _blanked_at_lines(text: str, rule: re.Pattern[str]) -> str:
    return rule.sub(lambda match: "\n" + " " * (match.end() - match.start() - 1), text)


class Line(NamedTuple):
    """A line by its place: `[start, end)` in the text, without its line end. `number` counts from 1."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Cut:
    """`[start, end)` of a paper, all white space in its clean text or nothing, and what stays there: line ends, blanks, and `0` for numbers
    of pages.
    """

    start: int
    end: int
    stays: str


def _without(text: str, cuts: list[Cut], number: str) -> str:
    parts, done = [], 0
    for cut in cuts:
        parts += [text[done : cut.start], cut.stays.replace("0", number)]
        done = cut.end
    return "".join([*parts, text[done:]])


class Paper:
    """A text made ready for reading. `given` may have any line ends and any form of letters."""

    def __init__(self, given: str) -> None:
        self.text = written(given)
        plain = _without_look_alikes(self.text)
        for sign in _SIGNS:
            plain = plain.replace(sign, " ")
        paged = _blanked_at_lines(_blanked_at_lines(_blanked_at_lines(f"\n{plain}", _PAGE_NUMBER), _PAGE_BEFORE), _SHAPE)[1:]
        paged = _blanked(paged, _TAG) if "<" in paged else paged
        ruled = _blanked(paged, _RULED_LINE) if "---" in paged else paged
        drawn = _blanked(ruled, _DRAWN)
        self._marked = _blanked(drawn, _FRAME) if any(sign in drawn for sign in _OF_FRAMES) else drawn
        clean = _blanked(self._marked, _EMPHASIS) if any(sign in self._marked for sign in "*_~") else self._marked
        self.clean = _blanked(clean, _HEADING) if "#" in clean else clean
        self.bare = bare(self.clean)

    def without(self, cuts: "list[Cut]") -> "Paper":
        """The same paper without some of its blanks."""
        paper = Paper.__new__(Paper)
        paper.text, paper.clean = _without(self.text, cuts, "0"), _without(self.clean, cuts, " ")
        paper._marked = _without(self._marked, cuts, " ")
        paper.bare = bare(paper.clean)
        return paper

    @cached_property
    def in_cells(self) -> str:
        """The text with the bars, tabs and gaps of its tables, but without marks of a page or letters of other languages."""
        cells = _without_look_alikes(self.text)
        return _blanked(cells, _TAG) if "<" in cells else cells

    @cached_property
    def parts(self) -> Parts:
        """What stands between the blanks of the clean text."""
        return Parts(self.clean)

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

    def marked(self, start: int, end: int) -> str:
        """What stands between two places, with its white space and the marks of emphasis that the text holds."""
        return self._marked[start:end]

    def verbatim(self, start: int, end: int) -> str:
        """As `told`, with the marks of emphasis that the text holds."""
        return " ".join(self._marked[start:end].split())

    def told(self, start: int, end: int) -> str:
        """What stands between two places, as a person would copy it: no page numbers, no emphasis, white space folded."""
        return " ".join(self.clean[start:end].split())
