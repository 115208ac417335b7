"""Somebody leaves a post: from a day on, with a reason; rights end with it, what belongs to the unit stays."""

from datetime import date, datetime, timedelta

from django.db import transaction

from kheo.core.days import format_day, local_day
from kheo.core.holding import LEAVING_NAMES, NEVER_THE_LAST, Leaving
from kheo.core.problems import Problem
from kheo.core.text import written
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.journal.actions import Actor
from kheo.notices.actions.inviting import tell_one
from kheo.org.access import Person
from kheo.org.access.people import acting_for, post_to_end
from kheo.org.actions import end_post
from kheo.org.actions.locking import lock_tree
from kheo.org.models import Post
from kheo.org.queries import names_around
from kheo.org.queries.holders import others_holding

LONGEST_NOTE = 200
FURTHEST = timedelta(days=366)
LAST = "Đây là người cuối cùng giữ chức trách này ở đơn vị. Hãy mời người thay trước; khi người ấy nhận, chức trách được bàn giao."


@transaction.atomic
def leave_post(post_id: int, *, on: date, reason: Leaving, note: str, by: Person, at: datetime) -> tuple[Problem, ...]:
    """End a post from a day on: today at the earliest, and then at once. Gives everything that is wrong, else nothing."""
    lock_tree()
    post = post_to_end(by, post_id)
    unit = post.unit_id if post.user_id == by.user_id else acting_for(by, post.unit_id, Role(post.role))
    return end_as_operator(post, on=on, reason=reason, note=note, even_last=False, actor=by.actor(unit), at=at)


@transaction.atomic
def end_as_operator(
    post: Post, *, on: date, reason: Leaving, note: str, even_last: bool, actor: Actor, at: datetime
) -> tuple[Problem, ...]:
    """The same without asking whether one may: from the command line, where also the last of a unit may be ended, if that is said."""
    lock_tree()
    problems = leaving_problems(post, on, note, today=local_day(at))
    if not even_last and is_last(post, on):
        problems = (*problems, Problem(LAST, key="on"))
    if not problems:
        _end(post, on=on, reason=reason, note=note, actor=actor, at=at)
    return problems


def leaving_problems(post: Post, on: date, note: str, *, today: date) -> tuple[Problem, ...]:
    """What is wrong with this day and these words."""
    found: list[Problem] = []
    if not today <= on <= today + FURTHEST:
        found.append(Problem("Ngày thôi phải từ hôm nay và trong vòng một năm: việc đã làm trước đó giữ nguyên.", key="on"))
    elif post.ends_by_hand is not None and post.ends_by_hand <= on:
        found.append(Problem(f"Đã ghi thôi từ ngày {format_day(post.ends_by_hand)}; chỉ đổi được sang ngày sớm hơn.", key="on"))
    if len(note) > LONGEST_NOTE:
        found.append(Problem(f"Căn cứ dài quá {LONGEST_NOTE} ký tự.", key="note"))
    return tuple(found)


def is_last(post: Post, on: date) -> bool:
    """Whether nobody else would hold, from that day on and without an end of their own, what a unit must never be without."""
    if Role(post.role) not in NEVER_THE_LAST:
        return False
    return all(other.ends_by_hand is not None for other in others_holding(post, on))


def _end(post: Post, *, on: date, reason: Leaving, note: str, actor: Actor, at: datetime) -> None:
    """End it and tell its holder."""
    end_post(post, on=on, reason=reason, note=" ".join(written(note).split()), by=actor, at=at)
    if post.user_id != actor.user_id:
        unit = names_around([post.unit_id], local_day(at)).get(post.unit_id, "")
        role = ROLE_NAMES[Role(post.role)].lower()
        words = f"Anh/chị thôi chức trách {role} của {unit} từ ngày {format_day(on)} ({LEAVING_NAMES[reason]})."
        tell_one(post.user_id, kind="left_post", key=f"left_post:{post.pk}:{on}", text=words, page="own_posts", args=[], at=at)
