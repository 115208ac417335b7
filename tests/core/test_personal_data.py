"""What in a text looks like somebody's own data, and what never does."""

import random
import time

import pytest

from kheo.core.numbers import format_int
from kheo.core.personal_data import KIND_NAMES, Found, _all, _plain, find_personal_data


def kinds(text: str) -> list[tuple[str, str]]:
    return [(found.kind, found.text) for found in find_personal_data(text)]


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("Chị Lan, 079185012345, được hỗ trợ", "identity", "079185012345"),
        ("CCCD: 079 185 012 345.", "identity", "079 185 012 345"),
        ("CCCD 0791 8501 2345", "identity", "0791 8501 2345"),
        ("căn cước số 079.185.012.345", "identity", "079.185.012.345"),
        ("（０７９１８５０１２３４５）", "identity", "079185012345"),
        ("CMND 023456789 cấp năm 2010", "identity", "023456789"),
        ("chứng minh nhân dân số 312 345 678", "identity", "312 345 678"),
        ("số định danh 123456789012", "identity", "123456789012"),
        ("gọi 0912345678 gặp anh Tư", "phone", "0912345678"),
        ("0912.345.678", "phone", "0912.345.678"),
        ("0912 345 678", "phone", "0912 345 678"),
        ("091 234 5678", "phone", "091 234 5678"),
        ("0912-34-56-78", "phone", "0912-34-56-78"),
        ("ĐT: 09 12 34 56 78", "phone", "09 12 34 56 78"),
        ("+84 912 345 678", "phone", "+84 912 345 678"),
        ("+84912345678", "phone", "+84912345678"),
        ("(+84)912345678", "phone", "(+84)912345678"),
        ("0084 912 345 678", "phone", "0084 912 345 678"),
        ("sđt 84912345678", "phone", "84912345678"),
        ("028 3829 7123", "phone", "028 3829 7123"),
        ("(028) 3829 7123", "phone", "(028) 3829 7123"),
        ("02838297123", "phone", "02838297123"),
        ("0251 382 7123", "phone", "0251 382 7123"),
        ("thư gửi an.nguyen+cd@congdoan.org.vn.", "email", "an.nguyen+cd@congdoan.org.vn"),
        ("STK 0071000123456 Vietcombank", "account", "0071000123456"),
        ("số tài khoản: 19033 1234 56015", "account", "19033 1234 56015"),
        ("chuyển qua Agribank 6200205123456", "account", "6200205123456"),
        ("mã số BHXH 7912345678", "insurance", "7912345678"),
        ("hộ chiếu B1234567", "passport", "B1234567"),
    ],
)
def test_what_looks_like_a_persons_data_is_found_with_its_text(text: str, kind: str, shown: str) -> None:
    assert kinds(text) == [(kind, shown)]


@pytest.mark.parametrize(
    "text",
    [
        "đã phổ biến cho 7.593 lượt người",
        "kinh phí 19.764.230.000 đồng, trong đó xã hội hóa 12.345.678.901 đồng",
        "kinh phí 123.456.789.012 đồng",
        "kinh phí 123456789012 đồng, 84912345678 đồng",
        "kinh phí 84.912.345.678 đồng và 84 912 345 678 đồng",
        "chuyển vào tài khoản 50000000 đồng",
        "chuyển vào tài khoản 50.000.000 đồng cho 25 hộ",
        "theo Nghị định 30/2020/NĐ-CP và Luật 91/2025/QH15, Công văn 199/LĐLĐ-TG, Hướng dẫn 11-HD/BDVTU",
        "từ 11/11/2022 đến hết 05/05/2023, 01.02.2023 04.05.2023, 2023-05-10",
        "Quyết định số 0912345678/QĐ-LĐLĐ",
        "doanh nghiệp có mã số thuế 0312345678",
        "MST: 0301234567-001",
        "tỷ lệ 95,12 % (4.756/5.000), tăng 0,912345678",
        "các năm 2019 2020 2021 2022 2023",
        "đạt 09 12 34 56 78 phần",
        "tọa độ 10.762622, 106.660172",
        "tổng đài 1900 1234",
        "Facebook @congdoan, mục 1.0912345678",
        "trang có 12.345.678 lượt xem",
        "ISBN 9786041234567",
        "CMND đã cấp cho 125 người; 1.234.567 lượt",
        "căn cước: 512 trường hợp",
        "",
        "3829 7123",
    ],
)
def test_figures_amounts_dates_and_numbers_of_documents_are_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_several_are_told_in_their_order_and_none_twice() -> None:
    text = "Anh Tư 0912345678 0987654321, CCCD 079185012345, tu@vi-du.vn"
    assert kinds(text) == [("phone", "0912345678"), ("phone", "0987654321"), ("identity", "079185012345"), ("email", "tu@vi-du.vn")]


