"""What the checker answers: where a paper departs from its profile."""

from dataclasses import dataclass


class NotAPaper(ValueError):
    """The file cannot be measured; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Deviation:
    """One place that is not as the rule wants it. `place` is the text there, or what part of the page it is."""

    rule: str
    part: str
    place: str
    found: str
    expected: str
    source: str

    def __str__(self) -> str:
        where = f" “{self.place}”" if self.place else ""
        return f"{self.part}{where}: đo được {self.found}, cần {self.expected} ({self.source})"
