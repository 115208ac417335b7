"""The outline of a text: I / 1 / a) / –, Điều, Chương, Phụ lục, as a tree. NĐ 30/2020 phụ lục I mục II.6, phụ lục III.

A line that begins like a number is an item only in its turn: after 1 comes 2, so a year, a sum or the end of a broken line is none.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from kheo.core.directives.found import STATED
from kheo.core.directives.people import is_upper
from kheo.core.text import CAPITALS

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ORDINALS = ("nhất", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám")
_ALONE = rf"\s*(?:[.:–\-]\s*(?=[{CAPITALS} ]{{5}})|$)"
_KINDS = (
    # Alone on its line or before a title in capitals: `theo Phụ lục II đính kèm` is none.
    (
        "annex",
        re.compile(rf"^\s*(?:PHỤ|Phụ)\s+(?:LỤC|lục)(?:\s+(?:SỐ|số))?(?:\s+([IVX]{{1,5}}|\d{{1,2}}))?{_ALONE}"),
    ),
    (
        "form",
        re.compile(rf"^\s*(?:(?:MẪU|Mẫu)|(?:PHỤ\s+)?(?:BIỂU|Biểu)(?:\s+(?:MẪU|mẫu))?)\s+(?:SỐ|số)\s*:?\s*(\d{{1,2}}[a-zA-Z]?){_ALONE}"),
    ),
    ("part", re.compile(r"^\s*(?:PHẦN|Phần)\s+(?:THỨ|thứ)?\s*([IVX]+|\w+)\b\s*[.:–\-]?")),
    ("chapter", re.compile(r"^\s*(?:CHƯƠNG|Chương)\s+([IVXL]+|\d{1,2})\b\s*[.:–\-]?")),
    ("section", re.compile(r"^\s*(?:MỤC|Mục)\s+([IVX]+|\d{1,2})\b\s*[.:–\-]")),
    ("article", re.compile(r"^\s*(?:ĐIỀU|Điều|Điêu|Ðiều)\s+(\d{1,3})\s*[.:\-–]")),
    ("capital", re.compile(rf"^\s*([A-E])\s?[.)\-–]\s*(?=[{CAPITALS}]{{2,}})")),
    (
        "roman",
        re.compile(rf"^\s*([IVX]{{1,5}}(?=\s?[.)/:\-–]\s*\S|[./]\s*$)|[IVXl]{{1,5}}(?=\s?[.)/:\-–]\s*[{CAPITALS}]{{2}}))\s?[.)/:\-–]\s*"),
    ),
    (
        "number",
        re.compile(
            rf"^\s*(?:\((?=\d{{1,2}}\)))?(\d{{1,2}})\s?(?:[.)/]\s+(?=\S)|[.)/]\s*$|[.)]\s?(?=[{CAPITALS}“\"])"
            rf"|[-–]\s?(?=[{CAPITALS}]))"
        ),
    ),
    ("decimal", re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){1,3})\s?[.)\-–]?\s+(?=\S)")),
    ("letter", re.compile(r"^\s*([a-zđ])\s?[)./]\s*(?=\S)")),
    ("dash", re.compile(r"^\s*([-–])\s*(?=[^\s\d-])")),
    ("plus", re.compile(r"^\s*([+•*])\s*(?=\S)")),
)
# By the sign with which a line begins; lines that begin with any other are tried with all.
_KINDS_BY_SIGN = {
    sign: tuple((name, rule) for name, rule in _KINDS if name in names.split())
    for signs, names in (
        ("P", "annex form part"),
        ("M", "form section"),
        ("B", "form capital"),
        ("C", "chapter capital"),
        ("ADE", "capital"),
        ("ĐÐ", "article"),
        ("IVX", "roman"),
        ("l", "roman letter"),
        ("0123456789", "number decimal"),
        ("(", "number"),
        ("abcdefghijkmnopqrstuvwxyzđ", "letter"),
        ("-–", "dash"),
        ("+•*", "plus"),
    )
    for sign in signs
}
_RANK = {name: float(rank) for rank, (name, _) in enumerate(_KINDS)}
_MARKED = re.compile(r"^\s*(?:[A-EIVXL\d+•\-–*(]|[a-zđ]\s?[)./]|PH|Ph|CH|Ch|M[UỤụuẪẫ]|Đ|Ð)")
# `Điều` / `4. …`: a line's end between the word and its number.
_BROKE_BEFORE_ITS_NUMBER = re.compile(r"\n(?:ĐIỀU|Điều|CHƯƠNG|Chương|PHẦN|Phần|MỤC|Mục)[^\S\n]*\n[^\S\n]*(?=\d{1,3}\s?[.:]|[IVX]{1,5}\b)")
_UNNUMBERED = ("annex", "form", "dash", "plus")  # whose row has no order
_ATTACHED = ("annex", "form")
_HEADED_BELOW = ("annex", "form", "part", "chapter", "section")  # whose heading stands in a line of its own
_SKIPPED, _BROKEN = 0.6, 0.85  # how sure an item is that leaves out a number, that stands alone on its line
_GROUPING = ("part", "chapter", "section")  # through which articles are numbered on
_MOST_OF_A_HEADING = 300  # letters
_NUMBERED = re.compile(r"\s*(?:[IVX]{1,5}|[A-H]|\d{1,2})\s?[.)/:\-–]|[-–+•*]\s|[a-zđ]\)|(?:ĐIỀU|Điều|CHƯƠNG|Chương)\s")
_CAPITAL_AFTER_DASH = re.compile(rf"\s*[-–]\s*[{CAPITALS}]")
_HEADED = ("roman", "number", "decimal", "letter")
# Chapters only group articles: the articles are what a paper is counted by. Annexes are no part of a body.
_TOP = ("article", "part", "chapter", "section", "capital", "roman", "number")
_FIRST_ALONE = ("part", "chapter", "section", "roman")  # of which a text that was cut off may hold the first only


@dataclass(frozen=True)
class Item:
    """One item: its kind, number as written, the places of its heading's text and of its end. `parent` is an index or None."""

    kind: str
    number: str
    start: int
    text_start: int
    heading_end: int
    end: int
    parent: int | None = None
    sure: float = STATED

    @property
    def rank(self) -> int:
        """0 is the outermost kind, by the usual order."""
        return int(_RANK[self.kind])


