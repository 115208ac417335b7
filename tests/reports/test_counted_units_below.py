"""Cells that count the units below: when they are fed, what is kept when they are sent, how they drift, how they add up."""

import pytest

from kheo.core.chain import content_hash
from kheo.core.reorganising import Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.reports.models import Revision
from kheo.reports.queries.counted import counted_for, counted_of
from kheo.reports.queries.counted_lists import counted_list
from kheo.reports.queries.counted_since import last_counted
from kheo.reports.queries.drift import behind, causes_of
from kheo.reports.queries.verifying import faults
from tests.counted import below_world, drifts_of, sent_by
from tests.registers.entries import done
from tests.world import GOOD, World, head_of, later, submit

World_ = tuple[World, Book]
OWN = {"B01.KT": 1, "B01.VH": 0}


@pytest.fixture
def below(db: None) -> World_:
    return below_world()


def numbers(world: World, code: str) -> dict[str, int]:
    return {key: each.number for key, each in counted_of(world.obligation(code)).items()}


def test_a_cell_is_fed_once_both_the_unit_and_one_below_it_keep_the_register(below: World_) -> None:
    world, found = below
    sent_by(world, found, "G1")
    assert numbers(world, "D1") == {}, "D1 keeps no register: its people type"
    sent_by(world, found, "D1", "D2")
    assert numbers(world, "D1") == {**OWN, "B02": 1, "C201": 3}
    assert numbers(world, "D2") == OWN, "nobody below D2 keeps it"
    assert numbers(world, "G1") == OWN, "nobody stands below G1"
    sent_by(world, found, "LDLD")
    assert numbers(world, "LDLD") == {**OWN, "B02": 2, "C201": 2}
    owed = [world.obligation(code) for code in ("G1", "D1", "D2")]
    assert [{key: each.number for key, each in cells.items()} for cells in counted_for(owed).values()] == [
        OWN,
        {**OWN, "B02": 1, "C201": 3},
        OWN,
    ]


@pytest.fixture
def signed(below: World_) -> tuple[World, Book, list[Entry], Revision]:
    """D1 has signed that two of its three units have sent an entry."""
    world, found = below
    entries = sent_by(world, found, "G1", "G2", "D1")
    submit(world, "D1", {**GOOD, **OWN, "B02": 2, "C201": 3, "C202": 3}, at=later(days=2))
    revision = world.report("D1").latest
    assert revision
    return world, found, entries, revision


def test_what_is_signed_keeps_the_units_with_the_entries_behind_each(signed: tuple[World, Book, list[Entry], Revision]) -> None:
    world, _, entries, revision = signed
    first, second, _ = (each.pk for each in entries)
    units = [[world.units["G1"], [first]], [world.units["G2"], [second]]]
    stands = {"register": "so-nho", "number": 2, "entries": [[first, 1], [second, 1]], "units": units}
    assert revision.enclosures is not None
    assert revision.enclosures["counted"]["B02"] == {**stands, "hash": content_hash(stands)}
    every = {"register": "so-nho", "number": 3, "entries": [], "units": [*units, [world.units["G3"], []]]}
    assert revision.enclosures["counted"]["C201"] == {**every, "hash": content_hash(every)}
    assert last_counted([first, second]).keys() == {first, second}, "proof of the number above as well"
    assert list(faults()) == []


def test_what_is_withdrawn_below_is_told_where_it_was_counted(signed: tuple[World, Book, list[Entry], Revision]) -> None:
    world, found, entries, revision = signed
    owed = world.obligation("D1")
    assert drifts_of(owed, revision) == {}
    done(entries[0], "huy", head_of(world, "G1"), later(days=3), reason="Trùng")
    sent_by(world, found, "G3", day=4)
    told = behind(owed, revision)
    assert told.drift == {"B02": "nộp 2, nay 2: 1 hồ sơ bị thu hồi, 1 hồ sơ ghi sau khi nộp"}, "of all units below nothing has changed"
    causes = causes_of(owed, revision, drifts_of(owed, revision))["B02"]
    assert [(each.then, each.now, each.cause) for each in causes] == [(1, None, "withdrawn"), (None, 1, "late")]


def test_the_list_names_the_units_in_the_order_of_the_tree(signed: tuple[World, Book, list[Entry], Revision]) -> None:
    world, _, entries, _ = signed
    listed, every = (counted_list(world.obligation("D1"), world.report("D1"), key, 1) for key in ("B02", "C201"))
    assert listed
    assert every
    assert [(row.unit.code, row.entry and row.entry.pk) for row in listed.rows if row.unit] == [
        ("G2", entries[1].pk),
        ("G1", entries[0].pk),
    ]
    assert [(row.unit.code, row.entry is not None) for row in every.rows if row.unit] == [("G3", False), ("G2", True), ("G1", True)]
    assert (listed.cell.number, listed.entries, every.cell.number, every.entries) == (2, 2, 3, 2)


def test_a_unit_that_moved_away_is_counted_where_the_cycle_has_it_and_drifts_nothing(
    signed: tuple[World, Book, list[Entry], Revision],
) -> None:
    world, _, _, revision = signed
    moved = Transferred(day=later(days=3).date(), unit=world.units["G2"], place=Place(Line.UNION, world.units["D2"]))
    assert record_events([moved], by=SYSTEM, at=later(days=4)).problems == ()
    assert numbers(world, "D1") == {**OWN, "B02": 2, "C201": 3}
    assert drifts_of(world.obligation("D1"), revision) == {}
