"""Putting files on the shelf."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from kheo.files.actions import Arrival, shown_name, store_file, store_files
from kheo.files.models import Blob, StoredFile
from kheo.files.queries import content_of, faults
from kheo.journal.actions import Actor

AT = datetime(2023, 5, 1, 3, tzinfo=UTC)
AN = Actor(None, "Nguyễn Thị An", "Cán bộ nhập liệu, Công đoàn cơ sở Một")


def put(data: bytes, name: str = "bao-cao.xlsx") -> StoredFile:
    return store_file(data, name=name, media_type="application/octet-stream", by=AN, at=AT)


@pytest.mark.django_db
def test_keeps_who_sent_it_when_and_the_bytes() -> None:
    file = put(b"mot hai ba")
    kept = StoredFile.objects.get()
    assert (kept.pk, kept.name, kept.sender, kept.post, kept.received_at) == (file.pk, "bao-cao.xlsx", AN.name, AN.post, AT)
    assert content_of(kept) == b"mot hai ba"


@pytest.mark.django_db
def test_the_same_content_twice_takes_one_place() -> None:
    put(b"mot"), put(b"mot", "ban-sao.xlsx"), put(b"hai")
    assert [blob.size for blob in Blob.objects.order_by("pk")] == [3, 3]
    assert list(StoredFile.objects.order_by("pk").values_list("name", flat=True)) == ["bao-cao.xlsx", "ban-sao.xlsx", "bao-cao.xlsx"]


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["files_blob", "files_stored_file"])
def test_the_database_refuses_to_change_or_delete_a_file(table: str) -> None:
    put(b"mot")
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_verify_names_a_file_that_was_changed_behind_its_back() -> None:
    put(b"mot")
    assert list(faults()) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE files_blob DISABLE TRIGGER only_added")
        cursor.execute("UPDATE files_blob SET content = %s", [b"hai"])
        cursor.execute("ALTER TABLE files_blob ENABLE TRIGGER only_added")
    assert list(faults()) == [f"Tệp đã bị sửa sau khi nhận: bao-cao.xlsx (blob {Blob.objects.get().pk})."]


@pytest.mark.django_db
def test_a_content_is_put_away_as_it_came_and_not_packed_again() -> None:
    """What comes in is packed already; trying once more costs CPU and gains nothing. (Packed, this one would take 1,200 bytes.)"""
    put(b"a" * 100_000)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_column_size(content) FROM files_blob")
        assert cursor.fetchall() == [(100_000,)]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("bao-cao.xlsx", "bao-cao.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\báo cáo.xlsx", "báo cáo.xlsx"),
        ("a\u202exslx.exe\x00", "axslx.exe"),
        ("", "không tên"),
        ("x" * 400 + ".xlsx", "x" * 249 + "….xlsx"),
    ],
)
def test_a_name_is_only_a_text(sent: str, shown: str) -> None:
    assert shown_name(sent) == shown
    assert len(shown_name(sent)) <= 255


@pytest.mark.django_db
def test_many_at_once_leave_what_they_would_have_left_one_by_one() -> None:
    put(b"mot")
    arrivals = [Arrival(data, name, "application/octet-stream") for data, name in ((b"mot", "a"), (b"hai", "../b"), (b"hai", "c"))]
    rows = store_files(arrivals, by=AN, at=AT)
    assert [(content_of(row), row.name, row.sender, row.post) for row in rows] == [
        (b"mot", "a", AN.name, AN.post),
        (b"hai", "b", AN.name, AN.post),
        (b"hai", "c", AN.name, AN.post),
    ]
    assert (Blob.objects.count(), StoredFile.objects.count(), list(faults())) == (2, 4, [])
    assert store_files([], by=AN, at=AT) == []
