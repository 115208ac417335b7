"""Marking proposals, following their threads, answering them."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.core.proposals import Move
from kheo.reports import actions
from kheo.reports.access import proposals, report_to_fill
from kheo.reports.access.proposals import ReachedProposal
from kheo.reports.actions import Refusal
from kheo.web.numbers import number_in
from kheo.web.proposing import left_page, pages
from kheo.web.reach import PageRequest, signed_in
from kheo.web.vouching import said


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def of_report(request: PageRequest, obligation: int) -> HttpResponseBase:
    """The proposals of one report; a POST marks another. `?muc=` chooses the section whose paragraphs are offered."""
    reached = report_to_fill(request.person, obligation)
    request.cycle = reached.cycle
    asked = pages.asked_in(request.POST if request.method == "POST" else request.GET, reached)
    if request.method != "POST" or "chon" in request.POST:
        return render(request, "proposing/report.html", pages.report_page(request, reached, asked))
    text = said(request.POST, asked.words)
    outcome = actions.propose(obligation, section=asked.section, text=text, wanted=asked.wanted, by=request.person, at=request.now)
    if isinstance(outcome, Refusal):
        return render(request, "proposing/report.html", pages.report_page(request, reached, asked, outcome), status=409)
    messages.success(request, "Đã đánh dấu kiến nghị. Kiến nghị đi cùng báo cáo khi thủ trưởng ký nộp.")
    return redirect("proposals_of_report", obligation)


@signed_in
@require_safe
def of_unit(request: PageRequest, cycle: int, unit: int) -> HttpResponse:
    """A unit's proposals: `?xem=` which view, `?tim=` in their words, `?trang=` the page."""
    request.cycle = proposals.proposals_of_unit(request.person, cycle, unit)
    return render(request, "proposing/list.html", pages.list_page(request, unit))


@signed_in
@require_POST
def merge(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """Make one thread of the ticked ones."""
    request.cycle = proposals.proposals_to_merge(request.person, cycle, unit)
    outcome = actions.merge_proposals(pages.picks_in(request.POST), by=request.person, at=request.now)
    if isinstance(outcome, Refusal):
        return render(request, "proposing/list.html", pages.list_page(request, unit, outcome), status=409)
    messages.success(request, "Đã gộp thành một kiến nghị. Câu trả lời sẽ đến mọi đơn vị cùng kiến nghị.")
    return redirect(f"{reverse('proposals', args=[cycle, unit])}?xem=cho")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def left(request: PageRequest, cycle: int, holder: int) -> HttpResponseBase:
    """What waits at a unit that has ended; a POST sends all of it to whoever answers instead."""
    request.cycle = proposals.proposals_left(request.person, cycle, holder)
    refusal = None
    if request.method == "POST":
        reason, to = said(request.POST, request.POST.get("ly-do", "")), number_in(request.POST, "don-vi")
        outcome = actions.reroute_proposals(request.cycle, holder=holder, to=to, reason=reason, by=request.person, at=request.now)
        if not isinstance(outcome, Refusal):
            messages.success(request, "Đã chuyển nơi trả lời; các đơn vị kiến nghị đã được báo.")
            return redirect("home")
        refusal = outcome
    return render(request, "proposing/left.html", left_page.context(request, holder, refusal), status=409 if refusal else 200)


@signed_in
@require_safe
def show(request: PageRequest, proposal: int) -> HttpResponse:
    """A thread."""
    return _show(request, proposals.proposal_to_read(request.person, proposal))


def _show(request: PageRequest, reached: ReachedProposal, refusal: Refusal | None = None) -> HttpResponse:
    request.cycle = reached.cycle
    return render(request, "proposing/thread.html", pages.thread_page(request, reached, refusal), status=409 if refusal else 200)


@signed_in
@require_POST
def move(request: PageRequest, proposal: int) -> HttpResponseBase:
    """One of the buttons of a thread: `viec` says which."""
    reached = proposals.proposal_to_move(request.person, proposal)
    what = pages.move_in(request.POST)
    if what is None:
        return _show(request, reached, Refusal("Hãy chọn một việc."))
    text, version = said(request.POST, request.POST.get("loi", "")), number_in(request.POST, "version")
    outcome = actions.move_proposal(proposal, what, text=text, version=version, by=request.person, at=request.now)
    if isinstance(outcome, Refusal):
        return _show(request, proposals.proposal_to_read(request.person, proposal), outcome)
    messages.success(request, pages.DONE[what])
    if what == Move.WITHDRAW:
        return redirect("proposals_of_report", reached.proposal.obligation_id)
    return redirect("proposal", proposal)
