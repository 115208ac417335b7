"""What came through the public form, as those see it who work on it: its source, the words of both sides, what is not theirs to press."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from kheo.registers.actions import Made, say_as_asker
from kheo.registers.models import Entry, EntryMessage
from kheo.registers.queries.definitions import Book
from tests.registers.books import did, recorded, shipped
from tests.registers.public import CODE, OTHER, WISH, answered, pressed, sent
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def petitions(world: World) -> Book:
    return shipped("phan-anh")


def see(world: World, who: str, entry: Entry) -> str:
    answer = enter(world, who).get(reverse("entry", args=[entry.pk]))
    assert answer.status_code == 200
    return text_of(answer.content)


def write(world: World, who: str, entry: Entry, kind: str, text: str, **more: str) -> int:
    answer = enter(world, who).post(reverse("write_words", args=[entry.pk, kind]), {"text": text, **more})
    return int(answer.status_code)


def test_the_page_says_where_it_came_from_and_who_sent_it_is_nobody(world: World, petitions: Book) -> None:
    page = see(world, "an", sent(petitions, world))
    assert "Người dân gửi qua biểu mẫu" in page
    assert "Ghi mới Người gửi" in page
    paper = recorded(petitions, world, {**WISH, "kenh": "VANBAN", "ngay_nhan": "2023-04-01"})
    assert "qua biểu mẫu" not in see(world, "an", paper)


def test_it_stands_in_the_queue_of_the_unit(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    for name, there in (("an", True), ("hoa", True), ("chi", False)):
        page = text_of(enter(world, name).get(reverse("register_queue")).content)
        assert (entry.title in page) == there, name


def test_words_that_nobody_has_answered_are_pointed_out_until_somebody_does(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    sent(petitions, world, {**WISH, "tom_tat": "Xe đậu lấn hẻm"}, code=OTHER)

    def queued() -> str:
        return text_of(enter(world, "an").get(reverse("register_queue")).content)

    assert "Người gửi vừa viết" not in queued() + see(world, "an", entry)
    assert isinstance(say_as_asker(CODE, "Nay hỏng cả hai đèn", at=later(2)), Made)
    assert queued().count("Người gửi vừa viết") == 1
    assert "Người gửi vừa viết; đọc ở phần diễn biến" in see(world, "an", entry)
    assert write(world, "an", entry, "tra-loi", "Đã ghi nhận") == 302
    assert "Người gửi vừa viết" not in queued() + see(world, "an", entry)


def test_what_the_asker_wrote_is_for_those_who_work_on_it(world: World, petitions: Book) -> None:
    """The auditor reads that something was written, not what."""
    entry = answered(sent(petitions, world), world)
    pressed(CODE, "chua_hai_long", 5, "Đèn lại tắt")
    for name, reads in (("an", True), ("binh", True), ("lan", True), ("kien", False)):
        assert ("Đèn lại tắt" in see(world, name, entry)) == reads, name
    assert "không hiện (dữ liệu cá nhân)" in see(world, "kien", entry)


def test_officers_are_not_offered_what_the_asker_alone_says(world: World, petitions: Book) -> None:
    entry = answered(sent(petitions, world), world)
    page = see(world, "an", entry)
    assert "Đóng, không có ý kiến…" in page
    assert "Ghi người gửi chưa hài lòng…" not in page
    for act in ("hai_long", "chua_hai_long"):
        address = reverse("act_on_entry", args=[entry.pk, act])
        for answer in (enter(world, "an").get(address), enter(world, "an").post(address, {"version": entry.version, "reason": "x"})):
            assert answer.status_code == 404
    entry.refresh_from_db()
    assert entry.state == "da_tra_loi"
    paper = answered(recorded(petitions, world, {**WISH, "kenh": "VANBAN", "ngay_nhan": "2023-04-01"}), world)
    assert "Ghi người gửi hài lòng" in see(world, "an", paper)


def test_who_asks_is_told_who_reads_it(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    did(entry, "giao", world.person("an"), later(1), handler=world.units["G1"])
    form = text_of(enter(world, "an").get(reverse("act_on_entry", args=[entry.pk, "hoi_them"])).content)
    assert "Người gửi đọc được lời này ở trang theo dõi." in form
    other = text_of(enter(world, "an").get(reverse("act_on_entry", args=[entry.pk, "trung"])).content)
    assert "Người ghi hồ sơ đọc được lý do này." in other


def test_words_are_written_to_the_sender_and_among_officers(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    form = text_of(enter(world, "an").get(reverse("write_words", args=[entry.pk, "tra-loi"])).content)
    assert "không thấy tên anh/chị" in form
    assert write(world, "an", entry, "tra-loi", "Tuần sau sửa") == 302
    assert write(world, "an", entry, "ghi-chu", "Chờ điện lực") == 302
    page = see(world, "an", entry)
    assert "Viết cho người gửi Nguyễn Thị An Tuần sau sửa" in page
    assert "Ghi chú nội bộ Nguyễn Thị An Chờ điện lực" in page
    assert write(world, "an", entry, "ghi-chu", " ") == 409
    assert write(world, "an", entry, "ghi-chu", "Gọi 0912 345 678") == 409
    assert write(world, "an", entry, "ghi-chu", "Gọi 0912 345 678", **{"da-xem-lai": "1"}) == 302
    assert EntryMessage.objects.count() == 3


@pytest.mark.parametrize(("who", "kind"), [("kien", "ghi-chu"), ("chi", "ghi-chu"), ("quan", "tra-loi"), ("an", "khong-co")])
def test_what_somebody_may_not_write_is_not_there(world: World, petitions: Book, who: str, kind: str) -> None:
    entry = sent(petitions, world)
    assert write(world, who, entry, kind, "x") == 404
    assert enter(world, who).get(reverse("write_words", args=[entry.pk, kind])).status_code == 404
    assert not EntryMessage.objects.exists()


def test_to_who_came_on_paper_nothing_is_written_here(world: World, petitions: Book) -> None:
    paper = recorded(petitions, world, {**WISH, "kenh": "VANBAN", "ngay_nhan": "2023-04-01"})
    assert write(world, "an", paper, "tra-loi", "x") == 404
    assert write(world, "an", paper, "ghi-chu", "x") == 302


def test_the_page_asks_the_database_as_often_however_much_is_written(world: World, petitions: Book) -> None:
    entry, an = sent(petitions, world), enter(world, "an")
    write(world, "an", entry, "ghi-chu", "Một")
    few = queries_of(an, reverse("entry", args=[entry.pk]))
    for number in range(3):
        write(world, "an", entry, "ghi-chu", f"{number}")
    assert queries_of(an, reverse("entry", args=[entry.pk])) == few


def test_the_sign_in_page_leads_there_where_it_is_on(world: World, settings: LazySettings) -> None:
    for is_on in (False, True):
        settings.PUBLIC_FORM = is_on
        page = Client().get("/tai-khoan/dang-nhap/").content.decode()
        assert ('href="/gop-y/"' in page) == is_on
