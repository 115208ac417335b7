"""Taking up a post: a name that is proposed will do, whoever is to leave may stay, and no post stands beside the same."""

from datetime import timedelta

import pytest

from kheo.core.days import local_day
from kheo.core.holding import Leaving
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import AlreadyHeld, appoint
from kheo.org.models import Post
from kheo.people.actions import new_account
from kheo.people.models import User
from kheo.people.queries import free_username
from kheo.reports.actions.inviting import Accepted, Invited, NotAccepted, Wish, accept_as, invite
from kheo.reports.actions.leaving import leave_post
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.mark.parametrize("name", ["Vũ", "Ý", "…", "Vũ Thị Ký", "x" * 200])
def test_a_user_name_that_is_proposed_is_one_that_the_form_takes(world: World, name: str) -> None:
    for _ in range(3):
        made = new_account(free_username(name), name[:120], "con trâu qua sông", "")
        assert isinstance(made, User), made
        User.objects.filter(pk=made.pk).update(username=made.username.upper())  # as the operator may have written it


def test_who_is_to_leave_and_is_asked_to_stay_goes_on_from_the_day_on_which_they_would_have_left(world: World) -> None:
    today = local_day(later())
    post = Post.objects.get(user=world.users["hoa"])
    assert leave_post(post.pk, on=today + timedelta(days=9), reason=Leaving.MOVED, note="", by=world.person("binh"), at=later()) == ()
    done = invite(world.units["G1"], Wish(role=Role.HEAD, full_name="Hoa"), by=world.person("binh"), at=later())
    assert isinstance(done, Invited)
    taken = accept_as(world.users["hoa"], done.code, at=later(minutes=1))
    assert isinstance(taken, Accepted), taken
    assert (taken.post.starts, taken.post.ends) == (today + timedelta(days=9), None)


def test_a_second_post_beside_the_same_is_refused_before_the_database_does(world: World) -> None:
    with pytest.raises(AlreadyHeld, match="held since 2020-01-01"):
        appoint(world.users["hoa"], world.units["G1"], Role.HEAD, on=local_day(later()), by=SYSTEM, at=later())
    far = local_day(later()) + timedelta(days=99)
    appoint(world.users["an"], world.units["G1"], Role.HEAD, on=far, by=SYSTEM, at=later())
    with pytest.raises(AlreadyHeld):
        appoint(world.users["an"], world.units["G1"], Role.HEAD, on=local_day(later()), by=SYSTEM, at=later())
    until = local_day(later()) + timedelta(days=9)
    appoint(world.users["an"], world.units["G1"], Role.HEAD, on=local_day(later()), until=until, by=SYSTEM, at=later())
    done = invite(world.units["G1"], Wish(role=Role.HEAD, full_name="An"), by=world.person("binh"), at=later())
    assert isinstance(done, Invited)
    refused = accept_as(world.users["an"], done.code, at=later(minutes=1))  # not before those nine days, nor over the later post
    assert isinstance(refused, NotAccepted)
    assert "Anh/chị đã giữ chức trách này ở đơn vị từ ngày" in refused.problems[0].message
