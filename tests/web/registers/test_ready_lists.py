"""The lists that come with a register, on its page: the directive's own complaints, one press away."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.registers.books import WISH, did, recorded, shipped
from tests.registers.test_inspections import VISIT, announced
from tests.web.visits import day, enter, queries_of
from tests.world import World, head_of, later


def shown(world: World, who: str, book: str, query: str = "") -> str:
    return enter(world, who).get(reverse("entries", args=[book]) + query).content.decode()


def names(page: str) -> list[str]:
    listed = re.search(r'<ul class="plain">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r">([^<]+)</a>", listed.group(1)) if listed else []


def test_units_without_a_plan_are_named_to_those_above(world: World) -> None:
    shipped("ke-hoach")
    page = shown(world, "binh", "ke-hoach", "?co_san=chua_ke_hoach")
    assert "Đơn vị chưa có kế hoạch <b>4</b>" in page
    assert names(page) == ["Công đoàn cơ sở Ba", "Công đoàn cơ sở Hai", "Công đoàn cơ sở Một", "Liên đoàn Lao động Quận 1"]
    assert names(shown(world, "binh", "ke-hoach", f"?co_san=chua_ke_hoach&don_vi={world.units['G2']}")) == ["Công đoàn cơ sở Hai"]
    assert names(shown(world, "binh", "ke-hoach", f"?co_san=chua_ke_hoach&trang={'9' * 18}")) == names(page)
    assert names(shown(world, "chi", "ke-hoach", "?co_san=chua_ke_hoach")) == ["Công đoàn cơ sở Bốn"]


def test_units_that_were_not_inspected_lead_to_the_inspections_they_were_given_and_not_to_what_they_wrote(world: World) -> None:
    book = shipped("kiem-tra")
    given = announced(book, world)
    own = recorded(book, world, {**VISIT, "ten": "Tự kiểm tra tổ"}, who="an", unit="G1")
    above = recorded(book, world, {**VISIT, "ten": "Thành phố kiểm tra"}, who="minh", unit="LDLD")
    did(above, "thong_bao", head_of(world, "LDLD"), later(1), handler=world.units["D1"])
    shipped("ke-hoach")
    with day(later(days=1)):
        page = shown(world, "binh", "kiem-tra", "?co_san=chua_kiem_tra")
        (address,) = re.findall(r'<a href="([^"]+)">Công đoàn cơ sở Một</a>', page)
        listed = shown(world, "binh", "kiem-tra", address.replace("&amp;", "&"))
        assert (given.code in listed, own.code in listed, above.code in listed) == (True, False, False)
        mine = shown(world, "binh", "kiem-tra", "?pham_vi=duoc_giao")
        assert (given.code in mine, above.code in mine) == (False, True), "of one's own unit where none is named"
        assert '<option value="duoc_giao" selected>' in mine
        assert "duoc_giao" not in shown(world, "binh", "ke-hoach"), "nothing is handed on there"


def test_above_a_list_of_units_stand_no_steps_for_a_unit_stands_at_none(world: World) -> None:
    """Pressed, one of them showed the same units again; and to count them cost half as much again as to find the units."""
    announced(shipped("kiem-tra"), world)
    with day(later(days=1)):
        page = shown(world, "binh", "kiem-tra", "?co_san=chua_kiem_tra&don_vi=" + str(world.units["D1"]))
        steps = re.search(r'<nav class="chips" aria-label="Trạng thái">(.*?)</nav>', page, re.DOTALL)
        assert steps is not None
        assert re.findall(r'href="([^"]+)"[^>]*>([^<]+)', steps.group(1)) == [(f"?don_vi={world.units['D1']}&amp;", "Tất cả")]
        browser, address = enter(world, "binh"), f"{reverse('entries', args=['kiem-tra'])}?co_san=chua_kiem_tra"
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
    assert not any("found.state, count(*)" in each["sql"] for each in asked.captured_queries)


def test_petitions_that_are_late_stand_in_a_list_of_their_own(world: World) -> None:
    book = shipped("phan-anh")
    recorded(book, world, {**WISH, "tom_tat": "Đèn hẻm hỏng"})
    with day(later(days=3)):
        assert "Quá hạn mà chưa trả lời" not in shown(world, "binh", "phan-anh"), "a list in which nothing stands is in nobody's way"
        opened = shown(world, "binh", "phan-anh", "?co_san=tre_tra_loi")
        assert "Không còn gì trong danh sách này" in opened
        assert "Quá hạn mà chưa trả lời <b>0</b>" in opened
    with day(later(days=8)):
        page = shown(world, "binh", "phan-anh", "?co_san=tre_tra_loi")
    assert "Quá hạn mà chưa trả lời <b>1</b>" in page
    assert "Đèn hẻm hỏng" in page
    assert "Trả lời ngay hoặc gia hạn" in page


def test_a_list_that_there_is_not_is_left_out(world: World) -> None:
    recorded(shipped("phan-anh"), world, WISH)
    assert WISH["tom_tat"] in shown(world, "binh", "phan-anh", "?co_san=khong_co")


def test_a_page_of_lists_costs_the_same_with_one_entry_and_with_many(world: World) -> None:
    book = shipped("phan-anh")
    visitor, address = enter(world, "binh"), reverse("entries", args=["phan-anh"])
    recorded(book, world, WISH)
    few = queries_of(visitor, address)
    for _ in range(4):
        recorded(book, world, WISH)
    assert queries_of(visitor, address) == few
