"""Documents by their numbers: kind, number and notation, day; in rows that share a kind, a day or a notation.

NĐ 30/2020, phụ lục I, mục II.6: a basis is told by kind, number, notation, day, issuer and subject; the Party has a comma before the day.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kheo.core.directives.body import Span
from kheo.core.directives.citation import Citation
from kheo.core.directives.dates import WHOLE, When, whole
from kheo.core.directives.found import Found, Place
from kheo.core.directives.kinds import KIND_BEFORE, KIND_OR_PAPER, LETTER, kind_named, kind_of
from kheo.core.directives.laws import LONGEST_NAME, NEXT_KIND, kind_of_law
from kheo.core.directives.notation import Notation, notation

# `Văn bản số …` names no kind; what its notation tells counts, if that is more than an office (`văn bản số 92/TTr-UBND`).
ANY_PAPER = "Văn bản"
_KIND = re.compile(rf"{KIND_OR_PAPER}(?![a-z])")
# Between the kind and its number: nothing, or whose it is (`các Quyết định của UBND tỉnh: Số 79/QĐ-UBND`).
_WHOSE = re.compile(r"(?:so)? ?[:.]? ?(?:cua [^.;]{2,60}?)? ?:? ?(?:so)? ?[:.]? ?")
# `Mẫu số 01/PLI`, `Biểu số 02/SL-NN`: a form, however it is numbered.
_OF_A_FORM = re.compile(r"PL(?:[IVX\d]|$)")
_FORM_SAID = re.compile(r"\b(?:mau|bieu|phu\s+luc|bang|dien\s+thoai|dia\s+chi)(?:\s+(?:mau|bao\s+cao|bieu))?\s+so\s*[:.]?\s*$")
# `Nghị quyết số 18, 19-NQ/TW`: numbers that share the notation of the last.
_NUMBERS_BEFORE = re.compile(r"(?<![a-z])so\s+(\d{1,5}(?:\s*,\s*(?:so\s+)?\d{1,5}){0,9})\s*(?:,|,?\s*va)\s*$")
_NUMBER_SAID = re.compile(r"(?<![a-z])so\s*[:.]?\s*$")
_BEFORE_A_NUMBER = frozenset(" \n(,;")
# `Công điện số … hồi 10 giờ 00 ngày …`
_HOUR_BEFORE = r"(?:(?:hoi|luc)\s+\d{1,2}\s*(?:gio|h)\s*(?:\d{2})?(?:\s*phut)?,?\s+)?"
_DAY_AFTER = re.compile(
    rf"[\s,(]*(?:(?:cua|do)\s+(?:(?!hieu\s+luc|ap\s+dung|{NEXT_KIND})[^.;:,\n()]){{2,90}}?[\s,]+)?"
    rf"(?:(?:da\s+)?(?:duoc\s+[^.;:,]{{0,40}}?)?(?:ban\s+hanh|ky|phat\s+hanh)(?:\s+ban\s+hanh)?\s+)?{_HOUR_BEFORE}(?:cung\s+)?{WHOLE}"
)
# `Luật Cán bộ, công chức số 80/2025/QH15 được Quốc hội khóa XV, Kỳ họp thứ 9 thông qua ngày …`; so too below a heading that names it
_PASSED = re.compile(
    rf"[\s,.(]*(?:(?:bo\s+)?luat\s+|phap\s+lenh\s+|nghi\s+quyet\s+)?(?:nay\s+)?(?:da\s+)?(?:duoc|do)\s+"
    rf"(?:(?:quoc\s+hoi|uy\s+ban\s+thuong\s+vu\s+quoc\s+hoi|hdnd|hoi\s+dong\s+nhan\s+dan)\b[^.;:]{{0,60}}?\s)?"
    rf"thong\s+qua\s+(?:tai\s+ky\s+hop\b[^.;:,]{{0,40}}?\s|vao\s+)?{WHOLE}"
)
_DAY_SOON = re.compile(rf"[\s,(]*{WHOLE}")
_SAME_DAY = re.compile(r"[\s,(]*(?:(?:ban\s+hanh|ky)\s+)?cung\s+ngay\b(?!\s*\d)")  # as the one before
_OF_BOTH = re.compile(r"\bcung\s+(?:ngay\s+)?\d")
# A day before who issued it (`Ngày 10/11/2025, Ủy ban nhân dân tỉnh có Công văn số …`); after a comma too, where it is of no number before.
_ISSUED_ON = re.compile(
    rf"(?:^|[.;:),]\s|\d\.\s)\W*ngay\s+{WHOLE},?\s[^.;:,\d]{{2,90}}?\s(?:da\s)?(?:co|ra|ban hanh|ky|phat hanh)(?:\sban hanh)?\s"
    rf"(?:\d{{1,2}}\s)?[a-z ]{{4,30}}:?$"
)
_YEAR_AFTER = re.compile(r"[\s,(]*nam\s+((?:19|20)\d{2})")
# `Nghị định số 30 ngày 05/3/2020 của Chính phủ`, `Nghị định 145/2020`: a number without its notation. Few numbers are followed so, and
# the kind is looked for only before these.
_ALONE = re.compile(rf"so\s*[:.]?\s*(\d{{1,5}})(?=[\s,(])(?:\s+(?:cua|do)\s+[^.;:,\n()\d]{{2,90}}?)?[\s,(]*{WHOLE}")
_WITH_A_YEAR = re.compile(
    r"[nt](?<![a-z].)(?P<kind>(?<=n)ghi\s+dinh|(?<=t)hong\s+tu(?:\s+lien\s+tich)?)\s+(?:so\s*[:.]?\s*)?"
    r"(?P<number>\d{1,4}/(?:19|20)\d{2})(?![\w/]|\s?[-–/])"
)
_ONE_MORE = re.compile(r"(?:va|,|;) [^.;,:()\d]{2,80}")  # another with a kind of its own
_PARTS = re.compile(r"[.,;:\d]|\bva\s")
_LETTER_OF = re.compile(r"cong\s+van\s+$")
_NOTICE_OF = re.compile(r"thong\s+bao\s+$")
_JOINS = ("", ",", "va", ";", "hoac", ", va", "; va")
_TOO_FAR, _SOON, _KIND_NEAR, _DAY_NEAR = 400, 40, 90, 130  # letters
# How far the rules look from a number, and one letter more for what must not stand before a word.
_FAR_BEFORE, _FAR_AFTER, _BESIDE = _SOON + LONGEST_NAME + 1, 2 * _DAY_NEAR, 4
_LONG_GAP = re.compile(r"\s{16}")
_Words = tuple[str, int, int, int]


@dataclass(frozen=True)
class _Mention:
    """One number as it stands. `begin`: where it (or `số`) begins; `stop`: where it ends with its day. `law`: asked only
    where neither text nor notation tells the kind.
    """

    notation: Notation
    place: Place
    begin: int
    stop: int
    kind: str | None
    law: str | None
    when: When | None
    issued: When | None
    year: int | None
    of_both: bool

    def moved(self, by: int) -> "_Mention":
        """The same words further on (or back)."""
        place = Place(self.place.start + by, self.place.end + by)
        begin, stop = self.begin + by, self.stop + by
        return _Mention(self.notation, place, begin, stop, self.kind, self.law, self.when, self.issued, self.year, self.of_both)


def numbered(clean: str, bared: str, start: int, end: int, notations: Iterable[re.Match[str]]) -> Iterator[Found[Citation]]:
    """By number and notation; several in a row share the kind before the first and the day after the last."""
    row: list[_Mention] = []
    known: dict[_Words, _Mention | None] = {}
    for match in notations:
        found = _known_mention(known, clean, bared, Span(start, end), match, row[-1].stop if row else start)
        if found:
            row.append(_of_the_same_day(bared, row[-1], _with_kind_before(bared, row[-1], found)) if row else found)
    for index in range(len(row) - 2, -1, -1):
        row[index] = _with_day_after(bared, row[index], row[index + 1])
    for each in row:
        for number in (*_numbers_before(bared, max(start, each.begin - _SOON), each), each.notation):
            kind = _told_kind(each)
            yield Found(Citation(kind, number.full, each.when or each.issued, "body", year=each.year), each.place)


def _known_mention(
    known: dict[_Words, _Mention | None], clean: str, bared: str, span: Span, match: re.Match[str], after: int
) -> _Mention | None:
    """As `_mention`, found once for the same words: forms, tables and annexes name the same papers again and again."""
    at = match.start()
    low, high = max(span.start, at - _FAR_BEFORE), min(span.end, match.end() + _FAR_AFTER)
    around = clean[max(0, low - _BESIDE) : high + _BESIDE]
    words = (around, at - low, high - match.end(), max(after, low) - at)
    if words not in known:
        found = _mention(clean, bared, span.start, span.end, match, after)
        if _LONG_GAP.search(around):  # a day may stand behind any number of blanks
            return found
        known[words] = found and found.moved(-at)
    kept = known[words]
    return kept and kept.moved(at)


def _mention(clean: str, bared: str, start: int, end: int, match: re.Match[str], after: int) -> _Mention | None:
    """`after`: where the mention before ends; a day before that is not this one's."""
    begin = _begin(bared, start, match.start())
    read = notation(match) if begin is not None else None
    if begin is None or read is None or _OF_A_FORM.match(read.symbol) or _FORM_SAID.search(bared, max(start, begin - _SOON), match.start()):
        return None
    before = _kind_before(clean, bared, max(start, begin - _KIND_NEAR), begin, read.symbol)
    dated = _day_after(bared, match.end(), end)
    when = whole(dated) if dated else None
    issued = None if when else _day_before(bared, max(after, begin - LONGEST_NAME), begin)
    year = None if when or issued else _YEAR_AFTER.match(bared, match.end(), end)
    return _Mention(
        read,
        Place(before[1] if before else begin, match.end()),
        begin,
        dated.end() if dated else match.end(),
        before[0] if before else None,
        None if before or kind_of(read.symbol) else kind_of_law(clean, bared, max(start, begin - LONGEST_NAME), begin),
        when,
        issued,
        int(year[1]) if year else None,
        bool(dated and _OF_BOTH.search(dated[0])),
    )


