"""What goes out when something is wrong: one shape for every error, in Vietnamese, with the place (RFC 9457)."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Schema
from pydantic import ConfigDict

TYPE = "application/problem+json"
NOT_THERE = "Không có báo cáo, sổ, hồ sơ hay tệp như vậy, hoặc không thuộc phần việc của anh/chị."


class Strict(Schema):
    """What comes in: a field that is not known is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")


class Fault(Schema):
    """One thing that is wrong: `place` is a path in what was sent, or a cell (`C304`) or section (`section:II`) of the report."""

    place: str
    message: str


class ProblemOut(Schema):
    """Why nothing was done."""

    status: int
    title: str
    problems: list[Fault] = []
    changes: list[str] = []


def problem(status: int, title: str, problems: list[dict[str, str]] | None = None, changes: list[str] | None = None) -> JsonResponse:
    """The answer to a request that was not granted."""
    body: dict[str, Any] = {"status": status, "title": title, "problems": problems or [], "changes": changes or []}
    return JsonResponse(body, status=status, content_type=TYPE, json_dumps_params={"ensure_ascii": False})


def not_there(_request: HttpRequest, _fault: Any) -> JsonResponse:
    """The same bytes for what is not there and for what is somebody else's."""
    return problem(404, NOT_THERE)


BODY = ("body", "sent")  # where every endpoint has what came in: its own name for it is nobody's business

MESSAGES = {
    "missing": "thiếu",
    "extra_forbidden": "không có trường này",
    "json_invalid": "không phải JSON",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "string_type": "phải là chuỗi",
    "dict_type": "phải là đối tượng",
    "model_attributes_type": "phải là đối tượng",
    "greater_than_equal": "quá nhỏ",
    "less_than_equal": "quá lớn",
    "string_too_long": "quá dài",
}


def misshapen(errors: list[Any]) -> JsonResponse:
    """422: every place that is not of the agreed shape."""
    found = [{"place": _place(each["loc"]), "message": MESSAGES.get(each["type"], "không đúng mẫu")} for each in errors]
    return problem(422, "Nội dung gửi lên không đúng mẫu.", found)


def _place(loc: tuple[Any, ...]) -> str:
    """`cells.B02.after`; of the whole body its kind."""
    parts = loc[len(BODY) :] if loc[: len(BODY)] == BODY else loc[1:]
    return ".".join(str(part) for part in parts)