def read_outline(text: str, start: int) -> list[Item]:
    """The items of a text in which everything that is not body is blank."""
    found = _candidates(_BROKE_BEFORE_ITS_NUMBER.sub(lambda match: "\n" + match[0][1:].replace("\n", " "), text), start)
    ranks = _ranks(found)
    return _with_parents(_in_turn(found, ranks), ranks, len(text.rstrip()))


def top_level(items: list[Item]) -> list[Item]:
    """The items of the body's highest numbered level that has at least two, or whose first holds all (of a text cut off after it)."""
    first_annex = next((index for index, item in enumerate(items) if item.kind in _ATTACHED), len(items))
    body = items[:first_annex]
    if body and _holds_all(body):
        return body[:1]
    counts = Counter(item.kind for item in body)
    for kind in _TOP:
        if counts[kind] >= 2:
            return [item for item in body if item.kind == kind]
    return []


def _holds_all(body: list[Item]) -> bool:
    first = body[0]
    return first.kind in _FIRST_ALONE and value_of(first.kind, first.number) == 1 and all(each.parent is not None for each in body[1:])


def read_annexes(text: str, start: int, begins: int) -> list[Item]:
    """The items of what stands after the foot, from `start` on; `begins` is the place of its first line. All is below an annex, which
    has no number where the paper gives it none (a regulation that it puts in force).
    """
    found = read_outline(text, start)
    if not text[start:].strip() or (found and found[0].start == begins and found[0].kind in _ATTACHED):
        return found
    stop = text.find("\n", begins)
    end = stop if stop >= 0 else len(text)
    end = end_of_title(text, end) if is_upper(text[begins:end]) else end
    inner = next((index for index, item in enumerate(found) if item.kind in _ATTACHED), len(found))
    root = Item("annex", "", begins, begins, end, found[inner].start if inner < len(found) else len(text.rstrip()))
    return with_annexes([root], [replace(each, parent=-1) if each.parent is None and at < inner else each for at, each in enumerate(found)])


