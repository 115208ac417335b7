"""The recipient's office decides about the report of a unit that has ended."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.reports.access.transitions import decides_on, report_to_decide_on, reports_to_decide_on
from kheo.reports.actions import Refusal
from kheo.web.ending import deciding, many, page
from kheo.web.reach import PageRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PageRequest, obligation: int) -> HttpResponseBase:
    """First which of the decisions, then to whom and why; `?viec=` names the decision."""
    reached = report_to_decide_on(request.person, obligation)
    request.cycle = reached.cycle
    typed, refusal = page.read(request), None
    if request.method == "POST" and typed.choice:
        outcome = page.act(typed, obligation, by=request.person, at=request.now)
        if not isinstance(outcome, Refusal):
            messages.success(request, page.DONE[typed.choice])
            return redirect("decide_on_ended", obligation) if decides_on(request.person, obligation) else redirect("home")
        refusal = outcome
    return render(request, "ending/decide.html", page.context(request, reached, typed, refusal), status=409 if refusal else 200)


@signed_in
@require_safe
def show_waiting(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """Everything that waits for one office's decision in a cycle."""
    request.cycle = reports_to_decide_on(request.person, cycle, unit)
    return render(request, "ending/waiting.html", many.listing(request, unit))


@signed_in
@require_POST
def decide_many(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """First what becomes of whose report; once that is confirmed (`dong-y`), each is decided by itself."""
    request.cycle = reports_to_decide_on(request.person, cycle, unit)
    meant, is_confirmed = deciding.meant_by(request.POST), "dong-y" in request.POST
    refusal = deciding.refusal_of(meant) if is_confirmed else None
    if is_confirmed and refusal is None:
        return render(request, "ending/decided_many.html", deciding.carry_out(request, unit, meant))
    context = deciding.question(request, unit, meant, refusal)
    return render(request, "ending/decide_many.html", context, status=409 if refusal else 200)
