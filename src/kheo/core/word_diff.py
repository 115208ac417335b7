"""What was added to a text and what was taken out, word by word: Myers’ shortest edit script (*An O(ND) Difference Algorithm*, 1986)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Mark = Literal["same", "removed", "added"]
# A word or a sign with the blanks before it: nothing is lost between them.
_TOKENS = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
# The work grows with the number of differences; a text with more of them is a new text, and is shown whole, old and new.
MOST_CHANGES = 500


@dataclass(frozen=True)
class Piece:
    """A stretch of text. The pieces that are not added, joined, are the old text; those not removed, the new one."""

    mark: Mark
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Pieces in reading order, what was removed before what was added in its place."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    script = _script(old, new)
    if script is None:
        return tuple(_changed([before], [after]))
    return tuple(_joined(_without_islands(script)))


def _script(old: Sequence[str], new: Sequence[str]) -> list[tuple[Mark, str]] | None:
    """Every token with its mark; None beyond MOST_CHANGES."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    trace = _trace(old, new, start)
    if trace is None:
        return None
    return [*(("same", token) for token in old[:start]), *_walked_back(old, new, start, trace)]


def _trace(old: Sequence[str], new: Sequence[str], start: int) -> list[dict[int, int]] | None:
    """How far each diagonal reaches (as a place in `old`) after 0, 1, 2 … changes, up to the step before the end."""
    reach, trace = {1: start}, list[dict[int, int]]()
    for changes in range(MOST_CHANGES + 1):
        trace.append(dict(reach))
        for diagonal in range(-changes, changes + 1, 2):
            is_down = diagonal == -changes or (diagonal != changes and reach[diagonal - 1] < reach[diagonal + 1])
            here = reach[diagonal + 1] if is_down else reach[diagonal - 1] + 1
            there = here - diagonal
            while here < len(old) and there < len(new) and old[here] == new[there]:
                here, there = here + 1, there + 1
            reach[diagonal] = here
            if here >= len(old) and there >= len(new):
                return trace
    return None


def _walked_back(old: Sequence[str], new: Sequence[str], start: int, trace: list[dict[int, int]]) -> list[tuple[Mark, str]]:
    found: list[tuple[Mark, str]] = []
    here, there = len(old), len(new)
    for changes in range(len(trace) - 1, -1, -1):
        reach, diagonal = trace[changes], here - there
        is_down = diagonal == -changes or (diagonal != changes and reach[diagonal - 1] < reach[diagonal + 1])
        before = diagonal + 1 if is_down else diagonal - 1
        came, went = (reach[before], reach[before] - before) if changes else (start, start)
        while here > came and there > went:
            here, there = here - 1, there - 1
            found.append(("same", old[here]))
        if changes:
            found.append(("added", new[went]) if is_down else ("removed", old[came]))
        here, there = came, went
    return found[::-1]


def _without_islands(script: list[tuple[Mark, str]]) -> Iterator[tuple[Mark, str]]:
    """A lone sign that is the same between two changes only tears them apart: it is told as removed and added again."""
    for place, (mark, token) in enumerate(script):
        inside = 0 < place < len(script) - 1 and "same" not in (script[place - 1][0], script[place + 1][0])
        if mark == "same" and inside and not any(sign.isalnum() for sign in token):
            yield from (("removed", token), ("added", token))
        else:
            yield mark, token


def _joined(script: Iterable[tuple[Mark, str]]) -> Iterator[Piece]:
    for is_same, run in groupby(script, key=lambda step: step[0] == "same"):
        steps = list(run)
        if is_same:
            yield Piece("same", "".join(token for _, token in steps))
        else:
            yield from _changed(*([token for mark, token in steps if mark == wanted] for wanted in ("removed", "added")))


def _changed(removed: Sequence[str], added: Sequence[str]) -> Iterator[Piece]:
    if any(removed):
        yield Piece("removed", "".join(removed))
    if any(added):
        yield Piece("added", "".join(added))
