"""Unions that keep a few books and report from them: a number here and there is another than the book's, and something comes afterwards."""

from collections.abc import Collection, Mapping
from random import Random

from kheo.demo.plan.cast import AN_DISTRICT
from kheo.demo.plan.tree import DemoTree

MOST = 8  # districts and sectors with such a union
MANY = 10  # so many unions has An's district where it has such ones too: the first of them have stories of their own
MOST_OTHERS = 3
SMALL = 1000  # a number above is money: nobody miscounts it by one
# Two that the campaign's checks hold against each other, so that neither is put up or down alone.
HELD_TOGETHER = frozenset({"C104", "C104a"})


def following_units(tree: DemoTree, taken: Collection[str]) -> list[str]:
    """The last union of a few districts and sectors, two of An's; none of those that have a story of their own (`taken`)."""
    found = list[str]()
    for parent, units in tree.children.items():
        unions = [unit.code for unit in units if unit.kind == "grassroots_union" and not unit.is_new and unit.code not in taken]
        if parent == AN_DISTRICT:
            found += unions[-2:] if len(unions) >= MANY else []
        elif unions and len(found) < MOST:
            found.append(unions[-1])
    return found


def as_books_count(counted: Mapping[str, int], explained: Collection[str], chance: Random) -> dict[str, int]:
    """What such a union sends in the cells that its books feed: their numbers, in none to three of them one or two more, or one less.

    `explained`: the cells that take words; behind the wall there is no line to say why a number is another.
    """
    figures = dict(counted)
    possible = sorted(key for key, number in counted.items() if 1 < number < SMALL and key in explained and key not in HELD_TOGETHER)
    for key in chance.sample(possible, min(len(possible), chance.randint(0, MOST_OTHERS))):
        figures[key] += chance.choice((1, 2, 2, -1))
    return figures
