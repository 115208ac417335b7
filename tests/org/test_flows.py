"""What a reorganisation did to the units under one: every past on its way, whole or in part."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.reorganising import Absorbed, Closed, Decision, Established, Event, Merged, Place, Renamed, Split, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import annul_events, change_units, load_units, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import days_of_change, reorganisation, tree, unit_by_code, units_by_code
from tests.world import FIRST_DAY, OPENING, UNITS

pytestmark = pytest.mark.django_db

DAY, BEFORE, LATER = date(2025, 7, 1), date(2025, 6, 30), date(2026, 1, 1)
DECISION = Decision("12/QĐ-LĐLĐ", date(2025, 6, 15))
Told = dict[str, list[tuple[str, str, bool]]]


@pytest.fixture
def units() -> dict[str, int]:
    assert not load_units(UNITS.encode(), "units.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    return units_by_code(FIRST_DAY)


def happen(*events: Event) -> None:
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()


def told(under: int, after: date = BEFORE, until: date = DAY) -> Told:
    """By the last word of each new unit: old units by theirs, the unit above them, and whether only a part came."""
    found = reorganisation(under, after, until, Line.UNION)
    return {
        flow.name.split()[-1]: [(old.name.split()[-1], old.above_name.split()[-1], old.is_part) for old in flow.old] for flow in found.flows
    }


def new(units: dict[str, int], unit: int, name: str, day: date = DAY) -> Established:
    place = (Place(Line.UNION, units["D1"]),)
    return Established(day=day, unit=unit, name=name, kind="grassroots_union", code=name, places=place, decision=DECISION)


def test_nothing_happened_nothing_is_told(units: dict[str, int]) -> None:
    found = reorganisation(units["LDLD"], BEFORE, DAY, Line.UNION)
    assert (found.flows, found.gone, days_of_change()) == ((), (), [])


def test_mergers_parts_renames_moves_and_endings_each_have_their_way(units: dict[str, int]) -> None:
    happen(
        new(units, -1, "Mới"),
        Merged(day=DAY, unit=-1, predecessors=(units["G1"], units["G2"])),
        Split(day=DAY, unit=units["G4"], successors=((-1, None), (units["G4"], None))),
        Renamed(day=DAY, unit=units["G3"], name="Công đoàn Tư"),
        Transferred(day=DAY, unit=units["G5"], place=Place(Line.UNION, units["D1"])),
    )
    assert told(units["D1"]) == {
        "Mới": [("Hai", "1", False), ("Một", "1", False), ("Bốn", "2", True)],
        "Tư": [("Ba", "1", False)],
        "Năm": [("Năm", "2", False)],
    }
    assert told(units["D2"]) == {"Bốn": [("Bốn", "2", True)]}
    assert set(told(units["LDLD"])) == {"Mới", "Tư", "Năm", "Bốn"}
    assert told(units["D1"], DAY, LATER) == {}
    assert days_of_change() == [DAY]


def test_what_ended_without_a_successor_is_named_and_one_from_nothing_too(units: dict[str, int]) -> None:
    happen(Closed(day=DAY, unit=units["G3"]), new(units, -1, "Mới"))
    found = reorganisation(units["D1"], BEFORE, DAY, Line.UNION)
    assert [gone.name for gone in found.gone] == ["Công đoàn cơ sở Ba"]
    assert [(flow.name, flow.old, flow.event) for flow in found.flows] == [("Mới", (), None)]
    assert reorganisation(units["D2"], BEFORE, DAY, Line.UNION).gone == ()


def test_a_past_is_followed_through_several_days_and_a_part_stays_a_part(units: dict[str, int]) -> None:
    happen(
        new(units, -1, "Mới"),
        Split(day=DAY, unit=units["G1"], successors=((-1, Fraction(1, 3)), (units["G2"], Fraction(2, 3)))),
    )
    made = unit_by_code("Mới", DAY)
    assert made
    happen(Absorbed(day=LATER, unit=made, into=units["G3"]))
    assert told(units["D1"], BEFORE, LATER) == {
        "Hai": [("Hai", "1", False), ("Một", "1", True)],
        "Ba": [("Ba", "1", False), ("Một", "1", True)],
    }
    assert told(units["D1"], DAY, LATER) == {"Ba": [("Ba", "1", False), ("Mới", "1", False)]}


def test_what_was_taken_back_moved_nothing(units: dict[str, int]) -> None:
    happen(Absorbed(day=DAY, unit=units["G1"], into=units["G2"]))
    assert told(units["D1"]) == {"Hai": [("Hai", "1", False), ("Một", "1", False)]}
    assert annul_events([UnitEvent.objects.get().pk], reason="Nhầm", by=SYSTEM, at=OPENING).problems == ()
    assert (told(units["D1"]), days_of_change()) == ({}, [])


def test_the_number_of_queries_does_not_move(units: dict[str, int]) -> None:
    def queries(under: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            reorganisation(units[under], BEFORE, DAY, Line.UNION)
        return len(captured)

    happen(Absorbed(day=DAY, unit=units["G5"], into=units["G4"]))
    one = queries("D2")
    happen(*(Absorbed(day=DAY, unit=units[each], into=units["G3"]) for each in ("G1", "G2")))
    assert (queries("D1"), queries("LDLD")) == (one, one)


def test_ho_chi_minh_city_of_july_2025_comes_from_three_provinces_and_every_ward_from_its_own(shared_dir: Path) -> None:
    """Official lists: 168 wards, communes and special zones; every one of them changed its name, its past or its place."""
    data = shared_dir / "data"
    load_units((data / "admin_units_2025-03.csv").read_bytes(), "march.csv", on=date(2025, 3, 31), by=SYSTEM, at=OPENING)
    name = "admin_changes_2025.csv"
    assert change_units((data / name).read_bytes(), name, by=SYSTEM, at=OPENING).problems == ()
    city = unit_by_code("79", DAY)
    assert city
    found = reorganisation(city, BEFORE, DAY, Line.ADMIN)
    whole = next(flow for flow in found.flows if flow.id == city)
    assert [old.name for old in whole.old] == ["Thành phố Hồ Chí Minh", "Tỉnh Bà Rịa - Vũng Tàu", "Tỉnh Bình Dương"]
    assert {flow.id for flow in found.flows} == set(tree(DAY, Line.ADMIN).subtree(city))
    assert len(found.flows) == 169
    before = tree(BEFORE, Line.ADMIN)
    lowest = {unit for each in whole.old for unit in before.subtree(each.id) if before.interval(unit)[1] - before.interval(unit)[0] == 1}
    came = {old.id for flow in found.flows for old in flow.old} - {old.id for old in whole.old}
    assert lowest <= came | {gone.id for gone in found.gone}
    assert len(found.gone) == 37
