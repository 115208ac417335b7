"""The numbers of one unit, made of the rows behind them: grouped, they cost the planner more than all that is found."""

from collections.abc import Sequence

from kheo.core.definition.records import CountingRule
from kheo.registers.queries.figures import Counted, CountedFact, Parts, Places, facts_of, number_of


def numbers_of_one(figures: Sequence[Counted], places: Places) -> list[dict[int, Parts]]:
    """`figures.numbers_of` where `places` is of one unit alone: one statement."""
    (keeper,) = set(places.own.values())
    return [{keeper: _parts(figure.rule, rows)} if rows else {} for figure, rows in zip(figures, facts_of(figures, places), strict=True)]


def _parts(rule: CountingRule, rows: Sequence[CountedFact]) -> Parts:
    found: Parts = {None: number_of(rule.measure, rows)}
    for part in {row.part for row in rows} if rule.by is not None else ():
        found[part] = number_of(rule.measure, [row for row in rows if row.part == part])
    return found
