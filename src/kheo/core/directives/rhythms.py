"""Days of every month or quarter: `trước ngày 20 hằng tháng`, `ngày 25 của tháng cuối quý`, `tuần đầu của quý sau`. All on bare text."""

import re
from calendar import monthrange
from collections.abc import Iterator

from kheo.core.directives.body import Span
from kheo.core.directives.dates import LONGEST_MONTH, When
from kheo.core.directives.due import GOES_OUT, MEETS
from kheo.core.directives.paper import quick, rule
from kheo.core.directives.periods import periods
from kheo.core.directives.point import ANY, Point

# `ngày làm việc cuối cùng của tháng`, `ngày làm việc thứ 3 của tháng sau`, `ngày cuối cùng của quý`
_WHICH_OF_A_MONTH = rule(
    r"ngay (?:(?:lam viec )?(?:cuoi|dau)(?: cung| tien)?|lam viec thu \w+)(?: (?:cua|trong))?(?: (?:hang|moi|cac))? "
    r"(?:thang(?! (?:cuoi|dau|\d)(?! ky))|(quy)(?! (?:[ivx]+|\d)\b))"
)
_WHICH_MONTH = (
    r"(?:cuoi|dau|thu|sau|ke|tiep|lien|bao|truoc|gieng|chap|cong|hanh|an toan|thanh)"  # not every month: one of a name or a quarter
)
_MONTHLY = rule(
    rf"ngay (?:mung |mong )?(\d{{1,2}}|cuoi(?: cung)?)(?:\s*\([a-z\s]{{2,18}}\))?(?:(?:,| va)(?: ngay)? \d{{1,2}})* (?:cua )?"
    rf"(?:(hang|moi|cac|cuoi) thang|(?:thang (bao cao)|(?<=cua\s)thang(?!\s*\d| {_WHICH_MONTH}\b)|(?<=cua\s)thang(?= truoc thang\b))"
    r"|thang (?:cuoi|dau"
    r"|cuoi cung|dau tien|thu (?:nhat|hai|ba))"
    r" (?:(?:cua|trong) )?(?:moi |hang |cac )?(quy)"
    r"(?: (?:sau|ke tiep|tiep theo|lien ke|bao cao(?=\s*(?:[.,;:)]|$))))?|thang (?:sau|ke tiep|tiep theo|lien ke|lien sau|ke sau|cuoi ky)"
    r"|(?<=cua\s)(quy)(?= (?:sau|tiep|ke|lien)))(?: (quy))?"
)
# `vào các ngày từ 01 đến 10 hằng tháng`: the last of them is the limit
_DAYS_UP_TO = rule(r"\b(?:tu|ngay) (?:ngay )?\d{1,2} (?:den|toi) (?:het )?(\d{1,2}) (?:cua )?(?:hang|moi|cac) thang\b")
_DAY_ALONE = rule(
    r"\b(?:truoc|cham nhat|muon nhat|vao)(?: la| vao)? ngay (?:mung |mong )?(\d{1,2})(?!\s*(?:[/.\-–]\s*)?\d)"
    r"(?! (?:cua )?(?:hang |moi |cac )?thang)"
)
# `(tháng: ngày 18; quý: ngày 18 tháng cuối quý)`
_MONTH_AND_DAY = rule(
    r"(?<![a-z\d])(?:(?<=[(;:,]\s)|(?<=[(;:,])|(?<=bao\scao\s))(?:hang )?thang\s*:\s*(?:truoc )?ngay (\d{1,2})"
    r"(?!\s*[/.\d-])(?! (?:cua )?(?:hang |moi )?thang)"
)
# `trong 03 ngày làm việc đầu tháng`, `vào tuần đầu của quý sau`, `10 ngày cuối của tháng`
_PART_OF_A_MONTH = rule(
    r"(?:(?:trong|vao|cham nhat(?: la| vao)?)[\s:]+)?(?:(?:vong )?\d{1,2} ngay(?: lam viec)?|tuan) (?:le )?(?:dau(?: tien)?|cuoi(?: cung)?)"
    r",? (?:cua )?(?:(?:hang|moi|cac) )?(thang|quy)(?! (?:\d|[ivx]+\b))(?: (?:sau|ke tiep|tiep theo|lien ke))?"
)
# `mỗi tháng 02 lần (ngày 5 và ngày 20)`
_DAYS_OF_A_MONTH = rule(
    r"\b(?:(?:moi|hang) thang[^.;()]{0,30}|lan\s*(?:/|moi )\s*thang[\s,]*)\(?\s*(?:(?:vao|truoc|cac|cham nhat) )*"
    r"ngay (\d{1,2}(?:\s*(?:,|va|;)\s*(?:ngay )?\d{1,2})+)(?!\s*/)\s*\)?"
)
# `trước ngày 14 của tháng 6, 12`, `ngày 10 các tháng 3, 6, 9, 12`, `ngày 15 tháng 6 và tháng 12`
_NAMED_MONTHS = rule(
    r"(?:\b(?:truoc|cham nhat|muon nhat|vao|gui|nop)(?: la| vao)? ngay|(?<=[:(]\s)ngay(?= \d{1,2} (?:cua )?cac )"
    r"|(?<=[:(])ngay(?= \d{1,2} (?:cua )?cac ))"
    r" (\d{1,2})(?: (?:cua|cac|moi))* thang (\d{1,2}(?:\s*(?:,|;|va|,\s*va)\s*(?:thang )?\d{1,2}(?![\d/])){1,11})"
    r"(?! nam \d)(?: (?:hang|moi|cua) nam)?"
)
_BY_COUNT = {2: "half-year", 3: ANY, 4: "quarter", 12: "month"}  # how often, by how many months are named
_MONTHS, _LEAP_YEAR = 12, 2024
_BUT_THE_LAST = [3, 6, 9]  # the months that end quarters
_OF_MONTHS = r"\s(?:tien\s|cung\s|cua\s|moi\s|hang\s)*(?:thang|quy)"
_MAY_HOLD_PARTS = re.compile(
    quick(rf"\b(?:dau{_OF_MONTHS}|cuoi{_OF_MONTHS}|lan{_OF_MONTHS}|lan\s*/\s*thang|moi{_OF_MONTHS}|hang{_OF_MONTHS})")
)
_EVERY_MONTH = rule(r"\bthang(?: sau| ke tiep| tiep theo| lien ke| lien sau| ke sau)?$")
_LIMIT_BEFORE = rule(r"\b(?:truoc|cham nhat|muon nhat|khong qua|han)\b[\s:,]*(?:la |vao |den |het |truoc )*$")
_COUNTED_TO = rule(
    r"\b(?:(?:chot|tinh|lay)(?: so lieu)? (?:den|vao|tu)\b[\s:,]*(?:het |truoc )?"
    r"|(?:chot|so lieu|ky bao cao|tinh)\b[^.;]{0,120}? tu (?:ngay )?\d[^.;]{0,60} den (?:het )?)$"
)
_LAST_BEFORE = rule(
    r"\b(?:truoc|cham nhat|muon nhat|khong qua|muon hon|cham hon|han(?: (?:cuoi|chot|nop|gui))*|vao|trong)\b"
    r"[\s:,]*(?:la |vao |den |het |truoc )*$"
)
_SENT_OR_DONE = rule(r"\b(?:phan anh|cap nhat|cung cap|tong hop|bao cao|gui|hoan thanh|dang ky|nop|cong khai|dang tai)\b")


