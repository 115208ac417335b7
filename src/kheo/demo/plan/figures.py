"""A unit's figures of a whole year, and of its first half: plausible, and true to every check of the definition.

A part is worked out from its whole, a balance from its terms. The half-year is worked out from the year: what adds up over time
is never more than the year's, and a part keeps its proportion to the whole.
"""

from collections.abc import Callable, Mapping
from random import Random

from kheo.core.definition import Definition, Formula
from kheo.core.figures import NA, Figure, total_of
from kheo.demo.plan.chance import largest_remainder, log_normal, scatter, stream
from kheo.demo.plan.profiles import Profile, profiles
from kheo.demo.plan.published import Spread
from kheo.demo.plan.tree import DemoTree, PlannedUnit

Values = dict[str, Figure]

HALF_OF_SUMS = (0.36, 0.6)
HALF_OF_STOCKS = (0.78, 1.0)
STILL_WITHOUT = 0.1  # of the yes-or-no figures that are yes at the end of the year
BLANK_AT_HALF = 0.012
GROWTH, GROWTH_SPREAD, FIRST_ONES = 1.05, 0.2, 0.04
FEW = 60


class FigureBook:
    """Invents the figures of 2023 for an edition: call with a unit, as often as needed, always with the same answer."""

    def __init__(self, definition: Definition, tree: DemoTree, base: Spread, seed: int) -> None:
        self._definition = definition
        self._tree = tree
        self._base = base
        self._seed = seed
        self._averages = _averages(base)
        missing = {cell.indicator for cell in definition.input_cells} - {profile.code for profile in profiles()}
        if missing:
            raise LookupError(f"data/figures.toml says nothing about {', '.join(sorted(missing))}")
        self._profiles = [profile for profile in profiles() if profile.code in {each.code for each in definition.indicators}]
        self._ways: Mapping[str, Callable[[Profile, PlannedUnit, Values, Random], None]] = {
            "count": self._count, "flag": self._flag, "share": self._derive, "multiple": self._derive,
            "formula": self._formula, "children": self._children, "last_year": self._last_year,
        }  # fmt: skip

    def year(self, unit: PlannedUnit) -> Values:
        """The figures of the whole year, by input cell."""
        return self._typed(self._year(unit))

    def half(self, unit: PlannedUnit) -> Values:
        """The figures of the first half of the same year, by input cell."""
        year = self._year(unit)
        chance = stream(self._seed, "half", unit.code)
        half: Values = {}
        for profile in self._profiles:
            self._halve(profile, unit, year, half, chance)
        return self._typed(half)

    def _typed(self, values: Values) -> Values:
        return {cell.key: values[cell.key] for cell in self._definition.input_cells}

    def _year(self, unit: PlannedUnit) -> Values:
        chance = stream(self._seed, "year", unit.code)
        values: Values = {}
        for profile in self._profiles:
            if profile.asks(unit.trade):
                self._ways[profile.how](profile, unit, values, chance)
            else:
                self._fill(profile.code, NA, values)
        return values

    def _cells(self, code: str) -> list[str]:
        """The cells of an indicator that people type."""
        return [cell.key for cell in self._definition.cells_of(code) if not cell.is_total]

    def _fill(self, code: str, figure: Figure, values: Values) -> None:
        for key in self._cells(code):
            values[key] = figure
        values[code] = figure

    def _store(self, profile: Profile, total: int, values: Values, chance: Random) -> None:
        """A number, split over the breakdown where there is one."""
        keys = self._cells(profile.code)
        if len(keys) == 1:
            values[keys[0]] = total
            return
        weights = [profile.parts[key.partition(".")[2]] for key in keys]
        values.update(zip(keys, _split(total, weights, profile.round, chance), strict=True))
        values[profile.code] = total

    def _count(self, profile: Profile, unit: PlannedUnit, values: Values, chance: Random) -> None:
        luck = chance.random() - profile.blank
        if luck < 0:
            self._fill(profile.code, None, values)
            return
        median = profile.typical * _size(unit, profile.growth) * (profile.inner if unit.is_inner else 1.0)
        number = max(profile.round, _rounded(log_normal(chance, median, profile.spread), profile.round))
        zero = profile.zero * (0.3 if unit.is_inner else 1.0)
        self._store(profile, 0 if luck < zero else min(number, profile.most or number), values, chance)

    def _flag(self, profile: Profile, _unit: PlannedUnit, values: Values, chance: Random) -> None:
        is_set = chance.random() < profile.chance
        whole = evaluate(profile.formula, values) if profile.formula else 1
        self._store(profile, int(is_set and whole == 1), values, chance)

    def _derive(self, profile: Profile, unit: PlannedUnit, values: Values, chance: Random) -> None:
        """A part or a multiple of something else; without that it is as unknown or inapplicable as that."""
        factor = chance.uniform(*profile.range) * _size(unit, profile.growth)
        whole = evaluate(profile.formula, values)
        if isinstance(whole, int):
            self._store(profile, _rounded(whole * factor, profile.round), values, chance)
        else:
            self._fill(profile.code, whole, values)

    def _formula(self, profile: Profile, _unit: PlannedUnit, values: Values, _chance: Random) -> None:
        self._fill(profile.code, evaluate(profile.formula, values), values)

    def _children(self, profile: Profile, unit: PlannedUnit, values: Values, _chance: Random) -> None:
        self._fill(profile.code, len(self._tree.children.get(unit.code, ())) or NA, values)

    def _last_year(self, profile: Profile, unit: PlannedUnit, values: Values, chance: Random) -> None:
        """The year before with some growth; a total of that year is split over a breakdown that is new."""
        base = self._base.get(unit.code, self._averages)
        if profile.code in base:
            self._store(profile, _grown(base[profile.code], chance), values, chance)
            return
        keys = self._cells(profile.code)
        values.update((key, _grown(base[key], chance)) for key in keys)
        values[profile.code] = total_of([values[key] for key in keys])

    def _halve(self, profile: Profile, unit: PlannedUnit, year: Values, half: Values, chance: Random) -> None:
        code = profile.code
        if profile.how == "formula":
            half[code] = evaluate(profile.formula, half)
        elif profile.how in ("share", "multiple"):
            half[code] = _in_proportion(profile, year, half)
        elif profile.how == "flag":
            lacks = chance.random() < STILL_WITHOUT or (profile.formula and evaluate(profile.formula, half) == 0)
            half[code] = 0 if lacks and isinstance(year[code], int) else year[code]
        elif profile.is_start or profile.how == "children":
            half[code] = year[code]
        else:
            self._scale_down(profile, year, half, chance)

    def _scale_down(self, profile: Profile, year: Values, half: Values, chance: Random) -> None:
        is_stock = self._definition.indicator(profile.code).aggregation == "last"
        factor = chance.uniform(*(HALF_OF_STOCKS if is_stock else HALF_OF_SUMS))
        is_blank = chance.random() < BLANK_AT_HALF and profile.how == "count"
        keys = self._cells(profile.code)
        for key in keys:
            figure = year[key]
            if isinstance(figure, int):
                half[key] = None if is_blank else _rounded(figure * factor, profile.round)
            else:
                half[key] = figure
        half[profile.code] = total_of([half[key] for key in keys])


