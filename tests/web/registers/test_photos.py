"""Photographs of an entry on its page."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kheo.registers.actions import Made, edit_entry
from kheo.registers.models import Entry, EntryAttachment
from kheo.registers.queries.definitions import Book
from tests.registers.entries import FILLED, made
from tests.registers.test_attachments import HERE, photo
from tests.reports.test_evidence import PDF
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later

pytestmark = pytest.mark.django_db


def send(client: Client, entry: Entry, role: str, *files: tuple[str, bytes], caption: str = "") -> Any:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse("add_entry_files", args=[entry.pk, role]), {"files": sent, "caption": caption})


def test_a_photograph_is_added_shown_and_taken_back(world: World, small_book: Book) -> None:
    entry, an = made(small_book, world), enter(world, "an")
    assert "Thêm ảnh trước" in text_of(an.get(reverse("entry", args=[entry.pk])).content)
    assert send(an, entry, "truoc", ("a.jpg", photo(taken="2023:04:01 08:00:00")), caption="Trước khi dọn").status_code == 302
    row = EntryAttachment.objects.get()
    page = text_of(an.get(reverse("entry", args=[entry.pk])).content)
    assert "Đã thêm 1 tệp vào “Ảnh trước”." in page
    assert "Trước khi dọn chụp lúc 08:00 01/04/2023" in page
    for name in ("entry_file", "entry_thumbnail"):
        answer = enter(world, "binh").get(reverse(name, args=[entry.pk, row.pk]))
        assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
        assert "sandbox" in answer["Content-Security-Policy"]
    assert an.post(reverse("remove_entry_file", args=[entry.pk, row.pk])).status_code == 302
    assert "Trước khi dọn" not in text_of(an.get(reverse("entry", args=[entry.pk])).content)
    assert an.get(reverse("entry_file", args=[entry.pk, row.pk])).status_code == 404


def test_what_a_photograph_does_not_tell_is_said_to_who_looks(world: World, small_book: Book) -> None:
    entry, an = made(small_book, world, vi_tri=HERE), enter(world, "an")
    send(an, entry, "sau", ("a.jpg", photo()))
    page = text_of(enter(world, "binh").get(reverse("entry", args=[entry.pk])).content)
    assert "Chưa kiểm được: ảnh không ghi giờ chụp; ảnh không ghi nơi chụp." in page


def test_a_distance_from_a_place_that_was_corrected_is_told_as_one_of_then(world: World, small_book: Book) -> None:
    entry, an = made(small_book, world, vi_tri=HERE), enter(world, "an")
    send(an, entry, "sau", ("a.jpg", photo(taken="2023:04:01 08:00:00", at=(10.7771, 106.7009))))
    assert "chụp lúc 08:00 01/04/2023, cách vị trí 22 m" in text_of(an.get(reverse("entry", args=[entry.pk])).content)
    done = edit_entry(entry.pk, {**FILLED, "vi_tri": (10_786_900, 106_700_900)}, version=1, by=world.person("an", later(60)), at=later(60))
    assert isinstance(done, Made), done
    page = text_of(enter(world, "binh").get(reverse("entry", args=[entry.pk])).content)
    assert "cách vị trí lúc ấy 22 m Chưa kiểm được: vị trí của hồ sơ đã sửa sau khi nhận ảnh, cách chỗ cũ 1.112 m." in page


def test_the_unfit_files_are_told_and_the_caption_is_not_lost(world: World, small_book: Book) -> None:
    entry, an = made(small_book, world), enter(world, "an")
    answer = send(an, entry, "truoc", ("a.jpg", photo(1)), ("b.pdf", PDF), caption="Trước khi dọn")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "“b.pdf” không hợp loại: “Ảnh trước” chỉ nhận ảnh." in text_of(answer.content)
    assert 'value="Trước khi dọn"' in page
    assert EntryAttachment.objects.count() == 1
    assert send(an, entry, "truoc").status_code == 409
    assert "Anh/chị chưa chọn ảnh hay tệp nào." in text_of(send(an, entry, "truoc").content)


def test_a_file_is_not_reached_through_another_entry(world: World, small_book: Book) -> None:
    entry, other, an = made(small_book, world), made(small_book, world), enter(world, "an")
    send(an, entry, "truoc", ("a.jpg", photo(1)))
    number = EntryAttachment.objects.get().pk
    assert an.get(reverse("entry_file", args=[other.pk, number])).status_code == 404
    assert an.post(reverse("remove_entry_file", args=[other.pk, number])).status_code == 404
    assert EntryAttachment.objects.filter(removed_at=None).exists()


def test_the_page_asks_the_database_as_often_with_many_photographs(world: World, small_book: Book) -> None:
    entry, an = made(small_book, world), enter(world, "an")
    send(an, entry, "truoc", ("a.jpg", photo(1)))
    one = queries_of(an, reverse("entry", args=[entry.pk]))
    send(an, entry, "truoc", ("b.jpg", photo(2)))
    send(an, entry, "sau", ("c.jpg", photo(3)), ("d.jpg", photo(4)))
    send(an, entry, "giay", ("e.pdf", PDF))
    assert queries_of(an, reverse("entry", args=[entry.pk])) == one
