"""Paragraphs of a text that come from somebody else's text, followed through what is done to the text by hand.

A paragraph is a line that is not empty, as on paper. The rule of following: a paragraph that stands as it was keeps its sources.
One that went is looked for in the paragraphs that are new: where at least half of its words are found again (most of all in one of
them), it was rewritten there, alone or together with others, and its sources go along. Otherwise they are lost, and that is said.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
ENOUGH = 0.5


@dataclass(frozen=True)
class Followed:
    """For each paragraph of the new text the old paragraphs (by place) it is made of; the old ones that are in none."""

    made_of: tuple[tuple[int, ...], ...]
    lost: tuple[int, ...]


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The lines that are not empty, without blanks around them."""
    return tuple(line for line in (each.strip() for each in text.split("\n")) if line)


def follow(before: Sequence[str], sourced: frozenset[int], after: Sequence[str]) -> Followed:
    """Where the paragraphs of `before` that have sources (`sourced`, by place) are in `after`."""
    made_of: list[list[int]] = [[] for _ in after]
    unchanged, gone = _unchanged(before, after)
    for old, new in unchanged.items():
        if old in sourced:
            made_of[new].append(old)
    fresh = [place for place in range(len(after)) if place not in unchanged.values()]
    lost: list[int] = []
    for old in gone:
        if old in sourced:
            place = _rewritten_as(before[old], after, fresh)
            if place is None:
                lost.append(old)
            else:
                made_of[place].append(old)
    return Followed(tuple(tuple(sorted(each)) for each in made_of), tuple(lost))


def _unchanged(before: Sequence[str], after: Sequence[str]) -> tuple[dict[int, int], list[int]]:
    """Old place -> new place of every paragraph that still stands word for word, wherever it was moved; and the old ones that do not."""
    free: dict[str, list[int]] = {}
    for place, text in enumerate(after):
        free.setdefault(text, []).append(place)
    found: dict[int, int] = {}
    gone: list[int] = []
    for old, text in enumerate(before):
        if free.get(text):
            found[old] = free[text].pop(0)
        else:
            gone.append(old)
    return found, gone


def _rewritten_as(text: str, after: Sequence[str], fresh: Sequence[int]) -> int | None:
    """The new paragraph that holds most words of an old one, and at least half of them."""
    words = Counter(_words(text))
    shares = [(sum((words & Counter(_words(after[place]))).values()), -place) for place in fresh]
    most, place = max(shares, default=(0, 0))
    return -place if words and most >= ENOUGH * sum(words.values()) else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
