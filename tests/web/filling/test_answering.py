"""Answering a reviewer's remarks from the unit's page: exactly those places, one press each, nothing typed is lost."""

import json

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.reports.actions import remark, return_report
from kheo.reports.queries.remarks import remarks_on
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later, submit

ASKED = {"B02": "Có thừa một số 0 không?", "C201": "Vì sao <tăng>?", "section:I": "Viết rõ hơn."}


@pytest.fixture(autouse=True)
def _returned(world: World) -> None:
    submit(world, "G1")
    give_back(world, ASKED)


def give_back(world: World, asked: dict[str, str]) -> None:
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    for target, text in asked.items():
        remark(owed, target=target, text=text, version=version, by=binh, at=later(minutes=1))
    return_report(owed, reason="Xem lại.", version=version, by=binh, at=later(minutes=3))


def see(world: World, who: str = "an", query: str = "") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(reverse("report", args=[world.obligation("G1").pk]) + query)
    return answer


def post(world: World, **fields: str) -> HttpResponse:
    """The page's own form, as a browser without the script sends it: every field that stands in it."""
    standing = {"B02": "5", "C201": "10"}
    fields = {key.replace("__", "."): text for key, text in fields.items()}
    sent = {"luc-mo": json.dumps(standing), **standing, **fields}
    answer: HttpResponse = enter(world, "an").post(reverse("report", args=[world.obligation("G1").pk]), sent)
    return answer


def replies(world: World) -> dict[str, str]:
    return {key: each.reply.kind for key, each in remarks_on(world.report("G1")).items() if each.reply}


def test_the_page_begins_with_the_places_to_answer(world: World) -> None:
    words = text_of(see(world).content)
    listed = "3 chỗ cần trả lời B02 Mô hình đang duy trì Chưa trả lời C201 Ý kiến tiếp nhận Chưa trả lời"
    assert f"{listed} Mục I. Kết quả nổi bật Chưa trả lời Chỉ hiện chỗ cần sửa" in words
    assert "3 nhận xét chưa trả lời" in words
    assert "Vì sao &lt;tăng&gt;?" in see(world).content.decode()


def test_somebody_who_only_reads_gets_no_fields(world: World) -> None:
    page = see(world, "binh").content.decode()
    assert "Có thừa một số 0 không?" in page
    assert ('name="tra-loi"' in page, "chỗ cần trả lời" in page) == (False, False)


def test_only_those_places_are_shown_on_demand(world: World) -> None:
    page = see(world, query="?chi=can-sua").content.decode()
    assert 'class="report only-asked"' in page
    assert page.count('class="content-section has-notes"') == 2  # the content with both cells, and the paragraph's own
    assert "Hiện cả báo cáo" in page
    assert 'class="report only-asked"' not in see(world, query="?chi=x").content.decode()


def test_a_reason_and_one_press_keep_a_place(world: World) -> None:
    answer = post(world, **{"vi-sao.C201": "Đã đối chiếu sổ.", "tra-loi": "C201=kept", "chi": "can-sua"})
    address = reverse("report", args=[world.obligation("G1").pk])
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?chi=can-sua#C201")
    assert replies(world) == {"C201": "kept"}
    words = text_of(see(world).content)
    assert "2 chỗ cần trả lời" in words
    assert "Giữ nguyên Đã đối chiếu sổ. Nguyễn Thị An" in words


def test_what_was_typed_into_a_cell_is_stored_by_the_same_press(world: World) -> None:
    assert post(world, B02="4", **{"tra-loi": "B02=corrected"}).status_code == 302
    assert replies(world) == {"B02": "corrected"}
    assert "Đã sửa 5 → 4 Nguyễn Thị An" in text_of(see(world).content)


def test_every_answer_that_was_typed_is_taken_whatever_was_pressed(world: World) -> None:
    post(world, **{"vi-sao.C201": "Đã đối chiếu.", "vi-sao.section:I": "Đủ ý rồi.", "save": "1"})
    assert replies(world) == {"C201": "kept", "section:I": "kept"}


def test_corrected_without_a_change_is_asked_about_and_the_words_stay(world: World) -> None:
    answer = post(world, **{"vi-sao.B02": "Đã sửa rồi ạ", "tra-loi": "B02=corrected"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "B02 Mô hình đang duy trì: chỗ này vẫn như lần nộp trước." in text_of(answer.content)
    assert 'name="vi-sao.B02" value="Đã sửa rồi ạ"' in page
    assert replies(world) == {}


def test_an_answer_about_another_place_is_left_out(world: World) -> None:
    assert post(world, **{"vi-sao.C501": "?", "tra-loi": "C501=kept"}).status_code == 302
    assert replies(world) == {}


def test_the_script_is_told_what_its_save_has_answered(world: World) -> None:
    address = reverse("save_report", args=[world.obligation("G1").pk])
    body = {"cells": {"B02": {"before": "5", "after": "4"}}, "sections": {}}
    reply = enter(world, "an").post(address, json.dumps(body), content_type="application/json").json()
    assert reply["replies"]["B02"] == {"kind": "corrected", "name": "Đã sửa", "words": "5 → 4", "who": "Nguyễn Thị An · 09:00 02/04/2023"}
    assert reply["replies"]["C201"]["kind"] == ""
    assert reply["headline"].startswith("2 nhận xét chưa trả lời")


def test_it_cannot_be_signed_before_everything_is_answered(world: World) -> None:
    address = reverse("submit_report", args=[world.obligation("G1").pk])
    page = text_of(enter(world, "hoa").get(address).content)
    assert "Chưa nộp được: còn 3 chỗ phải sửa B02 Mô hình đang duy trì: nhận xét chưa được trả lời." in page
    answer = enter(world, "hoa").post(address, {"version": world.report("G1").version})
    assert answer.status_code == 409


def test_my_work_says_how_many_are_left_and_is_ready_when_none_is(world: World) -> None:
    home = enter(world, "hoa").get("/")
    assert "Còn 3 nhận xét chưa trả lời." in text_of(home.content)
    assert "Ký và nộp" not in text_of(home.content)
    post(world, **{f"vi-sao.{target}": "Đúng như vậy." for target in ASKED})
    assert "Ký và nộp" in text_of(enter(world, "hoa").get("/").content)


def test_an_earlier_round_stands_with_the_new_question(world: World) -> None:
    from kheo.reports.actions import submit_report

    post(world, **{f"vi-sao.{target}": "Đúng như vậy." for target in ASKED})
    submit_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("hoa"), at=later(minutes=9))
    give_back(world, {"B02": "Sổ nào ạ?"})
    words = text_of(see(world).content)
    assert "1 chỗ cần trả lời B02" in words
    assert "Sổ nào ạ? 1 lần hỏi trước" in words
    assert "Có thừa một số 0 không? Giữ nguyên Đúng như vậy." in words


def test_the_number_of_queries_does_not_depend_on_the_remarks(world: World) -> None:
    client, address = enter(world, "an"), reverse("report", args=[world.obligation("G1").pk])
    three = queries_of(client, address)
    post(world, **{f"vi-sao.{target}": "Đúng như vậy." for target in ASKED})
    assert queries_of(client, address) == three
