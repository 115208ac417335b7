"""Entries of like words on pages: while one is written, on the page of an entry, side by side."""

from typing import Any

import pytest
from django.urls import reverse

from kheo.registers.actions.likening import settle_pair
from kheo.registers.models import Entry, LikePair
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.nearby import MOST
from tests.registers.books import POINT, recorded, shipped
from tests.registers.test_likenesses import COPIED, OTHER, WAY, model
from tests.web.registers.test_acting import see
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later


@pytest.fixture
def models(world: World) -> Book:
    return shipped("mo-hinh")


def typed(world: World, who: str, address: str, **sent: object) -> Any:
    return enter(world, who).post(address, sent)


def test_whoever_writes_is_told_what_stands_there_before_it_is_saved(world: World, models: Book) -> None:
    first = model(models, world, WAY, ten="<b>Hẻm</b>")
    address = reverse("alike_typed", args=["mo-hinh"])
    answer = typed(world, "an", address, ten="Hẻm sạch", cach_lam=COPIED)
    assert answer.status_code == 200
    page = text_of(answer.content)
    assert page.startswith(f"Có thể đã có <b>Hẻm</b> {first.code} · Công đoàn cơ sở Một · Nháp · giống 8")
    assert "Nếu không phải một việc thì cứ lưu." in page
    assert b"&lt;b&gt;H" in answer.content
    assert reverse("entry", args=[first.pk]).encode() in answer.content
    assert typed(world, "an", address, ten="Hẻm sạch", cach_lam=OTHER).content.strip() == b""
    assert typed(world, "an", address).content.strip() == b""
    assert Entry.objects.count() == 1
    # The very entry is not like itself while it is changed.
    assert typed(world, "an", address, cach_lam=WAY, ho_so=first.pk).content.strip() == b""
    assert typed(world, "chi", address, cach_lam=WAY, ho_so=first.pk).status_code == 404
    assert enter(world, "kien").post(address, {"cach_lam": WAY}).status_code == 404
    assert enter(world, "an").get(address).status_code == 405


def test_without_a_script_a_button_asks_the_same_and_keeps_what_was_typed(world: World, models: Book) -> None:
    first = model(models, world, WAY)
    answer = typed(world, "an", reverse("new_entry", args=["mo-hinh"]), ten="Hẻm sạch", cach_lam=COPIED, xem_giong="1")
    page = text_of(answer.content)
    assert f"Có thể đã có Mô hình của G1 {first.code}" in page
    assert COPIED in page
    assert Entry.objects.count() == 1
    other = typed(world, "an", reverse("new_entry", args=["mo-hinh"]), ten="Hẻm sạch", cach_lam=OTHER, xem_giong="1")
    assert "Chưa thấy hồ sơ nào gần giống." in text_of(other.content)
    edited = typed(world, "an", reverse("edit_entry", args=[first.pk]), cach_lam=WAY, xem_giong="1", version=1)
    assert "Chưa thấy hồ sơ nào gần giống." in text_of(edited.content)
    # It is a hint: what is alike can be saved.
    assert typed(world, "an", reverse("new_entry", args=["mo-hinh"]), ten="Hẻm sạch", cach_lam=COPIED).status_code == 302
    assert Entry.objects.count() == 2


def test_a_place_close_by_is_told_in_the_same_box(world: World) -> None:
    points = shipped("diem-o-nhiem")
    first = recorded(points, world, POINT)
    answer = typed(world, "an", reverse("alike_typed", args=["diem-o-nhiem"]), ten="Dưới chân cầu", vi_tri="10.777300, 106.700806")
    assert f"Có thể đã có Chân cầu Số 3 {first.code} · Công đoàn cơ sở Một · Mới phát hiện · cách 46 m" in text_of(answer.content)


@pytest.mark.parametrize(("who", "unit"), [("chi", "G4"), ("dung", "D1")])
def test_a_place_close_by_that_one_does_not_read_is_not_told_of_at_all(world: World, who: str, unit: str) -> None:
    """Whoever moves a point about would find it: not that it is there, not whom to ask; nor does it crowd out what one reads."""
    points = shipped("diem-o-nhiem")
    others = [recorded(points, world, {**POINT, "ten": f"Điểm {number} của nơi khác"}, who=who, unit=unit) for number in range(MOST)]
    answer = typed(world, "an", reverse("alike_typed", args=["diem-o-nhiem"]), ten="Dưới chân cầu", vi_tri="10.776889, 106.700806")
    assert (text_of(answer.content).strip(), len(others)) == ("", MOST)
    mine = recorded(points, world, {**POINT, "vi_tri": (10_777_300, 106_700_806)})
    typed_again = typed(world, "an", reverse("alike_typed", args=["diem-o-nhiem"]), ten="Dưới chân cầu", vi_tri="10.776889, 106.700806")
    told = text_of(typed_again.content)
    assert (mine.code in told, "đơn vị khác" in told, "nơi khác" in told) == (True, False, False)


