"""The bell, the list of what one was told, and the page of how one wishes to be told: each person's own and nobody else's."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kheo.core.reminders import Line
from kheo.journal.models import JournalEntry
from kheo.notices.actions import write_digests
from kheo.notices.models import Check, Delivery, Notice, Preferences
from kheo.notices.queries.codes import code_of
from kheo.reports.actions import return_report
from tests.standing import standing
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import OPENING, World, later, small_world, submit

pytestmark = pytest.mark.django_db
NOW = OPENING + timedelta(days=2)
ADDRESS = "nguyen.thi.an@example.vn"


@standing
def returned() -> World:
    """An's report came back."""
    made = small_world()
    submit(made, "G1")
    return_report(made.obligation("G1").pk, reason="Sai", version=made.report("G1").version, by=made.person("binh"), at=later(1))
    return made


@pytest.fixture
def world() -> Iterator[World]:
    made = returned()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # what tests on real connections ordered stays when their tables are emptied
    with day(NOW):
        yield made
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def page(client: Client, name: str = "notices") -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return text_of(answer.content)


def test_what_one_was_told_is_listed_and_counted_at_the_bell(world: World) -> None:
    an = enter(world, "an")
    write_digests({world.users["an"].pk: [Line("Một việc.", "report", (world.obligation("G1").pk,))]}, channels=[], at=later(days=1))
    raw = an.get(reverse("notices")).content.decode()
    assert 'aria-label="Thông báo, 2 chưa đọc"' in raw
    text = text_of(raw.encode())
    assert text.index("1 việc cần làm, ngày 02/04/2023 Một việc.") < text.index("Công đoàn cơ sở Một bị trả lại."), "newest first"
    assert f'href="{reverse("report", args=[world.obligation("G1").pk])}"' in raw


def test_nobody_sees_or_marks_another_s(world: World) -> None:
    chi = enter(world, "chi")
    assert "Chưa có thông báo nào" in page(chi)
    notice = Notice.objects.get(person=world.users["an"])
    chi.post(reverse("mark_read"), {"thong-bao": notice.pk})
    chi.post(reverse("mark_read"), {"tat-ca": "1"})
    notice.refresh_from_db()
    assert notice.read_at is None


def test_one_or_all_are_marked_as_read(world: World) -> None:
    an, owner = enter(world, "an"), world.users["an"]
    for number in range(2):
        Notice.objects.create(person=owner, kind="x", key=f"x{number}", text=f"Tin {number}", page="home", told_at=later(5))
    first = Notice.objects.filter(person=owner).first()
    assert first is not None
    assert an.post(reverse("mark_read"), {"thong-bao": [first.pk, "mot", "9" * 30]}).headers["Location"] == reverse("notices")
    assert Notice.objects.filter(person=owner, read_at__isnull=True).count() == 2
    an.post(reverse("mark_read"), {"tat-ca": "1"})
    assert Notice.objects.filter(person=owner, read_at__isnull=True).count() == 0
    assert 'aria-label="Thông báo"' in an.get(reverse("notices")).content.decode()


def test_a_notice_of_a_page_that_is_no_more_leads_home(world: World) -> None:
    Notice.objects.filter(person=world.users["an"]).update(page="mot-trang-cu")
    assert '<h2><a href="/">' in enter(world, "an").get(reverse("notices")).content.decode()


@pytest.mark.parametrize("name", ["notices", "notice_settings", "home"])
def test_the_number_of_queries_does_not_grow(world: World, name: str) -> None:
    an, owner = enter(world, "an"), world.users["an"]
    few = queries_of(an, reverse(name))
    for number in range(12):
        Notice.objects.create(person=owner, kind="x", key=f"x{number}", text=f"Tin {number}", page="home", told_at=later(5))
    write_digests({owner.pk: [Line("Một việc.", "home")]}, channels=[], at=later(days=1))
    assert queries_of(an, reverse(name)) == few


