"""Lists kept under a name: who may share one how far, who is shown it, what is refused."""

import pytest

from kheo.core.registers.words import Reach
from kheo.core.reorganising import Absorbed
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from kheo.org.actions import appoint, record_events
from kheo.registers.access import saved_lists, sharing_units
from kheo.registers.actions import (
    Naming,
    Refused,
    drop_entries_list,
    rename_entries_list,
    replace_entries_list,
    save_entries_list,
)
from kheo.registers.actions.saving import MOST
from kheo.registers.models import SavedEntries
from kheo.registers.queries.definitions import Book
from tests.world import FIRST_DAY, OPENING, POSTS, World, later

QUERY = {"loai": ["CT"], "xep": ["-dien_tich"]}


def kept(book: Book, world: World, who: str, name: str = "Công trình", reach: Reach = Reach.MINE, unit: str | None = None) -> SavedEntries:
    naming = Naming(name, reach, world.units[unit] if unit else None)
    made = save_entries_list(book, QUERY, naming, by=world.person(who), at=OPENING)
    assert isinstance(made, SavedEntries), made
    return made


def refused(outcome: object) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.message


def shown_to(book: Book, world: World) -> dict[str, list[str]]:
    """Whom which lists are shown."""
    found = {who: [each.name for each in saved_lists(world.person(who), book)] for who in POSTS}
    return {who: names for who, names in found.items() if names}


MAY = {
    Reach.UNIT: {
        "an": "G1",
        "hoa": "G1",
        "binh": "D1",
        "dung": "D1",
        "bich": "LDLD",
        "lan": "LDLD",
        "minh": "LDLD",
        "chi": "G4",
        "phuc": "BDV",
    },
    Reach.BELOW: {"hoa": "G1", "binh": "D1", "dung": "D1", "bich": "LDLD", "lan": "LDLD", "minh": "LDLD", "chi": "G4"},
    Reach.ALL: {"lan": "LDLD"},
}


@pytest.mark.parametrize("reach", list(MAY))
def test_each_role_shares_as_far_as_its_table_says_and_no_further(world: World, small_book: Book, reach: Reach) -> None:
    for who, (_, posts) in POSTS.items():
        for code in ({code for code, _ in posts} | {"D2"}) - {"BDV"}:
            outcome = save_entries_list(
                small_book, QUERY, Naming(f"{who} {code}", reach, world.units[code]), by=world.person(who), at=OPENING
            )
            assert isinstance(outcome, SavedEntries) is (MAY[reach].get(who) == code), (who, code)