def test_of_what_one_does_not_read_only_that_it_is_there_and_whom_to_ask(world: World, models: Book) -> None:
    secret = model(models, world, WAY, "chi", "G4", ten="Tên riêng của Bốn")
    told = typed(world, "an", reverse("alike_typed", args=["mo-hinh"]), ten="Hẻm sạch", cach_lam=COPIED).content
    mine = model(models, world, COPIED)
    pages = [text_of(told), see(world, "an", mine)]
    for page in pages:
        assert ("Có hồ sơ" in page, "1 hồ sơ" in page) == (True, False)
        assert "anh/chị không mở được. Cần đối chiếu thì hỏi Liên đoàn Lao động Thành phố, nơi đọc được cả hai." in page
        for word in ("Tên riêng của Bốn", secret.code, "Công đoàn cơ sở Bốn", "giống 8", "giống 9"):
            assert word not in page
    assert enter(world, "an").get(reverse("like_pair", args=[LikePair.objects.get().pk])).status_code == 404
    assert f"{secret.code} · Công đoàn cơ sở Bốn · giống" in see(world, "lan", mine)


def test_both_stand_side_by_side_and_what_is_the_same_is_marked(world: World, models: Book) -> None:
    first, copy = model(models, world, WAY), model(models, world, f"{COPIED} <script>x</script>", ten="Mô hình khác hẳn")
    address = reverse("like_pair", args=[LikePair.objects.get().pk])
    answer = enter(world, "an").get(address)
    body = answer.content.decode()
    assert body.count("<mark>") >= 4
    assert "<mark>Mỗi hộ tự phân loại rác tại nguồn thành ba nhóm, tổ tự quản</mark> bốn <mark>" in body
    assert "&lt;script&gt;x" in body
    assert "<script>x" not in body
    assert "Hai hồ sơ không trùng?" not in body  # An does not settle it
    hoa = enter(world, "hoa").get(address).content.decode()
    assert f"/so/ho-so/{copy.pk}/viec/gop/?kia={first.code}" in hoa
    merging = enter(world, "hoa").get(reverse("act_on_entry", args=[copy.pk, "gop"]), {"kia": first.code}).content.decode()
    assert f'value="{first.code}"' in merging


def test_who_works_above_says_that_they_are_not_the_same(world: World, models: Book) -> None:
    first, copy = model(models, world, WAY), model(models, world, COPIED)
    address = reverse("like_pair", args=[LikePair.objects.get().pk])
    assert "So hai bản với Mô hình của G1" in see(world, "binh", first)
    refused = typed(world, "binh", address, reason=" ")
    assert refused.status_code == 409
    assert "Hãy ghi lý do." in text_of(refused.content)
    done = typed(world, "binh", address, reason="Hai hẻm khác nhau")
    assert (done.status_code, done.headers["Location"]) == (302, reverse("entry", args=[copy.pk]))
    page = see(world, "an", first)
    assert "Chữ gần giống hồ sơ khác" not in page
    assert "Không trùng: Hai hẻm khác nhau (Lê Văn Bình, " in page
    assert "Xem hai bản: không trùng Lê Văn Bình Hai hẻm khác nhau" in page
    assert "Hai hồ sơ không trùng?" not in text_of(enter(world, "binh").get(address).content)


def test_the_ready_list_of_the_office_leads_there(world: World, models: Book) -> None:
    model(models, world, WAY)
    copy = model(models, world, COPIED, "chi", "G4", ten="Chép của Bốn")
    page = text_of(enter(world, "lan").get(reverse("entries", args=["mo-hinh"]), {"co_san": "nghi_chep_lai"}).content)
    assert "Nghi chép lại" in page
    assert "Chép của Bốn" in page
    assert copy.code in page
    assert "Mô hình của G1" not in page
    settle_pair(LikePair.objects.get().pk, "Khác", by=world.person("lan"), at=later(1))
    page = text_of(enter(world, "lan").get(reverse("entries", args=["mo-hinh"]), {"co_san": "nghi_chep_lai"}).content)
    assert "Chép của Bốn" not in page


def test_likes_cost_the_same_queries_however_many(world: World, models: Book) -> None:
    first, client = model(models, world, WAY), enter(world, "lan")
    costs = []
    for number in range(4):
        model(models, world, f"{COPIED} Lần {number}.", "chi", "G4")
        costs.append(queries_of(client, reverse("entry", args=[first.pk])))
    assert costs[1] == costs[2] == costs[3]
