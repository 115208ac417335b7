"""How a cycle's obligations stand, one small number each, and counting them: over subtrees, over lines, over single places."""

from dataclasses import dataclass

import numpy as np

from kheo.core.consolidated import ObligationCounts
from kheo.core.rollup import Int64s

# What a code holds: one of these states, and the two things that follow from dates.
STATES = ("accepted", "submitted", "returned", "draft", "not_started", "closed")
OVERDUE, ON_TIME = 8, 16
STATE = OVERDUE - 1
CODES = OVERDUE + ON_TIME + STATE + 1
ACCEPTED, CLOSED = STATES.index("accepted"), STATES.index("closed")


def _counted_in() -> Int64s:
    """By code, what it adds to each field of `ObligationCounts`, in their order."""
    told = np.arange(CODES)
    states = {name: (told & STATE) == code for code, name in enumerate(STATES)}
    rest = {"expected": np.ones(CODES), "overdue": (told & OVERDUE) > 0, "on_time": (told & ON_TIME) > 0}
    return np.stack([(states | rest)[name] for name in ObligationCounts.__dataclass_fields__], axis=1).astype(np.int64)


COUNTED_IN = _counted_in()


@dataclass(frozen=True)
class Standings:
    """`places`: position of each obligation's unit in the cycle's tree, ascending (a unit may owe several); `codes`: how it stands."""

    places: Int64s
    codes: Int64s

    @property
    def missing(self) -> Int64s:
        """Places of the obligations without an accepted report, but for those of which none is wanted any more."""
        state = self.codes & STATE
        found: Int64s = self.places[(state != ACCEPTED) & (state != CLOSED)]
        return found

    @property
    def closed(self) -> Int64s:
        """Places of those of which none is wanted any more."""
        found: Int64s = self.places[(self.codes & STATE) == CLOSED]
        return found

    def over(self, starts: Int64s, ends: Int64s) -> list[ObligationCounts]:
        """Counts over each of these ranges of positions `[start, end)`, however they nest: every obligation is looked at once."""
        cuts = np.unique(np.concatenate([starts, ends]))
        pieces = np.searchsorted(cuts, self.places, side="right")
        up_to = np.cumsum(self._by(pieces, len(cuts) + 1), axis=0)
        first, last = np.searchsorted(cuts, starts), np.searchsorted(cuts, ends)
        return [ObligationCounts(*each) for each in (up_to[last] - up_to[first]).tolist()]

    def by_line(self, labels: Int64s, lines: int) -> list[ObligationCounts]:
        """Counts of lines 0 … lines-1; `labels`: by position the line that it belongs to, -1 for none."""
        return [ObligationCounts(*each) for each in self._by(labels[self.places] + 1, lines + 1)[1:].tolist()]

    def within(self, labels: Int64s) -> "Standings":
        """Those whose position belongs to a line."""
        inside = labels[self.places] >= 0
        return Standings(self.places[inside], self.codes[inside])

    def _by(self, groups: Int64s, number: int) -> Int64s:
        found: Int64s = np.bincount(groups * CODES + self.codes, minlength=number * CODES).reshape(number, CODES) @ COUNTED_IN
        return found
