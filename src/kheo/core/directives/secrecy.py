"""Marks of secrecy (Luật Bảo vệ bí mật nhà nước 2018 điều 8): in the head, alone on a line, on the margins of a page.

A mark stands in capitals, or alone. “Mật” is a syllable of many words too (`bí mật`, `Mật mã`, `mật độ`), and “mặt” and “mất” are the
same without their marks, so the letters themselves must be those of the mark.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kheo.core.directives.found import Found, Place
from kheo.core.directives.marks import GRADES, HASTE, MOTTO, PARTY, SECRECY, STATE
from kheo.core.directives.paper import Paper, bare
from kheo.core.directives.people import is_upper

# The same alone on its line, wherever that is: above a later page, under the title, at the foot; with the page's number, in brackets.
_NUMBERED = r"(?:(?:trang|page)[^\S\n]*)?\d{1,3}(?:[^\S\n]*/[^\S\n]*\d{1,3})?"
_FRAMED = r"[^\w\n]{0,80}"
_ALONE = re.compile(
    rf"^{_FRAMED}(?:{_NUMBERED}{_FRAMED})?(?:(?:van ban|tai lieu|do mat|dau mat|do){_FRAMED})?(?:(?:{HASTE}){_FRAMED})?({GRADES})"
    rf"(?:{_FRAMED}\([a-z]\))?(?:{_FRAMED}(?:{HASTE}))?(?:{_FRAMED}{_NUMBERED})?{_FRAMED}$"
)
_SYLLABLE = re.compile(r"m(?<!\w.)(?:at| a t)\b")  # looked for first: few lines have it
# Another word of the same line right after it: no mark, whatever stands before (`mặt trận`).
_SPOKEN_ON = re.compile(r"m(?:at| a t)[^\w\n]*+(?!(?:hoa|thuong|khan|trang|page)|[a-z]\b|\d)\w")
_LONGEST_LINE = 300  # letters of a line with nothing but a mark
# Two columns on one line: the mark before an office, a number or the state's name, or after one.
_BESIDE = re.compile(rf"(?<!\w)({GRADES})(?!\w)")
# Words of which it is the first or the second syllable, and names of places (`phường Mật Sơn`).
_GOES_ON = re.compile(r"\s+(?:ma|do|khau|ong|thiet|vu|danh|son|thu|thich|ngot|nha|lenh|bao|phuc|tong|hoa|giao|ngu)\b")
_BEGUN = re.compile(r"\b(?:bí|bi|bảo|cơ|thân|ẩn|độ|giữ|ong|đường)\s+$")
_LABEL = re.compile(r"(?:\b(?:do|dau) mat\b)?\W*$")
_PLACE_BEGUN = re.compile(r"\b(?:xa|phuong|thi tran|thon|ap|buon|ban|lang)\s+(?:\w+\s+)?$")
_KNOWN = tuple(rf"{each.pattern}" for each in (STATE, PARTY, MOTTO))
_KNOWN_AFTER = re.compile(rf"\W*(?:{'|'.join(_KNOWN)}|so\s*:)")
_OTHER = re.compile("[ặắằẳẵăấầẩẫáàảã]")
_SURE = re.compile(r"t\w+\s+m")
_EDGE = 3  # lines at the top and at the bottom of a page


def mark_of(paper: Paper, head_end: int) -> Found[str] | None:
    """The mark of a paper whose head ends there: in its head in whatever way, in what follows alone on its line."""
    return _in_head(paper, head_end) or _beside(paper, head_end) or _alone(paper)


def mark_on_margins(texts: Iterable[str]) -> str:
    """The mark that stands alone in a page's header or footer, in a box or a stamp; empty where none does."""
    for text in texts:
        said = unicodedata.normalize("NFC", text).replace("\xa0", " ")
        for start, end in _alone_in(bare(said)):
            mark = said[start:end]
            if _is_spelled(mark) and mark[0].isupper():
                return " ".join(mark.split())
    return ""


