"""To whom a deadline is owed where the office is said once for several: first or last, in a lead-in, in a heading, in the part before."""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import groupby

from kheo.core.directives.addressing import addressee, office_at, offices
from kheo.core.directives.body import Body, Span
from kheo.core.directives.due import Deadline
from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import bare, rule
from kheo.core.directives.point import Point

_SENDING = rule(r"\b(?:thoi han|thoi gian|han|gui|nop)\b")
_SENDS = rule(
    r"^(?=rieng\b)[^.;]*\bgui\b|\b(?:y kien|bao cao|ho so|danh sach|van ban|ke hoach|bien ban|so lieu|ket qua)\b[^.;,]{0,40}\bgui\b(?! kem)"
    r"|\bgui (?:bao cao|ho so|danh sach|van ban|ke hoach|bien ban|so lieu|ket qua)\b"
    r"|^(?:lan|dot) (?:\d|thu\b|[ivx]+\b)|^bao cao bang van ban\b|^so lieu nhanh bao cao\b"
    r"|^(?:rieng )?(?:ho so|danh sach|ke hoach|van ban|bien ban|so lieu)\b(?![^.;]*\b(?:hoan thanh|xay dung|ban hanh|trinh|lap|xong)\b)"
    r"[^.;,]{0,80}?\b(?:truoc|cham nhat|muon nhat) "
)
# What is done and not sent: no office of an earlier part is its own.
_DONE_ALONE = rule(
    r"^(?:va )?(?:khanh thanh|khoi cong|hoan thanh|hoan tat|to chuc|ra quan|trien khai|ban giao|nghiem thu|phat dong|thi cong)\b"
    r"(?!.*\b(?:gui|nop|bao cao|trinh)\b)"
)
# One more thing of the same sending, and nothing done besides: `…, báo cáo năm trước ngày …`.
_NO_MORE_SENDING = re.compile(r"^[\s,;.)]*(?:va\s+)?(?:(?!\b(?:(?:gui|nop)(?!\s+$)|trinh|hoan|xong|thuc|trien)\b)[^.;]){0,120}$")
_REPORT_FIRST = rule(
    r"^[\s,;.)]*(?:va )?(?:rieng )?(?:(?:lan|dot|ky|giai doan) (?:\d|[ivx]+)\b|bao cao"
    r"|ban (?:giay|mem|goc|chinh)|danh sach|ke hoach|bien ban|ho so|so lieu)\b"
)
# A report of another period, with nothing said of it but its limit.
_SHORT_REPORT = rule(
    r"^(?:rieng )?(?:bao cao (?:\S+ ){0,8}|(?:(?:hang )?quy|(?:0?[369]|sau) thang|(?:ca |cuoi |hang )?nam|thang|hang thang)\b[^a-z]{0,4}"
    r"(?:(?:i{1,3}|iv|(?:dau|cuoi) nam)\b[^a-z]{0,4})?(?:(?:gui|nop) )?)?"
    r"(?:truoc|cham nhat|muon nhat|vao)\b|^(?:truoc|cham nhat|muon nhat)\b[^.;]{5,40}? doi voi bao cao\b"
)
_LIMIT_FIRST = rule(r"^\W*(?:(?:dinh ky|rieng|va|hang (?:thang|quy|nam|tuan)|truoc|cham nhat|muon nhat|vao|la)\b\W*)*$")
_NEW_PART = re.compile(r"[,;]|\bva\s+(?:gui|nop|bao\s+cao|trinh)\b")
_TAKES = rule(
    r"\bthoi (?:gian|han) (?P<office>[^.;:]{3,80}?)(?: [-–(][^.;:]{3,80}[-–)])?,? "
    r"(?:tiep )?nhan (?:ho so|bai|anh|tac pham|dang ky|bao cao|danh sach)\b"
)
_PURPOSE_FIRST = rule(r"(?:[^;]{0,200}?, |\W*)(?:nay )?(?:de|nham) (?!nghi\b)[^;]{0,250}?, [^,;]{0,80}\b(?:de nghi|yeu cau)\b")
_THING = r"(?:bao cao|bai(?: du thi)?|ho so|tac pham|san pham|danh sach|phieu|van ban|ke hoach|du lieu|so lieu|y kien|anh|video)"
_RECEIVES = rule(
    r"(?:[\s.)]{1,4}|[\s.,;(]{1,4}(?=(?:noi|don vi|co quan|dia chi) (?:nhan|gui)\b|(?:moi|tat ca)\b))"
    rf"(?:(?:noi|don vi|co quan|dia chi) (?:nhan|gui)(?: (?:cac )?{_THING})?(?: la|\s*:)"
    rf"|(?<!\n\n){_THING} (?:du thi |du giai |dang ky |de nghi |neu |tren |nay |xin |duoc |deu |vui long |kem \S+ )*(?:gui|nop)"
    # said of all, it may stand below the list: `Mọi báo cáo gửi về Sở Nội vụ.`
    rf"|(?:(?:moi|tat ca(?: cac)?|toan bo|cac) {_THING}|(?<=,\s)tat ca) (?:neu |tren |noi |nay |duoc |deu |phai )*(?:gui|nop))"
    r" (?:(?:truc tiep )?(?:ve|den|cho|tai) )?"
)
# The same in the sentence before: `Bài dự thi gửi về Sở Văn hóa. Thời hạn nhận bài: …`
_RECEIVED_BEFORE = rule(
    rf"(?:(?:noi|don vi|co quan|dia chi) (?:nhan|gui)(?: (?:cac )?{_THING})?(?: la|\s*:)|{_THING} (?:[^\s.;,:]+ ){{0,5}}?(?:gui|nop) "
    r"(?:truc tiep )?(?:ve|den|cho|tai)) "
)
_TIME_OF_SENDING = rule(r"^\W*(?:thoi (?:gian|han)|han|ngay)(?: cuoi| chot)? (?:tiep nhan|nhan|gui|nop)\b")
_HAS_A_LIMIT = re.compile(r"\btruoc\b|\bcham\s+nhat|\bmuon\s+nhat|\d\s*/\s*\d|\bthang\s+\d")
# What is taken is kept (`*+`): a footnote between two limits is hundreds of blanks, which four rests of any length share in ever new ways.
_IN_A_ROW = re.compile(r"\s*+(?:\([^()\n]{1,40}\))?+[\s.;–+•*-]*+(?:(?:[a-zđ]|\d\.\d|\d{1,2})[.)])?+\s*+[-–+•*]?+\s*+")
# `4. Nơi nhận báo cáo: Sở …`, `Số lượng và nơi nhận báo cáo:` above `- Báo cáo của các xã gửi về …`: said once for all of the paper.
_OF_ALL = rule(r"\bnoi (?:nhan|gui) (?:cac )?bao cao(?: la|\s*:)\s*(?:[-–+•]\s*)?(?:bao cao (?:[^\s.;:]+ ){0,5}?gui ve )?")
_NEW_PARAGRAPH = re.compile(r"\n\s*\n")
# `Ngày nhận báo cáo:` above `- Ước 6 tháng: ngày 10/6`, `… báo cáo như sau:` above `- Hằng tháng: trước ngày 20`
_HEADS_LIMITS = rule(r"\b(?:nhan|gui|nop|bao cao)\b[^:]*:$")
_BY_PERIOD = rule(
    r"(?:uoc |dinh ky |doi voi )?(?:bao cao )?"
    r"(?:hang (?:tuan|thang|quy|nam)|quy\b|0?[369] thang|sau thang|(?:ca )?nam\b|truoc|cham nhat|muon nhat"
    r"|(?:dot|lan|giai doan) (?:\d|[ivx]+)\b)"
)
_DASHES = ("-", "–", "+", "•", "*")
# `vào tuần cuối cùng của tháng` is when it is due, though no day is told.
_SAYS_WHICH_DAYS = rule(r"\b(?:tuan|ngay(?: lam viec)?)(?: le)? (?:dau|cuoi)\b")
_FURTHEST = 900  # letters from an office to a limit that it is of
_MOST = 6  # limits that one office said last may be of
_HEADING = 300  # letters
_FEWEST_REPORTS = 2  # of which a sentence names the office at once
_SHORT = 100  # letters of an item that says no more than its limit


