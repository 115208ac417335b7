"""The form of an invitation, and the one page that shows its code."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from kheo.core.days import format_day, local_day
from kheo.core.holding import duties
from kheo.core.problems import Problem
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.org.access.people import Rights
from kheo.org.queries import names_around
from kheo.org.queries.holders import posts_with_people, spans_from
from kheo.reports.actions.inviting import LIFETIMES, LONGEST_NAME, USUAL, Invited
from kheo.web.people.forms import STAYS, Typed
from kheo.web.people.people_page import ORDER
from kheo.web.reach import PageRequest
from kheo.web.trails import from_home

MOST_TO_REPLACE = 30  # people of one role that are offered as handing over
FIELDS = {"role": "chuc-trach", "full_name": "ho-ten", "email": "thu", "starts_on": "tu-ngay", "replaces": "thay", "days": "han"}


def context(request: PageRequest, rights: Rights, typed: Typed, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """For `people/invite.html`: without a role, which there are and what each may do; with one, the form."""
    name = names_around([rights.unit], request.person.on)[rights.unit]
    offered = [role for role in ORDER if role in rights.gives]
    role = offered[0] if len(offered) == 1 else next((each for each in offered if each.value == typed.role), None)
    spans = [span.post for span in spans_from(rights.unit, request.person.on) if span.role is role]
    posts = posts_with_people(spans[:MOST_TO_REPLACE])
    held = [posts[number] for number in spans[:MOST_TO_REPLACE] if number in posts]
    boxes = (
        {"ho-ten", "tu-ngay", "han", *(["thay"] if held else []), *([] if settings.CHANNELS_OFF["email"] else ["thu"])}
        if role
        else {"chuc-trach"}
    )
    return {
        "name": name,
        "unit": rights.unit,
        "roles": [{"value": each.value, "name": ROLE_NAMES[each], "duties": duties(each)} for each in offered],
        "role": {"value": role.value, "name": ROLE_NAMES[role], "duties": duties(role)} if role else None,
        "held": [{"id": str(post.pk), "name": post.user.full_name, "chosen": typed.replaces == str(post.pk)} for post in held],
        "held_more": max(len(spans) - MOST_TO_REPLACE, 0),
        "stays": STAYS,
        "is_staying": typed.replaces == STAYS,
        "typed": typed,
        "lifetimes": [(days, typed.days == str(days) if typed.days else days == USUAL) for days in LIFETIMES],
        "longest": LONGEST_NAME,
        "mail_off": settings.CHANNELS_OFF["email"],
        "problems": [{"message": each.message, "anchor": FIELDS[each.key] if FIELDS[each.key] in boxes else ""} for each in problems],
        "faults": {FIELDS[each.key].replace("-", "_"): each.message for each in problems},
        "trail": from_home((f"Người của {name}", reverse("people", args=[rights.unit])), ("Mời", "")),
    }


def sent(request: PageRequest, done: Invited) -> dict[str, Any]:
    """For `people/invited.html`."""
    invitation = done.invitation
    name = names_around([invitation.unit_id], request.person.on)[invitation.unit_id]
    page = request.build_absolute_uri(reverse("accept_invitation"))
    link = f"{page}?ma={done.code}"
    role = ROLE_NAMES[Role(invitation.role)].lower()
    until = format_day(local_day(invitation.expires_at))
    words = f"Mời anh/chị {invitation.full_name} nhận nhiệm vụ {role} của {name} trên Khéo. Mở đường dẫn này (đến hết ngày {until}): {link}"
    return {
        "name": name,
        "person": invitation.full_name,
        "role": role,
        "code": done.code,
        "link": link,
        "page": page,
        "until": until,
        "message": words,
        "by_mail": bool(invitation.email) and not settings.CHANNELS_OFF["email"],
        "people_url": reverse("people", args=[invitation.unit_id]),
        "trail": from_home((f"Người của {name}", reverse("people", args=[invitation.unit_id])), ("Lời mời", "")),
    }
