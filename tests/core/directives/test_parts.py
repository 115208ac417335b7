"""What is counted by lines, or looked for first, is the same as if every letter were gone through."""

from collections import Counter
from itertools import pairwise

import pytest

from kheo.core.directives import foot
from kheo.core.directives.paper import Paper
from kheo.core.directives.parts import Parts
from kheo.core.directives.squeezing import squeezed

TABLE = "Tên đơn vị\n\nSở Y tế báo cáo\nSở Y tế báo cáo\n  \nSở Y tế báo cáo\ncông khai"


def test_words_and_neighbours_are_counted_over_the_ends_of_lines_and_as_often_as_their_lines_stand() -> None:
    said = TABLE.split()
    assert Parts(TABLE).words == Counter(said)
    assert Parts(TABLE).pairs() == Counter(pairwise(said))
    assert Parts(" \n").words == Counter()


@pytest.mark.parametrize("before", range(13))
def test_a_run_of_blanks_is_long_from_its_hundred_and_twenty_first_wherever_it_begins(before: int) -> None:
    assert squeezed(Paper("x" * before + " " * 121 + "y")) is not None
    assert squeezed(Paper("x" * before + " " * 120 + "y")) is None


def test_a_line_of_a_foot_is_not_asked_at_each_gap_whether_all_the_rest_is_a_column(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()
    known = foot._is_other_column
    monkeypatch.setattr(foot, "_is_other_column", lambda text: asked.append(len(text)) or known(text))
    foot._parts("- Lưu: VT;" + "   nơi khác" * 2000 + "   Trần Văn Ba")
    assert asked
    assert max(asked) <= 300
