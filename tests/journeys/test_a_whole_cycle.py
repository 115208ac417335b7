"""From the officer's keyboard to the city's papers: one report goes the whole way, and only those see it whom it concerns."""

import json
import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Arrive
from tests.journeys.explaining import explain_what_is_asked
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db

UNIT = "CĐCS Công ty TNHH May Ngọc Thịnh (mẫu)"
CELL, NAME = "B04", "Tập thể đăng ký thực hiện"
WRONG, RIGHT = 137, 37
REMARK = "Số tập thể gấp nhiều lần năm trước, xin đối chiếu lại sổ đăng ký."
REASON = "Xin xem lại số tập thể đăng ký."
# As they stand one under another on the page: Enter leads from each to the next.
TYPED = {
    "chung": {
        "A01": "1", "A02a": "x", "A02b": "x", "A03": "1", "A04": "6", "A05": "480",
        "B01.KT": "9", "B01.VHXH": "14", "B01.QPAN": "2", "B01.HTCT": "3", "B01.ASXH": "6", "B01.KHAC": "1",
        "B02": "28", "B03": "20", CELL: str(WRONG), "B05": "412", "B06": "3", "B07": "1",
        "B08.NS": "?", "B08.CD": "12500000", "B08.XHH": "8400000",
        "D01.TD": "4", "D01.GK": "2", "D01.BK": "0", "D01.KHAC": "-", "D02.TD": "18", "D02.GK": "7",
    },
    "N5": {"C501": "6", "C502": "31", "C502a": "29"},
}  # fmt: skip
SHOWN = {"A02a": "không áp dụng", "B08.NS": "chưa có số liệu", "B08.CD": "12.500.000", "D01.KHAC": "0"}
WORDS = {
    "I": "Công đoàn đã có kế hoạch phát động và sáu buổi phổ biến đến từng tổ may.",
    "III": "Một mô hình phải dừng vì chuyền may dời sang xưởng khác.",
}
SAVED = re.compile(r"^Đã lưu lúc \d\d:\d\d 09/11/2023$")
# What could change something: whatever can be pressed or written in a form that is sent, or in the grid. Signing out is everybody's
# own. Counted where there are such things too, so that an empty search cannot pass for an empty page.
CHANGING = (
    "form[method=post]:not([action='/tai-khoan/dang-xuat/']) :is(button, input:not([type=hidden]), select, textarea),"
    " textarea, .entry input, button[form], input[type=file]"
)
KEYS = re.compile(r"(?<=/)\d+(?=/|$)")  # the numbers of an address


def test_a_report_goes_from_the_officer_to_the_citys_papers(arrive: Arrive, tmp_path: Path) -> None:
    an, hoa, binh, lan = (arrive(name) for name in ("an", "hoa", "binh", "lan"))
    before = number_of_the_city(lan)
    an_fills_in_the_report(an)
    first = hoa_signs_and_sends(hoa, "137")
    binh_returns_it_for_one_cell(binh)
    an_corrects_what_was_remarked(an)
    second = hoa_signs_and_sends(hoa, "37")
    assert first != second
    assert number_of_the_city(lan) == before
    binh_accepts_it(binh)
    assert number_of_the_city(lan) == before + RIGHT
    lan_opens_the_number_down_to_the_report(lan)
    lan_takes_the_papers_home(lan, tmp_path, before + RIGHT)
    everywhere = list(dict.fromkeys(step for visitor in (an, hoa, binh, lan) for step in visitor.visited))
    to_chi_none_of_it_exists(arrive("chi"), everywhere)
    kien_reads_and_can_change_nothing(arrive("kien"), everywhere)
    assert number_of_the_city(lan) == before + RIGHT


def task(visitor: Visitor, words: str) -> Locator:
    """The line of Việc của tôi about the year's report."""
    visitor.page.goto("/")
    return visitor.page.get_by_role("listitem").filter(has_text=words)


def number_of_the_city(lan: Visitor) -> int:
    """As it stands on the page, in the row of the totals."""
    lan.page.goto("/")
    lan.goes_to("Tổng hợp")
    lan.sees_heading("Tổng hợp năm 2023")
    return int(total(lan.page).inner_text().replace(".", ""))


def total(page: Page) -> Locator:
    return page.locator(f"tr.total a[href='o/{CELL}/']")


