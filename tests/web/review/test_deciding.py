"""Remarks, returning and accepting from the page: what is typed is not lost, what is stale is refused with what changed."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.reports.actions import accept_report, remark, return_report
from kheo.reports.models import CellNote, Decision
from tests.web.review.test_review_report import address, see
from tests.web.visits import enter, text_of
from tests.world import World, later, submit


@pytest.fixture(autouse=True)
def _sent(world: World) -> None:
    submit(world, "G1")


def post(world: World, name: str, who: str = "binh", **fields: object) -> HttpResponse:
    sent = {"version": world.report("G1").version, **{key.replace("__", "."): value for key, value in fields.items()}}
    answer: HttpResponse = enter(world, who).post(address(world, name=name), sent)
    return answer


def notes(world: World) -> dict[str, str]:
    return dict(CellNote.objects.order_by("pk").values_list("target", "text"))


def test_every_remark_on_the_page_is_written_at_once(world: World) -> None:
    answer = post(world, "remark", **{"nx.B02": "Cao hơn kế hoạch", "nx.section:I": " Nêu rõ hơn ", "nx.C201": ""})
    assert (answer.status_code, answer["Location"]) == (302, f"{address(world)}#section:I")
    assert notes(world) == {"B02": "Cao hơn kế hoạch", "section:I": "Nêu rõ hơn"}


def test_a_remark_is_changed_and_taken_back(world: World) -> None:
    post(world, "remark", **{"nx.B02": "Cao", "nx.C201": "Thấp"})
    page = see(world).content.decode()
    assert ('name="truoc.B02" value="Cao"' in page, 'name="truoc.section:I"' in page) == (True, False)
    post(world, "remark", **{"truoc.B02": "Cao", "nx.B02": "Cao quá", "truoc.C201": "Thấp", "nx.C201": ""})
    assert notes(world) == {"B02": "Cao quá"}


def test_a_remark_that_stays_as_it_is_is_not_written_again(world: World) -> None:
    post(world, "remark", **{"nx.B02": "Cao"})
    before = CellNote.objects.get().pk
    post(world, "remark", **{"truoc.B02": "Cao", "nx.B02": "Cao", "nx.C201": "Thấp"})
    assert CellNote.objects.get(target="B02").pk == before


def test_a_place_that_the_report_does_not_have_is_left_out(world: World) -> None:
    assert post(world, "remark", **{"nx.X99": "?", "nx.section:XX": "?", "nx.": "?"}).status_code == 302
    assert notes(world) == {}


def test_a_remark_that_is_not_taken_stays_on_the_page_as_it_was_typed(world: World) -> None:
    long = "á" * 1001
    answer = post(world, "remark", **{"nx.B02": long, "nx.C201": "Thấp"})
    assert answer.status_code == 409
    assert "Nhận xét dài 1.001 ký tự, tối đa 1.000." in text_of(answer.content)
    page = answer.content.decode()
    assert (f">{long}</textarea>" in page, ">Thấp</textarea>" in page) == (True, True)
    assert notes(world) == {}


def test_a_report_is_returned_with_its_reason(world: World) -> None:
    answer = post(world, "return_report", **{"ly-do": "Kiểm tra lại B02"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("board", args=[world.cycle.pk, world.units["D1"]]))
    assert (world.report("G1").state, world.report("G1").reason) == ("returned", "Kiểm tra lại B02")
    assert "Đã trả lại, chờ đơn vị sửa “Kiểm tra lại B02”" in text_of(see(world).content)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_return_needs_a_reason(world: World, reason: str) -> None:
    answer = post(world, "return_report", **{"ly-do": reason})
    assert answer.status_code == 409
    assert "Hãy ghi lý do trả lại để đơn vị biết phải sửa gì." in text_of(answer.content)
    assert world.report("G1").state == "submitted"


def test_a_report_is_accepted_and_the_page_says_so(world: World) -> None:
    answer = post(world, "accept_report")
    assert (answer.status_code, answer["Location"]) == (302, address(world))
    assert "Số liệu này đã được cộng vào" in text_of(see(world).content)


def test_a_second_press_changes_nothing_and_says_what_happened(world: World) -> None:
    version = world.report("G1").version
    client = enter(world, "binh")
    first, second = (client.post(address(world, name="accept_report"), {"version": version}) for _ in range(2))
    assert (first.status_code, second.status_code, Decision.objects.count()) == (302, 409, 1)
    assert "Báo cáo đã thay đổi từ khi anh/chị mở trang này" in text_of(second.content)


@pytest.mark.parametrize("name", ["accept_report", "return_report", "remark"])
def test_a_stale_form_is_refused_with_what_changed(world: World, name: str) -> None:
    version = world.report("G1").version
    return_report(world.obligation("G1").pk, reason="Ô C201", version=version, by=world.person("binh"), at=later(days=1))
    submit(world, "G1", {"B02": 8}, at=later(days=1, minutes=30))
    answer = post(world, name, version=version, **{"ly-do": "Ô B02", "nx.B02": "Cao"})
    words = text_of(answer.content)
    assert answer.status_code == 409
    assert "09:00 02/04/2023, Lê Văn Bình trả lại" in words
    assert "lưu bản nháp: B02 Mô hình đang duy trì: 5 → 8" in words
    assert (world.report("G1").state, notes(world)) == ("submitted", {})
    assert ("Ô B02" in words or name != "return_report", "Cao" in words or name != "remark") == (True, True)


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40, "٣"])
def test_a_form_without_a_sensible_version_is_stale(world: World, version: str) -> None:
    assert post(world, "accept_report", version=version).status_code == 409
    assert world.report("G1").state == "submitted"


def test_deciding_asks_first_and_works_without_a_script(world: World) -> None:
    client = enter(world, "binh")
    for step, button in (("chap-nhan", "Chấp nhận báo cáo này?"), ("tra-lai", "Trả lại báo cáo này?")):
        page = client.get(f"{address(world)}?buoc={step}").content.decode()
        block = page[page.index('id="buoc"') : page.index("</section>", page.index('id="buoc"'))]
        assert button in block
        assert "<dialog" not in block


def test_after_a_decision_there_is_nothing_left_to_decide(world: World) -> None:
    accept_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("binh"), at=later(days=1))
    page = enter(world, "binh").get(f"{address(world)}?buoc=chap-nhan").content.decode()
    assert ("Chấp nhận báo cáo này?" in page, "nx.B02" in page) == (False, False)


@pytest.mark.parametrize("who", ["an", "hoa", "dung", "chi", "kien", "lan", "quan"])
@pytest.mark.parametrize("name", ["accept_report", "return_report", "remark"])
def test_nobody_else_decides(world: World, who: str, name: str) -> None:
    assert post(world, name, who, **{"ly-do": "x", "nx.B02": "x"}).status_code == 404
    assert (world.report("G1").state, notes(world)) == ("submitted", {})


def test_an_empty_field_of_an_older_page_does_not_wipe_out_what_a_colleague_wrote_meanwhile(world: World) -> None:
    """A browser sends every field of the page, those that nobody touched too."""
    remark(
        world.obligation("G1").pk, target="B02", text="Của Bích", version=world.report("G1").version, by=world.person("binh"), at=later()
    )
    post(world, "remark", **{"nx.B02": "", "nx.C201": "Của Bình"})
    assert notes(world) == {"B02": "Của Bích", "C201": "Của Bình"}


def test_two_remarks_on_one_place_are_told_of_each_other(world: World) -> None:
    remark(
        world.obligation("G1").pk, target="B02", text="Của Bích", version=world.report("G1").version, by=world.person("binh"), at=later()
    )
    answer = post(world, "remark", **{"nx.B02": "Của Bình"})
    assert answer.status_code == 409
    assert "Lê Văn Bình ghi ở B02 Mô hình đang duy trì: “Của Bích”" in text_of(answer.content)
    assert ">Của Bình</textarea>" in answer.content.decode()
    assert notes(world) == {"B02": "Của Bích"}
