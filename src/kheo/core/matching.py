"""A people's own table of units, with names instead of codes: which column says what, and a name as it would be written in full."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kheo.core.text import fold, name_key, nfc

LOOKED_FOR_HEADER = 30  # rows
_NAMES = ("ten don vi", "don vi", "ten phuong, xa", "phuong, xa", "phuong/xa", "ten to chuc", "cong doan co so", "ten cdcs", "ten")
_ABOVE = (
    "thuoc",
    "truc thuoc",
    "don vi cap tren",
    "cap tren",
    "quan, huyen",
    "quan/huyen",
    "quan",
    "huyen",
    "tinh, thanh pho",
    "tinh/thanh pho",
)
_CODES = ("ma don vi", "ma")
# As people shorten them in their own tables; only at the beginning of a name.
_SHORT = (
    (r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+", ""),
    (r"cđcs\.?\s+", "Công đoàn cơ sở "),
    (r"lđlđ\.?\s+", "Liên đoàn Lao động "),
    (r"cđ\.?\s+", "Công đoàn "),
    (r"tt\.\s*", "Thị trấn "),
    (r"tx\.\s*", "Thị xã "),
    (r"t\.?p\.?\s+|tp\.\s*", "Thành phố "),
    (r"p\.\s*|p(?=\d)|p\s+", "Phường "),
    (r"q\.\s*|q(?=\d)|q\s+", "Quận "),
    (r"h\.\s*", "Huyện "),
    (r"x\.\s*", "Xã "),
)
_BEGINNINGS = tuple((re.compile(pattern, re.IGNORECASE), full) for pattern, full in _SHORT)
_ZEROS = re.compile(r"\b0+(?=\d)")


@dataclass(frozen=True)
class NamedRow:
    """A row of the table: where it stands, the name, the unit above if there is a column for it, and the code if it has one."""

    row: int
    name: str
    above: str
    code: str


class Certainty(StrEnum):
    """How a name was understood. Everything but `SURE` is for somebody to look at."""

    SURE = "sure"
    SEVERAL = "several"
    TONES = "tones"
    ELSEWHERE = "elsewhere"
    OLD_NAME = "old_name"
    ENDED = "ended"
    TWICE = "twice"
    UNKNOWN = "unknown"


CERTAINTY_NAMES: Mapping[Certainty, str] = {
    Certainty.SURE: "chắc chắn",
    Certainty.SEVERAL: "có nhiều đơn vị cùng tên",
    Certainty.TONES: "chỉ khác dấu",
    Certainty.ELSEWHERE: "đúng tên nhưng thuộc đơn vị khác",
    Certainty.OLD_NAME: "là tên ở ngày khác",
    Certainty.ENDED: "đã kết thúc",
    Certainty.TWICE: "hai dòng cùng một đơn vị",
    Certainty.UNKNOWN: "không tìm thấy",
}


def in_full(name: str) -> str:
    """`P.12`, `Q. 01`, `CĐCS May 10` written out; a name that is not shortened stays as it is."""
    whole = nfc(name)
    for pattern, full in _BEGINNINGS:
        found = pattern.match(whole)
        if found:
            whole = full + whole[found.end() :]
            break
    return _ZEROS.sub("", whole[:1].upper() + whole[1:])


def is_same(one: str, other: str) -> bool:
    """Whether two names are the same, however shortened and wherever the tone mark stands."""
    return name_key(in_full(one)) == name_key(in_full(other))


def read_names(rows: Mapping[int, Sequence[object]]) -> tuple[NamedRow, ...] | None:
    """The rows under the first row that has a column of names; None where no such row is found. Rows are numbered from 1."""
    for row in sorted(rows)[:LOOKED_FOR_HEADER]:
        columns = _columns(rows[row])
        if columns is not None:
            below = (_row(index + 1, rows[index], columns) for index in sorted(rows) if index > row)
            return tuple(each for each in below if each.name)
    return None


def _columns(header: Sequence[object]) -> tuple[int, int | None, int | None] | None:
    said = [fold(str(cell)) if cell is not None else "" for cell in header]
    name, above, code = (_first(said, known) for known in (_NAMES, _ABOVE, _CODES))
    return None if name is None else (name, above, code)


def _first(said: Sequence[str], known: Sequence[str]) -> int | None:
    return next((said.index(word) for word in known if word in said), None)


def _row(number: int, cells: Sequence[object], columns: tuple[int, int | None, int | None]) -> NamedRow:
    name, above, code = (_text(cells, column) for column in columns)
    return NamedRow(number, name, above, code)


def _text(cells: Sequence[object], column: int | None) -> str:
    if column is None or column >= len(cells) or cells[column] is None:
        return ""
    value = cells[column]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else nfc(str(value))
