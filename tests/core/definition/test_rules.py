"""The rules of a definition where they begin and end; the broken files show each of them at work."""

import pytest

from tests.core.definition.sample import problems_of, small

RING = "công thức chỉ dùng chỉ tiêu cộng được (sum hoặc last)."


def ratio(code: str, numerator: str, denominator: str) -> dict[str, object]:
    """A ratio indicator."""
    return {
        "code": code,
        "name": "Tỷ lệ",
        "unit": "%",
        "aggregation": "ratio",
        "content": "N1",
        "numerator": numerator,
        "denominator": denominator,
    }


def test_a_correct_campaign_has_no_problems() -> None:
    assert problems_of(small()) == []


def test_codes_that_differ_only_in_case_are_the_same_code() -> None:
    data = small()
    data["indicators"][1]["code"] = "A01"
    data["indicators"][2]["code"] = "a01".upper()
    data["checks"] = []
    data["indicators"][3]["denominator"] = "A01"
    assert [key for key, _ in problems_of(data)] == ["indicators[1].code", "indicators[2].code"]
    data["indicators"][1]["code"], data["indicators"][2]["code"] = "C308A", "C308a"
    assert [key for key, _ in problems_of(data)] == ["indicators[2].code"]


def test_a_ratio_of_itself_is_a_ring() -> None:
    data = small()
    data["indicators"].append(ratio("R1", "R1", "A01"))
    assert problems_of(data) == [("indicators[5].numerator", f"Công thức vòng tròn: R1 → R1; {RING}")]


def test_each_ring_is_told_once_at_its_first_ratio() -> None:
    data = small()
    data["indicators"] += [ratio("R1", "A01", "R2"), ratio("R2", "R3", "A01"), ratio("R3", "R1", "A01")]
    data["indicators"] += [ratio("S1", "S2", "A01"), ratio("S2", "S1", "A01")]
    assert problems_of(data) == [
        ("indicators[5].denominator", f"Công thức vòng tròn: R1 → R2 → R3 → R1; {RING}"),
        ("indicators[8].numerator", f"Công thức vòng tròn: S1 → S2 → S1; {RING}"),
    ]


def test_a_chain_of_ratios_is_no_ring_but_still_refused() -> None:
    data = small()
    data["indicators"] += [ratio("R1", "R2", "A01"), ratio("R2", "A04", "A01")]
    assert problems_of(data) == [
        ("indicators[5].numerator", f"“R2” là tỷ lệ; {RING}"),
        ("indicators[6].numerator", f"“A04” là tỷ lệ; {RING}"),
    ]


def test_a_check_may_not_use_a_ratio() -> None:
    data = small()
    data["checks"][0]["left"] = "A04"
    assert problems_of(data) == [("checks[0].left", f"“A04” là tỷ lệ; {RING}")]


def test_the_system_counts_only_for_ratios() -> None:
    data = small()
    data["indicators"].append(ratio("R1", "system:on_time", "system:expected"))
    assert problems_of(data) == []
    data["checks"][0]["left"] = "system:on_time"
    assert [key for key, _ in problems_of(data)] == ["checks[0].left"]


def test_a_part_of_a_breakdown_may_stand_in_a_formula() -> None:
    data = small()
    data["checks"][0]["left"] = "A02.KT"
    assert problems_of(data) == []


def test_terms_with_decimals_go_together_and_without_constants() -> None:
    data = small()
    data["checks"][0] |= {"left": "2 * A03", "right": "A03"}
    assert problems_of(data) == []
    data["checks"][0]["right"] = "A03 + 1"
    assert problems_of(data) == [("checks[0].left", "Không cộng số cố định với chỉ tiêu có chữ số thập phân.")]


def test_a_check_against_a_constant_is_fine() -> None:
    data = small()
    data["checks"][0]["right"] = "100"
    assert problems_of(data) == []


@pytest.mark.parametrize("rule", [{"day": 28, "month": 2}, {"day": "last", "month": 2}])
def test_the_end_of_february_is_a_day_of_every_year(rule: dict[str, object]) -> None:
    data = small()
    data["regime"]["periods"][0]["opens"] = rule
    assert problems_of(data) == []


@pytest.mark.parametrize(
    ("day", "month", "message"),
    [
        (29, 2, "Không phải năm nào cũng có ngày 29 tháng 2; ngày lớn nhất dùng được là 28. Muốn lấy ngày cuối tháng thì ghi last."),
        (30, 2, "Tháng 2 không có ngày 30; ngày lớn nhất dùng được là 28. Muốn lấy ngày cuối tháng thì ghi last."),
        (31, 6, "Tháng 6 không có ngày 31; ngày lớn nhất dùng được là 30. Muốn lấy ngày cuối tháng thì ghi last."),
    ],
)
def test_other_days_of_february_are_not(day: int, month: int, message: str) -> None:
    data = small()
    data["regime"]["periods"][0]["opens"] = {"day": day, "month": month}
    assert problems_of(data) == [("regime.periods[0].opens.day", message)]


def test_month_zero_is_the_month_itself_only_in_monthly_and_quarterly_periods() -> None:
    data = small()
    data["regime"]["periods"][0]["cutoff"] = {"day": 1, "month": 0}
    assert problems_of(data) == [("regime.periods[0].cutoff.month", "Tháng phải từ 1 đến 12, nhưng gặp 0.")]


