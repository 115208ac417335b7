"""The head: who writes, under whom, number, place and date, subject, urgency. Columns may be interleaved, side by side or in turn.

What is known (state, motto, number, date …) is taken out by what it says, wherever it stands; what is left in capitals are the offices.
"""

import re
from dataclasses import dataclass

from kheo.core.directives.bodies import begins_like_an_office, is_no_more_than_an_office, names_of
from kheo.core.directives.casing import office_in_running_text
from kheo.core.directives.dates import WHOLE, When, whole
from kheo.core.directives.found import Found, Place
from kheo.core.directives.kinds import CODES_OF_SEVERAL
from kheo.core.directives.landmarks import NUMBER, number_at
from kheo.core.directives.marks import ABOUT, DRAFT, MOTTO, PARTY, REST_OF_STATE, SESSION, STATE, URGENCY, YOUTH
from kheo.core.directives.notation import BLANK, Notation, blank_notation, notation
from kheo.core.directives.paper import Paper, bare
from kheo.core.directives.people import is_upper
from kheo.core.directives.places import known_at_end, place_at_end
from kheo.core.directives.secrecy import mark_of
from kheo.core.text import CAPITALS, name_key

_DATED = re.compile(WHOLE)
_UNDATED = re.compile(r"[,.]?\s*ngay\s*[.…]*\s*thang\s*[.…]*\s*\d{0,2}\s*nam\s*[.…]*\s*(?:\d{4})?")
# What a signing program prints on top of a page.
_SIGNED_BY = re.compile(
    r"^\W*(?:nguoi ky|ky boi|thoi gian ky|ngay ky|signed by|signature valid|signing time|email)\s*:?[^\n]*", re.MULTILINE
)
_ABOUT = re.compile(rf"(?:^|\n|\s{{2}})\W*({ABOUT}|v\.v|vv|ve\s+viec|ve(?=\s?:))\b\s*[:.]?\s*", re.MULTILINE)
_GAP = re.compile(r"\s{2,}")
_ORGAN = re.compile(r"ban (?:chap hanh|thuong vu|thuong truc)$")
_BELOW = re.compile(r"(?:so|phong|ban|cuc|chi cuc|trung tam|truong|benh vien|lien doan|hoi|van phong|cong an|uy ban nhan dan|ubnd) \w")
_MINISTRY, _OF_A_MINISTRY = re.compile(r"bo \w+ \w+"), re.compile(r"(?:cuc|tong cuc) \w")
_STAMP = re.compile(r"(?:^|\n|\s{2})\s*(?:cong van\s+|van ban\s+)?den\b\s*(?=\s|:|$)")
# A wire gives the hour before the day: `Quảng Bình, hồi 20 giờ 15 phút ngày …`.
_AT_HOUR = re.compile(r"[,.]?\s*(?:hoi|luc|vao)\s+\d{1,2}\s*(?:gio|h|:)\s*(?:\d{2})?\s*(?:phut)?\s*,?\s*$")
_IN_STAMP = re.compile(r"^\W*(?:den|so\s*:?\s*\d+|ngay\s*:?\s*\d|chuyen\b|so va ky hieu|gio\b|kinh chuyen|luu ho so)")

# Two letters or more, but no hour (`9:49:07 AM`) and nothing left of a number (`/UBND`).
_SAYS_AN_OFFICE = re.compile(r"^(?!\W*\d{1,2}[:/])(?![-–/])[^\n]*[^\W\d_]{2}")
# `Vũng` / `Tàu, ngày …`: one word alone on the line right above.
_BEGUN_ABOVE = re.compile(rf"(?:^|\n)[^\S\n]*([{CAPITALS}][a-zà-ỹđ]+)[^\S\n]*\n\Z")
_ENACTS = re.compile(r"\W*quyet\s+(?:dinh|nghi)\W*$")
_NEEDS_A_PLACE = re.compile(r"(?:uy\s+ban|hoi\s+dong)\s+nhan\s+dan|ubnd|hdnd")
# `Thọ Xuân,` / `ngày 17 …`: the whole name there, with its comma.
_ALONE_ABOVE = re.compile(rf"(?:^|\n)[^\S\n]*([{CAPITALS}][a-zà-ỹđ]+(?: [{CAPITALS}][a-zà-ỹđ]+){{0,4}}),[^\S\n]*\n\Z")
_LISTED = re.compile(r"^\d{1,2}\.\s+")  # `1. BỘ Y TẾ`: the number that a site gives each page of a paper
_PUTS_IN_FORCE = re.compile(r"ban\s+hanh\b")  # begins as `Ban` does
_NAME_OF_PLACE = 45  # letters, with a line end among them


