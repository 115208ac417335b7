"""The recipient's office decides about the report of a unit that has ended."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kheo.reports.access.transitions import report_to_decide_on
from kheo.reports.actions import Refusal
from kheo.web.ending import page
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
            return redirect("decide_on_ended", obligation)
        refusal = outcome
    return render(request, "ending/decide.html", page.context(request, reached, typed, refusal), status=409 if refusal else 200)
