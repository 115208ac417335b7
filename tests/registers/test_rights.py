"""Everybody × every book × every state × every act, against tables that people can read (tests/registers/rights).

The tables were written from the books' files and registers.md by somebody who did not ask the code; a change of a right is a changed line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from kheo.core.definition.conditions import Condition, holds
from kheo.core.holding import Leaving
from kheo.core.registers.models import RegisterDefinition
from kheo.core.reorganising import Absorbed, Closed
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Person, Unreachable, person
from kheo.org.actions import appoint, end_post, record_events
from kheo.people.models import User
from kheo.registers.access import entry_to_read, sight
from kheo.registers.actions import Made, Move, Refused, act_on_entry, create_entry, edit_entry, publish_register
from kheo.registers.models import Deed, Entry
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import CAMPAIGNS, shipped
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import put
from tests.registers.filled import another, filled
from tests.standing import standing as standing_world
from tests.world import FIRST_DAY, OPENING, World, later, small_world

TABLES = sorted((Path(__file__).parent / "rights").glob("*.txt"))
FILES = {file.stem: file for file in [*(CAMPAIGNS / "registers").glob("*.yaml"), SMALL_REGISTER]}
# Where each stands to an entry that G1 has and D2 was given; G2 is under the same D1; G4, under D2, is nothing to it.
PLACES = {"own": "G1", "handler": "D2", "above": "D1", "top": "LDLD", "sibling": "G2", "other": "G4", "ended": "G1"}
NOT_YOURS, NOT_NOW, NOT_YOU = "không có quyền", "đang ở trạng thái khác", "cần một người khác"


@dataclass
class Table:
    """What a file says: by state and person the words, and the lists after them."""

    rights: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    lists: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)


def table(file: Path) -> Table:
    found, here = Table(), dict[str, tuple[str, ...]]()
    state = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("state "):
            state = line.removeprefix("state ")
            found.rights[state] = {}
        elif line and not line.startswith(("#", " ")):
            state, here = "", found.lists.setdefault(line, {})
        elif line.strip() and not line.startswith("#"):
            names, _, words = line.strip().partition(":")
            if state:
                found.rights[state] |= {name: frozenset(words.split()) for name in names.split()}
            else:
                here[names] = tuple(words.split())
    return found


@dataclass(frozen=True)
class Stage(World):
    """The small world with a book and everybody who might have to do with an entry of G1."""

    people: Mapping[str, Person]


@standing_world
def staged(code: str) -> Stage:
    world = small_world()
    opened(code)
    return Stage(world.cycle, world.definition, world.units, world.users, everybody(world))


def everybody(world: World) -> dict[str, Person]:
    """One person for each side and role, nobody with two posts; the one whose post has ended, and one without any."""
    found: dict[str, Person] = {}
    for side, code in PLACES.items():
        for role in Role if side != "ended" else (Role.HEAD,):
            user = User.objects.create_user(f"{side}-{role}", f"{side} {role}")
            post = appoint(user, world.units[code], role, on=FIRST_DAY, by=SYSTEM, at=OPENING)
            if side == "ended":
                end_post(post, on=OPENING.date(), reason=Leaving.RETIRED, note="", by=SYSTEM, at=OPENING)
            found[f"{side}.{role}"] = person(user, later(1))
    found["nobody"] = person(User.objects.create_user("nobody", "Không ai"), later(1))
    return found


def opened(code: str) -> None:
    if code != "so-nho":
        shipped(code)
        return
    published = publish_register(SMALL_REGISTER.read_text(encoding="utf-8"), SMALL_REGISTER.name, by=SYSTEM, at=OPENING)
    assert published.problems == ()


def the_book(code: str) -> Book:
    found = book(code)
    assert found is not None
    return found


def standing(world: World, found: Book, **columns: object) -> Entry:
    """An entry as it stands, without the way that led there: only who may do what is asked of it."""
    first, day = found.definition.first_state, OPENING.date()
    held = {
        "code": "XX-2023-0001",
        "owner_id": world.units["G1"],
        "handler_id": world.units["D2"],
        "title": "Hồ sơ",
        "search": "",
        "known_from": OPENING,
    }
    entry = Entry(register=found.register, edition_id=found.edition_id, **{**held, **columns})
    entry.state, entry.meaning, entry.in_state_since, entry.registered_on, entry.created_at = first.code, first.meaning, day, day, OPENING
    entry.save()
    return entry


def formed(entry: Entry, conditions: Sequence[Condition]) -> None:
    """The entry as some conditions ask for it: what an act is only of (`only_if`) is told by one value of a field each."""
    entry.extra = {each.field: each.operands[0] for each in conditions}
    Entry.objects.filter(pk=entry.pk).update(extra=entry.extra)


def kinds(definition: RegisterDefinition) -> dict[tuple[Condition, ...], frozenset[str]]:
    """Every kind of entry that some step is only of, and entries of none, with the steps that such an entry has not."""
    found = {}
    for kind in {act.only_if: None for act in definition.acts} | {(): None}:
        held = {each.field: each.operands[0] for each in kind}
        found[kind] = frozenset(act.code for act in definition.acts if not holds(act.only_if, held))
    return found


def rights(who: Person, entry: Entry) -> frozenset[str]:
    """In the words of the tables."""
    try:
        reached = entry_to_read(who, entry.pk)
    except Unreachable:
        return frozenset()
    words = {"read", *(act.code for act in reached.acts)}
    return frozenset(words | ({"personal"} if reached.sees_personal else set()) | ({"edit"} if reached.is_editable else set()))


def refused(entry: Entry, act: str, who: Person) -> str:
    """Why somebody may not do an act, "" where nothing but what is filled in stands in the way; nothing is kept."""
    with transaction.atomic():
        try:
            done = act_on_entry(entry.pk, Move(act, entry.version), by=who, at=later(1))
        except Unreachable:
            return NOT_YOURS
        finally:
            transaction.set_rollback(True)
    why = done.message if isinstance(done, Refused) and not done.problems else ""
    return next((each for each in (NOT_YOURS, NOT_NOW, NOT_YOU) if each in why), "")


def named(found: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Who may anything, in an order in which a difference can be read."""
    return {name: " ".join(sorted(words)) for name, words in sorted(found.items()) if words}


