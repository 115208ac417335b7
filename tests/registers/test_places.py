"""Pollution points: a permanent place, episodes that come and go, proofs, rechecks by somebody else, duplicates close by."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st

from kheo.core.places import Spot, box_around, metres_between
from kheo.registers.access import Waits, queue
from kheo.registers.actions import Made, edit_entry
from kheo.registers.models import DeadlineRun, Entry, EntryLink, EntryVersion, Place
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.nearby import near
from tests.registers.books import POINT, did, photographed, recorded, said, shipped, tried
from tests.world import World, head_of, later

CLEARED = {"cach_xu_ly": "Dọn sạch, đặt chậu hoa", "nguoi_tham_gia": 25}
CONVERTED = {"cong_dung_moi": "Vườn hoa", "dien_tich": 120, "cham_soc": "Tổ dân phố 4"}


@pytest.fixture
def points(world: World) -> Book:
    return shipped("diem-o-nhiem")


def verified(points: Book, world: World, **values: object) -> Entry:
    entry = recorded(points, world, {**POINT, **values})  # type: ignore[dict-item]  # values of a test
    return did(entry, "xac_minh", world.person("binh"), later(days=1), values={"muc_do": "VUA", "nguoi_bao": "DONVI"})


def cleared(points: Book, world: World, **values: object) -> Entry:
    """Found on 1 April, verified on the 2nd, cleared on the 10th by An's unit."""
    entry, an = verified(points, world, **values), world.person("an")
    photographed(entry, "before", later(days=1), taken=later(), away=3)
    photographed(entry, "after", later(days=9), taken=later(days=9), away=22)
    return did(entry, "giai_toa", an, later(days=9), values=CLEARED)


def test_a_new_point_has_a_place_of_its_own_which_follows_a_correction(world: World, points: Book) -> None:
    entry = recorded(points, world, POINT)
    assert entry.place is not None
    moved = edit_entry(entry.pk, {**POINT, "vi_tri": (10_776_900, 106_700_900)}, version=1, by=world.person("an"), at=later(1))
    assert isinstance(moved, Made)
    assert list(Place.objects.values_list("latitude", "longitude", "found_on")) == [(10_776_900, 106_700_900, date(2023, 4, 1))]


def test_who_wrote_it_down_does_not_verify_it(world: World, points: Book) -> None:
    entry = recorded(points, world, POINT, "hoa")
    assert "cần một người khác" in said(
        tried(entry, "xac_minh", world.person("hoa"), later(1), values={"muc_do": "VUA", "nguoi_bao": "DONVI"})
    )


def test_an_act_that_joins_nothing_takes_no_other_entry(world: World, points: Book) -> None:
    """What was typed is told, never dropped."""
    entry, other = recorded(points, world, POINT), recorded(points, world, POINT)
    refused = tried(entry, "xac_minh", world.person("binh"), later(1), values={"muc_do": "VUA", "nguoi_bao": "DONVI"}, other=other.code)
    assert "Thao tác này không nối với hồ sơ khác." in said(refused)


def test_clearing_needs_what_was_done_and_a_pair_of_photographs(world: World, points: Book) -> None:
    entry, an = verified(points, world), world.person("an")
    refused = said(tried(entry, "giai_toa", an, later(days=9)))
    for part in ("Đã làm gì", "Lượt người tham gia", "1 ảnh trước; đang có 0", "1 ảnh sau; đang có 0"):
        assert part in refused
    assert Entry.objects.get(pk=entry.pk).state == "da_xac_minh"


@pytest.mark.parametrize(
    ("away", "days", "told"),
    [(1, 1, "không sau “Ảnh trước”"), (67, 9, "chụp cách vị trí của hồ sơ 67 m"), (50, 9, ""), (None, None, "")],
)
def test_a_photograph_taken_earlier_or_elsewhere_proves_nothing(
    world: World, points: Book, away: int | None, days: int | None, told: str
) -> None:
    """Whichever of the two was added first; a device that tells nothing is not held against anybody."""
    entry, an = verified(points, world), world.person("an")
    photographed(entry, "after", later(days=9), taken=later(days=days) if days is not None else None, away=away)
    photographed(entry, "before", later(days=9), taken=later(days=1))
    result = tried(entry, "giai_toa", an, later(days=9), values=CLEARED)
    assert isinstance(result, Made) if not told else told in said(result)