def evaluate(formula: Formula | None, values: Mapping[str, Figure]) -> Figure:
    """The formula's value; blank when one of its cells is blank, not applicable when all of them are."""
    if formula is None:
        raise ValueError("a profile lacks its formula")
    figures = {code: values[code] for code in formula.codes}
    if None in figures.values():
        return None
    if figures and all(figure == NA for figure in figures.values()):
        return NA
    return formula.evaluate(lambda code: figure if isinstance(figure := figures[code], int) else 0)


def _in_proportion(profile: Profile, year: Values, half: Values) -> Figure:
    """As large a part or multiple of the half-year's whole as it is of the year's."""
    whole_year, whole_half, value = evaluate(profile.formula, year), evaluate(profile.formula, half), year[profile.code]
    if not isinstance(whole_half, int):
        return whole_half
    if not isinstance(whole_year, int) or not isinstance(value, int):
        return value
    return _rounded(whole_half * value / whole_year, profile.round) if whole_year else 0


def _averages(base: Spread) -> dict[str, int]:
    """What a unit without a year before it is taken to have had."""
    cells = next(iter(base.values()), {})
    return {cell: round(sum(unit[cell] for unit in base.values()) / len(base)) for cell in cells}


def _grown(before: int, chance: Random) -> int:
    if before == 0:
        return int(chance.random() < FIRST_ONES)
    return round(before * log_normal(chance, GROWTH, GROWTH_SPREAD))


def _size(unit: PlannedUnit, growth: float) -> float:
    return float((unit.members / 100) ** growth)


def _rounded(number: float, multiple: int) -> int:
    """To the nearest multiple, halves up, so that a larger number never becomes the smaller one."""
    return int(number / multiple + 0.5) * multiple


def _split(total: int, weights: list[float], multiple: int, chance: Random) -> list[int]:
    pieces = total // multiple
    if pieces <= FEW:
        return [piece * multiple for piece in scatter(pieces, weights, chance)]
    uneven = [log_normal(chance, weight, 0.4) for weight in weights]
    return [piece * multiple for piece in largest_remainder(pieces, uneven)]
