"""One arrival: what it says, whose hands it is in, how far it is, everything that was written of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kheo.core.days import format_day, format_instant
from kheo.core.paper_books.facts import LINK_ROLE_NAMES, PROGRESS_NAMES, LinkRole, Progress
from kheo.core.problems import Problem
from kheo.directives.access import arrival_to_note, arrival_to_read, arrival_to_write, book_to_read
from kheo.directives.actions import Handing, Refused, cancel_arrival, note_progress, pass_on, sign_for
from kheo.directives.actions.entrusting import and_tell
from kheo.directives.actions.following import as_passed
from kheo.directives.models import Arrival, Directive
from kheo.directives.queries import links_of, writings_of
from kheo.directives.queries.recipients import has_units_below
from kheo.web.numbers import number_in
from kheo.web.office_books import forms, pages
from kheo.web.office_books.entry_views import handlers
from kheo.web.office_books.typed import texts_of, typed
from kheo.web.reach import PageRequest, signed_in

HANDING = ("handler", "handler_id", "passed_on", "due_on")
ACTS = {
    "register_arrival": "Ghi vào sổ",
    "reserve_arrival": "Giữ số",
    "pass_arrival_on": "Chuyển xử lý",
    "sign_for_arrival": "Ký nhận",
    "note_progress": "Ghi tiến độ",
    "correct_arrival": "Sửa phần ghi khi đến",
    "cancel_arrival": "Huỷ số",
    "write_paper": "Ghi văn bản",
    "correct_paper": "Sửa văn bản",
    "register_issue": "Ghi vào sổ",
    "reserve_issue": "Giữ số",
    "note_sending": "Ghi việc gửi đi",
    "correct_issue": "Sửa",
    "cancel_issue": "Huỷ số",
}


@signed_in
@require_safe
def show(request: PageRequest, arrival: int) -> HttpResponse:
    """The page."""
    return _show(request, arrival_to_read(request.person, arrival))


def _show(request: PageRequest, row: Arrival, problems: tuple[Problem, ...] = (), texts: Any = None) -> HttpResponse:
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
        "handing": forms.fields(HANDING, texts or texts_of(as_passed(row)), faults, choices={"handler_id": handlers(row.unit_id, request)}),
        "progresses": [(each.value, PROGRESS_NAMES[each]) for each in Progress],
        "signed_at": format_instant(row.signed_at) if row.signed_at else "",
        "problems": pages.shown_problems(problems),
        "links": links_told(row.directive) if row.directive else [],
        "writings": writings_told(row),
    }
    return render(request, "office_books/arrival.html", shown, status=409 if problems else 200)


def links_told(paper: Directive) -> list[str]:
    """What the paper is to others, in words."""
    ours, theirs = links_of(paper.pk)
    told = [f"{LINK_ROLE_NAMES[LinkRole(link.role)]} {link.other}{_from(link.from_day)}" for link in ours]
    words = {LinkRole.BASED_ON: "Là căn cứ của", LinkRole.REPLACES: "Được thay thế bằng", LinkRole.ANSWERS: "Được trả lời bằng"}
    return told + [f"{words[LinkRole(link.role)]} {link.directive}{_from(link.from_day)}" for link in theirs]


def _from(day: Any) -> str:
    return f" từ ngày {format_day(day)}" if day else ""


def writings_told(row: Any) -> list[dict[str, str]]:
    """Everything that was written about a row of a book and its paper, the newest first."""
    rows = writings_of(type(row).__name__.lower(), row.pk)
    rows += writings_of("directive", row.directive_id) if row.directive_id and row.directive.keeper_id == row.unit_id else []
    rows.sort(key=lambda each: each.pk, reverse=True)
    return [
        {"what": ACTS.get(each.act, each.act), "who": each.writer, "when": format_instant(each.at), "reason": each.reason} for each in rows
    ]


def answered(request: PageRequest, row: Arrival, outcome: Arrival | Refused, words: str, texts: Any = None) -> HttpResponseBase:
    """Back to the page with what happened, or the page with what is wrong and everything that was typed."""
    if isinstance(outcome, Refused):
        return _show(request, row, outcome.problems, texts)
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
        return _show(request, row, sent.problems, sent.texts)
    version, by, at = number_in(request.POST, "version"), request.person, request.now
    done = and_tell(lambda: pass_on(arrival, handing, version=version, by=by, at=at), by=by, at=at)
    return answered(request, row, done, "Đã chuyển xử lý.", sent.texts)


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
    sent = typed(request.POST, ("done_on",))
    if state not in PROGRESS_NAMES or sent.problems:
        return _show(request, row, sent.problems or (Problem("Chọn tiến độ.", key="progress"),))
    done = note_progress(
        arrival,
        Progress(state),
        note=request.POST.get("progress_note", ""),
        answer=request.POST.get("answer", ""),
        done_on=sent.day("done_on"),
        version=number_in(request.POST, "version"),
        by=request.person,
        at=request.now,
    )
    return answered(request, row, done, "Đã ghi tiến độ.")


@signed_in
@require_POST
def cancel(request: PageRequest, arrival: int) -> HttpResponseBase:
    """Strike the number, with a reason."""
    row = arrival_to_read(request.person, arrival)
    version, reason = number_in(request.POST, "version"), request.POST.get("reason", "")
    done = cancel_arrival(arrival, reason=reason, version=version, by=request.person, at=request.now)
    return answered(request, row, done, "Đã huỷ số. Số vẫn nằm trong sổ và không dùng lại.")
