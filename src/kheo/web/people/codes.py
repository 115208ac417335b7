"""Pages that a secret in the address opens: guessing is slowed down, and nothing on the way keeps the address."""

from allauth.core.internal.ratelimit import consume
from django.http import HttpResponse

from kheo.web.reach import Visit

# Codes that open nothing, by address: whoever guesses is slowed down, and nobody is who has a true one.
WRONG = {"code": "20/m/ip,100/h/ip"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def may_try(request: Visit, *, dry_run: bool = False) -> bool:
    """Whether another code that opens nothing may come from there; it is counted unless it is only asked."""
    return consume(request, app="kheo.people", action="code", config=WRONG, limit_get=True, dry_run=dry_run) is not None


def private(answer: HttpResponse) -> HttpResponse:
    """The address itself is the secret: nothing on the way keeps it. No other host is told where one came from (`same-origin`, on every
    page): with less than that, browsers would not say either from where the form is sent, and Django would refuse it."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
