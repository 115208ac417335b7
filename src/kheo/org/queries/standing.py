"""What is recorded about units from a day on, for planning a reorganisation."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from kheo.core.reorganising import CODE_SCHEME, Fact, Slot, Span, Standing
from kheo.org.models import Post, Relation, Suspension, UnitCode, UnitKind, UnitName

TABLES: dict[Fact, Any] = {
    Fact.NAME: UnitName,
    Fact.KIND: UnitKind,
    Fact.CODE: UnitCode,
    Fact.PLACE: Relation,
    Fact.SUSPENSION: Suspension,
    Fact.POST: Post,
}


def standing_from(day: date, *, posts_of: Iterable[int] | None = None) -> Standing:
    """Every span that reaches the day or begins later, and those that end on it; posts only of these units (None: of all)."""
    reaching = Q(ends__isnull=True) | Q(ends__gte=day)
    posts = Post.objects.filter(reaching) if posts_of is None else Post.objects.filter(reaching, unit_id__in=list(posts_of))
    return Standing.of(
        [
            *_of_units(Fact.NAME, UnitName.objects.filter(reaching), "name"),
            *_of_units(Fact.KIND, UnitKind.objects.filter(reaching), "kind"),
            *_codes(UnitCode.objects.filter(reaching, scheme=CODE_SCHEME)),
            *_places(Relation.objects.filter(reaching)),
            *_suspensions(Suspension.objects.filter(reaching)),
            *_posts(posts),
        ]
    )


def ends_of(units: Collection[int]) -> dict[int, date]:
    """The day from which each of these units is no more, where that is recorded: none of its names is open."""
    rows = UnitName.objects.filter(unit_id__in=list(units)).order_by().values("unit_id")
    ended = rows.annotate(last=Max("ends"), names=Count("pk"), over=Count("ends")).filter(names=F("over"))
    return dict(ended.values_list("unit_id", "last"))


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
    for row, starts, ends, unit, user, role in _ordered(rows, "unit_id", "user_id", "role"):
        yield Slot(Fact.POST, unit, f"{user}:{role}"), Span(row, None, starts, ends)
