"""Letting people in down the tree: who may, what is remembered, and that a code works once, in time, and for nobody else's posts."""

from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection

from kheo.core.days import local_day
from kheo.core.holding import MAY_BEGIN, MAY_INVITE, duties
from kheo.core.problems import Problem
from kheo.core.reorganising import Closed, Suspended
from kheo.core.spoken_codes import ALPHABET, hash_of
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM, Actor
from kheo.journal.models import JournalEntry
from kheo.notices.models import Delivery, Notice
from kheo.org.access import Unreachable, person
from kheo.org.access.people import invitation_to_accept, rights_at, unit_to_invite_to
from kheo.org.actions import annul_events, record_events
from kheo.org.models import Invitation, Post, UnitEvent
from kheo.org.queries import posts_of
from kheo.org.queries.holders import superior_of
from kheo.org.queries.inviting import code_of
from kheo.people.models import User
from kheo.people.queries import free_username
from kheo.reports.actions.inviting import (
    MOST_WAITING,
    Accepted,
    Invited,
    NotAccepted,
    Sender,
    Wish,
    accept_as,
    accept_with_new_account,
    invite,
    offer,
    send_anew,
    withdraw,
)
from tests.world import FIRST_DAY, World, later, small_world

pytestmark = pytest.mark.django_db
PASSWORD = "con trâu qua sông"
TODAY = local_day(later())
EVERYBODY = ("an", "hoa", "binh", "dung", "bich", "lan", "minh", "phuc", "kien", "chi", "quan")


@pytest.fixture
def world() -> World:
    return small_world()


def sent(world: World, who: str, unit: str, role: Role = Role.HEAD, at: datetime | None = None, **more: object) -> Invited:
    wish = Wish(role=role, full_name="Lý Thị Mới", **more)  # type: ignore[arg-type]
    done = invite(world.units[unit], wish, by=world.person(who, at or later()), at=at or later())
    assert isinstance(done, Invited), done
    return done


def accepted(code: str, username: str = "moi", at: datetime | None = None) -> Accepted:
    done = accept_with_new_account(code, username=username, password=PASSWORD, contact="0912 345 678", at=at or later(minutes=5))
    assert isinstance(done, Accepted), done
    return done


def is_dead(code: str, at: datetime | None = None) -> bool:
    tried = accept_with_new_account(code, username="khac", password=PASSWORD, contact="", at=at or later(minutes=5))
    return tried is None and not User.objects.filter(username="khac").exists()


# Who may invite, and so end, which posts at a grassroots union, a district, the city, and the Party's board: by hand, not from the table.
GIVES: dict[str, dict[str, set[str]]] = {
    "G1": {"hoa": {"officer"}, "binh": {"head"}, "dung": {"head"}},
    "G4": {"chi": {"officer"}, "bich": {"head"}, "lan": {"head"}, "minh": {"head"}},  # nobody at D2: the city is next above
    "D1": {"dung": {"officer", "reviewer", "office", "auditor"}, "bich": {"head"}, "lan": {"head"}, "minh": {"head"}},
    "LDLD": {"minh": {"officer", "reviewer", "office", "auditor"}, "phuc": {"head"}, "quan": {"keeper"}},
    "BDV": {},
}


@pytest.mark.parametrize("unit", list(GIVES))
def test_everybody_may_invite_exactly_where_the_tree_says(world: World, unit: str) -> None:
    found = {who: set(map(str, rights_at(world.person(who), world.units[unit]).gives)) for who in EVERYBODY}
    assert {who: given for who, given in found.items() if given} == GIVES[unit]


