"""Paragraphs of others followed through changes by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.passages import Followed, follow, paragraphs_of

ONE = "Đã vận động đoàn viên góp quỹ nhà ở cho ba gia đình khó khăn."
TWO = "Các buổi đối thoại định kỳ được tổ chức đều mỗi quý."
FREE = "Nhìn chung phong trào có bước tiến."


def test_a_paragraph_is_a_line_that_is_not_empty() -> None:
    assert paragraphs_of(" một \n\n  \nhai\n") == ("một", "hai")


@pytest.mark.parametrize(
    ("after", "followed"),
    [
        ([ONE, TWO], Followed(((0,), (1,)), ())),
        ([TWO, FREE, ONE], Followed(((1,), (), (0,)), ())),
        ([f"{ONE} Trong đó có hai nhà mới.", TWO], Followed(((0,), (1,)), ())),
        ([f"{TWO} {ONE}"], Followed(((0, 1),), ())),
        ([ONE, FREE], Followed(((0,), ()), (1,))),
        ([], Followed((), (0, 1))),
    ],
    ids=["untouched", "moved", "rewritten", "merged", "replaced", "emptied"],
)
def test_a_source_goes_where_its_paragraph_goes(after: list[str], followed: Followed) -> None:
    assert follow([ONE, TWO], frozenset({0, 1}), after) == followed


def test_free_text_has_no_source_to_lose() -> None:
    assert follow([FREE, ONE], frozenset({1}), [ONE]) == Followed(((1,),), ())


def test_a_paragraph_that_stood_before_does_not_take_over_the_source_of_one_that_was_deleted() -> None:
    """Both say nearly the same; only what is new can be a rewriting."""
    alike = ONE.replace("ba", "bốn")
    assert follow([ONE, alike], frozenset({0}), [alike]) == Followed(((),), (0,))


def test_less_than_half_of_the_words_is_another_text() -> None:
    assert follow(["a b c d"], frozenset({0}), ["a b x y"]).lost == ()
    assert follow(["a b c d"], frozenset({0}), ["a x y z"]).lost == (0,)


WORDS = st.lists(st.sampled_from(["an", "binh", "chi", "dung", "hoa"]), min_size=1, max_size=5).map(" ".join)


@given(st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=5), st.data())
def test_every_source_is_in_one_place_or_lost(before: list[str], after: list[str], data: st.DataObject) -> None:
    sourced = data.draw(st.frozensets(st.integers(0, max(len(before) - 1, 0)), max_size=5)) if before else frozenset()
    followed = follow(before, sourced, after)
    placed = [old for olds in followed.made_of for old in olds]
    assert sorted([*placed, *followed.lost]) == sorted(sourced)
    for old in sourced:
        if after.count(before[old]) == 1 == before.count(before[old]):
            assert old in followed.made_of[after.index(before[old])]
