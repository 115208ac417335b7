"""Limits that run from something: `trong thời hạn 15 ngày kể từ ngày ký`, `không quá 01 giờ kể từ khi phát hiện`.

Before something too: `trước khi đại hội 20 ngày`. All on bare text.
What runs from the receipt of somebody's file or petition is a rule of procedure, no deadline.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kheo.core.directives.body import Span
from kheo.core.directives.paper import any_of, rule

_PAPER = any_of(
    "van ban|cong van|ke hoach|chi thi|quyet dinh|huong dan|thong bao|chuong trinh|nghi quyet|cong dien|thong tri|to trinh|chi dao|de an"
)
_THIS = rf"(?:{_PAPER}(?: nay)?(?= |[\s,.;:)]|$)(?! (?:lay|xin|de nghi|yeu cau|so|cua)\b))"
_ISSUED = (
    rf"(?:(?:ngay|khi) )?(?:(?:duoc )?(?:ky|ban hanh|phat hanh)(?: ban hanh)?(?: {_THIS})?|{_PAPER} nay(?: duoc)? (?:ky"
    rf"|ban hanh|phat hanh))"
)
_RECEIVED = rf"(?:(?:ngay|khi) )?(?:(?:nhan|tiep nhan)(?: duoc)? {_THIS}|{_PAPER}(?: nay)? co hieu luc)"
_SO_LONG = r"(\d{1,3}) (?:\([^()]{2,20}\) )?(ngay|thang|gio|tuan|phut)(\s+lam viec)?+(?:\s+dau(?:\s+tien)?(?=,? (?:ke|tinh|tu|sau)\b))?"
_WITHIN = rule(
    rf"(?:trong|cham nhat|muon nhat|khong qua|thoi han|sau)[\s:]+(?:(?:la|trong|sau|thoi han|vong|thoi gian) )*"
    rf"{_SO_LONG},? (?:(?:ke|tinh)(?: tu)?|tu|sau) (?:({_ISSUED})|{_RECEIVED})(?: nay)?"
)
# Without these words none of the rules below can hold: looked for first, since few sentences have them.
_MAY_HOLD = re.compile(r"\d\s+(?:\([^()]{2,20}\)\s+)?(?:ngay|thang|gio|tuan|phut|viec)\b")
_IN_FORCE = rule(rf"(?:(?:ke|tinh) tu|tu|sau) (?:(?:ngay|khi) )?{_PAPER}(?: nay)? co hieu luc|(hieu luc)")
# What the name of an event holds: up to eight words, none of which begins another part of the sentence.
# A duty goes on after it (`kể từ khi xảy ra vụ việc về Văn phòng …`).
_OFFICE_AHEAD = (
    r"(?= (?:so|bo|ban|van phong|ubnd|uy ban|cong an|lien doan|ldld|hoi|phong|trung tam|chi cuc|thuong truc|cong doan|tinh|huyen)\b)"
)
_PART_OF_NAME = (
    rf"(?!(?:ve{_OFFICE_AHEAD}|ma|(?<!hoi\s)(?<!cuoc\s)(?<!ky\s)(?<!ngay\s)thi|de|gui|nop|phai|qua|theo|neu|truoc|it|toi|cham"
    r"|khong|trinh)\b)[^\s,.;:()\d]+"
)
EVENT = rf"(?:(?:gui|nop|trinh|phai) )?{_PART_OF_NAME}(?: {_PART_OF_NAME}){{0,7}}"
_WHEN = r"(?:(?:khi|ngay|luc|thoi diem|moi|ket thuc) )?"
_FROM = rf"(?:ke tu|tinh tu|sau|tu) {_WHEN}(?P<event>{EVENT})"
_AT_MOST = r"(?:(?:trong|cham nhat|khong qua|muon nhat|thoi han)[\s:]+(?:(?:la|trong|sau|thoi han|vong|thoi gian) )*|sau\s|:\s*)"
_ENDS = r"(?!,? (?:ke|tinh|tu|sau)\b)(?=[\s,.;:)]|$)"
# From something else that happens.
_AFTER = rule(rf"{_AT_MOST}{_SO_LONG},? {_FROM}")
_AFTER_IT = rule(
    rf"(?:cham nhat|khong qua|muon nhat|trong(?: (?:vong|thoi han|thoi gian)|(?= \d{{1,3}} ngay lam viec\b)))"
    rf"[\s:]+(?:(?:la|trong|sau|vong) )*{_SO_LONG}{_ENDS}"
)
_THEN_SO_LONG = rule(rf"\bsau {_WHEN}(?P<event>{EVENT}?)(?:,? (?:cham nhat|khong qua|toi da|trong(?: vong| thoi han)?))? {_SO_LONG}{_ENDS}")
# `gửi báo cáo về Sở … trong 12 giờ`, `gửi … sau 03 ngày làm việc`: after what was just said, of something sent or told
_SENT_SO_SOON = rule(
    r"(?:trong(?= (?:vong )?\d{1,3} (?:\([^()]{2,20}\) )?(?:gio|phut)\b)|sau) (?:vong )?"
    rf"{_SO_LONG}(?!,? (?:ke|tinh|tu)\b)(?! sau\b)(?=[,.;:)]|$)"
)
_IS_SENT = rule(r"\b(?:bao cao|gui|nop|bao (?:ve|cho)|phan hoi|tra loi)\b[^.;]{0,160}$")
_TO_ANSWER = rule(rf"thoi (?:gian|han) (?:phan hoi|gop y|tra loi|cho y kien)(?: la|\s*:) {_SO_LONG}{_ENDS}")
# `sau 05 ngày kết thúc chiến dịch`
_AFTER_ITS_END = rule(rf"\bsau {_SO_LONG},? (?P<event>ket thuc {EVENT})")
_ONCE_OVER = rule(rf"\bket thuc (?P<event>{EVENT}?) {_SO_LONG}(?=,? (?:(?:phai|co|gui|nop|tong hop|lap) ){{0,2}}bao cao\b)")
_BEFORE = (
    rule(
        rf"(?<!thang\s)(?<!nam\s)(?<!quy\s)(?<!tuan\s)(?<!ky\s)\btruoc {_WHEN}"
        rf"(?P<event>{EVENT}?)(?: (?:it nhat|toi thieu|cham nhat|truoc))? {_SO_LONG}{_ENDS}"
    ),
    rule(rf"(?:it nhat|toi thieu|cham nhat(?: la)?|muon nhat) {_SO_LONG} truoc {_WHEN}(?P<event>{EVENT})"),
    rule(rf"\btruoc (?:it nhat |toi thieu )?{_SO_LONG},? (?:so voi|tinh den|tinh tu|truoc) {_WHEN}(?P<event>{EVENT})"),
)
# How long people are at something, or it stands still, said of days alone: `đoàn làm việc tại đơn vị trong 05 ngày làm việc`.
_GOES_ON_FOR = rule(
    r"\b(?:lam viec|gian doan|tam (?:dung|ngung|hoan)|dien ra|keo dai|nghi|dong cua|(?:tiep )?nhan (?:ho so|don|y kien)"
    r"|(?:hoi \w+|lop|dot) (?:duoc )?to chuc|to chuc (?:hoi (?:nghi|thao|thi)|lop|dot))\b[^.;,]{0,60}$"
)
_DAYS_ALONE = re.compile(r"trong \d")
# How long something hangs for all to see: `công khai danh sách trong thời gian 07 ngày làm việc`.
_SHOWN = rule(
    r"\b(?:cong khai|niem yet|dang tai|dan thong bao)\b(?:[^.;,]|, (?!(?:bao cao|gui|nop|trinh|hoan thanh|lap|tong hop)\b)){0,160}$"
)
# How long a film or a speech lasts: `kèm 01 clip không quá 3 phút`.
_LASTS = rule(
    r"\b(?:clip|video|phim|phong su|tieu pham|tiet muc|bai (?:tham luan|phat bieu|thuyet trinh)|tham luan|phat bieu|trinh bay|thoi luong"
    r"|hoat canh|thuyet trinh|phan (?:le|hoi)|buoi le|le (?:ky niem|phat dong|trao|ra quan|khai|be|don))\b[^.;]{0,60}$"
)
# `Thời gian đại hội không quá 01 ngày`
_TIME_OF_AN_EVENT = rule(
    r"\bthoi gian (?:to chuc |tien hanh |dien ra )?(?:cua )?(?:moi |cac )?(?:dai hoi|hoi nghi|hoi thi|hoi thao|buoi|cuoc hop|phien hop"
    r"|ky hop|lop(?! truong)|khoa|dot|chuyen|tap huan|boi duong|le|ngay hoi|hoi trai|lam viec|doan|nghi)\b[^.;,]{0,60}$"
)
# What share of something is dealt with so soon is a target: `100% ổ dịch được phát hiện và xử lý trong vòng 48 giờ`.
# Not what those are to do of whom a share is told: `100% đơn vị được kiểm tra phải khắc phục trong 30 ngày`.
_A_TARGET = rule(
    r"\W*(?:phan dau |bao dam |dam bao )?(?:tren )?\d{2,3}\s*%(?:(?!\bphai\b)[^.;])*?\bduoc \w+(?:(?!\b(?:phai|gui|nop|bao cao)\b)[^.;])*$"
)
_NO_EVENT = rule(r"(?:khi|ngay|luc|thoi diem|moi|do|day|het|mat|dot|ky)$")
_IN_BRACKETS = re.compile(r"\([^()]*$")
_RECEIPT = rule(r"\b(?:tiep nhan|lap bien ban|ho so|don|hop le|phan anh|kien nghi|khieu nai|phien hop)\b")
_EXAMINES = rule(
    r"(?:[^:;.]{0,80}: )?\W*(?:(?:giao|de nghi|yeu cau) )?"
    r"(?:(?:ban|phong|so|van phong|hoi dong|to|bo phan|trung tam) "
    r"(?:(?!(?:nhan|nop|gui|phai|khi|neu|cho|duoc|se)\b)[^\s.;:,]+ ){1,8}?)?"
    r"(?:to chuc |kip thoi |khan truong |chu tri |chu tri, phoi hop )?"
    r"(?:tham dinh|tham tra|phe duyet|trinh|tham muu|tong hop|hoan thanh|xem xet|cho y kien|co y kien|ra soat)\b"
)
# `đề nghị trả lời kiến nghị sau giám sát … cho Ủy ban … chậm nhất 30 ngày kể từ ngày nhận được kiến nghị`; not `đề nghị của công dân`
_REQUEST = rule(r"\W*(?:de nghi|yeu cau) (?!cua\b)[^;.:]*\b(?:tra loi|phan hoi|gui|giai trinh|bao cao)\b")
_OF_THE_PUBLIC = rule(r"\b(?:don|hop le|phan anh|kien nghi|khieu nai|phien hop|cong dan)\b")
# Whose right it is, how long something is good for, and what a body of law gives to answer: nobody is asked for anything.
_NO_ORDER = rule(
    r"\b(?:co quyen|xu phat|cuong che|se (?:thong bao|cong bo)|co gia tri"
    r"|giay moi(?: hop)?(?: \S+){0,3} (?:gui|phat hanh)"
    r"|bao hanh|thoi hieu|duoc (?:nghi|xet|xem xet|gia han)|duoc huong(?! dan)|xem xet, tra loi|du (?:tuoi|\d+ thang))\b"
)
# `Theo Hướng dẫn số …, đảng viên … phải xuất trình … trong 30 ngày kể từ …`: what a rule says, told to whoever asked.
_GENERAL_RULE = rule(
    r"(?:^|:\s)\W*theo (?:(?:khoan|diem|dieu|muc|quy dinh|huong dan|luat|nghi dinh|thong tu|quy che|dieu le) )"
    r"(?![^;]*\b(?:de nghi|yeu cau|giao)\b)"
    r"[^;]*?\b(?:phai|co trach nhiem)\b"
    # `trong 04 ngày làm việc kể từ …, phải gửi hồ sơ đến Kho bạc theo Nghị định số …`
    r"|\b(?:phai|co trach nhiem)\b[^;]*?(?<!mau\s)(?<!bieu\s)\btheo (?:dung )?(?:quy dinh (?:tai|cua) )?"
    r"(?:(?:khoan|diem|dieu) [^;]{1,40} )?(?:luat|bo luat|nghi dinh|thong tu)\b(?![^;]*\b(?:de nghi|yeu cau|giao)\b)"
)
_UNITS = {"ngay": "ngày", "thang": "tháng", "gio": "giờ", "tuan": "tuần", "phut": "phút"}
_DAYS = {"ngày": 1, "tuần": 7}


@dataclass(frozen=True)
class Within:
    """`15 ngày làm việc`: so long after this paper came, after its own day (`issued`), or after or `before` an `event`."""

    number: int
    unit: str
    working: bool
    issued: bool
    event: bool = False
    before: bool = False

    def told(self) -> str:
        """In Vietnamese, without what it runs from."""
        return f"{self.number} {self.unit}{' làm việc' if self.working else ''}{' trước' if self.before else ''}"

    def reckoned(self, known: date | None) -> date | None:
        """The last day, counted from a known one, where it can be told: days of the calendar. Working days depend on holidays."""
        if known is None or self.working or self.unit not in _DAYS:
            return None
        days = timedelta(days=self.number * _DAYS[self.unit])
        try:
            return known - days if self.before else known + days
        except OverflowError:
            return None


@dataclass(frozen=True)
class Length:
    """Where a limit stands, how long it is, and where the words stand that name its event (None: this paper, or what was said before)."""

    start: int
    end: int
    within: Within
    event: Span | None = None


def lengths(text: str, sentence: Span) -> Iterator[Length]:
    """All of a sentence that orders something."""
    start, end = sentence.start, sentence.end
    if not _MAY_HOLD.search(text, start, end) or _tells_force(text, start, end) or _NO_ORDER.search(text, start, end):
        return
    yield from (each for each in _lengths(text, sentence) if not _A_TARGET.match(text, start, each.start))


def _lengths(text: str, sentence: Span) -> Iterator[Length]:
    start, end = sentence.start, sentence.end
    for match in _WITHIN.finditer(text, start, end):
        yield Length(match.start(), match.end(), Within(int(match[1]), _UNITS[match[2]], bool(match[3]), bool(match[4])))
    if _GENERAL_RULE.search(text[start:end]):
        return
    for pattern in (_AFTER, _AFTER_IT, _THEN_SO_LONG, _SENT_SO_SOON, _TO_ANSWER, _AFTER_ITS_END, _ONCE_OVER, *_BEFORE):
        for match in pattern.finditer(text, start, end):
            if pattern is _SENT_SO_SOON and not _IS_SENT.search(text, max(start, match.start() - 200), match.start()):
                continue
            if pattern is _AFTER_IT and (_is_shown(text, start, match) or _is_length(text, start, match)):
                continue
            named = match.groupdict().get("event")
            if (_RECEIPT.search(match[0]) and not _is_work_of_an_item(text, sentence, match)) or (
                _NO_EVENT.match(named) and " moi " not in match[0] if named else _IN_BRACKETS.search(text, start, match.start())
            ):
                continue
            yield _from_event(match, pattern in _BEFORE)


def _is_work_of_an_item(text: str, sentence: Span, match: re.Match[str]) -> bool:
    """`Thẩm định dự toán trong 03 ngày làm việc kể từ ngày nhận hồ sơ`: told to the unit whose item it is; a rule of procedure says who."""
    if _REQUEST.match(text, sentence.start, match.start()):
        return True
    return bool(_EXAMINES.match(text, sentence.start, sentence.end)) and not _OF_THE_PUBLIC.search(match[0])


def _is_shown(text: str, start: int, match: re.Match[str]) -> bool:
    return match[0].startswith("trong") and bool(_SHOWN.search(text, max(start, match.start() - 200), match.start()))


def _is_length(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether minutes are those that something lasts, or days and hours those that people meet or are at something."""
    begun, said = max(start, match.start() - 120), [_TIME_OF_AN_EVENT]
    said += [_LASTS] if match[2] == "phut" else []
    said += [_GOES_ON_FOR] if _DAYS_ALONE.match(match[0]) else []
    return any(each.search(text, begun, match.start()) for each in said)


def _tells_force(text: str, start: int, end: int) -> bool:
    """Whether force is told of something, and not only counted from (`trong vòng 30 ngày kể từ ngày Chỉ thị có hiệu lực`)."""
    return any(match[1] for match in _IN_FORCE.finditer(text, start, end))


def _from_event(match: re.Match[str], before: bool) -> Length:
    number, unit, working = (match[at] for at in _groups(match))
    named = match.groupdict().get("event")
    within = Within(int(number), _UNITS[unit], bool(working), False, event=True, before=before)
    return Length(match.start(), match.end(), within, Span(*match.span("event")) if named else None)


def _groups(match: re.Match[str]) -> tuple[int, int, int]:
    """Which groups hold number, unit and `làm việc`: the event may stand before or after them."""
    first = 2 if match.re.groupindex.get("event") == 1 else 1
    return first, first + 1, first + 2
