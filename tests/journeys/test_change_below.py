"""A supplement below is accepted after the parent has gone up: the parent sees "+3 here" and through whom, and decides."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Arrive
from tests.journeys.explaining import explain_what_is_asked
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db

UNIT = "CĐCS Công ty TNHH May Ngọc Thịnh (mẫu)"
HALF = "6 tháng đầu năm 2023"
CELL, MORE = "B04", 3


def test_the_parent_sees_what_changed_since_it_sent_and_decides(arrive: Arrive) -> None:
    hoa, binh, dung = (arrive(name) for name in ("hoa", "binh", "dung"))
    then, before = as_sent_and_since(dung)
    hoa_adds_three(hoa)
    binh_accepts_the_supplement(binh)
    dung_sees_whose_it_was(dung)
    assert as_sent_and_since(dung) == (then, before + MORE)
    dung_sends_nothing_more(dung)
    assert as_sent_and_since(dung) == (then, before + MORE)


def task(visitor: Visitor) -> Locator:
    visitor.page.goto("/")
    return visitor.page.get_by_role("listitem").filter(has_text=HALF)


def hoa_adds_three(hoa: Visitor) -> None:
    page = hoa.page
    task(hoa).get_by_role("heading").get_by_role("link").click()
    page.get_by_role("link", name="Lập báo cáo bổ sung").click()
    page.get_by_label("Lý do bổ sung").fill("Sót ba tập thể của Tổ 3.")
    page.get_by_role("button", name="Mở báo cáo bổ sung").click()
    cell = page.locator(f"#{CELL}")
    number = int(cell.input_value().replace(".", ""))
    cell.fill(str(number + MORE))
    page.keyboard.press("Enter")
    expect(page.locator("#trang-thai-luu")).to_have_text(re.compile("^Đã lưu lúc"))
    explain_what_is_asked(hoa)
    page.get_by_role("link", name="Xem lại và nộp").click()
    page.get_by_role("button", name="Ký và nộp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Biên nhận")


def binh_accepts_the_supplement(binh: Visitor) -> None:
    page = binh.page
    task(binh).get_by_role("link", name="Duyệt báo cáo", exact=True).click()
    card = page.locator("[data-state=submitted] .unit-card").filter(has_text="May Ngọc Thịnh")
    card.get_by_role("link", name="Xem báo cáo").click()
    binh.sees_heading(UNIT)
    page.get_by_role("link", name="Chấp nhận…").click()
    page.get_by_role("dialog").get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(page.get_by_text(f"Đã chấp nhận báo cáo của {UNIT}.")).to_be_visible()


def changed(dung: Visitor) -> Locator:
    return dung.page.get_by_role("region", name="Số liệu cấp dưới đã thay đổi")


def as_sent_and_since(dung: Visitor) -> tuple[int, int]:
    """What stood in the place when the report was sent, which nothing changes, and by how much it has changed since."""
    task(dung).get_by_role("heading").get_by_role("link").click()
    expect(changed(dung)).to_be_visible()
    cells = changed(dung).locator("tbody tr").filter(has_text=re.compile(f"^{CELL} ")).locator("td")
    then, now, told = (int(text.replace(".", "").replace("−", "-")) for text in cells.all_text_contents())
    assert told == now - then
    return then, told


def dung_sees_whose_it_was(dung: Visitor) -> None:
    task(dung).get_by_role("link", name="Xem và quyết định").click()
    expect(changed(dung)).to_contain_text(f"{CELL} +")
    cause = changed(dung).get_by_role("listitem").filter(has_text="May Ngọc Thịnh")
    expect(cause).to_contain_text(f"({CELL} +{MORE}). Lý do: “Sót ba tập thể của Tổ 3.”")


def dung_sends_nothing_more(dung: Visitor) -> None:
    page = dung.page
    page.get_by_label("Không gửi bổ sung, vì").fill("Chênh lệch nhỏ, tính vào báo cáo năm.")
    page.get_by_role("button", name="Không gửi bổ sung").click()
    expect(changed(dung)).to_contain_text("Phạm Văn Dũng đã quyết định không gửi bổ sung")
    expect(task(dung).get_by_role("link", name="Xem và quyết định")).to_have_count(0)
