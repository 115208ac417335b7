"""An old browser, or one in which scripts are switched off: everything that must be done can be done with plain pages and forms."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Arrive
from tests.journeys.explaining import explain_without_script
from tests.journeys.town import Town
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db

UNIT = "CĐCS Công ty TNHH May Ngọc Thịnh (mẫu)"
WORDS = {"I": "Đã có kế hoạch và sáu buổi phổ biến.", "III": "Chưa đủ người theo dõi."}


def test_fill_in_save_sign_return_correct_and_accept(arrive: Arrive, town: Town) -> None:
    an, hoa, binh = (arrive(name, java_script_enabled=False) for name in ("an", "hoa", "binh"))
    an_saves_and_fills_the_rest(an)
    hoa_signs(hoa, "137")
    binh_remarks_and_returns(binh)
    an_corrects(an)
    hoa_signs(hoa, "37")
    binh_accepts(binh)
    an.page.goto("/")
    expect(own_report(an)).to_contain_text("Đã chấp nhận")


def own_report(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("listitem").filter(has_text="Báo cáo năm 2023")


def cell(visitor: Visitor, key: str) -> Locator:
    return visitor.page.locator(f"[id='{key}']")


def an_saves_and_fills_the_rest(an: Visitor) -> None:
    page = an.page
    own_report(an).get_by_role("link", name="Nhập tiếp").click()
    cell(an, "B04").fill("137")
    for section, text in WORDS.items():
        page.get_by_label(re.compile(rf"^{section}\. ")).fill(text)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#trang-thai-luu")).to_have_text(re.compile(r"^Đã lưu lúc \d\d:\d\d 09/11/2023$"))
    expect(cell(an, "B04")).to_have_value("137")
    for content in ("chung", "N5"):
        page.locator(f"section#{content}").get_by_role("button", name="Điền “không phát sinh”").click()
        expect(page.get_by_text("Đã điền “không phát sinh” (0) vào các ô còn trống")).to_be_visible()
    expect(page.locator("#da-nhap")).to_have_text(re.compile(r"^Đã nhập (\d+)/\1 ô$"))
    explain_without_script(an)


def hoa_signs(hoa: Visitor, number: str) -> None:
    page = hoa.page
    page.goto("/")
    own_report(hoa).get_by_role("link", name="Ký và nộp").click()
    expect(page.get_by_role("row", name=re.compile("^B04 ")).locator("td.number").first).to_have_text(number)
    page.get_by_role("button", name="Ký và nộp").click()
    hoa.sees_heading("Biên nhận báo cáo năm 2023")


def binh_opens(binh: Visitor) -> None:
    binh.page.goto("/")
    binh.goes_to("Duyệt báo cáo")
    card = binh.page.locator("[data-state=submitted] .unit-card").filter(has_text="May Ngọc Thịnh")
    card.get_by_role("link", name="Xem báo cáo").click()
    binh.sees_heading(UNIT)


def binh_remarks_and_returns(binh: Visitor) -> None:
    page = binh.page
    binh_opens(binh)
    row = page.locator("tr#B04")
    row.get_by_text("Nhận xét", exact=True).click()
    row.get_by_role("textbox").fill("Xin đối chiếu lại sổ.")
    row.get_by_role("button", name="Ghi").click()
    expect(page.get_by_text("Đã ghi nhận xét.")).to_be_visible()
    page.get_by_role("link", name="Trả lại…").click()
    page.get_by_label("Đơn vị cần sửa gì?").fill("Xem lại số tập thể.")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text(f"Đã trả lại báo cáo của {UNIT}.")).to_be_visible()


def an_corrects(an: Visitor) -> None:
    an.page.goto("/")
    own_report(an).get_by_role("link", name="Sửa theo nhận xét").click()
    expect(an.page.locator(".remark")).to_contain_text("Xin đối chiếu lại sổ.")
    cell(an, "B04").fill("37")
    cell(an, "B04").press("Enter")
    expect(an.page.locator(".remark .is-done")).to_have_text("Đã sửa")


def binh_accepts(binh: Visitor) -> None:
    binh_opens(binh)
    binh.page.get_by_role("link", name="Chấp nhận…").click()
    binh.page.get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(binh.page.get_by_text(f"Đã chấp nhận báo cáo của {UNIT}.")).to_be_visible()
