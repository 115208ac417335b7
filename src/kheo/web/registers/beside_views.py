"""Lines and links of an entry: written, verified, taken back."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kheo.core.numbers import CellProblem, parse_cell
from kheo.core.registers.beside import BesideAct, unlinks, why_not, writes
from kheo.core.registers.models import ActDef, LineDef, LinkDef
from kheo.core.registers.values import FieldProblem
from kheo.org.access import Unreachable
from kheo.registers.access import ReachedEntry, entry_to_read
from kheo.registers.actions import (
    Line,
    Refused,
    drop_link,
    lines_amended,
    lines_frozen,
    link_entries,
    verify_link,
    write_line,
    writes_lines,
)
from kheo.registers.queries.definitions import book
from kheo.registers.queries.showing import title_shown
from kheo.registers.queries.stories import lines_of, link_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.act_views import read_day
from kheo.web.registers.answering import answered, no_more
from kheo.web.registers.entry_page import trail_to
from kheo.web.registers.writing_views import anchored


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_line(request: PageRequest, entry: int, kind: str) -> HttpResponseBase:
    """A new line of a kind."""
    reached = entry_to_read(request.person, entry)
    wanted = reached.book.definition.by_line.get(kind)
    if wanted is None or not writes_lines(wanted, reached):
        raise Unreachable
    if request.method != "POST":
        frozen = lines_frozen(wanted, reached)
        return no_more(request, entry, frozen) if frozen else _line_form(request, reached, wanted, "", ())
    line, problems = read_line(request, wanted)
    outcome = write_line(entry, line, by=request.person, at=request.now, unread=problems)
    if isinstance(outcome, Refused):
        return _line_form(request, reached, wanted, outcome.message, outcome.problems)
    messages.success(request, f"Đã ghi một dòng “{wanted.name}”.")
    return redirect("add_line", entry, kind) if "tiep" in request.POST else redirect("entry", entry)


def read_line(request: PageRequest, kind: LineDef) -> tuple[Line, list[FieldProblem]]:
    """The line that a form gave, and what of it is no number or day."""
    sent = request.POST
    on, wrong = read_day(sent.get("on", ""))
    problems, numbers = list(wrong), dict[str, int | None]()
    for key, label in (("quantity", kind.quantity), ("amount_vnd", kind.amount)):
        read = parse_cell(sent.get(key, ""), 0) if label and sent.get(key, "").strip() else None
        if isinstance(read, CellProblem):
            problems.append(FieldProblem(key, f"{read.message} {read.expected}"))
        numbers[key] = read if isinstance(read, int) else None
    line = Line(
        kind.code,
        on or request.person.on,
        kind=sent.get("kind", ""),
        source=sent.get("source", ""),
        quantity=numbers["quantity"],
        amount_vnd=numbers["amount_vnd"],
        text=sent.get("text", "") if kind.text else "",
        reason=sent.get("reason", ""),
    )
    return line, problems


def _line_form(
    request: PageRequest, reached: ReachedEntry, kind: LineDef, refusal: str, problems: tuple[FieldProblem, ...]
) -> HttpResponse:
    options, correction = reached.book.options, lines_amended(kind, reached)
    return render(request, "registers/line.html", {
        "entry": reached.entry,
        "title": title_shown(reached.book.definition, reached.entry, reached.sees_personal),
        "kind": kind,
        "correction": correction,
        "kinds": tuple(options.offered_in(kind.kinds or "").items()),
        "sources": tuple(options.offered_in(kind.sources or "").items()),
        "sent": request.POST,
        "said": {each.key: each.message for each in problems},
        "refusal": refusal,
        "problems": anchored(problems, _asked_of_line(kind, correction)),
        "trail": trail_to(reached, reached.entry.code, kind.name),
    }, status=409 if refusal else 200)  # fmt: skip


def _asked_of_line(kind: LineDef, correction: ActDef | None) -> set[str]:
    """The keys of everything that the form of such a line asks; under a correction also why."""
    columns = (
        ("kind", kind.kinds),
        ("source", kind.sources),
        ("text", kind.text),
        ("quantity", kind.quantity),
        ("amount_vnd", kind.amount),
        ("reason", correction),
    )
    return {"on", *(key for key, is_asked in columns if is_asked)}


@signed_in
@require_POST
def take_line_back(request: PageRequest, entry: int, line: int) -> HttpResponseBase:
    """A line is no more from now on; `seen`: as it was shown."""
    reached = entry_to_read(request.person, entry)
    kept = next((each for each in lines_of(reached.entry) if each.number == line), None)
    kind = reached.book.definition.by_line.get(kept.line) if kept is not None else None
    if kept is None or kind is None or not writes_lines(kind, reached):
        raise Unreachable
    reason = request.POST.get("reason", "")
    gone = Line(kept.line, kept.on, number=line, gone=True, seen=_instant(request.POST.get("seen", "")), reason=reason)
    return answered(request, entry, write_line(entry, gone, by=request.person, at=request.now), "Đã bỏ dòng; diễn biến vẫn giữ lại.")


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_link(request: PageRequest, entry: int, kind: str) -> HttpResponseBase:
    """A link to the entry of a code."""
    reached = entry_to_read(request.person, entry)
    wanted = reached.book.definition.by_link.get(kind)
    if wanted is None or not writes(reached.book.definition, wanted, reached.stance):
        raise Unreachable
    if request.method != "POST":
        frozen = why_not(reached.book.definition, BesideAct.LINK, reached.entry.state, wanted)
        return no_more(request, entry, frozen) if frozen else _link_form(request, reached, wanted, ())
    on, problems = read_day(request.POST.get("on", ""))
    day: date = on or request.person.on
    code = request.POST.get("code", "")
    outcome = Refused("", problems) if problems else link_entries(entry, kind, code, on=day, by=request.person, at=request.now)
    if isinstance(outcome, Refused):
        return _link_form(request, reached, wanted, outcome.problems or (FieldProblem("code", outcome.message),))
    messages.success(request, f"Đã ghi liên kết “{wanted.name}”." + (" Người khác sẽ xác minh." if wanted.verified_by else ""))
    return redirect("entry", entry)


def _link_form(request: PageRequest, reached: ReachedEntry, kind: LinkDef, problems: tuple[FieldProblem, ...]) -> HttpResponse:
    return render(request, "registers/link.html", {
        "entry": reached.entry,
        "title": title_shown(reached.book.definition, reached.entry, reached.sees_personal),
        "kind": kind,
        "there": book(kind.to),
        "sent": request.POST,
        "said": {each.key: each.message for each in problems},
        "problems": anchored(problems, ("code", "on")),
        "trail": trail_to(reached, reached.entry.code, kind.name),
    }, status=409 if problems else 200)  # fmt: skip


@signed_in
@require_POST
def verify(request: PageRequest, entry: int, link: int) -> HttpResponseBase:
    """Somebody who may has seen that a link is so."""
    _own(request, entry, link)
    return answered(request, entry, verify_link(link, by=request.person, at=request.now), "Đã xác minh liên kết.")


@signed_in
@require_POST
def drop(request: PageRequest, entry: int, link: int) -> HttpResponseBase:
    """A link is no more from now on; why, where it counted."""
    _own(request, entry, link)
    outcome = drop_link(link, reason=request.POST.get("reason", ""), by=request.person, at=request.now)
    return answered(request, entry, outcome, "Đã bỏ liên kết; diễn biến vẫn giữ lại.")


def _own(request: PageRequest, entry: int, link: int) -> None:
    """A link of this very entry."""
    reached = entry_to_read(request.person, entry)
    found = link_in(reached.entry, link)
    kind = reached.book.definition.by_link.get(found.link) if found is not None else None
    if kind is None or not unlinks(reached.book.definition, kind, reached.stance):
        raise Unreachable