def test_with_everybody_only_the_office_at_the_top_shares(world: World) -> None:
    appoint(world.users["binh"], world.units["D1"], Role.OFFICE, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    assert Reach.ALL not in sharing_units(world.person("binh"))
    assert sharing_units(world.person("lan"))[Reach.ALL] == [world.units["LDLD"]]


@pytest.mark.parametrize(
    ("who", "reach", "unit", "expected"),
    [
        ("an", Reach.MINE, None, {"an"}),
        ("an", Reach.UNIT, "G1", {"an", "hoa"}),
        ("binh", Reach.UNIT, "D1", {"binh", "dung"}),
        ("binh", Reach.BELOW, "D1", {"an", "hoa", "binh", "dung"}),
        ("bich", Reach.BELOW, "LDLD", {"an", "hoa", "binh", "dung", "bich", "lan", "minh", "kien", "chi"}),
    ],
)
def test_a_list_is_shown_to_its_circle_alone(
    world: World, small_book: Book, who: str, reach: Reach, unit: str | None, expected: set[str]
) -> None:
    kept(small_book, world, who, reach=reach, unit=unit)
    assert shown_to(small_book, world) == {each: ["Công trình"] for each in expected}


def test_what_a_unit_shared_is_its_heirs_once_it_has_ended(world: World, small_book: Book) -> None:
    kept(small_book, world, "an", reach=Reach.UNIT, unit="G1")
    day = later(days=1).date()
    assert not record_events([Absorbed(day=day, unit=world.units["G1"], into=world.units["G4"])], by=SYSTEM, at=OPENING).problems
    found = saved_lists(world.person("chi", later(days=2)), small_book)
    assert [(each.name, each.may_change) for each in found] == [("Công trình", True)]
    assert saved_lists(world.person("binh", later(days=2)), small_book) == []


def test_the_same_list_saved_twice_is_one_and_another_of_that_name_is_refused(world: World, small_book: Book) -> None:
    first = kept(small_book, world, "an")
    assert kept(small_book, world, "an").pk == first.pk
    other = save_entries_list(small_book, {"loai": ["MH"]}, Naming(" Công  trình"), by=world.person("an"), at=OPENING)
    assert "Đã có danh sách tên “Công trình”" in refused(other)
    assert SavedEntries.objects.get().query == "xep=-dien_tich&loai=CT"
    assert JournalEntry.objects.filter(act="save_entries_list").count() == 1


def test_what_is_not_of_the_list_is_not_kept(world: World, small_book: Book) -> None:
    asked = {"loai": ["CT", "CT", " "], "trang": ["3"], "ds": ["9"], "utm": ["x"], "dien_tich.tu": [" 5 "]}
    made = save_entries_list(small_book, asked, Naming("A"), by=world.person("an"), at=OPENING)
    assert isinstance(made, SavedEntries)
    assert made.query == "loai=CT&dien_tich.tu=5"


@pytest.mark.parametrize(
    ("query", "naming", "words"),
    [
        ({}, Naming("A"), "Chưa chọn điều kiện"),
        ({"trang": ["2"]}, Naming("A"), "Chưa chọn điều kiện"),
        (QUERY, Naming("  "), "Hãy đặt tên"),
        (QUERY, Naming("a" * 61), "dài 61 ký tự"),
        ({"loai": [f"L{number}" for number in range(400)]}, Naming("A"), "quá nhiều điều kiện"),
    ],
)
def test_a_list_without_a_name_or_without_anything_in_it_is_refused(
    world: World, small_book: Book, query: dict[str, list[str]], naming: Naming, words: str
) -> None:
    assert words in refused(save_entries_list(small_book, query, naming, by=world.person("an"), at=OPENING))
    assert not SavedEntries.objects.exists()


def test_nothing_personal_is_shared_in_a_name_or_a_search(world: World, small_book: Book) -> None:
    by, unit = world.person("hoa"), world.units["G1"]
    named = Naming("Gọi 0912 345 678", Reach.UNIT, unit)
    assert "số điện thoại" in refused(save_entries_list(small_book, QUERY, named, by=by, at=OPENING))
    searched = {"tim": ["0912 345 678"]}
    assert "Chữ tìm" in refused(save_entries_list(small_book, searched, Naming("A", Reach.UNIT, unit), by=by, at=OPENING))
    own = save_entries_list(small_book, searched, Naming("A"), by=by, at=OPENING)
    assert isinstance(own, SavedEntries)
    assert "Chữ tìm" in refused(rename_entries_list(small_book, own.pk, Naming("A", Reach.UNIT, unit), by=by, at=OPENING))


def test_a_list_is_renamed_shared_written_over_and_forgotten_by_those_of_its_unit(world: World, small_book: Book) -> None:
    row = kept(small_book, world, "hoa")
    an, unit = world.person("an"), world.units["G1"]
    with pytest.raises(Unreachable):
        drop_entries_list(small_book, row.pk, by=an, at=OPENING)
    shared = rename_entries_list(small_book, row.pk, Naming("Chung", Reach.UNIT, unit), by=world.person("hoa"), at=OPENING)
    assert isinstance(shared, SavedEntries)
    assert (shared.owner_id, shared.unit_id, shared.name) == (None, unit, "Chung")
    changed = replace_entries_list(small_book, row.pk, {"qua_han": ["1"]}, by=an, at=OPENING)
    assert isinstance(changed, SavedEntries)
    assert (changed.query, changed.saved_by) == ("qua_han=1", "Nguyễn Thị An")
    dropped = drop_entries_list(small_book, row.pk, by=an, at=OPENING)
    assert isinstance(dropped, SavedEntries)
    assert dropped.name == "Chung"
    assert not SavedEntries.objects.exists()
    acts = JournalEntry.objects.filter(object_type="register", act__contains="entries_list").order_by("number")
    assert list(acts.values_list("act", flat=True)) == [f"{act}_entries_list" for act in ("save", "rename", "replace", "drop")]


def test_a_list_of_the_unit_above_is_opened_and_not_changed(world: World, small_book: Book) -> None:
    row, hoa = kept(small_book, world, "binh", reach=Reach.BELOW, unit="D1"), world.person("hoa")
    assert "không sửa được" in refused(drop_entries_list(small_book, row.pk, by=hoa, at=OPENING))
    assert "không sửa được" in refused(replace_entries_list(small_book, row.pk, {"loai": ["MH"]}, by=hoa, at=OPENING))
    assert "không sửa được" in refused(rename_entries_list(small_book, row.pk, Naming("Của Hoa"), by=hoa, at=OPENING))
    assert SavedEntries.objects.get().query == "xep=-dien_tich&loai=CT"


def test_so_many_lists_and_no_more(world: World, small_book: Book) -> None:
    for number in range(MOST):
        kept(small_book, world, "an", f"Danh sách {number}")
    more = save_entries_list(small_book, QUERY, Naming("Thêm"), by=world.person("an"), at=OPENING)
    assert f"Đã có {MOST} danh sách" in refused(more)
    kept(small_book, world, "hoa", "Thêm")