def test_who_may_not_is_told_nothing(world: World) -> None:
    for who in ("chi", "phuc", "kien", "quan", "an"):
        with pytest.raises(Unreachable):
            unit_to_invite_to(world.person(who), world.units["G1"])
        with pytest.raises(Unreachable):
            invite(world.units["G1"], Wish(role=Role.HEAD, full_name="Ai Đó"), by=world.person(who), at=later())
    assert invite(world.units["G1"], Wish(role=Role.HEAD, full_name="Ai Đó"), by=world.person("hoa"), at=later()) == (
        Problem("Anh/chị không mời được người giữ chức trách này.", key="role"),
    )
    assert not Invitation.objects.exists()


def test_the_words_of_a_role_name_every_act_and_invitation_of_the_tables() -> None:
    assert duties(Role.OFFICER) == (
        "Đọc báo cáo từ đơn vị này trở xuống.",
        "Với báo cáo của đơn vị: lưu, trả lời nhận xét, xin gia hạn.",
    )
    assert duties(Role.REVIEWER)[-1] == "Mời, cho thôi, cấp mã đặt lại mật khẩu: thủ trưởng đơn vị ở đơn vị trực thuộc."
    assert duties(Role.AUDITOR) == ("Đọc báo cáo từ đơn vị này trở xuống.", "Không sửa gì.")
    assert duties(Role.KEEPER) == (
        "Giữ cho hệ thống chạy; không đọc và không sửa báo cáo nào.",
        "Mời, cho thôi, cấp mã đặt lại mật khẩu: quản trị hệ thống ở đơn vị mình.",
        "Mời người đầu tiên, khi đơn vị mình chưa có: thủ trưởng đơn vị, thường trực phong trào.",
    )
    assert {giver for giver, _ in MAY_INVITE} | set(MAY_BEGIN) == {role for role in Role if any("Mời" in line for line in duties(role))}


def test_takes_the_post_up_from_that_day_with_an_account_of_their_own(world: World) -> None:
    done = accepted(sent(world, "binh", "G2").code)
    assert (done.user.username, done.user.full_name, done.user.contact) == ("moi", "Lý Thị Mới", "0912 345 678")
    assert done.user.check_password(PASSWORD)
    assert [(held.unit, held.role) for held in posts_of(done.user.pk, TODAY)] == [(world.units["G2"], "head")]
    assert posts_of(done.user.pk, TODAY - timedelta(days=1)) == ()


def test_the_journal_says_who_invited_for_what_and_who_took_it_up_but_never_the_code(world: World) -> None:
    done = sent(world, "binh", "G2", email="moi@co-quan.vn")
    accepted(done.code)
    told = list(JournalEntry.objects.order_by("-number")[:3])[::-1]
    assert [(entry.act, entry.actor_name) for entry in told] == [
        ("invite", "Lê Văn Bình"),
        ("appoint", "Lý Thị Mới"),
        ("accept_invitation", "Lý Thị Mới"),
    ]
    everything = " ".join(str(entry.detail) for entry in JournalEntry.objects.all())
    assert done.code not in everything
    assert hash_of(done.code) not in everything
    assert "moi@co-quan.vn" not in everything


def test_a_code_stands_nowhere_and_says_the_same_however_it_is_typed(world: World) -> None:
    done = sent(world, "binh", "G2")
    letters = done.code.replace("-", "")
    assert len(letters) == 16
    assert set(letters) <= set(ALPHABET)
    with connection.cursor() as cursor:
        cursor.execute("SELECT invitation::text FROM org_invitation AS invitation")
        stored = cursor.fetchone()[0]
    assert letters not in stored
    assert done.code not in stored
    for typed in (letters, letters.lower(), f" {done.code} ", done.code.replace("-", " "), done.code.replace("0", "o").replace("1", "l")):
        assert hash_of(typed) == done.invitation.hash
    assert hash_of(letters[:-1]) == hash_of(letters + "A") == hash_of("") == hash_of("Ơ" * 16) == hash_of("\x00" * 16) == ""


def test_codes_are_all_different_and_another_installation_computes_others(world: World, settings: object) -> None:
    done = sent(world, "binh", "G2")
    codes = {code_of(Invitation(nonce=f"{number:032x}")) for number in range(500)}
    assert len(codes) == 500
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert code_of(done.invitation) != done.code