def test_there_is_a_table_for_every_book() -> None:
    assert {file.stem for file in TABLES} == FILES.keys()


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_everybody_may_what_the_table_says_and_nothing_else(db: None, file: Path) -> None:
    world, found, expected = staged(file.stem), the_book(file.stem), table(file)
    people = world.people
    definition = found.definition
    assert list(expected.rights) == [state.code for state in definition.states]
    listed = {name for cells in expected.rights.values() for name in cells}
    assert listed <= people.keys()
    entry = standing(world, found)
    for state, cells in expected.rights.items():
        put(entry, definition, state)
        for kind, lacking in kinds(definition).items():
            formed(entry, kind)
            expected_here = named({name: words - lacking for name, words in cells.items()})
            assert named({name: rights(who, entry) for name, who in people.items()}) == expected_here, (state, kind)
        if state == definition.first_state.code:
            listed_as_read(definition, entry, cells, people)


def listed_as_read(definition: RegisterDefinition, entry: Entry, cells: Mapping[str, frozenset[str]], people: Mapping[str, Person]) -> None:
    """Lists hold what is read for what somebody is, not what they may do once, with the same personal data."""
    for name, who in people.items():
        words, looking = cells.get(name, frozenset()), sight(who, walled=definition.walled)
        assert looking.reads(entry) == ("read" in words and not name.startswith("sibling.")), name
        assert not looking.reads(entry) or looking.sees_personal(entry) == ("personal" in words), name


WALLED = [file for file in TABLES if "pages" in table(file).lists]


@pytest.mark.parametrize("file", WALLED, ids=lambda file: file.stem)
def test_behind_the_wall_single_entries_open_for_their_unit_and_the_one_they_are_given_to(db: None, file: Path) -> None:
    """Those above read figures, small ones hidden: neither the page nor a list shows them one entry."""
    world, found, expected = staged(file.stem), the_book(file.stem), table(file).lists["pages"].keys()
    entry = standing(world, found)
    assert {name for name, who in world.people.items() if opens(who, entry)} == expected
    assert {name for name, who in world.people.items() if sight(who, walled=True).reads(entry)} == expected


def opens(who: Person, entry: Entry) -> bool:
    try:
        return entry_to_read(who, entry.pk).entry == entry
    except Unreachable:
        return False


