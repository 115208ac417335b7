"""Who may reach which report: the only door to it. Not yours and not there look alike (`Unreachable`, answered with 404)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import light_cycles
from kheo.core.workflow import REVIEWING, Act, Role, Side, State, allowed_acts
from kheo.org.access import Person, Unreachable, person
from kheo.org.models import SnapshotUnit
from kheo.org.queries import frozen_unit
from kheo.reports.models import Attachment, Obligation, Report, WorkbookBatch, WorkbookFile
from kheo.reports.queries.evidence import was_sent


@dataclass(frozen=True)
class Reached:
    """A report that somebody may at least read, and what else they may do with it now."""

    obligation: Obligation
    cycle: Cycle
    unit: SnapshotUnit
    report: Report | None
    side: Side | None
    acts: frozenset[Act]

    @property
    def state(self) -> State:
        """Where the report stands; not started when nothing was ever saved."""
        return self.obligation.state_of(self.report)


def sides_of(person: Person, obligation: Obligation) -> dict[Side, frozenset[Role]]:
    """The roles that a person has on each side of an obligation."""
    return {Side.UNIT: person.roles_at(obligation.answering_id), Side.RECIPIENT: person.roles_at(obligation.recipient_id)}


def may(person: Person, obligation: Obligation, state: State) -> frozenset[Act]:
    """Every act of the workflow table open to a person now."""
    acts: frozenset[Act] = frozenset()
    for side, roles in sides_of(person, obligation).items():
        acts |= allowed_acts(state, side, roles)
    return acts


def report_to_read(person: Person, obligation_id: int) -> Reached:
    """The report of an obligation: for its unit, its recipient, and readers of a unit above."""
    obligation = (
        Obligation.objects.select_related("cycle__campaign", "cycle__edition", "report__latest", "report__accepted")
        .defer("cycle__edition__definition", "cycle__edition__source")  # a hundred kB; whoever needs it asks `definition_of`
        .filter(pk=obligation_id)
        .first()
    )
    if obligation is None:
        raise Unreachable
    reached = as_reached(person, obligation)
    if not person.reading_units & concerned(obligation) and not _reads(person, reached.unit):
        raise Unreachable
    return reached


def as_reached(person: Person, obligation: Obligation) -> Reached:
    """An obligation, with cycle, edition and report at hand, as this person finds it; whether it may be reached is not asked here."""
    unit = frozen_unit(obligation.cycle.snapshot_id, obligation.unit_id)
    report = getattr(obligation, "report", None)
    state = obligation.state_of(report)
    sides = sides_of(person, obligation)
    side = next((side for side in (Side.UNIT, Side.RECIPIENT) if sides[side]), None)
    return Reached(obligation, obligation.cycle, unit, report, side, may(person, obligation, state))


def concerned(obligation: Obligation) -> set[int | None]:
    """Units beside the one that owes it and those above: the recipient now and at the opening, and a successor that answers instead."""
    return {obligation.recipient_id, obligation.first_recipient_id, obligation.filler_id}


def report_to_fill(person: Person, obligation_id: int) -> Reached:
    """The report, for officers and the head of the unit that owes it."""
    reached = report_to_read(person, obligation_id)
    if not person.roles_at(reached.obligation.answering_id) & {Role.OFFICER, Role.HEAD}:
        raise Unreachable
    return reached


def report_to_review(person: Person, obligation_id: int) -> Reached:
    """The report, for reviewers and the campaign office of its recipient."""
    reached = report_to_read(person, obligation_id)
    if not person.roles_at(reached.obligation.recipient_id) & REVIEWING:
        raise Unreachable
    return reached


def readable_units(person: Person, cycle: Cycle, units: Collection[int]) -> dict[int, bool]:
    """Which of these units' reports of a cycle somebody may read, by the rule of `report_to_read`: two queries."""
    placed = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, unit__in=units)
    received = Obligation.objects.filter(cycle=cycle, unit__in=units, recipient__in=person.reading_units)
    found = {unit.unit_id: _reads(person, unit) for unit in placed}
    return found | dict.fromkeys(received.values_list("unit_id", flat=True), True)


def evidence_to_read(person: Person, obligation_id: int, attachment_id: int) -> Attachment:
    """A file of a report, for whoever reads the report; one that was taken back only as long as a revision went out with it."""
    report_to_read(person, obligation_id)
    found = Attachment.objects.select_related("file").filter(pk=attachment_id, report__obligation=obligation_id).first()
    if found is None or (found.removed_at is not None and not was_sent(found)):
        raise Unreachable
    return found


@dataclass(frozen=True)
class Scope:
    """A unit of a cycle whose subtree somebody may read."""

    cycle: Cycle
    unit: SnapshotUnit
    is_reviewer: bool


def scope(person: Person, cycle_id: int, unit_id: int) -> Scope:
    """The subtree of a unit in a cycle: for readers of it or of a unit above, and for whoever receives its report."""
    cycle = light_cycles().filter(pk=cycle_id).first()
    unit = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, unit=unit_id).first() if cycle else None
    if cycle is None or unit is None:
        raise Unreachable
    if not _reads(person, unit) and not _receives(person, cycle, unit):
        raise Unreachable
    is_reviewer = bool(person.roles_at(unit_id) & REVIEWING)
    return Scope(cycle, unit, is_reviewer)