def test_rechecks_come_after_30_90_and_180_days_by_somebody_else(world: World, points: Book) -> None:
    entry = cleared(points, world)
    due = DeadlineRun.objects.filter(entry=entry, clock="theo_doi", known_to__isnull=True).order_by("turn")
    assert [each.due_on for each in due] == [date(2023, 5, 10), date(2023, 7, 10), date(2023, 10, 9)]  # Sundays end on Monday
    assert "không có quyền" in said(tried(entry, "kiem_lai", world.person("an"), later(days=39)))
    assert "sớm nhất 03/05/2023" in said(tried(entry, "kiem_lai", head_of(world, "G2"), later(days=31)))
    entry = did(entry, "kiem_lai", head_of(world, "G2"), later(days=39))
    assert "Còn lần “Kiểm lại” chưa làm" in said(tried(entry, "on_dinh", world.person("hoa"), later(days=39)))
    for day in (100, 191):
        entry = did(entry, "kiem_lai", world.person("binh"), later(days=day))
    assert "đã làm đủ" in said(tried(entry, "kiem_lai", world.person("binh"), later(days=200)))
    assert did(entry, "on_dinh", world.person("hoa"), later(days=200)).state == "on_dinh"


def test_what_is_to_be_checked_again_is_the_work_of_who_checks_it_when_its_time_comes(world: World, points: Book) -> None:
    entry = cleared(points, world)  # due on 10 May, which is 39 days on
    waits = {
        days: [who for who in ("an", "hoa", "binh", "lan", "chi", "kien") if queue(world.person(who, later(days=days)), [points]).entries]
        for days in (31, 32, 45)
    }
    assert waits == {31: [], 32: ["binh"], 45: ["binh"]}
    assert queue(world.person("binh", later(days=45)), [points]).waits == {points.register.pk: Waits(1, behind=1)}
    did(entry, "kiem_lai", world.person("binh"), later(days=39))
    assert not queue(world.person("binh", later(days=45)), [points]).entries


def test_new_dirt_is_a_new_episode_of_the_same_place_and_never_an_edit_of_the_old(world: World, points: Book) -> None:
    entry = cleared(points, world)
    result = tried(entry, "tai_phat", head_of(world, "G2"), later(days=20), reason="Lại có xà bần")
    assert isinstance(result, Made)
    again = result.further
    assert again is not None
    again.refresh_from_db()
    assert (result.entry.state, again.state, again.ordinal, again.place_id) == ("tai_phat", "phat_hien", 2, entry.place_id)
    assert (again.owner_id, again.occurred_on, again.title, again.code) == (entry.owner_id, date(2023, 4, 21), entry.title, "DO-2023-0002")
    assert list(EntryLink.objects.values_list("link", "entry", "other")) == [("dot_truoc", again.pk, entry.pk)]
    assert not DeadlineRun.objects.filter(entry=entry, clock="theo_doi", known_to__isnull=True).exists()  # nobody rechecks what came back
    assert "trạng thái khác" in said(tried(entry, "tai_phat", world.person("an"), later(days=21), reason="Lần nữa"))
    edit = edit_entry(again.pk, {**POINT, "vi_tri": (10_700_000, 106_600_000)}, version=1, by=world.person("an"), at=later(days=21))
    assert isinstance(edit, Made)
    assert Place.objects.get().latitude == POINT["vi_tri"][0]  # type: ignore[index]  # the place stays where it was


