"""Whether somebody would stand on both sides of a report: sign it for a unit, and decide about it where it is received (decision 023)."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, Q

from kheo.core.unit_kinds import Line
from kheo.core.workflow import REVIEWING, Role, State
from kheo.org.models import Post, Relation
from kheo.reports.models import Obligation

REPORTED_ON = (Line.UNION, Line.PARTY)


def other_side_held(user_id: int, unit: int, role: Role, on: date) -> int | None:
    """A unit at which somebody holds, from that day on or later, the other side of what this role at this unit would give them."""
    if role is Role.HEAD:
        return _first(_receiving([unit], _held(user_id, REVIEWING, on), on), side=1)
    if role in REVIEWING:
        return _first(_receiving(_held(user_id, {Role.HEAD}, on), [unit], on), side=0)
    return None


def _held(user_id: int, roles: Collection[Role], on: date) -> list[int]:
    rows = Post.objects.filter(Q(ends__isnull=True) | Q(ends__gt=on), user=user_id, role__in=roles)
    return list(rows.exclude(ends=F("starts")).values_list("unit_id", flat=True))


def _receiving(units: Collection[int], recipients: Collection[int], on: date) -> set[tuple[int, int]]:
    """Which of these units report to which of those: by their place from that day on, or by a report that is not accepted yet."""
    placed = Relation.objects.filter(Q(ends__isnull=True) | Q(ends__gt=on), child__in=units, parent__in=recipients, line__in=REPORTED_ON)
    answering = Q(unit__in=units, filler__isnull=True) | Q(filler__in=units)
    owed = Obligation.objects.filter(answering, recipient__in=recipients, closed_at__isnull=True).exclude(report__state=State.ACCEPTED)
    found = set(placed.values_list("child_id", "parent_id"))
    return found | {(filler or unit, to) for unit, filler, to in owed.values_list("unit_id", "filler_id", "recipient_id")}


def _first(pairs: Collection[tuple[int, int]], *, side: int) -> int | None:
    return min((pair[side] for pair in pairs), default=None)
