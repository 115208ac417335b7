"""The API itself: who asks, how often, and what is answered to faults."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from kheo.api import counted, reports, workbooks
from kheo.api.answers import misshapen, not_there, problem
from kheo.api.registers import beside, books, entries, whole, writing
from kheo.org.access import Person, Unreachable, person
from kheo.people.actions import use_token
from kheo.people.queries import account


class TooOften(Exception):
    """A token that asks more than it may in a minute."""

    def __init__(self, wait: int) -> None:
        super().__init__("too many requests")
        self.wait = wait


class TokenAuth(HttpBearer):
    """`Authorization: Bearer kheo_…`. A session is no way in here, and a token is none into the pages."""

    openapi_description = "Mã truy cập, tạo ở trang “Mã truy cập”."

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """The holder, with the posts of today."""
        now = request.now  # type: ignore[attr-defined]  # set by the clock middleware
        asked = use_token(token, now)
        if asked is None:
            return None
        if asked.wait:
            raise TooOften(asked.wait)
        return person(account(asked.user_id), now)


api = NinjaAPI(
    title="Khéo",
    version="1",
    description="Báo cáo của đơn vị: đọc, nhập, gửi tệp Excel, ký nộp; các sổ: đọc, ghi, làm thao tác. Hướng dẫn: docs/api.md.",
    urls_namespace="api",
    auth=TokenAuth(),
    docs_url=None,
    openapi_url="/openapi.json",
)
api.add_router("", reports.router)
api.add_router("", workbooks.router)
for router in dict.fromkeys(each.router for each in (counted, books, entries, whole, writing, beside)):
    api.add_router("", router)
api.add_exception_handler(Unreachable, not_there)
api.add_exception_handler(Http404, not_there)


@api.exception_handler(AuthenticationError)
def _unknown(_request: HttpRequest, _fault: Any) -> HttpResponse:
    answer = problem(401, "Mã truy cập không đúng, đã hết hạn hoặc đã thu hồi.")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(TooOften)
def _too_often(_request: HttpRequest, fault: Any) -> HttpResponse:
    answer = problem(429, "Hỏi quá nhiều lần trong một phút. Hãy chờ rồi thử lại.")
    answer["Retry-After"] = str(fault.wait)
    return answer


@api.exception_handler(ValidationError)
def _misshapen(_request: HttpRequest, fault: Any) -> HttpResponse:
    return misshapen(fault.errors)


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, fault: Any) -> HttpResponse:
    return problem(fault.status_code, "Nội dung gửi lên không đọc được.")


@api.exception_handler(RequestDataTooBig)
def _too_big(_request: HttpRequest, _fault: Any) -> HttpResponse:
    return problem(413, "Nội dung gửi lên quá lớn.")


api.add_exception_handler(TooManyFieldsSent, _too_big)
api.add_exception_handler(TooManyFilesSent, _too_big)
