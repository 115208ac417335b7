"""From the paper to the campaign and down the tree: pasted, corrected, drafted, published, passed down over three levels, acknowledged,
planned, and seen on the chain's page how far it has come.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from kheo.org.models import SnapshotUnit
from tests.core.drafting.test_proposing import GUIDANCE, LETTER
from tests.journeys.bookkeeping import presses, writes_down
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look
from tests.journeys.town import AN_DISTRICT, AN_UNIT, CITY, Town
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.django_db
# Of the demo's own time, which stands in November 2023.
PAPER = GUIDANCE.replace("2024", "2023").replace("ngày 02 tháng 02", "ngày 01 tháng 11")
PLAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PLAN += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NAME = "Kế hoạch thực hiện 3 không"


def test_a_pasted_paper_becomes_a_published_campaign(arrive: Arrive) -> None:
    lan = arrive("lan")
    page = lan.page
    page.goto("/van-ban/doc/")
    page.get_by_label("Dán chữ của văn bản").fill(f"{LETTER}\n{GUIDANCE}".replace("2024", "2023"))
    page.get_by_role("button", name="Đọc", exact=True).click()
    day = page.locator("[id='o-documents.0.issued_on']")
    day.fill("11/03/2023")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text(re.compile(r"Đã sửa \d+ lần"))).to_be_visible()
    expect(day).to_have_value("11/03/2023")
    for box in page.get_by_role("checkbox", name="Đã xem:").all():
        box.check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Phải xác nhận (0)")).to_be_visible()
    page.get_by_role("button", name="Công bố phong trào").click()
    expect(page.locator(".lead")).to_contain_text("Đã công bố")
    expect(page.get_by_role("button", name="Lưu", exact=True)).to_have_count(0)


def test_a_paper_goes_down_three_levels_and_everybody_sees_how_far(arrive: Arrive, town: Town) -> None:
    minh, dung = arrive("minh", reduced_motion="reduce"), arrive("dung", reduced_motion="reduce")
    it_arrives_at_the_top(minh, town)
    chain = it_is_passed_down(minh, "LĐLĐ-TG")
    expect(minh.page.locator("main")).to_contain_text("Đã chuyển tới đâu")
    acknowledges(dung, town.unit(AN_DISTRICT))
    it_is_passed_down(dung, "KH-LĐLĐ")
    an = arrive("an", size=PHONE)
    acknowledges(an, town.unit(AN_UNIT))
    number = an.page.locator("main").locator("b").last.inner_text()
    hoa = arrive("hoa")
    a_plan_is_filed(hoa, number)
    minh.page.goto(chain)
    minh.page.get_by_role("row").filter(has_text="Quận 1").first.get_by_role("link").click()
    own = minh.page.get_by_role("row").filter(has_text=an_unit_name(town))
    expect(own.locator("[data-label='Đã nhận']")).not_to_contain_text("–")
    expect(own.locator("[data-label='Kế hoạch']")).to_have_text("có")
    is_fine(minh.page)


def is_fine(page: Page) -> None:
    assert {how: wrong for how, wrong in look(page) if wrong} == {}


def an_unit_name(town: Town) -> str:
    return SnapshotUnit.objects.get(snapshot=town.snapshot, code=AN_UNIT).name


def it_arrives_at_the_top(visitor: Visitor, town: Town) -> None:
    """Pasted into the book of arrivals: read, and written with a number."""
    page = visitor.page
    page.goto(f"/van-ban/den/{town.unit(CITY)}/ghi")
    page.get_by_label("Hoặc dán văn bản").fill(PAPER)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_text("Đã đọc.")).to_be_visible()
    expect(page.locator("[name=full_number]")).to_have_value("7-HD/BDVTU")
    is_fine(page)
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("Đã ghi vào sổ: số đến")).to_be_visible()


def it_is_passed_down(visitor: Visitor, symbol: str) -> str:
    """From the arrival's page to all below it; gives the address of the chain's page."""
    page = visitor.page
    page.get_by_role("link", name="Chuyển xuống dưới").click()
    page.get_by_label("Ký hiệu, phần đứng sau số").fill(symbol)
    page.get_by_label("Cấp dưới phải có kế hoạch trước hết ngày").fill("2023-11-30")
    is_fine(page)
    page.get_by_role("button", name="Lấy số và gửi").click()
    visitor.sees_heading("Đã chuyển tới đâu")
    return page.url


def acknowledges(visitor: Visitor, unit: int) -> None:
    """One click; the page of the directive then says under which number it arrived."""
    page = visitor.page
    page.goto(f"/chuyen-xuong/{unit}/")
    page.get_by_role("button", name="Đã nhận").first.click()
    expect(page.locator(".facts")).to_contain_text("Số đến")


def a_plan_is_filed(visitor: Visitor, number: str) -> None:
    """A plan of the unit's own with a target that has number and unit, and its paper."""
    page = visitor.page
    typed = {"Tên kế hoạch": NAME, "Số, ký hiệu": "05/KH-CĐCS", "Ngày ban hành": "08/11/2023", "Thực hiện văn bản số": number}
    chosen = {"Nội dung “5 không”": "Không để ai bị bỏ lại", "Có tiêu chí cụ thể": "Có"}
    address = writes_down(visitor, "ke-hoach", "Ghi kế hoạch", NAME, typed, chosen)
    page.get_by_role("link", name="Thêm dòng").click()
    page.get_by_label("Loại").select_option(label="mô hình")
    page.get_by_label("Chỉ tiêu").fill("Mô hình ba không")
    page.get_by_label("Phải đạt").fill("12")
    page.get_by_role("button", name="Ghi dòng", exact=True).click()
    expect(page.get_by_text("Mô hình ba không")).to_be_visible()
    page.goto(address)
    page.get_by_role("link", name="Thêm văn bản kế hoạch").click()
    page.locator("input[type=file]").set_input_files([{"name": "ke-hoach.pdf", "mimeType": "application/pdf", "buffer": PLAN}])
    page.get_by_role("button", name="Thêm vào hồ sơ").click()
    expect(page.locator("main")).to_contain_text("ke-hoach.pdf")
    presses(visitor, address, "Ban hành", "Đã ban hành")