def test_a_quarter_has_days_that_a_month_has_not() -> None:
    data = small()
    data["regime"]["periods"] = [
        {
            "id": "N",
            "code": "{year}-Q{quarter}",
            "name": "Quý {quarter} năm {year}",
            "frequency": "quarter",
            "opens": {"day": 1, "month": 0},
            "closes": {"day": 1, "month": 3},
            "cutoff": {"day": 30, "month": 2},
        }
    ]
    data["regime"]["tiers"][0]["due"]["N"] = {"day": 5, "month": 3}
    assert problems_of(data) == []
    data["regime"]["periods"][0]["cutoff"]["day"] = 31
    assert [key for key, _ in problems_of(data)] == ["regime.periods[0].cutoff.day"]


def test_the_cutoff_is_the_last_day_of_the_window_at_the_latest() -> None:
    data = small()
    data["regime"]["periods"][0]["closes"] = {"day": 10, "month": 11}
    assert problems_of(data) == [
        ("regime.periods[0].cutoff", "Ngày chốt số liệu 10/11/2023 nằm ngoài kỳ (từ 16/11/2022 đến trước 10/11/2023)."),
    ]


def test_reports_are_due_the_day_after_the_cutoff_at_the_earliest() -> None:
    data = small()
    data["regime"]["tiers"][0]["due"]["N"] = {"day": 11, "month": 11}
    assert problems_of(data) == []
    data["regime"]["tiers"][0]["due"]["N"] = {"day": 10, "month": 11}
    assert problems_of(data) == [
        ("regime.tiers[0].due.N", "Hạn nộp 10/11/2023 phải sau ngày chốt số liệu 10/11/2023 của kỳ “N”."),
    ]


def test_no_two_cycles_have_one_code() -> None:
    data = small()
    monthly = {
        "id": "T",
        "code": "{year}-{month}",
        "name": "Tháng {month} năm {year}",
        "frequency": "month",
        "opens": {"day": 1, "month": 0},
        "closes": {"day": 1, "month": 1},
        "cutoff": {"day": "last", "month": 0},
    }
    data["regime"]["periods"].append(monthly)
    data["regime"]["tiers"][0]["due"]["T"] = {"day": 5, "month": 1}
    data["regime"]["periods"][0]["code"] = "{year}-12"
    assert problems_of(data) == [("regime.periods[1].code", "Mẫu “{year}-{month}” và “{year}-12” cùng cho mã chu kỳ “2023-12”.")]


@pytest.mark.parametrize("code", ["{year}{year}", "{year", "year}", "{}-{year}"])
def test_braces_in_a_cycle_code_are_in_order(code: str) -> None:
    data = small()
    data["regime"]["periods"][0]["code"] = code
    assert {key for key, _ in problems_of(data)} == {"regime.periods[0].code"}


def test_a_walled_content_takes_no_breakdown() -> None:
    data = small()
    data["indicators"][4]["breakdown"] = "fields"
    assert problems_of(data) == [
        ("indicators[4].breakdown", "Nội dung được che (walled) chỉ nhận một con số; không tách theo danh mục."),
    ]


def test_a_refused_title_stands_only_behind_the_wall() -> None:
    data = small()
    data["contents"][1]["name"] = "Không tụ tập gây rối"
    assert problems_of(data) == []
    data["contents"][1]["walled"] = False
    assert problems_of(data) == [
        ("contents[1].name", "Tiêu đề có “tụ tập” nên nội dung này phải được che: thêm walled: true."),
    ]


def test_the_outline_may_quote_the_title_of_a_walled_content_only() -> None:
    data = small()
    data["contents"][1]["name"] = "Không tụ tập gây rối"
    data["outline"][0] = {"id": "I", "title": "Kết quả “Không tụ tập gây rối”", "content": "N5"}
    assert problems_of(data) == []
    data["outline"][0]["title"] = "Số người tụ tập gây rối"
    assert [key for key, _ in problems_of(data)] == ["outline[0].title", "outline[0].title"]
    data["outline"][0] = {"id": "I", "title": "Kết quả “Không tụ tập gây rối”", "content": "N1"}
    assert [key for key, _ in problems_of(data)] == ["outline[0].title", "outline[0].title"]


def test_no_indicator_may_quote_it() -> None:
    data = small()
    data["contents"][1]["name"] = "Không tụ tập gây rối"
    data["indicators"][4]["name"] = "Số người Không tụ tập gây rối"
    assert [key for key, _ in problems_of(data)] == ["indicators[4].name", "indicators[4].name"]


@pytest.mark.parametrize(
    ("reminders", "place"),
    [
        ({"before": [7, 7, 0]}, "regime.reminders.before"),
        ({"before": [61]}, "regime.reminders.before[0]"),
        ({"before": [-1]}, "regime.reminders.before[0]"),
        ({"counting": "lunar"}, "regime.reminders.counting"),
        ({"overdue_every": 0}, "regime.reminders.overdue_every"),
        ({"overdue_at_most": 61}, "regime.reminders.overdue_at_most"),
        ({"befor": [7]}, "regime.reminders.befor"),
    ],
)
def test_reminders_are_days_that_can_be_kept(reminders: dict[str, object], place: str) -> None:
    data = small()
    data["regime"]["reminders"] = reminders
    assert [key for key, _ in problems_of(data)] == [place]


def test_reminders_may_differ_from_the_usual_ones() -> None:
    data = small()
    data["regime"]["reminders"] = {"before": [10, 0], "counting": "working", "overdue_every": 2, "overdue_at_most": 3}
    assert problems_of(data) == []
