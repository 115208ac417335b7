"""What a demo shows on every page: that it is one and what day it is there; on the sign-in page, who may be played."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kheo.config import clock
from kheo.demo.queries import logins


def demo_frame(request: HttpRequest) -> dict[str, Any]:
    """`demo_clock` in a demo; `demo_logins` and `demo_password` where somebody is about to sign in. Empty outside a demo."""
    if not clock.is_demo():
        return {}
    frame: dict[str, Any] = {"demo_clock": getattr(request, "now", None) or clock.now()}
    if request.path == reverse("account_login"):
        cast = logins()
        frame["demo_logins"] = [
            {"username": one.username, "role": one.role, "words": f"{one.full_name}: {one.what_to_try}"} for one in cast
        ]
        frame["demo_password"] = cast[0].password if cast else ""
    return frame
