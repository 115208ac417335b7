"""Documents that a paper names: kind, number, day, and whether it rests on them (`căn cứ`) or mentions them.

Each document once; the first mention gives the role, any mention may add the day.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kheo.core.directives.body import Body, Span
from kheo.core.directives.dates import WHOLE, When, at_digits, whole, whole_dates
from kheo.core.directives.found import Found, Place
from kheo.core.directives.kinds import ANY_KIND, BY_NAME, kind_named, kind_of
from kheo.core.directives.notation import NOTATION, Notation, notation
from kheo.core.directives.paper import bare, quick, rule, tidy

_KIND = re.compile(rf"(?<![a-z])({ANY_KIND})(?![a-z])")
# Between the kind and its number: nothing, or whose it is (`các Quyết định của UBND tỉnh: Số 79/QĐ-UBND`).
_WHOSE = re.compile(r"(?:so)? ?[:.]? ?(?:cua [^.;]{2,60}?)? ?:? ?(?:so)? ?[:.]? ?")
_OF_A_FORM = re.compile(r"PL(?:[IVX\d]|$)")  # `Mẫu số 01/PLI`: a form by its annex
_NUMBER_SAID = re.compile(r"(?<![a-z])so\s*[:.]?\s*$")
_BEFORE_A_NUMBER = frozenset(" \n(,;")
_NEXT_KIND = r"\bva\s+(?:nghi\s+dinh|thong\s+tu|quyet\s+dinh|nghi\s+quyet|huong\s+dan|chi\s+thi|ke\s+hoach|cong\s+van)\b"
_DAY_AFTER = re.compile(
    rf"[\s,(]*(?:(?:cua|do)\s+(?:(?!hieu\s+luc|ap\s+dung|{_NEXT_KIND})[^.;:,\n()]){{2,90}}?[\s,]+)?"
    rf"(?:(?:da\s+)?(?:duoc\s+[^.;:,]{{0,40}}?)?ban\s+hanh\s+)?{WHOLE}"
)
_DAY_SOON = re.compile(rf"[\s,(]*{WHOLE}")
_ISSUED_ON = re.compile(
    rf"(?:^|[.;:)]\s|\d\.\s)\W*ngay\s+{WHOLE},\s[^.;:,\d]{{2,90}}?\s(?:da\s)?(?:co|ban hanh|ky|phat hanh)(?:\sban hanh)?\s"
    rf"(?:\d{{1,2}}\s)?[a-z ]{{4,30}}:?$"
)
_YEAR = re.compile(r"nam(?<!thang\s\d\snam)(?<!thang\s\d\d\snam)\s+((?:19|20)\d{2})(?!\d)")
_LAW_BEGINS = re.compile(quick(r"\b(?:Bộ\s+luật|Pháp\s+lệnh|Luật|Hiến\s+pháp)\s+(?=[A-ZÀ-ỸĐ]|sửa|Sửa|năm)"))
_PART = re.compile(rf"[.;:()]|{_NEXT_KIND}|\bnam\s+(?:19|20)\d{2}\b|\n\s*\n")
# `Căn cứ Luật Thi đua, khen thưởng và Nghị định số …`: a law that a paper rests on, with neither day nor year.
_RESTS_ON = re.compile(r"\bcan\s+cu\s+(?:vao\s+|theo\s+)?(?=(?:bo\s+)?luat\s|phap\s+lenh\s|hien\s+phap\s)")
_NAME_ENDS = re.compile(rf"[;.:(]|\n\s*\n|\b(?:so|ngay|nam)\s+[\d:]|{_NEXT_KIND}|,?\s+va\s+(?=(?:bo\s+)?luat\s)")
_REMARK_AT_END = re.compile(r"\s*,?\s*(?:được\s+)?(?:ban hành|thông qua|Quốc hội thông qua)?\s*(?:ngày)?\s*$")
_AMENDS = re.compile(r"\w+\s+sua\s+doi")
_LAWS = ("Bộ luật", "Pháp lệnh", "Hiến pháp", "Luật")
_LONGEST_NAME = 220  # letters
_YEAR_AFTER = re.compile(r"[\s,(]*nam\s+((?:19|20)\d{2})")
_BASIS = rule(
    r"^\W*(?:can cu|thuc hien|theo|xet|tiep theo|tren co so|trien khai|thi hanh|de (?:thuc hien|trien khai)|tai |nham thuc hien"
    r"|chap hanh|uy ban nhan dan|phuc dap|tra loi"
    r"|hoi dong nhan dan|quan triet|tiep tuc thuc hien|sau khi|ngay \d|chu tich|bo truong|vua qua|tham chieu|quan trien)"
)
_SAID, _EMPTY_LINE = re.compile(r"\S"), re.compile(r"\n\s*\n")
_TOO_FAR = 400
_NOTICE_OF = re.compile(r"thong\s+bao\s+$")
_SOON = 40
_FIRST_WORDS = 300  # letters of a paragraph that tell whether it gives the bases


@dataclass(frozen=True)
class Citation:
    """A document that is named. `role`: basis, body, annex or footnote. `year` where only the year is said; `name` of a law."""

    kind: str | None
    number: str | None
    date: When | None
    role: str
    name: str | None = None
    year: int | None = None


def citations(body: Body, annex: Span, own: Notation | None, laws: list[Found[Citation]]) -> list[Found[Citation]]:
    """All documents that body, footnotes and annexes name, in the order of their first mention. `laws`: `named_laws(body)`."""
    paper = body.paper
    preamble = preamble_end(body)
    found = [
        _with_role(each, "basis" if each.place.start < preamble and _is_basis(body, each.place) else "body")
        for each in (*_numbered(body.clean, body.bare, body.start, body.end, body.notations), *laws)
    ]
    for note in body.footnotes:
        found += [_with_role(each, "footnote") for each in _all(paper.clean, paper.bare, note.start, note.end)]
    found += [_with_role(each, "annex") for each in _all(paper.clean, paper.bare, annex.start, annex.end)]
    found.sort(key=lambda each: each.place.start)
    return [each for each in _merged(found) if own is None or own.full is None or each.value.number != own.full]


def named_laws(body: Body) -> list[Found[Citation]]:
    """The laws that the body names without a number."""
    return list(_laws(body.clean, body.bare, body.start, body.end, body.days))


def cited_days(body: Body, laws: list[Found[Citation]]) -> list[Span]:
    """Where the days of named documents stand: they are nobody's deadlines. `laws`: `named_laws(body)`."""
    found = []
    for match in body.notations:
        dated = _DAY_AFTER.match(body.bare, match.end(), match.end() + 130) or _DAY_SOON.match(body.bare, match.end())
        if dated:
            found.append(Span(match.start(), dated.end()))
    return found + [Span(each.place.start, each.place.end) for each in laws]


