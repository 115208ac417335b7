"""Numbers as Vietnamese officers write and read them: `7.593`, `1.234,56`, `95,12 %`.

A figure is kept as a *scaled integer*: with `decimals` = 2, 1.234,56 is the integer 123456. Nothing is rounded on the way in;
percentages are rounded half up, on the way out only, from whole numbers.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

MAX_DIGITS = 13
MAX_CHARACTERS = 200
_ECHO = 40

_GROUPED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
_SPACED = r"[1-9][0-9]{0,2}(?: [0-9]{3})+"
_NUMBER = re.compile(rf"({_GROUPED}|{_SPACED}|[0-9]+)(?:,([0-9]+))?")
_ENGLISH_GROUPS = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]*))?")
_ONLY_NUMBER_SIGNS = re.compile(r"[0-9 .,]+")
_MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212"


@dataclass(frozen=True)
class CellProblem:
    """Why a text is not a figure, and what would be one. Both are sentences for the officer, in Vietnamese."""

    message: str
    expected: str


def format_int(value: int) -> str:
    """7593 -> "7.593"."""
    return f"{value:,}".replace(",", ".")


def format_scaled(value: int, decimals: int) -> str:
    """A scaled integer with all its decimals: (123456, 2) -> "1.234,56"."""
    if decimals <= 0:
        return format_int(value)
    whole, fraction = divmod(abs(value), 10**decimals)
    sign = "-" if value < 0 else ""
    return f"{sign}{format_int(whole)},{fraction:0{decimals}d}"


def format_percent(numerator: int | None, denominator: int | None, places: int = 2) -> str:
    """(9512, 10000) -> "95,12 %", exact and half up; "" when a part is missing or the denominator is not positive."""
    if numerator is None or denominator is None or denominator <= 0:
        return ""
    twice = abs(numerator) * 100 * 10**places * 2 + denominator
    percent = twice // (2 * denominator)
    return f"{format_scaled(-percent if numerator < 0 else percent, places)} %"


def format_ratio(ratio: Decimal | None, places: int = 2) -> str:
    """A ratio (1 = everything) as a percentage, half up: Decimal("0.9512") -> "95,12 %"; "" when there is none."""
    if ratio is None or not ratio.is_finite():
        return ""
    with localcontext() as context:
        context.prec = 60 + max(0, ratio.adjusted())
        scaled = (ratio * 100).scaleb(places).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{format_scaled(int(scaled), places)} %"


def parse_cell(text: str, decimals: int) -> int | CellProblem:
    """The scaled integer that the text states, or why it states none; never raises, never rounds, never guesses.

    Thousands may be grouped by dots or spaces in threes, the decimal sign is the comma, full-width digits count as digits.
    """
    cleaned = _strip_invisible(text)
    if not cleaned:
        return CellProblem("Ô đang trống.", _expected(decimals))
    if len(cleaned) > MAX_CHARACTERS:
        return _too_long(cleaned, decimals)
    plain = "".join(_plain_character(character) for character in cleaned)
    if plain[0] in _MINUS and _ONLY_NUMBER_SIGNS.fullmatch(plain[1:]):
        return CellProblem(f"{_echo(cleaned)} là số âm; chỉ tiêu này chỉ nhận số từ 0 trở lên.", _expected(decimals))
    if not _ONLY_NUMBER_SIGNS.fullmatch(plain):
        return CellProblem(
            f"{_echo(cleaned)} không phải là một con số; chỉ nhập chữ số, không kèm chữ, đơn vị tính hay ký hiệu.", _expected(decimals)
        )
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return _unclear(plain, decimals)
    return _scaled(_digits_of(match[1]), match[2] or "", decimals)


def _scaled(whole: str, fraction: str, decimals: int) -> int | CellProblem:
    """Whole part and fraction (digits only) as a scaled integer, within the limits of a cell."""
    significant = whole.lstrip("0") or "0"
    if len(significant) + decimals > MAX_DIGITS:
        return _too_many_digits(len(significant), decimals)
    if len(fraction) > decimals:
        return _too_many_decimals(significant, fraction, decimals)
    return int(significant + fraction.ljust(decimals, "0"))


def _strip_invisible(text: str) -> str:
    """Without the blanks and the invisible marks (byte order, direction) that pasting leaves at the ends."""
    start, end = 0, len(text)
    while start < end and _is_invisible(text[start]):
        start += 1
    while end > start and _is_invisible(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


def _plain_character(character: str) -> str:
    """Full-width digits and signs as plain ones, any kind of blank as a space.

    Only true digits (category Nd) are taken over: compatibility folding alone would read "5²" as 52.
    """
    if character.isspace():
        return " "
    folded = unicodedata.normalize("NFKC", character)
    if folded in "0123456789":
        return folded if unicodedata.category(character) == "Nd" else character
    return folded if folded in (".", ",", "-") else character


def _digits_of(grouped: str) -> str:
    return grouped.replace(".", "").replace(" ", "")


def _expected(decimals: int) -> str:
    if decimals <= 0:
        return "Số nguyên từ 0 trở lên, ví dụ 1250 hoặc 1.250."
    example = format_scaled(125 * 10**decimals + 5, decimals)
    return f"Số từ 0 trở lên, tối đa {decimals} chữ số sau dấu phẩy, ví dụ 1250 hoặc {example}."


def _echo(text: str) -> str:
    """At most 40 characters of what was typed, fit to be shown: no control characters, no broken halves."""
    shown = "".join(c if c.isprintable() else " " for c in text[:_ECHO])
    return f"“{shown}…”" if len(text) > _ECHO else f"“{shown}”"


def _too_long(text: str, decimals: int) -> CellProblem:
    plain = "".join(_plain_character(character) for character in text)
    if _ONLY_NUMBER_SIGNS.fullmatch(plain):
        digits = sum(character.isdigit() for character in plain.partition(",")[0])
        return _too_many_digits(digits, decimals)
    message = f"Nội dung nhập vào dài {format_int(len(text))} ký tự; ô này chỉ nhận một con số (tối đa {MAX_CHARACTERS} ký tự)."
    return CellProblem(message, _expected(decimals))


def _too_many_digits(count: int, decimals: int) -> CellProblem:
    if decimals <= 0:
        message = f"Số vừa nhập có {format_int(count)} chữ số; ô này nhận tối đa {MAX_DIGITS} chữ số. Kiểm tra lại số liệu và đơn vị tính."
    else:
        message = (
            f"Số vừa nhập có {format_int(count)} chữ số trước dấu phẩy; ô này nhận tối đa {MAX_DIGITS - decimals}. "
            "Kiểm tra lại số liệu và đơn vị tính."
        )
    return CellProblem(message, _expected(decimals))


def _too_many_decimals(whole: str, fraction: str, decimals: int) -> CellProblem:
    value = int(whole)
    if len(fraction) == 3 and 0 < value < 1000:
        return CellProblem(_comma_as_group(value, fraction), _expected(decimals))
    if decimals > 0:
        count = format_int(len(fraction))
        message = f"Số vừa nhập có {count} chữ số sau dấu phẩy; chỉ tiêu này nhận tối đa {decimals}. Hệ thống không tự làm tròn."
    elif fraction.strip("0"):
        message = f"Chỉ tiêu này là số nguyên: nhập {format_int(value)} hoặc {format_int(value + 1)}, không nhập phần lẻ."
    else:
        message = f"Chỉ tiêu này là số nguyên: nhập {format_int(value)}, không nhập phần lẻ."
    return CellProblem(message, _expected(decimals))


def _comma_as_group(value: int, fraction: str) -> str:
    """`1,000` is one to a Vietnamese reader and a thousand to an English spreadsheet: ask, do not choose."""
    thousand = format_int(value * 1000 + int(fraction))
    message = f"“{value},{fraction}” chưa rõ: nếu là {thousand} thì viết {thousand} (dấu chấm tách hàng nghìn)"
    if not fraction.strip("0"):
        message += f", nếu là {value} thì viết {value}"
    return message + "; dấu phẩy là dấu thập phân."


def _unclear(plain: str, decimals: int) -> CellProblem:
    """Signs of a number, but not one number: say which sign is out of place and how to write it."""
    english = _ENGLISH_GROUPS.fullmatch(plain)
    if english is not None:
        meant = english[1].replace(",", ".") + (f",{english[2]}" if english[2] else "")
        why = f"viết theo kiểu nước ngoài; nếu là {meant} thì viết {meant}"
    elif "." in plain:
        why = "chưa rõ: dấu chấm chỉ dùng để tách hàng nghìn, mỗi nhóm đúng ba chữ số (1.000); "
        why += "phần lẻ viết sau dấu phẩy (1,5)" if decimals > 0 else "chỉ tiêu này là số nguyên, không có phần lẻ"
    elif " " in plain:
        why = "chưa rõ: có phải là hai con số? Dấu cách chỉ tách hàng nghìn, mỗi nhóm đúng ba chữ số"
    else:
        why = "chưa rõ: dấu phẩy chỉ đứng giữa phần nguyên và phần lẻ"
    return CellProblem(f"{_echo(plain)} {why}.", _expected(decimals))
