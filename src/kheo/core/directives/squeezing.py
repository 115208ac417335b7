"""A paper without its long runs of blanks, and the way back to the places of the whole one.

Rules may look for any white space in many ways; over a run of a million blanks (a page drawn with signs, an empty table, the place of the
paper before in a text that holds several) they would never end. No paper says anything by its hundredth blank in a row.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from kheo.core.directives.due import Deadline
from kheo.core.directives.found import Found, Place
from kheo.core.directives.outline import Item
from kheo.core.directives.paper import Cut, Paper

if TYPE_CHECKING:
    from kheo.core.directives.reading import Directive

_MOST = 120  # white space in a row that stays as it is
_LONG = re.compile(rf"\s(?<!\s\s)\s{{{_MOST},}}+")  # tried at the first of a run alone
_EACH = 12  # of so many letters one is looked at first: a long run holds ten of these, and nothing else of a paper does
_MAY_BE_LONG = re.compile(rf"\s{{{_MOST // _EACH}}}")
_SIDE = 50  # what stays of a longer run on its line before and on its line after
_MOST_LINES = 4


@dataclass(frozen=True)
class Squeezed:
    """`paper` is the short one. `at[i]`: a place of it before which `gone[i]` letters of the whole one were left out, all in all."""

    paper: Paper
    at: list[int]
    gone: list[int]

    def whole(self, place: int) -> int:
        """A place of the short paper in the whole one."""
        index = bisect_right(self.at, place)
        return place + (self.gone[index - 1] if index else 0)


def squeezed(paper: Paper) -> Squeezed | None:
    """None where there is nothing to leave out."""
    runs = list(_LONG.finditer(paper.clean)) if _MAY_BE_LONG.search(paper.clean[::_EACH]) else []
    if not runs:
        return None
    return cut_short(paper, [_cut(paper, run) for run in runs])


def cut_short(paper: Paper, cuts: list[Cut]) -> Squeezed:
    """A paper with some places cut, or with a blank put in where nothing is cut: then less than nothing is gone."""
    at, gone, length, done = list[int](), list[int](), 0, 0
    for cut in cuts:
        length += cut.start - done + len(cut.stays)
        done = cut.end
        at.append(length)
        gone.append(done - length)
    return Squeezed(paper.without(cuts), at, gone)


def _cut(paper: Paper, run: re.Match[str]) -> Cut:
    before, after = _sides(run[0])
    start, end = run.start() + before, run.end() - after
    # A page's number between two blanks tells that a sentence goes on after it.
    numbered = any(map(str.isdigit, paper.text[start:end]))
    lines = "\n" * min(run[0].count("\n"), _MOST_LINES)
    half = len(lines) // 2
    return Cut(start, end, lines[:half] + ("0" if numbered else " ") + lines[half:])


def _sides(run: str) -> tuple[int, int]:
    """How much stays at both ends of a run: of the line before up to its end, of the line after from its begin."""
    first, last = run.find("\n"), run.rfind("\n")
    before = min(_SIDE, first if first >= 0 else _SIDE)
    after = min(_SIDE, len(run) - last - 1 if last >= 0 else _SIDE)
    return before, after


def with_places_of_the_whole(directive: "Directive", short: Squeezed, paper: Paper) -> "Directive":
    """What was read in the short paper, its places those of the whole one."""
    moved = {each.name: _moved(getattr(directive, each.name), short) for each in fields(directive)}
    return replace(directive, **{**moved, "paper": paper})


def _moved(value: Any, short: Squeezed) -> Any:
    if isinstance(value, list):
        return [_moved(each, short) for each in value]
    if isinstance(value, Found):
        return replace(value, value=_moved(value.value, short), place=Place(short.whole(value.place.start), short.whole(value.place.end)))
    if isinstance(value, Deadline):
        return replace(value, cut_off=_moved(value.cut_off, short))
    if isinstance(value, Item):
        ends = short.whole(value.heading_end), short.whole(value.end)
        return replace(value, start=short.whole(value.start), text_start=short.whole(value.text_start), heading_end=ends[0], end=ends[1])
    return value