def preamble_end(body: Body) -> int:
    """Where the orders begin: the first numbered item, else the end of the first paragraph."""
    numbered = [item.start for item in body.outline if item.kind not in ("dash", "plus", "letter")]
    if numbered:
        return numbered[0]
    begun = _SAID.search(body.clean, body.start)
    stop = _EMPTY_LINE.search(body.clean, begun.start() if begun else body.end)
    return stop.start() if stop else body.end


def _is_basis(body: Body, place: Place) -> bool:
    before = bisect_right(body.paragraphs, place.start - len("\n\n"))
    start = body.paragraphs[before - 1] if before else body.start
    return bool(_BASIS.match(body.bare[start : min(place.start, start + _FIRST_WORDS)].strip() or "can cu"))


def _with_role(each: Found[Citation], role: str) -> Found[Citation]:
    return replace(each, value=replace(each.value, role=role))


def _all(clean: str, bared: str, start: int, end: int) -> Iterator[Found[Citation]]:
    yield from _numbered(clean, bared, start, end, at_digits(NOTATION, clean, start, end))
    yield from _laws(clean, bared, start, end, whole_dates(bared, start, end))


def _numbered(clean: str, bared: str, start: int, end: int, notations: Iterable[re.Match[str]]) -> Iterator[Found[Citation]]:
    """By number; several numbers in a row share the kind before the first and the day after the last."""
    waiting: list[Found[Citation]] = []
    kind: str | None = None
    last_end = -1
    for at in notations:
        begin = _begin(bared, start, at.start())
        read = notation(at) if begin is not None else None
        if begin is None or read is None or _OF_A_FORM.match(read.symbol or ""):
            continue
        between = bared[last_end:begin] if last_end >= 0 else ""
        in_a_row = last_end >= 0 and " ".join(between.split()) in ("", ",", "va", ";", "hoac", ", va", "; va")
        if not in_a_row:
            yield from waiting
            waiting = []
        before = _kind_before(clean, bared, max(start, begin - 90), begin)
        named = _named(bared, before) if before else None
        kind = named or (kind if in_a_row or _shares_kind(bared, last_end, begin) else None)
        told_kind = kind or kind_of(read.symbol) or _kind_of_law(clean, bared, max(start, begin - _LONGEST_NAME), begin)
        dated = _DAY_AFTER.match(bared, at.end(), min(end, at.end() + 130)) or _DAY_SOON.match(bared, at.end(), end)
        when = whole(dated) if dated else None
        when = when or _day_before(bared, max(start, begin - _LONGEST_NAME), begin)
        year = None if when else _YEAR_AFTER.match(bared, at.end(), end)
        value = Citation(told_kind, read.full, when, "body", year=int(year[1]) if year else None)
        first = before[1] if before and named else begin
        each = Found(value, Place(first, at.end()))
        waiting.append(each)
        last_end = at.end()
        if dated:
            waiting = [replace(one, value=replace(one.value, date=one.value.date or when)) for one in waiting]
            yield from waiting
            waiting = []
            last_end = dated.end()
    yield from waiting


