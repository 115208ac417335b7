"""What a paper is to others, both ways: the page, saying it, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kheo.campaigns.queries import campaign_by_code
from kheo.core.days import format_day
from kheo.core.paper_books.facts import LINK_ROLE_NAMES, LINKED_NAMES, LinkRole
from kheo.core.problems import Problem
from kheo.directives.access import (
    directive_to_link,
    directive_to_read,
    directive_to_tie,
    drafting_units,
    links_to_read,
    tie_to_take_back,
)
from kheo.directives.actions import Refused, link_papers, tie_paper, unlink_papers, untie_paper
from kheo.directives.models import Arrival, Directive, DirectiveLink
from kheo.directives.queries import page_of, papers_numbered
from kheo.directives.queries.endings import Replacement, ending_words
from kheo.org.access import Person, Unreachable
from kheo.reports.access.endings import replacements_to_act_on
from kheo.web.numbers import number_in
from kheo.web.office_books import pages, tying
from kheo.web.office_books.typed import Typed, typed
from kheo.web.reach import PageRequest, signed_in
from kheo.web.trails import from_home

TITLE = "Quan hệ giữa các văn bản"
FIRST = {"role": LinkRole.REPLACES.value}
FIELDS = ("role", "full_number", "from_day")
NOT_THERE = "Trong sổ của đơn vị không có văn bản số này. Ghi văn bản ấy vào sổ trước, rồi ghi quan hệ."


def links_told(person: Person, paper: Directive) -> list[dict[str, Any]]:
    """What a paper is to others and they to it, in words, as far as this person reads them; what may be taken back has its number."""
    ours, theirs = links_to_read(person, paper)
    told = [(link, f"{LINK_ROLE_NAMES[LinkRole(link.role)]} {_named(link.other)}") for link in ours]
    told += [(link, f"{LINKED_NAMES[LinkRole(link.role)]} {_named(link.directive)}") for link in theirs]
    return [{"pk": link.pk, "words": f"{words}{_from(link)}", "is_ours": link.directive_id == paper.pk} for link, words in told]


def _named(paper: Directive) -> str:
    day = f" ngày {format_day(paper.issued_on)}" if paper.issued_on else ""
    return f"{paper}{day}, {paper.issuer}"


def _from(link: DirectiveLink) -> str:
    return f", từ ngày {format_day(link.from_day)}" if link.from_day else ""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: PageRequest, directive: int) -> HttpResponseBase:
    """Everything that is recorded; a POST records one more."""
    paper = directive_to_read(request.person, directive)
    if request.method != "POST":
        return _page(request, paper, FIRST)
    directive_to_link(request.person, directive)
    sent = typed(request.POST, FIELDS)
    found = papers_numbered(paper.keeper_id, sent.texts["full_number"]) if sent.texts["full_number"] else []
    problems = _problems(sent, found)
    chosen = next((each for each in found if each.pk == number_in(request.POST, "other")), found[0] if len(found) == 1 else None)
    if problems or chosen is None:
        return _page(request, paper, sent.texts, problems, found)
    role, day = LinkRole(sent.texts["role"]), sent.day("from_day")
    done = link_papers(paper.pk, chosen.pk, role, from_day=day, by=request.person, at=request.now)
    if isinstance(done, Refused):
        told = tuple(Problem(each.message, key="full_number" if each.key == "other" else each.key) for each in done.problems)
        return _page(request, paper, sent.texts, told, found)
    messages.success(request, f"Đã ghi: {LINK_ROLE_NAMES[role].lower()} {chosen}. Hai văn bản đều cho thấy quan hệ này.")
    return redirect("paper_links", paper.pk)


def _problems(sent: Typed, found: list[Directive]) -> tuple[Problem, ...]:
    wrong = list(sent.problems)
    if sent.texts["role"] not in set(LinkRole):
        wrong.append(Problem("Chọn một quan hệ.", key="role"))
    if not sent.texts["full_number"]:
        wrong.append(Problem("Ghi số, ký hiệu của văn bản kia.", key="full_number"))
    elif not found:
        wrong.append(Problem(NOT_THERE, key="full_number"))
    return tuple(wrong)


def _page(
    request: PageRequest, paper: Directive, texts: Any, problems: tuple[Problem, ...] = (), found: list[Directive] | None = None
) -> HttpResponse:
    book = page_of(paper)
    is_readable = book is not None and book.unit_id in request.person.reading_units
    url = reverse("arrival" if isinstance(book, Arrival) else "issue", args=[book.pk]) if book and is_readable else ""
    choosing = found if found and len(found) > 1 else []
    shown = {
        "paper": paper,
        "named": _named(paper),
        "may_link": paper.keeper_id in drafting_units(request.person),
        "links": links_told(request.person, paper),
        "roles": [(role.value, name, role.value == texts.get("role")) for role, name in LINK_ROLE_NAMES.items()],
        "texts": texts,
        "choosing": [{"pk": each.pk, "words": f"{_named(each)}: {each.subject}"} for each in choosing],
        **tying.shown(request.person, paper),
        "endings": [_ending(each) for each in replacements_to_act_on(request.person, paper.pk)],
        "faults": pages.faults(problems),
        "problems": pages.shown_problems(problems),
        "book_url": url,
        "trail": from_home(("Sổ văn bản", reverse("office_books")), *([(str(paper), url)] if url else []), (TITLE, "")),
    }
    return render(request, "office_books/links.html", shown, status=409 if problems or choosing else 200)


def _at_box(problems: tuple[Problem, ...], box: str) -> tuple[Problem, ...]:
    """Problems with a reason at the box of its own row."""
    return tuple(Problem(each.message, key=box if each.key == "reason" else each.key) for each in problems)


def _ending(found: Replacement) -> dict[str, str]:
    """What the office may do about a campaign, or has done."""
    ended = f"{ending_words(found.ending)}." if found.ending else f"Phong trào vẫn đang thu báo cáo theo {found.link.other}."
    url = reverse("end_campaign", args=[found.campaign.pk, found.link.pk])
    return {"campaign": found.campaign.name, "words": ended, "url": url, "step": "Xem" if found.ending else "Xem trước việc kết thúc"}


@signed_in
@require_POST
def unlink(request: PageRequest, directive: int, link: int) -> HttpResponseBase:
    """Take one back, with a reason."""
    paper = directive_to_link(request.person, directive)
    if all(each.pk != link for each in links_to_read(request.person, paper)[0]):
        raise Unreachable
    done = unlink_papers(link, reason=request.POST.get("reason", ""), by=request.person, at=request.now)
    if isinstance(done, Refused):
        return _page(request, paper, FIRST, _at_box(done.problems, f"reason-{link}"))
    messages.success(request, "Đã rút lại quan hệ này.")
    return redirect("paper_links", paper.pk)


@signed_in
@require_POST
def tie(request: PageRequest, directive: int) -> HttpResponseBase:
    """The campaign office says which campaign carries the paper out."""
    paper = directive_to_tie(request.person, directive).directive
    chosen = campaign_by_code(request.POST.get("campaign", ""))
    if chosen is None:
        return _page(request, paper, FIRST, (Problem("Chọn một phong trào.", key="campaign"),))
    tie_paper(chosen.pk, paper.pk, by=request.person, at=request.now)
    messages.success(request, f"Đã ghi: phong trào “{chosen.name}” thực hiện văn bản này.")
    return redirect("paper_links", paper.pk)


@signed_in
@require_POST
def untie(request: PageRequest, directive: int, tie: int) -> HttpResponseBase:
    """Take it back, with a reason."""
    paper = directive_to_tie(request.person, directive).directive
    if tie_to_take_back(request.person, tie).directive_id != paper.pk:
        raise Unreachable
    done = untie_paper(tie, reason=request.POST.get("reason", ""), by=request.person, at=request.now)
    if isinstance(done, Refused):
        return _page(request, paper, FIRST, _at_box(done.problems, f"tie-{tie}"))
    messages.success(request, f"Đã gỡ phong trào “{done.campaign.name}” khỏi văn bản này.")
    return redirect("paper_links", paper.pk)
