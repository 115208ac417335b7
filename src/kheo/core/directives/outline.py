"""The outline of a body: I / 1 / a) / –, Điều, Chương, as a tree. NĐ 30/2020 phụ lục I mục II.6.

A line that begins like a number is an item only in its turn: after 1 comes 2, so a year, a sum or the end of a broken line is none.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ORDINALS = ("nhất", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám")
_KINDS = (
    ("part", re.compile(r"^\s*(?:PHẦN|Phần)\s+(?:THỨ|thứ)?\s*([IVX]+|\w+)\b\s*[.:–\-]?")),
    ("chapter", re.compile(r"^\s*(?:CHƯƠNG|Chương)\s+([IVXL]+|\d{1,2})\b\s*[.:–\-]?")),
    ("section", re.compile(r"^\s*(?:MỤC|Mục)\s+([IVX]+|\d{1,2})\b\s*[.:–\-]")),
    ("article", re.compile(r"^\s*(?:ĐIỀU|Điều|Điêu|Ðiều)\s+(\d{1,3})\s*[.:\-–]")),
    ("capital", re.compile(r"^\s*([A-E])\s?[.)\-–]\s*(?=[A-ZÀ-ỸĐ]{2,})")),
    ("roman", re.compile(r"^\s*([IVX]{1,5}(?=\s?[.)/:\-–]\s*\S|[./]\s*$)|[IVXl]{1,5}(?=\s?[.)/:\-–]\s*[A-ZÀ-ỸĐ]{2}))\s?[.)/:\-–]\s*")),
    (
        "number",
        re.compile(
            r"^\s*(?:\((?=\d{1,2}\)))?(\d{1,2})\s?(?:[.)/]\s+(?=\S)|[.)/]\s*$|[.)]\s?(?=[A-ZÀ-ỸĐ“\"])"
            r"|[-–]\s?(?=[A-ZÀ-ỸĐ]))"
        ),
    ),
    ("decimal", re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){1,3})\s?[.)\-–]?\s+(?=\S)")),
    ("letter", re.compile(r"^\s*([a-zđ])\s?[)./]\s*(?=\S)")),
    ("dash", re.compile(r"^\s*([-–])\s*(?=[^\s\d-])")),
    ("plus", re.compile(r"^\s*([+•*])\s*(?=\S)")),
)
_RANK = {name: rank for rank, (name, _) in enumerate(_KINDS)}
_MARKED = re.compile(r"^\s*(?:[A-EIVXL\d+•\-–*(]|[a-zđ]\s?[)./]|PH|Ph|CH|Ch|M[UỤụu]|Đ|Ð)")
_CAPITAL_AFTER_DASH = re.compile(r"\s*[-–]\s*[A-ZÀ-ỸĐ]")
_HEADED = ("roman", "number", "decimal", "letter")
# Chapters only group articles: the articles are what a paper is counted by.
_TOP = ("article", "part", "chapter", "section", "capital", "roman", "number")


@dataclass(frozen=True)
class Item:
    """One item: its kind, number as written, the place of its first line's text, and where it ends. `parent` is an index or None."""

    kind: str
    number: str
    start: int
    text_start: int
    heading_end: int
    end: int
    parent: int | None = None

    @property
    def rank(self) -> int:
        """0 is the outermost kind."""
        return _RANK[self.kind]


def read_outline(text: str, start: int) -> list[Item]:
    """The items of a text in which everything that is not body is blank."""
    found = _in_turn(_candidates(text, start))
    return _with_parents(found, len(text.rstrip()))


def top_level(items: list[Item]) -> list[Item]:
    """The items of the highest numbered level that has at least two; none where the body is not numbered."""
    counts = Counter(item.kind for item in items)
    for kind in _TOP:
        if counts[kind] >= 2:
            return [item for item in items if item.kind == kind]
    return []


def value_of(kind: str, number: str) -> int:
    """The place of a number in its row, from 1; 0 where rows have none (dashes)."""
    if kind in ("dash", "plus"):
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
    found, at = [], start
    for line in text[start:].split("\n"):
        if _MARKED.match(line):
            for kind, rule in _KINDS:
                match = rule.match(line)
                if match and (not _is_unlikely(kind, line, match) or _may_stand_here(text, at)):
                    lead = len(line) - len(line.lstrip())
                    found.append(
                        Item(
                            kind,
                            match[1].replace("l", "I") if kind == "roman" else match[1],
                            at + lead,
                            at + match.end(),
                            at + len(line),
                            at + len(line),
                        )
                    )
                    break
        at += len(line) + 1
    return found


def _is_unlikely(kind: str, line: str, match: re.Match[str]) -> bool:
    """A dash, or a number before small letters, may be the middle of a sentence whose line broke there."""
    return kind in ("dash", "plus") or (kind in ("number", "letter") and line[match.end() : match.end() + 1].islower())


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


def _in_turn(candidates: list[Item]) -> list[Item]:
    """Those whose number is next in its row. A row begins anew under a new item of a higher rank; any row but the outermost may
    also begin anew without one (two lists under two headings without numbers).
    """
    last: dict[str, int] = {}
    kept: list[Item] = []
    outermost = len(_KINDS)
    for item in candidates:
        value = value_of(item.kind, item.number)
        if value == 0 and item.kind not in ("dash", "plus"):
            continue
        before = last.get(item.kind, 0)
        if value and not (value == before + 1 or (value == before + 2 and before)) and not (value == 1 and outermost < item.rank):
            continue
        last[item.kind] = value
        for kind, rank in _RANK.items():
            # Articles are numbered through all chapters.
            if rank > item.rank and not (kind == "article" and item.kind in ("part", "chapter", "section")):
                last.pop(kind, None)
        kept.append(item)
        outermost = min(outermost, item.rank)
    return kept


def _with_parents(items: list[Item], end: int) -> list[Item]:
    ends, parents = [end] * len(items), [None] * len(items)  # type: list[int], list[int | None]
    open_: list[int] = []
    for index, item in enumerate(items):
        while open_ and items[open_[-1]].rank >= item.rank:
            ends[open_.pop()] = item.start
        parents[index] = open_[-1] if open_ else None
        open_.append(index)
    return [replace(item, end=stop, parent=parent) for item, stop, parent in zip(items, ends, parents, strict=True)]
