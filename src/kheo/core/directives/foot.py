"""The foot: who gets a copy (`Nơi nhận`), and who signs, in what capacity. Two columns, in any of the ways a text may hold them.

NĐ 30/2020 phụ lục I mục II.7 and II.9: list in small letters with `-` and `;`, capacity and post in capitals, the name below.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from kheo.core.directives.body import Body
from kheo.core.directives.casing import is_syllable
from kheo.core.directives.found import Found, Place
from kheo.core.directives.marks import ABOUT
from kheo.core.directives.once import asked_once
from kheo.core.directives.paper import Paper, bare
from kheo.core.directives.people import (
    CAPACITIES,
    NAME,
    after_mark_of_signing,
    first_column,
    is_capacity,
    is_mark_of_signing,
    is_name,
    is_post,
    is_small_post,
    is_upper,
    person,
    person_at_end,
    person_in_capitals,
)
from kheo.core.text import CAPITALS

_SENT = re.compile(r"^\W*noi\s+nhan\s*[:;.]?\s*")
_SENT_FIRST, _SENT_SECOND = re.compile(r"^\W*noi\W*$"), re.compile(r"^nhan\b")  # a line may break between them
_ITEM = re.compile(r"^\s*[-–+•]\s*")
# Words in capitals that end a line of the list and begin the other column: after the end of an item, or after `Nơi nhận:`.
_CAPITALS = re.compile(rf"(?:(?<=[;.,:])\s+|^)((?:{CAPACITIES})?\.?\s?[{CAPITALS}]{{2,}}(?:[\s,.\-–&]+[{CAPITALS}]{{2,}})*\.?)\s*$")
# `Lưu: VT, TH.` ends in capitals of its own; there only a capacity in which somebody signs is of the other column.
_CAPACITY_AT_END = re.compile(rf"(?<=[;.,:)])\s+((?:{CAPACITIES})\.?\s?[{CAPITALS}]{{2,}}(?:[\s,.\-–&]+[{CAPITALS}]{{2,}})+\.?)\s*$")
_SIGNED_AT_END = re.compile(r"(?<=[;.,])\s+(\((?:[ĐđDd][ãaÃA]\s+)?[Kk][ýyÝY][^)]*\))\s*$")
_HALF = re.compile(rf"^(?:[{CAPITALS}][a-zà-ỹđ]+)(?:\s+[{CAPITALS}][a-zà-ỹđ]+){{0,2}}$")
# A surname after the end of an entry, whose name goes on in the next line: `- Lưu: VT. Nguyễn` / `Quốc Việt`.
_SURNAME_AT_END = re.compile(rf"(?<=[;.,)])\s+([{CAPITALS}][a-zà-ỹđ]+)$")
_OFFICE_BROKE = re.compile(r"^(?:Bộ|Sở|Cục|Ủy|Uỷ|Tỉnh|Viện)\s\w+$")  # `Bộ Giáo` / `dục và Đào tạo` is no name
_HALF_NAME = re.compile(r"\b(?:thi|van)$")  # `Nguyễn Thị` / `Phương Thảo`
# `Lưu: VT, NV Nguyễn Thị Kim Chi`: after the code of who drafted it nothing but the signer's name can follow without a stop.
_AFTER_A_CODE = re.compile(rf"^.*\b[A-ZĐ][A-ZĐ\d]{{0,6}}\s+({NAME})$")
# The one office whose name has a dash that a line may begin with.
_WAR_INVALIDS = re.compile(r"^\W*thuong\s+binh")
_ARCHIVE = re.compile(r"^\W*luu\b")
_ARCHIVED = re.compile(r"^[^\S\n]*[-–+•]?[^\S\n]*[Ll]ưu\s*:", re.MULTILINE)
_ON_ONE_LINE = re.compile(rf"(?<=[;:,])(?=\s?[-–]\s?[{CAPITALS}])")
# A line of the list that broke before its last words (`QHLĐ.`, `VT, KHTC.`); no line of a post ends so, but `TM.` that broke after it.
_END_OF_COPIES = re.compile(rf"^(?!(?:{CAPACITIES})\.$).*[.,]$", re.DOTALL)
# `PHÓ CHỦ TỊCHNguyễn Thị Lan`: a converter left out the lines between the post and the name.
_POST_AND_NAME = re.compile(rf"^(\W*[{CAPITALS}][{CAPITALS}.,\s]*[{CAPITALS}])({NAME})$")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_SEEN = re.compile(r"^\W*\d{1,3}\W*$")
_ABOUT = re.compile(rf"^[^\S\n]*(?=V)(?i:{ABOUT})\b\s*:?\s*(?=\S)", re.MULTILINE)
_LONG_ENOUGH = 10  # letters of `Lưu: VT, TH` that is whole without a stop
_LONGEST_COLUMN = 300  # letters: a post, a mark of signing and a name beside each other
_LINE = 200  # letters
_WHOLE_NAME = 3  # words
_MOST_LINES = 2000  # of a foot: what goes on longer (papers after each other in one text) is none


@dataclass(frozen=True)
class Foot:
    """`title`: one line for each printed line. `copies`: the list of `Nơi nhận`."""

    copies: list[Found[str]]
    title: Found[str] | None
    signer: Found[str] | None


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    text: str
    left: bool = True  # in the column of the list, as far as the text can tell


@dataclass
class _Entry:
    """One of the list so far: `[start, end)`, of which the last line begins at `last`."""

    start: int
    end: int
    last: int
    dashed: bool


class _Copies:
    """The list as far as it was read. A foot may be long, so nothing looks back over all of it."""

    def __init__(self, paper: Paper) -> None:
        self.clean, self.entries, self.lines = paper.clean, list[_Entry](), list[list[tuple[int, int]]]()
        self.any_dashed = False
        self.ends: Counter[str] = Counter()  # what the entries before the last one end with

    def add(self, piece: _Piece) -> None:
        """A further line: of a new entry, or of the last one."""
        begins = (
            (bool(_ITEM.match(piece.text)) and not (_WAR_INVALIDS.match(bare(piece.text)) and self._ends_with() != ";"))
            or not self.entries
            or (not self.any_dashed and self._ends_with() in (";", ".", ","))
        )
        if begins:
            self._begin(piece)
        self.entries[-1].end, self.entries[-1].last = piece.end, piece.start
        self.lines[-1].append((piece.start, piece.end))

    def _begin(self, piece: _Piece) -> None:
        if self.entries:
            self.ends[self._ends_with()] += 1
        said = self.clean[piece.start : piece.end]
        dashed = bool(_ITEM.match(said))
        self.any_dashed |= dashed
        self.entries.append(_Entry(piece.start, piece.end, piece.start, dashed))
        self.lines.append([])

    def _ends_with(self) -> str:
        """The last letter or sign of the last entry."""
        return self._last_line().strip()[-1:] if self.entries else ""

    def _last_line(self) -> str:
        return self.clean[self.entries[-1].last : self.entries[-1].end].rstrip()

    def is_open(self) -> bool:
        """Whether the last entry broke off: after `Lưu:` or a comma the next line belongs to it."""
        if not self.entries:
            return False
        said = self._last_line()
        return said.endswith((":", "Lưu")) or (self.entries[-1].dashed and said[-1:] not in ";.,") or self._goes_on_after_a_comma()

    def _goes_on_after_a_comma(self) -> bool:
        """The last entry ends with a comma, in a list of semicolons."""
        semicolons, commas = self.ends[";"], self.ends[","] + 1
        return self._ends_with() == "," and semicolons >= commas - 1 and (len(self.entries) == 1 or semicolons > 0)

    def is_done(self, piece: _Piece) -> bool:
        """`Lưu: VT …` is the last; what follows without a dash after its end is of something else."""
        if not self.entries or _ITEM.match(piece.text):
            return False
        start = self.entries[-1].start
        last = self.clean[start : min(self.entries[-1].end, start + _LINE)].strip()
        return bool(_ARCHIVE.match(bare(_ITEM.sub("", last)))) and (self._ends_with() == "." or len(last) > _LONG_ENOUGH)

    def is_parted_from(self, piece: _Piece) -> bool:
        """Whether an empty line and then words in capitals follow the last entry: those of the post."""
        return bool(self.entries) and is_upper(piece.text) and bool(_EMPTY_LINE.search(self.clean, self.entries[-1].end, piece.start))

    def found(self, paper: Paper) -> list[Found[str]]:
        """The entries as they are told."""
        return [_copy(paper, each) for each in self.lines]


def read_foot(paper: Paper, start: int, end: int) -> Foot:
    """What the text between two places says as a foot."""
    copies = _Copies(paper)
    titles: list[_Piece] = []
    small: list[_Piece] = []
    names: list[_Piece] = []
    listing, kind = False, ""
    for piece in _names_joined(_pieces(paper, start, end)):
        sent = _SENT.match(bare(piece.text))
        if sent:
            listing = True
            piece = _Piece(piece.start + sent.end(), piece.end, piece.text[sent.end() :])
            if not piece.text.strip():
                continue
        is_post = _is_of_a_post(piece.text, is_after_one=kind == "title") or copies.is_parted_from(piece)
        kind = "copy" if piece.left and copies.is_open() and not is_post and not _ends_a_list(piece.text) else _kind(piece.text)
        if not names and is_small_post(piece.text):
            small, kind = [*small, piece], "" if kind == "name" else kind  # `Phó Giám đốc` reads like a name, as `Phó` is a surname
        if kind == "title" and not names:
            titles.append(piece)
        elif kind == "name":
            names.append(piece)
        elif kind == "copy" and listing and not copies.is_done(piece):
            copies.add(piece)
    if not names and len(titles) > 1 and person_in_capitals(titles[-1].text):
        names.append(titles.pop())
    return Foot(copies.found(paper), _title(paper, titles or (small if names else [])), _signer(names))


def subject_among(paper: Paper, body: Body, end: int) -> Found[str] | None:
    """`V/v …` below the signature: a box of the head that a converter writes after the text (it stands under the number in print).

    A line of the body that begins so tells what another letter is about; the list of copies is of no body, though its heading was lost.
    """
    archived = _ARCHIVED.search(paper.clean, body.start, body.end)
    said = _ABOUT.search(paper.clean, archived.end() if archived else body.end, end)
    if said is None:
        return None
    stop = said.end()
    for piece in _pieces(paper, said.end(), end):
        if _ends_a_list(piece.text) or is_upper(piece.text) or _ITEM.match(piece.text):
            break
        stop = piece.end
    told = paper.told(said.end(), stop)
    return Found(told, Place(said.start(), stop), 0.6) if told else None


@asked_once
def _ends_a_list(text: str) -> bool:
    return is_capacity(text) or is_post(text) or person(text) is not None or is_mark_of_signing(text)


def _is_of_a_post(text: str, *, is_after_one: bool) -> bool:
    """Words in capitals, no abbreviations: they are of a post, the rest of which a line's end broke off (`PHÓ CHỦ` / `TỊCH`)."""
    words = text.split()
    return is_upper(text, 1.0) and len(words) > (0 if is_after_one else 1) and all(is_syllable(bare(word)) for word in words)


