"""How sure a reading is: each item begins as sure as the form that it was read in, and each sign of a slip takes away from that.

The forms are those of NĐ 30/2020 phụ lục I (`Hà Nội, ngày 02 tháng 3 năm 2024`, `KT. CHỦ TỊCH` above `PHÓ CHỦ TỊCH`); signs of a slip are
what a scan or a broken line leaves behind. The factors are coarse on purpose: they order items, `bench.directive_sureness` shows how well.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from kheo.core.directives.bodies import begins_like_an_office
from kheo.core.directives.found import STATED, Found
from kheo.core.directives.kinds import WIRE
from kheo.core.directives.paper import Paper, bare, listed
from kheo.core.directives.people import is_capacity, is_post, is_upper
from kheo.core.directives.places import known_at_end

if TYPE_CHECKING:
    from kheo.core.directives.reading import Directive

_SLIP, _ODD, _LESS = 0.6, 0.75, 0.9  # what most likely went wrong; what is seldom right; what is a little less sure
_LEAST = 0.3
_OPEN_END = listed("và của các với về cho tại theo hoặc những một phó thuộc ngày đối do từ bằng được nhằm")
_NUMBERED = re.compile(r"^\d{1,5}[a-z]?$", re.IGNORECASE)
_SYMBOL = re.compile(r"^[^\W\d_][\w&.Đ]*(?:[-–/.][\w&.]+)*$")
_TWO_ENTRIES = re.compile(r";\s|\S\s*\n\s*-\s|(?<!TP)(?<!Tp)\.\s+[A-ZĐ]")
_GOES_ON = re.compile(r"[^\S\n]*\n?[^\S\n]*[a-zà-ỹđ]")
_WRITTEN_OUT = re.compile(r"\s*ngay\b")
_KIND_AT_END = re.compile(r"\b(?:cong dien|ke hoach|huong dan|giay moi|thong bao|quyet dinh|nghi quyet|chi thi|bao cao|to trinh)$")
_OFFICES = re.compile(r"\b(?:uy ban|(?:tinh|huyen|thanh|dang) uy|dang bo|doan|lien doan|hoi dong|so|ban thuong (?:vu|truc)|chu tich)\b")
_BROKEN_WORD = re.compile(
    r"^(?:lien doan|lien hiep|benh vien|thong bao|dang uy|cong doan|hoc vien|bao hiem|ngan hang|mat tran|vien|trung tam)"
)
_SEVERAL = re.compile(r"(?:cd|cdcs|tt|cac|nhung|moi|toan the|thu truong|lanh dao|dong chi|ong|ba|quy|don vi|nguoi|truong|giam doc)\b")
_LONG = 250  # letters of a name
_UNDER = re.compile(r"^\s*(?:kt|tl|tm|tuq|k/t|t/l|t/m)\b", re.IGNORECASE)

T = TypeVar("T")
Sign = Callable[[Paper, Found[Any], str], float]


def with_sureness(read: "Directive") -> "Directive":
    """The same directive, each item as sure as its form and the signs of a slip in it let it be."""
    paper = read.paper
    return replace(
        read,
        kind=_one(paper, read.kind, []),
        notation=_one(paper, read.notation, [_number_as_it_stands, _symbol_of_letters]),
        date=_one(paper, read.date, [_written_out, _with_a_place(read)]),
        place=_one(paper, read.place, [_known_place, _finished]),
        issuer=_one(paper, read.issuer, [_an_office, _no_title_of_a_paper, _one_office, _whole_beside(read.superior, read.issuer), *_TEXT]),
        superior=_one(paper, read.superior, [_an_office, _one_office, _whole_beside(read.superior, read.issuer), *_TEXT]),
        subject=_one(paper, read.subject, [_of_several_words, _not_going_on, *_TEXT]),
        signer=_one(paper, read.signer, [_of_three_words, _beside(read.signer_title)]),
        signer_title=_one(paper, read.signer_title, [_posts_only, _with_the_post_it_acts_for, _one_post, _beside(read.signer)]),
        addressees=_many(paper, read.addressees, [_not_going_on, _of_no_wire(read), _who_receives, *_ENTRY]),
        copies=_many(paper, read.copies, [_not_going_on, *_ENTRY]),
        citations=_many(paper, read.citations, [_of_a_kind_and_day, _numbered_with_letters]),
        contents=_many(paper, read.contents, [_closed]),
        figures=_many(paper, read.figures, []),
    )


def _one(paper: Paper, found: Found[T] | None, signs: Iterable[Sign]) -> Found[T] | None:
    return Found(found.value, found.place, _sure(paper, found, signs)) if found else None


def _many(paper: Paper, found: list[Found[T]], signs: list[Sign]) -> list[Found[T]]:
    return [Found(each.value, each.place, _sure(paper, each, signs)) for each in found]


def _sure(paper: Paper, found: Found[Any], signs: Iterable[Sign]) -> float:
    said, sure = str(found.value) if isinstance(found.value, str) else "", min(found.sure, STATED)
    for sign in signs:
        sure *= sign(paper, found, said)
    return round(max(sure, _LEAST), 2)


def _number_as_it_stands(paper: Paper, found: Found[Any], said: str) -> float:
    """Its figures stand in the paper as they are told: `1O2` was mended to `102`."""
    number = found.value.number
    if number is None:
        return _LESS
    return 1.0 if _NUMBERED.match(number) and number in paper.clean[found.place.start : found.place.end] else _SLIP


def _symbol_of_letters(paper: Paper, found: Found[Any], said: str) -> float:
    return 1.0 if _SYMBOL.match(found.value.symbol or "") else _SLIP


def _written_out(paper: Paper, found: Found[Any], said: str) -> float:
    """`ngày 02 tháng 3 năm 2024` (NĐ 30/2020 phụ lục I mục II.4); figures alone may be those of a stamp."""
    return 1.0 if _WRITTEN_OUT.match(paper.bare[found.place.start : found.place.end]) else _ODD


def _with_a_place(read: "Directive") -> Sign:
    return lambda paper, found, said: 1.0 if read.place else _ODD


def _known_place(paper: Paper, found: Found[Any], said: str) -> float:
    return 1.0 if known_at_end(bare(said)) else _LESS


def _an_office(paper: Paper, found: Found[Any], said: str) -> float:
    return 1.0 if begins_like_an_office(said) else _SLIP


def _no_title_of_a_paper(paper: Paper, found: Found[Any], said: str) -> float:
    """`Ủy ban nhân dân tỉnh … kế hoạch`: the title of the paper ran into the office's name, or its number did."""
    return _SLIP if _KIND_AT_END.search(bare(said)) or "/" in said else 1.0


