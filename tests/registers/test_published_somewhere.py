"""What is told as published can be read somewhere: an address, or a copy of it (registers.md R4)."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from kheo.core.registers.loading import load_register
from kheo.core.registers.values import Kept
from kheo.registers.actions import Made, Refused, create_entry, drop_link, link_entries
from kheo.registers.models import Entry, EntryLink
from tests.registers.books import CAMPAIGNS, did, photographed, recorded, said, shipped, tried
from tests.web.visits import day, enter
from tests.world import OPENING, World, later

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
    ("old", "new", "told"),
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
def test_a_definition_asks_only_what_can_be_looked_at(old: str, new: str, told: str) -> None:
    assert any(told in each for each in changed(old, new)), changed(old, new)
    assert changed("R4", "R4") == []


def about_a_model(world: World, what: str) -> tuple[Entry, Entry]:
    """News that was published, and the model that it may be about."""
    models, news = shipped("mo-hinh"), shipped("mo-hinh", "tin-bai")
    entry = recorded(news, world, {**NEWS, "gioi_thieu_gi": what, "dia_chi": URL})
    model = recorded(models, world, {"ten": "Hẻm sạch"})
    if what == "MOHINH":
        linked(entry, model, world)
    return did(entry, "dang", world.person("an"), later(1)), model


def linked(entry: Entry, model: Entry, world: World) -> EntryLink:
    made = link_entries(entry.pk, "gioi_thieu", model.code, on=OPENING.date(), by=world.person("an"), at=later(1))
    assert isinstance(made, Made), made
    return EntryLink.objects.get(entry=entry, other=model, known_to__isnull=True)


def test_a_correction_makes_news_no_news_of_a_model_without_naming_it(world: World) -> None:
    """What needs a model when it is published needs one when it is corrected to that, else the correction would be the way around."""
    entry, model = about_a_model(world, "GUONG")
    change = {"values": {"gioi_thieu_gi": "MOHINH"}, "reason": "Ghi nhầm"}
    assert "Chưa ghi liên kết “Giới thiệu mô hình”." in said(tried(entry, "sua_sai", world.person("hoa"), later(2), **change))
    linked(entry, model, world)
    assert did(entry, "sua_sai", world.person("hoa"), later(2), **change).extra["gioi_thieu_gi"] == "MOHINH"


def test_the_last_model_is_not_taken_from_news_of_a_model_but_a_wrong_one_is_exchanged(world: World) -> None:
    entry, model = about_a_model(world, "MOHINH")
    wrong, an = EntryLink.objects.get(entry=entry), world.person("an")
    assert drop_link(wrong.pk, by=an, at=later(2)) == Refused(
        "“Giới thiệu mô hình”: không bỏ liên kết cuối cùng ở trạng thái “Đã đăng”, việc đã làm dựa vào đó."
        " Ghi liên kết đúng trước, rồi bỏ liên kết sai."
    )
    assert shown_to(entry, world) == ([], True)
    right = recorded(shipped("mo-hinh"), world, {"ten": "Hẻm đúng"})
    linked(entry, right, world)
    assert shown_to(entry, world) == ([model.code, right.code], False)
    assert isinstance(drop_link(wrong.pk, reason="Nhầm mô hình", by=an, at=later(3)), Made)
    assert shown_to(entry, world) == ([], True)


def test_news_that_is_of_no_model_any_more_lets_its_link_go(world: World) -> None:
    entry, model = about_a_model(world, "GUONG")
    link = linked(entry, model, world)
    assert isinstance(drop_link(link.pk, by=world.person("an"), at=later(2)), Refused), "a figure counts it: it goes with a reason"
    assert isinstance(drop_link(link.pk, reason="Không nói về mô hình", by=world.person("an"), at=later(2)), Made)


def test_news_that_is_still_planned_lets_its_link_go(world: World) -> None:
    news = shipped("mo-hinh", "tin-bai")
    entry = recorded(news, world, {**NEWS, "gioi_thieu_gi": "MOHINH"})
    link = linked(entry, recorded(shipped("mo-hinh"), world, {"ten": "Hẻm sạch"}), world)
    assert isinstance(drop_link(link.pk, by=world.person("an"), at=later(2)), Made)


def shown_to(entry: Entry, world: World) -> tuple[list[str], bool]:
    """On the page: the codes of the models that can be taken back, and whether it says why the last one is not."""
    with day(later(4)):
        page = enter(world, "an").get(f"/so/ho-so/{entry.pk}/").content.decode()
    return re.findall(r"Bỏ liên kết với ([\w-]+)", page), "không bỏ liên kết cuối cùng" in page


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",\n     links: gioi_thieu, links_if: [{field: gioi_thieu_gi, equals: MOHINH}]}", "}",
         "“Đính chính hồ sơ” sửa “Giới thiệu điều gì” mà “Ghi đã đăng” theo đó đòi liên kết: đặt cùng links, links_if."),
        ("kept_from: da_dang}\n\natt", "kept_from: da_dnag}\n\natt", "Không có trạng thái “da_dnag”"),
        ("to: mo-hinh, kept_from: da_dang", "to: mo-hinh, at_most: 1, kept_from: da_dang", "“Giới thiệu mô hình” chỉ nhận một, ghi"),
        ("to: mo-hinh, kept_from: da_dang}", "to: mo-hinh}\n  - {code: khac, name: Khác, back: Khác, to: mo-hinh, kept_from: da_dang}",
         "Không thao tác nào cần liên kết “Khác” (links); bỏ kept_from."),
    ],
)  # fmt: skip
def test_what_needs_a_link_needs_it_when_it_is_corrected_and_what_is_kept_is_needed(old: str, new: str, told: str) -> None:
    assert any(told in each for each in changed(old, new)), changed(old, new)
