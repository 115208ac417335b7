"""Patterns of personal data in what people write: a warning before it is sent, never an error and never a record of its own.

A report tells of work, not of persons (Luật 91/2025/QH15; design.md, "What it will not do"). Shapes come from the field: identity
numbers of 12 digits begin with the code of a province, 001 to 096 (NĐ 137/2015/NĐ-CP Điều 13, TT 59/2021/TT-BCA); telephone numbers
begin with 0 or +84 (the national numbering plan, TT 22/2014/TT-BTTTT). Figures are grouped and never begin with 0, so amounts,
dates and the numbers of decrees are left alone; whatever a figure could look like needs a word before it that says what it is.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kheo.core.text import fold

Kind = Literal["identity", "phone", "email", "account", "insurance", "passport"]
KIND_NAMES: dict[Kind, str] = {
    "identity": "số căn cước hoặc chứng minh nhân dân",
    "phone": "số điện thoại",
    "email": "địa chỉ thư điện tử",
    "account": "số tài khoản",
    "insurance": "mã số bảo hiểm xã hội",
    "passport": "số hộ chiếu",
}
SHOWN = 3  # so many of the finds in one text are shown; all are counted
NEAR = 40  # so many characters before a number may say what it is

# Nothing of a longer number on either side: "1.0912345678" and "0912345678/QĐ" are other things.
_BEFORE = r"(?<![\d\w])(?<!\d[.,/\-])"
_AFTER = r"(?!\d)(?![.,/\-]\d)(?!/\w)"
_APART_BEFORE = r"(?<![\d\w])(?<!\d[ .,/\-])"
_APART_AFTER = r"(?!\d)(?![ .,/\-]\d)(?!/\w)"
_IDENTITY = re.compile(
    rf"{_BEFORE}0(?:0[1-9]|[1-8]\d|9[0-6])\d{{9}}{_AFTER}"
    rf"|{_APART_BEFORE}0(?:0[1-9]|[1-8]\d|9[0-6])(?:([ .\-])\d{{3}}\1\d{{3}}\1\d{{3}}|\d([ .\-])\d{{4}}\2\d{{4}}){_APART_AFTER}"
)
_MOBILE, _LANDLINE = r"[35789]", r"2\d{1,2}"
_PHONE = re.compile(
    rf"{_BEFORE}0(?:{_MOBILE}\d{{8}}|2\d{{9}}){_AFTER}"
    rf"|{_APART_BEFORE}0{_MOBILE}(?:\d{{1,2}})(?:[ .\-]\d{{2,4}}){{2,3}}{_APART_AFTER}"
    rf"|(?<![\d\w])\(?0{_LANDLINE}\)?(?:[ .\-]?\d{{3,4}})[ .\-]?\d{{4}}{_APART_AFTER}"
    rf"|(?<![\d\w])\(?(?:\+84|0084)\)?[ .\-]?(?:\(0\)[ .\-]?)?(?:{_MOBILE}\d?|{_LANDLINE})(?:[ .\-]?\d){{7,9}}{_APART_AFTER}"
)
_EMAIL = re.compile(r"(?<![\w.+\-])[A-Za-z0-9][\w.+\-]{0,63}@[A-Za-z0-9][A-Za-z0-9.\-]{0,250}\.[A-Za-z]{2,24}(?![\w@])")
_LONG = re.compile(r"(?<![\d\w])(?<!\d[.,/\-])\d[\d \-]{4,22}\d(?!\d)(?![.,/\-]\d)(?!/\w)")
_GROUPED_PHONE = re.compile(rf"{_APART_BEFORE}(?:0\d(?:[ .\-]\d{{2}}){{4}}|84[ \-]?{_MOBILE}(?:[ \-]?\d){{8}}){_APART_AFTER}")
_PASSPORT = re.compile(r"(?<![\w])[A-Z]\d{7,8}(?!\w)")

_IDENTITY_WORDS = r"\b(?:cmnd|cmt|cccd|can cuoc|chung minh|dinh danh|giay to tuy than)"
_ACCOUNT_WORDS = r"\b(?:so tai khoan|so tk|stk|tai khoan|so the|\w*bank|bidv)\b"
_INSURANCE_WORDS = r"\b(?:bhxh|bao hiem xa hoi|so bao hiem)\b"
_PASSPORT_WORDS = r"\b(?:ho chieu|passport)\b"
_PHONE_WORDS = r"\b(?:dien thoai|sdt|dt|di dong|zalo|hotline|lien he|goi so|tel|mobile)\b"
_TAX_WORDS = r"\b(?:ma so thue|mst|ma so doanh nghiep|msdn)\b"
_MONEY = re.compile(r"\s*(?:₫|đ\b|đồng|vnđ|vnd|nghìn|ngàn|triệu|tỷ|usd)", re.IGNORECASE)


# Nothing but an address of mail has fewer digits than a passport, seven, and none has more than signs of a number between two of them:
# a text without such a run needs no closer look. Digits and signs never match each other, so the search is linear.
_ENOUGH_DIGITS = re.compile(r"[0-9](?:[ .()\-]*[0-9]){6}")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
# Digits, blanks and dashes beyond ASCII: all that `_plain` has to look at (beyond the first plane, everything). Written out one by one
# they make a table that is searched several times as fast as a category.
_DIGITS_AND_BLANKS = "".join(each for each in map(chr, range(0x80, 0x10000)) if each.isspace() or each.isdecimal())
_FOREIGN = re.compile(f"[{_DIGITS_AND_BLANKS}{_DASHES}\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Found:
    """Something that looks like a person's: what kind, as it is written, and where it begins in the text."""

    kind: Kind
    text: str
    start: int