def _one_office(paper: Paper, found: Found[Any], said: str) -> float:
    """Two offices in one name: most likely of two lines that ran together, though an organ is named with its body."""
    return _LESS if len(_OFFICES.findall(bare(said))) > 1 else 1.0


def _whole_beside(superior: Found[str] | None, issuer: Found[str] | None) -> Sign:
    """`Bộ Y tế bệnh` above `viện Hữu nghị`: a word broke between the two."""
    broke = bool(superior and issuer and _BROKEN_WORD.search(f"{bare(superior.value.split()[-1])} {bare(issuer.value.split()[0])}"))
    return lambda paper, found, said: _SLIP if broke else 1.0


def _of_no_wire(read: "Directive") -> Sign:
    """Whether those who get a wire are its addressees is a matter of taste."""
    return lambda paper, found, said: _LESS if read.kind and read.kind.value == WIRE else 1.0


def _who_receives(paper: Paper, found: Found[Any], said: str) -> float:
    """Papers are addressed to offices and people by their posts."""
    return 1.0 if begins_like_an_office(said) or _SEVERAL.match(bare(said)) else _ODD


def _one_post(paper: Paper, found: Found[Any], said: str) -> float:
    """A post and below it that of the deputy, with no `KT.` before: it was lost, or they are of two people."""
    lines = [bare(line) for line in said.split("\n")]
    return _SLIP if any(f"pho {line}" in lines for line in lines) else 1.0


