"""What is on a unit's ground, whoever wrote it down, in every face: what `entry_to_read` opens there, and no more (065)."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kheo.org.access import Person
from kheo.people.models import User
from kheo.registers.access import each_to_read, entries_to_read
from kheo.registers.actions import Made, create_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import EntryList
from tests.registers import test_counted_by_ground
from tests.registers.entries import FILLED, done
from tests.registers.test_counted_by_ground import sent
from tests.registers.test_what_ended_units_left import merge
from tests.web.registers.test_export import lines
from tests.web.visits import day, queries_of, text_of
from tests.world import OPENING, World, head_of, later

grounds = test_counted_by_ground.grounds
GROUND = {"pham_vi": ["tren_dia_ban"]}
NAMES = ("G1", "G2", "G3", "G4", "D1", "D2")


def on_ground(found: Book, who: Person, unit: int | None = None) -> EntryList:
    return entries_to_read(who, found, GROUND, unit=unit).found


def browser_of(world: World, unit: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=head_of(world, unit).user_id))
    return client


def drafted(found: Book, world: World, ground: str, owner: str = "G1") -> Entry:
    made = create_entry(found, world.units[owner], {**FILLED, "o_dau": world.units[ground]}, by=head_of(world, owner), at=OPENING)
    assert isinstance(made, Made)
    return made.entry


@pytest.fixture
def several(world: World, grounds: Book) -> list[Entry]:
    """Of every stage on every ground: sent, cancelled, still a draft; and one that says of no ground."""
    entries = [sent(grounds, world, ground, owner) for owner in ("G1", "G4") for ground in ("G1", "G2", "G4")]
    gone = done(sent(grounds, world, "G2"), "huy", head_of(world, "G1"), later(2), reason="Ghi nhầm")
    nowhere = create_entry(grounds, world.units["G1"], {"ten": "Chưa rõ ở đâu"}, by=head_of(world, "G1"), at=OPENING)
    assert isinstance(nowhere, Made)
    return [*entries, gone, drafted(grounds, world, "G2"), nowhere.entry]


@pytest.mark.parametrize("name", [*NAMES, "binh", "hoa", "lan", "kien", "quan"])
def test_it_lists_what_opens_for_the_sake_of_its_ground_and_nothing_else(
    world: World, grounds: Book, several: list[Entry], name: str
) -> None:
    who = head_of(world, name) if name in NAMES else world.person(name)
    found = on_ground(grounds, who)
    reached = each_to_read(who, [each.pk for each in several])
    near = world.units["G1"], world.units["G2"], world.units["G4"]
    of_whom = {"D1": near[:2], "D2": near[2:], "binh": near[:2], "lan": near, "kien": near, "hoa": near[:1]}
    there = of_whom.get(name, (world.units[name],) if name in NAMES else ())
    expected = [each.pk for each in several if each.ward_id in there and each.meaning not in ("draft", "void")]
    listed = sorted(found.ids())
    assert listed == sorted(expected)
    assert set(listed) <= set(reached), "what is listed opens"
    assert sorted(each.pk for each in found.page()) == listed
    assert (found.count(), found.by_state().of(())) == (len(listed), len(listed))


def test_a_draft_and_what_was_cancelled_are_not_found_however_they_are_asked_for(world: World, grounds: Book, several: list[Entry]) -> None:
    who = head_of(world, "G2")
    for asked in ({"trang_thai": ["nhap", "huy"]}, {"tim": ["to hoa giai"]}, {"lop": ["void"]}):
        found = entries_to_read(who, grounds, {**GROUND, **asked}, all_states=True).found
        assert {each.meaning for each in found.page()} <= {"waiting_on_us"}, asked


def test_a_unit_chosen_narrows_to_its_ground(world: World, grounds: Book, several: list[Entry]) -> None:
    found = on_ground(grounds, world.person("binh"), world.units["G2"])
    assert {each.ward_id for each in found.page()} == {world.units["G2"]}
    assert found.count() == 2


def test_the_ground_of_a_unit_that_ended_is_read_by_its_heir(world: World, grounds: Book, several: list[Entry]) -> None:
    heir = merge(world, "G2", "G3")
    found = on_ground(grounds, world.person("binh", later(days=40)), heir)
    assert {each.ward_id for each in found.page()} == {world.units["G2"]}


def test_the_page_offers_the_ground_with_how_many_and_shows_whose_each_is(world: World, grounds: Book, several: list[Entry]) -> None:
    address = reverse("entries", args=["so-nho"])
    client = browser_of(world, "G2")
    with day(later(days=3)):
        own = client.get(address)
        assert "Trên địa bàn 2" in text_of(own.content)
        assert 'href="?pham_vi=tren_dia_ban"' in own.content.decode()
        page = client.get(address, {"pham_vi": "tren_dia_ban"})
    words = text_of(page.content)
    assert [each.code in words for each in several] == [
        each.ward_id == world.units["G2"] and each.meaning == "waiting_on_us" for each in several
    ]
    assert "đơn vị nào ghi cũng kể" in words
    assert all(name in words for name in ("Công đoàn cơ sở Một", "Công đoàn cơ sở Bốn"))


def test_an_empty_ground_says_so(world: World, grounds: Book) -> None:
    with day(later(days=3)):
        page = browser_of(world, "G3").get(reverse("entries", args=["so-nho"]), {"pham_vi": "tren_dia_ban"})
    assert "Chưa có hồ sơ nào trên địa bàn" in text_of(page.content)


def test_nothing_personal_is_shown_in_any_face(world: World, grounds: Book) -> None:
    entry = sent(grounds, world, "G4", chu_the="individual", ten_chu_the="Nguyễn Thị Lan", vi_tri=(10_700_000, 106_700_000))
    client = browser_of(world, "G4")
    faces = {"entries": {"cot": "ten_chu_the"}, "entries_board": {}, "entries_map": {}, "entries_spots": {}}
    with day(later(days=3)):
        for face, asked in faces.items():
            page = client.get(reverse(face, args=["so-nho"]), {"pham_vi": "tren_dia_ban", **asked})
            assert page.status_code == 200, face
            assert "Nguyễn Thị Lan" not in page.content.decode(), face
        spots = client.get(reverse("entries_spots", args=["so-nho"]), {"pham_vi": "tren_dia_ban"}).json()["spots"]
        rows = lines(client.get(reverse("export_entries", args=["so-nho", "so.csv"]), {"pham_vi": "tren_dia_ban"}))
    assert [each["url"] for each in spots] == [reverse("entry", args=[entry.pk])]
    assert [row["Mã hồ sơ"] for row in rows] == [entry.code]
    assert "Nguyễn Thị Lan" not in str(rows)


def test_where_no_field_names_a_ground_or_behind_the_wall_there_is_no_such_choice(world: World, small_book: Book) -> None:
    with day(later(days=3)):
        page = text_of(browser_of(world, "G1").get(reverse("entries", args=["so-nho"]), {"pham_vi": "tren_dia_ban"}).content)
    assert "Phạm vi “tren_dia_ban” không có" in page
    assert "Trên địa bàn" not in page


def test_a_walled_book_with_a_ground_shows_nobody_the_entries_of_others(world: World, grounds: Book, several: list[Entry]) -> None:
    walled = replace(grounds, definition=grounds.definition.model_copy(update={"walled": True}))
    found = entries_to_read(head_of(world, "G2"), walled, GROUND).found
    assert found.wanted.on_ground is False
    assert list(found.ids()) == []


@pytest.mark.parametrize("face", ["entries", "entries_board", "entries_map"])
def test_the_ground_costs_the_same_queries_however_much_is_there(world: World, grounds: Book, face: str) -> None:
    client, address = browser_of(world, "G2"), f"{reverse(face, args=['so-nho'])}?pham_vi=tren_dia_ban"
    with day(later(days=3)):
        sent(grounds, world, "G2")
        one = queries_of(client, address)
        for owner in ("G1", "G3", "G4"):
            sent(grounds, world, "G2", owner)
        assert queries_of(client, address) == one


def test_one_ground_among_very_many_entries_is_found_by_its_index(world: World, grounds: Book) -> None:
    """The same of its count and of what is overdue there; without the index all of the register would be read."""
    one = sent(grounds, world, "G2")
    held = {field.attname: getattr(one, field.attname) for field in Entry._meta.concrete_fields if field.name != "id"}
    others = [Entry(**{**held, "code": f"SN-2023-{number}", "ward_id": world.units["G4"]}) for number in range(5000, 10_000)]
    Entry.objects.bulk_create(others)
    found = on_ground(grounds, head_of(world, "G2"))
    late = EntryList(grounds, replace(found.wanted, overdue_on=later(days=90).date()))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registers_entry")
        for sql, values in (found.condition(), found.apart(), late.apart()):
            statement = sql if sql.startswith(("SELECT", "(")) else f"SELECT e.id FROM registers_entry AS e WHERE {sql}"
            cursor.execute(f"EXPLAIN {statement}", values)
            assert "entry_in_ward" in "\n".join(row[0] for row in cursor.fetchall())
    assert found.count() == 1
