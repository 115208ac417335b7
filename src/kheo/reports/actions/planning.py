"""What is to become of a workbook that was read without a fault: stored, nothing new, or somebody's decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from kheo.core.workflow import Act, State
from kheo.org.access import Person
from kheo.reports.access import WRITING
from kheo.reports.actions.drafting import Draft
from kheo.reports.actions.locking import Locked
from kheo.reports.actions.merging import UNANSWERED, Change, Entry
from kheo.reports.models import Report, WorkbookFile
from kheo.reports.queries.campaign_endings import why_closed

OPEN = (State.NOT_STARTED, State.DRAFT, State.RETURNED)
NEEDS = {State.SUBMITTED: WorkbookFile.RECALL, State.ACCEPTED: WorkbookFile.REVISE}


@dataclass(frozen=True)
class Plan:
    """`draft` is what storing writes; `need` is empty when nobody has to be asked first. `refusal`: why nothing can be stored at all."""

    draft: Draft
    need: str
    refusal: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything in the file stands in the report already."""
        return not any(self.draft.changes)


@dataclass(frozen=True)
class Answers:
    """What a file says: figures by cell, texts by section, and by cell what was written beside a figure, which is its explanation."""

    figures: Mapping[str, Entry]
    narrative: Mapping[str, str]
    notes: Mapping[str, str]

    @classmethod
    def kept(cls, file: WorkbookFile) -> "Answers":
        """Those of a file that waits for a decision."""
        return cls(file.figures or {}, file.narrative or {}, file.notes or {})

    def against(self, report: Report | None) -> tuple[dict[str, Change], dict[str, Change], dict[str, Change]]:
        """What they change in cells, sections and explanations."""
        stored = report or Report()
        return (
            changes(stored.figures, self.figures),
            changes(stored.narrative, self.narrative),
            changes(stored.explanations, self.notes),
        )


def plan(locked: Locked, answers: Answers, by: Person, workbook: str) -> Plan:
    """What the answers of a file change in a report. Cells left empty in the file change nothing: it wipes out no answer."""
    report = locked.report
    cells, sections, notes = answers.against(report)
    act = Act.SAVE if by.roles_at(locked.obligation.answering_id) & WRITING else Act.ENTER
    draft = Draft(locked.obligation.pk, cells, sections, act, workbook, report.version if report else 0, notes)
    if locked.state is State.CLOSED:
        return Plan(draft, "", why_closed(locked.obligation))
    return Plan(draft, _need(locked.state, draft))


def changes(stored: Mapping[str, Entry], given: Mapping[str, Entry]) -> dict[str, Change]:
    """Every answer given that differs from what is stored."""
    found: dict[str, Change] = {}
    for key, after in given.items():
        before = stored.get(key, UNANSWERED)
        if after != UNANSWERED and (before != after or type(before) is not type(after)):
            found[key] = Change(before, after)
    return found


def _need(state: State, draft: Draft) -> str:
    if state not in OPEN:
        return NEEDS[state]
    replaced = any(change.before != UNANSWERED for changed in draft.changes for change in changed.values())
    return WorkbookFile.OVERWRITE if replaced else ""
