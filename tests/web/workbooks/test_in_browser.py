"""A unit's workbook out and in again, in a real browser: filled, faulty, marked, mended, signed."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from kheo.reports.models import WorkbookFile
from tests.journeys.axe import DEFAULT, violations
from tests.reports.workbooks import WORDS, filled, hand_in, typed_into
from tests.web.desk import HOST, PHONE, WIDE, Sit
from tests.web.visits import day
from tests.world import GOOD, World, fill, head_of, later, small_world

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def world() -> Iterator[World]:
    made = small_world()
    with day(later(days=1)):
        yield made


def send(page: Page, data: bytes, name: str = "tep.xlsx") -> None:
    page.goto(f"{HOST}/nop-excel/")
    page.set_input_files("#tep", {"name": name, "mimeType": XLSX, "buffer": data})
    page.get_by_role("button", name="Gửi tệp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kết quả nộp bằng Excel")


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_from_the_download_to_the_signature(world: World, sit: Sit, scripted: bool) -> None:
    an, hoa = sit("an", java_script_enabled=scripted), sit("hoa", java_script_enabled=scripted)
    page = an.open("/")
    link = page.get_by_role("link", name="Tải tệp Excel của đơn vị").first.get_attribute("href")
    assert link
    blank = an.here.run(an.client.get, link).content
    send(page, typed_into(blank, {**GOOD, "B02": "khoảng năm"}, WORDS))
    expect(page.locator("tbody tr")).to_contain_text("Không nhận")
    page.locator("tbody").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Chưa lưu số nào của tệp này.")
    expect(page.locator("tbody tr").filter(has_text="B02").first).to_contain_text("Số liệu, ô E")
    marked = page.get_by_role("link", name="Tải bản đã đánh dấu chỗ sai").get_attribute("href")
    assert marked
    copy = an.here.run(an.client.get, marked).content
    commented = [
        cell.comment.text for sheet in openpyxl.load_workbook(io.BytesIO(copy)) for row in sheet.iter_rows() for cell in row if cell.comment
    ]
    assert any("năm" in text or "số" in text for text in commented)
    send(page, typed_into(copy, {"B02": 5}, {}))
    expect(page.locator("tbody tr")).to_contain_text("Đã nhận")
    assert world.report("G1").figures == GOOD
    signing = hoa.open(f"/bao-cao/{world.obligation('G1').pk}/nop")
    signing.get_by_role("button", name="Ký và nộp").click()
    expect(signing.locator("main")).to_contain_text("2023-6T/G1/1")
    assert world.report("G1").state == "submitted"


def test_a_file_dropped_on_the_page_is_chosen(world: World, sit: Sit) -> None:
    page = sit("an").open("/nop-excel/")
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["mot hai ba"], "thả vào.xlsx"));
          const place = document.querySelector("[data-drop]"), options = { dataTransfer: files, bubbles: true, cancelable: true };
          for (const name of ["dragenter", "dragover", "drop"]) place.dispatchEvent(new DragEvent(name, options));
        }"""
    )
    expect(page.locator("[data-upload-list]")).to_contain_text("thả vào.xlsx")
    page.get_by_role("button", name="Gửi tệp").click()
    expect(page.locator("tbody tr")).to_contain_text("thả vào.xlsx")
    assert WorkbookFile.objects.get().outcome == "refused"


def test_too_large_is_told_before_anything_is_sent(world: World, sit: Sit) -> None:
    page = sit("an", PHONE).open("/nop-excel/")
    page.set_input_files("#tep", {"name": "to.xlsx", "mimeType": XLSX, "buffer": b"x" * (5 * 1024 * 1024 + 1)})
    expect(page.locator("#tep-loi")).to_contain_text("Tệp “to.xlsx” quá lớn (5,0 MB).")
    page.get_by_role("button", name="Gửi tệp").click()
    expect(page.locator("#tep-loi")).to_be_visible()
    assert not WorkbookFile.objects.exists()


def test_a_difference_is_looked_at_and_taken(world: World, sit: Sit) -> None:
    fill(world, "G1", {"B02": 4}, by=world.person("hoa"))
    page = sit("an", PHONE).open("/nop-excel/")
    send(page, filled(world, "G1"))
    page.locator("tbody").get_by_role("link", name="Xem và chọn").click()
    expect(page.locator("tbody tr").filter(has_text="B02")).to_contain_text("4")
    page.get_by_role("button", name="Lấy số trong tệp").click()
    expect(page.locator("main")).to_contain_text("Đã đưa 6 chỗ vào bản nháp.")
    assert world.report("G1").figures == GOOD
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_axe_finds_nothing_serious_on_any_of_the_pages(world: World, sit: Sit) -> None:
    """Wide and on a phone: what was stored, what differs, what is faulty, what is nobody's; the token that is shown once."""
    fill(world, "G2", {"B02": 4}, by=head_of(world, "G2"))
    sent = (filled(world, "G1"), filled(world, "G2"), filled(world, "G3", {**GOOD, "B02": "năm"}), b"x")
    files = hand_in(world, "binh", *sent)
    assert [file.outcome for file in files] == ["stored", "decide", "refused", "refused"]
    addresses = ["/nop-excel/", f"/nop-excel/{files[0].batch_id}/", *(f"/nop-excel/tep/{file.pk}/" for file in files)]
    for size in (WIDE, PHONE):
        desk = sit("binh", size)
        for address in addresses:
            assert violations(desk.open(address), DEFAULT) == {}, address
            assert desk.page.evaluate("document.documentElement.scrollWidth") <= size["width"], address
        page = desk.open("/tai-khoan/ma-truy-cap/")
        page.get_by_label("Tên gợi nhớ").fill("Máy cơ quan")
        page.get_by_role("button", name="Tạo mã").click()
        expect(page.locator("#ma")).to_contain_text("kheo_")
        assert violations(page, DEFAULT) == {}
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