@dataclass(frozen=True)
class Stamp:
    """The ĐẾN stamp of who received this copy: it is not of the paper itself."""

    by: str | None
    number: str | None
    date: When | None


@dataclass(frozen=True)
class Head:
    """What the head says; None where it does not."""

    notation: Found[Notation] | None
    date: Found[When] | None
    place: Found[str] | None
    issuer: Found[str] | None
    superior: Found[str] | None
    subject: Found[str] | None
    urgency: Found[str] | None
    secrecy: Found[str] | None
    stamp: Found[Stamp] | None


class _Rest:
    """The head with what was understood taken out: blanks of equal length, so that places stay."""

    def __init__(self, paper: Paper, end: int) -> None:
        self.paper, self.end = paper, end
        self.chars = list(paper.clean[:end])

    def take(self, start: int, end: int) -> None:
        for index in range(start, min(end, self.end)):
            if self.chars[index] != "\n":
                self.chars[index] = " "

    @property
    def text(self) -> str:
        return "".join(self.chars)

    def pieces(self) -> list[tuple[int, int]]:
        """What is left, line by line, cut where there is a gap."""
        found: list[tuple[int, int]] = []
        at = 0
        for line in self.text.split("\n"):
            found += [(at + match.start(), at + match.end()) for match in re.finditer(r"\S+(?:\s\S+)*", line)]
            at += len(line) + 1
        return found


def read_head(paper: Paper, end: int, start: int = 0, *, is_untitled: bool = False) -> Head:
    """What the text up to `end` says as a head; what stands before `start` is of the page around it.

    `is_untitled`: its title was lost, so that the subject below may stand in the head.
    """
    rest = _Rest(paper, end)
    rest.take(0, start)
    for rule in (STATE, MOTTO, PARTY, YOUTH, DRAFT, SESSION):
        for match in rule.finditer(paper.bare, 0, end):
            if is_upper(paper.clean[match.start() : match.end()]) or rule is MOTTO:
                rest.take(*match.span("name" if rule is YOUTH else 0))
            if rule is STATE and paper.bare[match.start() : match.end()].endswith("viet"):
                left = REST_OF_STATE.search(paper.bare, match.end(), end)
                rest.take(*(left.span() if left else match.span()))
    for match in _SIGNED_BY.finditer(paper.bare, 0, end):
        rest.take(*match.span())
    urgency, secrecy = _marked(paper, rest, URGENCY), mark_of(paper, end)
    stamp = _stamp(paper, rest)
    number = _number(paper, rest, start)
    date, place = _date_and_place(paper, rest)
    subject = _subject(paper, rest) or (_subject_in_capitals(paper, rest, number) if is_untitled else None)
    superior, issuer = _issued_together(number, *_offices(paper, rest))
    return Head(number, date, place, issuer, superior, subject, urgency, secrecy, stamp)


def _marked(paper: Paper, rest: _Rest, rule: re.Pattern[str]) -> Found[str] | None:
    for match in rule.finditer(paper.bare, 0, rest.end):
        said = paper.told(match.start(1), match.end(1))
        if is_upper(said, 1.0):
            rest.take(match.start(1), match.end(1))
            return Found(said, Place(match.start(1), match.end(1)))
    return None


def _number(paper: Paper, rest: _Rest, start: int) -> Found[Notation] | None:
    at = number_at(paper, start, rest.end) or _blank_number(paper, rest)
    if at is None or not rest.text[at[0] : at[1] + at[2].end()].strip():
        return None
    start, after, match = at
    end = after + match.end()
    rest.take(start, end)
    read = blank_notation(match) if match.re.groups == 2 else notation(match)
    return Found(read, Place(start, end)) if read else None


def _blank_number(paper: Paper, rest: _Rest) -> tuple[int, int, re.Match[str]] | None:
    """`Số:` whose notation (`/TTr-VPCP`) came in another line, as where two columns are read one after the other."""
    said = NUMBER.search(paper.bare, 0, rest.end)
    for line in paper.lines if said else []:
        found = BLANK.match(paper.clean[line.start : line.end]) if said and said.end() <= line.start < rest.end else None
        if found and found.end() >= len(paper.clean[line.start : line.end].rstrip()):
            rest.take(*said.span())  # type: ignore[union-attr]
            return line.start, line.start, found
    return None


