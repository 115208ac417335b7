"""The figures that a body states (`7.593 tập thể`): numbers with what they count."""

import re
from dataclasses import dataclass

from kheo.core.directives.body import Body
from kheo.core.directives.found import Found, Place
from kheo.core.directives.once import asked_once
from kheo.core.directives.paper import bare, listed

_WORD = r"[^\W\d_]+"
_NEXT = rf"(?:[^\S\n]{{1,2}}|[^\S\n]*\n[^\S\n]*(?=[^\W\d_A-ZÀ-ÝĂĐĨŨƠƯ]{{2}})){_WORD}"  # not across columns, nor into another paragraph
_NUMBER = re.compile(rf"(?<![\w/.,-])(\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)\s*(%|{_WORD}(?:{_NEXT}){{0,7}})")
_BEGINS = re.compile(r"\d(?<![\w/.,-].)\d*+")
_NO_UNIT = listed("thang nam ngay gio phut quy dieu khoan den va hoac tuan tap ky the la hai tren cua nay khong h hang hom so khoa cham")
_UNIT = frozenset({"tap the", "the he", "nam sinh"})  # that begin as a word which counts nothing: `tập 2`, `thể`, `năm 2023`
_WORDS = re.compile(r"\S+")
_LETTERS = frozenset({"m", "%"})  # units of one letter; `7 g` is an hour
_ABBREVIATED = re.compile(r"[A-ZĐƯ]{2,}[a-z]{0,2}$")
# What ends the words that a number counts, and counts nothing itself: prepositions, conjunctions, verbs.
_ENDS = listed(
    """tại từ qua bằng theo của cho được bị đã đang sẽ là có trên trong với về để do trước sau vào gửi ở so đến và hoặc còn chưa không phải
    này đó nhằm khi thuộc như đạt trở kèm chịu xong nếu thì mà nên ra lên hằng hàng gồm nhưng cùng cũng đều"""
)
_VERBS = frozenset(
    {
        *("đăng ký", "tham gia", "tham dự", "thực hiện", "hoàn thành", "áp dụng", "tiếp nhận", "bắt đầu", "hưởng ứng", "tổ chức thực"),
        *("hôm nay", "dự kiến", "tính đến", "tính từ", "ban hành", "bao gồm"),
    }
)
# Groups, organs and honours, by the first word or two.
_WRITTEN_LARGE = frozenset(
    {
        *("cụm", "khối", "tổ", "đội", "nhóm", "câu lạc", "bằng khen", "giấy khen", "huân chương", "huy chương", "cờ thi", "kỷ niệm"),
        *("chi bộ", "chi hội", "chi đoàn", "đảng bộ", "công đoàn", "nghiệp đoàn", "hợp tác", "ban quản", "ban chỉ"),
    }
)
_PAPER = re.compile(
    r"(?:nghị (?:định|quyết)|(?:bộ )?luật|quyết định|thông (?:tư|báo|tri)|công (?:văn|điện)|chỉ thị|hướng dẫn|kế hoạch|pháp lệnh|văn bản"
    r"|quy (?:định|chế)|tờ trình|kết luận|chương trình|đề án|báo cáo)(?: liên tịch)? (?:số|này|nêu|trên)(?!\w)"
)
_PART = re.compile(r"(?<!\w)(?:điều|khoản|điểm|mục|chương|phần|phụ lục|phụ biểu|bảng|mẫu|biểu|số|giờ)\s{1,2}(?:số\s{1,2})?$", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A number that the paper states, as written, with the words it counts: `7.593` `tập thể`."""

    number: str
    unit: str


def figures(body: Body) -> list[Found[Figure]]:
    """Numbers with what they count; numbers of documents, days and items are not among them."""
    taken = [match.span() for match in body.notations]
    taken += [(start, end) for start, end, _ in body.days]
    taken += [(item.start, item.text_start) for item in body.outline]
    spans = iter(sorted(taken))
    span = next(spans, None)
    found = []
    for digits in _BEGINS.finditer(body.clean, body.start):
        at = digits.start()
        while span and span[1] <= at:
            span = next(spans, None)
        match = _NUMBER.match(body.clean, at) if span is None or span[0] > at else None  # most digits are of days and documents
        if match is None or (span and span[0] < match.end(1)):
            continue
        unit = _unit_of(match[2])
        if unit is None or _is_no_figure(match, body.clean):
            continue
        found.append(Found(Figure(match[1], unit[0]), Place(match.start(), match.start(2) + unit[1])))
    return found


@asked_once
def _unit_of(said: str) -> tuple[str, int] | None:
    """Of the words after a number those that it counts, and where they end."""
    words = list(_WORDS.finditer(said))
    count = _counted([each[0] for each in words])
    return (" ".join(each[0] for each in words[:count]), words[count - 1].end()) if count else None


def _counted(words: list[str]) -> int:
    """How many of the words after a number are what it counts: all before a word that ends them."""
    small = [each.lower() for each in words]
    first = 2 if _is_written_large(words) else 0
    if (len(words[0]) == 1 and words[0] not in _LETTERS) or _is_a_name(words):
        return 0
    if bare(small[0]) in _NO_UNIT and bare(" ".join(small[:2])) not in _UNIT:
        return 0
    ends = (index for index, each in enumerate(small) if index >= first and (each in _ENDS or " ".join(small[index : index + 2]) in _VERBS))
    return next(ends, len(small))


def _is_a_name(words: list[str]) -> bool:
    """`139 Quốc lộ`, `138 Chính phủ`, `1 Phát động`: a number before a capital is that of an address, a row or a programme. What is counted
    is in small letters, an abbreviation (`02 TTHC`, `5 UBND`), or one of the kinds that papers write large: `02 Cụm thi đua`, no street
    (`15 Trường Chinh`).
    """
    word = words[0]
    return (
        not _is_written_large(words)
        and word[:1].isupper()
        and not (word.isupper() and word.isascii() and len(word) > 1)
        and not _ABBREVIATED.match(word)
    )


def _is_written_large(words: list[str]) -> bool:
    """`Cụm thi đua`, `Bằng khen`."""
    if len(words) < 2 or not words[0][:1].isupper() or not words[1].islower():
        return False
    return words[0].lower() in _WRITTEN_LARGE or f"{words[0]} {words[1]}".lower() in _WRITTEN_LARGE


def _is_no_figure(match: re.Match[str], text: str) -> bool:
    """Whether a number is a year, that of a part (`Điều 27 Nghị định`) or hour, or stands before a paper (`4 Quyết định này`)."""
    if len(match[1]) == 4 and match[1].startswith(("19", "20")):
        return True
    after = " ".join(match[2].lower().split())
    return bool(_PAPER.match(after) or _PART.search(text, max(0, match.start() - 20), match.start()))
