"""What a telephone keeps of the ground for when there is no network: single places and the borders around, and no more than it can use."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse
from playwright.sync_api import Page, Route

from kheo.org.models import Unit, UnitBorder
from kheo.registers.queries.definitions import Book
from tests.web.desk import HOST, PHONE, Desk, Sit
from tests.web.registers.test_map import placed
from tests.world import OPENING, World

KEEP = """async (looks) => {
  const { keepGround, knownGround } = await import("/static/kheo/registers/known.js");
  for (const look of looks) await keepGround(look);
  return knownGround();
}"""
FETCH = """async (list) => {
  const { fetchGround, knownGround } = await import("/static/kheo/registers/known.js");
  await fetchGround(list, { getSouth: () => 8, getWest: () => 102, getNorth: () => 23, getEast: () => 110 });
  return knownGround();
}"""


def border(unit: int, name: str = "") -> dict[str, Any]:
    return {"unit": unit, "name": name or f"Đơn vị {unit}", "polygons": []}


def kept(page: Page, *looks: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> dict[str, Any]:
    known: dict[str, Any] = page.evaluate(KEEP, [{"borders": borders, "spots": spots} for borders, spots in looks])
    return known


def at_form(sit: Sit) -> tuple[Desk, Page]:
    desk = sit("an", PHONE)
    return desk, desk.open(reverse("new_entry", args=["so-nho"]))


def test_a_dot_that_stands_for_many_is_no_place_and_is_not_kept(sit: Sit, small_book: Book) -> None:
    _, page = at_form(sit)
    many, heap = {"at": [3, 4], "count": 7, "box": [2, 3, 4, 5]}, {"at": [6, 7], "count": 2, "box": [6, 7, 6, 7]}
    known = kept(page, ([], [{"at": [1, 2], "count": 1}, many, heap]), ([], [{"at": [1, 2], "count": 1}]))
    assert known["spots"] == [[6, 7], [1, 2]]  # two on one spot lie there, and nowhere between


def test_borders_are_known_by_their_unit_whatever_it_is_called(sit: Sit, small_book: Book) -> None:
    _, page = at_form(sit)
    known = kept(page, ([border(1, "Phường 3"), border(2, "Phường 3")], []))
    assert [each["unit"] for each in known["borders"]] == [1, 2]
    known = kept(page, ([border(1, "Phường Ba")], []))
    assert [(each["unit"], each["name"]) for each in known["borders"]] == [(2, "Phường 3"), (1, "Phường Ba")]


def test_of_very_many_borders_those_are_kept_that_were_seen_last(sit: Sit, small_book: Book) -> None:
    _, page = at_form(sit)
    known = kept(page, ([border(each) for each in range(1, 101)], []), ([border(1), border(101)], []))
    assert [each["unit"] for each in known["borders"]] == [*range(3, 101), 1, 101]


def test_the_map_says_whose_a_border_is(sit: Sit, world: World, small_book: Book) -> None:
    sides = [[106_690_000, 10_760_000], [106_710_000, 10_760_000], [106_710_000, 10_780_000], [106_690_000, 10_760_000]]
    unit = Unit.objects.get(pk=world.units["D1"])
    UnitBorder.objects.create(
        unit=unit, west=106_690_000, south=10_760_000, east=106_710_000, north=10_780_000, polygons=[[sides]], file="", recorded_at=OPENING
    )
    desk, _ = at_form(sit)
    (border,) = desk.client.get(reverse("entries_spots", args=["so-nho"])).json()["borders"]
    assert (border["unit"], border["polygons"]) == (unit.pk, [[sides]])


def test_what_stands_close_together_is_looked_at_nearer_but_not_more_than_four_times(sit: Sit, world: World, small_book: Book) -> None:
    """Six heaps of two to seven points over ten kilometres, seen from the whole country as one dot: what lies in the four fullest is kept
    point by point, and nothing is asked for the others."""
    for heap in range(6):
        for number in range(heap + 2):
            placed(small_book, world, 10_700_000 + 18_000 * heap + 100 * number, 106_700_000)
    desk, page = at_form(sit)
    asked = list[tuple[int, ...]]()

    def note(route: Route) -> bool:
        if urlsplit(route.request.url).path == reverse("entries_spots", args=["so-nho"]):
            sides = parse_qs(urlsplit(route.request.url).query)
            asked.append(tuple(int(sides[side][0]) for side in ("nam", "bac")))
        return False

    desk.answers_before = note
    known = page.evaluate(FETCH, HOST + reverse("entries_spots", args=["so-nho"]))
    assert asked == [(8_000_000, 23_000_000), (10_690_000, 10_800_600)] + [
        (10_700_000 + 18_000 * heap - 100, 10_700_000 + 18_000 * heap + 100 * (heap + 1) + 100) for heap in (5, 4, 3, 2)
    ]
    assert sorted(latitude for latitude, _ in known["spots"]) == [
        10_700_000 + 18_000 * heap + 100 * number for heap in (2, 3, 4, 5) for number in range(heap + 2)
    ]
