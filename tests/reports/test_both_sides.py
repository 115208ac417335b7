"""Nobody comes by invitations to sign a report and to decide about it; and nobody acts in the name of a post that gives no right."""

from datetime import date, timedelta

import pytest

from kheo.core.holding import Leaving
from kheo.core.reorganising import Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import appoint, end_post, record_events
from kheo.org.models import Invitation, Post
from kheo.people.models import User
from kheo.reports.actions.inviting import Accepted, Invited, NotAccepted, accept_as, send_anew, withdraw
from kheo.reports.actions.leaving import leave_post
from kheo.reports.queries.both_sides import other_side_held
from tests.reports.test_invite import TODAY, sent
from tests.world import FIRST_DAY, OPENING, World, later, small_world, submit

pytestmark = pytest.mark.django_db
SIDES = "Một người không giữ cả hai phía của một báo cáo, ký nộp và duyệt: anh/chị đã giữ phía kia ở "


@pytest.fixture
def world() -> World:
    return small_world()


def give(world: World, who: str, unit: str, role: Role, on: date = FIRST_DAY) -> Post:
    return appoint(world.users[who], world.units[unit], role, on=on, by=SYSTEM, at=OPENING)


def refused(world: World, who: str, code: str) -> str:
    done = accept_as(world.users[who], code, at=later())
    assert isinstance(done, NotAccepted), done
    return done.problems[0].message


def test_whoever_ever_sent_it_does_not_take_it_up_though_a_colleague_sent_it_anew(world: World) -> None:
    """Minh, who receives nothing at the city, invites a head of D1; the office sends it anew, and then the reviewer."""
    done = sent(world, "minh", "D1")
    again = send_anew(done.invitation.pk, by=world.person("lan", later()), at=later())
    assert isinstance(again, Invited)
    last = send_anew(done.invitation.pk, by=world.person("bich", later()), at=later())
    assert isinstance(last, Invited)
    for who in ("minh", "lan", "bich"):
        assert "do chính mình gửi" in refused(world, who, last.code)
    assert Invitation.objects.get().senders == [world.users[who].pk for who in ("minh", "lan", "bich")]
    assert isinstance(accept_as(world.users["an"], last.code, at=later()), Accepted)


def test_whoever_receives_the_report_does_not_become_the_one_who_signs_it(world: World) -> None:
    code = sent(world, "dung", "G1").code
    assert refused(world, "binh", code) == SIDES + "Liên đoàn Lao động Quận 1."
    assert {post.role for post in Post.objects.filter(user=world.users["binh"])} == {"reviewer"}
    # The reviewer of a district that does not receive this report may.
    give(world, "chi", "D2", Role.REVIEWER)
    assert isinstance(accept_as(world.users["chi"], code, at=later()), Accepted)


def test_whoever_signs_the_report_does_not_become_one_who_receives_it(world: World) -> None:
    assert refused(world, "hoa", sent(world, "dung", "D1", Role.REVIEWER).code) == SIDES + "Công đoàn cơ sở Một."
    assert refused(world, "hoa", sent(world, "dung", "D1", Role.OFFICE).code) == SIDES + "Công đoàn cơ sở Một."
    # Neither an auditor, who decides nothing, nor whoever fills in: the head signs that.
    assert isinstance(accept_as(world.users["hoa"], sent(world, "dung", "D1", Role.AUDITOR).code, at=later()), Accepted)
    assert isinstance(accept_as(world.users["an"], sent(world, "dung", "D1", Role.REVIEWER).code, at=later()), Accepted)


def test_the_party_line_is_a_side_too(world: World) -> None:
    assert (
        refused(world, "phuc", sent_by_party(world).code)
        == "Anh/chị không tự nhận lời mời do chính mình gửi. Hãy chuyển cho người được mời."
    )
    give(world, "kien", "BDV", Role.REVIEWER)
    assert refused(world, "kien", sent_by_party(world).code) == SIDES + "Ban Dân vận Thành ủy."


def sent_by_party(world: World) -> Invited:
    return sent(world, "phuc", "LDLD")


