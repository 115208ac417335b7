"""“Chuyển xuống dưới”: whom, by when, the draft for Word, and the sending under the unit's own number."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kheo.core.problems import Problem
from kheo.directives import access, actions
from kheo.directives.actions import Refused
from kheo.directives.models import ChainRow
from kheo.directives.queries.chain import letters_passing_on, place_by_letter, units_sent
from kheo.directives.queries.recipients import units_below
from kheo.org.access import Unreachable
from kheo.web.files import file_response
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.relaying import asked as asking
from kheo.web.relaying import sheet as sheets
from kheo.web.relaying.asked import Asked
from kheo.web.relaying.sheet import Sheet
from kheo.web.relaying.wording import chain_url, paper_name
from kheo.web.trails import from_home

DRAFT = "du-thao-chuyen-xuong.docx"
ANCHORS = {"symbol": "ky-hieu", "subject": "trich-yeu", "units": "noi-nhan", "plan_due_on": "han-ke-hoach"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def relay(request: PageRequest, arrival: int) -> HttpResponseBase:
    """The form of an arrived directive; a sent one gives the draft (`viec=ban-thao`) or sends the letter."""
    found = access.arrival_to_write(request.person, arrival)
    sheet = sheets.sheet_of(request, found)
    if sheet is None or not sheet.under:
        raise Unreachable
    if request.method != "POST":
        asked = asking.at_first(sheet.under, sheet.moved, sheet.symbol, sheets.subject_of(sheet))
        return _form(request, sheet, asked, ())
    asked = asking.read(request.POST, sheet.moved, request.person.on)
    if asked.problems:
        return _form(request, sheet, asked, asked.problems)
    if request.POST.get("viec") == "ban-thao":
        return file_response(sheets.word_of(sheet, asked, request), DRAFT, DRAFT)
    return _send(request, sheet, asked)


def _send(request: PageRequest, sheet: Sheet, asked: Asked) -> HttpResponseBase:
    whom = asked.recipients(sheet.under)
    facts, text = sheets.paper_of(sheet, asked, request)
    made = actions.relay_by_letter(
        sheet.arrival.unit_id, facts, sheet.symbol_of(asked), [each.id for each in whom], arrival=sheet.arrival.pk,
        recipients=[each.name for each in whom], text=text, plan_due_on=asked.plan_due,
        before=max(number_in(request.POST, "da-chuyen"), 0), by=request.person, at=request.now,
    )  # fmt: skip
    if isinstance(made, Refused):
        return _form(request, sheet, asked, made.problems)
    issue, sent = made
    messages.success(request, f"Đã đăng ký số {issue.directive.full_number if issue.directive else ''} và gửi {sent.sent} đơn vị.")
    return _to_chain(place_by_letter(issue.pk), sheet.unit.id)


def _form(request: PageRequest, sheet: Sheet, asked: Asked, problems: Iterable[Problem]) -> HttpResponse:
    name = paper_name(sheet.arrival.directive)
    context: dict[str, Any] = {
        "name": name,
        "sheet": sheet,
        "passed_on": letters_passing_on(sheet.arrival.pk),
        "problems": _anchored(problems),
        "trail": from_home(("Văn bản chỉ đạo", reverse("passings", args=[sheet.unit.id])), ("Chuyển xuống dưới", "")),
        **sheets.form(sheet, asked),
    }
    return render(request, "relaying/relay.html", context, status=409 if context["problems"] else 200)


def _anchored(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"message": each.message, "anchor": ANCHORS.get(each.key, each.key)} for each in problems]


def _to_chain(place: ChainRow | None, unit: int) -> HttpResponseBase:
    return redirect(chain_url(place) if place else reverse("passings", args=[unit]))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def pass_issue(request: PageRequest, issue: int) -> HttpResponseBase:
    """A letter that is in the unit's book of outgoing papers already is sent down: whom, and by when they are to have a plan."""
    found = access.issue_to_write(request.person, issue)
    under = units_below(found.unit_id, request.person.on)
    if found.directive is None or not under:
        raise Unreachable
    first = request.method != "POST"
    before = units_sent(issue)
    left = [each for each in under if each.id not in before]  # whoever has it is not sent it twice
    asked = asking.at_first(left, (), "", "") if first else asking.read(request.POST, (), request.person.on)
    problems = asked.problems
    if not first and not problems:
        whom = [each.id for each in asked.recipients(under)]
        made = actions.pass_down(issue, whom, plan_due_on=asked.plan_due, by=request.person, at=request.now)
        if not isinstance(made, Refused):
            known = f"; {made.before} đơn vị đã được gửi từ trước" if made.before else ""
            messages.success(request, f"Đã gửi {made.sent} đơn vị{known}.")
            return _to_chain(place_by_letter(issue), found.unit_id)
        problems = made.problems
    context = {
        "name": paper_name(found.directive), "problems": _anchored(problems), "sheet": None, **sheets.recipients(left, asked),
        "sent_before": len(under) - len(left), "is_all_sent": not left,
        "trail": from_home(("Văn bản chỉ đạo", reverse("passings", args=[found.unit_id])), ("Gửi đơn vị trực thuộc", "")),
    }  # fmt: skip
    return render(request, "relaying/relay.html", context, status=409 if problems else 200)
