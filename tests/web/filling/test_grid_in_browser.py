"""The report page under fingers: keys, saving by itself, what happens when it cannot, two people at one cell."""

import pytest
from django.conf import settings
from playwright.sync_api import Route, expect

from kheo.reports.models import Report
from tests.web.desk import HOST, PHONE, Desk, Sit
from tests.web.filling.fingers import address, focused, save_fails, saved, stored, type_in, value
from tests.world import GOOD, World, fill, submit


def test_enter_and_arrows_go_down_and_up_like_a_spreadsheet(an: Desk) -> None:
    page = an.page
    assert type_in(page, "B01.KT", "2") == "B01.VH"
    assert type_in(page, "B01.VH", "1", "ArrowDown") == "B02"
    assert type_in(page, "B02", "5", "ArrowUp") == "B01.VH"
    assert type_in(page, "B02", "5", "Shift+Enter") == "B01.VH"
    assert type_in(page, "B02", "5", "Tab") == "C201"
    assert type_in(page, "C501", "1", "ArrowDown") == ""


def test_a_cell_that_is_entered_is_typed_over_and_escape_takes_it_back(an: Desk, world: World) -> None:
    page = an.page
    type_in(page, "B02", "12")
    saved(page)
    type_in(page, "B02", "7", "Escape")
    assert value(page, "B02") == "12"
    page.locator("[id='C201']").click()
    page.locator("[id='B02']").click()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(page.locator("[id='B02']")).to_have_value("9")
    saved(page)
    assert stored(world) == {"B02": 9}


def test_saves_by_itself_and_shows_the_number_as_it_is_kept(an: Desk, world: World) -> None:
    page = an.page
    type_in(page, "B01.KT", "12345")
    saved(page)
    assert value(page, "B01.KT") == "12.345"
    expect(page.locator("#B01")).to_have_text("12.345")
    expect(page.locator("#da-nhap")).to_have_text("Đã nhập 1/6 ô")
    expect(page.locator("[data-part=chung]")).to_have_text("1/5")
    expect(page.locator("#can-xem h2")).to_have_text("1 chỗ phải sửa, còn 5 ô chưa nhập")
    assert "is-unanswered" not in (page.locator("tr", has=page.locator("[id='B01.KT']")).get_attribute("class") or "")
    assert stored(world) == {"B01.KT": 12345}


@pytest.mark.parametrize(
    ("sign", "words", "figure"), [("x", "không áp dụng", "na"), ("?", "chưa có số liệu", None), ("-", "0", 0), ("0", "0", 0)]
)
def test_a_sign_stands_for_an_answer_without_a_number(an: Desk, world: World, sign: str, words: str, figure: object) -> None:
    type_in(an.page, "B02", sign)
    assert value(an.page, "B02") == words
    saved(an.page)
    assert stored(world) == {"B02": figure}


def test_the_arrow_at_the_end_of_a_cell_offers_the_same_answers(an: Desk, world: World) -> None:
    page = an.page
    choices = page.locator("td.entry", has=page.locator("[id='B02']")).locator("select")
    choices.select_option("không áp dụng")
    assert (value(page, "B02"), focused(page)) == ("không áp dụng", "B02")
    saved(page)
    assert stored(world) == {"B02": "na"}
    choices.select_option(label="Xóa, trả lời sau")
    expect(page.locator("#can-xem h2")).to_have_text("1 chỗ phải sửa, còn 6 ô chưa nhập")
    assert stored(world) == {}


def test_a_text_that_is_no_number_stays_with_the_reason_and_the_rest_is_saved(an: Desk, world: World) -> None:
    page = an.page
    type_in(page, "B02", "năm")
    type_in(page, "C201", "4")
    expect(page.locator("[id='p-B02']")).to_contain_text("“năm” không phải là một con số")
    expect(page.locator("#trang-thai-luu")).to_contain_text("còn 1 chỗ chưa lưu")
    assert (value(page, "B02"), page.locator("[id='B02']").get_attribute("aria-invalid")) == ("năm", "true")
    expect(page.locator("#can-xem h2")).to_have_text("1 chỗ chưa lưu được, 1 chỗ phải sửa, còn 5 ô chưa nhập")
    expect(page.locator("#can-xem a").first).to_contain_text("B02 Mô hình đang duy trì: chưa lưu được. “năm” không phải")
    assert stored(world) == {"C201": 4}
    type_in(page, "B02", "5")
    saved(page)
    expect(page.locator("[id='p-B02']")).to_have_count(0)
    assert stored(world) == {"B02": 5, "C201": 4}


