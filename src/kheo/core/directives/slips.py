"""What OCR most likely read wrongly, with what the paper most likely says: proposed beside the original, never put in its place.

Two sources: slips that were seen in real papers, each with the words around it that give it away; and the paper itself, where the same
two syllables stand often with their tone marks and once with one lost.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import Paper, bare

_SYLLABLE = re.compile(r"[^\W\d_]+")
_OFTEN, _TIMES = 3, 4  # a spelling stands at least so often, and so many times as often as the other
# Seen in the directive of the first campaign and in papers like it: what is written, the words that give it away, what it should be.
_SEEN = (
    (r"\bKhôi\b(?=\s*(?:,|thi đua|cơ quan|các|và\b))|(?<=\d )Khôi\b|(?<=Sở, )Khôi\b", "Khối", "tên khối thi đua, khối cơ quan"),
    (r"\bkhôi(?=\s+(?:thi đua|cơ quan|dân vận|đoàn thể|các cơ quan))", "khối", "khối thi đua, khối cơ quan"),
    (r"\bkhôn\b(?=\s+(?:tụ tập|để|gây|xả|vi phạm|được|có|phải|thực hiện|ai\b))", "không", "từ phủ định"),
    (r"\bPhần đầu\b(?=\s+(?:và|đạt|hoàn thành|duy trì|thực hiện|đến|giữ))", "Phấn đấu", "động từ"),
    (r"\bphần đầu\b(?=\s+(?:đạt|hoàn thành|duy trì|đến|giữ))", "phấn đấu", "động từ"),
    (r"\bnhúng nhỉnh\b|\bnhũng nhỉnh\b|\bnhúng nhiễu\b", "nhũng nhiễu", "gây phiền hà, nhũng nhiễu"),
    (r"(?<=trước )công(?=\s+(?:cơ quan|trường|bệnh viện|trụ sở|chợ|nhà))", "cổng", "trước cổng cơ quan, trường học"),
    (r"(?<=xây dựng )chính quyền(?=\s+Đảng\b)", "chỉnh đốn", "xây dựng, chỉnh đốn Đảng"),
    (r"(?<=để )nghề(?=\s+học nghề)", "", "thừa chữ: để học nghề"),
    (r"\bgải quyết\b", "giải quyết", "thiếu chữ i"),
)
_RULES = tuple((re.compile(pattern), right, why) for pattern, right, why in _SEEN)
_LETTER_IN_A_NUMBER = re.compile(r"(?<![\w/])(?:[0-3]?[\dOoIl]\s?[/.-]\s?[01]?[\dOoIl]\s?[/.-]\s?)(?:19|2[0Oo])[\dOoIl]{2}(?!\w)")
_AS_DIGITS = str.maketrans("OoIl", "0011")


@dataclass(frozen=True)
class Slip:
    """`original` stands in the paper; `proposed` is what it most likely says (empty: a word too many); `why` in Vietnamese."""

    original: str
    proposed: str
    why: str


def slips(paper: Paper) -> list[Found[Slip]]:
    """All proposals in the order of the text; a person decides on each."""
    found = [*_seen(paper), *_lost_marks(paper), *_letters_in_dates(paper)]
    found.sort(key=lambda each: (each.place.start, -each.place.end))
    kept: list[Found[Slip]] = []
    for each in found:
        if not kept or each.place.start >= kept[-1].place.end:
            kept.append(each)
    return kept


def _seen(paper: Paper) -> list[Found[Slip]]:
    return [
        Found(Slip(match[0], right, why), Place(match.start(), match.end()), 0.9)
        for rule, right, why in _RULES
        for match in rule.finditer(paper.clean)
    ]


def _letters_in_dates(paper: Paper) -> list[Found[Slip]]:
    return [
        Found(Slip(match[0], match[0].translate(_AS_DIGITS), "chữ O, l trong số"), Place(match.start(), match.end()), 0.95)
        for match in _LETTER_IN_A_NUMBER.finditer(paper.clean)
        if match[0] != match[0].translate(_AS_DIGITS)
    ]


def _lost_marks(paper: Paper) -> list[Found[Slip]]:
    """Two syllables that stand often in one spelling and rarely in another that lacks one of its marks."""
    pairs = list(_pairs(paper))
    spellings: dict[str, Counter[str]] = {}
    for _, _, said in pairs:
        spellings.setdefault(bare(said), Counter())[said] += 1
    found = []
    for start, end, said in pairs:
        right, times = spellings[bare(said)].most_common(1)[0]
        rare = spellings[bare(said)][said]
        if said != right and times >= _OFTEN and times >= _TIMES * rare and _lacks_a_mark(said, right):
            original = paper.clean[start:end]
            proposed = right[0].upper() + right[1:] if original[0].isupper() else right
            found.append(Found(Slip(original, proposed, f"trong văn bản này thường viết “{right}” ({times} lần)"), Place(start, end), 0.8))
    return found


def _pairs(paper: Paper) -> list[tuple[int, int, str]]:
    """Neighbouring syllables in small letters, a line end between them or not, the first perhaps with a capital."""
    words = [(match.start(), match.end()) for match in _SYLLABLE.finditer(paper.clean)]
    made = []
    for (start, middle), (after, end) in pairwise(words):
        said = f"{paper.clean[start:middle].lower()} {paper.clean[after:end]}"
        first = paper.clean[start:middle]
        if paper.clean[middle:after].isspace() and paper.clean[after:end].islower() and (first[1:].islower() or first.islower()):
            made.append((start, end, said))
    return made


def _lacks_a_mark(said: str, right: str) -> bool:
    """Each letter is the right one or the same without its marks: a mark was lost, none was changed."""
    return len(said) == len(right) and all(_marks(one) <= _marks(other) for one, other in zip(said, right, strict=True))


def _marks(letter: str) -> set[str]:
    return set(unicodedata.normalize("NFD", letter)[1:])
