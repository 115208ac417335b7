"""Real due dates: rules of the regime on the working-day calendar, planned back from the top, and what is wrong with them."""

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.days import NonWorkingDay, UncoveredYearError, WorkingCalendar
from kheo.core.definition import definition_from_json, definition_hash, definition_to_json, load_definition
from kheo.core.definition.planning import PlanFault, PlannedDue, plan_dues, plan_faults
from tests.core.definition.campaigns import CAMPAIGNS, five_no
from tests.core.definition.sample import definition_of, problems_of, small
from tests.core.definition.test_calendars import vietnam

UNION = ("grassroots_union", "district_federation", "provincial_federation")


def staircase(rule: NonWorkingDay = "next", *dues: dict[str, Any], cutoff: dict[str, Any] | None = None) -> dict[str, Any]:
    """A campaign of as many tiers as there are rules, t0 at the bottom."""
    data = small()
    data["regime"]["non_working_day"] = rule
    data["regime"]["tiers"] = [
        {"id": f"t{index}", "name": f"Cấp {index}", "kinds": [UNION[index]], "line": "union", "due": {"N": due}}
        for index, due in enumerate(dues)
    ]
    data["regime"]["periods"][0]["cutoff"] = cutoff or data["regime"]["periods"][0]["cutoff"]
    return data


def day(number: int, month: int = 11, year: int = 0) -> dict[str, Any]:
    return {"day": number, "month": month, "year": year}


def back(tier: str, count: int) -> dict[str, Any]:
    return {"before": tier, "working_days": count}


def days_of(data: dict[str, Any], year: int, calendar: WorkingCalendar | None = None) -> dict[str, date]:
    definition = definition_of(data)
    cycle = definition.cycle(f"{year}-N")
    assert cycle is not None
    return {each.tier: each.day for each in plan_dues(definition.regime, cycle, calendar or vietnam().working)}


def test_a_tier_is_planned_back_from_the_real_day_of_the_tier_above() -> None:
    """18/11/2023 was a Saturday and moves to Monday the 20th; what hangs on it moves with it."""
    data = staircase("next", back("t1", 2), back("t2", 3), day(18))
    assert days_of(data, 2023) == {"t2": date(2023, 11, 20), "t1": date(2023, 11, 15), "t0": date(2023, 11, 13)}
    assert days_of(data, 2024) == {"t2": date(2024, 11, 18), "t1": date(2024, 11, 13), "t0": date(2024, 11, 11)}


@pytest.mark.parametrize(
    ("rule", "settled"), [("next", date(2023, 11, 20)), ("previous", date(2023, 11, 17)), ("same", date(2023, 11, 18))]
)
def test_saturday_18_november_2023_by_every_rule(rule: NonWorkingDay, settled: date) -> None:
    assert days_of(staircase(rule, back("t1", 1), day(18)), 2023) == {"t1": settled, "t0": date(2023, 11, 17 - (rule == "previous"))}


@pytest.mark.parametrize(
    ("year", "top", "lower"),
    [
        (2024, date(2024, 2, 15), date(2024, 2, 6)),  # Tết Giáp Thìn: 8 to 14 February, two weekends
        (2026, date(2026, 2, 23), date(2026, 2, 12)),  # Tết Bính Ngọ: 16 to 20 February between two weekends
    ],
)
def test_tet_is_passed_over_forwards_and_backwards(year: int, top: date, lower: date) -> None:
    data = staircase("next", back("t1", 2), day(14, 2) if year == 2024 else day(18, 2), cutoff=day(16, 11, -1))
    assert days_of(data, year) == {"t1": top, "t0": lower}


def test_why_a_day_differs_is_said_with_the_holidays_between() -> None:
    definition = definition_of(staircase("next", back("t1", 2), day(14, 2), cutoff=day(16, 11, -1)))
    cycle = definition.cycle("2024-N")
    assert cycle is not None
    assert plan_dues(definition.regime, cycle, vietnam().working) == (
        PlannedDue(
            "t0", "Cấp 0", date(2024, 2, 6), date(2024, 2, 6),
            "2 ngày làm việc trước hạn 15/02/2024 của Cấp 1, không tính Tết Nguyên đán Giáp Thìn và nghỉ bù",
        ),
        PlannedDue(
            "t1", "Cấp 1", date(2024, 2, 14), date(2024, 2, 15),
            "14/02/2024 là ngày nghỉ (Tết Nguyên đán Giáp Thìn và nghỉ bù): chuyển sang ngày làm việc kế tiếp",
        ),
    )  # fmt: skip