def with_annexes(body: list[Item], annexes: list[Item]) -> list[Item]:
    """One outline of both: those of the annexes after those of the body."""
    more = len(body)
    return body + [
        each
        if each.parent is None or not more
        else Item(each.kind, each.number, each.start, each.text_start, each.heading_end, each.end, each.parent + more, each.sure)
        for each in annexes
    ]


def value_of(kind: str, number: str) -> int:
    """The place of a number in its row, from 1; 0 where rows have none (dashes)."""
    if kind in _UNNUMBERED or not number:
        return 0
    if number.isdigit():
        return int(number)
    if kind == "capital":
        return ord(number) - ord("A") + 1
    if kind == "letter":
        return _LETTERS.find(number) + 1
    if kind == "decimal":
        return int(number.rsplit(".", 1)[1])
    if number.lower() in _ORDINALS:
        return _ORDINALS.index(number.lower()) + 1
    return roman(number)


def roman(number: str) -> int:
    """`IV` -> 4; 0 where it is no roman number."""
    total = 0
    for this, following in zip(number, [*number[1:], ""], strict=True):
        if this not in _ROMAN:
            return 0
        total += -_ROMAN[this] if _ROMAN.get(following, 0) > _ROMAN[this] else _ROMAN[this]
    return total


def _candidates(text: str, start: int) -> list[Item]:
    found, at, attached = list[Item](), start, ("", "")
    for line in text[start:].split("\n"):
        if _MARKED.match(line):
            for kind, rule in _KINDS_BY_SIGN.get(line.lstrip()[:1], _KINDS):
                match = rule.match(line)
                if match and (not _is_unlikely(kind, line, match) or _may_stand_here(text, at)):
                    item = _item(text, at, line, kind, match)
                    # A page of an annex may have its number on top again.
                    if kind not in _ATTACHED or not match[1] or (kind, match[1]) != attached:
                        found.append(item)
                    attached = (kind, match[1]) if kind in _ATTACHED else attached
                    break
        at += len(line) + 1
    return found


def _item(text: str, at: int, line: str, kind: str, match: re.Match[str]) -> Item:
    number = (match[1] or "").replace("l", "I") if kind == "roman" else match[1] or ""
    lead, end = len(line) - len(line.lstrip()), _end_of_heading(text, at + match.end(), at + len(line))
    sure = STATED if line[match.end() :].strip() or kind in _HEADED_BELOW else _BROKEN
    return Item(kind, number, at + lead, at + match.end(), end, end, sure=sure)


def _end_of_heading(text: str, at: int, end: int) -> int:
    """Where a heading ends whose text begins at a place on a line that ends at another: it goes on in lines that begin in small letters,
    as far as no stop ends it. A number alone on its line has its heading in the next.
    """
    if not text[at:end].strip():
        return end_of_title(text, end, most_lines=3)
    while end < len(text) and end - at < _MOST_OF_A_HEADING and text[end - 1] not in ".;:!?”":
        line = _line_after(text, end)
        if not line.lstrip()[:1].islower() or _MARKED.match(line):
            break
        end += 1 + len(line)
    return end


def end_of_title(text: str, end: int, most_lines: int = 5) -> int:
    """Where the title of an annex or a chapter ends that stands below a line which ends at a place: at an empty line, or with the last
    line in capitals; of lines in small letters it is the first.
    """
    at, any_line = end, False
    for _ in range(most_lines):
        line = _line_after(text, at)
        if (
            at >= len(text)
            or (line.strip() and (_NUMBERED.match(line) or (any_line and not is_upper(line))))
            or (any_line and not line.strip())
        ):
            break
        at += 1 + len(line)
        if line.strip():
            any_line, end = True, at
            if not is_upper(line):
                break
    return end


