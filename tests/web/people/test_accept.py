"""Accepting an invitation: whatever opens nothing looks the same, looking uses up nothing, and guessing is slowed down."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.core.workflow import Role
from kheo.org.models import Invitation, Post
from kheo.people.models import User
from kheo.reports.actions.inviting import Invited, Wish, invite, send_anew, withdraw
from tests.web.people.test_people import NOW, text
from tests.web.visits import day, enter
from tests.world import World

pytestmark = pytest.mark.django_db
PASSWORD = "con trâu qua sông"
FORM = {"ten": "ly.thi.moi", "mat-khau": PASSWORD, "lien-he": "0912 345 678"}


@pytest.fixture
def done(world: World) -> Invited:
    wish = Wish(role=Role.HEAD, full_name="Lý Thị Mới")
    made = invite(world.units["G2"], wish, by=world.person("binh", NOW), at=NOW)
    assert isinstance(made, Invited)
    return made


def url(code: str) -> str:
    return f"/nhan/?ma={code}"


def test_says_what_one_may_do_and_who_invites_before_anything_is_asked(done: Invited) -> None:
    told = text(Client().get(url(done.code)).content.decode())
    assert told.startswith("Lý Thị Mới, mời anh/chị nhận nhiệm vụ Thủ trưởng đơn vị, Công đoàn cơ sở Hai")
    assert "nộp, rút lại để sửa" in told
    assert "Người mời: Lê Văn Bình (Cán bộ tổng hợp, Liên đoàn Lao động Quận 1)." in told


def test_looking_uses_up_nothing(done: Invited) -> None:
    for _ in range(30):  # as the previews of chat programs do
        assert Client().get(url(done.code)).status_code == 200
    assert Client().head(url(done.code)).status_code == 200
    assert Invitation.objects.get().accepted_at is None


def test_accepting_signs_in_and_shows_what_one_may_do(world: World, done: Invited) -> None:
    client = Client()
    answer = client.post(url(done.code), FORM, follow=True)
    assert answer.redirect_chain == [(reverse("own_posts"), 302)]
    assert "Thủ trưởng đơn vị, Công đoàn cơ sở Hai" in text(answer.content.decode())
    assert client.get(reverse("people", args=[world.units["G2"]])).status_code == 200
    assert client.get(reverse("people", args=[world.units["G1"]])).status_code == 404
    again = Client()
    assert again.post("/tai-khoan/dang-nhap/", {"login": "ly.thi.moi", "password": PASSWORD}).status_code == 302
    assert again.get("/").status_code == 200


def test_the_secret_in_the_address_is_kept_and_passed_on_by_nothing(done: Invited) -> None:
    for answer in (Client().get(url(done.code)), Client().get("/nhan/"), Client().get(url("SAI"))):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_whatever_opens_nothing_looks_the_same_to_the_last_byte(world: World, done: Invited) -> None:
    binh = world.person("binh", NOW)
    wish = Wish(role=Role.HEAD, full_name="X Y")
    used, gone, old, lost = (invite(world.units["G2"], wish, by=binh, at=NOW) for _ in range(4))
    assert isinstance(used, Invited) and isinstance(gone, Invited) and isinstance(old, Invited) and isinstance(lost, Invited)  # noqa: PT018
    assert Client().post(url(used.code), FORM).status_code == 302
    withdraw(gone.invitation.pk, by=binh, at=NOW)
    Invitation.objects.filter(pk=old.invitation.pk).update(expires_at=NOW)
    send_anew(lost.invitation.pk, by=binh, at=NOW)
    codes = [used.code, gone.code, old.code, lost.code, "AAAA-AAAA-AAAA-AAAA", "x", "../..", "<b>", "%00", "١" * 16]
    bodies = set()
    for number, code in enumerate(codes):
        for client in (Client(REMOTE_ADDR=f"10.0.{number}.1"), enter(world, "chi")):
            for answer in (client.get("/nhan/", {"ma": code}), client.post(f"/nhan/?ma={code}" if code.isascii() else "/nhan/?ma=x", FORM)):
                assert answer.status_code == 404, code
                bodies.add(answer.content)
        _forget_tries()
    assert len(bodies) == 1


def _forget_tries() -> None:
    cache.clear()


def test_a_code_that_opens_nothing_asks_the_database_as_often_as_any_other(done: Invited, world: World) -> None:
    """Nothing to be learnt from how long it takes: a dead code is looked for like one that never was."""
    withdraw(done.invitation.pk, by=world.person("binh", NOW), at=NOW)
    asked = []
    Client().get(url("x"))  # what is read once and kept is read now
    for code in (done.code, "AAAA-AAAA-AAAA-AAAA", "x"):
        _forget_tries()
        with CaptureQueriesContext(connection) as captured:
            Client().get(url(code))
        asked.append(len([query for query in captured.captured_queries if "config_cache" not in query["sql"]]))
    assert len(set(asked)) == 1, asked


def test_guessing_is_slowed_down_by_address_and_who_has_a_true_code_is_not(done: Invited) -> None:
    guesser, neighbour = Client(REMOTE_ADDR="10.1.1.1"), Client(REMOTE_ADDR="10.1.1.2")
    answers = [guesser.get(url(f"AAAA-AAAA-AAAA-{number:04d}")).status_code for number in range(25)]
    assert answers[:20] == [404] * 20
    assert set(answers[20:]) == {429}
    assert guesser.get(url(done.code)).status_code == 429  # nor does a hit come through among the guesses
    assert guesser.post(url(done.code), FORM).status_code == 429
    assert neighbour.get(url(done.code)).status_code == 200


def test_a_form_that_is_refused_says_why_at_its_field_and_keeps_what_was_typed(done: Invited) -> None:
    answer = Client().post(url(done.code), {"ten": "AN", "mat-khau": "ngan", "lien-he": "Zalo"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Mật khẩu mới ngắn quá: cần ít nhất 10 ký tự" in text(html)
    assert 'value="Zalo"' in html
    assert "ngan" not in html.replace("ngang", "")
    assert not User.objects.filter(full_name="Lý Thị Mới").exists()


def test_a_taken_name_is_said_whatever_its_case(done: Invited) -> None:
    assert "đã có người dùng" in text(Client().post(url(done.code), FORM | {"ten": "HOA"}).content.decode())


def test_whoever_is_signed_in_takes_it_up_with_that_account_and_is_warned_of_another_name(world: World, done: Invited) -> None:
    client = enter(world, "an")
    told = text(client.get(url(done.code)).content.decode())
    assert "Nhận với tài khoản Nguyễn Thị An" in told
    assert "Lời mời ghi tên Lý Thị Mới, còn máy này đang đăng nhập là Nguyễn Thị An." in told
    assert client.post(url(done.code), FORM).status_code == 302
    assert Post.objects.get(unit=world.units["G2"]).user == world.users["an"]
    assert not User.objects.filter(username="ly.thi.moi").exists()


def test_the_link_to_sign_in_comes_back_here(done: Invited) -> None:
    html = Client().get(url(done.code)).content.decode()
    wanted = f"/tai-khoan/dang-nhap/?next=%2Fnhan%2F%3Fma%3D{done.code}"
    assert wanted in html
    page = Client().get(wanted).content.decode()
    assert f'name="next" value="/nhan/?ma={done.code}"' in page


def test_a_post_of_another_site_takes_nothing_up(done: Invited) -> None:
    assert Client(enforce_csrf_checks=True).post(url(done.code), FORM).status_code == 403
    assert Invitation.objects.get().accepted_at is None


def test_a_day_to_come_gives_nothing_before_it(world: World) -> None:
    starts = (NOW + timedelta(days=10)).date()
    made = invite(world.units["G2"], Wish(role=Role.HEAD, full_name="Lý Thị Mới", starts_on=starts), by=world.person("binh", NOW), at=NOW)
    assert isinstance(made, Invited)
    client = Client()
    answer = client.post(url(made.code), FORM, follow=True)
    assert "Chưa đến ngày" in text(answer.content.decode())
    page = reverse("people", args=[world.units["G2"]])
    assert client.get(page).status_code == 404
    with day(NOW + timedelta(days=11)):
        client.force_login(User.objects.get(username="ly.thi.moi"))
        assert client.get(page).status_code == 200