@pytest.mark.parametrize("name", ["notices", "notice_settings"])
def test_a_visitor_is_sent_to_sign_in(name: str) -> None:
    assert Client().get(reverse(name)).headers["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


def test_an_unknown_channel_or_step_is_not_there(world: World) -> None:
    an = enter(world, "an")
    assert [an.post(f"/thong-bao/cach-nhan/{place}").status_code for place in ("fax/ma", "email/no", "zalo/..")] == [404] * 3


def change(client: Client, step: str, channel: str = "email", **form: str) -> tuple[int, str]:
    answer = client.post(reverse("change_address", args=[channel, step]), form, follow=True)
    return answer.status_code, text_of(answer.content)


def test_an_address_is_confirmed_by_the_code_that_was_sent_there(world: World) -> None:
    an = enter(world, "an")
    status, text = change(an, "ma", **{"dia-chi": f" {ADDRESS} "})
    assert status == 200
    assert f"Đã gửi mã tới {ADDRESS}" in text
    assert (Delivery.objects.get().kind, Delivery.objects.get().state) == ("code", "queued")
    assert Preferences.objects.get().email == "", "not the person's own yet"
    code = code_of(Check.objects.get())
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    status, text = change(an, "xac-nhan", ma=wrong)
    assert (status, "Mã chưa đúng. Còn thử được 4 lần." in text) == (409, True)
    status, text = change(an, "xac-nhan", ma=f"{code[:3]} {code[3:]}")
    assert "Đã xác nhận. Từ nay nhắc việc đến cả qua thư điện tử." in text
    kept = Preferences.objects.get()
    assert (kept.person, kept.email, kept.by_email) == (world.users["an"], ADDRESS, True)
    assert not Check.objects.exists()


def test_a_code_is_guessed_at_five_times_and_no_more(world: World) -> None:
    an = enter(world, "an")
    change(an, "ma", **{"dia-chi": ADDRESS})
    code = code_of(Check.objects.get())
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    answers = [change(an, "xac-nhan", ma=wrong)[0] for _ in range(5)]
    assert answers == [409] * 5
    status, text = change(an, "xac-nhan", ma=code)
    assert (status, "Đã ghi sai mã quá nhiều lần" in text) == (409, True)
    assert not Preferences.objects.get().by_email


def test_a_code_does_not_live_for_ever_and_is_not_sent_again_and_again(world: World) -> None:
    an = enter(world, "an")
    change(an, "ma", **{"dia-chi": ADDRESS})
    status, text = change(an, "ma", **{"dia-chi": "khac@example.vn"})
    assert (status, "Hãy chờ một phút" in text) == (409, True)
    Check.objects.update(asked_at=NOW - timedelta(minutes=31))
    status, text = change(an, "xac-nhan", ma=code_of(Check.objects.get()))
    assert (status, "Mã đã hết hạn" in text) == (409, True)
    Check.objects.update(asked_times=5)
    status, text = change(an, "ma", **{"dia-chi": ADDRESS})
    assert (status, "Hôm nay đã gửi quá nhiều mã" in text) == (409, True)


@pytest.mark.parametrize(
    ("channel", "typed", "words"),
    [
        ("email", "khong phai thu", "Địa chỉ thư chưa đúng"),
        ("email", "", "Địa chỉ thư chưa đúng"),
        ("email", "a@b.vn\r\nBcc: c@d.vn", "Địa chỉ thư chưa đúng"),
        ("zalo", "12345", "Số điện thoại chưa đúng"),
        ("zalo", "+1 202 555 0100", "Số điện thoại chưa đúng"),
    ],
)
def test_what_is_no_address_is_refused_beside_its_field(world: World, settings: Settings, channel: str, typed: str, words: str) -> None:
    settings.CHANNELS_OFF = {"email": "", "zalo": ""}
    status, text = change(enter(world, "an"), "ma", channel, **{"dia-chi": typed})
    assert (status, text.count(words)) == (409, 2), "in the summary and at the field"
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("typed", ["0912 345 678", "+84 912.345.678", "84-912-345-678"])
def test_a_phone_number_is_kept_in_one_form(world: World, settings: Settings, typed: str) -> None:
    settings.CHANNELS_OFF = {"email": "", "zalo": ""}
    change(enter(world, "an"), "ma", "zalo", **{"dia-chi": typed})
    assert Check.objects.get().address == "84912345678"


def test_a_channel_that_is_off_here_says_why_and_takes_nothing(world: World) -> None:
    an = enter(world, "an")
    assert "Nơi cài đặt Khéo chưa nối với Zalo." in page(an, "notice_settings")
    assert change(an, "ma", "zalo", **{"dia-chi": "0912345678"})[0] == 409
    assert not Check.objects.exists()


def confirmed(world: World, who: str = "an") -> Preferences:
    return Preferences.objects.create(person=world.users[who], by_email=True, email=ADDRESS, email_verified_at=OPENING, updated_at=OPENING)


def test_quiet_hours_and_channels_are_kept(world: World) -> None:
    confirmed(world)
    an = enter(world, "an")
    form = {"tu": "22:00", "den": "06:00"}
    assert "Đã lưu cách nhận nhắc việc." in text_of(an.post(reverse("choose_channels"), form, follow=True).content)
    kept = Preferences.objects.get()
    assert (kept.by_email, kept.quiet_starts, kept.quiet_ends, kept.quiet_on_days_off) == (False, time(22), time(6), False)
    assert kept.opens == time(6)
    an.post(reverse("choose_channels"), {"tu": "25:99", "den": "sáng", "email": "on", "ngay-nghi": "on"})
    kept.refresh_from_db()
    assert (kept.by_email, kept.quiet_starts, kept.quiet_ends, kept.quiet_on_days_off) == (True, time(21), time(7), True)


def test_a_channel_is_not_turned_on_without_a_confirmed_address(world: World) -> None:
    answer = enter(world, "an").post(reverse("choose_channels"), {"email": "on"})
    assert (answer.status_code, "hãy xác nhận địa chỉ thư trước" in text_of(answer.content)) == (409, True)


def test_an_address_is_forgotten_wholly(world: World) -> None:
    confirmed(world)
    assert "Đã xoá địa chỉ thư điện tử" in change(enter(world, "an"), "xoa")[1]
    kept = Preferences.objects.get()
    assert (kept.email, kept.email_verified_at, kept.by_email) == ("", None, False)


def test_a_trial_is_sent_once_a_minute_and_its_result_shown(world: World) -> None:
    confirmed(world)
    an = enter(world, "an")
    assert "Tin thử đang được gửi" in change(an, "gui-thu")[1]
    assert change(an, "gui-thu")[0] == 409
    Delivery.objects.update(state="failed", reason="máy chủ thư không nhận địa chỉ này (mã 550)")
    assert "tin thử thư điện tử không gửi được: máy chủ thư không nhận địa chỉ này (mã 550)" in page(an, "notice_settings")


def test_nobody_sees_another_s_address_or_messages(world: World) -> None:
    confirmed(world)
    change(enter(world, "an"), "gui-thu")
    text = page(enter(world, "chi"), "notice_settings")
    assert ADDRESS not in text
    assert "tin thử" not in text


def test_choices_are_in_the_journal_and_addresses_are_not(world: World) -> None:
    an = enter(world, "an")
    change(an, "ma", **{"dia-chi": ADDRESS})
    change(an, "xac-nhan", ma=code_of(Check.objects.get()))
    an.post(reverse("choose_channels"), {"tu": "21:00", "den": "07:00"})
    change(an, "xoa")
    rows = JournalEntry.objects.filter(object_type="preferences").order_by("number")
    assert [row.act for row in rows] == ["ask_code", "confirm_address", "choose_channels", "forget_address"]
    assert "example.vn" not in str(list(rows.values()))


def test_a_job_is_ordered_once_and_names_nobody(world: World) -> None:
    confirmed(world)
    change(enter(world, "an"), "gui-thu")
    change(enter(world, "an"), "ma", **{"dia-chi": "khac@example.vn"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs")
        assert cursor.fetchall() == [("remind", "{}")]


def test_the_link_of_a_message_brings_its_code_to_the_channel_it_is_for(world: World) -> None:
    an = enter(world, "an")
    change(an, "ma", **{"dia-chi": ADDRESS})
    brought = [an.get(reverse("notice_settings"), {"ma": "012345", "kenh": channel}).content for channel in ("email", "zalo")]
    assert [b'value="012345"' in each for each in brought] == [True, False]


def test_a_changed_number_is_not_confirmed_and_the_old_one_gets_nothing_meanwhile(world: World, settings: Settings) -> None:
    settings.CHANNELS_OFF = {"email": "", "zalo": ""}
    an, person = enter(world, "an"), world.users["an"]
    kept = {"zalo_phone": "84912345678", "zalo_verified_at": NOW, "by_zalo": True}
    Preferences.objects.create(person=person, updated_at=NOW, email=ADDRESS, email_verified_at=NOW, by_email=True, **kept)
    status, text = change(an, "ma", "zalo", **{"dia-chi": "0912 345 678"})
    assert (status, Preferences.objects.get().by_zalo) == (200, True), "the same number stays confirmed"
    Check.objects.update(asked_at=NOW - timedelta(minutes=2))
    status, text = change(an, "ma", "zalo", **{"dia-chi": "12"})
    assert (status, Preferences.objects.get().by_zalo) == (409, True), "a number that is none changes nothing"
    status, text = change(an, "ma", "zalo", **{"dia-chi": "0987 654 321"})
    assert "Số cũ đã thôi dùng; cho đến khi xác nhận, nhắc việc chỉ có ở mục Thông báo." in text
    assert "Trong lúc chờ xác nhận, nhắc việc chỉ có ở mục Thông báo." in text
    after = Preferences.objects.get()
    assert (after.zalo_phone, after.zalo_verified_at, after.by_zalo, after.by_email) == ("", None, False, True)
    write_digests({person.pk: [Line("Một việc.", "home")]}, channels=["email", "zalo"], at=NOW)
    assert set(Delivery.objects.filter(kind="digest").values_list("channel", flat=True)) == {"email"}
    change(an, "xac-nhan", "zalo", ma=code_of(Check.objects.get()))
    assert (Preferences.objects.get().zalo_phone, Preferences.objects.get().by_zalo) == ("84987654321", True)


def test_whoever_gives_a_phone_number_is_told_of_a_message_in_zalo_and_of_no_letter(world: World, settings: Settings) -> None:
    settings.CHANNELS_OFF = {"email": "", "zalo": ""}
    an = enter(world, "an")
    status, text = change(an, "ma", "zalo", **{"dia-chi": "0912 345 678"})
    assert status == 200
    assert "Đã gửi tin Zalo tới số 0912345678. Trong 30 phút, mở tin ấy trên điện thoại rồi bấm vào liên kết." in text
    assert "Mở Zalo trên điện thoại, bấm vào liên kết trong tin của Khéo: mã 6 chữ số được ghi sẵn ở ô này, chỉ còn bấm Xác nhận." in text
    assert "thư rác" not in text
    assert "Dùng số khác" in text
    text = change(an, "xac-nhan", "zalo", ma=code_of(Check.objects.get()))[1]
    assert "Xoá số này" in text
    assert "Đã xoá số điện thoại của anh/chị khỏi Khéo." in change(an, "xoa", "zalo")[1]
