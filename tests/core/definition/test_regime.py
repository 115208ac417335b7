"""From the code of a cycle to its days: half-years, years, quarters and months by the same rules."""

import itertools
from datetime import date

import pytest

from kheo.core.definition import CycleDates, DayRule, Period, Regime, Tier
from kheo.core.definition.regime import BackRule, cycles_in
from tests.core.definition.campaigns import SECOND, five_no, five_no_2022, load


def test_the_half_year_of_the_directive() -> None:
    assert five_no().cycle("2023-6T") == CycleDates(
        code="2023-6T",
        name="6 tháng đầu năm 2023",
        period="6T",
        year=2023,
        step=1,
        opens=date(2022, 11, 11),
        closes=date(2023, 5, 6),
        cutoff=date(2023, 5, 5),
        due={"reporting_units": date(2023, 5, 10), "federation": date(2023, 5, 18)},
        back={"grassroots": BackRule(before="reporting_units", working_days=2)},
        copies={("reporting_units", "district_party_board"): date(2023, 5, 12)},
    )


def test_the_year_of_the_directive() -> None:
    cycle = five_no().cycle("2023-N")
    assert cycle is not None
    assert (cycle.opens, cycle.closes, cycle.cutoff) == (date(2022, 11, 11), date(2023, 11, 11), date(2023, 11, 10))
    assert cycle.due == {"reporting_units": date(2023, 11, 15), "federation": date(2023, 11, 18)}
    assert cycle.back == {"grassroots": BackRule(before="reporting_units", working_days=2)}


def test_the_first_edition_calls_its_cycle_by_the_year() -> None:
    cycle = five_no_2022().cycle("2022")
    assert cycle is not None
    assert (cycle.name, cycle.period, cycle.opens, cycle.cutoff) == ("Năm 2022", "N", date(2021, 11, 16), date(2022, 11, 10))


@pytest.mark.parametrize(
    "code", ["2022-6T", "2023", "2023-N ", "2023-n", "23-N", "2023-6T-N", "", "0000-N", "9999-N", "２０２３-N", "2023-N\n"]
)
def test_other_codes_name_no_cycle(code: str) -> None:
    assert five_no().cycle(code) is None


def test_an_edition_that_has_ended_has_no_later_cycles() -> None:
    assert five_no_2022().cycle("2023") is None


def test_a_month_ends_on_its_own_last_day() -> None:
    definition = load(SECOND)
    cycles = [definition.cycle(f"{year}-{month:02d}") for year in (2024, 2025) for month in range(1, 13)]
    days = [(cycle.opens, cycle.cutoff, cycle.closes) for cycle in cycles if cycle is not None]
    assert len(days) == 24
    assert days[1] == (date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 1))
    assert days[13] == (date(2025, 2, 1), date(2025, 2, 28), date(2025, 3, 1))
    assert days[23] == (date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert all(earlier[2] == later[0] for earlier, later in itertools.pairwise(days))
    assert all((closes - cutoff).days == 1 for _, cutoff, closes in days)


@pytest.mark.parametrize("code", ["2024-00", "2024-13", "2024-1", "2023-12", "2027-01"])
def test_a_month_that_is_none_names_no_cycle(code: str) -> None:
    assert load(SECOND).cycle(code) is None


def test_due_dates_pass_into_the_next_year() -> None:
    cycle = load(SECOND).cycle("2025-12")
    assert cycle is not None
    assert cycle.name == "Tháng 12 năm 2025"
    assert cycle.due == {"wards": date(2026, 1, 5), "districts": date(2026, 1, 7)}


def quarterly() -> Regime:
    period = Period(
        id="Q",
        code="{year}-Q{quarter}",
        name="Quý {quarter} năm {year}",
        frequency="quarter",
        opens=DayRule(day=15, month=-1),
        closes=DayRule(day=15, month=2),
        cutoff=DayRule(day=14, month=2),
    )
    tier = Tier(id="all", name="Tất cả", kinds=("ward",), line="admin", due={"Q": DayRule(day=20, month=2)})
    return Regime(periods=(period,), tiers=(tier,), non_working_day="same", calendar="vn")


def test_quarters_as_the_decree_cuts_them() -> None:
    """NĐ 09/2019/NĐ-CP, Điều 12: from the 15th of the month before the quarter to the 14th of its last month."""
    cycles = list(cycles_in(quarterly(), 2023))
    assert [(cycle.code, cycle.opens, cycle.cutoff) for cycle in cycles] == [
        ("2023-Q1", date(2022, 12, 15), date(2023, 3, 14)),
        ("2023-Q2", date(2023, 3, 15), date(2023, 6, 14)),
        ("2023-Q3", date(2023, 6, 15), date(2023, 9, 14)),
        ("2023-Q4", date(2023, 9, 15), date(2023, 12, 14)),
    ]


def test_every_cycle_is_found_again_by_its_code() -> None:
    for definition in (five_no(), load(SECOND)):
        for cycle in cycles_in(definition.regime, 2024):
            assert definition.cycle(cycle.code) == cycle


@pytest.mark.parametrize(
    ("rule", "frequency", "largest"),
    [
        (DayRule(day=1, month=2), "year", 28),
        (DayRule(day=1, month=1), "year", 31),
        (DayRule(day=1, month=0), "month", 28),
        (DayRule(day=1, month=0), "quarter", 30),
        (DayRule(day=1, month=1), "quarter", 28),
        (DayRule(day=1, month=2), "quarter", 30),
    ],
)
def test_the_largest_day_that_always_exists(rule: DayRule, frequency: str, largest: int) -> None:
    assert rule.largest_day(frequency) == largest
