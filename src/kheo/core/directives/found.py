"""What was found in a paper: every value with its place in the text and how sure the rule is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """`[start, end)` in the text that was read."""

    start: int
    end: int


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value and where the text says it. `sure` from 0 to 1: below `DOUBTFUL` a person should look twice."""

    value: T
    place: Place
    sure: float = 1.0


DOUBTFUL = 0.7
STATED = 0.97  # read in the form that the rules of writing prescribe: no reading is sure as such
