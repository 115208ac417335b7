"""The pages about a replacement and the end of a campaign in a real browser: axe on both widths, nothing wider than the screen."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.journeys.axe import DEFAULT, every_violation
from tests.reports.replaced import AFTER, replaced
from tests.web.desk import PHONE, WIDE, Sit
from tests.web.visits import day
from tests.world import World, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = small_world("2024-6T")
    with day(AFTER):
        yield made


def violations(page: Page, size: dict[str, int]) -> dict[str, list[str]]:
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    return every_violation(page, DEFAULT)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_from_the_link_to_the_end_of_the_campaign_axe_finds_nothing(sit: Sit, world: World, size: dict[str, int]) -> None:
    page = sit("lan", size).open(reverse("paper_links", args=[replaced(world).directive_id]))
    assert violations(page, size) == {}
    page.get_by_role("link", name="Xem trước việc kết thúc").click()
    expect(page.get_by_role("heading", name="Xem trước khi kết thúc phong trào")).to_be_visible()
    assert violations(page, size) == {}
    page.get_by_role("button", name="Kết thúc phong trào").click()
    expect(page.get_by_role("heading", name="Lấy lại việc kết thúc")).to_be_visible()
    assert violations(page, size) == {}
