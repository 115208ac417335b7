"""A register that nobody had a minute ago: published while the program runs, kept by people, on a phone too, and asked by a report."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from playwright.sync_api import expect

from kheo.campaigns.actions import publish
from kheo.campaigns.queries import working_calendar
from kheo.config.clock import now
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.reports.actions import open_cycle
from kheo.reports.models import Obligation
from tests.conftest import PROJECT
from tests.journeys.bookkeeping import counted
from tests.journeys.conftest import Arrive
from tests.journeys.town import AN_UNIT, Town
from tests.journeys.visitor import PHONE, Visitor
from tests.world import FILES

pytestmark = pytest.mark.django_db

FILE = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace("campaign: mini", "campaign: 5-khong")

# An indicator that the campaign did not have: how many entries of the new register stand at the cut-off.
ASKED = """  - code: A07
    name: Vườn rau, góc xanh do tổ tự làm
    unit: nơi
    aggregation: last
    content: chung
    source: Chỉ để thử
    records: {register_code: so-nho, fact: in_state, states: [da_gui, xong]}

  # B. Mô hình, công trình dân vận khéo
"""
NEXT = "2024-6T"


def test_a_register_is_used_as_soon_as_its_file_is_published(arrive: Arrive, town: Town) -> None:
    an, hoa, binh = arrive("an", size=PHONE), arrive("hoa"), arrive("binh")
    an.page.goto("/so/so-nho/")
    an.sees_heading("Không có trang này")
    an.faults.clear()  # the browser itself reports the 404
    meanwhile(publish_the_register)
    an_writes_it_down(an)
    an_sends_it(an)
    binh_asks_back(binh)
    an_answers(an)
    binh_approves(binh)
    hoa_sees_the_story(hoa)
    meanwhile(ask_it_in_the_next_cycle)
    an_finds_the_number_in_her_report(an, town)
    assert an.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def meanwhile(keeper_does: Callable[[], None]) -> None:
    """As commands do it: over a connection of their own, while the program runs."""

    def alone() -> None:
        try:
            keeper_does()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as keeper:
        keeper.submit(alone).result()


def publish_the_register() -> None:
    assert publish_register(FILE, "so-nho.yaml", by=SYSTEM, at=now()).problems == ()


def ask_it_in_the_next_cycle() -> None:
    """Another edition of the campaign asks the register, and the cycle after this one opens with it."""
    text = (PROJECT / "campaigns" / "5-khong.yaml").read_text(encoding="utf-8")
    heading = "  # B. Mô hình, công trình dân vận khéo\n"
    assert text.count(heading) == 1
    assert publish(text.replace(heading, ASKED), "5-khong.yaml", by=SYSTEM, at=now()).problems == ()
    calendar = working_calendar("vn")
    assert calendar
    opened = open_cycle("5-khong", NEXT, calendar=calendar, by=SYSTEM, at=now())
    assert opened.cycle, opened.problems


def an_finds_the_number_in_her_report(an: Visitor, town: Town) -> None:
    """Nobody typed it: the cell says what is counted, by which rule, and leads to the one entry; a press takes it."""
    page, owed = an.page, Obligation.objects.get(cycle__code=NEXT, unit=town.unit(AN_UNIT))
    page.goto("/")
    task = page.get_by_role("listitem").filter(has_text="6 tháng đầu năm 2024")
    expect(task.get_by_role("link").first).to_have_attribute("href", f"/bao-cao/{owed.pk}/")
    assert counted(an, f"/bao-cao/{owed.pk}/", "A07") == 1
    beneath = an.row("A07").locator("xpath=following-sibling::tr[1]")
    expect(beneath).to_contain_text("Đếm từ sổ “Sổ nhỏ”: Số hồ sơ đang ở “Đã gửi”, “Đã xong”")
    page.get_by_role("button", name="Điền từ sổ").click()
    expect(page.locator("#A07")).to_have_value("1")
    beneath.get_by_role("link", name="Xem hồ sơ").click()
    expect(page.locator("main")).to_contain_text("Sổ “Sổ nhỏ” đếm được 1")
    page.get_by_role("table").get_by_role("link", name="SN-2023-0001").click()
    an.sees_heading("Vườn rau tổ may 3")


def an_writes_it_down(an: Visitor) -> None:
    page = an.page
    page.goto("/so/")
    page.get_by_role("link", name="Ghi hồ sơ").click()
    page.get_by_label("Tên (bắt buộc)").fill("Vườn rau tổ may 3")
    # What is asked of models only appears when it is one, and is gone again when it is not.
    way = page.get_by_label("Cách làm")
    expect(way).to_be_hidden()
    page.get_by_label("Mô hình").check()
    expect(way).to_be_visible()
    page.get_by_label("Công trình").check()
    expect(way).to_be_hidden()
    page.get_by_label("Lĩnh vực").select_option(index=1)
    page.get_by_role("button", name="Lưu").click()
    an.sees_heading("Vườn rau tổ may 3")
    expect(page.locator("main")).to_contain_text("Đã ghi hồ sơ SN-2023-0001.")


def an_sends_it(an: Visitor) -> None:
    an.page.get_by_role("button", name="Gửi").click()
    expect(an.page.locator("main")).to_contain_text("Còn 5 ngày làm việc")
    assert an.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def binh_asks_back(binh: Visitor) -> None:
    page = binh.page
    page.goto("/")
    page.get_by_role("link", name="Xem việc trong sổ").click()
    page.get_by_role("link", name="Vườn rau tổ may 3").click()
    page.get_by_role("link", name="Hỏi lại…").click()
    page.get_by_label("Lý do").fill("Chưa rõ mấy người làm.")
    page.get_by_role("button", name="Hỏi lại").click()
    expect(page.locator("main")).to_contain_text("Tạm dừng từ")


def an_answers(an: Visitor) -> None:
    page = an.page
    page.reload()
    expect(page.locator("main")).to_contain_text("Chưa rõ mấy người làm.")
    page.get_by_role("link", name="Sửa hồ sơ").click()
    page.get_by_label("Số người").fill("1.250")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("button", name="Bổ sung").click()
    expect(page.locator("main")).to_contain_text("Đã gửi")


def binh_approves(binh: Visitor) -> None:
    page = binh.page
    page.reload()
    page.get_by_role("link", name="Duyệt…", exact=True).click()
    page.get_by_label("Kết quả").fill("12")
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.locator("main")).to_contain_text("Duyệt: SN-2023-0001 đang ở “Đã xong”.")


def hoa_sees_the_story(hoa: Visitor) -> None:
    page = hoa.page
    page.goto("/so/so-nho/?tim=vuon+rau")
    expect(page.get_by_role("navigation", name="Trạng thái")).to_contain_text("Đã xong 1")
    page.get_by_role("link", name="Vườn rau tổ may 3").click()
    told = page.get_by_role("region", name="Diễn biến").get_by_role("listitem")
    expect(told).to_have_count(6)
    expect(told.first).to_contain_text("Duyệt → Đã xong")
    expect(told.last).to_contain_text("Ghi mới")
