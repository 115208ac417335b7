"""Which words are Vietnamese syllables, by their letters: an onset, a rime and one tone at most."""

import unicodedata
from collections.abc import Iterator
from itertools import product

from kheo.core.directives.paper import bare, listed

STOPPED = ("\u0301", "\u0323")  # the tones that a syllable may have which ends in c, ch, p or t: sắc, nặng
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSETS = (*listed("b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x"), "")
_RIMES = listed(
    """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp
    êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng
    oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh
    ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt
    ươu ưt ưu y yêm yên yêng yêt yêu"""
)
_SYLLABLES = frozenset(onset + rime for onset, rime in product(_ONSETS, _RIMES)) | frozenset({"gin", "gi", "quôc"})
BARE_SYLLABLES = frozenset(map(bare, _SYLLABLES))  # without any marks
_LOST = "hgincut"  # letters that a scan leaves out
# Letters that a scan takes for each other, either way: `thựe` for `thực`, `nhâu` for `nhân`.
_ALIKE = ("ce", "li", "nu", "hb", "vy", "rt", "mn", "ao", "gq", "ơo", "ưu", "âa", "ăa", "êe", "ôo", "đd")


def spelled(word: str) -> tuple[str, str]:
    """The letters of a word without its tones, and these as combining marks."""
    apart = unicodedata.normalize("NFD", word)
    plain = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    return plain, "".join(mark for mark in apart if mark in _TONES)


def is_syllable(word: str) -> bool:
    """Whether a word in small letters can be spelled so in Vietnamese."""
    plain, tones = spelled(word)
    return len(tones) <= 1 and plain in _SYLLABLES and (tones in STOPPED or not plain.endswith(("c", "ch", "p", "t")))


def read_alike(plain: str) -> Iterator[str]:
    """Words without tones that a scan may have read as this one: one letter taken for another, left out or put in."""
    for at, letter in enumerate(plain):
        for pair in _ALIKE:
            if letter in pair:
                yield plain[:at] + pair[1 - pair.index(letter)] + plain[at + 1 :]
        yield plain[:at] + plain[at + 1 :]
        for other in _LOST:
            yield plain[:at] + other + plain[at:]
    yield from (plain + other for other in _LOST)
