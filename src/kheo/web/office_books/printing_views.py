"""A book of a year as its paper form: to print from the page, as Word and Excel; and its electronic fields."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.core.paper_books import electronic
from kheo.core.paper_books.forms import FORMS, BookForm, BookKind, rows_of_arrivals, rows_of_issues, rows_to_follow
from kheo.core.unit_kinds import Line
from kheo.directives.access import book_to_read
from kheo.directives.queries.printing import arrival_lines, issue_lines, lines_to_follow
from kheo.documents.office_book import BookFacts, book_document, book_workbook, fields_workbook
from kheo.documents.profiles import profile_for
from kheo.org.access import Unreachable
from kheo.org.queries import parents_on, unit_facts
from kheo.web.csv_files import csv_bytes
from kheo.web.files import file_response
from kheo.web.office_books import pages
from kheo.web.reach import PageRequest, signed_in

FILES = {"so.docx": "Word", "so.xlsx": "Excel", "truong.csv": "Trường điện tử (CSV)", "truong.xlsx": "Trường điện tử (Excel, có từ điển)"}
_BETWEEN = 5  # letters
VIEW = {BookKind.ARRIVALS: "arrivals", BookKind.ISSUES: "issues", BookKind.FOLLOWING: "follow_up"}


@dataclass(frozen=True)
class _Fields:
    """The electronic data of a book, and what is longer than its field."""

    fields: tuple[electronic.Field, ...]
    records: list[electronic.Record]
    faults: list[str]


def _asked(request: PageRequest, unit: int, kind: str, year: int) -> tuple[BookForm, BookFacts]:
    book_to_read(request.person, unit)
    if kind not in FORMS or not 2000 <= year <= request.person.on.year:
        raise Unreachable
    on = request.person.on
    above = parents_on(on, Line.UNION, [unit]).get(unit)
    names = unit_facts({unit, above} if above is not None else {unit}, on)
    name = request.GET.get("so", "") if kind == BookKind.ISSUES else ""
    superior = names[above].name if above in names else ""
    return FORMS[BookKind(kind)], BookFacts(names[unit].name if unit in names else "", superior, year, name[:60], request.now)


def _rows(kind: BookKind, unit: int, facts: BookFacts) -> list[tuple[str, ...]]:
    if kind == BookKind.ARRIVALS:
        return rows_of_arrivals(arrival_lines(unit, facts.year))
    if kind == BookKind.FOLLOWING:
        return rows_to_follow(lines_to_follow(unit, facts.year))
    return rows_of_issues(issue_lines(unit, facts.year, facts.name))


def _fields(kind: BookKind, unit: int, facts: BookFacts, organ: str) -> _Fields:
    if kind == BookKind.ISSUES:
        issued = issue_lines(unit, facts.year, facts.name)
        told = [(line.paper.full_number, electronic.issue_record(line, line.paper, organ)) for line in issued if line.paper]
        fields: tuple[electronic.Field, ...] = electronic.ISSUE_FIELDS
    else:
        book = arrival_lines(unit, facts.year)
        lines, ordinals = lines_to_follow(unit, facts.year) if kind == BookKind.FOLLOWING else book, electronic.ordinals_in_files(book)
        told = [(f"Số đến {line.number}", electronic.arrival_record(line, line.paper, organ, ordinals)) for line in lines if line.paper]
        fields = electronic.ARRIVAL_FIELDS
    return _Fields(fields, [record for _, record in told], electronic.too_long(fields, told))


def _organ(request: PageRequest, unit: int) -> str:
    facts = unit_facts({unit}, request.person.on).get(unit)
    return facts.code if facts else ""


def _shares(form: BookForm) -> list[int]:
    """How much of the sheet each column takes, in hundredths; letters between the columns count as well, or a day would break in two."""
    room = [column.width + _BETWEEN for column in form.columns]
    return [round(100 * each / sum(room)) for each in room]


@signed_in
@require_safe
def show(request: PageRequest, unit: int, kind: str, year: int) -> HttpResponse:
    """The form on a page, to be looked at and printed; below it what is too long for the electronic fields."""
    form, facts = _asked(request, unit, kind, year)
    rows = _rows(form.kind, unit, facts)
    files = [(reverse("book_file", args=[unit, kind, year, name]), words) for name, words in FILES.items()]
    shown = {
        "trail": pages.trail(unit, facts.unit, VIEW[form.kind], f"In sổ năm {year}"),
        "form": form,
        "facts": facts,
        "shares": _shares(form),
        "rows": rows,
        "files": files,
        "asked": f"?{request.GET.urlencode()}" if facts.name else "",
        "faults": _fields(form.kind, unit, facts, _organ(request, unit)).faults,
    }
    return render(request, "office_books/printed.html", shown)


@signed_in
@require_safe
def download(request: PageRequest, unit: int, kind: str, year: int, file: str) -> HttpResponse:
    """One of the `FILES`."""
    form, facts = _asked(request, unit, kind, year)
    if file not in FILES:
        raise Unreachable
    name = f"{form.title} {year} {facts.unit}{file[file.index('.') :]}".replace("/", "-")[-180:]
    return file_response(_bytes(request, unit, form, facts, file), file, name)


def _bytes(request: PageRequest, unit: int, form: BookForm, facts: BookFacts, file: str) -> bytes:
    if file == "so.docx":
        known = unit_facts({unit}, request.person.on).get(unit)
        profile = profile_for(known.kind if known else "", request.person.on)
        return book_document(form, facts, _rows(form.kind, unit, facts), profile)
    if file == "so.xlsx":
        return book_workbook(form, facts, _rows(form.kind, unit, facts))
    told = _fields(form.kind, unit, facts, _organ(request, unit))
    if file == "truong.xlsx":
        return fields_workbook(f"Trường điện tử: {form.title}", facts, told.fields, told.records, told.faults)
    head = [field.name for field in told.fields]
    return csv_bytes(head, ([record[name] for name in head] for record in told.records))
