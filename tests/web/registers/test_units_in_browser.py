"""Many units, looked through by name on a telephone: what is typed narrows, what is chosen stays, and nothing is sent by accident."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.registers.books import shipped
from tests.web.desk import PHONE, Sit
from tests.web.registers.test_acting import held_by_g1
from tests.world import World

DISTRICT, TWO, THREE = "Liên đoàn Lao động Quận 1", "Công đoàn cơ sở Hai", "Công đoàn cơ sở Ba"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kheo.web.registers.handing.FEW", 2)


def seen(page: Page) -> set[str]:
    choices = page.locator("#o-handler .choice")
    return {each.inner_text().strip() for each in choices.all() if each.is_visible()}


def test_a_unit_is_found_by_a_part_of_its_name_without_marks_and_the_entry_goes_to_it(sit: Sit, world: World) -> None:
    entry = held_by_g1(shipped("phan-anh"), world, "dang_giai_quyet")
    page = sit("hoa", PHONE).open(reverse("act_on_entry", args=[entry.pk, "chuyen"]))
    search, told = page.get_by_label("Tìm trong 3 đơn vị"), page.locator("#o-handler [role=status]")
    assert seen(page) == {DISTRICT, TWO, THREE}
    search.fill("QUAN 1")
    expect(told).to_have_text("1 đơn vị khớp")
    assert seen(page) == {DISTRICT}
    page.get_by_label(DISTRICT).check()
    search.fill("so hai")
    expect(told).to_have_text("1 đơn vị khớp")
    assert seen(page) == {TWO, DISTRICT}, "what is chosen stays in sight"
    search.press("Enter")  # looks for nothing more, and sends nothing
    expect(page.get_by_label(TWO)).to_be_visible()
    search.fill("khong co")
    expect(told).to_have_text("0 đơn vị khớp")
    assert seen(page) == {DISTRICT}
    search.fill("")
    expect(told).to_have_text("")
    assert seen(page) == {DISTRICT, TWO, THREE}
    page.get_by_label(TWO).check()
    page.get_by_label("Lý do").fill("Việc của họ")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("main form .form-actions button").click()
    expect(page.locator(".lead").first).to_contain_text(f"giao {TWO}")
    entry.refresh_from_db()
    assert entry.handler_id == world.units["G2"]


def test_without_a_script_every_unit_stands_there_and_no_search_field(sit: Sit, world: World) -> None:
    entry = held_by_g1(shipped("phan-anh"), world, "dang_giai_quyet")
    page = sit("hoa", PHONE, java_script_enabled=False).open(reverse("act_on_entry", args=[entry.pk, "chuyen"]))
    assert seen(page) == {DISTRICT, TWO, THREE}
    expect(page.locator("#tim-don-vi")).to_be_hidden()
