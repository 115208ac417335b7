"""The whole way in a real browser: an odd figure, the question, why, last period's words, a photograph, the signature, the reviewer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from kheo.files.receiving import SentFile
from kheo.reports.actions import Proved, add_evidence
from tests.reports.test_evidence import photo
from tests.web.desk import PHONE, WIDE, Sit
from tests.web.visits import day
from tests.world import GOOD, World, fill
from tests.years import NEXT_YEAR, accepted_once, year_after

PICTURES = Path("/tmp/d-pictures")  # looked at by whoever changes these pages, where the folder is there


@pytest.fixture
def world(world: World) -> Iterator[World]:
    accepted_once(world, "G1")
    after = year_after(world)
    with day(NEXT_YEAR):
        yield after


def page_of(world: World, name: str = "report") -> str:
    return reverse(name, args=[world.obligation("G1").pk])


def look(page: Page, name: str) -> None:
    if PICTURES.is_dir():
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def saved(page: Page) -> None:
    expect(page.locator("#trang-thai-luu")).to_have_attribute("data-save", "saved")


def test_an_odd_figure_is_asked_about_explained_proved_signed_and_read(sit: Sit, world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an", NEXT_YEAR), at=NEXT_YEAR)
    page = sit("an").open(page_of(world))
    page.locator("#C201").fill("30")
    page.locator("#C202").focus()
    expect(page.locator("#p-C201")).to_contain_text("gấp 3 lần kỳ trước (10 → 30). Có đúng không?")
    expect(page.locator(".explaining")).to_have_count(0)
    page.locator("#C201").fill("300")
    page.locator("#C202").focus()
    line = page.get_by_label("gấp 30 lần kỳ trước (10 → 300). Nếu đúng, ghi một dòng vì sao.")
    expect(line).to_be_visible()
    expect(page.locator("#can-xem")).to_contain_text("1 chỗ phải giải trình")
    line.fill("Mở rộng ra toàn quận.")
    page.locator("#C202").focus()
    expect(page.locator("#can-xem")).not_to_contain_text("giải trình")
    saved(page)
    assert world.report("G1").explanations == {"C201": "Mở rộng ra toàn quận."}
    owed, an = world.obligation("G1").pk, world.person("an", NEXT_YEAR)
    proved = add_evidence(owed, content="chung", files=[SentFile("a.jpg", photo())], caption="Ra quân", by=an, at=NEXT_YEAR)
    assert isinstance(proved, Proved)
    page.reload()
    expect(page.get_by_alt_text("Ảnh minh chứng: Ra quân")).to_be_visible()
    expect(line).to_have_value("Mở rộng ra toàn quận.")
    look(page, "report-wide")
    head = sit("hoa").open(page_of(world, "submit_report"))
    expect(head.get_by_text("Giải trình gửi kèm")).to_be_visible()
    head.get_by_role("button", name="Ký và nộp").click()
    expect(head.locator(".receipt-number")).to_be_visible()
    reviewer = sit("binh").open(page_of(world, "review_report"))
    expect(reviewer.get_by_text("Đơn vị giải trình: Mở rộng ra toàn quận.")).to_be_visible()
    expect(reviewer.get_by_alt_text("Ảnh minh chứng: Ra quân")).to_be_visible()
    look(reviewer, "review-wide")


def test_a_figure_brought_back_takes_the_line_away(sit: Sit, world: World) -> None:
    fill(world, "G1", {**GOOD, "C201": 300}, by=world.person("an", NEXT_YEAR), at=NEXT_YEAR)
    page = sit("an", PHONE).open(page_of(world))
    expect(page.locator(".explaining input")).to_have_count(1)
    look(page, "report-phone")
    page.locator("#C201").fill("12")
    page.locator("#C202").focus()
    expect(page.locator(".explaining")).to_have_count(0)


def test_last_periods_words_are_taken_over_and_back_and_personal_data_warns(sit: Sit, world: World) -> None:
    page = sit("an", WIDE).open(page_of(world))
    field = page.locator("[id='section:I']")
    expect(page.locator(".past-words .told")).to_have_text("Đã triển khai tốt.")
    page.get_by_role("button", name="Lấy lại làm mẫu").click()
    expect(field).to_have_value("Đã triển khai tốt.")
    saved(page)
    page.get_by_role("button", name="Hoàn tác").first.click()
    expect(field).to_have_value("")
    field.fill("Liên hệ chị Lan 0912 345 678.")
    page.locator("#C201").focus()
    expect(page.locator(".field-warning")).to_contain_text("có số điện thoại (“0912 345 678”)")
    look(page, "personal-wide")


def test_the_page_of_evidence_works_without_script_on_a_phone(sit: Sit, world: World) -> None:
    owed, an = world.obligation("G1").pk, world.person("an", NEXT_YEAR)
    add_evidence(owed, content="chung", files=[SentFile("a.jpg", photo())], caption="Ra quân ngày 5/11", by=an, at=NEXT_YEAR)
    page = sit("an", PHONE, java_script_enabled=False).open(reverse("evidence", args=[owed, "chung"]))
    expect(page.get_by_label("Chọn tệp, hoặc chụp bằng điện thoại")).to_be_visible()
    look(page, "evidence-phone")
    page.get_by_role("button", name="Bỏ Ra quân ngày 5/11").click()
    expect(page.get_by_text("Đã bỏ ảnh khỏi báo cáo.")).to_be_visible()
    wide = sit("an", WIDE).open(reverse("evidence", args=[owed, "chung"]))
    look(wide, "evidence-wide")
