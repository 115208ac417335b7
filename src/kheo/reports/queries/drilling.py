"""What stands behind one number: the units directly below with their shares of it, or every unit of one class of answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Q

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.cell_signs import Sum, ratio_of, sum_of
from kheo.core.consolidated import ObligationCounts
from kheo.core.definition import Definition, Indicator
from kheo.core.figures import BLANK, NOT_APPLICABLE
from kheo.core.rollup import CellTally, pack, unpack
from kheo.core.wall import OPEN, Hidden
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.cells import UnitCells, cells_below, positions_of, terms_of
from kheo.reports.queries.standing import NONE_OWED, obligation_counts
from kheo.reports.queries.table import (
    NO_REPORT,
    SYSTEM_COUNTS,
    Shown,
    Standing,
    counts_by_system,
    own_counts,
    previous_cells,
    standings_of,
    system_count,
)
from kheo.reports.queries.walls import Viewpoint, walled_keys, walls

PAGE = 50
Class = Literal["number", "zero", "answered", "blank", "na", "missing"]


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
class Member:
    """One unit of the subtree that answered in a certain way, or did not."""

    obligation_id: int
    name: str
    above: str
    value: int | None
    state: State
    received_at: datetime | None
    due_at: datetime


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
    units = list(
        SnapshotUnit.objects.filter(Q(unit=unit.unit_id) | Q(parent_id=unit.unit_id), snapshot=cycle.snapshot_id).order_by("position")
    )
    found = cells_below(cycle, [unit.unit_id], positions_of(definition, subject.keys), definition)
    counts = obligation_counts(cycle, units, at) if counts_by_system(subject.indicator) else {}
    hidden = walls(cycle, definition, view, [subject.indicator]).get(subject.indicator.code, OPEN)
    reader = _Reader(subject, hidden, found, counts, standings_of(cycle, list(found)))
    classes = {} if subject.is_ratio or subject.is_closed else _classes(subject, found[unit.unit_id])
    chosen = next((name for name in classes if name == shown), None)
    lines = [] if chosen or subject.is_closed else _lines(unit, units, reader)
    pages = Paginator(range(classes[chosen] if chosen else len(lines)), PAGE).get_page(page)
    first = max(pages.start_index() - 1, 0)
    members = _members(cycle, unit, subject, definition, chosen, first) if chosen else ()
    before, before_name = previous_cells(cycle, unit, [subject.indicator], view, at) if subject.part is None else ({}, "")
    return Opened(
        definition, subject, reader.total(unit, view), before.get(subject.indicator.code), before_name, classes, chosen,
        tuple(lines[first : first + PAGE]), tuple(members), pages, reader.breakdown(unit, view), _largest(lines),
    )  # fmt: skip


class _Reader:
    """Reads the asked number out of the cells of the unit and its children."""

    def __init__(
        self,
        subject: Subject,
        hidden: Hidden,
        found: Mapping[int, UnitCells],
        counts: Mapping[int, ObligationCounts],
        standings: Mapping[int, Standing],
    ) -> None:
        self.subject = subject
        self.found = found
        self._hidden = hidden
        self._counts = counts
        self._standings = standings

    def total(self, unit: SnapshotUnit, view: Viewpoint) -> Shown:
        """The number of the unit's whole subtree."""
        is_hidden = self._hidden.total or (self.subject.is_closed and not view.is_at_top)
        return self._shown(unit, is_own=False, is_hidden=is_hidden)

    def line(self, unit: SnapshotUnit, *, is_own: bool) -> Line:
        """The unit's own direct share, or that of a unit directly below."""
        cells = self.found[unit.unit_id]
        is_hidden = self._hidden.own if is_own else unit.unit_id in self._hidden.children
        expected, reported = (1, int(cells.own is not None)) if is_own else (cells.expected, cells.reported)
        standing = self._standings.get(unit.unit_id, NO_REPORT)
        parts = () if self.subject.is_walled else tuple(self._parts(unit, is_own=is_own).values())
        return Line(unit, is_own, self._shown(unit, is_own=is_own, is_hidden=is_hidden), standing, expected, reported, parts)

    def breakdown(self, unit: SnapshotUnit, view: Viewpoint) -> dict[str, Sum]:
        """The parts of the unit's number by code; behind the wall only of the highest unit that the reader sees."""
        if self.subject.is_walled and (self._hidden.total or not view.is_at_top):
            return {}
        return self._parts(unit, is_own=False)

    def _parts(self, unit: SnapshotUnit, *, is_own: bool) -> dict[str, Sum]:
        cells = self.found[unit.unit_id]
        keys = () if self.subject.is_ratio else self.subject.keys[1:]
        expected = int(cells.obligation_id is not None) if is_own else cells.expected
        decimals = self.subject.indicator.decimals
        return {key.partition(".")[2]: sum_of(self._tally(cells, place, is_own), expected, decimals) for place, key in enumerate(keys, 1)}

    def _shown(self, unit: SnapshotUnit, *, is_own: bool, is_hidden: bool) -> Shown:
        indicator, cells = self.subject.indicator, self.found[unit.unit_id]
        if not self.subject.is_ratio:
            expected = int(cells.obligation_id is not None) if is_own else cells.expected
            return sum_of(self._tally(cells, 0, is_own), expected, indicator.decimals, is_hidden=is_hidden)
        place = {key: index for index, key in enumerate(self.subject.keys)}
        counts = own_counts(self._standings.get(unit.unit_id, NO_REPORT)) if is_own else self._counts.get(unit.unit_id, NONE_OWED)

        def lookup(key: str) -> int | None:
            return system_count(counts, key) if key in SYSTEM_COUNTS else self._tally(cells, place[key], is_own).value

        missing = bool(place) and self._tally(cells, 0, is_own).reported == 0
        return ratio_of(indicator, lookup, is_missing=missing, is_hidden=is_hidden)

    def _tally(self, cells: UnitCells, place: int, is_own: bool) -> CellTally:
        return cells.own_cell(place) if is_own else cells.cell(place)


