"""Leaving a post: who may end whose, what is shown before, and that rights end at once and to the last token."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kheo.core.days import local_day
from kheo.core.holding import Leaving
from kheo.core.problems import Problem
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.notices.models import Notice
from kheo.org.access import Unreachable, person
from kheo.org.access.people import lapsing, post_to_end
from kheo.org.actions import appoint
from kheo.org.models import Post
from kheo.people.actions import make_token
from kheo.reports.actions import ask_extension, remark, return_report
from kheo.reports.actions.inviting import Invited, Wish, invite
from kheo.reports.actions.leaving import LAST, leave_post
from kheo.reports.queries.leaving import open_at
from tests.api.asking import program
from tests.web.visits import day, enter
from tests.world import GOOD, World, fill, head_of, later, small_world, submit

pytestmark = pytest.mark.django_db
TODAY = local_day(later())


@pytest.fixture
def world() -> World:
    return small_world()


def post_of(world: World, who: str, role: str = "") -> Post:
    posts = Post.objects.filter(user=world.users[who]).order_by("pk")
    found = posts.filter(role=role).first() if role else posts.first()
    assert found
    return found


def leave(world: World, whose: str, by: str, days: int = 0, role: str = "", note: str = "") -> tuple[Problem, ...]:
    on = TODAY + timedelta(days=days)
    post = post_of(world, whose, role)
    return leave_post(post.pk, on=on, reason=Leaving.RETIRED, note=note, by=world.person(by), at=later())


# Who may end whose post, each given by hand: the head at the own unit, the superior for a head, everybody their own.
MAY_END = {
    "an": {"an", "hoa"},
    "hoa": {"hoa", "binh", "dung"},
    "binh": {"binh", "dung"},
    "dung": {"dung", "bich", "lan", "minh"},
    "chi": {"chi", "bich", "lan", "minh"},
    "minh": {"minh", "phuc"},
    "kien": {"kien", "minh"},
    "quan": {"quan"},
    "bich": {"bich", "minh"},
}


@pytest.mark.parametrize("whose", list(MAY_END))
def test_a_post_is_ended_by_its_holder_and_by_whoever_may_give_it(world: World, whose: str) -> None:
    appoint(world.users["an"], world.units["LDLD"], Role.KEEPER, on=TODAY, by=SYSTEM, at=later())  # so that Quân is not the last
    role = "head" if whose in ("dung", "chi") else ""
    able = set()
    for by in world.users:
        try:
            leave(world, whose, by, days=300, role=role)
        except Unreachable:
            continue
        able.add(by)
    assert able == MAY_END[whose] | ({"an"} if whose == "quan" else set())


def test_nobody_keeps_a_post_that_no_one_else_can_end(world: World) -> None:
    """A receiving desk below which nothing stands any more; and whoever is left where the head has gone."""
    left = appoint(world.users["kien"], world.units["G1"], Role.REVIEWER, on=TODAY, by=SYSTEM, at=later())
    able = {by for by in world.users if _may_end(world, left, by)}
    assert able == {"kien", "hoa"}
    assert leave(world, "hoa", "hoa") == ()
    able = {by for by in world.users if _may_end(world, left, by)}
    assert able == {"kien", "binh", "dung"}
    done = leave_post(left.pk, on=TODAY, reason=Leaving.MOVED, note="", by=world.person("binh"), at=later())
    assert done == ()
    entry = JournalEntry.objects.latest("number")
    assert (entry.act, entry.post) == ("end_post", "Cán bộ tổng hợp, Liên đoàn Lao động Quận 1")


def _may_end(world: World, post: Post, by: str) -> bool:
    try:
        return post_to_end(world.person(by), post.pk) == post
    except Unreachable:
        return False


def test_ends_on_the_day_tells_its_holder_and_the_journal(world: World) -> None:
    assert leave(world, "an", "hoa", days=3, note="  QĐ  12 ") == ()
    assert person(world.users["an"], later(days=2)).posts != ()
    assert person(world.users["an"], later(days=3)).posts == ()
    entry = JournalEntry.objects.latest("number")
    assert (entry.act, entry.actor_name, entry.post) == ("end_post", "Trần Thị Hoa", "Thủ trưởng đơn vị, Công đoàn cơ sở Một")
    assert (entry.detail["reason"], entry.detail["note"], entry.detail["on"]) == ("retired", "QĐ 12", "2023-04-04")
    assert Notice.objects.get(person=world.users["an"]).text == (
        "Anh/chị thôi chức trách cán bộ nhập liệu của Công đoàn cơ sở Một từ ngày 04/04/2023 (nghỉ hưu, nghỉ việc)."
    )


def test_refuses_a_day_that_is_past_or_far_or_later_than_what_is_recorded(world: World) -> None:
    assert [each.key for each in leave(world, "an", "hoa", days=-1)] == ["on"]
    assert [each.key for each in leave(world, "an", "hoa", days=400)] == ["on"]
    assert [each.key for each in leave(world, "an", "hoa", note="x" * 201)] == ["note"]
    assert leave(world, "an", "hoa", days=10) == ()
    assert [each.key for each in leave(world, "an", "hoa", days=10)] == ["on"]
    assert [each.key for each in leave(world, "an", "hoa", days=20)] == ["on"]
    assert leave(world, "an", "hoa", days=5) == ()
    assert post_of(world, "an").ends == TODAY + timedelta(days=5)


def test_the_last_office_and_the_last_keeper_stay_until_somebody_follows(world: World) -> None:
    for whose in ("lan", "quan"):
        assert leave(world, whose, whose) == (Problem(LAST, key="on"),)
    extra = appoint(world.users["an"], world.units["LDLD"], Role.OFFICE, on=TODAY, by=SYSTEM, at=later())
    assert leave(world, "lan", "lan", days=4) == ()
    # Now the other is the last, although Lan holds the post for some days yet.
    refused = leave_post(extra.pk, on=TODAY, reason=Leaving.MOVED, note="", by=world.person("an"), at=later())
    assert refused == (Problem(LAST, key="on"),)


def test_a_colleague_whose_own_end_is_recorded_counts_for_nothing(world: World) -> None:
    appoint(world.users["an"], world.units["LDLD"], Role.OFFICE, on=TODAY, until=TODAY + timedelta(days=2), by=SYSTEM, at=later())
    assert leave(world, "lan", "lan") == (Problem(LAST, key="on"),)


def test_a_post_that_is_over_is_not_there_any_more(world: World) -> None:
    assert leave(world, "an", "hoa") == ()
    with pytest.raises(Unreachable):
        leave(world, "an", "hoa")


def test_a_session_and_a_token_reach_nothing_with_the_next_request(world: World) -> None:
    client, asking = enter(world, "an"), program(world, "an")
    page = reverse("report", args=[world.obligation("G1").pk])
    api = f"/reports/{world.obligation('G1').pk}"
    with day(later(minutes=9)):
        assert (client.get(page).status_code, asking.get(api).status_code) == (200, 200)
        assert leave(world, "an", "hoa") == ()
        assert (client.get(page).status_code, asking.get(api).status_code) == (404, 404)


def test_other_posts_keep_their_reach(world: World) -> None:
    appoint(world.users["an"], world.units["G3"], Role.OFFICER, on=TODAY, by=SYSTEM, at=later())
    assert leave(world, "an", "hoa") == ()
    assert [post.unit for post in person(world.users["an"], later()).posts] == [world.units["G3"]]


def shown(world: World, whose: str, role: str = "", days: int = 0) -> dict[str, tuple[int, tuple[str, ...]]]:
    found = open_at(post_of(world, whose, role), TODAY + timedelta(days=days), later(minutes=30))
    return {each.what: (each.count, each.goes_to) for each in found}


def test_what_an_officer_leaves_behind_stays_with_the_unit_and_says_with_whom(world: World) -> None:
    assert shown(world, "an") == {"báo cáo chưa bắt đầu": (1, ("Trần Thị Hoa",))}
    fill(world, "G1", GOOD, by=world.person("an"))
    make_token(world.users["an"], name="Máy", days=30, by=SYSTEM, at=later())
    assert shown(world, "an") == {
        "báo cáo đang soạn": (1, ("Trần Thị Hoa",)),
        "mã truy cập cho chương trình": (1, ()),
    }


def test_what_a_head_leaves_behind_has_nobody_to_sign_it(world: World) -> None:
    submit(world, "G1")
    binh = world.person("binh")
    at = later(minutes=10)
    report = world.report("G1")
    remark(world.obligation("G1").pk, target="B02", text="Xem lại.", version=report.version, by=binh, at=at)
    return_report(world.obligation("G1").pk, version=world.report("G1").version, reason="Sai.", by=binh, at=at)
    Post.objects.filter(user__username="head-G1").update(ends=TODAY)
    assert report.state == "submitted"
    assert shown(world, "hoa") == {
        "nhận xét cần trả lời": (1, ("Nguyễn Thị An",)),
        "báo cáo chờ ký nộp": (1, ()),
        "thông báo của đơn vị chưa đọc": (1, ()),
    }


def test_what_a_reviewer_leaves_behind(world: World) -> None:
    submit(world, "G1")
    ask_extension(world.obligation("G2").pk, until=TODAY + timedelta(days=60), reason="Ốm.", by=head_of(world, "G2"), at=later())
    found = shown(world, "binh")
    assert (found["báo cáo chờ duyệt"], found["đơn xin gia hạn chưa trả lời"]) == ((1, ()), (1, ()))
    appoint(world.users["kien"], world.units["D1"], Role.REVIEWER, on=TODAY + timedelta(days=5), by=SYSTEM, at=later())
    assert shown(world, "binh")["báo cáo chờ duyệt"] == (1, ("Đinh Trung Kiên (từ ngày 06/04/2023)",))
    assert shown(world, "binh", days=5)["báo cáo chờ duyệt"] == (1, ("Đinh Trung Kiên",))


def test_invitations_that_fall_with_the_post_are_those_that_no_other_post_upholds(world: World) -> None:
    done = invite(world.units["G2"], Wish(role=Role.HEAD, full_name="X Y"), by=world.person("binh"), at=later())
    assert isinstance(done, Invited)
    post = post_of(world, "binh")
    assert lapsing(post, TODAY, later()) == [done.invitation]
    appoint(world.users["binh"], world.units["D1"], Role.HEAD, on=TODAY, by=SYSTEM, at=later())
    assert lapsing(post, TODAY, later()) == []
