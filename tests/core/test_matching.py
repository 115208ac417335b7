"""A people's own table: its columns, and names as they would be written in full."""

import pytest

from kheo.core.matching import NamedRow, in_full, is_same, read_names


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


def test_the_table_begins_under_its_head_wherever_that_stands() -> None:
    rows = {
        0: ["DANH SÁCH ĐƠN VỊ"],
        3: ["STT", "Tên đơn vị", "Thuộc", "Mã"],
        4: [1.0, "P.1", "Q.3", 26734.0],
        6: [2.0, "  Phường   2 ", None],
        7: [None, None, "Cộng"],
    }
    assert read_names(rows) == (NamedRow(5, "P.1", "Q.3", "26734"), NamedRow(7, "Phường 2", "", ""))
    assert read_names({0: ["a", "b"], 1: ["c"]}) is None
