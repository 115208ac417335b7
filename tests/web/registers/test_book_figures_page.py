"""The page of a register's figures: each number leads to its entries, and nobody opens those of others."""

from collections.abc import Iterator
from html import unescape

import pytest
from django.urls import reverse

from kheo.core.registers.values import Kept
from kheo.registers.actions import Made, write_line
from kheo.registers.actions.lining import Line
from tests.registers.books import WISH, did, recorded, shipped
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import World, later, small_world


@pytest.fixture
def petitions(db: None) -> Iterator[World]:
    """Three petitions of G1 on 3 April, of two fields."""
    world = small_world()
    book = shipped("phan-anh")
    for field, title in (("KHAC", "Đèn hẻm hỏng"), ("KHAC", "Nắp cống vỡ"), ("TTHC", "Chờ giấy xác nhận")):
        recorded(book, world, {**WISH, "linh_vuc": field, "tom_tat": title})
    with day(later(days=2)):
        yield world


def table(world: World, who: str, unit: str, book: str = "phan-anh", query: str = "") -> tuple[int, str]:
    answer = enter(world, who).get(f"{reverse('book_figures', args=[book])}?don_vi={world.units[unit]}{query}")
    return answer.status_code, answer.content.decode()


def behind(world: World, figure: str, unit: str, query: str = "", book: str = "phan-anh") -> str:
    return f"{reverse('book_figure', args=[book, figure])}?don_vi={world.units[unit]}&nam=2023{query}"


def test_a_number_leads_to_the_entries_that_it_counts(petitions: World) -> None:
    status, page = table(petitions, "binh", "D1")
    assert status == 200
    address = behind(petitions, "nhan", "D1")
    assert f'<a href="{address}">3</a>' in unescape(page)
    listed = text_of(enter(petitions, "binh").get(address).content)
    for title in ("Đèn hẻm hỏng", "Nắp cống vỡ", "Chờ giấy xác nhận"):
        assert title in listed
    assert "Số phản ánh bắt đầu ở “Tiếp nhận” trong kỳ" in listed
    assert "Từ 01/01/2023 đến hết 03/04/2023" in listed
    part = text_of(enter(petitions, "binh").get(behind(petitions, "nhan", "D1", "&phan=TTHC")).content)
    assert "Chờ giấy xác nhận" in part
    assert "Nắp cống vỡ" not in part


def test_numbers_that_are_divided_alike_stand_side_by_side_and_each_leads_to_its_part(petitions: World) -> None:
    _, page = table(petitions, "binh", "D1")
    words = text_of(page.partition('<h2 id="theo-1">')[2].partition("</section>")[0].encode())
    for row in ("Lĩnh vực Tiếp nhận Đã trả lời Đang giải quyết Đang quá hạn", "Lĩnh vực khác 2 0 2 0", "Thủ tục hành chính 1 0 1 0"):
        assert row in words, words
    assert f'<a href="{behind(petitions, "dang_mo", "D1", "&phan=KHAC")}">2</a>' in unescape(page)
    _, empty = table(petitions, "chi", "G4")
    assert 'id="theo-1"' not in empty


def test_a_share_leads_to_both_of_its_numbers(petitions: World) -> None:
    late = enter(petitions, "binh")
    with day(later(days=9)):
        status, page = table(petitions, "binh", "D1")
        assert (status, "0 %" in page, "<small>0/3</small>" in page) == (200, True, True)
        met = text_of(late.get(behind(petitions, "dung_han", "D1")).content)
        due = text_of(late.get(behind(petitions, "dung_han", "D1", "&mau=1")).content)
    assert ("Chưa có hồ sơ nào được đếm" in met, "Nắp cống vỡ" in due) == (True, True)


@pytest.mark.parametrize(("who", "unit", "status"), [
    ("an", "G1", 200), ("an", "D1", 404), ("binh", "D1", 200), ("binh", "D2", 404),
    ("chi", "G1", 404), ("quan", "LDLD", 404), ("kien", "LDLD", 200),
])  # fmt: skip
def test_whose_units_are_shown(petitions: World, who: str, unit: str, status: int) -> None:
    assert table(petitions, who, unit)[0] == status
    assert enter(petitions, who).get(behind(petitions, "nhan", unit)).status_code == status


@pytest.mark.parametrize("query", ["&phan=x&mau=1", "&phan=KHAC"])
def test_a_part_of_what_has_no_parts_is_not_there(petitions: World, query: str) -> None:
    assert enter(petitions, "binh").get(behind(petitions, "dung_han", "D1", query)).status_code == 404


def test_a_figure_or_register_that_there_is_not_is_not_there(petitions: World) -> None:
    visitor = enter(petitions, "binh")
    assert visitor.get(behind(petitions, "khong_co", "D1")).status_code == 404
    assert visitor.get(reverse("book_figures", args=["khong-co"])).status_code == 404


