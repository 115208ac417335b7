"""The unit's side: fill in, look back, sign and send, hold the receipt, add to what was accepted."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.org.access import Unreachable
from kheo.reports.access import Reached, report_to_fill, report_to_read
from kheo.reports.actions import Refusal, keep_as_sent, recall_report, revise_report, submit_report
from kheo.reports.queries.counted import counted_of
from kheo.reports.queries.filling import draft, sheet
from kheo.reports.queries.story import story, submission, submissions
from kheo.web.filling import pages
from kheo.web.filling.answering import with_answers
from kheo.web.filling.below import below_notice
from kheo.web.filling.cells import Overlay
from kheo.web.filling.comparing import compare_page
from kheo.web.filling.intake import Wrong, asks_for_counted, meant, read_form, read_json
from kheo.web.filling.saving import as_answer, overlay, store
from kheo.web.reach import PageRequest, signed_in
from kheo.web.vouching import said

PAGE = ["GET", "HEAD", "POST"]


@signed_in
@require_http_methods(PAGE)
def report(request: PageRequest, obligation: int) -> HttpResponseBase:
    """The report grid; a POST is the page's own form, sent by a browser without the script."""
    if request.method == "POST":
        return _save_form(request, report_to_fill(request.person, obligation))
    return _show(request, report_to_read(request.person, obligation))


def _show(
    request: PageRequest, reached: Reached, over: Overlay | None = None, refusal: Refusal | None = None, *, why: str = ""
) -> HttpResponse:
    """The page; `why`: a reason that was not taken, as it was typed."""
    request.cycle, request.unit = reached.cycle, reached.unit.unit_id
    is_own = reached.obligation.answering_id in request.person.reading_units
    whole = sheet(reached.obligation, reached.report, pages.view_of(request.person, reached), is_own=is_own)
    context = pages.report_page(request, reached, whole, over or Overlay(), refusal)
    context |= {"below_changed": below_notice(request, reached), "kept_reason": why}
    return render(request, "filling/report.html", context, status=409 if refusal else 200)


def _save_form(request: PageRequest, reached: Reached) -> HttpResponseBase:
    definition = pages.definition_of(reached)
    counted = counted_of(reached.obligation) if asks_for_counted(request.POST) else {}
    entries = read_form(request.POST, definition, reached.report, counted)
    if isinstance(entries, Wrong):
        return _show(request, reached, refusal=Refusal(entries.message))
    reading = meant(entries, definition)
    outcome = store(request, reached, reading)
    over = overlay(definition, entries, reading, outcome)
    if not isinstance(outcome, Refusal):
        over = with_answers(request, report_to_fill(request.person, reached.obligation.pk), over)
    if isinstance(outcome, Refusal):
        return _show(request, reached, over, outcome)
    if over.faults:
        return _show(request, report_to_fill(request.person, reached.obligation.pk), over)
    return redirect(pages.after_saving(request, reached, outcome))


@signed_in
@require_POST
def save_report(request: PageRequest, obligation: int) -> HttpResponseBase:
    """What the page's script saves; see `intake.read_json` for what comes in and `saving.as_answer` for what goes out."""
    reached = report_to_fill(request.person, obligation)
    definition = pages.definition_of(reached)
    entries = read_json(request, definition)
    if isinstance(entries, Wrong):
        return JsonResponse({"message": entries.message}, status=entries.status)
    reading = meant(entries, definition)
    outcome = store(request, reached, reading)
    if isinstance(outcome, Refusal):
        return JsonResponse({"message": outcome.message, "changes": outcome.changes}, status=409)
    return JsonResponse(as_answer(draft(reached.obligation), reading, outcome))


@signed_in
@require_http_methods(PAGE)
def submit(request: PageRequest, obligation: int) -> HttpResponseBase:
    """What will be signed; a POST of the version that was shown signs and sends it."""
    reached = report_to_fill(request.person, obligation)
    request.cycle = reached.cycle
    refusal = None
    if request.method == "POST":
        outcome = submit_report(
            obligation,
            version=pages.version_in(request),
            confirmed=request.POST.getlist("confirmed"),
            by=request.person,
            at=request.now,
        )
        if not isinstance(outcome, Refusal):
            return redirect(pages.to_receipt(request, reached, outcome))
        reached, refusal = report_to_fill(request.person, obligation), outcome
    elif pages.is_sent(reached):
        return redirect("receipt", obligation, pages.last_number(reached))
    whole = sheet(reached.obligation, reached.report)
    context = pages.submit_page(request, reached, whole, refusal)
    return render(request, "filling/submit.html", context, status=409 if refusal else 200)


