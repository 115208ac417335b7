"""Dates moved earlier when a directive is passed down."""

from datetime import date
from pathlib import Path

import pytest

from kheo.core.days import WorkingCalendar
from kheo.core.directives.dates import When
from kheo.core.directives.deadlines import Deadline
from kheo.core.relaying.dates import MovedDate, date_faults, duty_of, move_date, move_dates
from kheo.core.relaying.rule import RelayRule, load_rule
from tests.core.calendars import vn

RULE = RelayRule(5, {"provincial_federation": 7}, least_left=3)
FILE = Path(__file__).resolve().parents[3] / "campaigns" / "relaying" / "mac-dinh.yaml"


def _deadline(when: When | None, *, day: int | None = None, text: str = "Gửi báo cáo") -> Deadline:
    return Deadline(text, when, "once", "LĐLĐ Thành phố", "report", day=day)


def _moved(when: When | None, today: date, kind: str = "district_federation", calendar: WorkingCalendar | None = None) -> MovedDate:
    return move_date(_deadline(when), RULE, kind, today, calendar or vn())


def test_asks_so_many_working_days_before_the_superior() -> None:
    found = _moved(When(11, 15, 2023), date(2023, 10, 2))
    assert (found.above, found.day, found.is_doubtful) == (date(2023, 11, 15), date(2023, 11, 8), False)
    assert found.why == "5 ngày làm việc trước hạn 15/11/2023 của cấp trên."


def test_a_kind_of_unit_may_need_more_days() -> None:
    assert _moved(When(11, 15, 2023), date(2023, 10, 2), "provincial_federation").day == date(2023, 11, 6)


def test_each_level_asks_before_the_one_above() -> None:
    city = _moved(When(11, 15, 2023), date(2023, 10, 2), "provincial_federation")
    assert city.day is not None
    asked = When(city.day.month, city.day.day, city.day.year)
    district = _moved(asked, date(2023, 10, 5))
    assert district.day == date(2023, 10, 30)


def test_holidays_do_not_count() -> None:
    """30/4 and 1/5 of 2023 were made up for on 2 and 3 May."""
    assert _moved(When(5, 10, 2023), date(2023, 3, 15)).day == date(2023, 4, 28)


def test_a_day_of_every_year_is_its_next_one() -> None:
    assert _moved(When(5, 10), date(2023, 3, 15)).above == date(2023, 5, 10)
    assert _moved(When(5, 10), date(2023, 6, 1)).above == date(2024, 5, 10)


def test_never_asks_for_a_day_before_today() -> None:
    found = _moved(When(11, 15, 2023), date(2023, 11, 13))
    assert (found.day, found.is_doubtful) == (date(2023, 11, 13), True)
    assert found.why.startswith("Không đủ 5 ngày làm việc")


def test_on_a_day_off_takes_the_next_working_day_but_not_one_after_the_superior() -> None:
    assert _moved(When(11, 14, 2023), date(2023, 11, 11)).day == date(2023, 11, 13)
    assert _moved(When(11, 12, 2023), date(2023, 11, 11)).day == date(2023, 11, 12)


def test_says_that_those_below_have_little_time() -> None:
    found = _moved(When(11, 15, 2023), date(2023, 11, 6))
    assert (found.day, found.is_doubtful) == (date(2023, 11, 8), True)
    assert found.why.endswith("cấp dưới chỉ còn 2 ngày làm việc.")


@pytest.mark.parametrize(
    ("when", "today", "said"),
    [
        (When(11, 15, 2023), date(2023, 11, 15), "Hạn 15/11/2023 của cấp trên là hôm nay: không dời sớm hơn được."),
        (When(11, 15, 2023), date(2023, 11, 20), "Hạn 15/11/2023 của cấp trên đã qua: không dời sớm hơn được."),
        (None, date(2023, 11, 1), "Văn bản cấp trên không ghi ngày: anh/chị tự ghi ngày của đơn vị."),
    ],
)
def test_says_what_cannot_be_moved(when: When | None, today: date, said: str) -> None:
    found = _moved(when, today)
    assert (found.day, found.why, found.is_doubtful) == (None, said, True)


