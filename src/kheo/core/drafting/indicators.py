"""Which indicators used before fit a task: by the pairs of syllables of an indicator's name that the task has as well.

Pairs, because most Vietnamese words are two syllables; a pair that few indicators have weighs more. No meaning is looked at: what is told
in other words is not found, so a person chooses, and nothing is proposed below a floor.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log

from kheo.core.definition import Choice, Definition, Indicator
from kheo.core.text import fold, words

FLOOR = 45  # of 100: below it nothing is proposed
SURE = 75  # from here on a proposal is taken into the draft without being called doubtful
MOST = 3
_SAME_CONTENT = 10


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
        self._pairs = {code: _pairs(known.indicator.name) for code, known in self.known.items()}
        often = Counter(pair for pairs in self._pairs.values() for pair in set(pairs))
        self._weight = {pair: log(1 + len(self.known) / count) for pair, count in often.items()}

    def proposals(self, task: str, content: str | None, *, walled: bool) -> list[Proposal]:
        """At most three for a task of a content (its name), best first. A walled content gets only what a walled one was asked."""
        said = set(_pairs(task))
        ranked = [self._proposal(code, known, said, content) for code, known in self.known.items() if known.walled or not walled]
        fitting = [each for each in ranked if each.score >= FLOOR]
        return sorted(fitting, key=lambda each: (-each.score, each.known.indicator.code))[:MOST]

    def _proposal(self, code: str, known: Known, said: set[str], content: str | None) -> Proposal:
        if known.indicator.aggregation == "ratio":  # computed from others, which are proposed themselves
            return Proposal(known, 0, "")
        own = self._pairs[code]
        common = [pair for pair in own if pair in said]
        whole = sum(self._weight[pair] for pair in own)
        score = round(100 * sum(self._weight[pair] for pair in common) / whole) if whole else 0
        same = content is not None and fold(content) == fold(known.content)
        reason = f"cùng nói “{_runs(known.indicator.name, common)}”" + (f"; cùng nội dung ở {known.campaign}" if same else "")
        return Proposal(known, min(100, score + _SAME_CONTENT) if same and score else score, reason)


def _known(definition: Definition, indicator: Indicator) -> Known:
    content = definition.content_of(indicator.content)
    name = definition.list_names.get(indicator.breakdown) if indicator.breakdown else None
    choices = definition.lists[indicator.breakdown] if indicator.breakdown else ()
    return Known(indicator, definition.campaign, content.name, content.walled, name, choices)


def _pairs(text: str) -> list[str]:
    said = words(text)
    return [f"{one} {other}" for one, other in pairwise(said)] or said


def _runs(name: str, common: list[str]) -> str:
    """The words of the name that were found, as the name writes them, with … for what was not."""
    whole = name.replace(",", " ").split()
    kept = set[int]()
    for at in range(max(1, len(whole) - 1)):
        if " ".join(words(" ".join(whole[at : at + 2]))) in common:
            kept.update((at, at + 1))
    told = [word if at in kept else "…" for at, word in enumerate(whole)]
    return " ".join(word for at, word in enumerate(told) if word != "…" or (at and told[at - 1] != "…")).removesuffix(" …")