def test_a_point_written_down_anew_is_joined_to_the_place_it_was(world: World, points: Book) -> None:
    old, fresh = cleared(points, world), recorded(points, world, {**POINT, "vi_tri": (10_776_990, 106_700_806)}, at=later(days=30))
    assert "Hãy ghi mã hồ sơ kia" in said(tried(fresh, "noi_cu", world.person("binh"), later(days=31)))
    joined = did(fresh, "noi_cu", world.person("binh"), later(days=31), other=old.code.lower())
    assert (joined.ordinal, joined.place_id, joined.state) == (2, old.place_id, "phat_hien")
    assert list(EntryVersion.objects.filter(entry=fresh).values_list("ordinal", flat=True)) == [1]
    assert Place.objects.count() == 1
    third = recorded(points, world, POINT, at=later(days=40))
    assert f"chưa xong ({fresh.code})" in said(tried(third, "noi_cu", world.person("binh"), later(days=41), other=old.code))


def test_a_place_becomes_another_and_that_is_a_fact_of_its_own(world: World, points: Book) -> None:
    entry = did(cleared(points, world), "chuyen_hoa", world.person("an"), later(days=60), values=CONVERTED)
    place = Place.objects.get()
    assert (place.converted_on, place.converted_to, place.converted_m2) == (date(2023, 5, 31), "Vườn hoa", 120)
    again = tried(entry, "tai_phat", world.person("an"), later(days=90), reason="Vườn hoa bị đổ rác")
    assert isinstance(again, Made)
    assert again.further is not None
    assert Place.objects.get().converted_on == date(2023, 5, 31)  # that it was a garden once stays true


def test_what_is_merged_counts_no_more_and_says_into_what(world: World, points: Book) -> None:
    one, other = recorded(points, world, POINT), recorded(points, world, POINT)
    did(other, "trung", world.person("hoa"), later(1), reason="Cùng một điểm", other=one.code)
    assert (Entry.objects.get(pk=other.pk).meaning, EntryLink.objects.get().other_id) == ("void", one.pk)
    third = recorded(points, world, POINT)
    for code, told in ((other.code, "không còn được tính"), (third.code, "một hồ sơ khác"), ("DO-2023-0999", "Không có hồ sơ mã ấy")):
        assert told in said(tried(third, "trung", world.person("hoa"), later(2), reason="x", other=code))


def test_nobody_merges_into_what_they_may_not_read(world: World, points: Book) -> None:
    """It is answered as if there were no such entry."""
    mine, theirs = recorded(points, world, POINT), recorded(points, world, POINT, "chi", "G4")
    assert "Không có hồ sơ mã ấy" in said(tried(mine, "trung", world.person("hoa"), later(2), reason="x", other=theirs.code))


def test_a_transfer_goes_to_another_unit_with_a_reason(world: World, points: Book) -> None:
    entry = did(verified(points, world), "giao", world.person("binh"), later(days=2), handler=world.units["G2"])
    to = {"handler": world.units["G2"], "reason": "Không thuộc địa bàn"}
    assert "Đơn vị này đang giữ" in said(tried(entry, "chuyen", world.person("binh"), later(days=3), **to))
    assert "Cần ghi lý do" in said(tried(entry, "chuyen", world.person("binh"), later(days=3), handler=world.units["G3"]))
    entry = did(entry, "chuyen", world.person("binh"), later(days=3), handler=world.units["G3"], reason="Không thuộc địa bàn")
    assert (entry.handler_id, entry.state) == (world.units["G3"], "da_giao")
    assert DeadlineRun.objects.get(entry=entry, clock="giai_toa", known_to__isnull=True).started_on == date(2023, 4, 2)  # it runs on


def test_points_close_by_are_pointed_out_each_place_once(world: World, points: Book) -> None:
    old = cleared(points, world)
    again = tried(old, "tai_phat", head_of(world, "G2"), later(days=20), reason="Lại có rác")
    recorded(points, world, {**POINT, "vi_tri": (10_777_300, 106_700_806)})  # 46 m
    recorded(points, world, {**POINT, "vi_tri": (10_777_600, 106_700_806)})  # 79 m
    recorded(points, world, {**POINT, "vi_tri": (10_777_339, 106_701_263)})  # 50 m up and 50 m aside: 71 m
    assert isinstance(again, Made)
    assert again.further is not None
    found = near(points, Spot(10_776_889, 106_700_806), units=None)
    assert [(each.entry.code, each.metres) for each in found] == [(again.further.code, 0), ("DO-2023-0003", 46)]