@asked_once
def _kind(text: str) -> str:
    text = text.strip()
    if not text or is_mark_of_signing(text) or _SEEN.match(text):
        return ""
    if _ITEM.match(text) and not is_capacity(text):
        return "copy"
    if person(text) and not text.endswith(";") and not _OFFICE_BROKE.match(text):
        return "name"
    if not text.endswith(";") and (is_capacity(text) or is_post(text) or (is_upper(text) and not _END_OF_COPIES.match(text))):
        return "title"
    return "copy"


def _pieces(paper: Paper, start: int, end: int) -> list[_Piece]:
    """Line by line; a line cut at its gap, or before what can only be of the other column."""
    found: list[_Piece] = []
    at = start
    for given in paper.clean[start:end].split("\n", _MOST_LINES)[:_MOST_LINES]:
        begin, line = at, given[: len(given) - len(given.lstrip())] + first_column(given.strip())
        for part in _ON_ONE_LINE.split(line):  # `Nơi nhận:- Như trên;- Lưu: VT.`
            found += _cut(begin, part)
            begin += len(part)
        at += len(given) + 1
    return [_without_mark(piece) for piece in found]


def _without_mark(piece: _Piece) -> _Piece:
    after = after_mark_of_signing(piece.text)
    return _Piece(piece.start + after, piece.end, piece.text[after:], piece.left) if after else piece


