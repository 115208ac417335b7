"""Nộp bằng Excel: out goes the unit's own workbook, in come filled ones."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.documents.unit_workbook import make_workbook
from kheo.reports.access import Reached, board_to_review, report_as_workbook, sending_unit, workbook_batch, workbook_file
from kheo.reports.actions import Refusal
from kheo.reports.actions.deciding import decline_workbook, store_workbook
from kheo.reports.actions.marking import marked_copy
from kheo.reports.actions.reading_in import read_next
from kheo.reports.actions.receiving import Upload, receive_workbooks, unpacked
from kheo.reports.models import WorkbookBatch
from kheo.reports.queries.workbooks import workbook_name, workbook_order, workbook_orders
from kheo.web.files import file_response
from kheo.web.numbers import number_in, pairs_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.vouching import said
from kheo.web.workbooks import pages
from kheo.web.workbooks.downloads import zip_response, zipped

FIELD = "tep"
PAGE = ["GET", "HEAD", "POST"]
MOST_PICKED = 100  # files whose drafts are written over in one go


@signed_in
@require_safe
def own_workbook(request: PageRequest, obligation: int) -> HttpResponseBase:
    """The unit's workbook for a cycle, with its answers so far and last period beside them."""
    reached = report_as_workbook(request.person, obligation)
    order = workbook_order(reached.obligation, reached.unit, reached.report, request.now)
    return file_response(make_workbook(order), "tep.xlsx", workbook_name(reached.cycle, reached.unit))


@signed_in
@require_safe
def all_workbooks(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """The workbooks of all units that report here, as one zip."""
    found = board_to_review(request.person, cycle, unit)
    pieces = zipped(found, workbook_orders(found, unit, request.now))
    return zip_response(pieces, f"tep-excel {found.code}.zip")


@signed_in
@require_http_methods(PAGE)
def upload(request: PageRequest) -> HttpResponseBase:
    """Where filled workbooks are handed in; a POST takes them all in and reads the first ones."""
    sending_unit(request.person)
    return _take_in(request, None)


@signed_in
@require_http_methods(PAGE)
def upload_for(request: PageRequest, obligation: int) -> HttpResponseBase:
    """The same from the page of one report: a file of any other is not stored."""
    return _take_in(request, report_as_workbook(request.person, obligation))


def _take_in(request: PageRequest, wanted: Reached | None) -> HttpResponseBase:
    if request.method == "POST":
        incoming = unpacked(_uploads(request.FILES.getlist(FIELD)))
        of_report = wanted.obligation.pk if wanted else None
        batch = receive_workbooks(incoming, channel=WorkbookBatch.PAGE, by=request.person, at=request.now, wanted=of_report)
        if batch is not None:
            read_next(batch.pk, by=request.person, at=request.now)
            return redirect("workbook_batch", batch.pk)
    refusal = "Chưa chọn tệp nào." if request.method == "POST" else ""
    context = pages.upload_page(request, wanted, refusal, settings.MOST_UPLOAD, settings.DATA_UPLOAD_MAX_NUMBER_FILES)
    return render(request, "workbooks/upload.html", context, status=409 if refusal else 200)


def _uploads(files: Iterable[Any]) -> Iterator[Upload]:
    for file in files:
        yield Upload(file.name or "", file.size or 0, file.file)


@signed_in
@require_safe
def batch(request: PageRequest, batch: int) -> HttpResponse:
    """What became of files sent together."""
    return render(request, "workbooks/batch.html", pages.batch_page(request, workbook_batch(request.person, batch)))


@signed_in
@require_POST
def read_on(request: PageRequest, batch: int) -> HttpResponseBase:
    """Read the next files of a batch that is not done."""
    found = workbook_batch(request.person, batch)
    read_next(found.pk, by=request.person, at=request.now)
    return redirect("workbook_batch", found.pk)


@signed_in
@require_http_methods(PAGE)
def file(request: PageRequest, file: int) -> HttpResponseBase:
    """One file; a POST decides about it."""
    found = workbook_file(request.person, file)
    if found.obligation:
        request.cycle = found.obligation.cycle
    refusal, reason = None, request.POST.get("reason", "")
    if request.method == "POST":
        outcome = _decide(request, found.pk, reason)
        if not isinstance(outcome, Refusal):
            return redirect("workbook_file", found.pk)
        found, refusal = workbook_file(request.person, file), outcome
    context = pages.file_page(request, found, refusal, reason)
    return render(request, "workbooks/file.html", context, status=409 if refusal else 200)


def _decide(request: PageRequest, file: int, reason: str) -> object:
    if "bo-qua" in request.POST:
        return decline_workbook(file, by=request.person, at=request.now)
    why, version = said(request.POST, reason), number_in(request.POST, "version")
    outcome = store_workbook(file, version=version, reason=why, by=request.person, at=request.now)
    if not isinstance(outcome, Refusal):
        messages.success(request, "Đã đưa số trong tệp vào bản nháp.")
    return outcome


@signed_in
@require_POST
def store_many(request: PageRequest, batch: int) -> HttpResponseBase:
    """Store every ticked file of one's own batch over what its draft held when it was shown."""
    found = workbook_batch(request.person, batch)
    done = left = 0
    for file, version in list(pairs_in(request.POST.getlist("pick")).items())[:MOST_PICKED]:
        each = workbook_file(request.person, file)
        if each.batch_id != found.pk:
            raise Http404
        outcome = store_workbook(each.pk, version=version, reason="", by=request.person, at=request.now)
        done, left = (done, left + 1) if isinstance(outcome, Refusal) else (done + 1, left)
    if left:
        messages.warning(request, f"{left} tệp chưa nhận được vì báo cáo đã thay đổi. Hãy mở từng tệp để xem lại.")
    if done:
        messages.success(request, f"Đã đưa số của {done} tệp vào bản nháp.")
    return redirect("workbook_batch", found.pk)


@signed_in
@require_safe
def marked(request: PageRequest, file: int) -> HttpResponseBase:
    """The file again, with every fault marked in its cell."""
    found = workbook_file(request.person, file)
    copy = marked_copy(found, request.now)
    if copy is None:
        raise Http404
    return file_response(copy, "tep.xlsx", f"can-sua {found.name}"[-150:].removesuffix(".xlsx") + ".xlsx")
