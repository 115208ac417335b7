"""What offices do: letters that call in late reports, and a bundle of workbooks that came by e-mail."""

from collections.abc import Mapping
from dataclasses import replace

from kheo.demo.actions.acting import Scene
from kheo.demo.actions.staging import BrokenScriptError
from kheo.demo.plan.courses import Draft
from kheo.demo.plan.offices import OfficeStep
from kheo.documents.unit_workbook import make_workbook
from kheo.org.access import Person
from kheo.org.queries import snapshot_units
from kheo.reports.actions import Refusal, make_call_in
from kheo.reports.actions.reading_in import read_next
from kheo.reports.actions.receiving import Incoming, receive_workbooks
from kheo.reports.models import Obligation, Report, WorkbookBatch
from kheo.reports.queries.workbooks import workbook_name, workbook_order

# One union has sent its report as it prints it, which is no workbook; another has typed what cannot be counted.
SCAN = ("bao-cao-da-ky.pdf", b"%PDF-1.4\n%%EOF\n")
WRONG = {"C201": -3}


def perform_office(scene: Scene, step: OfficeStep) -> None:
    """Do one deed of an office; raises BrokenScriptError where an action refuses."""
    person = scene.answering(step.office)
    if person is None:
        raise BrokenScriptError(f"{step.office}, {step.cycle}: nobody reviews there")
    if step.what == "workbooks":
        _take_in(scene, step, person)
        return
    made = make_call_in(scene.cycle.pk, scene.units[step.office], by=person, at=step.at)
    if isinstance(made, Refusal):
        raise BrokenScriptError(f"{step.office}, {step.cycle}: {made.message}")


def _take_in(scene: Scene, step: OfficeStep, person: Person) -> None:
    files = [_workbook(scene, step, code, draft) for code, draft in step.units]
    if step.spoilt:
        files.append(_workbook(scene, step, step.spoilt, Draft.RIGHT, WRONG))
    files.append(Incoming(*SCAN))
    batch = receive_workbooks(files, channel=WorkbookBatch.PAGE, by=person, at=step.at)
    if batch is None or read_next(batch.pk, by=person, at=step.at).left:
        raise BrokenScriptError(f"{step.office}, {step.cycle}: workbooks left unread")
    owed = {scene.obligations[code]: code for code, _ in step.units}
    versions = dict(Report.objects.filter(obligation__in=owed).values_list("obligation_id", "version"))
    if set(versions) != set(owed):
        raise BrokenScriptError(f"{step.office}, {step.cycle}: workbooks not stored")
    scene.versions.update({owed[each]: version for each, version in versions.items()})


def _workbook(scene: Scene, step: OfficeStep, code: str, draft: Draft, wrong: Mapping[str, int] | None = None) -> Incoming:
    """As the unit filled it in."""
    owed = Obligation.objects.select_related("cycle", "report").get(pk=scene.obligations[code])
    unit = snapshot_units(scene.cycle.snapshot_id, [owed.unit_id])[owed.unit_id]
    order = workbook_order(owed, unit, None, step.at)
    says = scene.papers.content(code, draft)
    filled = replace(order, figures={**says.figures, **(wrong or {})}, narrative=says.narrative)
    return Incoming(workbook_name(scene.cycle, unit), make_workbook(filled))
