"""From the paper to the campaign and down the tree: pasted, corrected, drafted, published, passed down over three levels, acknowledged,
planned, and seen on the chain's page how far it has come.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from kheo.org.models import SnapshotUnit
from tests.core.drafting.test_proposing import GUIDANCE
from tests.journeys.bookkeeping import presses, writes_down
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look
from tests.journeys.town import AN_DISTRICT, AN_UNIT, CITY, Town
from tests.journeys.visitor import PHONE, WIDE, Visitor

pytestmark = pytest.mark.django_db
# Of the demo's own time, which stands in November 2023.
PAPER = GUIDANCE.replace("2024", "2023").replace("ngày 02 tháng 02", "ngày 01 tháng 11")
PLAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PLAN += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NAME = "Kế hoạch thực hiện 3 không"


def test_one_paper_goes_all_the_way_from_its_arrival_to_the_page_that_tells_how_far_it_came(arrive: Arrive, town: Town) -> None:
    minh, lan = arrive("minh", reduced_motion="reduce"), arrive("lan")
    arrival = it_arrives_at_the_top(minh, town)
    draft = it_is_drafted_and_corrected(minh)
    it_is_published(lan, draft)
    minh.page.goto(arrival)
    expect(minh.page.locator("main")).to_contain_text("3 không")  # the book leads to the campaign that was made of the paper
    chain = it_is_passed_down(minh, "LĐLĐ-TG")
    dung = arrive("dung", reduced_motion="reduce")
    acknowledges(dung, town.unit(AN_DISTRICT))
    it_is_passed_down(dung, "KH-LĐLĐ")
    an = arrive("an", size=PHONE, reduced_motion="reduce")
    acknowledges(an, town.unit(AN_UNIT))
    is_fine(an.page)
    letter = an.page.url
    hoa = arrive("hoa")
    number = a_plan_is_filed(hoa, letter)
    hoa.page.goto(f"/van-ban/theo-doi/{town.unit(AN_UNIT)}")
    expect(hoa.page.get_by_role("heading", level=1)).to_contain_text("Theo dõi giải quyết")
    expect(hoa.page.get_by_text(number, exact=True)).to_have_count(0)  # the plan has answered the letter
    minh.page.goto(chain)
    minh.page.get_by_role("row").filter(has_text="Quận 1").first.get_by_role("link").click()
    own = minh.page.get_by_role("row").filter(has_text=an_unit_name(town))
    expect(own.locator("[data-label='Đã nhận']")).to_contain_text("/2023")
    expect(own.locator("[data-label='Kế hoạch']")).to_have_text("có")
    is_fine(minh.page)


def it_is_drafted_and_corrected(visitor: Visitor) -> str:
    """From the arrival's page: read into a draft, a day mended, who reports chosen, every other place looked at; gives its address."""
    page = visitor.page
    page.set_viewport_size(WIDE)  # paper and fields beside each other; looking had made it a telephone's
    page.get_by_role("link", name="Lập bản nháp phong trào").click()
    page.get_by_role("button", name="Đọc", exact=True).click()
    day = page.locator("[id='o-documents.0.issued_on']")
    page.locator("a.draft-said[href='#o-documents.0.issued_on']").click()
    day.fill("02/11/2023")
    kinds = page.locator("details.draft-many", has=page.locator("[id='o-regime.tiers.0.kinds']"))
    kinds.evaluate("each => each.open = true")
    kinds.get_by_label("Liên đoàn Lao động cấp huyện", exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text(re.compile(r"Đã sửa \d+ lần"))).to_be_visible()
    expect(day).to_have_value("02/11/2023")
    page.locator(".draft-to-first").click()
    for _ in range(int(page.locator("[data-left]").inner_text())):
        page.keyboard.press("Enter")  # right, and on to the next
    expect(page.locator("[data-left]")).to_have_text("0")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the button that keeps it all
    expect(page.get_by_text("Đã xem hết")).to_be_visible()
    is_fine(page)
    return page.url


def it_is_published(office: Visitor, draft: str) -> None:
    """By the campaign office alone."""
    office.page.goto(draft)
    office.page.get_by_role("button", name="Công bố phong trào").click()
    expect(office.page.locator(".lead")).to_contain_text("Đã công bố")
    expect(office.page.get_by_role("button", name="Lưu", exact=True)).to_have_count(0)


def is_fine(page: Page) -> None:
    assert {how: wrong for how, wrong in look(page) if wrong} == {}


def an_unit_name(town: Town) -> str:
    return SnapshotUnit.objects.get(snapshot=town.snapshot, code=AN_UNIT).name


def it_arrives_at_the_top(visitor: Visitor, town: Town) -> str:
    """Pasted into the book of arrivals: read, and written with a number; gives the address of the arrival."""
    page = visitor.page
    page.goto(f"/van-ban/den/{town.unit(CITY)}/ghi")
    page.get_by_label("Hoặc dán văn bản").fill(PAPER)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_text("Đã đọc.")).to_be_visible()
    expect(page.locator("[name=full_number]")).to_have_value("7-HD/BDVTU")
    is_fine(page)
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("Đã ghi vào sổ: số đến")).to_be_visible()
    return page.url


def it_is_passed_down(visitor: Visitor, symbol: str) -> str:
    """From the arrival's page to all below it; gives the address of the chain's page."""
    page = visitor.page
    page.get_by_role("link", name="Chuyển xuống dưới").click()
    page.get_by_label("Ký hiệu, phần đứng sau số").fill(symbol)
    page.get_by_label("Cấp dưới phải có kế hoạch trước hết ngày").fill("30/11/2023")
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


def a_plan_is_filed(visitor: Visitor, letter: str) -> str:
    """A plan of the unit's own that carries out the letter, with a target that has number and unit, and its paper; the letter's number."""
    page = visitor.page
    page.goto(letter)
    page.get_by_role("link", name="Ghi kế hoạch thực hiện văn bản này").click()
    named = page.get_by_label("Thực hiện văn bản số").input_value()
    assert re.fullmatch(r"\d\d/KH-LĐLĐ \(\d\d/11/2023\)", named), named
    typed = {"Tên kế hoạch": NAME, "Số, ký hiệu": "05/KH-CĐCS", "Ngày ban hành": "08/11/2023", "Thực hiện văn bản số": named}
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
    return named.partition(" ")[0]
