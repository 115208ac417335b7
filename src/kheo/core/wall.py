"""The small-count wall over a tree: which counts to hide so that no page, nor several pages held together, gives one away.

A table of counts that are printed with their sum is protected by hiding every small count and, where it could still be
reckoned from the sum, one more (secondary suppression: Willenborg and de Waal, *Elements of Statistical Disclosure Control*,
2001, ch. 6). A number that is hidden is not opened either: nothing below it is shown, so that each page's sum stands alone and
cannot be played off against another's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kheo.core.privacy import SMALL, is_small

Veil = Literal["small", "covered"]


@dataclass(frozen=True)
class Level:
    """A unit with its own direct count and the counts of the subtrees directly below; None where there is no number.

    `owns`: the own direct counts of those children that have units below them. Their direct recipient reads them in their reports.
    """

    unit: int
    own: int | None
    children: Mapping[int, int | None]
    owns: Mapping[int, int | None] = field(default_factory=dict)


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


def hidden_along(levels: Sequence[Level], *, is_owner: bool, reads_reports: bool = True) -> Hidden:
    """What to hide at the last of `levels`, which lead from the highest unit a reader sees down to the one on the page.

    `is_owner`: the reader belongs to the first of them. The own direct count of the first is known to the reader, who belongs to it
    or receives its report; to one who belongs to it, the own counts of the units directly below are known as well, from their
    reports (not without `reads_reports`: then they are as secret as any other). A known count is no cover, and a total that a known count
    leaves small behind it is hidden like a small one.
    """
    result = OPEN
    for depth, level in enumerate(levels):
        if depth > 0 and level.unit in result.children:
            return _closed(levels[-1], result.parts if depth == len(levels) - 1 else "covered")
        result = _hidden_at(level, _known_at(depth, is_owner=is_owner, reads_reports=reads_reports))
    return result


def hidden_at(level: Level, depth: int, *, is_owner: bool) -> Hidden:
    """The same of a unit that is shown on the page above it, `depth` levels below the highest unit that the reader sees."""
    return _hidden_at(level, _known_at(depth, is_owner=is_owner, reads_reports=True))


def _closed(level: Level, whole: Veil) -> Hidden:
    """Nothing of a unit whose total is hidden."""
    children = frozenset(unit for unit, value in level.children.items() if value is not None)
    return Hidden(True, level.own is not None, children, whole)


@dataclass(frozen=True)
class _Known:
    """What a reader knows beside a page: that it is the own unit's, the unit's own direct count, those of the units directly below."""

    is_owner: bool
    own: bool
    owns: bool


def _known_at(depth: int, *, is_owner: bool, reads_reports: bool) -> _Known:
    is_page_of_owner = depth == 0 and is_owner
    return _Known(is_page_of_owner, depth == 0 or (depth == 1 and is_owner and reads_reports), is_page_of_owner and reads_reports)


def _hidden_at(level: Level, known: _Known) -> Hidden:
    """Of a unit whose total is shown: every small part, and a cover where their sum would tell them.

    Where nobody is left to cover them, several are at least not called small; a single one takes the total with it.
    """
    secrets = _secrets(level, known)
    small = {unit for unit, value in level.children.items() if is_small(value) or is_small(secrets.get(unit))}
    small |= {level.unit} if not known.own and is_small(level.own) else set()
    guarded = [secrets[unit] for unit in small if secrets.get(unit)]
    is_given_away = _is_given_away(guarded)
    cover = _cover(secrets, small) if is_given_away else set()
    is_alone = len(guarded) == 1 and not cover
    # With a known part in it, "1 to 4" would be untrue or say too much.
    holds_known = any(level.owns.get(unit) for unit in small)
    veil: Veil = "covered" if (is_given_away and not is_alone) or holds_known else "small"
    whole: Veil = "covered" if (known.own and level.own) or holds_known else "small"
    is_own_hidden = level.unit in small | cover or (known.own and not known.is_owner and is_small(level.own))
    return Hidden(is_alone, is_own_hidden, frozenset((small | cover) - {level.unit}), whole, veil)


def _secrets(level: Level, known: _Known) -> dict[int, int]:
    """What a reader does not know of each part: nothing of a known own count, the rest of a child whose own count is known."""
    secrets: dict[int, int] = {}
    for unit, total in level.children.items():
        rest = total - (level.owns.get(unit) or 0) if known.owns and total is not None else total
        if rest is not None and not (rest == 0 and level.owns.get(unit) is not None and known.owns):
            secrets[unit] = rest
    if not known.own and level.own is not None:
        secrets[level.unit] = level.own
    return secrets


def _is_given_away(small: Sequence[int]) -> bool:
    """Whether the sum of hidden small counts tells each of them: there is one, or all are at one end of 1 to 4."""
    return len(small) == 1 or (bool(small) and sum(small) in (len(small), len(small) * (SMALL - 1)))


def _cover(secrets: Mapping[int, int], hidden: set[int]) -> set[int]:
    """One more count to hide: the smallest positive one, else a zero; nothing where nobody else gave a number."""
    others = sorted((value == 0, value, unit) for unit, value in secrets.items() if unit not in hidden)
    return {others[0][2]} if others else set()
