"""Cells that count what is on a unit's ground, whosesoever it is: fed, read and found changed for the unit of the ground."""

import pytest

from kheo.journal.actions import SYSTEM
from kheo.org.access import Person
from kheo.registers.actions import publish_register
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book
from kheo.reports.access.counted import eyes_on
from kheo.reports.queries.counted import counted_of
from kheo.reports.queries.counted_lists import counted_list
from kheo.reports.queries.drift import behind, causes_of
from tests.counted import KEPT, counting_campaign, drifts_of
from tests.registers.entries import done
from tests.registers.test_counted_by_ground import sent, with_ground
from tests.world import GOOD, OPENING, World, head_of, later, small_world, submit

HERE = "records: {register_code: so-nho, fact: in_state, states: [da_gui], counts_for: ward}"


@pytest.fixture
def ground(db: None) -> tuple[World, Book, Entry]:
    """The world with B02 the number of entries on a unit's ground; G1 has sent one that is on the ground of G2."""
    world = small_world(campaign=counting_campaign().replace(KEPT, HERE))
    assert publish_register(with_ground(), "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return world, found, sent(found, world, "G2", chu_the="individual", ten_chu_the="Nguyễn Thị Lan")


def test_the_cell_is_fed_though_the_unit_wrote_nothing_down(ground: tuple[World, Book, Entry]) -> None:
    world, _, _ = ground
    assert counted_of(world.obligation("G2"))["B02"].number == 1
    assert "B02" not in counted_of(world.obligation("G1")), "what it wrote down is on nobody's ground but another's"


def test_the_list_behind_opens_to_what_another_wrote_down_without_what_is_personal(ground: tuple[World, Book, Entry]) -> None:
    world, _, entry = ground
    owed = world.obligation("G2")
    listed = counted_list(owed, None, "B02", 1)
    assert listed is not None
    eyes = eyes_on(head_of(world, "G2"), owed, listed)
    assert (eyes.reads(entry), eyes.sees_personal(entry)) == (True, False)


def test_an_entry_that_goes_on_has_not_moved_and_one_whose_ground_is_another_has(ground: tuple[World, Book, Entry]) -> None:
    world, found, entry = ground
    other = sent(found, world, "G2")
    owed = world.obligation("G2")
    submit(world, "G2", {**GOOD, "B02": 2}, at=later(days=2))
    revision = world.report("G2").latest
    assert revision is not None
    done(entry, "duyet", binh(world), later(days=3), ket_qua=1)
    assert behind(owed, revision).drift == {"B02": "nộp 2, nay 1: 1 hồ sơ đổi trạng thái"}
    Entry.objects.filter(pk=other.pk).update(ward=world.units["G3"])
    causes = causes_of(owed, revision, drifts_of(owed, revision))["B02"]
    assert sorted((each.entry.pk, each.cause) for each in causes) == [(entry.pk, "state"), (other.pk, "moved")]


def binh(world: World) -> Person:
    return world.person("binh", later(days=3))
