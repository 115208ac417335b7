"""Photographs go when the register says so, hashes stay; what is open, counted, held or sent elsewhere too does not go."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from kheo.config.jobs import purging
from kheo.core.registers.kept import KeptDef, Standing, kept_until
from kheo.files.models import Blob, Forgetting
from kheo.files.queries import faults
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from kheo.registers.access import attachment_to_read
from kheo.registers.actions import Refused, detach_file, publish_register
from kheo.registers.actions.forgetting import forget_due_files, hold_files, release_files
from kheo.registers.models import Entry, EntryAttachment
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.faults import register_faults
from kheo.registers.queries.keeping_files import kept_files
from tests.registers.entries import done, made
from tests.registers.test_attachments import attach, attached, photo
from tests.web.visits import enter, text_of
from tests.world import OPENING, World, later

YEAR = KeptDef(years=1)
CLOSED = date(2023, 4, 2)
NEXT_YEAR = OPENING + timedelta(days=367)


@pytest.mark.parametrize(
    ("rule", "standing", "until"),
    [
        (YEAR, Standing(CLOSED), date(2024, 4, 2)),
        (YEAR, Standing(None), None),
        (None, Standing(CLOSED), None),
        (YEAR, Standing(CLOSED, is_held=True), None),
        (YEAR, Standing(CLOSED, counted_on=date(2023, 11, 15)), None),
        (KeptDef(years=1, report_years=5), Standing(CLOSED, counted_on=date(2023, 11, 15)), date(2028, 11, 15)),
        (KeptDef(years=9, report_years=5), Standing(CLOSED, counted_on=date(2023, 11, 15)), date(2032, 4, 2)),
        (KeptDef(years=2, public_months=6), Standing(date(2023, 8, 31), is_senders=True), date(2024, 3, 1)),
        (KeptDef(years=2, public_months=6), Standing(date(2023, 8, 31)), date(2025, 8, 31)),
        (YEAR, Standing(date(2024, 2, 29)), date(2025, 3, 1)),
    ],
)
def test_until_when(rule: KeptDef | None, standing: Standing, until: date | None) -> None:
    assert kept_until(rule, standing) == until


@pytest.fixture
def keeping(small_book: Book, register_file: Path) -> Book:
    """The small register, whose photographs are kept for a year after their entry closed."""
    text = register_file.read_text(encoding="utf-8") + "photos_kept: {years: 1}\n"
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return found


def closed(found: Book, world: World, shade: int = 90) -> Entry:
    """With a photograph, refused by the district a minute later."""
    entry = made(found, world)
    attached(attach(entry, "truoc", ("a.jpg", photo(shade)), world=world))
    done(entry, "gui", world.person("an"), later(2))
    return done(entry, "bac", world.person("binh"), later(3), reason="Không đủ căn cứ")


def nothing_counts(_entries: Collection[int]) -> dict[int, date]:
    return {}


def forgotten(at: datetime = NEXT_YEAR) -> int:
    return sum(forget_due_files(counted=nothing_counts, by=SYSTEM, at=at))


def test_when_the_time_is_over_bytes_go_and_hash_day_and_sender_stay(world: World, keeping: Book) -> None:
    entry = closed(keeping, world)
    row = EntryAttachment.objects.select_related("file__blob").get()
    assert (forgotten(OPENING + timedelta(days=360)), Forgetting.objects.count()) == (0, 0)
    assert forgotten() == 2  # the photograph and the small one of it
    assert forgotten() == 0
    row = EntryAttachment.objects.select_related("file__blob__forgetting").get()
    blob = row.file.blob
    assert (bytes(blob.content), blob.size > 0, len(blob.sha256), row.file.sender) == (b"", True, 64, world.person("an").name)
    assert entry.code in blob.forgetting.why
    assert "Hết thời hạn giữ ngày 01/04/2024" in blob.forgetting.why
    told = JournalEntry.objects.get(act="forget_entry_files")
    assert (told.object_id, blob.sha256 in told.detail["sha256"]) == (entry.pk, True)
    with pytest.raises(Unreachable):
        attachment_to_read(world.person("an"), row.pk)
    assert [*faults(), *register_faults()] == []


def test_what_is_open_counted_or_held_does_not_go(world: World, keeping: Book) -> None:
    entry = made(keeping, world)
    attached(attach(entry, "truoc", ("a.jpg", photo(1)), world=world))
    assert forgotten() == 0
    refused = closed(keeping, world, 2)
    counting = forget_due_files(counted=lambda _: {refused.pk: date(2023, 11, 15)}, by=SYSTEM, at=NEXT_YEAR)
    assert sum(counting) == 0
    assert not isinstance(hold_files(refused.code, "Công văn 12/TT", by=SYSTEM, at=later(9)), Refused)
    assert isinstance(hold_files(refused.code, "Lần nữa", by=SYSTEM, at=later(9)), Refused)
    assert (forgotten(), [each.is_held for each in kept_files(keeping, nothing_counts)]) == (0, [True])
    assert isinstance(release_files(refused.code, " ", by=SYSTEM, at=later(9)), Refused)
    assert not isinstance(release_files(refused.code, "Công văn 15/TT", by=SYSTEM, at=NEXT_YEAR), Refused)
    assert forgotten() == 2
    told = JournalEntry.objects.filter(act__in=["hold_files", "release_files"]).order_by("pk")
    assert list(told.values_list("detail__reason", flat=True)) == ["Công văn 12/TT", "Công văn 15/TT"]


def test_a_register_that_says_nothing_keeps_for_ever(world: World, small_book: Book) -> None:
    closed(small_book, world)
    assert forgotten(OPENING + timedelta(days=40_000)) == 0


def test_one_that_was_taken_back_goes_with_the_others(world: World, keeping: Book) -> None:
    entry = made(keeping, world)
    row = attached(attach(entry, "truoc", ("a.jpg", photo(5)), world=world)).added[0]
    detach_file(row, by=world.person("an"), at=later(1))
    done(entry, "gui", world.person("an"), later(2))
    done(entry, "bac", world.person("binh"), later(3), reason="Không đủ căn cứ")
    assert forgotten() == 2


def test_a_content_that_stands_with_an_open_entry_as_well_stays(world: World, keeping: Book) -> None:
    closed(keeping, world, 7)
    other = made(keeping, world)
    attached(attach(other, "truoc", ("b.jpg", photo(7)), world=world))
    assert (forgotten(), Forgetting.objects.count()) == (0, 0)


def test_one_that_is_sent_again_is_kept_again(world: World, keeping: Book) -> None:
    closed(keeping, world, 8)
    forgotten()
    other = made(keeping, world)
    attached(attach(other, "truoc", ("b.jpg", photo(8)), world=world))
    assert all(len(bytes(each.content)) == each.size for each in Blob.objects.all())
    assert (Forgetting.objects.count(), list(faults())) == (0, [])


def test_nobody_takes_bytes_away_but_by_writing_down_that_they_went(world: World, keeping: Book) -> None:
    closed(keeping, world)
    for content in ("''::bytea", "'x'::bytea"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE files_blob SET content = {content}")
    blob = Blob.objects.order_by("pk")[0]
    Forgetting.objects.create(blob=blob, at=OPENING, by="ai đó", why="")
    Blob.objects.filter(pk=blob.pk).update(content=b"")
    (told,) = faults()
    assert "nhật ký không ghi" in told


def test_the_page_of_the_entry_says_until_when_and_that_it_is_gone(world: World, keeping: Book) -> None:
    entry = closed(keeping, world)
    address = reverse("entry", args=[entry.pk])
    page = text_of(enter(world, "an").get(address).content)
    assert "Được giữ ít nhất đến 01/04/2024; lâu hơn nếu một báo cáo đã nộp còn đếm hồ sơ này." in page
    hold_files(entry.code, "Công văn 12/TT", by=SYSTEM, at=later(9))
    assert "Được giữ theo yêu cầu, không tính thời hạn: Công văn 12/TT" in text_of(enter(world, "an").get(address).content)
    release_files(entry.code, "Công văn 15/TT", by=SYSTEM, at=later(10))
    forgotten()
    answer = enter(world, "an").get(address)
    digest = EntryAttachment.objects.values_list("file__blob__sha256", flat=True).get()
    assert f"đã xóa ngày 02/04/2024; còn mã kiểm tra {digest[:12]}…" in text_of(answer.content)
    assert b"<img" not in answer.content.partition(b'id="anh-tep"')[2].partition(b"</section>")[0]


def test_the_nightly_job_looks_once_a_day(world: World, keeping: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    closed(keeping, world)
    night = datetime.fromisoformat("2024-04-10T02:00:00+07:00")
    monkeypatch.setattr(purging, "now", lambda: night)
    monkeypatch.setattr(purging, "_looked_on", None)
    purging._forget_photos(lambda: False)
    assert (Forgetting.objects.count(), purging._looked_on) == (2, date(2024, 4, 10))
    monkeypatch.setattr(purging, "now", lambda: night + timedelta(hours=12))
    closed(keeping, world, 9)
    purging._forget_photos(lambda: False)
    assert Forgetting.objects.count() == 2  # by day the next night is waited for
    monkeypatch.setattr(purging, "now", lambda: night + timedelta(days=1))
    purging._forget_photos(lambda: False)
    assert Forgetting.objects.count() == 4
