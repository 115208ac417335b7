"""The consolidated report of a unit: totals, children, who is missing, what was written. Everything is computed, nothing typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of, previous_cycle
from kheo.core.consolidated import ChildLine, Consolidated, NarrativeText, ObligationCounts, UnitRef
from kheo.core.days import due_day, is_on_time
from kheo.core.definition import Definition, counted_alike
from kheo.core.reading import Total, plain, totals
from kheo.core.standings import Standings
from kheo.core.wall import Hidden, Level
from kheo.core.workflow import STATE_NAMES, Act, State
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_children, unit_facts
from kheo.reports.models import Decision, Obligation, Report, Revision
from kheo.reports.queries.as_of import Moment, subtotals_as_of
from kheo.reports.queries.hiding import hide_small, hide_totals, without_walled
from kheo.reports.queries.standing import closed_at, counts_of, named_at, own_counts, standings
from kheo.reports.queries.totals import Subtotal, own_numbers, subtotals
from kheo.reports.queries.walls import Viewpoint, guarded_keys, hidden_by_code, own_viewpoint, walled_keys


def ref(unit: SnapshotUnit) -> UnitRef:
    """The unit as the cycle's tree has it."""
    return UnitRef(unit.code, unit.name, unit.kind)


def consolidated(
    cycle: Cycle, unit: SnapshotUnit, *, at: datetime, as_of: datetime | None = None, view: Viewpoint | None = None
) -> Consolidated:
    """Everything about a unit's subtree in one cycle, as it stands `at` now or as it stood before the instant `as_of`.

    `view`: from where it is read (default: by the unit itself); counts that the small-count wall hides from there are left out.
    """
    moment = Moment(as_of or at, as_of is not None)
    definition = definition_of(cycle.edition_id)
    children = snapshot_children(cycle.snapshot_id, unit.unit_id)
    stood = standings(cycle, unit.position, unit.ends_at, moment.at, is_past=moment.is_past)
    counts = counts_of(stood, [unit, *children])
    sums = _sums(cycle, [unit, *children], definition, moment, stood)
    view = view or own_viewpoint(unit)
    hidden = _hidden(cycle, definition, view, [unit, *children], sums, moment)
    whole = totals(definition, sums[unit.unit_id].tally, sums[unit.unit_id].reported, counts[unit.unit_id])
    own = Obligation.objects.filter(cycle=cycle, unit=unit.unit_id).select_related("report__latest", "report__accepted").first()
    before, before_name = _previous(cycle, unit, definition, moment)
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
        children=_lines(cycle, unit, children, stood, sums, hidden, moment),
        missing_units=named_at(cycle, stood.missing),
        narratives=_narratives(definition, cycle, unit, children, moment),
        closed_units=closed_at(cycle, stood.closed, moment.at, is_past=moment.is_past),
    )


