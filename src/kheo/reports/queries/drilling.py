"""What stands behind one number: the units directly below with their shares of it, or every unit of one class of answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.paginator import Page, Paginator

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.cell_signs import Sum, ratio_of, sum_of
from kheo.core.consolidated import ObligationCounts
from kheo.core.definition import Definition, Indicator
from kheo.core.rollup import CellTally
from kheo.core.wall import OPEN, Hidden, Veil
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_units
from kheo.reports.queries.cells import UnitCells, cells_below, positions_of, terms_of
from kheo.reports.queries.members import Asked, Class, Member, members_on
from kheo.reports.queries.standing import NONE_OWED, obligation_counts
from kheo.reports.queries.table import (
    NO_REPORT,
    SYSTEM_COUNTS,
    Shown,
    Standing,
    counts_by_system,
    previous_cells,
    standings_of,
    system_count,
)
from kheo.reports.queries.walls import Viewpoint, hidden_by_code, levels_of, walled_keys

PAGE = 50
VEILED = ("small", "covered")


@dataclass(frozen=True)
class Subject:
    """What is opened: an indicator, or one part of a broken-down one. `keys` are the cells it is read from."""

    key: str
    indicator: Indicator
    part: str | None
    keys: tuple[str, ...]
    is_walled: bool

    @property
    def is_ratio(self) -> bool:
        """Whether it is computed from two sums."""
        return self.indicator.aggregation == "ratio"

    @property
    def is_closed(self) -> bool:
        """Whether it is never shown unit by unit: a part behind the wall, which the other parts and the total would give away."""
        return self.is_walled and self.part is not None


@dataclass(frozen=True)
class Line:
    """One unit directly below (or the unit's own direct figures) with what it gives to the number."""

    unit: SnapshotUnit
    is_own: bool
    cell: Shown
    standing: Standing
    expected: int
    reported: int
    parts: tuple[Sum, ...]


@dataclass(frozen=True)
class Opened:
    """One number with everything behind it that the reader may see.

    `classes`: how many obliged units of the subtree stand in each class. `members` are the units of the class asked for,
    `lines` the units below where none was asked for; `page` pages whichever is shown. `parts`: the breakdown of the number.
    """

    definition: Definition
    subject: Subject
    total: Shown
    before: Shown | None
    before_name: str
    classes: Mapping[Class, int]
    shown: Class | None
    lines: tuple[Line, ...]
    members: tuple[Member, ...]
    page: "Page[int]"
    parts: Mapping[str, Sum]
    largest: int
    own_obligation: int | None

    @property
    def is_closed(self) -> bool:
        """Whether the number is not opened unit by unit: it is hidden itself, or a part behind the wall."""
        return self.subject.is_closed or self.total.sign in VEILED


def subject_of(cycle: Cycle, key: str) -> Subject | None:
    """What a key names in the edition of a cycle, or None."""
    definition = definition_of(cycle.edition_id)
    indicator = next((each for each in definition.indicators if each.code == key.partition(".")[0]), None)
    cells = {cell.key: cell for cell in definition.cells_of(indicator.code)} if indicator else {}
    if indicator is None or (key not in cells and (key != indicator.code or indicator.aggregation != "ratio")):
        return None
    is_walled = indicator.code in set(walled_keys(definition))
    if indicator.aggregation == "ratio":
        return Subject(key, indicator, None, terms_of(indicator), is_walled)
    broken_down = () if cells[key].part else tuple(cell for cell in cells if cell != key)
    return Subject(key, indicator, cells[key].part, (key, *broken_down), is_walled)


def open_number(
    cycle: Cycle, unit: SnapshotUnit, subject: Subject, *, view: Viewpoint, shown: str, page: str | None, at: datetime
) -> Opened:
    """What stands behind the number; the queries are as many for three units as for nine hundred."""
    definition = definition_of(cycle.edition_id)
    path = view.path if subject.is_walled else (unit.unit_id,)
    found = cells_below(cycle, path, positions_of(definition, subject.keys), definition)
    below = {each: cells for each, cells in found.items() if cells.parent_id == unit.unit_id or each == unit.unit_id}
    reader = _Reader(subject, _hidden(definition, subject, view, found), below, _counts(cycle, unit, subject, below, at))
    classes = {} if subject.is_ratio or subject.is_closed else _classes(subject, found[unit.unit_id])
    chosen = next((name for name in classes if name == shown), None)
    total = reader.total(unit, view)
    lines = [] if chosen or subject.is_closed or total.sign in VEILED else _ranked(unit, reader)
    pages = Paginator(range(classes[chosen] if chosen else len(lines)), PAGE).get_page(page)
    first = max(pages.start_index() - 1, 0)
    before, before_name = previous_cells(cycle, unit, [subject.indicator], view, at) if subject.part is None else ({}, "")
    return Opened(
        definition=definition,
        subject=subject,
        total=total,
        before=before.get(subject.indicator.code),
        before_name=before_name,
        classes=classes,
        shown=chosen,
        lines=_lines(cycle, unit, lines[first : first + PAGE], reader),
        members=members_on(pages, _asked(cycle, unit, subject, definition, chosen)) if chosen else (),
        page=pages,
        parts=reader.breakdown(unit, view),
        largest=max((each.value for each in lines if isinstance(each.value, int)), default=0),
        own_obligation=found[unit.unit_id].obligation_id,
    )


def _asked(cycle: Cycle, unit: SnapshotUnit, subject: Subject, definition: Definition, shown: Class) -> Asked:
    return Asked(cycle, unit, shown, definition.cell(subject.key).position, len(definition.cells), subject.is_walled)


def _hidden(definition: Definition, subject: Subject, view: Viewpoint, found: Mapping[int, UnitCells]) -> Hidden:
    if subject.is_closed:
        return OPEN
    place = {key: index for index, key in enumerate(subject.keys)}
    hidden = hidden_by_code(definition, [subject.indicator], view, lambda key: levels_of(found, view, place[key]))
    return hidden.get(subject.indicator.code, OPEN)


def _counts(
    cycle: Cycle, unit: SnapshotUnit, subject: Subject, below: Mapping[int, UnitCells], at: datetime
) -> dict[int, ObligationCounts]:
    """What the system counts of the unit and its children, where the number is made of it."""
    if not counts_by_system(subject.indicator):
        return {}
    children = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, parent_id=unit.unit_id).order_by("position")
    return obligation_counts(cycle, [unit, *children], at)


