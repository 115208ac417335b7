"""The registers and their lists: who sees which entries, what the address narrows, what it costs."""

import re

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.entries import done, made
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later


def see(world: World, who: str, query: str = "") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(reverse("entries", args=["so-nho"]) + query)
    return answer


def titles(page: HttpResponse) -> list[str]:
    return re.findall(r'<th scope="row">(?:<div class="pick">.*?<div>)?<a href="[^"]*">(.*?)</a>', page.content.decode())


@pytest.fixture
def three(world: World, small_book: Book) -> dict[str, Entry]:
    return {
        "one": made(small_book, world, ten="Tổ hòa giải", loai="MH", cach_lam="x", dien_tich=500, linh_vuc="VH"),
        "two": made(small_book, world, ten="Vườn rau", dien_tich=90000),
        "four": made(small_book, world, "chi", "G4", ten="Hẻm không rác"),
    }


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("an", ["Vườn rau", "Tổ hòa giải"]),
        ("chi", ["Hẻm không rác"]),
        ("binh", ["Vườn rau", "Tổ hòa giải"]),
        ("lan", ["Hẻm không rác", "Vườn rau", "Tổ hòa giải"]),
        ("kien", ["Hẻm không rác", "Vườn rau", "Tổ hòa giải"]),
    ],
)
def test_everybody_sees_the_entries_of_their_unit_and_below(world: World, who: str, expected: list[str]) -> None:
    assert titles(see(world, who)) == expected


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("who", ["quan", "phuc"])
def test_whoever_reads_no_entries_finds_no_registers(world: World, who: str) -> None:
    assert see(world, who).status_code == 404
    assert enter(world, who).get(reverse("registers")).status_code == 404
    assert 'href="/so/"' not in enter(world, who).get("/").content.decode()


def test_what_is_given_to_a_unit_stands_in_its_list(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world, ten="Việc chung"), "gui", world.person("an"), later())
    assert titles(see(world, "chi")) == []
    Entry.objects.filter(pk=entry.pk).update(handler=world.units["G4"])
    assert titles(see(world, "chi")) == ["Việc chung"]
    assert titles(see(world, "binh")) == ["Việc chung"]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?loai=MH", ["Tổ hòa giải"]),
        ("?dien_tich.tu=6", ["Vườn rau"]),
        ("?tim=HOA+giai", ["Tổ hòa giải"]),
        ("?xep=dien_tich", ["Tổ hòa giải", "Vườn rau", "Hẻm không rác"]),
        ("?trang_thai=xong", []),
    ],
)
def test_filters_search_and_order_stand_in_the_address(world: World, query: str, expected: list[str]) -> None:
    assert titles(see(world, "lan", query)) == expected


@pytest.mark.usefixtures("three")
def test_a_list_is_narrowed_to_a_unit_below_and_to_no_other(world: World) -> None:
    assert titles(see(world, "lan", f"?don_vi={world.units['D2']}")) == ["Hẻm không rác"]
    assert see(world, "binh", f"?don_vi={world.units['D2']}").status_code == 404
    assert see(world, "lan", "?don_vi=987654321").status_code == 404


@pytest.mark.usefixtures("three")
def test_a_filter_that_is_not_understood_is_named_and_leads_to_its_field(world: World) -> None:
    page = see(world, "lan", "?dien_tich.tu=nhieu").content.decode()
    assert 'href="#loc-dien_tich"' in page
    assert 'id="loc-dien_tich" class="has-error"' in page
    assert 'value="nhieu"' in page


def test_cancelled_entries_stand_under_their_state_alone(world: World, small_book: Book) -> None:
    kept, gone = made(small_book, world, ten="Còn"), made(small_book, world, ten="Bỏ")
    done(gone, "huy", world.person("hoa"), later(), reason="Ghi nhầm")
    page = see(world, "an")
    assert titles(page) == ["Còn"]
    assert "Tất cả 1 Nháp 1 Hủy 1" in text_of(page.content)
    assert titles(see(world, "an", "?trang_thai=huy")) == ["Bỏ"]
    assert titles(see(world, "an", f"?tim={gone.code}")) == ["Bỏ"]
    assert kept.code != gone.code


def test_overdue_entries_have_a_list_of_their_own(world: World, small_book: Book) -> None:
    done(made(small_book, world, ten="Chờ trả lời"), "gui", world.person("an"), later())
    made(small_book, world, ten="Nháp")
    assert "Quá hạn" not in text_of(see(world, "binh").content)
    Entry.objects.filter(title="Chờ trả lời").update(due_on=later(days=-1).date())
    page = see(world, "binh", "?qua_han=1")
    assert titles(page) == ["Chờ trả lời"]
    assert "Quá hạn 1" in text_of(page.content)
    assert "Quá hạn 2 ngày" in text_of(page.content)


def test_what_is_personal_is_shown_to_those_who_work_on_it_and_not_to_an_auditor(world: World, small_book: Book) -> None:
    entry = made(small_book, world, chu_the="individual", ten_chu_the="Nguyễn Văn Tám")
    for who, sees in (("an", True), ("binh", True), ("lan", True), ("kien", False)):
        page = text_of(enter(world, who).get(reverse("entry", args=[entry.pk])).content)
        assert ("Nguyễn Văn Tám" in page) is sees, who
        assert ("không hiện (dữ liệu cá nhân)" in page) is not sees, who


def test_a_list_costs_the_same_queries_with_one_row_and_with_many(world: World, small_book: Book) -> None:
    address = reverse("entries", args=["so-nho"])
    made(small_book, world)
    client = enter(world, "lan")
    one = queries_of(client, address)
    for number in range(4):
        done(made(small_book, world, ten=f"Việc {number}"), "gui", world.person("an"), later())
        made(small_book, world, "chi", "G4", ten=f"Việc khác {number}")
    assert queries_of(client, address) == one
    assert one <= 27


def test_the_home_of_registers_counts_what_one_reads(world: World, small_book: Book) -> None:
    done(made(small_book, world), "gui", world.person("an"), later())
    made(small_book, world, "chi", "G4")
    Entry.objects.filter(owner=world.units["G1"]).update(due_on=later(days=-1).date())
    assert "Sổ nhỏ 1 hồ sơ 1 chưa xong 1 quá hạn Ghi tại chỗ Ghi hồ sơ" in text_of(enter(world, "an").get(reverse("registers")).content)
    assert "Sổ nhỏ 2 hồ sơ 2 chưa xong 1 quá hạn Mở sổ" in text_of(enter(world, "lan").get(reverse("registers")).content)


def test_pages_of_a_long_list_keep_the_filters(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    copies = []
    for number in range(60):
        entry.pk, entry.code, entry.title = None, f"SN-2023-{number + 100:04d}", f"Việc {number}"
        copies.append(Entry(**{field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}))
    Entry.objects.bulk_create(copies)
    first, second = see(world, "an", "?loai=CT"), see(world, "an", "?loai=CT&trang=2")
    assert (len(titles(first)), len(titles(second))) == (50, 11)
    assert "?loai=CT&amp;trang=2" in first.content.decode()
