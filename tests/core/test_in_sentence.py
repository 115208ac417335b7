"""Names within a sentence."""

import pytest

from kheo.core.due_words import in_sentence


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Các đơn vị báo cáo về Thành phố", "các đơn vị báo cáo về Thành phố"),
        ("Công đoàn cơ sở", "Công đoàn cơ sở"),
        ("Cácbon", "Cácbon"),
        ("", ""),
    ],
)
def test_a_common_noun_loses_its_capital_and_a_name_keeps_it(name: str, within: str) -> None:
    assert in_sentence(name) == within