def board(person: Person, cycle_id: int, recipient_id: int) -> Cycle:
    """The cycle, for whoever may see what a recipient received: its own people and the auditors above it."""
    cycle = light_cycles().filter(pk=cycle_id).first()
    if cycle is None or not Obligation.objects.filter(cycle=cycle, recipient=recipient_id).exists():
        raise Unreachable
    if recipient_id in person.units_as(*REVIEWING, Role.AUDITOR, Role.HEAD):
        return cycle
    unit = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, unit=recipient_id).first()
    if unit is None or not person.units_as(*REVIEWING, Role.AUDITOR) & set(unit.ancestors):
        raise Unreachable
    return cycle


def board_to_review(person: Person, cycle_id: int, recipient_id: int) -> Cycle:
    """The cycle, for those who decide on what a recipient received: its reviewers and campaign office."""
    cycle = board(person, cycle_id, recipient_id)
    if recipient_id not in person.units_as(*REVIEWING):
        raise Unreachable
    return cycle


def reviewing_desk(person: Person, unit: int) -> str:
    """The name of a unit, for those who review what it receives."""
    held = next((post for post in person.posts if post.unit == unit and post.role in REVIEWING), None)
    if held is None:
        raise Unreachable
    return held.unit_name


def _reads(person: Person, unit: SnapshotUnit) -> bool:
    return not person.reading_units.isdisjoint({unit.unit_id, *unit.ancestors})


def _receives(person: Person, cycle: Cycle, unit: SnapshotUnit) -> bool:
    line = Q(unit__in=[unit.unit_id, *unit.ancestors])
    return Obligation.objects.filter(line, cycle=cycle, recipient__in=person.reading_units).exists()


def top_unit(person: Person, cycle: Cycle, known: int | None = None) -> int | None:
    """The highest unit of the cycle's tree whose totals a person may read: where the reading starts; None for nobody's reader.

    `known`: a unit of that tree; where it is the only one, nothing is asked.
    """
    units = person.reading_units
    if known is not None and units == {known}:
        return known
    mine = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, unit__in=units).order_by("position").first()
    if mine:
        return mine.unit_id
    received = Obligation.objects.filter(cycle=cycle, recipient__in=units).order_by("position").first()
    return received.unit_id if received else None


WRITING = frozenset({Role.OFFICER, Role.HEAD})
RECEIVING = REVIEWING


def writes_or_receives(person: Person, obligation: Obligation) -> bool:
    """Whether a person may hand in or carry the workbook of a report: the unit's own people, and those who receive it."""
    return bool(person.roles_at(obligation.answering_id) & WRITING or person.roles_at(obligation.recipient_id) & RECEIVING)


def report_as_workbook(person: Person, obligation_id: int) -> Reached:
    """The report, for whoever may hand in its workbook."""
    reached = report_to_read(person, obligation_id)
    if not writes_or_receives(person, reached.obligation):
        raise Unreachable
    return reached


def sending_unit(person: Person) -> int:
    """A unit for which somebody may hand in workbooks: in its name the files are taken in."""
    units = sorted(person.units_as(*WRITING, *RECEIVING))
    if not units:
        raise Unreachable
    return units[0]


def workbook_batch(person: Person, batch_id: int) -> WorkbookBatch:
    """Files sent together, for whoever sent them; what one may see of each file is asked file by file."""
    batch = WorkbookBatch.objects.filter(pk=batch_id, sent_by=person.user_id).first()
    if batch is None:
        raise Unreachable
    return batch


def may_see_workbook(person: Person, file: WorkbookFile) -> bool:
    """One file: once it is known whose it is, for those who may hand in that unit's workbook; before, for its sender alone."""
    if file.obligation is None:
        return file.batch.sent_by_id == person.user_id
    return writes_or_receives(person, file.obligation)


def workbook_file(person: Person, file_id: int) -> WorkbookFile:
    """One file that came in, with its batch and the report it belongs to."""
    related = ("batch", "stored", "obligation__cycle__campaign", "obligation__cycle__edition", "obligation__report__latest")
    heavy = ("obligation__cycle__edition__definition", "obligation__cycle__edition__source")
    file = WorkbookFile.objects.select_related(*related).defer(*heavy).filter(pk=file_id).first()
    if file is None or not may_see_workbook(person, file):
        raise Unreachable
    return file


def batch_files(
    person: Person, batch: WorkbookBatch, *, outcome: str = "", after: int = 0, skip: int = 0, most: int = 50
) -> list[WorkbookFile]:
    """Files of somebody's own batch with their reports, in their order, from number `after` on: two queries however many.

    Of a report that is no longer this person's to hand in, nothing is told but that the file came.
    """
    rows = WorkbookFile.objects.filter(batch=batch, number__gt=after).order_by("number")
    rows = rows.filter(outcome=outcome) if outcome else rows
    related = ("batch", "stored__blob", "obligation__cycle", "obligation__report")
    found = list(rows.select_related(*related).defer("stored__blob__content", "figures", "narrative")[skip : skip + most])
    for file in found:
        if not may_see_workbook(person, file):
            file.obligation, file.problems, file.message = None, [], NO_LONGER_YOURS
    return found


NO_LONGER_YOURS = "Đơn vị của tệp này không còn thuộc phần việc của anh/chị."


def batch_sender(batch: WorkbookBatch, at: datetime) -> Person:
    """Whoever sent a batch, with the posts of now; with none where the account was closed meanwhile."""
    found = person(batch.sent_by, at)
    return found if batch.sent_by.is_active else Person(found.user_id, found.name, (), found.on)
