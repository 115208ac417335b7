"""A forgotten password: who hands over a code, what it opens, and that nothing tells whether there is an account."""

import argparse
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kheo.cli.console import Console
from kheo.cli.people import COMMANDS
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.notices.actions.delivering import deliver
from kheo.notices.actions.resetting import MOST_A_DAY
from kheo.notices.channels import EMAIL, Message, Outcome
from kheo.notices.models import Delivery, Notice, Preferences
from kheo.org.access.people import post_to_reset
from kheo.org.actions import appoint
from kheo.org.models import Post
from kheo.people.actions import make_token
from kheo.people.actions.resetting import LIVES, ResetMade, make_reset
from kheo.people.models import AccessToken, PasswordReset, User
from kheo.people.queries import mailed_secret
from kheo.reports.actions.passwords import reset_password
from tests.journeys.axe import every_violation
from tests.web.desk import PHONE, WIDE, Sit
from tests.web.people.test_people import NOW, TODAY, text
from tests.web.visits import day, enter
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db
NEW = "con trâu qua sông"


def post_of(world: World, who: str, role: str = "") -> int:
    posts = Post.objects.filter(user=world.users[who]).order_by("pk")
    return (posts.filter(role=role) if role else posts)[0].pk


def handed(world: World, who: str = "an", by: str = "hoa") -> str:
    """The code that somebody is shown, on the page."""
    answer = enter(world, by).post(reverse("hand_over_code", args=[post_of(world, who)]))
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r'id="ma">([0-9A-Z-]{19})<', answer.content.decode())
    assert found, text(answer.content.decode())
    return found[1]


def url(secret: str) -> str:
    return f"{reverse('set_password')}?ma={secret}"


def signs_in(name: str, password: str) -> bool:
    return Client().post("/tai-khoan/dang-nhap/", {"login": name, "password": password}).status_code == 302


