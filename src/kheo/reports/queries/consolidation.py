"""The consolidated report of a unit: totals, children, who is missing, what was written. Everything is computed, nothing typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of, previous_cycle
from kheo.core.consolidated import ChildLine, Consolidated, NarrativeText, ObligationCounts, UnitRef
from kheo.core.days import due_day, is_on_time
from kheo.core.definition import Definition
from kheo.core.reading import Total, plain, totals
from kheo.core.wall import Hidden, Level
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_children, unit_facts
from kheo.reports.models import Obligation
from kheo.reports.queries.as_of import subtotals_as_of
from kheo.reports.queries.hiding import hide_small, hide_totals, without_walled
from kheo.reports.queries.standing import missing_units, obligation_counts
from kheo.reports.queries.totals import Subtotal, subtotals
from kheo.reports.queries.walls import Viewpoint, guarded_keys, hidden_by_code, own_viewpoint


def ref(unit: SnapshotUnit) -> UnitRef:
    """The unit as the cycle's tree has it."""
    return UnitRef(unit.code, unit.name, unit.kind)


@dataclass(frozen=True)
class _Moment:
    """When the reader looks: now, or just before an earlier instant."""

    at: datetime
    is_past: bool


def consolidated(
    cycle: Cycle, unit: SnapshotUnit, *, at: datetime, as_of: datetime | None = None, view: Viewpoint | None = None
) -> Consolidated:
    """Everything about a unit's subtree in one cycle, as it stands `at` now or as it stood before the instant `as_of`.

    `view`: from where it is read (default: by the unit itself); counts that the small-count wall hides from there are left out.
    """
    moment = _Moment(as_of or at, as_of is not None)
    definition = definition_of(cycle.edition_id)
    children = snapshot_children(cycle.snapshot_id, unit.unit_id)
    counts = obligation_counts(cycle, [unit, *children], moment.at, is_past=moment.is_past)
    sums = _sums(cycle, [unit, *children], definition, moment)
    view = view or own_viewpoint(unit)
    hidden = _hidden(cycle, definition, view, [unit, *children], sums, moment)
    whole = totals(definition, sums[unit.unit_id].tally, sums[unit.unit_id].reported, counts[unit.unit_id])
    own = Obligation.objects.filter(cycle=cycle, unit=unit.unit_id).select_related("report__latest", "report__accepted").first()
    before, before_name = previous_totals(cycle, unit, moment.at)
    return Consolidated(
        campaign=cycle.campaign.code,
        edition=cycle.edition.number,
        edition_hash=cycle.edition.hash,
        cycle=cycle.code,
        cycle_name=cycle.name,
        unit=ref(unit),
        recipient=_recipient(own, cycle),
        as_of=moment.at,
        obligations=counts[unit.unit_id],
        figures=hide_totals(whole, hidden),
        previous=without_walled(definition, before, view) if before else before,
        previous_name=before_name,
        children=_lines(cycle, unit, children, definition, counts, sums, hidden, moment),
        missing_units=_missing(cycle, unit, moment),
        narratives=_narratives(definition, cycle, unit, children, moment),
    )


def _hidden(
    cycle: Cycle,
    definition: Definition,
    view: Viewpoint,
    known: Sequence[SnapshotUnit],
    sums: Mapping[int, Subtotal],
    moment: _Moment,
) -> dict[str, Hidden]:
    """What the small-count wall hides, by code: it needs the units beside every unit on the way down from the reader's own."""
    if not guarded_keys(definition, definition.indicators):
        return {}
    units = {each.unit_id: each for each in known}
    if not view.is_at_top:
        beside = SnapshotUnit.objects.filter(Q(unit__in=view.path) | Q(parent_id__in=view.path), snapshot=cycle.snapshot_id)
        more = [each for each in beside if each.unit_id not in units]
        sums = {**sums, **_sums(cycle, more, definition, moment)}
        units.update({each.unit_id: each for each in more})
    below = {unit: [each for each in units if units[each].parent_id == unit] for unit in view.path}
    own = {unit: _own(sums[unit], [sums[each] for each in below[unit]]) for unit in view.path}

    def levels(key: str) -> list[Level]:
        place = definition.cell(key).position
        return [Level(unit, own[unit].value(place), {each: sums[each].value(place) for each in below[unit]}) for unit in view.path]

    return hidden_by_code(definition, definition.indicators, view, levels)


def _sums(cycle: Cycle, units: Sequence[SnapshotUnit], definition: Definition, moment: _Moment) -> dict[int, Subtotal]:
    width = len(definition.cells)
    return subtotals_as_of(cycle, units, width, moment.at) if moment.is_past else subtotals(cycle, units, width)


def _recipient(own: Obligation | None, cycle: Cycle) -> UnitRef | None:
    if own is None:
        return None
    facts = unit_facts([own.recipient_id], cycle.opened_on).get(own.recipient_id)
    return UnitRef(facts.code, facts.name, facts.kind) if facts else None


def _missing(cycle: Cycle, unit: SnapshotUnit, moment: _Moment) -> tuple[UnitRef, ...]:
    positions = missing_units(cycle, unit, moment.at, is_past=moment.is_past)
    rows = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, position__in=positions).order_by("position")
    return tuple(ref(row) for row in rows)