def _lines(unit: SnapshotUnit, units: Sequence[SnapshotUnit], reader: _Reader) -> list[Line]:
    """The own direct figures first, then the units below by what they give; hidden ones last, in the order of the tree.

    (An order by value would tell of a hidden count.)
    """
    has_own = unit.is_inner and reader.found[unit.unit_id].obligation_id is not None
    lines = [reader.line(each, is_own=each.unit_id == unit.unit_id) for each in units if each.unit_id != unit.unit_id or has_own]
    return sorted(lines, key=_rank)


def _largest(lines: Sequence[Line]) -> int:
    """The largest number among the lines of all pages: what bars are measured by."""
    return max((line.cell.value for line in lines if isinstance(line.cell, Sum) and line.cell.value is not None), default=0)


def _rank(line: Line) -> tuple[bool, bool, Any]:
    value = line.cell.value
    return (not line.is_own, value is None, -value if value is not None else line.unit.position)


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


MEMBERS = """
SELECT owed.id, unit.name, above.name, {value}, report.state, report.accepted_id, report.received_at, owed.due_at
  FROM reports_obligation owed
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %(snapshot)s AND unit.unit_id = owed.unit_id
  LEFT JOIN org_snapshot_unit above ON above.snapshot_id = %(snapshot)s AND above.unit_id = unit.parent_id
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
  LEFT JOIN reports_revision sent ON sent.id = report.accepted_id
 WHERE owed.cycle_id = %(cycle)s AND owed.position >= %(start)s AND owed.position < %(end)s AND {which}
 ORDER BY owed.position LIMIT %(limit)s OFFSET %(offset)s
"""
ZERO, BLANK_CELL, NA_CELL = pack([0]), pack([BLANK]), pack([NOT_APPLICABLE])
WHICH: dict[Class, str] = {
    "number": "{cell} NOT IN (%(zero)s, %(blank)s, %(na)s)",
    "zero": "{cell} = %(zero)s",
    "answered": "{cell} NOT IN (%(blank)s, %(na)s)",
    "blank": "{cell} = %(blank)s",
    "na": "{cell} = %(na)s",
    "missing": "report.accepted_id IS NULL",
}


def _members(cycle: Cycle, unit: SnapshotUnit, subject: Subject, definition: Definition, shown: Class, offset: int) -> Sequence[Member]:
    """The units of the subtree in one class, in the tree's order. No value behind the wall."""
    cell = f"substr(sent.vector, {8 * definition.cell(subject.key).position + 1}, 8)"
    value = "NULL" if subject.is_walled else cell
    query = MEMBERS.format(value=value, which=WHICH[shown].format(cell=cell))
    bounds = {
        "cycle": cycle.pk,
        "snapshot": cycle.snapshot_id,
        "start": unit.position,
        "end": unit.ends_at,
        "limit": PAGE,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, {**bounds, "zero": ZERO, "blank": BLANK_CELL, "na": NA_CELL})
        return [_member(*row) for row in cursor.fetchall()]


def _member(
    obligation: int,
    name: str,
    above: str | None,
    stored: bytes | None,
    state: str | None,
    accepted: int | None,
    received: datetime | None,
    due: datetime,
) -> Member:
    value = int(unpack(stored)[0]) if stored else None
    number = None if value in (None, BLANK, NOT_APPLICABLE) else value
    return Member(obligation, name, above or "", number, State.ACCEPTED if accepted else State(state or State.NOT_STARTED), received, due)
