"""Limits that are the end of a span of time: `từ ngày … đến ngày …`, `từ nay đến …`, so many days from a day on. All on bare text."""

from collections.abc import Iterator
from datetime import timedelta

from kheo.core.directives.body import Span
from kheo.core.directives.dates import DAY_DIGITS, HOUR, WHOLE, YEAR_DIGITS, When, hour, whole
from kheo.core.directives.paper import any_of, rule
from kheo.core.directives.point import Point

_FROM_TO = rule(
    rf"\btu (?:\d{{1,2}}\s*(?:gio|h)\s*\d{{0,2}} )?(?:ngay )?{DAY_DIGITS}(?:/{DAY_DIGITS}"
    rf"| thang {DAY_DIGITS})?(?:[/ ](?:nam )?{YEAR_DIGITS})? (?:den|-|–)(?: het| truoc)? (?:{HOUR}[\s,]*)?{WHOLE}"
)
# `từ nay đến 24 giờ 00 ngày 05/5/2025`, `từ ngày ra văn bản đến hết ngày …`
_FROM_NOW = rule(
    rf"\btu (?:nay|khi(?: \w+){{0,3}}?|ngay (?:ra|ky|ban hanh|phat hanh|phat dong)[a-z ]{{0,20}}?) den(?: het)? (?:{HOUR}[\s,]*)?{WHOLE}"
)
_TAKEN_FROM_NOW = rule(r"\b(?:nop|gui|tiep nhan|nhan|dang ky|hoan thanh|bao cao)\b")
_TAKEN_IN = rule(
    r"(?<!da\s)\b(?:dang ky|ke khai|khai bao|binh chon)\b"  # where nothing takes place meanwhile
    r"(?:(?!\b(?:to chuc|dien ra|ra quan|trien khai|tham du|hoat dong|khai mac)\b)[^;]){0,120}$"
    r"|(?:\bnop|\bgui|\bthoi (?:gian|han) (?:tiep )?nhan(?: [a-z]+){0,5}(?=\s*:)"
    r"|nhan (?:ho so|bai|tac pham|san pham|y kien|dang ky)|hoan thanh)\b"
    r"[^;]{0,240}$"
)
_COUNTED = rule(rf"(?:trong|sau|khong qua)(?: vong| thoi han| thoi gian)* (\d{{1,3}}) ngay,? (?:ke|tinh)? ?tu {WHOLE}")
_IN_A_WEEK = rule(r"\b(?:bao cao|gui|nop|hoan thanh|trinh)\b[^.;]{0,160}\btrong (?:tuan(?: le)?|dot|thoi gian)\W*$")
# `báo cáo vào chiều thứ Năm hằng tuần, trong thời gian từ ngày 21/8 đến ngày 02/10/2025`: how long a rhythm lasts
_IN_A_RHYTHM = rule(r"\b(?:hang|moi) (?:ngay|tuan|thang|quy)\b[^.;]{0,20}\btrong (?:thoi gian|dot|giai doan)\W*$")
_TAKEN_UP = rule(
    r"\s*:\s*[^.;]{0,60}?\b"
    + any_of("""tham tra|xac minh|kiem tra|ra soat|tong hop|hoan thanh|nop|gui|lap|xay dung|cham|danh gia|tham dinh|lay y kien|dang ky""")
    + r"\b"
)
# `- Đợt 2: từ ngày … đến ngày …` below `nộp hồ sơ theo các đợt:` or after `Đợt 1: trước ngày …`: each round has its limit
_ROUND = r"(?:dot|lan|vong|giai doan) (?:\d{1,2}|[ivx]+|thu \w+)\b"
_OF_A_ROUND = rule(rf"\W*{_ROUND}[^.;:\d]{{0,40}}:?\s*$")
_ROUNDS_BEFORE = rule(
    rf"(?:\b(?:nop|gui|(?:tiep )?nhan (?:ho so|bai|tac pham|san pham|y kien|dang ky))\b[^.;:]{{0,160}}:\W*"
    rf"|{_ROUND}[^.;:\d]{{0,40}}:? (?:truoc|cham nhat|muon nhat|den)\b[^;]{{1,120}}[;.]\W*)"
    rf"(?:{_ROUND}[^;]{{1,120}}[;.]\W*){{0,6}}$"
)
# `Phát động đợt thi đua “30 ngày đêm hỗ trợ nộp hồ sơ” từ ngày … đến ngày …`: what is named so long is no sending
_GOES_ON = rule(
    r"(?:(?!\b(?:nhan|gui|nop|dang ky)\b)[^“”\"])*\b(?:phat dong|dot (?:thi dua|cao diem)|chien dich|thang cao diem)\b"
    r"[^.;“”\"]*[“\"][^”\"]*[”\"]\s*$"
)
# `đăng ký gian hàng tại Phiên chợ (dự kiến tổ chức từ ngày … đến ngày …)`, not `đăng ký tổ chức lớp học từ ngày …`
_HELD = rule(r"\((?:[^();]* )?(?:du kien|to chuc|dien ra)\b[^();]{0,60}$|\b(?:to chuc|dien ra) $")
_ROUNDS = 500  # letters before one in which the others are looked for
SENT_OR_DONE = rule(r"\b(?:bao cao|gui|hoan thanh|dang ky|nop|cong khai|dang tai)\b")
_BEFORE = 120  # letters


