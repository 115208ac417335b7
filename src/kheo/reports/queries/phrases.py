"""The sentences that a recipient's reviewers use again, the most used first."""

from dataclasses import dataclass
from datetime import datetime

from kheo.reports.models import Phrase

REMARK, RETURN = "remark", "return"
MOST = 200  # so many are kept of each kind
OFFERED = 20


@dataclass(frozen=True)
class Remembered:
    """A phrase as it is kept."""

    id: int
    kind: str
    text: str
    uses: int
    used_at: datetime


def phrases(unit: int) -> list[Remembered]:
    """All of a unit's, both kinds: one query."""
    rows = Phrase.objects.filter(unit=unit).order_by("kind", "-uses", "-used_at", "pk")
    return [Remembered(row.pk, row.kind, row.text, row.uses, row.used_at) for row in rows]


def offered(found: list[Remembered], kind: str) -> tuple[str, ...]:
    """Those that are offered while somebody writes."""
    return tuple(each.text for each in found if each.kind == kind)[:OFFERED]
