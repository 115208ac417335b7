"""Rút lại để sửa: by the head, with a reason, while nothing is decided."""

from django.http import HttpResponse
from django.urls import reverse

from kheo.reports.actions import accept_report
from tests.web.visits import enter, text_of
from tests.world import World, fill, later, submit


def address(world: World, name: str = "recall_report") -> str:
    return reverse(name, args=[world.obligation("G1").pk])


def ask(world: World, who: str = "hoa", **fields: object) -> HttpResponse:
    client, version = enter(world, who), world.report("G1").version
    answer: HttpResponse = client.post(address(world), {"version": version, **fields}) if fields else client.get(address(world))
    return answer


def test_the_report_page_leads_the_head_there_and_nobody_else(world: World) -> None:
    submit(world, "G1")
    for who, leads in (("hoa", True), ("an", False), ("binh", False)):
        assert (address(world) in enter(world, who).get(address(world, "report")).content.decode()) is leads, who


def test_the_page_says_what_will_happen(world: World) -> None:
    submit(world, "G1")
    words = text_of(ask(world).content)
    assert "phải ký và nộp lại" in words
    assert "Rút lại báo cáo" in words


def test_with_a_reason_the_report_can_be_written_again_and_everybody_sees_why(world: World) -> None:
    submit(world, "G1")
    answer = ask(world, reason="Nhầm <b>năm.")
    assert (answer.status_code, answer["Location"]) == (302, address(world, "report"))
    assert world.report("G1").state == "draft"
    page = enter(world, "an").get(address(world, "report")).content
    assert "Báo cáo đã được rút lại để sửa." in text_of(page)
    assert "Nhầm &lt;b&gt;năm." in page.decode()
    assert "Đã rút lại: Nhầm <b>năm." in text_of(enter(world, "an").get("/").content)
    history = text_of(enter(world, "binh").get(address(world, "report_history")).content)
    assert "Trần Thị Hoa rút lại để sửa" in history


def test_without_a_reason_nothing_happens(world: World) -> None:
    submit(world, "G1")
    answer = ask(world, reason=" ")
    assert answer.status_code == 409
    assert "Hãy ghi lý do rút lại để nơi nhận biết." in text_of(answer.content)
    assert world.report("G1").state == "submitted"


def test_an_officer_learns_who_may(world: World) -> None:
    submit(world, "G1")
    assert "Thủ trưởng đơn vị mới rút lại được báo cáo Hãy báo" in text_of(ask(world, "an").content)
    assert ask(world, "an", reason="Vì tôi muốn.").status_code == 409


def test_what_was_decided_meanwhile_is_told(world: World) -> None:
    submit(world, "G1")
    version = world.report("G1").version
    accept_report(world.obligation("G1").pk, version=version, by=world.person("binh"), at=later(minutes=5))
    answer = enter(world, "hoa").post(address(world), {"version": version, "reason": "Nhầm."})
    assert answer.status_code == 409
    assert "Lê Văn Bình chấp nhận" in text_of(answer.content)


def test_where_nothing_was_sent_there_is_nothing_to_recall(world: World) -> None:
    fill(world, "G1", {"B02": 1}, by=world.person("an"))
    assert "Không có gì để rút lại" in text_of(ask(world).content)
