"""What OCR most likely read wrongly, with what the paper most likely says: proposed beside the original, never put in its place.

By shape: a word that is no Vietnamese syllable and one letter away from one that the paper has (`trưóc`, `thựe`); two syllables that stand
often with their tone marks and once with one lost; letters O and l in numbers. And real words that only their neighbours give away.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import Paper, bare
from kheo.core.directives.parts import Parts
from kheo.core.directives.syllables import STOPPED, is_syllable, read_alike, spelled

_STOPS = '.,;:!?)”"’'
_NEAR = 20  # letters around such a word that its rule looks at
_OFTEN, _TIMES = 3, 4  # a spelling stands at least so often, and so many times as often as the other
# Seen in the directive of the first campaign and in papers like it: what is written, the words that give it away, what it should be.
# First a word without which the rule cannot hold: looked for by itself, that is quick.
_SEEN = (
    ("Khôi", r"\bKhôi\b(?=\s*(?:,|thi đua|cơ quan|các|và\b))|(?<=\d )Khôi\b|(?<=Sở, )Khôi\b", "Khối", "tên khối thi đua, khối cơ quan"),
    ("khôi", r"\bkhôi(?=\s+(?:thi đua|cơ quan|dân vận|đoàn thể|các cơ quan))", "khối", "khối thi đua, khối cơ quan"),
    ("khôn ", r"\bkhôn\b(?=\s+(?:tụ tập|để|gây|xả|vi phạm|được|có|phải|thực hiện|ai\b))", "không", "từ phủ định"),
    ("Phần", r"\bPhần đầu\b(?=\s+(?:và|đạt|hoàn thành|duy trì|thực hiện|đến|giữ))", "Phấn đấu", "động từ"),
    ("phần đầu", r"\bphần đầu\b(?=\s+(?:đạt|hoàn thành|duy trì|đến|giữ))", "phấn đấu", "động từ"),
    ("nhỉnh", r"\b(?:nhúng|nhũng) nhỉnh\b", "nhũng nhiễu", "gây phiền hà, nhũng nhiễu"),
    ("trước công", r"(?<=trước )công(?=\s+(?:cơ quan|trường|bệnh viện|trụ sở|chợ|nhà))", "cổng", "trước cổng cơ quan, trường học"),
    ("chính quyền Đảng", r"(?<=xây dựng )chính quyền(?=\s+Đảng\b)", "chỉnh đốn", "xây dựng, chỉnh đốn Đảng"),
    ("để nghề", r"(?<=để )nghề(?=\s+học nghề)", "", "thừa chữ: để học nghề"),
    ("gải", r"\bgải quyết\b", "giải quyết", "thiếu chữ i"),
)
_RULES = tuple((word, re.compile(pattern), right, why) for word, pattern, right, why in _SEEN)
_LETTER_IN_A_NUMBER = re.compile(r"(?<![\w/])(?:[0-3]?[\dOoIl]\s?[/.-]\s?[01]?[\dOoIl]\s?[/.-]\s?)(?:19|2[0Oo])[\dOoIl]{2}(?!\w)")
_LETTER_IN_A_FIGURE = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?:O[\dO.,]*[\dO]|O|o\d+)(?=[\s%;)]|[.,](?:\s|$)|$)")
_AFTER_A_DIGIT = re.compile(r"[Oo](?<=[\d.,].)(?:(?<=O)|\d)")  # without which it cannot hold, and few papers have any
_SMALL_WORD = re.compile(r"(?<![\w.@/:-])[^\W\d_A-Z]+(?![\w@/-])")
_LONGEST_SYLLABLE, _MOST_WRONG = 7, 500  # letters; words that are looked at
_YEAR = re.compile(r"[/.-]\s?(?:19|2[0Oo])[\dOoIl]{2}(?!\w)")
_BEFORE_A_YEAR = 12  # letters of day, month and blanks between them
_AS_DIGITS = str.maketrans("OoIl", "0011")


@dataclass(frozen=True)
class Slip:
    """`original` stands in the paper; `proposed` is what it most likely says (empty: a word too many); `why` in Vietnamese."""

    original: str
    proposed: str
    why: str


def slips(paper: Paper) -> list[Found[Slip]]:
    """All proposals in the order of the text; a person decides on each."""
    parts = paper.parts
    found = [
        *_seen(paper),
        *_lost_marks(paper, parts),
        *_no_syllables(paper, parts),
        *_letters_in_dates(paper),
        *_letters_in_figures(paper),
    ]
    found.sort(key=lambda each: (each.place.start, -each.place.end))
    kept: list[Found[Slip]] = []
    for each in found:
        if not kept or each.place.start >= kept[-1].place.end:
            kept.append(each)
    return kept


def _seen(paper: Paper) -> list[Found[Slip]]:
    text = paper.clean
    return [
        Found(Slip(match[0], right, why), Place(match.start(), match.end()), 0.9)
        for word, rule, right, why in _RULES
        for at in _standing(word, text)
        for match in rule.finditer(text, max(0, at - _NEAR), at + 3 * _NEAR)
    ]


def _standing(word: str, text: str) -> Iterator[int]:
    """Where a word stands: few places, so a rule need not be tried on a whole text."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _letters_in_dates(paper: Paper) -> list[Found[Slip]]:
    return [
        Found(Slip(match[0], match[0].translate(_AS_DIGITS), "chữ O, l trong số"), Place(match.start(), match.end()), 0.95)
        for match in _dates(paper.clean)
        if match[0] != match[0].translate(_AS_DIGITS)
    ]