def test_close_by_is_another_entry_of_the_same_register_that_counts_as_far_as_it_says_and_no_further(world: World, points: Book) -> None:
    one, gone = recorded(points, world, POINT), recorded(points, world, POINT)
    spot = Spot(10_776_889, 106_700_806)
    assert [each.entry.pk for each in near(points, spot, units=None, apart_from=one.pk)] == [gone.pk]
    did(gone, "trung", world.person("hoa"), later(1), reason="Cùng một điểm", other=one.code)
    assert [each.entry.pk for each in near(points, spot, units=None)] == [one.pk]
    Entry.objects.filter(pk=gone.pk).update(meaning=one.meaning, register=shipped("phan-anh").register)
    assert [each.entry.pk for each in near(points, spot, units=None)] == [one.pk]
    aside = Spot(10_777_300, 106_700_806)
    metres = metres_between(spot, aside)
    for within, found in ((metres, 1), (metres - 1, 0)):
        told = points.definition.duplicates.model_copy(update={"within_m": within})
        book = replace(points, definition=points.definition.model_copy(update={"duplicates": told}))
        assert len(near(book, aside, units=None)) == found, within


def test_close_by_is_what_is_read_and_behind_the_wall_nothing(world: World, points: Book) -> None:
    recorded(points, world, POINT)
    spot, units = Spot(10_776_889, 106_700_806), world.units
    assert len(near(points, spot, units={units["G1"]})) == 1
    assert near(points, spot, units={units["G4"]}) == []
    Entry.objects.update(handler=units["G4"])
    assert len(near(points, spot, units={units["G2"]}, given={units["G4"]})) == 1
    walled = replace(points, definition=points.definition.model_copy(update={"walled": True}))
    assert near(walled, spot, units=None) == []


def test_what_is_close_by_is_asked_in_few_words_by_whoever_reads_a_city(world: World, points: Book) -> None:
    recorded(points, world, POINT)
    spot, first = Spot(10_776_889, 106_700_806), min(world.units.values())
    city = frozenset(range(first, first + 20_000))
    with CaptureQueriesContext(connection) as asked:
        found = near(points, spot, units=city, given={first + 20_001, first + 20_003})
    assert [each.entry.owner_id for each in found] == [world.units["G1"]]
    assert len(asked) == 1
    assert len(asked[0]["sql"]) < 3000  # 130 kB when each unit was named


_LATITUDES, _LONGITUDES = st.integers(8_000_000, 23_500_000), st.integers(102_000_000, 110_000_000)


@example(8_000_000, 102_000_000, 46, 0, 5)  # 5.11 m, told as 5
@given(_LATITUDES, _LONGITUDES, st.integers(-60_000, 60_000), st.integers(-60_000, 60_000), st.integers(5, 5000))
def test_whatever_is_within_a_distance_lies_in_the_box(latitude: int, longitude: int, up: int, aside: int, metres: int) -> None:
    here, there = Spot(latitude, longitude), Spot(latitude + up, longitude + aside)
    box = box_around(here, metres)
    inside = box.south <= there.latitude <= box.north and box.west <= there.longitude <= box.east
    assert inside or metres_between(here, there) > metres
    assert metres_between(here, there) == metres_between(there, here)


def test_a_degree_of_latitude_is_as_long_as_the_earth_is_round() -> None:
    assert metres_between(Spot(10_000_000, 106_000_000), Spot(11_000_000, 106_000_000)) == 111_195
    assert metres_between(Spot(10_000_000, 106_000_000), Spot(10_000_000, 107_000_000)) == 109_506
