"""Finding units by name, old name and code, as of a day."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.reorganising import Absorbed, Closed, CodeChanged, Decision, Established, Event, Merged, Place, Renamed, Split
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import annul_events, load_units, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import Found, look_for, search, units_by_code
from kheo.org.queries.searching import FIND, MOST
from tests.world import FIRST_DAY, OPENING

pytestmark = pytest.mark.django_db

DAY, BEFORE, LATER = date(2025, 7, 1), date(2025, 6, 30), date(2026, 1, 1)
DECISION = Decision("1685/NQ-UBTVQH15", date(2025, 6, 16))
WARDS = """code,name,kind,parent_code
79,Thành phố Hồ Chí Minh,municipality,
760,Quận 1,urban_district,79
W1,Phường Hòa Hưng,ward,760
W2,Phường Hoa Hưng,ward,760
W3,Phường 1,ward,760
W10,Phường 10,ward,760
W4,Xã Bà Rịa – Vũng Tàu,commune,760
"""
PARTY = """code,name,kind,parent_code
DU,Đảng ủy Hòa Hưng,party_committee,
"""


@pytest.fixture
def units() -> dict[str, int]:
    for text, line in ((WARDS, Line.ADMIN), (PARTY, Line.PARTY)):
        assert not load_units(text.encode(), "units.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING, line=line).problems
    return units_by_code(FIRST_DAY)


def happen(*events: Event) -> None:
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()


def named(text: str, on: date = BEFORE, lines: Sequence[Line] = (Line.ADMIN,)) -> list[str]:
    return [each.name for each in search(text, on, lines)[0]]


def only(text: str, on: date) -> Found:
    (found,), _ = search(text, on, [Line.ADMIN])
    return found


@pytest.mark.parametrize("text", ["Phường Hòa Hưng", "phường hoà hưng", "  PHƯỜNG   HOÀ HƯNG ", "hòa hưng"])
def test_the_place_of_the_tone_mark_case_and_spaces_do_not_count_and_the_tone_decides_the_order(units: dict[str, int], text: str) -> None:
    assert named(text) == ["Phường Hòa Hưng", "Phường Hoa Hưng"]


def test_without_tones_everything_of_that_spelling_is_found(units: dict[str, int]) -> None:
    assert sorted(named("hoa hung")) == ["Phường Hoa Hưng", "Phường Hòa Hưng"]
    assert named("vung ria") == ["Xã Bà Rịa – Vũng Tàu"]
    assert named("Bà Rịa-Vũng Tàu") == ["Xã Bà Rịa – Vũng Tàu"]


def test_a_whole_word_comes_before_a_word_that_only_begins_so(units: dict[str, int]) -> None:
    assert named("phường 1") == ["Phường 1", "Phường 10"]
    assert named("1")[0] in ("Phường 1", "Quận 1")
    assert sorted(named("hư")) == ["Phường Hoa Hưng", "Phường Hòa Hưng"]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "%", "_", "' & ' | !", "hòa\\", "zzz"])
def test_signs_of_the_database_are_only_signs(units: dict[str, int], text: str) -> None:
    assert named(text) == (["Phường Hòa Hưng", "Phường Hoa Hưng"] if text == "hòa\\" else [])


@pytest.mark.parametrize("text", ["Phường 1, Quận 1", "phuong 1 quan 1", "phường 1 - quận 1"])
def test_a_unit_is_found_with_the_one_above_it(units: dict[str, int], text: str) -> None:
    assert named(text) == ["Phường 1"]
    assert named("phường 1 quận 2") == []


def test_a_line_that_is_not_asked_stays_out(units: dict[str, int]) -> None:
    assert "Đảng ủy Hòa Hưng" not in named("hòa hưng")
    assert named("hòa hưng", lines=[Line.PARTY]) == ["Đảng ủy Hòa Hưng"]
    assert named("DU") == []


def test_an_old_ward_leads_to_the_units_it_is_in_now_with_the_decision(units: dict[str, int]) -> None:
    place = (Place(Line.ADMIN, units["79"]),)
    happen(
        Established(day=DAY, unit=-1, name="Phường Sài Gòn", kind="ward", code="N1", places=place, decision=DECISION),
        Merged(day=DAY, unit=-1, predecessors=(units["W1"], units["W2"]), decision=DECISION),
        Established(day=DAY, unit=-2, name="Phường Bến Thành", kind="ward", code="N2", places=place, decision=DECISION),
        Split(day=DAY, unit=units["W3"], successors=((-2, None), (units["W10"], None)), decision=DECISION),
    )
    before = search("hòa hưng", BEFORE, [Line.ADMIN])[0][0]
    assert (before.is_there, before.heirs, before.ending) == (True, (), None)
    after = search("hòa hưng", DAY, [Line.ADMIN])[0][0]
    assert (after.name, after.is_there, after.ends) == ("Phường Hòa Hưng", False, DAY)
    assert [heir.name for heir in after.heirs] == ["Phường Sài Gòn"]
    assert after.ending
    assert (after.ending.kind, after.ending.day, after.ending.decision_number) == ("merged", DAY, "1685/NQ-UBTVQH15")
    parts = search("phường 1", DAY, [Line.ADMIN])[0][0]
    assert [heir.name for heir in parts.heirs] == ["Phường 10", "Phường Bến Thành"]
    # Through a second reorganisation, and back when that one is taken back.
    (new,) = search("Phường Sài Gòn", DAY, [Line.ADMIN])[0]
    happen(Absorbed(day=LATER, unit=new.id, into=units["W10"]))
    assert [heir.name for heir in search("hòa hưng", LATER, [Line.ADMIN])[0][0].heirs] == ["Phường 10"]
    assert annul_events([UnitEvent.objects.get(kind="absorbed").pk], reason="Nhầm", by=SYSTEM, at=OPENING).problems == ()
    assert [heir.name for heir in search("hòa hưng", LATER, [Line.ADMIN])[0][0].heirs] == ["Phường Sài Gòn"]


def test_a_unit_that_nobody_follows_says_so(units: dict[str, int]) -> None:
    happen(Closed(day=DAY, unit=units["W4"]))
    found = only("vũng tàu", DAY)
    assert (found.is_there, found.heirs, found.ending and found.ending.kind) == (False, (), "closed")


def test_a_unit_is_found_by_its_old_name_and_shown_by_that_of_the_day(units: dict[str, int]) -> None:
    happen(Renamed(day=DAY, unit=units["W4"], name="Xã Long Hải"))
    assert (only("vũng tàu", DAY).name, only("vũng tàu", DAY).matched) == ("Xã Long Hải", "Xã Bà Rịa – Vũng Tàu")
    assert (only("long hải", BEFORE).name, only("long hải", BEFORE).matched) == ("Xã Bà Rịa – Vũng Tàu", "Xã Long Hải")
    assert (only("long hải", DAY).matched, only("long hải", DAY).above) == ("", "Quận 1")


def test_a_code_finds_whoever_carries_it_on_any_day(units: dict[str, int]) -> None:
    happen(CodeChanged(day=DAY, unit=units["W1"], code="X9"), CodeChanged(day=DAY, unit=units["W2"], code="W1"))
    assert {each.id: each.code for each in search("w1", DAY, [Line.ADMIN])[0]} == {units["W1"]: "X9", units["W2"]: "W1"}


def test_a_unit_to_come_says_from_when(units: dict[str, int]) -> None:
    place = (Place(Line.ADMIN, units["79"]),)
    happen(Established(day=DAY, unit=-1, name="Đặc khu Côn Đảo", kind="special_zone", code="CD", places=place))
    found = only("côn đảo", BEFORE)
    assert (found.is_there, found.begins, found.heirs, found.ending) == (False, DAY, (), None)


def test_the_number_of_queries_does_not_move_and_a_page_says_that_there_are_more(units: dict[str, int]) -> None:
    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            search(text, DAY, [Line.ADMIN])
        return len(captured)

    few = queries("vũng tàu")
    rows = "".join(f"K{number},Khu phố Nhà Mới {number},ward,760\n" for number in range(MOST + 7))
    loaded = load_units((WARDS + rows).encode(), "units.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING, line=Line.ADMIN)
    assert not loaded.problems
    found, has_more = search("nhà mới", DAY, [Line.ADMIN])
    assert (len(found), has_more, queries("nhà mới"), queries("vũng tàu")) == (MOST, True, few, few)


def test_words_and_beginnings_are_looked_up_in_their_indexes(units: dict[str, int]) -> None:
    values = {
        "lines": ["admin"],
        "heads": ["a"],
        "tails": ["b"],
        "codes": ["x"],
        "beginning": "hoa%",
        "whole": "'hoa' & 'hung'",
        "begun": "'hoa' & 'hung':*",
        "most": 200,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + FIND, values)
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert "words_of_a_name" in plan
    assert "beginning_of_a_name" in plan


def test_zeros_before_a_number_and_shortened_kinds_do_not_count(units: dict[str, int]) -> None:
    rows = "W77,Phường 07,ward,760\n770,Quận 03,urban_district,79\nW8,Phường 8,ward,770\n"
    assert not load_units((WARDS + rows).encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING, line=Line.ADMIN).problems
    for text in ("phường 7", "Phường 07", "P.7", "p7 q1", "P.07, Q.1", "Phường 7 - Quận 01"):
        assert named(text)[0] == "Phường 07", text
    for text in ("P.8 Q.3", "phường 08 quận 3", "Phường 8, Quận 03"):
        assert named(text) == ["Phường 8"], text
    assert named("p.9") == []


def test_exactly_what_was_asked_for_is_marked(units: dict[str, int]) -> None:
    def meant(text: str) -> list[str]:
        return [each.name for each in search(text, BEFORE, [Line.ADMIN])[0] if each.is_meant]

    assert meant("phường hoà hưng") == ["Phường Hòa Hưng"]
    assert sorted(meant("phuong hoa hung")) == ["Phường Hoa Hưng", "Phường Hòa Hưng"]
    assert meant("Phường 1, Quận 1") == meant("P.01") == ["Phường 1"]
    assert meant("w10") == ["Phường 10"]
    assert meant("hòa hưng") == meant("phường") == []


def test_everything_found_is_told_a_page_at_a_time_once(units: dict[str, int]) -> None:
    rows = "".join(f"K{number},Khu phố Nhà Mới {number},ward,760\n" for number in range(MOST + 7))
    assert not load_units((WARDS + rows).encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING, line=Line.ADMIN).problems
    hits = look_for("nhà mới", DAY, [Line.ADMIN])
    first, second = hits.told(), hits.told(MOST)
    assert (len(hits.ranked), len(first), len(second), hits.told(2 * MOST)) == (MOST + 7, MOST, 7, [])
    assert len({each.id for each in (*first, *second)}) == MOST + 7
    assert not hits.is_cut
