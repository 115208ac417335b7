"""What was passed down to a unit: the list, one letter, the one click."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kheo.core.days import format_day, local_day
from kheo.core.paper_books.facts import Progress
from kheo.core.paper_books.sameness import reference
from kheo.core.registers.words import StateClass
from kheo.core.relaying.chain import REACHED_NAMES, reached
from kheo.directives import access
from kheo.directives.actions import Refused
from kheo.directives.models import ChainRow, Directive, Passing
from kheo.directives.queries.chain import chains_of, passings_to, place_of_passing
from kheo.directives.queries.recipients import has_units_below
from kheo.org.queries import unit_facts
from kheo.registers.actions import acknowledge_letter
from kheo.registers.queries.plans import PlanBook, plan_books
from kheo.web.campaign_papers import campaigns_from
from kheo.web.files import evidence_file
from kheo.web.reach import PageRequest, signed_in
from kheo.web.relaying.wording import COLOURS, chain_url, paper_name
from kheo.web.trails import from_home

TITLE = "Văn bản chỉ đạo"


@signed_in
@require_safe
def passings(request: PageRequest, unit: int) -> HttpResponseBase:
    """What waits at a unit for the click, and the chains in which it stands."""
    book = access.book_to_read(request.person, unit)
    own = {post.unit: post.unit_name for post in request.person.posts if post.unit in request.person.reading_units}
    names = unit_facts([unit], request.person.on)
    waiting = [
        {"passing": each, "name": paper_name(each.issue.directive), "sent": format_day(local_day(each.sent_at))}
        for each in passings_to(unit, waiting=True)
    ]
    context = {
        "unit_name": names[unit].name if unit in names else "",
        "may_write": book.may_write,
        "waiting": waiting,
        "chains": [_chain(row) for row in chains_of(unit) if row.passing is None or row.passing.arrival_id],
        "others": [{"unit": each, "name": name} for each, name in own.items() if each != unit],
        "trail": from_home((TITLE, "")),
    }
    return render(request, "relaying/passings.html", context)


def _chain(row: ChainRow) -> dict[str, Any]:
    return {
        "name": paper_name(row.passing.issue.directive if row.passing else row.root.directive),
        "came": format_day(row.sent_on),
        "is_own": row.passing is None,
        "url": chain_url(row),
        "passing_url": reverse("passing", args=[row.passing_id]) if row.passing_id else "",
    }


@signed_in
@require_safe
def show(request: PageRequest, passing: int) -> HttpResponseBase:
    """One letter on its way to a unit."""
    return _show(request, access.passing_to_read(request.person, passing))


def _show(request: PageRequest, passing: Passing, refused: Refused | None = None) -> HttpResponse:
    place, arrival = place_of_passing(passing), passing.arrival
    state = reached(sent=True, acknowledged=arrival is not None, relayed=bool(place and place.relayed_on))
    may_write = passing.unit_id in access.writing_units(request.person)
    has_below = has_units_below(passing.unit_id, request.person.on)
    paper = passing.issue.directive
    is_answered = arrival is not None and passing.plan_due_on is not None and arrival.progress == Progress.DONE
    context = {
        "passing": passing,
        "paper": paper,
        "name": paper_name(paper),
        "dated": format_day(paper.issued_on) if paper and paper.issued_on else "",
        "sent": format_day(local_day(passing.sent_at)),
        "plan_due": format_day(passing.plan_due_on) if passing.plan_due_on else "",
        "tag": {"state": COLOURS[state], "words": REACHED_NAMES[state]},
        "arrival": arrival,
        "arrived": format_day(arrival.arrived_on) if arrival else "",
        "may_acknowledge": may_write and arrival is None,
        "may_relay": may_write and arrival is not None and has_below,
        "chain_url": chain_url(place) if place else "",
        "is_answered": is_answered,
        "plans": _plans_to_write(paper) if may_write and arrival is not None and not is_answered else [],
        "refused": refused,
        "campaigns": campaigns_from(paper, request.person) if paper else [],
        "trail": from_home((TITLE, reverse("passings", args=[passing.unit_id])), (paper_name(paper), "")),
    }
    return render(request, "relaying/passing.html", context, status=409 if refused else 200)


def _plans_to_write(paper: Directive | None) -> list[dict[str, str]]:
    """In which registers a plan may be written that carries this letter out."""
    named = reference(paper.full_number, paper.issued_on) if paper and paper.full_number else ""
    return [_plan_to_write(each, named) for each in plan_books() if each.takes_letters] if named else []


def _plan_to_write(book: PlanBook, named: str) -> dict[str, str]:
    definition, letter = book.definition, book.carries.letter
    return {
        "book": definition.short,
        "one": definition.one,
        "field": definition.by_key[letter].label,
        "in_force": " hoặc ".join(f"“{state.name}”" for state in definition.states if state.meaning is StateClass.DONE_GOOD),
        "url": f"{reverse('new_entry', args=[definition.register_code])}?{urlencode({letter: named})}",
    }


@signed_in
@require_POST
def acknowledge(request: PageRequest, passing: int) -> HttpResponseBase:
    """The one click; a second one says the same number."""
    found = access.passing_to_write(request.person, passing)
    made = acknowledge_letter(passing, by=request.person, at=request.now)
    if isinstance(made, Refused):
        return _show(request, found, made)
    answered = f" Việc trả lời đã xong: đã có {made.plan}." if made.plan else ""
    messages.success(request, f"Đã nhận. Số đến {made.arrival.number} năm {made.arrival.year}.{answered}")
    return redirect("passing", passing)


@signed_in
@require_safe
def paper_file(request: PageRequest, passing: int) -> HttpResponseBase:
    """The file that the sender put with the letter."""
    paper = access.passing_to_read(request.person, passing).issue.directive
    if paper is None or paper.file is None:
        raise Http404
    return evidence_file(paper.file, shown=False)
