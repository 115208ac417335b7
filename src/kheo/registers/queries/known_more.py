"""Numbers known to be more than is told ("hơn 10.000"), remembered for some minutes, so that they are not counted that far with every page.

To find out that a city has more than 10,000 recognised models takes a look at 10,001 of them, and it will be so tomorrow. What is less is
counted each time: a number that is told is always of now. A memory of no consequence, each process its own.
"""

import time
from collections.abc import Collection, Hashable, Iterable

from kheo.core.bounded import Bounded

KEPT_FOR = 600.0  # seconds in which a register is not emptied to below what is told
MOST_KEPT = 4096

_until = Bounded[Hashable, float](MOST_KEPT)


def key_of(register: int, whose: Iterable[Collection[int] | None], most: int, *counted: Hashable) -> Hashable:
    """What is counted of a register's entries of some units (None: of all), and how far.

    Of the units how many and a number made of them all: whoever searches for other words with every page would else fill the memory with
    the twenty thousand units of a city four thousand times.
    """
    return (register, tuple(None if each is None else _told(each) for each in whose), most, *counted)


def _told(units: Collection[int]) -> tuple[int, int]:
    known = units if isinstance(units, frozenset) else frozenset(units)
    return len(known), hash(known)


def is_more(key: Hashable) -> bool:
    """Whether it was found out a short while ago."""
    return _until.get(key, 0.0) > time.monotonic()


def remember(key: Hashable) -> None:
    """That there is more."""
    _until.keep(key, time.monotonic() + KEPT_FOR)


def forget() -> None:
    """Everything: entries were taken back as no act does it (a test ended)."""
    _until.clear()
