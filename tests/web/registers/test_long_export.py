"""A long list leaves as a workbook that a worker writes: ordered once, there for who ordered it while they read it, gone the next day."""

import io
import itertools
import json

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse

from kheo.config.jobs.exporting import write_export
from kheo.journal.models import JournalEntry
from kheo.org.models import Post
from kheo.registers.access import Sight
from kheo.registers.access.exporting import sight_digest
from kheo.registers.actions import ordering_exports
from kheo.registers.actions.ordering_exports import forget_exports
from kheo.registers.models import EntryExport, ExportPiece
from kheo.registers.queries.definitions import Book
from kheo.web.registers import export_views
from tests.registers.entries import made
from tests.web.registers.test_export import content
from tests.web.visits import enter, text_of
from tests.world import World, later

ADDRESS = ["so-nho", "so.xlsx"]


@pytest.fixture
def long_list(world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three entries are many."""
    monkeypatch.setattr(export_views, "AT_ONCE", 2)
    for number in range(3):
        made(small_book, world, ten=f"Việc {number}", loai="MH" if number else "CT")
    return world


def jobs() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'write_export' ORDER BY id")
        return [(json.loads(row[0]) if isinstance(row[0], str) else row[0])["number"] for row in cursor.fetchall()]


def ordered(world: World, who: str = "an", query: str = "") -> EntryExport:
    enter(world, who).post(reverse("order_export", args=["so-nho"]), {"danh_sach": query})
    return EntryExport.objects.order_by("-pk")[0]


def test_looking_at_the_address_offers_it_and_changes_nothing(long_list: World) -> None:
    page = text_of(enter(long_list, "an").get(reverse("export_entries", args=ADDRESS), {"xep": "ma"}).content)
    assert "Danh sách có 3 hồ sơ" in page
    assert "Lập tệp Excel" in page
    assert (EntryExport.objects.count(), JournalEntry.objects.filter(act="export_entries").count()) == (0, 0)
    short = enter(long_list, "an").get(reverse("export_entries", args=ADDRESS), {"loai": "CT"})
    assert openpyxl.load_workbook(io.BytesIO(content(short)))["Hồ sơ"].max_row == 2
    assert enter(long_list, "an").get(reverse("export_entries", args=["so-nho", "so.csv"])).streaming


def test_it_is_written_by_the_worker_and_holds_the_list_that_was_asked_for(long_list: World) -> None:
    export = ordered(long_list, query="loai=MH&_cot=ten")
    assert (jobs(), ordered(long_list, query="loai=MH&_cot=ten").pk) == ([export.pk], export.pk)  # pressed twice, written once
    page = enter(long_list, "an").get(reverse("ordered_export", args=[export.pk]))
    assert ("Đang lập tệp" in text_of(page.content), page["Refresh"]) == (True, "5")
    assert enter(long_list, "an").get(reverse("take_export", args=[export.pk])).status_code == 302
    write_export(number=export.pk)
    write_export(number=export.pk)
    page = enter(long_list, "an").get(reverse("ordered_export", args=[export.pk]))
    assert ("Đã lập xong" in text_of(page.content), page.has_header("Refresh")) == (True, False)
    answer = enter(long_list, "an").get(reverse("take_export", args=[export.pk]))
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    sheet = openpyxl.load_workbook(io.BytesIO(content(answer)))["Hồ sơ"]
    assert sheet.max_row == 3
    told = JournalEntry.objects.filter(act__in=["export_entries", "take_export"]).order_by("pk")
    assert list(told.values_list("act", "detail__entries")) == [
        ("export_entries", 2), ("take_export", 2),
    ]  # fmt: skip


def test_another_list_and_another_persons_are_ordered_apart(long_list: World) -> None:
    """What somebody ordered is theirs: it holds what they read, and the list that they asked for."""
    orders = [ordered(long_list, who, query) for who, query in (("an", "loai=MH"), ("an", "loai=CT"), ("hoa", "loai=MH"))]
    assert len({each.pk for each in orders}) == 3
    assert jobs() == [each.pk for each in orders]


def test_one_that_no_worker_wrote_in_a_day_is_ordered_anew(long_list: World) -> None:
    """It is about to be forgotten: whoever asks again would wait for nothing."""
    lost = ordered(long_list)
    EntryExport.objects.filter(pk=lost.pk).update(ordered_at=lost.ordered_at - ordering_exports.KEPT)
    assert ordered(long_list).pk != lost.pk


def test_of_two_workers_that_wrote_it_the_first_counts(long_list: World) -> None:
    export = ordered(long_list)
    write_export(number=export.pk)
    export.refresh_from_db()
    ordering_exports.finish_export(export.pk, at=later(days=1), content=io.BytesIO(b"other"), entries=9, seen="x", problem="")
    again = EntryExport.objects.get(pk=export.pk)
    assert (again.finished_at, again.size, again.entries, again.seen) == (export.finished_at, export.size, 3, export.seen)
    assert sum(len(piece) for piece in again.pieces.values_list("content", flat=True)) == export.size


def test_nobody_holds_it_whole(long_list: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written and taken a piece at a time, and every piece goes with it."""
    monkeypatch.setattr(ordering_exports, "PIECE", 1000)
    export = ordered(long_list)
    write_export(number=export.pk)
    sizes = [len(piece) for piece in export.pieces.order_by("number").values_list("content", flat=True)]
    assert (set(sizes[:-1]), len(sizes) > 5) == ({1000}, True)
    answer = enter(long_list, "an").get(reverse("take_export", args=[export.pk]))
    pieces = list(answer.streaming_content)
    assert ([len(piece) for piece in pieces], answer["Content-Length"]) == (sizes, str(sum(sizes)))
    assert openpyxl.load_workbook(io.BytesIO(b"".join(pieces)))["Hồ sơ"].max_row == 4
    assert forget_exports(at=later(days=30)) == 1
    assert not ExportPiece.objects.exists()


def test_it_is_there_for_who_ordered_it_alone(long_list: World) -> None:
    export = ordered(long_list)
    write_export(number=export.pk)
    for name in ("ordered_export", "take_export"):
        assert enter(long_list, "hoa").get(reverse(name, args=[export.pk])).status_code == 404


def test_who_reads_something_else_by_now_orders_it_anew(long_list: World) -> None:
    export = ordered(long_list, "binh")
    write_export(number=export.pk)
    assert enter(long_list, "binh").get(reverse("take_export", args=[export.pk])).status_code == 200
    EntryExport.objects.update(seen="0" * 64)
    answer = enter(long_list, "binh").get(reverse("take_export", args=[export.pk]))
    assert (answer.status_code, "Phần anh/chị được xem đã đổi" in text_of(answer.content)) == (409, True)


def test_who_lost_the_post_before_it_was_written_gets_nothing(long_list: World) -> None:
    export = ordered(long_list, "binh")
    Post.objects.filter(user=long_list.users["binh"]).delete()
    write_export(number=export.pk)
    export.refresh_from_db()
    assert (export.pieces.count(), export.problem) == (0, "Anh/chị không còn xem được sổ hay đơn vị ấy.")


def test_it_is_gone_on_the_next_day(long_list: World) -> None:
    export = ordered(long_list)
    assert forget_exports(at=export.ordered_at + ordering_exports.KEPT) == 0
    assert forget_exports(at=later(days=9)) == 1
    assert enter(long_list, "an").get(reverse("ordered_export", args=[export.pk])).status_code == 404


def test_what_somebody_reads_is_another_word_with_every_unit_and_every_person_more_or_less() -> None:
    few, many = frozenset({1}), frozenset({1, 2})
    looking = [Sight(*each) for each in itertools.product((few, many, None), (few, many), (few, many, None), (few, many))]
    assert len({sight_digest(each) for each in looking}) == len(looking) == 36
