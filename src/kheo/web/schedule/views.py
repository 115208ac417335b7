"""The schedule of a cycle, and more time: given by the recipient, asked for by a unit."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kheo.reports.access import board_to_review, report_to_fill, report_to_review, scope
from kheo.reports.actions import Done, Doubt, Extended, Refusal, ask_extension, extend_due, refuse_extension
from kheo.reports.queries.extensions import extension_acts, last_request, open_request, waiting_at
from kheo.reports.queries.schedule import candidates, scheduled_dues
from kheo.reports.queries.walls import viewpoint
from kheo.web.consolidation.places import units_above
from kheo.web.reach import PageRequest, signed_in
from kheo.web.schedule import foreseeing, forms, page
from kheo.web.trails import trail

PAGE = ["GET", "HEAD", "POST"]


@signed_in
@require_safe
def show_schedule(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """Every day that matters in a unit's subtree, what was moved and why, and every extension."""
    reached = scope(request.person, cycle, unit)
    request.cycle = reached.cycle
    view = viewpoint(request.person.reading_units, reached.unit)
    waiting = waiting_at(reached.cycle, unit) if reached.is_reviewer else []
    return render(request, "schedule/schedule.html", {
        **page.schedule(reached.cycle, reached.unit, scheduled_dues(reached.cycle, reached.unit), request.now),
        "acts": [page.told_act(each) for each in extension_acts(reached.cycle, reached.unit)], "waiting": page.waiting(waiting),
        "may_extend": reached.is_reviewer and reached.unit.is_inner,
        "trail": trail(units_above(reached.cycle, view), lambda each: reverse("schedule", args=[cycle, each.unit_id])),
    })  # fmt: skip


@signed_in
@require_http_methods(PAGE)
def extend(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """More time for a selection or a whole tier of those who report to a unit; `?chon=` ticks one of them beforehand."""
    request.cycle = board_to_review(request.person, cycle, unit)
    found = candidates(request.cycle, unit)
    typed = forms.read_extension(request.POST if request.method == "POST" else request.GET, found)
    outcome = None
    if request.method == "POST" and foreseeing.BACK not in request.POST:
        shown = foreseeing.preview(request.cycle, unit, typed, request.now)
        words = shown.foreseen.words if shown else ""
        if shown and request.POST.get(foreseeing.CONFIRMED) != words:
            context = page.extension(request.cycle, unit, found, typed, None)
            context |= foreseeing.preview_page(request.cycle, unit, context["name"], typed, shown, request.POST)
            return render(request, "schedule/foreseen.html", context)
        outcome = typed.fault or extend_due(
            typed.chosen, until=typed.until, reason=typed.reason, by=request.person, at=request.now, is_meant=typed.is_meant, foreseen=words
        )
        if isinstance(outcome, Extended):
            messages.success(request, page.extended_words(outcome, typed.until))
            return redirect("schedule", cycle, unit)
    return render(
        request, "schedule/extend.html", page.extension(request.cycle, unit, found, typed, outcome), status=409 if outcome else 200
    )


@signed_in
@require_http_methods(PAGE)
def ask(request: PageRequest, obligation: int) -> HttpResponseBase:
    """A unit asks its recipient for more time."""
    reached = report_to_fill(request.person, obligation)
    request.cycle = reached.cycle
    typed, refusal = forms.read_request(request.POST), None
    if request.method == "POST":
        outcome = typed.fault or ask_extension(obligation, until=typed.until, reason=typed.reason, by=request.person, at=request.now)
        if not isinstance(outcome, Refusal):
            messages.success(request, "Đã gửi đề nghị gia hạn. Hạn nộp vẫn như cũ cho đến khi nơi nhận đồng ý.")
            return redirect("report", obligation)
        refusal = outcome
    context = page.request_page(request, reached, typed, refusal, last_request(obligation))
    return render(request, "schedule/ask.html", context, status=409 if refusal else 200)


@signed_in
@require_http_methods(PAGE)
def answer(request: PageRequest, obligation: int) -> HttpResponseBase:
    """The recipient grants what a unit asked for (or another day), or refuses with a reason."""
    reached = report_to_review(request.person, obligation)
    request.cycle = reached.cycle
    asked = open_request(obligation)
    typed = forms.read_answer(request.POST, asked)
    outcome = _answer(request, obligation, typed) if request.method == "POST" else None
    if outcome is not None and not forms.is_open(outcome):
        messages.success(request, page.answered_words(outcome, typed.until))
        return redirect("schedule", reached.cycle.pk, reached.obligation.recipient_id)
    context = page.answer_page(request, reached, asked, typed, outcome)
    return render(request, "schedule/answer.html", context, status=409 if outcome else 200)


def _answer(request: PageRequest, obligation: int, typed: forms.Typed) -> Extended | Done | Doubt | Refusal:
    if typed.is_refusal:
        return refuse_extension(obligation, reason=typed.reason, by=request.person, at=request.now)
    return typed.fault or extend_due(
        [obligation], until=typed.until, reason=typed.reason, by=request.person, at=request.now, is_meant=typed.is_meant
    )
