"""Giving people posts, each with its days, and ending them by hand: a fact of its own beside what the events of a unit end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kheo.core.holding import Leaving
from kheo.core.reorganising import Act, Fact
from kheo.core.workflow import Role
from kheo.journal.actions import Actor, record
from kheo.org.actions.locking import BATCH, lock_tree
from kheo.org.models import Post, SpanChange
from kheo.org.queries.holders import overlapping
from kheo.org.queries.standing import enders_of, ends_of
from kheo.people.models import User


def _no_longer_than(until: date | None, end: date | None) -> date | None:
    return end if until is None else until if end is None else min(until, end)


class AlreadyHeld(ValueError):
    """Somebody holds the role at the unit already; `starts` since when."""

    def __init__(self, starts: date) -> None:
        super().__init__(f"held since {starts}")
        self.starts = starts


@transaction.atomic
def appoint(user: User, unit: int, role: Role, *, on: date, by: Actor, at: datetime, until: date | None = None) -> Post:
    """Give somebody a role at a unit from a day; a post never outlives its unit, whose end may be recorded already.

    Raises `AlreadyHeld` where they hold it on one of these days: whoever asks on behalf of people asks `overlapping` before.
    """
    lock_tree()
    ends = _no_longer_than(until, ends_of([unit], on).get(unit))
    held = overlapping(user.pk, unit, role, on, ends)
    if held:
        raise AlreadyHeld(held[0].starts)
    post = Post.objects.create(user=user, unit_id=unit, role=role, starts=on, ends=ends, ends_by_hand=until)
    _end_with_units([post])
    record("appoint", by=by, at=at, object_type="post", object_id=post.pk, unit_id=unit, user=user.pk, role=role, on=on.isoformat())
    return post


@dataclass(frozen=True)
class Appointment:
    """Who gets which role where."""

    user_id: int
    unit: int
    role: Role


@transaction.atomic
def appoint_many(appointments: Sequence[Appointment], *, on: date, by: Actor, at: datetime) -> None:
    """Give many people a role from the same day, told in one row of the journal; none outlives its unit."""
    lock_tree()
    ends = ends_of({each.unit for each in appointments}, on)
    posts = [Post(user_id=each.user_id, unit_id=each.unit, role=each.role, starts=on, ends=ends.get(each.unit)) for each in appointments]
    _end_with_units(Post.objects.bulk_create(posts, batch_size=BATCH))
    listed = [[each.user_id, each.unit, each.role] for each in appointments]
    record("appoint_many", by=by, at=at, object_type="posts", object_id=0, on=on.isoformat(), posts=listed)


def _end_with_units(posts: Collection[Post]) -> None:
    """What a recorded event ends before anybody held it joins what that event ended: taking it back lets the posts go on."""
    cut = [post for post in posts if post.ends is not None and post.ends != post.ends_by_hand]
    enders = enders_of({post.unit_id: post.ends for post in cut if post.ends})
    SpanChange.objects.bulk_create(
        [
            SpanChange(event_id=enders[post.unit_id], act=Act.ENDED, fact=Fact.POST, row=post.pk, ends_before=post.ends_by_hand)
            for post in cut
            if post.unit_id in enders
        ],
        batch_size=BATCH,
    )


@transaction.atomic
def end_post(post: Post, *, on: date, reason: Leaving, note: str, by: Actor, at: datetime) -> bool:
    """Somebody leaves a post from a day on: whatever they hold in this role at this unit then, or would hold again by an event taken back.

    False, and nothing is done, where they have left by that day already. A leaving is never taken back: the post is given again.
    """
    lock_tree()
    rows = list(Post.objects.filter(user=post.user_id, unit=post.unit_id, role=post.role).order_by("starts", "pk"))
    leaving = [row for row in rows if row.ends_by_hand is None or row.ends_by_hand > max(on, row.starts)]
    if not any(row.ends is None or row.ends > max(on, row.starts) or _ends_with_unit(row) for row in leaving):
        return False
    for row in leaving:
        row.ends_by_hand = max(on, row.starts)
        row.ends = _no_longer_than(row.ends_by_hand, row.ends)
    Post.objects.bulk_update(leaving, ["ends_by_hand", "ends"])
    told = {"user": post.user_id, "role": post.role, "on": on.isoformat(), "reason": reason.value, "note": note}
    record("end_post", by=by, at=at, object_type="post", object_id=post.pk, unit_id=post.unit_id, **told)
    return True


def _ends_with_unit(row: Post) -> bool:
    """Whether an event ended it, which may yet be taken back."""
    return row.ends is not None and row.ends != row.ends_by_hand
