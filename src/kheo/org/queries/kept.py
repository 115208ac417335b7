"""What one page asks of the tree several times, and every page again: kept in memory as long as no tree changes.

Only within `one_look`, in which the stamp of the trees is read once: whoever asks without it, or writes, always reads the database.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

from kheo.core.bounded import Bounded
from kheo.org.queries.passages import structure_stamp

MOST_KEPT = 2000  # answers of each question
MOST_UNITS = 200  # of more than these a few answers are kept by themselves: of a district, which many read, none of a country's branches
MOST_LARGE, LARGE_KEPT = 2000, 50

Question = TypeVar("Question", bound=Callable[..., Collection[Any]])

_stamp: ContextVar[list[tuple[int, ...]] | None] = ContextVar("stamp", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within it the trees are as they stood when they were first asked about: for what reads and changes none."""
    token = _stamp.set([])
    try:
        yield
    finally:
        _stamp.reset(token)


def stamp_of_look() -> tuple[int, ...]:
    """`structure_stamp`, asked once in a look."""
    known = _stamp.get()
    if known is None:
        return structure_stamp()
    if not known:
        known.append(structure_stamp())
    return known[0]


def kept_in_a_look(copied: Callable[[Any], Any], most: int = MOST_UNITS, answers: int = MOST_KEPT) -> Callable[[Question], Question]:
    """For a question that `structure_stamp` covers wholly; `copied` makes the answer that a caller may change.

    `answers` of at most `most` units are kept at once, and a few of more (`LARGE_KEPT` of at most `MOST_LARGE`); none beyond.
    """

    def around(question: Question) -> Question:
        # Under the stamp of then: what a change made old is never asked for, and goes first.
        kept, large = Bounded[Any, Any](answers), Bounded[Any, Any](LARGE_KEPT)

        @wraps(question)
        def asked(*about: Any) -> Any:
            if _stamp.get() is None:
                return question(*about)
            words = tuple(_hashed(each) for each in about)
            key = (stamp_of_look(), *words)  # before it is asked: after a change in between the next look asks again
            found = kept.get(key)
            found = large.get(key) if found is None else found
            if found is None:
                found = question(*about)
                size = max(len(found), *(len(each) for each in words if isinstance(each, frozenset)), 0)
                if size <= most or size <= MOST_LARGE:
                    (kept if size <= most else large).keep(key, found)
            return copied(found)

        return cast(Question, asked)

    return around


def _hashed(value: Any) -> Any:
    return frozenset(value) if isinstance(value, Collection) and not isinstance(value, str) else value
