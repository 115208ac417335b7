"""The papers of a cycle beside the consolidated report: a unit's report and its receipt, the list of submissions, the call-in letter.

Each is an official document with the profile of the body that issues it on the day of the paper.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import UnitRef
from kheo.core.days import due_day, local_day
from kheo.core.definition import Definition
from kheo.core.figures import with_totals
from kheo.core.unit_kinds import Line
from kheo.core.workflow import STATE_NAMES
from kheo.documents.call_in_letter import call_in_document
from kheo.documents.consolidated_report import LetterFacts
from kheo.documents.official import OfficialDocument
from kheo.documents.official_layout import render_official
from kheo.documents.pdf import render_pdf
from kheo.documents.profiles import PaperProfile, profile_for
from kheo.documents.receipt_paper import ReceiptFacts, receipt_document
from kheo.documents.submission_list import Sending, Submissions, submission_list_document, submission_list_workbook
from kheo.documents.unit_report import SentReport, SumsBelow, unit_report_document
from kheo.org.models import SnapshotUnit
from kheo.org.queries import parents_on, unit_facts
from kheo.reports.models import Obligation, Revision
from kheo.reports.queries.boards import children_of
from kheo.reports.queries.calling import letter_of
from kheo.reports.queries.decided import Decided, decided_about
from kheo.reports.queries.filling import class_counts, standing_of
from kheo.reports.queries.letters import ARCHIVE, letter_facts
from kheo.reports.queries.past import past_of
from kheo.reports.queries.receipts import first_receipt, receipt_of
from kheo.reports.queries.transitions import sent_by
from kheo.reports.queries.walls import walled_keys

# What the endings of file names give.
RENDERERS: dict[str, Callable[[OfficialDocument, PaperProfile], bytes]] = {"docx": render_official, "pdf": render_pdf}


@dataclass(frozen=True)
class Paper:
    """A paper with the profile it follows."""

    document: OfficialDocument
    profile: PaperProfile

    def file(self, ending: str) -> bytes:
        """Its bytes as `docx` or `pdf`; KeyError for another ending."""
        return RENDERERS[ending](self.document, self.profile)


def issuer_of(cycle: Cycle, unit: int, on: date) -> SnapshotUnit:
    """A body that issues a paper: as the cycle's tree has it, or, where it stands on another tree, as it is on the day."""
    found = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, unit=unit).first()
    if found is not None:
        return found
    facts = unit_facts([unit], on).get(unit) or unit_facts([unit], cycle.opened_on)[unit]
    above = _above(cycle, unit, on)
    return SnapshotUnit(unit_id=unit, position=0, ends_at=1, depth=0, ancestors=above, code=facts.code, name=facts.name, kind=facts.kind)


def _above(cycle: Cycle, unit: int, on: date) -> list[int]:
    """The line of superiors, nearest first, of a unit that the cycle's tree does not have, such as one made by a merger since."""
    parent = parents_on(on, Line.UNION, [unit]).get(unit)
    placed = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, unit=parent).first() if parent else None
    return [placed.unit_id, *placed.ancestors] if placed else []


def _ref(unit: SnapshotUnit) -> UnitRef:
    return UnitRef(unit.code, unit.name, unit.kind)


def _letter(cycle: Cycle, unit: SnapshotUnit, recipient: UnitRef | None, on: date) -> tuple[LetterFacts, PaperProfile]:
    return letter_facts(cycle, unit, recipient, on), profile_for(unit.kind, on)


def report_paper(obligation: Obligation, unit: SnapshotUnit, revision: Revision, hidden: frozenset[str], *, is_own: bool) -> Paper:
    """One submission of a unit as its paper, with the figures of the `hidden` cells left out; `is_own`: for the unit's own people."""
    cycle, definition = obligation.cycle, definition_of(obligation.cycle.edition_id)
    day = local_day(revision.submitted_at)
    recipient = issuer_of(cycle, obligation.recipient_id, day)
    letter, profile = _letter(cycle, sender_of(cycle, unit, revision, day), _ref(recipient), day)
    sent = sent_report(obligation, unit, revision, hidden, is_own=is_own)
    return Paper(unit_report_document(definition, sent, letter, profile), profile)


def sender_of(cycle: Cycle, unit: SnapshotUnit, revision: Revision, on: date) -> SnapshotUnit:
    """Whose paper a submission is: the unit's, or that of the successor whose head signed it instead."""
    instead = sent_by(revision)
    return issuer_of(cycle, instead["unit"], on) if instead else unit


