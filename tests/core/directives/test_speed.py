"""What is done sooner gives what the plain way gives: letters without marks, pairs of syllables; and a foot has an end."""

import re
import unicodedata

import pytest

from kheo.core.directives import foot
from kheo.core.directives.paper import _BARE, bare
from kheo.core.directives.slips import _any_of_pairs
from tests.core.directives.papers import directive

EVERY_LETTER = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]


def test_each_letter_is_told_bare_as_by_the_plain_table() -> None:
    assert [bare(letter) for letter in EVERY_LETTER] == [letter.translate(_BARE) for letter in EVERY_LETTER]


def test_a_long_text_with_letters_that_are_not_usual_is_told_bare_in_pieces_of_the_same_length() -> None:
    text = "Đề nghị các đơn vị báo cáo trước ngày 05/6 → " * 500 + "".join(EVERY_LETTER) + unicodedata.normalize("NFD", "kế hoạch")
    assert bare(text) == text.translate(_BARE)


def test_pairs_of_syllables_are_found_by_their_first_letters_and_syllables_as_one_by_one() -> None:
    pairs = ["bao cáo", "bao cao", "ban hanh", "xử ly", "xử lí", "a b", "đơn vi"]
    text = "Bao cáo, bao\n cao; báo cao xbao cao, bao caox. Ban hanh ban  hanh. Xử ly xử lí XỬ LY đơn vi Đơn vi a b ab"
    plain = re.compile(rf"(?<!\w)(?:{'|'.join(rf'[{each[0]}{each[0].upper()}]{each[1:]}' for each in pairs)})(?!\w)".replace(" ", r"\s+"))
    assert [match.span() for match in _any_of_pairs(pairs).finditer(text)] == [match.span() for match in plain.finditer(text)] != []


def test_a_foot_that_goes_on_for_more_lines_than_any_paper_has_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "KẾ HOẠCH\nThi đua\n\n1. Thực hiện.\n\nNơi nhận:\n" + "".join(f"- Sở thứ {number};\n" for number in range(1, 40))
    assert len(directive(text).copies) == 39
    monkeypatch.setattr(foot, "_MOST_LINES", 11)  # the empty line and the heading among them
    assert len(directive(text).copies) == 9
