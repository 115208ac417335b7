"""What is said beside the fields of a draft: where each came from, and what is still open, each under the field's path."""

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
        self.said.setdefault(path, []).append(words)

    def open(self, path: Path, words: str) -> None:
        """A comment that asks, and a line in the list of what is open."""
        self.left_open.append(Open(path, words))
        self.say(path, f"CẦN XÁC NHẬN: {words}")
