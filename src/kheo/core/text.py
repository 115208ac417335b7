"""Vietnamese text: one normal form, a folded form for search, a key for sorting.

The database that Khéo carries has no ICU, so both forms are computed here and stored beside the text.
"""

import re
import unicodedata

# The Vietnamese alphabet in dictionary order (29 letters; f, j, w, z are appended as foreign letters).
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_ORDER = {letter: index + 1 for index, letter in enumerate(_LETTERS)}
# Order of tones in Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONE_ORDER = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# The capitals of Vietnamese for a class of letters, and the small ones: in the order of their codes they stand among each other.
CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
SMALL = CAPITALS.lower()
_WORD_OR_NUMBER = re.compile(r"\d+|[^\W\d_]+")
_BARE_WORD = re.compile(r"[a-z0-9]+")
_SPACES = re.compile(r"\s+")
_ZEROS = re.compile(r"(?<!\w)0+(?=\d)")
_ONE_DIGIT = re.compile(r"(?<!\w)(?=\d(?!\w))")
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # the combining marks of the Latin letters; U+034F is of another class


def nfc(text: str) -> str:
    """The text in Unicode normal form C with runs of white space folded to one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def written(text: str) -> str:
    """What somebody wrote, as it is kept: one kind of line end, one form of letters, nothing that cannot be stored (NUL, broken halves)."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return unicodedata.normalize("NFC", whole)


def fold(text: str) -> str:
    """Lower case without any diacritic (`Hoà Bình` and `Hòa Bình` give `hoa binh`), for search and comparison."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")
    if not bare.isascii():  # other scripts have marks of their own
        bare = "".join(char for char in bare if not unicodedata.combining(char))
    return _SPACES.sub(" ", bare).strip()


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded: what a search looks for, one by one (`Bà Rịa – Vũng Tàu` -> ba, ria, vung, tau)."""
    return _BARE_WORD.findall(fold(text))


def without_zeros(text: str) -> str:
    """`Phường 01` and `Phường 1` are one ward: official lists of different years write both."""
    return _ZEROS.sub("", text)


def with_zeros(text: str) -> str:
    """The other way: numbers of one digit with a zero before them."""
    return _ONE_DIGIT.sub("0", without_zeros(text))


def sort_key(text: str) -> str:
    """A string whose plain byte order is Vietnamese dictionary order, numbers by value (`quận 2` before `quận 10`).

    Letters decide first over the whole text, tones only between texts of equal letters.
    """
    letters: list[str] = []
    tones: list[str] = []
    for token in _WORD_OR_NUMBER.findall(unicodedata.normalize("NFC", text.lower())):
        if token[0].isdigit():
            letters.append("0" + format(len(token.lstrip("0")), "02d") + token.lstrip("0"))
            continue
        word, marks = _word_key(token)
        letters.append(word)
        tones.append(marks)
    return " ".join(letters) + "\t" + "".join(tones)  # a tab sorts before everything else, so a word comes before its extensions


def _word_key(word: str) -> tuple[str, str]:
    """Letter order and tone order of one word; the tone belongs to the word wherever its mark is written."""
    tone = 0
    key: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONE_ORDER:
            tone = _TONE_ORDER[char]
        else:
            key.append(char)
    bare = unicodedata.normalize("NFC", "".join(key))
    return "".join(_letter_key(char) for char in bare), str(tone)


def _letter_key(char: str) -> str:
    order = _LETTER_ORDER.get(char)
    return chr(ord("A") + order) if order else "~" + char


def name_key(text: str) -> str:
    """Names with equal keys are the same name: case, spaces and the place of a tone mark do not count (`hòa` = `hoà`), tones do.

    Unlike `fold` it keeps `Hòa` and `Hoa` apart, so it can decide; `fold` finds.
    """
    return " ".join(_tone_at_the_end(word) for word in unicodedata.normalize("NFD", text.lower()).split())


def _tone_at_the_end(word: str) -> str:
    tones = "".join(str(_TONE_ORDER[char]) for char in word if char in _TONE_ORDER)
    bare = "".join(char for char in word if char not in _TONE_ORDER)
    return unicodedata.normalize("NFC", bare) + tones
