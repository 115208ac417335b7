"""What was added to a text and what was taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.word_diff import MOST_CHANGES, Piece, word_diff

TEXTS = st.text(alphabet="ab ,.\nĐẩ", max_size=40)


def joined(pieces: tuple[Piece, ...], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.mark != without)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_it(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert (joined(pieces, "added"), joined(pieces, "removed")) == (before, after)
    assert all(piece.text for piece in pieces)


@given(TEXTS)
def test_equal_texts_have_no_difference(text: str) -> None:
    assert {piece.mark for piece in word_diff(text, text)} <= {"same"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "Mới", [("added", "Mới")]),
        ("Cũ", "", [("removed", "Cũ")]),
        ("Đã mở 3 lớp.", "Đã mở 4 lớp.", [("same", "Đã mở"), ("removed", " 3"), ("added", " 4"), ("same", " lớp.")]),
        ("Có ba mô hình.", "Có ba mô hình mới.", [("same", "Có ba mô hình"), ("added", " mới"), ("same", ".")]),
    ],
)
def test_words_are_marked_not_letters(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert [(piece.mark, piece.text) for piece in word_diff(before, after)] == expected


def test_a_lone_sign_does_not_tear_a_change_apart() -> None:
    pieces = word_diff("một, hai", "ba, bốn")
    assert [(piece.mark, piece.text) for piece in pieces] == [("removed", "một, hai"), ("added", "ba, bốn")]


def test_another_text_altogether_is_shown_whole() -> None:
    before, after = "a " * (MOST_CHANGES + 1), "b " * (MOST_CHANGES + 1)
    assert word_diff(before, after) == (Piece("removed", before), Piece("added", after))


def test_it_is_the_shortest_script() -> None:
    """The example of Myers' paper: five changes."""
    pieces = word_diff("a b c a b b a ", "c b a b a c ")
    changed = sum(len(piece.text.split()) for piece in pieces if piece.mark != "same")
    assert changed == 5
