"""A document that a paper names."""

from dataclasses import dataclass

from kheo.core.directives.dates import When


@dataclass(frozen=True)
class Citation:
    """A document that is named. `role`: basis, body, annex or footnote. `year` where only that is said; `name` of a law."""

    kind: str | None
    number: str | None
    date: When | None
    role: str
    name: str | None = None
    year: int | None = None
