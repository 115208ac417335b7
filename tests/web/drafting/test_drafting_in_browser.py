"""A draft in a real browser: from the paper to the field and back, axe on both widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from kheo.campaigns.actions import publish
from kheo.directives.actions.drafting import begin_drafting
from kheo.directives.models import Drafting
from kheo.journal.actions import SYSTEM
from tests.core.drafting.test_proposing import GUIDANCE, LETTER, SHIPPED
from tests.web.desk import PHONE, WIDE, Sit
from tests.world import World, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(world: World) -> str:
    publish(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name, by=SYSTEM, at=later(days=1))
    text = LETTER.replace("Hội Chữ thập đỏ", "Công đoàn Ngành, Sở, Khôi thi đua") + "\n" + GUIDANCE
    made = begin_drafting(world.units["LDLD"], [("cong-van.txt", text, "")], by=SYSTEM, at=later(days=1))
    assert isinstance(made, Drafting)
    return f"/van-ban/doc/{made.pk}/"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_from_the_text_to_its_field_and_back_and_axe_finds_nothing(sit: Sit, address: str, size: dict[str, int]) -> None:
    page = sit("lan", size).open(address)
    page.locator("a.draft-said[href='#o-documents.0.number']").first.click()
    expect(page.locator("[id='o-documents.0.number']")).to_be_in_viewport()
    page.locator("a[href='#cho-documents.0.number']").click()
    expect(page.locator("a.draft-said[href='#o-documents.0.number']").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    violations = {each["id"]: [node["target"] for node in each["nodes"]] for each in Axe().run(page).response["violations"]}
    assert violations == {}
