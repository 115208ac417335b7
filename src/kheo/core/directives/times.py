"""The times of a sentence that are limits: by a day, by a day of every year, month or quarter, beside a period.

A date counts only after a word of limit (`trước`, `chậm nhất`, `hạn`) or beside a period (`06 tháng (10/5)`). All rules work on bare text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from kheo.core.directives.body import Span
from kheo.core.directives.dates import DAY_DIGITS, HOUR, OF_A_YEAR, WHOLE, YEAR_DIGITS, When, hour, of_a_year, whole
from kheo.core.directives.paper import any_of, rule
from kheo.core.directives.spans import Within, every_day_or_week, months, within

_LIMIT = any_of(
    r"""truoc|cham nhat|muon nhat|khong qua|khong muon hon|khong cham hon|han chot|han cuoi(?: cung)?|thoi han(?: [^.;:\d]{0,50}?)?
    |han (?:nop|gui|dang ky|nhan|bao cao)|thoi gian (?:hoan thanh|gui|nop|thuc hien|bao cao)[^.;:\d]{0,40}?
    |hoan thanh(?: (?:xong|trong))?|xong(?: trong)?|trong"""
)
_BETWEEN = r"[\s:,]*(?:(?:la|vao|den|het|luc|truoc|xong|trong|ngay|ca \d)[\s:,]+){0,3}"
_WEEKDAY = r"(?:\(?\s*(?:thu \w+|chu nhat)\s*\)?[\s,]*)?"
_AT_HOUR = rf"(?:{HOUR}[\s,]*(?:(?:sang|chieu|toi|trua)[\s,]+)?{_WEEKDAY})?"
_TODAY = r"(?:(?:ngay )?(?:hom nay|mai|hom sau)[\s,(]*)?"  # `trước 16 giờ 30 hôm nay (30/7/2025)`
_BY_DATE = rule(rf"({_LIMIT}){_BETWEEN}{_AT_HOUR}{_WEEKDAY}{_TODAY}{WHOLE}")
# `đến ngày 30/9/2023 số hóa xong`: a day up to which something shall be finished.
_UP_TO = rule(rf"\bden(?: het)?(?: ngay)?\s+{WHOLE}(?=[^.;]{{0,60}}?\b(?:xong|hoan thanh|hoan tat)\b)")
_OF_A_YEAR = rule(OF_A_YEAR)
_DAYS_IN_A_ROW = rule(
    rf"(?:truoc|vao|cham nhat|cac) (?:cac )?((?:(?:truoc )?(?:ngay )?(?:{DAY_DIGITS} thang {DAY_DIGITS}"
    rf"|{DAY_DIGITS}/{DAY_DIGITS})(?!\s*(?:/|nam))\s*(?:,|va|;)\s*){{1,7}})"
    rf"(?:va )?(?:truoc )?{WHOLE}"
)
_FROM_TO = rule(
    rf"\btu (?:\d{{1,2}}\s*(?:gio|h)\s*\d{{0,2}} )?(?:ngay )?{DAY_DIGITS}(?:/{DAY_DIGITS}"
    rf"| thang {DAY_DIGITS})?(?:[/ ](?:nam )?{YEAR_DIGITS})? (?:den|-|–)(?: het)? (?:{HOUR}[\s,]*)?{WHOLE}"
)
# `từ nay đến 24 giờ 00 ngày 05/5/2025`, `từ ngày ra văn bản đến hết ngày …`
_FROM_NOW = rule(rf"\btu (?:nay|khi|ngay (?:ra|ky|ban hanh|phat hanh)[a-z ]{{0,20}}?) den(?: het)? (?:{HOUR}[\s,]*)?{WHOLE}")
_TAKEN_FROM_NOW = rule(r"\b(?:nop|gui|tiep nhan|nhan|dang ky|hoan thanh|bao cao)\b")
_TAKEN_IN = rule(r"(?:\bnop|\bgui|nhan (?:ho so|bai|tac pham|san pham|y kien|dang ky)|hoan thanh)\b[^;]{0,240}$")
_COUNTED = rule(rf"(?:trong|sau|khong qua)(?: vong| thoi han| thoi gian)* (\d{{1,3}}) ngay,? (?:ke|tinh)? ?tu {WHOLE}")
_DIGIT_AND_MORE = re.compile(r"\b(?:tu|va|cac)\s[^.]{0,60}\d")  # without which none of the three rules above can hold
_FROM_OR_COUNTED = rule(r"(?:\btu (?:ngay )?\d[^.;]{0,30}|\btinh\s*|\bcong\s*)$")
_BY_DAY = rule(rf"({_LIMIT}|vao){_BETWEEN}{_AT_HOUR}{_WEEKDAY}{OF_A_YEAR}")
_LIMITS = re.compile(r"\b(?:truoc|cham|muon|khong|han|thoi|hoan|xong|trong|vao)\b")
_LAST_OF_A_MONTH = rule(r"ngay cuoi(?: cung)?(?: cua)? thang(?! (?:cuoi|dau|\d))")
_MONTHLY = rule(
    r"ngay (?:mung )?(\d{1,2}|cuoi(?: cung)?)(?:(?:,| va)(?: ngay)? \d{1,2})* (?:cua )?(?:(hang|moi|cac|cuoi) thang|thang (bao cao)"
    r"|thang (?:cuoi|dau"
    r"|cuoi cung|dau tien|thu ba)"
    r" (?:cua )?(?:moi |hang |cac )?(quy)|thang (?:sau|ke tiep|tiep theo|cuoi ky))(?: (quy))?"
)
_SENT_ON = rule(rf"\s*:?\s*(?:(?:vao|trong) )?{WHOLE}")
_DAY_ALONE = rule(
    r"\b(?:truoc|cham nhat|muon nhat|vao)(?: la| vao)? ngay (\d{1,2})(?!\s*(?:[/.\-–]\s*)?\d)(?! (?:cua )?(?:hang |moi |cac )?thang)"
)
_LIMIT_BEFORE = rule(r"\b(?:truoc|cham nhat|muon nhat|han)\b[\s:,]*(?:la |vao )?$")
_NOT_A_QUARTER = any_of(r"[ivx]+\b|\d|dinh|che|hoach|trinh|khach|vi\b|bao|tien|dat|cac|ii|iv")
_NEXT = r"(?=\s*(?:\(|,|hoac|truoc|gui|va\b|$))"
_PERIOD = rule(
    rf"(?<![a-z\d])(?:(?P<half>(?:0?6|sau) thang(?: (?:dau|cuoi) nam)?|ban nien|nua nam)|(?P<quarter>(?:hang|moi|tung) quy\b"
    rf"|quy(?! {_NOT_A_QUARTER})|0?3 thang)"
    r"|(?P<month>(?:hang|moi|tung) thang|(?<=ky\s)thang|(?<=cao\s)thang(?=,| va| quy| gui| truoc|:| vao| cham| \()"
    r"|(?<=,\s)thang(?=,))|(?P<day>(?:hang"
    r"|moi) ngay)|(?P<week>(?:hang|moi) tuan"
    r"|(?<=ky\s)tuan)"
    rf"|(?P<year>(?:hang|moi) nam|(?<=[,(]\s)nam{_NEXT}|(?<=va\s)nam{_NEXT}"
    rf"|(?<=ky\s)nam|(?<=ket\s)nam(?=\s*[:(]|\s+truoc)|(?<=cao\s)nam(?! \d)|(?:0?1"
    rf"|mot) nam(?=[\s,])))(?![a-z])"
)
_PAIR = rule(rf"\s*\(\s*(?:(?:truoc|cham nhat|vao) )?{OF_A_YEAR}\s*(?:hang nam\s*)?\)")
_PAIRED = re.compile(r"\(\s*(?:[\doli]|truoc|cham|vao|ngay)")  # without which there is no pair
_EVERY_YEAR = rule(r"[\s,(]*(?:cua )?(?:(?:hang|moi) nam|nam (?:sau|tiep theo|ke tiep|lien ke))")
_ALSO = rule(rf"\s*(?:,|va|;)\s*(?:(?:truoc|cham nhat) )?(?:ngay )?{OF_A_YEAR}")
_REMARK = rule(r"\s*\(?\s*(?:doi voi )?(?:bao cao )?(?:dinh ky )?")
# What happened or holds by a day is no order: `tính đến ngày`, `có hiệu lực`, `sinh trước ngày`, `từ ngày … đến ngày …`.
_NO_ORDER = rule(
    r"(?:tinh den|ke tu|co hieu luc|sinh|ky ket|tu (?:ngay )?[^.;]{0,40}den(?: het)?|tuyen dung|duoc cap|ap dung|xay ra|phat sinh|ton tai"
    r"|nhap ngu|ket nap|duoc to chuc|lo trinh [^.;:]{0,60}|thoi diem [^.;,]{0,40}|(?:giay|the|chung chi|van bang|ho so"
    r"|hop dong)\b[^.;,]{0,60}\b(?:cap|ky|lap|tiep nhan)|(?<!phai\s)(?<!can\s)duoc (?:phe duyet|cong nhan|thanh lap|dau tu"
    r"|bo nhiem|khoi cong"
    r"|cap phep|giao dat))\s*(?:den\s*)?(?:het\s*)?$"
)
_WEAK = rule(r"^(?:hoan thanh|xong|trong|thoi gian thuc hien)")
# What was done by a day tells a state, unless something is asked after it: `các dự án đã bàn giao … trước ngày …`.
_DONE = re.compile(r"\bda\b[^,;:(]*$")
_DONE_AFTER = re.compile(r"\s*(?:da|chua|van|tiep\s+tuc\s+(?:co|duoc)|duoc\s+(?:giai\s+quyet|thuc\s+hien|tiep\s+tuc|ap\s+dung))\b")
_ASKED = rule(r"\b(?:hoan thanh|gui|bao cao|trinh|xong|nop)\b")
_SENT_OR_DONE = rule(r"\b(?:bao cao|gui|hoan thanh|dang ky|nop|cong khai|dang tai)\b")
_MENDED = rule(r"\b(?:bao cao|gui|hoan thanh|dang ky|nop|khac phuc|khoi phuc|xu ly|giai quyet|cap|sua chua)\b")
_BOUND = rule(r"[\s:,]*(?:truoc|den|het|trong|vao)")
_NAMES = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "half": "half-year", "year": "year"}
_LONGEST = 120  # letters of a limit with its date


@dataclass(frozen=True)
class Point:
    """A time in a sentence: its place and what it says. `day`: a day of every month of a period; `month`: `2024-06`, `Q3`."""

    start: int
    end: int
    when: When | None
    period: str | None
    time: str | None = None
    day: int | None = None
    month: str | None = None
    within: Within | None = None


@dataclass(frozen=True)
class Period:
    """A word that names a period: `06 tháng`, `hằng năm`."""

    start: int
    end: int
    name: str


def points(text: str, sentence: Span) -> list[Point]:
    """All limits of a sentence in order, none inside another."""
    found = [*_pairs(text, sentence), *_by_date(text, sentence), *_by_day(text, sentence), *_monthly(text, sentence)]
    if _DIGIT_AND_MORE.search(text, sentence.start, sentence.end):
        found = [*_row_of_days(text, sentence), *_window(text, sentence), *_from_now(text, sentence), *_counted(text, sentence), *found]
    found += [*_up_to(text, sentence), *_in_a_month(text, sentence), *_day_of_a_month(text, sentence), *_without_a_day(text, sentence)]
    kept: list[Point] = []
    for point in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or point.start >= kept[-1].end:
            kept.append(point)
    return kept


def periods(text: str, start: int, end: int) -> Iterator[Period]:
    """The words between two places that name periods."""
    for match in _PERIOD.finditer(text, start, end):
        yield Period(match.start(), match.end(), _NAMES[match.lastgroup or ""])


def period_after(text: str, point: Point, end: int) -> tuple[Period, bool] | None:
    """The period said right after a day, and whether in brackets: `15/6 (báo cáo 6 tháng)`."""
    remark = _REMARK.match(text, point.end, end)
    match = _PERIOD.match(text, remark.end(), end) if remark else None
    if match is None:
        return None
    return Period(match.start(), match.end(), _NAMES[match.lastgroup or ""]), "(" in text[point.end : match.start() + 1]


def _pairs(text: str, sentence: Span) -> Iterator[Point]:
    """`06 tháng (10/5), năm (15/11)`."""
    if not _PAIRED.search(text, sentence.start, sentence.end):
        return
    for period in periods(text, sentence.start, sentence.end):
        match = _PAIR.match(text, period.end, sentence.end)
        when = of_a_year(match) if match else None
        if match and when:
            yield Point(period.start, match.end(), when, period.name)


def _after_limits(pattern: re.Pattern[str], text: str, sentence: Span) -> Iterator[re.Match[str]]:
    """Matches that begin at a word of limit; the words are looked for first, since few sentences have one."""
    at = sentence.start
    for word in _LIMITS.finditer(text, sentence.start, sentence.end):
        match = pattern.match(text, word.start(), min(sentence.end, word.start() + _LONGEST)) if word.start() >= at else None
        if match and not _is_state(text, match, sentence) and _is_bound(text, match, sentence):
            at = match.end()
            yield match


def _is_state(text: str, match: re.Match[str], sentence: Span) -> bool:
    before = text[max(sentence.start, match.start() - 160) : match.start()]
    done = _DONE.search(before)
    return bool(_NO_ORDER.search(before)) or bool(done and not _ASKED.search(done[0])) or bool(_DONE_AFTER.match(text, match.end()))


def _by_date(text: str, sentence: Span) -> Iterator[Point]:
    for match in _after_limits(_BY_DATE, text, sentence):
        when = whole(match, 4)
        if when:
            yield Point(match.start(), match.end(), when, "once", hour(match[2], match[3]) if match[2] else None)


def _up_to(text: str, sentence: Span) -> Iterator[Point]:
    for match in _UP_TO.finditer(text, sentence.start, sentence.end):
        when = whole(match)
        if when and not _FROM_OR_COUNTED.search(text, max(sentence.start, match.start() - 60), match.start()):
            yield Point(match.start(), match.end(), when, "once")


def _is_bound(text: str, match: re.Match[str], sentence: Span) -> bool:
    """`hoàn thành ngày …`, `trong ngày …`: a limit only of something to be sent or finished, never the day of an event."""
    if not _WEAK.match(match[1]):
        return True
    between = text[match.end(1) : match.end()]
    if match[1].startswith("trong"):
        return bool(_MENDED.search(text, sentence.start, match.start())) and between.strip().startswith("ngay")
    return bool(_BOUND.match(between))


def _by_day(text: str, sentence: Span) -> Iterator[Point]:
    for match in _after_limits(_BY_DAY, text, sentence):
        when = of_a_year(match, 4)
        every = _EVERY_YEAR.match(text, match.end(), sentence.end)
        if when is None or (match[1] == "vao" and not every):
            continue
        end = every.end() if every else match.end()
        yield Point(match.start(), end, when, "year" if every else None, hour(match[2], match[3]) if match[2] else None)
        yield from _more_days(text, sentence, match.end())


def _more_days(text: str, sentence: Span, at: int) -> Iterator[Point]:
    """`trước ngày 15/6 và 15/12 hằng năm`."""
    while match := _ALSO.match(text, at, sentence.end):
        when = of_a_year(match)
        if when is None:
            return
        every = _EVERY_YEAR.match(text, match.end(), sentence.end)
        yield Point(match.start(), every.end() if every else match.end(), when, "year" if every else None)
        at = match.end()


def _in_a_month(text: str, sentence: Span) -> Iterator[Point]:
    """`hoàn thành trong tháng 6/2024`, `trình Giám đốc Sở trong quý II`: a limit without a day, only where something must be finished."""
    for start, end, month in months(text, sentence):
        if not _NO_ORDER.search(text[max(sentence.start, start - 80) : start]):
            yield Point(start, end, None, "once", month=month)


def _without_a_day(text: str, sentence: Span) -> Iterator[Point]:
    for start, end, after in within(text, sentence):
        yield Point(start, end, None, "once", within=after)
    for start, end, period, clock in every_day_or_week(text, sentence):
        yield Point(start, end, None, period, hour(*clock) if clock else None)


def right_after(text: str, at: int, end: int) -> Point | None:
    """A day that follows the office something is sent to: `trình UBND huyện ngày 25/3/2021`."""
    dated = _SENT_ON.match(text, at, end)
    when = whole(dated) if dated else None
    return Point(at, dated.end(), when, "once") if dated and when else None


def _row_of_days(text: str, sentence: Span) -> Iterator[Point]:
    """`lần lượt trước ngày 10 tháng 3, ngày 10 tháng 6 và ngày 05 tháng 12 năm 2026`, `vào các ngày 23/9, 30/9 và 07/10/2024`: the year
    of the last is of all, and each is once.
    """
    for match in _DAYS_IN_A_ROW.finditer(text, sentence.start, sentence.end):
        last = whole(match, 2)
        if last is None or not _SENT_OR_DONE.search(text, sentence.start, match.start()):
            continue
        at = match.start()
        for day in _OF_A_YEAR.finditer(text, match.start(1), match.end(1)):
            when = of_a_year(day)
            if when:
                yield Point(at, day.end(), When(when.month, when.day, last.year), "once")
                at = day.end()
        yield Point(at, match.end(), last, "once")


def _window(text: str, sentence: Span) -> Iterator[Point]:
    """`nhận hồ sơ từ ngày 25/3 đến 17 giờ 00 ngày 10/4/2024`, `hoàn thành … từ ngày … đến ngày …`: the end is the limit."""
    for match in _FROM_TO.finditer(text, sentence.start, sentence.end):
        when = whole(match, 3)
        if when and _TAKEN_IN.search(text, sentence.start, match.start()):
            yield Point(match.start(), match.end(), when, "once", hour(match[1], match[2]) if match[1] else None)


def _from_now(text: str, sentence: Span) -> Iterator[Point]:
    for match in _FROM_NOW.finditer(text, sentence.start, sentence.end):
        when = whole(match, 3)
        if when and _TAKEN_FROM_NOW.search(text, sentence.start, match.start()):
            yield Point(match.start(), match.end(), when, "once", hour(match[1], match[2]) if match[1] else None)


def _counted(text: str, sentence: Span) -> Iterator[Point]:
    """`hoàn thành trong 12 ngày kể từ ngày 02/6/2025`: the day that it comes to."""
    for match in _COUNTED.finditer(text, sentence.start, sentence.end):
        begun = whole(match, 2)
        last = begun.date + timedelta(days=int(match[1])) if begun and begun.date and begun.date.year < 9990 else None
        if last and _SENT_OR_DONE.search(text, sentence.start, match.start()):
            yield Point(match.start(), match.end(), When(last.month, last.day, last.year), "once")


def _day_of_a_month(text: str, sentence: Span) -> Iterator[Point]:
    """`Hằng tháng (chậm nhất ngày 28)`: the period stands before the day."""
    for match in _DAY_ALONE.finditer(text, sentence.start, sentence.end):
        before = [period for period in periods(text, sentence.start, match.start()) if period.name in ("month", "quarter")]
        if before and 1 <= int(match[1]) <= 31:
            yield Point(match.start(), match.end(), None, before[-1].name, None, int(match[1]))


def _monthly(text: str, sentence: Span) -> Iterator[Point]:
    """`trước ngày 20 hằng tháng`, `ngày 25 của tháng cuối quý`; two days of every month are two limits."""
    for match in _LAST_OF_A_MONTH.finditer(text, sentence.start, sentence.end):
        if _LIMIT_BEFORE.search(text, sentence.start, match.start()):
            yield Point(match.start(), match.end(), None, "month")
    for match in _MONTHLY.finditer(text, sentence.start, sentence.end):
        if not (_LIMIT_BEFORE.search(text, sentence.start, match.start()) or _SENT_OR_DONE.search(text, sentence.start, sentence.end)):
            continue
        period = "quarter" if match[4] or match[5] else "month" if match[2] or match[3] else None
        days = re.findall(r"\d{1,2}", text[match.start() : match.end()])
        for index, day in enumerate(days or [None]):
            at = match.start() + index
            if day is None or 1 <= int(day) <= 31:
                yield Point(at, match.end() if index + 1 >= len(days) else at + 1, None, period, None, int(day) if day else None)
