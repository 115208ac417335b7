"""Freezing the tree of a day."""

from datetime import date

import pytest

from kheo.core.reorganising import Renamed
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import freeze_tree, load_units, record_events
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_fault, tree, units_by_code
from tests.world import FIRST_DAY, OPENING, UNITS

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> dict[str, int]:
    assert not load_units(UNITS.encode(), "units.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    return units_by_code(FIRST_DAY)


def test_every_unit_is_kept_as_it_was_on_the_day(units: dict[str, int]) -> None:
    snapshot = freeze_tree(FIRST_DAY, Line.UNION)
    shape = tree(FIRST_DAY)
    kept = list(SnapshotUnit.objects.filter(snapshot=snapshot).order_by("position"))
    assert [(row.unit_id, row.position, row.ends_at, row.depth) for row in kept] == [
        (unit, place, shape.ends[place], shape.depths[place]) for place, unit in enumerate(shape.units)
    ]
    assert [(row.parent_id, row.ancestors) for row in kept] == [(shape.parent(unit), shape.ancestors(unit)) for unit in shape.units]
    g1 = next(row for row in kept if row.unit_id == units["G1"])
    assert (g1.code, g1.name, g1.kind) == ("G1", "Công đoàn cơ sở Một", "grassroots_union")
    assert snapshot_fault(snapshot) is None


@pytest.mark.parametrize("name", ["a\\b", "\\N", "\\.", "dấu ' và \" và {,}", "\\\\", "Công đoàn €"])
def test_what_means_something_to_the_database_is_kept_as_written(units: dict[str, int], name: str) -> None:
    record_events([Renamed(day=date(2021, 1, 1), unit=units["G1"], name=name)], by=SYSTEM, at=OPENING)
    snapshot = freeze_tree(date(2021, 1, 1), Line.UNION)
    assert SnapshotUnit.objects.get(snapshot=snapshot, unit=units["G1"]).name == name
    assert snapshot_fault(snapshot) is None


def test_an_equal_tree_is_kept_once_and_another_beside_it(units: dict[str, int]) -> None:
    first = freeze_tree(FIRST_DAY, Line.UNION)
    assert freeze_tree(date(2022, 1, 1), Line.UNION) == first
    record_events([Renamed(day=date(2023, 1, 1), unit=units["G1"], name="Tên mới")], by=SYSTEM, at=OPENING)
    second = freeze_tree(date(2023, 1, 1), Line.UNION)
    assert second != first
    assert [SnapshotUnit.objects.get(snapshot=each, unit=units["G1"]).name for each in (first, second)] == [
        "Công đoàn cơ sở Một",
        "Tên mới",
    ]