def test_every_book_behind_the_wall_says_whose_pages_are_open(db: None) -> None:
    walled = {file.stem for file in TABLES if file.stem != "so-nho" and "walled: true" in FILES[file.stem].read_text(encoding="utf-8")}
    assert walled == {file.stem for file in WALLED} == {"doi-thoai", "don-thu"}


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_an_act_asks_the_same_table_again(db: None, file: Path) -> None:
    """What a page does not offer, the action refuses: in the state of the act for who may not, in another state for who may."""
    world, found, expected = staged(file.stem), the_book(file.stem), table(file)
    entry = standing(world, found)
    for act in found.definition.acts:
        put(entry, found.definition, act.states[0])
        formed(entry, act.only_if)
        may = {name for name in world.people if act.code in expected.rights[act.states[0]].get(name, ())}
        assert may, act.code
        for name in TRYING:
            assert refused(entry, act.code, world.people[name]) == ("" if name in may else NOT_YOURS), (act.code, name)
        other = next((state for state in reversed(expected.rights) if state not in act.states), None)
        if other is not None:
            put(entry, found.definition, other)
            assert refused(entry, act.code, world.people[min(may)]) in (NOT_NOW, NOT_YOURS), (act.code, other)


# One of each kind that tables tell apart: to try everybody costs three times as much and asks the same table.
TRYING = ("own.officer", "own.head", "own.auditor", "handler.officer", "handler.head", "above.reviewer", "above.office", "above.keeper",
          "sibling.head", "other.head", "ended.head", "nobody")  # fmt: skip


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_whoever_did_the_one_does_not_do_the_other(db: None, file: Path) -> None:
    """Four eyes, and what is done once: as the table says, for everybody who may do the act at all."""
    world, found, expected = staged(file.stem), the_book(file.stem), table(file)
    people = world.people
    entry = standing(world, found)
    told = {act.code: act.not_by for act in found.definition.acts if act.not_by}
    assert told == expected.lists["four eyes"]
    assert [act.code for act in found.definition.acts if act.once] == list(expected.lists["once"])
    for code, earlier in expected.lists["four eyes"].items():
        state = found.definition.by_act[code].states[0]
        put(entry, found.definition, state)
        formed(entry, found.definition.by_act[code].only_if)
        for name in sorted(name for name, words in expected.rights[state].items() if code in words):
            for each in earlier:
                # Who has no part in an entry but this act does not even see it without.
                said = NOT_YOURS if expected.rights[state][name] == {"read", code} else NOT_YOU
                with did(entry, each, people[name]):
                    assert refused(entry, code, people[name]) == said, (code, each, name)
                    assert code not in rights(people[name], entry)
            assert refused(entry, code, people[name]) == ""


# Every unit that somebody might choose, by where it stands to G1.
WHOM = {name: code for name, code in PLACES.items() if name != "ended"}


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_an_entry_is_handed_to_those_of_the_table_and_to_nobody_else(db: None, file: Path) -> None:
    """Whatever unit is sent, and whoever sends it: of every act that hands on, somebody is asked to whom."""
    world, found, expected = staged(file.stem), the_book(file.stem), table(file).lists.get("given to", {})
    entry = standing(world, found)
    assert {line.split()[0] for line in expected} == {act.code for act in found.definition.acts if act.handing}
    for line, places in expected.items():
        code, name = line.split()
        put(entry, found.definition, found.definition.by_act[code].states[0])
        formed(entry, found.definition.by_act[code].only_if)
        taken = {place for place, unit in WHOM.items() if is_taken(entry, code, world.people[name], world.units[unit])}
        assert taken == set(places), line


def is_taken(entry: Entry, act: str, who: Person, unit: int) -> bool:
    """Whether nothing is wrong with the unit, whatever else is; nothing is kept."""
    with transaction.atomic():
        done = act_on_entry(entry.pk, Move(act, entry.version, handler=unit, reason="vì thế"), by=who, at=later(1))
        transaction.set_rollback(True)
    return isinstance(done, Made) or not any(each.key == "handler" for each in done.problems)


