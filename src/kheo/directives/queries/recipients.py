"""Whom a unit may pass a letter to: the units directly below it, on whatever line."""

from collections.abc import Collection
from datetime import date

from kheo.core.paper_books.facts import Standing
from kheo.core.unit_kinds import Line
from kheo.directives.models import Directive
from kheo.org.models import Relation, in_force
from kheo.org.queries import Placed, below, lines_of, way_to

MOST = 1000


def units_below(unit: int, on: date) -> list[Placed]:
    """Units directly below one on a day, line by line in Vietnamese order of their names, each once: a query more than there are lines."""
    held = set(Relation.objects.filter(in_force(on), parent=unit).order_by().values_list("line", flat=True).distinct())
    found: dict[int, Placed] = {}
    for line in Line:
        if line.value in held:
            found |= {each.id: each for each in below(on, line, unit, most=MOST) if each.id not in found}
    return list(found.values())


def letters_that_came(units: Collection[int], most: int = 100) -> list[Directive]:
    """Papers with a number in the books of arrivals of units, the newest first: what a plan may carry out. One query."""
    rows = Directive.objects.filter(arrivals__unit__in=units, arrivals__standing=Standing.WRITTEN).exclude(full_number="")
    return list(rows.defer("text", "understood").order_by("-pk").distinct()[:most])


def has_units_below(unit: int, on: date) -> bool:
    """Whether there is anybody to pass a letter to."""
    return bool(with_units_below([unit], on))


def with_units_below(units: Collection[int], on: date) -> frozenset[int]:
    """Those of some units that have units below them: one query, none for none."""
    rows = Relation.objects.filter(in_force(on), parent__in=units).order_by().values_list("parent_id", flat=True).distinct()
    return frozenset(rows) if units else frozenset()


def way_from_top(unit: int, on: date) -> list[Placed]:
    """From the top of the unit's first line down to it, itself last; nothing for a unit that stands nowhere."""
    lines = lines_of([unit]).get(unit, frozenset())
    ways = (way_to(on, line, unit) for line in Line if line in lines)
    return next((way for way in ways if way), [])