def previous_totals(cycle: Cycle, unit: SnapshotUnit, at: datetime) -> tuple[dict[str, Total] | None, str]:
    """The same unit's totals of the cycle before, and that cycle's name; (None, "") where there is none to compare."""
    before = previous_cycle(cycle)
    then = SnapshotUnit.objects.filter(snapshot=before.snapshot_id, unit=unit.unit_id).first() if before else None
    if before is None or then is None:
        return None, ""
    definition = definition_of(before.edition_id)
    whole = subtotals(before, [then], len(definition.cells))[then.unit_id]
    counts = obligation_counts(before, [then], at)[then.unit_id]
    return totals(definition, whole.tally, whole.reported, counts), before.name


def _lines(
    cycle: Cycle,
    unit: SnapshotUnit,
    children: Sequence[SnapshotUnit],
    definition: Definition,
    counts: Mapping[int, ObligationCounts],
    sums: Mapping[int, Subtotal],
    hidden: Mapping[str, Hidden],
    moment: _Moment,
) -> tuple[ChildLine, ...]:
    """The unit's own direct figures first, then each child with everything below it; what the wall hides left out."""
    owed = _owed(cycle, [unit, *children])
    own = _own(sums[unit.unit_id], [sums[child.unit_id] for child in children])
    own_counts = _own_counts(counts[unit.unit_id], [counts[child.unit_id] for child in children])
    lines = [_line(unit, owed.get(unit.unit_id), definition, own, own_counts, moment, is_own=True)] if unit.unit_id in owed else []
    lines += [_line(child, owed.get(child.unit_id), definition, sums[child.unit_id], counts[child.unit_id], moment) for child in children]
    ids = [unit.unit_id] * (unit.unit_id in owed) + [child.unit_id for child in children]
    return tuple(hide_small(line, each, hidden) for line, each in zip(lines, ids, strict=True))


def _owed(cycle: Cycle, units: Sequence[SnapshotUnit]) -> dict[int, Obligation]:
    rows = Obligation.objects.filter(cycle=cycle, unit__in=[unit.unit_id for unit in units]).select_related("report")
    return {row.unit_id: row for row in rows}


def _own(whole: Subtotal, parts: Sequence[Subtotal]) -> Subtotal:
    tally = list(whole.tally)
    for part in parts:
        tally = [left - right for left, right in zip(tally, part.tally, strict=True)]
    reported = whole.reported - sum(part.reported for part in parts)
    return Subtotal(tally, reported, whole.expected - sum(part.expected for part in parts))


def _own_counts(whole: ObligationCounts, parts: Sequence[ObligationCounts]) -> ObligationCounts:
    fields = ObligationCounts.__dataclass_fields__
    return ObligationCounts(*(getattr(whole, name) - sum(getattr(part, name) for part in parts) for name in fields))


def _line(
    unit: SnapshotUnit,
    owed: Obligation | None,
    definition: Definition,
    subtotal: Subtotal,
    counts: ObligationCounts,
    moment: _Moment,
    is_own: bool = False,
) -> ChildLine:
    report = getattr(owed, "report", None) if owed else None
    received = report.received_at if report and report.received_at and report.received_at <= moment.at else None
    return ChildLine(
        unit=ref(unit),
        state=_state(report, counts, moment),
        due_on=due_day(owed.due_at) if owed else None,
        received_at=received,
        on_time=is_on_time(received, owed.due_at) if owed and received else None,
        figures=plain(totals(definition, subtotal.tally, subtotal.reported, counts)),
        hidden=frozenset(),
        missing=subtotal.expected - subtotal.reported,
        is_own=is_own,
    )


def _state(report: object, counts: ObligationCounts, moment: _Moment) -> str:
    """A leaf's own counts tell its state at any instant; of an inner unit the report as it is now."""
    if counts.expected == 1:
        names = ("accepted", "submitted", "returned", "draft", "not_started")
        return next(name for name in names if getattr(counts, name))
    return str(getattr(report, "state", State.NOT_STARTED.value))


def _narratives(
    definition: Definition, cycle: Cycle, unit: SnapshotUnit, children: Sequence[SnapshotUnit], moment: _Moment
) -> tuple[NarrativeText, ...]:
    """The unit's own words; where it wrote none in a general section, the words of the accepted reports directly below."""
    own = _texts(cycle, [unit], moment, accepted_only=False).get(unit.unit_id, {})
    open_sections = {section.id for section in definition.outline if section.content is None and not own.get(section.id, "").strip()}
    theirs = _texts(cycle, children, moment, accepted_only=True) if open_sections else {}
    found: list[NarrativeText] = []
    for section in definition.outline:
        if own.get(section.id, "").strip():
            found.append(NarrativeText(section.id, ref(unit), own[section.id]))
        elif section.id in open_sections:
            written = ((child, theirs.get(child.unit_id, {}).get(section.id, "")) for child in children)
            found.extend(NarrativeText(section.id, ref(child), text) for child, text in written if text.strip())
    return tuple(found)


def _texts(cycle: Cycle, units: Sequence[SnapshotUnit], moment: _Moment, *, accepted_only: bool) -> dict[int, dict[str, str]]:
    rows = Obligation.objects.filter(cycle=cycle, unit__in=[unit.unit_id for unit in units], report__isnull=False)
    found: dict[int, dict[str, str]] = {}
    for owed in rows.select_related("report__latest", "report__accepted"):
        revision = owed.report.accepted if accepted_only else owed.report.accepted or owed.report.latest
        if revision and revision.submitted_at <= moment.at:
            found[owed.unit_id] = revision.narrative
        elif not accepted_only and not moment.is_past:
            found[owed.unit_id] = owed.report.narrative
    return found