class did:  # noqa: N801  # reads as a word of the test
    """For a while, somebody has done an act to the entry."""

    def __init__(self, entry: Entry, act: str, who: Person) -> None:
        day = OPENING.date()
        self.deed = Deed(entry=entry, act=act, on=day, at=OPENING, person_id=who.user_id, who=who.name, state_after=entry.state)
        self.atomic = transaction.atomic()

    def __enter__(self) -> None:
        self.atomic.__enter__()
        self.deed.save()

    def __exit__(self, *_: object) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_flags_of_fields_are_those_of_the_table_and_what_is_frozen_is_refused(db: None, file: Path) -> None:
    world, found, expected = staged(file.stem), the_book(file.stem), table(file)
    people = world.people
    definition, lists = found.definition, expected.lists
    assert [each.key for each in definition.fields if each.personal] == list(lists["personal"])
    assert [each.key for each in definition.fields if not each.for_judges] == list(lists["not for judges"])
    assert tuple(each.code for each in definition.states if each.public) == lists["public"]["states"]
    assert tuple(each.key for each in definition.fields if each.public) == lists["public"]["fields"]
    assert {each.key: (each.frozen_from,) for each in definition.fields if each.frozen_from} == lists["frozen"]
    only = {key: tuple(act.code for act in acts) for key, acts in definition.set_by_acts.items()}
    assert only == lists.get("only by acts", {})
    beside = {each.code: each for each in (*definition.lines, *definition.links)} | {each.role: each for each in definition.attachments}
    assert {code: (each.frozen_from,) for code, each in beside.items() if each.frozen_from} == lists.get("frozen beside", {})
    sealed = {key: (until, *sorted(theirs)) for key, (until, theirs) in definition.seals.items()}
    sealed |= {each.code: (each.sealed_until, *sorted({doer.scope for doer in each.by})) for each in definition.lines if each.sealed_until}
    assert sealed == lists.get("sealed", {})
    assert {each.role: (each.kept_from,) for each in definition.attachments if each.kept_from} == lists.get("kept beside", {})
    entry = standing(world, found)
    filled(entry, found, lists["frozen"])
    writer = next(people[name] for name in ("own.officer", "own.head") if "edit" in next(iter(expected.rights.values())).get(name, ()))
    states = list(expected.rights)
    for key, (since,) in lists["frozen"].items():
        for state in (each for each in states if "edit" in expected.rights[each].get("own.head", ())):
            put(entry, definition, state)
            with transaction.atomic():
                held = values_of(definition, entry, texts_of(entry))
                said = edit_entry(entry.pk, {**held, key: another(found, key, held)}, version=entry.version, by=writer, at=later(1))
                transaction.set_rollback(True)
            frozen = isinstance(said, Refused) and any(each.key == key and "không sửa được nữa" in each.message for each in said.problems)
            assert frozen == (states.index(state) >= states.index(since)), (key, state)


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_who_may_edit_may_begin_and_nobody_else(db: None, file: Path) -> None:
    world, found = staged(file.stem), the_book(file.stem)
    people = world.people
    first = next(iter(table(file).rights.values()))
    for name, who in people.items():
        made = create_entry(found, world.units["G1"], {}, by=who, at=later(1))
        may = isinstance(made, Made) or not made.message.startswith("Anh/chị không có quyền")
        assert may == (name.startswith("own.") and "edit" in first.get(name, ())), name


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_an_heir_may_what_the_unit_might_and_the_unit_above_where_nobody_follows(db: None, file: Path) -> None:
    """Its own people may nothing any more, those of the heir what they might; so may those above without an heir."""
    world, found, expected = staged(file.stem), the_book(file.stem), table(file)
    entry, after = standing(world, found, handler_id=None), later(days=20)
    users = [User.objects.create_user(f"next-{number}", "Kế tiếp") for number in (1, 2, 3)]
    for user, code in zip(users, ("G2", "G3", "D1"), strict=True):
        appoint(user, world.units[code], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    day = date(2023, 4, 10)
    for end, heir in ((Absorbed(day=day, unit=world.units["G1"], into=world.units["G2"]), 0), (Closed(day=day, unit=world.units["G1"]), 2)):
        with transaction.atomic():
            assert not record_events([end], by=SYSTEM, at=OPENING).problems
            for state, cells in list(expected.rights.items())[:3]:
                put(entry, found.definition, state)
                for kind, lacking in kinds(found.definition).items():
                    formed(entry, kind)
                    assert rights(person(users[heir], after), entry) == cells["own.head"] - lacking, (state, kind)
                assert rights(person(world.users["hoa"], after), entry) == frozenset()
                assert [sight(person(user, after)).reads(entry) for user in users] == [number in (heir, 2) for number in range(3)]
                strange = rights(person(users[1], after), entry)
                # Who stood beside the unit stands beside its heir; the unit above, where nobody follows, is above them.
                assert strange == (cells.get("sibling.head", frozenset()) if heir == 0 else frozenset()), state
            transaction.set_rollback(True)