def _day_after(bared: str, at: int, end: int) -> re.Match[str] | None:
    """The day said after a number that ends at a place."""
    near = min(end, at + _DAY_NEAR)
    return _DAY_AFTER.match(bared, at, near) or _DAY_SOON.match(bared, at, end) or _PASSED.match(bared, at, near)


def _with_kind_before(bared: str, before: _Mention, this: _Mention) -> _Mention:
    """With the kind (and the day of issue) that was said once for several."""
    if this.kind or not (_joined(bared, before, this) or _shares_kind(bared, before.stop, this.begin)):
        return this
    issued = this.issued or (before.issued if this.when is None else None)
    return replace(this, kind=before.kind, issued=issued)


def _of_the_same_day(bared: str, before: _Mention, this: _Mention) -> _Mention:
    """`Nghị quyết số 44-NQ/TW ngày 24/11/2023 và Nghị quyết số 45-NQ/TW cùng ngày`: the day of the one before."""
    day = before.when or before.issued
    if day is None or this.when or this.begin - before.stop > _TOO_FAR or not _SAME_DAY.match(bared, this.place.end):
        return this
    return replace(this, when=day, year=None)


def _with_day_after(bared: str, this: _Mention, following: _Mention) -> _Mention:
    """With the day after the last of a row; `Công văn số 45 … và Công văn số 46 … ngày …` is a row too, and two kinds `cùng ngày …`."""
    if this.when or this.issued or following.when is None:
        return this
    between = " ".join(bared[this.stop : following.begin].split())
    both = following.of_both or (this.kind == following.kind and between.startswith("va "))
    if _joined(bared, this, following) or (both and _ONE_MORE.fullmatch(between)):
        return replace(this, when=following.when, year=None)
    return this


