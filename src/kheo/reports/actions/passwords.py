"""A superior hands somebody who forgot their password a code for a new one (decision 023)."""

from datetime import datetime

from django.db import transaction

from kheo.core.days import format_instant
from kheo.core.problems import Problem
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.notices.actions.inviting import tell_one
from kheo.org.access import Person
from kheo.org.access.people import acting_for, out_of_hand, post_to_reset
from kheo.org.actions.locking import lock_tree
from kheo.people.actions.resetting import ResetMade, make_reset


@transaction.atomic
def reset_password(post_id: int, *, by: Person, at: datetime) -> ResetMade | Problem:
    """The code, or why there is none. Only for people of whom nothing is out of the hands of whoever makes it: a code opens all of it."""
    lock_tree()
    post = post_to_reset(by, post_id)
    beyond = out_of_hand(by, post.user_id)
    if beyond:
        return elsewhere(beyond)
    actor = by.actor(acting_for(by, post.unit_id, Role(post.role)))
    made = make_reset(post.user, by=actor, at=at)
    words = f"{actor.name} ({actor.post}) cấp mã đặt mật khẩu mới cho anh/chị lúc {format_instant(at)}."
    words += " Nếu anh/chị không nhờ, hãy báo ngay cho người ấy và cho cấp trên."
    tell_one(post.user_id, kind="password_reset", key=f"password_reset:{made.reset.pk}", text=words, page="own_posts", args=[], at=at)
    return made


def elsewhere(beyond: list[tuple[str, str]]) -> Problem:
    """Said of posts, each a role and the name of its unit, that somebody holds beyond the reach of whoever asks."""
    held = ", ".join(f"{ROLE_NAMES[Role(role)].lower()} ({unit})" for role, unit in beyond[:5])
    told = f"Người này còn giữ chức trách mà anh/chị không cho thôi được: {held}. Mật khẩu mới mở cả những việc ấy, nên hãy nhờ người"
    return Problem(f"{told} vận hành máy chủ (lệnh kheo people reset).")
