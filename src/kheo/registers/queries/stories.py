"""What stands beside one entry, as its page shows it: limits, deeds, lines, links. One query each, whatever their number."""

from collections.abc import Sequence

from django.db.models import Q

from kheo.core.registers.clock import Deadline
from kheo.registers.models import DeadlineRun, Deed, Entry, EntryLine, EntryLink


def limits_of(entry: Entry) -> list[tuple[str, Deadline]]:
    """Every run of its clocks as it now stands, with the code of the clock: those that still run first."""
    runs = DeadlineRun.objects.filter(entry=entry, known_to__isnull=True).order_by("met_on", "due_on", "pk")
    rows = [(run.clock, Deadline(run.started_on, run.due_on, run.paused_on, run.left, run.extended, run.met_on)) for run in runs]
    return sorted(rows, key=lambda row: (row[1].met_on is not None, row[1].due_on))


def deeds_of(entry: Entry) -> Sequence[Deed]:
    """What was done to it, newest first."""
    return list(Deed.objects.filter(entry=entry).order_by("-pk"))


def lines_of(entry: Entry) -> Sequence[EntryLine]:
    """The lines that stand, by kind and day."""
    return list(EntryLine.objects.filter(entry=entry, known_to__isnull=True).order_by("line", "on", "number"))


def links_of(entry: Entry) -> Sequence[EntryLink]:
    """The links that stand, from it and to it, both ends read."""
    rows = EntryLink.objects.filter(Q(entry=entry) | Q(other=entry), known_to__isnull=True)
    return list(rows.select_related("entry", "other").order_by("pk"))


def link_in(entry: Entry, link: int) -> EntryLink | None:
    """A link from this entry that stands."""
    return EntryLink.objects.filter(entry=entry, pk=link, known_to__isnull=True).first()
