"""From where somebody looks at a unit, and what the small-count wall hides from there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from kheo.campaigns.models import Cycle
from kheo.core.definition import Definition, Indicator
from kheo.core.wall import OPEN, Hidden, Level, hidden_along
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.cells import UnitCells, cells_below, positions_of, terms_of


@dataclass(frozen=True)
class Viewpoint:
    """The units from the highest one whose total a reader sees down to the one looked at; whether the reader belongs to the first."""

    path: tuple[int, ...]
    is_owner: bool

    @property
    def is_at_top(self) -> bool:
        """Whether the unit looked at is the highest that the reader sees."""
        return len(self.path) == 1


def viewpoint(reading: Collection[int], unit: SnapshotUnit) -> Viewpoint:
    """From where a reader of these units' subtrees looks at a unit.

    Somebody who reads none of the units above receives a report from one of them, and is taken to see the whole tree.
    """
    line = [unit.unit_id, *unit.ancestors]
    mine = [place for place, each in enumerate(line) if each in reading]
    top = mine[-1] if mine else len(line) - 1
    return Viewpoint(tuple(reversed(line[: top + 1])), bool(mine))


def own_viewpoint(unit: SnapshotUnit) -> Viewpoint:
    """How the unit itself looks at its totals."""
    return Viewpoint((unit.unit_id,), is_owner=True)


def walled_keys(definition: Definition) -> tuple[str, ...]:
    """Indicators and cells of walled contents, and ratios made of them wherever they stand."""
    walled = {content.id for content in definition.contents if content.walled}
    cells = {cell.key for cell in definition.cells if definition.indicator(cell.indicator).content in walled}
    ratios = [each.code for each in definition.indicators if each.aggregation == "ratio"]
    return (
        *sorted(cells),
        *(code for code in ratios if definition.indicator(code).content in walled or cells & set(terms_of_code(definition, code))),
    )


def terms_of_code(definition: Definition, code: str) -> tuple[str, ...]:
    """Cells that a ratio is made of; the code itself otherwise."""
    indicator = definition.indicator(code)
    return terms_of(indicator) if indicator.aggregation == "ratio" else (code,)


def walls(cycle: Cycle, definition: Definition, view: Viewpoint, indicators: Sequence[Indicator]) -> dict[str, Hidden]:
    """What is hidden of the last unit of the viewpoint, by code; codes that no wall touches are absent. At most one query."""
    keys = guarded_keys(definition, indicators)
    if not keys:
        return {}
    found = cells_below(cycle, view.path, positions_of(definition, keys), definition)
    place = {key: index for index, key in enumerate(keys)}
    return hidden_by_code(definition, indicators, view, lambda key: levels_of(found, view, place[key]))


def guarded_keys(definition: Definition, indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """The cells behind the wall that these indicators show or are made of, in a fixed order."""
    guarded = set(walled_keys(definition))
    return tuple(
        sorted({key for each in indicators if each.code in guarded for key in terms_of_code(definition, each.code) if key in guarded})
    )


def hidden_by_code(
    definition: Definition, indicators: Sequence[Indicator], view: Viewpoint, levels: Callable[[str], Sequence[Level]]
) -> dict[str, Hidden]:
    """The same from levels that are given by cell."""
    plain = {key: hidden_along(levels(key), is_owner=view.is_owner) for key in guarded_keys(definition, indicators)}
    terms = {each.code: [key for key in terms_of_code(definition, each.code) if key in plain] for each in indicators}
    return {code: joined([plain[key] for key in keys]) for code, keys in terms.items() if keys}


def levels_of(found: Mapping[int, UnitCells], view: Viewpoint, index: int) -> list[Level]:
    """The levels of a viewpoint for the cell at `index` of the question."""
    return list(levels_at(found, view.path, index).values())


def levels_at(found: Mapping[int, UnitCells], units: Collection[int], index: int) -> dict[int, Level]:
    """By unit its level, in the order given."""
    below: dict[int, dict[int, int | None]] = {unit: {} for unit in units}
    for cells in found.values():
        if cells.parent_id in below:
            below[cells.parent_id][cells.unit_id] = cells.value(index)
    owns = {unit: {each: found[each].own_value(index) for each in below[unit] if found[each].tally is not None} for unit in units}
    return {unit: Level(unit, found[unit].own_value(index), below[unit], owns[unit]) for unit in units}


def joined(parts: Sequence[Hidden]) -> Hidden:
    """What is hidden of a single count, or of a ratio: everything that is hidden of one of its terms."""
    if len(parts) < 2:
        return parts[0] if parts else OPEN
    children = frozenset[int]().union(*(part.children for part in parts))
    return Hidden(any(part.total for part in parts), any(part.own for part in parts), children)
