"""Documents that a paper names: kind, number, day, and whether it rests on them (`căn cứ`) or mentions them.

Each document once; the first mention gives the role, any mention may add the day.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from kheo.core.directives.body import Body, Span
from kheo.core.directives.citation import Citation
from kheo.core.directives.dates import When, at_digits, whole_dates
from kheo.core.directives.found import Found, Place
from kheo.core.directives.laws import laws
from kheo.core.directives.notation import NOTATION, NOTATION_BEGINS, Notation
from kheo.core.directives.numbered import ANY_PAPER, by_number_alone, days_said_after, numbered
from kheo.core.directives.paper import bare, rule

_BASIS = rule(
    r"^\W*(?:can cu|thuc hien|theo|xet|tiep theo|tren co so|trien khai|thi hanh|de (?:thuc hien|trien khai)|tai |nham thuc hien"
    r"|chap hanh|uy ban nhan dan|phuc dap|tra loi"
    r"|hoi dong nhan dan|quan triet|tiep tuc thuc hien|sau khi|ngay \d|chu tich|bo truong|vua qua|tham chieu|quan trien)"
)
_SAID, _EMPTY_LINE = re.compile(r"\S"), re.compile(r"\n\s*\n")
_ITS_NUMBER = re.compile(r"\s*\(\s*(?:(?:bo\s+)?luat\s+)?so\s*:?\s*\d")
_SIGN = re.compile(r"[-/ ]")  # between a number and its notation: of the state, of the Party, of mass organisations
_BARE_NUMBER = re.compile(r"\d+(?:/\d{4})?")
_FIRST_WORDS = 300  # letters of a paragraph that tell whether it gives the bases


def citations(
    body: Body,
    annex: Span,
    own: Notation | None,
    named: list[Found[Citation]],
    issued: When | None = None,
    subject: Place | None = None,
) -> list[Found[Citation]]:
    """All documents that body, footnotes and annexes name, in the order of their first mention. `named`: `without_notation(body)`.

    `own`, `issued`: the number and the day of the paper itself, which it does not cite; its number of another year is another paper.
    `subject`: what it says of one of them (its day, most of all) is told too.
    """
    paper = body.paper
    preamble = preamble_end(body)
    found = [
        _with_role(each, "basis" if each.place.start < preamble and _is_basis(body, each.place) else "body")
        for each in (
            *numbered(body.clean, body.bare, body.start, body.end, body.notations),
            *named,
        )
    ]
    for note in body.footnotes:
        found += [_with_role(each, "footnote") for each in _all(paper.clean, paper.bare, note.start, note.end)]
    found += [_with_role(each, "annex") for each in _all(paper.clean, paper.bare, annex.start, annex.end)]
    found.sort(key=lambda each: each.place.start)
    of_subject = list(_all(paper.clean, paper.bare, subject.start, subject.end)) if subject else []
    told = [_told_in(each, of_subject) for each in _merged(_without_names_of_numbered(body, found))]
    return [each for each in told if not _is_itself(each.value, own, issued)]


def _is_itself(cited: Citation, own: Notation | None, issued: When | None) -> bool:
    if own is None or own.full is None or cited.number != own.full:
        return False
    return cited.date is None or issued is None or cited.date == issued


def without_notation(body: Body) -> list[Found[Citation]]:
    """What the body names by kind and bare number, and laws without a number."""
    return [
        *by_number_alone(body.bare, body.start, body.end),
        *laws(body.clean, body.bare, body.start, body.end, body.days),
    ]


def cited_days(body: Body, named: list[Found[Citation]]) -> list[Span]:
    """Where the days of named documents stand: they are nobody's deadlines. `named`: `without_notation(body)`."""
    found = [Span(start, end) for start, end in days_said_after(body.bare, body.notations)]
    return found + [Span(each.place.start, each.place.end) for each in named]


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
    said = each.value
    return (
        each if said.role == role else Found(Citation(said.kind, said.number, said.date, role, said.name, said.year), each.place, each.sure)
    )


