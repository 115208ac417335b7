"""The foot: who gets a copy (`Nơi nhận`), and who signs, in what capacity. Two columns, in any of the ways a text may hold them.

NĐ 30/2020 phụ lục I mục II.7 and II.9: list in small letters with `-` and `;`, capacity and post in capitals, the name below.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import Paper, bare
from kheo.core.directives.people import (
    NAME,
    after_mark_of_signing,
    first_column,
    is_capacity,
    is_mark_of_signing,
    is_name,
    is_post,
    is_upper,
    person,
    person_at_end,
    person_in_capitals,
)

_SENT = re.compile(r"^\W*noi\s+nhan\s*[:;.]?\s*")
_ITEM = re.compile(r"^\s*[-–+•]\s*")
# Words in capitals that end a line of the list and begin the other column: after the end of an item, or after `Nơi nhận:`.
_CAPITALS = re.compile(
    r"(?:(?<=[;.,:])\s+|^)((?:TM|KT|TL|TUQ|TUN|Q|T/M|K/T|T/L|T/UQ)?\.?\s?[A-ZÀ-ỸĐ]{2,}(?:[\s,.\-–&]+[A-ZÀ-ỸĐ]{2,})*\.?)\s*$"
)
# `Lưu: VT, TH.` ends in capitals of its own; there only a capacity in which somebody signs is of the other column.
_CAPACITY_AT_END = re.compile(
    r"(?<=[;.,:)])\s+((?:TM|KT|TL|TUQ|TUN|Q|T/M|K/T|T/L|T/UQ)\.?\s?[A-ZÀ-ỸĐ]{2,}(?:[\s,.\-–&]+[A-ZÀ-ỸĐ]{2,})+\.?)\s*$"
)
_SIGNED_AT_END = re.compile(r"(?<=[;.,])\s+(\((?:[Đđ]ã ký|[Kk]ý|ĐÃ KÝ)[^)]*\))\s*$")
_HALF = re.compile(r"^(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+)(?:\s+[A-ZÀ-ỸĐ][a-zà-ỹđ]+){0,2}$")
_HALF_NAME = re.compile(r"\b(?:thi|van)$")  # `Nguyễn Thị` / `Phương Thảo`
# `Lưu: VT, NV Nguyễn Thị Kim Chi`: after the code of who drafted it nothing but the signer's name can follow without a stop.
_AFTER_A_CODE = re.compile(rf"^.*\b[A-ZĐ][A-ZĐ\d]{{0,6}}\s+({NAME})$")
# The one office whose name has a dash that a line may begin with.
_WAR_INVALIDS = re.compile(r"^\W*thuong\s+binh")
_ARCHIVE = re.compile(r"^\W*luu\b")
_ON_ONE_LINE = re.compile(r"(?<=[;:,])(?=\s?[-–]\s?[A-ZÀ-ỸĐ])")
_SEEN = re.compile(r"^\W*\d{1,3}\W*$")


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


def read_foot(paper: Paper, start: int, end: int) -> Foot:
    """What the text between two places says as a foot."""
    copies: list[list[tuple[int, int]]] = []
    titles: list[_Piece] = []
    names: list[_Piece] = []
    listing = False
    for piece in _names_joined(_pieces(paper, start, end)):
        sent = _SENT.match(bare(piece.text))
        if sent:
            listing = True
            piece = _Piece(piece.start + sent.end(), piece.end, piece.text[sent.end() :])
            if not piece.text.strip():
                continue
        kind = "copy" if piece.left and _is_open(copies, paper) and not _ends_a_list(piece.text) else _kind(piece, listing)
        if kind == "title" and not names:
            titles.append(piece)
        elif kind == "name":
            names.append(piece)
        elif kind == "copy" and listing and not _is_done(copies, paper, piece):
            _add(copies, paper, piece)
    if not names and len(titles) > 1 and person_in_capitals(titles[-1].text):
        names.append(titles.pop())
    return Foot([_copy(paper, each) for each in copies], _title(paper, titles), _signer(names))


def _ends_a_list(text: str) -> bool:
    return is_capacity(text) or is_post(text) or person(text) is not None or is_mark_of_signing(text)


def _is_open(copies: list[list[tuple[int, int]]], paper: Paper) -> bool:
    """Whether the last entry of the list broke off: after `Lưu:` or a comma the next line belongs to it."""
    if not copies:
        return False
    said = paper.clean[copies[-1][-1][0] : copies[-1][-1][1]].rstrip()
    dashes = bool(_ITEM.match(paper.clean[copies[-1][0][0] : copies[-1][0][1]]))
    return said.endswith((":", "Lưu")) or (dashes and said[-1:] not in ";.,") or _ends_with_comma_in_a_list_of_semicolons(copies, paper)


def _ends_with_comma_in_a_list_of_semicolons(copies: list[list[tuple[int, int]]], paper: Paper) -> bool:
    ends = [paper.clean[each[-1][0] : each[-1][1]].rstrip()[-1:] for each in copies]
    return ends[-1] == "," and ends.count(";") >= ends.count(",") - 1 and (len(ends) == 1 or ";" in ends)


def _kind(piece: _Piece, listing: bool) -> str:
    text = piece.text.strip()
    if not text or is_mark_of_signing(text) or _SEEN.match(text):
        return ""
    if _ITEM.match(text) and not is_capacity(text):
        return "copy"
    if person(text) and not text.endswith(";"):
        return "name"
    if not text.endswith(";") and (is_capacity(text) or is_post(text) or is_upper(text)):
        return "title"
    return "copy"


def _pieces(paper: Paper, start: int, end: int) -> list[_Piece]:
    """Line by line; a line cut at its gap, or before what can only be of the other column."""
    found: list[_Piece] = []
    at = start
    for given in paper.clean[start:end].split("\n"):
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
        if last and _are_one_name(last.text, piece.text):
            joined[-1] = _Piece(last.start, piece.end, f"{last.text} {piece.text}", last.left)
        else:
            joined.append(piece)
    return joined


def _are_one_name(first: str, second: str) -> bool:
    """A surname alone goes on in the next line; a single word after a name ends it."""
    if not (_HALF.match(first) and _HALF.match(second) and is_name(f"{first} {second}")):
        return False
    return " " not in first or " " not in second or bool(_HALF_NAME.search(bare(first)))


def _cut(at: int, line: str) -> list[_Piece]:
    indent = len(line) - len(line.lstrip())
    parts = [(match.start(), match.end()) for match in re.finditer(r"\S+(?:\s\S+)*", line)]
    if not parts:
        return []
    for (_, left), (right, _) in pairwise(parts):
        if _is_other_column(line[right:]):
            return [
                _Piece(at + parts[0][0], at + left, line[parts[0][0] : left]),
                _Piece(at + right, at + parts[-1][1], line[right : parts[-1][1]], False),
            ]
    begin, stop = parts[0][0], parts[-1][1]
    text = line[begin:stop]
    if person(text):
        return [_Piece(at + begin, at + stop, text, indent < 20)]
    for rule in (_CAPACITY_AT_END, _CAPITALS, _SIGNED_AT_END):
        match = rule.search(text)
        if (
            match
            and match.start(1) > 0
            and (is_upper(match[1]) or rule is _SIGNED_AT_END)
            and (rule is _CAPACITY_AT_END or not _ARCHIVE.match(bare(_ITEM.sub("", text))))
        ):
            return [
                _Piece(at + begin, at + begin + match.start(1), text[: match.start(1)]),
                _Piece(at + begin + match.start(1), at + stop, match[1], False),
            ]
    coded = _AFTER_A_CODE.match(text) if _ARCHIVE.match(bare(_ITEM.sub("", text))) else None
    if coded and person(coded[1]) and len(coded[1].split()) > 2:
        return [
            _Piece(at + begin, at + begin + coded.start(1), text[: coded.start(1)]),
            _Piece(at + begin + coded.start(1), at + stop, coded[1], False),
        ]
    named = person_at_end(text)
    if named and named[0] > 0 and text[: named[0]].rstrip()[-1:] in ";.":
        return [_Piece(at + begin, at + begin + named[0], text[: named[0]]), _Piece(at + begin + named[0], at + stop, named[1], False)]
    return [_Piece(at + begin, at + stop, text, indent < 20)]


def _is_other_column(text: str) -> bool:
    said = text.strip()
    return bool(person(said)) or is_upper(said) or is_mark_of_signing(said)


def _is_done(copies: list[list[tuple[int, int]]], paper: Paper, piece: _Piece) -> bool:
    """`Lưu: VT …` is the last; what follows without a dash after its end is of something else."""
    if not copies:
        return False
    last = paper.clean[copies[-1][0][0] : copies[-1][-1][1]].strip()
    return bool(_ARCHIVE.match(bare(_ITEM.sub("", last)))) and not _ITEM.match(piece.text) and (last.endswith(".") or len(last) > 10)


def _add(copies: list[list[tuple[int, int]]], paper: Paper, piece: _Piece) -> None:
    before = paper.clean[copies[-1][0][0] : copies[-1][-1][1]].strip() if copies else ""
    dashes = bool(copies) and any(_ITEM.match(paper.clean[each[0][0] : each[0][1]]) for each in copies)
    begins = (
        (bool(_ITEM.match(piece.text)) and not (_WAR_INVALIDS.match(bare(piece.text)) and not before.endswith(";")))
        or not copies
        or (not dashes and before.endswith((";", ".", ",")))
    )
    if begins:
        copies.append([])
    copies[-1].append((piece.start, piece.end))


def _copy(paper: Paper, parts: list[tuple[int, int]]) -> Found[str]:
    told = " ".join(paper.told(*part) for part in parts)
    return Found(_ITEM.sub("", told).strip().rstrip(";.,").strip(), Place(parts[0][0], parts[-1][1]))


def _title(paper: Paper, titles: list[_Piece]) -> Found[str] | None:
    if not titles:
        return None
    lines: list[str] = []
    for each in titles:
        line = paper.told(each.start, each.end).strip(" :;")
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
