"""Wards without a union: who answers for them.

On the line `area_team` a unit of the administration stands under whoever answers for it to the union side: its own union (kind
`ward_union`) or an area team (kind `area_team`, no legal unit). Source: domain.md §7 (145 of 168 wards had a union in late 2025,
the rest are run through numbered area teams).
"""

from dataclasses import dataclass
from datetime import date

from kheo.core.text import sort_key
from kheo.core.unit_kinds import Line
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
