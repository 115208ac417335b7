"""What an entry's page tells of itself: in the words and measures of whoever reads it, and nothing twice."""

import re

from django.urls import reverse

from kheo.registers.actions import link_entries
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.books import POINT, recorded, shipped
from tests.registers.entries import done, made
from tests.web.visits import enter, text_of
from tests.world import World, later


def page_of(world: World, who: str, entry: Entry) -> str:
    answer = enter(world, who).get(reverse("entry", args=[entry.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_money_is_told_in_dong(world: World) -> None:
    entry = recorded(shipped("diem-o-nhiem"), world, {**POINT, "kinh_phi": 1_850_000})
    assert "Kinh phí (đồng) 1.850.000" in text_of(page_of(world, "an", entry).encode())


def test_the_button_that_stands_out_is_never_one_that_ends_something(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    offered = page_of(world, "binh", entry).partition("next-step")[2].partition("</section>")[0]
    buttons = re.findall(r'class="button([a-z ]*)"[^>]*>([^<]+)<', offered)
    assert [(kind.strip(), words.rstrip("…")) for kind, words in buttons] == [
        ("", "Duyệt"),
        ("secondary", "Hỏi lại"),
        ("secondary", "Gia hạn"),
        ("secondary", "Giao"),
        ("danger", "Không duyệt"),
    ]


def test_what_a_step_asks_is_no_gap_of_the_entry(world: World, small_book: Book) -> None:
    told = text_of(page_of(world, "an", made(small_book, world)).encode())
    gaps = told.partition("Chưa điền: ")[2].partition(".")[0].split(", ")
    assert ("Vị trí" in gaps, "Kết quả" in gaps) == (True, False)


def test_the_name_of_an_entry_is_told_once(world: World, small_book: Book) -> None:
    page = page_of(world, "an", made(small_book, world, ten="Vườn rau mái nhà"))
    assert page.partition("<main")[2].count("Vườn rau mái nhà") == 1


def test_the_story_names_the_line_and_the_link(world: World, small_book: Book) -> None:
    ours, theirs = made(small_book, world), made(small_book, world, "chi", "G4")
    enter(world, "an").post(reverse("add_line", args=[ours.pk, "chi"]), {"amount_vnd": "2.000.000", "source": "NS"})
    link_entries(ours.pk, "hoc_theo", theirs.code, on=later().date(), by=world.person("an", later()), at=later())
    told = text_of(page_of(world, "an", ours).encode())
    assert "Ghi dòng: Khoản chi Nguyễn Thị An" in told
    assert f"Ghi liên kết: Học theo: {theirs.code} Nguyễn Thị An" in told


def test_links_that_are_not_there_yet_stand_in_one_place(world: World) -> None:
    told = text_of(page_of(world, "an", recorded(shipped("diem-o-nhiem"), world, POINT)).encode())
    assert "Nối với hồ sơ khác Tái phát sau đợt… Trùng với…" in told
    assert "Chưa có." not in told


def test_where_nothing_can_be_done_any_more_nobody_is_waited_for(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "huy", world.person("hoa"), later(), reason="Ghi nhầm")
    told = text_of(page_of(world, "an", entry).encode())
    assert "Không còn bước nào nữa" in told
    assert "Đang chờ" not in told


def test_what_spreads_is_reached_from_its_list_and_its_board(world: World, small_book: Book) -> None:
    made(small_book, world)
    for name in ("entries", "entries_board"):
        page = enter(world, "an").get(reverse(name, args=["so-nho"])).content.decode()
        assert f'href="{reverse("entries_spread", args=["so-nho"])}"' in page, name