def mark_at_edges(page: str) -> str:
    """The mark beside other words in the first or last lines of a page, as a text layer gives a stamp that stands beside a line."""
    lines = [line for line in unicodedata.normalize("NFC", page).split("\n") if line.strip()]
    edges = "\n".join([*lines[:_EDGE], *lines[-_EDGE:][: max(0, len(lines) - _EDGE)]])
    return next((edges[start:end] for start, end in _beside_words(edges, bare(edges), 0, len(edges))), "")


def _in_head(paper: Paper, end: int) -> Found[str] | None:
    """In capitals as urgency is; else spelled as the mark is."""
    for share in (1.0, 0.0):
        for match in SECRECY.finditer(paper.bare, 0, end):
            said = paper.told(match.start(1), match.end(1))
            if (is_upper(said, 1.0) and not _OTHER.search(said.lower())) if share else said[0].isupper() and _is_spelled(said):
                return Found(said, Place(match.start(1), match.end(1)))
    return None


def _beside(paper: Paper, end: int) -> Found[str] | None:
    return next((_found(paper, start, stop) for start, stop in _beside_words(paper.clean, paper.bare, 0, end)), None)


def _beside_words(clean: str, bared: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the mark begins or ends a line whose other words are of another column; in capitals, and no syllable of another word."""
    for match in _BESIDE.finditer(bared, start, end):
        said = clean[match.start(1) : match.end(1)]
        if not (is_upper(said, 1.0) and _is_spelled(said)):
            continue
        line = bared.rfind("\n", start, match.start()) + 1, bared.find("\n", match.end(), end)
        before = bared[max(line[0], start) : match.start()]
        after = bared[match.end() : line[1] if line[1] >= 0 else end]
        above = clean[max(start, match.start() - 40) : match.start()].lower()
        if _is_part_of_a_word(above, before, after, sure=bool(_SURE.match(bared, match.start(1)))):
            continue
        if _LABEL.match(before) or not after.strip() or _KNOWN_AFTER.match(after):
            yield match.start(1), match.end(1)


def _is_part_of_a_word(above: str, before: str, after: str, *, sure: bool) -> bool:
    """`sure`: the two grades of two syllables are words of their own, but also of rules about them (`độ Tối mật`)."""
    if _BEGUN.search(above) or _GOES_ON.match(after):
        return True
    return not sure and bool(before.strip()) and bool(_PLACE_BEGUN.search(before))


def _alone(paper: Paper) -> Found[str] | None:
    """In capitals, or after the words that only a mark has before it; not a row of a table, where a number is no page's."""
    for start, end in _alone_in(paper.bare):
        said = paper.told(start, end)
        if is_upper(said, 1.0) and _is_spelled(said) and not _is_row(paper.text, start):
            return _found(paper, start, end)
    return None


def _alone_in(bared: str) -> Iterator[tuple[int, int]]:
    for syllable in _SYLLABLE.finditer(bared):
        if _SPOKEN_ON.match(bared, syllable.start()):
            continue
        start = bared.rfind("\n", max(0, syllable.start() - _LONGEST_LINE), syllable.start()) + 1
        stop = bared.find("\n", syllable.end(), syllable.end() + _LONGEST_LINE)
        match = _ALONE.match(bared[start : stop if stop >= 0 else syllable.end() + _LONGEST_LINE])
        if match:
            yield start + match.start(1), start + match.end(1)


def _is_row(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at] + text[at : at + _LONGEST_LINE].split("\n")[0]
    return "|" in line and any(map(str.isdigit, line))


def _found(paper: Paper, start: int, end: int) -> Found[str]:
    return Found(paper.told(start, end), Place(start, end))


def _is_spelled(said: str) -> bool:
    return not _OTHER.search(said.lower()) and any(each in said.lower() for each in "ậâ")  # `mât` is no syllable