def of_limit(body: Body, sentence: Span, limits: list[Point], index: int) -> Found[str] | None:
    """The office named before a limit, in its own part or an earlier one of it; else the one after it, or after the last."""
    clean, text, point = body.clean, body.bare, limits[index]
    start = limits[index - 1].end if index else _after_purpose(text, sentence)
    stop = limits[index + 1].start if index + 1 < len(limits) else sentence.end
    return (
        _takes(clean, text, start, point)
        or addressee(clean, text, start, point.end, point.start)
        or (_before(body, sentence, start, point) if index else None)
        or _after(clean, text, point.end, stop, index + 1 < len(limits) and not _LIMIT_FIRST.match(text[sentence.start : point.start]))
        or (_said_last(body, sentence, limits, index) if index + 1 < len(limits) else None)
    )


def _takes(clean: str, text: str, start: int, point: Point) -> Found[str] | None:
    """`Thời gian Sở Văn hóa nhận hồ sơ chậm nhất là ngày …`: who takes them is who they are sent to."""
    said = _TAKES.search(text, start, point.start)
    return office_at(clean, text, said.start("office"), said.end("office")) if said else None


def _after_purpose(text: str, sentence: Span) -> int:
    """`Để tổng hợp báo cáo UBND tỉnh, Sở Xây dựng đề nghị …`: whom those who ask will report to comes first, and is not who is sent to."""
    purpose = _PURPOSE_FIRST.match(text, sentence.start, sentence.end)
    return purpose.end() if purpose else sentence.start


