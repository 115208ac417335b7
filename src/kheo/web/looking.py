"""One look at the tree for each page that is only read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kheo.org.queries import one_look


class OneLookMiddleware:
    """Whoever reads a page reads the tree of one moment: what it is asked twice is asked of the database once (`org.queries.kept`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with one_look():
            return self.get_response(request)
