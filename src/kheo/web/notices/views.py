"""What somebody was told, and how that person wishes to be told. Everything here is the person's own: no address names anybody."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kheo.notices import actions
from kheo.notices.actions import NotChosen
from kheo.notices.channels import CHANNEL_NAMES
from kheo.notices.queries.reading import entry, told
from kheo.web.notices import settings_page
from kheo.web.reach import PageRequest, signed_in


@signed_in
@require_safe
def show_notices(request: PageRequest) -> HttpResponse:
    """What this person was told, newest first; `?trang=` is the page."""
    page = told(request.person.user_id, request.GET.get("trang"))
    entries = [entry(notice) for notice in page]
    return render(request, "notices/notices.html", {"page_obj": page, "entries": entries, "query": ""})


@signed_in
@require_POST
def mark_read(request: PageRequest) -> HttpResponseBase:
    """Mark one notice as read, or all of them."""
    picked = [int(text) for text in request.POST.getlist("thong-bao") if text.isdecimal() and len(text) < 19]
    actions.mark_read(request.person.user_id, notices=None if "tat-ca" in request.POST else picked, at=request.now)
    return redirect("notices")


@signed_in
@require_safe
def show_settings(request: PageRequest) -> HttpResponse:
    """How this person wishes to be told; `?ma=` brings a code from a message."""
    return render(request, "notices/settings.html", settings_page.context(request))


@signed_in
@require_POST
def choose(request: PageRequest) -> HttpResponseBase:
    """Channels on or off, quiet hours."""
    quiet = settings_page.read_quiet(request.POST)
    outcome = actions.choose(
        request.person.user_id,
        by_email="email" in request.POST,
        by_zalo="zalo" in request.POST,
        quiet=quiet,
        by=request.person.actor(settings_page.own_unit(request.person)),
        at=request.now,
    )
    return _answer(request, outcome)


@signed_in
@require_POST
def change_address(request: PageRequest, channel: str, step: str) -> HttpResponseBase:
    """Ask for a code, confirm with it, forget the address, send a trial."""
    if channel not in CHANNEL_NAMES or step not in settings_page.STEPS:
        raise Http404
    outcome = settings_page.STEPS[step](request, channel)
    return _answer(request, outcome)


def _answer(request: PageRequest, outcome: actions.Chosen | NotChosen) -> HttpResponseBase:
    if isinstance(outcome, NotChosen):
        return render(request, "notices/settings.html", settings_page.context(request, outcome), status=409)
    messages.success(request, outcome.message)
    return redirect("notice_settings")
