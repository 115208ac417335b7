"""The consolidated report of a unit in the structure of another day or line: the same data as reported, other lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import MIXED, ChildLine, ClosedUnit, Consolidated, NarrativeText, ObligationCounts, UnitRef
from kheo.core.definition import Definition, counted_alike
from kheo.core.reading import Total, plain, totals
from kheo.core.restructuring import Landing
from kheo.core.workflow import STATE_NAMES, State
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.as_of import Moment
from kheo.reports.queries.consolidation import ref, sections_of
from kheo.reports.queries.hiding import hide_codes
from kheo.reports.queries.remainders import reasons
from kheo.reports.queries.restructured import Part, Restructured, added_up, sums_of
from kheo.reports.queries.restructured_walls import hidden_totals
from kheo.reports.queries.standing import closed_between, missing_between
from kheo.reports.queries.totals import Subtotal
from kheo.reports.queries.walls import Viewpoint, walled_keys

Told = TypeVar("Told")
Counted = tuple[Subtotal, ObligationCounts]


@dataclass(frozen=True)
class ReadBy:
    """What a reader may see besides: `view` as `whole_view` tells it; `before`: the period before in the same structure, where the
    reader may read the unit in it as well; `outside`: how many reports that the reader may read stand above all roots.
    """

    view: Viewpoint | None = None
    before: Restructured | None = None
    outside: int = 0


def restructured_report(
    reading: Restructured, unit: SnapshotUnit, *, at: datetime, as_of: datetime | None = None, by: ReadBy
) -> Consolidated:
    """Everything about a unit of the structure."""
    cycle = reading.cycle
    moment = Moment(as_of or at, as_of is not None)
    definition = definition_of(cycle.edition_id)
    parts = reading.parts(unit)
    sums = sums_of(reading, unit, parts, len(definition.cells), moment)
    guarded = frozenset(walled_keys(definition))
    whole = totals(definition, sums.whole[0].tally, sums.whole[0].reported, sums.whole[1])
    before, before_name = previous_totals(by.before, unit, definition, moment)
    # Walls of an earlier instant are not worked out here: behind them nothing is shown then.
    hidden = guarded if moment.is_past else hidden_totals(reading, definition, by.view)
    return Consolidated(
        campaign=cycle.campaign.code,
        edition=cycle.edition.number,
        edition_hash=cycle.edition.hash,
        cycle=cycle.code,
        cycle_name=cycle.name,
        unit=ref(unit),
        recipient=None,
        as_of=moment.at,
        obligations=sums.whole[1],
        figures=hide_codes(whole, hidden),
        previous=before,
        previous_name=before_name,
        children=_lines(reading, definition, unit, list(zip(parts, sums.parts, strict=True)), guarded),
        missing_units=_missing(reading, unit, moment),
        narratives=_narratives(reading, definition, parts, moment),
        closed_units=_closed(reading, unit, moment, sums.whole[1]),
        structure=reading.structure,
        outside=by.outside,
    )


def previous_totals(
    before: Restructured | None, unit: SnapshotUnit, now: Definition, moment: Moment
) -> tuple[dict[str, Total] | None, str]:
    """The totals of the period before, of what both editions count alike and none walls, and its name; (None, "") without one."""
    if before is None:
        return None, ""
    definition = definition_of(before.cycle.edition_id)
    subtotal, counts = sums_of(before, unit, (), len(definition.cells), moment).whole
    if not subtotal.expected:
        return None, ""
    found = totals(definition, subtotal.tally, subtotal.reported, counts)
    kept = counted_alike(now, definition) - {*walled_keys(now), *walled_keys(definition)}
    return {code: total for code, total in found.items() if code in kept}, before.cycle.name


def _lines(
    reading: Restructured, definition: Definition, unit: SnapshotUnit, told: Sequence[tuple[Part, Counted]], guarded: frozenset[str]
) -> tuple[ChildLine, ...]:
    """What landed whole at the unit itself in one line, the units below, then every remainder by its name."""
    why = reasons(reading, [part for part, _ in told if part.is_remainder])
    here = [counted for part, counted in told if part.landing is Landing.WHOLE]
    lines = [_line(ref(unit), added_up(here, len(definition.cells)), definition, is_own=True)] if here else []
    for part, counted in told:
        if part.landing is not Landing.WHOLE:
            line = _line(ref(part.unit), counted, definition)
            lines.append(replace(line, remainder=why[part.unit.unit_id].words) if part.is_remainder else line)
    return tuple(_walled(line, guarded) for line in lines)


def _line(unit: UnitRef, counted: Counted, definition: Definition, *, is_own: bool = False) -> ChildLine:
    subtotal, counts = counted
    return ChildLine(
        unit=unit,
        state=state_of(counts),
        due_on=None,
        received_at=None,
        on_time=None,
        figures=plain(totals(definition, subtotal.tally, subtotal.reported, counts)),
        hidden=frozenset(),
        missing=subtotal.expected - subtotal.reported - counts.closed,
        is_own=is_own,
        is_restructured=True,
    )


def state_of(counts: ObligationCounts) -> str:
    """The state that all of these reports are in; `MIXED` where they differ, “not started” where there is none."""
    found = [state.value for state in STATE_NAMES if getattr(counts, state.value)]
    return found[0] if len(found) == 1 else MIXED if found else State.NOT_STARTED.value


def _walled(line: ChildLine, guarded: frozenset[str]) -> ChildLine:
    codes = guarded & line.figures.keys()
    return replace(line, figures={code: None if code in codes else value for code, value in line.figures.items()}, hidden=frozenset(codes))


def _missing(reading: Restructured, unit: SnapshotUnit, moment: Moment) -> tuple[UnitRef, ...]:
    """Units of the cycle's tree that landed in the unit and have no accepted report, under their names of the cycle."""
    return _landed(reading, unit, lambda start, end: missing_between(reading.cycle, start, end, moment.at, is_past=moment.is_past))


def _closed(reading: Restructured, unit: SnapshotUnit, moment: Moment, counts: ObligationCounts) -> tuple[ClosedUnit, ...]:
    """Those of which no report is wanted any more."""
    if not counts.closed:
        return ()
    return _landed(reading, unit, lambda start, end: closed_between(reading.cycle, start, end, moment.at, is_past=moment.is_past))


def _landed(reading: Restructured, unit: SnapshotUnit, listed: Callable[[int, int], Sequence[tuple[int, Told]]]) -> tuple[Told, ...]:
    """Of what is told of units by their positions in the cycle's tree, that of the units that landed in the unit."""
    behind = reading.behind(unit).tolist()
    inside = set(behind)
    return tuple(each for place, each in listed(behind[0], behind[-1] + 1) if place in inside) if behind else ()


def _narratives(reading: Restructured, definition: Definition, parts: Sequence[Part], moment: Moment) -> tuple[NarrativeText, ...]:
    """What the units wrote whose reports landed whole at the unit itself, under their names of the cycle."""
    units = {part.unit.unit_id: part.unit for part in parts if part.landing is Landing.WHOLE}
    texts = sections_of(reading.cycle, list(units.values()), moment, accepted_only=True)
    return tuple(
        NarrativeText(section.id, ref(each), texts[unit][section.id])
        for section in definition.outline
        for unit, each in units.items()
        if texts.get(unit, {}).get(section.id, "").strip()
    )
