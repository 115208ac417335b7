"""Numbers in words as they stand on Vietnamese papers."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kheo.core.number_words import amount_words, number_words, scaled_words
from tests.core.number_reader import NotANumber, read_back


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (7_593, "bảy nghìn năm trăm chín mươi ba"),
        (21_900, "hai mươi mốt nghìn chín trăm"),
        (1_000_000, "một triệu"),
        (1_000_001, "một triệu không trăm linh một"),
        (1_001_000, "một triệu không trăm linh một nghìn"),
        (22_000_000_000, "hai mươi hai tỷ"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (2_000_000_005, "hai tỷ không trăm linh năm"),
        (1_234_567_890_123, "một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi nghìn một trăm hai mươi ba"),
        (10**18, "một tỷ tỷ"),
        (-24, "âm hai mươi tư"),
    ],
)
def test_numbers_are_said_as_people_say_them(value: int, words: str) -> None:
    assert number_words(value) == words


RULES = {
    "one after mươi is mốt, after mười một": {21: "hai mươi mốt", 91: "chín mươi mốt", 11: "mười một", 1: "một", 101: "một trăm linh một"},
    "four after mươi is tư, elsewhere bốn": {24: "hai mươi tư", 14: "mười bốn", 4: "bốn", 104: "một trăm linh bốn", 400: "bốn trăm"},
    "five after any ten is lăm, elsewhere năm": {15: "mười lăm", 25: "hai mươi lăm", 5: "năm", 105: "một trăm linh năm", 50: "năm mươi"},
    "ten is mười, more tens are mươi": {10: "mười", 19: "mười chín", 20: "hai mươi", 90: "chín mươi", 110: "một trăm mười"},
    "a lonely last digit is tied": {102: "một trăm linh hai", 1_002: "một nghìn không trăm linh hai", 2: "hai", 30: "ba mươi"},
    "an empty hundred inside is said, at the front not": {
        1_050: "một nghìn không trăm năm mươi",
        50: "năm mươi",
        50_012: "năm mươi nghìn không trăm mười hai",
    },
    "a group of nothing but zeros is not said": {
        1_000_005: "một triệu không trăm linh năm",
        3_000_000_000: "ba tỷ",
        7_000_012_000: "bảy tỷ không trăm mười hai nghìn",
    },
    "groups are nghìn, triệu, tỷ": {1_000: "một nghìn", 1_000_000: "một triệu", 1_000_000_000: "một tỷ"},
    "what is above a tỷ counts them": {
        2_500_000_000_000: "hai nghìn năm trăm tỷ",
        10**15: "một triệu tỷ",
        10**18: "một tỷ tỷ",
        3 * 10**18 + 4 * 10**9: "ba tỷ không trăm linh bốn tỷ",
    },
}


@pytest.mark.parametrize(("value", "words"), [pair for rule in RULES.values() for pair in rule.items()])
def test_each_rule_of_saying_numbers_holds(value: int, words: str) -> None:
    assert number_words(value) == words
    assert read_back(words) == value


def test_in_the_south_a_lonely_digit_is_tied_by_another_word_and_nothing_else_differs() -> None:
    for value in (101, 105, 1_002, 1_000_005, 2_005_007, 24, 115, 10**9):
        assert number_words(value, tie="lẻ") == number_words(value).replace("linh", "lẻ")


@given(st.integers(1, 10**15), st.integers(1, 3))
def test_multiples_of_a_billion_are_the_number_and_its_tys(value: int, power: int) -> None:
    assert number_words(value * 10 ** (9 * power)) == " ".join([number_words(value), *["tỷ"] * power])


@given(st.integers(0, 10**21))
def test_words_are_only_those_that_numbers_are_made_of(value: int) -> None:
    digits = "không một hai ba bốn năm sáu bảy tám chín mốt tư lăm"
    said = number_words(value).split()
    assert set(said) <= set(f"{digits} mười mươi trăm linh nghìn triệu tỷ".split())
    for before, word in zip(["", *said], said, strict=False):
        assert (word in ("mốt", "tư")) <= (before == "mươi")
        assert (word == "lăm") <= (before in ("mươi", "mười"))


@given(st.integers(-(10**24), 10**24) | st.integers(0, 30_000))
@example(10**9)
@example(10**18 + 5)
@example(1_000_000_000_000_000_005)
def test_every_number_is_read_back_as_itself(value: int) -> None:
    assert read_back(number_words(value)) == value
    assert read_back(number_words(value, tie="lẻ")) == value


def test_two_numbers_are_never_said_alike() -> None:
    said = {number_words(value) for value in range(20_000)}
    assert len(said) == 20_000


def test_the_reader_refuses_what_nobody_says() -> None:
    """Negative control: the reader is no echo of the writer."""
    with pytest.raises((NotANumber, KeyError)):
        read_back("hai mươi mốt một")
    assert read_back("hai mươi năm") == read_back("hai mươi lăm")


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (1205, 1, "một trăm hai mươi phẩy năm"),
        (105, 2, "một phẩy không năm"),
        (150, 2, "một phẩy năm"),
        (12_500, 2, "một trăm hai mươi lăm"),
        (125, 2, "một phẩy hai mươi lăm"),
        (-5, 1, "âm không phẩy năm"),
        (7, 0, "bảy"),
    ],
)
def test_fractions_are_said_after_the_comma(value: int, decimals: int, words: str) -> None:
    assert scaled_words(value, decimals) == words


def test_an_amount_begins_large_and_names_its_unit() -> None:
    assert amount_words(22_105_000) == "Hai mươi hai triệu một trăm linh năm nghìn đồng"
    assert amount_words(12, "đơn vị", tie="lẻ") == "Mười hai đơn vị"
