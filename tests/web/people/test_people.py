"""Người của đơn vị: what each reader sees and may press; and what the page costs whatever the number of people."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from kheo.core.days import local_day
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.notices.actions.inviting import mail_invitation
from kheo.notices.models import Delivery
from kheo.org.access import person
from kheo.org.actions import Appointment, appoint, appoint_many
from kheo.org.models import Invitation, Post
from kheo.people.models import User
from kheo.reports.actions.inviting import Invited, Wish, invite
from tests.web.visits import enter, queries_of
from tests.world import World, later

pytestmark = pytest.mark.django_db
NOW = later(days=1)
TODAY = local_day(NOW)


def text(html: str) -> str:
    main = re.search(r"<main.*?</main>", html, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0] if main else html)).split())


def page(world: World, who: str, unit: str, query: str = "") -> str:
    answer = enter(world, who).get(reverse("people", args=[world.units[unit]]) + query)
    assert answer.status_code == 200
    return text(answer.content.decode())


def invited(world: World, unit: str = "G2", name: str = "Lý Thị Mới", who: str = "binh") -> Invited:
    done = invite(world.units[unit], Wish(role=Role.HEAD, full_name=name), by=world.person(who, NOW), at=NOW)
    assert isinstance(done, Invited)
    return done


def test_an_officer_sees_colleagues_and_may_only_leave_the_own_post(world: World) -> None:
    html = enter(world, "an").get(reverse("people", args=[world.units["G1"]])).content.decode()
    assert "Trần Thị Hoa" in html
    assert re.findall(r'href="/nguoi/chuc-trach/(\d+)/thoi/"', html) == [str(Post.objects.get(user=world.users["an"]).pk)]
    assert "Mời người" not in text(html)
    assert "Gửi lại" not in html


def test_a_head_invites_and_ends_officers_but_no_superior(world: World) -> None:
    html = enter(world, "hoa").get(reverse("people", args=[world.units["G1"]])).content.decode()
    assert len(re.findall(r"/nguoi/chuc-trach/\d+/thoi/", html)) == 2
    form = text(enter(world, "hoa").get(reverse("invite", args=[world.units["G1"]])).content.decode())
    assert form.startswith("Mời cán bộ nhập liệu")


def test_the_party_sees_of_the_city_only_whom_it_lets_in(world: World) -> None:
    told = page(world, "phuc", "LDLD")
    assert "Hồ Văn Minh" in told
    assert all(name not in told for name in ("Đỗ Thị Lan", "Võ Ngọc Bích", "Đinh Trung Kiên", "Tạ Minh Quân"))


def test_only_what_people_gave_themselves_is_shown_of_them(world: World) -> None:
    User.objects.filter(username="an").update(contact="Zalo 0912", email="rieng@nha.vn")
    told = page(world, "hoa", "G1")
    assert "Zalo 0912" in told
    assert "rieng@nha.vn" not in told


def test_a_waiting_invitation_is_shown_to_those_who_may_invite_with_its_state(world: World) -> None:
    done = invited(world)
    told = page(world, "binh", "G2")
    assert "Lý Thị Mới Chờ nhận Thủ trưởng đơn vị gửi 02/04/2023, dùng được đến hết 16/04/2023" in told
    assert done.code not in enter(world, "binh").get(reverse("people", args=[world.units["G2"]])).content.decode()
    assert "Lý Thị Mới" not in page(world, "kien", "G2")
    Invitation.objects.update(expires_at=NOW - timedelta(seconds=1))
    assert "Đã hết hạn" in page(world, "binh", "G2")
    Invitation.objects.update(expires_at=NOW + timedelta(days=9))
    Post.objects.filter(user=world.users["binh"]).update(ends=TODAY)
    assert "Người mời không còn quyền mời" in page(world, "dung", "G2")


def test_a_unit_without_people_is_a_gap_with_words_for_itself_and_its_superior(world: World) -> None:
    assert "Chưa có ai ký nộp báo cáo." in page(world, "binh", "G2")
    told = page(world, "binh", "D1")
    assert "Đơn vị trực thuộc chưa có người 2" in told
    assert "Công đoàn cơ sở Hai Chưa có ai Mời thủ trưởng" in told
    invited(world)
    assert "Công đoàn cơ sở Hai Chưa có ai Đã mời, chờ nhận" in page(world, "binh", "D1")
    Post.objects.filter(user=world.users["hoa"]).update(ends=TODAY + timedelta(days=4))
    assert "Từ ngày 06/04/2023 chưa có ai ký nộp báo cáo. Liên đoàn Lao động Quận 1 mời được thủ trưởng của đơn vị." in page(
        world, "an", "G1"
    )
    assert "Công đoàn cơ sở Một Thủ trưởng sắp thôi, chưa có người thay" in page(world, "binh", "D1")
    assert "Đơn vị trực thuộc chưa có người" not in page(world, "kien", "D1")


def test_who_begins_later_leaves_no_gap_unsaid(world: World) -> None:
    """Neither today's, nor the days between somebody who leaves and somebody who follows."""
    follower = User.objects.create_user("ke", "Tô Thị Kế")
    appoint(follower, world.units["G2"], Role.HEAD, on=TODAY + timedelta(days=10), by=SYSTEM, at=NOW)
    assert "Chưa có ai ký nộp báo cáo cho đến ngày 12/04/2023." in page(world, "binh", "G2")
    appoint(follower, world.units["G1"], Role.HEAD, on=TODAY + timedelta(days=10), by=SYSTEM, at=NOW)
    assert "chưa có ai ký nộp" not in page(world, "an", "G1")
    Post.objects.filter(user=world.users["hoa"]).update(ends=TODAY + timedelta(days=4))
    assert "Từ ngày 06/04/2023 chưa có ai ký nộp báo cáo cho đến ngày 12/04/2023." in page(world, "an", "G1")
    leave = text(enter(world, "hoa").get(reverse("leave_post", args=[Post.objects.get(user=world.users["hoa"]).pk])).content.decode())
    assert "Từ ngày 02/04/2023 đến khi Tô Thị Kế giữ từ ngày 12/04/2023, chưa có ai" in leave