def _letters_in_figures(paper: Paper) -> list[Found[Slip]]:
    """`2O hộ`, `7.5OO`: the letter O after a figure, before another sign of a number or its end."""
    text, found, after = paper.clean, list[Found[Slip]](), 0
    for letter in _AFTER_A_DIGIT.finditer(text):
        at = letter.start()
        while at > after and (text[at - 1].isdigit() or text[at - 1] in ".,"):
            at -= 1
        match = _LETTER_IN_A_FIGURE.match(text, at)
        if match:
            after = match.end()
            found.append(Found(Slip(match[0], match[0].translate(_AS_DIGITS), "chữ O trong số"), Place(at, after), 0.9))
    return found


def _no_syllables(paper: Paper, parts: Parts) -> list[Found[Slip]]:
    """Words that Vietnamese cannot spell and the paper itself spells otherwise, one letter away."""
    words = {said: times for said, times in _small_words(parts).items() if said.isalpha() and said.islower()}
    wrong = [word for word in words if 1 < len(word) <= _LONGEST_SYLLABLE and not is_syllable(word)][:_MOST_WRONG]
    if not wrong:
        return []
    right: dict[tuple[str, str], str] = {spelled(word): word for word in words if is_syllable(word)}
    proposed = {word: said for word in wrong if (said := _meant(word, words, right))}
    return [
        Found(
            Slip(match[0], proposed[match[0]], f"“{match[0]}” không phải tiếng Việt, có lẽ là “{proposed[match[0]]}”"),
            Place(match.start(), match.end()),
            0.85,
        )
        for match in (_any_small_word(proposed).finditer(paper.clean) if proposed else ())
    ]


def _small_words(parts: Parts) -> dict[str, int]:
    """How often each word in small letters stands in a text."""
    words: dict[str, int] = {}
    for part, times in parts.words.items():
        for word in _SMALL_WORD.findall(part):
            words[word] = words.get(word, 0) + times
    return words


def _any_small_word(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words where _SMALL_WORD finds them, looked for by their first letters."""
    letters: dict[str, list[str]] = {}
    for word in words:
        letters.setdefault(word[0], []).append(word[1:])
    ends = "|".join(f"(?<={letter})(?:{'|'.join(sorted(rests, key=len, reverse=True))})" for letter, rests in letters.items())
    return re.compile(rf"[{''.join(letters)}](?<![\w.@/:-].)(?:{ends})(?![\w@/-])")


def _meant(word: str, words: dict[str, int], right: dict[tuple[str, str], str]) -> str | None:
    """The syllable that a scan read as a word: the most frequent of the paper's that fit; None where several fit equally."""
    plain, tones = spelled(word)
    hooked = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).replace("u\u031bo", "u\u031bo\u031b"))
    if hooked != word and is_syllable(hooked):  # `trưóc`: no rime has ư before o
        return hooked
    fits = {right[other, tones] for other in read_alike(plain) if (other, tones) in right}
    fits |= {right[plain, tone] for tone in STOPPED if (plain, tone) in right}  # `thưc`: a tone was lost
    best = sorted(fits, key=lambda each: -words[each])[:2]
    return best[0] if best and (len(best) == 1 or words[best[0]] > words[best[1]]) and words[best[0]] >= words[word] else None


