"""What the page "Người của đơn vị" shows, as far as its reader may know and do."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from kheo.core.days import format_day, local_day
from kheo.core.holding import SUPERIORS, Empty, duties, first_empty
from kheo.core.workflow import ROLE_NAMES, Act, Role, acts_of
from kheo.org.access import Person
from kheo.org.access.people import Rights, standing_at
from kheo.org.models import Invitation, Post
from kheo.org.queries import names_around
from kheo.org.queries.holders import HeldSpan, posts_with_people, spans_from, superior_of, unheaded_below
from kheo.org.queries.inviting import waiting_at
from kheo.web.trails import from_home
from kheo.web.tree.unit_page import days_words

PER_PAGE = 50
ORDER = (Role.HEAD, Role.OFFICER, Role.REVIEWER, Role.OFFICE, Role.AUDITOR, Role.KEEPER)


def context(person: Person, rights: Rights, at: datetime, *, page: int, people_page: int) -> dict[str, Any]:
    """For `people/people.html`: a page of its people, and a page of the units below without a head."""
    held = [span for span in spans_from(rights.unit, person.on) if rights.sees(span.role)]
    shown = Paginator(sorted(held, key=lambda span: ORDER.index(span.role)), PER_PAGE).get_page(people_page)
    posts = posts_with_people([span.post for span in shown])
    found = [posts[span.post] for span in shown if span.post in posts]
    name = names_around([rights.unit], person.on)[rights.unit]
    roles = [role for role in ORDER if role in rights.gives]
    return {
        "unit": rights.unit,
        "name": name,
        "groups": [_group(role, [post for post in found if post.role == role], person, rights) for role in ORDER],
        "people": shown,
        "below_query": f"nguoi={shown.number}&" if shown.number > 1 else "",
        "people_query": f"trang={page}&" if page > 1 else "",
        "missing": _missing(held, person, rights),
        "may_invite": [{"role": ROLE_NAMES[role].lower(), "url": invite_url(rights.unit, role)} for role in roles],
        "waiting": _all_waiting(rights, at),
        "duties": [{"role": ROLE_NAMES[role], "words": duties(role)} for role in ORDER if any(span.role is role for span in held)],
        "trail": from_home((f"Người của {name}", "")),
        **_below(person, rights.unit, at, page),
    }


def invite_url(unit: int, role: Role) -> str:
    return f"{reverse('invite', args=[unit])}?chuc-trach={role.value}"


def _group(role: Role, held: Sequence[Post], person: Person, rights: Rights) -> dict[str, Any]:
    rows = [
        {
            "name": post.user.full_name,
            "contact": post.user.contact,
            "days": days_words(post.starts, post.ends),
            "is_to_come": post.starts > person.on,
            "end_url": reverse("leave_post", args=[post.pk]) if role in rights.ends or post.user_id == person.user_id else "",
            "reset_url": reverse("hand_over_code", args=[post.pk]) if _may_reset(role, post, person, rights) else "",
            "is_self": post.user_id == person.user_id,
        }
        for post in held
    ]
    return {"role": ROLE_NAMES[role], "rows": rows}


def _may_reset(role: Role, post: Post, person: Person, rights: Rights) -> bool:
    return role in rights.ends and post.user_id != person.user_id and post.user.is_active


def _missing(held: Sequence[HeldSpan], person: Person, rights: Rights) -> list[dict[str, str]]:
    """Named gaps: nobody signs, nobody fills in; now, or from the day on which the last of them leaves."""
    if not rights.sees_all:
        return []
    superior = superior_of(rights.unit, person.on)
    above = names_around([superior], person.on).get(superior, "") if superior else ""
    found = []
    for act, words in ((Act.SUBMIT, "ký nộp báo cáo"), (Act.SAVE, "nhập báo cáo")):
        empty = first_empty([(span.starts, span.ends) for span in held if act in acts_of(span.role)], person.on)
        if empty is not None:
            found.append({"words": _empty_words(empty, person.on, words), "above": above})
    return found


def _empty_words(empty: Empty, on: date, act: str) -> str:
    """`Từ ngày 06/04/2023 chưa có ai ký nộp báo cáo cho đến ngày 20/04/2023.`"""
    until = f" cho đến ngày {format_day(empty.ends)}" if empty.ends else ""
    told = f"chưa có ai {act}{until}."
    return told.capitalize() if empty.starts == on else f"Từ ngày {format_day(empty.starts)} {told}"


def _all_waiting(rights: Rights, at: datetime) -> list[dict[str, Any]]:
    rows = [each for each in waiting_at(rights.unit) if each.role in rights.gives]
    standing = standing_at(rights.unit, rows, at)
    return [_waiting(each, at, stands=each.pk in standing) for each in rows]


def _waiting(invitation: Invitation, at: datetime, *, stands: bool) -> dict[str, Any]:
    is_over = invitation.expires_at <= at
    lost = not is_over and not stands
    return {
        "id": invitation.pk,
        "name": invitation.full_name,
        "role": ROLE_NAMES[Role(invitation.role)],
        "sender": invitation.sender,
        "sent": format_day(local_day(invitation.sent_at)),
        "until": format_day(local_day(invitation.expires_at)),
        "starts": format_day(invitation.starts_on) if invitation.starts_on else "",
        "replaces": invitation.replaces.user.full_name if invitation.replaces else "",
        "mailed_to": invitation.email,
        "state": "overdue" if is_over or lost else "submitted",
        "words": "Đã hết hạn" if is_over else "Người mời không còn quyền mời" if lost else "Chờ nhận",
    }


def _below(person: Person, unit: int, at: datetime, page: int) -> dict[str, Any]:
    """Units below without a head, for those who let heads in."""
    if not person.roles_at(unit) & SUPERIORS:
        return {}
    found, count = unheaded_below(unit, person.on, at, skip=(page - 1) * PER_PAGE, most=PER_PAGE)
    rows = [
        {
            "name": each.name,
            "url": reverse("people", args=[each.unit]),
            "invite_url": invite_url(each.unit, Role.HEAD),
            "words": _gap_words(each.soon, each.has_officer),
            "is_invited": each.is_invited,
        }
        for each in found
    ]
    return {"below": rows, "below_count": count, "below_page": Paginator(range(count), PER_PAGE).get_page(page)}


def _gap_words(soon: bool, has_officer: bool) -> str:
    if soon:
        return "Thủ trưởng sắp thôi, chưa có người thay"
    return "Chưa có thủ trưởng" if has_officer else "Chưa có ai"