def test_a_leap_day_is_a_day_like_any_other() -> None:
    data = staircase("next", back("t1", 1), day(1, 3), cutoff=day(16, 11, -1))
    assert [days_of(data, year)["t0"] for year in (2023, 2024)] == [date(2023, 2, 28), date(2024, 2, 29)]


def test_a_swapped_saturday_counts_as_worked() -> None:
    """29/4/2024 is off in exchange for Saturday 4 May."""
    data = staircase("next", back("t1", 3), day(6, 5), cutoff=day(16, 11, -1))
    assert days_of(data, 2024) == {"t1": date(2024, 5, 6), "t0": date(2024, 5, 2)}


def test_a_year_nobody_has_announced_is_not_guessed() -> None:
    with pytest.raises(UncoveredYearError):
        days_of(staircase("next", back("t1", 1), day(18)), 2040)


def with_days_off(offs: set[int]) -> WorkingCalendar:
    first = date(2023, 1, 1)
    return WorkingCalendar(frozenset(range(2022, 2027)), frozenset(first + timedelta(days=each) for each in offs), frozenset())


CALENDARS = st.sets(st.integers(0, 800), max_size=200).map(with_days_off)
MOVES = st.sampled_from(["next", "previous", "same"])
COUNTS = st.lists(st.integers(1, 9), min_size=2, max_size=2)
DAYS = st.lists(st.integers(1, 30), min_size=3, max_size=3).map(sorted)


@settings(max_examples=30)
@given(calendar=CALENDARS, counts=COUNTS, top=st.integers(1, 30), rule=MOVES)
def test_exactly_so_many_working_days_lie_between_two_tiers(
    calendar: WorkingCalendar, counts: list[int], top: int, rule: NonWorkingDay
) -> None:
    """Oracle: counting the days off between, one by one."""
    days = days_of(staircase(rule, back("t1", counts[0]), back("t2", counts[1]), day(top, 10), cutoff=day(16, 11, -1)), 2024, calendar)
    for lower, upper, count in (("t0", "t1", counts[0]), ("t1", "t2", counts[1])):
        assert calendar.is_working(days[lower])
        between = [days[lower] + timedelta(days=each) for each in range((days[upper] - days[lower]).days)]
        assert sum(calendar.is_working(each) for each in between) == count
        assert days[lower] < days[upper]


@given(
    calendar=CALENDARS,
    ones=st.lists(st.integers(1, 30), min_size=3, max_size=3).map(sorted),
    rule=st.sampled_from(["next", "previous", "same"]),
)
def test_a_moved_lower_tier_never_passes_the_tier_above(calendar: WorkingCalendar, ones: list[int], rule: NonWorkingDay) -> None:
    """Settling keeps the order of days; two may meet on one day, which is a doubt and no error."""
    definition = definition_of(staircase(rule, *(day(each, 9) for each in ones), cutoff=day(16, 11, -1)))
    cycle = definition.cycle("2024-N")
    assert cycle is not None
    dues = plan_dues(definition.regime, cycle, calendar)
    faults = list(plan_faults(cycle, dues, calendar, {"t0": "t1", "t1": "t2"}))
    assert all(one.day <= next_one.day for one, next_one in pairwise(dues))
    assert [fault.tier for fault in faults if not fault.is_error] == [one.tier for one, two in pairwise(dues) if one.day == two.day]
    assert not [fault for fault in faults if fault.is_error]


def test_a_tier_due_after_the_tier_above_is_an_error() -> None:
    definition = definition_of(staircase("next", day(20), day(15)))
    cycle = definition.cycle("2023-N")
    assert cycle is not None
    dues = plan_dues(definition.regime, cycle, vietnam().working)
    assert list(plan_faults(cycle, dues, vietnam().working, {"t0": "t1"})) == [
        PlanFault("t0", "Hạn thứ Hai 20/11/2023 sau hạn của cấp trên “Cấp 1” (15/11/2023, kỳ 2023-N).", is_error=True),
    ]


def found(data: dict[str, Any]) -> list[str]:
    loaded = load_definition(json.dumps(data, indent=0), "thu.yaml", calendars={"vn"}, working={"vn": vietnam().working})
    return [str(problem) for problem in loaded.problems]


