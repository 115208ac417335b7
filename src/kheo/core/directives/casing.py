"""Names in capitals as running text writes them: `SỞ GIÁO DỤC VÀ ĐÀO TẠO` -> `Sở Giáo dục và Đào tạo`.

Vietnamese capitalises an office's name by its parts (NĐ 30/2020 phụ lục II mục IV); capitals alone do not tell them. What the paper
itself writes further down comes first; then a list of words that begin a part. So this is a proposal, and compared without case.
"""

import re

from kheo.core.directives.paper import Paper, any_of, bare, listed
from kheo.core.directives.places import known_at_end

_READ_ON = 30_000  # letters after the head in which the paper names itself, if it does
# Written with capitals wherever they stand: abbreviations of offices and firms.
_SHORT = listed(
    """
    ubnd hdnd mttq ubmttq ubmttqvn tp tphcm hcm tnhh mtv cp tncs lhpn ccb bch btv tw qh ldld cd cdcs vpcp ubkt bhxh thpt thcs pccc cnch
    gd&dt bqp bca bql tkv cn ii iii iv vi vii viii ix xi
    """
)
_ALONE = re.compile(r"[^\W\d_]{2,}")
_VOWEL = re.compile(r"[aeiouy]")
_SYLLABLE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:ch?|k|m|ng?|nh|p|t)?")
# What begins a part of an office's name: its kind, its field of work.
_PARTS = any_of(
    """ủy ban|hội đồng|lao động|giáo dục|đào tạo|tài chính|nội vụ|tư pháp|xây dựng(?! phong)|y tế|công thương|văn hóa|thể thao|du lịch
    |thông tin
    |truyền thông|khoa học|công nghệ|nông nghiệp|môi trường|tài nguyên|kế hoạch|đầu tư|giao thông|ngoại vụ|dân tộc|tôn giáo|thương binh
    |phát triển|thanh tra|dân vận|tuyên giáo|tổ chức|kiểm tra|thành ủy|tỉnh ủy|tổ quốc|mặt trận|phụ nữ|thanh niên|nông dân
    |cựu chiến binh|quốc phòng|công an|ngoại giao|chính phủ|quốc hội|hàng hải|quản lý|liên hiệp|chỉ đạo|chỉ huy|chấp hành|thường vụ
    |thường trực|trung ương|nhà nước|đa khoa|đại học|cao đẳng|chuyển đổi số|viên chức|khối|doanh nghiệp|cảnh sát|quân sự
    |điện lực|thi đua|phòng thủ|cao su|than|quốc gia|hữu nghị|khu công nghiệp|khu kinh tế|hội(?= nông| liên| cựu)"""
)
_PART = re.compile(rf"(?<=[\s\-–])((?:{_PARTS}|(?<=và )xã hội|(?<![Ll]iên )(?<!công )(?<!tập )đoàn)\b|(?<=\s[-–]\s)\w)")
# What a name begins with and after which a part begins, whichever it is: `Cục Thuế`, `Trường Đại học Vinh`.
_KIND = re.compile(
    r"^((?:tổng cục|chi cục|cục|sở|viện(?! kiểm)|vụ|bộ|ban|phòng|bệnh viện|tập đoàn|tổng công ty|công ty|kho bạc|học viện|trung tâm"
    r"|(?:trường )?(?:đại học|cao đẳng)|trường) )(?!các )(\w)"
)
# After these the rest is the name of a place or a person.
_NAME_FOLLOWS = re.compile(r"^((?:(?:huyện|quận|thị|thành|tỉnh) (?:ủy|uỷ|đoàn)|trường (?:thpt|thcs)(?: chuyên)?) )(.+)$")
# `Tổng Liên đoàn`, but `Tổng công ty`; `Đảng ủy`, `Đảng bộ` are one part, and so is `liên đoàn` elsewhere.
_UNION = re.compile(r"(?<=^tổng )liên đoàn")
_PROPER = re.compile(r"(?<!\w)(việt nam|hồ chí minh|đảng)(?!\w)")
_PLACE = re.compile(
    r"\b((?:thành phố|tỉnh|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu) |(?:t[xpt]|[hqp])\. ?)"
    r"(?!(?:hội|[uủ][yỷ]|đoàn|đội|viên|và|giai đoạn|năm|về|trong|có|được|theo)\b)"
    r"([^,;()\-]+?)(?=\s*(?:$|[,;()\-])"
    r"|\s(?:giai đoạn|năm|đến|về|và|trên|trong|từ|lần|khóa|khoá|cho|theo|tại|tháng|quý|nhiệm kỳ|tổ chức|thực hiện|triển khai)\s)",
    re.IGNORECASE,
)
_OF_PLACE = re.compile(r"(?:(?:thành phố|tp|tỉnh)\.?\s*)?", re.IGNORECASE)
# Of a subject only what is a name wherever it stands: `phát triển`, `tổ chức` are mostly words there.
_NAMED = re.compile(
    r"(?<!\w)(ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân|mặt trận tổ quốc|đảng ủy|đảng bộ|tỉnh ủy|thành ủy|chính phủ|quốc hội"
    r"|bộ chính trị|ban bí thư)(?!\w)"
)


