"""The recipient's side: the board of units, one report under review, many accepted at once."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.core.workflow import REVIEWING
from kheo.reports import actions
from kheo.reports.access import Reached, board, board_to_review, report_to_review, reviewing_desk
from kheo.reports.actions import Refusal
from kheo.reports.queries.boards import board_of
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.review import board_page, many, phrase_page, report_page
from kheo.web.review.answers import REOPEN, SETTLE
from kheo.web.review.cards import look_of
from kheo.web.review.list_views import asked_list, asked_sieve, offered_lists
from kheo.web.review.remarks import read_remarks, return_reason, write_remarks
from kheo.web.review.report_page import Attempt


@signed_in
@require_safe
def show_board(request: PageRequest, cycle: int, unit: int) -> HttpResponse:
    """Everything that a recipient received. `sieve.sieve_of` says what filters, `?ds=` names a saved list, `?trang=` is the page."""
    request.cycle = board(request.person, cycle, unit)
    reviews = unit in request.person.units_as(*REVIEWING)
    opened = asked_list(request, unit)
    sieve = asked_sieve(request, opened)
    found = board_of(request.cycle, unit, sieve, page=request.GET.get("trang"), now=request.now)
    look = look_of(found, request.now, can_accept=reviews)
    lists = offered_lists(request, unit, opened, reviews=reviews)
    return render(request, "review/board.html", board_page.context(request.cycle, unit, look, sieve, lists))


@signed_in
@require_POST
def accept_many(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """Accept every selected report by itself; first asks whether it is meant."""
    return _many(request, cycle, unit, "accept")


@signed_in
@require_POST
def return_many(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """Return every selected report by itself, with one reason; first asks for it."""
    return _many(request, cycle, unit, "return")


def _many(request: PageRequest, cycle: int, unit: int, deed: many.Deed) -> HttpResponseBase:
    request.cycle = board_to_review(request.person, cycle, unit)
    picked = many.asked_for(request.cycle, unit, request.POST, request.now)
    if not picked:
        messages.warning(request, "Chưa chọn báo cáo nào.")
        return redirect("board", cycle, unit)
    if not many.is_meant(request.POST, deed):
        return render(request, "review/accept_many.html", many.question(request.cycle, unit, picked, deed, request.POST))
    results, later = many.carry_out(request.person, picked, deed, request.POST, request.now)
    reason = return_reason(request.POST)
    return render(request, "review/accepted_many.html", many.answer(request.cycle, unit, deed, results, later, reason))


@signed_in
@require_safe
def show_report(request: PageRequest, obligation: int) -> HttpResponse:
    """One report under review; `?buoc=chap-nhan` and `?buoc=tra-lai` ask for confirmation."""
    return _show(request, report_to_review(request.person, obligation))


def _show(request: PageRequest, reached: Reached, attempt: Attempt | None = None) -> HttpResponse:
    request.cycle = reached.cycle
    return render(
        request, "review/report.html", report_page.context(request, reached, attempt or Attempt()), status=409 if attempt else 200
    )


@signed_in
@require_POST
def remark(request: PageRequest, obligation: int) -> HttpResponseBase:
    """Every remark on the page that differs from what is kept; an empty one takes a remark back."""
    reached = report_to_review(request.person, obligation)
    typed = read_remarks(request.POST, reached)
    outcome = write_remarks(request.person, reached, typed, version=_version(request), at=request.now)
    if outcome.refusal:
        return _show(request, reached, Attempt(outcome.refusal, typed=outcome.left))
    if outcome.last:
        messages.success(request, "Đã ghi nhận xét. Đơn vị sẽ thấy khi báo cáo được trả lại.")
    return redirect(f"{_address(obligation)}#{outcome.last}")


@signed_in
@require_POST
def settle_remark(request: PageRequest, obligation: int) -> HttpResponseBase:
    """Let the unit's answer in one place pass (`cho-qua`), or take that back (`mo-lai`)."""
    report_to_review(request.person, obligation)
    is_settled = SETTLE in request.POST
    target = request.POST.get(SETTLE if is_settled else REOPEN, "")
    outcome = actions.settle_remark(
        obligation, target=target, is_settled=is_settled, version=_version(request), by=request.person, at=request.now
    )
    if isinstance(outcome, Refusal):
        return _show(request, report_to_review(request.person, obligation), Attempt(outcome))
    return redirect(f"{_address(obligation)}#tra-loi")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def phrase_book(request: PageRequest, unit: int) -> HttpResponseBase:
    """The sentences that a unit's reviewers use again: add one, change one, forget one."""
    desk = reviewing_desk(request.person, unit)
    refusal = None
    if request.method == "POST":
        outcome = phrase_page.write(request, unit)
        if not isinstance(outcome, Refusal):
            return redirect("phrase_book", unit)
        refusal = outcome
    context = phrase_page.context(unit, desk, request.POST.get("cau", "") if refusal else "", refusal)
    return render(request, "review/phrases.html", context, status=409 if refusal else 200)


@signed_in
@require_POST
def return_report(request: PageRequest, obligation: int) -> HttpResponseBase:
    """Send a report back with a reason and its remarks."""
    reached = report_to_review(request.person, obligation)
    reason = return_reason(request.POST)
    outcome = actions.return_report(obligation, reason=reason, version=_version(request), by=request.person, at=request.now)
    if isinstance(outcome, Refusal):
        return _show(request, report_to_review(request.person, obligation), Attempt(outcome, reason))
    closed = f" {outcome.closed}: báo cáo được thôi thu, đơn vị không phải nộp lại." if outcome.closed else ""
    messages.success(request, f"Đã trả lại báo cáo của {reached.unit.name}.{closed}")
    return redirect("board", reached.cycle.pk, reached.obligation.recipient_id)


@signed_in
@require_POST
def accept_report(request: PageRequest, obligation: int) -> HttpResponseBase:
    """Count a report."""
    reached = report_to_review(request.person, obligation)
    outcome = actions.accept_report(obligation, version=_version(request), by=request.person, at=request.now)
    if isinstance(outcome, Refusal):
        return _show(request, report_to_review(request.person, obligation), Attempt(outcome))
    messages.success(request, f"Đã chấp nhận báo cáo của {reached.unit.name}. Số liệu đã được cộng vào các tổng ở trên.")
    return redirect("review_report", report_page.next_to_review(reached) if "tiep" in request.POST else obligation)


def _version(request: PageRequest) -> int:
    """Of the report when the form was made; a form without one is older than everything."""
    return number_in(request.POST, "version")


def _address(obligation: int) -> str:
    return redirect("review_report", obligation).url
