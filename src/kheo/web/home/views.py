"""Việc của tôi."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kheo.core.workflow import Role
from kheo.reports.queries.tasks import own_tasks, review_tasks
from kheo.web.home.dispatch_rows import dispatch_rows
from kheo.web.home.ended_rows import ended_rows
from kheo.web.home.proposal_rows import proposal_rows
from kheo.web.home.rows import own_rows, reader_links, review_rows
from kheo.web.reach import PageRequest, signed_in


@signed_in
@require_safe
def home(request: PageRequest) -> HttpResponseBase:
    """Everything that awaits this person, the late ones first; and for those whom nothing awaits, why, and what they may look at."""
    person = request.person
    own = own_rows(own_tasks(person.units_as(Role.OFFICER, Role.HEAD), request.now), person)
    reviews = review_rows(review_tasks(person.units_as(Role.REVIEWER, Role.OFFICE), request.now))
    dispatches = dispatch_rows(person, request.now)
    rows = [*own, *reviews, *ended_rows(person), *dispatches, *proposal_rows(person, person.on)]
    context = {
        "todo": sorted((row for row in rows if row.is_open), key=lambda row: row.urgency),
        "waiting": [row for row in rows if not row.is_open and not row.is_done],
        "done": [row for row in rows if row.is_done],
        "may_send": bool(person.units_as(Role.OFFICER, Role.HEAD, Role.REVIEWER, Role.OFFICE)),
        "links": [] if rows else reader_links(person),
        "roles": frozenset(post.role for post in person.posts),
    }
    return render(request, "home/home.html", context)
