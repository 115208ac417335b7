"""Signing and sending: what the head sees first, one receipt however often the button is pressed, and nothing signed unseen."""

import re

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.core.figures import Figure
from kheo.reports.actions import accept_report, return_report
from kheo.reports.models import Revision
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import GOOD, World, fill, head_of, later, reviewer_of, submit


def address(world: World, code: str = "G1") -> str:
    return reverse("submit_report", args=[world.obligation(code).pk])


def see(world: World, who: str = "hoa", code: str = "G1") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(address(world, code))
    return answer


def press(world: World, version: object = None, who: str = "hoa") -> HttpResponse:
    shown = world.report("G1").version if version is None else version
    answer: HttpResponse = enter(world, who).post(address(world), {"version": shown})
    return answer


def button_in(page: HttpResponse) -> bool:
    return "</svg>Ký và nộp</button>" in page.content.decode()


def test_the_head_sees_what_will_be_signed(world: World) -> None:
    fill(world, "G1", {**GOOD, "B01.VH": 0, "C501": None, "B02": 12345}, by=world.person("an"))
    page = see(world)
    words = text_of(page.content)
    assert "Ký và nộp báo cáo 6 tháng đầu năm 2023" in words
    assert "Hạn 08/05/2023 · còn 36 ngày. Nộp hôm nay (02/04/2023) là đúng hạn." in words
    assert "6 ô: 4 có số, 1 không phát sinh, 1 chưa có số liệu, 0 không áp dụng" in words
    assert "B01 Mô hình đăng ký (mô hình) 2 B02 Mô hình đang duy trì (mô hình) 12.345" in words
    assert "Chưa có số liệu (1): C501 Cuộc đối thoại." in words
    assert button_in(page)


