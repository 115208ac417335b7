"""The consolidated table of a unit as a page shows it: one content, one page of children, the total with last period's beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of, previous_cycle
from kheo.core.cell_signs import Ratio, Sum, ratio_of, sum_of
from kheo.core.consolidated import ObligationCounts
from kheo.core.days import is_on_time
from kheo.core.definition import Content, Definition, Indicator, counted_alike
from kheo.core.privacy import is_small
from kheo.core.reading import SYSTEM
from kheo.core.rollup import CellTally
from kheo.core.wall import OPEN, Hidden, Veil
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Obligation
from kheo.reports.queries.cells import UnitCells, cells_of_units, keys_behind, positions_of
from kheo.reports.queries.standing import NONE_OWED, obligation_counts
from kheo.reports.queries.walls import Viewpoint, walled_keys, walls

PAGE = 50
Shown = Sum | Ratio
SYSTEM_COUNTS = {f"{SYSTEM}on_time": "on_time", f"{SYSTEM}expected": "expected"}


@dataclass(frozen=True)
class Standing:
    """How the one report of a unit stands."""

    obligation_id: int | None
    state: State
    due_at: datetime | None
    received_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether the report came after its due date."""
        return self.received_at is not None and self.due_at is not None and not is_on_time(self.received_at, self.due_at)


NO_REPORT = Standing(None, State.NOT_STARTED, None, None)


@dataclass(frozen=True)
class Row:
    """A unit with the cells of one content: of its subtree, or its own direct figures."""

    unit: SnapshotUnit
    is_own: bool
    expected: int
    reported: int
    standing: Standing
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class Table:
    """One page of the table. `rows` has the unit's own direct figures first, on the first page.

    `before` is empty where there is no last period.
    """

    definition: Definition
    content: Content
    indicators: tuple[Indicator, ...]
    total: Row
    before: Mapping[str, Shown]
    before_name: str
    rows: tuple[Row, ...]
    page: "Page[int]"


def content_named(definition: Definition, asked: str) -> Content:
    """The content asked for; the first one where there is no such."""
    return next((content for content in definition.contents if content.id == asked), definition.contents[0])


def consolidated_table(cycle: Cycle, unit: SnapshotUnit, asked: str, *, view: Viewpoint, page: str | None, at: datetime) -> Table:
    """The table of one content; the number of queries depends on neither the number of units nor that of indicators."""
    definition = definition_of(cycle.edition_id)
    content = content_named(definition, asked)
    indicators = definition.indicators_of(content.id)
    below = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, parent_id=unit.unit_id).order_by("position")
    pages = Paginator(range(below.count()), PAGE).get_page(page)
    start = pages.start_index() - 1 if pages.paginator.count else 0
    children = list(below[start : start + PAGE])
    units = [unit, *children]
    counts = _counts(cycle, unit, children, indicators, at)
    reader = _Reader(
        definition,
        indicators,
        cells_of_units(cycle, [each.unit_id for each in units], _positions(definition, indicators), definition),
        counts,
    )
    hidden = walls(cycle, definition, view, indicators)
    standings = standings_of(cycle, [each.unit_id for each in units])
    before, before_name = previous_cells(cycle, unit, indicators, view, at)
    return Table(
        definition=definition,
        content=content,
        indicators=indicators,
        total=reader.row(unit, standings, hidden, "total"),
        before=before,
        before_name=before_name,
        rows=tuple(_rows(reader, unit, children, standings, hidden, is_first=pages.number == 1)),
        page=pages,
    )


def _rows(
    reader: "_Reader",
    unit: SnapshotUnit,
    children: Sequence[SnapshotUnit],
    standings: Mapping[int, Standing],
    hidden: Mapping[str, Hidden],
    *,
    is_first: bool,
) -> list[Row]:
    own = [reader.row(unit, standings, hidden, "own")] if is_first and unit.unit_id in standings and unit.is_inner else []
    return own + [reader.row(child, standings, hidden, "child") for child in children]


def _positions(definition: Definition, indicators: Sequence[Indicator]) -> list[int]:
    return positions_of(definition, keys_behind(definition, indicators))


def _counts(
    cycle: Cycle, unit: SnapshotUnit, children: Sequence[SnapshotUnit], indicators: Sequence[Indicator], at: datetime
) -> dict[int, ObligationCounts]:
    """Only where a ratio of the system needs them: counting a city's obligations is the dearest part of a page."""
    return obligation_counts(cycle, [unit, *children], at) if any(counts_by_system(each) for each in indicators) else {}


def counts_by_system(indicator: Indicator) -> bool:
    """Whether a ratio is made of what the system counts itself."""
    return indicator.aggregation == "ratio" and SYSTEM in f"{indicator.numerator} {indicator.denominator}"


def system_count(counts: ObligationCounts, key: str) -> int:
    """What the system counts itself, by the name that a formula gives it."""
    number: int = getattr(counts, SYSTEM_COUNTS[key])
    return number