def an_fills_in_the_report(an: Visitor) -> None:
    page = an.page
    task(an, "Báo cáo năm 2023").get_by_role("link", name="Nhập tiếp").click()
    an.sees_heading("Báo cáo năm 2023")
    page.locator(CHANGING).nth(100).wait_for(state="attached")
    for content, texts in TYPED.items():
        page.locator(f"[id='{next(iter(texts))}']").click()
        for key, text in texts.items():
            assert page.evaluate("document.activeElement.id") == key
            page.keyboard.type(text)
            page.keyboard.press("Enter")
        page.locator(f"section#{content}").get_by_role("button", name="Điền “không phát sinh”").click()
    for section, text in WORDS.items():
        page.get_by_label(re.compile(rf"^{section}\. ")).fill(text)
    page.locator("#xem-lai").focus()
    expect(page.locator("#trang-thai-luu")).to_have_text(SAVED)
    expect(page.locator("#da-nhap")).to_have_text(re.compile(r"^Đã nhập (\d+)/\1 ô$"))
    expect(page.locator("#B01")).to_have_text("35")
    for key, text in SHOWN.items():
        expect(page.locator(f"[id='{key}']")).to_have_value(text)
    explain_what_is_asked(an)
    expect(page.locator("#trang-thai-luu")).to_have_text(SAVED)
    page.get_by_role("link", name="Xem lại").click()
    an.sees_heading("Xem lại báo cáo năm 2023")
    expect(page.get_by_text("Báo thủ trưởng ký nộp: Trần Thị Hoa")).to_be_visible()
    expect(page.get_by_role("button", name="Ký và nộp")).to_have_count(0)


def hoa_signs_and_sends(hoa: Visitor, number: str) -> str:
    """Gives the number of the receipt."""
    page = hoa.page
    task(hoa, "Báo cáo năm 2023").get_by_role("link", name="Ký và nộp").click()
    hoa.sees_heading("Ký và nộp báo cáo năm 2023")
    expect(page.get_by_role("row", name=re.compile(f"^{CELL} {NAME}")).locator("td.number").first).to_have_text(number)
    page.get_by_role("button", name="Ký và nộp").click()
    hoa.sees_heading("Biên nhận báo cáo năm 2023")
    receipt = page.get_by_role("region", name="đã nhận báo cáo")
    expect(receipt).to_contain_text(re.compile(r"\d\d:\d\d:\d\d ngày 09/11/2023\s+Đúng hạn"))
    expect(receipt.locator(".hash")).to_have_text(re.compile(r"^[0-9a-f ]{64,}$"))
    expect(receipt.locator(".receipt-number")).to_have_text(re.compile(r"\S{6,}"))
    return receipt.locator(".receipt-number").inner_text()


def binh_opens_the_report(binh: Visitor) -> None:
    binh.page.goto("/")
    binh.goes_to("Duyệt báo cáo")
    binh.sees_heading("Duyệt báo cáo năm 2023")
    card = binh.page.locator("[data-state=submitted] .unit-card").filter(has_text="May Ngọc Thịnh")
    card.get_by_role("link", name="Xem báo cáo").click()
    binh.sees_heading(UNIT)


def binh_returns_it_for_one_cell(binh: Visitor) -> None:
    page = binh.page
    binh_opens_the_report(binh)
    assert page.locator(CHANGING).count() > 100
    row = page.locator(f"tr#{CELL}")
    expect(row.locator("td.entry")).to_have_text(re.compile(rf"^{WRONG}"))
    row.get_by_text("Nhận xét", exact=True).click()
    row.get_by_role("textbox").fill(REMARK)
    row.get_by_role("button", name="Ghi").click()
    expect(page.get_by_text("Đã ghi nhận xét.")).to_be_visible()
    page.get_by_role("link", name="Trả lại…").click()
    asked = page.get_by_role("dialog", name="Trả lại báo cáo này?")
    asked.get_by_label("Đơn vị cần sửa gì?").fill(REASON)
    asked.get_by_role("button", name="Trả lại").click()
    binh.sees_heading("Duyệt báo cáo năm 2023")
    expect(page.get_by_text(f"Đã trả lại báo cáo của {UNIT}.")).to_be_visible()
    expect(page.locator("[data-state=returned] .unit-card").filter(has_text="May Ngọc Thịnh")).to_have_count(1)


def an_corrects_what_was_remarked(an: Visitor) -> None:
    page = an.page
    line = task(an, "Báo cáo năm 2023")
    expect(line).to_contain_text(f"Lý do trả lại: {REASON}")
    line.get_by_role("link", name="Sửa theo nhận xét").click()
    remarks = page.locator(".remark")
    expect(remarks).to_have_count(1)
    expect(remarks).to_contain_text(REMARK)
    expect(remarks).to_contain_text("Lê Văn Bình · ")
    beneath = an.row(CELL).locator("xpath=following-sibling::tr[1]")
    expect(beneath.locator(".remark")).to_have_count(1)
    page.locator(f"#{CELL}").click()
    page.keyboard.type(str(RIGHT))
    page.keyboard.press("Enter")
    expect(page.locator("#trang-thai-luu")).to_have_text(SAVED)
    page.reload()
    expect(page.locator(f"#{CELL}")).to_have_value(str(RIGHT))
    expect(page.locator(".remark .is-done")).to_have_text("Đã sửa")


def binh_accepts_it(binh: Visitor) -> None:
    page = binh.page
    binh_opens_the_report(binh)
    expect(page.locator(f"tr#{CELL} td.entry")).to_have_text(re.compile(rf"^{RIGHT}\s*lần trước: {WRONG}$"))
    expect(page.locator("td.is-changed")).to_have_count(1)
    page.get_by_role("link", name="Chấp nhận…").click()
    page.get_by_role("dialog", name="Chấp nhận báo cáo này?").get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(page.get_by_text(f"Đã chấp nhận báo cáo của {UNIT}.")).to_be_visible()
    expect(page.get_by_role("region", name="Số liệu này đã được cộng vào")).to_be_visible()


