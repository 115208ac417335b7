"""The units directly below, for figures that count those: which have an entry, each once, under the one that it stands under.

A unit of the tree has the entries that it keeps in that tree (decision 027), as in every other figure. It stands below one other unit, so
the numbers of all units of a tree added up count each unit once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kheo.core.definition.records import CountingRule
from kheo.org.queries import Below


@dataclass(frozen=True)
class UnitsBelow:
    """`where`: by unit below, the one above it, and its kind. `places`: by unit that entries name, the unit below that keeps them."""

    where: Mapping[int, Below]
    places: Mapping[int, int]

    def fits(self, rule: CountingRule, unit: int | None) -> bool:
        """Whether a unit is one of those that a rule counts."""
        found = self.where.get(unit) if unit is not None else None
        return found is not None and (not rule.kinds or found.kind in rule.kinds)

    def named(self, rule: CountingRule) -> Collection[int]:
        """The units, as entries name them, whose entries make one of those count."""
        return [named for named, unit in self.places.items() if self.fits(rule, unit)]

    def counted(self, rule: CountingRule, named: Iterable[int]) -> set[int]:
        """The units that count, given whose entries there are."""
        if rule.units == "all":
            return {unit for unit in self.where if self.fits(rule, unit)}
        units = {self.places.get(each) for each in named}
        return {unit for unit in units if unit is not None and self.fits(rule, unit)}

    def above(self, rule: CountingRule, named: Iterable[int]) -> set[int]:
        """The units above one that a rule would count by one of these entries' units."""
        units = (self.places.get(each) for each in named)
        return {self.where[unit].above for unit in units if unit is not None and self.fits(rule, unit)}

    def numbers(self, rule: CountingRule, named: Iterable[int]) -> dict[int, int]:
        """By unit above, how many count."""
        found: dict[int, int] = {}
        for unit in self.counted(rule, named):
            above = self.where[unit].above
            found[above] = found.get(above, 0) + 1
        return found


NO_UNITS = UnitsBelow({}, {})