def _before(body: Body, sentence: Span, start: int, point: Point) -> Found[str] | None:
    """The office of an earlier part, of what is sent too."""
    if _DONE_ALONE.match(body.bare[start : point.start].strip(" \n,;.)")):
        return None
    return addressee(body.clean, body.bare, max(sentence.start, start - _FURTHEST), start, start)


def _after(clean: str, text: str, start: int, stop: int, is_followed: bool) -> Found[str] | None:
    """The office named after a limit; where another limit follows, not one of a new part of the sentence (`…, gửi về … trước ngày …`)."""
    found = addressee(clean, text, start, stop, None)
    return None if found and is_followed and _NEW_PART.search(text, start, found.place.start) else found


def _said_last(body: Body, sentence: Span, limits: list[Point], index: int) -> Found[str] | None:
    """`gửi báo cáo sơ kết trước ngày …, báo cáo tổng kết trước ngày … về Công đoàn …`: one office after the last limit, for all."""
    for this, following in zip(limits[index : index + _MOST], limits[index + 1 : index + 1 + _MOST], strict=False):
        between = body.bare[this.end : following.start]
        if not (_REPORT_FIRST.match(between) and _NO_MORE_SENDING.match(between)):
            return None
    return addressee(body.clean, body.bare, limits[-1].end, sentence.end, None) if len(limits) - index <= _MOST else None


def led_by(body: Body, sentence: Span) -> Found[str] | None:
    """The office of a lead-in: `Gửi về Bộ … (qua Vụ …): Danh mục … trước ngày …`."""
    for office in offices(body.clean, body.bare, sentence.start, sentence.end, advice=False):
        if body.bare.startswith(":", office.place.end):
            return Found(office.value, Place(sentence.start, office.place.end))
    return None


def heads_a_list(body: Body, sentence: Span) -> Found[str] | None:
    """The office of a line above a list of limits: `… gửi báo cáo về Sở … theo thời hạn sau:`."""
    if body.clean[sentence.end - 1] != ":" or not _SENDING.search(body.bare, sentence.start, sentence.end):
        return None
    return _said_in(body, sentence)


def _said_in(body: Body, sentence: Span) -> Found[str] | None:
    return addressee(body.clean, body.bare, _after_purpose(body.bare, sentence), sentence.end, sentence.end, advice=False)


class Listed:
    """The list under a line that names an office: items below each other, and what stands inside them."""

    def __init__(self, body: Body) -> None:
        self._body, self._starts = body, [item.start for item in body.outline]
        self._office: Found[str] | None = None
        self._rank: int | None = None
        self._below: int | None = None  # where a line ends whose items say nothing but days, and the office it names
        self._office_above: Found[str] | None = None

    def is_limit(self, sentence: Span) -> bool:
        """Whether a sentence is one of the dashes right under a line that says of what their days are."""
        if self._below is None or not _BY_PERIOD.match(self._body.bare, sentence.start, sentence.end):
            return False
        between = self._body.clean[self._below : sentence.start]
        return len(between) < _FURTHEST and between.rstrip().endswith(_DASHES)

    def office(self, sentence: Span) -> Found[str] | None:
        """The office of the list that a sentence is in; None outside of any."""
        above = self._office_above if self.is_limit(sentence) and sentence.end - sentence.start < _SHORT else None
        if self._office is None:
            return above
        index = bisect_right(self._starts, sentence.start) - 1
        item = self._body.outline[index] if index >= 0 and self._starts[index] >= self._office.place.end else None
        if (
            item is None
            or (self._rank is not None and item.rank < self._rank)
            or _NEW_PARAGRAPH.search(self._body.clean, item.start, sentence.start)
        ):
            self._office = None
            return above
        self._rank = item.rank if self._rank is None else self._rank
        return self._office

    def look(self, sentence: Span) -> None:
        """Whether a sentence heads a list of its own."""
        if self._body.clean[sentence.end - 1] == ":" and _HEADS_LIMITS.search(self._body.bare, sentence.start, sentence.end):
            self._below, self._office_above = sentence.end, _said_in(self._body, sentence)
        found = heads_a_list(self._body, sentence)
        if found:
            self._office, self._rank = found, None


