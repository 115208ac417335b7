"""The unit's pages for everybody when something is wrong: axe finds nothing, nothing is wider than a phone, in both themes."""

from collections.abc import Callable, Mapping

import pytest
from django.urls import reverse

from kheo.reports.actions import accept_report, remark, return_report
from tests.journeys.axe import every_violation
from tests.web.desk import PHONE, WIDE, Sit
from tests.world import GOOD, World, fill, later, submit

# The wide page in the light theme, the phone in the dark one.
SIZES = {"light": WIDE, "dark": PHONE}


def wrong(world: World) -> None:
    fill(world, "G1", {**GOOD, "C202": 11, "B02": 1, "C501": None}, by=world.person("an"))


def sent(world: World) -> None:
    submit(world, "G1", {**GOOD, "C501": 3, "B02": None, "C201": "na", "C202": "na"})


def returned(world: World) -> None:
    sent(world)
    owed, version, by = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    remark(owed, target="B01.KT", text="Nhờ xem lại.", version=version, by=by, at=later(minutes=1))
    remark(owed, target="section:I", text="Viết rõ hơn.", version=version, by=by, at=later(minutes=2))
    return_report(owed, reason="Chưa khớp.", version=version, by=by, at=later(minutes=3))
    fill(world, "G1", {"B01.KT": 1}, by=world.person("an"), at=later(minutes=4))


def accepted(world: World) -> None:
    sent(world)
    accept_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("binh"), at=later(minutes=5))


# What tests/journeys does not come by: pages with something wrong on them. Page → who opens it, and what happened before.
PAGES: Mapping[tuple[str, str], tuple[str, Callable[[World], None]]] = {
    ("home", "came back"): ("an", returned),
    ("report", "wrong"): ("an", wrong),
    ("report", "returned"): ("an", returned),
    ("report", "behind the wall"): ("kien", accepted),
    ("submit_report", "wrong"): ("hoa", wrong),
}


def address(world: World, name: str) -> str:
    if name == "home":
        return "/"
    return reverse(name, args=[world.obligation("G1").pk])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: " ".join(page))
def test_everybody_can_read_and_use_the_page(sit: Sit, world: World, page: tuple[str, str]) -> None:
    who, before = PAGES[page]
    before(world)
    found: dict[str, dict[str, list[str]]] = {}
    for theme, size in SIZES.items():
        opened = sit(who, size=size, color_scheme=theme).open(address(world, page[0]))
        found[theme] = every_violation(opened)
        assert opened.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert found == {"light": {}, "dark": {}}
