"""Obligations, reports, drafts, submission and receipts."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Router

from kheo.api.answers import ProblemOut, problem
from kheo.api.asking import holder, instant
from kheo.api.drafts import DraftIn, SavedOut, meant, misread, saved_words
from kheo.api.shown import KeptIn, KeptOut, ObligationOut, ReceiptOut, ReportOut, SubmitIn, obligation_out, receipt_out, report_out
from kheo.core.personal_data import Vouched
from kheo.core.remarks import Answered
from kheo.core.workflow import Role
from kheo.documents.unit_workbook import make_workbook
from kheo.org.access import Unreachable
from kheo.reports.access import report_as_workbook, report_to_fill, report_to_read
from kheo.reports.actions import Refusal, answer_remark, save_draft, submit_report
from kheo.reports.queries.story import submission
from kheo.reports.queries.tasks import owed_reports
from kheo.reports.queries.workbooks import workbook_name, workbook_order

router = Router(tags=["báo cáo"])
Refused: dict[int, Any] = dict.fromkeys((400, 401, 404, 409, 413, 422, 429), ProblemOut)
Asked: dict[int, Any] = dict.fromkeys((401, 404, 429, 422), ProblemOut)
WRITERS = (Role.OFFICER, Role.HEAD)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FILE = {"responses": {200: {"description": "Tệp Excel", "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}}


@router.get("/obligations", response={200: list[ObligationOut], **Asked}, summary="Báo cáo mà đơn vị của tôi phải nộp")
def obligations(request: HttpRequest) -> list[dict[str, Any]]:
    """Those of the units where one is officer or head, the latest due date first."""
    person = holder(request)
    units = person.units_as(*WRITERS)
    return [obligation_out(each, person) for each in owed_reports(units)]


@router.get("/reports/{int:obligation}", response={200: ReportOut, **Asked}, summary="Một báo cáo: số liệu, lời văn, chỗ phải sửa")
def report(request: HttpRequest, obligation: int) -> dict[str, Any]:
    """As far as its reader may see it: `hidden` names the cells that are not shown."""
    return report_out(report_to_read(holder(request), obligation), holder(request))


@router.patch("/reports/{int:obligation}/draft", response={200: SavedOut, **Refused}, summary="Lưu các ô, mục, giải trình đã đổi")
def save(request: HttpRequest, obligation: int, sent: DraftIn) -> Any:
    """The rules of the page: a cell that somebody else changed meanwhile keeps their value and comes back as a conflict."""
    reached = report_to_fill(holder(request), obligation)
    changes = meant(reached, sent)
    if changes.faults:
        return misread(changes.faults)
    outcome = save_draft(
        obligation,
        cells=changes.cells,
        sections=changes.sections,
        explanations=changes.explanations,
        by=holder(request),
        at=instant(request),
    )
    return refused(outcome) if isinstance(outcome, Refusal) else saved_words(reached, outcome)


@router.post("/reports/{int:obligation}/answers", response={200: KeptOut, **Refused}, summary="Trả lời một nhận xét: giữ nguyên, vì sao")
def keep(request: HttpRequest, obligation: int, sent: KeptIn) -> Any:
    """For a place that stays as it was sent. A place that was changed in the draft is answered by that."""
    report_to_fill(holder(request), obligation)
    text = Vouched(sent.text) if sent.confirmed else sent.text
    outcome = answer_remark(obligation, target=sent.place, kind=Answered.KEPT, text=text, by=holder(request), at=instant(request))
    return refused(outcome) if isinstance(outcome, Refusal) else {"version": outcome.version}


@router.post("/reports/{int:obligation}/submit", response={200: ReceiptOut, **Refused}, summary="Ký và nộp")
def submit(request: HttpRequest, obligation: int, sent: SubmitIn) -> Any:
    """For the head of the unit; the version that was read is the one that is signed. Twice the same gives the same receipt."""
    reached = report_to_fill(holder(request), obligation)
    outcome = submit_report(obligation, version=sent.version, confirmed=sent.confirmed, by=holder(request), at=instant(request))
    return refused(outcome) if isinstance(outcome, Refusal) else receipt_out(outcome, reached)


@router.get("/reports/{int:obligation}/receipts/{int:number}", response={200: ReceiptOut, **Asked}, summary="Biên nhận một lần nộp")
def receipt(request: HttpRequest, obligation: int, number: int) -> dict[str, Any]:
    """The same for ever."""
    reached = report_to_read(holder(request), obligation)
    found = submission(reached.report, reached.obligation, number)
    if found is None:
        raise Unreachable
    return receipt_out(found[0], reached)


@router.get("/reports/{int:obligation}/workbook", response={**Asked}, openapi_extra=FILE, summary="Tệp Excel của đơn vị")
def workbook(request: HttpRequest, obligation: int) -> HttpResponse:
    """The same file as on the page: last period beside, the answers so far in it."""
    reached = report_as_workbook(holder(request), obligation)
    order = workbook_order(reached.obligation, reached.unit, reached.report, instant(request))
    answer = HttpResponse(make_workbook(order), content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(workbook_name(reached.cycle, reached.unit), safe='')}"
    return answer


def refused(refusal: Refusal) -> HttpResponse:
    """409: what stands in the way, and what happened meanwhile."""
    problems = [{"place": each.target, "message": each.message} for each in refusal.problems]
    return problem(409, refusal.message, problems, list(refusal.changes))
