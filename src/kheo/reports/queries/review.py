"""One report under review: what was sent beside last period, beside the revision before and beside the units below; what is odd and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.checking import SECTION
from kheo.core.definition import Definition, Indicator
from kheo.core.figures import Figure, with_totals
from kheo.core.oddness import walled_cells
from kheo.core.rounds import Rounds
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_units
from kheo.reports.models import CellNote, Obligation, Report, Revision
from kheo.reports.queries.boards import Child, children_of
from kheo.reports.queries.cells import UnitCells, cells_of_units, positions_of
from kheo.reports.queries.drift import Behind, behind
from kheo.reports.queries.evidence_changes import ProofChange, evidence_changes
from kheo.reports.queries.filling import Below, open_below
from kheo.reports.queries.odd_reports import OddReports, odd_reports
from kheo.reports.queries.past import Past, past_of
from kheo.reports.queries.remarks import Asked, Threads, answered, threads
from kheo.reports.queries.rounds import rounds_of_report
from kheo.reports.queries.walls import Viewpoint

MOST_TOLD = 4  # so many numbers show what an accepted report did to the totals above


@dataclass(frozen=True)
class Note:
    """A remark as it stands."""

    target: str
    text: str
    author: str
    written_at: datetime


@dataclass(frozen=True)
class Odd:
    """Why a cell should be looked at."""

    cell: str
    words: str


@dataclass(frozen=True)
class Gained:
    """What the accepted report is part of now: a unit's total of one indicator, and the report's own share of it."""

    indicator: Indicator
    own: int
    total: int | None


@dataclass(frozen=True)
class Above:
    """A unit whose totals hold the accepted report."""

    unit: SnapshotUnit
    reported: int
    expected: int
    gained: tuple[Gained, ...]


@dataclass(frozen=True)
class Sent:
    """The last sent revision of a report with everything a reviewer holds it against.

    `notes` are the remarks on this revision, `threads` all remarks over the rounds, `answered` the answers that came with this revision.
    `changed`: cells and `section:` targets that differ from the revision before, `proofs_changed`: evidence that does.
    `next_waiting`: the oddest other report that waits. `behind`: what registers counted for it, and how they count now.
    """

    definition: Definition
    revision: Revision
    figures: Mapping[str, Figure]
    before: Mapping[str, Figure]
    narrative_before: Mapping[str, str]
    changed: frozenset[str]
    proofs_changed: tuple[ProofChange, ...]
    past: Past | None
    below: Below | None
    notes: Mapping[str, Note]
    threads: Threads
    answered: tuple[Asked, ...]
    rounds: Rounds
    odd: tuple[Odd, ...]
    above: tuple[Above, ...]
    next_waiting: Child | None
    behind: Behind


def sent_report(obligation: Obligation, report: Report | None, unit: SnapshotUnit, view: Viewpoint, now: datetime) -> Sent | None:
    """What there is to review, None as long as nothing was sent; a fixed number of queries.

    `view`: from where the reviewer looks at the unit: of the totals above only those are told that the reviewer may read.
    """
    revision = report.latest if report else None
    if report is None or revision is None:
        return None
    definition = definition_of(obligation.cycle.edition_id)
    siblings = children_of(obligation.cycle, obligation.recipient_id)
    odd = odd_reports(obligation.cycle, obligation.recipient_id, {each.obligation_id: (each.unit_id, each.kind) for each in siblings})
    earlier = Revision.objects.filter(report=report, number=revision.number - 1).first()
    figures = with_totals(definition, revision.figures)
    before = with_totals(definition, earlier.figures) if earlier else {}
    all_threads = threads(report)
    return Sent(
        definition=definition,
        revision=revision,
        figures=figures,
        before=before,
        narrative_before=earlier.narrative if earlier else {},
        changed=_changed(definition, figures, before, revision, earlier) if earlier else frozenset(),
        proofs_changed=evidence_changes(earlier, revision) if earlier else (),
        past=past_of(obligation, definition),
        below=_below(revision, definition),
        notes=_notes(all_threads, revision),
        threads=all_threads,
        answered=tuple(answered(revision, all_threads)),
        rounds=rounds_of_report(obligation.cycle, obligation.pk, now),
        odd=_odd(odd, obligation.pk),
        above=_above(obligation.cycle, view, definition, figures) if report.state == State.ACCEPTED else (),
        next_waiting=_next_waiting(siblings, odd, obligation.pk),
        behind=behind(obligation, revision),
    )


def _changed(
    definition: Definition, now: Mapping[str, Figure], before: Mapping[str, Figure], revision: Revision, earlier: Revision
) -> frozenset[str]:
    cells = {cell.key for cell in definition.cells if now.get(cell.key, "") != before.get(cell.key, "")}
    sections = {each.id for each in definition.outline if revision.narrative.get(each.id, "") != earlier.narrative.get(each.id, "")}
    return frozenset(cells | {SECTION + section for section in sections})


def _below(revision: Revision, definition: Definition) -> Below | None:
    """The sums of the units below as they were when this was sent; of walled contents the consolidated table alone speaks."""
    stored = revision.below
    if not stored:
        return None
    return open_below(Below(stored["reported"], stored["expected"], stored["values"]), definition)


def notes_on(revision: Revision) -> dict[str, Note]:
    """The remarks on one revision, by place."""
    rows = CellNote.objects.filter(revision=revision).order_by("pk")
    return {row.target: Note(row.target, row.text, row.author, row.written_at) for row in rows}


def _notes(all_threads: Threads, revision: Revision) -> dict[str, Note]:
    """The remarks on this revision."""
    last = [thread[-1] for thread in all_threads.values() if thread[-1].revision == revision.number]
    return {each.target: Note(each.target, each.text, each.author, each.written_at) for each in last}


def _odd(odd: OddReports, obligation: int) -> tuple[Odd, ...]:
    """Every reason, the heaviest first. The direct recipient sees all cells, so nothing is left out of the words."""
    pairs = zip(odd.reasons(obligation), odd.words(obligation), strict=True)
    return tuple(Odd(reason.cell, words) for reason, words in pairs if words)


def _above(cycle: Cycle, view: Viewpoint, definition: Definition, figures: Mapping[str, Figure]) -> tuple[Above, ...]:
    """The unit itself if it is inner, and the units above that the reviewer reads, nearest first."""
    told = _told(definition, figures)
    rows = snapshot_units(cycle.snapshot_id, view.path)
    inner = [rows[each] for each in reversed(view.path) if rows[each].is_inner]
    cells = cells_of_units(cycle, [each.unit_id for each in inner], positions_of(definition, [each.code for each in told]), definition)
    return tuple(_part_of(each, cells[each.unit_id], told, figures) for each in inner)


def _part_of(unit: SnapshotUnit, cells: UnitCells, told: Sequence[Indicator], figures: Mapping[str, Figure]) -> Above:
    gained = (Gained(each, _number(figures.get(each.code)), cells.value(place)) for place, each in enumerate(told))
    return Above(unit, cells.reported, cells.expected, tuple(gained))


def _told(definition: Definition, figures: Mapping[str, Figure]) -> list[Indicator]:
    """The first open indicators to which the report gave something; broken-down ones before others."""
    walled = walled_cells(definition)
    gave = [each for each in definition.indicators if _number(figures.get(each.code)) and each.code not in walled]
    return sorted(gave, key=lambda each: each.breakdown is None)[:MOST_TOLD]


def _number(figure: Figure) -> int:
    return figure if isinstance(figure, int) else 0


def next_waiting(cycle: Cycle, recipient: int, obligation: int) -> Child | None:
    """The oddest other report that waits at the recipient."""
    siblings = children_of(cycle, recipient)
    odd = odd_reports(cycle, recipient, {each.obligation_id: (each.unit_id, each.kind) for each in siblings})
    return _next_waiting(siblings, odd, obligation)


def _next_waiting(siblings: Sequence[Child], odd: OddReports, obligation: int) -> Child | None:
    waiting = [each for each in siblings if each.state == State.SUBMITTED and each.obligation_id != obligation]
    return max(waiting, key=lambda each: odd.score(each.obligation_id), default=None)
