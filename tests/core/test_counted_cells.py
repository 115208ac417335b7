"""What stands in a cell against what a register counts for it."""

import pytest

from kheo.core.counted_cells import CountedCell, difference_words, differing
from kheo.core.figures import NA, Figure


def counted(number: int) -> CountedCell:
    return CountedCell("A01", number, "mo-hinh", "Mô hình, công trình", "Số mô hình")


@pytest.mark.parametrize(
    ("number", "figure", "differs"),
    [
        (0, 0, False),
        (0, NA, False),
        (0, None, True),
        (0, 1, True),
        (3, 3, False),
        (3, 4, True),
        (3, 0, True),
        (3, NA, True),
        (3, None, True),
    ],
)
def test_not_applicable_says_the_same_only_where_nothing_is_counted_and_blank_never_does(
    number: int, figure: Figure, differs: bool
) -> None:
    cell = counted(number)
    assert differing({"A01": cell}, {"A01": figure}) == ({"A01": cell} if differs else {})


def test_a_cell_that_is_not_answered_yet_says_nothing_else() -> None:
    assert differing({"A01": counted(3)}, {"A02": 4}) == {}


@pytest.mark.parametrize(("figure", "said"), [(1200, "1.200"), (None, "“chưa có số liệu”"), (NA, "“không áp dụng”")])
def test_the_two_answers_are_told_beside_each_other(figure: Figure, said: str) -> None:
    assert difference_words(counted(1180), figure) == f"sổ “Mô hình, công trình” đếm được 1.180, ô này ghi {said}"
