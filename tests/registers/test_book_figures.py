"""Figures of a register: shares of what fell due, days, own counts and those below that make the total, small ones hidden from others."""

from datetime import date

import pytest

from kheo.core.reorganising import Absorbed, Established, Place, Split
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.access import Person, Unreachable
from kheo.org.actions import record_events
from kheo.org.queries import unit_by_code
from kheo.registers.access import ReachedFigures, entry_to_read, figures_to_read
from kheo.registers.actions import Made, write_line
from kheo.registers.actions.lining import Line as Written
from kheo.registers.models import Entry
from kheo.registers.queries.book_figures import Behind, Told, window_of
from kheo.registers.queries.definitions import Book
from tests.registers.books import WISH, did, recorded, shipped
from tests.world import World, head_of, later

SIGNED = {"values": {"chuc_vu_ky": "Chủ tịch"}, "reply": "Đèn đã được thay."}
YEAR = 2023


def figures(book: Book, person: Person, unit: int) -> dict[str, dict[int | None, Told]]:
    """By figure and line (None: the total) what somebody is told."""
    reached = figures_to_read(person, book, unit, YEAR)
    return dict(zip([each.code for each in book.definition.figures], reached.figures.lines(book.definition.figures), strict=True))


def told(book: Book, person: Person, unit: int, code: str, line: int | None = None) -> tuple[int | None, int | None]:
    found = figures(book, person, unit)[code].get(line, Told(0, 0))
    return found.number, found.among


def petition(book: Book, world: World, unit: str, answered: int | None = None) -> Entry:
    """Received on Saturday 1 April, due on Friday the 7th; answered so many days after."""
    head = head_of(world, unit)
    entry = recorded(book, world, WISH, who=by_name(unit), unit=unit)
    entry = did(entry, "giao", head, later(1), handler=world.units[unit])
    return entry if answered is None else did(entry, "tra_loi", head, later(days=answered), **SIGNED)


def by_name(unit: str) -> str:
    return {"G1": "an", "D1": "dung", "G4": "chi"}[unit]


def test_on_time_is_of_what_fell_due_and_not_of_what_came(world: World) -> None:
    book = shipped("phan-anh")
    for answered in (3, 10, None):
        petition(book, world, "G1", answered)
    binh, unit = world.person("binh", later(days=4)), world.units["G1"]
    assert told(book, binh, unit, "dung_han") == (0, 0), "nothing has fallen due, though one is answered"
    binh = world.person("binh", later(days=20))
    assert (told(book, binh, unit, "dung_han"), told(book, binh, unit, "nhan")) == ((1, 3), (3, None))
    petition_of_today = recorded(book, world, {**WISH, "ngay_nhan": "2023-04-20"}, at=later(days=19))
    assert petition_of_today.state == "tiep_nhan"
    assert (told(book, binh, unit, "dung_han"), told(book, binh, unit, "nhan")) == ((1, 3), (4, None))


def test_what_is_open_is_told_with_how_long_it_has_waited_and_the_oldest_stands_first(world: World) -> None:
    book, unit = shipped("phan-anh"), world.units["G1"]
    newer = recorded(book, world, {**WISH, "ngay_nhan": "2023-04-11"}, at=later(days=10))
    oldest = petition(book, world, "G1")
    petition(book, world, "G1", 3)
    binh = world.person("binh", later(days=20))
    waits = figures(book, binh, unit)["cho_lau"][None]
    assert (waits.number, waits.median, waits.longest, list(waits.days)) == (2, 10, 20, [10, 20])
    reached = figures_to_read(binh, book, unit, YEAR)
    figure = next(each for each in book.definition.figures if each.code == "cho_lau")
    assert [(row.entry, row.amount) for row in reached.figures.rows(Behind(figure))] == [(oldest.pk, 20), (newer.pk, 10)]


def test_how_long_something_waited_in_a_year_that_is_over_is_told_to_its_last_day(world: World) -> None:
    book = shipped("phan-anh")
    petition(book, world, "G1")
    waited = figures(book, world.person("binh", later(days=400)), world.units["G1"])["cho_lau"][None]
    assert list(waited.days) == [(date(2023, 12, 31) - date(2023, 4, 1)).days]


