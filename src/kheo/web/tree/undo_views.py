"""Taking back an event or a batch: previewed from a day, confirmed with a reason."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kheo.core.days import typed_day
from kheo.core.numbers import format_int
from kheo.core.problems import Problem
from kheo.org.queries import events_of_batch, events_told
from kheo.reports.access.reorganising import unit_of_reorganiser
from kheo.reports.actions.reorganising import CHANGED, confirm_undo
from kheo.web.reach import PageRequest, signed_in
from kheo.web.tree import undo_page

PAGE = ["GET", "HEAD", "POST"]


@signed_in
@require_http_methods(PAGE)
def undo_event(request: PageRequest, event: int) -> HttpResponseBase:
    """One event; a POST takes it back, if that still does what was shown."""
    unit_of_reorganiser(request.person)
    return _undo(request, [event], f"Sự kiện số {event}")


@signed_in
@require_http_methods(PAGE)
def undo_batch(request: PageRequest, batch: int) -> HttpResponseBase:
    """Everything of a batch that still stands."""
    unit_of_reorganiser(request.person)
    standing = events_of_batch(batch)
    return _undo(request, standing or [each.id for each in events_told(batch=batch)], f"Đợt số {batch}")


def _undo(request: PageRequest, events: Sequence[int], title: str) -> HttpResponseBase:
    sent = request.POST if request.method == "POST" else request.GET
    typed = sent.get("tu", "").strip()
    day, is_wrong = _day(typed)
    reason = sent.get("ly-do", "")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and not is_wrong:
        mark = sent.get("mark", "")
        done = confirm_undo(events, from_day=day, reason=reason, mark=mark, by=request.person, at=request.now)
        if done.batch:
            messages.success(request, f"Đã huỷ {format_int(done.events)} sự kiện, đợt số {done.batch}.")
            return redirect(f"{reverse('events')}?dot={done.batch}")
        problems = tuple(each for each in done.problems if each.key == "reason" or each == CHANGED)
    found = undo_page.preview_of(request, events, day, is_doubted=CHANGED in problems)
    if not found.counts["su-kien"]:
        raise Http404
    shown = undo_page.context(sent, found, request, title)
    told = {"day": day, "typed": typed if is_wrong else "", "reason": reason, "answers": [each.message for each in problems]}
    return render(request, "tree/undo.html", shown | told, status=409 if request.method == "POST" else 200)


def _day(typed: str) -> tuple[date | None, bool]:
    try:
        return (typed_day(typed) if typed else None), False
    except ValueError:
        return None, True
