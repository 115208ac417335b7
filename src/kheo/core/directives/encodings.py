"""Bytes and old encodings to Unicode text: UTF-8, UTF-16, Windows-1258, TCVN3 (ABC fonts) and VNI.

TCVN 5712:1993 (VN3) gives one byte a letter; VNI writes a letter and a mark after it. Both were often pasted into Unicode as Latin
letters (`Céng hßa x· héi` for `Cộng hòa xã hội`), so they are recognised in text too: whichever reading has most common words wins.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kheo.core.directives.capitals import with_capitals

_TCVN3_BYTES = (
    "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5"
    "d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
)
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
# The marks that VNI writes after a letter: tones of the letter itself, then of its forms with a hat, a breve or a horn.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HAT = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_COMMON = re.compile(
    r"(?<!\w)(?:của|và|các|không|được|thực|hiện|ngày|tháng|năm|việc|hội|chủ|nghĩa|độc|lập|cộng|hòa|hoà|ủy|uỷ|công|tác|báo|cáo|nhân|dân"
    r"|về|đến|để|tại|số|điều|nội|dung"
    r"|quyết|định|nghị|kế|hoạch|trên|theo|đơn|vị|tổ|chức|chính|phủ|tỉnh|thành|phố|quận|huyện|xã|phường|những|này|với|trong)(?!\w)"
)
Raw = TypeVar("Raw", bytes, str)
_ENOUGH = 4000  # characters that are looked at
# Signs that no writer puts into a text: many of them are those of a program, a picture or a packed file.
_NOT_WRITTEN = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1a\x1b"})
_MOST_NOT_WRITTEN = 0.02
_MARKS_OF_ORDER = {b"\xff\xfe\x00\x00": "utf-32", b"\x00\x00\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class Decoded:
    """A text and how its letters were written: utf-8, utf-16, utf-32, windows-1258, tcvn3 or vni."""

    text: str
    encoding: str


class NotText(ValueError):
    """The bytes are no text in an encoding that is known."""


def decode(data: bytes) -> Decoded:
    """Bytes of a text file. Raises NotText for a file that is none."""
    marked = next((name for mark, name in _MARKS_OF_ORDER.items() if data.startswith(mark)), "") or _without_mark(data[:_ENOUGH])
    if marked:
        return Decoded(_decoded(data, marked), marked[:6])
    if _is_no_text(data[:_ENOUGH]):
        raise NotText
    try:
        return from_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _best(data, _BYTES, 0)


def _is_no_text(head: bytes) -> bool:
    return b"\x00" in head or len(head) - len(head.translate(None, _NOT_WRITTEN)) > _MOST_NOT_WRITTEN * len(head)


def _without_mark(head: bytes) -> str:
    """UTF-16 that does not say so: of Vietnamese text half of the letters have a zero beside them, always on the same side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) > len(head) // 100 or max(even, odd) <= len(head) // 8:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def from_text(text: str) -> Decoded:
    """A text that may have been copied from a paper in an old font. Without a clear gain nothing is changed."""
    return _best(text, _LETTERS, 3) if _may_be_old(text) else Decoded(text, "utf-8")


def _may_be_old(text: str) -> bool:
    """Old fonts leave Latin letters and signs that Vietnamese does not have, and none that only Vietnamese has."""
    head = text[:_ENOUGH]
    return sum("\xa1" <= char <= "\xff" for char in head) > sum("\u1ea0" <= char <= "\u1ef9" for char in head) * 4


def _best(raw: Raw, readings: Mapping[str, Callable[[Raw], str]], gain: int) -> Decoded:
    """The reading whose beginning has most common words; the first one unless another has more by `gain`."""
    head = raw[:_ENOUGH]
    scores = {name: len(_COMMON.findall(unicodedata.normalize("NFC", reading(head)).lower())) for name, reading in readings.items()}
    first = next(iter(readings))
    name = max(scores, key=lambda each: (scores[each], each == first))
    if scores[name] < scores[first] + gain:
        name = first
    text = unicodedata.normalize("NFC", readings[name](raw))
    return Decoded(with_capitals(text) if name == "tcvn3" else text, name)


TCVN3 = dict(zip(bytes.fromhex(_TCVN3_BYTES), _TCVN3_LETTERS, strict=True))


def tcvn3(text: str) -> str:
    """Letters of an ABC font, as Latin-1 shows them, to Unicode."""
    return text.translate(TCVN3)


def vni(text: str) -> str:
    """Letters of a VNI font, as Windows-1252 shows them, to Unicode."""
    out: list[str] = []
    for char in text:
        low, upper = char.lower(), char.isupper()
        before = out[-1] if out else ""
        if before and before.lower() in "aeouyơư" and low in _VNI_TONES:
            out[-1] = _with(before, _VNI_TONES[low])
        elif before and before.lower() in "aeo" and low in _VNI_HAT:
            out[-1] = _with(_with(before, "\u0302"), _VNI_HAT[low])
        elif before and before.lower() == "a" and low in _VNI_BREVE:
            out[-1] = _with(_with(before, "\u0306"), _VNI_BREVE[low])
        elif low in _VNI_ALONE:
            out.append(_VNI_ALONE[low].upper() if upper else _VNI_ALONE[low])
        else:
            out.append(char)
    return "".join(out)


def _with(letter: str, mark: str) -> str:
    return unicodedata.normalize("NFC", letter + mark)


def _windows_1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


_BYTES: dict[str, Callable[[bytes], str]] = {
    "tcvn3": lambda data: tcvn3(data.decode("latin-1")),
    "vni": lambda data: vni(data.decode("cp1252", "replace")),
    "windows-1258": _windows_1258,
}
_LETTERS: dict[str, Callable[[str], str]] = {"utf-8": str, "tcvn3": tcvn3, "vni": vni}


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise NotText from fault
    if "\x00" in text[:_ENOUGH]:
        raise NotText
    return text
