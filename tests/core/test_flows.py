"""The picture of a reorganisation as numbers."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.core.flows import GAP, NARROW, ROW, TOP, WIDE, Source, Target, picture


def test_a_new_unit_stands_level_with_the_middle_of_its_old_ones() -> None:
    drawn = picture([Target(9, "Sài Gòn", (Source(1, "Bến Nghé", False), Source(2, "Đa Kao", True)))])
    assert [(name.unit, name.y, name.text) for name in drawn.old] == [(1, 29, "Bến Nghé"), (2, 55, "Đa Kao")]
    assert [(name.unit, name.y) for name in drawn.new] == [(9, 42)]
    assert [(each.old, each.new, each.path, each.is_part) for each in drawn.ribbons] == [
        (1, 9, "M408 29C478 29 482 42 552 42", False),
        (2, 9, "M408 55C478 55 482 42 552 42", True),
    ]
    assert (drawn.width, drawn.height) == (960, TOP + 2 * ROW + GAP)


def test_an_old_unit_that_was_divided_stands_once_and_its_ribbons_cross() -> None:
    shared = Source(1, "Đa Kao", True)
    drawn = picture([Target(8, "Sài Gòn", (shared,)), Target(9, "Tân Định", (shared, Source(2, "Tân Định", False)))])
    assert [name.unit for name in drawn.old] == [1, 2]
    assert [(each.old, each.new) for each in drawn.ribbons] == [(1, 8), (1, 9), (2, 9)]
    assert drawn.ribbons[1].path.startswith("M408 29C")


def test_a_unit_from_nothing_has_a_row_and_a_long_name_is_cut_and_says_so() -> None:
    drawn = picture([Target(9, "Công đoàn cơ sở " * 5, ())])
    assert (drawn.old, drawn.ribbons, drawn.height) == ((), (), TOP + ROW + GAP)
    assert (len(drawn.new[0].text) <= WIDE.longest, drawn.new[0].text[-1], drawn.new[0].is_cut) == (True, "…", True)


def test_on_a_narrow_plane_the_same_rows_stand_closer_together() -> None:
    targets = [Target(9, "Sài Gòn", (Source(1, "Phường Bến Nghé thuộc Quận 1", False),))]
    wide, narrow = picture(targets), picture(targets, NARROW)
    assert [name.y for name in wide.old] == [name.y for name in narrow.old]
    assert (narrow.width, narrow.old[0].text, narrow.old[0].is_cut) == (400, "Phường Bến Nghé thuộ…", True)
    assert narrow.ribbons[0].path == "M178 29C204 29 200 29 226 29"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.integers(1, 20), unique=True, max_size=5), max_size=8))
def test_nothing_covers_anything_and_every_past_has_its_ribbon(groups: list[list[int]]) -> None:
    targets = [Target(100 + index, "", tuple(Source(unit, "", False) for unit in units)) for index, units in enumerate(groups)]
    drawn = picture(targets)
    for side in (drawn.old, drawn.new):
        rows = [name.y for name in side]
        assert all(later - earlier >= ROW for earlier, later in pairwise(rows))
        assert all(0 < row < drawn.height for row in rows)
    assert sorted((each.old, each.new) for each in drawn.ribbons) == sorted(
        (unit, 100 + index) for index, units in enumerate(groups) for unit in units
    )
