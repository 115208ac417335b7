"""The tree by keyboard as WAI-ARIA describes it, a page of units at a time; and every page of this job for everybody."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from kheo.core.reorganising import Closed, Decision, Established, Merged, Place, Renamed, Split
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units, record_events
from tests.journeys.axe import every_violation
from tests.web.desk import PHONE, WIDE, Desk, Sit
from tests.world import OPENING, UNITS, World

DAY = date(2025, 7, 1)
SIZES = {"light": WIDE, "dark": PHONE}
HERE = "document.activeElement"


def focused(page: Page) -> tuple[str, str | None, str, str]:
    """Name, whether it is open, level and place of the item that has the focus."""
    name: str = page.evaluate(f"{HERE}.querySelector('.node').firstElementChild.textContent")
    open_, level, place, size = (
        page.evaluate(f"{HERE}.getAttribute('{each}')") for each in ("aria-expanded", "aria-level", "aria-posinset", "aria-setsize")
    )
    return name.replace("Công đoàn cơ sở ", "").replace("Liên đoàn Lao động ", ""), open_, level, f"{place}/{size}"


def press(page: Page, *keys: str) -> tuple[str, str | None, str, str]:
    for key in keys:
        page.keyboard.press(key)
        page.locator("[aria-busy=true]").wait_for(state="detached")
    return focused(page)


def enter_tree(page: Page) -> None:
    page.locator("[role=treeitem]").first.focus()


def test_the_tree_is_walked_by_keyboard(sit: Sit) -> None:
    page = sit("lan").open(reverse("tree"))
    assert page.locator("[role=tree]").get_attribute("aria-label") == "Cây tổ chức tuyến công đoàn ngày 02/04/2023"
    enter_tree(page)
    assert focused(page) == ("Thành phố", "false", "1", "1/1")
    assert press(page, "ArrowRight") == ("Thành phố", "true", "1", "1/1")
    assert press(page, "ArrowRight") == ("Quận 1", "false", "2", "1/2")
    assert press(page, "ArrowRight", "ArrowRight") == ("Ba", None, "3", "1/3")
    assert press(page, "ArrowUp", "ArrowDown", "ArrowDown") == ("Hai", None, "3", "2/3")
    assert press(page, "End") == ("Quận 2", "false", "2", "2/2")
    assert press(page, "Home") == ("Thành phố", "true", "1", "1/1")
    assert press(page, "End", "ArrowUp") == ("Một", None, "3", "3/3")
    assert press(page, "ArrowLeft") == ("Quận 1", "true", "2", "1/2")
    assert press(page, "ArrowLeft", "ArrowDown") == ("Quận 2", "false", "2", "2/2")
    assert page.locator("[role=treeitem][tabindex='0']").count() == 1
    assert page.locator("[role=treeitem] a:not([tabindex='-1'])").count() == 0


def test_letters_lead_to_a_name_with_or_without_marks_and_enter_opens_the_unit(sit: Sit, world: World) -> None:
    page = sit("lan").open(reverse("tree") + f"?mo={world.units['D1']}")
    enter_tree(page)
    assert press(page, "m")[0] == "Một"
    assert press(page, "Home")[0] == "Ba"
    page.keyboard.type("hai")
    assert focused(page)[0] == "Hai"
    page.keyboard.press("Enter")
    page.wait_for_url("**/cay/don-vi/**")
    assert page.locator("h1").inner_text() == "Công đoàn cơ sở Hai"


def test_a_click_opens_and_closes_in_place_and_the_name_leads_to_the_unit(sit: Sit) -> None:
    page = sit("lan").open(reverse("tree"))
    opener = page.locator(".node-open").first
    opener.click()
    page.get_by_role("treeitem", name="Liên đoàn Lao động Quận 1").wait_for()
    opener.click()
    assert page.get_by_role("treeitem", name="Liên đoàn Lao động Quận 1").is_hidden()
    page.locator(".node-name").first.click()
    page.wait_for_url("**/cay/don-vi/**")


ROWS = "[role=treeitem]"


def open_large(sit: Sit, count: int = 630) -> Desk:
    """District 2 with so many units more, open, the focus on it."""
    rows = "".join(f"N{number},Nhà máy {number:03},grassroots_union,D2\n" for number in range(count))
    assert not load_units((UNITS + rows).encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING).problems
    desk = sit("lan")
    page = desk.open(reverse("tree"))
    enter_tree(page)
    press(page, "ArrowRight", "End", "ArrowRight")
    return desk


def test_of_a_large_unit_only_what_is_near_the_screen_is_in_the_page_and_the_ends_are_a_key_away(sit: Sit) -> None:
    page = open_large(sit).page
    assert page.locator(ROWS).count() <= 1 + 2 + 200
    assert press(page, "End") == ("Nhà máy 629", None, "3", "632/632")
    page.get_by_role("treeitem", name="Nhà máy 010").wait_for(state="detached")
    assert page.locator(ROWS).count() <= 1 + 2 + 200
    assert page.locator(".tree").evaluate("tree => tree.offsetHeight") > 632 * 30  # what is not there leaves its height
    assert press(page, "ArrowUp", "ArrowUp")[3] == "630/632"
    assert press(page, "Home") == ("Thành phố", "true", "1", "1/1")
    page.get_by_role("treeitem", name="Nhà máy 625").wait_for(state="detached")
    assert press(page, "ArrowDown", "ArrowDown", "ArrowDown")[3] == "1/632"


def test_every_unit_is_met_once_by_the_arrow_keys_over_pages_that_come_and_go(sit: Sit) -> None:
    page = open_large(sit, 330).page
    down = [press(page, "ArrowDown")[3] for _ in range(332)]
    assert down == [f"{place}/332" for place in range(1, 333)]
    assert press(page, "ArrowDown")[3] == "332/332"
    up = [press(page, "ArrowUp")[3] for _ in range(331)]
    assert up == [f"{place}/332" for place in range(331, 0, -1)]
    assert press(page, "ArrowUp")[0] == "Quận 2"
    assert page.locator(f"{ROWS}[tabindex='0']").count() == 1


def test_a_screenful_is_a_key_and_the_way_back_to_the_unit_above_brings_its_own_line_into_sight(sit: Sit) -> None:
    page = open_large(sit).page
    places = [int(press(page, "PageDown")[3].split("/")[0]) for _ in range(9)]
    steps = {after - before for before, after in pairwise(places) if before // 100 == after // 100}
    assert len(steps) == 1
    assert steps.pop() > 5
    assert press(page, "PageUp", "PageDown")[3] == f"{places[-1]}/632"
    assert press(page, "ArrowLeft")[0] == "Quận 2"
    seen = page.evaluate(f"(box => box.top >= 0 && box.bottom <= innerHeight)({HERE}.firstElementChild.getBoundingClientRect())")
    assert seen is True


def test_letters_find_a_unit_that_has_not_been_read_yet_and_go_round(sit: Sit) -> None:
    page = open_large(sit).page
    press(page, "ArrowDown")
    page.keyboard.type("nha may 450")
    page.locator(f"{ROWS}:focus", has_text="Nhà máy 450").wait_for()
    assert focused(page)[3] == "453/632"
    page.wait_for_timeout(750)  # the browser's own clock: letters typed later begin a new name
    page.keyboard.type("bon")
    page.locator(f"{ROWS}:focus", has_text="Công đoàn cơ sở Bốn").wait_for()
    assert focused(page)[3] == "1/632"


def test_a_page_that_cannot_be_read_says_so_and_is_read_when_it_is_asked_for_again(sit: Sit) -> None:
    desk = open_large(sit)
    page = desk.page
    desk.answers_before = lambda route: "/truc-thuoc/" in route.request.url and (route.abort() or True)
    assert press(page, "End")[0] == "Chưa tải được các đơn vị từ 601 đến 632. Thử lại"
    page.get_by_role("treeitem", name="Chưa tải được các đơn vị từ 501 đến 600").wait_for()
    desk.answers_before = lambda route: False
    page.keyboard.press("Enter")
    page.locator(f"{ROWS}:focus", has_text="Nhà máy 598").wait_for()
    assert focused(page)[3] == "601/632"
    desk.answers_before = lambda route: "/truc-thuoc/" in route.request.url and (route.abort() or True)
    assert press(page, "ArrowUp")[0] == "Chưa tải được các đơn vị từ 501 đến 600. Thử lại"
    page.keyboard.press("Enter")
    page.wait_for_url("**/cay/?tuyen=cong-doan&mo=*&trang=6")
    assert "Đơn vị 501–600 trong 632" in page.inner_text("main")


def test_without_the_network_the_link_itself_is_followed(sit: Sit, world: World) -> None:
    desk = sit("lan")
    page = desk.open(reverse("tree"))
    desk.answers_before = lambda route: "/truc-thuoc/" in route.request.url and (route.abort() or True)
    page.locator(".node-open").first.click()
    page.wait_for_url(f"**/cay/?tuyen=cong-doan&mo={world.units['LDLD']}")
    assert page.locator(".node-name").count() == 2


def test_without_scripts_every_row_is_two_links(sit: Sit) -> None:
    page = sit("an", java_script_enabled=False).open(reverse("tree"))
    page.locator(".node-open").first.click()
    page.locator(".node-open").first.click()
    names = page.locator(".node-name").all_inner_texts()
    assert names == ["Công đoàn cơ sở Ba", "Công đoàn cơ sở Hai", "Công đoàn cơ sở Một"]
    assert page.locator("[data-tree-keys]").is_hidden()


def changed(world: World) -> None:
    place, decision = (Place(Line.UNION, world.units["D1"]),), Decision("12/QĐ-LĐLĐ", date(2025, 6, 15))
    events = [
        Established(day=DAY, unit=-1, name="Công đoàn Một Hai", kind="grassroots_union", code="N", places=place, decision=decision),
        Merged(day=DAY, unit=-1, predecessors=(world.units["G1"], world.units["G2"]), decision=decision),
        Split(day=DAY, unit=world.units["G4"], successors=((world.units["G4"], None), (world.units["G5"], None))),
        Closed(day=DAY, unit=world.units["G3"], note="Theo nguyện vọng."),
        Renamed(day=date(2022, 1, 1), unit=world.units["D1"], name="Liên đoàn Lao động Quận Nhất"),
    ]
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()


# Page → its address and unit.
PAGES: Mapping[str, tuple[str, str | None, str]] = {
    "tree": ("tree", None, ""),
    "tree of a wrong day": ("tree", None, "?ngay=x&mo=1"),
    "found": ("tree", None, "?tim=một&ngay=2025-07-01"),
    "nothing found": ("tree", None, "?tim=zzz"),
    "unit that ended": ("unit", "G1", "?ngay=2025-07-01"),
    "unit with a life": ("unit", "D1", ""),
    "flows": ("flows", "LDLD", "?tu=2025-06-30&den=2025-07-01"),
    "no flows": ("flows", "LDLD", "?tu=2020-06-30&den=2020-07-01"),
}


@pytest.mark.parametrize("scheme", list(SIZES))
@pytest.mark.parametrize("name", list(PAGES))
def test_pages_are_for_everybody(sit: Sit, world: World, name: str, scheme: str) -> None:
    changed(world)
    view, unit, tail = PAGES[name]
    page = sit("lan", size=SIZES[scheme], color_scheme=scheme).open(reverse(view, args=[world.units[unit]] if unit else []) + tail)
    if name == "tree":
        page.locator(".node-open").first.click()
        page.get_by_role("treeitem", name="Quận Nhất").wait_for()
    assert every_violation(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[scheme]["width"]
