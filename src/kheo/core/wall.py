"""The small-count wall over a tree: which counts to hide so that no page, nor two pages held together, gives one away.

A table of counts that are printed with their sum is protected by hiding every small count and, where it could still be
reckoned from the sum, one more (secondary suppression: Willenborg and de Waal, *Elements of Statistical Disclosure Control*,
2001, ch. 6). What is hidden at one level must not come back as the sum of what is shown one level below: so the decision runs
down from the highest unit whose total the reader sees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kheo.core.privacy import SMALL, is_small


@dataclass(frozen=True)
class Level:
    """A unit with its own direct count and the counts of the subtrees directly below; None where there is no number."""

    unit: int
    own: int | None
    children: Mapping[int, int | None]


@dataclass(frozen=True)
class Hidden:
    """What of one unit's line is not shown: its total, its own direct count, the counts of these children."""

    total: bool = False
    own: bool = False
    children: frozenset[int] = frozenset()


OPEN = Hidden()


def hidden_along(levels: Sequence[Level], *, is_owner: bool) -> Hidden:
    """What to hide at the last of `levels`, which lead from the highest unit a reader sees down to the one on the page.

    `is_owner`: the reader belongs to the first of them, whose own direct count is then no secret to hide behind.
    """
    result = OPEN
    for depth, level in enumerate(levels):
        owner = is_owner and depth == 0
        is_total_hidden = depth > 0 and level.unit in result.children
        result = _hidden_at(level, is_total_hidden, owner)
    return result


def _hidden_at(level: Level, is_total_hidden: bool, is_owner: bool) -> Hidden:
    parts = dict(level.children) if is_owner else {**level.children, level.unit: level.own}
    hidden = {unit for unit, value in parts.items() if is_small(value)}
    if is_total_hidden:
        if not hidden:
            hidden |= _cover(parts, hidden)
    elif _is_given_away([parts[unit] or 0 for unit in hidden]):
        cover = _cover(parts, hidden)
        is_total_hidden = not cover
        hidden |= cover
    return Hidden(is_total_hidden, level.unit in hidden, frozenset(hidden - {level.unit}))


def _is_given_away(small: Sequence[int]) -> bool:
    """Whether the sum of hidden small counts tells each of them: there is one, or all are at one end of 1 to 4."""
    return len(small) == 1 or (bool(small) and sum(small) in (len(small), len(small) * (SMALL - 1)))


def _cover(parts: Mapping[int, int | None], hidden: set[int]) -> set[int]:
    """One more count to hide: the smallest positive one, else a zero; nothing where nobody else gave a number."""
    others = sorted((value == 0, value, unit) for unit, value in parts.items() if value is not None and unit not in hidden)
    return {others[0][2]} if others else set()