def _line_after(text: str, end: int) -> str:
    """The line below the one that ends at a place, as far as a heading may go."""
    stop = text.find("\n", end + 1, end + 1 + _MOST_OF_A_HEADING)
    return text[end + 1 : stop if stop >= 0 else min(len(text), end + 1 + _MOST_OF_A_HEADING)]


def _is_unlikely(kind: str, line: str, match: re.Match[str]) -> bool:
    """A dash, or a number before small letters, may be the middle of a sentence whose line broke there."""
    return kind in _UNNUMBERED or (kind in ("number", "letter") and line[match.end() : match.end() + 1].islower())


def _may_stand_here(text: str, at: int) -> bool:
    """A dash begins an item after a stop or an empty line; elsewhere a line broke before a dash of its sentence."""
    before = text[max(0, at - 200) : at].rstrip(" ")
    if _under_a_heading(text, at):
        return True
    return (
        before.endswith("\n\n")
        or before.rstrip()[-1:] in ("", ".", ";", ":", "!", "?", "”", '"', ",")
        or bool(re.search(r"\n\s*\n\s*$", before))
    )


def _under_a_heading(text: str, at: int) -> bool:
    """`1. Văn phòng` and below it `- Theo dõi …`: a dash before a capital, right under a numbered line that ends without a stop."""
    above = text[text.rfind("\n", 0, max(0, at - 1)) + 1 : at]
    return bool(_CAPITAL_AFTER_DASH.match(text, at)) and any(rule.match(above) for kind, rule in _KINDS if kind in _HEADED)


def _ranks(candidates: list[Item]) -> dict[str, float]:
    """The order of the kinds, the outermost first. Articles stand below roman numbers that group them: `I`, Điều 1, `II`, Điều 2."""
    places: dict[tuple[str, int], int] = {}
    for index, item in enumerate(candidates):
        places.setdefault((item.kind, value_of(item.kind, item.number)), index)
    article = places.get(("article", 1))
    for kind in ("capital", "roman"):
        first, second = places.get((kind, 1)), places.get((kind, 2))
        if article is not None and first is not None and second is not None and first < article < second:
            return {**_RANK, "article": _RANK[kind] + 0.5}
    return _RANK


def _in_turn(candidates: list[Item], ranks: dict[str, float]) -> list[Item]:
    """Those whose number is next in its row. A row begins anew under a new item of a higher rank; any row but the outermost may
    also begin anew without one (two lists under two headings without numbers).
    """
    last: dict[str, int] = {}
    kept: list[Item] = []
    outermost = float(len(_KINDS))
    for item in candidates:
        value, rank = value_of(item.kind, item.number), ranks[item.kind]
        if value == 0 and item.kind not in _UNNUMBERED:
            continue
        before = last.get(item.kind, 0)
        if (
            item.kind not in _UNNUMBERED
            and not (value == before + 1 or (value == before + 2 and before))
            and not (value == 1 and outermost < rank)
        ):
            continue
        last[item.kind] = value
        if value and before and value == before + 2:  # one between is lost, or this is none
            item = replace(item, sure=_SKIPPED)
        groups_articles = item.kind in _GROUPING or (rank < ranks["article"] and item.kind in ("capital", "roman"))
        for kind, other in ranks.items():
            # Articles are numbered through all chapters.
            if other > rank and not (kind == "article" and groups_articles):
                last.pop(kind, None)
        kept.append(item)
        outermost = min(outermost, rank)
    return kept


def _with_parents(items: list[Item], ranks: dict[str, float], end: int) -> list[Item]:
    ends, parents = [end] * len(items), [None] * len(items)  # type: list[int], list[int | None]
    open_: list[int] = []
    for index, item in enumerate(items):
        while open_ and ranks[items[open_[-1]].kind] >= ranks[item.kind]:
            ends[open_.pop()] = item.start
        parents[index] = open_[-1] if open_ else None
        open_.append(index)
    return [
        Item(item.kind, item.number, item.start, item.text_start, item.heading_end, stop, parent, item.sure)
        for item, stop, parent in zip(items, ends, parents, strict=True)
    ]