def _joined(bared: str, before: _Mention, this: _Mention) -> bool:
    """Whether nothing but a comma, a semicolon or a word that joins stands between two."""
    return " ".join(bared[before.stop : this.begin].split()) in _JOINS


def _numbers_before(bared: str, start: int, each: _Mention) -> Iterator[Notation]:
    said = _NUMBERS_BEFORE.search(bared, start, each.begin)
    for number in re.findall(r"\d+", said[1]) if said else ():
        yield replace(each.notation, number=number)


def _told_kind(each: _Mention) -> str | None:
    """What the text calls it, else what its notation tells, else the law whose name stands before."""
    told = kind_of(each.notation.symbol)
    if each.kind == ANY_PAPER:
        return told if told not in (None, LETTER) else ANY_PAPER
    return each.kind or told or each.law


def by_number_alone(bared: str, start: int, end: int) -> list[Found[Citation]]:
    """By kind and number without a notation, where the day (or the year after the number) tells that it is a document."""
    found = []
    for match in _ALONE.finditer(bared, start, end):
        kind, when = KIND_BEFORE.search(bared, max(start, match.start() - _SOON), match.start()), whole(match, 2)
        if kind and when:
            found.append(Found(Citation(kind_named(kind[1]) or ANY_PAPER, match[1], when, "body"), Place(kind.start(), match.end())))
    for match in _WITH_A_YEAR.finditer(bared, start, end):
        kind_said = bared[match.start() : match.end("kind")]
        found.append(Found(Citation(kind_named(kind_said), match["number"], None, "body"), Place(match.start(), match.end())))
    return found


