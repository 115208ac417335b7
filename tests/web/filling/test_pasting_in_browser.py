"""Blocks pasted from a spreadsheet, steps taken back and done again, two tabs of one report."""

import pytest
from playwright.sync_api import expect

from kheo.reports.models import Report
from tests.web.desk import Desk
from tests.web.filling.fingers import focused, paste, save_fails, saved, stored, type_in, value
from tests.world import World


@pytest.mark.parametrize(
    ("block", "figures"),
    [
        ("2\n1\n5\n10", {"B01.KT": 2, "B01.VH": 1, "B02": 5, "C201": 10}),
        ("2\tmô hình\r\n\r\n5\r\n", {"B01.KT": 2, "B02": 5}),
        ("C202\tÝ kiến trả lời\t9\nC501\tĐối thoại\t1", {"C202": 9, "C501": 1}),
        ('c202\t"Ý kiến\n""trả lời"""\t9\r\nC501\tĐối thoại\tkhông áp dụng\r\n', {"C202": 9, "C501": "na"}),
        ("Mã\tKỳ trước\tKỳ này\nC202\t4\t9\nC501\t2\t1", {"C202": 9, "C501": 1}),
    ],
    ids=["downwards", "downwards, leaving out empty cells", "by code", "by code, with quoted line breaks", "by the head of the column"],
)
def test_a_block_from_a_spreadsheet_finds_its_cells(an: Desk, world: World, block: str, figures: dict[str, int]) -> None:
    paste(an.page, "B01.KT", block)
    expect(an.page.locator("#lay-lai")).to_contain_text(f"Đã dán {len(figures)} ô")
    saved(an.page)
    assert stored(world) == figures


def test_what_a_pasted_block_cannot_place_is_listed_and_nothing_is_lost_in_silence(an: Desk, world: World) -> None:
    paste(an.page, "B02", "C202\t9\nB01\t7\nC999\t3\nTổng\t99\nC501\t1")
    expect(an.page.locator("#lay-lai")).to_have_text("Đã dán 2 ô.")
    expect(an.page.locator("#chua-dan li")).to_have_text(
        [
            "Dòng 2 (B01 · 7): ô này hệ thống tự tính, không nhập.",
            "Dòng 3 (C999 · 3): không có ô nhập nào mang mã C999.",
            "Dòng 4 (Tổng · 99): không có ô nhập nào mang mã TỔNG.",
        ]
    )
    saved(an.page)
    assert stored(world) == {"C202": 9, "C501": 1}
    an.page.get_by_role("button", name="Đã rõ").click()
    expect(an.page.locator("#chua-dan")).to_have_count(0)


def test_a_block_that_is_longer_than_the_rest_of_the_page_says_which_lines_are_left(an: Desk, world: World) -> None:
    paste(an.page, "C202", "9\n1\n5\n6")
    expect(an.page.locator("#chua-dan")).to_contain_text("đã hết ô để dán xuống.")
    saved(an.page)
    assert {"C202", "C501"} >= set(stored(world))


def test_between_two_columns_of_numbers_nobody_guesses(an: Desk, world: World) -> None:
    paste(an.page, "B02", "C202\t4\t9\nC501\t2\t1")
    expect(an.page.locator("#chua-dan")).to_contain_text("Vùng vừa chép có nhiều cột số (cột 2, 3), không rõ lấy cột nào.")
    assert not Report.objects.exists()
    assert value(an.page, "C202") == ""


def test_steps_are_taken_back_and_done_again_by_keys_and_by_buttons(an: Desk, world: World) -> None:
    page = an.page
    back, again = page.get_by_role("button", name="Hoàn tác"), page.get_by_role("button", name="Làm lại")
    expect(back).to_be_disabled()
    type_in(page, "B02", "5")
    type_in(page, "C201", "10")
    paste(page, "B01.KT", "2\n1")
    saved(page)
    page.locator("[id='C501']").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#lay-lai")).to_have_text("Đã lấy lại 2 ô.")
    page.keyboard.press("Control+z")
    assert ([value(page, key) for key in ("B01.KT", "B01.VH", "B02", "C201")], focused(page)) == (["", "", "5", ""], "C201")
    back.click()
    expect(back).to_be_disabled()
    saved(page)
    expect(page.locator("#da-nhap")).to_have_text("Đã nhập 0/6 ô")
    again.click()
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+Shift+z")
    expect(again).to_be_disabled()
    expect(page.locator("#da-nhap")).to_have_text("Đã nhập 4/6 ô")
    assert stored(world) == {"B01.KT": 2, "B01.VH": 1, "B02": 5, "C201": 10}


def test_the_keys_of_taking_back_are_the_browsers_while_a_cell_is_being_typed(an: Desk, world: World) -> None:
    page = an.page
    type_in(page, "B02", "5")
    saved(page)
    page.locator("[id='C201']").focus()
    page.keyboard.type("77")
    page.keyboard.press("Control+z")
    assert value(page, "B02") == "5"


def test_two_tabs_of_one_report_keep_their_texts_apart(an: Desk, world: World) -> None:
    an.answers_before = save_fails("no network")
    other = an.context.new_page()
    other.goto(an.page.url)
    type_in(an.page, "B02", "5")
    type_in(other, "C201", "9")
    type_in(other, "C201", "", "Escape")
    other.close()
    kept = an.page.evaluate("JSON.parse(Object.values(localStorage)[0])")
    assert kept == {"B02": {"before": "", "text": "5"}}