def test_a_code_is_used_once(world: World) -> None:
    done = sent(world, "binh", "G2")
    accepted(done.code)
    assert is_dead(done.code)
    assert accept_as(world.users["chi"], done.code, at=later(minutes=6)) is None
    assert Post.objects.filter(unit=world.units["G2"]).count() == 1


def test_of_two_who_accept_at_the_same_moment_one_waits_for_the_other(world: World) -> None:
    """What is asked under the lock is what is done: the second finds a code that is used."""
    done = sent(world, "binh", "G2")
    accepted(done.code)  # this test's transaction is still open: it holds the lock of every change of posts
    params = connection.get_connection_params() | {"cursor_factory": None, "context": None}
    with psycopg.connect(**params) as other, pytest.raises(psycopg.errors.LockNotAvailable):
        other.execute("LOCK TABLE org_relation IN SHARE ROW EXCLUSIVE MODE NOWAIT")


def test_a_code_ends_with_its_time_with_its_withdrawal_and_with_another_sent_instead(world: World) -> None:
    done = sent(world, "binh", "G2", days=3)
    assert not is_dead_now(done, later(days=3) - timedelta(seconds=1))
    assert is_dead(done.code, later(days=3))
    again = send_anew(done.invitation.pk, by=world.person("dung"), at=later(days=4))
    assert again.code != done.code
    assert is_dead(done.code, later(days=4))
    assert not is_dead_now(again, later(days=4))
    withdraw(again.invitation.pk, by=world.person("binh"), at=later(days=5))
    assert is_dead(again.code, later(days=5))
    with pytest.raises(Unreachable):
        send_anew(again.invitation.pk, by=world.person("binh"), at=later(days=5))
    with pytest.raises(Unreachable):
        withdraw(again.invitation.pk, by=world.person("binh"), at=later(days=5))


def is_dead_now(done: Invited, at: datetime) -> bool:
    return invitation_to_accept(done.code, at) is None


def test_only_who_may_invite_for_it_sends_anew_or_withdraws(world: World) -> None:
    done = sent(world, "binh", "G2")
    for who in ("chi", "hoa", "lan", "quan", "kien"):
        for act in (send_anew, withdraw):
            with pytest.raises(Unreachable):
                act(done.invitation.pk, by=world.person(who), at=later())
    assert not is_dead_now(done, later(minutes=1))


def test_an_invitation_falls_with_the_right_of_its_sender_and_stands_again_when_a_colleague_sends_it(world: World) -> None:
    done = sent(world, "binh", "G2")
    Post.objects.filter(user=world.users["binh"]).update(ends=TODAY + timedelta(days=1))
    assert not is_dead_now(done, later())
    assert is_dead(done.code, later(days=1))
    again = send_anew(done.invitation.pk, by=world.person("dung", later(days=1)), at=later(days=1))
    assert accepted(again.code, at=later(days=1)).post.unit_id == world.units["G2"]


def test_an_invitation_falls_with_the_account_of_its_sender(world: World) -> None:
    done = sent(world, "binh", "G2")
    User.objects.filter(username="binh").update(is_active=False)
    assert is_dead(done.code)


def test_a_person_who_has_an_account_takes_up_a_further_post_in_another_unit(world: World) -> None:
    done = accept_as(world.users["an"], sent(world, "binh", "G2").code, at=later())
    assert isinstance(done, Accepted)
    assert {(held.unit, held.role) for held in posts_of(world.users["an"].pk, TODAY)} == {
        (world.units["G1"], "officer"),
        (world.units["G2"], "head"),
    }


