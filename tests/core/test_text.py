"""Vietnamese text: folding for search, keys for sorting."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kheo.core.text import fold, nfc, sort_key


def test_folds_tones_marks_case_and_d() -> None:
    assert fold("  Đường  HOÀ Bình ") == "duong hoa binh"


def test_old_and_new_placement_of_tone_marks_fold_alike() -> None:
    assert fold("Hòa Thủy") == fold("Hoà Thuỷ")


def test_decomposed_text_folds_like_composed_text() -> None:
    assert fold(unicodedata.normalize("NFD", "Liên đoàn Lao động")) == fold("Liên đoàn Lao động")


def test_sorts_numbers_by_value_and_letters_by_the_vietnamese_alphabet() -> None:
    names = ["quận 10", "quận Đống Đa", "quận Ba Đình", "quận 2", "huyện Ân Thi", "huyện An Biên", "quận Dĩ An"]
    expected = ["huyện An Biên", "huyện Ân Thi", "quận 2", "quận 10", "quận Ba Đình", "quận Dĩ An", "quận Đống Đa"]
    assert sorted(names, key=sort_key) == expected


def test_tones_decide_only_between_equal_letters_in_dictionary_order() -> None:
    words = ["má", "ma", "mạ", "mà", "mã", "mả", "mab"]
    assert sorted([*words, "ma b"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ", "ma b", "mab"]


@given(st.text())
def test_folding_and_normalising_twice_changes_nothing_more(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert fold(fold(text)) == fold(text)