def _day_before(bared: str, start: int, at: int) -> When | None:
    """`Ngày 10/11/2025, Ủy ban nhân dân tỉnh có Công văn số …`: the day on which it was issued stands before who issued it."""
    issued = _ISSUED_ON.search(" ".join(bared[start:at].split()))
    return whole(issued) if issued else None


def _named(bared: str, kind: tuple[str, int]) -> str | None:
    """`Thông báo kết luận số 88/TB-VP` is a notice, of a conclusion."""
    return "Thông báo" if kind[0].startswith("ket") and _NOTICE_OF.search(bared, max(0, kind[1] - 14), kind[1]) else kind_named(kind[0])


def _begin(bared: str, start: int, at: int) -> int | None:
    """Where a number begins, `số` before it included; None where it is the end of another word."""
    said = _NUMBER_SAID.search(bared, max(start, at - _SOON), at)
    if said:
        return said.start()
    return at if at > start and bared[at - 1] in _BEFORE_A_NUMBER else None


def _kind_before(clean: str, bared: str, start: int, end: int) -> tuple[str, int] | None:
    """The last kind before a number, if nothing but its owner stands between; an owner only after a kind with a capital."""
    kinds = list(_KIND.finditer(bared, start, end))
    last = kinds[-1] if kinds else None
    if last is None:
        return None
    # Blanks are folded first: a rule of optional parts would try many of them in very many ways.
    if not _WHOSE.fullmatch(" ".join(bared[last.end() : end].split())):
        return None
    if "cua" in bared[last.end() : end] and not clean[last.start(1)].isupper():
        return None
    return last[1], last.start(1)


def _shares_kind(bared: str, last_end: int, start: int) -> bool:
    """`các Quyết định …: số 79 … ; số 657 …`: the kind said once holds to the end of the sentence."""
    return (
        last_end >= 0
        and start - last_end < _TOO_FAR
        and "." not in bared[last_end:start].replace("./.", ".")
        and bool(re.search(r";\s*$|,\s*$|va\s*$", bared[last_end:start]))
    )