def _all(clean: str, bared: str, start: int, end: int) -> Iterator[Found[Citation]]:
    yield from numbered(clean, bared, start, end, at_digits(NOTATION, NOTATION_BEGINS, clean, start, end))
    yield from by_number_alone(bared, start, end)
    yield from laws(clean, bared, start, end, whole_dates(bared, start, end))


def _told_in(each: Found[Citation], of_subject: list[Found[Citation]]) -> Found[Citation]:
    same = next((other.value for other in of_subject if _same(each.value, other.value)), None)
    told = _with_what_is_told(each.value, same) if same else each.value
    return each if told is each.value else replace(each, value=told)


def _without_names_of_numbered(body: Body, found: list[Found[Citation]]) -> list[Found[Citation]]:
    """`Luật Đất đai năm 2024 (Luật số 31/2024/QH15)` is one law; by its name alone it is the same further on."""
    numbered = {
        (bare(each.value.name or ""), each.value.year) for each in found if each.value.name and _ITS_NUMBER.match(body.bare, each.place.end)
    }
    return [each for each in found if (bare(each.value.name or ""), each.value.year) not in numbered] if numbered else found


def _merged(found: list[Found[Citation]]) -> list[Found[Citation]]:
    """Each document once. The same number under another kind is another document, unless the text gives no kind of its own."""
    kept: list[Found[Citation]] = []
    places: dict[str, list[int]] = {}  # those of one number or one name, so that a long paper is not searched for each
    for each in found:
        alike = places.setdefault(_key(each.value), [])
        index = next((i for i in alike if _same(kept[i].value, each.value)), None)
        if index is None:
            alike.append(len(kept))
            kept.append(each)
            continue
        told = _with_what_is_told(kept[index].value, each.value)
        if told is not kept[index].value:
            kept[index] = replace(kept[index], value=told)
    return kept


def _key(cited: Citation) -> str:
    """The number without its notation (`30` of `30/2020/NĐ-CP`), else the name."""
    return _SIGN.split(cited.number, maxsplit=1)[0] if cited.number else bare(cited.name or "")


def _with_what_is_told(first: Citation, other: Citation) -> Citation:
    """What the first mention leaves open, from another: its notation, its day, a kind of its own."""
    kind = first.kind if first.kind not in (None, ANY_PAPER) else other.kind or first.kind
    number = other.number if first.number and other.number and len(other.number) > len(first.number) else first.number
    date, year = first.date or other.date, first.year or other.year
    if (number, date, kind, year) == (first.number, first.date, first.kind, first.year):
        return first
    return replace(first, number=number, date=date, kind=kind, year=year)


def _same(one: Citation, other: Citation) -> bool:
    if one.number and other.number:
        if one.number != other.number:
            return _is_short_for(one, other) or _is_short_for(other, one)
        if _BARE_NUMBER.fullmatch(one.number):  # which a decree and a circular of one day may share
            return _are_of_one_kind(one, other) and _may_be_of_one_day(one, other)
        return _may_be_of_one_day(one, other) or one.kind == other.kind
    if one.number or other.number or not one.name or one.kind != other.kind:
        return False
    return bare(one.name or "") == bare(other.name or "") and _may_be_of_one_day(one, other)


def _is_short_for(short: Citation, whole: Citation) -> bool:
    """`Nghị định số 30 ngày 05/3/2020` is `30/2020/NĐ-CP` of the same day (or of no day)."""
    begins = tuple(f"{short.number}{sign}" for sign in ("/", "-", " "))
    return str(whole.number).startswith(begins) and _are_of_one_kind(short, whole) and _may_be_of_one_day(short, whole)


def _are_of_one_kind(one: Citation, other: Citation) -> bool:
    """`văn bản số 30` may be of any kind, of the same day."""
    return one.kind == other.kind or (ANY_PAPER in (one.kind, other.kind) and one.date == other.date)


def _may_be_of_one_day(one: Citation, other: Citation) -> bool:
    return one.date == other.date or one.date is None or other.date is None
