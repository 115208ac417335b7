"""What is said beside the fields of a draft: where each came from, and what is still open, each under the field's path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Open:
    """Something that the papers do not say, or do not say for sure: a person decides."""

    path: Path
    words: str


@dataclass
class Notes:
    """Gathered while a draft is made."""

    said: dict[Path, list[str]] = field(default_factory=dict)
    left_open: list[Open] = field(default_factory=list)

    def say(self, path: Path, words: str) -> None:
        """A comment beside a field."""
        said = self.said.setdefault(path, [])
        said += [words] if words not in said else []

    def open(self, path: Path, words: str) -> None:
        """A comment that asks, and a line in the list of what is open."""
        self.left_open.append(Open(path, words))
        self.say(path, f"CẦN XÁC NHẬN: {words}")

    def rearrange(self, path: Path, turns: Sequence[int]) -> None:
        """The rows of a list now are those of these turns, in this order: what stands beside a row goes with it, or away."""
        new = {turn: at for at, turn in enumerate(turns)}
        moved = [(_moved(own, path, new), lines) for own, lines in self.said.items()]
        self.said = {own: lines for own, lines in moved if own is not None}
        asked = [(_moved(each.path, path, new), each.words) for each in self.left_open]
        self.left_open = [Open(own, words) for own, words in asked if own is not None]


def _moved(own: Path, path: Path, new: Mapping[int, int]) -> Path | None:
    turn = own[len(path)] if own[: len(path)] == path and len(own) > len(path) else None
    if not isinstance(turn, int):
        return own
    return (*path, new[turn], *own[len(path) + 1 :]) if turn in new else None
