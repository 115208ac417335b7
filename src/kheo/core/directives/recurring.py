"""Duties with a rhythm and no day: `định kỳ hằng quý báo cáo …`, `mỗi 6 tháng đối soát một lần`, `chi bộ thu hằng tháng`.

All rules work on bare text.
"""

import re
from collections import Counter

from kheo.core.directives.addressing import addressee, offices
from kheo.core.directives.body import Body, Span
from kheo.core.directives.due import MEETS, REPORTS, Deadline, kind_of_duty
from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import any_of, rule
from kheo.core.directives.periods import Period, periods

_RHYTHM = rule(r"\bdinh ky\b")
# `kiểm tra chế độ báo cáo hằng tháng` names reports, `thực hiện chế độ báo cáo hằng tháng về …` asks for them.
_REGIME = rule(r"\bche do (?:thong tin,? )?bao cao\b")
# A heading: `Về báo cáo sơ kết 6 tháng đầu năm 2023`, `Báo cáo tháng, quý, 6 tháng, năm`.
_NAMES_REPORTS = rule(
    r"^\W*(?:ve )?(?:cac |che do |cong tac )?bao cao (?:(?:bao cao|so ket|tong ket|cong tac|dinh ky|ket qua|thang|quy|6 thang|nam|va|dau"
    r"|cuoi|hang|tuan"
    r"|0?6|20\d\d|den ngay \d{1,2}(?:/\d{1,2})?)\b\W*)+$"
)
# The head of a form: `Biểu số 3: Báo cáo sản lượng 6 tháng, năm`.
_FORM = rule(r"^\W*(?:bieu|mau|phu luc)(?: (?:mau|so))? [\w./-]{1,12}\s*[:.–-](?!.*\b(?:gui|nop|dinh ky)\b)")
# Reports spoken of, and nothing sent: `nâng cao chất lượng báo cáo hằng tháng`, `báo cáo hằng năm của … cho thấy`.
_A_THING = rule(
    r"\b(?:chat luong|so luong|so lan|viec|cong tac|hinh thuc|noi dung|mau|bieu mau|tiep thu|trong|theo|tai|tu|ky|cat giam|giam)\b"
    r"(?: [^\s,.;:]+){0,4}? bao cao (?:dinh ky )?(?:hang |moi )?\w+(?: \w+)?$"
    r"|^\W*(?:cac )?bao cao (?:dinh ky )?(?:hang|moi) \w+$(?<!\bdinh)"
)
# What is done every day or every year is how things are.
_LONGEST_PART = 300  # letters
# What was done so, or is done so, is told and not asked for.
_TOLD = rule(
    r"\b(?:da (?!duoc giao)|duoc (?:thuc hien|duy tri|tien hanh|quan tam)\b|duy tri (?:thuc hien )?(?:che do|nen nep)\b"
    r"|\b(?:bao quan|luu tru|luu giu|luu) (?:trong )?(?:vinh vien|(?:toi thieu |it nhat )?\d+ nam)\b"
    r"|se co (?:huong dan|van ban|thong bao)|dung quy dinh\W*$|nghiem tuc\W*$|thuong xuyen\W*$)"
)
_OF_A_TASK = ("week", "month", "quarter", "half-year")
_WORK = rule(
    r"\s*(?:,|:)?\s*(?:(?:mot|0?1) lan,?\s*)?(?:[^\s,.;:]+ ){0,9}?"
    + any_of(
        """tong hop|thong bao|doi soat|doi chieu|ra soat|kiem tra|danh gia|cap nhat|cong khai|thong ke|theo doi|don doc|nop|thu|quyet toan
        |thanh toan|bao cao(?! vien)|gui|trinh|cham diem|xep loai|phan tich|niem yet|kiem diem|so ket|lap|cung cap|phan anh|chuyen"""
    )
    + r"\b"
)
_WORKED = rule(
    r"\b"
    + any_of(
        """thu(?! (?:hai|ba|tu|nam|sau|bay) )|nop|doi soat|doi chieu|ra soat|kiem tra|danh gia|cap nhat|cong khai|thong ke|quyet toan
        |cham diem|niem yet|thong bao|kiem ke"""
    )
    + r"(?: [^\s,.;:]+){0,5} $"
)
_ENDS = rule(r"\s*(?:(?:mot|0?1) lan\s*|/\s*(?:0?1 )?lan\s*)?(?=[,.;:)]|$)")
_LEADS = rule(r"^\W*(?:(?:va|dinh ky|thuc hien|theo dinh ky|cu|moi)\s*)*$")
# `cùng báo cáo công tác tháng`: in the rhythm of another report.
_WITH_REPORT = rule(r"\bcung (?:voi )?(?:ky )?bao cao [^,.;]{0,30}?\b(tuan|thang|quy|nam)\b")
_BY_NAME = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
# `không thực hiện báo cáo hằng tháng và hằng quý`
_NOT_ASKED = rule(r"\bkhong (?:thuc hien|phai|can|yeu cau)\b[^.;,]{0,60}$")
_PURPOSE = re.compile(r"\s(?:de|nham)\s(?!nghi|xuat|an\b)")


def on_a_rhythm(body: Body, sentence: Span) -> list[Found[Deadline]]:
    """Reports with a rhythm; else other work with one."""
    if not any(periods(body.bare, sentence.start, sentence.end)) and not _RHYTHM.search(body.bare, sentence.start, sentence.end):
        return []
    if _TOLD.search(body.bare, sentence.start, sentence.end) or _FORM.match(body.bare[sentence.start : sentence.end]):
        return []
    reports = _reports(body, sentence) if REPORTS.search(body.bare, sentence.start, sentence.end) else []
    return reports or work_on_a_rhythm(body, sentence)


