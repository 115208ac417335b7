"""Copies that leave on the page: what everybody may see, and what judges read without knowing whose it is; each to those whose it is."""

import io

import openpyxl
import pytest
from django.urls import reverse

from kheo.core.registers.values import Kept
from kheo.journal.models import JournalEntry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.books import recorded, shipped
from tests.registers.entries import done
from tests.web.visits import enter, text_of
from tests.world import World, later

IDEA: dict[str, Kept] = {
    "ten": "Ghép ba sổ trực ca thành một",
    "chu_de": "TTHC",
    "noi_dung": ["N2"],
    "tac_gia_la": "individual",
    "tac_gia": "Ngô Thị Bảy",
    "dong_y": True,
    "van_de": "Mất nhiều lần đi lại.",
    "giai_phap": "Làm thử một tháng.",
    "ngay_gui": "2023-04-01",
}
OUTSIDE = {"cong-khai.xlsx", "de-cham.xlsx"}


@pytest.fixture
def ideas(world: World) -> Book:
    book = shipped("mo-hinh", "hien-ke")
    received = recorded(book, world, IDEA)
    judged = recorded(book, world, {**IDEA, "ten": "Bảng tin điện tử ở cổng"})
    done(judged, "so_khao", world.person("binh", later()), later())
    judged.refresh_from_db()
    Entry.objects.filter(pk=judged.pk).update(state="ap_dung", meaning="done_good")
    assert received.state == "nhan"
    return book


def taken(world: World, who: str, name: str) -> list[dict[str, object]]:
    answer = enter(world, who).get(reverse("export_entries", args=["hien-ke", name]))
    assert answer.status_code == 200
    head, *rows = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))["Hồ sơ"].iter_rows(values_only=True)  # type: ignore[arg-type]
    return [dict(zip((str(each) for each in head), row, strict=True)) for row in rows]


def test_a_copy_is_offered_to_those_who_may_take_it_and_is_not_there_for_others(world: World, ideas: Book) -> None:
    addresses = {name: reverse("export_entries", args=["hien-ke", name]) for name in OUTSIDE}
    for who, may in (("an", set()), ("hoa", OUTSIDE), ("binh", OUTSIDE), ("lan", OUTSIDE), ("kien", set())):
        client = enter(world, who)
        page = client.get(reverse("take_entries", args=["hien-ke"])).content.decode()
        assert {name for name, address in addresses.items() if address in page} == may, who
        answers = {name: client.get(address) for name, address in addresses.items()}
        assert {name for name, answer in answers.items() if answer.status_code == 200} == may, who
        assert all(b"".join(answer) for answer in answers.values() if answer.streaming)  # read to its end, its file is closed


def test_the_page_says_who_judges(world: World, ideas: Book) -> None:
    told = text_of(enter(world, "binh").get(reverse("take_entries", args=["hien-ke"])).content)
    assert "Bản để chấm , 2 bài hiến kế: không tên người, không tên đơn vị" in told
    assert "Người chấm là ai bấm được “Ghi ý kiến thẩm định”, “Tiếp thu” với hồ sơ của đơn vị khác" in told
    assert "Bản công khai , 1 bài hiến kế: chỉ hồ sơ ở bước Được tiếp thu, Đã áp dụng" in told


def test_judges_do_not_learn_whose_it_is(world: World, ideas: Book) -> None:
    rows = taken(world, "binh", "de-cham.xlsx")
    assert {row["Tên bài"] for row in rows} == {"Ghép ba sổ trực ca thành một", "Bảng tin điện tử ở cổng"}
    assert [key for key in rows[0] if "Đơn vị" in key or "Tên tác giả" in key or "Mốc" in key] == []
    assert not any(name in str(rows) for name in ("Ngô Thị Bảy", "Công đoàn cơ sở"))


def test_what_everybody_may_see_is_of_public_steps_and_public_fields(world: World, ideas: Book) -> None:
    (row,) = taken(world, "hoa", "cong-khai.xlsx")
    assert row["Tên bài"] == "Bảng tin điện tử ở cổng"
    assert {"Tên tác giả", "Tác giả là", "Hiệu quả mong đợi", "Điểm thẩm định"} & set(row) == set()
    assert JournalEntry.objects.filter(act="export_entries").latest("pk").detail["copy"] == "public"


def test_what_nobody_agreed_to_show_is_not_among_what_everybody_may_see(world: World, ideas: Book) -> None:
    refused = recorded(ideas, world, {**IDEA, "ten": "Giữ lại cho tổ tôi", "dong_y": False})
    unasked = recorded(ideas, world, {**IDEA, "ten": "Chưa hỏi ai"})
    Entry.objects.filter(pk__in=[refused.pk, unasked.pk]).update(state="ap_dung", meaning="done_good")
    Entry.objects.filter(pk=unasked.pk).update(extra={key: value for key, value in unasked.extra.items() if key != "dong_y"})
    assert [row["Tên bài"] for row in taken(world, "hoa", "cong-khai.xlsx")] == ["Bảng tin điện tử ở cổng"]
    told = text_of(enter(world, "hoa").get(reverse("take_entries", args=["hien-ke"])).content)
    assert "Bản công khai , 1 bài hiến kế: " in told
    assert "“Tác giả đồng ý cho giới thiệu” là Có, chỉ các trường công khai" in told
    assert {row["Tên bài"] for row in taken(world, "binh", "de-cham.xlsx")} >= {"Giữ lại cho tổ tôi", "Chưa hỏi ai"}


def test_a_register_without_a_score_from_outside_has_nothing_to_judge(world: World) -> None:
    shipped("kiem-tra")
    page = enter(world, "lan").get(reverse("take_entries", args=["kiem-tra"])).content.decode()
    assert "Bản để chấm" not in page
    assert "Bản công khai" not in page