def test_a_page_of_units_beyond_the_last_is_the_last(world: World) -> None:
    assert "Đơn vị trực thuộc chưa có người 2" in page(world, "binh", "D1", "?trang=9")
    assert "Công đoàn cơ sở Hai Chưa có ai" in page(world, "binh", "D1", "?trang=999999999999999999")


def test_a_unit_of_many_people_shows_a_page_of_them_and_says_truly_who_is_missing(world: World) -> None:
    users = User.objects.bulk_create([User(username=f"dong-{number}", full_name=f"Đông {number:04}") for number in range(120)])
    appoint_many([Appointment(user.pk, world.units["D1"], Role.OFFICER) for user in users], on=TODAY, by=SYSTEM, at=NOW)
    address = reverse("people", args=[world.units["D1"]])
    told = page(world, "dung", "D1")
    assert ("Đông 0000" in told, "Đông 0119" in told, "Dòng 1–50 trong 123" in told) == (True, False, True)
    last = enter(world, "dung").get(address + "?nguoi=99").content.decode()
    assert ("Đông 0119" in last, "Cán bộ tổng hợp" in text(last), last.count("Thôi chức trách: ")) == (True, True, 23)
    assert "ký nộp báo cáo." not in text(last)  # the head is on another page, and there all the same
    assert queries_of(enter(world, "dung"), address) == queries_of(enter(world, "dung"), address + "?nguoi=3")
    form = text(enter(world, "dung").get(reverse("invite", args=[world.units["D1"]]) + "?chuc-trach=officer").content.decode())
    assert (form.count("bàn giao: thôi từ ngày"), "Còn 91 người nữa giữ chức trách này" in form) == (30, True)
    post = Post.objects.get(user=users[0])
    leave = text(enter(world, "dung").get(reverse("leave_post", args=[post.pk])).content.decode())
    assert "và 110 người nữa." in leave


