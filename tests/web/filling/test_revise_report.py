"""After acceptance: a further report, with a reason, by the head only."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.reports.actions import accept_report
from tests.web.visits import enter, text_of
from tests.world import World, fill, later, submit


@pytest.fixture
def accepted(world: World) -> World:
    submit(world, "G1")
    accept_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("binh"), at=later(minutes=5))
    return world


def address(world: World) -> str:
    return reverse("revise_report", args=[world.obligation("G1").pk])


def ask(world: World, who: str = "hoa", **fields: object) -> HttpResponse:
    client, version = enter(world, who), world.report("G1").version
    answer: HttpResponse = client.post(address(world), {"version": version, **fields}) if fields else client.get(address(world))
    return answer


def test_the_page_says_what_will_happen(accepted: World) -> None:
    words = text_of(ask(accepted).content)
    assert "bản đã chấp nhận giữ nguyên và vẫn được tính cho đến khi bản mới được chấp nhận" in words
    assert "Mở báo cáo bổ sung" in words


def test_with_a_reason_the_report_can_be_written_again(accepted: World) -> None:
    answer = ask(accepted, reason="Bỏ sót Tổ 3.")
    report_page = reverse("report", args=[accepted.obligation("G1").pk])
    assert (answer.status_code, answer["Location"]) == (302, report_page)
    report = accepted.report("G1")
    assert (report.state, report.reason, report.accepted_id) == ("draft", "Bỏ sót Tổ 3.", report.latest_id)
    words = text_of(enter(accepted, "an").get(report_page).content)
    assert "Anh/chị đang lập báo cáo bổ sung. Số liệu đã chấp nhận vẫn được tính" in words
    assert "Bỏ sót Tổ 3." in words
    fill(accepted, "G1", {"B02": 6}, by=accepted.person("an"), at=later(minutes=9))
    submit_page = enter(accepted, "hoa").get(reverse("submit_report", args=[accepted.obligation("G1").pk]))
    assert "Báo cáo bổ sung Bỏ sót Tổ 3." in text_of(submit_page.content)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_happens(accepted: World, reason: str) -> None:
    answer = ask(accepted, reason=reason)
    assert answer.status_code == 409
    assert "Hãy ghi lý do lập báo cáo bổ sung." in text_of(answer.content)
    assert accepted.report("G1").state == "accepted"


def test_an_officer_learns_who_may(accepted: World) -> None:
    assert "Thủ trưởng đơn vị mới lập được báo cáo bổ sung Hãy báo Trần Thị Hoa" in text_of(ask(accepted, "an").content)
    assert ask(accepted, "an", reason="Vì tôi muốn.").status_code == 409
    assert accepted.report("G1").state == "accepted"


def test_before_acceptance_there_is_nothing_to_add_to(world: World) -> None:
    fill(world, "G1", {"B02": 1}, by=world.person("an"))
    assert "Báo cáo chưa được chấp nhận nên không cần bổ sung" in text_of(ask(world).content)
    refused = ask(world, reason="Sớm quá.")
    assert refused.status_code == 409
    assert "Không lập báo cáo bổ sung được: báo cáo đang ở trạng thái “Đang soạn”." in text_of(refused.content)


def test_a_reason_without_end_is_refused_and_stays_in_its_field(accepted: World) -> None:
    answer = ask(accepted, reason="a" * 50_000)
    assert (answer.status_code, "a" * 50_000 in answer.content.decode()) == (409, True)
    assert "Lý do dài 50.000 ký tự, tối đa 2.000." in text_of(answer.content)


def test_a_reason_is_shown_as_text(accepted: World) -> None:
    assert ask(accepted, reason="<b>aaa").status_code == 302
    page = enter(accepted, "an").get(reverse("report", args=[accepted.obligation("G1").pk])).content.decode()
    assert "&lt;b&gt;aaa" in page
