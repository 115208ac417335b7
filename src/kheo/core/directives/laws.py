"""Laws that a paper names by their names: `Luật Công đoàn năm 2024`, `Bộ luật Lao động`.

Luật Ban hành văn bản quy phạm pháp luật, điều 4: laws, codes and ordinances have names; papers say their number, day, year, or none of it.
Statutes of the Party and of unions (`Điều lệ Công đoàn Việt Nam`) are not told: no annotation of ours or of others has them as documents.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from kheo.core.directives.citation import Citation
from kheo.core.directives.dates import When
from kheo.core.directives.found import Found, Place
from kheo.core.directives.once import asked_once
from kheo.core.directives.paper import bare, rule, tidy
from kheo.core.text import CAPITALS

LONGEST_NAME = 220  # letters
NEXT_KIND = r"\bva\s+(?:nghi\s+dinh|thong\s+tu|quyet\s+dinh|nghi\s+quyet|huong\s+dan|chi\s+thi|ke\s+hoach|cong\s+van)\b"
_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
_YEAR_SAID = re.compile(r"nam(?<!thang\s\d\snam)(?<!thang\s\d\d\snam)\s+$")
# `Luật Công đoàn 2024`
_YEAR_ALONE = re.compile(
    r"(?<=[a-z]\s)(?<!giai\sdoan\s)(?<!\btu\s)(?<!den\s)(?<!\bky\s)(?<!\bnam\s)(?<!hoc\s)(?<!khoa\s)(?<!thang\s)(?<!so\s)"
    r"(?:19|20)\d{2}(?![\d/.]|\s?[-–])"
)
_LONGEST_GAP = 30  # letters from the word for a year to its figures
# With a capital after the word; in small letters (`Điều 11 Luật trẻ em`) only inside a sentence, where the capital tells a name.
_LAW_BEGINS = re.compile(
    rf"[BPLH](?<!\w.)(?:(?:(?<=B)ộ\s+luật|(?<=P)háp\s+lệnh|(?<=L)uật|(?<=H)iến\s+pháp)\s+(?=[{CAPITALS}]|sửa|Sửa|năm|nước)"
    r"|(?<=[a-zà-ỹđ\d]\sL)uật\s+(?=[a-zà-ỹđ])"
    r"(?!gia\b|sư\b|pháp\b|này\b|có\b|được\b|đã\b|mới\b|do\b|ban\b(?!\s+hành\s+văn)|số\b|hiện\b|thì\b|và\b|trên\b|mà\b|để\b))"
)
_PART = re.compile(rf"[.;:]|\((?!sua\s+doi)|(?<!sua doi)\)|{NEXT_KIND}|\bnam\s+(?:19|20)\d{{2}}\b|\n\s*\n")
# `Căn cứ Luật Thi đua, khen thưởng và Nghị định số …`, `Căn cứ Điều 12 Luật Thủ đô`: what a paper rests on, with neither day nor year.
_RESTS_ON = rule(
    r"\bcan\s+cu\s+(?:vao\s+|theo\s+)?(?:(?:cac\s+)?quy\s+dinh\s+(?:tai|cua|o)\s+)?(?:(?:(?:diem\s+[a-z]|khoan\s+\d{1,2}|dieu\s+\d{1,3}[a-z]?)\s*(?:,|va)?\s*){1,4}(?:cua\s+)?)?"
    r"(?=(?:bo\s+)?luat\s|phap\s+lenh\s|hien\s+phap\s)"
)
_AMENDING_NAME_ENDS = re.compile(
    rf"[;.:]|\((?!sua\s+doi)|\n\s*\n|\b(?:so|ngay|nam)\s+[\d:]|{NEXT_KIND}"
    r"|,\s+(?=(?:huong\s+dan|quy\s+dinh|dieu\s+(?:le|\d{1,3})|so|ban|lien|ubnd|uy\s+ban)\b)|,?\s+(?:da\s+)?duoc\s"
)
_NAME_ENDS = re.compile(rf"{_AMENDING_NAME_ENDS.pattern}|,?\s+va\s+(?=(?:(?:bo\s+)?luat|dieu\s+le)\s)")
_REMARK_AT_END = re.compile(
    r"\s*,?\s*(?:được\s+)?(?:ban hành|thông qua|(?:được )?Quốc hội(?: khóa \w+)? thông qua)?\s*(?:số:?\s)?\s*(?:ngày)?\s*$"
)
_AMENDS = re.compile(r"\w+\s+sua\s+doi")
# `Luật sửa đổi, bổ sung một số điều của Luật Đấu thầu, Luật Đầu tư …` names all the laws that it amends.
_AMENDS_MANY = re.compile(r"\bluat\s+sua\s+doi,?\s+bo\s+sung\b")
_LONGEST_AMENDING = 480  # letters
# What is said of a law before a day that is not its own: `Luật Bảo hiểm y tế có hiệu lực thi hành từ ngày 01/7/2009`.
_OTHER_DAY = re.compile(r"\b(?:(?:co|het)\s+hieu\s+luc|thi\s+hanh\s+tu|ap\s+dung\s+tu|ke\s+tu)\b")
# Before a year that stands alone nothing but a name: not `triển khai Luật Công đoàn trong quý I 2024`.
_MORE_THAN_A_NAME = re.compile(r"\b(?:trong|tai|tren|voi|cho|tu|den|quy|thang|dot|nham|vao|cua|cac|theo|tinh)\b|(?:\S+\s+){10}")
_LAWS = ("Bộ luật", "Pháp lệnh", "Hiến pháp", "Luật")
_NUMBERED = re.compile(r"\bso:?\s+\d")
# `… Luật Đầu tư công, Bộ Tài chính báo cáo … năm 2023`: the sentence has gone on to who acts, and the year is of that.
_ANOTHER_ACTS = re.compile(
    r",\s+[^,;.]{2,60}?\s(?:bao\s+cao|de\s+nghi|yeu\s+cau|thong\s+bao|huong\s+dan|xay\s+dung|trien\s+khai|to\s+chuc|ban\s+hanh\s+ke)\b"
)
_LOOK_AHEAD = 5  # letters of the word after a name's first


def laws(clean: str, bared: str, start: int, end: int, dated: list[tuple[int, int, When]]) -> Iterator[Found[Citation]]:
    """Laws by their names, with a day or a year after the name, or with neither after `căn cứ`. `dated`: all whole dates there."""
    dated_at = set[int]()
    for each in _with_days(clean, bared, start, end, dated):
        dated_at.add(each.place.start)
        yield each
    for match in _RESTS_ON.finditer(bared, start, end):
        amends = _AMENDS.match(bared, match.end())  # `Luật sửa đổi … của Luật Lưu trữ và Luật Thư viện` is one law
        ends = (_AMENDING_NAME_ENDS if amends else _NAME_ENDS).search(bared, match.end(), min(end, match.end() + LONGEST_NAME))
        name = tidy(clean[match.end() : ends.start() if ends else match.end()]).strip(" ,")
        numbered = ends is not None and bared.startswith("so", ends.start())
        if ends and not numbered and match.end() not in dated_at and len(name.split()) >= 2 and name[0].isupper():
            yield Found(Citation(_kind(name), None, None, "body", name), Place(match.end(), match.end() + len(name)))


def _with_days(clean: str, bared: str, start: int, end: int, dated: list[tuple[int, int, When]]) -> Iterator[Found[Citation]]:
    """Looked for backwards from the day."""
    after_last = start
    names = [match.start() for match in _LAW_BEGINS.finditer(clean, start, end)]  # few: looked for once
    years = list(_years(bared, start, end)) if names else []
    days: list[tuple[int, int, When | int]] = [*dated, *years]
    for at, stop, when in sorted(days, key=lambda each: each[0]) if names else ():
        if bisect_left(names, max(after_last, at - _LONGEST_AMENDING)) == bisect_left(names, at):
            after_last = stop
            continue
        first = max(after_last, at - LONGEST_NAME)
        if _AMENDS_MANY.search(bared, max(after_last, at - _LONGEST_AMENDING), at):
            first = max(after_last, at - _LONGEST_AMENDING)
        begin = law_before(clean, bared, first, at) if bisect_left(names, first) < bisect_left(names, at) else None
        after_last = stop
        if (
            begin is None
            or (at - begin > LONGEST_NAME and not _AMENDS.match(bared, begin))
            or _OTHER_DAY.search(bared, begin, at)
            or (isinstance(when, int) and bared[at].isdigit() and _MORE_THAN_A_NAME.search(bared, begin, at))
            or (isinstance(when, int) and _ANOTHER_ACTS.search(bared, begin, at))
        ):
            continue
        name = _name(clean[begin:at])
        if name:
            day, year = (None, when) if isinstance(when, int) else (when, None)
            yield Found(Citation(_kind(name), None, day, "body", name[0].upper() + name[1:], year), Place(begin, stop))


@asked_once
def _name(said: str) -> str | None:
    """Without what is said of its making; None of a word alone, or of a law that is named by its number."""
    name = _REMARK_AT_END.sub("", tidy(said)).strip(" ,(")
    return name if len(name.split()) >= 2 and not _NUMBERED.search(bare(name)) else None


def _years(bared: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where years stand, the word before them included."""
    for match in _YEAR.finditer(bared, start, end):
        said = _YEAR_SAID.search(bared, max(start, match.start() - _LONGEST_GAP), match.start())
        if said or _YEAR_ALONE.match(bared, match.start(), end):
            yield said.start() if said else match.start(), match.end(), int(match[0])


def _kind(name: str) -> str:
    """Of a name that begins with one (`Bộ luật Lao động`), in any case and with or without its marks."""
    return next(each for each in _LAWS if bare(name).startswith(bare(each)))


def kind_of_law(clean: str, bared: str, start: int, end: int) -> str | None:
    """`Luật An ninh mạng số 24/2018/QH14`: the name stands between the kind and the number."""
    begin = law_before(clean, bared, start, end)
    return _kind(tidy(clean[begin:end])) if begin is not None else None


def law_before(clean: str, bared: str, start: int, end: int) -> int | None:
    """Where the name begins that a day belongs to: with a capital, in the same part of the sentence, the last of several laws."""
    cut = max((match.end() for match in _PART.finditer(bared, start, end)), default=start)
    begins = [match.start() for match in _LAW_BEGINS.finditer(clean, cut, end + _LOOK_AHEAD) if match.start() < end]
    if not begins:
        return None
    amends = _AMENDS.match(bared, begins[0])
    return begins[0] if amends else begins[-1]
