"""Numbers and notations: `199/LĐLĐ-TG`, `72/2024/QĐ-UBND`, `131/2020/QH14`; of the Party `11-HD/BDVTU`, `1594-TB/TU`.

NĐ 30/2020 phụ lục I mục II.3: number, `/`, notation with `-` between groups, no spaces. HD 36-HD/VPTW: number, `-`, kind, `/`, body.
OCR and Word put spaces around the signs; a line may end after one.
"""

import re
from dataclasses import dataclass

_GROUP = r"[A-ZĐÂÊÔƠƯĂ][\w&]*(?:[.+](?:[A-ZĐ][\w&]*|(?<=BCĐ\.)\d{1,3}))*"
# A blank on one side of a sign is a slip; on both sides it may be a dash between words, so capitals must follow.
_JOINT = rf"(?:(?:[-–—/]\s{{0,2}}|\s{{1,2}}[-–—/]){_GROUP}|\s{{1,2}}[-–—]\s{{1,2}}[A-ZĐ]{{2}}[\w&]*)"
_SYMBOL = rf"{_GROUP}{_JOINT}*"
_YEAR = r"(?:19|20)\d{2}"
# Works on the text with its capitals. 1: number; 2: the sign after it; 3: year; 4: symbol.
# The sign may be a blank before a kind's code, as mass organisations wrote it: `148 HD/TWH`.
_CODES_APART = r"(?:HD|KH|CV|TB|QĐ|NQ|CT|BC|CTr|TTr|TT|QC|KL|ĐA|GM)\s?/\s?[A-ZĐ]"
_BLANK_BEFORE_A_CODE = rf"(?<=\d\s)(?={_CODES_APART})"
NOTATION = re.compile(
    rf"(?<![\w/])(\d{{1,6}}[a-z]?)(?:\s{{0,3}}(?=/|[-–—]\s?[A-ZĐ][\w]{{1,4}}\s?/)|\s?)([-–—/]|{_BLANK_BEFORE_A_CODE})\s?(?:({_YEAR})\s?[-–—/]\s?)?({_SYMBOL})"
)
# The digits with which one may begin.
NOTATION_BEGINS = re.compile(rf"\d(?<![\w/].)\d*+(?=[a-z]?(?:\s{{0,3}}[-–—/]|\s?[-–—]|\s{_CODES_APART}))")
# A head whose number is not filled in yet: `Số:        /KH-UBND`.
# `Số…KH/LĐ`: dots, and no sign before the code of a kind.
BLANK = re.compile(rf"^\s*[:.]?\s*[.…]*\s*([-–—/]|(?:(?<=[.…])|(?<=[.…]\s))(?={_CODES_APART}))\s?({_SYMBOL})")


@dataclass(frozen=True)
class Notation:
    """`number` is None where the paper leaves it blank. `party`: written as the Party does, with a hyphen after the number; `apart`: with
    a blank there.
    """

    number: str | None
    symbol: str
    year: str | None = None
    party: bool = False
    apart: bool = False

    @property
    def full(self) -> str | None:
        """`199/LĐLĐ-TG`; None where the number is blank."""
        if self.number is None:
            return None
        year = f"{self.year}/" if self.year else ""
        sign = " " if self.apart else "-" if self.party else "/"
        return f"{self.number}{sign}{year}{self.symbol}"


def blank_notation(match: re.Match[str]) -> Notation:
    """Of a match of BLANK."""
    return Notation(None, _tight(match[2]), party=match[1] not in ("/", ""), apart=match[1] == "")


def _tight(symbol: str) -> str:
    return re.sub(r"\s*[-–—]\s*", "-", re.sub(r"\s*/\s*", "/", symbol)).rstrip(".-/")


def notation(match: re.Match[str]) -> Notation | None:
    """Of a match of NOTATION; None where it is a fraction, a range or a word."""
    symbol = _tight(match[4])
    if not re.search(r"[A-ZĐ]{2}|[A-ZĐ]\w*[-/]|\d", symbol) and not match[3]:
        return None
    return Notation(match[1], symbol, match[3], match[2] not in ("/", ""), match[2] == "")
