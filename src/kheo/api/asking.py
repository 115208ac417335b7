"""What every endpoint knows of its request."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest

from kheo.org.access import Person


def holder(request: HttpRequest) -> Person:
    """Whoever the token belongs to."""
    return cast(Person, request.auth)  # type: ignore[attr-defined]  # set by ninja


def instant(request: HttpRequest) -> datetime:
    """The request's one instant."""
    return cast(datetime, request.now)  # type: ignore[attr-defined]  # set by the clock middleware
