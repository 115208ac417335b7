"""How many units directly below have an entry: each once, in the tree that is asked about, whoever ended, moved or came meanwhile."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.definition.records import RecordRule
from kheo.core.reorganising import Closed, Event, Merged, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.org.queries import unit_by_code
from kheo.registers.actions import Made, create_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, Remainder, Window, Within, facts_of, places_for
from tests.registers.entries import FILLED, done
from tests.registers.test_what_ended_units_left import AFTER, DAY, begin, divide, of, of_the_cycle, somebody
from tests.world import World, head_of, later

HAVING = RecordRule(register_code="so-nho", fact="in_state", states=("da_gui",), measure="units_below")
ALL = HAVING.model_copy(update={"units": "all"})


def figure(found: Book, within: Within, rule: RecordRule = HAVING, until: date = date(2023, 12, 31)) -> Counted:
    window = Window(date(2023, 4, 1), until, until + timedelta(days=1))
    return Counted(found.register.pk, found.definition, rule, window, None, within)


def sent(world: World, found: Book, *codes: str) -> list[Entry]:
    """An entry of each of these units, sent the day after it was written."""
    return [done(of(found, world, code), "gui", head_of(world, code), later(days=1)) for code in codes]


def happen(*events: Event) -> None:
    assert record_events(list(events), by=SYSTEM, at=AFTER).problems == ()


def named(world: World, numbers: dict[int, dict[str | None, int]]) -> dict[str, int | None]:
    codes = {unit: code for code, unit in world.units.items()}
    return {codes[unit]: parts[None] for unit, parts in numbers.items()}


def test_a_unit_counts_once_however_many_entries_it_has_and_its_own_do_not_count(world: World, small_book: Book) -> None:
    sent(world, small_book, "G1", "G1", "G2", "G4", "D1")
    of(small_book, world, "G3")  # not sent
    cycle = of_the_cycle(world)
    assert named(world, figure(small_book, cycle).numbers()) == {"LDLD": 1, "D1": 2, "D2": 1}
    assert named(world, figure(small_book, cycle, ALL).numbers()) == {"LDLD": 2, "D1": 3, "D2": 2}
    assert figure(small_book, cycle, until=date(2023, 4, 1)).numbers() == {}, "nothing was sent by then"


def test_the_list_behind_is_the_units_with_the_entries_behind_each(world: World, small_book: Book) -> None:
    entries = sent(world, small_book, "G1", "G1", "G2")
    asked = [figure(small_book, of_the_cycle(world)), figure(small_book, of_the_cycle(world), ALL)]
    having, every = facts_of(asked, places_for(asked, [world.units["D1"]]))
    units = world.units
    assert [(fact.entry, fact.below) for fact in having] == [
        (entries[0].pk, units["G1"]),
        (entries[1].pk, units["G1"]),
        (entries[2].pk, units["G2"]),
    ]
    assert every == [fact for fact in every if fact.entry is None] + having
    assert [fact.below for fact in every if fact.entry is None] == [units["G3"]]


def test_only_units_of_the_kinds_that_are_asked_for_count(world: World, small_book: Book) -> None:
    sent(world, small_book, "D1", "G1")
    for within in (of_the_cycle(world), Within(AFTER.date())):
        for rule, numbers in (
            (HAVING.model_copy(update={"kinds": ("district_federation",)}), {"LDLD": 1}),
            (ALL.model_copy(update={"kinds": ("grassroots_union",)}), {"D1": 3, "D2": 2}),
        ):
            assert named(world, figure(small_book, within, rule).numbers()) == numbers
            assert named(world, figure(small_book, within, rule).numbers([world.units["D1"], world.units["LDLD"]])) == {
                code: number for code, number in numbers.items() if code != "D2"
            }


def test_a_unit_that_ended_or_moved_stays_where_the_cycle_has_it_and_stands_elsewhere_today(world: World, small_book: Book) -> None:
    sent(world, small_book, "G1", "G2", "G4")
    happen(Transferred(day=DAY, unit=world.units["G1"], place=Place(Line.UNION, world.units["D2"])))
    happen(Closed(day=DAY, unit=world.units["G2"]))
    assert named(world, figure(small_book, of_the_cycle(world)).numbers()) == {"D1": 2, "D2": 1}
    assert named(world, figure(small_book, of_the_cycle(world), ALL).numbers()) == {"LDLD": 2, "D1": 3, "D2": 2}
    # Today what G2 left is kept by D1, which so has one itself.
    assert named(world, figure(small_book, Within(AFTER.date())).numbers()) == {"D2": 2, "LDLD": 1}
    assert named(world, figure(small_book, Within(AFTER.date()), ALL).numbers()) == {"LDLD": 2, "D1": 1, "D2": 3}
    day_before = Within(DAY - timedelta(days=1))
    assert named(world, figure(small_book, day_before).numbers()) == {"D1": 2, "D2": 1}


def test_what_came_later_counts_for_the_one_unit_it_came_from_and_for_neither_of_two(world: World, small_book: Book) -> None:
    """G1 was divided: what its parts write is its own in the cycle's tree. G2 and G4 were merged: what that writes is told apart."""
    part, _ = divide(world)
    assert isinstance(create_entry(small_book, part, FILLED, by=somebody("G11", Role.HEAD), at=AFTER), Made)
    draft = figure(small_book, of_the_cycle(world), HAVING.model_copy(update={"states": ("nhap",)}))
    assert named(world, draft.numbers()) == {"D1": 1}
    happen(
        begin(-1, "G13", world.units["D1"], AFTER.date()),
        Merged(day=AFTER.date(), unit=-1, predecessors=(world.units["G2"], world.units["G4"])),
    )
    new = unit_by_code("G13", AFTER.date())
    assert new is not None
    writer = somebody("G13", Role.HEAD, AFTER + timedelta(days=1))
    assert isinstance(create_entry(small_book, new, FILLED, by=writer, at=AFTER + timedelta(days=1)), Made)
    both = tuple(sorted((world.units["G2"], world.units["G4"])))
    assert named(world, draft.numbers()) == {"D1": 1}
    assert draft.remainders() == [Remainder(new, both, world.units["LDLD"], {None: 1})]


def test_one_is_asked_about_in_as_many_queries_as_all_are_whatever_stands_below(world: World, small_book: Book) -> None:
    sent(world, small_book, "G1")
    asked = figure(small_book, of_the_cycle(world))
    costs = []
    for codes in (("D2",), ("D1", "D2", "LDLD")):
        with CaptureQueriesContext(connection) as captured:
            asked.numbers([world.units[code] for code in codes])
        costs.append(len(captured))
    assert costs == [4, 4]
