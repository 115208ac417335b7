"""The line of explanation on the report page: with and without the script, on the page that is signed, and before the reviewer."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from kheo.reports.actions import Receipt, submit_report
from tests.web.visits import day, enter, text_of
from tests.world import GOOD, World, fill, reviewer_of
from tests.years import NEXT_YEAR, accepted_once, year_after


@pytest.fixture
def world(world: World) -> World:
    accepted_once(world, "G1")
    return year_after(world)


def page(world: World, name: str = "report") -> str:
    return reverse(name, args=[world.obligation("G1").pk])


def odd(world: World, **figures: int) -> None:
    fill(world, "G1", {**GOOD, "C201": 300, **figures}, by=world.person("an", NEXT_YEAR), at=NEXT_YEAR)


def an(world: World) -> Client:
    return enter(world, "an")


def test_the_line_stands_under_the_odd_figure_and_asks_why(world: World) -> None:
    odd(world)
    with day(NEXT_YEAR):
        shown = an(world).get(page(world)).content.decode()
    assert '<label for="explain:C201">C201 Ý kiến tiếp nhận gấp 30 lần kỳ trước (10 → 300). Nếu đúng, ghi một dòng vì sao.</label>' in shown
    assert 'name="explain:C201"' in shown
    assert "1 chỗ phải giải trình" in text_of(shown.encode())


def test_the_plain_form_stores_the_explanation(world: World) -> None:
    odd(world)
    with day(NEXT_YEAR):
        client = an(world)
        sent = client.post(page(world), {"luc-mo": "{}", "explain:C201": "  Mở rộng\nra toàn quận. "})
        assert sent.status_code == 302
        assert world.report("G1").explanations == {"C201": "Mở rộng ra toàn quận."}
        assert 'value="Mở rộng ra toàn quận."' in client.get(page(world)).content.decode()


def test_the_plain_form_never_writes_over_what_a_colleague_explained(world: World) -> None:
    odd(world)
    with day(NEXT_YEAR):
        an(world).post(page(world), {"luc-mo": "{}", "explain:C201": "Mở rộng."})
        shown = enter(world, "hoa").post(page(world), {"luc-mo": "{}", "explain:C201": "Khác."})
    assert "Nguyễn Thị An vừa sửa đoạn này" in shown.content.decode()
    assert world.report("G1").explanations == {"C201": "Mở rộng."}


def save(world: World, body: dict[str, object]) -> dict[str, object]:
    with day(NEXT_YEAR):
        answer = an(world).post(page(world, "save_report"), data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_a_save_answers_what_is_to_be_explained(world: World) -> None:
    reply = save(world, {"cells": {"C201": {"before": "", "after": "300"}}})
    asked = "C201 Ý kiến tiếp nhận gấp 30 lần kỳ trước (10 → 300). Nếu đúng, ghi một dòng vì sao."
    assert reply["explain"] == {"C201": {"words": asked, "text": ""}}
    reply = save(world, {"explanations": {"C201": {"before": "", "after": "Mở rộng."}}})
    assert (reply["explanations"], reply["explain"]) == (["C201"], {"C201": {"words": asked, "text": "Mở rộng."}})
    reply = save(world, {"cells": {"C201": {"before": "300", "after": "11"}}})
    assert reply["explain"] == {"C201": {"words": "Giải trình C201 Ý kiến tiếp nhận", "text": "Mở rộng."}}


@pytest.mark.parametrize("key", ["C501", "X9", "C202R"])
def test_an_explanation_of_no_open_cell_is_refused(world: World, key: str) -> None:
    with day(NEXT_YEAR):
        body = json.dumps({"explanations": {key: {"before": "", "after": "x"}}})
        answer = an(world).post(page(world, "save_report"), data=body, content_type="application/json")
    assert answer.status_code == 400


def test_an_explanation_over_its_limit_is_not_stored_and_says_so(world: World) -> None:
    odd(world)
    reply = save(world, {"explanations": {"C201": {"before": "", "after": "a" * 501}}})
    assert reply["errors"] == {"explain:C201": "Dòng giải trình dài 501 ký tự, tối đa 500. Hãy rút gọn."}
    assert world.report("G1").explanations == {}


def test_the_head_sees_what_goes_along_and_the_reviewer_reads_it_under_the_cell(world: World) -> None:
    odd(world)
    save(world, {"explanations": {"C201": {"before": "", "after": "Mở rộng <b>lớn</b>."}}})
    hoa, report = world.person("hoa", NEXT_YEAR), world.report("G1")
    with day(NEXT_YEAR):
        signed = text_of(enter(world, "hoa").get(page(world, "submit_report")).content)
        assert "Giải trình gửi kèm" in signed
        assert isinstance(submit_report(report.obligation_id, version=report.version, by=hoa, at=NEXT_YEAR), Receipt)
        reviewer_of(world, "G1")
        reviewed = enter(world, "binh").get(page(world, "review_report")).content.decode()
    assert "<b>Đơn vị giải trình:</b> Mở rộng &lt;b&gt;lớn&lt;/b&gt;." in reviewed


def test_what_looks_like_personal_data_must_be_confirmed_where_it_is_signed(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an", NEXT_YEAR), at=NEXT_YEAR)
    save(world, {"sections": {"I": {"before": "Đã triển khai tốt.", "after": "Gọi chị Lan 0912345678."}}})
    with day(NEXT_YEAR):
        shown = an(world).get(page(world)).content.decode()
        assert '<p class="field-warning" id="p-section:I">Mục I. Kết quả nổi bật: có số điện thoại (“0912345678”).' in shown
        client = enter(world, "hoa")
        form = client.get(page(world, "submit_report")).content.decode()
        assert '<input type="checkbox" name="confirmed" value="section:I" required>' in form
        version = world.report("G1").version
        refused = client.post(page(world, "submit_report"), {"version": version})
        assert refused.status_code == 409
        assert "lời văn có chỗ giống dữ liệu cá nhân" in refused.content.decode()
        assert client.post(page(world, "submit_report"), {"version": version, "confirmed": "section:I"}).status_code == 302