def _laws(clean: str, bared: str, start: int, end: int, dated: list[tuple[int, int, When]]) -> Iterator[Found[Citation]]:
    """Laws by their names, with a day or a year after the name: looked for backwards from the day. `dated`: all whole dates there."""
    after_last, dated_at = start, set[int]()
    days: list[tuple[int, int, When | int]] = [*dated]
    days += [(match.start(), match.end(), int(match[1])) for match in _YEAR.finditer(bared, start, end)]
    names = [match.start() for match in _LAW_BEGINS.finditer(clean, start, end)]  # few: looked for once
    for at, stop, when in sorted(days, key=lambda each: each[0]):
        first = max(after_last, at - _LONGEST_NAME)
        begin = _law_before(clean, bared, first, at) if bisect_left(names, first) < bisect_left(names, at) else None
        after_last = stop
        if begin is None:
            continue
        name = _REMARK_AT_END.sub("", tidy(clean[begin:at])).strip(" ,(")
        kind = next(each for each in _LAWS if bare(name).startswith(bare(each)))
        if len(name.split()) >= 2 and not re.search(r"\bso:? \d", bare(name)):
            day, year = (None, when) if isinstance(when, int) else (when, None)
            dated_at.add(begin)
            yield Found(Citation(kind, None, day, "body", name[0].upper() + name[1:], year), Place(begin, stop))
    for match in _RESTS_ON.finditer(bared, start, end):
        ends = _NAME_ENDS.search(bared, match.end(), min(end, match.end() + _LONGEST_NAME))
        name = tidy(clean[match.end() : ends.start() if ends else match.end()]).strip(" ,")
        numbered = ends is not None and bared.startswith("so", ends.start())
        if ends and not numbered and match.end() not in dated_at and len(name.split()) >= 2:
            kind = next(each for each in _LAWS if bare(name).startswith(bare(each)))
            yield Found(Citation(kind, None, None, "body", name[0].upper() + name[1:]), Place(match.end(), match.end() + len(name)))


def _kind_of_law(clean: str, bared: str, start: int, end: int) -> str | None:
    """`Luật An ninh mạng số 24/2018/QH14`: the name stands between the kind and the number."""
    begin = _law_before(clean, bared, start, end)
    return next((each for each in _LAWS if bared.startswith(bare(each).split()[0], begin)), None) if begin is not None else None


def _law_before(clean: str, bared: str, start: int, end: int) -> int | None:
    """Where the name begins that a day belongs to: with a capital, in the same part of the sentence, the last of several laws."""
    cut = max((match.end() for match in _PART.finditer(bared, start, end)), default=start)
    begins = [match.start() for match in _LAW_BEGINS.finditer(clean, cut, end)]
    if not begins:
        return None
    amends = _AMENDS.match(bared, begins[0])
    return begins[0] if amends else begins[-1]


def _merged(found: list[Found[Citation]]) -> list[Found[Citation]]:
    """Each document once. The same number under another kind is another document, unless the text gives no kind of its own."""
    kept: list[Found[Citation]] = []
    places: dict[str, list[int]] = {}  # those of one number or one name, so that a long paper is not searched for each
    for each in found:
        alike = places.setdefault(each.value.number or bare(each.value.name or ""), [])
        index = next((i for i in alike if _same(kept[i].value, each.value)), None)
        if index is None:
            alike.append(len(kept))
            kept.append(each)
            continue
        first = kept[index].value
        kept[index] = replace(
            kept[index],
            value=replace(
                first, date=first.date or each.value.date, kind=first.kind or each.value.kind, year=first.year or each.value.year
            ),
        )
    return kept


def _same(one: Citation, other: Citation) -> bool:
    if one.number or other.number:
        return one.number == other.number and (one.date == other.date or not one.date or not other.date or one.kind == other.kind)
    if one.kind not in BY_NAME or one.kind != other.kind:
        return False
    return bare(one.name or "") == bare(other.name or "") and (one.date == other.date or one.date is None or other.date is None)
