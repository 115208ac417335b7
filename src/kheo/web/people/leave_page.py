"""What is open at a post, and the form that ends it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from kheo.core.days import format_day
from kheo.core.holding import LEAVING_NAMES, Leaving
from kheo.core.problems import Problem
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.org.access import Person
from kheo.org.access.people import lapsing, rights_at
from kheo.org.models import Post
from kheo.org.queries import names_around
from kheo.org.queries.holders import following, others_holding
from kheo.reports.actions.leaving import LONGEST_NOTE, is_last
from kheo.reports.queries.leaving import Open, open_at
from kheo.web.people.forms import Leave
from kheo.web.people.people_page import invite_url
from kheo.web.trails import from_home

MOST_NAMED = 10
FIELDS = {"on": "ngay", "reason": "ly-do", "note": "can-cu"}


def context(person: Person, post: Post, typed: Leave, at: datetime, problems: Sequence[Problem]) -> dict[str, Any]:
    """For `people/leave.html`."""
    on = max(typed.on, person.on)
    role, name = Role(post.role), names_around([post.unit_id], person.on)[post.unit_id]
    found = [_row(each) for each in [*_sent(post, on, at), *open_at(post, on, at)]]
    others = [each.user.full_name for each in others_holding(post, on)]
    heirs = [] if others else following(post, on)
    gives = rights_at(person, post.unit_id).gives
    return {
        "post": post.pk,
        "who": post.user.full_name,
        "is_self": post.user_id == person.user_id,
        "role": ROLE_NAMES[role].lower(),
        "unit_name": name,
        "open": found,
        "needs": any(row["is_lost"] for row in found),
        "others": others[:MOST_NAMED],
        "others_more": max(len(others) - MOST_NAMED, 0),
        "is_gap": not others,
        "heir": {"name": heirs[0].user.full_name, "day": format_day(heirs[0].starts)} if heirs else None,
        "is_last": is_last(post, on),
        "invite_url": invite_url(post.unit_id, role) if role in gives else "",
        "day": format_day(on),
        "is_today": on == person.on,
        "typed_day": typed.text if problems and typed.text else format_day(on),
        "reasons": [(reason.value, LEAVING_NAMES[reason], typed.reason == reason.value) for reason in Leaving],
        "note": typed.note,
        "longest": LONGEST_NOTE,
        "problems": [{"message": each.message, "anchor": FIELDS[each.key]} for each in problems],
        "trail": from_home((f"Người của {name}", reverse("people", args=[post.unit_id])), ("Thôi chức trách", "")),
    }


def _sent(post: Post, on: date, at: datetime) -> list[Open]:
    words = "hết hiệu lực từ ngày thôi; người kế nhiệm gửi lại được"
    return [Open("lời mời đã gửi, chưa ai nhận", count, words)] if (count := len(lapsing(post, on, at))) else []


def _row(each: Open) -> dict[str, Any]:
    return {
        "what": each.what,
        "count": each.count,
        "becomes": each.becomes,
        "goes_to": ", ".join(each.goes_to),
        "is_lost": each.needs_somebody and not each.goes_to,
    }


def done_words(post: Post, on: date) -> str:
    """What the next page says."""
    return f"{post.user.full_name} thôi chức trách {ROLE_NAMES[Role(post.role)].lower()} từ ngày {format_day(on)}."
