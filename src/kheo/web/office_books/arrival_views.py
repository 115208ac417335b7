"""One arrival: what it says, whose hands it is in, how far it is, everything that was written of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kheo.core.days import format_day, format_instant
from kheo.core.paper_books.facts import PROGRESS_NAMES, Progress
from kheo.core.problems import Problem
from kheo.directives.access import arrival_to_note, arrival_to_read, arrival_to_write, book_to_read, drafting_units
from kheo.directives.actions import Handing, Refused, cancel_arrival, note_progress, pass_on, sign_for
from kheo.directives.actions.entrusting import and_tell
from kheo.directives.actions.following import as_passed
from kheo.directives.models import Arrival
from kheo.directives.queries.recipients import has_units_below
from kheo.web.campaign_papers import campaigns_from
from kheo.web.numbers import number_in
from kheo.web.office_books import forms, pages
from kheo.web.office_books.entry_views import handlers
from kheo.web.office_books.history import writings_told
from kheo.web.office_books.link_views import links_told
from kheo.web.office_books.typed import texts_of, typed
from kheo.web.reach import PageRequest, signed_in

ANSWERING = ("answer", "done_on", "progress_note")
HANDING = ("handler", "handler_id", "passed_on", "due_on")


@signed_in
@require_safe
def show(request: PageRequest, arrival: int) -> HttpResponse:
    """The page."""
    return _show(request, arrival_to_read(request.person, arrival))


def _show(request: PageRequest, row: Arrival, problems: tuple[Problem, ...] = (), texts: Any = None, box: str = "") -> HttpResponse:
    """`box`: which of the page's forms was refused; it stands open with what was typed (`texts`)."""
    book = book_to_read(request.person, row.unit_id)
    name, faults = pages.name_of(row.unit_id, request.person.on), pages.faults(problems)
    is_handler = row.handler_user_id == request.person.user_id
    shown = {
        "row": row,
        "line": pages.arrival_row(row, request.person.on),
        "name": name,
        "trail": pages.trail(row.unit_id, name, "arrivals", f"Số đến {row.number}"),
        "may_write": book.may_write,
        "may_relay": book.may_write
        and row.directive is not None
        and not row.is_cancelled
        and has_units_below(row.unit_id, request.person.on),
        "may_note": book.may_write or is_handler,
        "may_sign": row.handler and row.signed_at is None and (is_handler or (book.may_write and row.handler_user_id is None)),
        "stamp": {"number": row.number, "day": format_day(row.arrived_on), "handler": row.handler, "file": row.file_code},
        **_boxes(request, row, {box: texts or {}}, faults),
        "opened": {box: True},
        "faults": faults,
        "signed_at": format_instant(row.signed_at) if row.signed_at else "",
        "problems": pages.shown_problems(problems),
        "campaigns": campaigns_from(row.directive, request.person) if row.directive else [],
        "draft_from": row.directive_id if not row.is_cancelled and row.unit_id in drafting_units(request.person) else None,
        "links": links_told(request.person, row.directive) if row.directive else [],
        "writings": writings_told(row),
    }
    return render(request, "office_books/arrival.html", shown, status=409 if problems else 200)


def _boxes(request: PageRequest, row: Arrival, typed_in: dict[str, Any], faults: dict[str, str]) -> dict[str, Any]:
    """The forms of the page: with what was typed into the one that was refused, else with what is kept."""
    handing = typed_in.get("chuyen") or texts_of(as_passed(row))
    done = format_day(row.done_on) if row.done_on else ""
    noted = {"progress": row.progress, "answer": row.answer, "progress_note": row.progress_note, "done_on": done}
    noted = typed_in.get("tiendo") or noted
    return {
        "handing": forms.fields(HANDING, handing, faults, choices={"handler_id": handlers(row.unit_id, request)}),
        "answering": forms.fields(ANSWERING, noted, faults),
        "progress": noted["progress"],
        "progresses": [(each.value, PROGRESS_NAMES[each]) for each in Progress],
        "reason": typed_in.get("huy", {}).get("reason", ""),
    }


def answered(
    request: PageRequest, row: Arrival, outcome: Arrival | Refused, words: str, texts: Any = None, box: str = ""
) -> HttpResponseBase:
    """Back to the page with what happened, or the page with what is wrong and everything that was typed."""
    if isinstance(outcome, Refused):
        return _show(request, row, outcome.problems, texts, box)
    messages.success(request, words)
    return redirect("arrival", row.pk)


@signed_in
@require_POST
def hand_on(request: PageRequest, arrival: int) -> HttpResponseBase:
    """Hand the paper to somebody and set its day."""
    row = arrival_to_write(request.person, arrival)
    sent = typed(request.POST, HANDING)
    handing = Handing(sent.texts["handler"], sent.count("handler_id"), sent.day("passed_on"), sent.day("due_on"))
    if sent.problems:
        return _show(request, row, sent.problems, sent.texts, "chuyen")
    version, by, at = number_in(request.POST, "version"), request.person, request.now
    done = and_tell(lambda: pass_on(arrival, handing, version=version, by=by, at=at), by=by, at=at)
    return answered(request, row, done, "Đã chuyển xử lý.", sent.texts, "chuyen")


@signed_in
@require_POST
def sign(request: PageRequest, arrival: int) -> HttpResponseBase:
    """The handler has the paper."""
    row = arrival_to_read(request.person, arrival)
    return answered(request, row, sign_for(arrival, by=request.person, at=request.now), "Đã ký nhận.")


@signed_in
@require_POST
def progress(request: PageRequest, arrival: int) -> HttpResponseBase:
    """How far it is, and by which paper it was answered."""
    row = arrival_to_note(request.person, arrival)
    state = request.POST.get("progress", "")
    sent = typed(request.POST, ANSWERING)
    texts = {**sent.texts, "progress": state}
    problems = (*(() if state in PROGRESS_NAMES else (Problem("Chọn tiến độ.", key="progress"),)), *sent.problems)
    if problems:
        return _show(request, row, problems, texts, "tiendo")
    done = note_progress(
        arrival,
        Progress(state),
        note=sent.texts["progress_note"],
        answer=sent.texts["answer"],
        done_on=sent.day("done_on"),
        version=number_in(request.POST, "version"),
        by=request.person,
        at=request.now,
    )
    return answered(request, row, done, "Đã ghi tiến độ.", texts, "tiendo")


@signed_in
@require_POST
def cancel(request: PageRequest, arrival: int) -> HttpResponseBase:
    """Strike the number, with a reason."""
    row = arrival_to_read(request.person, arrival)
    version, reason = number_in(request.POST, "version"), request.POST.get("reason", "")
    done = cancel_arrival(arrival, reason=reason, version=version, by=request.person, at=request.now)
    return answered(request, row, done, "Đã huỷ số. Số vẫn nằm trong sổ và không dùng lại.", {"reason": reason}, "huy")
