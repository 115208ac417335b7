"""Names and numbers where there is little room."""

import pytest

from kheo.core.short_words import short_name, short_number


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Liên đoàn Lao động Quận 1", "LĐLĐ Quận 1"),
        ("Công đoàn cơ sở Công ty May Bến Nghé", "CĐCS Công ty May Bến Nghé"),
        ("Công đoàn ngành Y tế Thành phố", "Công đoàn ngành Y tế Thành phố"),
        ("Ban Dân vận Thành ủy", "Ban Dân vận Thành ủy"),
    ],
)
def test_names_are_shortened_as_the_field_shortens_them(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (0, 0, "0"),
        (9_999_999, 0, "9.999.999"),
        (10_000_000, 0, "10 triệu"),
        (12_540_000, 0, "12,5 triệu"),
        (999_949_999, 0, "999,9 triệu"),
        (1_000_000_000, 0, "1 tỷ"),
        (19_844_000_000, 0, "19,8 tỷ"),
        (19_850_000_000, 0, "19,9 tỷ"),
        (123_456, 2, "1.234,56"),
        (2_000_000_000, 2, "20 triệu"),
    ],
)
def test_large_numbers_are_told_in_millions_and_billions(value: int, decimals: int, words: str) -> None:
    assert short_number(value, decimals) == words
