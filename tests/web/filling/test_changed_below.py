"""The parent learns on its own pages that figures below have changed since it sent, by how much and through whom, and decides."""

import re

import pytest
from django.urls import reverse

from kheo.reports.actions import accept_report, revise_report
from kheo.reports.models import KeptAsSent
from tests.web.accepting import accept
from tests.web.visits import enter, text_of
from tests.world import World, head_of, later, submit


@pytest.fixture
def changed(world: World) -> World:
    """D1 sent on the strength of G1, and was accepted; then G1 added a supplement of 3, which was accepted."""
    accept(world, "G1", B02=10)
    submit(world, "D1", at=later(minutes=5))
    accept_report(world.obligation("D1").pk, version=world.report("D1").version, by=world.person("bich"), at=later(minutes=6))
    owed = world.obligation("G1").pk
    revise_report(owed, reason="Sót Tổ 3.", version=world.report("G1").version, by=head_of(world, "G1"), at=later(minutes=7))
    accept(world, "G1", at=later(minutes=8), B02=13, C501=4)
    return world


def page(world: World, who: str, name: str = "report") -> str:
    address = reverse(name, args=[world.obligation("D1").pk])
    return enter(world, who).get(address).content.decode()


def seal(world: World) -> str:
    found = re.search(r'name="dau" value="(\w+)"', page(world, "dung"))
    assert found
    return found[1]


def test_the_report_says_what_changed_and_through_whom(changed: World) -> None:
    words = text_of(page(changed, "dung").encode())
    assert "Số liệu cấp dưới đã thay đổi từ khi đơn vị gửi: B02 +3" in words
    assert "B02 Mô hình đang duy trì 10 13 +3" in words
    assert "Công đoàn cơ sở Một · báo cáo bổ sung (lần nộp 2), 09:08 01/04/2023 (B02 +3). Lý do: “Sót Tổ 3.”" in words
    assert "Cũng thay đổi, số xem ở bảng tổng hợp: C501 Cuộc đối thoại." in words
    assert "Gửi báo cáo bổ sung…" in words


def test_only_the_units_own_people_are_asked(changed: World) -> None:
    for who in ("bich", "lan", "kien"):
        assert "Số liệu cấp dưới đã thay đổi" not in page(changed, who)


def test_home_and_the_totals_lead_there(changed: World) -> None:
    home = enter(changed, "dung").get("/").content.decode()
    address = reverse("report", args=[changed.obligation("D1").pk])
    assert "Xem và quyết định" in home
    assert f'href="{address}#cap-duoi-thay-doi"' in home
    totals = reverse("consolidated", args=[changed.cycle.pk, changed.units["D1"]])
    assert f'href="{address}#cap-duoi-thay-doi"' in enter(changed, "dung").get(totals).content.decode()
    assert "cap-duoi-thay-doi" not in enter(changed, "kien").get(totals).content.decode()


def test_nothing_more_is_sent_and_the_question_rests(changed: World) -> None:
    address = reverse("keep_as_sent", args=[changed.obligation("D1").pk])
    answer = enter(changed, "dung").post(address, {"ly-do": "Tính vào năm.", "dau": seal(changed)})
    assert answer.status_code == 302
    words = text_of(page(changed, "dung").encode())
    assert "Phạm Văn Dũng đã quyết định không gửi bổ sung lúc 09:00 02/04/2023: Tính vào năm." in words
    assert "Gửi báo cáo bổ sung…" not in words
    assert "Xem và quyết định" not in enter(changed, "dung").get("/").content.decode()
    assert "giữ bản đã gửi, không gửi bổ sung" in text_of(page(changed, "dung", "report_history").encode())


def test_a_stale_question_is_asked_again_with_the_reason_kept(changed: World) -> None:
    seen = seal(changed)
    accept(changed, "G2", at=later(minutes=9))
    address = reverse("keep_as_sent", args=[changed.obligation("D1").pk])
    answer = enter(changed, "dung").post(address, {"ly-do": "Tính vào <năm>.", "dau": seen})
    assert answer.status_code == 409
    assert "Số liệu cấp dưới vừa thay đổi thêm." in text_of(answer.content)
    assert 'value="Tính vào &lt;năm&gt;."' in answer.content.decode()
    assert KeptAsSent.objects.count() == 0


def test_a_supplement_is_opened_with_the_reason_at_hand(changed: World) -> None:
    address = reverse("revise_report", args=[changed.obligation("D1").pk])
    assert "Số liệu cấp dưới đã thay đổi sau khi gửi." in enter(changed, "dung").get(f"{address}?ly-do=cap-duoi").content.decode()
    assert "Số liệu cấp dưới đã thay đổi sau khi gửi." not in enter(changed, "dung").get(address).content.decode()
