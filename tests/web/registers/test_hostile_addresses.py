"""Addresses of a register that nobody writes by hand: each is answered, whatever stands in it."""

import pytest
from django.urls import reverse

from kheo.registers.queries.definitions import Book
from tests.registers.entries import made
from tests.web.visits import enter
from tests.world import World

LISTS = ("entries", "entries_board", "entries_map", "entries_spots", "save_entries_list", "saved_entries_lists")
ASKED = (
    *("trang", "trang_thai", "xep", "tim", "don_vi", "pham_vi", "lop", "qua_han", "co_san", "cot", "ds", "o"),
    *("loai", "loai.tu", "dien_tich", "dien_tich.tu", "dien_tich.den", "tu_ngay.tu", "vi_tri", "khong_co"),
)
ODD = ("", "\x00", "\U0010ffff", "-1", "9" * 400, "1e999", "٣", "2023-02-30", "9999-12-31", "_" * 3000, "' OR 1=1 --")


@pytest.mark.parametrize("page", LISTS)
def test_whatever_stands_in_an_address_it_is_answered(world: World, small_book: Book, page: str) -> None:
    made(small_book, world)
    client, address = enter(world, "lan"), reverse(page, args=["so-nho"])
    for value in ODD:
        assert client.get(address, dict.fromkeys(ASKED, value)).status_code in (200, 404), value