def _finished(paper: Paper, found: Found[Any], said: str) -> float:
    """No name or title ends with `của` or `các`: the rest of it stands elsewhere."""
    words = said.split()
    return _SLIP if words and (words[-1].lower() in _OPEN_END or said[-1] in "-–,(“") else 1.0


def _closed(paper: Paper, found: Found[Any], said: str) -> float:
    return 1.0 if said.count("(") == said.count(")") and said.count("“") == said.count("”") else _SLIP


def _one_name(paper: Paper, found: Found[Any], said: str) -> float:
    """Not two entries in one, nor a whole paragraph."""
    return _SLIP if _TWO_ENTRIES.search(said) or len(said) > _LONG else 1.0


def _begun(paper: Paper, found: Found[Any], said: str) -> float:
    """An entry begins with a capital: small letters are the end of the one before."""
    return _SLIP if said[:1].islower() else 1.0


def _not_going_on(paper: Paper, found: Found[Any], said: str) -> float:
    """Small letters right after it, with no stop between, are the rest of it."""
    end = found.place.end
    if paper.clean[found.place.start : end].rstrip()[-1:] in tuple(".;,:"):
        return 1.0
    return _SLIP if _GOES_ON.match(paper.clean[end : end + _LONG]) else 1.0


def _ends_in_small_letters(paper: Paper, found: Found[Any], said: str) -> float:
    """Two words in capitals at the end of an entry in small letters are most likely of the post beside it."""
    words = said.split()
    tail = " ".join(words[-2:])
    return _ODD if len(words) > 3 and is_upper(tail, 1.0) and all(word.isalpha() and len(word) > 1 for word in words[-2:]) else 1.0


def _some_length(paper: Paper, found: Found[Any], said: str) -> float:
    return _ODD if len(said) < 4 else 1.0


def _of_several_words(paper: Paper, found: Found[Any], said: str) -> float:
    return _SLIP if len(said.split()) < 3 else 1.0


def _of_three_words(paper: Paper, found: Found[Any], said: str) -> float:
    """Most names have three words or more; two may be the rest of one that broke."""
    return 1.0 if len(said.split()) > 2 else _ODD


def _beside(other: Found[Any] | None) -> Sign:
    """A signer has a post and a post a signer (NĐ 30/2020 phụ lục I mục II.7)."""
    return lambda paper, found, said: 1.0 if other else _SLIP


def _posts_only(paper: Paper, found: Found[Any], said: str) -> float:
    lines = said.split("\n")
    return 1.0 if all(is_capacity(line) or is_post(line) for line in lines) else _LESS


def _with_the_post_it_acts_for(paper: Paper, found: Found[Any], said: str) -> float:
    """Who signs for another says for whom and then as what: `KT. CHỦ TỊCH` / `PHÓ CHỦ TỊCH`."""
    lines = said.split("\n")
    return _SLIP if _UNDER.match(bare(lines[-1])) else 1.0


def _of_a_kind_and_day(paper: Paper, found: Found[Any], said: str) -> float:
    cited = found.value
    return (1.0 if cited.kind else _ODD) * (1.0 if cited.date or cited.year else _LESS)


def _numbered_with_letters(paper: Paper, found: Found[Any], said: str) -> float:
    number = found.value.number
    return 1.0 if number is None or (number[:1].isdigit() and number[-1:].isalnum()) else _SLIP


_TEXT: list[Sign] = [_finished, _closed, _one_name]
_ENTRY: list[Sign] = [*_TEXT, _begun, _ends_in_small_letters, _some_length]
