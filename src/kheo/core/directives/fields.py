"""Fields that an office is named after, parted by commas: `Sở Văn hóa, Thể thao và Du lịch`, `Phòng Thanh tra, Kiểm tra`."""

import re
from collections.abc import Callable

from kheo.core.directives.paper import rule

_AND_ANOTHER = re.compile(r",\s+(\w+(?:\s+\w+){0,3}?)\s+và\s+(\w+)(?=\s+\w)")
# `Ban Tuyên giáo, Nữ công`: one more field of a part of an office, if nothing but its name can stand there.
_PART_OF_AN_OFFICE = rule(r"(?:phong|ban|to|chi cuc|cuc|vu|khoa|bo phan)(?! (?:thuong|chap|chi|giam|quan ly)\b) ")
_ONE_MORE = re.compile(r",\s+(?=\w)")
_WORD = re.compile(r"\w+")
_LONGEST = 3  # words of a field
# Fields that are written small after the one before.
_SMALL = rule(r"(?:(?:hoc sinh|kham|nong thon|ba me|phu nu|can bo))$"), rule(r", (?:sinh vien|chua benh|cong nhan|tre em|cong chuc)\b")
_LONGEST_BEFORE = 12  # letters


def is_between_fields(bared: str, at: int) -> bool:
    """Whether a comma at a place stands in `học sinh, sinh viên`, `Khám, chữa bệnh` and their like."""
    before, after = _SMALL
    return bool(after.match(bared, at) and before.search(bared, max(0, at - _LONGEST_BEFORE), at))


def next_field(clean: str, bared: str, start: int, at: int, end: int, may_end: Callable[[int], bool]) -> int | None:
    """Where the last field begins that the name from `start` on goes on with after a comma at a place; None where it does not.

    `may_end`: whether a name may end at a place, and a field may not begin there.
    """
    another = _AND_ANOTHER.match(clean, at, end)
    if another and clean[another.start(1)].isupper() and clean[another.start(2)].isupper() and not may_end(another.start(1) - 1):
        return another.start(2)
    found = None
    while _PART_OF_AN_OFFICE.match(bared, start) and (field := _one_more(clean, at, end, may_end)):
        found, at = field
    return found


def _one_more(clean: str, at: int, end: int, may_end: Callable[[int], bool]) -> tuple[int, int] | None:
    """Where a field of two or three words begins and ends, after a comma at a place."""
    comma = _ONE_MORE.match(clean, at, end)
    if comma is None or not clean[comma.end()].isupper() or may_end(comma.end() - 1):
        return None
    stop = comma.end()
    for _ in range(_LONGEST):
        word = _WORD.match(clean, stop, end)
        if word is None or (stop > comma.end() and not word[0].islower()):
            return None
        if stop > comma.end() and may_end(word.end()):
            return comma.end(), word.end()
        stop = word.end() + 1
    return None
