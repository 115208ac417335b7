"""Việc của tôi."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kheo.core.numbers import format_int
from kheo.core.workflow import REVIEWING, Role
from kheo.registers.access import keeps_books
from kheo.registers.queries.definitions import there_are_books
from kheo.reports.queries.tasks import own_tasks, review_tasks
from kheo.web.home.dispatch_rows import dispatch_rows
from kheo.web.home.ended_rows import ended_rows
from kheo.web.home.gap_rows import gap_rows
from kheo.web.home.passing_rows import passing_rows
from kheo.web.home.proposal_rows import proposal_rows
from kheo.web.home.register_rows import register_rows
from kheo.web.home.replacement_rows import replacement_rows
from kheo.web.home.rows import Entry, entries, own_entries, reader_links, review_rows
from kheo.web.reach import PageRequest, signed_in

PAGE = 30
DONE = 6


@signed_in
@require_safe
def home(request: PageRequest) -> HttpResponseBase:
    """All that awaits this person, the late first, a page at a time; for those whom nothing awaits, why, and what they may look at."""
    person = request.person
    own = own_entries(own_tasks(person.units_as(Role.OFFICER, Role.HEAD), request.now), person)
    reviews = review_rows(review_tasks(person.units_as(*REVIEWING), request.now))
    dispatches = dispatch_rows(person, request.now)
    request.keeps_books = there_are_books() and keeps_books(person)
    books = register_rows(person) if request.keeps_books else []
    further = [
        *passing_rows(person, request.now),
        *replacement_rows(person),
        *ended_rows(person),
        *gap_rows(person),
        *dispatches,
        *proposal_rows(person, person.on),
        *books,
    ]
    rest = entries([*reviews, *further])
    context = _paged([*own, *rest], request.GET.get("trang")) | {
        "may_send": bool(person.units_as(Role.OFFICER, Role.HEAD, *REVIEWING)),
        "links": [] if own or rest else reader_links(person),
        "roles": frozenset(post.role for post in person.posts),
    }
    return render(request, "home/home.html", context)


def _paged(found: Sequence[Entry], number: str | None) -> dict[str, Any]:
    """What is to be done, then what waits, in pages; what is done after the last of them."""
    todo = sorted((each for each in found if each.is_open), key=lambda each: each.urgency)
    waiting = [each for each in found if not each.is_open and not each.is_done]
    page = Paginator([*todo, *waiting], PAGE).get_page(number)
    shown = list(page.object_list)
    done = [each for each in found if each.is_done][:DONE]
    return {
        "count": format_int(len(todo)),
        "todo": [each.row() for each in shown if each.is_open],
        "waiting": [each.row() for each in shown if not each.is_open],
        "done": [] if page.has_next() else [each.row() for each in done],
        "is_idle": not todo,
        "page": page,
    }
