"""Capitals with tone marks in papers of ABC fonts: TCVN3 has no codes for them.

The fonts whose names end in H show small letters as capitals, so `LIÊN ĐOÀN` was written `LIÊN ĐOàN`. A word whose small letters are only
those that have no capital in TCVN3 was seen in capitals, where it has others beside them or stands between such words.
"""

import re
import unicodedata

CAPITALS_GUESSED = "chữ hoa có dấu (phông này không có mã) viết hoa lại theo các chữ hoa bên cạnh, xin xem lại tên riêng"
_WITHOUT_CAPITAL = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"^[^\w\n]*(?:(?:tối|tuyệt)[^\S\n]+)?mật[^\w\n]*$", re.MULTILINE | re.IGNORECASE)
# The first letter of an office's name, which the fonts for running text cannot show either: people write it small or as another font's.
_OFFICE = re.compile(
    r"(?<![\w-])(?<!ỉnh )(?<!ành )(?<!uyện )(?<!ảng )(?<!uận )(?:ủy|uỷ)(?=\s+ban\s+(?:nhân|kiểm|Mặt|MTTQ|Trung|Thường|Dân|Quốc)\b)"
)
# Words that are no syllable are abbreviations, in capitals everywhere.
_SYLLABLE = re.compile(r"(?:ngh|[bcdghklmnpqrstvx]{0,2})[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
# Without a word of capitals or a capital inside of one no line is seen to be in capitals.
_SHOWS_CAPITALS = re.compile(r"[A-ZĐĂÂÊÔƠƯ](?:(?<=[^\W\d_].)|(?<![^\W\d_].)(?![^\W\d_]))")
_FAR = re.compile(r"[^\S\n]{2,}|[\n\t|.;:]|\d")  # between words of two columns, lines or parts


def with_capitals(text: str) -> str:
    """A text decoded from TCVN3 whose lines in capitals are written in capitals; of the same length."""
    lines = text.split("\n")
    written = {line: _with_capitals(line) for line in {*lines} if _SHOWS_CAPITALS.search(line)}  # a word's neighbours stand on its line
    text = "\n".join(written.get(line, line) for line in lines) if written else text
    text = _OFFICE.sub(lambda office: office[0][0].upper() + office[0][1:], text)
    return _MARK.sub(lambda match: match[0].upper(), text)


def _with_capitals(line: str) -> str:
    parts, words = list(line), list(_WORD.finditer(line))
    kinds = [_kind(word[0]) for word in words]
    for index, word in enumerate(words):
        if kinds[index] == "sure" or (kinds[index] == "perhaps" and _stands_among_capitals(line, words, kinds, index)):
            parts[word.start() : word.end()] = word[0].upper()
    return "".join(parts)


def _bare(word: str) -> str:
    return unicodedata.normalize("NFD", word.lower()).encode("ascii", "ignore").decode()


def _kind(word: str) -> str:
    """`capitals`; `abbreviation`; `sure`: a capital after the first letter; `perhaps`: its first letter alone, or none; else `small`."""
    if word.isupper():
        return "capitals" if _SYLLABLE.fullmatch(_bare(word)) else "abbreviation"
    if any(letter.islower() and letter not in _WITHOUT_CAPITAL for letter in word):
        return "small"
    rest = word[1:]
    return "sure" if any(map(str.isupper, rest)) else "perhaps"


def _stands_among_capitals(text: str, words: list[re.Match[str]], kinds: list[str], index: int) -> bool:
    """Its neighbours on the same line are no small letters, and the nearest that can be told is in capitals of two letters or more."""
    found = [_neighbour(text, words, kinds, index, step) for step in (-1, 1)]
    return "small" not in found and "capitals" in found


def _neighbour(text: str, words: list[re.Match[str]], kinds: list[str], index: int, step: int) -> str:
    """What the nearest word to one side is that can be told; empty where the line or the column ends before."""
    while 0 <= index + step < len(words):
        one, other = sorted((index, index + step))
        if _FAR.search(text, words[one].end(), words[other].start()):
            return ""
        index += step
        if kinds[index] != "perhaps":
            return kinds[index] if kinds[index] in ("small", "abbreviation") else "capitals"
    return ""
