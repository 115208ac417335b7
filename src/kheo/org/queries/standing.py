"""What is recorded about units from a day on, for planning a reorganisation."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from kheo.core.reorganising import CODE_SCHEME, Act, EventKind, Fact, Slot, Span, Standing
from kheo.org.models import Post, Relation, SpanChange, Suspension, UnitCode, UnitKind, UnitName

TABLES: dict[Fact, Any] = {
    Fact.NAME: UnitName,
    Fact.KIND: UnitKind,
    Fact.CODE: UnitCode,
    Fact.PLACE: Relation,
    Fact.SUSPENSION: Suspension,
    Fact.POST: Post,
}


def standing_from(day: date) -> Standing:
    """Every span of every unit that reaches the day, ends on it or begins later."""
    return _standing(_reaching(day))


def standing_about(day: date, units: Collection[int], *, ending: Collection[int] = (), codes: Collection[str] = ()) -> Standing:
    """The same for these units and all that a change of them can touch: a few queries, however large the country.

    That is whatever stands or will stand below the `ending` units, whoever carries or will carry one of the `codes`, and everything
    above any of them on any line.
    """
    reaching = _reaching(day)
    found = set(units) | set(Relation.objects.filter(reaching, parent_id__in=list(ending)).values_list("child_id", flat=True))
    found |= set(UnitCode.objects.filter(reaching, scheme=CODE_SCHEME, value__in=list(codes)).values_list("unit_id", flat=True))
    new = found
    while new:
        above = Relation.objects.filter(reaching, child_id__in=list(new), parent_id__isnull=False).values_list("parent_id", flat=True)
        new = {unit for unit in above if unit is not None} - found
        found |= new
    return _standing(reaching, found)


def _reaching(day: date) -> Q:
    return Q(ends__isnull=True) | Q(ends__gte=day)


def _standing(reaching: Q, units: Collection[int] | None = None) -> Standing:
    """All spans, or those of these units."""
    of_units = Q() if units is None else Q(unit_id__in=list(units))
    of_children = Q() if units is None else Q(child_id__in=list(units))
    return Standing.of(
        [
            *_of_units(Fact.NAME, UnitName.objects.filter(reaching, of_units), "name"),
            *_of_units(Fact.KIND, UnitKind.objects.filter(reaching, of_units), "kind"),
            *_codes(UnitCode.objects.filter(reaching, of_units, scheme=CODE_SCHEME)),
            *_places(Relation.objects.filter(reaching, of_children)),
            *_suspensions(Suspension.objects.filter(reaching, of_units)),
            *_posts(Post.objects.filter(reaching, of_units)),
        ]
    )


def ends_of(units: Collection[int], on: date) -> dict[int, date]:
    """The day from which each of these units is no more, where that is recorded: the end of the life that holds the day, or begins next."""
    names = UnitName.objects.filter(unit_id__in=list(units), starts__lt=F("ends")) | UnitName.objects.filter(
        unit_id__in=list(units), ends=None
    )
    lives: dict[int, date | None] = {}
    for unit, starts, ends in names.order_by("starts", "pk").values_list("unit_id", "starts", "ends"):
        known = lives.get(unit, starts)
        if known is not None and (known <= on or known == starts):
            lives[unit] = ends
    return {unit: ends for unit, ends in lives.items() if ends is not None}


def enders_of(ends: Mapping[int, date]) -> dict[int, int]:
    """By unit the standing event that ends it on its day."""
    names = UnitName.objects.filter(unit_id__in=list(ends), ends__gt=F("starts")).values_list("pk", "unit_id", "ends")
    last = {row: unit for row, unit, day in names if ends[unit] == day}
    changes = SpanChange.objects.filter(fact=Fact.NAME, act=Act.ENDED, row__in=list(last), event__annulled_by__isnull=True)
    changes = changes.exclude(event__kind=EventKind.ANNULLED).order_by("event_id")
    return {last[row]: event for row, event in changes.values_list("row", "event_id")}


Rows = QuerySet[Any]
Spans = Iterator[tuple[Slot, Span]]


def _ordered(rows: Rows, *columns: str) -> Sequence[tuple[Any, ...]]:
    return list(rows.order_by("starts", "pk").values_list("pk", "starts", "ends", *columns))


def _of_units(fact: Fact, rows: Rows, column: str) -> Spans:
    for row, starts, ends, unit, value in _ordered(rows, "unit_id", column):
        yield Slot(fact, unit), Span(row, value, starts, ends)


def _codes(rows: Rows) -> Spans:
    for row, starts, ends, unit, scheme, value in _ordered(rows, "unit_id", "scheme", "value"):
        yield Slot(Fact.CODE, unit, scheme), Span(row, value, starts, ends)


def _places(rows: Rows) -> Spans:
    for row, starts, ends, child, line, parent in _ordered(rows, "child_id", "line", "parent_id"):
        yield Slot(Fact.PLACE, child, line), Span(row, parent, starts, ends)


def _suspensions(rows: Rows) -> Spans:
    for row, starts, ends, unit in _ordered(rows, "unit_id"):
        yield Slot(Fact.SUSPENSION, unit), Span(row, None, starts, ends)


def _posts(rows: Rows) -> Spans:
    for row, starts, ends, unit, user, role, left in _ordered(rows, "unit_id", "user_id", "role", "ends_by_hand"):
        yield Slot(Fact.POST, unit, f"{user}:{role}"), Span(row, None, starts, ends, left)