def days_of_months(text: str, sentence: Span) -> Iterator[Point]:
    """All of a sentence."""
    yield from _day_of_named_months(text, sentence)
    yield from _day_of_a_month(text, sentence)
    yield from _monthly(text, sentence)
    yield from _parts_of_months(text, sentence)


def _day_of_named_months(text: str, sentence: Span) -> Iterator[Point]:
    """`trước ngày 14 của tháng 6, 12`, `ngày 10 các tháng 3, 6, 9 và 12`: a day of each, half-yearly if two, quarterly if four."""
    for match in _NAMED_MONTHS.finditer(text, sentence.start, sentence.end):
        named = list(re.finditer(r"\d{1,2}", match[2]))
        whens = [_day_in(int(match[1]), int(each[0])) for each in named]
        if _COUNTED_TO.search(text, sentence.start, match.start()) or not all(whens):
            continue
        of_quarters = [int(each[0]) for each in named] == _BUT_THE_LAST  # `ngày 20 các tháng 3, 6, 9`, and a report of the year besides
        at = match.start()
        for index, (each, when) in enumerate(zip(named, whens, strict=True)):
            end = match.end() if index + 1 == len(named) else match.start(2) + each.end()
            yield Point(at, end, when, "quarter" if of_quarters else _BY_COUNT.get(len(named), ANY))
            at = end


