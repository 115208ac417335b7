"""An invitation by mail: to the address that was typed, as long as it is waited for, and told to its sender."""

from datetime import datetime, timedelta

import pytest

from kheo.core.letters import invitation_letter
from kheo.core.problems import Problem
from kheo.core.workflow import Role
from kheo.notices.actions import deliver
from kheo.notices.actions.inviting import MOST_A_DAY
from kheo.notices.actions.purging import is_behind, purge
from kheo.notices.models import Delivery
from kheo.notices.queries.reading import latest_deliveries
from kheo.org.access.people import invitation_to_accept
from kheo.org.models import Invitation, Post
from kheo.reports.actions.inviting import Accepted, Invited, Wish, accept_as, invite, send_anew, withdraw
from tests.notices.test_deliver import SITE, Recorder
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def sent(world: World) -> Invited:
    wish = Wish(role=Role.HEAD, full_name="Lý Thị Mới", email="moi@co-quan.vn")
    done = invite(world.units["G2"], wish, by=world.person("binh"), at=later())
    assert isinstance(done, Invited)
    return done


def deliver_all(at: datetime) -> Recorder:
    channel = Recorder()
    deliver({"email": channel}, site=SITE, now=lambda: at)
    return channel


def test_carries_the_link_and_the_code_to_the_address_that_was_typed(world: World) -> None:
    done = sent(world)
    (message,) = deliver_all(later(minutes=1)).messages
    assert message.to == "moi@co-quan.vn"
    assert f"{SITE}/nhan/?ma={done.code}" in message.letter.text
    assert "Lê Văn Bình (Cán bộ tổng hợp, Liên đoàn Lao động Quận 1) mời anh/chị nhận nhiệm vụ Thủ trưởng đơn vị" in message.letter.text
    assert done.code not in message.letter.gist
    assert [(each.what, each.state) for each in latest_deliveries(world.users["binh"].pk)] == [("lời mời anh/chị gửi", "sent")]


@pytest.mark.parametrize("what", ["withdrawn", "accepted", "over", "lost"])
def test_goes_nowhere_once_nobody_waits_for_it(world: World, what: str) -> None:
    done, at = sent(world), later(minutes=1)
    if what == "withdrawn":
        withdraw(done.invitation.pk, by=world.person("binh"), at=later())
    elif what == "accepted":
        assert isinstance(accept_as(world.users["chi"], done.code, at=later()), Accepted)
    elif what == "over":
        Invitation.objects.update(expires_at=later())
    else:
        Post.objects.filter(user=world.users["binh"]).update(ends=later().date())
    assert deliver_all(at).messages == []
    assert Delivery.objects.get().state == "failed"


def test_sent_anew_carries_the_new_code_only(world: World) -> None:
    done = sent(world)
    again = send_anew(done.invitation.pk, by=world.person("dung"), at=later(minutes=1))
    assert isinstance(again, Invited)
    messages = deliver_all(later(minutes=2)).messages
    assert {message.to for message in messages} == {"moi@co-quan.vn"}
    assert all(again.code in message.letter.text and done.code not in message.letter.text for message in messages)


def test_only_the_last_letter_waits_however_often_it_is_sent_anew(world: World) -> None:
    done = sent(world)
    for minute in range(1, 20):
        assert isinstance(send_anew(done.invitation.pk, by=world.person("dung"), at=later(minute)), Invited)
    assert Delivery.objects.count() == 1
    assert len(deliver_all(later(minutes=20)).messages) == 1


def test_no_more_than_three_letters_a_day_go_to_an_address_that_never_asked(world: World) -> None:
    done, code = sent(world), ""
    for minute in range(1, MOST_A_DAY + 1):
        assert len(deliver_all(later(minute)).messages) == 1
        again = send_anew(done.invitation.pk, by=world.person("dung"), at=later(minute))
        code = again.code if isinstance(again, Invited) else code
    assert isinstance(again, Problem)
    assert "Hôm nay đã gửi nhiều thư" in again.message
    assert invitation_to_accept(code, later(minutes=9)) is not None
    assert deliver_all(later(minutes=9)).messages == []
    assert isinstance(send_anew(done.invitation.pk, by=world.person("dung"), at=later(days=1, minutes=9)), Invited)
    Invitation.objects.update(email="")
    assert isinstance(send_anew(done.invitation.pk, by=world.person("dung"), at=later(days=1, minutes=9)), Invited)


def test_an_address_of_an_invitation_that_is_over_is_caught_up_with_by_day(world: World) -> None:
    sent(world)
    kept = timedelta(days=400)
    assert [is_behind(kept=kept, at=later(days=day)) for day in (13, 14, 16)] == [False, False, True]
    purge(kept=kept, at=later(days=16))
    assert not is_behind(kept=kept, at=later(days=16))


def test_an_address_is_forgotten_when_the_time_is_over(world: World) -> None:
    sent(world)
    purge(kept=timedelta(days=400), at=later(days=13))
    assert Invitation.objects.get().email == "moi@co-quan.vn"
    purge(kept=timedelta(days=400), at=later(days=15))
    assert Invitation.objects.get().email == ""


def test_no_name_adds_a_line_or_a_tag_of_its_own() -> None:
    letter = invitation_letter("<b>X", "Thủ trưởng", "Đơn vị <i>", "Ai", code="C", link=SITE, until="01/01/2024")
    assert "<b>" not in letter.html
    assert "<i>" not in letter.html