def _names_joined(pieces: list[_Piece]) -> list[_Piece]:
    """A name that a line's end broke in two is one piece again."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        surname = _SURNAME_AT_END.search(last.text) if last and _HALF.match(piece.text) else None
        if last and surname and len(f"{surname[1]} {piece.text}".split()) >= _WHOLE_NAME and is_name(f"{surname[1]} {piece.text}"):
            at = last.start + surname.start(1)
            joined[-1] = _Piece(last.start, at, last.text[: surname.start(1)], last.left)
            joined.append(_Piece(at, piece.end, f"{surname[1]} {piece.text}", False))
        elif last and _are_one(last.text, piece.text):
            joined[-1] = _Piece(last.start, piece.end, f"{last.text} {piece.text}", last.left)
        else:
            joined.append(piece)
    return joined


def _are_one(first: str, second: str) -> bool:
    """A surname alone goes on in the next line; a single word after a name ends it. `Nơi` / `nhận:` is one heading."""
    if _SENT_FIRST.match(bare(first)) and _SENT_SECOND.match(bare(second)):
        return True
    if not (_HALF.match(first) and _HALF.match(second) and is_name(f"{first} {second}")):
        return False
    return " " not in first or " " not in second or bool(_HALF_NAME.search(bare(first)))


def _cut(at: int, line: str) -> list[_Piece]:
    """The pieces of a line that begins at a place."""
    return [_Piece(at + each.start, at + each.end, each.text, each.left) for each in _parts(line)]


@asked_once
def _parts(line: str) -> tuple[_Piece, ...]:
    """The same by their places in the line."""
    indent = len(line) - len(line.lstrip())
    parts = _columns(line)
    if not parts:
        return ()
    for (_, left), (right, _) in pairwise(parts):
        if len(line) - right <= _LONGEST_COLUMN and _is_other_column(line[right:]):
            return (
                _Piece(parts[0][0], left, line[parts[0][0] : left]),
                _Piece(right, parts[-1][1], line[right : parts[-1][1]], False),
            )
    begin, stop = parts[0][0], parts[-1][1]
    text = line[begin:stop]
    if person(text):
        return (_Piece(begin, stop, text, indent < 20),)
    glued = _POST_AND_NAME.match(text)
    if glued and person(glued[2]) and (is_post(glued[1]) or is_capacity(glued[1])):
        cut = begin + glued.start(2)
        return (_Piece(begin, cut, glued[1], False), _Piece(cut, stop, glued[2], False))
    for rule in (_CAPACITY_AT_END, _CAPITALS, _SIGNED_AT_END):
        match = rule.search(text)
        if (
            match
            and match.start(1) > 0
            and (is_upper(match[1]) or rule is _SIGNED_AT_END)
            and (rule is not _CAPITALS or is_capacity(match[1]) or is_syllable(bare(match[1].split()[0])))
            and (rule is _CAPACITY_AT_END or not _ARCHIVE.match(bare(_ITEM.sub("", text))))
        ):
            return (
                _Piece(begin, begin + match.start(1), text[: match.start(1)]),
                _Piece(begin + match.start(1), stop, match[1], False),
            )
    coded = _AFTER_A_CODE.match(text) if _ARCHIVE.match(bare(_ITEM.sub("", text))) else None
    if coded and person(coded[1]) and len(coded[1].split()) > 2:
        return (
            _Piece(begin, begin + coded.start(1), text[: coded.start(1)]),
            _Piece(begin + coded.start(1), stop, coded[1], False),
        )
    named = person_at_end(text)
    if named and named[0] > 0 and _ends_an_entry(text[: named[0]].rstrip(), named[1]):
        return (_Piece(begin, begin + named[0], text[: named[0]]), _Piece(begin + named[0], stop, named[1], False))
    return (_Piece(begin, stop, text, indent < 20),)


def _columns(line: str) -> list[tuple[int, int]]:
    """The parts of a line between its gaps. Two blanks after a dash, or between two words in capitals, are no gap: typed twice."""
    parts: list[tuple[int, int]] = []
    for match in re.finditer(r"\S+(?:\s\S+)*", line):
        before = line[parts[-1][0] : parts[-1][1]] if parts else ""
        if (
            before
            and match.start() - parts[-1][1] == 2
            and (_ITEM.fullmatch(before) or (is_upper(before.split()[-1]) and is_upper(match[0])))
        ):
            parts[-1] = (parts[-1][0], match.end())
        else:
            parts.append((match.start(), match.end()))
    return parts


def _ends_an_entry(before: str, name: str) -> bool:
    """Whether a name after it is the signer's: the Party closes entries with commas, after which only a whole name counts."""
    if before.lower().endswith("tp."):  # `UBND TP. Hồ Chí` / `Minh`
        return False
    return before[-1:] in (";", ".") or (before[-1:] == "," and len(name.split()) >= _WHOLE_NAME)


@asked_once
def _is_other_column(text: str) -> bool:
    said = text.strip()
    return bool(person(said)) or is_upper(said) or is_mark_of_signing(said)


def _copy(paper: Paper, parts: list[tuple[int, int]]) -> Found[str]:
    told = " ".join(paper.told(*part) for part in parts)
    return Found(_ITEM.sub("", told).strip().rstrip(";.,").strip(), Place(parts[0][0], parts[-1][1]))


def _title(paper: Paper, titles: list[_Piece]) -> Found[str] | None:
    if not titles:
        return None
    lines: list[str] = []
    for each in titles:
        line = paper.told(each.start, each.end).strip(" :;")
        if line.isalpha() and not is_syllable(bare(line)):  # `UBND` of a list that broke: no post ends with letters
            continue
        # One word in capitals alone is the end of the line above that broke: no post is one word.
        if lines and " " not in line:
            lines[-1] += " " + line
        else:
            lines.append(line)
    return Found("\n".join(lines), Place(titles[0].start, titles[-1].end))


def _signer(names: list[_Piece]) -> Found[str] | None:
    if not names:
        return None
    last = names[0]
    return Found(person(last.text) or person_in_capitals(last.text) or last.text.strip(), Place(last.start, last.end))
