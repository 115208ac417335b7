"""An answer to HEAD is the head of the answer to GET, and no more."""

from collections.abc import Callable

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase


class HeadMiddleware:
    """Before everything else, so that what anything below answers is taken off.

    A body that nobody reads would be read as the next answer on the same connection: that of somebody else, behind a proxy. Servers of
    WSGI leave this to the application.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = iter(())
            else:
                setattr(response, "content", b"")  # noqa: B010  # whatever is not streamed has it
        return response