def _date_and_place(paper: Paper, rest: _Rest) -> tuple[Found[When] | None, Found[str] | None]:
    """The day written out (`ngày … tháng … năm …`); one in figures only where none is. A blank day still has its place."""
    text = bare(rest.text)
    dated = [(match, when) for match in _DATED.finditer(text) if (when := whole(match))]
    written_out = [each for each in dated if each[0][1]]
    if written_out or dated:
        match, when = (written_out or dated)[0]
        line = text.rfind("\n", 0, match.start()) + 1
        before = rest.text[line : match.start()]
        rest.take(*match.span())
        return Found(when, Place(*match.span())), _place(paper, rest, line, before)
    blank = _UNDATED.search(text)
    if blank is None:
        return None, None
    line = text.rfind("\n", 0, blank.start()) + 1
    before = rest.text[line : blank.start()]
    rest.take(*blank.span())
    return None, _place(paper, rest, line, before)


def _place(paper: Paper, rest: _Rest, line: int, before: str) -> Found[str] | None:
    """The last piece before the date; of one that runs together with another column, its known or capitalised end."""
    at_hour = _AT_HOUR.search(bare(before))
    before = before[: at_hour.start()] if at_hour else before
    window = max(0, line + len(before) - _NAME_OF_PLACE)
    near = rest.text[window : line + len(before)].replace("\n", " ")
    known = known_at_end(bare(near))
    if known:
        start, end = window + known[0], window + known[1]
        # `… Ban HĐND tỉnh` / `Lai Châu, ngày …`: what ends another line in small letters is not of the place.
        broken = rest.text.find("\n", start, end) if rest.text[start].islower() else -1
        start = broken + 1 + len(rest.text[broken + 1 : end]) - len(rest.text[broken + 1 : end].lstrip()) if broken >= 0 else start
        rest.take(start, end + 2)
        return Found(paper.told(start, end), Place(start, end))
    said = before.rstrip(" ,.;")
    cut = max((match.end() for match in _GAP.finditer(said)), default=0)
    piece = said[cut:]
    if not piece:
        alone = _ALONE_ABOVE.search(rest.text, max(0, line - _NAME_OF_PLACE), line)
        if alone is None:
            return None
        rest.take(*alone.span(1))
        return Found(paper.told(*alone.span(1)), Place(*alone.span(1)), 0.8)
    at = place_at_end(piece, bare(piece))
    start, end = (line + cut + at[0], line + cut + at[1]) if at else (line + cut, line + len(said))
    begun = _BEGUN_ABOVE.search(rest.text, max(0, line - _NAME_OF_PLACE), line) if not said[:cut].strip() and start == line + cut else None
    start = begun.start(1) if begun else start
    if at is None and (len(piece.split()) > 6 or not any(map(str.isalpha, piece))):
        return None
    rest.take(start, end + 2)
    return Found(paper.told(start, end).strip(" ,.-–"), Place(start, end), 1.0 if at else 0.6)


def _stamp(paper: Paper, rest: _Rest) -> Found[Stamp] | None:
    match = _STAMP.search(bare(rest.text))
    while match and not is_upper(rest.text[match.start() : match.end()]):
        match = _STAMP.search(bare(rest.text), match.end())
    if match is None:
        return None
    pieces = rest.pieces()
    index = next(
        i
        for i, (start, end) in enumerate(pieces)
        if start <= match.end() - 1 and end >= match.start() and "den" in bare(rest.text[start:end])
    )
    above = pieces[index - 1] if index else None
    alone = (above is not None and not rest.text[: above[0]].rstrip(" ").rstrip("\n").strip()) or (
        above is not None and rest.text[: above[0]].endswith("\n\n")
    )
    first = index - 1 if above and alone and is_upper(rest.text[slice(*above)]) else index
    last = index
    while last + 1 < len(pieces) and _IN_STAMP.match(bare(rest.text[slice(*pieces[last + 1])])):
        last += 1
    start, end = pieces[first][0], pieces[last][1]
    said = bare(rest.text[pieces[index][0] : end])
    number = re.search(r"so\s*:?\s*(\d+)", said)
    dated = _DATED.search(said)
    by = office_in_running_text(paper.told(*pieces[first])) if first < index else None
    stamp = Stamp(by, number[1] if number else None, whole(dated) if dated else None)
    rest.take(start, end)
    return Found(stamp, Place(start, end))


def _subject(paper: Paper, rest: _Rest) -> Found[str] | None:
    """`V/v …` under the number, over as many lines as it takes; another column beside it is cut off at the gap."""
    match = _ABOUT.search(bare(rest.text))
    if match is None:
        return None
    parts: list[tuple[int, int]] = []
    for start, end in rest.pieces():
        if end <= match.end() and start < match.start(1):
            continue
        start = max(start, match.end()) if not parts else start
        if start >= end:
            continue
        if parts and not _goes_on(paper, rest.text, parts, start, end):
            break
        parts.append((start, end))
    if not parts:
        return None
    told = " ".join(paper.told(*part) for part in parts)
    place = Place(match.start(1), parts[-1][1])
    rest.take(match.start(1), match.end())
    for part in parts:
        rest.take(*part)
    return Found(told, place)


