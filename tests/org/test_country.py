"""The real country: 2023, every change to March 2025, the reform of 1 July 2025, 2026. What comes out equals the official lists.

`bench/country.py` prints how long each step takes.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import Reorganised, annul_events, change_units, load_units
from kheo.org.models import Succession, UnitEvent
from kheo.org.queries import events_of_batch, listed, look_for, unit_by_code
from tests.world import OPENING

pytestmark = pytest.mark.django_db

FIRST, MARCH, JULY, SPRING = date(2023, 4, 10), date(2025, 3, 31), date(2025, 7, 1), date(2026, 4, 30)

# Where somebody's ward of 2023 is on a day, asked as people ask.
OLD_WARDS: dict[tuple[str, date], list[tuple[str, list[str]]]] = {
    ("Phường Bến Nghé", JULY): [("Phường Bến Nghé", ["Phường Sài Gòn"])],
    ("P.1, Q.3", JULY): [("Phường 1", ["Phường Bàn Cờ"])],  # “Phường 01” until the end of 2024
    ("Phường 01 Quận 3", SPRING): [("Phường 1", ["Phường Bàn Cờ"])],
    ("phuong phu hoa, tp. thu dau mot", JULY): [("Phường Phú Hòa", ["Phường Phú Lợi"])],  # Bình Dương
    ("Phường 1, TP. Vũng Tàu", JULY): [("Phường 1", ["Phường Vũng Tàu"])],  # Bà Rịa – Vũng Tàu
    ("Phường Cống Vị", JULY): [("Phường Cống Vị", ["Phường Giảng Võ", "Phường Ngọc Hà"])],
    ("26740", JULY): [("Phường Bến Nghé", ["Phường Sài Gòn"])],  # the code went on to the new ward
    ("Phường Bến Nghé", MARCH): [],
}


def official(path: Path) -> list[tuple[str, ...]]:
    """The rows of an official list, as they stand but for blanks around a cell (one name of 2023 ends in one)."""
    with path.open(encoding="utf-8") as file:
        return sorted(tuple(cell.strip() for cell in row) for row in list(csv.reader(file))[1:])


def change(data: Path, name: str) -> Reorganised:
    return change_units((data / name).read_bytes(), name, by=SYSTEM, at=OPENING)


def test_the_country_of_2023_becomes_that_of_2025_and_2026(shared_dir: Path) -> None:
    data = shared_dir / "data"
    load_units((data / "admin_units_2023.csv").read_bytes(), "2023.csv", on=FIRST, by=SYSTEM, at=OPENING)
    lists = {FIRST: "2023", MARCH: "2025-03", JULY: "2025", SPRING: "2026"}
    changed = [change(data, f"admin_changes_{name}.csv") for name in ("2023-2025", "2025", "2026")]
    assert [done.problems for done in changed] == [(), (), ()]
    for day, name in lists.items():
        assert sorted(listed(day, Line.ADMIN)) == official(data / f"admin_units_{name}.csv"), name
    # What is doubtful in the files is told, line by line (docs/decisions/015): nothing is mended behind their writer's back.
    assert [problem.line for problem in changed[1].doubts] == [10_725]
    assert all("có thể là sáp nhập" in problem.message for problem in changed[0].doubts)
    assert len(changed[0].doubts) == 81
    _every_old_ward_is_followed()
    _codes_are_found_by_their_day()
    for (asked, on), heirs in OLD_WARDS.items():
        found = [each for each in look_for(asked, on, [Line.ADMIN]).told() if each.is_meant and not each.is_there]
        assert [(each.name, [heir.name for heir in each.heirs]) for each in found][: len(heirs)] == heirs, asked
    for done in reversed(changed[1:]):
        assert done.batch is not None
        taken_back = annul_events(events_of_batch(done.batch), reason="Thử huỷ cả đợt", by=SYSTEM, at=OPENING)
        assert (taken_back.problems, taken_back.events) == ((), done.events)
    for day in (MARCH, JULY, SPRING):
        assert sorted(listed(day, Line.ADMIN)) == official(data / "admin_units_2025-03.csv")


def _every_old_ward_is_followed() -> None:
    """Of 10,047 communes of March each goes on itself or leaves its past to somebody; parts are never given a share."""
    ended = UnitEvent.objects.filter(day=JULY, kind="closed")
    assert ended.count() == 691  # the districts, and nothing else
    parts = Succession.objects.filter(event__kind="split")
    assert (parts.count(), parts.filter(numerator__isnull=False).count()) == (1_012, 0)


def _codes_are_found_by_their_day() -> None:
    """26734 was “Phường Tân Định”, which is a new unit 26737 after the reform."""
    old = unit_by_code("26734", MARCH)
    assert old is not None
    assert unit_by_code("26734", JULY) is None
    heirs = set(Succession.objects.filter(predecessor=old).values_list("successor_id", flat=True))
    assert unit_by_code("26737", JULY) in heirs
