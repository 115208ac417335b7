"""Whether the public pages are there, how often something may come from one address and in all, and the codes that are shown once."""

import ipaddress
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import RateLimitUsage, consume, get_ip
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from kheo.core.spoken_codes import spoken_code
from kheo.registers.queries.definitions import Book, book, books
from kheo.web.reach import Visit

LOG = logging.getLogger(__name__)
APP = "kheo.public"
# By address, where many people share one (a telephone network, a ward's free network); by the block of which somebody who has IPv6 can take
# any address; by the unit that receives it, so that who floods one shuts out nobody elsewhere; in all only what the machine can carry.
RATES = {
    "file": "20/h/key,60/d/key",
    "file-block": "60/h/key,180/d/key",
    "file-unit": "200/h/key,1000/d/key",
    "file-all": "2000/h/key",
    "try": "120/h/key",
    "say": "20/h/key",
    "code": "20/m/key,100/h/key",
    "search": "60/m/key",
    "look": "240/m/key",
}
KEPT = "Lời anh/chị viết vẫn còn ở đây: hãy đợi rồi bấm gửi lần nữa"
TOO_MANY = (
    "Từ mạng này vừa có nhiều lượt gửi (mỗi giờ nhận tối đa 20 lượt, mỗi ngày 60 lượt; nhiều người có thể đang dùng chung mạng này). "
    f"{KEPT}, hoặc dùng mạng khác"
)
TOO_MANY_TO_ONE = f"Nơi nhận này đang có quá nhiều lượt gửi qua biểu mẫu. {KEPT}"
TOO_MANY_IN_ALL = f"Khéo đang nhận quá nhiều lượt gửi. {KEPT}"
BLOCK = 48  # bits that an IPv6 customer is given at most: whoever has one has 65,536 networks of 64 in it
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
    return consume(request, app=APP, action=what, config=RATES, key=_whence(request), limit_get=True, dry_run=dry_run) is not None


@dataclass
class Turn:
    """A sending that is counted, unless it is given back because nothing was taken."""

    why_not: str = ""
    _used: tuple[RateLimitUsage, ...] = ()

    def give_back(self) -> None:
        """Nothing was taken in."""
        for each in self._used:
            each.rollback()


def take_turn(request: Visit, receiver: int) -> Turn:
    """A turn to send something to a unit, or why there is none now, in Vietnamese: half a sentence that another way can follow."""
    turn = Turn()
    for what, key, why_not in (
        ("file", _whence(request), TOO_MANY),
        ("file-block", _block(request), TOO_MANY),
        ("file-unit", f"unit {receiver}", TOO_MANY_TO_ONE),
        ("file-all", "all", TOO_MANY_IN_ALL),
    ):
        if key is None:
            continue
        used = consume(request, app=APP, action=what, config=RATES, key=key)
        if used is None:
            turn.give_back()
            LOG.warning("public form: %s is used up (unit %s)", what, receiver)  # never whose address it was
            return Turn(why_not)
        turn = Turn("", (*turn._used, used))
    return turn


def _whence(request: Visit) -> str:
    """One address (of IPv6 one network of 64 bits), as only this installation could tell it again: the cache holds no address."""
    return _unsaid(get_ip(request))


def _block(request: Visit) -> str | None:
    """The network that somebody with IPv6 was given, of which every address counts as one; None for IPv4."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    return _unsaid(str(ipaddress.ip_network((address, BLOCK), strict=False))) if address.version == 6 else None


def _unsaid(address: str) -> str:
    return salted_hmac(f"{_SALT}.whence", address, algorithm="sha256").hexdigest()


def new_ticket() -> str:
    """What a form carries: the same words sent twice with it are the same sending, and lead to the same code."""
    return signing.dumps(secrets.token_hex(16), salt=_SALT)


def code_of(ticket: str, content: str) -> str:
    """The code that a form's ticket and what was sent with it lead to: of eighty bits, for nobody but who has both and the installation's
    secret. Other words under the same ticket lead elsewhere, so nobody is shown the code of what somebody else sent before them."""
    return spoken_code(salted_hmac(_SALT, f"{_nonce(ticket)} {content}", algorithm="sha256").digest())


def is_ticket(ticket: str) -> bool:
    """Whether a form was given out with it, no longer than a day ago."""
    return _nonce(ticket) is not None


def use_up(ticket: str) -> None:
    """Something was taken in with it. Remembered in the cache for as long as the ticket is good; forgotten there, nothing is lost: what
    comes with it then is an entry of its own."""
    cache.set(_used_key(ticket), True, OPEN_FOR)


def is_used_up(ticket: str) -> bool:
    """Whether something was taken in with it."""
    return cache.get(_used_key(ticket)) is not None


def _used_key(ticket: str) -> str:
    return f"{APP}:used:{salted_hmac(_SALT + '.used', str(_nonce(ticket)), algorithm='sha256').hexdigest()}"


def _nonce(ticket: str) -> str | None:
    try:
        return str(signing.loads(ticket, salt=_SALT, max_age=OPEN_FOR))
    except signing.BadSignature:
        return None
