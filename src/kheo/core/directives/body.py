"""The body as one text: what interrupts it (footnotes at the foot of a page) set apart, its sentences with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kheo.core.directives.dates import When, at_digits, whole_dates
from kheo.core.directives.notation import NOTATION, NOTATION_BEGINS
from kheo.core.directives.outline import Item, read_outline
from kheo.core.directives.paper import Paper
from kheo.core.text import CAPITALS

_FUND = re.compile(r"[Qq](?<!\w.)[Uu][Ỹỹ]\b")
_RAISED = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_FOOTNOTE = re.compile(rf"^[^\S\n]*(?:[{_RAISED}]+|\[\d{{1,2}}\])[^\S\n]*(?=\S)", re.MULTILINE)
# A stop ends a sentence before a capital or the end of a paragraph, not after an initial or a title (`TP. Hồ Chí Minh`).
_STOP = re.compile(
    rf"[.;!?…]+(?<![\s.][A-ZĐ]\.)(?<!\bTP\.)(?<!\bTp\.)(?<!\bTS\.)(?:(?<=;)|[”\"’)]*(?=\s+[{CAPITALS}“\"(]|\s*$|\s*\n\s*\n|/\.))"
)
_LONGEST_LINE, _SHORTEST_LINE = 300, 45  # letters
_BREAK = re.compile(r"\n\s*\n")
# `- Báo cáo 6 tháng gửi trước ngày …` and below it `- Báo cáo năm gửi …`, with no stop between: what begins so says a limit of its own.
_OWN_LINE = re.compile(
    r"\n[^\S\n]*(?=[-–+•][^\S\n]*(?:Chậm nhất|Muộn nhất|Trước (?:ngày|\d)|Báo cáo|Ước|Số liệu|Biểu (?:số|mẫu)|Ngày nhận|Thời (?:hạn|gian)"
    r"|Đối với|Định kỳ|(?:Hằng|Hàng) |Quý |0?[369] tháng|Cả năm)\b"
    r"|(?:Ngày nhận|(?:Thời hạn|Hạn) (?:gửi|nộp|nhận))(?: (?:các )?báo cáo)?\s*:)"
)
_PARAGRAPH_ENDS = re.compile(r"\n(?=\n)|\.(?=/\.)")
_LONGEST = 2000  # letters of a sentence: the longest that was seen has 1,315


@dataclass(frozen=True)
class Span:
    """`[start, end)`."""

    start: int
    end: int


class Body:
    """A body between two places of a paper. All its texts keep the length of the paper: a place here is a place there."""

    def __init__(self, paper: Paper, start: int, end: int) -> None:
        self.paper, self.start, self.end = paper, start, end

    @cached_property
    def footnotes(self) -> list[Span]:
        """Paragraphs that begin with a raised number."""
        found = []
        for match in _FOOTNOTE.finditer(self.paper.clean, self.start, self.end):
            stop = _BREAK.search(self.paper.clean, match.end(), self.end)
            found.append(Span(match.start(), stop.start() if stop else self.end))
        # Two notes below each other without an empty line: the first ends where the second begins.
        ends = [*(each.start for each in found[1:]), self.end]
        return [Span(each.start, min(each.end, end)) for each, end in zip(found, ends, strict=False)]

    @cached_property
    def clean(self) -> str:
        """The clean text with everything outside the body, and its footnotes, blank."""
        return self._only(self.paper.clean)

    @cached_property
    def bare(self) -> str:
        """The bare text, likewise; a fund (`quỹ`) is written `qui`, so that it is no quarter."""
        bare, clean = self._only(self.paper.bare), self.clean
        parts, at = list[str](), 0
        for match in _FUND.finditer(clean):
            parts += [bare[at : match.start()], "qui"]
            at = match.end()
        return "".join([*parts, bare[at:]])

    def _only(self, text: str) -> str:
        parts, at = [" " * self.start], self.start
        for note in self.footnotes:
            parts.append(text[at : note.start])
            parts.append(" " * (note.end - note.start))
            at = note.end
        parts.append(text[at : self.end])
        return "".join(parts)

    @cached_property
    def notations(self) -> list[re.Match[str]]:
        """All matches of NOTATION in order: several rules ask for them."""
        return list(at_digits(NOTATION, NOTATION_BEGINS, self.clean, self.start, self.end))

    @cached_property
    def days(self) -> list[tuple[int, int, When]]:
        """All whole dates with their places, likewise."""
        return whole_dates(self.bare, self.start, self.end)

    @cached_property
    def day_starts(self) -> list[int]:
        """Where the whole dates begin, in order."""
        return [start for start, _, _ in self.days]

    @cached_property
    def outline(self) -> list[Item]:
        """The numbered items in order."""
        return read_outline(self.clean, self.start)

    @cached_property
    def paragraphs(self) -> list[int]:
        """Where paragraphs end: at empty lines and at the stop `./.`, in order."""
        return [match.start() for match in _PARAGRAPH_ENDS.finditer(self.bare, self.start)]

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences and parts between semicolons; an item of the outline begins a new one, a page's end does not."""
        cuts = {self.start, self.end}
        cuts.update(match.end() for match in _STOP.finditer(self.clean, self.start) if not _in_brackets(self.clean, match.start()))
        cuts.update(match.end() for match in _BREAK.finditer(self.clean, self.start) if not _runs_on(self.clean, match, self.paper.text))
        cuts.update(match.start() for match in _OWN_LINE.finditer(self.clean, self.start))
        for item in self.outline:
            cuts.update((item.start, item.text_start))
            if _is_headed(self.clean, item.text_start, self.end):
                cuts.add(self.clean.find("\n", item.text_start))
        ordered = sorted(cuts)
        spans = (self._trimmed(a, b) for a, b in pairwise(ordered))
        return [part for span in spans if span.start < span.end for part in self._parts(span)]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where the sentences begin, in order."""
        return [sentence.start for sentence in self.sentences]

    def _parts(self, span: Span) -> Iterator[Span]:
        """What runs on without any stop (a list, a table, a text whose stops were lost) in parts at its commas: rules look through whole
        sentences, for each limit again.
        """
        if span.end - span.start <= _LONGEST:
            yield span
            return
        start = span.start
        while span.end - start > _LONGEST:
            ends = (self.clean.rfind(sign, start + _LONGEST // 2, start + _LONGEST) for sign in (", ", " "))
            stop = next((end + 1 for end in ends if end >= 0), start + _LONGEST)
            yield self._trimmed(start, stop)
            start = stop
        yield self._trimmed(start, span.end)

    def _trimmed(self, start: int, end: int) -> Span:
        said = self.clean[start:end]
        return Span(start + len(said) - len(said.lstrip(" \n-–+*•")), max(start, end - (len(said) - len(said.rstrip(" \n;.")))))


def _is_headed(text: str, start: int, end: int) -> bool:
    """Whether an item begins with a line that is a heading: short beside the next one, no stop at its end, a capital after it."""
    lines = text[start : min(end, start + 2 * _LONGEST_LINE)].split("\n", 2)
    if len(lines) < 2 or not lines[0].strip() or not lines[1].strip():
        return False
    first, following = lines[0].rstrip(), lines[1].strip()
    ends = first[-1].isalnum() and following[0].isupper()
    return ends and len(first) < _SHORTEST_LINE and len(following) > _SHORTEST_LINE + len(first) // 2


def _in_brackets(text: str, at: int) -> bool:
    """A stop inside a remark in brackets ends no sentence."""
    opened = text.rfind("(", max(0, at - 200), at)
    return opened >= 0 and text.find(")", opened, at) < 0 and 0 <= text.find(")", at, at + 200) < _next_break(text, at)


def _next_break(text: str, at: int) -> int:
    end = text.find("\n\n", at, at + 200)
    return end if end >= 0 else at + 200


def _runs_on(text: str, gap: re.Match[str], given: str) -> bool:
    """A sentence goes on over the end of a page, or over an empty line when the next word is in small letters; never after a stop."""
    before, after = text[max(0, gap.start() - 80) : gap.start()].rstrip()[-1:], text[gap.end() : gap.end() + 1]
    return before not in ".;:" and (after.islower() or any(char.isdigit() for char in given[gap.start() : gap.end()]))
