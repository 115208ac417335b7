"""Cells that a register counts, on the report page and on the page of their entries; with the script and without."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.reports.actions import Change, Receipt, save_draft, submit_report
from kheo.reports.queries import counted_lists
from kheo.web.filling import entries
from tests.counted import COUNTED, FOLLOWED, KEPT, SUM, counting_campaign, counting_world, sent_entry, three_sent
from tests.journeys.axe import every_violation
from tests.registers.entries import done
from tests.web.desk import PHONE, WIDE, Sit
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import GOOD, World, fill, later


@pytest.fixture
def counting(db: None) -> Iterator[tuple[World, Book]]:
    made = counting_world()
    with day(later(days=1)):
        yield made


@pytest.fixture
def world(counting: tuple[World, Book]) -> World:
    """For the browser's desks: three entries of G1 are sent."""
    three_sent(*counting)
    return counting[0]


def page(world: World, name: str = "report", *more: object, code: str = "G1") -> str:
    return reverse(name, args=[world.obligation(code).pk, *more])


def post(world: World, **fields: Any) -> HttpResponse:
    answer: HttpResponse = enter(world, "an").post(page(world), {"luc-mo": "{}", **fields})
    return answer


def sent(world: World, figures: dict[str, Any], why: str = "") -> None:
    fill(world, "G1", figures, by=world.person("an"))
    owed = world.obligation("G1").pk
    if why:
        save_draft(owed, cells={}, sections={}, explanations={"B01.KT": Change("", why)}, by=world.person("an"), at=later(2))
    done_ = submit_report(owed, version=world.report("G1").version, by=world.person("hoa"), at=later(3))
    assert isinstance(done_, Receipt), done_


def test_an_empty_cell_shows_what_its_register_counts_by_which_rule_and_the_way_there(world: World) -> None:
    shown = enter(world, "an").get(page(world)).content.decode()
    told = text_of(shown.encode())
    assert "Sổ của đơn vị đã có số cho 3 ô còn trống" in told
    assert "Đếm từ sổ “Sổ nhỏ”: Số hồ sơ bắt đầu ở “Đã gửi”, “Chờ bổ sung” trong kỳ." in told
    assert f'href="{page(world, "counted_entries", "B01.KT")}"' in shown
    assert 'name="take" value="B01.KT" data-number="2"' in shown


def test_without_entries_nothing_is_said(counting: tuple[World, Book]) -> None:
    told = text_of(enter(counting[0], "an").get(page(counting[0])).content)
    assert "Sổ của đơn vị" not in told
    assert "Đếm từ sổ" not in told


def test_one_press_fills_every_empty_cell_and_no_other(world: World) -> None:
    fill(world, "G1", {"B01.VH": 7, "C201": 3}, by=world.person("an"))
    assert post(world, fill="so").status_code == 302
    assert world.report("G1").figures == {**COUNTED, "B01.VH": 7, "C201": 3}


def test_what_is_typed_in_the_same_form_is_not_filled_over(world: World) -> None:
    post(world, fill="so", B02="9")
    assert world.report("G1").figures == {**COUNTED, "B02": 9}


def test_one_press_takes_one_number_whatever_stands_there(world: World) -> None:
    fill(world, "G1", {"B01.KT": 9, "B02": 4}, by=world.person("an"))
    assert post(world, take="B01.KT").status_code == 302
    assert world.report("G1").figures == {"B01.KT": 2, "B02": 4}


def test_a_button_for_a_cell_that_nothing_counts_takes_nothing(world: World) -> None:
    fill(world, "G1", {"C201": 9}, by=world.person("an"))
    assert post(world, take="C201").status_code == 302
    assert world.report("G1").figures == {"C201": 9}


def test_a_save_answers_that_another_number_needs_a_reason(world: World) -> None:
    body = {"cells": {"B01.KT": {"before": "", "after": "5"}}}
    answer = enter(world, "an").post(page(world, "save_report"), json.dumps(body), content_type="application/json")
    asked = answer.json()["explain"]
    assert list(asked) == ["B01.KT"]
    assert "sổ “Sổ nhỏ” đếm được 2, ô này ghi 5" in asked["B01.KT"]["words"]


