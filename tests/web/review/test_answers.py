"""The unit's answers before the reviewer: question, answer, old and new value; let pass or asked again; phrases; the next one."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.core.remarks import Answered
from kheo.reports.actions import Change, answer_remark, remark, return_report, save_draft, submit_report
from kheo.reports.models import NoteSettled
from kheo.reports.queries.phrases import phrases
from tests.web.review.test_review_report import address, row, see
from tests.web.visits import enter, queries_of, text_of
from tests.world import GOOD, World, later, submit


@pytest.fixture
def resent(world: World) -> World:
    """G1 was remarked on in three places, corrected one, kept one, rewrote one, and sent again."""
    submit(world, "G1")
    owed, version, binh, an = world.obligation("G1").pk, world.report("G1").version, world.person("binh"), world.person("an")
    for target, text in (("B02", "Có thừa một số 0 không?"), ("C201", "Vì sao tăng?"), ("section:I", "Rõ hơn.")):
        remark(owed, target=target, text=text, version=version, by=binh, at=later(minutes=1))
    return_report(owed, reason="Xem lại.", version=version, by=binh, at=later(minutes=2))
    words = Change("Đã triển khai tốt.", "Đã triển khai rất tốt.")
    save_draft(owed, cells={"B02": Change(5, 4)}, sections={"I": words}, by=an, at=later(minutes=3))
    answer_remark(owed, target="C201", kind=Answered.KEPT, text="<b>Đúng</b> sổ.", by=an, at=later(minutes=4))
    submit_report(owed, version=world.report("G1").version, by=world.person("hoa"), at=later(days=1))
    return world


def post(world: World, name: str, **fields: object) -> HttpResponse:
    sent = {"version": world.report("G1").version, **fields}
    answer: HttpResponse = enter(world, "binh").post(address(world, name=name), sent)
    return answer


def test_each_answer_stands_with_its_question_and_what_changed(resent: World) -> None:
    page = see(resent)
    words = text_of(page.content)
    assert "Đơn vị đã trả lời các nhận xét: 3 câu chờ xem" in words
    assert (
        "B02 Mô hình đang duy trì Lê Văn Bình hỏi: Có thừa một số 0 không? Đã sửa Nguyễn Thị An · 09:03 01/04/2023 5 → 4 Cho qua" in words
    )
    assert "C201 Ý kiến tiếp nhận Lê Văn Bình hỏi: Vì sao tăng? Giữ nguyên <b>Đúng</b> sổ. Nguyễn Thị An" in words
    assert "&lt;b&gt;Đúng&lt;/b&gt; sổ." in page.content.decode()
    assert "Đã triển khai<ins> rất</ins> tốt." in page.content.decode()
    assert "2 lần nộp, 1 lần trả lại; đơn vị sửa 1 ngày (0 ngày làm việc), nơi nhận duyệt trong ngày." in words
    assert "Có thừa một số 0 không? Đã sửa" in row(page, "B02")


def test_an_answer_is_let_pass_and_taken_back(resent: World) -> None:
    answer = post(resent, "settle_remark", **{"cho-qua": "B02"})
    assert (answer.status_code, answer["Location"]) == (302, f"{address(resent)}#tra-loi")
    assert "2 câu chờ xem" in text_of(see(resent).content)
    assert list(NoteSettled.objects.values_list("note__target", "settled_by")) == [("B02", "Lê Văn Bình")]
    post(resent, "settle_remark", **{"mo-lai": "B02"})
    assert NoteSettled.objects.count() == 0


def test_a_stale_page_lets_nothing_pass(resent: World) -> None:
    assert post(resent, "settle_remark", **{"cho-qua": "B02", "version": 1}).status_code == 409
    assert NoteSettled.objects.count() == 0


def test_asking_again_is_told_beside_the_answer(resent: World) -> None:
    post(resent, "remark", **{"nx.C201": "Sổ nào?"})
    words = text_of(see(resent).content)
    assert "Đã hỏi lại: Sổ nào?" in words
    assert "2 câu chờ xem" in words


def test_phrases_used_before_are_offered_and_taken_without_a_script(resent: World) -> None:
    page = see(resent).content.decode()
    assert '<datalist id="cau-hay-dung"><option value="Có thừa một số 0 không?"></option>' in page
    assert '<datalist id="ly-do-hay-dung"><option value="Xem lại."></option>' in page
    post(resent, "remark", **{"cau.B02": "Vì sao tăng?", "nx.B02": "", "nx.C201": "Xem sổ 3.", "cau.C201": "Vì sao tăng?"})
    told = text_of(see(resent).content)
    assert "Đã hỏi lại: Vì sao tăng?" in told
    assert "Đã hỏi lại: Xem sổ 3. Vì sao tăng?" in told
    post(resent, "return_report", **{"ly-do": "", "cau-ly-do": "Xem lại."})
    assert resent.report("G1").reason == "Xem lại."


def test_the_list_of_phrases_is_kept_by_its_reviewers(resent: World) -> None:
    unit = resent.units["D1"]
    book, binh = reverse("phrase_book", args=[unit]), enter(resent, "binh")
    assert "Rõ hơn." in binh.get(book).content.decode()
    binh.post(book, {"loai": "remark", "cau": "Số <này> lạ."})
    kept = next(each for each in phrases(unit) if each.text == "Số <này> lạ.")
    assert 'value="Số &lt;này&gt; lạ."' in binh.get(book).content.decode()
    binh.post(book, {"so": kept.id, "cau": "Số này lạ."})
    refused = binh.post(book, {"so": kept.id, "cau": " "})
    assert (refused.status_code, "Muốn bỏ thì bấm Bỏ." in refused.content.decode()) == (409, True)
    binh.post(book, {"so": kept.id, "cau": "Số này lạ.", "bo": "1"})
    assert "Số này lạ." not in [each.text for each in phrases(unit)]


def test_accepting_may_lead_to_the_next_report(world: World) -> None:
    submit(world, "G1")
    assert "Chấp nhận và xem báo cáo tiếp" not in see(world).content.decode()
    submit(world, "G2", {**GOOD, "B02": 1})
    submit(world, "G3")
    assert "Chấp nhận và xem báo cáo tiếp" in see(world).content.decode()
    answer = post(world, "accept_report", tiep="1")
    assert answer["Location"] == address(world, "G2")


def test_the_number_of_queries_does_not_depend_on_the_rounds(resent: World) -> None:
    client = enter(resent, "binh")
    submit(resent, "G2")
    one_round = queries_of(client, address(resent, "G2"))
    assert queries_of(client, address(resent, "G1")) == one_round
