"""What an action on an entry gives back: the entry as it now stands, or every reason why nothing was changed."""

from dataclasses import dataclass

from kheo.core.registers.values import FieldProblem
from kheo.registers.models import Entry


@dataclass(frozen=True)
class Made:
    """The entry after the act; `further`: another one that the act made, the next episode of a place."""

    entry: Entry
    further: Entry | None = None


@dataclass(frozen=True)
class Refused:
    """Why nothing was changed: one sentence about the whole, and what is wrong with which field. In Vietnamese."""

    message: str
    problems: tuple[FieldProblem, ...] = ()
