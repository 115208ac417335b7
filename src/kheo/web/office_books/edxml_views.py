"""An outgoing paper as an edXML file, to be handed to other software."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kheo.core.problems import Problem
from kheo.directives.access import issue_to_write
from kheo.directives.models import Issue
from kheo.documents.edxml.message import message_problems
from kheo.documents.edxml.writing import write_edxml
from kheo.org.access import Unreachable
from kheo.web.files import file_response
from kheo.web.office_books import pages
from kheo.web.office_books.edxml import lines_to_fill, message_of
from kheo.web.reach import PageRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edxml(request: PageRequest, issue: int) -> HttpResponse:
    """Who gets it under which identifiers; a POST gives the file, or everything that keeps it from being written."""
    row = issue_to_write(request.person, issue)
    if row.directive is None or row.is_cancelled:
        raise Unreachable
    if request.method != "POST":
        return _form(request, row, {"recipients": lines_to_fill(row)})
    texts = {key: request.POST.get(key, "") for key in ("sender", "place", "recipients")}
    message, wrong = message_of(row, row.directive, texts["sender"], texts["recipients"], texts["place"], request.now)
    problems = tuple(wrong) or tuple(message_problems(message))
    if problems:
        return _form(request, row, texts, problems)
    return file_response(write_edxml(message), "van-ban.edxml", f"Văn bản đi {row.number}-{row.year}.edxml")


def _form(request: PageRequest, row: Issue, texts: dict[str, str], problems: tuple[Problem, ...] = ()) -> HttpResponse:
    name = pages.name_of(row.unit_id, request.person.on)
    steps = pages.trail(row.unit_id, name, "issues", f"Số {row.number}", "Tệp edXML")
    steps[2]["url"] = reverse("issue", args=[row.pk])
    told = tuple(Problem(each.message, key=each.key.split("[")[0]) for each in problems)
    fields = {"sender", "place", "recipients"}
    elsewhere = any(each.key not in fields for each in told)
    shown = {
        "row": row,
        "trail": steps,
        "texts": texts,
        "faults": pages.faults(told),
        "mends_at": reverse("correct_issue", args=[row.pk]) if elsewhere else "",
        "problems": pages.shown_problems(tuple(each if each.key in fields else Problem(each.message) for each in told)),
    }
    return render(request, "office_books/edxml.html", shown, status=409 if problems else 200)
