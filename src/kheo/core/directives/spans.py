"""Limits without a day of their own: a month or a quarter, so many days after this paper, an hour of every day or week.

All rules work on bare text. What runs from the receipt of something else (a petition, a file) is a rule of procedure, no deadline.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kheo.core.directives.body import Span
from kheo.core.directives.dates import HOUR
from kheo.core.directives.outline import roman
from kheo.core.directives.paper import any_of, rule

_MONTH = r"(?:thang (\d{1,2})|quy ([ivx]{1,3}|\d)\b)(?:\s*[/,.\-–]\s*((?:19|20)\d{2})| (?:cua )?nam ((?:19|20)\d{2}))?(?![\d/])"
_TO_DO = any_of(
    """hoan thanh|hoan thien|xong|ket thuc|xem xet|phe duyet|trinh|ban hanh|bao cao|gui|nop|cong bo|giai ngan|ban giao|nghiem thu|thanh toan
    |khoi cong|khanh thanh|tham muu|de xuat|cap kinh phi|dua vao su dung"""
)
_IN_A_MONTH = rule(
    rf"(?:trong|truoc|cham nhat(?: (?:la|trong|vao|den))*|muon nhat(?: (?:la|trong|vao))*|(?:den )?het|cuoi|xong|hoan thanh(?: vao)?"
    rf"|(?:thoi gian|thoi han|han|tien do)(?: (?:hoan thanh|thuc hien|trinh|ban hanh|bao cao|gui))?\s*:(?: (?:trong|truoc"
    rf"|xong|cham nhat|vao))?)"
    rf" {_MONTH}"
)
_ALONE = rule(rf"^\W*(?:(?:truoc|trong|cham nhat|xong|hoan thanh|het|cuoi|den)[\s:]+(?:trong |vao |la )*)*{_MONTH}\W*$")
_BEFORE = re.compile(rf"\b{_TO_DO}\b[^.;]{{0,140}}$".replace(" ", r"\s+"))
_AFTER = re.compile(r"\s*[,:]\s*[^.;]{0,60}?\b(?:hoan\s+thanh|xong|trinh|ban\s+hanh|bao\s+cao)\b")
_PAPER = any_of(
    "van ban|cong van|ke hoach|chi thi|quyet dinh|huong dan|thong bao|chuong trinh|nghi quyet|cong dien|thong tri|to trinh|chi dao|de an"
)
_THIS = rf"(?:{_PAPER}(?: nay)?(?= |[\s,.;:)]|$)(?! (?:lay|xin|de nghi|yeu cau|so|cua)\b))"
_ISSUED = (
    rf"(?:(?:ngay|khi) )?(?:(?:duoc )?(?:ky|ban hanh|phat hanh)(?: ban hanh)?(?: {_THIS})?|{_PAPER} nay(?: duoc)? (?:ky"
    rf"|ban hanh|phat hanh))"
)
_RECEIVED = rf"(?:(?:ngay|khi) )?(?:nhan|tiep nhan)(?: duoc)? {_THIS}"
_WITHIN = rule(
    rf"(?:trong|cham nhat|muon nhat|khong qua|thoi han|sau)[\s:]+(?:(?:la|trong|sau|thoi han|vong|thoi gian) )*"
    rf"(\d{{1,3}}) (?:\([^()]{{2,20}}\) )?(ngay|thang|gio)( lam viec)?,? (?:(?:ke|tinh)(?: tu)?|tu|sau) (?:({_ISSUED})"
    rf"|{_RECEIVED})(?: nay)?"
)
# Without these words none of the rules below can hold: looked for first, since few sentences have them.
_NAMED = re.compile(r"(?:thang\s+\d{1,2}|quy\s+[ivx\d]{1,3})(?!\d)")
_FROM = re.compile(r"(?:ngay|thang|gio|viec),?\s+(?:ke|tinh|tu|sau)\s")
_SO_LONG = re.compile(r"(?:thoi\s+han|vong|nhat|qua)\s+(?:la\s+)?\d")
_EVERY = re.compile(r"(?:hang|moi)\s+(?:ngay|tuan)")
_IN_FORCE = rule(r"hieu luc")
# From something else that happens: a limit only of what is sent to somebody, and never from the receipt of somebody's file.
_AFTER_EVENT = rule(
    r"(?:(?:trong|cham nhat|khong qua|muon nhat)[\s:]+(?:(?:la|trong|sau|thoi han|vong|thoi gian) )*|sau )(\d{1,3}) (?:\([^()]{2,20}\) )?"
    r"(ngay|gio|tuan|thang)( lam viec)?(?:,? (?:ke tu|tinh tu|sau|tu)(?: (?:khi|ngay|luc|thoi diem))? [^,.;]{2,60})?"
)
_HOW_LONG = rule(r"^(?:trong (?:thoi han|vong|thoi gian)|cham nhat|khong qua|muon nhat)|\b(?:ke tu|tinh tu|sau)\s(?!thoi)")
_RECEIPT = rule(r"\b(?:tiep nhan|ho so|don|hop le|phan anh|kien nghi|khieu nai)\b")
_WEEKDAY = r"(?:(?:sang|chieu|cuoi|dau|trua) )?(?:cac )?(?:ngay )?(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)"
_BY = r"(?:(?:truoc|cham nhat|muon nhat|vao|luc|dinh ky)[\s:]+(?:(?:la|luc|vao) )?)"
_HOURS = rf"{HOUR}(?:\s*(?:,|va)\s*(?:truoc )?{HOUR})*[\s,]*"
_EVERY_WEEK = rule(
    rf"{_BY}?(?:{HOUR}[\s,]*)?\(?{_WEEKDAY}\)?,? (?:cua )?(?:hang|moi) tuan"
    rf"|(?:hang|moi) tuan[\s,(]*{_BY}(?:{HOUR}[\s,]*)?{_WEEKDAY}"
)
_EVERY_DAY = rule(
    rf"{_BY}{_HOURS}(?:cua )?(?:hang|moi) ngay|(?:hang|moi) ngay[\s,(]*{_BY}{HOUR}|(?:hang"
    rf"|moi) ngay[^.;\d]{{1,60}}?\s{_BY}{HOUR}"
)
_SENT = rule(r"\b(?:bao cao|gui|nop|cung cap|tong hop|cap nhat|thong tin)\b")
_QUARTERS = 4
_TO_MONTHS = 3


@dataclass(frozen=True)
class Within:
    """`15 ngày làm việc`: so many days, hours or months after this paper came, after its own day (`issued`) or after an `event`."""

    number: int
    unit: str
    working: bool
    issued: bool
    event: bool = False

    def told(self) -> str:
        """In Vietnamese, without what it runs from."""
        return f"{self.number} {self.unit}{' làm việc' if self.working else ''}"

    def reckoned(self, dated: date | None) -> date | None:
        """The last day, where it can be told: days of the calendar from a known day of the paper. Working days depend on holidays."""
        if dated is None or not self.issued or self.working or self.unit != "ngày":
            return None
        return dated + timedelta(days=self.number)


def months(text: str, sentence: Span) -> Iterator[tuple[int, int, str]]:
    """`hoàn thành trong tháng 6/2024`, `Trong quý III, trình …`: places and what they say, as `2024-06`, `06`, `2024-Q3`, `Q3`."""
    if not _NAMED.search(text, sentence.start, sentence.end):
        return
    for match in _IN_A_MONTH.finditer(text, sentence.start, sentence.end):
        said = _month(match)
        own = match[0].startswith(("hoan", "xong", "thoi", "han", "tien"))
        before = max(sentence.start, match.start() - 170)
        if said and (own or _BEFORE.search(text, before, match.start() + 1) or _AFTER.match(text, match.end(), sentence.end)):
            yield match.start(), match.end(), said


def alone(text: str) -> str | None:
    """The month or quarter that a bare text is: `Trước tháng 6/2024` -> `2024-06`; None where it says anything else."""
    match = _ALONE.match(text)
    return _month(match) if match else None


def _month(match: re.Match[str]) -> str | None:
    year = match[3] or match[4]
    if match[1]:
        said = f"{int(match[1]):02d}" if 1 <= int(match[1]) <= 12 else None
    else:
        quarter = int(match[2]) if match[2].isdigit() else roman(match[2].upper())
        said = f"Q{quarter}" if 1 <= quarter <= _QUARTERS else None
    return f"{year}-{said}" if said and year else said


def last_day(month: str) -> date | None:
    """The last day of `2024-06` or `2024-Q2`; None where the year is not said."""
    year, _, part = month.rpartition("-")
    if not year:
        return None
    number = int(part[1:]) * _TO_MONTHS if part[0] in "Qq" else int(part)
    return date(int(year), number, monthrange(int(year), number)[1])


def within(text: str, sentence: Span) -> Iterator[tuple[int, int, Within]]:
    """`trong thời hạn 15 ngày kể từ ngày ký`, `… kể từ ngày nhận được văn bản này`, in an order."""
    if not (_FROM.search(text, sentence.start, sentence.end) or _SO_LONG.search(text, sentence.start, sentence.end)) or _IN_FORCE.search(
        text, sentence.start, sentence.end
    ):
        return
    units = {"ngay": "ngày", "thang": "tháng", "gio": "giờ", "tuan": "tuần"}
    for match in _WITHIN.finditer(text, sentence.start, sentence.end):
        yield match.start(), match.end(), Within(int(match[1]), units[match[2]], bool(match[3]), bool(match[4]))
    for match in _AFTER_EVENT.finditer(text, sentence.start, sentence.end):
        if _HOW_LONG.search(match[0]) and not _RECEIPT.search(match[0]):
            yield match.start(), match.end(), Within(int(match[1]), units[match[2]], bool(match[3]), False, event=True)


def every_day_or_week(text: str, sentence: Span) -> Iterator[tuple[int, int, str, tuple[str, str | None] | None]]:
    """`trước 16 giờ hằng ngày`, `chiều thứ Sáu hằng tuần`, of something that is sent: places, period, and hour and minutes."""
    if not _EVERY.search(text, sentence.start, sentence.end) or not _SENT.search(text, sentence.start, sentence.end):
        return
    for period, pattern in (("day", _EVERY_DAY), ("week", _EVERY_WEEK)):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            hours = [each for each in match.groups() if each]
            yield match.start(), match.end(), period, (hours[0], hours[1] if len(hours) > 1 else None) if hours else None
