"""The first of a view's three moves: who asks, and one answer for everything that is not theirs or not there."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from kheo.campaigns.models import Cycle
from kheo.org.access import Person, Unreachable, person
from kheo.people.models import User


class PageRequest(HttpRequest):
    """A request that has passed `signed_in`: it knows the instant (from the clock middleware) and the person."""

    user: User  # login_required has narrowed it
    now: datetime
    person: Person
    # Set by views that know it, so that the page frame does not ask again.
    cycle: Cycle
    unit: int  # of the cycle's tree
    keeps_books: bool


class Visit(HttpRequest):
    """A request of anybody, signed in or not."""

    now: datetime


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only for people who are signed in; what `access` says is unreachable is answered with the one 404 page."""

    @login_required
    @wraps(view)
    def reached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = cast(PageRequest, request)
        page.person = person(page.user, page.now)
        try:
            return view(page, *args, **kwargs)
        except Unreachable:
            raise Http404 from None

    return reached
