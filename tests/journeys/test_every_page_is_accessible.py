"""axe on every page, wide and narrow, light and dark; and no page wider than a phone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.places import PLACES, Place
from tests.journeys.town import Town
from tests.journeys.visitor import PHONE, WIDE, Visitor

pytestmark = pytest.mark.django_db

SIZES = {"wide": WIDE, "narrow": PHONE}
EVERYTHING = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
# What else axe looks at does not depend on the colours.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}
GRAVE = ("serious", "critical")
ABSENT = "Failed to load resource: the server responded with a status of 404"

Seat = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def seat(browser: Browser, town: Town) -> Iterator[Seat]:
    """Each of the cast signs in once and stays: `seat("an")`; "" is a stranger."""
    seated: dict[str, Visitor] = {}

    def take(who: str) -> Visitor:
        if who not in seated:
            visitor = Visitor(browser, town.address, reduced_motion="reduce")
            seated[who] = visitor.sign_in(who) if who else visitor
        return seated[who]

    yield take
    for visitor in seated.values():
        visitor.leave()


def violations(page: Page, options: dict[str, Any]) -> dict[str, list[str]]:
    """Grave violations by rule, with the beginnings of the elements that break it."""
    found = Axe().run(page, options=options).response["violations"]
    return {each["id"]: [node["html"][:160] for node in each["nodes"]] for each in found if each["impact"] in GRAVE}


def look(page: Page) -> Iterator[tuple[str, object]]:
    """Everything that is wrong with a page, by how it was looked at; the scheme changes under the open page, as it does at dusk."""
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        yield f"{size}, light", violations(page, EVERYTHING)
        page.emulate_media(color_scheme="dark")
        yield f"{size}, dark", violations(page, COLOURS)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        yield f"{size}, pixels too wide", max(0, too_wide)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_everybody_can_read_and_use_the_page(seat: Seat, place: Place) -> None:
    visitor = seat(place.who)
    visitor.faults.clear()
    visitor.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    place.go(visitor.page)
    assert {how: wrong for how, wrong in look(visitor.page) if wrong} == {}
    assert [fault for fault in visitor.faults if ABSENT not in fault or place.name != "not-found"] == []


def test_axe_would_see_pale_text_in_either_scheme(seat: Seat) -> None:
    page = seat("").page
    page.goto("/tai-khoan/dang-nhap/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("document.querySelector('h2').style.color = '#8883'")
        assert "color-contrast" in violations(page, COLOURS), scheme


def test_a_page_too_wide_for_a_phone_would_be_seen(seat: Seat) -> None:
    page = seat("").page
    page.goto("/tai-khoan/dang-nhap/")
    page.evaluate("document.querySelector('main').append(Object.assign(document.createElement('pre'), {textContent: 'rộng'.repeat(200)}))")
    assert dict(look(page))["narrow, pixels too wide"] != 0
