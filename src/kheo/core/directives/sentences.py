"""The deadlines that one sentence sets: its limits, each with what is asked and to whom it is owed."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date
from itertools import accumulate, pairwise

from kheo.core.directives.addressing import addressee, offices
from kheo.core.directives.body import Body, Span
from kheo.core.directives.cut_offs import counts_only, window_of
from kheo.core.directives.done import tells_how_it_went
from kheo.core.directives.due import ASKED_FOR, DUTY, Deadline, kind_of_duty
from kheo.core.directives.events import day_of
from kheo.core.directives.found import Found, Place
from kheo.core.directives.months import last_day
from kheo.core.directives.owed import of_limit
from kheo.core.directives.paper import rule
from kheo.core.directives.periods import period_after, periods
from kheo.core.directives.point import ANY, Point
from kheo.core.directives.recurring import on_a_rhythm, work_on_a_rhythm
from kheo.core.directives.retold import follows, law_tells
from kheo.core.directives.times import points, right_after

# `8/8 huyện, thị xã gửi báo cáo tháng trước ngày 20 hằng tháng theo đúng quy định`: how many of all did, and not what they must do.
_DID = rule(
    r"(?:^|\.\s)\W*\d{1,4}/\d{1,4} (?:(?!\b(?:phai|can(?! bo\b)|se|chu dong)\b)[^.;]){1,160}"
    r"\b(?:dung quy dinh|dung han|day du|nghiem tuc)\W*$"
)
# Up to when data are counted, and nothing sent: `kỳ số liệu tính từ ngày 16 tháng trước đến ngày 15 tháng báo cáo`.
_COUNTS = rule(
    r"^\W*(?:rieng )?(?:(?:ky|moc|thoi diem|thoi gian) )?(?:(?:chot|lay|tinh) )?so lieu (?:\S+ ){0,8}?(?:tinh|lay|chot) (?:tu|den|vao)\b"
    r"(?![^;]*\b(?:gui|nop|truoc ngay|cham nhat|hoan thanh)\b)"
    # `Thời gian chốt số liệu báo cáo năm từ ngày … đến ngày …`, `Mốc lấy số liệu của báo cáo 6 tháng là ngày 31/5`
    r"|^\W*(?:rieng )?(?:ky|moc|thoi diem|thoi gian|thoi han|ngay)(?: thoi gian)? (?:chot|lay|tinh|khoa) (?:so lieu|du lieu)\b"
    r"(?![^;]*\b(?:gui|nop|truoc ngay|cham nhat|hoan thanh)\b)"
    r"|^\W*so lieu (?:chot|tinh|lay)\s*:(?![^;]*\b(?:gui|nop|truoc ngay|cham nhat)\b)"
)
_ASKS = rule(r"(?<!theo\s)(?<!do\s)(?<!duoc\s)(?<!dung\s)\b(?:yeu cau|de nghi|giao|chi dao)\b(?! cua\b)")
# What another asked for, told of its paper: `Sở nhận được Công văn số … của Bộ Nội vụ đề nghị báo cáo trước ngày …`.
_ASKED_OF_US = rule(
    r"\bnhan duoc (?:cong van|van ban|cong dien|to trinh|ke hoach)(?! nay)[^;,]{0,200}(?:, trong do )?\b(?:de nghi|yeu cau)\b[^;]{0,160}$"
)
# What a draft would say, quoted to the one who asked for an opinion: `dự thảo quy định …; công chức … báo cáo … trước ngày 10 hằng tháng`.
_DRAFT_SAYS = rule(
    r"[:;.]\s\W*(?:du thao|du luat)(?: (?!da\b)[^\s,.;:]+){0,6} quy dinh\b"
    r"(?:(?!\b(?:y kien|gop y)\b)(?:[^.\n]|\.(?=\S)|\n(?!\s*\n))){0,500}$"
)
_IN_FORCE, _SENDS_AT_ALL = rule(r"\bco hieu luc\b"), rule(r"\b(?:bao cao|gui|nop|hoan thanh|hoan tat|xong)\b")
_MAY_HOLD_A_TIME = re.compile(r"\d|truoc\s|cung\s+ngay|hom\s+nay|trong\s+ngay|dinh\s+ky|hang\s|moi\s|quy\b|thang\b|tuan\b")
_SENDS = re.compile(r",\s+(?:[^\s,]+\s+){0,3}(?:gui|nop)\b")
_EACH = re.compile(r"\b(?:[Mm](?:ỗi|oi)|[Tt](?:ừng|ung))\b")  # not `mới`
# `quý I gửi trước ngày 10/3`, `kỳ II trước ngày 15 tháng 01 năm sau`: one day of a report that comes four times or twice a year
_NAMED_PART = rule(r"(?<![a-z\d])(?:(ky) (?:ii?|[12])|quy (?:i{1,3}|iv|[1-4]))(?: (?:hang )?nam)?\s*[:(,]?\s*(?:(?:gui|nop) )?$")
_OF_PARTS = (None, "quarter", "half-year")
_A_PART = rule(r"(?<![a-z\d])(?:(ky)|quy) (?:i{1,3}|iv|[1-4])\b")
# `đợt 03/02 trước ngày 15/11`: what is given on a day of every year is proposed by one of every year
_OF_AN_ANNIVERSARY = rule(r"\bdot (?:ngay )?\d{1,2}/\d{1,2}\s*[:(,]?\s*(?:(?:gui|nop) )?$")
# `Đối với báo cáo quý I: … gửi về Sở … trước ngày 20 tháng 3 của năm báo cáo`
_HEADED = rule(
    r"\W*(?:doi voi )?(?:cac )?bao cao (?:(?!(?:gui|nop|thang|nam)\b)[a-z]+ ){0,5}?(?:(quy (?:iv|i{1,3}|[1-4]))|(?:0?6|sau) thang)\b"
)
# `10 ngày sau khi kết thúc quý`: how often, by what it runs from
_END_OF_PERIOD = rule(r"(?:ket thuc )?(?:moi |hang )?(quy|thang|nam|tuan)(?: bao cao| duong lich| tai chinh)?$")
_END_OF_REPORT = rule(r"(?:ket thuc )?(?:moi )?ky bao cao")
_BY_NAME = {"quy": "quarter", "thang": "month", "nam": "year", "tuan": "week"}
_LONG, _SHORT = 250, 40  # letters
_QUOTED = 600  # letters of a sentence that quotes a draft
_AROUND = 16  # letters beside a sentence that a rule may look at
_FEWEST_IN_ORDER, _MOST_SHARED, _FAR = 2, 12, 600  # limits of one sentence that share what is sent; letters up to a sentence's beginning


class Cited:
    """Where the days of named documents stand, made ready for many questions."""

    def __init__(self, spans: list[Span]) -> None:
        ordered = sorted(spans, key=lambda span: span.start)
        self.starts = [span.start for span in ordered]
        self.reach = list(accumulate((span.end for span in ordered), max))

    def holds_start(self, span: Span) -> bool:
        """Whether a span begins in one of them."""
        before = bisect_right(self.starts, span.start)
        return before > 0 and self.reach[before - 1] > span.start

    def behind(self, span: Span) -> int:
        """Where the last of them ends that begins before the end of a span."""
        before = bisect_left(self.starts, span.end)
        return self.reach[before - 1] if before else span.start

    def within(self, span: Span) -> tuple[int, ...]:
        """Where those begin and end that reach into a span, counted from its begin."""
        first, after = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        first -= first > 0 and self.reach[first - 1] > span.start
        return tuple(at - span.start for index in range(first, after) for at in (self.starts[index], min(self.reach[index], span.end)))

    def holds(self, each: Point | Span) -> bool:
        """Whether a limit or a day lies in one of them."""
        before = bisect_right(self.starts, each.start)
        return before > 0 and self.reach[before - 1] >= each.end


Words = tuple[str, str, tuple[int, ...], bool]
Limits = list[Found[Deadline]]


class Known:
    """What sentences ask for, by their words: forms, tables and lists repeat them, and they need not be looked through again.

    To the words belongs where days of documents stand among them; what depends on other parts of the paper is found anew.
    """

    def __init__(self, body: Body, cited: Cited, dated: date | None) -> None:
        self._body, self._cited, self._dated = body, cited, dated
        self._kept: dict[Words, tuple[int, Limits]] = {}

    def of(self, sentence: Span, goes_on: bool) -> Limits:
        """As `of_sentence`."""
        words = self.words(sentence, goes_on)
        kept = self._kept.get(words)
        if kept is None:
            found, alone = of_sentence(self._body, sentence, self._cited, self._dated, goes_on)
            if alone:
                self._kept[words] = sentence.start, found
            return found
        by = sentence.start - kept[0]
        return [Found(each.value, Place(each.place.start + by, each.place.end + by), each.sure) for each in kept[1]]

    def words(self, sentence: Span, goes_on: bool) -> Words:
        """By which a sentence is known again."""
        start, end = max(0, sentence.start - _AROUND), sentence.end + _AROUND
        return self._body.clean[start:end], self._body.paper.marked(start, end), self._cited.within(sentence), goes_on


def of_sentence(body: Body, sentence: Span, cited: Cited, dated: date | None, goes_on: bool) -> tuple[Limits, bool]:
    """`goes_on`: the part before set a deadline too, so that the work need not be named again (`các huyện còn lại trước ngày …`).

    Also whether all of it is said by the words of the sentence alone.
    """
    text = body.bare
    if not _MAY_HOLD_A_TIME.search(text, sentence.start, sentence.end):
        return [], True
    if _COUNTS.match(text[sentence.start : sentence.end]) or counts_only(text, sentence):
        return [], True
    if not (goes_on or _asks(text, sentence)):
        return work_on_a_rhythm(body, sentence), True
    said = [point for point in _limits(body, sentence, cited) if not cited.holds(point)]
    limits = [point for point in said if not is_past(point, dated)]
    if said and not limits and text.find("dinh ky", said[-1].end, sentence.end) < 0:  # what was asked for earlier is told
        return [], True
    draft = _draft_before(text, sentence)
    alone = draft >= sentence.start and not follows(text, sentence) and not any(point.event for point in limits)
    if limits and law_tells(text, sentence, limits[0].start):
        limits = [point for point in limits if not law_tells(text, sentence, point.start)]
        if not limits:
            return [], alone
    if text.find("nhan", sentence.start, sentence.end) >= 0:
        limits = [point for point in limits if not _ASKED_OF_US.search(text[sentence.start : point.start])]
    if _tells(text, sentence, limits) or _is_of_force(text, sentence) or _is_of_a_draft(text, sentence, limits, draft):
        return [], alone
    return (_with_points(body, sentence, limits, dated) if limits else on_a_rhythm(body, sentence)), alone


def _asks(text: str, sentence: Span) -> bool:
    return any(each.search(text, sentence.start, sentence.end) for each in (DUTY, ASKED_FOR))


def _tells(text: str, sentence: Span, limits: list[Point]) -> bool:
    """Whether it is told how it went, and nothing is asked for besides (`Để chấn chỉnh …, Chủ tịch yêu cầu … trước ngày …`)."""
    telling = tells_how_it_went(text, sentence, limits) or _DID.search(text[sentence.start : sentence.end])
    return bool(telling) and not (limits and _ASKS.search(text, sentence.start, limits[-1].start))


def _is_of_force(text: str, sentence: Span) -> bool:
    """What takes effect, and what holds until then, is no order: `hợp đồng ký trước ngày Quyết định có hiệu lực …`."""
    return bool(_IN_FORCE.search(text, sentence.start, sentence.end)) and not _SENDS_AT_ALL.search(text, sentence.start, sentence.end)


def _draft_before(text: str, sentence: Span) -> int:
    """Where a draft is named first, in the same sentence or in what stands before it (parts of a quotation end with semicolons); where
    none is, the end of the sentence.
    """
    at = text.find("du thao", max(0, sentence.start - _QUOTED), sentence.end)
    return at if at >= 0 else sentence.end


def _is_of_a_draft(text: str, sentence: Span, limits: list[Point], draft: int) -> bool:
    """Whether a draft is quoted, and nothing asked for since."""
    if draft == sentence.end:
        return False
    said = _DRAFT_SAYS.search(text, max(0, sentence.start - _QUOTED), limits[-1].start if limits else sentence.end)
    return said is not None and not _ASKS.search(said[0])


def _limits(body: Body, sentence: Span, cited: Cited) -> list[Point]:
    found = points(body.bare, sentence)
    # A day right after an office; the day of a document stands after its number.
    if all(cited.holds(day) for day in _days_of(body, sentence)):
        return found
    for office in offices(body.clean, body.bare, sentence.start, sentence.end):
        after = right_after(body.bare, office.place.end, sentence.end)
        if after and not any(point.start < after.end and after.start < point.end for point in found):
            found.append(after)
    return sorted(found, key=lambda each: each.start)


def _days_of(body: Body, sentence: Span) -> list[Span]:
    """Where the whole dates of a sentence stand."""
    first, after = (bisect_left(body.day_starts, at) for at in (sentence.start, sentence.end))
    return [Span(start, end) for start, end, _ in body.days[first:after]]


def is_past(point: Point, dated: date | None) -> bool:
    day = point.when.date if point.when else last_day(point.month) if point.month else None
    return bool(dated and day and day < dated)


def _with_points(body: Body, sentence: Span, limits: list[Point], dated: date | None) -> list[Found[Deadline]]:
    """Of a sentence with limits: one for each. Days without a year in one sentence share what is sent and to whom."""
    text = body.bare
    found: list[Found[Deadline]] = []
    shared = 1 < len(limits) <= _MOST_SHARED and all(point.when is None or point.when.year is None for point in limits)
    shared = shared and not any(
        offices(body.clean, text, one.end, other.start, advice=False) for one, other in pairwise(limits)
    )  # each goes to an office of its own
    yearly = shared and any(point.period == "year" for point in limits) and not any(point.period == "half-year" for point in limits)
    of_all = addressee(body.clean, text, sentence.start, sentence.end, limits[-1].start) if shared else None
    said, told, kind = Span(-1, -1), "", ""
    for index, point in enumerate(limits):
        start = sentence.start if shared or index == 0 else _after_comma(text, limits[index - 1].end, point.start)
        to = of_all if shared else of_limit(body, sentence, limits, index)
        last = limits[-1] if shared else point
        start = _own_clause(text, start, point, to) if index == 0 and not shared else start
        if to and to.place.start < start:  # said once for all limits of the sentence
            start = sentence.start if to.place.start - sentence.start < _FAR else to.place.start
        end = max(_with_its_report(text, last, sentence.end), to.place.end if to and to.place.start > last.start else 0)
        named = _period(text, sentence, limits, index) or ("year" if yearly and point.when else "once")
        if said != Span(start, end):  # many limits may share their words
            said, told, kind = Span(start, end), body.paper.verbatim(start, end), kind_of_duty(text[start:end])
        due = Deadline(
            told, point.when, None if named == ANY else named, to.value if to else None, kind, point.time, point.day, point.month
        )
        due = _with_day_of_event(body, point, due, dated)
        of_all_reports = named == ANY or (point.event and _END_OF_REPORT.match(text, point.event.start, point.event.end))
        named_all = _each_period(text, sentence.start, point) if of_all_reports else [due.period]
        found += [Found(replace(due, period=each), Place(start, end), 0.9 if to else 0.75) for each in named_all]
    return found


def _each_period(text: str, start: int, point: Point) -> list[str | None]:
    """`Báo cáo quý, 6 tháng và năm gửi … chậm nhất ngày 20 của tháng cuối kỳ báo cáo`: the limit is one of each."""
    return [*dict.fromkeys(each.name for each in periods(text, start, point.start) if each.name != "day")] or [None]


def _with_its_report(text: str, point: Point, end: int) -> int:
    """The end of a limit with the report it is of: `trước ngày 28/11 đối với báo cáo năm`."""
    following = period_after(text, point, end) if text.startswith("doi", point.end + 1) else None
    return following[0].end if following else point.end


def _with_day_of_event(body: Body, point: Point, deadline: Deadline, dated: date | None) -> Deadline:
    """With how long after what, and the day it comes to if the paper tells the day of the event."""
    if point.event and (ends := _END_OF_PERIOD.match(body.bare, point.event.start, point.event.end)):
        deadline = replace(deadline, period=_BY_NAME[ends[1]])
    elif point.event and _EACH.search(body.clean, point.start, point.event.end):
        deadline = replace(deadline, period=None)
    known = day_of(body, point.event, dated) if point.event else dated if point.within and point.within.issued else None
    if point.within is None:
        return replace(deadline, reckoned=known) if point.event else deadline
    return replace(deadline, within=point.within.told(), reckoned=point.within.reckoned(known))


def _own_clause(text: str, start: int, point: Point, to: Found[str] | None) -> int:
    """Of a long sentence only the part that says what is sent to whom by when: `…, ý kiến gửi … trước ngày …`."""
    comma = text.rfind(", ", start, to.place.start) if to and to.place.start < point.start else -1
    if comma < 0 or point.end - start < _LONG or text.count("(", start, comma) > text.count(")", start, comma):
        return start
    return comma + 2 if _SENDS.search(text, comma, point.start) else start


def _after_comma(text: str, before: int, start: int) -> int:
    rest = text[before:start]
    return before + len(rest) - len(rest.lstrip(" \n,;.)")) if rest.strip(" \n,;.)") else start


def _half_said_before(text: str, sentence: Span, limits: list[Point], index: int) -> str | None:
    """`Báo cáo 6 tháng: trước ngày 20 tháng 6 hằng năm`: what comes every year is one of two reports of it."""
    if limits[index].period != "year" or limits[index].when is None:
        return None
    while index and text[limits[index - 1].end : limits[index].start].strip(" ,") in ("", "va"):  # `ngày 20/6 và ngày 20/12 hằng năm`
        index -= 1
    if part := _NAMED_PART.search(text, limits[index - 1].end if index else sentence.start, limits[index].start):
        return "half-year" if part[1] else "quarter"
    before = list(periods(text, limits[index - 1].end if index else sentence.start, limits[index].start))
    if before and before[-1].name == "half-year":
        return "half-year"
    headed = _HEADED.match(text, sentence.start, limits[0].start) if len(limits) == 1 else None
    return headed and ("quarter" if headed[1] else "half-year")


def _in_order(text: str, sentence: Span, limits: list[Point], index: int) -> str | None:
    """`Định kỳ 6 tháng, năm (trước ngày 15/6 và 15/12)`: as many periods before the first day as there are days."""
    if len(limits) < _FEWEST_IN_ORDER or any(limit.when is None for limit in limits):
        return None
    named = [each.name for each in periods(text, sentence.start, limits[0].start)]
    if len(set(named)) != len(limits) or len(named) != len(limits) or any(periods(text, limits[0].end, limits[-1].start)):
        return None
    return named[index]


def _in_parts(text: str, sentence: Span, limits: list[Point]) -> str | None:
    """`Báo cáo quý I, quý III: gửi chậm nhất ngày 17 tháng 3 và ngày 17 tháng 9`: as many parts of a year as days after them."""
    if len(limits) < _FEWEST_IN_ORDER or any(limit.when is None or limit.when.year or limit.period not in _OF_PARTS for limit in limits):
        return None
    parts = list(_A_PART.finditer(text, sentence.start, limits[0].end))
    if len(parts) != len(limits) or _A_PART.search(text, limits[0].end, limits[-1].end):
        return None
    return "half-year" if parts[0][1] else "quarter"


def _period(text: str, sentence: Span, limits: list[Point], index: int) -> str | None:
    """The period said with a day of every year: in brackets right after it, or before it since the last limit. A whole date is once."""
    point = limits[index]
    if point.period:
        return _half_said_before(text, sentence, limits, index) or point.period
    if named := _in_order(text, sentence, limits, index):
        return named
    if named := _in_parts(text, sentence, limits):
        return named
    begun = max(sentence.start, point.start - _SHORT)
    if point.when and point.when.year is None and _OF_AN_ANNIVERSARY.search(text, begun, point.start):
        return "year"
    following = period_after(text, point, sentence.end)
    if following and (following[1] or text.startswith("doi voi", point.end + 1)):  # `trước 15/11 đối với báo cáo năm`
        return following[0].name
    start = limits[index - 1].end if index else sentence.start
    if point.when and point.when.year is None and (part := _NAMED_PART.search(text, start, point.start)):
        return "half-year" if part[1] else "quarter"
    before = list(periods(text, start, point.end if point.when else point.start))  # `thời hạn báo cáo hằng năm: trước ngày …` is one limit
    if before:
        return before[-1].name
    window = None if following or point.when is None or point.when.year else window_of(text, sentence)
    return following[0].name if following else window.period if window else None