@dataclass(frozen=True, slots=True)
class _Rank:
    """A line before its unit is read: enough to put all of them in order."""

    unit_id: int
    is_own: bool
    value: int | Decimal | None


class _Reader:
    """Reads the asked number out of the cells of the unit and its children."""

    def __init__(
        self,
        subject: Subject,
        hidden: Hidden,
        found: Mapping[int, UnitCells],
        counts: Mapping[int, ObligationCounts],
    ) -> None:
        self.subject = subject
        self.found = found
        self._hidden = hidden
        self._counts = counts

    def total(self, unit: SnapshotUnit, view: Viewpoint) -> Shown:
        """The number of the unit's whole subtree."""
        veil = self._hidden.over_total or ("covered" if self.subject.is_closed and not view.is_at_top else None)
        return self._shown(unit.unit_id, is_own=False, veil=veil)

    def cell(self, unit: int, *, is_own: bool) -> Shown:
        """The unit's own direct share, or that of a unit directly below."""
        veil = self._hidden.over_own if is_own else self._hidden.over_child(unit)
        return self._shown(unit, is_own=is_own, veil=veil)

    def line(self, unit: SnapshotUnit, standing: Standing, *, is_own: bool) -> Line:
        """The same with everything that its row says."""
        cells = self.found[unit.unit_id]
        expected, reported = (1, int(cells.own is not None)) if is_own else (cells.expected, cells.reported)
        parts = () if self.subject.is_walled else tuple(self._parts(unit.unit_id, is_own=is_own).values())
        return Line(unit, is_own, self.cell(unit.unit_id, is_own=is_own), standing, expected, reported, parts)

    def breakdown(self, unit: SnapshotUnit, view: Viewpoint) -> dict[str, Sum]:
        """The parts of the unit's number by code; behind the wall only of the highest unit that the reader sees."""
        if self.subject.is_walled and (self._hidden.total or not view.is_at_top):
            return {}
        return self._parts(unit.unit_id, is_own=False)

    def _parts(self, unit: int, *, is_own: bool) -> dict[str, Sum]:
        cells = self.found[unit]
        keys = () if self.subject.is_ratio else self.subject.keys[1:]
        expected = int(cells.obligation_id is not None) if is_own else cells.expected
        decimals = self.subject.indicator.decimals
        return {key.partition(".")[2]: sum_of(self._tally(cells, place, is_own), expected, decimals) for place, key in enumerate(keys, 1)}

    def _shown(self, unit: int, *, is_own: bool, veil: Veil | None) -> Shown:
        indicator, cells = self.subject.indicator, self.found[unit]
        if not self.subject.is_ratio:
            expected = int(cells.obligation_id is not None) if is_own else cells.expected
            return sum_of(self._tally(cells, 0, is_own), expected, indicator.decimals, veil=veil)
        place = {key: index for index, key in enumerate(self.subject.keys)}
        counts = self._own_counts(unit) if is_own else self._counts.get(unit, NONE_OWED)

        def lookup(key: str) -> int | None:
            return system_count(counts, key) if key in SYSTEM_COUNTS else self._tally(cells, place[key], is_own).value

        missing = bool(place) and self._tally(cells, 0, is_own).reported == 0
        return ratio_of(indicator, lookup, is_missing=missing, veil=veil)

    def _own_counts(self, unit: int) -> ObligationCounts:
        """Of the whole without the children; only the two that ratios may use."""
        whole, children = self._counts.get(unit, NONE_OWED), [counts for each, counts in self._counts.items() if each != unit]
        expected = whole.expected - sum(each.expected for each in children)
        return ObligationCounts(expected, 0, 0, 0, 0, 0, 0, whole.on_time - sum(each.on_time for each in children))

    def _tally(self, cells: UnitCells, place: int, is_own: bool) -> CellTally:
        return cells.own_cell(place) if is_own else cells.cell(place)


