"""Keeping where units lie on the ground."""

from datetime import date

import pytest

from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import BordersKept, keep_borders
from kheo.org.models import UnitBorder
from kheo.org.queries import Box, borders_within
from tests.core.test_borders import BESIDE, SQUARE, feature, written
from tests.world import FIRST_DAY, OPENING, World, small_world

DAY = date(2023, 4, 1)


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_borders_are_kept_with_the_units_of_the_day_and_found_by_where_they_lie(world: World) -> None:
    one, two = "G1", "G2"
    kept = keep_borders(written(feature(one, [SQUARE]), feature(two, [BESIDE])), "x.geojson", on=DAY, by=SYSTEM, at=OPENING)
    assert kept == BordersKept(2, 10)
    everywhere = borders_within(Box(105_000_000, 9_000_000, 107_000_000, 11_000_000), DAY)
    assert {each.unit for each in everywhere} == {world.units["G1"], world.units["G2"]}
    (west,) = borders_within(Box(105_000_000, 9_000_000, 106_050_000, 10_050_000), DAY)
    assert west.unit == world.units["G1"]
    assert west.name
    assert JournalEntry.objects.get(act="keep_borders").detail["borders"] == 2
    again = keep_borders(written(feature(one, [BESIDE])), "y.geojson", on=DAY, by=SYSTEM, at=OPENING)
    assert again.kept == 1
    assert UnitBorder.objects.get(unit=world.units["G1"]).west == 106_100_000


def test_nothing_is_kept_where_one_code_was_nobodys_on_the_day(world: World) -> None:
    data = written(feature("G1", [SQUARE]), feature("không có", [BESIDE]))
    refused = keep_borders(data, "x.geojson", on=DAY, by=SYSTEM, at=OPENING)
    assert [(each.line, each.message) for each in refused.problems] == [(2, "Ngày 01/04/2023 không có đơn vị mã không có.")]
    assert keep_borders(written(feature("G1", [SQUARE])), "x", on=FIRST_DAY.replace(year=1990), by=SYSTEM, at=OPENING).problems
    assert not UnitBorder.objects.exists()
