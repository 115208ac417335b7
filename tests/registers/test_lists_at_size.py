"""Lists of very many entries: another way to the same page, counts that end where it is enough, units in runs of numbers."""

import itertools
from dataclasses import replace
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.org.queries import among
from kheo.registers.models import Entry
from kheo.registers.queries import listing
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.opening import opened
from kheo.registers.queries.wanted import wanted_of
from kheo.web.registers.shown import count_words
from tests.registers.entries import made
from tests.web.visits import enter
from tests.world import OPENING, World

TODAY = OPENING.date()
FEW_KNOWN, VERY_MANY = 3, 10**6


@pytest.fixture
def many(world: World, small_book: Book) -> None:
    chance = Random(3)
    for number in range(30):
        values = {"dien_tich": chance.randrange(12) * 1000} if number % 3 else {}
        made(
            small_book,
            world,
            *(("chi", "G4") if number % 5 == 0 else ()),
            ten=f"Tổ số {number}",
            loai=chance.choice(("MH", "CT")),
            **values,
        )


ASKED: list[dict[str, list[str]]] = [
    {},
    {"loai": ["CT"]},
    {"xep": ["-dien_tich"]},
    {"xep": ["dien_tich"], "loai": ["MH"], "dien_tich.tu": ["10"]},
    {"dien_tich.tu": ["2"], "dien_tich.den": ["90"]},
    {"dien_tich.tu": ["2"], "trang_thai": ["nhap"]},
    {"loai": ["MH"], "dien_tich.tu": ["2"]},
    {"loai": ["MH", "CT"]},
    {"xep": ["han"], "trang_thai": ["nhap"]},
    {"xep": ["-sua"], "tim": ["to 1"]},
    {"tim": ["to so"]},
    {"tim": ["so to s"]},
]


@pytest.mark.usefixtures("many")
def test_a_page_is_the_same_whichever_way_it_is_found(world: World, small_book: Book, subtests: pytest.Subtests) -> None:
    for names, query in itertools.product([("G1",), ("G1", "G4"), None], ASKED):
        with subtests.test(units=names, asked=query):
            units = None if names is None else [world.units[each] for each in names]
            found = EntryList(small_book, wanted_of(small_book, query, units, TODAY))
            pages = [
                [[entry.pk for entry in found.page(number, 7, expected=expected)] for number in (1, 2, 5)]
                for expected in (None, FEW_KNOWN, VERY_MANY)
            ]
            assert pages[0] == pages[1] == pages[2]
            assert pages[0][0]
            assert pages_as_opened(found) == [page if found.wanted.order in HELD or found.is_narrowed else None for page in pages[0]]


HELD = ("", "han", "-han")


def pages_as_opened(found: EntryList) -> list[list[int] | None]:
    """The same pages with the counts of states, looked for together; of many units, and in an order of a field alone, only counts."""
    openings = [opened(found, number, 7) for number in (1, 2, 5)]
    assert [each.by_state for each in openings] == [found.by_state()] * 3
    pages = [None if each.entries is None else [entry.pk for entry in each.entries] for each in openings]
    if not found.reads_many_units:
        return pages
    assert pages == [None] * 3
    owners = Entry.objects.values_list("owner_id", flat=True)
    of_all = EntryList(found.book, replace(found.wanted, units=sorted({*owners, *range(1, 200)})))
    assert of_all.by_state() == found.by_state()
    return pages_as_opened(of_all)


@pytest.mark.usefixtures("many")
def test_the_newest_of_nearly_all_states_are_looked_through_as_they_stand_and_of_some_by_their_numbers(small_book: Book) -> None:
    """To fetch five thousand entries each by its number takes seven times as long as to read them in their order."""
    for asked, is_by_number in (({}, False), ({"trang_thai": ["nhap"]}, True)):
        found = EntryList(small_book, wanted_of(small_book, {"dien_tich.tu": ["2"], **asked}, None, TODAY))
        with CaptureQueriesContext(connection) as queries:
            assert len(found.page(1, 7, expected=VERY_MANY)) == 7
        assert [("LATERAL" in each["sql"]) for each in queries] == [is_by_number]


@pytest.mark.usefixtures("many")
def test_a_list_is_opened_with_one_look_at_its_entries(world: World, small_book: Book) -> None:
    found = EntryList(small_book, wanted_of(small_book, {"loai": ["CT"]}, list(world.units.values()), TODAY))
    with CaptureQueriesContext(connection) as queries:
        assert opened(found, 1).entries == found.page() != []
    looks = [each["sql"] for each in queries if "owner_id" in each["sql"] and "register_id =" in each["sql"]]
    sent = found.in_states(["da_gui"])
    assert (opened(sent, 1).entries, opened(sent, 1).by_state) == ([], found.by_state()), "states are counted whatever it is narrowed to"
    assert [("MATERIALIZED" in each) for each in looks] == [True, False], "the list, and what it is compared with"


