"""A draft in a real browser: from the paper to the field and back, from one unsure place to the next by keys, axe on both widths."""

import pytest
from playwright.sync_api import Page, expect

from kheo.campaigns.actions import publish
from kheo.directives.actions.drafting import begin_drafting
from kheo.directives.models import Drafting
from kheo.journal.actions import SYSTEM
from tests.core.drafting.test_proposing import GUIDANCE, LETTER, SHIPPED
from tests.journeys.axe import DEFAULT, every_violation
from tests.web.desk import PHONE, WIDE, Sit
from tests.world import World, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(world: World) -> str:
    publish(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name, by=SYSTEM, at=later(days=1))
    text = LETTER.replace("Hội Chữ thập đỏ", "Công đoàn Ngành, Sở, Khôi thi đua") + "\n" + GUIDANCE
    made = begin_drafting(world.units["LDLD"], [("cong-van.txt", text, "")], plans={}, by=SYSTEM, at=later(days=1))
    assert isinstance(made, Drafting)
    return f"/van-ban/doc/{made.pk}/"


def is_fine(page: Page, size: dict[str, int]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert every_violation(page, DEFAULT) == {}


def test_from_the_text_to_its_field_and_back_and_axe_finds_nothing(sit: Sit, address: str) -> None:
    page = sit("lan", WIDE).open(address)
    page.locator("a.draft-said[href='#o-documents.0.number']").first.click()
    field = page.locator("[id='o-documents.0.number']")  # folded away among what is sure: it opens
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    page.locator("a[href='#cho-documents.0.number']").click()
    expect(page.locator("a.draft-said[href='#o-documents.0.number']").first).to_be_in_viewport()
    for folded in page.locator(".draft-form details").all():
        folded.evaluate("each => each.open = true")
    is_fine(page, WIDE)


def test_on_a_phone_paper_and_fields_are_two_tabs_and_a_way_to_a_place_changes_to_the_paper(sit: Sit, address: str) -> None:
    page = sit("lan", PHONE).open(address)
    paper, form = page.locator("#van-ban"), page.locator(".draft-form")
    expect(form).to_be_visible()
    expect(paper).not_to_be_visible()
    page.locator("[data-unsure] a[href^='#cho-']").first.click()
    expect(paper).to_be_visible()
    expect(form).not_to_be_visible()
    expect(page.locator(".draft-place:target")).to_be_in_viewport()
    is_fine(page, PHONE)
    page.get_by_role("link", name="Điều đã hiểu").click()
    expect(form).to_be_visible()
    is_fine(page, PHONE)


def test_the_tabs_of_a_phone_need_no_script(sit: Sit, address: str) -> None:
    page = sit("lan", PHONE, java_script_enabled=False).open(address)
    expect(page.locator("#van-ban")).not_to_be_visible()
    page.get_by_role("link", name="Văn bản", exact=True).last.click()
    expect(page.locator("#van-ban")).to_be_visible()
    expect(page.locator(".draft-form")).not_to_be_visible()


def test_keys_alone_go_from_one_unsure_place_to_the_next_and_keep_it_all(sit: Sit, address: str) -> None:
    page = sit("lan", WIDE).open(address)
    count = page.locator("[data-left]")
    before = int(count.inner_text())
    places = "e => [...document.querySelectorAll('[data-unsure]')].findIndex(item => item.contains(document.activeElement))"
    page.locator("[data-unsure] select, [data-unsure] input:not([type=hidden])").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate(places) == 1  # neither the tick nor the way to the place, nor anything sure, stands between
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(places) == 1
    expect(count).to_have_text(str(before - 1))
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(count).to_have_text(str(before - 1))
    page.locator(".draft-to-first").click()
    for _ in range(before - 1):
        page.keyboard.press("Enter")
    expect(count).to_have_text("0")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the button that keeps it all
    expect(page.get_by_text("Đã xem hết")).to_be_visible()