def _hidden(
    cycle: Cycle,
    definition: Definition,
    view: Viewpoint,
    known: Sequence[SnapshotUnit],
    sums: Mapping[int, Subtotal],
    moment: Moment,
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

    direct = own_numbers(cycle, [each for each in units if units[each].is_inner])

    def levels(key: str) -> list[Level]:
        place = definition.cell(key).position
        return [
            Level(
                unit,
                own[unit].value(place),
                {each: sums[each].value(place) for each in below[unit]},
                {each: direct[each][place] if each in direct else None for each in below[unit] if units[each].is_inner},
            )
            for unit in view.path
        ]

    return hidden_by_code(definition, definition.indicators, view, levels)


def _sums(
    cycle: Cycle, units: Sequence[SnapshotUnit], definition: Definition, moment: Moment, stood: Standings | None = None
) -> dict[int, Subtotal]:
    width = len(definition.cells)
    return subtotals_as_of(cycle, units, width, moment.at, stood=stood) if moment.is_past else subtotals(cycle, units, width)


def _recipient(own: Obligation | None, cycle: Cycle) -> UnitRef | None:
    if own is None:
        return None
    facts = unit_facts([own.recipient_id], cycle.opened_on).get(own.recipient_id)
    return UnitRef(facts.code, facts.name, facts.kind) if facts else None


def _previous(cycle: Cycle, unit: SnapshotUnit, now: Definition, moment: Moment) -> tuple[dict[str, Total] | None, str]:
    """The same unit's totals of the cycle before, of what both editions count alike, and that cycle's name; (None, "") without one."""
    before = previous_cycle(cycle)
    then = SnapshotUnit.objects.filter(snapshot=before.snapshot_id, unit=unit.unit_id).first() if before else None
    if before is None or then is None:
        return None, ""
    definition = definition_of(before.edition_id)
    stood = standings(before, then.position, then.ends_at, moment.at, is_past=moment.is_past)
    whole = _sums(before, [then], definition, moment, stood)[then.unit_id]
    counts = counts_of(stood, [then])[then.unit_id]
    found = totals(definition, whole.tally, whole.reported, counts)
    # What only the earlier edition keeps behind the wall stays behind it.
    alike = counted_alike(now, definition) - (set(walled_keys(definition)) - set(walled_keys(now)))
    return {code: total for code, total in found.items() if code in alike}, before.name


def _lines(
    cycle: Cycle,
    unit: SnapshotUnit,
    children: Sequence[SnapshotUnit],
    stood: Standings,
    sums: Mapping[int, Subtotal],
    hidden: Mapping[str, Hidden],
    moment: Moment,
) -> tuple[ChildLine, ...]:
    """The unit's own direct figures first, then each child with everything below it; what the wall hides left out."""
    definition = definition_of(cycle.edition_id)
    owed = _owed(cycle, [unit, *children])
    counts, alone = counts_of(stood, children), own_counts(stood, [unit, *children])
    own = _own(sums[unit.unit_id], [sums[child.unit_id] for child in children])
    parts = [_Part(unit, own, alone[unit.unit_id], is_own=True)] if unit.unit_id in owed else []
    parts += [_Part(child, sums[child.unit_id], counts[child.unit_id], is_own=False) for child in children]
    lines = ((part.unit.unit_id, _line(part, owed.get(part.unit.unit_id), alone[part.unit.unit_id], definition, moment)) for part in parts)
    return tuple(hide_small(line, each, hidden) for each, line in lines)


@dataclass(frozen=True)
class _Part:
    """What a line tells: a unit's own direct figures, or everything of a unit below."""

    unit: SnapshotUnit
    subtotal: Subtotal
    counts: ObligationCounts
    is_own: bool


def _owed(cycle: Cycle, units: Sequence[SnapshotUnit]) -> dict[int, Obligation]:
    rows = Obligation.objects.filter(cycle=cycle, unit__in=[unit.unit_id for unit in units]).select_related("report")
    return {row.unit_id: row for row in rows}


def _own(whole: Subtotal, parts: Sequence[Subtotal]) -> Subtotal:
    tally = list(whole.tally)
    for part in parts:
        tally = [left - right for left, right in zip(tally, part.tally, strict=True)]
    reported = whole.reported - sum(part.reported for part in parts)
    return Subtotal(tally, reported, whole.expected - sum(part.expected for part in parts))


def _line(part: _Part, owed: Obligation | None, alone: ObligationCounts, definition: Definition, moment: Moment) -> ChildLine:
    """`alone`: how the unit's own report stands, whatever stands below it."""
    report = getattr(owed, "report", None) if owed else None
    received = report.received_at if report and report.received_at and moment.has_seen(report.received_at) else None
    return ChildLine(
        unit=ref(part.unit),
        state=next((state.value for state in STATE_NAMES if getattr(alone, state.value)), State.NOT_STARTED.value),
        due_on=due_day(owed.due_at) if owed else None,
        received_at=received,
        on_time=is_on_time(received, owed.due_at) if owed and received else None,
        figures=plain(totals(definition, part.subtotal.tally, part.subtotal.reported, part.counts)),
        hidden=frozenset(),
        missing=part.subtotal.expected - part.subtotal.reported - part.counts.closed,
        is_own=part.is_own,
    )


def _narratives(
    definition: Definition, cycle: Cycle, unit: SnapshotUnit, children: Sequence[SnapshotUnit], moment: Moment
) -> tuple[NarrativeText, ...]:
    """The unit's own words; where it wrote none in a general section, the words of the accepted reports directly below."""
    own = sections_of(cycle, [unit], moment, accepted_only=False).get(unit.unit_id, {})
    open_sections = {section.id for section in definition.outline if section.content is None and not own.get(section.id, "").strip()}
    theirs = sections_of(cycle, children, moment, accepted_only=True) if open_sections else {}
    found: list[NarrativeText] = []
    for section in definition.outline:
        if own.get(section.id, "").strip():
            found.append(NarrativeText(section.id, ref(unit), own[section.id]))
        elif section.id in open_sections:
            written = ((child, theirs.get(child.unit_id, {}).get(section.id, "")) for child in children)
            found.extend(NarrativeText(section.id, ref(child), text) for child, text in written if text.strip())
    return tuple(found)


def sections_of(cycle: Cycle, units: Sequence[SnapshotUnit], moment: Moment, *, accepted_only: bool) -> dict[int, dict[str, str]]:
    """By unit, its sections as they stood (see `_written`)."""
    return {unit: each.narrative for unit, each in _written(cycle, units, moment, accepted_only=accepted_only).items()}


def own_writing(cycle: Cycle, unit: SnapshotUnit, *, at: datetime, as_of: datetime | None = None) -> Report | Revision | None:
    """Where a unit's own words in its consolidated report stand: what was sent, or its draft."""
    return _written(cycle, [unit], Moment(as_of or at, as_of is not None), accepted_only=False).get(unit.unit_id)


def _written(cycle: Cycle, units: Sequence[SnapshotUnit], moment: Moment, *, accepted_only: bool) -> dict[int, Report | Revision]:
    """What stood accepted; otherwise what was last sent, or now the draft, unless `accepted_only`."""
    rows = Report.objects.filter(obligation__cycle=cycle, obligation__unit__in=[unit.unit_id for unit in units])
    found: dict[int, Report | Revision] = {}
    for report in rows.select_related("obligation").prefetch_related(Prefetch("revisions", _SENT)):
        sent = [each for each in report.revisions.all() if moment.has_seen(each.submitted_at)]
        accepted = [each for each in sent if _was_accepted(each, moment)]
        if accepted or (sent and not accepted_only):
            found[report.obligation.unit_id] = (accepted or sent)[-1]
        elif not accepted_only and not moment.is_past:
            found[report.obligation.unit_id] = report
    return found


_SENT = Revision.objects.select_related("decision").only("report", "submitted_at", "narrative", "decision").order_by("number")


def _was_accepted(revision: Revision, moment: Moment) -> bool:
    decision: Decision | None = getattr(revision, "decision", None)
    return decision is not None and decision.act == Act.ACCEPT and moment.has_seen(decision.decided_at)