@pytest.mark.usefixtures("many")
def test_a_list_that_has_more_than_is_counted_is_opened_without_a_page(
    world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = EntryList(small_book, wanted_of(small_book, {"loai": ["CT"]}, list(world.units.values()), TODAY))
    whole = found.count()
    monkeypatch.setattr(listing, "MOST_COUNTED", whole)
    assert opened(found, 1).entries
    monkeypatch.setattr(listing, "MOST_COUNTED", whole - 1)
    assert (opened(found, 1).entries, opened(found, 1).by_state.of(())) == (None, None)


@pytest.mark.usefixtures("many")
def test_of_a_narrowed_list_among_very_many_units_no_more_is_counted_than_is_told(
    small_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_FILTERED", 4)
    found = EntryList(small_book, wanted_of(small_book, {"loai": ["CT"]}, None, TODAY))
    assert found.count() == 5
    assert (found.by_state().of(()), found.by_state().late) == (None, None)
    assert count_words(found.count(), found.most_counted) == "hơn 4"
    assert found.has_all_states
    assert not EntryList(small_book, wanted_of(small_book, {"loai": ["CT"], "trang_thai": ["da_gui"]}, None, TODAY)).has_all_states
    whole = EntryList(small_book, wanted_of(small_book, {}, None, TODAY))
    assert (whole.count(), whole.by_state().numbers) == (30, {"nhap": 30})


@pytest.mark.usefixtures("many")
def test_of_a_whole_register_every_state_is_counted_until_it_is_enough(small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 4)
    assert EntryList(small_book, wanted_of(small_book, {}, None, TODAY)).by_state().numbers == {"nhap": 5}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "units", [[], [7], [1, 2, 3, 4, 5, 9, 11, 12, 13, 14, 20], list(range(1, 200, 2)), Random(1).sample(range(300), 250)]
)
def test_units_in_runs_are_the_very_same_units(units: list[int]) -> None:
    sql, values = among("each", units)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT each FROM generate_series(0, 400) AS each WHERE {sql}", values)
        assert [unit for (unit,) in cursor.fetchall()] == sorted(units)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("asked", "number"), [("to so 1", 11), ("1 to so t", 1), ("so 12 to 1", 1), ("to so x", 0)])
def test_a_last_word_with_which_another_begins_says_nothing_more(small_book: Book, asked: str, number: int) -> None:
    assert EntryList(small_book, wanted_of(small_book, {"tim": [asked]}, None, TODAY)).count() == number


@pytest.mark.usefixtures("many")
def test_a_walk_for_words_ends_where_it_was_meant_to_and_the_rest_is_gathered(small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    found = EntryList(small_book, wanted_of(small_book, {"tim": ["to so 2"]}, None, TODAY))
    gathered = [entry.pk for entry in found.page(1, 7)]
    monkeypatch.setattr(listing, "WALKED", 1)
    assert [entry.pk for entry in found.page(1, 7, expected=VERY_MANY)] == gathered
    assert len(gathered) == 7


@pytest.mark.usefixtures("many")
def test_where_none_of_the_newest_answer_the_index_of_the_field_is_asked_and_not_the_whole_register(
    small_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "WALKED", 0)
    for asked, is_gathered in (({"dien_tich.tu": ["2"]}, True), ({"dien_tich.tu": ["2"], "loai": ["MH"]}, False)):
        found = EntryList(small_book, wanted_of(small_book, asked, None, TODAY))
        with CaptureQueriesContext(connection) as captured:
            page = [each.pk for each in found.page(1, 7, expected=VERY_MANY)]
        assert page == [each.pk for each in found.page(1, 7)]
        assert any("ORDER BY (e.extra->>'dien_tich')::bigint OFFSET 0" in each["sql"] for each in captured) is is_gathered


@pytest.mark.usefixtures("many")
def test_what_is_more_than_is_counted_is_not_counted_again_nor_with_the_next_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = enter(world, "lan"), f"{reverse('entries', args=['so-nho'])}?tim=to+so"
    monkeypatch.setattr(listing, "FEW_UNITS", 0)
    monkeypatch.setattr(listing, "MOST_FILTERED", 20)
    for counted in (1, 0):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        assert "hơn 20" in page or "hơn&nbsp;20" in page
        assert sum("tsquery" in each["sql"] and "count(*)" in each["sql"] for each in queries) == counted
    assert "hơn" not in client.get(f"{address}+29").content.decode(), "of other words nothing is known"
