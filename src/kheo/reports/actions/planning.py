"""What is to become of a workbook that was read without a fault: stored, nothing new, or somebody's decision. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from kheo.core.workflow import Act, State
from kheo.reports.access import WRITING, Person
from kheo.reports.actions.drafting import Draft
from kheo.reports.actions.locking import Locked
from kheo.reports.actions.merging import UNANSWERED, Change, Entry
from kheo.reports.models import WorkbookFile

OPEN = (State.NOT_STARTED, State.DRAFT, State.RETURNED)
NEEDS = {State.SUBMITTED: WorkbookFile.RECALL, State.ACCEPTED: WorkbookFile.REVISE}


@dataclass(frozen=True)
class Plan:
    """`draft` is what storing writes; `need` is empty when nobody has to be asked first."""

    draft: Draft
    need: str

    @property
    def is_empty(self) -> bool:
        """Whether everything in the file stands in the report already."""
        return not self.draft.cells and not self.draft.sections


def plan(locked: Locked, figures: Mapping[str, Entry], narrative: Mapping[str, str], by: Person, workbook: str) -> Plan:
    """What the answers of a file change in a report. Cells left empty in the file change nothing: it wipes out no answer."""
    report = locked.report
    cells = changes(report.figures if report else {}, figures)
    sections = changes(report.narrative if report else {}, narrative)
    act = Act.SAVE if by.roles_at(locked.obligation.unit_id) & WRITING else Act.ENTER
    draft = Draft(locked.obligation.pk, cells, sections, act, workbook, report.version if report else 0)
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
    replaced = any(change.before != UNANSWERED for change in (*draft.cells.values(), *draft.sections.values()))
    return WorkbookFile.OVERWRITE if replaced else ""