def window(text: str, sentence: Span) -> Iterator[Point]:
    """`nhận hồ sơ từ ngày 25/3 đến 17 giờ 00 ngày 10/4/2024`, `hoàn thành … từ ngày … đến ngày …`: the end is the limit."""
    for match in _FROM_TO.finditer(text, sentence.start, sentence.end):
        when = whole(match, 3)
        first = not text[sentence.start : match.start()].strip()
        registers = text.startswith("dang ky", sentence.start) and not _HELD.search(text, sentence.start, match.start())
        if _GOES_ON.match(text, sentence.start, match.start()) or _IN_A_RHYTHM.search(
            text, max(sentence.start, match.start() - _BEFORE), match.start()
        ):
            continue
        if when and (
            registers
            or _TAKEN_IN.search(text, sentence.start, match.start())
            or _IN_A_WEEK.search(text, sentence.start, match.start())
            or (first and _TAKEN_UP.match(text, match.end(), sentence.end))
            or _is_of_a_round(text, sentence, match.start())
        ):
            yield Point(match.start(), match.end(), when, "once", hour(match[1], match[2]) if match[1] else None)


def _is_of_a_round(text: str, sentence: Span, at: int) -> bool:
    """Whether a span of time is one round's of something that is sent or has a limit in another round."""
    return bool(_OF_A_ROUND.fullmatch(text, sentence.start, at)) and bool(
        _ROUNDS_BEFORE.search(text, max(0, sentence.start - _ROUNDS), sentence.start)
    )


def from_now(text: str, sentence: Span) -> Iterator[Point]:
    """`nộp từ nay đến hết ngày …`, `hoàn thành từ ngày ký đến …`: the end, of what is sent, taken or finished."""
    for match in _FROM_NOW.finditer(text, sentence.start, sentence.end):
        when = whole(match, 3)
        if when and _TAKEN_FROM_NOW.search(text, sentence.start, match.start()):
            yield Point(match.start(), match.end(), when, "once", hour(match[1], match[2]) if match[1] else None)


def counted(text: str, sentence: Span) -> Iterator[Point]:
    """`hoàn thành trong 12 ngày kể từ ngày 02/6/2025`: the day that it comes to."""
    for match in _COUNTED.finditer(text, sentence.start, sentence.end):
        begun = whole(match, 2)
        last = begun.date + timedelta(days=int(match[1])) if begun and begun.date and begun.date.year < 9990 else None
        if last and SENT_OR_DONE.search(text, sentence.start, match.start()):
            yield Point(match.start(), match.end(), When(last.month, last.day, last.year), "once")
