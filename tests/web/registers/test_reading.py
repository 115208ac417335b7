"""The page of an entry as a page to be read: what its register tells in its own way, and nothing of it twice."""

import pytest
from django.urls import reverse

from kheo.registers.actions import Made, edit_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.books import POINT, did, helped, photographed, recorded, shipped
from tests.web.registers.test_acting import see
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later

FULL = {
    "ten": "Hẻm 12 không rác",
    "loai": "CT",
    "linh_vuc": "AN",
    "noi_dung": ["N1", "N2"],
    "chu_the": "collective",
    "ten_chu_the": "Tổ tự quản hẻm 12",
    "doi_tuong": ["DAN"],
    "cach_lam": "Mỗi hộ phân loại tại nhà.\n\nTổ tự quản <b>nhắc</b> nhau.",
    "dia_diem": "Hẻm 12",
    "bat_dau": "2023-04-01",
    "du_kien_xong": "2023-06-30",
    "muc_tieu": 60,
    "muc_tieu_don_vi": "HO",
    "phu_trach": "Tổ trưởng",
}


@pytest.fixture
def models(world: World) -> Book:
    return shipped("mo-hinh")


def finished(book: Book, world: World) -> Entry:
    """A model from its draft to its recognition, with a note on the way and photographs."""
    area = next(iter(book.options.names["fields"]))
    contents = list(book.options.of(book.definition.by_key["noi_dung"]))[:2]
    entry = recorded(book, world, {**FULL, "linh_vuc": area, "noi_dung": contents})
    an, binh = world.person("an", later(days=1)), world.person("binh", later(days=1))
    did(entry, "dang_ky", an, later(1))
    did(entry, "tiep_nhan", binh, later(2))
    did(entry, "tien_do", an, later(3), reason="Đã có 20 hộ tham gia", values={"ket_qua": 20})
    photographed(entry, "before", later(3))
    for number in range(2):
        photographed(entry, "after", later(4 + number), taken=later(4 + number))
    values = {"ket_qua": 72, "nguoi_huong_loi": 1250, "san_pham": "Hẻm sạch, thùng rác công cộng bỏ hẳn."}
    did(entry, "bao_xong", an, later(10), values=values)
    return did(entry, "cong_nhan", binh, later(11), values={"ngay_xac_minh": "2023-04-01", "quyet_dinh": "12/QĐ-LĐLĐ"})


def test_the_page_reads_from_what_it_is_to_who_saw_it(world: World, models: Book) -> None:
    entry = finished(models, world)
    body = enter(world, "lan").get(reverse("entry", args=[entry.pk])).content.decode()
    page = text_of(body.encode())
    contents = models.options.of(models.definition.by_key["noi_dung"])
    badges = [models.options.names["fields"][entry.area], *(contents[each] for each in entry.contents)]
    assert " ".join(["Công trình", *badges]) in page
    assert "Kết quả 72 hộ mục tiêu 60 hộ Người được hưởng lợi 1.250 người" in page
    assert "Nội dung, cách làm Mỗi hộ phân loại tại nhà. Tổ tự quản <b>nhắc</b> nhau." in page
    assert "<p>Mỗi hộ phân loại tại nhà.</p>" in body
    assert "&lt;b&gt;nhắc&lt;/b&gt;" in body
    assert "Sản phẩm, hiệu quả Hẻm sạch, thùng rác công cộng bỏ hẳn." in page
    assert "Tiến độ 01/04/2023 Đã có 20 hộ tham gia Kết quả: con số: 20" in page
    assert "Ai xác nhận Công nhận ngày 01/04/2023 : Lê Văn Bình" in page.replace("2023:", "2023 :")
    assert "12/QĐ-LĐLĐ" in page
    # The first photograph before, the last after, each leading to the whole one.
    pair = body[body.index('class="photo-pair"') : body.index("</article>")]
    assert pair.count("<figure>") == 2
    assert pair.index("Ảnh trước: anh.jpg") < pair.index("Ảnh sau: anh.jpg")
    # What is told in its own way is not listed among the facts as well; what is not stays there.
    facts = body[body.index("</article>") :]
    for words in ("<dt>Mục tiêu: con số", "<dt>Nội dung, cách làm", "<dt>Lĩnh vực"):
        assert words not in facts
    assert "<dt>Nơi thực hiện" in facts


def test_what_is_not_there_yet_leaves_no_empty_part(world: World, models: Book) -> None:
    entry = recorded(models, world, {"ten": "Hẻm 12 không rác"})
    body = enter(world, "an").get(reverse("entry", args=[entry.pk])).content.decode()
    assert "<article" not in body
    assert 'class="badges"' not in body
    assert isinstance(edit_entry(entry.pk, {"ten": "Hẻm 12", "muc_tieu": 60}, version=1, by=world.person("an"), at=later(1)), Made)
    assert "<article" not in enter(world, "an").get(reverse("entry", args=[entry.pk])).content.decode()
    values = {"ten": "Hẻm 12", "muc_tieu": 60, "ket_qua": 3}
    assert isinstance(edit_entry(entry.pk, values, version=2, by=world.person("an"), at=later(2)), Made)
    assert "Kết quả 3 mục tiêu 60" in see(world, "an", entry)


def test_a_register_that_tells_no_such_page_shows_its_facts(world: World) -> None:
    points = shipped("diem-o-nhiem")
    assert points.definition.reading is None
    entry = recorded(points, world, POINT)
    assert b"<article" not in enter(world, "an").get(reverse("entry", args=[entry.pk])).content


def test_the_page_costs_the_same_queries_however_much_is_told(world: World, models: Book) -> None:
    entry, client = finished(models, world), enter(world, "lan")
    address = reverse("entry", args=[entry.pk])
    few = queries_of(client, address)
    for number in range(3):
        at = later(days=310 + 330 * number)
        did(entry, "con_duy_tri", world.person("binh", later(days=1)), at, values={"ngay_kiem_lai": at.date().isoformat()})
        photographed(entry, "after", later(30 + number), taken=later(30 + number))
    assert queries_of(client, address) == few


def test_of_lines_about_few_another_unit_is_told_only_that_they_are_not_its_to_read(world: World) -> None:
    entry = helped(world, 3, 40)
    near, above = (see(world, who, entry) for who in ("an", "binh"))
    assert all(words in near for words in ("Ba người", "Nhiều người", "Số tiền: 2.000.000 đồng"))
    assert "Các dòng chỉ đơn vị ghi xem được" in above
    assert not any(words in above for words in ("Ba người", "Nhiều người", "2.000.000", "dưới 5"))
