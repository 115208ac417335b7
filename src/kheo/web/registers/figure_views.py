"""The figures of a register: a table of units, and the entries behind a number."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.org.access import Unreachable
from kheo.registers.access import ReachedFigures, book_to_read, figures_to_read
from kheo.registers.queries.book_figures import Behind
from kheo.registers.queries.definitions import Book
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.figures_page import Address, behind_page, table_for, table_page
from kheo.web.registers.list_page import unit_choices

YEARS = 3
WAITED = "cho"  # how often a page has looked for figures that are being counted


@signed_in
@require_safe
def book_figures(request: PageRequest, code: str) -> HttpResponseBase:
    """Every figure of a unit (don_vi) and of those directly below it, in a year (nam)."""
    book, unit, year = _asked(request, code)
    reached, address = figures_to_read(request.person, book, unit, year), Address(code, year)
    units, waited = unit_choices(request.person), max(number_in(request.GET, WAITED), 0)
    table = table_for(reached.figures, request.now, waited)
    page = table_page(reached, request.person, address, request.GET.get("trang", ""), request.now, table) if table else {}
    page |= {
        "book": book,
        "unit": unit,
        "year": year,
        "years": years(request),
        "units": [(number, name, number == unit) for number, name in units] if len(units) > 1 else [],
        "query": f"don_vi={unit}&nam={year}&",
        "trail": _trail(book, "Số liệu"),
        "is_counting": table is None,
        "again": f"{address.table(unit)}&{WAITED}={waited + 1}",
    }
    answer = render(request, "registers/figures.html", page)
    if table is None:
        answer["Refresh"] = f"3; url={page['again']}"
    return answer


@signed_in
@require_safe
def book_figure(request: PageRequest, code: str, figure: str) -> HttpResponseBase:
    """The entries behind one number: of its share's whole (mau), of the unit alone (rieng), of one part (phan)."""
    book, unit, year = _asked(request, code)
    found = next((each for each in book.definition.figures if each.code == figure), None)
    if found is None:
        raise Unreachable
    reached, address = figures_to_read(request.person, book, unit, year), Address(code, year)
    wanted = Behind(found, "mau" in request.GET, request.GET.get("phan"), "rieng" in request.GET)
    if not _is_there(reached, wanted):
        raise Unreachable
    page = behind_page(reached, wanted, request.person, address, max(number_in(request.GET, "trang"), 1)) | {
        "book": book,
        "year": year,
        "table_url": address.table(unit),
        "query": "".join(f"{key}={value}&" for key, value in request.GET.items() if key != "trang"),
        "trail": [*_trail(book, "Số liệu", address.table(unit)), {"label": found.name, "url": ""}],
    }
    return render(request, "registers/figure.html", page)


def years(request: PageRequest) -> list[int]:
    """This year and those before it."""
    return [request.person.on.year - back for back in range(YEARS)]


def _is_there(reached: ReachedFigures, wanted: Behind) -> bool:
    """Where no list is opened there are parts, or nothing; a part is asked only of what has parts."""
    has_parts = wanted.figure.counts.by is not None and not wanted.among
    return (reached.opens(own=wanted.own) or (has_parts and wanted.part is None)) and (wanted.part is None or has_parts)


def _asked(request: PageRequest, code: str) -> tuple[Book, int, int]:
    """The register, the unit (the reader's own where none is named) and the year (this one where another is not offered)."""
    book = book_to_read(request.person, code)
    if not book.definition.figures:
        raise Unreachable
    unit = number_in(request.GET, "don_vi") if request.GET.get("don_vi") else min(request.person.reading_units)
    year = number_in(request.GET, "nam") if request.GET.get("nam") else request.person.on.year
    return book, unit, year if year in years(request) else request.person.on.year


def _trail(book: Book, last: str, url: str = "") -> list[dict[str, str]]:
    lists = reverse("entries", args=[book.register.code])
    return [{"label": "Sổ", "url": reverse("registers")}, {"label": book.definition.short, "url": lists}, {"label": last, "url": url}]
