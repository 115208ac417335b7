"""How much two texts are alike, by what they are found, and what is marked."""

import random

from bench.likeness import KINDS, TRUE, corpus

from kheo.core.likeness import MADE_WITH, Piece, bands, degree, pieces, runs

ONE = "Mỗi hộ ở hẻm 12 tự phân loại rác tại nguồn thành ba nhóm, tổ tự quản nhắc nhở hộ đổ rác sai giờ."
FIRST_BANDS = [-1850066701, -549339936, -871227021]


def test_marks_case_and_punctuation_do_not_count() -> None:
    bare = "MOI HO O HEM 12, tu phan loai rac tai nguon - thanh ba nhom. To tu quan nhac nho ho do rac sai gio!"
    assert runs(bare) == runs(ONE)
    assert degree(runs(ONE), runs(bare)) == 100


def test_the_degree_is_the_share_of_runs_that_both_have() -> None:
    assert runs("a b c d") == {"a b c", "b c d"}
    assert degree(runs("a b c d"), runs("b c d e")) == 50
    assert degree(runs("a b c d e f"), runs("a b c d e g")) == 75
    assert degree(runs("a b c"), runs("c b a")) == 0
    assert degree(runs("a b c d"), runs("a b c")) == 66  # rounded down: 100 is the same and nothing else
    assert runs("a b") == {"a b"}
    assert (runs(" .,! "), degree(runs(""), runs(""))) == (frozenset(), 0)


def test_bands_are_the_same_on_every_machine_and_apart_by_their_salt() -> None:
    """Numbers that were kept yesterday are compared with those of today: another version of the library must not pass unseen."""
    assert MADE_WITH == "r2.3.32x3.2023"
    found = bands(runs(ONE), 1)
    assert (len(found), found[:3]) == (32, FIRST_BANDS)
    assert bands(runs(ONE), 1) == found
    assert not set(found) & set(bands(runs(ONE), 2))
    assert bands(frozenset(), 1) == []
    assert all(-(2**31) <= each < 2**31 for each in found)


def test_what_is_marked_is_what_was_counted() -> None:
    other = runs("Sáng nay tổ tự quản nhắc nhở từng nhà một.")
    found = pieces("Chiều, TỔ TỰ QUẢN nhắc nhở: <b>đúng giờ</b>", other)
    assert found == [Piece("Chiều, ", False), Piece("TỔ TỰ QUẢN nhắc nhở", True), Piece(": <b>đúng giờ</b>", False)]
    for text in (ONE, "", "…", "một hai", "một hai ba", " \n chữ đầu và cuối "):
        assert "".join(each.text for each in pieces(text, other)) == text
        assert [each for each in pieces(text, runs(text)) if not each.is_same and any(map(str.isalnum, each.text))] == []


def test_texts_cut_at_random_come_back_whole() -> None:
    chance = random.Random(3)
    for _ in range(200):
        one, other = ("".join(chance.choices("ab đư1.\n ", k=chance.randint(0, 40))) for _ in range(2))
        assert "".join(each.text for each in pieces(one, runs(other))) == one


def test_copies_are_found_and_what_only_shares_the_form_is_not() -> None:
    """The threshold of the register of models: whoever changes how texts are compared sees here what it costs."""
    met: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    for kind, one, other in corpus(100):
        is_found = bool(set(bands(runs(one), 1)) & set(bands(runs(other), 1)))
        met[kind].append(is_found and degree(runs(one), runs(other)) >= 70)
    shares = {kind: sum(found) / len(found) for kind, found in met.items()}
    assert [shares[kind] for kind in TRUE[:2]] == [1.0, 1.0]
    assert shares[TRUE[2]] >= 0.65
    # Told in other words is not found, and nobody says that it would be; another matter on the same form is nobody's copy.
    assert [shares[kind] for kind in KINDS[3:]] == [0.0, 0.0, 0.0]