def test_the_page_that_is_signed_names_the_cell_and_says_the_reason_once_it_is_given(world: World) -> None:
    fill(world, "G1", {**FOLLOWED, "B01.KT": 5}, by=world.person("an"))
    told = text_of(enter(world, "hoa").get(page(world, "submit_report")).content)
    assert "sổ “Sổ nhỏ” đếm được 2, ô này ghi 5" in told
    sent(world, {}, "Ba mô hình chưa ghi vào sổ.")
    told = text_of(enter(world, "binh").get(page(world, "review_report")).content)
    assert "Đơn vị giải trình: Ba mô hình chưa ghi vào sổ." in told


def test_what_has_changed_since_is_told_to_the_unit_and_to_the_reviewer_at_the_cell(world: World, counting: tuple[World, Book]) -> None:
    sent(world, FOLLOWED)
    entry = sent_entry(world, counting[1], "VH", at=later(9))
    done(entry, "huy", world.person("hoa"), later(10), reason="Nhầm")
    sent_entry(world, counting[1], "VH", at=later(9))
    for who, name in (("an", "report"), ("binh", "review_report")):
        told = text_of(enter(world, who).get(page(world, name)).content)
        assert "Nộp 1, nay 2: 1 hồ sơ ghi sau khi nộp." in told, who


def test_the_list_says_why_of_each_entry(world: World) -> None:
    sent(world, FOLLOWED)
    entry = Entry.objects.order_by("pk").first()
    assert entry
    done(entry, "huy", world.person("hoa"), later(days=1), reason="Trùng với hồ sơ của quận")
    for who in ("an", "binh", "kien"):
        told = text_of(enter(world, who).get(page(world, "counted_entries", "B01.KT")).content)
        assert "nộp 2, nay 1: 1 hồ sơ bị thu hồi" in told
        assert entry.code in told
        assert "Trùng với hồ sơ của quận" in told
        assert f"{entry.code} {entry.title} bị thu hồi Hủy, Trần Thị Hoa" in told
        assert "Trùng với hồ sơ của quận 1 không tính" in told, "what it added then, and adds now"


@pytest.mark.parametrize(("figure", "said"), [(5, "5"), (None, "không có số"), ("na", "không có số")])
def test_both_numbers_are_told_where_another_was_sent_with_its_reason(world: World, figure: int | str | None, said: str) -> None:
    sent(world, {**FOLLOWED, "B01.KT": figure}, "Ba mô hình chưa ghi vào sổ.")
    client = enter(world, "binh")
    told = text_of(client.get(page(world, "counted_entries", "B01.KT")).content)
    assert f"báo cáo ghi {said} , sổ lúc ấy đếm được 2 . Đơn vị giải trình: Ba mô hình chưa ghi vào sổ." in told
    assert "nay đếm khác" not in told
    told = text_of(client.get(page(world, "counted_entries", "B01.VH")).content)
    assert "báo cáo ghi 1 ." in told
    assert "sổ lúc ấy" not in told


def test_a_cell_that_nothing_counted_when_it_was_sent_has_its_page_and_tells_no_drift(counting: tuple[World, Book]) -> None:
    world, found = counting
    sent(world, GOOD)
    three_sent(world, found)
    told = text_of(enter(world, "an").get(page(world, "counted_entries", "B01.KT")).content)
    assert "Sổ “Sổ nhỏ” đếm được 2" in told
    assert "Nộp lúc" not in told
    assert "nay đếm khác" not in told


@pytest.mark.parametrize(("who", "is_told"), [("an", True), ("binh", True), ("kien", False)])
def test_a_title_that_may_name_a_person_is_shown_to_those_near_alone(db: None, who: str, is_told: bool) -> None:
    """The table of the API (tests/api/test_counted.py)."""
    world, found = counting_world(names_people=True)
    entry = sent_entry(world, found, at=later(1))
    with day(later(days=1)):
        told = text_of(enter(world, who).get(page(world, "counted_entries", "B01.KT")).content)
    assert entry.code in told
    assert (entry.title in told) is is_told
    assert ("Tên chỉ đơn vị và cấp trên trực tiếp làm việc xem được" in told) is not is_told


