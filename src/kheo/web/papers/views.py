"""A unit's report and receipt as papers; what a recipient prints of a cycle; the letter that calls in late units."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kheo.core.days import local_day
from kheo.org.access import Unreachable
from kheo.reports.access import board, board_to_review, report_to_read
from kheo.reports.actions import Refusal, make_call_in
from kheo.reports.queries import cycle_papers
from kheo.reports.queries.story import submission
from kheo.web.files import file_name, file_response
from kheo.web.filling.pages import untold
from kheo.web.papers.page import LETTER, LIST, RECEIPT, REPORT, context, ending_of
from kheo.web.reach import PageRequest, signed_in


@signed_in
@require_safe
def report_paper(request: PageRequest, obligation: int, number: int, name: str) -> HttpResponse:
    """One submission as a paper: the report, or its receipt."""
    reached = report_to_read(request.person, obligation)
    found = submission(reached.report, reached.obligation, number)
    ending = ending_of(name, REPORT) or ending_of(name, RECEIPT)
    if found is None or not ending:
        raise Unreachable
    revision = found[1]
    if ending_of(name, REPORT):
        hidden, is_own = untold(request.person, reached), reached.obligation.answering_id in request.person.reading_units
        paper = cycle_papers.report_paper(reached.obligation, reached.unit, revision, hidden, is_own=is_own)
    else:
        paper = cycle_papers.receipt_paper(reached.obligation, reached.unit, revision)
    return file_response(
        paper.file(ending), name, file_name(f"{name.removesuffix(f'.{ending}')} lần {number}.{ending}", reached.cycle, reached.unit)
    )


@signed_in
@require_safe
def show_papers(request: PageRequest, cycle: int, unit: int) -> HttpResponse:
    """What a recipient can print of a cycle, and the call-in letters it made."""
    request.cycle = board(request.person, cycle, unit)
    return render(request, "papers/papers.html", context(request.cycle, unit, request.person, request.now))


@signed_in
@require_safe
def recipient_paper(request: PageRequest, cycle: int, unit: int, name: str) -> HttpResponse:
    """The list of submissions as Word, PDF or Excel."""
    opened = board(request.person, cycle, unit)
    ending = ending_of(name, LIST)
    if not ending:
        raise Unreachable
    made = cycle_papers.submission_list(opened, unit, ending, request.now)
    return file_response(made, name, file_name(name, opened, cycle_papers.issuer_of(opened, unit, local_day(request.now))))


@signed_in
@require_POST
def call_in(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """One click: the letter about everybody who is late now, as a Word file; why there is none, on the page."""
    board_to_review(request.person, cycle, unit)
    outcome = make_call_in(cycle, unit, by=request.person, at=request.now)
    if isinstance(outcome, Refusal):
        messages.warning(request, outcome.message)
        return redirect("recipient_papers", cycle, unit)
    return redirect("call_in_letter", cycle, unit, outcome.letter_id, f"{LETTER[0]}.docx")


@signed_in
@require_safe
def call_in_letter(request: PageRequest, cycle: int, unit: int, letter: int, name: str) -> HttpResponse:
    """A call-in letter as it was made."""
    opened = board(request.person, cycle, unit)
    ending = ending_of(name, LETTER)
    paper = cycle_papers.call_in_paper(opened, unit, letter) if ending else None
    if paper is None:
        raise Unreachable
    return file_response(paper.file(ending), name, file_name(name, opened, cycle_papers.issuer_of(opened, unit, local_day(request.now))))