def test_no_working_day_between_cutoff_and_due_date_is_found_in_every_year_of_the_calendar() -> None:
    """NĐ 09/2019/NĐ-CP, Điều 12. The rule day is after the cut-off; only the calendar of 2026 brings them together."""
    data = staircase("previous", day(15), cutoff=day(13))
    data["regime"]["periods"][0]["closes"] = {"day": 14, "month": 11}
    problems = found(data)
    assert [problem.partition(": ")[2] for problem in problems] == [
        "regime.tiers[0].due.N: Hạn thứ Sáu 13/11/2026 không cách ngày chốt số liệu 13/11/2026 một ngày làm việc nào (kỳ 2026-N).",
    ]
    line = int(problems[0].split(":")[1])
    assert '"N": {' in json.dumps(data, indent=0).splitlines()[line - 1]
    data["year_to"] = 2025
    assert found(data) == []


def test_too_many_days_back_run_into_the_cutoff() -> None:
    assert found(staircase("next", back("t1", 1), day(15))) == []
    assert "không cách ngày chốt số liệu" in found(staircase("next", back("t1", 4), day(15)))[0]


def test_a_ring_an_unknown_tier_and_a_missing_period_are_each_told_at_their_place() -> None:
    ring = staircase("next", back("t1", 1), back("t0", 1))
    assert problems_of(ring) == [("regime.tiers[0].due.N.before", "Hạn tính lùi vòng tròn: “t0” → “t1” → “t0”.")]
    itself = staircase("next", back("t0", 1))
    assert problems_of(itself) == [("regime.tiers[0].due.N.before", "Hạn tính lùi vòng tròn: “t0” → “t0”.")]
    unknown = staircase("next", back("t9", 1), day(18))
    assert problems_of(unknown) == [("regime.tiers[0].due.N.before", "Không có cấp mã “t9”; hiện có: t0, t1.")]
    missing = staircase("next", back("t1", 1), day(18))
    missing["regime"]["tiers"][1]["due"] = {}
    assert ("regime.tiers[0].due.N.before", "Cấp “t1” chưa có hạn nộp cho kỳ “N” để tính lùi.") in problems_of(missing)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (
            {"before": "t1"},
            ("regime.tiers[0].due.N.working_days", "Thiếu khóa “working_days”. Số ngày làm việc trước hạn của cấp ấy, 1–60."),
        ),
        ({"before": "t1", "working_days": 0}, ("regime.tiers[0].due.N.working_days", "Số phải từ 1 trở lên, nhưng gặp “0”.")),
        ({"before": "t1", "working_days": "3"}, ("regime.tiers[0].due.N.working_days", "Cần một số nguyên, nhưng gặp “3”.")),
        (
            {"before": "t1", "working_days": 3, "day": 5},
            ("regime.tiers[0].due.N.day", "Không có khóa “day” ở đây; hiện có: before, working_days."),
        ),
        ({"day": 32, "month": 11}, ("regime.tiers[0].due.N.day", "Ngày phải là số từ 1 đến 31, hoặc last (ngày cuối tháng).")),
        ("mai", ("regime.tiers[0].due.N", "Cần một nhóm “khóa: giá trị”, nhưng gặp “mai”.")),
    ],
)
def test_a_rule_that_is_none_is_told_in_words(rule: Any, problem: tuple[str, str]) -> None:
    assert problem in problems_of(staircase("next", rule, day(18)))


def test_a_planned_back_rule_survives_json_and_changes_the_hash() -> None:
    one, other = (definition_of(staircase("next", back("t1", count), day(18))) for count in (1, 2))
    assert definition_from_json(json.loads(json.dumps(definition_to_json(one)))) == one
    assert definition_hash(one) != definition_hash(other)


@pytest.mark.parametrize("name", ["5-khong.yaml", "5-khong.2022.yaml"])
def test_the_shipped_campaigns_can_be_kept_in_every_year_of_the_calendar(name: str) -> None:
    loaded = load_definition((CAMPAIGNS / name).read_bytes(), name, calendars={"vn"}, working={"vn": vietnam().working})
    assert [str(problem) for problem in loaded.problems] == []


@pytest.mark.parametrize("code", [f"{year}-{period}" for year in range(2023, 2028) for period in ("6T", "N")])
def test_the_units_of_the_directive_have_two_working_days_before_their_recipients(code: str) -> None:
    """In 2027 the absolute dates that were proposed before (8/5, 13/11) both moved onto those of the tier above."""
    cycle, working = five_no().cycle(code), vietnam().working
    assert cycle is not None
    days = {each.tier: each.day for each in plan_dues(five_no().regime, cycle, working)}
    assert working.working_days(days["grassroots"], days["reporting_units"]) == 2
    assert days["grassroots"] < days["reporting_units"] < days["federation"]
    assert not list(plan_faults(cycle, plan_dues(five_no().regime, cycle, working), working, {"grassroots": "reporting_units"}))
