"""By when, how often, to whom: the deadlines of a body.

A date is a deadline only after a word of limit (`trước`, `chậm nhất`, `hạn`) or beside a period (`06 tháng (10/5)`), in an order; days of
decrees, anniversaries, effective dates, meetings and what lies before the paper itself are none.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from kheo.core.directives.addressing import addressee, offices
from kheo.core.directives.body import Body, Span
from kheo.core.directives.citations import preamble_end
from kheo.core.directives.dates import When
from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import Paper, any_of, bare, rule
from kheo.core.directives.spans import last_day
from kheo.core.directives.tables import due_in_tables, rows_of_tables
from kheo.core.directives.times import Period, Point, period_after, periods, points, right_after

_REPORTS = rule(r"\b(?:bao cao|so ket|tong ket)\b")
_DUTY = rule(
    r"\b"
    + any_of(
        """bao cao|gui|nop|trinh|hoan thanh|hoan thien|dang ky|gop y|y kien|tham muu|ban hanh|xong|tong hop|cung cap|xay dung|to chuc
        |thuc hien
        |trien khai|ra soat|lap|de xuat|cu|thong bao|phan hoi|xac nhan|cap nhat|giai ngan|chuyen|thong ke|tra loi|kiem tra|khac phuc
        |chuan bi|nhan
        |quyet toan|danh gia|phe duyet|su dung|dua|van hanh|so hoa|tiem|bo sung|giao|phan bo|nhap|cong bo|niem yet|doi chieu|thanh toan
        |ky ket
        |ket thuc|tham dinh|khoi phuc|sua chua|cu the hoa|kiem diem|tiep nhan|tap ket|goi ve|cap kinh phi|can doi|khanh thanh
        |khoi cong|nghiem thu|trien khai|ban giao
        |cong khai|xet|thay the
        |cai tao|lap dat|di doi|giai toa|keu goi|xu ly|giai quyet|so tan"""
    )
    + r"\b"
)
# What tells how it went orders nothing: `gửi đúng hạn`, `chậm 12 ngày`.
_TELLS = rule(r"\b(?:dung han|qua han|tre han|cham \d+ ngay|da (?:gui|nop|bao cao|ban hanh|hoan thanh))\b")
_IN_FORCE, _SENDS_AT_ALL = rule(r"\bco hieu luc\b"), rule(r"\b(?:bao cao|gui|nop|hoan thanh)\b")
_RHYTHM = rule(r"\bdinh ky\b")
_MAY_HOLD_A_TIME = re.compile(r"\d|dinh\s+ky|hang\s|moi\s|quy\s+[iv]")
# `kiểm tra chế độ báo cáo hằng tháng` names reports, `thực hiện chế độ báo cáo hằng tháng về …` asks for them.
_REGIME = rule(r"\bche do (?:thong tin,? )?bao cao\b")
_OPINION = rule(r"gop y|y kien (?:gui|bang|tham gia|dong gop|ve\b|phan)|(?:tham gia|cho|co|xin) y kien")
_REGISTRATION = rule(r"dang ky")
_SENDS = re.compile(r",\s+(?:[^\s,]+\s+){0,3}(?:gui|nop)\b")
_SENDING = rule(r"\b(?:thoi han|thoi gian|han|gui|nop)\b")
_HEADING = 300  # letters
_LONG = 250  # letters
_PURPOSE = re.compile(r"\s(?:de|nham)\s(?!nghi|xuat|an\b)")


@dataclass(frozen=True)
class Deadline:
    """`period`: once, day, week, month, quarter, half-year, year, or None (`theo định kỳ`). `day` is a day of every month of a period.

    `month`: `2024-06`, `06`, `2024-Q3`, `Q3` where only that is said; `within`: so long after this paper, `reckoned` to a day if it can be.
    """

    text: str
    when: When | None
    period: str | None
    to: str | None
    kind: str
    time: str | None = None
    day: int | None = None
    month: str | None = None
    within: str | None = None
    reckoned: date | None = None


class _Cited:
    """Where the days of named documents stand, made ready for many questions."""

    def __init__(self, spans: list[Span]) -> None:
        ordered = sorted(spans, key=lambda span: span.start)
        self.starts = [span.start for span in ordered]
        self.reach = list(accumulate((span.end for span in ordered), max))

    def holds_start(self, span: Span) -> bool:
        """Whether a span begins in one of them."""
        before = bisect_right(self.starts, span.start)
        return before > 0 and self.reach[before - 1] > span.start

    def holds(self, point: Point) -> bool:
        before = bisect_right(self.starts, point.start)
        return before > 0 and self.reach[before - 1] >= point.end


def deadlines(body: Body, dated: date | None, days_of_documents: list[Span]) -> list[Found[Deadline]]:
    """All deadlines in the order of the text. `dated`: the day of the paper; nothing before it is asked for.

    `days_of_documents`: where the days of named documents (and rows of tables, read by themselves) stand.
    """
    cited = _Cited(days_of_documents)
    start = preamble_end(body)
    found: list[Found[Deadline]] = []
    last_end: int | None = None
    rows = _Cited([Span(row.start, row.end) for row in rows_of_tables(body.paper, body.start, body.end)])
    for sentence in body.sentences:
        if rows.holds_start(sentence):
            continue
        if sentence.end <= start and _says_why(body, sentence):
            continue
        goes_on = last_end is not None and body.clean[last_end : sentence.start].strip() == ";"
        of_this = _of_sentence(body, sentence, cited, dated, goes_on)
        found += of_this
        last_end = sentence.end if of_this else None
    return _of_headings(body, _sharing_addressees(body, found))


def _of_headings(body: Body, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """`4. Thời hạn gửi hồ sơ về Sở Nội vụ:` above `a) Cờ thi đua: trước ngày …`: the office of the heading is of its items."""
    told: list[Found[Deadline]] = []
    starts = [item.start for item in body.outline]
    for each in found:
        index = bisect_right(starts, each.place.start) - 1
        parent = body.outline[index].parent if index >= 0 and each.value.to is None else None
        to = _of_heading(body, parent) if parent is not None else None
        told.append(Found(replace(each.value, to=to.value), Place(to.place.start, each.place.end), each.sure) if to else each)
    return told


def _of_heading(body: Body, index: int) -> Found[str] | None:
    """The office that a heading of limits names: one that ends with a colon and says when or what is to be sent."""
    item = body.outline[index]
    end = min(body.outline[index + 1].start, item.text_start + _HEADING)
    said = body.bare[item.text_start : end].rstrip()
    if not said.endswith(":") or not _SENDING.search(said):
        return None
    return addressee(body.clean, body.bare, item.text_start, end, None, advice=False)


def deadlines_of_tables(paper: Paper, start: int, end: int, dated: date | None) -> list[Found[Deadline]]:
    """Those of tables between two places; nothing before the day of the paper."""
    return [
        Found(Deadline(each.task, each.when, each.period, each.to, _kind(bare(each.task)), month=each.month), each.place, 0.8)
        for each in due_in_tables(paper, start, end)
        if not _is_past(Point(each.place.start, each.place.end, each.when, each.period, month=each.month), dated)
    ]


def _sharing_addressees(body: Body, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """`Báo cáo sơ kết: trước ngày …; báo cáo tổng kết: trước ngày …, gửi về …`: the office said once at the end is of both."""
    shared = list(found)
    for index in range(len(found) - 2, -1, -1):
        this, following = shared[index], shared[index + 1]
        between = body.clean[this.place.end : following.place.start]
        if this.value.to is None and following.value.to and this.value.kind == following.value.kind == "report" and between.strip() == ";":
            place = Place(this.place.start, following.place.end)
            text = body.paper.verbatim(place.start, place.end)
            shared[index] = replace(this, value=replace(this.value, to=following.value.to, text=text), place=place)
    return shared


def _says_why(body: Body, sentence: Span) -> bool:
    return bool(
        re.match(
            r"\W*(?:can cu|thuc hien|theo|xet|tren co so|tiep theo|phuc dap|tra loi|tiep nhan|de thuc hien)\b",
            body.bare[sentence.start : sentence.end],
        )
    )


def _of_sentence(body: Body, sentence: Span, cited: _Cited, dated: date | None, goes_on: bool) -> list[Found[Deadline]]:
    """`goes_on`: the part before set a deadline too, so that the work need not be named again (`các huyện còn lại trước ngày …`)."""
    text = body.bare
    if not _MAY_HOLD_A_TIME.search(text, sentence.start, sentence.end) or not (goes_on or _DUTY.search(text, sentence.start, sentence.end)):
        return []
    limits = [point for point in _limits(body, sentence) if not _is_past(point, dated) and not cited.holds(point)]
    if not limits and not _REPORTS.search(text, sentence.start, sentence.end):
        return []
    if _TELLS.search(text, sentence.start, sentence.end) or _is_of_force(text, sentence):
        return []
    return _with_points(body, sentence, limits, dated) if limits else _on_a_rhythm(body, sentence)


def _is_of_force(text: str, sentence: Span) -> bool:
    """What takes effect, and what holds until then, is no order: `hợp đồng ký trước ngày Quyết định có hiệu lực …`."""
    return bool(_IN_FORCE.search(text, sentence.start, sentence.end)) and not _SENDS_AT_ALL.search(text, sentence.start, sentence.end)


def _limits(body: Body, sentence: Span) -> list[Point]:
    found = points(body.bare, sentence)
    if not _holds_a_day(body, sentence):
        return found
    for office in offices(body.clean, body.bare, sentence.start, sentence.end):
        after = right_after(body.bare, office.place.end, sentence.end)
        if after and not any(point.start < after.end and after.start < point.end for point in found):
            found.append(after)
    return sorted(found, key=lambda each: each.start)


def _holds_a_day(body: Body, sentence: Span) -> bool:
    """Whether a whole date stands in a sentence."""
    index = bisect_left(body.day_starts, sentence.start)
    return index < len(body.day_starts) and body.day_starts[index] < sentence.end


def _is_past(point: Point, dated: date | None) -> bool:
    day = point.when.date if point.when else last_day(point.month) if point.month else None
    return bool(dated and day and day < dated)


def _with_points(body: Body, sentence: Span, limits: list[Point], dated: date | None) -> list[Found[Deadline]]:
    """Of a sentence with limits: one for each. Days without a year in one sentence share what is sent and to whom."""
    text = body.bare
    found: list[Found[Deadline]] = []
    shared = all(point.when is None or point.when.year is None for point in limits) and len(limits) > 1
    yearly = shared and any(point.period == "year" for point in limits) and not any(point.period == "half-year" for point in limits)
    for index, point in enumerate(limits):
        start = sentence.start if shared or index == 0 else _after_comma(text, limits[index - 1].end, point.start)
        to = _to(body, sentence, limits, index, shared)
        last = limits[-1] if shared else point
        start = _own_clause(text, start, point, to) if index == 0 and not shared else start
        if to and to.place.start < start:  # said once for all limits of the sentence
            start = sentence.start
        end = max(last.end, to.place.end if to and to.place.start > last.start else 0)
        period = _period(text, sentence, limits, index) or ("year" if yearly and point.when else "once")
        told = body.paper.verbatim(start, end)
        deadline = Deadline(told, point.when, period, to.value if to else None, _kind(text[start:end]), point.time, point.day, point.month)
        if point.within and point.within.event and to is None:
            continue
        if point.within:
            deadline = replace(deadline, within=point.within.told(), reckoned=point.within.reckoned(dated))
        found.append(Found(deadline, Place(start, end), 0.9 if to else 0.75))
    return found


def _to(body: Body, sentence: Span, limits: list[Point], index: int, shared: bool) -> Found[str] | None:
    """The office named before a limit, in its own part or an earlier one of the sentence; else the one named after it."""
    clean, text, point = body.clean, body.bare, limits[index]
    if shared:
        return addressee(clean, text, sentence.start, sentence.end, limits[-1].start)
    start = limits[index - 1].end if index else sentence.start
    stop = limits[index + 1].start if index + 1 < len(limits) else sentence.end
    return (
        addressee(clean, text, start, point.start, point.start)
        or (addressee(clean, text, sentence.start, start, start) if index else None)
        or _after(clean, text, point.end, stop, index + 1 < len(limits))
    )


def _after(clean: str, text: str, start: int, stop: int, is_followed: bool) -> Found[str] | None:
    """The office named after a limit; where another limit follows, not one of a new part of the sentence (`…, gửi về … trước ngày …`)."""
    found = addressee(clean, text, start, stop, None)
    return None if found and is_followed and re.search(r"[,;]", text[start : found.place.start]) else found


def _own_clause(text: str, start: int, point: Point, to: Found[str] | None) -> int:
    """Of a long sentence only the part that says what is sent to whom by when: `…, ý kiến gửi … trước ngày …`."""
    comma = text.rfind(", ", start, to.place.start) if to and to.place.start < point.start else -1
    if comma < 0 or point.end - start < _LONG or text.count("(", start, comma) > text.count(")", start, comma):
        return start
    return comma + 2 if _SENDS.search(text, comma, point.start) else start


def _after_comma(text: str, before: int, start: int) -> int:
    rest = text[before:start]
    return before + len(rest) - len(rest.lstrip(" \n,;.)")) if rest.strip(" \n,;.)") else start


def _period(text: str, sentence: Span, limits: list[Point], index: int) -> str | None:
    """The period said with a day of every year: in brackets right after it, or before it since the last limit. A whole date is once."""
    point = limits[index]
    if point.period:
        return point.period
    following = period_after(text, point, sentence.end)
    if following and following[1]:
        return following[0].name
    before = list(periods(text, limits[index - 1].end if index else sentence.start, point.start))
    if before:
        return before[-1].name
    return following[0].name if following else None


def _on_a_rhythm(body: Body, sentence: Span) -> list[Found[Deadline]]:
    """`Định kỳ 6 tháng, hằng năm … báo cáo …`: one for each period; without a period only where an addressee is named."""
    text = body.bare
    rhythm = _RHYTHM.search(text, sentence.start, sentence.end)
    words = [each for each in periods(text, sentence.start, sentence.end) if _is_of_report(text, sentence, each, rhythm)]
    at = (rhythm.start(), rhythm.end()) if rhythm else (words[0].start, words[0].end) if words else None
    if at is None:
        return []
    to = addressee(body.clean, text, at[1], sentence.end, None, advice=False) or addressee(
        body.clean, text, sentence.start, at[0], at[0], advice=False
    )
    if to is None and (not words or _REGIME.search(text, sentence.start, sentence.end)):
        return []
    start = _clause_start(text, sentence, at[0])
    purpose = _PURPOSE.search(text, max(at[1], to.place.end if to else 0), sentence.end)
    end = purpose.start() if purpose else sentence.end
    named: list[str | None] = [*dict.fromkeys(each.name for each in words)]
    told = body.paper.verbatim(start, end)
    return [Found(Deadline(told, None, period, to.value if to else None, "report"), Place(start, end), 0.8) for period in named or [None]]


def _is_of_report(text: str, sentence: Span, period: Period, rhythm: re.Match[str] | None) -> bool:
    """A period word counts beside `định kỳ` or `báo cáo`; not as part of something else."""
    if rhythm:
        return abs(period.start - rhythm.start()) < 90
    near = text[max(sentence.start, period.start - 40) : min(sentence.end, period.end + 40)]
    return bool(_REPORTS.search(near)) and text.startswith(("hang", "moi", "0", "6"), period.start) and period.name != "day"


def _clause_start(text: str, sentence: Span, anchor: int) -> int:
    """A clause that begins with its rhythm after a comma stands for itself."""
    before = text[sentence.start : anchor].rstrip()
    return anchor if before.endswith((",", ":")) and len(before) > 80 else sentence.start


def _kind(text: str) -> str:
    if _OPINION.search(text):
        return "opinion"
    if _REPORTS.search(text):
        return "report"
    return "registration" if _REGISTRATION.search(text) else "task"