def test_received_answered_open_and_late_stand_side_by_side_by_matter_and_make_their_totals(world: World) -> None:
    book, unit = shipped("phan-anh"), world.units["G1"]
    for answered in (3, 10, None, None):
        petition(book, world, "G1", answered)
    other = recorded(book, world, {**WISH, "linh_vuc": "BAOHIEM", "ngay_nhan": "2023-04-20"}, at=later(days=19))
    reached = figures_to_read(world.person("binh", later(days=20)), book, unit, YEAR).figures
    figures_of_book = book.definition.figures
    parts = dict(zip([each.code for each in figures_of_book], reached.all_parts(figures_of_book), strict=True))
    matter = str(WISH["linh_vuc"])
    assert other.extra["linh_vuc"] != matter
    assert {code: parts[code] for code in ("nhan", "da_xong", "dang_mo", "qua_han")} == {
        "nhan": {matter: 4, "BAOHIEM": 1},
        "da_xong": {matter: 2},
        "dang_mo": {matter: 2, "BAOHIEM": 1},
        "qua_han": {matter: 2},
    }
    for figure, found in zip(figures_of_book, reached.all_parts(figures_of_book), strict=True):
        if figure.counts.by:
            assert sum((found or {}).values()) == reached.lines([figure])[0][None].number


def test_satisfaction_is_of_those_who_said_and_citizens_and_businesses_stand_apart(world: World) -> None:
    book, an = shipped("phan-anh"), world.person("an")
    for kind, act in (("citizen", "hai_long"), ("citizen", "chua_hai_long"), ("citizen", ""), ("business", "hai_long")):
        entry = recorded(book, world, {**WISH, "nguoi_gui_la": kind})
        entry = did(entry, "giao", an, later(1), handler=world.units["G1"])
        entry = did(entry, "tra_loi", world.person("hoa"), later(days=2), **SIGNED)
        if act:
            did(entry, act, an, later(days=3), reason="" if act == "hai_long" else "Chưa xong")
    found = figures(book, world.person("binh", later(days=9)), world.units["G1"])
    asked = ("nguoi_dan", "dan_y_kien", "doanh_nghiep", "dn_y_kien")
    assert {code: (found[code][None].number, found[code][None].among) for code in asked} == {
        "nguoi_dan": (1, 2),
        "dan_y_kien": (2, 3),
        "doanh_nghiep": (1, 1),
        "dn_y_kien": (1, 1),
    }  # fmt: skip


def test_own_entries_and_those_below_make_the_total_and_the_total_is_its_list(world: World) -> None:
    book, units = shipped("phan-anh"), world.units
    made = {unit: petition(book, world, unit, 3) for unit in ("G1", "D1", "G4")}
    reached = figures_to_read(world.person("bich", later(days=9)), book, units["LDLD"], YEAR)
    assert numbers(reached) == {None: 3, units["LDLD"]: 0, units["D1"]: 2, units["D2"]: 1}
    assert listed(reached, "nhan") == {each.pk for each in made.values()}
    of_district = figures_to_read(world.person("binh", later(days=9)), book, units["D1"], YEAR)
    assert listed(of_district, "nhan") == {made["D1"].pk, made["G1"].pk}
    assert listed(of_district, "nhan", own=True) == {made["D1"].pk}


def listed(reached: ReachedFigures, code: str, *, own: bool = False, part: str | None = None) -> set[int]:
    figure = next(each for each in reached.figures.book.definition.figures if each.code == code)
    return {row.entry for row in reached.figures.rows(Behind(figure, own=own, part=part))}


def test_parts_make_the_number_and_each_has_its_list(world: World) -> None:
    book = shipped("phan-anh")
    first = recorded(book, world, WISH)
    recorded(book, world, {**WISH, "linh_vuc": "TTHC"})
    reached = figures_to_read(world.person("an", later(days=2)), book, world.units["G1"], YEAR)
    assert reached.figures.parts(book.definition.figures[0]) == {"KHAC": 1, "TTHC": 1}
    assert listed(reached, "nhan", part="KHAC") == {first.pk}


def test_what_an_ended_unit_left_counts_at_its_heir_or_above_all_of_its_heirs_and_nowhere_twice(world: World) -> None:
    """G1 is divided between the two districts, G4 absorbed by G2."""
    book, units, day, at = shipped("phan-anh"), world.units, date(2023, 4, 10), later(days=12)
    divided, absorbed = petition(book, world, "G1", 3), petition(book, world, "G4", 3)
    new = [
        Established(day=day, unit=number, name=code, kind="grassroots_union", code=code, places=(Place(Line.UNION, units[above]),))
        for number, code, above in ((-1, "G11", "D1"), (-2, "G12", "D2"))
    ]
    events = [
        *new,
        Split(day=day, unit=units["G1"], successors=((-1, None), (-2, None))),
        Absorbed(day=day, unit=units["G4"], into=units["G2"]),
    ]
    assert not record_events(events, by=SYSTEM, at=at).problems
    city = figures_to_read(world.person("bich", later(days=20)), book, units["LDLD"], YEAR)
    assert numbers(city) == {None: 2, units["LDLD"]: 1, units["D1"]: 1}
    assert (listed(city, "nhan"), listed(city, "nhan", own=True)) == ({divided.pk, absorbed.pk}, {divided.pk})
    district = figures_to_read(world.person("binh", later(days=20)), book, units["D1"], YEAR)
    assert numbers(district) == {None: 1, units["D1"]: 0, units["G2"]: 1}
    assert listed(district, "nhan") == {absorbed.pk}


