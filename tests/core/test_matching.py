"""A people's own table: its columns, and names as they would be written in full."""

import pytest

from kheo.core.matching import in_full, is_same, spelled_out


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("P.12", "Phường 12"),
        ("P 01", "Phường 1"),
        ("p12", "Phường 12"),
        ("Q. 10", "Quận 10"),
        ("TP. Thủ Đức", "Thành phố Thủ Đức"),
        ("TT. Nhà Bè", "Thị trấn Nhà Bè"),
        ("X. Bình Mỹ", "Xã Bình Mỹ"),
        ("H. Củ Chi", "Huyện Củ Chi"),
        ("CĐCS May  10", "Công đoàn cơ sở May 10"),
        ("LĐLĐ Quận 1", "Liên đoàn Lao động Quận 1"),
        ("UBND Phường Bến Nghé", "Phường Bến Nghé"),
        ("Phường Phú Nhuận", "Phường Phú Nhuận"),
        ("phường 1", "Phường 1"),
        ("Xưởng may", "Xưởng may"),
        ("Hội An", "Hội An"),
        ("Quảng Ninh", "Quảng Ninh"),
    ],
)
def test_a_shortened_name_is_written_out_and_no_other(short: str, full: str) -> None:
    assert in_full(short) == full


def test_names_are_the_same_however_shortened_but_not_with_other_tones() -> None:
    assert is_same("P. Hoà Hưng", "Phường  HÒA Hưng")
    assert not is_same("Phường Hoa Hưng", "Phường Hòa Hưng")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("P.14, Q.10", "Phường 14, Quận 10"),
        ("p14 q10", "Phường 14 Quận 10"),
        ("TP. Thủ Đức", "Thành phố Thủ Đức"),
        ("Phường Linh Trung, TP. Thủ Đức", "Phường Linh Trung, Thành phố Thủ Đức"),
        ("X. Bình Mỹ, H. Củ Chi", "Xã Bình Mỹ, Huyện Củ Chi"),
        ("CĐCS May 10", "Công đoàn cơ sở May 10"),
        ("Phường Phú Nhuận", "Phường Phú Nhuận"),
        ("Hòa Hưng", "Hòa Hưng"),
        ("", ""),
    ],
)
def test_what_is_looked_for_is_spelled_out(asked: str, meant: str) -> None:
    assert spelled_out(asked) == meant
