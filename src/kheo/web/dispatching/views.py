"""A report's copy for a further recipient: sent by the unit's head, taken in there, asked about, downloaded."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kheo.org.access import Unreachable
from kheo.reports import actions
from kheo.reports.access import dispatches
from kheo.reports.access.dispatches import ReachedDispatch
from kheo.reports.actions import Done, Refusal
from kheo.reports.queries.dispatched_papers import paper_of
from kheo.reports.queries.dispatches import sent_of, unit_of
from kheo.web.dispatching import pages
from kheo.web.files import file_name, file_response
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.vouching import said


@signed_in
@require_safe
def received(request: PageRequest, cycle: int, unit: int) -> HttpResponse:
    """Everything that came to a further recipient: `?tim=`, `?trang-thai=` filter, `?trang=` is the page."""
    request.cycle = dispatches.dispatches_received(request.person, cycle, unit)
    return render(request, "dispatching/received.html", pages.received_page(request, unit))


@signed_in
@require_safe
def show(request: PageRequest, dispatch: int) -> HttpResponse:
    """The copy as its recipient reads it; `?lan=` asks for an earlier sending."""
    return _show(request, dispatches.dispatch_to_read(request.person, dispatch))


def _show(request: PageRequest, reached: ReachedDispatch, refusal: Refusal | None = None, typed: str = "") -> HttpResponse:
    request.cycle = reached.cycle
    context = pages.dispatch_page(request, reached, refusal, typed)
    if context is None:
        raise Unreachable
    return render(request, "dispatching/dispatch.html", context, status=409 if refusal else 200)


@signed_in
@require_POST
def send(request: PageRequest, dispatch: int) -> HttpResponseBase:
    """Send the report's last revision there."""
    reached = dispatches.dispatch_to_send(request.person, dispatch)
    outcome = actions.send_dispatch(dispatch, version=number_in(request.POST, "version"), by=request.person, at=request.now)
    return _answer(request, reached, outcome, "Đã gửi. Giờ nhận là giờ của máy chủ, ghi ở biên nhận bên dưới.")


@signed_in
@require_POST
def take_in(request: PageRequest, dispatch: int) -> HttpResponseBase:
    """Acknowledge the sending that was on the page."""
    reached = dispatches.dispatch_to_take_in(request.person, dispatch)
    outcome = actions.acknowledge_dispatch(dispatch, number=number_in(request.POST, "lan"), by=request.person, at=request.now)
    return _answer(request, reached, outcome, "Đã tiếp nhận. Đơn vị thấy ngay.")


@signed_in
@require_POST
def write(request: PageRequest, dispatch: int) -> HttpResponseBase:
    """A question of the recipient, or the unit's reply."""
    reached = dispatches.dispatch_to_write_about(request.person, dispatch)
    text = said(request.POST, request.POST.get("loi", ""))
    outcome = actions.write_about_dispatch(dispatch, text=text, by=request.person, at=request.now)
    return _answer(request, reached, outcome, "Đã gửi lời nhắn.", text)


def _answer(request: PageRequest, reached: ReachedDispatch, outcome: Done | Refusal, words: str, typed: str = "") -> HttpResponseBase:
    if isinstance(outcome, Refusal):
        return _show(request, dispatches.dispatch_to_read(request.person, reached.dispatch.pk), outcome, typed)
    messages.success(request, words)
    return redirect("dispatch", reached.dispatch.pk)


@signed_in
@require_safe
def download(request: PageRequest, dispatch: int, number: int) -> HttpResponse:
    """One sending as Word, on the recipient's paper."""
    reached = dispatches.dispatch_to_read(request.person, dispatch)
    sent = sent_of([reached.dispatch])[0]
    sending = next((each for each in sent.sendings if each.number == number), None)
    if sending is None:
        raise Unreachable
    return file_response(paper_of(sent, sending), "bao-cao.docx", file_name("bao-cao.docx", reached.cycle, unit_of(reached.dispatch)))
