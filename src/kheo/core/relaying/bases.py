"""On what a letter that passes a directive down rests: the papers of the way by which it came, and what the first of them rests on.

NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6: each basis with its kind, number, day, issuer and what it is about; gaps are left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kheo.core.directives.citation import Citation
from kheo.core.directives.found import Found
from kheo.core.directives.reading import Directive
from kheo.core.text import CAPITALS

_FAR = 600  # letters after a number in which its issuer and subject stand
_PARAGRAPH_ENDS = re.compile(r"\n\s*\n")
_REST = re.compile(r"^(?:,? ?ngày .{4,40}?|,? ?năm \d{4})? ?của (?P<issuer>.{3,150}?)(?: (?P<about>(?:về|hướng dẫn) .+))?$")
# Who writes begins a part of its own: `…, Ban Thường vụ Liên đoàn Lao động Thành phố đề nghị …`.
_WHO_WRITES = re.compile(
    rf", (?=[{CAPITALS}][^;]{{3,200}}?\b(?:đề nghị|yêu cầu|hướng dẫn|ban hành|xây dựng|triển khai|thông báo|tổ chức)\b)"
)


@dataclass(frozen=True)
class Basis:
    """A paper as it is cited. Empty or None: nobody has said it."""

    kind: str
    number: str
    issued_on: date | None = None
    issuer: str = ""
    subject: str = ""


def cited_bases(directive: Directive) -> Iterator[Basis]:
    """What a paper itself names as its bases, in its order."""
    for found in directive.citations:
        if found.value.role == "basis":
            yield _basis(directive, found)


def _basis(directive: Directive, found: Found[Citation]) -> Basis:
    said = found.value
    chunk = _PARAGRAPH_ENDS.split(directive.paper.clean[found.place.end : found.place.end + _FAR])[0]
    rest = _WHO_WRITES.split(" ".join(chunk.split()).partition(";")[0])[0].rstrip(" .,")
    match = _REST.match(rest)
    kind = " ".join(each for each in (said.kind, said.name) if each)
    issuer, about = (match["issuer"], match["about"] or "") if match else ("", "")
    return Basis(kind, said.number or "", said.date.date if said.date else None, issuer.rstrip(" ,"), about.removeprefix("về "))


def bases_of_way(cited: Iterable[Basis], way: Iterable[Basis]) -> tuple[Basis, ...]:
    """`cited`: what the first paper of the way rests on; `way`: its papers from the first down. Each once, as fully as it is said."""
    found: dict[str, Basis] = {}
    for each in (*cited, *way):
        key = "".join(each.number.split()).upper() or f"{each.kind} {each.subject}"
        known = found.get(key)
        if known is None or (each.issuer and not known.issuer):
            found[key] = each
    return tuple(found.values())
