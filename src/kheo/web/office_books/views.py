"""The books as lists: arrivals, outgoing papers, what is to be followed; and a paper's file."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kheo.core.paper_books.facts import GENERAL_BOOK, PROGRESS_NAMES, Progress
from kheo.core.paper_books.following import Urgence
from kheo.directives.access import book_to_read, directive_to_read, drafting_units
from kheo.directives.queries import arrivals_of, issues_of, to_follow
from kheo.directives.queries.numbers import numbers_of_book
from kheo.org.access import Unreachable
from kheo.web.files import evidence_file
from kheo.web.numbers import number_of
from kheo.web.office_books import pages
from kheo.web.reach import PageRequest, signed_in


@signed_in
@require_safe
def start(request: PageRequest) -> HttpResponseBase:
    """The book of arrivals of the first own unit."""
    units = pages.own_units(request.person)
    if not units:
        raise Unreachable
    return redirect("arrivals", units[0]["unit"])


@signed_in
@require_safe
def arrivals(request: PageRequest, unit: int) -> HttpResponse:
    """A year of the book: `?nam=`, `?tim=` words, `?xem=` a degree of progress, `?trang=`."""
    book = book_to_read(request.person, unit)
    today, asked = request.person.on, request.GET
    years = pages.years(unit, today)
    year, words = pages.asked_year(asked, years, today), asked.get("tim", "").strip()
    state = asked.get("xem", "")
    states = (state,) if state in PROGRESS_NAMES else ()
    found = arrivals_of(unit, year, looked_for=words, states=states, page=number_of(asked.get("trang", "1")))
    shown = {
        **pages.frame(request.person, book, "arrivals"),
        **pages.listed(found, {"nam": str(year), "tim": words, "xem": state}),
        "rows": [pages.arrival_row(row, today) for row in found.rows],
        "count": found.count,
        "years": years,
        "year": year,
        "words": words,
        "state": state,
        "numbers": numbers_of_book(unit, "", year) if book.may_write and year == today.year else None,
        "may_draft": unit in drafting_units(request.person),
        "states": [(each.value, PROGRESS_NAMES[each]) for each in Progress],
    }
    return render(request, "office_books/arrivals.html", shown)


@signed_in
@require_safe
def issues(request: PageRequest, unit: int) -> HttpResponse:
    """The same of outgoing papers: `?so=` a book."""
    book = book_to_read(request.person, unit)
    today, asked = request.person.on, request.GET
    years, names = pages.years(unit, today), pages.books_to_choose(unit)
    year, words, name = pages.asked_year(asked, years, today), asked.get("tim", "").strip(), asked.get("so", "")
    found = issues_of(unit, year, book=name if name in names else "", looked_for=words, page=number_of(asked.get("trang", "1")))
    shown = {
        **pages.frame(request.person, book, "issues"),
        **pages.listed(found, {"nam": str(year), "tim": words, "so": name}),
        "rows": [pages.issue_row(row) for row in found.rows],
        "count": found.count,
        "years": years,
        "year": year,
        "words": words,
        "books": names,
        "book": name,
        "numbers": numbers_of_book(unit, name or GENERAL_BOOK, year) if book.may_write and year == today.year else None,
    }
    return render(request, "office_books/issues.html", shown)


@signed_in
@require_safe
def follow_up(request: PageRequest, unit: int) -> HttpResponse:
    """What is to be answered by a day, the late ones first."""
    book = book_to_read(request.person, unit)
    rows = [pages.arrival_row(row, request.person.on) for row in to_follow(unit)]
    late = sum(row["due"] is not None and row["due"]["urgence"] == Urgence.LATE for row in rows)
    shown = {**pages.frame(request.person, book, "follow_up"), "rows": rows, "late": late, "year": request.person.on.year}
    return render(request, "office_books/follow_up.html", shown)


@signed_in
@require_safe
def file(request: PageRequest, directive: int) -> HttpResponse:
    """The file as it was brought, to be saved."""
    found = directive_to_read(request.person, directive)
    if found.file is None:
        raise Unreachable
    return evidence_file(found.file, shown=False)
