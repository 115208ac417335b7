"""When two papers are one: number, notation and issuer, however they are spelled (NĐ 30/2020: no paper is registered twice)."""

import re
from dataclasses import dataclass
from datetime import date

from kheo.core.days import format_day
from kheo.core.matching import is_same, written_out
from kheo.core.paper_books.facts import LONGEST, PaperFacts
from kheo.core.text import fold, words

_SIGNS = re.compile(r"[^a-z0-9]+")
LONGEST_KEY = 120
LONGEST_REFERENCE = LONGEST["full_number"] + len(" (15/03/2023)")


def number_key(paper: PaperFacts) -> str:
    """`05/BNV-VP`, `5 / BNV – VP` and `05-BNV/VP` give `5 bnv vp`; of a paper without number the words of its subject."""
    parts = _SIGNS.sub(" ", fold(paper.full_number)).split()
    key = " ".join(part.lstrip("0") or "0" for part in parts)
    return (key or f"= {' '.join(words(paper.subject))}")[:LONGEST_KEY]


def reference(full_number: str, issued_on: date | None) -> str:
    """`199/LĐLĐ-TG (15/03/2023)`: how a plan names the paper that it carries out. Numbers repeat; with the day they hardly do."""
    return f"{full_number} ({format_day(issued_on)})" if issued_on else full_number


def is_same_issuer(one: str, other: str) -> bool:
    """`UBND TP. Thủ Đức` and `Ủy ban nhân dân Thành phố Thủ Đức` are one; lost marks and other spellings as well."""
    return _bare(one) == _bare(other) or is_same(one, other)


def _bare(name: str) -> str:
    return "".join(words(written_out(name)))


@dataclass(frozen=True)
class Likeness:
    """How sure it is that two papers with one number are the same: issuer and day agree, or only one of them does."""

    issuer: bool
    day: bool

    @property
    def words(self) -> str:
        """What is told to whoever is about to write it once more."""
        if self.issuer:
            return "cùng số, ký hiệu và cơ quan ban hành" + (", cùng ngày" if self.day else "")
        return "cùng số, ký hiệu và ngày; tên cơ quan ghi khác"


def likeness(issuer: str, issued_on: date | None, paper: PaperFacts) -> Likeness | None:
    """Of a paper with the same `number_key`; None where it is another one: numbers begin anew each year, and every body has its own."""
    same_issuer = is_same_issuer(issuer, paper.issuer)
    known = issued_on is not None and paper.issued_on is not None
    same_day = known and issued_on == paper.issued_on
    if same_issuer and known and issued_on is not None and paper.issued_on is not None and issued_on.year != paper.issued_on.year:
        return None
    return Likeness(same_issuer, same_day) if same_issuer or same_day else None
