"""Lists of entries: what is filtered, searched, sorted and counted."""

from collections.abc import Sequence

import pytest

from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.wanted import wanted_of
from tests.registers.entries import done, made
from tests.world import OPENING, World, later

TODAY = OPENING.date()


def titles(found: Book, units: Sequence[int] | None = None, **query: Sequence[str]) -> list[str]:
    asked = {key.replace("__", "."): values for key, values in query.items()}
    return [entry.title for entry in EntryList(found, wanted_of(found, asked, units, TODAY)).page()]


@pytest.fixture
def four(world: World, small_book: Book) -> None:
    made(small_book, world, ten="Vườn rau sạch", loai="CT", dien_tich=30000, linh_vuc="KT")
    made(small_book, world, ten="Tổ hòa giải", loai="MH", cach_lam="x", dien_tich=500, linh_vuc="VH")
    made(small_book, world, ten="Đường hoa khu phố", loai="CT", dien_tich=90000, linh_vuc="KT", dip=["NS", "XHH"])
    made(small_book, world, "chi", "G4", ten="Hẻm không rác", loai="CT", dip=["XHH"])


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Hẻm không rác", "Đường hoa khu phố", "Tổ hòa giải", "Vườn rau sạch"]),
        ({"loai": ["CT"]}, ["Hẻm không rác", "Đường hoa khu phố", "Vườn rau sạch"]),
        ({"loai": ["CT", "MH"], "linh_vuc": ["VH"]}, ["Tổ hòa giải"]),
        ({"dien_tich__tu": ["6"]}, ["Đường hoa khu phố", "Vườn rau sạch"]),
        ({"dien_tich__tu": ["5,01"], "dien_tich__den": ["300"]}, ["Vườn rau sạch"]),
        ({"xep": ["-dien_tich"]}, ["Đường hoa khu phố", "Vườn rau sạch", "Tổ hòa giải", "Hẻm không rác"]),
        ({"xep": ["dien_tich"]}, ["Tổ hòa giải", "Vườn rau sạch", "Đường hoa khu phố", "Hẻm không rác"]),
        ({"tim": ["HOÀ giai"]}, ["Tổ hòa giải"]),
        ({"tim": ["SN-2023-0003"]}, ["Đường hoa khu phố"]),
        ({"tim": ["hoa"]}, ["Đường hoa khu phố", "Tổ hòa giải"]),
        ({"trang_thai": ["xong"]}, []),
        ({"trang_thai": ["khong_co"], "xep": ["khong_co"]}, ["Hẻm không rác", "Đường hoa khu phố", "Tổ hòa giải", "Vườn rau sạch"]),
    ],
)
def test_a_list_holds_what_was_asked_for(small_book: Book, query: dict[str, list[str]], expected: list[str]) -> None:
    assert titles(small_book, **query) == expected


@pytest.mark.usefixtures("four")
def test_a_filter_that_is_not_understood_is_named(small_book: Book) -> None:
    wanted = wanted_of(small_book, {"dien_tich.tu": ["nhiều"], "loai": ["XX"]}, None, TODAY)
    assert [each.key for each in wanted.problems] == ["loai", "dien_tich"]
    assert wanted.conditions == ()


@pytest.mark.usefixtures("four")
def test_a_list_is_of_the_units_that_were_asked_for(world: World, small_book: Book) -> None:
    assert titles(small_book, [world.units["G4"]]) == ["Hẻm không rác"]
    assert titles(small_book, []) == []


@pytest.mark.usefixtures("four")
def test_a_board_counts_every_state_whatever_the_list_is_narrowed_to(world: World, small_book: Book) -> None:
    sent = made(small_book, world, ten="Đã gửi")
    done(sent, "gui", world.person("an"), later(1))
    found = EntryList(small_book, wanted_of(small_book, {"trang_thai": ["da_gui"]}, None, TODAY))
    assert (found.count(), found.by_state().numbers) == (1, {"nhap": 4, "da_gui": 1})
    assert EntryList(small_book, wanted_of(small_book, {}, None, TODAY)).count(most=3) == 4  # more than three


def test_what_is_personal_is_not_searched(world: World, small_book: Book) -> None:
    made(small_book, world, ten="Một việc", chu_the="individual", ten_chu_the="Nguyễn Văn Tám")
    assert titles(small_book, tim=["nguyen van tam"]) == []
    assert titles(small_book, tim=["mot viec"]) == ["Một việc"]


def test_overdue_is_what_should_have_been_answered_by_yesterday(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later(1))
    assert entry.due_on is not None
    for day, expected in ((entry.due_on, 0), (later(days=30).date(), 1)):
        assert len(EntryList(small_book, wanted_of(small_book, {"qua_han": [""]}, None, day)).page()) == expected