def test_a_check_speaks_at_its_cell_and_in_the_list_and_goes_when_it_holds(an: Desk) -> None:
    page = an.page
    type_in(page, "C201", "3")
    type_in(page, "C202", "4")
    expect(page.locator("[id='p-C201']")).to_have_text("Số trả lời đúng hạn (4) lớn hơn số tiếp nhận (3).")
    expect(page.locator("#C202R")).to_have_text("133,33 %")
    link = page.locator("#can-xem a", has_text="lớn hơn số tiếp nhận")
    link.click()
    assert focused(page) == "C201"
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(page.locator("[id='p-C201']")).to_have_count(0)
    expect(link).to_have_count(0)


def test_one_button_fills_the_open_cells_of_a_content_and_takes_it_back(an: Desk, world: World) -> None:
    page = an.page
    type_in(page, "B02", "5")
    saved(page)
    page.get_by_role("button", name="Điền “không phát sinh” cho 4 ô còn trống").click()
    expect(page.locator("#da-nhap")).to_have_text("Đã nhập 5/6 ô")
    assert stored(world) == {"B01.KT": 0, "B01.VH": 0, "B02": 5, "C201": 0, "C202": 0}
    expect(page.locator("button.fill[value=chung]")).to_be_hidden()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("#da-nhap")).to_have_text("Đã nhập 1/6 ô")
    assert stored(world) == {"B02": 5}


def test_words_are_saved_too(an: Desk, world: World) -> None:
    page = an.page
    page.locator("[id='section:I']").fill("Đã triển khai\nđến từng tổ.")
    page.locator("[id='section:II']").focus()
    saved(page)
    assert world.report("G1").narrative == {"I": "Đã triển khai\nđến từng tổ."}
    page.locator("[id='section:I']").fill("a" * 501)
    page.locator("[id='section:II']").focus()
    expect(page.locator("[id='p-section:I']")).to_have_text("Mục I. Kết quả nổi bật: dài 501 ký tự, tối đa 500.")


@pytest.mark.parametrize(("choice", "kept"), [("Giữ 6", 6), ("Lấy 5", 5)])
def test_two_people_at_one_cell_are_asked(an: Desk, world: World, choice: str, kept: int) -> None:
    page = an.page
    fill(world, "G1", {"B02": 5}, by=world.person("hoa"))
    type_in(page, "B02", "6")
    expect(page.locator("[id='p-B02']")).to_contain_text("Trần Thị Hoa vừa ghi “5”; anh/chị ghi “6”.")
    assert (value(page, "B02"), stored(world)) == ("6", {"B02": 5})
    expect(page.locator("#can-xem a").first).to_have_text("B02 Mô hình đang duy trì: Trần Thị Hoa cũng vừa sửa, cần chọn một")
    page.get_by_role("button", name=choice).click()
    expect(page.locator("[id='p-B02']")).to_have_count(0)
    expect(page.locator("[id='B02']")).to_have_value(str(kept))
    expect(page.locator("#trang-thai-luu")).to_contain_text("Đã lưu")
    assert stored(world) == {"B02": kept}


def test_the_way_on_waits_for_what_is_not_saved(an: Desk, world: World) -> None:
    fill(world, "G1", {**GOOD, "B02": 1}, by=world.person("hoa"))
    page = an.open(address(world))
    page.locator("[id='B02']").focus()
    page.keyboard.type("8")
    page.locator("#xem-lai").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại báo cáo 6 tháng đầu năm 2023")
    assert stored(world)["B02"] == 8


def test_leaving_with_something_unsaved_is_asked_about_and_otherwise_not(an: Desk, world: World) -> None:
    asked: list[str] = []
    an.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    type_in(an.page, "B02", "5")
    saved(an.page)
    an.open(address(world))
    assert asked == []
    type_in(an.page, "B02", "năm")
    expect(an.page.locator("[id='p-B02']")).to_be_visible()
    an.open(address(world))
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("no network", "Chưa lưu được: mất mạng. Số còn giữ trên máy này, sẽ tự thử lại."),
        ("busy", "Chưa lưu được: máy chủ đang bận. Số còn giữ trên máy này, sẽ tự thử lại."),
        ("signed out", "Chưa lưu được: đã hết phiên đăng nhập. Đăng nhập ở một thẻ khác rồi bấm Lưu."),
    ],
)
def test_what_cannot_be_saved_is_kept_and_saved_later(an: Desk, world: World, answer: str, words: str) -> None:
    page, well = an.page, an.answers_before
    an.answers_before = save_fails(answer)
    type_in(page, "B02", "5")
    expect(page.locator("#trang-thai-luu")).to_have_text(words)
    assert (value(page, "B02"), Report.objects.exists()) == ("5", False)
    an.answers_before = well
    page.get_by_role("button", name="Lưu", exact=True).click()
    saved(page)
    assert stored(world) == {"B02": 5}


