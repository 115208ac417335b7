"""A post is handed over on the day on which the next one begins; units left without a head are named."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from kheo.core.holding import Leaving
from kheo.core.problems import Problem
from kheo.core.reorganising import Closed
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.notices.models import Notice
from kheo.org.actions import appoint, record_events
from kheo.org.models import Post
from kheo.org.queries import posts_of
from kheo.org.queries.holders import unheaded_below
from kheo.reports.actions.inviting import Wish, invite
from tests.reports.test_invite import TODAY, accepted, sent
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def test_a_hand_over_ends_the_old_post_on_the_day_on_which_the_new_one_begins(world: World) -> None:
    day = TODAY + timedelta(days=20)
    old = Post.objects.get(user=world.users["hoa"])
    done = accepted(sent(world, "binh", "G1", starts_on=day, replaces=old.pk).code)
    before = day - timedelta(days=1)
    assert [len(posts_of(world.users["hoa"].pk, each)) for each in (before, day)] == [1, 0]
    assert [len(posts_of(done.user.pk, each)) for each in (before, day)] == [0, 1]
    ended = JournalEntry.objects.filter(act="end_post").get().detail
    assert (ended["on"], ended["reason"]) == (day.isoformat(), Leaving.HANDED_OVER)
    assert "nhận bàn giao" in Notice.objects.get(person=world.users["hoa"]).text


def test_a_hand_over_accepted_late_moves_with_the_acceptance_and_leaves_no_gap(world: World) -> None:
    old = Post.objects.get(user=world.users["hoa"])
    code = sent(world, "binh", "G1", starts_on=TODAY + timedelta(days=2), replaces=old.pk).code
    accepted(code, at=later(days=5))
    old.refresh_from_db()
    assert (old.ends, old.ends_by_hand) == (TODAY + timedelta(days=5), TODAY + timedelta(days=5))


def test_without_a_hand_over_both_hold_the_post(world: World) -> None:
    accepted(sent(world, "binh", "G1").code)
    assert Post.objects.filter(unit=world.units["G1"], role="head", ends__isnull=True).count() == 2


def test_a_hand_over_is_only_from_who_holds_this_very_post(world: World) -> None:
    for post in (Post.objects.get(user=world.users["an"]), Post.objects.get(user=world.users["chi"], role="head")):
        done = invite(world.units["G1"], Wish(role=Role.HEAD, full_name="X Y", replaces=post.pk), by=world.person("binh"), at=later())
        assert [each.key for each in done if isinstance(each, Problem)] == ["replaces"]  # type: ignore[union-attr]


def test_units_below_without_a_head_are_named_now_and_a_month_ahead(world: World) -> None:
    def gaps(on: date = TODAY) -> list[tuple[str, bool, bool]]:
        found, count = unheaded_below(world.units["D1"], on, later())
        assert count == len(found)
        return [(each.name, each.soon, each.is_invited) for each in found]

    assert gaps() == [("Công đoàn cơ sở Ba", False, False), ("Công đoàn cơ sở Hai", False, False)]
    sent(world, "binh", "G2")
    Post.objects.filter(user=world.users["hoa"]).update(ends=TODAY + timedelta(days=10))
    assert gaps() == [
        ("Công đoàn cơ sở Ba", False, False),
        ("Công đoàn cơ sở Hai", False, True),
        ("Công đoàn cơ sở Một", True, False),
    ]
    appoint(world.users["an"], world.units["G1"], Role.HEAD, on=TODAY + timedelta(days=10), by=SYSTEM, at=later())
    record_events([Closed(day=TODAY + timedelta(days=12), unit=world.units["G3"])], by=SYSTEM, at=later())
    assert [name for name, *_ in gaps(TODAY + timedelta(days=12))] == ["Công đoàn cơ sở Hai"]


def test_the_first_page_of_gaps_is_a_page(world: World) -> None:
    pages = [unheaded_below(world.units["D1"], TODAY, later(), skip=skip, most=1) for skip in (0, 1)]
    assert [(len(rows), count) for rows, count in pages] == [(1, 2), (1, 2)]
    for (one, _), (two, _) in pairwise(pages):
        assert one[0].unit != two[0].unit