def test_refuses_a_post_that_one_holds_already_and_one_that_one_invited_oneself_for(world: World) -> None:
    own = sent(world, "hoa", "G1", Role.OFFICER)
    held = accept_as(world.users["an"], own.code, at=later())
    assert isinstance(held, NotAccepted)
    assert "đã giữ chức trách này" in held.problems[0].message
    done = sent(world, "binh", "G2")
    refused = accept_as(world.users["binh"], done.code, at=later())
    assert isinstance(refused, NotAccepted)
    assert "không tự nhận" in refused.problems[0].message
    # A head who fills in as well is no conflict: it is their own unit.
    assert isinstance(accept_as(world.users["hoa"], own.code, at=later()), Accepted)


@pytest.mark.parametrize(
    ("username", "password", "fields", "codes"),
    [
        ("AN", PASSWORD, {"username"}, set[str]()),
        ("a b", PASSWORD, {"username"}, set[str]()),
        ("an@x.vn", PASSWORD, {"username"}, set[str]()),
        ("moi", "ngan", set[str](), {"password_too_short"}),
        ("moi", "1234567890", set[str](), {"password_too_common", "password_entirely_numeric"}),
        ("moi", "lý thị mới", set[str](), {"password_too_similar"}),
        ("", "", {"username"}, {"password_too_short"}),
    ],
)
def test_refuses_names_and_passwords_all_at_once_and_leaves_the_code_unused(
    world: World, username: str, password: str, fields: set[str], codes: set[str]
) -> None:
    done = sent(world, "binh", "G2")
    tried = accept_with_new_account(done.code, username=username, password=password, contact="", at=later())
    assert isinstance(tried, NotAccepted)
    assert {problem.key for problem in tried.problems} == fields
    assert {error.code for error in tried.password} == codes
    assert User.objects.filter(full_name="Lý Thị Mới").count() == 0
    assert accepted(done.code).user.username == "moi"


def test_a_user_name_is_proposed_that_nobody_has() -> None:
    assert free_username("Lý Thị Mới") == "ly.thi.moi"
    User.objects.create_user("ly.thi.moi", "x")
    User.objects.create_user("Ly.Thi.Moi1".lower(), "x")
    assert free_username("Lý Thị Mới") == "ly.thi.moi2"
    assert free_username("李") == "nguoi.dung"


def test_refuses_everything_that_is_wrong_at_once(world: World) -> None:
    wish = Wish(role=Role.HEAD, full_name="  ", email="x", starts_on=TODAY - timedelta(days=1), days=99, replaces=1)
    done = invite(world.units["G2"], wish, by=world.person("binh"), at=later())
    assert isinstance(done, tuple)
    assert {problem.key for problem in done} == {"full_name", "email", "starts_on", "days", "replaces"}


def test_no_more_wait_at_a_unit_than_somebody_can_look_through(world: World) -> None:
    codes = [sent(world, "binh", "G2").code for _ in range(MOST_WAITING)]
    done = invite(world.units["G2"], Wish(role=Role.HEAD, full_name="X Y"), by=world.person("binh"), at=later())
    assert isinstance(done, tuple)
    assert len(set(codes)) == MOST_WAITING


def test_a_unit_that_ends_on_a_planned_day_takes_nobody_beyond_and_the_post_goes_on_when_that_is_taken_back(world: World) -> None:
    end = TODAY + timedelta(days=30)
    assert record_events([Closed(day=end, unit=world.units["G2"])], by=SYSTEM, at=later()).batch
    late = invite(world.units["G2"], Wish(role=Role.HEAD, full_name="X Y", starts_on=end), by=world.person("binh"), at=later())
    assert isinstance(late, tuple)
    assert [problem.key for problem in late] == ["starts_on"]
    done = accepted(sent(world, "binh", "G2").code)
    assert [len(posts_of(done.user.pk, each)) for each in (TODAY, end)] == [1, 0]
    event = UnitEvent.objects.get(unit=world.units["G2"])
    assert annul_events([event.pk], reason="Ghi nhầm", by=SYSTEM, at=later()).batch
    assert [len(posts_of(done.user.pk, each)) for each in (TODAY, end)] == [1, 1]


