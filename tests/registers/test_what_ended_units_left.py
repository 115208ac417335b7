"""Entries of units that ended: who keeps them, where they count, who takes them over. In the tree of a cycle, and in that of any day."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.core.definition.records import RecordRule
from kheo.core.reorganising import Absorbed, Closed, Established, Event, Merged, Place, Split, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Person, Unreachable, person
from kheo.org.actions import annul_events, appoint, freeze_tree, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import keepers, left_to, unit_by_code
from kheo.people.models import User
from kheo.registers.access import entry_to_read, figures_to_read
from kheo.registers.actions import Made, Move, Refused, act_on_entry, create_entry, publish_register, take_over, take_over_many, takers
from kheo.registers.models import Deed, Entry
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.figures import Counted, Remainder, Window, Within, facts_of, places_for
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import FILLED, done, made
from tests.world import FIRST_DAY, OPENING, World, head_of, later

DAY = date(2023, 4, 10)
AFTER = later(days=20)
WINDOW = Window(date(2023, 4, 1), date(2023, 12, 31), date(2024, 1, 1))
STANDING = RecordRule(register_code="so-nho", fact="in_state", states=("nhap", "da_gui"))
PARTS = RecordRule(register_code="so-nho", fact="in_state", states=("nhap", "da_gui"), by="linh_vuc")
SOME = RecordRule(register_code="so-nho", fact="in_state", states=("nhap", "da_gui"), measure="any")
BELOW = RecordRule(register_code="so-nho", fact="in_state", states=("nhap", "da_gui"), measure="units_below")
SUBJECTS = RecordRule(register_code="so-nho", fact="entered", states=("nhap",), measure="subjects")


def counted(found: Book, within: Within | None, rule: RecordRule = STANDING, known_at: datetime | None = None) -> Counted:
    return Counted(found.register.pk, found.definition, rule, WINDOW, known_at, within)


def of_the_cycle(world: World) -> Within:
    return Within(OPENING.date(), world.cycle.snapshot_id)


def somebody(code: str, role: Role, at: datetime = AFTER) -> Person:
    user, _ = User.objects.get_or_create(username=f"{role}-{code}", defaults={"full_name": f"{role} {code}"})
    unit = unit_by_code(code, at.date())
    assert unit is not None
    if role not in person(user, at).roles_at(unit):
        appoint(user, unit, role, on=at.date(), by=SYSTEM, at=at)
    return person(user, at)


def begin(unit: int, code: str, above: int, day: date = DAY) -> Established:
    places = (Place(Line.UNION, above),)
    return Established(day=day, unit=unit, name=f"Công đoàn {code}", kind="grassroots_union", code=code, places=places)


def happen(*events: Event) -> None:
    assert record_events(list(events), by=SYSTEM, at=later(days=1)).problems == ()


def merge(world: World, *codes: str) -> int:
    """Into a new unit G12 of district 1."""
    units = world.units
    happen(begin(-1, "G12", units["D1"]), Merged(day=DAY, unit=-1, predecessors=tuple(units[code] for code in codes)))
    return kept_code("G12")


def divide(world: World, code: str = "G1") -> tuple[int, int]:
    """Between G11 under district 1 and G12 under district 2."""
    units = world.units
    new = begin(-1, "G11", units["D1"]), begin(-2, "G12", units["D2"])
    happen(*new, Split(day=DAY, unit=units[code], successors=((-1, None), (-2, None))))
    return kept_code("G11"), kept_code("G12")


def kept_code(code: str) -> int:
    found = unit_by_code(code, AFTER.date())
    assert found is not None
    return found


def reads(who: Person, entry: Entry) -> bool:
    try:
        return entry_to_read(who, entry.pk).entry == entry
    except Unreachable:
        return False


def test_entries_of_merged_units_count_for_the_new_one_today_and_for_the_old_ones_in_their_cycle(world: World, small_book: Book) -> None:
    for code in ("G1", "G1", "G2"):
        done(of(small_book, world, code), "gui", head_of(world, code), later(1))
    new = merge(world, "G1", "G2")
    today, cycle = Within(AFTER.date()), of_the_cycle(world)
    assert counted(small_book, today).numbers() == counted(small_book, today).numbers([new]) == {new: {None: 3}}
    assert counted(small_book, today, PARTS).numbers([new]) == {new: {None: 3, "KT": 3}}
    assert counted(small_book, cycle).numbers() == {world.units["G1"]: {None: 2}, world.units["G2"]: {None: 1}}
    assert counted(small_book, today).remainders() == counted(small_book, cycle).remainders() == []
    assert len(counted(small_book, today).rows(new)) == 3
    assert counted(small_book, today).entries(new) == sorted(Entry.objects.values_list("pk", flat=True))
    assert len(counted(small_book, cycle).rows(world.units["G1"])) == 2


def of(book: Book, world: World, code: str, at: datetime = OPENING) -> Entry:
    """An entry by the head of a unit."""
    result = create_entry(book, world.units[code], FILLED, by=head_of(world, code), at=at)
    assert isinstance(result, Made)
    return result.entry


def test_what_a_merged_unit_writes_is_told_apart_in_the_older_tree(world: World, small_book: Book) -> None:
    new = merge(world, "G1", "G4")
    writer = somebody("G12", Role.HEAD)
    assert isinstance(create_entry(small_book, new, FILLED, by=writer, at=AFTER), Made)
    cycle = counted(small_book, of_the_cycle(world))
    assert cycle.numbers() == {}
    both = tuple(sorted((world.units["G1"], world.units["G4"])))
    assert cycle.remainders() == [Remainder(new, both, world.units["LDLD"], {None: 1})]


def test_what_a_divided_unit_left_stands_apart_until_it_is_taken_over(world: World, small_book: Book) -> None:
    entry = of(small_book, world, "G1")
    first, second = divide(world)
    today = Within(AFTER.date())
    assert counted(small_book, today).numbers() == {}
    assert counted(small_book, today).remainders() == [Remainder(entry.owner_id, (first, second), world.units["LDLD"], {None: 1})]
    heirs = [somebody("G11", Role.HEAD), somebody("G12", Role.HEAD)]
    assert [reads(each, entry) for each in heirs] == [True, True]
    assert takers(entry, heirs[0]) == {first, second}
    taken = take_over(entry.pk, second, version=entry.version, by=heirs[1], at=AFTER)
    assert isinstance(taken, Made)
    assert Deed.objects.filter(entry=entry).latest("pk").changes == {"owner": [world.units["G1"], second]}
    assert [reads(each, taken.entry) for each in heirs] == [False, True]
    assert counted(small_book, today).numbers() == {second: {None: 1}}
    # In the older tree it is still of the one unit that the new one came from; and what was known before stays.
    assert counted(small_book, of_the_cycle(world)).numbers() == {world.units["G1"]: {None: 1}}
    assert counted(small_book, None, known_at=later(days=2)).numbers() == {world.units["G1"]: {None: 1}}


def test_what_nobody_follows_goes_to_the_unit_above(world: World, small_book: Book) -> None:
    entry = of(small_book, world, "G1")
    dung, chi = world.person("dung", AFTER), world.person("chi", AFTER)
    happen(Closed(day=DAY, unit=world.units["G1"]))
    above = world.units["D1"]
    assert counted(small_book, Within(AFTER.date())).numbers() == {above: {None: 1}}
    assert counted(small_book, of_the_cycle(world)).numbers([world.units["G1"]]) == {world.units["G1"]: {None: 1}}
    assert (reads(dung, entry), reads(world.person("bich", AFTER), entry), reads(chi, entry)) == (True, True, False)
    assert {"gui", "huy"} <= {act.code for act in entry_to_read(dung, entry.pk).acts}
    assert done(entry, "gui", dung, AFTER).state == "da_gui"
    taken = take_over(entry.pk, above, version=Entry.objects.get(pk=entry.pk).version, by=dung, at=AFTER)
    assert isinstance(taken, Made)


def test_what_a_unit_that_lives_gave_away_gives_nobody_its_entries(world: World, small_book: Book) -> None:
    """Part of G1 goes to G4 while G1 lives; then it is closed: the unit above keeps its entries, and G4 never does."""
    units = world.units
    entry = of(small_book, world, "G1")
    happen(Split(day=DAY, unit=units["G1"], successors=((units["G1"], None), (units["G4"], None))))
    assert keepers([units["G1"]], Within(AFTER.date())) == {units["G1"]: {units["G1"]}}
    assert left_to([units["G4"]], Within(AFTER.date())) == {}
    happen(Closed(day=date(2023, 4, 15), unit=units["G1"]))
    assert keepers([units["G1"]], Within(AFTER.date())) == {units["G1"]: {units["D1"]}}
    assert not reads(world.person("chi", AFTER), entry)


def test_a_chain_of_ends_is_followed_and_taking_one_back_gives_the_entries_back(world: World, small_book: Book) -> None:
    units = world.units
    of(small_book, world, "G1")
    happen(Absorbed(day=DAY, unit=units["G1"], into=units["G2"]))
    happen(Absorbed(day=date(2023, 4, 12), unit=units["G2"], into=units["G3"]))
    happen(Closed(day=date(2023, 4, 14), unit=units["G3"]))
    numbers = {day: counted(small_book, Within(date(2023, 4, day))).numbers() for day in (9, 11, 13, 15)}
    assert numbers == {
        9: {units["G1"]: {None: 1}},
        11: {units["G2"]: {None: 1}},
        13: {units["G3"]: {None: 1}},
        15: {units["D1"]: {None: 1}},
    }
    assert left_to([units["D1"]], Within(AFTER.date())).keys() == {units["G1"], units["G2"], units["G3"]}
    last = UnitEvent.objects.latest("pk").pk
    assert not annul_events([last], reason="Nhầm.", by=SYSTEM, at=later(days=16)).problems
    assert counted(small_book, Within(AFTER.date())).numbers([units["G3"]]) == {units["G3"]: {None: 1}}


def test_a_frozen_tree_goes_on_by_what_was_recorded_when_it_was_known(world: World, small_book: Book) -> None:
    """G1 was absorbed by G2 and has no place in a tree frozen after that; the event is taken back later."""
    units = world.units
    of(small_book, world, "G1")
    happen(Absorbed(day=DAY, unit=units["G1"], into=units["G2"]))
    frozen = Within(DAY, freeze_tree(DAY, Line.UNION).pk)
    before = counted(small_book, frozen, known_at=later(days=12)).numbers()
    assert before == counted(small_book, frozen).numbers() == {units["G2"]: {None: 1}}
    assert not annul_events([UnitEvent.objects.latest("pk").pk], reason="Nhầm.", by=SYSTEM, at=later(days=16)).problems
    assert counted(small_book, frozen, known_at=later(days=12)).numbers() == before
    assert counted(small_book, frozen).numbers() == {units["D1"]: {None: 1}}


def test_what_a_unit_wrote_that_was_never_to_be_goes_back_to_where_it_came_from(world: World, small_book: Book) -> None:
    new = merge(world, "G1", "G2")
    entry = create_entry(small_book, new, FILLED, by=somebody("G12", Role.HEAD, later(days=11)), at=later(days=11))
    assert isinstance(entry, Made)
    events = list(UnitEvent.objects.values_list("pk", flat=True))
    assert not annul_events(events, reason="Nhầm.", by=SYSTEM, at=later(days=12)).problems
    kept = keepers([new], Within(AFTER.date()))[new]
    assert kept == {world.units["G1"], world.units["G2"]}
    assert reads(person(world.users["an"], AFTER), entry.entry)


def test_only_an_heir_or_who_decides_above_takes_over_and_only_what_is_left(world: World, small_book: Book) -> None:
    units = world.units
    entry = of(small_book, world, "G1")
    bich = world.person("bich", AFTER)
    living = take_over(entry.pk, units["G2"], version=1, by=world.person("hoa"), at=OPENING)
    assert isinstance(living, Refused)
    first, second = divide(world)
    officer, auditor = somebody("G11", Role.OFFICER), world.person("kien", AFTER)
    assert isinstance(take_over(entry.pk, units["G2"], version=1, by=bich, at=AFTER), Refused)
    assert isinstance(take_over(entry.pk, first, version=7, by=officer, at=AFTER), Refused)
    assert isinstance(take_over(entry.pk, second, version=1, by=officer, at=AFTER), Refused), "not in another's name"
    assert isinstance(take_over(entry.pk, second, version=1, by=auditor, at=AFTER), Refused)
    with pytest.raises(Unreachable):
        take_over(entry.pk, first, version=1, by=world.person("chi", AFTER), at=AFTER)
    assert isinstance(take_over(entry.pk, second, version=1, by=bich, at=AFTER), Made)
    assert isinstance(take_over(entry.pk, first, version=2, by=bich, at=AFTER), Refused), "taken over once"


def test_the_side_of_who_was_given_it_is_taken_over_too(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later(1))
    given = act_on_entry(entry.pk, Move("giao", entry.version, handler=world.units["G2"]), by=world.person("binh"), at=later(2))
    assert isinstance(given, Made)
    happen(Absorbed(day=DAY, unit=world.units["G2"], into=world.units["G3"]))
    taken = take_over(entry.pk, world.units["G3"], version=3, by=somebody("G3", Role.HEAD), at=AFTER, side="handler")
    assert isinstance(taken, Made)
    assert (taken.entry.owner_id, taken.entry.handler_id) == (world.units["G1"], world.units["G3"])
    handled = RecordRule(register_code="so-nho", fact="in_state", states=("da_gui",), counts_for="handler")
    assert counted(small_book, Within(AFTER.date()), handled).numbers() == {world.units["G3"]: {None: 1}}


def test_many_are_taken_over_each_by_itself(world: World, small_book: Book) -> None:
    entries = [of(small_book, world, "G1") for _ in range(3)]
    happen(Absorbed(day=DAY, unit=world.units["G1"], into=world.units["G2"]))
    seen = [(entries[0].pk, 1), (entries[1].pk, 9), (entries[2].pk, 1)]
    results = take_over_many(seen, world.units["G2"], by=somebody("G2", Role.OFFICER), at=AFTER)
    assert [type(each) for each in results] == [Made, Refused, Made]
    assert counted(small_book, None).numbers() == {world.units["G1"]: {None: 1}, world.units["G2"]: {None: 2}}


def test_a_figure_asks_as_many_questions_for_three_units_that_ended_as_for_one(world: World, small_book: Book) -> None:
    asked = []
    for codes in (("G1",), ("G2", "G3")):
        for code in codes:
            of(small_book, world, code)
            happen(Absorbed(day=DAY, unit=world.units[code], into=world.units["G5"]))
        with CaptureQueriesContext(connection) as captured:
            assert counted(small_book, Within(AFTER.date())).numbers([world.units["G5"]])
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 8


HAVING = "  - {code: co, name: Đơn vị có hồ sơ, counts: {fact: in_state, states: [nhap, da_gui], measure: any}, of_units: true}\n"


def test_the_heir_of_two_units_that_had_something_is_one_unit_that_has(world: World) -> None:
    """A share of units is of units that there are: of one heir of three that had something it would be three times the whole."""
    text = SMALL_REGISTER.read_text(encoding="utf-8").replace("\nfigures:\n", f"\nfigures:\n{HAVING}")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    for code in ("G1", "G2", "G3"):
        of(found, world, code)
    for code in ("G1", "G2"):
        happen(Absorbed(day=DAY, unit=world.units[code], into=world.units["G3"]))
    reached = figures_to_read(world.person("binh", AFTER), found, world.units["D1"], 2023).figures
    (lines,) = reached.lines(found.definition.figures[:1])
    told = {unit: (each.number, each.among) for unit, each in lines.items()}
    assert told == {None: (1, 2), world.units["D1"]: (0, 1), world.units["G3"]: (1, 1)}


class Story:
    """Units begin, end and move at random while entries are written, sent and taken over."""

    def __init__(self, world: World, book: Book, seed: int) -> None:
        self.world, self.book, self.random = world, book, Random(seed)
        self.at, self.new = OPENING, 0
        self.living = {code: world.units[code] for code in ("G1", "G2", "G3", "G4", "G5")}
        self.remembered: list[tuple[datetime, object]] = []

    def step(self) -> None:
        self.at += timedelta(days=1)
        self.random.choice((self.write, self.write, self.reform, self.take))()
        self.remembered.append((self.at, self.in_the_cycle(None)))
        self.conserved()

    def in_the_cycle(self, known_at: datetime | None) -> tuple[object, ...]:
        cycle, below = (counted(self.book, of_the_cycle(self.world), rule, known_at) for rule in (STANDING, BELOW))
        return cycle.numbers(), cycle.remainders(), below.numbers()

    def conserved(self) -> None:
        """The units of every tree, with what stands at none alone, make the total; each number is its list."""
        for rule in (STANDING, SUBJECTS):
            whole = sum(parts[None] for parts in counted(self.book, None, rule).numbers().values())
            for within in (of_the_cycle(self.world), *(Within(day) for day in (FIRST_DAY, self.at.date(), date(2023, 6, 1)))):
                figure = counted(self.book, within, rule)
                numbers, apart = figure.numbers(), figure.remainders()
                assert sum(parts[None] for parts in (*numbers.values(), *(each.numbers for each in apart))) == whole
                for unit, parts in numbers.items():
                    assert figure.numbers([unit]) == {unit: parts}
                    assert rule is SUBJECTS or len(figure.rows(unit)) == parts[None]
        self.below_counts_each_once()

    def below_counts_each_once(self) -> None:
        """In every tree: whoever has an entry there counts once, under the one that it stands under; each number is its list."""
        for within in (of_the_cycle(self.world), *(Within(day) for day in (FIRST_DAY, self.at.date(), date(2023, 6, 1)))):
            having, figure = counted(self.book, within, SOME).numbers(), counted(self.book, within, BELOW)
            where = within.below(None)
            above = [where[unit].above for unit in having if unit in where]
            assert figure.numbers() == {unit: {None: above.count(unit)} for unit in above}
            for unit in above[:1]:
                (listed,) = facts_of([figure], places_for([figure], [unit]))
                assert {fact.below for fact in listed} == {one for one in having if one in where and where[one].above == unit}
                assert figure.numbers([unit]) == {unit: {None: above.count(unit)}}

    def write(self) -> None:
        code = self.random.choice(sorted(self.living))
        result = create_entry(self.book, self.living[code], FILLED, by=somebody(code, Role.HEAD, self.at), at=self.at)
        assert isinstance(result, Made)

    def take(self) -> None:
        bich = self.world.person("bich", self.at)
        entries = [each for each in Entry.objects.order_by("pk") if takers(each, bich)]
        if entries:
            entry = self.random.choice(entries)
            to = self.random.choice(sorted(takers(entry, bich)))
            result = take_over(entry.pk, to, version=entry.version, by=bich, at=self.at)
            assert isinstance(result, (Made, Refused))

    def reform(self) -> None:
        if len(self.living) < 3:
            return
        one, other = self.random.sample(sorted(self.living), 2)
        day, units = self.at.date(), self.living
        kinds: dict[str, list[Event]] = {
            "absorb": [Absorbed(day=day, unit=units[one], into=units[other])],
            "close": [Closed(day=day, unit=units[one])],
            "move": [Transferred(day=day, unit=units[one], place=Place(Line.UNION, self.world.units[self.random.choice(("D1", "D2"))]))],
            "merge": [self.fresh(-1), Merged(day=day, unit=-1, predecessors=(units[one], units[other]))],
            "split": [self.fresh(-1), self.fresh(-2), Split(day=day, unit=units[one], successors=((-1, None), (-2, None)))],
            "part": [Split(day=day, unit=units[one], successors=((units[one], None), (units[other], None)))],
        }
        kind = self.random.choice(sorted(kinds))
        found = record_events(kinds[kind], by=SYSTEM, at=self.at)
        if found.problems:
            return
        for code in {"absorb": [one], "close": [one], "merge": [one, other], "split": [one]}.get(kind, []):
            del self.living[code]
        for code in (f"N{number}" for number in range(1, self.new + 1)):
            unit = unit_by_code(code, day)
            if unit is not None and code not in self.living:
                self.living[code] = unit

    def fresh(self, unit: int) -> Established:
        self.new += 1
        return begin(unit, f"N{self.new}", self.world.units[self.random.choice(("D1", "D2"))], self.at.date())


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_totals_are_the_same_in_every_tree_and_what_was_known_stays(world: World, small_book: Book, seed: int) -> None:
    with transaction.atomic():
        story = Story(world, small_book, seed)
        for _ in range(12):
            story.step()
        for at, before in story.remembered:
            assert story.in_the_cycle(at) == before
        assert story.remembered
        transaction.set_rollback(True)
