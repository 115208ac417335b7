"""What happened to units of any number, newest day first, a page at a time."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kheo.core.unit_kinds import Line
from kheo.org.models import EventBatch, Relation, Succession, UnitEvent
from kheo.org.queries.events import EventTold, tell
from kheo.org.queries.lives import Chapter, chapters_of, names_through_time


@dataclass(frozen=True)
class Happenings:
    """Events, each seen from its own unit; `total` of them there are, and of which of their units something is left to look at."""

    chapters: tuple[Chapter, ...]
    total: int
    known: frozenset[int]


def happenings(
    lines: Collection[Line],
    *,
    units: Collection[int] | None = None,
    batch: int | None = None,
    after: date | None = None,
    until: date | None = None,
    page: int = 1,
    most: int = 50,
    seen_from: int | None = None,
) -> Happenings:
    """Events of units that stand or stood on one of these lines, the newest day first; a page beyond the last is the last one.

    `units`: only what happened to these, also where they follow or are followed; `batch`: recorded together; days `(after, until]`.
    A place on another line is not told. `seen_from`: whose life it is, where it is not that of each event's own unit.
    The same number of queries whatever there is.
    """
    rows = _on_lines(lines)
    if units is not None:
        passed = Succession.objects.filter(Q(predecessor__in=units) | Q(successor__in=units)).values("event")
        rows = rows.filter(Q(unit__in=units) | Q(pk__in=passed))
    if batch is not None:
        rows = rows.filter(batch=batch)
    if after:
        rows = rows.filter(day__gt=after)
    if until:
        rows = rows.filter(day__lte=until)
    total = rows.count()
    skip = (min(max(page, 1), max(-(-total // most), 1)) - 1) * most
    found = list(rows.select_related("annulled_by").order_by("-day", "pk")[skip : skip + most])
    told = [_without_places(event, lines) for event in tell(found)]
    known = frozenset(names_through_time({event.unit for event in told}))
    return Happenings(tuple(chapters_of([(event, seen_from or event.unit) for event in told], lines)), total, known)


def life(unit: int, lines: Collection[Line], *, page: int = 1, most: int = 50) -> Happenings:
    """A page of everything recorded of a unit and of those it followed or was followed by; what was taken back is told as such."""
    return happenings(lines, units=[unit], page=page, most=most, seen_from=unit)


def _without_places(event: EventTold, lines: Collection[Line]) -> EventTold:
    """Of a unit that begins on several lines, only where it was put on these."""
    places = event.detail.get("places")
    return replace(event, detail={**event.detail, "places": [each for each in places if each[0] in lines]}) if places else event


def _on_lines(lines: Collection[Line]) -> "QuerySet[UnitEvent]":
    """Also by the line that the event itself speaks of, or the one that it takes back, where they do."""
    values = [line.value for line in lines]
    stood = Relation.objects.filter(child=OuterRef("unit"), line__in=values)
    own = Q(detail__line__isnull=True) | Q(detail__line__in=values)
    annulled = Q(annuls__isnull=True) | Q(annuls__detail__line__isnull=True) | Q(annuls__detail__line__in=values)
    return UnitEvent.objects.filter(Exists(stood)).filter(own).filter(annulled)


@dataclass(frozen=True)
class BatchTold:
    """Events recorded together: the file they came from (empty: none) and when they were recorded."""

    id: int
    file: str
    recorded_at: datetime


def batch_told(batch: int) -> BatchTold | None:
    """None where there is no such batch."""
    row = EventBatch.objects.filter(pk=batch).first()
    return BatchTold(row.pk, row.file, row.recorded_at) if row else None
