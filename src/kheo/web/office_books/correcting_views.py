"""An outgoing paper that was written down wrong: said right with a reason, under the same number."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kheo.core.problems import Problem
from kheo.directives.access import issue_to_write
from kheo.directives.actions import Brought, correct_issue
from kheo.directives.actions.issuing import sign_of
from kheo.directives.models import Directive, Issue
from kheo.directives.queries.papers import facts_of
from kheo.web.numbers import number_in
from kheo.web.office_books import forms, pages
from kheo.web.office_books.entry_views import brought, lost_file
from kheo.web.office_books.typed import PAPER_FIELDS, texts_of, typed
from kheo.web.office_books.uploads import Upload, hold, let_go, upload_in
from kheo.web.reach import PageRequest, signed_in

CORRECTED = ("symbol", *(key for key in PAPER_FIELDS if key != "full_number"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, issue: int) -> HttpResponseBase:
    """What the paper says, to be corrected; a POST writes it with the reason."""
    row = issue_to_write(request.person, issue)
    if row.directive is None or row.is_cancelled:
        return redirect("issue", issue)
    if request.method != "POST":
        kept = row.directive
        return _form(request, row, kept, {**texts_of(facts_of(kept)), "symbol": sign_of(row.number, kept.full_number)})
    sent = typed(request.POST, PAPER_FIELDS, ("symbol",))
    upload = upload_in(request)
    text, file, refusal = brought("", upload)
    problems, reason = (*sent.problems, *refusal, *lost_file(request)), request.POST.get("reason", "")
    if not problems:
        version, by, at = number_in(request.POST, "version"), request.person, request.now
        done = correct_issue(issue, sent.paper(), sent.texts["symbol"], Brought(text, file), reason=reason, version=version, by=by, at=at)
        if isinstance(done, Issue):
            let_go(request)
            messages.success(request, "Đã sửa. Chữ cũ còn trong Các lần ghi.")
            return redirect("issue", issue)
        problems = done.problems
    return _form(request, row, row.directive, sent.texts, problems, reason, hold(request, upload if file else None, text))


def _form(
    request: PageRequest,
    row: Issue,
    paper: Directive,
    texts: Any,
    problems: tuple[Problem, ...] = (),
    reason: str = "",
    upload: Upload | None = None,
) -> HttpResponse:
    faults, name = pages.faults(problems), pages.name_of(row.unit_id, request.person.on)
    steps = pages.trail(row.unit_id, name, "issues", paper.full_number, "Sửa")
    steps[2]["url"] = reverse("issue", args=[row.pk])
    shown = {
        "row": row,
        "paper": paper,
        "trail": steps,
        "fields": forms.fields(CORRECTED, texts, faults),
        "kinds": forms.KIND_NAMES,
        "problems": pages.shown_problems(problems),
        "file_fault": faults.get("tep", "") or faults.get("text", ""),
        "upload": upload,
        "reason": reason,
        "reason_fault": faults.get("reason", ""),
    }
    return render(request, "office_books/correct_issue.html", shown, status=409 if problems else 200)