def test_a_day_of_no_period_is_left_to_a_person() -> None:
    found = move_date(_deadline(None, day=20), RULE, "", date(2023, 11, 1), vn())
    assert (found.day, found.why) == (None, "Văn bản cấp trên chỉ ghi ngày 20 của kỳ: anh/chị tự ghi ngày của đơn vị.")


def test_does_not_guess_the_holidays_of_a_year_that_nobody_entered() -> None:
    bare = WorkingCalendar(frozenset({2022}), frozenset(), frozenset())
    found = _moved(When(11, 15, 2023), date(2023, 11, 1), calendar=bare)
    assert (found.day, found.why) == (None, "Lịch nghỉ lễ chưa có dữ liệu năm 2023. Anh/chị tự ghi ngày.")


def test_keeps_the_order_of_the_directive() -> None:
    asked = [_deadline(When(11, 15), text="năm"), _deadline(When(5, 10), text="06 tháng")]
    assert [each.text for each in move_dates(asked, RULE, "", date(2023, 3, 1), vn())] == ["năm", "06 tháng"]


def test_a_typed_day_is_neither_past_nor_after_the_superior() -> None:
    moved = _moved(When(11, 15, 2023), date(2023, 10, 2))
    today = date(2023, 10, 2)
    assert date_faults(date(2023, 11, 15), moved, today) == [] == date_faults(None, moved, today)
    assert date_faults(date(2023, 11, 16), moved, today) == ["Hạn 16/11/2023 sau hạn 15/11/2023 của cấp trên."]
    assert date_faults(date(2023, 10, 1), moved, today) == ["Hạn 01/10/2023 trước hôm nay (02/10/2023)."]


def test_the_rule_that_comes_with_the_product_is_read() -> None:
    loaded = load_rule(FILE.read_bytes(), FILE.name)
    assert loaded.rule, loaded.problems
    assert (loaded.rule.days_for("district_federation"), loaded.rule.days_for("provincial_federation")) == (5, 7)


def test_all_faults_of_a_rule_are_told_at_once_with_their_lines() -> None:
    text = "schema_version: 1\nname: Quy tắc\nworking_days: -1\nleast_left: nhiều\n"
    assert [each.line for each in load_rule(text, "a.yaml").problems] == [3, 4]
    strange = load_rule("schema_version: 1\nname: Quy tắc\nworking_days: 3\nby_kind:\n  district_federatio: 2\n", "a.yaml")
    assert [each.message for each in strange.problems] == ["Không có loại đơn vị “district_federatio”; có phải là “district_federation”?"]


@pytest.mark.parametrize(
    ("said", "period", "duty"),
    [
        ("Các đơn vị gửi báo cáo trước ngày 15 tháng 11 năm 2023.", "once", "Các đơn vị gửi báo cáo"),
        ("Định kỳ 06 tháng (10/5), năm (15/11) gửi báo cáo", "year", "Định kỳ 06 tháng, năm gửi báo cáo (kỳ năm)"),
        ("Gửi danh sách chậm nhất là ngày 20/10/2023 về Ban", "once", "Gửi danh sách về Ban"),
    ],
)
def test_a_duty_is_told_without_the_days_of_the_superior(said: str, period: str, duty: str) -> None:
    assert duty_of(Deadline(said, When(11, 15, 2023), period, None, "report")) == duty


def test_a_duty_is_told_without_the_name_of_the_superior() -> None:
    asked = Deadline("Gửi báo cáo về LĐLĐ Thành phố trước ngày 15/11/2023", When(11, 15, 2023), "once", "LĐLĐ Thành phố", "report")
    assert duty_of(asked) == "Gửi báo cáo"
