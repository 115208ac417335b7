"""The times of a sentence that are limits: by a day, by a day of every year, month or quarter, beside a period.

A date counts only after a word of limit (`trước`, `chậm nhất`, `hạn`) or beside a period (`06 tháng (10/5)`). All rules work on bare text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from kheo.core.directives.body import Span
from kheo.core.directives.clocks import by_the_clock
from kheo.core.directives.dates import DAY_DIGITS, HOUR, OF_A_YEAR, WHOLE, When, hour, of_a_year, whole
from kheo.core.directives.durations import Within, lengths
from kheo.core.directives.events import events
from kheo.core.directives.months import months
from kheo.core.directives.moved import moved
from kheo.core.directives.paper import any_of, quick, rule
from kheo.core.directives.periods import pairs_of
from kheo.core.directives.point import Point
from kheo.core.directives.rhythms import days_of_months
from kheo.core.directives.windows import SENT_OR_DONE, counted, from_now, window

_LIMIT = any_of(
    r"""truoc|cham nhat|muon nhat|tre nhat|khong qua|khong (?:cham|muon|tre|som) (?:hon|qua)
    |han chot(?: dang ky| nop| gui)?|han cuoi(?: cung)?|thoi han(?: [^.;:\d]{0,50}?)?
    |han (?:nop|gui|dang ky|nhan|bao cao|cuoi cung|cuoi|chot)(?: [^.;:\d]{0,40}?)?(?=\s*:)
    |han (?:nop|gui|dang ky|nhan|bao cao|tra loi|phan hoi|gop y|cho y kien|tham gia y kien|hoan thanh|hoan tat|thuc hien|giai quyet
    |dong|tiep nhan|xu ly)
    |thoi gian (?:hoan thanh|hoan tat|gui|nop|thuc hien|bao cao|nhan|tiep nhan|dang ky|chot|ket thuc|dong|trinh|ban hanh)[^.;:\d]{0,40}?
    |ngay (?:gui|nop|nhan|bao cao|hoan thanh|hoan tat|trinh|ban hanh|dang ky)(?: [^.;:\d]{0,40}?)?(?=\s*:)|han(?=\s*:)
    |hoan thanh(?: (?:xong|trong))?|xong(?: trong)?|trong"""
)
_BETWEEN = r"[\s:,]*(?:(?:la|vao|den|het|luc|truoc|xong|trong|ngay|khong qua|thoi diem|moc|cac ngay|ca \d)[\s:,]+){0,3}"
_WEEKDAY = r"(?:(?:ngay )?\(?\s*(?:thu \w+|chu nhat)\s*\)?[\s,(]*)?"
# `cuối giờ làm việc ngày …`, `hết giờ hành chính ngày …`: no hour is told.
_END_OF_DAY = r"(?:(?:cuoi|het|cuoi buoi|ket thuc) )?(?:gio (?:lam viec|hanh chinh)|(?:buoi |gio )?(?:sang|chieu|trua|toi))(?: cua)?[\s,]+"
_AT_HOUR = rf"(?:{HOUR}[\s,]*(?:(?:buoi )?(?:sang|chieu|toi|trua)(?: cua)?[\s,]+)?{_WEEKDAY}|{_END_OF_DAY}{_WEEKDAY})?"
_TODAY = r"(?:(?:(?:ngay )?(?:hom nay|mai|hom sau)|cung(?= ngay \d))[\s,(]*)?"  # `trước 16 giờ 30 hôm nay (30/7/2025)`
# `chậm nhất ngày 23 tháng Chạp (ngày 10/02/2026)`: the moon's day first, in brackets the sun's.
_MOON = r"(?:(?:ngay )?(?:\d{1,2}|mung \w+|ram) (?:thang (?:chap|gieng|\w+)|tet)[^().;]{0,30}\(\s*(?:(?:tuc|nham|la)[\s,:]+){0,3})?"
# `trước ngày khai giảng năm học mới 05/9/2025`, `trước Tết Nguyên đán (29/01/2025)`: what day it is stands behind its name.
_NAMED_DAY = (
    r"(?:(?:ngay |dip |le |ngay le )?(?:khai giang|be giang|tuu truong|bau cu|dai hoi|hoi nghi|khanh thanh|tet|quoc khanh|ky niem|thanh lap"
    r"|truyen thong|hoi|khai mac)\b(?: (?!(?:gui|nop|bao cao|hoan thanh|truoc|tu|den)\b)[^\s\d.;:,()]+){0,8}"
    r"(?: \d{4}(?:\s*[-–]\s*\d{4})?)?[\s,(]+(?:ngay )?)?"
)
_BY_DATE = rule(rf"({_LIMIT}){_BETWEEN}{_AT_HOUR}{_WEEKDAY}{_TODAY}{_MOON}{_NAMED_DAY}{WHOLE}")
# `đến ngày 30/9/2023 số hóa xong`: a day up to which something shall be finished.
_UP_TO = rule(rf"\bden(?: het)?(?: ngay)?\s+{WHOLE}(?=[^.;]{{0,60}}?\b(?:xong|hoan thanh|hoan tat)\b)")
_OF_A_YEAR = rule(OF_A_YEAR)
_DAYS_IN_A_ROW = rule(
    rf"(?:truoc|vao|cham nhat|cac) (?:cac )?((?:(?:truoc )?(?:ngay )?(?:{DAY_DIGITS} thang {DAY_DIGITS}"
    rf"|{DAY_DIGITS}/{DAY_DIGITS})(?!\s*(?:/|nam))(?:\s*\([^()\d]{{2,14}}\d{{0,2}}\))?\s*(?:,|va|;)\s*){{1,7}})"
    rf"(?:va )?(?:truoc )?{WHOLE}"
)
# `nhận bài dự thi đến 17 giờ 00 ngày 15/10/2024`
_TAKEN_UNTIL = rule(
    r"\bnhan (?:ho so|bai|anh|tac pham|san pham|dang ky|y kien|phieu|video|hien vat|de cu)\b(?:(?!\btu\b)[^.;:]){0,60}?"
    rf" (?:cho )?den(?: het)? (?:{HOUR}[\s,]*)?{WHOLE}"
)
# From when something runs: `thời gian chốt số liệu từ ngày …`, `thời hạn nộp lùi từ ngày …`; not `thứ tư ngày …`
_BEGUN = rule(r"(?<!thu\s)(?<!dau\s)(?<!vat\s)\btu (?:het )?(?:ngay )?\d{1,2}\s*(?:/|thang)")
# `(thời hạn giải ngân theo quy định đến ngày …)`: what holds anyway is told.
_BY_LAW = rule(r"thoi han (?!(?:gui|nop|bao cao|dang ky|hoan thanh)\b)[^.;]{0,60}\btheo quy dinh (?:la |den |cham )")
_DIGIT_AND_MORE = re.compile(quick(r"\b(?:tu|va|cac)\s[^.]{0,60}\d"))  # without which none of the three rules above can hold
_FROM_OR_COUNTED = rule(r"(?:\btu (?:ngay )?\d[^.;]{0,30}|\btinh\s*|\bcong\s*)$")
_BY_DAY = rule(rf"({_LIMIT}|vao){_BETWEEN}{_AT_HOUR}{_WEEKDAY}{OF_A_YEAR}")
# Web pages lose blanks where a line ended (`vàotrước ngày`, `trướcngày`): no other syllable ends with `truoc`.
_LIMITS = rule(
    r"\b(?:cham|muon|tre|khong|han|thoi|hoan|xong|trong|vao|ngay(?= (?:gui|nop|nhan|bao|hoan|trinh|ban|dang)\b))\b|truoc(?=ngay|\b)"
)
# `trước 17h00 hôm nay (29/9)`: the paper's own day or the next one; `trước 15 giờ cùng ngày`: the day said before.
_TODAY_ALONE = rule(
    rf"({_LIMIT}){_BETWEEN}{_AT_HOUR}(?:(?:trong )?(?:ngay |sang |chieu )?(hom nay|mai)(?: \(?{DAY_DIGITS}/{DAY_DIGITS}\)?)?"
    rf"|(cung ngay))(?! {DAY_DIGITS}/)"
)
_MAY_BE_NEAR = rule(r"\b(?:hom nay|mai|cung ngay)\b")
# `… trước ngày 25/11 để tổng hợp, hoàn thiện, trình ban hành trong tháng 12`: what those who ask will do themselves.
_OWN_PLAN = rule(r"\d[\s)]* de (?:tong hop|hoan thien|tiep thu|nghien cuu)\b[^.;]{0,80}\btrinh\b[^.;]{0,60}$")
# `Ngày thi dự kiến: 07/6; công bố kết quả trong tháng 7`: a schedule that is only meant goes on.
_MEANT = rule(r"\bdu kien\b[^.;]{0,120};\s*$")
_ALL_MEANT = rule(r"\W*du kien,? (?!(?:\S+ ){0,3}(?:gui|nop)\b)")  # `Dự kiến, Hội đồng sẽ hoàn thiện hồ sơ vào cuối tháng 12`
_THIS_WEEK = rule(
    r"\b(?:ngay |xong )?trong (?:(?:tuan|thang|quy) (?:nay|toi|sau)\b|ngay(?=\s*(?:[.,;]|$)))(?! (?:hang|moi|cua) )(?<!\sca\strong\sngay)"
)
# `khóa dữ liệu lúc 16h30 ngày 12/4/2024`
_CLOSED_AT = rule(
    r"\b(?:khoa (?:so|du lieu|he thong|nhap)|chot|dong (?:cong|he thong|link|duong link|cap nhat|nhan)"
    r"|ket thuc (?:nhan|nop|dang ky|tiep nhan)"
    r"|(?:(?<=,\s)|(?<=va\s))dong(?= luc| vao)|(?:(?<=cap\snhat\s)|(?<=dang\sky\s))ket thuc(?= vao| luc))\b"
    rf"[^.;,\d]{{0,60}}?\s(?:luc|vao|vao luc) (?:{HOUR}[\s,]*)?{_WEEKDAY}{WHOLE}"
)
_BESIDE_A_DAY = rule(
    r"((?:hang|moi) (thang|quy))\s*(?:,|va)\s*(?:va )?bao cao (?:so ket |tong ket |cong tac )?(?:nam"
    r"|6 thang)\b[^.;]{0,20}? (?:truoc|cham nhat|vao)\b"
)
# `báo cáo 6 tháng gửi LĐLĐ tỉnh ngày 25/5, báo cáo năm gửi ngày 25/11`, `6 tháng, ngày 12/6; cả năm, ngày 12/11`,
# `ước 6 tháng: ngày 10/6`
_REPORT_ON_A_DAY = rule(
    r"(?<![a-z\d])(?:uoc )?(?:(?P<half>(?:0?6|sau) thang(?: (?:dau|cuoi) nam)?)|(?P<quarter>quy (?:[ivx]{1,3}|\d))"
    r"|(?P<nine>(?:0?9|chin) thang(?: dau nam)?)|(?P<year>ca nam|(?<=bao\scao\s)nam|nam(?=\s*:)))"
    rf"\b\s*[,:]?\s*(?:la )?(?:(?:gui|nop)(?: [^\s,.;:\d]+){{0,8}}? )?(?:vao )?(?=ngay ){OF_A_YEAR}"
)
# Without which the rule above cannot hold.
_DAY_WITHOUT_A_YEAR = re.compile(r"ngay\s+[\doli]{1,2}(?:\s*/\s*[\doli]{1,2}(?![\d/])|\s*thang\s*[\doli]{1,2}(?!\d|\s*nam))")
_SENT_UNTIL = rule(rf"\bden(?: het)? (?:{HOUR}[\s,]*)?{WHOLE}")
_SENDS_UNTIL = rule(r"\b(?:gui|nop|dang ky)\b(?:(?!\b(?:tu(?! lieu)|tinh|chot|lay|so lieu|hieu luc|da)\b)(?:[^.;:]|\.(?=\w))){0,160}$")
# `Thời gian tiếp nhận hồ sơ … đến hết ngày …`, not the time of a fair or a contest
_TIME_OF = rule(
    r"\W*thoi gian (?:[^.;:]{0,80} )?(?:(?:tiep )?nhan|to chuc(?! (?:le|hoi cho|hoi thi|cuoc thi|giai|trung bay|trien lam))"
    r"|hoan (?:chinh|thanh|thien)|lap|xet|binh chon|tham dinh|cham)\b(?:(?!\b(?:tu (?:ngay|\d)|hieu luc)\b)[^.;]){0,220}$"
)
_TO_THE_END = rule(r"den het\b")
_RHYTHMS = {"thang": "month", "quy": "quarter"}
_SENT_ON = rule(rf"\s*:?\s*(?:(?:vao|trong|(?:cho )?den het|cho den|den) )?{WHOLE}")
_EVERY_YEAR = rule(
    r"[\s,(]*(?:cua )?(?:(?:hang|moi|cac) nam"
    r"|nam (?:sau|truoc(?=\s*(?:[.,;:)]|$)| lien)|tiep theo|ke tiep|lien ke|bao cao|lien sau|ke sau|sau lien ke))"
)
_TAKES_PLACE = rule(r"\b(?:khai giang|be giang|tuu truong|khai mac|be mac|ky niem|dien ra|to chuc le)\b[^.;,]{0,60}$")
_YEARLY_BEFORE = rule(r"\b(?:hang|moi) nam,? $")  # `hằng năm vào ngày 31/12`
# `lần lượt trước 20/9/2023 và 15/12/2023`: a further whole day of the same limit
_ALSO_WHOLE = rule(
    rf"\s*(?:,|va|;|, va) (?:(?:truoc|cham nhat) )?(?:ngay )?{WHOLE}"
    r"(?=\s*(?:[.;)]|$)| (?:ve|cho|de) |\s*(?:,|va) (?:ngay )?\d)"
)
# `Báo cáo tháng: ngày 18/12/2023 và ngày 18/01/2024`
_HEADED_DAY = rule(
    rf"\W*(?:bao cao|lan \d|dot \d|ky \d)[^.;:\d]{{0,60}}:\s*(?:(?:gui|nop) )?(?:vao )?(?:cac )?(?=ngay )"
    rf"{WHOLE}(?=\s*(?:[.,;(]|$)| va (?:ngay )?\d)"
)
# `Báo cáo đã nộp: ngày …`, `Đợt 1: ngày 18/12/2023, các xã đã tổng hợp báo cáo`: when it was done; what was done may be reported, too.
_DONE_ONCE = r"(?<!bong\s)(?<!toi\s)(?<!gach\s)\bda (?!dang\b)[a-z]"
_TOLD_DONE = rule(rf"[^:]*{_DONE_ONCE}[^:]*:|[^:]*:(?:(?!\b(?:gui|nop|bao cao|trinh|hoan thanh)\b)[^.;])*?{_DONE_ONCE}")
_ALSO = rule(rf"(?:\s*\([^()\d]{{0,24}}\d{{0,2}}[^()\d]{{2,30}}\))?\s*(?:,|va|;)\s*(?:(?:truoc|cham nhat) )?(?:ngay )?{OF_A_YEAR}")
# What happened or holds by a day is no order: `tính đến ngày`, `có hiệu lực`, `sinh trước ngày`, `từ ngày … đến ngày …`.
_NO_ORDER = rule(
    r"(?:\bdu kien(?: \w+){0,4}|\bse (?:thong bao|cong bo|to chuc|xem xet|tong hop|trinh|bao cao|ban hanh)\b[^.;,]{0,60}"
    r"|\b(?:ap dung|hieu luc) [^;:]{0,20}cho den khi\b[^;:]{0,80}"
    r"|tinh den|ke tu|co hieu luc|nghi (?:huu|viec|huong|che do)|ve huu|chuyen cong tac"
    r"|(?:^|[.;:,]\s)\W*(?:doi voi )?(?:nhung |cac )?(?:truong hop|doi tuong)\b(?:(?!\b(?:gui|nop|bao|trinh|hoan|xong|ve"
    r"|lap)\b)[^.;:,]){0,50}"
    r"|\b(?:xin|duoc|cho phep|de nghi)\b[^.;:,]{0,30}\b(?:lui|gia han|keo dai)(?: thoi(?: (?:han|gian)[^.;:,]{0,30})?| den)?"
    r"|(?<!hoc\s)(?<!ve\s)(?<!thi\s)(?<!tuyen\s)(?<!hy\s)sinh|ky ket"
    r"|tu (?!nay\b)(?:ngay )?[^.;]{0,40}den(?: het)?|tuyen dung|duoc cap|ap dung|xay ra|phat sinh|ton tai"
    r"|\b(?:be giang|khai giang|tuu truong)(?: nam hoc)?"
    r"|duoc to chuc"
    r"|(?<!dung\s)(?<!xuat\s)(?<!lap\s)(?<!hanh\s)lo trinh (?:(?!\b(?:gui|nop|bao cao|trinh|hoan thanh|xong)\b)[^.;:]){0,60}"
    r"|thoi diem [^.;,]{0,40}|(?:giay|the|chung chi|van bang|ho so"
    r"|hop dong)\b[^.;,]{0,60}\b(?:cap|ky|lap|tiep nhan)|(?<!phai\s)(?<!can\s)duoc (?:phe duyet|cong nhan|thanh lap|dau tu"
    r"|bo nhiem|khoi cong"
    r"|cap phep|giao dat)|thay cho)\s*(?:den\s*)?(?:het\s*)?$"
)
# Of whom something is true by a day; with `chậm nhất` it is the list of them that is wanted by then.
_TRUE_BY = rule(r"\b(?:nhap ngu|ket nap)\s*(?:den\s*)?(?:het\s*)?$")
_AT_MOST = rule(r"\W*(?:cham|muon|tre) nhat\b")
_WEAK = rule(r"^(?:hoan thanh|xong|trong|thoi gian thuc hien)")
# What was done by a day tells a state, unless something is asked after it: `các dự án đã bàn giao … trước ngày …`.
_DONE = re.compile(r"(?<!bong\s)(?<!toi\s)(?<!gach\s)\bda\b(?!\s+dang)[^,;:(]*$")
_DONE_AFTER = re.compile(
    r"\s*,[^,.;]{0,40}\b(?:thuc\s+hien|ap\s+dung)\s+theo\s+(?:thong|nghi|luat|quy|huong)"
    r"|\s*(?:da|chua|van|tiep\s+tuc\s+(?:co|duoc)|duoc\s+(?:giai\s+quyet|thuc\s+hien|tiep\s+tuc|ap\s+dung|huong|xem|tinh|cong\s+nhan|mien|giam|nhan)|khong\s+(?:thuoc|phai|duoc)|thi\s+(?:duoc|khong|thuc\s+hien|ap\s+dung))\b"
)
# What a lead-in asks for is described (`Gửi về Bộ …: Danh mục đã được phê duyệt trước ngày …`).
_LED = rule(r"\b(?:gui|nop) (?:ve|cho|den)[^;:]{0,140}:\s")
_ASKED = rule(r"\b(?:hoan thanh|gui|bao cao|trinh|xong|nop)\b")
_MENDED = rule(
    r"\b(?:dang tai|cong khai|cong bo|niem yet|bao cao|gui|hoan thanh|dang ky|nop|khac phuc|khoi phuc|xu ly|giai quyet"
    r"|cap(?! (?:tinh|huyen|xa|co so|uy|tren|duoi|trung uong|thanh pho)\b)|sua chua)\b"
)
_BOUND = rule(r"[\s:,]*(?:truoc|den|het|trong|vao)")
_SO_THAT = rule(r"\s*,? (?:de )?(?:bao dam|dam bao|phan dau|nham)\b")
_AND_AT_MOST = rule(
    r"\s*(?:20\d\d(?:\s*[-–]\s*20\d\d)?)?\s*,? (?:nhung |va )?(?:cham nhat|muon nhat|khong qua|khong (?:cham|muon|tre) (?:hon|qua))\b"
)
_LONGEST = 120  # letters of a limit with its date


def points(text: str, sentence: Span) -> list[Point]:
    """All limits of a sentence in order, none inside another."""
    words = [match.start() for match in _LIMITS.finditer(text, sentence.start, sentence.end)]  # few sentences have one
    found = [*pairs_of(text, sentence), *_by_date(text, sentence, words), *_by_day(text, sentence, words), *days_of_months(text, sentence)]
    if _DIGIT_AND_MORE.search(text, sentence.start, sentence.end):
        found = [
            *moved(text, sentence),
            *_row_of_days(text, sentence),
            *window(text, sentence),
            *from_now(text, sentence),
            *counted(text, sentence),
            *found,
        ]
    found += [*_up_to(text, sentence), *_in_a_month(text, sentence), *_without_a_day(text, sentence)]
    found += [*_near_the_paper(text, sentence, words), *_closed_at(text, sentence), *_beside_one_with_a_day(text, sentence)]
    found += [*_reports_on_days(text, sentence), *_sent_until(text, sentence)]
    kept: list[Point] = []
    for point in sorted(found, key=lambda each: (each.start, -each.end, each.period is None)):
        if kept and _says_again(text, kept[-1], point):
            kept[-1] = replace(point, start=kept[-1].start)
        elif (not kept or point.start >= kept[-1].end) and not (kept and _is_what_for(text, kept[-1], point)):
            kept.append(point)
    return kept


def _is_what_for(text: str, before: Point, point: Point) -> bool:
    """`… trong tháng 8 năm 2026, bảo đảm tỷ lệ trên 95% trước khi bước vào năm học mới`: why so soon, and no limit of its own."""
    return bool(point.event and not point.within and (before.when or before.month) and _SO_THAT.match(text, before.end, point.start))


def _says_again(text: str, before: Point, point: Point) -> bool:
    """`trong 20 ngày kể từ ngày hoàn thành việc công khai, chậm nhất ngày 31/01/2026`: one limit, and the day is what counts."""
    loose = before.within or before.event or before.month
    return bool(loose and point.when and _AND_AT_MOST.match(text[before.end : point.start] + text[point.start : point.start + 16]))


def _after_limits(pattern: re.Pattern[str], text: str, sentence: Span, words: list[int]) -> Iterator[re.Match[str]]:
    """Matches that begin at a word of limit. `words`: where these stand."""
    at = sentence.start
    for word in words:
        match = pattern.match(text, word, min(sentence.end, word + _LONGEST)) if word >= at else None
        if match and not _is_state(text, match, sentence) and _is_bound(text, match, sentence):
            at = match.end()
            yield match


def _is_state(text: str, match: re.Match[str], sentence: Span) -> bool:
    if _BEGUN.search(match[0]) or _BY_LAW.match(match[0]):
        return True
    before = text[max(sentence.start, match.start() - 160) : match.start()]
    if _LED.search(before):
        return False
    if _TRUE_BY.search(before) and not _AT_MOST.match(match[0]):
        return True
    done = _DONE.search(before)
    return bool(_NO_ORDER.search(before)) or bool(done and not _ASKED.search(done[0])) or bool(_DONE_AFTER.match(text, match.end()))


def _by_date(text: str, sentence: Span, words: list[int]) -> Iterator[Point]:
    for match in _after_limits(_BY_DATE, text, sentence, words):
        when = whole(match, 4)
        if when:
            yield Point(match.start(), match.end(), when, "once", hour(match[2], match[3]) if match[2] else None)
            yield from _more_whole_days(text, sentence, match.end())
    headed = _HEADED_DAY.match(text, sentence.start, sentence.end)
    when = whole(headed) if headed and not _TOLD_DONE.match(text, headed.start(), sentence.end) else None
    if headed and when:
        yield Point(headed.start(), headed.end(), when, "once")
        yield from _more_whole_days(text, sentence, headed.end())


def _more_whole_days(text: str, sentence: Span, at: int) -> Iterator[Point]:
    while match := _ALSO_WHOLE.match(text, at, sentence.end):
        when = whole(match)
        if when is None:
            return
        yield Point(match.start(), match.end(), when, "once")
        at = match.end()


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


def _by_day(text: str, sentence: Span, words: list[int]) -> Iterator[Point]:
    for match in _after_limits(_BY_DAY, text, sentence, words):
        when = of_a_year(match, 4)
        every = _EVERY_YEAR.match(text, match.end(), sentence.end)
        yearly = every or _YEARLY_BEFORE.search(text, sentence.start, match.start())
        if when is None or (match[1] == "vao" and (not yearly or _TAKES_PLACE.search(text, sentence.start, match.start()))):
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
        if not (
            _NO_ORDER.search(text[max(sentence.start, start - 80) : start])
            or _OWN_PLAN.search(text, sentence.start, start)
            or _MEANT.search(text, max(0, sentence.start - 160), sentence.start)
            or _ALL_MEANT.match(text, sentence.start, sentence.end)
        ):
            yield Point(start, end, None, "once", month=month)


def _without_a_day(text: str, sentence: Span) -> Iterator[Point]:
    for length in lengths(text, sentence):
        yield Point(length.start, length.end, None, "once", within=length.within, event=length.event)
    for start, end, event in events(text, sentence):
        yield Point(start, end, None, "once", event=event)
    yield from by_the_clock(text, sentence)


def _near_the_paper(text: str, sentence: Span, words: list[int]) -> Iterator[Point]:
    """`trước 17h00 hôm nay`, `trước 15 giờ cùng ngày`; `trong tuần này`, `ngay trong ngày` of what is to be finished or sent."""
    for match in _THIS_WEEK.finditer(text, sentence.start, sentence.end):
        before = text[max(sentence.start, match.start() - 160) : match.start()]
        if SENT_OR_DONE.search(before) and not _NO_ORDER.search(before) and not _DONE.search(before):
            yield Point(match.start(), match.end(), None, "once")
    if not _MAY_BE_NEAR.search(text, sentence.start, sentence.end):
        return
    for match in _after_limits(_TODAY_ALONE, text, sentence, words):
        clock = hour(match[2], match[3]) if match[2] else None
        if match[4]:
            after = Within(int(match[4] == "mai"), "ngày", working=False, issued=True)
            yield Point(match.start(), match.end(), None, "once", clock, within=after)
        else:
            yield Point(match.start(), match.end(), None, "once", clock, event=Span(*match.span(5)))


def _beside_one_with_a_day(text: str, sentence: Span) -> Iterator[Point]:
    """`báo cáo Ban Thường vụ hằng quý và báo cáo năm trước ngày …`: the first has a rhythm and no day."""
    for match in _BESIDE_A_DAY.finditer(text, sentence.start, sentence.end):
        yield Point(match.start(), match.end(1), None, _RHYTHMS[match[2]])


def _reports_on_days(text: str, sentence: Span) -> Iterator[Point]:
    """A day of every year right after the period of a report, at the beginning of a part or of something sent."""
    if not _DAY_WITHOUT_A_YEAR.search(text, sentence.start, sentence.end):
        return
    for match in _REPORT_ON_A_DAY.finditer(text, sentence.start, sentence.end):
        when = of_a_year(match, 5)
        first = not text[sentence.start : match.start()].strip()
        if match["nine"] and _LIMITS.search(match[0]):
            continue  # said by its word of limit, with what is said of it after the day
        if when and (first or SENT_OR_DONE.search(text, sentence.start, match.end())):
            name = "half-year" if match["half"] else "quarter" if match["quarter"] else "once" if match["nine"] else "year"
            yield Point(match.start(), match.end(), when, name)


def _sent_until(text: str, sentence: Span) -> Iterator[Point]:
    """`Nộp học phí qua ngân hàng đến hết ngày …`."""
    for match in _SENT_UNTIL.finditer(text, sentence.start, sentence.end):
        when = whole(match, 3)
        sends = _SENDS_UNTIL.search(text, max(sentence.start, match.start() - 160), match.start())
        if when and ((sends and _TO_THE_END.match(text, match.start())) or _TIME_OF.match(text[sentence.start : match.start()])):
            yield Point(match.start(), match.end(), when, "once", hour(match[1], match[2]) if match[1] else None)


def _closed_at(text: str, sentence: Span) -> Iterator[Point]:
    closed = (match for pattern in (_CLOSED_AT, _TAKEN_UNTIL) for match in pattern.finditer(text, sentence.start, sentence.end))
    for match in closed:
        when = whole(match, 3)
        if when and not _DONE.search(text[max(sentence.start, match.start() - 160) : match.start()]):
            yield Point(match.start(), match.end(), when, "once", hour(match[1], match[2]) if match[1] else None)


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
        if last is None or not (match[0].startswith(("truoc", "cham")) or SENT_OR_DONE.search(text, sentence.start, match.start())):
            continue
        at = match.start()
        for day in _OF_A_YEAR.finditer(text, match.start(1), match.end(1)):
            when = of_a_year(day)
            if when:
                yield Point(at, day.end(), When(when.month, when.day, last.year), "once")
                at = day.end()
        yield Point(at, match.end(), last, "once")
