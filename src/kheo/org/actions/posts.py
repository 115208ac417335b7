"""Giving people posts, each with its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kheo.core.workflow import Role
from kheo.journal.actions import Actor, record
from kheo.org.actions.locking import BATCH, lock_tree
from kheo.org.models import Post
from kheo.org.queries.standing import ends_of
from kheo.people.models import User


def _no_longer_than(until: date | None, end: date | None) -> date | None:
    return end if until is None else until if end is None else min(until, end)


@transaction.atomic
def appoint(user: User, unit: int, role: Role, *, on: date, by: Actor, at: datetime, until: date | None = None) -> Post:
    """Give somebody a role at a unit from a day; a post never outlives its unit, whose end may be recorded already."""
    lock_tree()
    until = _no_longer_than(until, ends_of([unit]).get(unit))
    post = Post.objects.create(user=user, unit_id=unit, role=role, starts=on, ends=until)
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
    ends = ends_of({each.unit for each in appointments})
    posts = [Post(user_id=each.user_id, unit_id=each.unit, role=each.role, starts=on, ends=ends.get(each.unit)) for each in appointments]
    Post.objects.bulk_create(posts, batch_size=BATCH)
    listed = [[each.user_id, each.unit, each.role] for each in appointments]
    record("appoint_many", by=by, at=at, object_type="posts", object_id=0, on=on.isoformat(), posts=listed)
