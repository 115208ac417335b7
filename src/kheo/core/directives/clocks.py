"""Limits by the clock and the week: `trước 16 giờ hằng ngày`, `chiều thứ Sáu hằng tuần`, `cứ 06 giờ một lần`. All rules work on bare text.

A wire in a flood, a campaign of vaccinations or a union at Tết asks for figures so; meetings and hours of service have rhythms too and are
no limits, so something has to be sent (or done, where a weekday is told).
"""

import re
from collections.abc import Iterator

from kheo.core.directives.body import Span
from kheo.core.directives.dates import HOUR, hour
from kheo.core.directives.due import GOES_OUT, MEETS
from kheo.core.directives.paper import any_of, quick, rule
from kheo.core.directives.point import Point

_UNIT = r"\s+(?:ngay|tuan|buoi)"
_MAY_HOLD = re.compile(
    quick(rf"\b(?:ngay\s*\(|hang{_UNIT}|moi{_UNIT}|cac{_UNIT}|tung{_UNIT}|trong{_UNIT}|tuan|\d\s*(?:gio|h|tieng|ngay)|lan)\b")
)
_SENT = rule(r"\b(?:bao cao|gui|nop|cung cap|tong hop|cap nhat|thong tin|thong bao|dang tai|gui ve|phan anh|bao(?!,| dam\b))\b")
_BY = r"(?:(?:truoc|cham nhat|muon nhat|khong qua|vao|luc|den|dinh ky|han)[\s:]+(?:(?:la|luc|vao|truoc|khoang|thoi diem|cac moc) )*)"
_PART_OF_DAY = r"(?:sang|chieu|cuoi|dau|trua|toi|cuoi buoi chieu|dau gio sang)"
_WEEKDAYS = "hai|ba|tu|nam|sau|bay|[2-7]"
_WEEKDAY = (
    rf"(?:(?:{_PART_OF_DAY}) )?(?:cac )?(?:ngay )?(?:(?:{_PART_OF_DAY}) )?"
    rf"(?:thu (?:{_WEEKDAYS})(?:(?:,| va)(?: thu)? (?:{_WEEKDAYS}))*|chu nhat)\b"
)
_ONE_HOUR = HOUR.replace("(", "(?:").replace("(?:?:", "(?:")
_HOURS = rf"((?<![/\d]){_ONE_HOUR}(?:\s*(?:,|;|va|hoac)\s*(?:truoc )?(?:luc )?{_ONE_HOUR})*)"
_DAILY = any_of(
    """(?:cua )?(?:hang|moi|tung) ngay|(?:cua )?(?:tat ca )?cac ngay (?:trong|tu|dien ra|nghi|xay ra|co|mua|con)
    |(?:moi )?ngay (?:mot|hai|ba|0?[1-4]) lan|(?:mot|hai|ba|0?[1-4]) lan(?:/| / | moi | trong | mot )ngay"""
)
_DAY_FIRST = rule(_DAILY)
_EVERY_DAY = (
    rule(rf"{_BY}?{_HOURS}[\s,(]*(?:{_PART_OF_DAY}[\s,]+)?{_DAILY}"),
    rule(rf"{_DAILY}(?:,? tu (?:ngay )?[^.;]{{1,20}} den (?:het )?(?:ngay )?[^.;,]{{1,24}},)?(?:[^.;\d]{{0,160}}?[\s,(:])?{_BY}{_HOURS}"),
    rule(rf"(?:moi )?ngay (?:0?[1-4]|mot|hai|ba) lan[\s,(:]+{_BY}?{_HOURS}"),
)
_FROM_AN_HOUR, _SENT_BY = rule(rf"\btu {_ONE_HOUR}\s*(?:den |[-–]\s*)?$"), rule(r"\b(?:gui|nop|bao cao)\b")
_DAY_REPORT = rule(rf"(?<=cao\s)ngay\s*\(?{_BY}{_HOURS}")
_WEEKLY = r"(?:cua )?(?:hang|moi|cac) tuan"
_EVERY_WEEK = (
    rule(rf"{_BY}?(?:{_HOURS}[\s,(]*)?\(?{_WEEKDAY}\)?,? {_WEEKLY}"),
    rule(rf"{_WEEKLY}(?: (?:mot|0?1) lan)?[\s,(:]*{_BY}?(?:{_HOURS}[\s,(]*)?{_WEEKDAY}"),
    rule(rf"(?<=cao\s)(?:ket qua )?tuan (?:[^.;,\d]{{0,40}}? )?\(?{_BY}(?:{_HOURS}[\s,(]*)?{_WEEKDAY}(?:,? {_WEEKLY})?"),
)
# `thứ Sáu tuần thứ hai và tuần thứ tư trong tháng`
_OF_A_MONTH = rule(
    rf"{_BY}?(?:{_HOURS}[\s,(]*)?{_WEEKDAY},? (?:cua )?tuan (?:thu (?:nhat|{_WEEKDAYS})|dau(?: tien)?|cuoi(?: cung)?)"
    rf"(?:(?:,| va)(?: tuan)? (?:thu )?(?:nhat|{_WEEKDAYS}|cuoi))* (?:(?:cua|trong) )?(?:(?:hang|moi) )?(thang|quy)\b"
)
# `cứ 06 giờ báo cáo một lần`, `02 giờ/lần`, `định kỳ 10 ngày một lần`
_EACH = rule(
    r"\b(?:cu(?: moi| sau)?|dinh ky|moi|it nhat) (\d{1,2}) (?:\([^()]{2,12}\) )?(gio|tieng|ngay|tuan)"
    r"(?:[^.;\d]{0,40}? (?:mot|0?1) lan|\s*/\s*lan)"
    r"|\bcu(?: moi| sau)? (\d{1,2}) (gio|tieng|ngay|tuan)\b"
    r"|\b(\d{1,2})\s*(gio|tieng|ngay|tuan)\s*(?:/\s*|(?:mot |0?1 ))lan"
)
_ONCE_A_WEEK = rule(rf"(?<![a-z]\s)\b(moi|hai) tuan (?:mot|0?1) lan\b(?: \({_BY}?{_WEEKDAY}\))?")
_MAY_BE_ONCE_A_WEEK = re.compile(r"tuan\s+(?:mot|0?1)\s+lan")
# How things are: `giá xăng được điều chỉnh vào thứ Năm hằng tuần`.
_IS_SO = rule(
    r"(?<!phai\s)(?<!can\s)\bduoc (?!bao|gui|nop)[^.;:,]{0,40}$"
    r"|\b(?:co thuc hien|chuyen (?:trang|muc)|phat (?:song|hanh|thanh)|loa truyen thanh|tren loa|he thong loa)\b"
    r"(?:(?!\b(?:gui|nop|bao cao)\b)[^.;:]){0,80}$"
)
# Days of rest and of service: `lịch nghỉ cố định ngày thứ Bảy, Chủ nhật hằng tuần`, `làm việc sáng thứ Bảy hằng tuần`.
_AT_REST = rule(
    r"(?<!de\s)(?<!phong\s)(?<!nha\s)(?<!khu\s)"
    r"\bnghi\b(?! (?:quyet|dinh|thuc|le|ngo|van)\b)[^.;:]{0,80}$|\blam viec(?: (?:ca|vao|buoi|tu))*\s*$"
)
# `trực ban 24/24 giờ, báo cáo tình hình về … trước 06 giờ hằng ngày`: the hour is of what is sent.
_SENT_BESIDES = rule(r",\s*(?:dong thoi |va )?(?:bao cao|gui|nop|tong hop|cap nhat)\b")
_SAID_BEFORE = 240  # letters in which the meeting is named whose hour it is
_SAID_AFTER = 60
_UNITS = {"gio": "hours", "tieng": "hours", "ngay": "days", "tuan": "weeks"}


