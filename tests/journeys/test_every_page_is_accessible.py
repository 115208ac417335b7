"""axe on every page, wide and narrow, light and dark; and no page wider than a phone."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from tests.journeys.axe import COLOURS, EVERYTHING, READ_ONCE, violations
from tests.journeys.looking import look
from tests.journeys.places import PLACES, Place
from tests.journeys.town import Town
from tests.journeys.visitor import WIDE, Visitor

pytestmark = pytest.mark.django_db

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


def test_axe_would_see_one_pale_text_among_many_alike(seat: Seat) -> None:
    page = seat("").page
    page.goto("/tai-khoan/dang-nhap/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p>chữ</p>'.repeat(50))")
    assert violations(page, EVERYTHING) == {}
    page.evaluate("document.querySelector('main p:last-child').style.color = '#8883'")
    for options in (COLOURS, EVERYTHING):
        assert len(violations(page, options)["color-contrast"]) == 1


def test_a_colour_that_axe_knows_already_is_the_colour_it_read(seat: Seat) -> None:
    page = seat("").page
    page.goto("/tai-khoan/dang-nhap/")
    texts = ["rgb(12, 200, 7)", "rgba(0, 0, 0, 0)", "rgba(250, 128, 3, 0.35)", "color(srgb 0.2 1.1 -0.1 / 0.5)", "oklch(0.6 0.12 250)"]
    read = """(texts) => texts.map((text) => {
      const { r, g, b, red, green, blue, alpha } = new axe.commons.color.Color().parseString(text);
      return [r, g, b, red, green, blue, alpha];
    })"""
    page.evaluate(AXE_SCRIPT)
    by_axe = page.evaluate(read, texts)
    page.evaluate(READ_ONCE)
    assert [page.evaluate(read, texts) for _ in range(2)] == [by_axe, by_axe]
    assert len({tuple(each) for each in by_axe}) == len(texts)


def test_a_page_too_wide_for_a_phone_would_be_seen(seat: Seat) -> None:
    page = seat("").page
    page.goto("/tai-khoan/dang-nhap/")
    page.evaluate("document.querySelector('main').append(Object.assign(document.createElement('pre'), {textContent: 'rộng'.repeat(200)}))")
    assert dict(look(page))["narrow, pixels too wide"] != 0
