"""Outgoing papers: entering, one of them, what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.core.paper_books.facts import GENERAL_BOOK, IssueFacts
from kheo.core.problems import Problem
from kheo.directives.access import book_to_read, book_to_write, drafting_units, issue_to_read, issue_to_write
from kheo.directives.actions import Brought, Issued, Refused, cancel_issue, note_sending, register_issue, reserve_issue
from kheo.directives.models import Issue
from kheo.directives.queries.numbers import numbers_of_book
from kheo.directives.queries.recipients import has_units_below
from kheo.web.campaign_papers import campaigns_from
from kheo.web.numbers import number_in
from kheo.web.office_books import forms, pages
from kheo.web.office_books.entry_views import brought, lost_file
from kheo.web.office_books.history import writings_told
from kheo.web.office_books.link_views import links_told
from kheo.web.office_books.prefilled import ABOVE, BELOW, recipients_of_tree, texts_before, with_recipients
from kheo.web.office_books.reserved import reserved_in
from kheo.web.office_books.typed import ISSUE_FIELDS, PAPER_FIELDS, texts_of, typed
from kheo.web.office_books.uploads import Upload, hold, let_go, upload_in
from kheo.web.reach import PageRequest, signed_in

OWN_PAPER = tuple(key for key in PAPER_FIELDS if key not in ("full_number", "superior", "language"))
NUMBERING = ("symbol", "book")
WHOM = {BELOW: "đơn vị trực thuộc", ABOVE: "cấp trên"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: PageRequest, unit: int) -> HttpResponseBase:
    """The form; a POST takes the number and writes. `giu`: an issue whose number was reserved; `dien`: recipients to be filled in."""
    book_to_write(request.person, unit)
    reserved = reserved_in(request, unit, issue_to_write)
    if request.method != "POST":
        texts = texts_before(unit, pages.name_of(unit, request.person.on), request.person.on)
        return _form(request, unit, texts | ({"book": reserved.book} if reserved else {}), reserved=reserved)
    sent = typed(request.POST, PAPER_FIELDS, ISSUE_FIELDS, NUMBERING)
    upload = upload_in(request)
    text, file, refusal = brought(request.POST.get("text", ""), upload)
    if (whom := request.POST.get("dien", "")) and not refusal:
        texts = with_recipients(sent.texts, recipients_of_tree(unit, request.person.on).get(whom, []))
        return _form(request, unit, texts, (), reserved, hold(request, upload if file else None, text))
    problems = (*sent.problems, *refusal, *lost_file(request))
    if not problems:
        done = register_issue(
            unit,
            sent.paper(),
            sent.texts["symbol"],
            sent.issue(),
            Brought(text, file),
            book=sent.texts["book"],
            reserved=reserved.pk if reserved else None,
            by=request.person,
            at=request.now,
        )
        if isinstance(done, Issued):
            let_go(request)
            messages.success(request, f"Đã vào sổ: {done.issue.directive}.")
            return redirect("issue", done.issue.pk)
        problems = done.problems
    return _form(request, unit, sent.texts, problems, reserved, hold(request, upload if file else None, text))


def _form(
    request: PageRequest,
    unit: int,
    texts: Any,
    problems: tuple[Problem, ...] = (),
    reserved: Issue | None = None,
    upload: Upload | None = None,
) -> HttpResponse:
    faults, name = pages.faults(problems), pages.name_of(unit, request.person.on)
    shown = {
        "unit": unit,
        "name": name,
        "trail": pages.trail(unit, name, "issues", "Lấy số, ghi văn bản đi"),
        "numbering": forms.fields(NUMBERING, texts, faults),
        "books": pages.books_to_choose(unit),
        "paper_fields": forms.fields(OWN_PAPER, texts, faults),
        "issue_fields": forms.fields(ISSUE_FIELDS, texts, faults),
        "of_tree": [(key, WHOM[key], len(names), names[0]) for key, names in recipients_of_tree(unit, request.person.on).items()],
        "kinds": forms.KIND_NAMES,
        "file_fault": faults.get("tep", "") or faults.get("text", ""),
        "upload": upload,
        "problems": pages.shown_problems(problems),
        "reserved": reserved,
        "numbers": numbers_of_book(unit, texts["book"] or GENERAL_BOOK, request.person.on.year),
        "year": request.person.on.year,
    }
    return render(request, "office_books/enter_issue.html", shown, status=409 if problems else 200)


@signed_in
@require_POST
def reserve(request: PageRequest, unit: int) -> HttpResponseBase:
    """Keep the next number of a book."""
    book = request.POST.get("book", "") or GENERAL_BOOK
    done = reserve_issue(unit, purpose=request.POST.get("purpose", ""), book=book, by=request.person, at=request.now)
    if isinstance(done, Refused):
        messages.error(request, f"Chưa giữ số. {done.message}")
    else:
        messages.success(request, f"Đã giữ số {done.number}, sổ {done.book}, năm {done.year}.")
    return redirect("issues", unit)


@signed_in
@require_safe
def show(request: PageRequest, issue: int) -> HttpResponse:
    """The page."""
    return _show(request, issue_to_read(request.person, issue))


def _show(
    request: PageRequest, row: Issue, problems: tuple[Problem, ...] = (), texts: Any = None, cancelling: str | None = None
) -> HttpResponse:
    """`cancelling`: the reason as typed, where striking the number was refused."""
    book = book_to_read(request.person, row.unit_id)
    name = pages.name_of(row.unit_id, request.person.on)
    facts = IssueFacts(tuple(row.recipients), row.kept_by, row.copies, row.sent_on, row.received_by, row.note)
    shown = {
        "row": row,
        "line": pages.issue_row(row),
        "name": name,
        "trail": pages.trail(row.unit_id, name, "issues", f"Số {row.number}"),
        "may_write": book.may_write,
        "may_pass_down": book.may_write
        and row.directive is not None
        and not row.is_cancelled
        and has_units_below(row.unit_id, request.person.on),
        "fields": forms.fields(ISSUE_FIELDS, texts or texts_of(facts), pages.faults(problems)),
        "cancels": cancelling is not None,
        "reason": cancelling or "",
        "faults": pages.faults(problems),
        "problems": pages.shown_problems(problems),
        "campaigns": campaigns_from(row.directive, request.person) if row.directive else [],
        "draft_from": row.directive_id if not row.is_cancelled and row.unit_id in drafting_units(request.person) else None,
        "links": links_told(request.person, row.directive) if row.directive else [],
        "writings": writings_told(row),
    }
    return render(request, "office_books/issue.html", shown, status=409 if problems else 200)


@signed_in
@require_POST
def sending(request: PageRequest, issue: int) -> HttpResponseBase:
    """What became of it."""
    row = issue_to_write(request.person, issue)
    sent = typed(request.POST, ISSUE_FIELDS)
    if sent.problems:
        return _show(request, row, sent.problems, sent.texts)
    done = note_sending(issue, sent.issue(), version=number_in(request.POST, "version"), by=request.person, at=request.now)
    return _answered(request, row, done, "Đã ghi việc gửi đi.", sent.texts)


@signed_in
@require_POST
def cancel(request: PageRequest, issue: int) -> HttpResponseBase:
    """Strike the number, with a reason."""
    row = issue_to_read(request.person, issue)
    version, reason = number_in(request.POST, "version"), request.POST.get("reason", "")
    done = cancel_issue(issue, reason=reason, version=version, by=request.person, at=request.now)
    return _answered(request, row, done, "Đã huỷ số. Số vẫn nằm trong sổ và không dùng lại.", cancelling=reason)


def _answered(
    request: PageRequest, row: Issue, outcome: Issue | Refused, words: str, texts: Any = None, cancelling: str | None = None
) -> HttpResponseBase:
    if isinstance(outcome, Refused):
        return _show(request, row, outcome.problems, texts, cancelling)
    messages.success(request, words)
    return redirect("issue", row.pk)
