"""What a person types into a draft: rules of days in words, periods, tiers and sections added and left out, keys that stay keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kheo.core.drafting.correcting import Corrected, corrected, open_key, section_order, walled_by_hand
from kheo.core.drafting.day_words import in_words, rule_of
from kheo.core.drafting.writing import as_yaml
from tests.core.drafting.test_proposing import GUIDANCE, LETTER, drafted


def made(*seen: str, **typed: str) -> Corrected:
    """`typed`: fields by their keys with `__` for a dot."""
    return corrected(drafted(LETTER, GUIDANCE), {key.replace("__", "."): text for key, text in typed.items()}, frozenset(seen))


@pytest.mark.parametrize(
    ("text", "frequency", "rule"),
    [
        ("10/5", "year", {"day": 10, "month": 5}),
        ("ngày 10 tháng 5", "year", {"day": 10, "month": 5}),
        ("15/1 năm sau", "year", {"day": 15, "month": 1, "year": 1}),
        ("cuối/2", "year", {"day": "last", "month": 2}),
        ("29/2", "year", None),
        ("31/4", "year", None),
        ("10/13", "year", None),
        ("20", "month", {"day": 20, "month": 0}),
        ("ngày 5 tháng sau", "month", {"day": 5, "month": 1}),
        ("ngày cuối", "month", {"day": "last", "month": 0}),
        ("31", "month", None),
        ("ngày 25 tháng thứ 3", "quarter", {"day": 25, "month": 2}),
        ("ngày 25 tháng 1", "quarter", {"day": 25, "month": 0}),
        ("ngày 5 tháng sau quý", "quarter", {"day": 5, "month": 3}),
        ("ngày 5 tháng thứ 4", "quarter", None),
        ("mai", "year", None),
    ],
)
def test_a_day_is_understood_as_people_write_it_and_one_that_not_every_year_has_is_none(
    text: str, frequency: str, rule: dict[str, int] | None
) -> None:
    assert rule_of(text, frequency) == rule


DAYS = some.one_of(some.just("last"), some.integers(1, 28))


@given(DAYS, some.integers(1, 12), some.sampled_from([-1, 0, 1]))
def test_a_rule_of_a_year_in_words_says_the_rule(day: int | str, month: int, year: int) -> None:
    rule = {"day": day, "month": month, **({"year": year} if year else {})}
    assert rule_of(in_words(rule, "year"), "year") == rule


@given(DAYS, some.sampled_from([("month", -1), ("month", 0), ("month", 1), *(("quarter", month) for month in (-1, 0, 1, 2, 3))]))
def test_a_rule_of_a_month_or_quarter_in_words_says_the_rule(day: int | str, when: tuple[str, int]) -> None:
    frequency, month = when
    rule = {"day": day, "month": month}
    assert rule_of(in_words(rule, frequency), frequency) == rule


def test_a_wall_set_by_hand_is_known_before_tasks_are_offered_indicators() -> None:
    assert walled_by_hand({"contents.1.walled": "Có", "contents.3.walled": "không", "contents.2.walled": "x", "name": "y"}) == {
        1: True,
        3: False,
    }


def test_a_tier_that_is_left_out_takes_its_notes_along_and_the_keys_of_the_others_stay() -> None:
    there = made(regime__tiers__0__gone="có", regime__tiers__1__name="Thành phố")
    (tier,) = there.draft.data["regime"]["tiers"]
    assert (tier["id"], tier["name"]) == ("tier_2", "Thành phố")
    assert "regime.tiers.1.due.N" in {each.key for each in there.fields}
    assert there.turns["regime.tiers"] == [1]
    text = as_yaml(there.draft)
    assert "gửi về: Liên đoàn Lao động Thành phố" not in text
    assert "gửi về: Ban Dân vận Thành ủy" in text
    assert there.wrong == {}


def test_a_tier_that_a_person_adds_stands_below_the_others_and_is_called_proposed() -> None:
    there = made(regime__tiers__2__name="Cơ sở", regime__tiers__2__kinds="Công đoàn cơ sở", regime__tiers__2__due__6T="1/5")
    first = there.draft.data["regime"]["tiers"][0]
    assert {key: first[key] for key in ("name", "kinds", "due", "proposed")} == {
        "name": "Cơ sở", "kinds": ["grassroots_union"], "due": {"6T": {"day": 1, "month": 5}}, "proposed": True,
    }  # fmt: skip


def test_of_a_period_that_is_left_out_no_day_stays_and_a_new_one_has_the_days_of_the_calendar() -> None:
    regime = made(regime__asked="N, T").draft.data["regime"]
    assert [(each["id"], each["cutoff"]) for each in regime["periods"]] == [
        ("N", {"day": 10, "month": 11}),
        ("T", {"day": "last", "month": 0}),
    ]
    assert [list(tier["due"]) for tier in regime["tiers"]] == [["N"], ["N"]]


def test_the_first_day_that_counts_no_more_follows_the_cut_off_that_was_typed() -> None:
    (half, year) = made(regime__periods__6T__cutoff="30/4", regime__periods__N__cutoff="31/12").draft.data["regime"]["periods"]
    assert half["closes"] == {"day": 1, "month": 5}
    assert year["closes"] == {"day": 1, "month": 1, "year": 1}


def test_sections_stand_in_the_order_of_their_numbers() -> None:
    there = made(outline__8__id="II.10", outline__8__title="Kinh phí", outline__9__id="VI", outline__9__title="Khác")
    assert [each["id"] for each in there.draft.data["outline"]] == ["I", "II", "II.1", "II.2", "II.3", "II.10", "III", "IV", "V", "VI"]
    assert section_order("IX") < section_order("X") < section_order("a")


def test_an_open_place_that_was_looked_at_stays_asked_no_more_when_rows_before_it_are_left_out() -> None:
    key = next(open_key(each) for each in made().asked if each.path == ("regime", "tiers"))
    assert key in {open_key(each) for each in made(regime__tiers__0__gone="có").asked}
    assert key not in {open_key(each) for each in made(key, regime__tiers__0__gone="có").asked}


def test_nothing_typed_where_nothing_was_is_no_fault() -> None:
    assert made(outline__8__title="", regime__tiers__2__kinds="").wrong == {}
    assert list(made(regime__tiers__0__kinds="").wrong.values()) == ["Cấp báo cáo 1: loại đơn vị: chưa chọn."]
