"""Numbers as officers type them and as papers print them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kheo.core.numbers import CellProblem, format_int, format_percent, format_ratio, format_scaled, parse_cell

DECIMALS = st.integers(min_value=0, max_value=6)
FIGURES = st.integers(min_value=0, max_value=10**13 - 1)
DOTS = "dấu chấm chỉ dùng để tách hàng nghìn, mỗi nhóm đúng ba chữ số (1.000); "
COMMA = "dấu phẩy là dấu thập phân."


def problem(text: str, decimals: int = 0) -> CellProblem:
    """What the officer is told about a text that is no figure."""
    parsed = parse_cell(text, decimals)
    assert isinstance(parsed, CellProblem), f"{text!r} was read as {parsed}"
    return parsed


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (7593, "7.593"), (21900, "21.900"), (1234567, "1.234.567"), (-1234, "-1.234")])
def test_whole_numbers_are_grouped_by_dots(value: int, text: str) -> None:
    assert format_int(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(123456, 2, "1.234,56"), (5, 2, "0,05"), (0, 1, "0,0"), (-5, 2, "-0,05"), (7593, 0, "7.593"), (100, 2, "1,00")],
)
def test_scaled_numbers_show_all_their_decimals_after_a_comma(value: int, decimals: int, text: str) -> None:
    assert format_scaled(value, decimals) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (9512, 10000, "95,12 %"),
        (11953, 12026, "99,39 %"),
        (1, 3, "33,33 %"),
        (2, 3, "66,67 %"),
        (1, 20000, "0,01 %"),
        (0, 5, "0,00 %"),
        (3, 2, "150,00 %"),
        (-1, 3, "-33,33 %"),
        (-1, 20000, "-0,01 %"),
        (None, 5, ""),
        (5, None, ""),
        (5, 0, ""),
        (5, -1, ""),
    ],
)
def test_percentages_are_exact_and_empty_when_a_part_is_missing(numerator: int | None, denominator: int | None, text: str) -> None:
    assert format_percent(numerator, denominator) == text


def test_percentages_take_the_places_asked_for() -> None:
    assert [format_percent(125, 1000, places) for places in (0, 1, 3)] == ["13 %", "12,5 %", "12,500 %"]


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**18), st.integers(0, 4))
def test_a_percentage_is_the_half_up_rounding_of_the_fraction(numerator: int, denominator: int, places: int) -> None:
    exact = Fraction(numerator, denominator) * 100 * 10**places
    rounded = int(abs(exact) + Fraction(1, 2)) * (1 if numerator >= 0 else -1)
    assert format_percent(numerator, denominator, places) == f"{format_scaled(rounded, places)} %"


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(Decimal("0.9512"), "95,12 %"), (Decimal("0.000050"), "0,01 %"), (Decimal(1), "100,00 %"), (Decimal("12.5"), "1.250,00 %")],
)
def test_a_ratio_is_shown_as_a_percentage(ratio: Decimal, text: str) -> None:
    assert format_ratio(ratio) == text


@pytest.mark.parametrize("nothing", [None, Decimal("NaN"), Decimal("Infinity")])
def test_no_ratio_is_an_empty_text(nothing: Decimal | None) -> None:
    assert format_ratio(nothing) == ""


@given(st.decimals(min_value=0, max_value=1000, places=10))
def test_a_ratio_is_rounded_half_up_once(ratio: Decimal) -> None:
    expected = (ratio * 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert format_ratio(ratio) == f"{format_scaled(int(expected * 100), 2)} %"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("007", 7),
        ("1000", 1000),
        ("1.000", 1000),
        ("1 000", 1000),
        ("1\u00a0000", 1000),
        ("1\u202f234\u202f567", 1234567),
        ("1.234.567", 1234567),
        ("  12\t", 12),
        ("\ufeff12\u200e", 12),
        ("\uff11\uff12", 12),
        ("\uff11\uff0e\uff10\uff10\uff10", 1000),
        ("9.999.999.999.999", 10**13 - 1),
        ("0" * 30 + "7", 7),
    ],
)
def test_reads_whole_numbers_as_people_type_them(text: str, value: int) -> None:
    assert parse_cell(text, 0) == value


@pytest.mark.parametrize(
    ("text", "decimals", "scaled"),
    [("1,5", 1, 15), ("1,5", 2, 150), ("0,05", 2, 5), ("12", 2, 1200), ("1.234,56", 2, 123456), ("1,234", 3, 1234), ("1 000,5", 1, 10005)],
)
def test_reads_decimals_after_a_comma(text: str, decimals: int, scaled: int) -> None:
    assert parse_cell(text, decimals) == scaled


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,5", "Chỉ tiêu này là số nguyên: nhập 1 hoặc 2, không nhập phần lẻ."),
        ("1,0", "Chỉ tiêu này là số nguyên: nhập 1, không nhập phần lẻ."),
        ("1,000", "“1,000” chưa rõ: nếu là 1.000 thì viết 1.000 (dấu chấm tách hàng nghìn), nếu là 1 thì viết 1; " + COMMA),
        ("1.5", "“1.5” chưa rõ: " + DOTS + "chỉ tiêu này là số nguyên, không có phần lẻ."),
        ("1.00", "“1.00” chưa rõ: " + DOTS + "chỉ tiêu này là số nguyên, không có phần lẻ."),
        ("1,234,567", "“1,234,567” viết theo kiểu nước ngoài; nếu là 1.234.567 thì viết 1.234.567."),
        ("1,234.50", "“1,234.50” viết theo kiểu nước ngoài; nếu là 1.234,50 thì viết 1.234,50."),
        ("12 15", "“12 15” chưa rõ: có phải là hai con số? Dấu cách chỉ tách hàng nghìn, mỗi nhóm đúng ba chữ số."),
        ("5,", "“5,” chưa rõ: dấu phẩy chỉ đứng giữa phần nguyên và phần lẻ."),
        ("-5", "“-5” là số âm; chỉ tiêu này chỉ nhận số từ 0 trở lên."),
        ("\u22125", "“\u22125” là số âm; chỉ tiêu này chỉ nhận số từ 0 trở lên."),
        ("12 người", "“12 người” không phải là một con số; chỉ nhập chữ số, không kèm chữ, đơn vị tính hay ký hiệu."),
        ("5\u00b2", "“5\u00b2” không phải là một con số; chỉ nhập chữ số, không kèm chữ, đơn vị tính hay ký hiệu."),
        ("\U0001f600", "“\U0001f600” không phải là một con số; chỉ nhập chữ số, không kèm chữ, đơn vị tính hay ký hiệu."),
        ("1e5", "“1e5” không phải là một con số; chỉ nhập chữ số, không kèm chữ, đơn vị tính hay ký hiệu."),
        ("=1+1", "“=1+1” không phải là một con số; chỉ nhập chữ số, không kèm chữ, đơn vị tính hay ký hiệu."),
        ("9" * 16, "Số vừa nhập có 16 chữ số; ô này nhận tối đa 13 chữ số. Kiểm tra lại số liệu và đơn vị tính."),
        ("9" * 500, "Số vừa nhập có 500 chữ số; ô này nhận tối đa 13 chữ số. Kiểm tra lại số liệu và đơn vị tính."),
        ("à" * 102_400, "Nội dung nhập vào dài 102.400 ký tự; ô này chỉ nhận một con số (tối đa 200 ký tự)."),
        ("   ", "Ô đang trống."),
        ("", "Ô đang trống."),
    ],
)
def test_says_what_is_wrong_with_a_text(text: str, message: str) -> None:
    answer = problem(text)
    assert answer.message == message
    assert answer.expected == "Số nguyên từ 0 trở lên, ví dụ 1250 hoặc 1.250."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,555", "“1,555” chưa rõ: nếu là 1.555 thì viết 1.555 (dấu chấm tách hàng nghìn); " + COMMA),
        ("1,5555", "Số vừa nhập có 4 chữ số sau dấu phẩy; chỉ tiêu này nhận tối đa 2. Hệ thống không tự làm tròn."),
        ("1.5", "“1.5” chưa rõ: " + DOTS + "phần lẻ viết sau dấu phẩy (1,5)."),
        ("9" * 14, "Số vừa nhập có 14 chữ số trước dấu phẩy; ô này nhận tối đa 11. Kiểm tra lại số liệu và đơn vị tính."),
    ],
)
def test_says_what_is_wrong_where_two_decimals_are_allowed(text: str, message: str) -> None:
    answer = problem(text, 2)
    assert answer.message == message
    assert answer.expected == "Số từ 0 trở lên, tối đa 2 chữ số sau dấu phẩy, ví dụ 1250 hoặc 125,05."


@given(FIGURES, DECIMALS)
def test_a_printed_figure_reads_back_as_itself(value: int, decimals: int) -> None:
    assert parse_cell(format_scaled(value, decimals), decimals) == value


@given(FIGURES)
def test_a_printed_whole_number_reads_back_as_itself(value: int) -> None:
    assert parse_cell(format_int(value), 0) == value
    assert parse_cell(format_int(value).replace(".", " "), 0) == value
    assert parse_cell(str(value), 0) == value


@given(st.text(st.characters(), max_size=300) | st.text("0123456789., -\u00a0\uff11", max_size=260), DECIMALS)
@example("\ud800", 0)
@example("\u202e12", 0)
@example("\x00", 2)
def test_any_text_is_a_figure_or_a_problem(text: str, decimals: int) -> None:
    parsed = parse_cell(text, decimals)
    if isinstance(parsed, CellProblem):
        assert parsed.message.endswith(".")
        assert len(parsed.message) < 250
        assert parsed.message.isprintable()
    else:
        assert 0 <= parsed < 10**13


@given(st.text("0123456789., ", min_size=1, max_size=24))
def test_what_is_read_is_exactly_what_was_written(text: str) -> None:
    """The oracle drops the grouping signs and reads the rest as a decimal number: nothing may be rounded or guessed."""
    parsed = parse_cell(text, 3)
    if isinstance(parsed, int):
        assert Decimal(parsed) / 1000 == Decimal(text.strip().replace(".", "").replace(" ", "").replace(",", "."))