def test_the_form_wants_it_said_whether_who_is_head_now_hands_over(world: World) -> None:
    client, url = enter(world, "binh"), reverse("invite", args=[world.units["G1"]])
    form = {"chuc-trach": "head", "ho-ten": "Lý Thị Mới", "han": "14"}
    refused = client.post(url, form)
    assert refused.status_code == 409
    assert "Hãy chọn: người đang giữ chức trách này bàn giao, hay vẫn giữ." in text(refused.content.decode())
    assert 'value="Lý Thị Mới"' in refused.content.decode()
    post = Post.objects.get(user=world.users["hoa"])
    for chosen, replaces in (("o-lai", None), (str(post.pk), post.pk)):
        assert client.post(url, form | {"thay": chosen}).status_code == 200
        assert Invitation.objects.latest("pk").replaces_id == replaces


@pytest.mark.parametrize(
    "more", [{"thay": "9" * 30}, {"thay": "-1"}, {"tu-ngay": "31/02/2023"}, {"chuc-trach": "keeper"}, {"ho-ten": "\x00"}]
)
def test_hostile_forms_are_refused_and_nothing_is_sent(world: World, more: dict[str, str]) -> None:
    form = {"chuc-trach": "head", "ho-ten": "X Y", "thay": "khong-phai-so" if "thay" not in more else "", "han": "14"} | more
    answer = enter(world, "binh").post(reverse("invite", args=[world.units["G1"]]), form)
    if more == {"thay": "-1"} or "9" * 30 in more.values():
        # Not a number of a post: nobody is replaced by it, as with "vẫn giữ".
        assert answer.status_code == 200
        assert Invitation.objects.get().replaces is None
    else:
        assert answer.status_code == 409
        assert not Invitation.objects.exists()


def test_the_code_is_shown_once_and_kept_by_no_cache(world: World) -> None:
    answer = enter(world, "binh").post(reverse("invite", args=[world.units["G2"]]), {"chuc-trach": "head", "ho-ten": "Lý Thị Mới"})
    code = re.search(r'id="ma">([0-9A-Z-]{19})<', answer.content.decode())
    assert code
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"http://testserver/nhan/?ma={code[1]}" in answer.content.decode()
    again = enter(world, "binh").post(reverse("send_invitation_again", args=[Invitation.objects.get().pk]))
    assert again.headers["Cache-Control"] == "no-store"
    assert code[1] not in again.content.decode()
    assert Client().get(f"/nhan/?ma={code[1]}").status_code == 404


def test_withdrawing_says_so_and_the_code_is_dead(world: World) -> None:
    done = invited(world)
    answer = enter(world, "binh").post(reverse("withdraw_invitation", args=[done.invitation.pk]), follow=True)
    assert "Đã thu hồi lời mời." in answer.content.decode()
    assert Client().get(f"/nhan/?ma={done.code}").status_code == 404


def test_leaving_shows_what_is_open_before_and_ends_only_when_it_is_meant(world: World) -> None:
    client, post = enter(world, "hoa"), Post.objects.get(user=world.users["an"])
    url = reverse("leave_post", args=[post.pk])
    told = text(client.get(url).content.decode())
    assert "Báo cáo chưa bắt đầu 1 Vẫn đến hạn như cũ Trần Thị Hoa" in told
    assert "Từ ngày 02/04/2023 chưa có người thay" in told
    later_day = text(client.get(f"{url}?ngay=2023-05-05").content.decode())
    assert "Việc còn dở vào ngày 05/05/2023" in later_day
    typed = client.get(f"{url}?ngay=05/05/2023").content.decode()
    assert ("Việc còn dở vào ngày 05/05/2023" in text(typed), 'name="ngay" value="05/05/2023"' in typed) == (True, True)
    assert client.post(url, {"ngay": "2023-05-05"}).status_code == 409
    assert client.post(url, {"ngay": "hôm qua", "ly-do": "moved"}).status_code == 409
    assert client.post(url, {"ngay": "2023-03-05", "ly-do": "moved"}).status_code == 409
    assert Post.objects.get(pk=post.pk).ends is None
    done = client.post(url, {"ngay": "2023-05-05", "ly-do": "moved"}, follow=True)
    assert "Nguyễn Thị An thôi chức trách cán bộ nhập liệu từ ngày 05/05/2023." in done.content.decode()
    assert Post.objects.get(pk=post.pk).ends_by_hand == Post.objects.get(pk=post.pk).ends


