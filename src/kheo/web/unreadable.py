"""The answer to what cannot be read as a request: too much of it, in no known code, from an unknown host."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def unreadable(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of 400, or of 413 where there was too much. The request is not asked again: reading it would fail again.

    (Django's own handler asks it for the token of its form, so that what cannot be read ends as a 500.)
    """
    is_too_big = isinstance(exception, TOO_BIG)
    return HttpResponse(render_to_string("400.html", {"is_too_big": is_too_big}), status=413 if is_too_big else 400)