def lan_opens_the_number_down_to_the_report(lan: Visitor) -> None:
    page = lan.page
    total(page).click()
    lan.sees_heading(f"{CELL} {NAME}")
    page.get_by_role("link", name="LĐLĐ Quận 1", exact=True).or_(page.get_by_role("link", name="LĐLĐ quận 1", exact=True)).click()
    row = page.get_by_role("row").filter(has_text="May Ngọc Thịnh")
    expect(row.locator("td").first).to_have_text(str(RIGHT))
    row.get_by_role("link").first.click()
    lan.sees_heading("Báo cáo năm 2023")
    expect(page.get_by_text(UNIT).first).to_be_visible()
    expect(page.locator(f"#{CELL}")).to_have_text(str(RIGHT))
    page.get_by_role("link", name="Lịch sử").click()
    expect(page.locator(".timeline")).to_contain_text(REASON)


def lan_takes_the_papers_home(lan: Visitor, folder: Path, number: int) -> None:
    page = lan.page
    lan.goes_to("Tổng hợp")
    page.locator("summary", has_text="Tải về").click()
    kept: dict[str, Path] = {}
    for words, ending in (("Báo cáo (Word)", ".docx"), ("Phụ lục số liệu (Excel)", ".xlsx"), ("Dữ liệu (JSON)", ".json")):
        with page.expect_download() as download:
            page.get_by_role("link", name=words).click()
        assert download.value.suggested_filename.endswith(ending)
        kept[ending] = folder / f"file{ending}"
        download.value.save_as(kept[ending])
    written = f"{number:,}".replace(",", ".")
    assert written in told_in_word(kept[".docx"])
    assert number in told_in_excel(kept[".xlsx"])
    data = json.loads(kept[".json"].read_text(encoding="utf-8"))
    assert (data["cycle"], data["figures"][CELL]["value"]) == ("2023-N", number)
    assert UNIT not in json.dumps(data["missing_units"], ensure_ascii=False)


def told_in_word(file: Path) -> list[str]:
    """What the rows of the report's tables say beside the indicator's name."""
    rows = [[cell.text.strip() for cell in row.cells] for table in Document(str(file)).tables for row in table.rows]
    return [text for row in rows if any(NAME in text for text in row) for text in row]


def told_in_excel(file: Path) -> list[object]:
    """The numbers of the column that the indicator's code heads."""
    found: list[object] = []
    for sheet in load_workbook(file).worksheets:
        for column in zip(*sheet.iter_rows(values_only=True), strict=False):
            if CELL in column:
                found.extend(column)
    return found


def answer(visitor: Visitor, method: str, path: str) -> tuple[int, bytes, str]:
    """(status, body, kind) when this person asks for an address, with a good token where something is sent."""
    token = next((each["value"] for each in visitor.context.cookies() if each["name"] == "kheo-csrf"), "")
    headers = {"X-CSRFToken": token} if method == "POST" else {}
    reply = visitor.context.request.fetch(path, method=method, headers=headers, max_redirects=0)
    return reply.status, reply.body(), reply.headers.get("content-type", "")


def about_reports(steps: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without each person's own first page and account, and what is the same for everybody (the worker and the page without network)."""
    return [(method, path) for method, path in steps if path != "/" and not path.startswith(("/tai-khoan/", "/khong-mang"))]


def to_chi_none_of_it_exists(chi: Visitor, steps: list[tuple[str, str]]) -> None:
    addresses = about_reports(steps)
    kinds = {KEYS.sub("0", path) for _, path in addresses}
    assert len(kinds) >= 15, kinds
    for method, path in addresses:
        status, body, _ = answer(chi, method, path)
        absent = answer(chi, method, KEYS.sub("987654321", path))
        assert (status, absent[0]) == (404, 404), (method, path)
        assert body == absent[1], (method, path)


def kien_reads_and_can_change_nothing(kien: Visitor, steps: list[tuple[str, str]]) -> None:
    read: set[str] = set()
    for method, path in about_reports(steps):
        status, _, kind = answer(kien, method, path)
        if method == "POST":
            assert status == 404, path
        elif status == 200 and kind.startswith("text/html"):
            kien.page.goto(path)
            assert kien.page.locator(CHANGING).count() == 0, path
            read.add(KEYS.sub("0", path))
    assert read >= {"/bao-cao/0/", "/bao-cao/0/lich-su/", "/bao-cao/0/bien-nhan/0/", "/duyet/0/0/", "/tong-hop/0/0/"}
    assert "/bao-cao/0/nop" not in read


def test_a_page_that_breaks_the_policy_or_asks_another_machine_would_be_noticed(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.page.goto("/tai-khoan/dang-nhap/")
    visitor.page.evaluate(
        "() => new Promise((done) => Object.assign(new Image(), { onerror: done, onload: done, src: 'https://kheo.example/x.png' }))"
    )
    assert any("img-src" in fault for fault in visitor.faults), visitor.faults
    visitor.faults.clear()
