"""What is told as published can be read somewhere: an address, or a copy of it (registers.md R4)."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kheo.core.registers.loading import load_register
from kheo.core.registers.values import Kept
from kheo.registers.actions import Made, Refused, create_entry
from tests.registers.books import CAMPAIGNS, photographed, recorded, shipped, tried
from tests.world import World, later

NEWS: Mapping[str, Kept] = {
    "ten": "Hẻm sạch ba năm liền",
    "gioi_thieu_gi": "GUONG",
    "kenh": "BAODAI",
    "noi_dang": "Báo của ngành",
    "ngay_dang": "2023-04-01",
    "noi_dung": ["N1"],
    "dong_y": True,
}
URL = "https://bao.example.vn/hem-sach"


@pytest.mark.parametrize(("address", "copy"), [(False, False), (True, False), (False, True), (True, True)])
def test_news_is_published_with_an_address_or_a_copy(world: World, address: bool, copy: bool) -> None:
    book = shipped("mo-hinh", "tin-bai")
    entry = recorded(book, world, {**NEWS, **({"dia_chi": URL} if address else {})})
    if copy:
        photographed(entry, "copy", later(1))
    result = tried(entry, "dang", world.person("an"), later(1))
    if address or copy:
        assert isinstance(result, Made)
        assert result.entry.state == "da_dang"
        return
    assert isinstance(result, Refused)
    assert [(each.key, each.message) for each in result.problems] == [
        ("copy", "Cần ít nhất 1 bản chụp bài đăng, hoặc điền “Địa chỉ bài đăng”; đang có 0.")
    ]


@pytest.mark.parametrize("typed", ["bao.example.vn/bai", "http://10.0.0.1:8080/", "https://ai:mat@bao.example.vn/", "javascript:alert(1)"])
def test_what_stands_as_an_address_is_one_of_a_page(world: World, typed: str) -> None:
    result = create_entry(shipped("mo-hinh", "tin-bai"), world.units["G1"], {**NEWS, "dia_chi": typed}, by=world.person("an"), at=later())
    assert isinstance(result, Refused)
    assert [each.key for each in result.problems] == ["dia_chi"]
    assert result.problems[0].message.startswith("Địa chỉ")


def changed(old: str, new: str) -> list[str]:
    """What is wrong with the book of news, otherwise written."""
    text = (CAMPAIGNS / "registers" / "tin-bai.yaml").read_text(encoding="utf-8")
    assert old in text
    return [each.message for each in load_register(text.replace(old, new, 1), str(Path("tin-bai.yaml"))).problems]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unless: dia_chi", "unless: dia_chy", "Không có trường “dia_chy” đang hỏi"),
        ("looked_in: [da_dang, dinh_chinh]", "looked_in: [da_dng]", "Không có trạng thái “da_dng”"),
        ("looked: {field: dia_chi, found: broken}", "looked: {field: ten, found: broken}", "Máy không xem trang của trường “ten”"),
        ("looked: {field: dia_chi, found: broken}", "looked: {field: dia, found: broken}", "Sổ “Tin bài” không có trường “dia”"),
        ("dinh_chinh], looked: {field: dia_chi, found: broken}}\n\ndup", "dinh_chinh], looked: {field: kenh}}\n\ndup", "“kenh”"),
        ("public: true, web:", "public: true, personal: true, web:", "web chỉ dùng cho trường text"),
        ("fact: in_state, states: [da_dang, dinh_chinh], looked", "at: start, fact: in_state, states: [da_dang, dinh_chinh], looked",
         "Khóa looked chỉ dùng với fact: in_state lúc chốt số liệu."),
    ],
)  # fmt: skip
def test_a_definition_asks_only_what_can_be_looked_at(old: str, new: str, said: str) -> None:
    assert any(said in each for each in changed(old, new)), changed(old, new)
    assert changed("R4", "R4") == []