def _day_in(day: int, month: int) -> When | None:
    return When(month, day) if 1 <= month <= _MONTHS and 1 <= day <= monthrange(_LEAP_YEAR, month)[1] else None


def _day_of_a_month(text: str, sentence: Span) -> Iterator[Point]:
    """`Hằng tháng (chậm nhất ngày 28)`: the period stands before the day."""
    for match in _MONTH_AND_DAY.finditer(text, sentence.start, sentence.end):
        if 1 <= int(match[1]) <= LONGEST_MONTH:
            yield Point(match.start(), match.end(), None, "month", None, int(match[1]))
    for match in _DAY_ALONE.finditer(text, sentence.start, sentence.end):
        before = [period for period in periods(text, sentence.start, match.end()) if period.name in ("month", "quarter")]
        if before and 1 <= int(match[1]) <= LONGEST_MONTH:
            yield Point(match.start(), match.end(), None, before[-1].name, None, int(match[1]))


def _monthly(text: str, sentence: Span) -> Iterator[Point]:
    """`trước ngày 20 hằng tháng`, `ngày 25 của tháng cuối quý`; two days of every month are two limits."""
    for match in _WHICH_OF_A_MONTH.finditer(text, sentence.start, sentence.end):
        if _LAST_BEFORE.search(text, sentence.start, match.start()) and not _COUNTED_TO.search(text, sentence.start, match.start()):
            yield Point(match.start(), match.end(), None, "quarter" if match[1] else "month")
    sends = _SENT_OR_DONE.search(text, sentence.start, sentence.end)
    for match in _DAYS_UP_TO.finditer(text, sentence.start, sentence.end) if sends else ():
        if 1 <= int(match[1]) <= LONGEST_MONTH and not _COUNTED_TO.search(text, sentence.start, match.start(1)):
            yield Point(match.start(), match.end(), None, "month", None, int(match[1]))
    for match in _MONTHLY.finditer(text, sentence.start, sentence.end):
        if _COUNTED_TO.search(text, sentence.start, match.start()):
            continue
        if not (sends or _LIMIT_BEFORE.search(text, sentence.start, match.start())):
            continue
        period = (
            "quarter" if match[4] or match[5] or match[6] else "month" if match[2] or match[3] else _said_of_a_month(text, sentence, match)
        )
        days = re.findall(r"\d{1,2}", text[match.start() : match.end()])
        for index, day in enumerate(days or [None]):
            at = match.start() + index
            if day is None or 1 <= int(day) <= LONGEST_MONTH:
                yield Point(at, match.end() if index + 1 >= len(days) else at + 1, None, period, None, int(day) if day else None)


def _said_of_a_month(text: str, sentence: Span, match: re.Match[str]) -> str | None:
    """`chậm nhất ngày 20 của tháng`, `ngày 05 tháng sau`: every month's, unless the sentence names another period before it."""
    if match[0].endswith("cuoi ky"):
        return ANY
    longer = any(each.name not in ("day", "week") for each in periods(text, sentence.start, match.start()))
    if not _EVERY_MONTH.search(match[0]) or longer:
        return None
    return "month"


def _parts_of_months(text: str, sentence: Span) -> Iterator[Point]:
    """A first or last week of every month or quarter, of something asked for; two days of every month that stand in brackets."""
    at = sentence.start, sentence.end
    if not _MAY_HOLD_PARTS.search(text, *at):
        return
    goes_out = GOES_OUT.search(text, *at) and not _SENT_OR_DONE.search(text, *at)
    if not (goes_out or MEETS.search(text, *at)):
        for match in _PART_OF_A_MONTH.finditer(text, sentence.start, sentence.end):
            yield Point(match.start(), match.end(), None, "month" if match[1] == "thang" else "quarter")
    for match in _DAYS_OF_A_MONTH.finditer(text, sentence.start, sentence.end):
        days = list(re.finditer(r"\d{1,2}", match[1]))
        for index, day in enumerate(days):
            start = match.start(1) + day.start() if index else match.start()
            end = match.end() if index + 1 == len(days) else match.start(1) + day.end()
            if 1 <= int(day[0]) <= LONGEST_MONTH:
                yield Point(start, end, None, "month", None, int(day[0]))
