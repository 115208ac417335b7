"""Figures as programs exchange them, in JSON: exact, with one form for each of the four kinds of answer.

A whole number is an integer (`12`, zero is `0`), one with decimals a string with a point (`"1.5"`); `null` is "chưa có số liệu", `"na"`
"không áp dụng", and `""` a cell that nobody has answered. There are no floats: they are not exact.
"""

import re

from kheo.core.answers import UNANSWERED, Answer
from kheo.core.figures import LARGEST, NA

Plain = int | str | None
_DECIMAL = re.compile(r"-?[0-9]{1,14}(?:\.[0-9]{1,4})?")


def plain_figure(answer: Answer, decimals: int) -> Plain:
    """How an answer is written."""
    if not isinstance(answer, int) or not decimals:
        return answer
    sign, digits = "-" if answer < 0 else "", str(abs(answer)).zfill(decimals + 1)
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def read_plain(value: Plain, decimals: int) -> Answer | str:
    """The answer that a value is; raises ValueError, in Vietnamese, for one that is none."""
    if value is None or value in (NA, UNANSWERED):
        return value
    scaled = _scaled(str(value), decimals)
    if abs(scaled) > LARGEST:
        raise ValueError("số quá lớn: tối đa 13 chữ số")
    return scaled


def _scaled(text: str, decimals: int) -> int:
    if not _DECIMAL.fullmatch(text):
        raise ValueError('không phải số; viết số nguyên, hoặc chuỗi như "1.5", "na", null, ""')
    whole, _, part = text.partition(".")
    if len(part.rstrip("0")) > decimals:
        raise ValueError(f"chỉ tiêu này có {decimals} chữ số sau dấu phẩy" if decimals else "chỉ tiêu này là số nguyên")
    number = int(whole.lstrip("-") + part[:decimals].ljust(decimals, "0"))
    return -number if text.startswith("-") else number
