"""The words that name a period (`06 tháng`, `hằng quý`), and days beside them (`06 tháng (10/5), năm (15/11)`). All on bare text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kheo.core.directives.body import Span
from kheo.core.directives.dates import LONGEST_MONTH, OF_A_YEAR, of_a_year
from kheo.core.directives.paper import any_of, rule
from kheo.core.directives.point import Point

_NOT_A_QUARTER = any_of(r"[ivx]+\b|\d|dinh|che|hoach|trinh|khach|vi\b|bao|tien|dat|cac|ii|iv")
_NEXT = r"(?=\s*(?:\(|,|hoac|truoc|gui|va\b|$))"
# `(năm)` is a period, in `05 (năm) ngày` it is a number.
_PERIOD = rule(
    rf"(?<![a-z\d])(?:(?P<half>(?<!ngay\s)(?:0?6(?: \(sau\))?|sau) thang(?! tro (?:len|xuong)\b)(?: (?:dau|cuoi) nam)?|ban nien|nua nam)"
    rf"|(?P<quarter>(?:hang|moi|tung) quy\b"
    rf"|(?<=theo\s)quy\b(?=\s*(?:[,.;:)(]|$))|quy(?! {_NOT_A_QUARTER})|(?<!ngay\s)0?3 thang(?! tro (?:len|xuong)\b)"
    rf"|ba thang(?= (?:mot|0?1) lan\b))"
    r"|(?P<month>(?:hang|moi|tung) thang|(?<=ky\s)thang|(?<=cao\s)thang(?=,| va| quy| gui| truoc|:| vao| cham| \()"
    # `báo cáo công tác tháng gửi …`
    r"|(?:(?<=cong\stac\s)|(?<=ket\squa\s)|(?<=tinh\shinh\s)|(?<=hoat\sdong\s))thang(?= (?:gui|nop|truoc|cham|ve|cho)\b|:| \()"
    r"|(?<=,\s)thang(?=,))|(?P<day>(?:hang"
    r"|moi) ngay)|(?P<week>(?:hang|moi) tuan"
    r"|(?<=ky\s)tuan)"
    rf"|(?P<year>(?:hang|moi) nam|(?<=[-–+•]\s)nam(?=\s*:)"
    rf"|(?<=[,;(]\s)nam{_NEXT}|(?<=va\s)nam{_NEXT}|(?<=thang,\s)nam(?= (?:bao|tong|cac|co)\b)"
    rf"|(?<=\()nam(?=\s*\))(?!\s*\) (?:thang|ngay|nam|gio|tuan|ban|bo|lan|nguoi))"
    rf"|ca nam(?=\s*[(,:]| (?:truoc|gui|vao|cac|bao|tong)\b)|(?<=ky\s)nam"
    rf"|(?<=ket\s)nam(?=\s*[:(]|\s+(?:truoc|theo|viec|cong\s+tac|thuc\s+hien|phong\s+trao|hoat\s+dong)\b)|(?<=thong\ske\s)nam(?=\s*[:(,]|\s+(?:chot|truoc|gui|nop|cham)\b)"
    rf"|(?<=cao\s)nam(?! \d)|(?:0?1"
    rf"|mot) nam(?=[\s,])(?! (?:thuc hien|trien khai|thi hanh)\b)|cuoi nam(?=\s*\()))(?![a-z])"
)
# With what each of them begins: tried only there.
_BEGINS = re.compile(
    r"[0136bchmnqst](?<![a-z\d].)(?:(?<=[0136])[136]?\s|(?<=h)ang\s|(?<=m)o[it]\s|(?<=t)(?:ung\s|hang|uan)|(?<=q)uy|(?<=n)(?:am|ua\s)"
    r"|(?<=s)au\s|(?<=b)an?\s|(?<=c)(?:uoi|a)\s)"
)
# `Hằng tuần, tháng, quý, 6 tháng, năm`: what follows a period in a row is one too; nine months have no name of their own.
_NEXT_OF_A_ROW = rule(
    r"\s*(?:,|;|va|hoac|/|, va)\s+(?:(?:dinh ky|bao cao) )?(?:hang |moi )?"
    r"(?:(?P<week>tuan)|(?P<half>0?6 thang|sau thang|ban nien)|(?P<nine>0?9 thang|chin thang)|(?P<month>thang)"
    rf"|(?P<quarter>quy(?! {_NOT_A_QUARTER}))|(?P<year>ca nam|nam))"
    r"(?: (?:dau|cuoi) nam)?(?![a-z])(?!\s*\d)(?! (?:hoc|nay|toi|sau|truoc|duong|am|tuoi|ngay|ban|lan|nguoi|doanh|tai|[ivx]+)\b)"
)
_ROW_BEGINS = rule(r"(?:(?<=ky\s)|(?<=cao\s)|(?<=\())(?:(?P<month>thang)|(?P<week>tuan))(?=, (?:thang|quy)\b)")
_PAIR = rule(rf"\s*\(\s*(?:(?:truoc|cham nhat|vao) )?{OF_A_YEAR}\s*(?:hang nam\s*)?(?:\)|(?=[,;] (?:so lieu|du lieu|chot|tinh)\b))")
# `Sáu tháng một lần (ngày 30/5 và ngày 30/11)`, `6 tháng/lần (15/7, 15/01)`: a report's days of every year in one pair of brackets
_ONE_DAY = r"(?:(?:truoc|cham nhat|vao) )?(?:ngay \d{1,2} thang \d{1,2}|(?:ngay )?\d{1,2}\s*/\s*\d{1,2})(?!\s*[/\d])"
_DAYS_OF_A_PERIOD = rule(
    rf"(?:\s*/\s*(?:0?1 )?lan| (?:mot|0?1) lan)?"
    rf"(?:\s*\(\s*|,? (?:vao|truoc|cham nhat)(?: cac)? (?=ngay ))({_ONE_DAY}(?:\s*(?:,|;|va|, va)\s*{_ONE_DAY}){{1,3}})"
    rf"(?: (?:hang|moi) nam)?\s*(?:\)|(?=[,.;]|$| gui ))"
)
_DAY_OF_A_YEAR = rule(OF_A_YEAR)
# `hằng tháng (ngày 22)`
_PAIR_OF_A_MONTH = rule(r"\s*\(\s*(?:(?:truoc|cham nhat|vao) )?ngay (\d{1,2})(?: (?:cua )?thang (?:cuoi|dau)(?: (?:cua )?quy)?)?\s*\)")
_PAIRED = re.compile(r"\(\s*(?:[\doli]|truoc|cham|vao|ngay)|lan,?\s+(?:vao|truoc|cham)\s")  # without which there is no pair
_REMARK = rule(r"\s*\(?\s*(?:doi voi )?(?:bao cao )?(?:dinh ky )?")
_NAMES = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "half": "half-year", "year": "year"}


@dataclass(frozen=True)
class Period:
    """A word that names a period: `06 tháng`, `hằng năm`. `row`: where the row begins in which it stands (`hằng tháng, quý, năm`)."""

    start: int
    end: int
    name: str
    row: int


def periods(text: str, start: int, end: int) -> Iterator[Period]:
    """The words between two places that name periods."""
    after = start
    for begun in _BEGINS.finditer(text, start, end):
        at = begun.start()
        match = (_PERIOD.match(text, at, end) or _ROW_BEGINS.match(text, at, end)) if at >= after else None
        while match:
            after = match.end()
            if match.lastgroup != "nine":
                yield Period(match.start(match.lastgroup or 0), after, _NAMES[match.lastgroup or ""], at)
            match = _NEXT_OF_A_ROW.match(text, after, end)


def period_after(text: str, point: Point, end: int) -> tuple[Period, bool] | None:
    """The period said right after a day, and whether in brackets: `15/6 (báo cáo 6 tháng)`."""
    remark = _REMARK.match(text, point.end, end)
    match = _PERIOD.match(text, remark.end(), end) if remark else None
    if match is None:
        return None
    return Period(match.start(), match.end(), _NAMES[match.lastgroup or ""], match.start()), "(" in text[point.end : match.start() + 1]


def pairs_of(text: str, sentence: Span) -> Iterator[Point]:
    """`06 tháng (10/5), năm (15/11)`."""
    if not _PAIRED.search(text, sentence.start, sentence.end):
        return
    named = list(periods(text, sentence.start, sentence.end))
    paired = {period.row for period in named if _PAIR.match(text, period.end, sentence.end)}
    for period in named:
        if period.row in paired and text.startswith(("hang", "moi"), period.start) and text.startswith(",", period.end):
            yield Point(period.start, period.end, None, period.name)  # `hằng quý, 6 tháng (trước ngày 05/6)`: the first has no day
        several = _DAYS_OF_A_PERIOD.match(text, period.end, sentence.end) if period.name in ("quarter", "half-year") else None
        yield from _each_day(text, period, several) if several else ()
        match = _PAIR.match(text, period.end, sentence.end)
        when = of_a_year(match) if match else None
        monthly = _PAIR_OF_A_MONTH.match(text, period.end, sentence.end) if period.name in ("month", "quarter") and not when else None
        if monthly and 1 <= int(monthly[1]) <= LONGEST_MONTH:
            yield Point(period.start, monthly.end(), None, period.name, None, int(monthly[1]))
        if match and when:
            yield Point(period.start, match.end(), when, period.name)


def _each_day(text: str, period: Period, several: re.Match[str]) -> Iterator[Point]:
    at = period.start
    for day in _DAY_OF_A_YEAR.finditer(text, several.start(1), several.end(1)):
        if when := of_a_year(day):
            yield Point(at, day.end(), when, period.name)
            at = day.end()
