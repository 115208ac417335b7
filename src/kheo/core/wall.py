"""The small-count wall over a tree: which counts to hide so that no page, nor several pages held together, gives one away.

A table of counts that are printed with their sum is protected by hiding every small count and, where it could still be
reckoned from the sum, one more (secondary suppression: Willenborg and de Waal, *Elements of Statistical Disclosure Control*,
2001, ch. 6). A number that is hidden is not opened either: nothing below it is shown, so that each page's sum stands alone and
cannot be played off against another's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kheo.core.privacy import SMALL, is_small

Veil = Literal["small", "covered"]


@dataclass(frozen=True)
class Level:
    """A unit with its own direct count and the counts of the subtrees directly below; None where there is no number."""

    unit: int
    own: int | None
    children: Mapping[int, int | None]


@dataclass(frozen=True)
class Hidden:
    """What of one unit's line is not shown: its total, its own direct count, the counts of these children.

    What may be said of hidden numbers, of the total (`whole`) and of the others (`parts`): "small", they are 1 to 4; or only that
    they are "covered": then one of them is another number, and which one must not show.
    """

    total: bool = False
    own: bool = False
    children: frozenset[int] = frozenset()
    whole: Veil = "covered"
    parts: Veil = "covered"

    @property
    def over_total(self) -> Veil | None:
        """What is said instead of the total; None where it is shown."""
        return self.whole if self.total else None

    @property
    def over_own(self) -> Veil | None:
        """What is said instead of the unit's own direct count."""
        return self.parts if self.own else None

    def over_child(self, unit: int) -> Veil | None:
        """What is said instead of the count of a unit directly below."""
        return self.parts if unit in self.children else None


OPEN = Hidden()


def hidden_along(levels: Sequence[Level], *, is_owner: bool) -> Hidden:
    """What to hide at the last of `levels`, which lead from the highest unit a reader sees down to the one on the page.

    `is_owner`: the reader belongs to the first of them, whose own direct count is then no secret to hide behind.
    """
    result = OPEN
    for depth, level in enumerate(levels):
        if depth > 0 and level.unit in result.children:
            return _closed(levels[-1], result.parts if depth == len(levels) - 1 else "covered")
        result = _hidden_at(level, is_owner and depth == 0)
    return result


def _closed(level: Level, whole: Veil) -> Hidden:
    """Nothing of a unit whose total is hidden."""
    children = frozenset(unit for unit, value in level.children.items() if value is not None)
    return Hidden(True, level.own is not None, children, whole)


def _hidden_at(level: Level, is_owner: bool) -> Hidden:
    """Of a unit whose total is shown: every small part, and a cover where their sum would tell them.

    Where nobody is left to cover them, several are at least not called small; a single one takes the total with it.
    """
    parts = dict(level.children) if is_owner else {**level.children, level.unit: level.own}
    hidden = {unit for unit, value in parts.items() if is_small(value)}
    is_given_away = _is_given_away([parts[unit] or 0 for unit in hidden])
    cover = _cover(parts, hidden) if is_given_away else set()
    is_alone = len(hidden) == 1 and not cover
    hidden |= cover
    veil: Veil = "covered" if is_given_away and not is_alone else "small"
    whole: Veil = "covered" if is_owner and level.own else "small"  # with a known part beside it, "1 to 4" would say too much
    return Hidden(is_alone, level.unit in hidden, frozenset(hidden - {level.unit}), whole, veil)


def _is_given_away(small: Sequence[int]) -> bool:
    """Whether the sum of hidden small counts tells each of them: there is one, or all are at one end of 1 to 4."""
    return len(small) == 1 or (bool(small) and sum(small) in (len(small), len(small) * (SMALL - 1)))


def _cover(parts: Mapping[int, int | None], hidden: set[int]) -> set[int]:
    """One more count to hide: the smallest positive one, else a zero; nothing where nobody else gave a number."""
    others = sorted((value == 0, value, unit) for unit, value in parts.items() if value is not None and unit not in hidden)
    return {others[0][2]} if others else set()