def test_what_each_entry_adds_is_shown_where_a_number_is_a_sum_and_only_there(db: None) -> None:
    world, found = counting_world(counting_campaign().replace(KEPT, SUM), counted=("so_nguoi",))
    three_sent(world, found)
    with day(later(days=1)):
        client = enter(world, "an")
        for cell, adds in (("B02", True), ("B01.KT", False)):
            told = text_of(client.get(page(world, "counted_entries", cell)).content)
            assert [words in told for words in ("Số cộng", "Đã gửi 40")] == [adds, adds], cell


def test_a_long_list_is_turned_a_page_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (entries, counted_lists):
        monkeypatch.setattr(module, "PAGE", 1)
    client, address = enter(world, "an"), page(world, "counted_entries", "B01.KT")
    codes = list(Entry.objects.filter(area="KT").order_by("-pk").values_list("code", flat=True))
    for number, (code, ways) in enumerate(zip(codes, (["Trang sau"], ["Trang trước"]), strict=True), 1):
        told = text_of(client.get(f"{address}?trang={number}").content)
        assert [each for each in codes if each in told] == [code]
        assert [each for each in ("Trang trước", "Trang sau") if each in told] == ways


def test_a_number_is_offered_where_the_cell_says_another_and_marked_where_it_says_the_same(world: World) -> None:
    fill(world, "G1", {"B01.KT": 2, "B01.VH": 7}, by=world.person("an"))
    shown = enter(world, "an").get(page(world)).content.decode()
    for key, is_same in (("B01.KT", True), ("B01.VH", False), ("B02", False)):
        assert (f'data-same-as="{key}">' in shown) is is_same
        (button,) = re.findall(rf'<button [^>]*name="take" value="{key}"[^>]*>', shown)
        assert ("hidden" in button) is is_same
    assert shown.count("Đếm từ sổ “Sổ nhỏ”") == 2, "each rule once, and under its own indicator"


def test_a_cell_that_is_not_counted_has_no_such_page(world: World) -> None:
    client = enter(world, "an")
    assert client.get(page(world, "counted_entries", "C201")).status_code == 404
    assert client.get(page(world, "counted_entries", "B01")).status_code == 404
    assert client.get(page(world, "counted_entries", "XYZ")).status_code == 404
    assert client.get(page(world, "counted_entries", "B01.KT") + "?trang=99999999999").status_code == 200
    assert enter(world, "chi").get(page(world, "counted_entries", "B01.KT")).status_code == 404


def test_the_pages_cost_as_many_queries_for_one_entry_as_for_many(counting: tuple[World, Book]) -> None:
    world, found = counting
    sent_entry(world, found, at=later(1))
    client = enter(world, "an")
    addresses = [page(world), page(world, "counted_entries", "B01.KT")]
    before = [queries_of(client, each) for each in addresses]
    three_sent(world, found)
    assert [queries_of(client, each) for each in addresses] == before


def test_filling_by_hand_with_the_script(sit: Sit, world: World) -> None:
    """An fills from the register with one press, changes one number, is asked why and says it; then takes the register's after all."""
    desk = sit("an")
    desk.open(page(world))
    desk.page.get_by_role("button", name="Điền từ sổ").click()
    for key, number in COUNTED.items():
        assert desk.page.locator(f'input[name="{key}"]').input_value() == str(number)
    assert desk.page.locator(".from-books").is_hidden()
    cell = desk.page.locator('input[name="B01.KT"]')
    cell.fill("5")
    cell.blur()
    why = desk.page.locator('input[name="explain:B01.KT"]')
    why.wait_for()
    assert desk.page.get_by_text("từ sổ", exact=True).count() >= 2
    desk.page.get_by_role("button", name="Lấy số của sổ cho B01.KT").click()
    assert cell.input_value() == "2"
    why.wait_for(state="detached")
    assert world.report("G1").figures == COUNTED


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_everybody_can_read_and_use_the_pages(sit: Sit, world: World, size: dict[str, int]) -> None:
    fill(world, "G1", {**GOOD, "B01.KT": 5}, by=world.person("an"))
    desk = sit("an", size)
    for address in (page(world), page(world, "counted_entries", "B01.KT")):
        desk.open(address)
        assert every_violation(desk.page) == {}
        assert desk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
