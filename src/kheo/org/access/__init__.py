"""Who somebody is today: the posts that decide what they reach. Not yours and not there look alike (`Unreachable`, answered with 404)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from kheo.core.days import local_day
from kheo.core.holding import READERS as READERS
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.journal.actions import Actor
from kheo.org.queries import PostHeld, posts_held, posts_of
from kheo.people.models import User


class Unreachable(LookupError):
    """There is no such thing for this person."""


@dataclass(frozen=True)
class Person:
    """Somebody signed in, with the posts held today."""

    user_id: int
    name: str
    posts: tuple[PostHeld, ...]
    on: date

    def roles_at(self, unit: int) -> frozenset[Role]:
        """Roles held at exactly this unit."""
        return frozenset(Role(post.role) for post in self.posts if post.unit == unit)

    @cached_property
    def reading_units(self) -> frozenset[int]:
        """Units whose subtrees this person reads."""
        return frozenset(post.unit for post in self.posts if post.role in READERS)

    def units_as(self, *roles: Role) -> frozenset[int]:
        """Units at which one of these roles is held."""
        return frozenset(post.unit for post in self.posts if post.role in roles)

    def actor(self, unit: int) -> Actor:
        """How the journal remembers an act done for this unit."""
        held = [post for post in self.posts if post.unit == unit]
        words = ", ".join(sorted(ROLE_NAMES[Role(post.role)] for post in held))
        return Actor(self.user_id, self.name, f"{words}, {held[0].unit_name}"[:200] if held else "")


def person(user: User, at: datetime) -> Person:
    """The person with the posts of the day; asked afresh for every request."""
    day = local_day(at)
    return Person(user.pk, user.full_name, posts_of(user.pk, day), day)


def persons_by_id(users: Iterable[User], at: datetime) -> dict[int, Person]:
    """The same for some people, by the number of their account: one query."""
    day = local_day(at)
    asked = {user.pk: user for user in users}
    held = posts_held(day, asked)
    return {number: Person(number, user.full_name, held.get(number, ()), day) for number, user in asked.items()}


def persons(users: Iterable[User], at: datetime) -> dict[str, Person]:
    """The same for many people at once, by user name: one query."""
    day = local_day(at)
    held = posts_held(day)
    return {user.username: Person(user.pk, user.full_name, held.get(user.pk, ()), day) for user in users}