def days_said_after(bared: str, notations: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where numbers with a notation stand with the days after them."""
    for match in notations:
        dated = _day_after(bared, match.end(), len(bared))
        if dated:
            yield match.start(), dated.end()


def _day_before(bared: str, start: int, at: int) -> When | None:
    if bared.find("ngay", start, at) < 0:
        return None
    issued = _ISSUED_ON.search(" ".join(bared[start:at].split()))
    return whole(issued) if issued else None


def _begin(bared: str, start: int, at: int) -> int | None:
    """Where a number begins, `số` before it included; None where it is the end of another word."""
    said = _NUMBER_SAID.search(bared, max(start, at - _SOON), at)
    if said:
        return said.start()
    return at if at > start and bared[at - 1] in _BEFORE_A_NUMBER else None


def _kind_before(clean: str, bared: str, start: int, end: int, symbol: str) -> tuple[str, int] | None:
    """The last kind before a number and its place, if nothing but its owner stands between; an owner only after a kind with a capital."""
    kinds = list(_KIND.finditer(bared, start, end))
    last = kinds[-1] if kinds else None
    if last is None:
        return None
    # Blanks are folded first: a rule of optional parts would try many of them in very many ways.
    if not _WHOSE.fullmatch(" ".join(bared[last.end() : end].split())):
        return None
    if "cua" in bared[last.end() : end] and not clean[last.start(1)].isupper():
        return None
    named = kind_named(last[1]) or ANY_PAPER
    if named.startswith("Kết luận") and _NOTICE_OF.search(bared, max(start, last.start() - _SOON), last.start()):
        return "Thông báo", last.start()  # `Thông báo kết luận số 88/TB-VP` is a notice, of a conclusion
    if kind_of(symbol) in (None, LETTER) and _LETTER_OF.search(bared, max(start, last.start() - _SOON), last.start()):
        return LETTER, last.start()  # `công văn hướng dẫn số 237/SGDĐT` is a letter
    # `Quyết định ban hành Quy chế số 14/QĐ-UBND`: the number is the decision's.
    told = kind_of(symbol)
    if told not in (None, LETTER, named):
        for each in reversed(kinds[:-1]):
            if kind_named(each[1]) == told and not _PARTS.search(bared, each.end(), last.start()):
                return told, each.start()
    return named, last.start()


def _shares_kind(bared: str, last_end: int, start: int) -> bool:
    """`các Quyết định …: số 79 … ; số 657 …`: the kind said once holds to the end of the sentence."""
    return (
        start - last_end < _TOO_FAR
        and "." not in bared[last_end:start].replace("./.", ".")
        and bool(re.search(r";\s*$|,\s*$|va\s*$", bared[last_end:start]))
    )
