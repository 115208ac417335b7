"""Where the numbers of a year begin: an office that has used numbers on paper goes on at the next one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kheo.core.days import format_instant
from kheo.core.paper_books.facts import GENERAL_BOOK
from kheo.core.problems import Problem
from kheo.directives.access import book_to_write
from kheo.directives.actions import start_book
from kheo.directives.models import BookStart
from kheo.directives.queries.numbers import BookNumbers, numbers_of
from kheo.web.numbers import number_of
from kheo.web.office_books import forms, pages
from kheo.web.reach import PageRequest, signed_in

ARRIVALS, ISSUES = "den", "di"
FIELDS = ("which", "book", "year", "first", "reason")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def first_numbers(request: PageRequest, unit: int) -> HttpResponseBase:
    """The books with their next numbers, and the form; `?so=` den or di fills in which book. A POST says where one goes on."""
    book_to_write(request.person, unit)
    today = request.person.on
    if request.method != "POST":
        which = ISSUES if request.GET.get("so") == ISSUES else ARRIVALS
        return _form(request, unit, {"which": which, "book": request.GET.get("ten", GENERAL_BOOK), "year": str(today.year)})
    texts = {key: request.POST.get(key, "").strip() for key in FIELDS}
    book = (texts["book"] or GENERAL_BOOK) if texts["which"] == ISSUES else ""
    first, year, by, at = number_of(texts["first"]), number_of(texts["year"]), request.person, request.now
    made = start_book(unit, first, book=book, year=year, reason=texts["reason"], by=by, at=at)
    if not isinstance(made, BookStart):
        return _form(request, unit, texts, made.problems)
    messages.success(request, f"{name_of_book(book)} năm {year}: số tiếp theo là {made.first}.")
    return redirect("issues" if book else "arrivals", unit)


def _form(request: PageRequest, unit: int, texts: Any, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    name, today, faults = pages.name_of(unit, request.person.on), request.person.on, pages.faults(problems)
    listed = [(str(year), str(year)) for year in (today.year, today.year - 1)]
    choices = {"which": [(ARRIVALS, "Văn bản đến"), (ISSUES, "Văn bản đi")], "year": listed}
    shown = {
        "unit": unit,
        "name": name,
        "trail": pages.trail(unit, name, "issues" if texts["which"] == ISSUES else "arrivals", "Số bắt đầu"),
        "fields": forms.fields(FIELDS, texts, faults, choices=choices),
        "books": pages.books_to_choose(unit),
        "rows": [_row(each, year) for year in (today.year, today.year - 1) for each in numbers_of(unit, year).values()],
        "problems": pages.shown_problems(problems),
        "back": reverse("issues" if texts["which"] == ISSUES else "arrivals", args=[unit]),
    }
    return render(request, "office_books/first_numbers.html", shown, status=409 if problems else 200)


def _row(found: BookNumbers, year: int) -> dict[str, Any]:
    told = [
        {"first": each.first, "why": each.reason, "who": each.writer, "when": format_instant(each.at)} for each in reversed(found.starts)
    ]
    return {"name": name_of_book(found.book), "year": year, "next": found.next, "on_paper": on_paper(found), "told": told}


def name_of_book(book: str) -> str:
    """`Sổ văn bản đến`; `Sổ văn bản đi (Chung)`."""
    return f"Sổ văn bản đi ({book})" if book else "Sổ văn bản đến"


def on_paper(found: BookNumbers) -> str:
    """`1–198, 205`: which numbers were used on paper; empty where none was."""
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in found.on_paper)
