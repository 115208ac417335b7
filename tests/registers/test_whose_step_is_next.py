"""What an entry's page says of who holds it and what stands in the queues of people are one: in every state of every book."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kheo.core.definition.conditions import Condition
from kheo.core.registers.waiting import awaited
from kheo.core.registers.words import SCOPE_NAMES, Scope
from kheo.registers.access import each_to_read, queue
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import values_of
from kheo.registers.queries.reminding import Asked, book_work
from kheo.registers.queries.work import case_of
from tests.registers.books import WISH, did, recorded, shipped
from tests.registers.entries import put
from tests.registers.test_rights import TABLES, Stage, formed, kinds, staged, standing, the_book
from tests.world import OPENING, World, later

PLACE = {Scope.OWN: "own", Scope.HANDLER: "handler", Scope.SUPERIOR: "handler", Scope.ABOVE: "above"}
PLACES = {SCOPE_NAMES[scope]: place for scope, place in PLACE.items()}


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_an_entry_stands_in_the_queues_of_those_whom_its_page_names_and_in_no_others(db: None, file: Path) -> None:
    """Of every kind, given to another unit, to its own or to none, from the public or not, with a limit that ends today; whoever has it in
    the queue can do what is named."""
    world, found = staged(file.stem), the_book(file.stem)
    told: list[set[str]] = []
    for kind in kinds(found.definition):
        entries = [
            of_case(world, found, state.code, given=given, source=source, kind=kind)
            for state in found.definition.states
            for given in (None, "D2", "G1")
            for source in ("web", "public")
        ]
        told += waited(world, found, entries)
        Entry.objects.all().delete()
    assert any(told)


def waited(world: Stage, found: Book, entries: list[Entry]) -> list[set[str]]:
    """Where those stand whom the page of each names, which is where those stand in whose queues it is."""
    waits: dict[int, set[str]] = {each.pk: set() for each in entries}
    named = {each.pk: awaited(found.definition, each.state, case_of(each), values_of(found.definition, each)) for each in entries}
    for name, who in world.people.items():
        seen = [each.pk for each in queue(who, [found]).entries]
        reached = each_to_read(who, seen)
        for number in seen:
            waits[number].add(name.split(".")[0])
            acts = {act for each in named[number] if each.who != SCOPE_NAMES[Scope.SUPERIOR] for act in each.acts}
            assert acts.intersection(act.name for act in reached[number].acts) or not acts, (name, number)
    assert {one.who for each in named.values() for one in each} <= {*PLACES, SCOPE_NAMES[Scope.ASKER]}, "nobody without a queue"
    told = {each.pk: {place(each, one.who) for one in named[each.pk] if one.who in PLACES} for each in entries}
    assert {(each.state, case_of(each)): waits[each.pk] for each in entries} == {
        (each.state, case_of(each)): told[each.pk] for each in entries
    }
    return list(told.values())


def place(entry: Entry, who: str) -> str:
    """Where those stand whom the page names. What was given to its own unit is there, and up there where it once went up no further."""
    if entry.handler_id != entry.owner_id:
        return PLACES[who]
    return {SCOPE_NAMES[Scope.HANDLER]: "own", SCOPE_NAMES[Scope.SUPERIOR]: "above"}.get(who, PLACES[who])


def of_case(world: World, found: Book, state: str, *, given: str | None, source: str, kind: Sequence[Condition]) -> Entry:
    """An entry of G1 of a kind (what some step is only of) in a state, given to a unit or to nobody."""
    number = Entry.objects.count() + 1
    unit = world.units[given] if given else None
    entry = standing(world, found, code=f"XX-2023-{number:04}", handler_id=unit, source=source, due_on=OPENING.date())
    put(entry, found.definition, state)
    formed(entry, kind)
    return entry


def queues(world: World, found: Book) -> set[str]:
    return {name for name in world.users if queue(world.person(name, later(days=2)), [found]).entries}


def test_a_petition_given_to_another_unit_waits_for_that_unit_and_not_for_its_own(world: World) -> None:
    petitions = shipped("phan-anh")
    entry = recorded(petitions, world, WISH)
    assert queues(world, petitions) == {"an", "hoa"}, "not for the unit above, which may hand it on as well"
    entry = did(entry, "giao", world.person("an"), later(1), handler=world.units["D1"])
    assert queues(world, petitions) == {"dung"}
    assert [(each.who, "Trả lời" in each.acts) for each in awaited(petitions.definition, entry.state, case_of(entry))] == [
        ("đơn vị được giao", True)
    ]


def test_handing_it_to_another_unit_is_nobodys_duty(world: World) -> None:
    points = shipped("diem-o-nhiem")
    entry = standing(world, points, handler_id=world.units["G1"])
    put(entry, points.definition, "da_giao")
    assert "binh" not in queues(world, points)
    assert all("Chuyển đơn vị khác" not in each.acts for each in awaited(points.definition, "da_giao", case_of(entry)))


def test_what_the_office_may_pick_out_is_no_duty_on_the_page_either(world: World) -> None:
    models = shipped("mo-hinh")
    assert all("Chọn điển hình" not in each.acts for each in awaited(models.definition, "cong_nhan"))


def test_a_petition_that_once_went_up_to_its_own_unit_waits_for_those_above(world: World) -> None:
    """As such stand from before it was asked whether a unit is above (decision 061): in their queue, and told of in their digest."""
    petitions = shipped("phan-anh")
    entry = recorded(petitions, world, WISH)
    put(entry, petitions.definition, "len_cap_tren")
    Entry.objects.filter(pk=entry.pk).update(handler=world.units["G1"])
    assert queues(world, petitions) == {"binh", "dung"}
    at = later(days=2)
    told = {(each.person, each.count) for each in book_work([petitions], Asked("true", {}, {}), at)}
    assert told == {(world.users[name].pk, 1) for name in ("binh", "dung")}


def test_a_step_of_one_kind_waits_for_nobody_who_has_only_that_of_the_other(world: World) -> None:
    """Of a criticism on which opinions were gathered the head sends the paper; of a supervision so far anybody of the unit begins."""
    supervisions = shipped("giam-sat")
    entry = standing(world, supervisions)
    put(entry, supervisions.definition, "gop_y")
    at = later(days=2)
    for form, those in (("GS", {"an", "hoa"}), ("PB", {"hoa"})):
        Entry.objects.filter(pk=entry.pk).update(extra={"hinh_thuc": form}, handler=None)
        assert queues(world, supervisions) == those
        told = {each.person for each in book_work([supervisions], Asked("true", {}, {}), at)}
        assert told == {world.users[name].pk for name in those}