def office_in_running_text(name: str, paper: Paper | None = None, after: int = 0) -> str:
    """An office's name in capitals, by its parts: as the paper writes it after `after`, else by the words that begin parts."""
    if not _in_capitals(name):
        return name
    low = _NAME_FOLLOWS.sub(lambda match: match[1] + _each_capital(match[2]), name.lower())
    low = _KIND.sub(lambda match: match[1] + match[2].upper(), low)
    low = _PART.sub(lambda match: _first_capital(match[1]), _UNION.sub("Liên đoàn", low))
    low = _at_end(_with_names(low))
    words = _shortened(low).split(" ")
    place = _PLACE.search(name)  # `Liên đoàn Lao động Thành phố` stands for the name of the city
    seen = _seen(paper, name[: place.start() if place else None].split(), after) if paper else []
    words[: len(seen)] = [_cased_like(word, other) for word, other in zip(words, seen, strict=False)]
    return _first_capital(" ".join(words))


def subject_in_running_text(subject: str) -> str:
    """A subject in capitals as a sentence: small letters but for what is a name wherever it stands."""
    if not _in_capitals(subject):
        return subject
    low = _NAMED.sub(lambda match: _first_capital(match[1]), subject.lower()).replace("Mặt trận tổ quốc", "Mặt trận Tổ quốc")
    return _first_capital(_shortened(_with_names(low)))


def _in_capitals(text: str) -> bool:
    return not any(char.islower() for char in text if char.isalpha())


def _with_names(low: str) -> str:
    """Names of the country, the Party and of places: `tỉnh quảng ngãi` -> `tỉnh Quảng Ngãi`."""
    low = _PROPER.sub(lambda match: match[0].title(), low)
    return _PLACE.sub(lambda match: match[1].lower() + _each_capital(match[2]), low)


def _at_end(low: str) -> str:
    """A province or city that a name ends with (`sở y tế phú thọ`); what kind of place it is stays as it is."""
    at = known_at_end(bare(low))
    if at is None:
        return low
    start = at[0] + len(_OF_PLACE.match(low[slice(*at)])[0])  # type: ignore[index]  # matches the empty text as well
    return low[:start] + _each_capital(low[start : at[1]]) + low[at[1] :]


def _shortened(low: str) -> str:
    """What cannot be a Vietnamese syllable is short for something (`TBXH`, `OCOP`), but for names, which have their capital by now."""
    return _ALONE.sub(lambda match: match[0].upper() if _is_short(match[0]) else match[0], low)


def _is_short(word: str) -> bool:
    told = bare(word)
    return told in _SHORT or not _VOWEL.search(told) or (word.islower() and not is_syllable(told))


def is_syllable(word: str) -> bool:
    """Whether bare letters have the shape of a Vietnamese syllable."""
    return bool(_SYLLABLE.fullmatch(word))


def _seen(paper: Paper, name: list[str], after: int) -> list[str]:
    """The longest beginning of a name (of two words or more) that running text holds, as it holds it."""
    wanted = [bare(word).strip(_STOPS) for word in name]
    best: list[str] = []
    if len(wanted) < 2:
        return best
    start = re.compile(rf"(?<!\w){re.escape(wanted[0])}\s+{re.escape(wanted[1])}(?!\w)")
    for match in start.finditer(paper.bare, after, after + _READ_ON):
        held = paper.clean[match.start() : match.start() + 300].split()
        same = next((i for i, word in enumerate(held) if i >= len(wanted) or bare(word).strip(_STOPS) != wanted[i]), len(held))
        if same > len(best) and held[0][:1].isupper() and not _in_capitals(" ".join(held[:2])):
            best = held[:same]
    return best


_STOPS = ".,;:()“”\"'*"


def _cased_like(word: str, other: str) -> str:
    """A word in the case of another that says the same; the letters stay as they are printed."""
    other = other.strip(_STOPS)
    if len(other) > 1 and _in_capitals(other):
        return word.upper()
    return _first_capital(word.lower()) if other[:1].isupper() else word.lower()


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _each_capital(place: str) -> str:
    return " ".join(_first_capital(word) for word in place.strip().split())