def _subject_in_capitals(paper: Paper, rest: _Rest, number: Found[Notation] | None) -> Found[str] | None:
    """The first words in capitals below the number that are no office, where a page has lost the title above them."""
    parts: list[tuple[int, int]] = []
    for start, end in rest.pieces():
        if number is None or start < number.place.end:
            continue
        said = rest.text[start:end]
        names = begins_like_an_office(said) and not _PUTS_IN_FORCE.match(bare(said))
        if not is_upper(said) or len(said.split()) < 2 or names or _ENACTS.match(bare(said)):
            if parts:
                break
            continue
        parts.append((start, end))
    if not parts:
        return None
    for part in parts:
        rest.take(*part)
    return Found(paper.told(parts[0][0], parts[-1][1]), Place(parts[0][0], parts[-1][1]), 0.6)


def _goes_on(paper: Paper, text: str, parts: list[tuple[int, int]], start: int, end: int) -> bool:
    said, between = text[start:end], text[parts[-1][1] : start]
    whole_subject = " ".join(paper.told(*part) for part in parts)
    if is_upper(said, 0.95) and len(said.split()) > 1 and not is_upper(whole_subject) and not re.match(r"^[(“\"]", said):
        return False
    # A line may be empty between two lines of it only where the second goes on in small letters.
    return between.count("\n") <= 1 or said[0].islower()


def _offices_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """`UBND TỈNH NGHỆ AN SỞ Y TẾ`: two offices that a table's cell held in two lines, parted after the place of the first."""
    for blank in re.finditer(r"\s", text[start:end]):
        left, right = text[start : start + blank.start()], text[start + blank.end() : end]
        at = known_at_end(bare(left)) if _BELOW.match(bare(right)) else None
        if (at and at[1] == len(left) and at[0] > 0) or (_MINISTRY.match(bare(left)) and _OF_A_MINISTRY.match(bare(right))):
            return [(start, start + len(left)), (end - len(right), end)]
    return [(start, end)]


def _issued_together(
    number: Found[Notation] | None, above: Found[str] | None, issuer: Found[str] | None
) -> tuple[Found[str] | None, Found[str] | None]:
    """Two offices above each other that issue one paper (`12/KHLT-LĐLĐ-SNV`) are both its issuer, under nobody."""
    if number is None or above is None or issuer is None or " - " in issuer.value:
        return above, issuer
    kind, *offices = re.split(r"[-/]", number.value.symbol)
    first_letters = sorted(bare(each[:1]) for each in offices)  # in whichever order: either may have written it
    if kind not in CODES_OF_SEVERAL or first_letters != sorted(bare(each.value[:1]) for each in (above, issuer)):
        return above, issuer
    return None, Found(f"{above.value} - {issuer.value}", Place(above.place.start, issuer.place.end), min(above.sure, issuer.sure))


def _offices(paper: Paper, rest: _Rest) -> tuple[Found[str] | None, Found[str] | None]:
    lines = [
        (start, end)
        for piece in rest.pieces()
        for start, end in _offices_of(rest.text, *piece)
        if is_upper(rest.text[start:end], 0.75) and _SAYS_AN_OFFICE.search(rest.text[start:end])
    ]
    # A head without any words in capitals has its offices in small letters.
    lines = lines or [(start, end) for start, end in rest.pieces() if is_no_more_than_an_office(rest.text[start:end])]
    names = names_of([rest.text[start:end] for start, end in lines])
    found = []
    for name in names:
        told = " ".join(paper.told(*lines[index]) for index in name).strip(" *-–.•")
        told = _LISTED.sub("", told)
        told = office_in_running_text(told, paper, rest.end) if is_upper(told, 0.75) else told
        found.append(Found(told, Place(lines[name[0]][0], lines[name[-1]][1])))
    if len(found) > 1 and _ORGAN.match(bare(found[-1].value)):  # an organ of the office above is named with it
        joined = f"{found[-1].value} {found[-2].value}"
        found[-2:] = [Found(joined, Place(found[-2].place.start, found[-1].place.end))]
    above, issuer = (found[-2] if len(found) > 1 else None), (found[-1] if found else None)
    # A head printed twice, or a council's name without its place above the whole of it: the same office, under nobody.
    same = above and issuer and (name_key(issuer.value) == name_key(above.value) or _NEEDS_A_PLACE.fullmatch(bare(above.value)))
    return (None if same else above), issuer
