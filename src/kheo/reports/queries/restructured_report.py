"""The consolidated report of a unit in the structure of another day or line: the same data as reported, other lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import MIXED, ChildLine, Consolidated, NarrativeText, ObligationCounts, OutsideUnit, UnitRef
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
from kheo.reports.queries.restructured_walls import Curtain, Tops, curtain
from kheo.reports.queries.standing import closed_at, named_at
from kheo.reports.queries.totals import Subtotal
from kheo.reports.queries.walls import walled_keys

# Of lines that the wall is asked about, numbered from 1 in the order of the parts: all that landed whole at the unit itself.
OWN_LINE = 0
Counted = tuple[Subtotal, ObligationCounts]


@dataclass(frozen=True)
class ReadBy:
    """What a reader may see besides. `view`: from where they read the cycle as reported, None: nothing behind the wall; `before`: the
    period before in the same structure, with `view_before`, where the reader may read the unit in it as well; `outside`: positions of
    the cycle's tree whose reports the reader may read and that stand above all roots.
    """

    view: Tops | None = None
    before: Restructured | None = None
    view_before: Tops | None = None
    outside: tuple[int, ...] = ()


def restructured_report(
    reading: Restructured, unit: SnapshotUnit, *, at: datetime, as_of: datetime | None = None, by: ReadBy
) -> Consolidated:
    """Everything about a unit of the structure."""
    cycle = reading.cycle
    moment = Moment(as_of or at, as_of is not None)
    definition = definition_of(cycle.edition_id)
    parts = reading.parts(unit)
    sums = sums_of(reading, unit, parts, len(definition.cells), moment)
    # Walls of an earlier instant are not worked out here: behind them nothing is shown then.
    walls = _curtains(reading, unit, parts, definition, None if moment.is_past else by.view)
    whole = totals(definition, sums.whole[0].tally, sums.whole[0].reported, sums.whole[1])
    before, before_name = previous_totals(by, unit, definition, moment)
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
        figures=hide_codes(whole, walls[1].over(0, sums.whole[0])),
        previous=before,
        previous_name=before_name,
        children=_lines(reading, definition, unit, list(zip(parts, sums.parts, strict=True)), walls[0]),
        missing_units=named_at(cycle, sums.stood.missing),
        narratives=_narratives(reading, definition, parts, moment),
        closed_units=closed_at(cycle, sums.stood.closed, moment.at, is_past=moment.is_past),
        structure=reading.structure,
        outside=_outside(reading, by.outside),
    )


def _outside(reading: Restructured, places: Sequence[int]) -> tuple[OutsideUnit, ...]:
    parts = reading.reports(places)
    why = reasons(reading, parts)
    return tuple(OutsideUnit(ref(part.unit), why[part.unit.unit_id].words) for part in parts)


def _curtains(
    reading: Restructured, unit: SnapshotUnit, parts: Sequence[Part], definition: Definition, view: Tops | None
) -> tuple[Curtain, Curtain]:
    """What the wall hides of the parts by their number, all that landed whole as one (`OWN`), and of the whole unit as line 0."""
    labels = reading.lines(unit, parts)
    numbers = np.array([OWN_LINE if part.landing is Landing.WHOLE else number for number, part in enumerate(parts, start=1)] + [-1, -1])
    whole = np.where(labels >= 0, 0, -1)
    return curtain(reading, definition, view, numbers[labels]), curtain(reading, definition, view, whole)


def previous_totals(by: ReadBy, unit: SnapshotUnit, now: Definition, moment: Moment) -> tuple[dict[str, Total] | None, str]:
    """The totals of the period before, of what both editions count alike, behind its own wall, and its name; (None, "") without one."""
    before = by.before
    if before is None:
        return None, ""
    definition = definition_of(before.cycle.edition_id)
    subtotal, counts = sums_of(before, unit, (), len(definition.cells), moment).whole
    if not subtotal.expected:
        return None, ""
    found = totals(definition, subtotal.tally, subtotal.reported, counts)
    labels = np.where(before.lines(unit, ()) >= 0, 0, -1)
    wall = curtain(before, definition, None if moment.is_past else by.view_before, labels)
    # What is walled in one of the two editions only has no wall to go by in the other.
    kept = counted_alike(now, definition) - ({*walled_keys(now)} ^ {*walled_keys(definition)})
    return {code: total for code, total in found.items() if code in kept - wall.over(0, subtotal)}, before.cycle.name


def _lines(
    reading: Restructured, definition: Definition, unit: SnapshotUnit, told: Sequence[tuple[Part, Counted]], wall: Curtain
) -> tuple[ChildLine, ...]:
    """What landed whole at the unit itself in one line, the units below, then every remainder by its name."""
    why = reasons(reading, [part for part, _ in told if part.is_remainder])
    here = [counted for part, counted in told if part.landing is Landing.WHOLE]
    lines = []
    if here:
        own = added_up(here, len(definition.cells))
        lines.append(_walled(_line(ref(unit), own, definition, is_own=True), wall.over(OWN_LINE, own[0])))
    for number, (part, counted) in enumerate(told, start=1):
        if part.landing is not Landing.WHOLE:
            line = _walled(_line(ref(part.unit), counted, definition), wall.over(number, counted[0]))
            lines.append(replace(line, remainder=why[part.unit.unit_id].words) if part.is_remainder else line)
    return tuple(lines)


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


def _narratives(reading: Restructured, definition: Definition, parts: Sequence[Part], moment: Moment) -> tuple[NarrativeText, ...]:
    """Texts stand where the figures of their reports do: first of those that landed whole at the unit itself; in a general section in
    which these say nothing, of those that landed whole at a unit directly below, and of the remainders. By their names of the cycle.
    """
    here = [part for part in parts if part.landing is Landing.WHOLE]
    inside = reading.whole_at([part.unit for part in parts if part.landing is None])
    alone = [part for part in parts if part.is_remainder]
    units = [part.unit for part in [*here, *(each for each, _ in inside), *alone]]
    texts = sections_of(reading.cycle, units, moment, accepted_only=True)

    def written(part: Part, section: str) -> str:
        return texts.get(part.unit.unit_id, {}).get(section, "").strip()

    found: list[NarrativeText] = []
    for section in definition.outline:
        own = [(part, written(part, section.id)) for part in here if written(part, section.id)]
        found += [NarrativeText(section.id, ref(part.unit), text) for part, text in own]
        if own or section.content is not None:
            continue
        for part, above in inside:
            if text := written(part, section.id):
                under = "" if above.unit_id == part.unit.unit_id else above.name
                found.append(NarrativeText(section.id, ref(part.unit), text, under))
        found += [
            NarrativeText(section.id, ref(part.unit), text, is_remainder=True) for part in alone if (text := written(part, section.id))
        ]
    return tuple(found)
