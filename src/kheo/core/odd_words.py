"""Why something looks odd, in a few words for a reviewer: `C101 Người được hỗ trợ gấp 12 lần kỳ trước (4 → 48)`."""

from collections.abc import Mapping

from kheo.core.definition import Definition
from kheo.core.labels import cell_label
from kheo.core.numbers import format_int, format_percent, format_scaled
from kheo.core.oddness import Oddity


def odd_words(definition: Definition, oddity: Oddity, messages: Mapping[str, str]) -> str:
    """One reason with its indicator. `messages`: the sentences of failed questions by check, with their numbers."""
    if oddity.kind == "question":
        return messages.get(oddity.check, "")
    return f"{cell_label(definition, oddity.cell)} {why(definition, oddity)}"


def why(definition: Definition, oddity: Oddity) -> str:
    """The reason alone, as it follows the name of the cell."""
    decimals = definition.indicator(definition.cell(oddity.cell).indicator).decimals
    value, other = format_scaled(oddity.value, decimals), format_scaled(oddity.other, decimals)
    if oddity.kind == "change":
        return change_words(oddity.value, oddity.other, decimals)
    if oddity.kind == "distance":
        return f"là {value}, đơn vị cùng loại thường khoảng {other}"
    return f"chiếm {format_percent(oddity.value, oddity.other, 0)} tổng của các đơn vị"


def change_words(value: int, before: int, decimals: int) -> str:
    """`gấp 8,5 lần kỳ trước (55 → 470)`, as it follows the name of the cell."""
    new, old = format_scaled(value, decimals), format_scaled(before, decimals)
    if before == 0:
        return f"là {new}, kỳ trước không phát sinh"
    if value == 0:
        return f"không phát sinh, kỳ trước {old}"
    if value > before:
        return f"gấp {_times(value, before)} lần kỳ trước ({old} → {new})"
    return f"giảm {_times(before, value)} lần so với kỳ trước ({old} → {new})"


def peer_words(low: int, high: int, decimals: int) -> str:
    """`các đơn vị tương tự thường từ 20 đến 90`."""
    if low == high:
        return f"các đơn vị tương tự thường khoảng {format_scaled(low, decimals)}"
    return f"các đơn vị tương tự thường từ {format_scaled(low, decimals)} đến {format_scaled(high, decimals)}"


def _times(large: int, small: int) -> str:
    """`12` or `3,5`: one decimal below ten, half up."""
    tenths = (20 * large + small) // (2 * small)
    return format_int((tenths + 5) // 10) if tenths >= 100 or tenths % 10 == 0 else format_scaled(tenths, 1)