def test_what_is_held_later_counts_and_what_has_ended_does_not(world: World) -> None:
    code = sent(world, "dung", "G1").code
    coming = give(world, "kien", "D1", Role.OFFICE, TODAY + timedelta(days=90))
    assert "cả hai phía" in refused(world, "kien", code)
    assert end_post(coming, on=TODAY, reason=Leaving.MISTAKE, note="", by=SYSTEM, at=later())
    end_post(Post.objects.get(user=world.users["binh"]), on=TODAY, reason=Leaving.MOVED, note="", by=SYSTEM, at=later())
    for who in ("binh", "kien"):
        assert other_side_held(world.users[who].pk, world.units["G1"], Role.HEAD, TODAY) is None
    assert isinstance(accept_as(world.users["kien"], code, at=later()), Accepted)


def test_a_report_that_still_waits_where_the_unit_stood_before_is_a_report_with_two_sides(world: World) -> None:
    moved = Transferred(unit=world.units["G1"], day=TODAY, place=Place(Line.UNION, world.units["D2"]))
    assert record_events([moved], by=SYSTEM, at=later()).problems == ()
    binh, unit = world.users["binh"].pk, world.units["G1"]
    assert other_side_held(binh, unit, Role.HEAD, TODAY) == world.units["D1"]
    submit(world, "G1")
    world.report("G1").__class__.objects.filter(pk=world.report("G1").pk).update(state="accepted")
    assert other_side_held(binh, unit, Role.HEAD, TODAY) is None


def test_invites_sends_anew_and_withdraws_in_the_name_of_the_post_that_gives_the_right(world: World) -> None:
    """Bình is officer in another district too, and of the unit itself: neither lets anybody in as its head."""
    give(world, "binh", "G1", Role.OFFICER)
    Post.objects.filter(user=world.users["binh"], role="reviewer").delete()
    give(world, "binh", "G4", Role.OFFICER)
    give(world, "binh", "D1", Role.REVIEWER)
    done = sent(world, "binh", "G1")
    name = "Cán bộ tổng hợp, Liên đoàn Lao động Quận 1"
    assert done.invitation.sender == f"Lê Văn Bình ({name})"
    send_anew(done.invitation.pk, by=world.person("binh", later()), at=later())
    withdraw(done.invitation.pk, by=world.person("binh", later()), at=later())
    told = JournalEntry.objects.filter(object_type="invitation").values_list("act", "post")
    assert sorted(told) == [("invite", name), ("send_invitation_anew", name), ("withdraw_invitation", name)]


def test_ends_a_post_in_the_name_of_the_post_that_gives_the_right(world: World) -> None:
    Post.objects.filter(user=world.users["binh"]).delete()
    give(world, "binh", "G4", Role.OFFICER)
    give(world, "binh", "D1", Role.REVIEWER)
    post = Post.objects.get(user=world.users["hoa"])
    assert leave_post(post.pk, on=TODAY, reason=Leaving.MOVED, note="", by=world.person("binh", later()), at=later()) == ()
    own = Post.objects.get(user=world.users["an"])
    assert leave_post(own.pk, on=TODAY, reason=Leaving.MOVED, note="", by=world.person("an", later()), at=later()) == ()
    assert list(JournalEntry.objects.filter(act="end_post").order_by("number").values_list("post", flat=True)) == [
        "Cán bộ tổng hợp, Liên đoàn Lao động Quận 1",
        "Cán bộ nhập liệu, Công đoàn cơ sở Một",
    ]


def test_an_old_invitation_does_not_end_a_post_that_was_given_anew(world: World) -> None:
    old = Post.objects.get(unit=world.units["G1"], role="head")
    code = sent(world, "binh", "G1", replaces=old.pk, days=30).code
    assert end_post(old, on=TODAY, reason=Leaving.MISTAKE, note="", by=SYSTEM, at=later())
    new = appoint(old.user, world.units["G1"], Role.HEAD, on=TODAY + timedelta(days=2), by=SYSTEM, at=later(days=1))
    assert isinstance(accept_as(User.objects.create_user("moi", "Mới"), code, at=later(days=3)), Accepted)
    new.refresh_from_db()
    assert (new.ends, new.ends_by_hand) == (None, None)


def test_an_invitation_leaves_no_name_in_the_journal_of_somebody_who_never_came(world: World) -> None:
    done = sent(world, "binh", "G2")
    withdraw(done.invitation.pk, by=world.person("binh"), at=later())
    told = list(JournalEntry.objects.filter(object_type="invitation").order_by("number").values_list("act", "object_id"))
    assert told == [("invite", done.invitation.pk), ("withdraw_invitation", done.invitation.pk)]
    assert not any("Lý Thị Mới" in str(entry.detail) for entry in JournalEntry.objects.all())
