"""What somebody who was invited is shown."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from kheo.core.days import format_day, local_day
from kheo.core.holding import duties
from kheo.core.text import fold
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.org.models import Invitation
from kheo.org.queries import names_around
from kheo.people.actions import LONGEST_CONTACT
from kheo.people.queries import LONGEST_USERNAME, free_username
from kheo.reports.actions.inviting import NotAccepted
from kheo.web.reach import Visit

FIELDS = {"username": "ten", "contact": "lien-he"}


def accept_context(request: Visit, found: Invitation, refused: NotAccepted | None) -> dict[str, Any]:
    """For `people/accept.html`."""
    user, on = request.user, local_day(request.now)
    starts = found.starts_on if found.starts_on and found.starts_on > on else None
    problems = refused.problems if refused else ()
    me = user.full_name if user.is_authenticated else ""
    return {
        "person": found.full_name,
        "unit_name": names_around([found.unit_id], on)[found.unit_id],
        "role": ROLE_NAMES[Role(found.role)],
        "duties": duties(Role(found.role)),
        "sender": found.sender,
        "starts": format_day(starts) if starts else "",
        "replaces": found.replaces.user.full_name if found.replaces else "",
        "until": format_day(local_day(found.expires_at)),
        "me": me,
        "is_other_name": bool(me) and fold(me) != fold(found.full_name),
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}",
        "username": request.POST.get("ten", "")[:LONGEST_USERNAME] if refused else free_username(found.full_name),
        "contact": request.POST.get("lien-he", "")[:500],
        "longest_contact": LONGEST_CONTACT,
        "problems": [{"message": each.message, "anchor": FIELDS.get(each.key, "")} for each in problems],
        "faults": {FIELDS[each.key].replace("-", "_"): each.message for each in problems if each.key in FIELDS},
        "password_faults": refused.password if refused else (),
    }