def numbers(reached: ReachedFigures) -> dict[int | None, int | None]:
    """Of the first figure by line."""
    return {line: each.number for line, each in reached.figures.lines(reached.figures.book.definition.figures)[0].items()}


def test_days_are_told_as_those_of_half_and_of_ninety_in_a_hundred(world: World) -> None:
    book = shipped("phan-anh")
    for answered in (2, 2, 3, 3, 4, 4, 5, 5, 6, 30):
        petition(book, world, "G1", answered)
    found = figures(book, world.person("an", later(days=40)), world.units["G1"])["so_ngay"][None]
    assert (found.number, found.median, found.ninth_decile) == (10, 4, 6)
    assert (Told(0).median, Told(1, None, (7,)).ninth_decile, Told(2, None, (1, 9)).median) == (None, 7, 1)


def test_a_year_ends_with_its_last_day_or_today() -> None:
    assert window_of(2022, date(2023, 4, 5)).until == date(2022, 12, 31)
    assert window_of(2022, date(2023, 4, 5)).counted_on == date(2023, 1, 1)
    assert (window_of(2023, date(2023, 4, 5)).until, window_of(2023, date(2023, 4, 5)).counted_on) == (date(2023, 4, 5), date(2023, 4, 5))


def care(book: Book, world: World, unit: str, *quantities: int) -> None:
    """A round of help with so many lines."""
    entry = recorded(book, world, {"dip": "TET", "ngay": "2023-04-01"}, who=by_name(unit), unit=unit)
    for quantity in quantities:
        line = Written("ho_tro", date(2023, 4, 1), kind="MATVIEC", source="CD", quantity=quantity, amount_vnd=quantity * 1_000_000)
        assert isinstance(write_line(entry.pk, line, by=head_of(world, unit), at=later(1)), Made)


def test_a_small_number_of_people_helped_is_told_in_its_own_unit_alone_and_cannot_be_reckoned(world: World) -> None:
    book, units = shipped("cham-lo"), world.units
    care(book, world, "G1", 3)
    care(book, world, "D1", 20)
    own = figures_to_read(world.person("an", later(days=2)), book, units["G1"], YEAR)
    assert (own.lists_all, own.lists_own) == (True, True)
    assert told(book, world.person("an", later(days=2)), units["G1"], "luot") == (3, None)
    binh = world.person("binh", later(days=2))
    assert told(book, binh, units["D1"], "luot", units["D1"]) == (20, None), "the reader's own"
    assert told(book, binh, units["D1"], "luot", units["G1"]) == (None, None)
    # 23 less the 20 that the reader knows is the 3: with a second unit hidden nobody can say whose they are.
    lines = figures(book, binh, units["D1"])["luot"]
    assert lines[None].number == 23
    assert sum(lines.get(units[unit], Told(0)).number is None for unit in ("G1", "G2", "G3")) == 2
    assert told(book, binh, units["G1"], "luot") == (None, None)
    above = figures_to_read(binh, book, units["G1"], YEAR)
    assert (above.lists_all, above.lists_own) == (False, False)


def test_where_nothing_is_small_nothing_is_hidden(world: World) -> None:
    book, units = shipped("cham-lo"), world.units
    care(book, world, "G1", 5, 7)
    care(book, world, "D1", 20)
    binh = world.person("binh", later(days=2))
    assert [told(book, binh, units["D1"], "luot", line) for line in (None, units["D1"], units["G1"])] == [
        (32, None),
        (20, None),
        (12, None),
    ]


