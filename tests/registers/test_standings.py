"""How much stands in a register, and its first of each step: every number the length of its list, whichever way it is found."""

from datetime import timedelta
from itertools import product
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.registers.words import OPEN_CLASSES, StateClass
from kheo.registers.models import Entry
from kheo.registers.queries import board, known_more, listing
from kheo.registers.queries import standings as standings_module
from kheo.registers.queries.board import Step, first_of_steps
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import EntryList, StateCounts
from kheo.registers.queries.standings import Standing, standings
from kheo.registers.queries.wanted import Wanted
from tests.registers.entries import made
from tests.world import OPENING, World

TODAY = OPENING.date()
OF_UNITS = [(("G1",), ()), (("G1",), ("D2",)), (("G1", "G4"), ("D2",)), (("D2",), ("D2", "G4")), (None, ())]


@pytest.fixture
def mixed(world: World, small_book: Book) -> None:
    """Sixty entries of two units in any state, with any limit or none, some given to a third unit or to the other."""
    chance = Random(8)
    states = list(small_book.definition.states)
    first = [made(small_book, world, *(("chi", "G4") if number % 3 == 0 else ()), ten=f"Tổ số {number}") for number in range(60)]
    for entry in first:
        state = chance.choice(states)
        due = TODAY + timedelta(days=chance.randrange(-9, 9)) if chance.random() < 0.5 else None
        given = world.units[chance.choice(("D2", "G4"))] if chance.random() < 0.3 else None
        Entry.objects.filter(pk=entry.pk).update(state=state.code, meaning=state.meaning, due_on=due, handler=given)


def wanted(world: World, units: tuple[str, ...] | None, given: tuple[str, ...]) -> Wanted:
    numbers = None if units is None else frozenset(world.units[each] for each in units)
    return Wanted(units=numbers, handlers=tuple(world.units[each] for each in given), today=TODAY)


def lengths(found: EntryList) -> Standing:
    """Counted one by one from the lists themselves."""
    held = list(Entry.objects.filter(pk__in=found.ids()))
    late = [each for each in held if each.meaning in OPEN_CLASSES and each.due_on is not None and each.due_on < TODAY]
    still = [each for each in held if each.meaning in OPEN_CLASSES]
    return Standing(len([each for each in held if each.meaning != StateClass.VOID]), len(still), len(late))


@pytest.mark.usefixtures("mixed")
def test_every_number_is_the_length_of_its_list(world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    for few, (units, given) in product((2000, 0), OF_UNITS):
        monkeypatch.setattr(standings_module, "FEW_UNITS", few)
        asked = wanted(world, units, given)
        expected = lengths(EntryList(small_book, asked))
        with CaptureQueriesContext(connection) as caught:
            found = standings([small_book], asked.units, asked.handlers, TODAY)
        assert (found, len(caught), few) == ({small_book.register.pk: expected}, 1, few)
        assert standings([small_book], asked.units, asked.handlers, TODAY, most=None) == found
        told = standings([small_book], asked.units, asked.handlers, TODAY, most=2)[small_book.register.pk]
        assert told == Standing(*(min(each, 3) for each in (expected.whole, expected.open, expected.late)))


@pytest.mark.usefixtures("mixed")
def test_a_step_of_the_board_begins_as_its_list_does(world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    for gathered, most, by_limit, (units, given) in product((300, 0), (2, 5, 40), (True, False), OF_UNITS):
        monkeypatch.setattr(board, "GATHERED", gathered)
        found = EntryList(small_book, wanted(world, units, given))
        steps = [Step(each, count, by_limit) for each, count in found.numbers_by_state().items()]
        with CaptureQueriesContext(connection) as caught:
            first = first_of_steps(found, steps, most)
        assert len(caught) <= 3
        for step in steps:
            expected = [entry.pk for entry in board.list_of_step(found, step).page(most=most)]
            assert ([entry.pk for entry in first[step.state]], step, most) == (expected, step, most)


@pytest.mark.usefixtures("mixed")
def test_a_narrowed_board_is_narrowed_in_every_step(world: World, small_book: Book) -> None:
    found = EntryList(small_book, Wanted(units=frozenset({world.units["G1"]}), text="to so 1", today=TODAY))
    first = first_of_steps(found, [Step(each, None, by_limit=True) for each in small_book.definition.by_state], 40)
    assert {entry.pk for part in first.values() for entry in part} == set(found.ids())
    assert 0 < len(found.ids()) < 20


@pytest.mark.usefixtures("mixed")
def test_what_was_more_is_not_counted_again_for_ten_minutes_and_what_is_told_is_always_of_now(
    world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standings_module, "FEW_UNITS", 0)
    now = 100.0
    monkeypatch.setattr(known_more.time, "monotonic", lambda: now)
    asked = wanted(world, ("G1", "G4"), ())

    def told() -> Standing:
        return standings([small_book], asked.units, asked.handlers, TODAY, most=12)[small_book.register.pk]

    first = told()
    assert first.whole == first.open == 13 > first.late > 0
    Entry.objects.filter(pk__in=EntryList(small_book, asked).ids()[3:]).update(owner=world.units["D2"])
    left = lengths(EntryList(small_book, asked))
    assert told() == Standing(13, 13, left.late)
    now += known_more.KEPT_FOR + 1
    assert told() == left


@pytest.mark.usefixtures("mixed")
def test_the_states_of_a_list_are_told_in_the_same_way(world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "FEW_UNITS", 0)
    monkeypatch.setattr(listing, "MOST_COUNTED", 6)
    found = EntryList(small_book, wanted(world, ("G1", "G4"), ()))
    first = found.by_state()
    more = {state for state, number in first.numbers.items() if number == 7}
    assert more
    assert first.late == 7
    Entry.objects.filter(pk__in=found.ids()).update(owner=world.units["D2"])
    assert found.by_state() == StateCounts(dict.fromkeys(more, 7), 7)
    known_more.forget()
    assert found.by_state() == StateCounts({}, 0)


@pytest.mark.usefixtures("mixed")
def test_where_the_open_ones_are_known_to_be_more_so_is_the_whole(world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standings_module, "FEW_UNITS", 0)
    asked = wanted(world, ("G1", "G4"), ())
    first = standings([small_book], asked.units, asked.handlers, TODAY, most=25)
    for key in [each for each in known_more._until if "most_whole" in each]:
        del known_more._until[key]
    assert standings([small_book], asked.units, asked.handlers, TODAY, most=25) == first