def sent_report(obligation: Obligation, unit: SnapshotUnit, revision: Revision, hidden: frozenset[str], *, is_own: bool) -> SentReport:
    """What the paper says of one submission: exactly what was sent, last period beside it."""
    definition = definition_of(obligation.cycle.edition_id)
    past = past_of(obligation, definition)
    receipt = receipt_of(revision, obligation)
    return SentReport(
        unit=_ref(unit),
        cycle_name=obligation.cycle.name,
        number=revision.number,
        received_at=revision.submitted_at,
        due_at=receipt.due_at,
        kind=receipt.kind,
        hash=revision.hash,
        reason=revision.reason,
        signer=revision.submitted_by.full_name if revision.submitted_by else "",
        figures=with_totals(definition, revision.figures),
        ratios=standing_of(definition, revision.figures, revision.narrative).ratios,
        previous=past.figures if past else None,
        previous_name=past.name if past else "",
        narrative=revision.narrative,
        below=_below(revision.below, frozenset() if is_own else frozenset(walled_keys(definition))),
        remarks=_remarks(revision.enclosures or {}, hidden),
        hidden=hidden,
        first=first_receipt(revision.report, obligation, receipt),
        instead=instead_name(revision),
    )


def instead_name(revision: Revision) -> str:
    """The name of the successor that sent it, empty where the unit did."""
    found = sent_by(revision)
    return str(found["name"]) if found else ""


def _below(stored: dict[str, Any] | None, untold: frozenset[str]) -> SumsBelow | None:
    """The sums as sent, but for those that the consolidated table alone tells others of."""
    if not stored:
        return None
    return SumsBelow(stored["reported"], stored["expected"], {key: sum_ for key, sum_ in stored["values"].items() if key not in untold})


def _remarks(enclosures: dict[str, Any], hidden: frozenset[str]) -> dict[str, str]:
    """What the unit said about single cells: why an odd figure is right, and its answers to the reviewer's remarks."""
    found: dict[str, str] = dict(enclosures.get("explanations") or {})
    for answer in enclosures.get("answers") or ():
        if answer.get("text"):
            before = found.get(answer["target"])
            found[answer["target"]] = f"{before}; {answer['text']}" if before else answer["text"]
    return {target: words for target, words in found.items() if target not in hidden}


def receipt_paper(obligation: Obligation, unit: SnapshotUnit, revision: Revision) -> Paper:
    """The receipt of one submission, issued by its recipient."""
    cycle, definition = obligation.cycle, definition_of(obligation.cycle.edition_id)
    day = local_day(revision.submitted_at)
    recipient = issuer_of(cycle, obligation.recipient_id, day)
    letter, profile = _letter(cycle, recipient, None, day)
    counts = class_counts(definition, revision.figures)
    receipt = receipt_of(revision, obligation)
    facts = ReceiptFacts(
        number=receipt.number,
        unit=_ref(unit),
        recipient=recipient.name,
        cycle_name=cycle.name,
        revision=revision.number,
        received_at=revision.submitted_at,
        due_at=receipt.due_at,
        kind=receipt.kind,
        days_late=receipt.days_late,
        signer=revision.submitted_by.full_name if revision.submitted_by else "",
        reason=revision.reason,
        counts=(counts.number, counts.zero, counts.blank, counts.not_applicable),
        hash=revision.hash,
        first=first_receipt(revision.report, obligation, receipt),
        promised_at=receipt.promised_at,
        instead=instead_name(revision),
    )
    return Paper(receipt_document(definition, facts, letter), profile)


def submissions_to(cycle: Cycle, recipient: SnapshotUnit, at: datetime) -> Submissions:
    """Everything owed to a recipient, in the order of the tree, as it stands now."""
    return Submissions(cycle.name, _ref(recipient), at, tuple(_sendings(cycle, recipient.unit_id, at)))


def _sendings(cycle: Cycle, recipient: int, at: datetime) -> Iterable[Sending]:
    children = children_of(cycle, recipient)
    decided = decided_about([child.obligation_id for child in children], local_day(at))
    for child in children:
        due, received = child.due_at, child.received_at
        about = decided.get(child.obligation_id, Decided())
        yield Sending(
            unit=UnitRef(child.code, child.name, child.kind),
            due_on=due_day(due),
            received_at=received,
            kind=child.timeliness(at),
            days=max(0, (local_day(received or at) - due_day(due)).days),
            state=STATE_NAMES[child.column],
            instead=about.instead,
            closed=about.why,
        )


def submission_list(cycle: Cycle, recipient: int, ending: str, at: datetime) -> bytes:
    """The list of submissions as `docx`, `pdf` or `xlsx`; KeyError for another ending."""
    body, definition = issuer_of(cycle, recipient, local_day(at)), definition_of(cycle.edition_id)
    data = submissions_to(cycle, body, at)
    if ending == "xlsx":
        return submission_list_workbook(definition, data)
    letter, profile = _letter(cycle, body, None, local_day(at))
    own = replace(letter, recipients=("Các đơn vị có tên trong danh sách", ARCHIVE))
    return Paper(submission_list_document(definition, data, own), profile).file(ending)


def call_in_paper(cycle: Cycle, recipient: int, letter_id: int) -> Paper | None:
    """A call-in letter as it was made; None when the recipient made none of that number."""
    data = letter_of(cycle, recipient, letter_id)
    if data is None:
        return None
    day = local_day(data.made_at)
    letter, profile = _letter(cycle, issuer_of(cycle, recipient, day), None, day)
    definition: Definition = definition_of(cycle.edition_id)
    return Paper(call_in_document(definition, data, replace(letter, recipients=("Như trên", ARCHIVE)), profile), profile)
