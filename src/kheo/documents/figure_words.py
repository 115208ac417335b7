"""Figures in the words and signs of a Vietnamese report. Missing is never shown as zero, nor zero as missing."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from kheo.core.consolidated import CellCounts, FigureTotal, RatioTotal
from kheo.core.definition import Definition, Indicator
from kheo.core.definition.formula import parse_formula
from kheo.core.numbers import format_int, format_percent, format_ratio, format_scaled
from kheo.documents.printable import keep_together, lower_first

NOTHING_HAPPENED = "không phát sinh"
NO_FIGURE = "chưa có số liệu"
HIDDEN_SIGN = "ẩn"
NO_FIGURE_SIGN = "…"
NO_CASE_SIGN = "–"
HIDDEN_WORDS = "số nhỏ (dưới 5), hoặc số phải ẩn theo để không suy ra được số nhỏ"

AGGREGATION_WORDS = {
    "sum": "Cộng các đơn vị và các kỳ",
    "last": "Cộng các đơn vị, lấy số cuối kỳ",
    "ratio": "Tỷ lệ tính lại từ tử số và mẫu số; không cộng, không lấy trung bình",
}
_SYSTEM_WORDS = {"system:on_time": "số báo cáo gửi đúng hạn", "system:expected": "số báo cáo phải gửi"}


def total_words(total: FigureTotal | RatioTotal | None) -> str:
    """A total for the tables of the report: the number, or in words that there is none or nothing; `ẩn` behind the small-count wall."""
    if total and total.is_hidden:
        return HIDDEN_SIGN
    if isinstance(total, RatioTotal):
        return ratio_text(total) or (NOTHING_HAPPENED if total.denominator == 0 else NO_FIGURE)
    return part_words(total.value if total else None, total.decimals if total else 0)


def part_words(value: int | None, decimals: int) -> str:
    """A scaled integer as a number or in words."""
    if value is None:
        return NO_FIGURE
    return format_scaled(value, decimals) if value else NOTHING_HAPPENED


def ratio_text(total: RatioTotal) -> str:
    """The percentage, exact from its two sums where they are known."""
    if total.value is None:
        return ""
    return format_percent(total.numerator, total.denominator) or format_ratio(total.value)


def figure_sign(value: int | Decimal | None, indicator: Indicator, *, hidden: bool) -> str:
    """A unit's figure for a narrow column: a number (0 included), a percentage without its sign, `…` or `ẩn`."""
    if hidden:
        return HIDDEN_SIGN
    if value is None:
        return NO_FIGURE_SIGN
    if isinstance(value, Decimal):
        return format_ratio(value).removesuffix(" %") or NO_FIGURE_SIGN
    return format_scaled(value, indicator.decimals) if value else "0"


def has_no_case(indicator: Indicator, figures: Mapping[str, int | Decimal | None]) -> bool:
    """Whether there is no ratio because there was nothing to take it of: its denominator, as far as it is known, is zero."""

    def count(code: str) -> int | None:
        value = figures.get(code)
        return value if isinstance(value, int) else None

    return indicator.denominator is not None and parse_formula(indicator.denominator).evaluate(count) == 0


def total_sign(total: FigureTotal | RatioTotal | None, indicator: Indicator) -> str:
    """A total for the same narrow column."""
    if total and total.is_hidden:
        return HIDDEN_SIGN
    if isinstance(total, RatioTotal):
        return ratio_text(total).removesuffix(" %") or (NO_CASE_SIGN if total.denominator == 0 else NO_FIGURE_SIGN)
    return figure_sign(total.value if total else None, indicator, hidden=False)


def units_behind(cells: CellCounts) -> str:
    """`412/430`: units that gave a number (zero is one) of those to which the indicator applies."""
    gave = cells.number + cells.zero
    return f"{format_int(gave)}/{format_int(gave + cells.blank + cells.missing)}"


def amount_in_sentence(total: FigureTotal, indicator: Indicator) -> str:
    """`24.853 mô hình, công trình đăng ký mới`, or `nhà được sửa chữa 45 căn` where the name does not begin with its unit."""
    name = lower_first(indicator.name)
    number = format_scaled(total.value or 0, total.decimals)
    unit = indicator.unit
    if name.lower().startswith(unit.lower()) and not name[len(unit) : len(unit) + 1].isalnum():
        return f"{number} {name}"
    return f"{name} {number} {unit}"


def ratio_in_sentence(total: RatioTotal, indicator: Indicator, definition: Definition) -> str:
    """`tỷ lệ xử lý 95,12 % (412/430)`; the two sums only where both are plain counts."""
    text = f"{lower_first(indicator.name)} {keep_together(ratio_text(total))}"
    if total.numerator is None or total.denominator is None or not _counts_only(indicator, definition):
        return text
    return f"{text} ({format_int(total.numerator)}/{format_int(total.denominator)})"


def _counts_only(indicator: Indicator, definition: Definition) -> bool:
    """Whether numerator and denominator are made of whole numbers, so that they may be printed as they are."""
    codes = [code for text in (indicator.numerator, indicator.denominator) if text for code in parse_formula(text).codes]
    return all(code.startswith("system:") or definition.indicator(code.split(".")[0]).decimals == 0 for code in codes)


def formula_words(indicator: Indicator) -> str:
    """`C304 ÷ (C301 + C302 + C303)`, with the counts that the system makes itself in words; empty when it is no ratio."""
    if indicator.numerator is None or indicator.denominator is None:
        return ""
    return " ÷ ".join(_side(text) for text in (indicator.numerator, indicator.denominator))


def _side(text: str) -> str:
    for code, words in _SYSTEM_WORDS.items():
        text = text.replace(code, words)
    return text if text.isalnum() or text in _SYSTEM_WORDS.values() else f"({text})"


def comparison(now: FigureTotal | RatioTotal | None, before: FigureTotal | RatioTotal | None) -> str:
    """`tăng 12,5 %`, `giảm 2,1 điểm %`, `không thay đổi`; empty when the two cannot be compared.

    There is no percentage of zero or of a missing figure, and none between figures in different units.
    """
    if isinstance(now, RatioTotal) and isinstance(before, RatioTotal):
        return _compare_ratios(_exact(now), _exact(before))
    if not isinstance(now, FigureTotal) or not isinstance(before, FigureTotal):
        return ""
    if now.value is None or before.value is None or (now.unit, now.decimals) != (before.unit, before.decimals):
        return ""
    if now.value == before.value:
        return "không thay đổi"
    if before.value <= 0:
        return ""
    return _change(abs(now.value - before.value), before.value, up=now.value > before.value)


def _change(difference: int, base: int, *, up: bool) -> str:
    direction = "tăng" if up else "giảm"
    percent = format_percent(difference, base, 1)
    if percent == format_percent(0, 1, 1):
        return f"{direction} {keep_together('dưới 0,1 %')}"
    return f"{direction} {keep_together(percent)}"


def _exact(ratio: RatioTotal) -> Fraction | None:
    """The ratio from its two sums where they are known, since the value itself may have been rounded."""
    if ratio.value is None:
        return None
    return Fraction(ratio.numerator, ratio.denominator) if ratio.numerator is not None and ratio.denominator else Fraction(ratio.value)


def _compare_ratios(now: Fraction | None, before: Fraction | None) -> str:
    if now is None or before is None:
        return ""
    change = abs(now - before)
    points = format_percent(change.numerator, change.denominator, 1)
    if points == format_percent(0, 1, 1):
        return "không thay đổi" if now == before else "gần như không thay đổi"
    return f"{'tăng' if now > before else 'giảm'} {keep_together(points.replace(' %', ' điểm %'))}"
