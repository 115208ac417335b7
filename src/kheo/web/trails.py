"""The path to a page: from the highest unit that a reader sees down to it, or from Việc của tôi."""

from collections.abc import Callable, Sequence

from django.urls import reverse

from kheo.core.due_words import report_title
from kheo.org.models import SnapshotUnit

Trail = list[dict[str, str]]


def trail(units: Sequence[SnapshotUnit], address: Callable[[SnapshotUnit], str], *last: str) -> Trail:
    """Breadcrumb steps of these units, the page itself last; `last`: words of steps below the units."""
    steps = [{"label": unit.name, "url": address(unit)} for unit in units]
    return [*steps, *({"label": word, "url": ""} for word in last)]


def from_home(*steps: tuple[str, str]) -> Trail:
    """Việc của tôi, then these steps as (words, address); the page itself has no address."""
    return [{"label": label, "url": url} for label, url in (("Việc của tôi", reverse("home")), *steps)]


def from_report(cycle_name: str, obligation: int, *last: str) -> Trail:
    """Through the page of a report to something about it."""
    return from_home((report_title(cycle_name), reverse("report", args=[obligation])), *((word, "") for word in last))