def test_a_code_sets_a_new_password_once_and_ends_what_was_opened_with_the_old_one(world: World) -> None:
    inside = enter(world, "an")
    make_token(world.users["an"], name="Máy", days=30, by=SYSTEM, at=NOW)
    code = handed(world)
    assert signs_in("an", PASSWORD)  # nothing is lost before it is used
    assert "Nguyễn Thị An, đặt mật khẩu mới" in text(Client().get(url(code)).content.decode())
    fresh = Client()
    answer = fresh.post(url(code.lower().replace("-", " ")), {"mat-khau": NEW, "thu-hoi-ma": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert fresh.get("/").status_code == 200
    assert inside.get("/").status_code == 302
    assert (signs_in("an", NEW), signs_in("an", PASSWORD)) == (True, False)
    assert not AccessToken.objects.filter(revoked_at=None).exists()
    assert Client().post(url(code), {"mat-khau": "một-thúng-cam-sành"}).status_code == 404
    assert signs_in("an", NEW)


def test_the_journal_and_the_person_are_told_who_made_it_and_the_code_is_kept_nowhere(world: World) -> None:
    code = handed(world)
    entries = [(row.act, row.actor_name, row.post, row.object_id) for row in JournalEntry.objects.order_by("-number")[:1]]
    assert entries == [("make_password_reset", "Trần Thị Hoa", "Thủ trưởng đơn vị, Công đoàn cơ sở Một", world.users["an"].pk)]
    (notice,) = Notice.objects.filter(person=world.users["an"])
    assert notice.text.startswith("Trần Thị Hoa (Thủ trưởng đơn vị, Công đoàn cơ sở Một) cấp mã đặt mật khẩu mới cho anh/chị lúc")
    kept = PasswordReset.objects.values_list("hash", flat=True)[0]
    assert code.replace("-", "") not in kept
    told = str(list(JournalEntry.objects.values())) + notice.text
    assert code not in told
    Client().post(url(code), {"mat-khau": NEW})
    assert JournalEntry.objects.latest("number").act == "set_password"
    assert NEW not in str(list(JournalEntry.objects.values()))


def test_nobody_is_given_more_than_they_answer_for(world: World) -> None:
    """A code opens all that its holder may do: whoever holds something elsewhere gets none, a head all that they hold at the unit."""
    elsewhere = appoint(world.users["an"], world.units["D2"], Role.REVIEWER, on=TODAY + timedelta(days=30), by=SYSTEM, at=NOW)
    answer = enter(world, "hoa").get(reverse("hand_over_code", args=[post_of(world, "an")]))
    assert "Người này còn giữ chức trách mà anh/chị không cho thôi được: cán bộ tổng hợp (Liên đoàn Lao động Quận 2)" in text(
        answer.content.decode()
    )
    assert "Cấp mã" not in text(answer.content.decode())
    refused = enter(world, "hoa").post(reverse("hand_over_code", args=[post_of(world, "an")]))
    assert (refused.status_code, PasswordReset.objects.count()) == (409, 0)
    Post.objects.filter(pk=elsewhere.pk).update(ends=elsewhere.starts, ends_by_hand=elsewhere.starts)
    assert isinstance(reset_password(post_of(world, "an"), by=world.person("hoa", NOW), at=NOW), ResetMade)
    assert isinstance(reset_password(post_of(world, "chi", "head"), by=world.person("bich", NOW), at=NOW), ResetMade)


def test_one_s_own_password_and_a_closed_account_have_no_such_page(world: World) -> None:
    assert enter(world, "hoa").get(reverse("hand_over_code", args=[post_of(world, "hoa")])).status_code == 404
    assert post_to_reset(world.person("hoa", NOW), post_of(world, "an")).user == world.users["an"]
    User.objects.filter(username="an").update(is_active=False)
    assert enter(world, "hoa").get(reverse("hand_over_code", args=[post_of(world, "an")])).status_code == 404
    assert "/mat-khau/" not in enter(world, "hoa").get(reverse("people", args=[world.units["G1"]])).content.decode()


def test_whatever_opens_nothing_looks_the_same_and_guessing_is_slowed_down(world: World) -> None:
    an = world.users["an"]
    first, second = (make_reset(an, by=SYSTEM, at=NOW).code for _ in range(2))
    third = make_reset(world.users["chi"], by=SYSTEM, at=NOW - LIVES).code
    forged = f"{an.pk}.{'x' * 32}"
    stale = mailed_secret(an)
    an.set_password("khác hẳn rồi nhé")
    an.save()
    bodies = set()
    for number, dead in enumerate((first, third, forged, stale, "1.", "9" * 40 + ".x", "%00", "<b>", "x" * 5000)):
        answer = Client(REMOTE_ADDR=f"10.2.{number}.1").get(reverse("set_password"), {"ma": dead})
        assert answer.status_code == 404, dead
        bodies.add(answer.content)
    assert len(bodies) == 1
    assert Client().get(url(second)).status_code == 200  # the newest of the two stands
    cache.clear()
    guesser = Client(REMOTE_ADDR="10.3.1.1")
    answers = [guesser.get(url(f"AAAA-AAAA-AAAA-{number:04d}")).status_code for number in range(22)]
    assert (answers[:20], answers[20:]) == ([404] * 20, [429] * 2)
    assert guesser.post(url(second), {"mat-khau": NEW}).status_code == 429


def test_a_code_ends_after_a_day(world: World) -> None:
    code = handed(world)
    with day(NOW + LIVES + timedelta(minutes=1)):
        assert Client().post(url(code), {"mat-khau": NEW}).status_code == 404
    assert signs_in("an", PASSWORD)


def test_a_weak_password_is_refused_in_words_and_leaves_the_code_unused(world: World) -> None:
    code = handed(world)
    answer = Client().post(url(code), {"mat-khau": "123"})
    assert answer.status_code == 409
    told = text(answer.content.decode())
    assert "cần ít nhất 10 ký tự" in told
    assert "không được chỉ toàn chữ số" in told
    assert Client().post(url(code), {"mat-khau": NEW}).status_code == 302


def test_a_post_of_another_site_sets_nothing(world: World) -> None:
    code = handed(world)
    assert Client(enforce_csrf_checks=True).post(url(code), {"mat-khau": NEW}).status_code == 403
    assert signs_in("an", PASSWORD)


def test_the_page_says_whom_to_ask_and_is_one_for_everybody(world: World, settings: Any) -> None:
    settings.CHANNELS_OFF = {**settings.CHANNELS_OFF, "email": "Chưa khai máy chủ thư."}
    page = Client().get("/tai-khoan/dang-nhap/").content.decode()
    assert f'href="{reverse("forgot_password")}"' in page
    told = text(Client().get(reverse("forgot_password")).content.decode())
    assert "Cán bộ nhập liệu Thủ trưởng đơn vị của đơn vị mình" in told
    assert "Thủ trưởng đơn vị Thủ trưởng đơn vị, cán bộ tổng hợp, thường trực phong trào của đơn vị cấp trên" in told
    assert "Nhận đường dẫn qua thư" not in told
    assert Client().post(reverse("forgot_password"), {"ten": "an"}).status_code == 200
    assert Delivery.objects.count() == 0


def confirmed(world: World, who: str) -> None:
    Preferences.objects.create(person=world.users[who], email=f"{who}@co-quan.vn", email_verified_at=NOW, updated_at=NOW)


def test_where_letters_can_be_sent_known_and_unknown_names_get_one_answer(world: World) -> None:
    confirmed(world, "an")
    answers = set()
    for number, name in enumerate(("an", "AN ", "hoa", "khong-co-ai", "", "x" * 5000, "\x00")):
        answer = Client(REMOTE_ADDR=f"10.4.{number}.1").post(reverse("forgot_password"), {"ten": name}, follow=True)
        body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        answers.add((tuple(answer.redirect_chain), body))
    assert len(answers) == 1
    assert "Đã nhận yêu cầu." in str(answers)
    assert [(row.person.username, row.kind, row.state) for row in Delivery.objects.all()] == [("an", "reset", "queued")]
    assert mail.outbox == []


def test_letters_do_not_go_without_end(world: World) -> None:
    confirmed(world, "an")
    for number in range(9):
        Client(REMOTE_ADDR=f"10.5.{number}.1").post(reverse("forgot_password"), {"ten": "an"})
        Delivery.objects.update(state="sent")
    assert Delivery.objects.count() == MOST_A_DAY
    one = Client(REMOTE_ADDR="10.6.1.1")
    assert [one.post(reverse("forgot_password"), {"ten": "x"}).status_code for _ in range(6)] == [302] * 5 + [429]


def test_the_letter_goes_to_the_confirmed_address_and_its_link_sets_the_password(world: World) -> None:
    confirmed(world, "an")
    Client().post(reverse("forgot_password"), {"ten": "an"})
    sent: list[Message] = []

    class Box:
        """A channel that keeps what it is given."""

        def send(self, message: Message) -> Outcome:
            sent.append(message)
            return Outcome("sent")

        def close(self) -> None:
            """Nothing is open."""

    deliver({EMAIL: Box()}, site="https://kheo.example.vn", now=lambda: NOW + timedelta(minutes=1))
    (message,) = sent
    assert message.to == "an@co-quan.vn"
    assert "trong 60 phút" in message.letter.text
    (link,) = re.findall(r"https://kheo\.example\.vn(/tai-khoan/dat-mat-khau/\?ma=\S+)", message.letter.text)
    assert Client().post(link, {"mat-khau": NEW}).status_code == 302
    assert signs_in("an", NEW)


def test_the_operator_prints_a_link_that_sets_it(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    (command,) = (each for each in COMMANDS if each.words == ("people", "reset"))
    assert command.run(argparse.Namespace(user="quan"), Console()) == 0
    told = capsys.readouterr()
    assert "Đưa đường dẫn này cho Tạ Minh Quân, dùng một lần, đến" in told.err
    link = told.out.strip().removeprefix("http://localhost:8000")
    assert Client().post(link, {"mat-khau": NEW}).status_code == 302
    assert signs_in("quan", NEW)


def test_a_mailed_link_works_once_and_not_after_another_signing_in(world: World) -> None:
    secret = mailed_secret(world.users["an"])
    assert Client().post(url(secret), {"mat-khau": NEW}).status_code == 302
    assert Client().post(url(secret), {"mat-khau": "một-thúng-cam-sành"}).status_code == 404
    assert signs_in("an", NEW)
    User.objects.filter(username="an").update(last_login=NOW)
    waiting = mailed_secret(User.objects.get(username="an"))
    assert signs_in("an", NEW)
    assert Client().get(url(waiting)).status_code == 404
    User.objects.filter(username="hoa").update(is_active=False)
    assert Client().get(url(mailed_secret(world.users["hoa"]))).status_code == 404


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")])
def test_every_page_of_it_is_for_everybody_and_works_without_script(world: World, sit: Sit, size: dict[str, int], scheme: str) -> None:
    head = sit("hoa", size, color_scheme=scheme)
    page = head.open(reverse("people", args=[world.units["G1"]]))
    for press in ("a[aria-label^='Đặt lại mật khẩu']", "button:text-is('Cấp mã')"):
        with page.expect_navigation():  # to its end: a page without its sheets has small links
            page.click(press)
        assert every_violation(page) == {}
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    code = page.locator("#ma").inner_text()
    for scripts in (True, False):
        desk = sit("chi", size, color_scheme=scheme, java_script_enabled=scripts)
        desk.client.logout()
        setting = desk.open("/tai-khoan/dang-nhap/")
        setting.click("a:text-is('Quên mật khẩu?')")
        setting.click("a:text-is('Tôi đã có mã')")
        setting.fill("#ma", code)
        with setting.expect_navigation():
            setting.click("button:text-is('Tiếp tục')")
        if scripts:
            assert every_violation(setting) == {}
    setting.fill("#mat-khau", NEW)
    setting.click("button:text-is('Đặt mật khẩu và vào Khéo')")
    assert signs_in("an", NEW)


def test_a_code_of_an_account_closed_since_opens_nothing(world: World) -> None:
    code = handed(world)
    User.objects.filter(pk=world.users["an"].pk).update(is_active=False)
    assert Client().get(url(code)).status_code == 404
    User.objects.filter(pk=world.users["an"].pk).update(is_active=True)
    assert Client().get(url(code)).status_code == 200
