"""Wards without a union: who answers for them.

On the line `area_team` a unit of the administration stands under whoever answers for it to the union side: its own union (kind
`ward_union`) or an area team (kind `area_team`, no legal unit). Source: domain.md §7 (145 of 168 wards had a union in late 2025,
the rest are run through numbered area teams).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from kheo.core.text import sort_key
from kheo.core.unit_kinds import Line
from kheo.org.models import GapPlan, Relation, UnitKind, in_force
from kheo.org.queries.trees import UnitFacts, tree, unit_facts

TEAM = "area_team"


@dataclass(frozen=True)
class Gap:
    """A unit of the administration that no union answers for; `team` answers instead, None: nobody does."""

    unit: UnitFacts
    team: UnitFacts | None


def gaps(on: date, line: Line = Line.ADMIN, *, below: int | None = None) -> list[Gap]:
    """The lowest units of a line (those with nothing below them) with no union answering on the day, in Vietnamese order.

    `below`: only within the subtree of this unit.
    """
    shape = tree(on, line)
    answers = tree(on, Line.AREA_TEAM)
    units = shape.units if below is None else shape.subtree(below) if below in shape.position else ()
    lowest = [unit for unit in units if shape.ends[shape.position[unit]] == shape.position[unit] + 1]
    above = {unit: answers.parent(unit) if unit in answers.position else None for unit in lowest}
    facts = unit_facts({each for pair in above.items() for each in pair if each is not None}, on)
    found = []
    for unit, parent in above.items():
        if parent is None or facts[parent].kind == TEAM:
            found.append(Gap(facts[unit], facts[parent] if parent is not None else None))
    return sorted(found, key=lambda gap: (sort_key(gap.unit.name), gap.unit.code))


def unanswered(on: date) -> int:
    """How many of the `gaps` of a day have nobody who answers, counted in the database: one query.

    0 where no unit of the administration is answered for by anybody yet: then this line is not kept, and nothing is missing on it.
    """
    answered = Relation.objects.filter(in_force(on), line=Line.AREA_TEAM, parent__isnull=False)
    below = Relation.objects.filter(in_force(on), line=Line.ADMIN, parent=OuterRef("child"))
    lowest = Relation.objects.filter(in_force(on), ~Exists(below), line=Line.ADMIN)
    return lowest.filter(~Exists(answered.filter(child=OuterRef("child"))), Exists(answered)).count()


def answered_by_teams(units: Collection[int], on: date) -> dict[int, int]:
    """Of these units the area teams, each with the number of wards and communes without a union for which it answers: one query."""
    teams = UnitKind.objects.filter(in_force(on), kind=TEAM, unit__in=units).values("unit")
    rows = Relation.objects.filter(in_force(on), line=Line.AREA_TEAM, parent__in=teams)
    found: dict[int, int] = {}
    for team in rows.order_by("parent_id").values_list("parent_id", flat=True):
        if team is not None:
            found[team] = found.get(team, 0) + 1
    return found


def gap_of(unit: int, on: date) -> Gap | None:
    """One of the `gaps`; None where a union answers for it, and for what is no lowest unit of the administration."""
    places = Relation.objects.filter(in_force(on), line=Line.ADMIN)
    if places.filter(parent=unit).exists() or not places.filter(child=unit).exists():
        return None
    answering = Relation.objects.filter(in_force(on), line=Line.AREA_TEAM, child=unit).values_list("parent_id", flat=True).first()
    facts = unit_facts({unit, answering} if answering is not None else {unit}, on)
    if unit not in facts or (answering is not None and facts[answering].kind != TEAM):
        return None
    return Gap(facts[unit], facts[answering] if answering is not None else None)


def newest_plans(units: Collection[int]) -> dict[int, GapPlan]:
    """By unit what was written last about what is done there: one query."""
    rows = GapPlan.objects.filter(unit__in=list(units)).order_by("unit_id", "-pk").distinct("unit_id")
    return {row.unit_id: row for row in rows}


def plans_for(unit: int, most: int = 20) -> list[GapPlan]:
    """What was written about one, the newest first."""
    return list(GapPlan.objects.filter(unit=unit).order_by("-pk")[:most])
