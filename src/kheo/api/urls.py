"""Addresses of the API. Whatever is asked of one, also of one that is none, is answered in the API's one shape."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from kheo.api.answers import problem
from kheo.api.room import api


def in_one_shape(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The library tells a method that an address does not take in plain English."""

    @wraps(view)
    def answered(*args: Any, **options: Any) -> HttpResponseBase:
        answer = view(*args, **options)
        if answer.status_code != 405:
            return answer
        told = problem(405, f"Địa chỉ này chỉ nhận {answer['Allow']}.")
        told["Allow"] = answer["Allow"]
        return told

    return answered


@csrf_exempt
def no_such_address(_request: HttpRequest) -> HttpResponseBase:
    """For programs as for people: no page of HTML."""
    return problem(404, "API không có địa chỉ này. Các địa chỉ: /api/v1/openapi.json.")


addresses = api.urls
for each in addresses[0]:
    if each.callback:
        each.callback = in_one_shape(each.callback)

urlpatterns = [path("v1/", addresses), re_path("", no_such_address)]