def test_who_leaves_themselves_comes_to_the_own_page(world: World) -> None:
    post = Post.objects.get(user=world.users["an"])
    done = enter(world, "an").post(reverse("leave_post", args=[post.pk]), {"ly-do": "moved"}, follow=True)
    assert done.redirect_chain == [(reverse("own_posts"), 302)]
    assert "chưa được giao nhiệm vụ nào" in text(done.content.decode())


def test_the_last_keeper_cannot_press_the_button(world: World) -> None:
    url = reverse("leave_post", args=[Post.objects.get(user=world.users["quan"]).pk])
    html = enter(world, "quan").get(url).content.decode()
    assert "Chưa ai khác giữ chức trách này" in html
    assert 'danger" disabled' in html
    assert enter(world, "quan").post(url, {"ly-do": "moved"}).status_code == 409


def test_ones_own_page_says_what_one_may_do_and_keeps_how_one_is_reached(world: World) -> None:
    client = enter(world, "chi")
    told = text(client.get(reverse("own_posts")).content.decode())
    assert "Thủ trưởng đơn vị, Công đoàn cơ sở Bốn" in told
    assert "Mời, cho thôi, cấp mã đặt lại mật khẩu: cán bộ nhập liệu, cán bộ tổng hợp" in told
    assert client.post(reverse("own_posts"), {"lien-he": " 0912  345 "}).status_code == 302
    assert User.objects.get(username="chi").contact == "0912 345"
    assert client.post(reverse("own_posts"), {"lien-he": "x" * 121}).status_code == 409
    assert User.objects.get(username="chi").contact == "0912 345"


def test_a_page_costs_the_same_with_one_with_three_and_with_many_people(world: World) -> None:
    address = reverse("people", args=[world.units["D1"]])
    costs = []
    for many in (1, 3, 30):
        for number in range(many):
            user = User.objects.create_user(f"them-{many}-{number}", f"Thêm {number}")
            appoint(user, world.units["D1"], Role.OFFICER, on=TODAY, by=SYSTEM, at=NOW)
        costs.append(queries_of(enter(world, "dung"), address))
    assert len(set(costs)) == 1, costs


def test_a_page_costs_the_same_with_one_with_three_and_with_many_invitations_of_as_many_people(world: World) -> None:
    address, costs = reverse("people", args=[world.units["D1"]]), []
    for many in (1, 2, 10):
        for number in range(many):
            user = User.objects.create_user(f"thu-truong-{many}-{number}", f"Thêm {number}")
            appoint(user, world.units["D1"], Role.HEAD, on=TODAY, by=SYSTEM, at=NOW)
            done = invite(world.units["D1"], Wish(role=Role.OFFICER, full_name="Lý Thị Mới"), by=person(user, NOW), at=NOW)
            assert isinstance(done, Invited)
        costs.append(queries_of(enter(world, "dung"), address))
    assert page(world, "dung", "D1").count("Chờ nhận") == 13
    assert len(set(costs)) == 1, costs


def test_whoever_sends_it_anew_sees_where_the_letter_goes_and_is_told_when_there_were_too_many(world: World) -> None:
    done = invite(
        world.units["G2"], Wish(role=Role.HEAD, full_name="Lý Thị Mới", email="moi@co-quan.vn"), by=world.person("binh", NOW), at=NOW
    )
    assert isinstance(done, Invited)
    assert "Gửi cả qua thư tới moi@co-quan.vn." in page(world, "dung", "G2")
    for _ in range(2):
        Delivery.objects.update(state="sent")
        mail_invitation(done.invitation, sender=world.users["binh"].pk, at=NOW)
    Delivery.objects.update(state="sent")
    answer = enter(world, "dung").post(reverse("send_invitation_again", args=[done.invitation.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("people", args=[world.units["G2"]]), 302)]
    assert "Hôm nay đã gửi nhiều thư cho lời mời này." in text(answer.content.decode())
    assert Client().get(f"/nhan/?ma={done.code}").status_code == 200
