"""Rules about a few words, asked once for the same words while a paper is read: lists of copies, tables and forms repeat their lines.

Nothing of a paper stays in memory: `read` forgets when it has ended.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

MOST_KEPT = 8192  # answers of each rule
LONGEST = 300  # letters: what is longer hardly comes twice

Question = TypeVar("Question", bound=Callable[..., Any])
_forgetting: list[Callable[[], None]] = []


def asked_once(question: Question) -> Question:
    """For a rule whose answer depends on its words alone, and that nobody changes."""
    kept = lru_cache(MOST_KEPT)(question)
    _forgetting.append(kept.cache_clear)

    @wraps(question)
    def asked(text: str) -> Any:
        return kept(text) if len(text) <= LONGEST else question(text)

    return cast(Question, asked)


def forget() -> None:
    """All answers: a paper was read."""
    for each in _forgetting:
        each()