class _Reader:
    """Reads rows out of the cells of one question."""

    def __init__(
        self,
        definition: Definition,
        indicators: Sequence[Indicator],
        found: Mapping[int, UnitCells],
        counts: Mapping[int, ObligationCounts],
    ) -> None:
        self._indicators = indicators
        self._place = {key: place for place, key in enumerate(keys_behind(definition, indicators))}
        self._found = found
        self._counts = counts

    def row(self, unit: SnapshotUnit, standings: Mapping[int, Standing], hidden: Mapping[str, Hidden], part: str) -> Row:
        """The row of a unit; `part` is "total", "own" or "child"."""
        cells = self._found[unit.unit_id]
        is_own = part == "own"
        expected = int(cells.obligation_id is not None) if is_own else cells.expected
        reported = int(cells.own is not None) if is_own else cells.reported
        standing = standings.get(unit.unit_id, NO_REPORT)
        read = cells.own_cell if is_own else cells.cell
        counts = own_counts(standing) if is_own else self._counts.get(unit.unit_id, NONE_OWED)
        shown = tuple(
            self._shown(each, read, expected, counts, _veil(hidden.get(each.code, OPEN), unit.unit_id, part)) for each in self._indicators
        )
        return Row(unit, is_own, expected, reported, standing, shown)

    def _shown(
        self, indicator: Indicator, read: Callable[[int], CellTally], expected: int, counts: ObligationCounts, veil: Veil | None
    ) -> Shown:
        if indicator.aggregation != "ratio":
            return sum_of(read(self._place[indicator.code]), expected, indicator.decimals, veil=veil)

        def lookup(key: str) -> int | None:
            return system_count(counts, key) if key in SYSTEM_COUNTS else read(self._place[key]).value

        missing = not counts_by_system(indicator) and all(read(place).reported == 0 for place in self._place.values())
        return ratio_of(indicator, lookup, is_missing=missing, veil=veil)


def _veil(hidden: Hidden, unit: int, part: str) -> Veil | None:
    return {"total": hidden.over_total, "own": hidden.over_own, "child": hidden.over_child(unit)}[part]


def own_counts(standing: Standing) -> ObligationCounts:
    """What the system counts of one report; only the two that ratios may use."""
    on_time = standing.received_at is not None and not standing.is_late
    return ObligationCounts(int(standing.obligation_id is not None), 0, 0, 0, 0, 0, 0, int(on_time))


def standing_state(state: str | None, accepted: int | None, closed: datetime | None) -> State:
    """As the totals see a report: accepted figures count until new ones replace them; what is not wanted any more is a named gap."""
    if closed is not None:
        return State.CLOSED
    return State.ACCEPTED if accepted else State(state or State.NOT_STARTED)


def standings_of(cycle: Cycle, units: Sequence[int]) -> dict[int, Standing]:
    """How the reports of these units stand, by unit id; units that owe none are absent."""
    rows = Obligation.objects.filter(cycle=cycle, unit__in=list(units)).values_list(
        "unit_id", "pk", "report__state", "report__accepted_id", "due_at", "report__received_at", "closed_at"
    )
    return {
        unit: Standing(obligation, standing_state(state, accepted, closed), due, received)
        for unit, obligation, state, accepted, due, received, closed in rows
    }


def previous_cells(
    cycle: Cycle, unit: SnapshotUnit, indicators: Sequence[Indicator], view: Viewpoint, at: datetime
) -> tuple[dict[str, Shown], str]:
    """The unit's totals of the cycle before for those of the indicators that both editions count alike, and that cycle's name.

    Walled ones only at the highest unit the reader sees, and none that is small: there is no page of last period's wall here.
    """
    earlier = previous_cycle(cycle)
    then = SnapshotUnit.objects.filter(snapshot=earlier.snapshot_id, unit=unit.unit_id).first() if earlier else None
    if earlier is None or then is None:
        return {}, ""
    definition = definition_of(earlier.edition_id)
    now = definition_of(cycle.edition_id)
    guarded = {*walled_keys(definition), *walled_keys(now)}
    same = [each for each in _counted_alike(now, definition, indicators) if view.is_at_top or each.code not in guarded]
    if not same:
        return {}, earlier.name
    cells = cells_of_units(earlier, [unit.unit_id], _positions(definition, same), definition)
    reader = _Reader(definition, same, cells, _counts(earlier, then, [], same, at))
    row = reader.row(then, {}, {}, "total")
    return {
        each.code: cell for each, cell in zip(same, row.cells, strict=True) if each.code not in guarded or not _has_small(cell)
    }, earlier.name


def _has_small(cell: Shown) -> bool:
    parts = (cell.numerator, cell.denominator) if isinstance(cell, Ratio) else (cell.value,)
    return any(is_small(part) for part in parts)


def _counted_alike(now: Definition, then: Definition, indicators: Sequence[Indicator]) -> list[Indicator]:
    """Indicators that both editions count alike, as the earlier one has them."""
    alike = counted_alike(now, then)
    return [then.indicator(each.code) for each in indicators if each.code in alike]
