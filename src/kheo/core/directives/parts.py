"""What stands between the blanks of a text, and how often: what rules about single words and their neighbours ask first."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import chain, pairwise
from typing import TypeVar

T = TypeVar("T")


class Parts:
    """What stands between the blanks of a text, counted: by its lines, as tables, forms and lists repeat theirs."""

    def __init__(self, text: str) -> None:
        lines = [line for line in text.split("\n") if line and not line.isspace()]
        parted = {line: line.split() for line in lines}
        self._by_times: dict[int, list[list[str]]] = {}
        for line, times in Counter(lines).items():
            self._by_times.setdefault(times, []).append(parted[line])
        ends = [(parts[0], parts[-1]) for parts in map(parted.__getitem__, lines)]
        self._over_ends = [(last, first) for (_, last), (first, _) in pairwise(ends)]

    @cached_property
    def words(self) -> Counter[str]:
        """How often each stands there."""
        return self._counted(chain.from_iterable)

    def pairs(self) -> Counter[tuple[str, str]]:
        """How often two stand beside each other, over the ends of lines too."""
        counts = self._counted(lambda lines: chain.from_iterable(map(pairwise, lines)))
        counts.update(self._over_ends)
        return counts

    def _counted(self, each: Callable[[list[list[str]]], Iterable[T]]) -> Counter[T]:
        counts: Counter[T] = Counter()
        for times, lines in self._by_times.items():
            found = Counter(each(lines))
            if times == 1:
                counts.update(found)
            else:
                counts.update({said: times * often for said, often in found.items()})
        return counts
