"""The campaign that comes with Khéo counts from the books that come with it: every indicator, every unit, every day.

A spring is told in every book through the actions; then each number is held against its list, and against what it was known to be.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest

from kheo.core.registers.beside import BesideAct, why_not
from kheo.core.registers.counted import counting_problems, rule_in_words
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import ActDef, LineDef
from kheo.core.registers.values import Kept, shown_fields
from kheo.core.registers.words import Scope
from kheo.org.access import Person, Unreachable
from kheo.registers.access import entry_to_read
from kheo.registers.actions import (
    Line,
    Made,
    Move,
    act_on_entry,
    create_entry,
    edit_entry,
    link_entries,
    verify_link,
    write_line,
    writes_lines,
)
from kheo.registers.models import Entry, EntryAttachment, EntryLink
from kheo.registers.queries.definitions import Book, books
from kheo.registers.queries.figures import Counted, CountedFact, Window, facts_of, number_of, numbers_of, places_for
from kheo.registers.queries.figures_of_one import numbers_of_one
from kheo.registers.queries.holding import values_of
from tests.registers.books import CAMPAIGNS, did, photographed, recorded, shipped
from tests.registers.test_counted_indicators import campaign, rules
from tests.world import OPENING, World, head_of

UNITS = ("G1", "G2", "G4")
BESIDE = {"G1": "G2", "G2": "G1", "G4": "G5"}  # under the same district
SINCE = date(2023, 4, 1)
DAYS = (date(2023, 4, 10), date(2023, 5, 5), date(2023, 6, 30))
ADOPTED = (("so_khao", {"noi_dung": ["N2"]}), ("tiep_thu", {"muc_tiep_thu": "TOANBO"}), ("ap_dung", {"noi_da_ap_dung": "Xưởng"}))
PER_UNIT, STEPS = 3, 18  # entries of each book, and steps of each
Choice = TypeVar("Choice")


@pytest.fixture
def shelf(world: World) -> dict[str, Book]:
    """Every book that comes with Khéo, as its edition stands."""
    shipped(*(file.stem for file in sorted((CAMPAIGNS / "registers").glob("*.yaml"))))
    return {each.register.code: each for each in books()}


def test_every_rule_of_the_campaign_can_be_counted_and_is_said_in_words(shelf: dict[str, Book]) -> None:
    definition = campaign()
    assert list(counting_problems(definition, {code: each.definition for code, each in shelf.items()})) == []
    words = {
        code: rule_in_words(rule, shelf[rule.register_code].definition, shelf[rule.register_code].options)
        for code, rule in rules(definition).items()
    }
    assert words["B01"] == "Số mô hình bắt đầu ở “Đang thực hiện” trong kỳ"
    assert words["C206"] == "Số phản ánh có hạn “Trả lời” bắt đầu trong kỳ, làm đúng hạn"
    assert words["C104a"] == "Cộng “Số lượt, suất, căn, thẻ” của đợt chăm lo có dòng “Hỗ trợ” trong kỳ; loại là Vay vốn qua CEP"
    assert all(words.values())


@dataclass
class Spring:
    """Entries in every book: who did what, and what every figure was known to be on the way.

    Nothing is left to luck: of what may be done or said, what was done or said least comes next, so that a few entries of each book come
    through all of its acts, lists and kinds of lines.
    """

    world: World
    shelf: Mapping[str, Book]
    at: datetime = OPENING
    entries: list[int] = field(default_factory=list)
    remembered: list[tuple[datetime, object]] = field(default_factory=list)
    told: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def tell(self, per_unit: int) -> None:
        for place in range(per_unit * len(UNITS)):
            unit = UNITS[place % len(UNITS)]
            for found in self.shelf.values():
                self.one(found, unit)
            self.at += timedelta(hours=(40, 60, 110)[place % 3])
            if place % 2:
                self.remembered.append((self.at, numbers(self.shelf, DAYS)))

    def by_hand(self, book: str, values: Mapping[str, Kept], *steps: tuple[str, Mapping[str, Kept]], lines: str = "") -> None:
        """An entry of one unit, with photographs, that is taken through acts: what chance may leave out. `lines`: the kind it needs."""
        acts, entry = self.shelf[book].definition.by_act, recorded(self.shelf[book], self.world, values, at=self.at)
        for role in (each.role for each in self.shelf[book].definition.attachments):
            photographed(entry, role, self.at, taken=self.at + timedelta(minutes=EntryAttachment.objects.count()), away=1)
        for act, asked in steps:
            if lines in acts[act].lines:
                self.lined(self.shelf[book], entry, "G1", self.shelf[book].definition.by_line[lines], may=True)
            by, reply = next(self.doers(acts[act], entry, "G1")), "Đã làm." if acts[act].reply else ""
            did(entry, act, by, self.at, values=asked, reply=reply)

    def received(self) -> None:
        """Citizens were received, and a dialogue was held: of four forms one may always fall out."""
        for form, came in (("TIEPDAN", 14), ("DINHKY", 85)):
            met = {"chu_tri": "TRUONG", "so_du": came, "so_y_kien": 6, "tra_loi_ngay": 4}
            self.by_hand("doi-thoai", {"hinh_thuc": form, "ngay": self.at.date().isoformat()}, ("da_hop", met))

    def supervised(self) -> None:
        """The poor and the streets were looked after, an idea on procedures carried out: of many matters one may always fall out."""
        self.by_hand("hien-ke", self.values(self.shelf["hien-ke"]) | {"chu_de": "TTHC"}, *ADOPTED)
        told = {"ngay": f"{self.at.date()}", "thanh_vien": 5, "ket_qua": "Tốt."}
        for matter in ("GIAMNGHEO", "DOTHI"):
            about = self.values(self.shelf["giam-sat"]) | {"hinh_thuc": "GS", "linh_vuc": matter}
            self.by_hand("giam-sat", about, ("bat_dau", {"can_cu": "Chương trình", "pham_vi_cuoc": "Hai khu"}), ("ket_luan", told))

    def recognised(self) -> None:
        """The gate of a school is a model: of five kinds of places one may always fall out."""
        seen = {"ngay_khao_sat": f"{self.at.date()}", "vi_pham_truoc": 6, "un_tac_truoc": 3}
        steps = ("khao_sat", seen), ("cam_ket", {"bo_tieu_chi": "12/KH"}), ("cham", {"ben_cham": ["CONGAN"], "diem": 90})
        about = self.values(self.shelf["tuyen-duong"]) | {"loai": "TRUONG"}
        self.by_hand("tuyen-duong", about, *steps, ("cong_nhan", {"quyet_dinh": "3/QĐ"}), lines="cham")

    def one(self, found: Book, unit: str) -> None:
        """An entry, and as many steps with it as there are."""
        made = create_entry(found, self.world.units[unit], self.values(found), by=head_of(self.world, unit), at=self.at)
        assert isinstance(made, Made), (found.register.code, made)
        entry = made.entry
        self.entries.append(entry.pk)
        for role in [role for role in dict.fromkeys(each.role for each in found.definition.attachments) for _ in range(2)]:
            photographed(entry, role, self.at, taken=self.at + timedelta(minutes=EntryAttachment.objects.count()), away=1)
        for step in range(6 + len(self.entries) * 5 % STEPS):
            self.at += timedelta(minutes=7)
            (self.line, self.line, self.act, self.act, self.link, self.act, self.edit, self.act, self.act)[step % 9](found, entry, unit)

    def least(self, of: tuple[str, ...], among: Sequence[Choice]) -> Choice:
        """The next of some: what was chosen least so far, the first of several."""
        chosen = min(among, key=lambda each: self.told[(*of, str(each))])
        self.told[(*of, str(chosen))] += 1
        return chosen

    def act(self, found: Book, entry: Entry, unit: str) -> None:
        """Whatever of it can be done now, by whoever can do it."""
        entry.refresh_from_db()
        badly = self.may_end_badly(found, entry)
        possible = [each for each in found.definition.acts if entry.state in each.states and (badly or not self.ends_badly(found, each))]
        for act in sorted(possible, key=lambda each: self.told[found.register.code, "act", each.code]):
            for by in self.doers(act, entry, unit):
                if self.did(found, entry, act, by, unit):
                    self.told[found.register.code, "act", act.code] += 1
                    return

    def did(self, found: Book, entry: Entry, act: ActDef, by: Person, unit: str) -> bool:
        asked = {key: self.value(found, found.definition.by_key[key]) for key in sorted({*act.asks, *act.needs})}
        said = {"reason": "vì thế" if act.reason != "none" else "", "reply": "Đã làm." if act.reply else ""}
        handler = self.world.units[BESIDE[unit]] if act.chooses_unit else None
        try:
            done = act_on_entry(entry.pk, Move(act.code, entry.version, asked, handler=handler, **said), by=by, at=self.at)
        except Unreachable:
            return False
        return isinstance(done, Made)

    def may_end_badly(self, found: Book, entry: Entry) -> bool:
        """Most go on well, or all would soon be cancelled: some may end badly at once, some once they were done."""
        turn = self.entries.index(entry.pk) // len(self.shelf) % 4
        return turn == 0 or (turn == 2 and found.definition.by_state[entry.state].meaning == "done_good")

    def ends_badly(self, found: Book, act: ActDef) -> bool:
        """Or only sends back."""
        return act.to is not None and found.definition.by_state[act.to].meaning in ("void", "done_bad", "draft")

    def doers(self, act: ActDef, entry: Entry, unit: str) -> Iterator[Person]:
        codes = {number: code for code, number in self.world.units.items()}
        sides = {Scope.OTHER: BESIDE[unit], **dict.fromkeys((Scope.HANDLER, Scope.SUPERIOR), codes.get(entry.handler_id or 0, unit))}
        for scope in dict.fromkeys(each.scope for each in act.by):
            name = {Scope.ABOVE: "bich", Scope.OFFICE: "lan"}.get(scope)
            yield self.world.person(name, self.at) if name else head_of(self.world, sides.get(scope, unit))

    def edit(self, found: Book, entry: Entry, unit: str) -> None:
        entry.refresh_from_db()
        order, by_key = found.definition.order, found.definition.by_key
        frozen = {key for key, each in by_key.items() if each.frozen_from and order[each.frozen_from] <= order[entry.state]}
        # The day on which it began stays what it was, and that of an act once it has gone on: most have since.
        past = {each.day or "" for each in found.definition.acts if entry.state not in (found.definition.first_state.code, each.to)}
        values = {**values_of(found.definition, entry), **self.values(found, but={*frozen, *past, found.definition.begins_on or ""})}
        edit_entry(entry.pk, values, version=entry.version, by=head_of(self.world, unit), at=self.at)

    def line(self, found: Book, entry: Entry, unit: str) -> None:
        """A line; where lines are frozen later some more, while they can be written; where they are frozen now it is refused."""
        if not found.definition.lines:
            return
        entry.refresh_from_db()
        taken = [each for each in found.definition.lines if not why_not(found.definition, BesideAct.LINE, entry.state, each)]
        kind = self.least((found.register.code, "line"), taken) if taken else found.definition.lines[0]
        for _ in range(3 if taken and kind.frozen_from else 1):
            self.lined(found, entry, unit, kind, may=bool(taken))

    def lined(self, found: Book, entry: Entry, unit: str, kind: LineDef, *, may: bool) -> None:
        wanted = Line(
            kind.code,
            self.at.date(),
            kind=self.code(found, kind.code, kind.kinds) if kind.kinds and may else "",
            source=self.code(found, kind.code, kind.sources) if kind.sources and may else "",
            quantity=self.some() if kind.quantity else None,
            amount_vnd=self.some() * 100_000 if kind.amount else None,
            text="Việc" if kind.text else "",
        )
        codes = {number: code for code, number in self.world.units.items()}
        for whose in dict.fromkeys((unit, codes.get(entry.handler_id or 0, unit))):
            by = head_of(self.world, whose)
            written = write_line(entry.pk, wanted, by=by, at=self.at)
            theirs = may and writes_lines(kind, entry_to_read(by, entry.pk))
            assert isinstance(written, Made) == theirs, (found.register.code, kind.code, entry.state, written)

    def link(self, found: Book, entry: Entry, unit: str) -> None:
        others = Entry.objects.filter(pk__in=self.entries, register=found.register).exclude(owner=self.world.units[unit])
        other = others.exclude(meaning="void").order_by("-pk").first()
        if other is None or not found.definition.links:
            return
        kind, by = found.definition.links[0].code, head_of(self.world, unit)
        made = link_entries(entry.pk, kind, other.code, on=self.at.date(), by=by, at=self.at)
        for link in EntryLink.objects.filter(entry=entry, verified_on=None, known_to=None) if isinstance(made, Made) else ():
            verify_link(link.pk, by=self.world.person("bich", self.at), at=self.at + timedelta(minutes=1))

    def code(self, found: Book, key: str, listed: str) -> str:
        return self.least((found.register.code, key, listed), list(found.options.names[listed]))

    def some(self) -> int:
        """A number from 1 to 59, another each time."""
        self.told[("number",)] += 1
        return 1 + self.told[("number",)] * 17 % 59

    def values(self, found: Book, but: Collection[str] = ()) -> dict[str, Kept]:
        """Every field but those that an act asks for or fills in, and those that are not always shown, if not needed from the beginning."""
        asked = {key for act in found.definition.acts if not act.corrects for key in (*act.asks, *act.needs, *act.sets)}
        first = {each.key for each in found.definition.fields if each.required_from == found.definition.first_state.code}
        left = (asked - first) | {*but, *found.definition.set_by_acts}
        fields = [each for each in found.definition.fields if each.key not in left and each.type not in ("unit", "entry")]
        told = {each.key: self.value(found, each) for each in fields if not each.shown_if}
        further = [each for each in shown_fields(found.definition, told) if each.shown_if and each.key in first and each in fields]
        return told | {each.key: self.value(found, each) for each in further}

    def value(self, found: Book, one: FieldDef) -> Kept:
        options = list(found.options.of(one))
        chosen = self.least((found.register.code, one.key), options) if options else ""
        return {
            "text": "https://bao.example.vn/bai" if one.web else "Chữ gì đó",
            "long_text": "Lời dài hơn một chút",
            # What is compared with another number is the same as that one, so that it fits.
            "integer": 7 if any(one.key in each.keys for each in found.definition.checks) else self.some(),
            "decimal": self.some(),
            "money": 100_000,
            "day": self.at.date().isoformat(),
            "yes_no": self.told[("number",)] % 3 > 0,
            "choice": chosen,
            "choices": [options[0]] if options else [],
            "unit": self.world.units["G5"],
            "place": (10_776_889 + self.told[("number",)] * 40, 106_700_806),
        }[one.type]


def figures(shelf: Mapping[str, Book], until: date, known_at: datetime | None = None, since: date = SINCE) -> dict[str, Counted]:
    window = Window(since, until, until + timedelta(days=1))
    return {
        code: Counted(shelf[rule.register_code].register.pk, shelf[rule.register_code].definition, rule, window, known_at)
        for code, rule in rules(campaign()).items()
    }


def numbers(shelf: Mapping[str, Book], days: Iterable[date], known_at: datetime | None = None) -> object:
    return [numbers_of(list(figures(shelf, day, known_at).values())) for day in days]


@pytest.fixture
def spring(world: World, shelf: dict[str, Book]) -> Spring:
    told = Spring(world, shelf)
    told.tell(PER_UNIT)
    told.received()
    told.supervised()
    told.recognised()
    return told


def test_every_number_is_its_list_and_what_was_known_stays(spring: Spring) -> None:
    """Every indicator and unit, every day from the first on which anything is counted to the last that anything changes."""
    days = [SINCE + timedelta(days=number) for number in range((spring.at.date() - SINCE).days + 2)]
    assert len(days) > 30
    seen = set[str]()
    for day in (*days, *DAYS):
        # By turns of a period that began before anything was, and of one that began in the midst of it.
        asked = figures(spring.shelf, day, since=SINCE if day.toordinal() % 2 else max(SINCE, day - timedelta(days=12)))
        counted = dict(zip(asked, numbers_of(list(asked.values())), strict=True))
        for code in UNITS:
            unit = spring.world.units[code]
            for (indicator, figure), listed in zip(asked.items(), listed_of(asked, unit), strict=True):
                parts = counted[indicator].get(unit, {})
                seen |= {indicator} if parts.get(None) else set()
                assert number_of(figure.rule.measure, listed) == parts.get(None, 0), (indicator, code, day)
                if figure.rule.by:
                    assert {
                        part: number_of(figure.rule.measure, [each for each in listed if each.part == part])
                        for part in parts
                        if part is not None
                    } == {part: number for part, number in parts.items() if part is not None}, (indicator, code, day)
                    assert {fact.part for fact in listed} == parts.keys() - {None}
        own = [by_unit for code, by_unit in counted.items() if not asked[code].rule.counts_units]
        others = {unit for by_unit in own for unit in by_unit} - {spring.world.units[code] for code in UNITS}
        assert not others, "counted for a unit that wrote nothing"
        seen |= units_below(spring, asked, counted)
        balance(spring, counted)
    never = sorted(set(rules(campaign())) - seen)
    assert never == [], f"never counted: the spring does nothing that these rules count: {never}"
    pages(spring, days[-1])
    assert len(spring.remembered) == PER_UNIT * len(UNITS) // 2
    for at, then in spring.remembered:
        assert numbers(spring.shelf, DAYS, at) == then


def test_a_reception_is_no_dialogue_and_a_dialogue_no_reception(world: World, shelf: dict[str, Book]) -> None:
    Spring(world, shelf).received()
    counted = figures(shelf, DAYS[0])
    told = {code: counted[code].numbers().get(world.units["G1"], {}).get(None, 0) for code in ("C501", "C502", "C503", "C503a", "C310")}
    assert told == {"C501": 1, "C502": 6, "C503": 1, "C503a": 14, "C310": 0}


def listed_of(asked: Mapping[str, Counted], unit: int) -> list[list[CountedFact]]:
    return facts_of(list(asked.values()), places_for(list(asked.values()), [unit]))


def units_below(spring: Spring, asked: Mapping[str, Counted], counted: Mapping[str, Mapping[int, Mapping[str | None, int]]]) -> set[str]:
    """Of every unit that has others below: how many of these have a plan, as they say themselves (A01), and how many there are."""
    both = {code: asked[code] for code in ("A02a", "A02b")}
    codes = spring.world.units
    for above, below in (("D1", ("G1", "G2", "G3")), ("D2", ("G4", "G5")), ("LDLD", ("D1", "D2"))):
        having = {codes[code] for code in below if counted["A01"].get(codes[code])}
        launched, whole = listed_of(both, codes[above])
        assert counted["A02a"].get(codes[above], {}).get(None, 0) == len(having)
        assert {fact.below for fact in launched} == having
        assert counted["A02b"][codes[above]] == {None: len(below)}
        assert {fact.below for fact in whole} == {codes[code] for code in below}
        assert {fact for fact in whole if fact.entry} == set(launched), "beside each stands what it has"
        assert sorted({fact.entry or 0 for fact in launched}) == both["A02a"].entries(codes[above])
    assert sum(parts[None] for parts in counted["A02a"].values()) == len(counted["A01"]), "added up over the tree each counts once"
    return {code for code in both if counted[code]}


def pages(spring: Spring, day: date) -> None:
    """The list that people turn the pages of, and the entries that are kept with a report, are those rows too."""
    asked = figures(spring.shelf, day)
    grouped = numbers_of(list(asked.values()))
    for code in UNITS:
        unit = spring.world.units[code]
        of_one = numbers_of_one(list(asked.values()), places_for(list(asked.values()), [unit]))
        assert of_one == [{unit: each[unit]} if unit in each else {} for each in grouped]
        for (indicator, figure), listed in zip(asked.items(), listed_of(asked, unit), strict=True):
            if listed:
                rows = figure.rows(unit, most=10_000)
                assert sorted((row.entry, row.amount) for row in rows) == sorted((fact.entry, fact.amount) for fact in listed), indicator
                assert figure.entries(unit) == sorted({fact.entry for fact in listed}), indicator


def balance(spring: Spring, counted: Mapping[str, Mapping[int, Mapping[str | None, int]]]) -> None:
    """C301 + C302 + C303 - C304 = C305 for every unit on every day, as the campaign checks it."""
    for unit in spring.world.units.values():
        first, new, again, gone, left = (counted[code].get(unit, {}).get(None, 0) for code in ("C301", "C302", "C303", "C304", "C305"))
        assert first + new + again - gone == left
