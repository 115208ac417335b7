"""Figures counted from entries: the number is its list, what was known is never changed by what is done later, stocks and flows balance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.core.definition.records import RecordRule
from kheo.org.access import Person
from kheo.registers.actions import Made, Move, act_on_entry, create_entry, edit_entry
from kheo.registers.models import Entry, StateSpan
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figure_rows import page_of
from kheo.registers.queries.figures import Counted, Window
from kheo.registers.queries.holding import values_of
from kheo.registers.queries.rows import rows_of
from tests.registers.entries import FILLED, done, made
from tests.world import OPENING, World, head_of, later

WINDOW = Window(date(2023, 4, 1), date(2023, 5, 5), date(2023, 5, 6))
OPEN = ("da_gui", "cho")
RULES: dict[str, RecordRule] = {
    "in_state": RecordRule(register_code="so-nho", fact="in_state", states=OPEN),
    "in_state_at_start": RecordRule(register_code="so-nho", fact="in_state", states=OPEN, at="start"),
    "entered": RecordRule(register_code="so-nho", fact="entered", states=OPEN),
    "left": RecordRule(register_code="so-nho", fact="left", states=OPEN),
    "by_area": RecordRule(register_code="so-nho", fact="entered", states=OPEN, by="linh_vuc"),
    "people": RecordRule(register_code="so-nho", fact="in_state", states=("xong",), measure="sum", of="so_nguoi"),
    "large": RecordRule.model_validate(
        {"register_code": "so-nho", "fact": "in_state", "states": ["xong"], "where": [{"field": "dien_tich", "at_least": 1000}]}
    ),
    "subjects": RecordRule(register_code="so-nho", fact="entered", states=OPEN, measure="subjects"),
    "late": RecordRule(register_code="so-nho", fact="due", clock="tra_loi", outcome="late"),
}


def counted(found: Book, name: str, *, known_at: datetime | None = None, window: Window = WINDOW) -> Counted:
    return Counted(found.register.pk, found.definition, RULES[name], window, known_at)


def numbers(found: Book, known_at: datetime | None = None) -> dict[str, object]:
    return {name: counted(found, name, known_at=known_at).numbers() for name in RULES}


def test_an_entry_counts_in_the_part_that_it_names(world: World, small_book: Book) -> None:
    for area in ("KT", "VH", "KT"):
        done(made(small_book, world, linh_vuc=area), "gui", world.person("an"), later(1))
    assert counted(small_book, "by_area").numbers() == {world.units["G1"]: {None: 3, "KT": 2, "VH": 1}}


def test_a_condition_on_a_declared_number_is_counted_in_the_database(world: World, small_book: Book) -> None:
    for size in (999, 1000, None):
        values = {} if size is None else {"dien_tich": size}
        entry = done(made(small_book, world, **values), "gui", world.person("an"), later(1))
        done(entry, "duyet", world.person("binh"), later(2), ket_qua=1)
    assert counted(small_book, "large").numbers() == {world.units["G1"]: {None: 1}}


def test_one_subject_with_two_entries_is_one_subject(world: World, small_book: Book) -> None:
    for name in ("Tổ hoà giải", "Tổ  hòa giải", "Tổ khác", ""):
        who = {"chu_the": "collective", "ten_chu_the": name} if name else {}
        done(made(small_book, world, **who), "gui", world.person("an"), later(1))
    assert counted(small_book, "subjects").numbers() == {world.units["G1"]: {None: 3}}


def test_what_was_cancelled_never_counts_and_what_was_known_before_stays(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later(1))
    before = numbers(small_book)
    done(entry, "huy", world.person("hoa"), later(days=3), reason="Ghi nhầm")
    assert counted(small_book, "entered").numbers() == {}
    assert numbers(small_book, later(2)) == before


def test_an_edit_moves_the_part_today_and_not_what_was_known(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later(1))
    changed = edit_entry(entry.pk, {**FILLED, "linh_vuc": "VH"}, version=entry.version, by=world.person("an"), at=later(9))
    assert isinstance(changed, Made)
    unit = world.units["G1"]
    assert counted(small_book, "by_area").numbers() == {unit: {None: 1, "VH": 1}}
    assert counted(small_book, "by_area", known_at=later(8)).numbers() == {unit: {None: 1, "KT": 1}}


def test_what_is_still_to_come_is_not_late(world: World, small_book: Book) -> None:
    """Sent on 1 April with five working days: due on the 7th."""
    done(made(small_book, world), "gui", world.person("an"), later(1))
    for day, expected in ((date(2023, 4, 7), {}), (date(2023, 4, 8), {world.units["G1"]: {None: 1}})):
        assert counted(small_book, "late", window=replace(WINDOW, counted_on=day)).numbers() == expected


@dataclass
class Story:
    """A random year of a small register: who did what, and what every figure was after each step."""

    world: World
    book: Book
    random: Random
    at: datetime = OPENING
    entries: list[int] = field(default_factory=list)
    remembered: list[tuple[datetime, Mapping[str, object]]] = field(default_factory=list)

    def step(self) -> None:
        self.at += timedelta(hours=self.random.choice((1, 30, 120)))
        unit = self.random.choice(("G1", "G2", "G4"))
        if not self.entries or self.random.random() < 0.3:
            self.create(unit)
        elif self.random.random() < 0.25:
            self.edit()
        else:
            self.act()
        self.remembered.append((self.at, numbers(self.book)))

    def create(self, unit: str) -> None:
        values = {
            **FILLED,
            "linh_vuc": self.random.choice(("KT", "VH")),
            "so_nguoi": self.random.randrange(9),
            "dien_tich": self.random.randrange(2000),
        }
        result = create_entry(self.book, self.world.units[unit], values, by=head_of(self.world, unit), at=self.at)
        assert isinstance(result, Made)
        self.entries.append(result.entry.pk)

    def edit(self) -> None:
        entry = Entry.objects.get(pk=self.random.choice(self.entries))
        values = {
            **values_of(self.book.definition, entry),
            "so_nguoi": self.random.randrange(9),
            "linh_vuc": self.random.choice(("KT", "VH")),
        }
        edit_entry(entry.pk, values, version=entry.version, by=self.owner(entry), at=self.at)

    def act(self) -> None:
        entry = Entry.objects.get(pk=self.random.choice(self.entries))
        act = self.random.choice(
            [each for each in self.book.definition.acts if entry.state in each.states] or [self.book.definition.acts[0]]
        )
        by = self.world.person("bich", self.at) if any(doer.scope == "above" for doer in act.by) else self.owner(entry)
        on = self.random.choice((None, entry.in_state_since))
        values = {"ket_qua": 1} if act.needs else {}
        act_on_entry(
            entry.pk, Move(act.code, entry.version, values, reason="vì thế" if act.reason != "none" else "", on=on), by=by, at=self.at
        )

    def owner(self, entry: Entry) -> Person:
        code = next(code for code, pk in self.world.units.items() if pk == entry.owner_id)
        return head_of(self.world, code)


def plainly(found: Book, states: Sequence[str], at: str) -> dict[int, dict[None, int]]:
    """The same figures, walked entry by entry in Python."""
    result: dict[int, dict[None, int]] = {}
    for entry in Entry.objects.filter(register=found.register).exclude(meaning="void"):
        spans = list(StateSpan.objects.filter(entry=entry).order_by("ordinal"))
        number = {
            "in_state": sum(
                each.state in states and each.starts <= WINDOW.until and (each.ends is None or each.ends > WINDOW.until) for each in spans
            ),
            "entered": sum(
                each.state in states and each.came_from not in states and WINDOW.since <= each.starts <= WINDOW.until for each in spans
            ),
            "left": sum(
                each.state not in states and each.came_from in states and WINDOW.since <= each.starts <= WINDOW.until for each in spans
            ),
        }[at]
        if number:
            result.setdefault(entry.owner_id, {None: 0})[None] += number
    return result


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_whatever_is_done_later_what_was_known_stays_and_every_number_is_its_list(world: World, small_book: Book, seed: int) -> None:
    with transaction.atomic():
        story = Story(world, small_book, Random(seed))
        for _ in range(14):
            story.step()
        for at, before in story.remembered:
            assert numbers(small_book, at) == before
        every_number_is_its_list(small_book)
        balance(small_book)
        transaction.set_rollback(True)


def every_number_is_its_list(found: Book) -> None:
    """As long, or as large; and what walking through the entries one by one gives."""
    for name in RULES:
        figure = counted(found, name)
        for unit, parts in figure.numbers().items():
            for part, number in parts.items():
                rows = figure.rows(unit, part, most=1000)
                measured = len(rows) if RULES[name].measure == "count" else sum(row.amount for row in rows)
                assert RULES[name].measure == "subjects" or measured == number
    for fact in ("in_state", "entered", "left"):
        assert counted(found, fact).numbers() == plainly(found, OPEN, fact)


def balance(found: Book) -> None:
    """What there was, and came, less what went, is what there is."""
    held = {name: counted(found, name).numbers() for name in ("in_state_at_start", "entered", "left", "in_state")}
    for unit in {unit for figure in held.values() for unit in figure}:
        start, came, went, end = (figure.get(unit, {}).get(None, 0) for figure in held.values())
        assert start + came - went == end


def test_a_subject_is_listed_in_a_part_by_its_latest_fact_of_that_part(db: None) -> None:
    """Latest in another part it would be listed in neither, and the list be shorter than the number."""
    facts = """SELECT * FROM (VALUES (1, 'KT', DATE '2023-04-01', 1, 'one'), (2, 'XH', DATE '2023-04-02', 1, 'one'),
        (3, 'KT', DATE '2023-04-03', 1, 'two')) AS found (entry, part, day, amount, subject)"""
    listed = {
        part: [row[0] for row in rows_of(page_of(facts, "subjects", aged=False, part=part), [*([part] if part else []), 10, 0])]
        for part in (None, "KT", "XH")
    }
    assert listed == {None: [3, 2], "KT": [3, 1], "XH": [2]}
