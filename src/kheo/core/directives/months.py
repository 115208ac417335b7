"""Limits by a month or a quarter: `hoàn thành trong tháng 6/2024`, `trình trong quý III`. All rules work on bare text."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from kheo.core.directives.body import Span
from kheo.core.directives.outline import roman
from kheo.core.directives.paper import any_of, rule

_MONTH = r"(?:thang (\d{1,2})|quy ([ivx]{1,3}|\d)\b)(?:\s*[/,.\-–]\s*((?:19|20)\d{2})| (?:cua )?nam ((?:19|20)\d{2}))?(?![\d/])"
_TO_DO = any_of(
    """hoan thanh|hoan tat|hoan chinh|hoan thien|xong|ket thuc|xem xet|phe duyet|trinh|ban hanh|bao cao|gui|nop|cong bo|giai ngan|ban giao
    |nghiem thu
    |thanh toan|khoi cong|khanh thanh|tham muu|de xuat|cap kinh phi|dua vao su dung|xay dung|thanh lap|kien toan|ky ket
    |trien khai|ra soat|tong ket|so ket|cu the hoa|ra mat|quan triet|chi tra|cap phat|sua chua|ket noi|bo sung|kiem tra xong"""
)
_IN_A_MONTH = rule(
    rf"(?:trong|truoc(?: khi het)?|cham nhat(?: (?:la|trong|vao|den))*|muon nhat(?: (?:la|trong|vao))*|(?:den )?het|cuoi|xong"
    rf"|hoan thanh(?: vao)?"
    rf"|(?:thoi gian|thoi han|han|tien do)(?: (?:hoan thanh|thuc hien|trinh|ban hanh|bao cao|gui))?\s*:(?: (?:trong|truoc"
    rf"|xong|cham nhat|vao))?)"
    rf" (?:(?:tuan (?:dau(?: tien)?|cuoi(?: cung)?|thu \w+|\d)|nua (?:dau|cuoi)|dau|giua|cuoi|\d+ ngay (?:dau|cuoi)"
    rf"|ngay (?:lam viec )?cuoi(?: cung)?) (?:cua )?)?{_MONTH}"
)
_ALONE = rule(rf"^\W*(?:(?:truoc|trong|cham nhat|xong|hoan thanh|het|cuoi|den)[\s:]+(?:trong |vao |la )*)*{_MONTH}\W*$")
# `100% cán bộ … sử dụng VNeID mức 2 trong quý III`: a share to be reached.
_BEFORE = rule(rf"\b(?:{_TO_DO}\b|100\s*%)[^.;]{{0,140}}$")
# `Quý III/2024: hoàn thành …`: the head of an item.
_HEAD = rule(rf"{_MONTH}\s*:(?= (?:[^.;:]{{0,60}} )?(?:hoan thanh|xong)\b)")
# `hoàn thành trong 6 tháng đầu năm 2024`: the half's last month.
_HALF = rule(r"\b(?:hoan thanh|xong)\b(?:[^.;]{0,100})? (?P<limit>trong (?:0?6|sau) thang (?P<half>dau|cuoi) nam (?P<year>20\d\d))")
# `Thời gian báo cáo: Quý I trước ngày 15/3`: of which quarter, not until when.
_HAS_A_DAY = re.compile(r"\s*[(:]?\s*(?:truoc|cham\s+nhat|vao)\s+ngay\b")
# `vào thứ Hai hằng tuần cho đến hết tháng 5`: how long a rhythm lasts.
_LASTS = rule(r"\b(?:hang|moi) (?:ngay|tuan|thang|quy)[^.;]{0,20}\s(?:cho|keo dai)\s*$|\b(?:hang|moi) (?:ngay|tuan)\s*$")
# What takes place is no order: `hội nghị triển khai trong tháng 4`, `kết quả cuộc thi được công bố trong tháng 9`.
_TAKES_PLACE = rule(
    r"(?:^|[.;:]\s)\W*(?:(?:ket qua|thoi gian) (?:\S+ ){0,2})?(?:hoi nghi|le\b|dai hoi|hoi thao|toa dam|cuoc thi|hoi thi|giai thuong)"
    r"(?:(?!\b(?:hoan thanh|xong|phai|gui|bao cao|trinh)\b)[^.;]){0,80}$"
)
_AT_ITS_HEIGHT = rule(r"\bcao diem\s*$|(?:^|[.;:]\s)\W*ky niem\b[^.;]{0,160}$")  # `kỷ niệm 80 năm Ngày …: cao điểm trong tháng 12`
# Up to when data are counted: `số liệu lấy đến hết tháng 12/2020`, `ước tính đến hết tháng 12`.
_COUNTED = rule(
    r"\b(?:(?:uoc|duoc|so lieu|cach|ky) tinh|lay|chot|(?<!giao\s)(?<!cong\s)uoc|so lieu)(?: (?:so lieu|den|tu|het|toi|vao|thuc hien))*\s*$"
)
_AFTER = re.compile(r"\s*[,:]\s*[^.;]{0,60}?\b(?:hoan\s+thanh|xong|trinh|ban\s+hanh|bao\s+cao|giai\s+ngan)\b|\s*,?\s*(?:phai|can)\s+\w")
# `Trong quý I/2025 hoàn thành rà soát …`: at the beginning no comma need follow.
_FIRST, _THEN = re.compile(r"\W*$"), re.compile(r"\s*(?:phai\s+)?(?:hoan\s+thanh|hoan\s+tat)\b")
_NAMED = re.compile(r"(?:thang\s+\d{1,2}|quy\s+[ivx\d]{1,3})(?!\d)")
_QUARTERS = 4
_TO_MONTHS = 3


def months(text: str, sentence: Span) -> Iterator[tuple[int, int, str]]:
    """`hoàn thành trong tháng 6/2024`, `Trong quý III, trình …`: places and what they say, as `2024-06`, `06`, `2024-Q3`, `Q3`."""
    for half in _HALF.finditer(text, sentence.start, sentence.end):
        yield half.start("limit"), half.end(), f"{half['year']}-{'06' if half['half'] == 'dau' else '12'}"
    if not _NAMED.search(text, sentence.start, sentence.end):
        return
    for match in _IN_A_MONTH.finditer(text, sentence.start, sentence.end):
        said = _month(match)
        own = match[0].startswith(("hoan", "xong", "thoi", "han", "tien"))
        before = max(sentence.start, match.start() - 170)
        if (
            said
            and not _is_no_limit(text, match, before, sentence.end)
            and (
                own
                or _BEFORE.search(text, before, match.start() + 1)
                or _AFTER.match(text, match.end(), sentence.end)
                or (_THEN.match(text, match.end(), sentence.end) and _FIRST.match(text[sentence.start : match.start()]))
            )
        ):
            yield match.start(), match.end(), said
    headed = _HEAD.match(text, sentence.start, sentence.end)
    said = _month(headed) if headed else None
    if headed and said:
        yield headed.start(), headed.end(), said


def _is_no_limit(text: str, match: re.Match[str], before: int, end: int) -> bool:
    return bool(
        _LASTS.search(text, before, match.start())
        or _COUNTED.search(text, before, match.start())
        or _TAKES_PLACE.search(text[before : match.start()])
        or _AT_ITS_HEIGHT.search(text[before : match.start()])
        or _HAS_A_DAY.match(text, match.end(), end)
    )


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
