"""The papers of one campaign: a text cut where another paper begins, each with its short name, the one that refines another first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kheo.core.directives.citation import Citation
from kheo.core.directives.found import Found, Place
from kheo.core.directives.kinds import KIND_OF_CODE
from kheo.core.directives.paper import bare
from kheo.core.directives.reading import Directive
from kheo.core.text import written

LONGEST = 400_000  # letters of all papers of a draft together: a campaign's letter is ten pages
TOO_LONG = f"Các văn bản dài quá: tối đa {LONGEST // 1000} nghìn ký tự cho một bản nháp."
_COPIES_TO = re.compile(r"^\W*noi nhan\b", re.MULTILINE)
# How the head of a paper begins (NĐ 30/2020, phụ lục I mục II.1 and II.3; HD 36-HD/VPTW): the motto, or its number alone on a line.
_HEAD = re.compile(
    r"^.*(?:cong hoa xa hoi chu nghia viet nam|dang cong san viet nam).*$|^\W*so\s*:?\s*\d{1,6}\s?[-/]\s?\S+\s*$", re.MULTILINE
)
_WHOSE = re.compile(r"ngày[^;.]{5,40}?của\s+([^;.,()\n]{4,120}?)(?=\s+(?:về|hướng dẫn)\b|[;,.)\n])")
_LINE = re.compile(r"^.*$", re.MULTILINE)
_SECRECY = re.compile(r"\W*(?:do mat\b|(?:tuyet |toi )?mat\W*$)")
_BEFORE = re.compile(r"[^\n]")
_SHORTS = {kind: code for code, kind in reversed(list(KIND_OF_CODE.items()))}


@dataclass(frozen=True)
class DraftedPaper:
    """A paper of the campaign. `number`, `issued`, `issuer`: its own, or what the paper that rests on it says of it (`by_other`)."""

    short: str
    file: str
    directive: Directive
    number: str | None
    issued: date | None
    issuer: str | None
    by_other: tuple[str, ...] = ()

    def line_of(self, place: Place) -> int:
        """The line in which a place begins."""
        return self.directive.paper.line_of(place.start)


class TooLong(ValueError):
    """All papers of a text, each with the blanks before it, are more than a draft may hold."""


def cut_papers(text: str) -> list[str]:
    """The papers that one text holds: after a list of copies another head begins. Raises TooLong before anything long is made.

    Each has blanks for what stands before it, so a place in it is a place in the text as it was written (`core.text.written`).
    """
    if len(text) > LONGEST:
        raise TooLong
    whole = written(text)
    plain = bare(whole)
    cuts, at = [0], 0
    while (copies := _COPIES_TO.search(plain, at)) is not None:
        head = _HEAD.search(plain, copies.end())
        if head is None:
            break
        cuts.append(_with_what_stands_above(whole, copies.end(), head.start()))
        at = head.end()
    if sum(cuts[1:]) + len(whole) > LONGEST:
        raise TooLong
    blank = _BEFORE.sub(" ", whole)
    return [blank[:start] + whole[start:end] for start, end in zip(cuts, [*cuts[1:], len(whole)], strict=True)]


def _with_what_stands_above(text: str, after: int, head: int) -> int:
    """Where the paper of a head begins: the lines in capitals right above belong to it, and a mark of secrecy however it is written."""
    start = head
    for line in reversed(list(_LINE.finditer(text, after, head))):
        said = line[0].strip()
        if said and said != said.upper() and not _SECRECY.match(bare(said)):
            break
        start = line.start() if said else start
    return start


def arrange(read: Iterable[tuple[str, Directive]]) -> list[DraftedPaper]:
    """Papers with the files they came from, in the order of the campaign: what rests on another before it, else the later first."""
    given = list(read)
    order = sorted(given, key=lambda each: (_rests_on_it(each[1], given), -_day(each[1])))
    shorts: list[str] = []
    papers = []
    for file, directive in order:
        short = _short(directive, shorts)
        shorts.append(short)
        papers.append(_paper(short, file, directive, given))
    return papers


def _paper(short: str, file: str, directive: Directive, given: list[tuple[str, Directive]]) -> DraftedPaper:
    number = directive.notation.value.full if directive.notation else None
    issued = directive.date.value.date if directive.date else None
    issuer = directive.issuer.value if directive.issuer else None
    told = next((_told(other, cited) for _, other in given if (cited := _citing(other, number)) and other is not directive), (None, None))
    by_other = (*(("issued",) if not issued and told[0] else ()), *(("issuer",) if not issuer and told[1] else ()))
    return DraftedPaper(short, file, directive, number, issued or told[0], issuer or told[1], by_other)


def _told(other: Directive, cited: Found[Citation]) -> tuple[date | None, str | None]:
    whose = _WHOSE.search(other.paper.clean, cited.place.end, cited.place.end + 200)
    return cited.value.date.date if cited.value.date else None, " ".join(whose[1].split()) if whose else None


def _citing(other: Directive, number: str | None) -> Found[Citation] | None:
    return next((each for each in other.citations if number and each.value.number == number), None)


def _rests_on_it(directive: Directive, given: list[tuple[str, Directive]]) -> int:
    number = directive.notation.value.full if directive.notation else None
    return sum(_citing(other, number) is not None for _, other in given if other is not directive)


def _day(directive: Directive) -> int:
    day = directive.date.value.date if directive.date else None
    return day.toordinal() if day else 0


def _short(directive: Directive, taken: list[str]) -> str:
    kind = directive.kind.value if directive.kind else ""
    short = _SHORTS.get(kind, "VB")
    return short if short not in taken else f"{short}{sum(each.startswith(short) for each in taken) + 1}"