def _dates(text: str) -> Iterator[re.Match[str]]:
    """Dates in figures, read from their years backwards: few signs stand before a year."""
    after = 0
    for year in _YEAR.finditer(text):
        match = _LETTER_IN_A_NUMBER.search(text, max(after, year.start() - _BEFORE_A_YEAR), year.end())
        if match:
            after = match.end()
            yield match


def _lost_marks(paper: Paper, parts: Parts) -> list[Found[Slip]]:
    """Two syllables that stand often in one spelling and rarely in another that lacks one of its marks."""
    lost = _rare_spellings(parts)
    if not lost:
        return []
    found = []
    for match in _any_of_pairs(lost).finditer(paper.clean):
        right, times = lost[" ".join(match[0].lower().split())]
        proposed = right[0].upper() + right[1:] if match[0][0].isupper() else right
        why = f"trong văn bản này thường viết “{right}” ({times} lần)"
        found.append(Found(Slip(match[0], proposed, why), Place(match.start(), match.end()), 0.8))
    return found


def _any_of_pairs(pairs: Iterable[str]) -> re.Pattern[str]:
    """Any of some pairs of syllables, the first perhaps with a capital. By first letter, then by first syllable: a paper may have hundreds,
    and they are looked for at each of its words.
    """
    letters: dict[str, dict[str, list[str]]] = {}
    for pair in pairs:
        one, other = pair.split(" ")
        letters.setdefault(one[0], {}).setdefault(one[1:], []).append(other)
    either = "|".join(
        f"(?<=[{letter}{letter.upper()}]){_either(rest + _then(others) for rest, others in ones.items())}"
        for letter, ones in letters.items()
    )
    begins = "".join(letter + letter.upper() for letter in letters)
    return re.compile(rf"[{begins}](?<!\w.)(?:{either})(?!\w)")


def _then(others: Iterable[str]) -> str:
    return rf"\s+{_either(others)}"


def _either(parts: Iterable[str]) -> str:
    return f"(?:{'|'.join(parts)})"


def _rare_spellings(parts: Parts) -> dict[str, tuple[str, int]]:
    """Spellings of two neighbouring syllables that most likely lost a mark, each with the right one and how often that stands."""
    firsts, seconds = _syllables(parts.words)
    counts: Counter[str] = Counter()
    for (first, second), times in parts.pairs().items():
        if first in firsts and second in seconds:
            counts[f"{firsts[first]} {seconds[second]}"] += times
    spellings: dict[str, list[str]] = {}
    for said, bared in zip(counts, bare("\n".join(counts)).split("\n"), strict=False):
        spellings.setdefault(bared, []).append(said)
    rare = {}
    for each in spellings.values():
        if len(each) == 1:
            continue
        right = max(each, key=lambda said: counts[said])
        for said in each:
            if said != right and counts[right] >= max(_OFTEN, _TIMES * counts[said]) and _lacks_a_mark(said, right):
                rare[said] = (right, counts[right])
    return rare


def _syllables(words: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Words that may be the first or the second of a pair, without the stops after them: in small letters, the first perhaps with a capital
    (told in small letters); no abbreviations.
    """
    firsts, seconds = dict[str, str](), dict[str, str]()
    for word in words:
        said = word.rstrip(_STOPS)
        if said.isalpha() and said.islower():
            firsts[word] = seconds[word] = said
        elif said.isalpha() and said[1:].islower():
            firsts[word] = said.lower()
    return firsts, seconds


def _lacks_a_mark(said: str, right: str) -> bool:
    """Each letter is the right one or the same without its marks: a mark was lost, none was changed."""
    return len(said) == len(right) and all(_marks(one) <= _marks(other) for one, other in zip(said, right, strict=True))


def _marks(letter: str) -> set[str]:
    return set(unicodedata.normalize("NFD", letter)[1:])
