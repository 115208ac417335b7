"""What is done about a ward without a union."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kheo.org.access.gaps import gap_to_answer
from kheo.org.actions.gaps import plan_for_gap
from kheo.org.models import GapPlan
from kheo.reports.access.reorganising import may_reorganise
from kheo.web.reach import PageRequest, signed_in
from kheo.web.tree import gaps_page


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer_gap(request: PageRequest, unit: int) -> HttpResponseBase:
    """What was written so far, and a form; a POST writes who covers the ward and when it is to have a union."""
    gap, acting = gap_to_answer(request.person, unit)
    typed = gaps_page.Answer.of(request.POST)
    problems = typed.problems if request.method == "POST" else ()
    if request.method == "POST" and not problems:
        day = typed.day
        done = plan_for_gap(unit, covers=typed.covers, founded_on=day, note=typed.note, by=request.person, at=request.now)
        if isinstance(done, GapPlan):
            messages.success(request, f"Đã ghi hướng xử lý cho {gap.unit.name}.")
            return redirect("gaps")
        problems = done
    shown = gaps_page.answer(gap, acting, typed, problems, request.person.on, may_change=may_reorganise(request.person))
    return render(request, "tree/gap.html", shown, status=409 if problems else 200)
