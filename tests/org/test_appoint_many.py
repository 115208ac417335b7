"""Appointing many people at once."""

import pytest

from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.journal.queries import broken_link
from kheo.org.access import person, persons
from kheo.org.actions import Appointment, appoint_many
from kheo.org.queries import posts_held, posts_of
from kheo.people.models import User
from tests.world import FIRST_DAY, OPENING, World, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def appoint_two(world: World) -> list[User]:
    users = [User.objects.create_user(name, name.title()) for name in ("hien", "thuy")]
    roles = [Appointment(users[0].pk, world.units["G2"], Role.HEAD), Appointment(users[1].pk, world.units["G3"], Role.OFFICER)]
    appoint_many(roles, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return users


def test_everybody_holds_the_post_from_the_day_and_one_row_of_the_journal_says_who(world: World) -> None:
    before = JournalEntry.objects.count()
    users = appoint_two(world)
    assert [(post.unit, post.role) for user in users for post in posts_of(user.pk, FIRST_DAY)] == [
        (world.units["G2"], "head"),
        (world.units["G3"], "officer"),
    ]
    entry = JournalEntry.objects.latest("number")
    assert JournalEntry.objects.count() == before + 1
    assert entry.detail["posts"] == [[users[0].pk, world.units["G2"], "head"], [users[1].pk, world.units["G3"], "officer"]]
    assert broken_link() is None


def test_the_posts_of_all_are_the_posts_of_each(world: World) -> None:
    appoint_two(world)
    everybody = list(User.objects.all())
    held = posts_held(FIRST_DAY)
    assert {user.pk: held.get(user.pk, ()) for user in everybody} == {user.pk: posts_of(user.pk, FIRST_DAY) for user in everybody}
    assert persons(everybody, OPENING) == {user.username: person(user, OPENING) for user in everybody}