def _ranked(unit: SnapshotUnit, reader: _Reader) -> list[_Rank]:
    """The own direct figures first, then the units below by what they give; hidden ones last, in the order of the tree.

    (An order by value would tell of a hidden count.)
    """
    has_own = unit.is_inner and reader.found[unit.unit_id].obligation_id is not None
    wanted = [each for each in reader.found if each != unit.unit_id or has_own]
    ranks = [_Rank(each, each == unit.unit_id, reader.cell(each, is_own=each == unit.unit_id).value) for each in wanted]
    return sorted(ranks, key=lambda rank: (not rank.is_own, rank.value is None, -(rank.value or 0)))


def _lines(cycle: Cycle, unit: SnapshotUnit, ranks: Sequence[_Rank], reader: _Reader) -> tuple[Line, ...]:
    """One page of them, with their units and reports."""
    ids = [rank.unit_id for rank in ranks]
    units = snapshot_units(cycle.snapshot_id, ids)
    standings = standings_of(cycle, ids)
    return tuple(reader.line(units[each.unit_id], standings.get(each.unit_id, NO_REPORT), is_own=each.is_own) for each in ranks)


def _classes(subject: Subject, cells: UnitCells) -> dict[Class, int]:
    """How many obliged units stand in each class of answer.

    Behind the wall numbers and zeros are counted together: next to a small sum either count would tell too much.
    """
    tally = cells.cell(0)
    missing = cells.expected - tally.reported
    rest: dict[Class, int] = {"blank": tally.blank, "na": tally.not_applicable, "missing": missing}
    if subject.is_walled:
        return {"answered": tally.number + tally.zero, **rest}
    return {"number": tally.number, "zero": tally.zero, **rest}
