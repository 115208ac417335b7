"""The chart of progress as numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kheo.core.chart import LEFT, RIGHT, WIDTH, Chart, DayCount, progress_chart

FIRST = date(2023, 11, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def chart(days: list[tuple[int, int, int]], *, today: int, dues: tuple[int, ...] = (), expected: int = 100) -> Chart:
    counts = [DayCount(day(number), *sums) for number, sums in enumerate(days)]
    return progress_chart(counts, day(today), [day(due) for due in dues], expected)


def points(path: str) -> list[tuple[int, int]]:
    """The corners of an absolute M … L … path."""
    return [(int(x), int(y)) for x, y in (pair.split() for pair in path.removeprefix("M").split("L"))]


def test_lines_run_from_the_left_edge_to_today_and_no_further() -> None:
    drawn = chart([(0, 0, 0), (50, 0, 0), (50, 0, 0), (50, 0, 100), (50, 0, 100)], today=2, dues=(3,))
    base, top = drawn.base, drawn.base - 200
    assert points(drawn.received) == [(LEFT, base), (277, (base + top) // 2), (498, (base + top) // 2)]
    assert drawn.received_area == f"{drawn.received}V{base}H{LEFT}Z"


def test_what_is_owed_is_a_stair_over_all_days() -> None:
    drawn = chart([(0, 0, 0), (0, 0, 60), (0, 0, 100)], today=0, dues=(1, 2))
    base = drawn.base
    assert drawn.owed == f"M{LEFT} {base}H498V{base - 120}H{WIDTH - RIGHT}V{base - 200}"


def test_levels_are_nothing_half_and_everything() -> None:
    drawn = chart([(0, 0, 0), (0, 0, 0)], today=0, expected=1107)
    assert [(line.text, drawn.base - line.y) for line in drawn.gridlines] == [("0", 0), ("554", 100), ("1.107", 200)]


def test_due_labels_that_would_cover_each_other_stand_in_rows() -> None:
    drawn = chart([(0, 0, 0)] * 30, today=0, dues=(10, 11, 12, 25))
    rows = [due.label.y for due in drawn.dues]
    assert [due.label.text for due in drawn.dues] == ["Hạn 11/11", "Hạn 12/11", "Hạn 13/11", "Hạn 26/11"]
    assert rows[0] > rows[1] > rows[2]
    assert rows[3] == rows[0]


def test_today_has_its_name_and_no_date_beside_it() -> None:
    drawn = chart([(0, 0, 0)] * 30, today=14)
    near = [tick.text for tick in drawn.ticks if abs(tick.x - next(each.x for each in drawn.ticks if each.text == "hôm nay")) < 74]
    assert near == ["hôm nay"]


@pytest.mark.parametrize(("today", "anchor"), [(14, "middle"), (29, "end")])
def test_the_name_of_today_does_not_run_over_the_edge(today: int, anchor: str) -> None:
    (label,) = [tick for tick in chart([(0, 0, 0)] * 30, today=today).ticks if tick.text == "hôm nay"]
    assert label.anchor == anchor


def test_after_the_cycle_there_is_no_today_on_the_axis() -> None:
    assert "hôm nay" not in [tick.text for tick in chart([(0, 0, 0)] * 3, today=40).ticks]


def test_the_numbers_at_the_ends_of_the_lines_do_not_cover_each_other() -> None:
    first, second = chart([(0, 0, 0), (90, 89, 0)], today=1).ends
    assert (first.text, second.text, second.y - first.y >= 18) == ("90 đã nộp", "89 đã chấp nhận", True)


def test_one_day_is_no_line() -> None:
    with pytest.raises(ValueError, match="two days"):
        chart([(1, 1, 1)], today=0)


@given(some.lists(some.integers(0, 30), min_size=2, max_size=60), some.integers(0, 70))
def test_nothing_is_drawn_outside_and_lines_never_fall(news: list[int], today: int) -> None:
    sums = [sum(news[: place + 1]) for place in range(len(news))]
    drawn = chart([(each, each // 2, each) for each in sums], today=today, expected=sum(news))
    for path in (drawn.received, drawn.accepted):
        places = points(path)
        assert all(LEFT <= x <= WIDTH - RIGHT and drawn.base - 200 <= y <= drawn.base for x, y in places)
        assert [y for _, y in places] == sorted((y for _, y in places), reverse=True)