def test_after_signing_in_again_elsewhere_the_old_page_still_saves(an: Desk, world: World) -> None:
    before = an.client.cookies.pop(settings.CSRF_COOKIE_NAME).value
    type_in(an.page, "B02", "5")
    saved(an.page)
    assert an.client.cookies[settings.CSRF_COOKIE_NAME].value != before
    assert stored(world) == {"B02": 5}


def test_after_a_failure_it_tries_again_by_itself(sit: Sit, world: World) -> None:
    desk = sit("an")
    desk.page.clock.install()
    page = desk.open(address(world))
    well, desk.answers_before = desk.answers_before, save_fails("no network")
    type_in(page, "B02", "5")
    page.clock.run_for(1_000)
    expect(page.locator("#trang-thai-luu")).to_contain_text("mất mạng")
    desk.answers_before = well
    page.clock.run_for(4_000)
    saved(page)
    assert stored(world) == {"B02": 5}


def test_a_pause_is_enough_to_save_while_the_cursor_stays(sit: Sit, world: World) -> None:
    desk = sit("an")
    desk.page.clock.install()
    page = desk.open(address(world))
    page.locator("[id='B02']").focus()
    page.keyboard.type("1234")
    expect(page.locator("#trang-thai-luu")).to_have_text("Có thay đổi chưa lưu")
    page.clock.run_for(3_500)
    saved(page)
    assert (value(page, "B02"), focused(page)) == ("1234", "B02")
    page.keyboard.press("Enter")
    expect(page.locator("[id='B02']")).to_have_value("1.234")


def test_what_was_not_saved_is_still_there_when_the_page_is_opened_again(an: Desk, world: World) -> None:
    page, well = an.page, an.answers_before
    an.answers_before = save_fails("no network")
    page.on("dialog", lambda dialog: dialog.accept())
    type_in(page, "B02", "5")
    expect(page.locator("#trang-thai-luu")).to_contain_text("mất mạng")
    an.answers_before = well
    an.open(address(world))
    expect(page.locator("[id='B02']")).to_have_value("5")
    saved(page)
    assert stored(world) == {"B02": 5}
    an.open(address(world))
    assert page.evaluate("localStorage.length") == 0


def test_a_report_sent_meanwhile_takes_nothing_more_and_says_so(an: Desk, world: World) -> None:
    submit(world, "G1")
    type_in(an.page, "B02", "6")
    expect(an.page.locator("#trang-thai-luu")).to_contain_text("Chưa lưu được. Không lưu được: báo cáo đang ở trạng thái “Đã nộp”.")
    assert stored(world)["B02"] == 5


def test_on_a_phone_one_content_is_a_screen(sit: Sit, world: World) -> None:
    desk = sit("an", size=PHONE, has_touch=True, is_mobile=True)
    page = desk.open(address(world))
    contents = page.locator(".content-section")
    assert [section.is_visible() for section in contents.all()] == [True, False, False]
    contents.nth(0).get_by_role("link", name="Tiếp").click()
    assert [section.is_visible() for section in contents.all()] == [False, True, False]
    contents.nth(1).get_by_role("link", name="Tiếp").click()
    contents.nth(2).get_by_role("link", name="Trước").click()
    assert [section.is_visible() for section in contents.all()] == [False, True, False]
    page.locator("#can-xem summary").first.click()
    page.get_by_role("link", name="B02 Mô hình đang duy trì").click()
    assert (focused(page), contents.nth(0).is_visible()) == ("B02", True)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_what_was_typed_before_the_script_arrived_on_a_slow_line_is_saved(sit: Sit, world: World) -> None:
    desk = sit("an")
    held: list[Route] = []
    desk.answers_before = lambda route: route.request.url.endswith("/filling/report.js") and not held and (held.append(route) or True)
    desk.page.goto(HOST + address(world), wait_until="commit")
    desk.page.locator("[id='B02']").fill("7")
    desk.page.locator("[id='C201']").focus()
    desk.serve(held[0])
    saved(desk.page)
    assert stored(world) == {"B02": 7}


def test_without_scripts_the_page_is_a_form_with_a_button(sit: Sit, world: World) -> None:
    page = sit("an", java_script_enabled=False).open(address(world))
    page.locator("[id='B02']").fill("1.000")
    page.locator("[id='C201']").fill("không áp dụng")
    page.locator("[id='C201']").press("Enter")
    expect(page.get_by_text("Đã lưu lúc 09:00 02/04/2023.", exact=True)).to_be_visible()
    assert stored(world) == {"B02": 1000, "C201": "na"}
    page.get_by_role("button", name="Điền “không phát sinh” cho 3 ô còn trống").click()
    expect(page.get_by_text("Đã điền “không phát sinh” (0) vào các ô còn trống của nội dung này.")).to_be_visible()
    page.get_by_role("button", name="Lấy lại như cũ").click()
    assert stored(world) == {"B02": 1000, "C201": "na"}