# Without which the long rules above cannot hold.
_WEEKDAY_SAID, _HOUR_SAID = re.compile(rf"thu\s+(?:{_WEEKDAYS})|chu\s+nhat"), re.compile(r"\d\s*(?:g|h|:)")


def by_the_clock(text: str, sentence: Span) -> Iterator[Point]:
    """All of a sentence: an hour of every day is one limit, so two hours are two."""
    start, end = sentence.start, sentence.end
    if not _MAY_HOLD.search(text, start, end):
        return
    for point in _by_the_clock(text, start, end):
        before = max(start, point.start - _SAID_BEFORE)
        goes_out = GOES_OUT.search(text, before, point.end) and not _SENT.search(text, before, point.start)
        meets = MEETS.search(text, before, point.end if _SENT.search(text, start, end) else min(end, point.end + _SAID_AFTER))
        if meets and meets.start() < point.start and _SENT_BESIDES.search(text, meets.end(), point.start):
            meets = None
        if not (goes_out or meets or _is_open(text, before, point) or _is_how_things_are(text, before, point)):
            yield point


def _is_how_things_are(text: str, before: int, point: Point) -> bool:
    """What goes on every week, or who rests and serves then."""
    return point.period == "week" and any(each.search(text, before, point.start) for each in (_IS_SO, _AT_REST))


def _is_open(text: str, before: int, point: Point) -> bool:
    """`trực từ 07 giờ 30 đến 17 giờ 30 các ngày trong tuần`: hours of service, where nothing is to be sent."""
    return (
        point.period == "day" and bool(_FROM_AN_HOUR.search(text, before, point.start)) and not _SENT_BY.search(text, before, point.start)
    )


def _by_the_clock(text: str, start: int, end: int) -> Iterator[Point]:
    if _WEEKDAY_SAID.search(text, start, end):
        for match in _OF_A_MONTH.finditer(text, start, end):
            yield Point(match.start(), match.end(), None, "month" if match[2] == "thang" else "quarter", _first_hour(match[1]))
        for pattern in _EVERY_WEEK:
            for match in pattern.finditer(text, start, end):
                yield Point(match.start(), match.end(), None, "week", _first_hour(match[1]))
    if not _SENT.search(text, start, end):
        return
    for pattern in (*_EVERY_DAY, _DAY_REPORT) if _HOUR_SAID.search(text, start, end) else ():
        for match in pattern.finditer(text, start, end):
            yield from _each_hour(match)
    for match in _ONCE_A_WEEK.finditer(text, start, end) if _MAY_BE_ONCE_A_WEEK.search(text, start, end) else ():
        yield Point(match.start(), match.end(), None, "2-weeks" if match[1] == "hai" else "week")
    for match in _EACH.finditer(text, start, end):
        number, unit = next((match[at], match[at + 1]) for at in (1, 3, 5) if match[at])
        yield Point(match.start(), match.end(), None, f"{int(number)}-{_UNITS[unit]}")


def _first_hour(hours: str | None) -> str | None:
    told = re.match(HOUR, hours) if hours else None
    return hour(told[1], told[2]) if told else None


def _each_hour(match: re.Match[str]) -> Iterator[Point]:
    """One limit for each hour, up to the next; what is said between `hằng ngày` and the hour (to whom) is no part of it."""
    hours = list(re.finditer(HOUR, match[1]))
    at = match.start(1) if _DAY_FIRST.match(match[0]) else match.start()
    for index, each in enumerate(hours):
        end = match.end() if index + 1 == len(hours) else match.start(1) + each.end()
        yield Point(at, end, None, "day", hour(each[1], each[2]))
        at = end
