"""Whether the public pages are there, how often something may come from one address and in all, and the codes that are shown once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast

from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from kheo.core.spoken_codes import spoken_code
from kheo.registers.queries.definitions import Book, book, books
from kheo.web.reach import Visit

APP = "kheo.public"
# By address, where many people share one (a telephone network, a ward's free network), and in all. Tries: reading a photograph costs.
RATES = {
    "file": "20/h/ip,60/d/ip",
    "file-all": "300/h/key,2000/d/key",
    "try": "60/h/ip",
    "say": "20/h/ip",
    "code": "20/m/ip,100/h/ip",
    "search": "60/m/ip",
}
TOO_MANY = (
    "Từ mạng này vừa có nhiều lượt gửi (mỗi giờ nhận tối đa 20 lượt, mỗi ngày 60 lượt). "
    "Hãy đợi rồi bấm gửi lần nữa; lời anh/chị viết vẫn còn ở đây."
)
TOO_MANY_IN_ALL = "Khéo đang nhận quá nhiều lượt gửi. Hãy đợi một lúc rồi bấm gửi lần nữa; lời anh/chị viết vẫn còn ở đây."
OPEN_FOR = 24 * 3600  # seconds in which a form that was opened can be sent
_SALT = "kheo.public.form"


def open_to_public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The page is there for everybody where the installation says so and some register takes something from the public; else nowhere."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.PUBLIC_FORM:
            raise Http404
        return view(cast(Visit, request), *args, **kwargs)

    return opened


def public_books() -> list[Book]:
    """The registers that take something from the public today."""
    return [each for each in books() if _is_public(each)]


def public_book(code: str) -> Book:
    """One of them. Raises Http404."""
    found = book(code)
    if found is None or not _is_public(found):
        raise Http404
    return found


def _is_public(found: Book) -> bool:
    return found.definition.from_public is not None and not found.definition.walled


def may(request: Visit, what: str, *, dry_run: bool = False) -> bool:
    """Whether this may be done (again) from there; it is counted unless it is only asked. Counts live in the cache, a day at most."""
    return consume(request, app=APP, action=what, config=RATES, key="all", limit_get=True, dry_run=dry_run) is not None


@dataclass
class Turn:
    """A sending that is counted, unless it is given back because nothing was taken."""

    why_not: str = ""
    _used: tuple[RateLimitUsage, ...] = ()

    def give_back(self) -> None:
        """Nothing was taken in."""
        for each in self._used:
            each.rollback()


def take_turn(request: Visit) -> Turn:
    """A turn to send something, or why there is none now, in Vietnamese."""
    if not may(request, "try"):
        return Turn(TOO_MANY)
    mine = consume(request, app=APP, action="file", config=RATES, key="all")
    if mine is None:
        return Turn(TOO_MANY)
    whole = consume(request, app=APP, action="file-all", config=RATES, key="all")
    if whole is None:
        mine.rollback()
        return Turn(TOO_MANY_IN_ALL)
    return Turn("", (mine, whole))


def new_ticket() -> str:
    """What a form carries: sent twice, it is the same sending, and leads to the same code."""
    return signing.dumps(secrets.token_hex(16), salt=_SALT)


def code_of(ticket: str) -> str | None:
    """The code that a form's ticket leads to: of eighty bits, for nobody but who has the ticket and the installation's secret.

    None for a ticket that is none, or older than a day.
    """
    try:
        nonce = signing.loads(ticket, salt=_SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    return spoken_code(salted_hmac(_SALT, nonce, algorithm="sha256").digest())
