"""Names of units as people write them: how sure it is which unit is meant, and a name as it would be written in full."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kheo.core.text import fold, name_key, nfc, with_zeros, without_zeros

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

_KEPT_SHORT = (("cong doan co so ", "cdcs "), ("lien doan lao dong ", "ldld "), ("cong doan ", "cd "))
# Inside an address, where a letter stands alone before a point or a number: `P.14 Q.10`.
_INSIDE = (
    (r"p(?:\.\s*|\s*(?=\d))", "Phường "),
    (r"q(?:\.\s*|\s*(?=\d))", "Quận "),
    (r"tt\.\s*", "Thị trấn "),
    (r"tx\.\s*", "Thị xã "),
    (r"t\.?p\.\s*", "Thành phố "),
    (r"h\.\s*", "Huyện "),
    (r"x\.\s*", "Xã "),
)
_WITHIN = tuple((re.compile(rf"(?<![\w.]){pattern}", re.IGNORECASE), full) for pattern, full in _INSIDE)


@dataclass(frozen=True)
class NamedRow:
    """A row of the table: where it stands, the name, the unit above if it is said, the code and kind if it has them, as written."""

    row: int
    name: str
    above: str
    code: str
    kind: str = ""
    sheet: str = ""


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
    """`P.12`, `Q. 01`, `CĐCS May 10` written out, to compare; a name that is not shortened stays as it is."""
    return without_zeros(written_out(name))


def spellings(name: str) -> set[str]:
    """The folded forms in which a name may be kept: written out or shortened, numbers with a zero before them or without."""
    whole = fold(in_full(name))
    short = {short + whole.removeprefix(full) for full, short in _KEPT_SHORT if whole.startswith(full)}
    return {each for form in (whole, fold(name), *short) for each in (form, with_zeros(form))}


def written_out(name: str) -> str:
    """The same with every number as it was written: how a new unit is called."""
    whole = nfc(name)
    for pattern, full in _BEGINNINGS:
        found = pattern.match(whole)
        if found:
            whole = full + whole[found.end() :]
            break
    return whole[:1].upper() + whole[1:]


def spelled_out(text: str) -> str:
    """What somebody looks for, with every shortened kind written out: `P.14, Q.10` is `Phường 14, Quận 10`."""
    whole = ", ".join(in_full(part) for part in text.split(","))
    for pattern, full in _WITHIN:
        whole = pattern.sub(full, whole)
    return whole


def is_same(one: str, other: str) -> bool:
    """Whether two names are the same, however shortened and wherever the tone mark stands."""
    return name_key(in_full(one)) == name_key(in_full(other))
