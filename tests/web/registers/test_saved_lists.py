"""Saved lists on pages: saved, opened by their own address, counted, changed; what the register has no more is told."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.models import SavedEntries
from kheo.registers.queries.definitions import Book
from tests.registers.entries import made
from tests.web.registers.test_lists import see, titles
from tests.web.registers.test_queue_and_board import WALLED
from tests.web.visits import enter, queries_of, text_of
from tests.world import FILES, OPENING, World

SAVE = reverse("save_entries_list", args=["so-nho"])


def save(world: World, who: str, query: str, name: str, circle: str = "mine") -> HttpResponse:
    answer: HttpResponse = enter(world, who).post(f"{SAVE}?{query}", {"ten": name, "cho": circle}, follow=True)
    return answer


@pytest.fixture
def filled(world: World, small_book: Book) -> Book:
    made(small_book, world, ten="Vườn rau", dien_tich=900)
    made(small_book, world, ten="Tổ hòa giải", loai="MH", cach_lam="x")
    made(small_book, world, "chi", "G4", ten="Hẻm không rác")
    return small_book


@pytest.mark.usefixtures("filled")
def test_a_list_is_saved_from_what_one_sees_and_opened_by_its_own_address(world: World) -> None:
    page = see(world, "an", "?loai=CT&xep=-dien_tich")
    assert f"{SAVE}?xep=-dien_tich&amp;loai=CT" in page.content.decode()
    asked = text_of(enter(world, "an").get(f"{SAVE}?loai=CT&xep=-dien_tich").content)
    assert "Loại: Công trình; xếp: Diện tích, lớn, mới trước" in asked
    saved = save(world, "an", "loai=CT&xep=-dien_tich", "Công trình lớn")
    assert titles(saved) == ["Vườn rau"]
    assert "Công trình lớn 1" in text_of(saved.content)
    number = SavedEntries.objects.get().pk
    assert reverse("saved_entries", args=["so-nho", number]) in enter(world, "an").get(reverse("registers")).content.decode()
    assert enter(world, "hoa").get(reverse("saved_entries", args=["so-nho", number])).status_code == 404
    assert "Công trình lớn" not in text_of(see(world, "hoa").content)


@pytest.mark.usefixtures("filled")
def test_a_shared_list_shows_each_reader_their_own_entries_alone(world: World) -> None:
    save(world, "lan", "loai=CT", "Mọi công trình", f"all.{world.units['LDLD']}")
    address = reverse("saved_entries", args=["so-nho", SavedEntries.objects.get().pk])
    seen = {who: titles(enter(world, who).get(address, follow=True)) for who in ("an", "chi", "binh", "lan")}
    assert seen == {
        "an": ["Vườn rau"],
        "chi": ["Hẻm không rác"],
        "binh": ["Vườn rau"],
        "lan": ["Hẻm không rác", "Vườn rau"],
    }
    assert enter(world, "quan").get(address).status_code == 404


@pytest.mark.usefixtures("filled")
def test_a_shared_list_of_one_unit_opens_for_who_does_not_read_it_and_says_so(world: World) -> None:
    save(world, "lan", f"don_vi={world.units['D1']}", "Quận 1", f"all.{world.units['LDLD']}")
    number = SavedEntries.objects.get().pk
    page = enter(world, "chi").get(reverse("saved_entries", args=["so-nho", number]), follow=True)
    assert titles(page) == ["Hẻm không rác"]
    assert "ngoài phạm vi của anh/chị" in text_of(page.content)
    # Neither without the list, nor with another unit than the one that it names.
    assert see(world, "chi", f"?don_vi={world.units['D1']}").status_code == 404
    assert see(world, "chi", f"?don_vi={world.units['G1']}&ds={number}").status_code == 404


@pytest.mark.usefixtures("filled")
def test_the_own_units_of_a_shared_list_are_those_of_its_reader(world: World) -> None:
    assert titles(see(world, "an", "?pham_vi=minh")) == ["Tổ hòa giải", "Vườn rau"]
    assert titles(see(world, "binh", "?pham_vi=minh")) == []
    assert titles(see(world, "binh", "?pham_vi=duoi")) == ["Tổ hòa giải", "Vườn rau"]
    assert titles(see(world, "lan", "?pham_vi=duoi")) == ["Hẻm không rác", "Tổ hòa giải", "Vườn rau"]
    assert titles(see(world, "an", "?pham_vi=duoi")) == []


@pytest.mark.usefixtures("filled")
def test_filters_that_changed_are_written_over_or_left_as_they_were_saved(world: World) -> None:
    save(world, "an", "loai=CT", "Của An")
    number = SavedEntries.objects.get().pk
    page = see(world, "an", f"?loai=MH&ds={number}")
    assert "Điều kiện đã khác với danh sách đã lưu “Của An”" in text_of(page.content)
    assert "Điều kiện đã khác" not in text_of(see(world, "an", f"?ds={number}&loai=CT&trang=1").content)
    replaced = enter(world, "an").post(reverse("replace_entries_list", args=["so-nho", number]), {"loc": "loai=MH"}, follow=True)
    assert titles(replaced) == ["Tổ hòa giải"]
    assert SavedEntries.objects.get().query == "loai=MH"


@pytest.mark.usefixtures("filled")
def test_lists_are_renamed_shared_and_forgotten_on_their_page(world: World) -> None:
    save(world, "hoa", "loai=CT", "Của Hoa")
    number, unit = SavedEntries.objects.get().pk, world.units["G1"]
    change = reverse("change_entries_list", args=["so-nho", number])
    assert enter(world, "an").get(change).status_code == 404
    refused = enter(world, "hoa").post(change, {"ten": "Chung", "cho": f"all.{unit}"})
    assert refused.status_code == 409
    assert 'value="Chung"' in refused.content.decode()
    enter(world, "hoa").post(change, {"ten": "Chung", "cho": f"unit.{unit}"})
    listed = text_of(enter(world, "an").get(reverse("saved_entries_lists", args=["so-nho"])).content)
    assert "Chung Người của Công đoàn cơ sở Một Trần Thị Hoa lưu" in listed
    assert "Loại: Công trình" in listed
    dropped = enter(world, "an").post(reverse("drop_entries_list", args=["so-nho", number]), follow=True)
    assert "Đã bỏ danh sách “Chung”." in text_of(dropped.content)
    assert not SavedEntries.objects.exists()


def test_what_was_retired_since_is_told_and_the_list_still_opens(world: World, filled: Book) -> None:
    save(world, "an", "dien_tich.tu=5&trang_thai=nhap&xep=dien_tich&cot=dien_tich&cot=so_nguoi&loai=CT", "Lâu rồi")
    number = SavedEntries.objects.get().pk
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    retired = text.replace("decimals: 2, filter: true, sort: true, at_least: 0", "decimals: 2, at_least: 0, status: retired")
    retired = retired.replace(
        'fields: [loai, dip, dien_tich], fills: {ten: "{loai}, {dien_tich} m²"}', 'fields: [loai, dip], fills: {ten: "{loai}"}'
    )
    assert retired != text
    assert publish_register(retired, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    SavedEntries.objects.update(query=SavedEntries.objects.get().query + "&khong_con=1&trang_thai=cu&loai=ZZ&co_san=x")
    page = enter(world, "an").get(reverse("saved_entries", args=["so-nho", number]), follow=True)
    words = text_of(page.content)
    for said in (
        "Sổ không còn lọc theo “Diện tích” nữa.",
        "Không còn xếp theo “Diện tích” được.",
        "Cột “Diện tích” không còn trong sổ.",
        "Bước “cu” không còn trong sổ.",
        "Danh sách có sẵn “x” không còn trong sổ.",
        "Sổ không còn trường “khong_con”.",
        "ZZ",
    ):
        assert said in words, said
    assert titles(page) == ["Vườn rau"]  # what is still there of the condition holds
    assert filled.register.code == "so-nho"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?dien_tich=-", ["Tổ hòa giải"]),
        ("?dien_tich=*", ["Vườn rau"]),
        ("?dien_tich.tu=5&dien_tich.den=10", ["Vườn rau"]),
        ("?dien_tich.den=8", []),
        ("?loai=CT&loai=MH", ["Tổ hòa giải", "Vườn rau"]),
        ("?loai=-", []),
        ("?lop=draft", ["Tổ hòa giải", "Vườn rau"]),
        ("?lop=done_good", []),
        ("?lop=draft&trang_thai=xong", []),
        ("?tu_ngay=-&loai=MH", ["Tổ hòa giải", "Vườn rau"]),  # the day is not filtered by: told, and left out
    ],
)
def test_several_conditions_hold_together(world: World, query: str, expected: list[str]) -> None:
    assert titles(see(world, "an", query))[: len(expected) or 9] == (expected if "tu_ngay" not in query else ["Tổ hòa giải"])


@pytest.mark.usefixtures("filled")
def test_with_and_without_a_value_at_once_is_told(world: World) -> None:
    page = see(world, "an", "?dien_tich=-&dien_tich.tu=5")
    assert "không cả hai" in text_of(page.content)
    assert len(titles(page)) == 2


@pytest.mark.usefixtures("filled")
def test_columns_are_chosen_and_nothing_personal_is_among_them(world: World) -> None:
    page = see(world, "an", "?cot=dien_tich&cot=so_nguoi&cot=ten_chu_the")
    head = page.content.decode().split("<thead>")[1].split("</thead>")[0]
    assert [words in head for words in ("Diện tích", "Số người", "Tên chủ thể", "Lĩnh vực")] == [True, True, False, False]
    assert "Cột “Tên chủ thể” không còn" in text_of(page.content)
    assert "9" in text_of(page.content)


@pytest.mark.usefixtures("filled")
def test_tabs_cost_the_same_queries_however_many_there_are(world: World) -> None:
    save(world, "an", "loai=CT", "Một")
    address = reverse("entries", args=["so-nho"])
    client = enter(world, "an")
    one = queries_of(client, address)
    for number in range(5):
        save(world, "an", f"dien_tich.tu={number + 1}", f"Danh sách {number}")
    assert queries_of(client, address) == one


def test_behind_the_wall_no_list_is_saved(world: World) -> None:
    assert publish_register(WALLED, "so-che.yaml", by=SYSTEM, at=OPENING).problems == ()
    assert "Lưu danh sách" not in text_of(enter(world, "an").get(reverse("entries", args=["so-che"]) + "?xep=ma").content)
    assert enter(world, "an").post(reverse("save_entries_list", args=["so-che"]) + "?xep=ma", {"ten": "Vụ ông B"}).status_code == 404
    assert not SavedEntries.objects.exists()