class Vouched(str):
    """A text whose writer was warned, looked again and says that what looks like personal data may stand in it."""

    __slots__ = ()


def personal_words(text: str) -> str:
    """What was found, in words: `có số điện thoại (“0912 345 678”)`; nothing where nothing was."""
    found = find_personal_data(text)
    if not found:
        return ""
    kinds = ", ".join(dict.fromkeys(KIND_NAMES[each.kind] for each in found))
    shown = ", ".join(f"“{each.text}”" for each in found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
    return f"có {kinds} ({shown})"


def find_personal_data(text: str) -> tuple[Found, ...]:
    """Everything in a text that looks like personal data, in its order, nothing twice. Never raises; linear in the text."""
    plain = _plain(text)
    if "@" not in plain and not _ENOUGH_DIGITS.search(plain):
        return ()
    kept: list[Found] = []
    ends = 0
    for found in sorted(_all(plain), key=lambda each: (each.start, -len(each.text))):
        if found.start >= ends:
            kept.append(found)
            ends = found.start + len(found.text)
    return tuple(kept)


def _plain(text: str) -> str:
    """Any script's digits as plain ones, blanks and unseen marks as blanks of one kind; each character keeps its place."""
    return _FOREIGN.sub(lambda match: _plain_character(match[0]), unicodedata.normalize("NFC", text))


def _plain_character(character: str) -> str:
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    if character.isspace():
        return " "
    return "-" if character in _DASHES else character


def _all(text: str) -> Iterator[Found]:
    yield from (Found("email", each[0], each.start()) for each in _EMAIL.finditer(text))
    yield from (Found("identity", each[0], each.start()) for each in _IDENTITY.finditer(text))
    for each in _PHONE.finditer(text):
        if _is_whole_phone(each[0]) and not _said_before(text, each.start(), _TAX_WORDS):
            yield Found("phone", each[0], each.start())
    yield from _by_their_words(text)


def _is_whole_phone(number: str) -> bool:
    """The grouped forms leave the count of digits open: 10 of a mobile, 10 or 11 of a landline, after +84 one less."""
    digits = "".join(character for character in number if character.isdigit())
    is_foreign = "+" in number or digits[:2] == "00"
    national = "0" + digits.removeprefix("00").removeprefix("84").removeprefix("0") if is_foreign else digits
    return len(national) == 11 if national[:2] == "02" else len(national) == 10


def _by_their_words(text: str) -> Iterator[Found]:
    """Numbers that could be figures: only a word before them makes them somebody's."""
    for each in _GROUPED_PHONE.finditer(text):
        if _said_before(text, each.start(), _PHONE_WORDS):
            yield Found("phone", each[0], each.start())
    for each in _PASSPORT.finditer(text):
        if _said_before(text, each.start(), _PASSPORT_WORDS):
            yield Found("passport", each[0], each.start())
    for each in _LONG.finditer(text):
        kind = _kind_by_words(text, each.start(), sum(character.isdigit() for character in each[0]))
        if kind and not _MONEY.match(text, each.end()):
            yield Found(kind, each[0], each.start())


def _kind_by_words(text: str, start: int, digits: int) -> Kind | None:
    if digits in (9, 12) and _said_before(text, start, _IDENTITY_WORDS):
        return "identity"
    if digits == 10 and _said_before(text, start, _INSURANCE_WORDS):
        return "insurance"
    return "account" if 8 <= digits <= 19 and _said_before(text, start, _ACCOUNT_WORDS) else None


def _said_before(text: str, start: int, words: str) -> bool:
    """Whether one of the words stands shortly before, in the same line and without another long number in between."""
    before = text[max(0, start - NEAR) : start].rsplit("\n", 1)[-1]
    since = re.split(r"\d[\d .\-]{5,}\d", before)[-1]
    return re.search(words, fold(since)) is not None
