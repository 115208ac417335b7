"""How far a directive has come, and how long each level took."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kheo.core.days import WorkingCalendar
from kheo.core.relaying.chain import Passage, Reached, Took, days_per_level, reached, working_days_after
from tests.core.calendars import vn

MONDAY = date(2023, 3, 20)
TODAY = date(2023, 4, 7)


def _passage(days: int | None, level: int = 1, units: int = 1) -> Passage:
    return Passage(level, MONDAY, None if days is None else MONDAY + timedelta(days=days), units)


def test_a_unit_stands_where_its_last_step_left_it() -> None:
    assert [
        reached(sent=False, acknowledged=False, relayed=False),
        reached(sent=True, acknowledged=False, relayed=False),
        reached(sent=True, acknowledged=True, relayed=False),
        reached(sent=True, acknowledged=False, relayed=True),
    ] == [Reached.UNSENT, Reached.SENT, Reached.ACKNOWLEDGED, Reached.RELAYED]


def test_tells_median_ninth_decile_and_slowest_of_each_level() -> None:
    passages = [_passage(0, level=0), *(_passage(days) for days in (1, 2, 3, 4, 5, 6, 7, 8, 9, 15))]
    top, districts = days_per_level(passages, TODAY, vn())
    assert (top.level, top.calendar_days) == (0, Took(0, 0, 0))
    assert (districts.level, districts.relayed, districts.waiting, districts.calendar_days) == (1, 10, 0, Took(5, 9, 15))


def test_working_days_leave_out_weekends_and_the_day_of_arrival() -> None:
    """Friday to Monday is one working day; Monday to the Monday after is five."""
    assert working_days_after(date(2023, 3, 17), MONDAY, vn()) == 1
    assert working_days_after(MONDAY, MONDAY + timedelta(days=7), vn()) == 5
    assert working_days_after(MONDAY, MONDAY, vn()) == 0
    assert working_days_after(date(2023, 3, 18), MONDAY, vn()) == 1
    (level,) = days_per_level([_passage(7)], TODAY, vn())
    assert (level.calendar_days, level.working_days) == (Took(7, 7, 7), Took(5, 5, 5))


def test_who_still_waits_is_told_apart_and_not_in_the_median() -> None:
    (level,) = days_per_level([_passage(2), _passage(None, units=3), Passage(1, MONDAY + timedelta(days=9), None)], TODAY, vn())
    assert (level.relayed, level.waiting, level.calendar_days, level.waited) == (1, 4, Took(2, 2, 2), 18)


def test_a_level_where_nobody_has_passed_it_on_has_no_days() -> None:
    (level,) = days_per_level([_passage(None)], TODAY, vn())
    assert (level.calendar_days, level.working_days, level.waited) == (None, None, 18)


def test_a_year_without_holidays_gives_calendar_days_only() -> None:
    bare = WorkingCalendar(frozenset({2022}), frozenset(), frozenset())
    (level,) = days_per_level([_passage(3)], TODAY, bare)
    assert (level.calendar_days, level.working_days) == (Took(3, 3, 3), None)


def test_who_passed_it_on_before_it_was_sent_took_no_days() -> None:
    """A letter that came by hand may be passed on before the system's copy arrives."""
    (level,) = days_per_level([_passage(-2)], TODAY, vn())
    assert level.calendar_days == Took(0, 0, 0)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5)), min_size=1, max_size=30))
def test_units_counted_together_give_what_each_of_them_alone_would(counted: list[tuple[int, int]]) -> None:
    together = days_per_level([_passage(days, units=units) for days, units in counted], TODAY, vn())
    alone = days_per_level([_passage(days) for days, units in counted for _ in range(units)], TODAY, vn())
    assert together == alone
