"""A register's map: the same list where it lies, near ones as one dot, what has no place told."""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.entries import done, made
from tests.web.visits import enter, queries_of, text_of
from tests.world import FILES, OPENING, World, later

WHOLE = {"tay": 106_000_000, "nam": 10_000_000, "dong": 107_000_000, "bac": 11_000_000}


def placed(book: Book, world: World, latitude: int, longitude: int, who: str = "an", unit: str = "G1", **values: Any) -> Entry:
    entry = made(book, world, who, unit, **values)
    Entry.objects.filter(pk=entry.pk).update(latitude=latitude, longitude=longitude)
    return entry


def spots(client: Client, **asked: object) -> Any:
    answer = client.get(reverse("entries_spots", args=["so-nho"]), {**WHOLE, **asked})
    assert answer.status_code == 200
    return answer.json()["spots"]


def test_entries_near_each_other_are_one_dot_and_every_one_is_counted(world: World, small_book: Book) -> None:
    near = [placed(small_book, world, 10_700_000 + each, 106_700_000) for each in range(3)]
    far = placed(small_book, world, 10_200_000, 106_200_000, ten="Kênh Tẻ")
    made(small_book, world)
    found = spots(enter(world, "an"))
    assert [(each["count"], each["at"]) for each in found] == [(3, [10_700_001, 106_700_000]), (1, [10_200_000, 106_200_000])]
    assert found[1] == {
        "at": [10_200_000, 106_200_000],
        "count": 1,
        "url": reverse("entry", args=[far.pk]),
        "title": "Kênh Tẻ",
        "state": "Nháp",
        "tone": "draft",
    }
    zoomed = spots(enter(world, "an"), tay=106_699_990, nam=10_699_995, dong=106_700_010, bac=10_700_011)
    assert [each["count"] for each in zoomed] == [1, 1, 1]
    assert {each["url"] for each in zoomed} == {reverse("entry", args=[each.pk]) for each in near}


def test_the_map_shows_the_list_as_it_is_filtered_and_of_ones_own_alone(world: World, small_book: Book) -> None:
    mine = placed(small_book, world, 10_700_000, 106_700_000)
    placed(small_book, world, 10_300_000, 106_300_000, "chi", "G4")
    done(mine, "gui", world.person("an"), later(1))
    assert [each["url"] for each in spots(enter(world, "an"))] == [reverse("entry", args=[mine.pk])]
    assert spots(enter(world, "an"), trang_thai="nhap") == []
    assert len(spots(enter(world, "an"), trang_thai="da_gui")) == 1
    assert [each["count"] for each in spots(enter(world, "chi"))] == [1]
    assert enter(world, "quan").get(reverse("entries_map", args=["so-nho"])).status_code == 404


def test_what_has_no_place_is_told_with_the_way_to_its_list(world: World, small_book: Book) -> None:
    an = enter(world, "an")
    assert "Chưa có hồ sơ nào có vị trí" in text_of(an.get(reverse("entries_map", args=["so-nho"])).content)
    placed(small_book, world, 10_700_000, 106_700_000)
    made(small_book, world)
    answer = an.get(reverse("entries_map", args=["so-nho"]), {"loai": "CT"})
    page = answer.content.decode()
    assert "1 hồ sơ chưa ghi vị trí nên không có trên bản đồ" in text_of(answer.content)
    assert f'href="{reverse("entries", args=["so-nho"])}?loai=CT"' in page
    assert 'data-box="10700000,106700000,10700000,106700000"' in page
    assert 'data-tiles=""' in page


def test_a_box_that_is_none_is_not_found(world: World, small_book: Book) -> None:
    an, address = enter(world, "an"), reverse("entries_spots", args=["so-nho"])
    for wrong in (
        {"tay": 1},
        {**WHOLE, "tay": "x"},
        {**WHOLE, "tay": 108_000_000},
        {**WHOLE, "bac": 91_000_000},
        {**WHOLE, "dong": "9" * 30},
    ):
        assert an.get(address, wrong).status_code == 404


def test_the_map_asks_the_database_as_often_with_many_entries(world: World, small_book: Book) -> None:
    an = enter(world, "an")
    address = f"{reverse('entries_spots', args=['so-nho'])}?" + "&".join(f"{side}={each}" for side, each in WHOLE.items())
    placed(small_book, world, 10_100_000, 106_100_000)
    one = queries_of(an, address)
    for number in range(8):
        placed(small_book, world, 10_150_000 + 90_000 * number, 106_800_000)
    assert queries_of(an, address) == one


def test_the_drawing_comes_from_its_package_and_asks_nobody_else_unless_the_installation_says_so() -> None:
    assert finders.find("leaflet/leaflet.js")
    assert settings.MAP_TILES == ""
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] == ["'self'", "data:"]


def test_only_a_form_that_asks_for_a_place_may_ask_the_machine_where_it_is(world: World, small_book: Book) -> None:
    an, entry = enter(world, "an"), made(small_book, world)
    for address in (reverse("new_entry", args=["so-nho"]), reverse("edit_entry", args=[entry.pk])):
        answer = an.get(address)
        assert "geolocation=(self)" in answer["Permissions-Policy"]
        assert "camera=()" in answer["Permissions-Policy"]
        assert f'data-spots="{reverse("entries_spots", args=["so-nho"])}"' in answer.content.decode()
    assert "geolocation=()" in an.get(reverse("entry", args=[entry.pk]))["Permissions-Policy"]


def test_a_register_without_a_map_has_no_such_page(world: World) -> None:
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace("faces: [list, board, map, queue]", "faces: [list]")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    an = enter(world, "an")
    assert an.get(reverse("entries", args=["so-nho"])).status_code == 200
    for name in ("entries_map", "entries_spots"):
        assert an.get(reverse(name, args=["so-nho"])).status_code == 404
    assert "geolocation=()" in an.get(reverse("new_entry", args=["so-nho"]))["Permissions-Policy"]