@signed_in
@require_safe
def receipt(request: PageRequest, obligation: int, number: int) -> HttpResponseBase:
    """The proof of one submission, the same for ever."""
    reached = report_to_read(request.person, obligation)
    request.cycle = reached.cycle
    found = submission(reached.report, reached.obligation, number)
    if found is None:
        raise Unreachable
    return render(request, "filling/receipt.html", pages.receipt_page(request, reached, *found))


@signed_in
@require_http_methods(PAGE)
def revise(request: PageRequest, obligation: int) -> HttpResponseBase:
    """After acceptance: open a further report with a reason."""
    reached = report_to_fill(request.person, obligation)
    request.cycle = reached.cycle
    reason, refusal = request.POST.get("reason", pages.suggested_reason(request)), None
    if request.method == "POST":
        why = said(request.POST, reason)
        outcome = revise_report(obligation, reason=why, version=pages.version_in(request), by=request.person, at=request.now)
        if not isinstance(outcome, Refusal):
            messages.success(request, "Đã mở báo cáo bổ sung. Sửa xong thì ký và nộp như thường.")
            return redirect("report", obligation)
        refusal = outcome
    context = pages.revise_page(request, reached, reason, refusal)
    return render(request, "filling/revise.html", context, status=409 if refusal else 200)


@signed_in
@require_http_methods(PAGE)
def recall(request: PageRequest, obligation: int) -> HttpResponseBase:
    """While nothing is decided: take back what was sent, with a reason."""
    reached = report_to_fill(request.person, obligation)
    request.cycle = reached.cycle
    reason, refusal = request.POST.get("reason", ""), None
    if request.method == "POST":
        why = said(request.POST, reason)
        outcome = recall_report(obligation, reason=why, version=pages.version_in(request), by=request.person, at=request.now)
        if not isinstance(outcome, Refusal):
            then = f"{outcome.closed}: báo cáo được thôi thu." if outcome.closed else "Sửa xong thì ký và nộp lại."
            messages.success(request, f"Đã rút lại báo cáo. {then}")
            return redirect("report", obligation)
        reached, refusal = report_to_fill(request.person, obligation), outcome
    context = pages.recall_page(request, reached, reason, refusal)
    return render(request, "filling/recall.html", context, status=409 if refusal else 200)


@signed_in
@require_POST
def keep(request: PageRequest, obligation: int) -> HttpResponseBase:
    """Figures below have changed since the report was sent, and nothing more is sent: why."""
    reached = report_to_fill(request.person, obligation)
    reason, seal = request.POST.get("ly-do", ""), request.POST.get("dau", "")
    outcome = keep_as_sent(obligation, reason=said(request.POST, reason), seal=seal, by=request.person, at=request.now)
    if isinstance(outcome, Refusal):
        return _show(request, reached, refusal=outcome, why=reason)
    messages.success(request, "Đã ghi: không gửi báo cáo bổ sung. Nếu số liệu cấp dưới thay đổi nữa, Khéo sẽ báo lại.")
    return redirect("report", obligation)


@signed_in
@require_safe
def history(request: PageRequest, obligation: int) -> HttpResponseBase:
    """What happened to a report, and what each submission changed."""
    reached = report_to_read(request.person, obligation)
    request.cycle = reached.cycle
    definition = pages.definition_of(reached)
    hidden = pages.untold(request.person, reached)
    events = story(reached.obligation, definition, hidden)
    sent = submissions(reached.report, definition, hidden)
    return render(request, "filling/history.html", pages.history_page(request, reached, events, sent))


@signed_in
@require_safe
def compare(request: PageRequest, obligation: int) -> HttpResponseBase:
    """Two submissions held against each other: `?tu=1&den=2`."""
    reached = report_to_read(request.person, obligation)
    request.cycle = reached.cycle
    return render(request, "filling/compare.html", compare_page(request, reached))