def test_a_year_that_is_not_offered_is_this_one(petitions: World) -> None:
    for query in ("&nam=1999", "&nam=abc", "&nam=99999999999999999999"):
        assert "năm 2023</h1>" in table(petitions, "binh", "D1", query=query)[1]
    assert "năm 2022</h1>" in table(petitions, "binh", "D1", query="&nam=2022")[1]


def test_the_page_costs_the_same_with_one_entry_and_with_many(petitions: World) -> None:
    visitor, book = enter(petitions, "binh"), shipped("phan-anh")
    addresses = [f"{reverse('book_figures', args=['phan-anh'])}?don_vi={petitions.units['D1']}", behind(petitions, "nhan", "D1")]
    few = [queries_of(visitor, address) for address in addresses]
    for _ in range(9):
        recorded(book, petitions, WISH)
    assert [queries_of(visitor, address) for address in addresses] == few
    assert max(few) <= 30


def test_where_small_numbers_are_hidden_lists_open_in_the_unit_alone(db: None) -> None:
    world = small_world()
    book = shipped("cham-lo")
    entry = recorded(book, world, {"dip": "TET", "ngay": "2023-04-01"})
    for kind, quantity in (("MATVIEC", 3), ("BHYT", 9), ("NHASUA", 40)):
        line = Line("ho_tro", later().date(), kind=kind, source="CD", quantity=quantity, amount_vnd=1_000_000)
        assert isinstance(write_line(entry.pk, line, by=world.person("an"), at=later()), Made)
    with day(later(days=2)):
        own = text_of(enter(world, "an").get(behind(world, "luot", "G1", book="cham-lo")).content)
        above = text_of(enter(world, "binh").get(behind(world, "luot", "G1", book="cham-lo")).content)
        refused = enter(world, "binh").get(behind(world, "luot", "G1", "&phan=MATVIEC", book="cham-lo")).status_code
        page = enter(world, "binh").get(reverse("entry", args=[entry.pk])).content.decode()
    assert (entry.code in own, "Người mất việc 3" in own) == (True, True)
    assert (entry.code in above, "Các phần không hiện" in above, "Nhà sửa chữa" in above) == (False, True, False)
    assert "Các phần không hiện" not in own
    assert "danh sách hồ sơ chỉ đơn vị ghi xem được" in above
    assert refused == 404
    assert ("Các dòng chỉ đơn vị ghi xem được" in page, "Nhà sửa chữa" in page) == (True, False)


def test_of_an_inspection_by_somebody_above_no_more_is_told_than_whose_it_is_and_when(db: None) -> None:
    """The city inspects G1: the district between counts it, and reads neither code nor verdict; the city does."""
    world, book = small_world(), shipped("kiem-tra")
    lan, hoa = world.person("lan"), world.person("hoa")
    visit: dict[str, Kept] = {"ten": "Việc riêng của thành phố", "hinh_thuc": "HOSO", "noi_dung": ["N1"], "ngay": "2023-04-02"}
    entry = did(recorded(book, world, visit, who="lan", unit="LDLD"), "thong_bao", lan, later(1), handler=world.units["G1"])
    for kind, who, act, score in (("tu_cham", hoa, "tu_cham", "diem_tu_cham"), ("cham", lan, "cham", "diem")):
        line = Line(kind, later(2).date(), kind="MOHINH", quantity=40, text="Có sổ")
        assert isinstance(write_line(entry.pk, line, by=who, at=later(2)), Made)
        entry = did(entry, act, who, later(3), values={score: 40})
    entry = did(entry, "nhat_tri", hoa, later(4))
    address = behind(world, "don_vi", "D1", book="kiem-tra")
    with day(later(days=5)):
        between = enter(world, "binh").get(address)
        own = enter(world, "lan").get(address)
    state = book.definition.by_state[entry.state].name
    told = text_of(between.content.partition(b"<tbody>")[2].partition(b"</tbody>")[0])
    assert told == "Hồ sơ của đơn vị khác Liên đoàn Lao động Thành phố 01/04/2023", told
    for words in (entry.code, state, "Việc riêng của thành phố", f"/ho-so/{entry.pk}/"):
        assert words not in between.content.decode()
        assert words in own.content.decode()


def test_how_long_what_is_open_has_waited_is_told_with_its_longest_and_the_list_begins_with_that(petitions: World) -> None:
    book = shipped("phan-anh")
    recorded(book, petitions, {**WISH, "tom_tat": "Chờ lâu nhất", "ngay_nhan": "2023-03-25"}, at=later(days=1))
    _, page = table(petitions, "binh", "G1")
    assert "2 ngày lâu nhất: 9" in text_of(page.encode())
    listed = text_of(enter(petitions, "binh").get(behind(petitions, "cho_lau", "G1")).content)
    assert "2 ngày lâu nhất: 9" in listed
    assert "Trạng thái nay Số ngày Chờ lâu nhất" in listed, "the oldest stands first, under the days"
