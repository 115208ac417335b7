"""What the pages about a forgotten password show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from kheo.core.days import format_instant
from kheo.core.holding import answering_for
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.org.access.people import out_of_hand
from kheo.org.models import Post
from kheo.org.queries import names_around
from kheo.people.actions.resetting import ResetMade
from kheo.people.models import User
from kheo.people.queries import live_tokens
from kheo.reports.actions.passwords import elsewhere
from kheo.web.people.people_page import ORDER
from kheo.web.reach import PageRequest
from kheo.web.trails import from_home

REVOKE = "thu-hoi-ma"


def forgotten(*, by_mail: bool, is_sent: bool) -> dict[str, Any]:
    """For `people/forgot_password.html`: whom each role asks, drawn from the table of who lets whom in."""
    return {
        "asks": [{"role": ROLE_NAMES[role], "whom": answering_for(role)} for role in ORDER],
        "by_mail": by_mail,
        "is_sent": is_sent and by_mail,
    }


def asked(request: PageRequest, post: Post) -> dict[str, Any]:
    """For `people/reset.html`."""
    name = names_around([post.unit_id], request.person.on)[post.unit_id]
    beyond = out_of_hand(request.person, post.user_id)
    return {
        "who": post.user.full_name,
        "role": ROLE_NAMES[Role(post.role)].lower(),
        "name": name,
        "refusal": elsewhere(beyond).message if beyond else "",
        "people_url": reverse("people", args=[post.unit_id]),
        "trail": from_home((f"Người của {name}", reverse("people", args=[post.unit_id])), ("Đặt lại mật khẩu", "")),
    }


def made(request: PageRequest, post: Post, done: ResetMade) -> dict[str, Any]:
    """For `people/reset_made.html`."""
    page = request.build_absolute_uri(reverse("set_password"))
    link, until = f"{page}?ma={done.code}", format_instant(done.reset.expires_at)
    words = f"Anh/chị {post.user.full_name} đặt mật khẩu Khéo mới ở đường dẫn này (đến {until}, dùng một lần): {link}"
    return asked(request, post) | {
        "username": post.user.username,
        "page": page,
        "code": done.code,
        "until": until,
        "message": words,
    }


def setting(user: User, at: datetime, faults: Sequence[ValidationError], *, keeps: bool) -> dict[str, Any]:
    """For `people/set_password.html`."""
    return {"who": user.full_name, "username": user.username, "faults": faults, "tokens": live_tokens(user, at), "revokes": not keeps}
