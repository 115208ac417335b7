"""What an action answers: a value for everything that a user can cause."""

from dataclasses import dataclass
from datetime import datetime

from kheo.core.checking import CellProblem
from kheo.core.figures import Figure


@dataclass(frozen=True)
class Refusal:
    """Nothing was changed, and why; `problems` are about cells, `changes` tell what happened since the form was made.

    `asks_to_vouch`: only because of what looks like personal data; the same text as `Vouched` is taken.
    """

    message: str
    problems: tuple[CellProblem, ...] = ()
    changes: tuple[str, ...] = ()
    asks_to_vouch: bool = False


@dataclass(frozen=True)
class Conflict:
    """A cell that somebody else changed meanwhile: what it holds now, and who wrote it. "" means not answered."""

    target: str
    current: Figure | str
    by: str


@dataclass(frozen=True)
class Saved:
    """A draft as it is now; cells in conflict kept what the other person wrote. `lost`: sentences about texts whose source went away."""

    version: int
    at: datetime
    saved: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """The act took place. `closed`: why the report is not wanted any more since, where the act had that about it."""

    version: int
    closed: str = ""
