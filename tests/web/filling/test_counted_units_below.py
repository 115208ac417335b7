"""The list behind a number of units below, on its page and over the API: units in the order of the tree, each with its entries."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from kheo.core.reorganising import Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.api.asking import program
from tests.api.registers.words import got
from tests.counted import below_world, sent_by
from tests.registers.entries import done
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import GOOD, World, head_of, later, submit

World_ = tuple[World, Book]


@pytest.fixture
def below(db: None) -> Iterator[World_]:
    """Two of D1's three units have sent an entry, one of them two; so has D1."""
    world, found = below_world()
    sent_by(world, found, "G1", "G1", "G2", "D1")
    with day(later(days=2)):
        yield world, found


def address(world: World, cell: str) -> str:
    return reverse("counted_entries", args=[world.obligation("D1").pk, cell])


def rows(told: str) -> str:
    return told[told.index("Đơn vị được đếm, hồ sơ của từng đơn vị") :]


def test_the_report_shows_the_number_its_rule_and_the_way_to_the_units(below: World_) -> None:
    world, _ = below
    shown = enter(world, "dung").get(reverse("report", args=[world.obligation("D1").pk])).content
    told = text_of(shown)
    assert "Số đơn vị trực thuộc có hồ sơ đang ở “Đã gửi” lúc chốt số liệu" in told
    assert 'name="take" value="B02" data-number="2"' in shown.decode()
    assert address(world, "B02") in shown.decode()


def test_the_page_names_the_unit_of_each_entry_and_who_has_none(below: World_) -> None:
    world, _ = below
    told = text_of(enter(world, "dung").get(address(world, "B02")).content)
    assert "2 đơn vị, 3 hồ sơ, đếm lúc mở trang này" in told
    listed = rows(told)
    assert (listed.count("Công đoàn cơ sở Một"), listed.count("Công đoàn cơ sở Hai"), listed.count("Công đoàn cơ sở Ba")) == (2, 1, 0)
    for entry in Entry.objects.exclude(owner=world.units["D1"]):
        assert entry.code in listed
    assert Entry.objects.get(owner=world.units["D1"]).code not in listed
    every = rows(text_of(enter(world, "dung").get(address(world, "C201")).content))
    assert "Công đoàn cơ sở Ba Chưa có" in every


def test_who_reads_the_number_does_not_read_what_a_unit_that_moved_away_has(below: World_) -> None:
    world, _ = below
    moved = Transferred(day=later(days=1).date(), unit=world.units["G2"], place=Place(Line.UNION, world.units["D2"]))
    assert record_events([moved], by=SYSTEM, at=later(days=1)).problems == ()
    entry = Entry.objects.get(owner=world.units["G2"])
    for who, reads in (("dung", False), ("binh", False), ("bich", True)):
        shown = enter(world, who).get(address(world, "B02")).content
        assert "Công đoàn cơ sở Hai" in rows(text_of(shown))
        assert (entry.code in shown.decode()) is reads, who
        assert (reverse("entry", args=[entry.pk]) in shown.decode()) is reads
        assert ("Hồ sơ của đơn vị nay thuộc nơi khác" in text_of(shown)) is not reads
        facts = got(program(world, who), f"/reports/{world.obligation('D1').pk}/counted/B02")["facts"]
        assert (entry.pk in [each["entry"] for each in facts]) is reads
        assert "G2" in [each["unit"] for each in facts]


def test_who_does_not_read_an_entry_is_not_told_its_state_nor_what_was_done_to_it_by_whom_and_why(below: World_) -> None:
    """G2 stands elsewhere by now, and has withdrawn what D1 counted."""
    world, _ = below
    submit(world, "D1", {**GOOD, "B01.KT": 1, "B01.VH": 0, "B02": 2, "C201": 3, "C202": 3}, at=later(days=2))
    moved = Transferred(day=later(days=3).date(), unit=world.units["G2"], place=Place(Line.UNION, world.units["D2"]))
    assert record_events([moved], by=SYSTEM, at=later(days=3)).problems == ()
    entry, head = Entry.objects.get(owner=world.units["G2"]), head_of(world, "G2")
    with day(later(days=4)):
        before = rows(text_of(enter(world, "dung").get(address(world, "B02")).content))
        assert [before.count(words) for words in ("Đã gửi", "Hồ sơ của đơn vị nay thuộc nơi khác")] == [2, 1]
        done(entry, "huy", head, later(days=4), reason="Trùng tên bà Tư ở hẻm 7")
        for who, reads in (("dung", False), ("bich", True)):
            told = text_of(enter(world, who).get(address(world, "B02")).content)
            assert "nộp 2, nay 1: 1 hồ sơ bị thu hồi" in told, who
            assert [words in told for words in ("Trùng tên bà Tư", "Thủ trưởng G2", entry.code)] == [reads] * 3, who


def test_the_api_tells_units_and_entries(below: World_) -> None:
    world, _ = below
    dung, base = program(world, "dung"), f"/reports/{world.obligation('D1').pk}/counted"
    assert {each["cell"]: each["number"] for each in got(dung, base)} == {"B01.KT": 1, "B01.VH": 0, "B02": 2, "C201": 3}
    having, every, own = (got(dung, f"{base}/{cell}") for cell in ("B02", "C201", "B01.KT"))
    assert (having["number"], having["units"], having["entries"]) == (2, 2, 3)
    assert having["number"] == len({each["unit"] for each in having["facts"]})
    assert (every["number"], every["units"], every["entries"]) == (3, 3, 3)
    assert [(each["unit"], each["state"]) for each in every["facts"] if each["entry"] is None] == [("G3", "")]
    assert (own["units"], [each["unit"] for each in own["facts"]]) == (None, [""])


def test_the_page_costs_as_many_queries_for_one_unit_as_for_three(below: World_) -> None:
    world, found = below
    client = enter(world, "dung")
    before = [queries_of(client, address(world, cell)) for cell in ("B02", "C201")]
    sent_by(world, found, "G3", "G3", "G2")
    assert [queries_of(client, address(world, cell)) for cell in ("B02", "C201")] == before