def test_a_find_says_where_it_begins() -> None:
    assert find_personal_data("Gọi 0912345678") == (Found("phone", "0912345678", 4),)


@pytest.mark.parametrize("before", ["", "tài khoản ", "CCCD ", "điện thoại ", "BHXH ", "liên hệ "])
def test_no_grouped_amount_is_ever_taken_for_personal_data(before: str) -> None:
    chance = random.Random(17)
    for _ in range(4000):
        amount = chance.randrange(1, 10 ** chance.randrange(1, 14))
        for words in (f"{format_int(amount)}", f"{format_int(amount)} đồng", f"{amount} đồng"):
            assert kinds(f"{before}{words}") == [], (before, words)


def test_every_random_identity_and_mobile_number_is_found() -> None:
    chance = random.Random(5)
    for _ in range(2000):
        identity = f"0{chance.randrange(1, 97):02d}{chance.randrange(10**9):09d}"
        assert kinds(f"số {identity} của") == [("identity", identity)]
        mobile = f"0{chance.choice('35789')}{chance.randrange(10**8):08d}"
        assert kinds(f"số {mobile}.") == [("phone", mobile)]


@pytest.mark.parametrize("text", ["0" * 20_000, "09 " * 7_000, "a@" * 10_000, "+84" * 7_000, "1 " * 10_000, "a." * 10_000 + "@"])
def test_a_hostile_text_takes_no_long_time(text: str) -> None:
    begun = time.process_time()
    find_personal_data(text)
    assert time.process_time() - begun < 1.0


def test_every_kind_has_its_name() -> None:
    assert set(KIND_NAMES) == {"identity", "phone", "email", "account", "insurance", "passport"}


PIECES = (
    "0",
    "1",
    "84",
    "079",
    "0912",
    "345",
    "B1234567",
    " ",
    ".",
    "-",
    "(",
    ")",
    "+",
    "STK ",
    "ĐT: ",
    "hộ chiếu ",
    "CMND ",
    ",",
    "/",
    "đồng",
)


def test_the_quick_look_passes_over_nothing_that_a_closer_look_finds() -> None:
    chance, seen = random.Random(5), 0
    for _ in range(20_000):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
        closely = {found.start for found in _all(_plain(text))}
        seen += bool(closely)
        assert bool(find_personal_data(text)) == bool(closely), text
    assert seen > 500


def test_digits_blanks_and_dashes_of_every_script_are_read_as_plain_ones() -> None:
    for start in (0x660, 0x966, 0xFF10, 0x1D7CE, 0x1FBF0):
        assert kinds("".join(chr(start + int(each)) for each in "0912345678")) == [("phone", "0912345678")]
    for blank in "\u00a0\u2007\u2009\u202f\u3000":
        assert kinds(f"0912{blank}345{blank}678") == [("phone", "0912 345 678")]
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2212":
        assert kinds(f"0912{dash}345{dash}678") == [("phone", "0912-345-678")]