def test_a_code_opens_nothing_once_the_unit_is_gone(world: World) -> None:
    done = sent(world, "binh", "G2", days=30)
    assert record_events([Closed(day=TODAY + timedelta(days=5), unit=world.units["G2"])], by=SYSTEM, at=later()).batch
    assert is_dead(done.code, later(days=6))


def test_a_superior_that_is_paused_or_empty_leaves_it_to_the_next_above(world: World) -> None:
    assert superior_of(world.units["G1"], TODAY) == world.units["D1"]
    assert superior_of(world.units["G4"], TODAY) == world.units["LDLD"]
    assert superior_of(world.units["LDLD"], TODAY) == world.units["BDV"]
    assert superior_of(world.units["BDV"], TODAY) is None
    record_events([Suspended(day=TODAY, unit=world.units["D1"])], by=SYSTEM, at=later())
    assert superior_of(world.units["G1"], TODAY) == world.units["D1"]  # its people are still there


def test_the_keeper_lets_in_the_first_head_and_no_second(world: World) -> None:
    assert rights_at(world.person("quan"), world.units["LDLD"]).gives == {Role.KEEPER}
    Post.objects.filter(role="head", unit=world.units["LDLD"]).update(ends=TODAY)
    rights = rights_at(world.person("quan"), world.units["LDLD"])
    assert (rights.gives, rights.ends) == ({Role.KEEPER, Role.HEAD}, {Role.KEEPER})
    code = sent(world, "quan", "LDLD").code
    refused = accept_as(world.users["quan"], code, at=later())
    assert isinstance(refused, NotAccepted)
    accepted(code)
    assert rights_at(world.person("quan"), world.units["LDLD"]).gives == {Role.KEEPER}


def test_of_two_first_heads_the_keeper_invited_only_one_gets_in(world: World) -> None:
    Post.objects.filter(role="head", unit=world.units["LDLD"]).update(ends=TODAY)
    one, two = sent(world, "quan", "LDLD").code, sent(world, "quan", "LDLD").code
    accepted(one)
    assert is_dead(two)


def test_the_operator_lets_anybody_in(world: World) -> None:
    operator = Sender(Actor(None, "root", "dòng lệnh"), None)
    done = offer(world.units["D2"], Wish(role=Role.HEAD, full_name="Đầu Tiên"), sender=operator, at=later())
    assert isinstance(done, Invited)
    assert accepted(done.code).post.unit_id == world.units["D2"]


def test_mail_goes_to_the_address_and_the_address_is_forgotten_when_it_is_answered(world: World) -> None:
    done = sent(world, "binh", "G2", email="moi@co-quan.vn")
    queued = Delivery.objects.get()
    assert (queued.kind, queued.channel, queued.invitation_id, queued.person_id) == (
        "invitation",
        "email",
        done.invitation.pk,
        world.users["binh"].pk,
    )
    accepted(done.code)
    assert Invitation.objects.get().email == ""
    other = sent(world, "binh", "G2", email="kia@co-quan.vn")
    withdraw(other.invitation.pk, by=world.person("binh"), at=later())
    assert not Invitation.objects.exclude(email="").exists()


def test_whoever_invited_is_told_who_came(world: World) -> None:
    accepted(sent(world, "binh", "G2").code)
    notice = Notice.objects.get(person=world.users["binh"])
    assert notice.text == "Lý Thị Mới đã nhận lời mời làm thủ trưởng đơn vị của Công đoàn cơ sở Hai, từ ngày 01/04/2023."
    assert (notice.page, notice.args) == ("people", [world.units["G2"]])


def test_the_rights_are_those_of_the_day(world: World) -> None:
    assert FIRST_DAY < TODAY
    early = person(world.users["binh"], datetime(2019, 1, 1, tzinfo=later().tzinfo))
    assert rights_at(early, world.units["G1"]).gives == set()
