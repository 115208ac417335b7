"""Which indicators used before fit a task: by the syllables of an indicator's name, and their pairs, that the task has as well.

Pairs, because most Vietnamese words are two syllables, and none over a comma, where no word goes on; half of the score are the syllables
alone, for what the task says in another order. What few indicators have weighs more. No meaning is looked at: what is told in other words
is not found, so a person chooses, and nothing is proposed below a floor.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log

from kheo.core.definition import Choice, Definition, Indicator
from kheo.core.text import fold, words

FLOOR = 45  # of 100: below it nothing is proposed
SURE = 75  # from here on a proposal is taken into the draft without being called doubtful
MOST = 3
_SAME_CONTENT = 10
_SIGNS = re.compile(r"[^\w\s]+")
_DONE = frozenset({"da", "duoc"})  # an indicator tells what was done, a task what is to be done: these two say no more than that


@dataclass(frozen=True)
class Known:
    """An indicator used before: in which campaign, under which content, with its list where it is broken down."""

    indicator: Indicator
    campaign: str
    content: str
    walled: bool
    list_name: str | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Proposal:
    """An indicator for a task: `score` of 100, and why in words."""

    known: Known
    score: int
    reason: str


class Catalogue:
    """The indicators of definitions, each code once: that of the first definition which has it."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        self.known: dict[str, Known] = {}
        for definition in definitions:
            for indicator in definition.indicators:
                self.known.setdefault(indicator.code, _known(definition, indicator))
        self._own = {code: (_pairs(known.indicator.name), _syllables(known.indicator.name)) for code, known in self.known.items()}
        often = Counter(part for pairs, syllables in self._own.values() for part in {*pairs, *syllables})
        self._weight = {part: log(1 + len(self.known) / count) for part, count in often.items()}

    def proposals(self, task: str, content: str | None, *, walled: bool) -> list[Proposal]:
        """At most three for a task of a content (its name), best first. A walled content gets only what a walled one was asked."""
        said = {*_pairs(task), *_syllables(task)}
        ranked = [self._proposal(code, known, said, content) for code, known in self.known.items() if known.walled or not walled]
        fitting = [each for each in ranked if each.score >= FLOOR]
        return sorted(fitting, key=lambda each: (-each.score, each.known.indicator.code))[:MOST]

    def _proposal(self, code: str, known: Known, said: set[str], content: str | None) -> Proposal:
        if known.indicator.aggregation == "ratio":  # computed from others, which are proposed themselves
            return Proposal(known, 0, "")
        pairs, syllables = self._own[code]
        score = round(50 * (self._covered(pairs, said) + self._covered(syllables, said)))
        same = content is not None and fold(content) == fold(known.content)
        reason = f"cùng nói “{_said_of(known.indicator.name, said)}”" + (f"; cùng nội dung ở {known.campaign}" if same else "")
        return Proposal(known, min(100, score + _SAME_CONTENT) if same and score else score, reason)

    def _covered(self, own: list[str], said: set[str]) -> float:
        """How much of a name's weight a task says, from 0 to 1."""
        whole = sum(self._weight[part] for part in own)
        return sum(self._weight[part] for part in own if part in said) / whole if whole else 0


def _known(definition: Definition, indicator: Indicator) -> Known:
    content = definition.content_of(indicator.content)
    name = definition.list_names.get(indicator.breakdown) if indicator.breakdown else None
    choices = definition.lists[indicator.breakdown] if indicator.breakdown else ()
    return Known(indicator, definition.campaign, content.name, content.walled, name, choices)


def _parts(text: str) -> Iterator[list[str]]:
    """The syllables between two signs."""
    for part in _SIGNS.split(text):
        if said := [word for word in words(part) if word not in _DONE]:
            yield said


def _pairs(text: str) -> list[str]:
    return [f"{one} {other}" for part in _parts(text) for one, other in pairwise(part)] or _syllables(text)


def _syllables(text: str) -> list[str]:
    return [syllable for part in _parts(text) for syllable in part]


def _said_of(name: str, said: set[str]) -> str:
    """The words of the name that a task says, as the name writes them, with … for what it does not; pairs where there are any."""
    told = list[str]()
    for part in filter(None, _SIGNS.split(name)):
        own = part.split()
        pairs = [" ".join(words(f"{one} {other}")) in said for one, other in pairwise(own)]
        kept = [at for at in range(len(own)) if any(pairs[max(0, at - 1) : at + 1])]
        told += [word if at in kept else "…" for at, word in enumerate(own)]
    told = told if any(word != "…" for word in told) else [word if {*words(word)} <= said else "…" for word in name.split()]
    return " ".join(word for at, word in enumerate(told) if word != "…" or (at and told[at - 1] != "…")).removesuffix(" …")
