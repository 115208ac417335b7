"""Names and numbers where there is little room: as people of the field shorten them themselves."""

from kheo.core.numbers import format_scaled
from kheo.core.text import fold

# Abbreviations of the directive itself (199/LĐLĐ-TG) and of every union paper.
_OPENINGS = (("Liên đoàn Lao động ", "LĐLĐ "), ("Công đoàn cơ sở ", "CĐCS "))
_STEPS = ((10**9, 10**9, "tỷ"), (10**7, 10**6, "triệu"))


def short_name(name: str) -> str:
    """`Liên đoàn Lao động Quận 1` -> `LĐLĐ Quận 1`."""
    for opening, short in _OPENINGS:
        if name.startswith(opening):
            return short + name[len(opening) :]
    return name


def short_number(value: int, decimals: int) -> str:
    """`19,8 tỷ`, `12,5 triệu` from ten million on, where all the digits would not fit; else the number itself. Rounded half up."""
    whole = value // 10**decimals
    for least, size, word in _STEPS:
        if whole >= least:
            tenths = (20 * whole + size) // (2 * size)
            return f"{format_scaled(tenths, 1).removesuffix(',0')} {word}"
    return format_scaled(value, decimals)


def initials(name: str) -> str:
    """`Ban Dân vận Thành ủy` -> `BDVTU`: capitals without marks, as the Party's own notations are made; Đ stays."""
    letters = (word[0].upper() for word in name.split() if word[0].isalpha())
    return "".join(letter if letter == "Đ" else fold(letter).upper() for letter in letters)