def test_a_press_gives_a_receipt(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    answer = press(world)
    assert (answer.status_code, answer["Location"]) == (302, reverse("receipt", args=[world.obligation("G1").pk, 1]))
    report = world.report("G1")
    assert report.state == "submitted"
    words = text_of(enter(world, "hoa").get(answer["Location"]).content)
    for said in (
        "Liên đoàn Lao động Quận 1 đã nhận báo cáo.",
        f"{world.cycle.code}/G1/1",
        "Nộp lúc 09:00:0",
        "ngày 02/04/2023 Đúng hạn",
        "Người ký nộp Trần Thị Hoa",
        "Mã kiểm tra nội dung " + (report.latest.hash if report.latest else "none"),
        "bấm nộp hai lần vẫn là biên nhận này",
    ):
        assert said in words


def test_two_presses_are_one_submission(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    version = world.report("G1").version
    first, second = press(world, version), press(world, version)
    assert first["Location"] == second["Location"]
    assert Revision.objects.count() == 1


def test_the_second_press_is_told_so(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    version = world.report("G1").version
    press(world, version)
    client = enter(world, "hoa")
    words = text_of(client.post(address(world), {"version": version}, follow=True).content)
    assert "Báo cáo này đã nộp trước đó rồi: đây vẫn là biên nhận của lần nộp ấy." in words


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 5000, "１", "1.0", "0"])
def test_a_version_that_was_never_shown_signs_nothing(world: World, version: str) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    assert press(world, version).status_code == 409
    assert not Revision.objects.exists()


def test_a_page_made_before_the_last_change_is_refused_with_what_changed(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    version = world.report("G1").version
    fill(world, "G1", {"B02": 6}, by=world.person("an"), at=later(minutes=7))
    answer = press(world, version)
    words = text_of(answer.content)
    assert answer.status_code == 409
    assert "Báo cáo đã thay đổi từ khi anh/chị mở trang này." in words
    assert "09:07 01/04/2023, Nguyễn Thị An lưu bản nháp: B02 Mô hình đang duy trì: 5 → 6" in words
    assert not Revision.objects.exists()
    again = re.search(r'name="version" value="(\d+)"', answer.content.decode())
    assert again
    assert press(world, again[1]).status_code == 302


@pytest.mark.parametrize(
    ("figures", "message", "target"),
    [
        ({"B02": 5}, "Còn 5 ô chưa nhập", "B01.KT"),
        ({**GOOD, "C202": 11}, "Số trả lời đúng hạn (11) lớn hơn số tiếp nhận (10).", "C201"),
    ],
)
def test_what_stands_in_the_way_leads_to_its_cell(world: World, figures: dict[str, Figure], message: str, target: str) -> None:
    fill(world, "G1", figures, by=world.person("an"))
    page = see(world)
    place = f"{reverse('report', args=[world.obligation('G1').pk])}#{target}"
    assert f'<a href="{place}">{message}</a>' in page.content.decode()
    assert "Chưa nộp được: còn 1 chỗ phải sửa" in text_of(page.content)
    assert not button_in(page)
    refused = press(world)
    assert (refused.status_code, Revision.objects.count()) == (409, 0)
    assert place in refused.content.decode()


def test_a_question_is_asked_but_does_not_stand_in_the_way(world: World) -> None:
    fill(world, "G1", {**GOOD, "B02": 1}, by=world.person("an"))
    page = see(world)
    assert "1 chỗ nên xem lại; nếu đúng thì cứ để nguyên Số đang duy trì (1) ít hơn số đăng ký mới (3)" in text_of(page.content)
    assert button_in(page)
    assert press(world).status_code == 302


def test_an_officer_learns_who_signs_and_cannot(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    page = see(world, "an")
    assert "Báo thủ trưởng ký nộp: Trần Thị Hoa." in text_of(page.content)
    assert not button_in(page)
    refused = press(world, who="an")
    assert (refused.status_code, Revision.objects.count()) == (409, 0)
    assert "Anh/chị không có quyền nộp báo cáo này." in text_of(refused.content)


def test_what_was_sent_leads_to_its_receipt(world: World) -> None:
    submit(world, "G1")
    page = see(world)
    assert (page.status_code, page["Location"]) == (302, reverse("receipt", args=[world.obligation("G1").pk, 1]))


def test_late_is_said_before_and_after(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    with day(later(days=38)):
        assert "Nộp hôm nay (09/05/2023) là trễ hạn." in text_of(see(world).content)
        receipt = press(world)["Location"]
        assert "ngày 09/05/2023 Nộp trễ" in text_of(enter(world, "hoa").get(receipt).content)


def test_the_last_second_is_on_time_and_the_next_is_not(world: World) -> None:
    """Due on 8 May: until 24:00 in Ho Chi Minh City, which is 17:00 in the world's time."""
    last = later(days=37).replace(hour=16, minute=59, second=59)
    assert submit(world, "G1", at=last).on_time is True
    assert submit(world, "G2", at=last.replace(hour=17, minute=0, second=0)).on_time is False
    said = {}
    for code in ("G1", "G2"):
        page = enter(world, "kien").get(reverse("receipt", args=[world.obligation(code).pk, 1]))
        said[code] = "Đúng hạn" if "Đúng hạn" in text_of(page.content) else "Nộp trễ"
    assert said == {"G1": "Đúng hạn", "G2": "Nộp trễ"}


def test_a_second_submission_has_its_own_receipt_and_the_first_decides_on_time(world: World) -> None:
    submit(world, "G1")
    owed = world.obligation("G1").pk
    return_report(owed, reason="Sửa.", version=world.report("G1").version, by=reviewer_of(world, "G1"), at=later(days=1))
    submit(world, "G1", {**GOOD, "B02": 9}, at=later(days=50))
    first, second = (text_of(enter(world, "hoa").get(reverse("receipt", args=[owed, number])).content) for number in (1, 2))
    assert "Biên nhận mới nhất (lần 2)" in first
    assert "Biên nhận mới nhất" not in second
    assert "Nộp trễ Giờ của máy chủ" in second
    assert "Lần nộp đầu 09:00:00 ngày 01/04/2023; việc đúng hạn hay trễ được tính theo lần này (đúng hạn)." in second


@pytest.mark.parametrize("number", [0, 2, 10**9])
def test_a_receipt_that_was_never_given_is_not_there(world: World, number: int) -> None:
    submit(world, "G1")
    assert enter(world, "hoa").get(f"/bao-cao/{world.obligation('G1').pk}/bien-nhan/{number}/").status_code == 404


def test_a_parent_signs_with_what_stands_below(world: World) -> None:
    submit(world, "G1")
    accept_report(world.obligation("G1").pk, version=world.report("G1").version, by=reviewer_of(world, "G1"), at=later(minutes=5))
    fill(world, "D1", GOOD, by=head_of(world, "D1"))
    words = text_of(see(world, "dung", "D1").content)
    assert "1/3 báo cáo đã chấp nhận; tổng của cấp dưới được ghi kèm khi nộp." in words
    assert "Số liệu sẽ ký (trực tiếp của đơn vị)" in words


def test_queries_are_few_and_fixed(world: World) -> None:
    for code in ("G1", "G2", "G3"):
        fill(world, code, {"B02": 1} if code == "G1" else GOOD, by=head_of(world, code))
    client = enter(world, "hoa")
    few = queries_of(client, address(world))
    fill(world, "G1", GOOD, by=world.person("an"))
    assert queries_of(client, address(world)) == few <= 15
