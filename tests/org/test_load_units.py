"""Loading units into the tree."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from kheo.core.reorganising import Closed, Established, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import LoadResult, load_units, record_events
from kheo.org.models import Relation, Unit, UnitCode, UnitKind, UnitName
from kheo.org.queries import listed, tree, unit_by_code, unit_facts, units_by_code
from tests.world import FIRST_DAY, OPENING, UNITS

pytestmark = pytest.mark.django_db


def load(text: str, on: date = FIRST_DAY, line: Line | None = None) -> LoadResult:
    return load_units(text.encode(), "units.csv", on=on, by=SYSTEM, at=OPENING, line=line)


def test_the_tree_is_what_the_file_says() -> None:
    assert load(UNITS) == LoadResult(8, 0, ())
    rows = [tuple(line.split(",")) for line in UNITS.strip().splitlines()[1:]]
    assert sorted(listed(FIRST_DAY)) == sorted(rows)
    snapshot = tree(FIRST_DAY)
    names = unit_facts(None, FIRST_DAY)
    assert [names[unit].code for unit in snapshot.units] == ["LDLD", "D1", "G3", "G2", "G1", "D2", "G4", "G5"]


def test_before_its_first_day_there_is_no_tree() -> None:
    load(UNITS)
    assert len(tree(date(2019, 12, 31))) == 0
    assert unit_by_code("G1", date(2019, 12, 31)) is None


def test_loading_a_file_twice_changes_nothing() -> None:
    load(UNITS)
    assert load(UNITS) == LoadResult(0, 8, ())
    assert (Unit.objects.count(), Relation.objects.count(), JournalEntry.objects.count()) == (8, 8, 1)


def test_nothing_is_loaded_when_one_line_is_wrong() -> None:
    result = load(UNITS + "G6,Công đoàn cơ sở Sáu,grassroots_union,D9\n")
    assert [str(problem) for problem in result.problems] == ["units.csv:10: parent_code: Không có đơn vị cấp trên mang mã “D9”."]
    assert (Unit.objects.count(), JournalEntry.objects.count()) == (0, 0)


def test_a_second_file_hangs_units_under_those_of_the_first() -> None:
    load(UNITS)
    added = load("code,name,kind,parent_code\nG6,Công đoàn cơ sở Sáu,grassroots_union,D2\n")
    assert added == LoadResult(1, 0, ())
    assert ("G6", "Công đoàn cơ sở Sáu", "grassroots_union", "D2") in listed(FIRST_DAY)


def test_a_file_does_not_move_a_unit_that_stands_elsewhere() -> None:
    load(UNITS)
    moved = load("code,name,kind,parent_code\nG1,Công đoàn cơ sở Một,grassroots_union,D2\n")
    assert [str(problem) for problem in moved.problems] == [
        "units.csv:2: parent_code: “G1” đang thuộc cấp trên khác; nạp tệp không chuyển đơn vị."
    ]
    assert ("G1", "Công đoàn cơ sở Một", "grassroots_union", "D1") in listed(FIRST_DAY)


def test_one_unit_stands_on_two_lines() -> None:
    load(UNITS)
    load(
        "code,name,kind,parent_code\nBDV,Ban Dân vận,party_board,\nLDLD,Liên đoàn Lao động Thành phố,provincial_federation,BDV\n",
        line=Line.PARTY,
    )
    assert len(tree(FIRST_DAY, Line.PARTY)) == 2
    assert len(tree(FIRST_DAY, Line.UNION)) == 8


def test_the_country_of_2023_loads_and_lists_back_as_it_was(shared_dir: Path) -> None:
    data = (shared_dir / "data" / "admin_units_2023.csv").read_bytes()
    result = load_units(data, "admin_units_2023.csv", on=date(2023, 1, 1), by=SYSTEM, at=OPENING)
    assert result == LoadResult(11_366, 0, ())
    lines = [",".join(cell.strip() for cell in row) for row in csv.reader(data.decode().splitlines()[1:])]  # one name ends in a blank
    assert sorted(",".join(row) for row in listed(date(2023, 6, 1), Line.ADMIN)) == sorted(lines)


def test_the_database_itself_refuses_two_names_kinds_codes_or_parents_on_one_day() -> None:
    load(UNITS)
    unit = Unit.objects.get(codes__value="G1")
    facts = [
        UnitName(unit=unit, name="Tên khác", folded="ten khac", sort_key="x", starts=date(2021, 1, 1), ends=date(2021, 1, 2)),
        UnitKind(unit=unit, kind="ward", starts=date(2025, 1, 1)),
        UnitCode(unit=unit, value="G9", starts=date(2025, 1, 1)),
        UnitCode(unit=Unit.objects.get(codes__value="G2"), value="G1", starts=date(2025, 1, 1)),
        Relation(line=Line.UNION, child=unit, parent=None, starts=date(2025, 1, 1)),
    ]
    for fact in facts:
        with pytest.raises(IntegrityError, match="exclusion"), transaction.atomic():
            fact.save()


def test_a_code_may_be_used_again_by_another_unit_after_its_span() -> None:
    load(UNITS)
    UnitCode.objects.filter(value="G1").update(ends=date(2024, 1, 1))
    heir = Unit.objects.get(codes__value="G2")
    UnitCode.objects.filter(unit=heir).update(ends=date(2024, 1, 1))
    UnitCode.objects.create(unit=heir, value="G1", starts=date(2024, 1, 1))
    old = unit_by_code("G1", date(2023, 12, 31))
    assert unit_by_code("G1", date(2024, 1, 1)) == heir.pk != old


def test_a_file_does_not_hang_units_under_one_that_will_end_nor_take_a_code_of_later() -> None:
    load(UNITS)
    units = {code: unit_by_code(code, FIRST_DAY) or 0 for code in ("D1", "D2", "G4", "G5", "LDLD")}
    later = date(2025, 7, 1)
    place = Place(Line.UNION, units["D1"])
    events = [
        Closed(day=later, unit=units["D2"]),
        Closed(day=later, unit=units["G4"]),
        Transferred(day=later, unit=units["G5"], place=place),
        Established(day=later, unit=-1, name="Công đoàn mới", kind="grassroots_union", code="G9", places=(place,)),
    ]
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()
    head = "code,name,kind,parent_code\n"
    under = load(head + "G8,Công đoàn Tám,grassroots_union,D2\n")
    assert [str(problem) for problem in under.problems] == [
        "units.csv:2: parent_code: Cấp trên “D2” đã ghi là kết thúc ngày 01/07/2025; hãy ghi bằng units changes."
    ]
    again = load(head + "G9,Công đoàn Chín,grassroots_union,D1\n")
    assert [str(problem) for problem in again.problems] == ["units.csv:2: code: Mã “G9” đã ghi cho một đơn vị khác từ ngày 01/07/2025."]
    second_line = load(head + "LDLD,Liên đoàn Lao động Thành phố,provincial_federation,D2\n", line=Line.COORDINATES)
    assert "D2" in second_line.problems[0].message
    assert "G8" not in units_by_code(FIRST_DAY)
