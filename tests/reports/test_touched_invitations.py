"""Which waiting invitations a change of units touches: what a preview says is what then becomes of each."""

from datetime import date

import pytest

from kheo.core.holding import Leaving
from kheo.core.reorganising import Absorbed, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Person
from kheo.org.access.people import stands
from kheo.org.access.upholding import upheld
from kheo.org.actions import annul_events, appoint, end_post, record_events
from kheo.org.models import Invitation, Post, UnitEvent
from kheo.org.queries import planned, planned_annulment
from kheo.people.models import User
from kheo.reports.actions.inviting import Accepted, Invited, Wish, accept_as, invite
from kheo.reports.queries.touched import change_back, change_of
from tests.reports.test_touched import DAY, NAMES, happen, seen, somebody, then, touched
from tests.two_recipients import two_recipients
from tests.world import FIRST_DAY, OPENING, World, later


@pytest.fixture
def world(db: None) -> World:
    return two_recipients()


def test_an_invitation_to_a_unit_that_ends_opens_nothing_from_its_day_on(world: World) -> None:
    wish = Wish(role=Role.OFFICER, full_name="Lê Thị Mới")
    made = invite(world.units["G1"], wish, by=world.person("hoa"), at=OPENING)
    assert isinstance(made, Invited)
    absorbed = Absorbed(unit=world.units["G1"], day=date(2023, 4, 3), into=world.units["G2"])
    (told,) = touched("loi-moi", seen([absorbed])).values()
    ended = "Từ ngày đơn vị kết thúc không nhận được nữa; nhận trước ngày ấy thì chức danh cũng hết hiệu lực vào ngày ấy"
    assert (told.unit, told.what, told.then) == (NAMES["G1"], "Mời Lê Thị Mới làm cán bộ nhập liệu", ended)
    happen([absorbed])
    assert not isinstance(accept_as(world.users["kien"], made.code, at=later(days=3)), Accepted)
    taken = accept_as(world.users["kien"], made.code, at=later(days=1))
    assert isinstance(taken, Accepted)
    assert taken.post.ends == date(2023, 4, 3)


def invited(world: World, code: str, by: Person, role: Role = Role.HEAD) -> Invited:
    made = invite(world.units[code], Wish(role=role, full_name="Lê Thị Mới"), by=by, at=OPENING)
    assert isinstance(made, Invited)
    return made


LOST = "Từ ngày thay đổi, Phạm Văn Dũng ({post}) không còn quyền mời nên không nhận được nữa; ai có quyền mời thì gửi lại"


def test_an_invitation_lapses_with_the_post_of_whoever_sent_it_and_stands_again_with_it(world: World) -> None:
    """Dũng heads D1, which ends; he invited the heads of G2 and G3, and is head of D2 as well, where only G3 goes."""
    units, dung = world.units, world.person("dung")
    two, three = (invited(world, code, dung) for code in ("G2", "G3"))
    appoint(world.users["dung"], units["D2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    moved = [
        Transferred(unit=units[code], day=DAY, place=Place(Line.UNION, units[to]))
        for code, to in (("G1", "D2"), ("G2", "LDLD"), ("G3", "D2"))
    ]
    events = [*moved, Absorbed(unit=units["D1"], day=DAY, into=units["D2"])]
    change = change_of(planned(events), OPENING)
    assert then("loi-moi", change) == {NAMES["G2"]: LOST.format(post=two.invitation.sender.partition("(")[2].rstrip(")"))}
    assert {stands(each.invitation, OPENING) for each in (two, three)} == {True}
    assert record_events(events, by=SYSTEM, at=later(days=1)).problems == ()
    on_the_day = later(days=9)
    assert [stands(each.invitation, on_the_day) for each in (two, three)] == [False, True]
    assert accept_as(world.users["kien"], two.code, at=on_the_day) is None
    recorded = list(UnitEvent.objects.values_list("pk", flat=True))
    plan = planned_annulment(recorded, from_day=None).plan
    assert plan
    again = f"{two.invitation.sender} lại có quyền mời: lại nhận được, nếu còn hạn"
    assert then("loi-moi", change_back(plan, on_the_day)) == {NAMES["G2"]: again}
    assert not annul_events(recorded, reason="Nhầm.", by=SYSTEM, at=on_the_day).problems
    assert [stands(each.invitation, on_the_day) for each in (two, three)] == [True, True]


def test_an_invitation_lapses_where_its_unit_moves_away_from_whoever_sent_it(world: World) -> None:
    made, stays = invited(world, "G2", world.person("dung")), invited(world, "G1", world.person("hoa"), Role.OFFICER)
    events = [Transferred(unit=world.units[code], day=DAY, place=Place(Line.UNION, world.units["D2"])) for code in ("G1", "G2")]
    somebody(world, "hai", "D2", Role.HEAD)
    assert list(then("loi-moi", change_of(planned(events), OPENING))) == [NAMES["G2"]]
    assert record_events(events, by=SYSTEM, at=later(days=1)).problems == ()
    assert [stands(each.invitation, later(days=9)) for each in (made, stays)] == [False, True]


def test_an_invitation_that_is_over_is_touched_by_nothing(world: World) -> None:
    invited(world, "G1", world.person("hoa"), Role.OFFICER)
    plan = planned([Absorbed(unit=world.units["G1"], day=DAY, into=world.units["G2"])])
    assert list(then("loi-moi", change_of(plan, later(days=13)))) == [NAMES["G1"]]
    assert then("loi-moi", change_of(plan, later(days=15))) == {}


def test_many_invitations_are_upheld_as_each_by_itself(world: World) -> None:
    dung, hoa, bich = (world.person(name) for name in ("dung", "hoa", "bich"))
    made = [invited(world, code, dung) for code in ("G2", "G3")] + [invited(world, "G1", hoa, Role.OFFICER), invited(world, "D2", bich)]
    kept = [each.invitation for each in made]
    end_post(Post.objects.get(user=world.users["hoa"]), on=OPENING.date(), reason=Leaving.RETIRED, note="", by=SYSTEM, at=OPENING)
    User.objects.filter(username="bich").update(is_active=False)
    fresh = list(Invitation.objects.filter(pk__in=[each.pk for each in kept]).select_related("sent_by"))
    assert upheld(fresh, later(1)) == {each.pk for each in fresh if stands(each, later(1))} == {each.pk for each in kept[:2]}