def _reports(body: Body, sentence: Span) -> list[Found[Deadline]]:
    """`Định kỳ 6 tháng, hằng năm … báo cáo …`: one for each period; without a period only where an addressee is named."""
    text = body.bare
    rhythm = _RHYTHM.search(text, sentence.start, sentence.end)
    named = list(periods(text, sentence.start, sentence.end))
    in_row = Counter(each.row for each in named)
    of_reports = {each.row for each in named if _is_of_report(text, sentence, each, rhythm, in_row[each.row] > 1)}
    of_reports |= {each.row for each in named if _is_said(text, each) and _stands_behind_its_office(body, sentence, each)}
    words = [each for each in named if each.row in of_reports and not _NOT_ASKED.search(text, sentence.start, each.start)]
    if rhythm is None and _NAMES_REPORTS.match(text[sentence.start : sentence.end]):
        return []
    at = (rhythm.start(), rhythm.end()) if rhythm else (words[0].start, words[0].end) if words else None
    if at is None:
        return []
    to = addressee(body.clean, text, at[1], sentence.end, None, advice=False) or addressee(
        body.clean, text, sentence.start, at[0], at[0], advice=False
    )
    if to is None and (
        not words
        or not any(_is_said(text, each) for each in words)
        or _REGIME.search(text, sentence.start, sentence.end)
        or _A_THING.search(text[sentence.start : words[0].end])
    ):
        return []
    start = _clause_start(text, sentence, at[0])
    purpose = _PURPOSE.search(text, max(at[1], to.place.end if to else 0), sentence.end)
    end = purpose.start() if purpose else sentence.end
    with_report = _WITH_REPORT.search(text, at[1], sentence.end)
    told_of: list[str | None] = [
        *dict.fromkeys(each.name for each in words if each.name != "day"),
        *([_BY_NAME[with_report[1]]] if with_report and not words else []),
    ]
    told = body.paper.verbatim(start, end)
    return [Found(Deadline(told, None, period, to.value if to else None, "report"), Place(start, end), 0.8) for period in told_of or [None]]


def work_on_a_rhythm(body: Body, sentence: Span) -> list[Found[Deadline]]:
    """`hằng quý thông báo danh sách …`: the rhythm first in its part of the sentence, or last (`chi bộ thu hằng tháng, …`)."""
    text, found = body.bare, []
    for period in periods(text, sentence.start, sentence.end):
        start = _part_start(text, sentence.start, period.start)
        if (
            period.name not in _OF_A_TASK
            or not text.startswith(("hang", "moi", "0", "6", "quy"), period.start)
            or MEETS.search(text, start, min(sentence.end, period.end + _LONGEST_PART))
        ):
            continue
        first = _LEADS.match(text[start : period.start]) and _WORK.match(text, period.end, sentence.end)
        last = _ENDS.match(text, period.end, sentence.end) and _WORKED.search(text, start, period.start)
        if first or last:
            to = addressee(body.clean, text, period.end, sentence.end, None, advice=False) if first else None
            end = sentence.end if first else period.end
            told = Deadline(body.paper.verbatim(start, end), None, period.name, to.value if to else None, kind_of_duty(text[start:end]))
            found.append(Found(told, Place(start, end), 0.7))
    return found


def _part_start(text: str, start: int, end: int) -> int:
    """Where the part of a sentence begins that holds a place: after the last comma, colon or stop before it."""
    start = max(start, end - _LONGEST_PART)
    cut = max((text.rfind(sign, start, end) for sign in ",:("), default=-1)
    return start if cut < 0 else cut + 1 + len(text[cut + 1 : end]) - len(text[cut + 1 : end].lstrip())


def _is_of_report(text: str, sentence: Span, period: Period, rhythm: re.Match[str] | None, in_row: bool) -> bool:
    """A period word counts beside `định kỳ` or `báo cáo`; not as part of something else. `in_row`: one of several."""
    if rhythm:
        return abs(period.start - rhythm.start()) < 90
    by_it = text.endswith("theo ", 0, period.start)  # `báo cáo … theo quý`
    near = text[max(sentence.start, period.start - (_LONGEST_PART if by_it else 40)) : min(sentence.end, period.end + 40)]
    said = by_it or in_row or _is_said(text, period)
    return bool(REPORTS.search(near)) and said and period.name != "day"


def _stands_behind_its_office(body: Body, sentence: Span, period: Period) -> bool:
    """`báo cáo tiến độ … về Phòng Quản lý chất lượng hằng quý`: however much is said between."""
    ends = _ENDS.match(body.bare, period.end, sentence.end)
    before = offices(body.clean, body.bare, sentence.start, period.start, advice=False) if ends and period.name != "day" else []
    return any(body.bare[office.place.end : period.start].strip() == "" for office in before)


def _is_said(text: str, period: Period) -> bool:
    """`hằng quý`, `6 tháng`: a period and nothing else."""
    return text.startswith(("hang", "moi", "0", "6"), period.start)


def _clause_start(text: str, sentence: Span, anchor: int) -> int:
    """A clause that begins with its rhythm after a comma stands for itself."""
    before = text[sentence.start : anchor].rstrip()
    return anchor if before.endswith((",", ":")) and len(before) > 80 else sentence.start
