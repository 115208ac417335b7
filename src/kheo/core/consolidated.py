"""The consolidated report of one unit as plain data: what the rooms hand to pages, papers and JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kheo.core.restructuring import Structure


@dataclass(frozen=True)
class UnitRef:
    """A unit as it was called on the day in question."""

    code: str
    name: str
    kind: str


def in_place_of(successor: str, unit: str) -> str:
    """`Công đoàn cơ sở Hai nộp thay Công đoàn cơ sở Một`: how every paper names a report that was handed to a successor."""
    return f"{successor} nộp thay {unit}"


@dataclass(frozen=True)
class ClosedUnit:
    """A unit of which no report is wanted any more, and why: a named gap, not one that is missing."""

    unit: UnitRef
    reason: str


@dataclass(frozen=True)
class OutsideUnit:
    """A unit of the cycle whose report belongs to no unit of another structure, and why."""

    unit: UnitRef
    reason: str


@dataclass(frozen=True)
class CellCounts:
    """How many obliged units stand behind one number, by class of their cell; `missing` have no accepted report."""

    number: int
    zero: int
    blank: int
    not_applicable: int
    missing: int


@dataclass(frozen=True)
class FigureTotal:
    """An additive total. `value` is a scaled integer (10**decimals), None when no unit gave a number or where `is_hidden`.

    Hidden: a count behind the small-count wall, for a reader above the unit; then numbers and zeros are counted together.
    """

    code: str
    value: int | None
    unit: str
    aggregation: str
    decimals: int
    cells: CellCounts
    by: Mapping[str, Mapping[str, int | None]]
    is_hidden: bool = False


@dataclass(frozen=True)
class RatioTotal:
    """A ratio computed when read from its two sums; `value` is None when the denominator is missing or zero."""

    code: str
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    unit: str
    is_hidden: bool = False


@dataclass(frozen=True)
class ObligationCounts:
    """Obligations of a subtree: the six states partition `expected`; `overdue` and `on_time` are derived from dates."""

    expected: int
    accepted: int
    submitted: int
    returned: int
    draft: int
    not_started: int
    overdue: int
    on_time: int
    closed: int = 0


MIXED = "mixed"


@dataclass(frozen=True)
class ChildLine:
    """One line of the annex: a child unit, or the consolidating unit's own direct figures.

    In the structure of another day a line may stand for several reports (`state` is then `MIXED` unless all are alike), and one that
    cannot be moved to a unit of that day is a line of its own: `remainder` says why, and `unit` is the unit that it was.
    `is_restructured`: it was read so.
    """

    unit: UnitRef
    state: str
    due_on: date | None
    received_at: datetime | None
    on_time: bool | None
    figures: Mapping[str, int | Decimal | None]
    hidden: frozenset[str]
    missing: int = 0
    is_own: bool = False
    remainder: str = ""
    is_restructured: bool = False


@dataclass(frozen=True)
class NarrativeText:
    """What one unit wrote under one section of the outline.

    In another structure `under` is the unit that its report landed in where that is another one, `is_remainder` whether it stands by
    itself because it could not be moved to one unit.
    """

    section: str
    unit: UnitRef
    text: str
    under: str = ""
    is_remainder: bool = False

    @property
    def name(self) -> str:
        """How the text is headed: a unit that has gone is named with the one it is in now."""
        if self.is_remainder:
            return f"{self.unit.name} (ghi riêng, không thuộc trọn một đơn vị)"
        return f"{self.under} ({self.unit.name})" if self.under else self.unit.name


@dataclass(frozen=True)
class TakenFrom:
    """A paragraph of a unit's `number`-th submission. `first`: who wrote it first, where that unit too took it from below."""

    unit: str
    number: int
    section: str
    first: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origin:
    """A paragraph (`place`, from 1) of a section of the consolidating unit's own words, and what it was made of.

    `is_reworded`: it says something else than its sources one after the other.
    """

    section: str
    place: int
    text: str
    sources: tuple[TakenFrom, ...]
    is_reworded: bool


@dataclass(frozen=True)
class Consolidated:
    """Everything that a consolidated report of `unit` says for one cycle, as of an instant (aware).

    `structure`: the tree of another day or line that the figures are read in, None as reported; `outside`: the units of
    the cycle whose reports then stand above all of its roots, in no unit's total.
    """

    campaign: str
    edition: int
    edition_hash: str
    cycle: str
    cycle_name: str
    unit: UnitRef
    recipient: UnitRef | None
    as_of: datetime
    obligations: ObligationCounts
    figures: Mapping[str, FigureTotal | RatioTotal]
    previous: Mapping[str, FigureTotal | RatioTotal] | None
    previous_name: str
    children: tuple[ChildLine, ...]
    missing_units: tuple[UnitRef, ...]
    narratives: tuple[NarrativeText, ...]
    structure: Structure | None = None
    outside: tuple[OutsideUnit, ...] = ()
    closed_units: tuple[ClosedUnit, ...] = ()
