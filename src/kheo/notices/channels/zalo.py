"""Zalo as a plug-in: a message by template through the official account (ZNS).

All that ever leaves is how many things there are to do (or that a number is to be confirmed) and a link:
no name of a unit, no figure. The API (Zalo for Developers, "Gửi tin
ZNS"): POST JSON with the header `access_token`; the answer's `error` is 0 when the message was taken over. A token lives 25 hours
and is renewed with a refresh token that works once.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException, HTTPResponse
from socket import gaierror
from ssl import SSLError
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from kheo.notices.channels.channel import Message, Outcome

SEND_URL = "https://business.openapi.zalo.me/message/template"
TOKEN_URL = "https://oauth.zaloapp.com/v4/oa/access_token"  # noqa: S105  # an address
HOSTS = frozenset({"business.openapi.zalo.me", "openapi.zalo.me", "oauth.zaloapp.com"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LONGEST_ANSWER = 64 * 1024
# Error numbers of the API: the token is no longer good.
TOKEN_REFUSED = frozenset({-124, -216})
QUOTA_USED = frozenset({-115, -144, -32})
_LATEST_RETRY = timedelta(hours=6)


@dataclass(frozen=True)
class ZaloService:
    """The account's settings. `hosts`: the only ones ever spoken to."""

    app_id: str
    secret: str = field(repr=False)
    template: str
    refresh_token: str = field(repr=False)
    send_url: str = SEND_URL
    token_url: str = TOKEN_URL
    hosts: frozenset[str] = HOSTS
    timeout: float = 10.0

    def is_allowed(self, url: str) -> bool:
        """Whether an address may be spoken to: a listed host, over TLS unless it is this machine."""
        parts = urlsplit(url)
        return parts.hostname in self.hosts and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


@dataclass(frozen=True)
class Tokens:
    """A new pair, and how long the first lives."""

    access: str
    refresh: str
    lives: timedelta


# Gives the token to use; told one that was refused, a newer one, or None where there is none to be had.
TokenKeeper = Callable[[str | None], str | None]


class ZaloChannel:
    """Sends one message at a time; no connection is kept."""

    def __init__(self, service: ZaloService, tokens: TokenKeeper) -> None:
        self._service, self._tokens = service, tokens

    def send(self, message: Message) -> Outcome:
        """One try; a refused token is renewed once."""
        token = self._tokens(None)
        for is_first in (True, False):
            if token is None:
                return Outcome("later", "Zalo không cấp khoá truy cập", is_down=True)
            outcome = self._try(message, token)
            if outcome is not None or not is_first:
                return outcome or Outcome("later", "Zalo không nhận khoá truy cập", is_down=True)
            token = self._tokens(token)
        raise AssertionError("the second round always answers")

    def _try(self, message: Message, token: str) -> Outcome | None:
        """What became of it, or None where the token was refused."""
        letter = message.letter
        data = {
            "phone": message.to,
            "template_id": self._service.template,
            "template_data": {"noi_dung": letter.gist, "duong_dan": letter.url},
            "tracking_id": message.reference,
        }
        request = Request(  # noqa: S310  # the address is checked in `exchange`
            self._service.send_url,
            json.dumps(data).encode(),
            {"Content-Type": "application/json", "access_token": token},
            method="POST",
        )
        answer = exchange(self._service, request)
        return answer if isinstance(answer, Outcome) else _outcome(answer)

    def close(self) -> None:
        """Nothing is kept open."""


def _outcome(answer: Mapping[str, Any]) -> Outcome | None:
    error = answer.get("error")
    if error == 0:
        return Outcome("sent")
    if error in TOKEN_REFUSED:
        return None
    if error in QUOTA_USED:
        return Outcome("later", "Zalo báo đã hết lượt gửi", _LATEST_RETRY, is_down=True)
    if isinstance(error, int):
        return Outcome("failed", f"Zalo không nhận tin (mã {error})")
    return Outcome("unclear", "Zalo trả lời không đọc được")


def renew(service: ZaloService, refresh_token: str) -> Tokens | None:
    """A new pair for a refresh token, which is used up by it; None where there is none to be had."""
    form = urlencode({"app_id": service.app_id, "grant_type": "refresh_token", "refresh_token": refresh_token}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "secret_key": service.secret}
    answer = exchange(service, Request(service.token_url, form, headers, method="POST"))  # noqa: S310
    if isinstance(answer, Outcome):
        return None
    access, refresh, lives = answer.get("access_token"), answer.get("refresh_token"), str(answer.get("expires_in", ""))
    if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh and lives.isascii() and lives.isdigit()):
        return None
    return Tokens(access, refresh, timedelta(seconds=min(int(lives), 90_000)))


def exchange(service: ZaloService, request: Request) -> Mapping[str, Any] | Outcome:
    """The JSON object that answers a request, or what became of it. Only to listed hosts, no redirect, no proxy, not for ever."""
    if not service.is_allowed(request.full_url):
        return Outcome("failed", "địa chỉ Zalo không nằm trong danh sách cho phép")
    ends = time.monotonic() + service.timeout
    try:
        with _opener().open(request, timeout=service.timeout) as answer:
            found = json.loads(_read(answer, ends))
    except HTTPError as refused:
        with refused:
            return _http_outcome(refused)
    except URLError as fault:
        # A name that is not found, a port that is closed, a false certificate: nothing was sent. Anything else may have been taken.
        is_sure = isinstance(fault.reason, (ConnectionRefusedError, gaierror, SSLError))
        return Outcome("later" if is_sure else "unclear", "không nối được Zalo", is_down=True)
    except (OSError, HTTPException):
        return Outcome("unclear", "mất kết nối với Zalo khi đang gửi", is_down=True)
    except ValueError:
        return Outcome("unclear", "Zalo trả lời không đọc được")
    return found if isinstance(found, dict) else Outcome("unclear", "Zalo trả lời không đọc được")


def _read(answer: HTTPResponse, ends: float) -> bytes:
    """All of a short answer; one that drips or never ends is given up."""
    parts: list[bytes] = []
    while part := answer.read1(8192):
        parts.append(part)
        if sum(map(len, parts)) > LONGEST_ANSWER:
            raise ValueError("too long")
        if time.monotonic() > ends:
            raise TimeoutError
    return b"".join(parts)


def _http_outcome(refused: HTTPError) -> Outcome:
    if refused.code in (429, 503):
        wait = refused.headers.get("Retry-After", "")
        after = timedelta(seconds=min(int(wait), 21_600)) if wait.isascii() and wait.isdigit() and len(wait) < 7 else None
        return Outcome("later", f"Zalo đang bận (mã {refused.code})", after, is_down=True)
    if refused.code >= 500 or refused.code < 400:  # a redirect is not followed: the token is for this address only
        return Outcome("unclear", f"Zalo trả lời lỗi (mã {refused.code})")
    return Outcome("failed", f"Zalo không nhận tin (mã {refused.code})")


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        return None


def _opener() -> OpenerDirector:
    return build_opener(ProxyHandler({}), _NoRedirect)
