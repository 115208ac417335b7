"""What every channel promises."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, Protocol

from kheo.core.letters import Letter

SENT: Final = "sent"
LATER: Final = "later"
FAILED: Final = "failed"
UNCLEAR: Final = "unclear"
DROPPED: Final = "dropped"


@dataclass(frozen=True)
class Message:
    """A letter to an address; `reference` is the same whenever the same message is tried again."""

    to: str
    letter: Letter
    reference: str


@dataclass(frozen=True)
class Outcome:
    """What became of a message: taken over, surely not (to be tried again, or for good), or nobody knows.

    `dropped` is no channel's: nothing was left to say, so none was asked. `reason` is for people and holds no address; `is_down`: the
    channel itself is away, others need not be tried now.
    """

    state: Literal["sent", "later", "failed", "unclear", "dropped"]
    reason: str = ""
    after: timedelta | None = None
    is_down: bool = False


class Channel(Protocol):
    """One way to reach people."""

    def send(self, message: Message) -> Outcome:
        """Send one message; whatever goes wrong is an outcome, never an error."""
        ...

    def close(self) -> None:
        """Give back what was opened for sending."""
        ...