def listed(found: list[Found[Deadline]], office: Found[str] | None) -> list[Found[Deadline]]:
    """Those of an item, owed to the office of its list where they name none."""
    if office is None:
        return found
    return [
        each if each.value.to else Found(replace(each.value, to=office.value), Place(office.place.start, each.place.end), each.sure)
        for each in found
    ]


def under(body: Body, lead: Found[str] | None, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """Parts of a row that a lead-in opens: who names no office of their own sends to the one of the lead-in."""
    if lead is None:
        return found
    return [
        each if each.value.to else _sent_to(body, each, lead.value, Place(min(lead.place.start, each.place.start), each.place.end))
        for each in found
    ]


def over_sentences(body: Body, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """With the addressees that stand in another sentence or in a heading."""
    return _of_all(body, _of_headings(body, _carried(body, _received(body, _shared(body, _told_before(_told_once(found)))))))


def _of_all(body: Body, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """Reports that name no office, owed to the one place that the body names for reports."""
    said = list(_OF_ALL.finditer(body.bare, body.start)) if any(each.value.to is None for each in found) else []
    office = office_at(body.clean, body.bare, said[0].end(), min(body.end, said[0].end() + _HEADING)) if len(said) == 1 else None
    if office is None:
        return found
    return [_owed_to(each, office) if each.value.to is None and each.value.kind == "report" else each for each in found]


def _told_once(found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """Without the rhythms whose days follow: `thực hiện báo cáo 06 tháng và năm. … gửi trước ngày 25/6 đối với báo cáo 06 tháng …`."""
    told: list[Found[Deadline]] = []
    for index, each in enumerate(found):
        following = (other for other in found[index + 1 : index + 1 + _MOST] if other.place.start - each.place.end < _HEADING)
        if _has_no_day(each) and any(_says_its_day(each, other) for other in following):
            continue
        rhythms = _of_every_report(told, each)
        if rhythms:
            del told[-len(rhythms) :]
            told += [_with_period_and_office(each, rhythm) for rhythm in rhythms]
        else:
            told.append(each)
    return told


def _told_before(found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """`1. Báo cáo tháng, quý, năm gửi về Tổng Liên đoàn` after a list of their days: who receives all, and no limit."""
    told, dated, unowed = list[Found[Deadline]](), set[str | None](), list[int]()
    for place, row in groupby(found, key=lambda each: each.place):
        these = list(row)
        named, to = {each.value.period for each in these}, these[0].value.to
        if to and len(named) >= _FEWEST_REPORTS and named <= dated and all(map(_has_no_day, these)):
            for at in unowed:
                told[at] = _owed_to(told[at], Found(to, place)) if told[at].value.period in named else told[at]
            unowed.clear()
            continue
        for each in these:
            if each.value.kind == "report" and (each.value.when or each.value.day):
                dated.add(each.value.period)
                unowed += [len(told)] if each.value.to is None else []
            told.append(each)
    return told


def _of_every_report(told: list[Found[Deadline]], each: Found[Deadline]) -> list[Found[Deadline]]:
    """`báo cáo hàng quý, 6 tháng và hàng năm về Bộ … . … chậm nhất là ngày 20 của tháng cuối kỳ báo cáo`: the rhythms right before a day
    of a month at the end of whatever period is reported."""
    if each.value.period is not None or each.value.day is None or not told or not _has_no_day(told[-1]):
        return []
    same = [other for other in told if other.place == told[-1].place and _has_no_day(other) and other.value.period]
    return same if each.place.start - told[-1].place.end < _HEADING and same == told[-len(same) :] else []


def _with_period_and_office(each: Found[Deadline], rhythm: Found[Deadline]) -> Found[Deadline]:
    return replace(each, value=replace(each.value, period=rhythm.value.period, to=each.value.to or rhythm.value.to))


def _has_no_day(each: Found[Deadline]) -> bool:
    due, said = each.value, each.value.when or each.value.day or each.value.month or each.value.time or each.value.within
    return due.kind == "report" and due.period != "once" and not (said or _SAYS_WHICH_DAYS.search(bare(due.text)))


def _says_its_day(each: Found[Deadline], other: Found[Deadline]) -> bool:
    return bool(other.value.when or other.value.day) and (
        other.value.period == each.value.period
        or (each.value.period is None and other.value.period != "once" and each.value.text.endswith(":"))
    )


def _received(body: Body, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """`Báo cáo: quý I gửi trước ngày …; năm gửi trước ngày …. Nơi nhận là Văn phòng …`: the sentence after a row names who receives all."""
    told = list(found)
    after: Found[Deadline] | None = None  # one of the row that got its office so
    last: Found[str] | None = None  # that office
    for index in range(len(found) - 1, -1, -1):
        this = told[index]
        to = None
        if this.value.to is None:
            in_row = after and _IN_A_ROW.fullmatch(body.clean[this.place.end : after.place.start])
            to = last if in_row else _named_after(body, this.place.end) or _named_before(body, this)
        told[index] = _owed_to(this, to) if to else this
        after, last = (told[index], to) if to else (None, None)
    return told


def _owed_to(this: Found[Deadline], to: Found[str]) -> Found[Deadline]:
    """Its place holds the office too; its text is its own."""
    place = Place(min(this.place.start, to.place.start), max(this.place.end, to.place.end))
    return replace(this, value=replace(this.value, to=to.value), place=place)


def _named_after(body: Body, at: int) -> Found[str] | None:
    said = _RECEIVES.match(body.bare, at, body.end)
    office = office_at(body.clean, body.bare, said.end(), min(body.end, said.end() + _HEADING)) if said else None
    return office if office and not _limit_follows(body, office.place.end) else None


def _limit_follows(body: Body, at: int) -> bool:
    """Whether the sentence goes on with a limit of its own."""
    stop = body.clean.find(".", at, at + _HEADING)
    return bool(_HAS_A_LIMIT.search(body.bare, at, stop if stop >= 0 else at + _SHORT))


def _named_before(body: Body, this: Found[Deadline]) -> Found[str] | None:
    """Of a limit that tells only until when something is taken: who takes it, in the sentence before or the item above."""
    if not _TIME_OF_SENDING.match(bare(this.value.text)):
        return None
    last = bisect_right(body.sentence_starts, this.place.start - 1) - 1
    start = body.sentence_starts[max(0, last)]
    said = list(_RECEIVED_BEFORE.finditer(body.bare, start, this.place.start)) if this.place.start - start < _HEADING else []
    office = office_at(body.clean, body.bare, said[-1].end(), this.place.start) if said else None
    return office if office and not _limit_follows(body, office.place.end) else None


def _shared(body: Body, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """`Báo cáo sơ kết: trước ngày …; báo cáo tổng kết: trước ngày …, gửi về …`: the office said last is of both, and so is the first."""
    shared = list(found)
    for index in range(len(found) - 2, -1, -1):
        this, following = shared[index], shared[index + 1]
        last = (following.value.to or "") and following.value.text.endswith(following.value.to or "")
        if this.value.to is None and last and _both_are_reports(body, this, following):
            shared[index] = _sent_to(body, this, following.value.to, Place(this.place.start, following.place.end))
    for index in range(1, len(found)):
        before, this = shared[index - 1], shared[index]
        if (
            this.value.to is None
            and before.value.to
            and _SHORT_REPORT.match(bare(this.value.text))
            and _both_are_reports(body, before, this)
        ):
            shared[index] = _sent_to(body, this, before.value.to, Place(before.place.start, this.place.end))
    return shared


def _both_are_reports(body: Body, this: Found[Deadline], following: Found[Deadline]) -> bool:
    between = body.clean[this.place.end : following.place.start]
    return this.value.kind == following.value.kind == "report" and between.strip() == ";"


def _carried(body: Body, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """`… gửi về Hội … trước ngày …; ý kiến góp ý gửi trước ngày … Riêng các xã miền núi gửi … không quá ngày …`: who sends without
    naming an office, right after one was named in the same paragraph, sends to it.
    """
    carried = list(found)
    starts = [item.start for item in body.outline]
    for index in range(1, len(found)):
        before, this = carried[index - 1], carried[index]
        between = body.clean[before.place.end : this.place.start]
        same = "\n\n" not in between and len(between) < _HEADING
        same = same and bisect_right(starts, before.place.start) == bisect_right(starts, this.place.start)
        if this.value.to is None and before.value.to and same and _SENDS.search(bare(this.value.text)):
            carried[index] = _sent_to(body, this, before.value.to, Place(before.place.start, this.place.end))
    return carried


def _sent_to(body: Body, deadline: Found[Deadline], to: str | None, place: Place) -> Found[Deadline]:
    text = body.paper.verbatim(place.start, place.end)
    return replace(deadline, value=replace(deadline.value, to=to, text=text), place=place)


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
