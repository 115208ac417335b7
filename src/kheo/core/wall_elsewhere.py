"""The small-count wall in another structure: only what the pages as reported tell already.

Whoever reads the same figures in two structures can subtract one from the other, and there are as many structures as days. So a number
of another structure is shown only where it is a sum and difference of numbers that the same reader is shown as reported. Then every page
of every structure can be worked out from the pages as reported: all of them together tell nothing that those do not, whatever anybody
knows of the rules, and no pair of days needs to be looked at.

What is shown as reported are the totals of nested subtrees and single reports. Take each, without the largest ones inside it: these
*atoms* are disjoint, each is a difference of what is shown, and whatever is such a sum and difference is a sum of whole atoms. So the
test is exact: a line is told where no atom is cut, that is where all reports of an atom that gave a number are in the line or none is.

More could be shown without giving a single count away, but not by a rule that looks at one page: which cut of an atom is harmless
depends on every other cut that is shown, on any day of any line, and to find a largest harmless set of them is hard in general (the
choice of secondary suppressions: Willenborg and de Waal, *Elements of Statistical Disclosure Control*, 2001, ch. 6).
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kheo.core.tree import Snapshot
from kheo.core.tree_arrays import Int64s
from kheo.core.wall import Hidden, Level, hidden_along, hidden_at


@dataclass(frozen=True)
class Top:
    """The highest unit whose total a reader sees, and the units above it (`path`, from the highest down to it) where the reader is taken
    to see those; `is_owner`: the reader belongs to it.
    """

    path: tuple[int, ...]
    is_owner: bool


# For units of the tree their levels, and for units which of them gave a number themselves.
Levels = Callable[[Collection[int]], Mapping[int, Level]]
Gave = Callable[[Collection[int]], Collection[int]]


@dataclass
class _Cuts:
    """`untold`: lines that are no sum of whole atoms. `doubtful`: positions of atoms that are cut unless some gave no number."""

    labels: Int64s
    untold: set[int] = field(default_factory=set)
    doubtful: list[tuple[list[int], bool]] = field(default_factory=list)


def untold_lines(origin: Snapshot, labels: Int64s, tops: Sequence[Top], levels: Levels, gave: Gave) -> frozenset[int]:
    """Lines whose number must not be shown in another structure. `labels`: by position of the frozen tree the line, -1 for none.

    `levels` is asked once for each depth at which a line cuts a subtree, `gave` at most once.
    """
    cuts = _Cuts(labels)
    run = np.cumsum(np.concatenate(([True], labels[1:] != labels[:-1])))
    is_seen = np.zeros(len(labels), bool)
    pages = []
    found = levels({unit for top in tops for unit in top.path})
    for top in tops:
        place = origin.position[top.path[-1]]
        is_seen[place : origin.ends[place]] = True
        hidden = hidden_along([found[unit] for unit in top.path], is_owner=top.is_owner)
        pages.append((top.path[-1], hidden, len(top.path) - 1, top.is_owner))
    while pages:
        below = [each for unit, hidden, depth, is_owner in pages for each in _page(origin, run, cuts, found[unit], hidden, depth, is_owner)]
        found = levels({unit for unit, _, _ in below}) if below else {}
        pages = [(unit, hidden_at(found[unit], depth, is_owner=is_owner), depth, is_owner) for unit, depth, is_owner in below]
    _settle(origin, cuts, gave)
    return frozenset(cuts.untold | (set(labels[~is_seen].tolist()) - {-1}))


def _page(
    origin: Snapshot, run: Int64s, cuts: _Cuts, level: Level, hidden: Hidden, depth: int, is_owner: bool
) -> Iterator[tuple[int, int, bool]]:
    """Takes the atom of a page; answers with the units shown on it whose subtree is cut, each with its depth."""
    atom: list[int] = []
    if level.own is not None and hidden.own:
        atom.append(origin.position[level.unit])
    for unit, value in level.children.items():
        place = origin.position[unit]
        if value is None:
            continue
        if unit in hidden.children:
            atom.extend(range(place, origin.ends[place]))
        elif run[place] != run[origin.ends[place] - 1]:
            yield unit, depth + 1, is_owner
    if atom and (hidden.total or len(set(cuts.labels[atom].tolist())) > 1):
        cuts.doubtful.append((atom, hidden.total))


def _settle(origin: Snapshot, cuts: _Cuts, gave: Gave) -> None:
    """An atom that no total closes tells nothing; another one is cut where reports that gave a number are in several lines."""
    if not cuts.doubtful:
        return
    numbered = gave({origin.units[place] for atom, _ in cuts.doubtful for place in atom})
    for atom, is_open in cuts.doubtful:
        lines = {int(cuts.labels[place]) for place in atom if origin.units[place] in numbered}
        if is_open or len(lines) > 1:
            cuts.untold |= lines - {-1}
