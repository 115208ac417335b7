"""What somebody may do, in words drawn from the tables, and how they wish to be reached."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from kheo.core.holding import duties
from kheo.core.numbers import format_int
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.org.access import Person
from kheo.org.access.gaps import ANSWERING
from kheo.org.models import Post
from kheo.org.queries import answered_by_teams
from kheo.org.queries.holders import posts_with_days
from kheo.people.actions import LONGEST_CONTACT
from kheo.people.models import User
from kheo.web.trails import from_home
from kheo.web.tree.unit_page import days_words


def context(person: Person, user: User, typed: str | None, problem: str) -> dict[str, Any]:
    """For `people/own.html`."""
    held = posts_with_days(user.pk, person.on)
    answered = answered_by_teams([post.unit_id for post, _ in held if Role(post.role) in ANSWERING], person.on)
    return {
        "posts": [
            {
                "role": ROLE_NAMES[Role(post.role)],
                "unit_name": name,
                "days": days_words(post.starts, post.ends),
                "is_to_come": post.starts > person.on,
                "duties": (*duties(Role(post.role)), *_of_team(post, answered)),
                "people_url": reverse("people", args=[post.unit_id]) if post.starts <= person.on else "",
                "leave_url": reverse("leave_post", args=[post.pk]),
            }
            for post, name in held
        ],
        "username": user.username,
        "contact": user.contact if typed is None else typed[:500],
        "problem": problem,
        "longest": LONGEST_CONTACT,
        "trail": from_home(("Tôi được làm gì", "")),
    }


def _of_team(post: Post, answered: Mapping[int, int]) -> tuple[str, ...]:
    """Said to the people of an area team beside what their role may do anywhere."""
    if Role(post.role) not in ANSWERING or post.unit_id not in answered:
        return ()
    count = format_int(answered[post.unit_id])
    return (
        f"Trả lời thay cho {count} phường, xã chưa có công đoàn: ghi ai theo dõi và ngày dự kiến có công đoàn (Nơi chưa có công đoàn).",
    )