def test_of_a_share_the_rest_must_not_be_small_either(world: World) -> None:
    """Twelve complaints of which eleven were on time: one was late, and whose must not be told."""
    book, hoa = shipped("don-thu"), world.person("hoa")
    for place in range(12):
        entry = did(recorded(book, world, {"loai": "KN", "ngay_nhan": "2023-04-01"}), "thu_ly", hoa, later(1))
        did(entry, "giai_quyet", hoa, later(days=60 if place == 0 else 20), values={"ket_qua": "DUNG"})
    day = later(days=80)
    assert told(book, world.person("hoa", day), world.units["G1"], "dung_han") == (11, 12)
    for figure in ("dung_han", "nhan", "dang_mo"):
        # That all of the district's petitions are G1's would say whose the late one is.
        assert told(book, world.person("binh", day), world.units["D1"], figure, world.units["G1"])[0] is None


@pytest.mark.parametrize(("who", "unit", "reads"), [
    ("an", "G1", True), ("an", "D1", False), ("an", "G2", False), ("binh", "D1", True), ("binh", "G3", True), ("binh", "D2", False),
    ("kien", "G1", True), ("lan", "LDLD", True), ("chi", "G1", False), ("quan", "G1", False), ("phuc", "LDLD", False),
])  # fmt: skip
def test_whose_figures_are_read(world: World, who: str, unit: str, reads: bool) -> None:
    book = shipped("phan-anh")
    if reads:
        assert figures_to_read(world.person(who), book, world.units[unit], YEAR).figures.unit == world.units[unit]
    else:
        with pytest.raises(Unreachable):
            figures_to_read(world.person(who), book, world.units[unit], YEAR)
    assert unit_by_code(unit, later(1).date()) == world.units[unit]


def helped(book: Book, world: World, unit: str, **quantities: int) -> Entry:
    """A round of help with a line of each kind."""
    entry = recorded(book, world, {"dip": "TET", "ngay": "2023-04-01"}, who=by_name(unit), unit=unit)
    for kind, quantity in quantities.items():
        line = Written("ho_tro", date(2023, 4, 1), kind=kind, source="CD", quantity=quantity, amount_vnd=9_000_000)
        assert isinstance(write_line(entry.pk, line, by=head_of(world, unit), at=later(1)), Made)
    return entry


def parts(book: Book, world: World, who: str, unit: str, *, own: bool = False) -> dict[str, int] | None:
    """Of the number of people helped, by kind."""
    figure = next(each for each in book.definition.figures if each.code == "luot")
    return figures_to_read(world.person(who, later(days=2)), book, world.units[unit], YEAR).figures.parts(figure, own=own)


@pytest.mark.parametrize("few", [{"MATVIEC": 3, "BHYT": 9}, {"MATVIEC": 1, "BHYT": 1}, {"MATVIEC": 4, "BHYT": 4}])
def test_parts_of_a_unit_that_has_a_small_one_are_told_inside_alone_and_above_only_where_others_cover_them(
    world: World, few: dict[str, int]
) -> None:
    book = shipped("cham-lo")
    helped(book, world, "G1", NHASUA=40, **few)
    assert parts(book, world, "an", "G1") == {"NHASUA": 40, **few}
    assert told(book, world.person("binh", later(days=2)), world.units["D1"], "luot", world.units["G1"]) == (40 + sum(few.values()), None)
    assert parts(book, world, "binh", "G1") is None
    # All that the district's unions have is what G1 has: their parts together would be those of G1.
    assert (parts(book, world, "binh", "D1"), parts(book, world, "bich", "LDLD")) == (None, None)
    helped(book, world, "G4", NHASUA=7)
    assert parts(book, world, "bich", "LDLD") == {"NHASUA": 47, **few}, "whose they are cannot be said"
    assert (parts(book, world, "bich", "D1"), parts(book, world, "bich", "D2")) == (None, None), "the one covers the other"
    helped(book, world, "D1", MATVIEC=2)
    assert parts(book, world, "binh", "D1", own=True) == {"MATVIEC": 2}, "the reader's own"


@pytest.mark.parametrize(("who", "tells"), [("an", True), ("binh", False), ("kien", False)])
def test_lines_of_help_are_told_in_their_unit_alone(world: World, who: str, tells: bool) -> None:
    """The large ones too: 23 in the figures less the 20 of a line would be the 3 of the other."""
    book = shipped("cham-lo")
    care(book, world, "G1", 20, 3)
    assert entry_to_read(world.person(who, later(days=2)), Entry.objects.get().pk).tells_lines is tells


def test_lines_of_a_register_that_hides_nothing_are_told_above(world: World) -> None:
    entry = recorded(shipped("phan-anh"), world, WISH)
    assert entry_to_read(world.person("binh", later(days=2)), entry.pk).tells_lines
