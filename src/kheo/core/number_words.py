"""Numbers in Vietnamese words, as they stand on official papers: `bảy nghìn năm trăm chín mươi ba`.

Read in groups of three digits; nine digits make a "tỷ", and larger numbers count those. Inside a number an empty hundred is said
("không trăm"), a lonely last digit is tied by "linh" (in the south "lẻ"), and one, four and five change after "mươi":
mốt, tư, lăm. Groups of nothing but zeros are not said.
"""

from typing import Literal

Tie = Literal["linh", "lẻ"]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}


def number_words(value: int, *, tie: Tie = "linh") -> str:
    """A whole number in words: 7593 -> "bảy nghìn năm trăm chín mươi ba", 0 -> "không", -5 -> "âm năm"."""
    if value < 0:
        return f"âm {number_words(-value, tie=tie)}"
    if value == 0:
        return _DIGITS[0]
    return " ".join(_words(value, tie, is_inside=False))


def scaled_words(value: int, decimals: int, *, tie: Tie = "linh") -> str:
    """A scaled integer in words: (1205, 1) -> "một trăm hai mươi phẩy năm"; zeros at the end of the fraction are not said."""
    whole, fraction = divmod(abs(value), 10**decimals)
    sign = "âm " if value < 0 else ""
    digits = f"{fraction:0{decimals}d}".rstrip("0") if decimals > 0 else ""
    if not digits:
        return sign + number_words(whole, tie=tie)
    zeros = [_DIGITS[0]] * (len(digits) - len(digits.lstrip("0")))
    return " ".join([sign + number_words(whole, tie=tie), "phẩy", *zeros, number_words(int(digits), tie=tie)])


def amount_words(value: int, unit: str = "đồng", *, tie: Tie = "linh") -> str:
    """An amount for a line "Bằng chữ": 22000000 -> "Hai mươi hai triệu đồng"."""
    words = f"{number_words(value, tie=tie)} {unit}"
    return words[0].upper() + words[1:]


def _words(value: int, tie: Tie, *, is_inside: bool) -> list[str]:
    """`is_inside`: something stands before, so that an empty hundred must be said."""
    billions, rest = divmod(value, _BILLION)
    words = [*_words(billions, tie, is_inside=is_inside), "tỷ"] if billions else []
    for size, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words += _group(group, tie, is_inside=is_inside or bool(words))
            words += [name] if name else []
    return words


def _group(value: int, tie: Tie, *, is_inside: bool) -> list[str]:
    """Up to three digits."""
    hundreds, rest = divmod(value, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or is_inside else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        tied = [tie] if words and ones else []
        return [*words, *tied, *([_DIGITS[ones]] if ones else [])]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 0:
        return words
    said = _AFTER_TENS.get(ones, _DIGITS[ones]) if tens > 1 else {5: "lăm"}.get(ones, _DIGITS[ones])
    return [*words, said]
