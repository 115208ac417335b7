"""Writing an entry and changing it: everything that is wrong at once, at its field, and nothing that was typed lost."""

import pytest
from django.urls import reverse

from kheo.registers.actions import Made, edit_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import WISH, did, recorded, shipped
from tests.registers.entries import made
from tests.web.visits import enter, text_of
from tests.world import World, later

FILLED = {
    "ten": "Vườn rau",
    "loai": "MH",
    "linh_vuc": "KT",
    "cach_lam": "Trồng rau.\nChia rau.",
    "dien_tich": "1.234,56",
    "dip": ["NS", "XHH"],
}
NEW = "/so/so-nho/ghi-moi/"


@pytest.mark.usefixtures("small_book")
def test_an_entry_is_written_from_its_form(world: World, small_book: Book) -> None:
    answer = enter(world, "an").post(NEW, {**FILLED, "tu_ngay": "01/03/2023", "co_anh": "khong", "vi_tri": "10.776889, 106.700806"})
    entry = Entry.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("entry", args=[entry.pk]))
    assert (entry.owner_id, entry.source) == (world.units["G1"], "web")
    assert values_of(small_book.definition, entry, texts_of(entry)) == {
        "ten": "Vườn rau",
        "loai": "MH",
        "linh_vuc": "KT",
        "cach_lam": "Trồng rau.\nChia rau.",
        "dien_tich": 123456,
        "dip": ["NS", "XHH"],
        "tu_ngay": "2023-03-01",
        "co_anh": False,
        "vi_tri": (10776889, 106700806),
    }


@pytest.mark.usefixtures("small_book")
def test_everything_wrong_is_told_at_once_and_what_was_typed_stays(world: World) -> None:
    answer = enter(world, "an").post(NEW, {"dien_tich": "nhiều", "tu_ngay": "31/02/2023", "dip": ["NS"]})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [part.split('"')[0] for part in page.split('<a href="#o-')[1:]] == ["tu_ngay", "dien_tich", "ten"]
    assert 'value="nhiều"' in page
    assert 'value="31/02/2023"' in page
    assert 'name="dip" value="NS" checked' in page
    assert not Entry.objects.exists()
    nameless = enter(world, "an").post(NEW, {"so_nguoi": "40"})
    assert "Chưa điền “Tên”." in text_of(nameless.content)
    assert 'value="40"' in nameless.content.decode()


@pytest.mark.usefixtures("small_book")
def test_a_field_that_is_not_asked_of_this_entry_is_named_and_not_dropped(world: World) -> None:
    answer = enter(world, "an").post(NEW, {**FILLED, "loai": "CT"})
    assert answer.status_code == 409
    assert "“Cách làm” chỉ điền khi Loại là Mô hình; hãy để trống ô này." in text_of(answer.content)
    assert "Trồng rau." in answer.content.decode()


@pytest.mark.usefixtures("small_book")
@pytest.mark.parametrize("who", ["binh", "lan", "kien", "quan"])
def test_whoever_may_not_write_finds_no_form(world: World, who: str) -> None:
    for answer in (enter(world, who).get(NEW), enter(world, who).post(NEW, FILLED)):
        assert answer.status_code == 404
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("small_book")
def test_nothing_is_written_for_a_unit_of_others(world: World) -> None:
    enter(world, "an").post(NEW, {**FILLED, "don_vi": world.units["G4"]})
    assert Entry.objects.get().owner_id == world.units["G1"]


def test_an_edit_stands_over_what_was_there(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    page = enter(world, "hoa").get(reverse("edit_entry", args=[entry.pk])).content.decode()
    assert 'value="Tổ tự quản hẻm 12"' in page
    assert 'name="version" value="1"' in page
    answer = enter(world, "hoa").post(reverse("edit_entry", args=[entry.pk]), {"version": 1, "ten": "Tên mới", "loai": "CT"})
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert values_of(small_book.definition, entry) == {"ten": "Tên mới", "loai": "CT"}


def test_somebody_elses_save_meanwhile_is_shown_beside_and_overwritten_only_knowingly(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    theirs = edit_entry(entry.pk, {"ten": "Tên của Hoa", "loai": "CT"}, version=1, by=world.person("hoa"), at=later())
    assert isinstance(theirs, Made)
    address = reverse("edit_entry", args=[entry.pk])
    answer = enter(world, "an").post(address, {"version": 1, "ten": "Tên của An", "loai": "CT", "so_nguoi": "41"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Người khác vừa sửa hồ sơ này" in text_of(answer.content)
    assert 'value="Tên của An"' in page
    assert "Bản đang lưu: Tên của Hoa" in page
    assert "Bản đang lưu: để trống" in page
    assert page.count("Bản đang lưu:") == 2
    entry.refresh_from_db()
    assert entry.title == "Tên của Hoa"
    assert 'name="version" value="2"' in page
    enter(world, "an").post(address, {"version": 2, "ten": "Tên của An", "loai": "CT"})
    entry.refresh_from_db()
    assert entry.title == "Tên của An"


def test_fields_that_can_wait_are_folded_until_they_hold_something(world: World, small_book: Book) -> None:
    page = enter(world, "an").get("/so/so-nho/ghi-moi/").content.decode()
    now, _, later_part = page.partition('<details class="later">')
    assert 'name="ten"' in now
    assert 'name="loai"' in now
    assert 'name="ten"' not in later_part


def test_fields_that_can_wait_stay_folded_when_a_form_comes_back_but_not_what_was_typed(world: World) -> None:
    shipped("diem-o-nhiem")
    client, address, folded = enter(world, "an"), reverse("new_entry", args=["diem-o-nhiem"]), '<details class="later">'
    first = client.get(address).content.decode()
    again = client.post(address, {"ten": "Bãi đất", "ngay_thay": "hôm kia", "kinh_phi": "120.000"}).content.decode()
    assert (first.count(folded), again.count(folded)) == (2, 2)
    assert ['name="kinh_phi"' in page.partition(folded)[0] for page in (first, again)] == [False, True]


def test_hostile_words_are_words(world: World, small_book: Book) -> None:
    entry = made(small_book, world, ten='<script>alert(1)</script>"x')
    for address in (reverse("entry", args=[entry.pk]), reverse("edit_entry", args=[entry.pk]), reverse("entries", args=["so-nho"])):
        page = enter(world, "an").get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_what_only_acts_write_is_asked_by_no_form_and_one_press_says_it(world: World) -> None:
    petitions = shipped("phan-anh")
    entry = did(recorded(petitions, world, WISH), "giao", world.person("an"), later(1), handler=world.units["G1"])
    entry = did(entry, "tra_loi", world.person("hoa"), later(2), values={"chuc_vu_ky": "Chủ tịch"}, reply="Đèn đã được thay.")
    forms = [reverse("new_entry", args=["phan-anh"]), reverse("edit_entry", args=[entry.pk])]
    for address in forms:
        page = enter(world, "an").get(address).content.decode()
        assert 'name="linh_vuc"' in page
        assert 'name="y_kien"' not in page
    done = enter(world, "an").post(reverse("act_on_entry", args=[entry.pk, "hai_long"]), {"version": entry.version}, follow=True)
    assert "Ý kiến của người gửi: Hài lòng" in text_of(done.content)
