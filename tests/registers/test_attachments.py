"""Photographs and papers of an entry."""

import io
import random
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from kheo.core.evidence import MEGABYTE
from kheo.core.places import Spot, metres_between
from kheo.core.registers.values import Kept
from kheo.files.models import Blob
from kheo.files.queries import content_of
from kheo.files.receiving import SentFile
from kheo.journal.actions import SYSTEM
from kheo.org.access import Unreachable
from kheo.registers.access import attachment_to_read
from kheo.registers.actions import Attached, Made, Refused, attach_files, attaching, detach_file, edit_entry, publish_register
from kheo.registers.models import Deed, Entry, EntryAttachment
from kheo.registers.queries.attachments import Shown, attachments_of
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.stories import deeds_of
from tests.registers.books import recorded
from tests.registers.entries import FILLED, done, made
from tests.reports.test_evidence import PDF
from tests.web.registers.test_queue_and_board import WALLED
from tests.world import OPENING, World, later

HERE = (10_776_900, 106_700_900)  # Bến Nghé
MORNING, EVENING = "2023:04:01 08:00:00", "2023:04:01 17:30:00"


def photo(shade: int = 90, *, taken: str | None = None, at: tuple[float, float] | None = None, model: str = "Nguyen Thi Lan") -> bytes:
    """As a telephone writes it. `at`: degrees."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = model
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if at:
        gps = exif.get_ifd(0x8825)
        for tag, side, degrees in ((1, "N", at[0]), (3, "E", at[1])):
            gps[tag], gps[tag + 1] = side, (IFDRational(int(degrees)), IFDRational(0), IFDRational(round(degrees % 1 * 3_600_000), 1000))
    Image.frombytes("RGB", (400, 300), random.Random(shade).randbytes(360_000)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def attach(
    entry: Entry, role: str, *files: tuple[str, bytes], world: World, who: str = "an", minutes: int = 1, **more: Any
) -> Attached | Refused:
    at = later(minutes)
    return attach_files(entry.pk, role, [SentFile(*each) for each in files], by=world.person(who, at), at=at, **more)


def attached(outcome: Attached | Refused) -> Attached:
    assert isinstance(outcome, Attached), outcome
    return outcome


def placed(book: Book, world: World, **values: Kept) -> Entry:
    return made(book, world, **{**values, "vi_tri": HERE})


def test_a_photograph_is_kept_without_what_the_camera_wrote_but_for_the_time_and_the_distance(world: World, small_book: Book) -> None:
    entry = placed(small_book, world)
    result = attached(attach(entry, "sau", ("IMG.JPG", photo(taken=MORNING, at=(10.7771, 106.7009))), world=world, caption=" Đã dọn "))
    row = EntryAttachment.objects.get(pk=result.added[0])
    assert (result.problems, result.hints, row.caption, row.file.name) == ((), (), "Đã dọn", "IMG.jpg")
    assert row.taken_at is not None
    assert row.taken_at.isoformat() == "2023-04-01T01:00:00+00:00"
    assert row.metres_off == 22
    assert row.thumbnail
    for file in (row.file, row.thumbnail):
        assert not any(each in content_of(file) for each in (b"Nguyen", b"2023:04", b"Exif"))
    assert attachments_of(entry, small_book, deeds_of(entry)) == (
        Shown(row.pk, "sau", "Ảnh sau", "IMG.jpg", row.file.blob.size, "Đã dọn", True, row.taken_at, 22, False, (), row.file.blob.sha256),
    )
    deed = Deed.objects.get(act="attach")
    assert deed.changes == {"attach": ["sau", row.file.blob.sha256]}


def test_a_photograph_of_afterwards_must_be_taken_afterwards_and_at_the_place(world: World, small_book: Book) -> None:
    entry = placed(small_book, world)
    attached(attach(entry, "truoc", ("a.jpg", photo(1, taken=EVENING)), world=world, minutes=1_500))
    wrong = attached(attach(entry, "sau", ("b.jpg", photo(2, taken=MORNING, at=(10.7869, 106.7009))), world=world, minutes=1_600))
    assert wrong.added == ()
    assert wrong.problems == (
        "“b.jpg” chụp lúc 08:00 01/04/2023, không sau “Ảnh trước” (chụp lúc 17:30 01/04/2023). Hãy chụp lại sau khi đã làm xong.",
        "“b.jpg” chụp cách vị trí của hồ sơ 1.112 m; chỉ nhận trong vòng 50 m. Nếu vị trí ghi trong hồ sơ sai, hãy sửa vị trí trước.",
    )
    good = attached(
        attach(entry, "sau", ("c.jpg", photo(3, taken="2023:04:02 07:00:00", at=(10.7769, 106.7009))), world=world, minutes=3_000)
    )
    assert len(good.added) == 1


def test_a_photograph_that_tells_nothing_or_what_cannot_be_is_taken_as_not_checked(world: World, small_book: Book) -> None:
    entry = placed(small_book, world)
    odd = [photo(4), photo(5, taken="2031:01:01 00:00:00"), photo(6, taken="0000:00:00 00:00:00", at=(0.0, 0.0))]
    for number, data in enumerate(odd):
        EntryAttachment.objects.update(removed_at=later(1))
        attached(attach(entry, "sau", (f"{number}.jpg", data), world=world))
        row = EntryAttachment.objects.get(removed_at=None)
        assert (row.taken_at, row.metres_off) == (None, None)
        (shown,) = attachments_of(entry, small_book, deeds_of(entry))
        assert shown.unchecked == ("ảnh không ghi giờ chụp", "ảnh không ghi nơi chụp")


def relocated(entry: Entry, world: World, place: tuple[int, int] | None, minutes: int) -> None:
    entry.refresh_from_db()
    values = {key: value for key, value in {**FILLED, "vi_tri": place}.items() if value is not None}
    outcome = edit_entry(entry.pk, values, version=entry.version, by=world.person("an"), at=later(minutes))
    assert isinstance(outcome, Made), outcome


def test_whoever_moves_the_place_after_a_photograph_was_compared_is_seen(world: World, small_book: Book) -> None:
    """And whoever moves it there and back: of the places only the one at its coming and the one of now are compared."""
    entry = placed(small_book, world)
    attached(attach(entry, "sau", ("a.jpg", photo(taken=MORNING, at=(10.7771, 106.7009))), world=world, minutes=2))
    told = "vị trí của hồ sơ đã sửa sau khi nhận ảnh"
    for minutes, place, moved, doubts in (
        (3, (10_776_910, 106_700_900), True, ()),  # a metre: still within 50 m, wherever it was taken
        (4, (10_777_300, 106_700_900), True, (f"{told}, cách chỗ cũ 44 m",)),
        (5, None, True, (told,)),
        (6, HERE, False, ()),
    ):
        relocated(entry, world, place, minutes)
        entry.refresh_from_db()
        (shown,) = attachments_of(entry, small_book, deeds_of(entry))
        assert (shown.metres_off, shown.is_moved, shown.unchecked) == (22, moved, doubts)


def test_a_place_written_down_only_after_the_photograph_came_is_no_fault_of_the_photograph(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    attached(attach(entry, "sau", ("a.jpg", photo(taken=MORNING, at=(10.7771, 106.7009))), world=world, minutes=2))
    relocated(entry, world, HERE, 3)
    entry.refresh_from_db()
    (shown,) = attachments_of(entry, small_book, deeds_of(entry))
    assert shown.unchecked == ("lúc nhận ảnh hồ sơ chưa có vị trí để so",)


def test_of_several_files_the_unfit_are_told_one_by_one(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    sent = (("a.jpg", photo(1)), ("b.pdf", PDF), ("c.svg", b"<svg onload=alert(1)>"), ("d.jpg", photo(1)), ("e.jpg", photo(1)[:200]))
    result = attached(attach(entry, "truoc", *sent, world=world))
    assert len(result.added) == 1
    assert [each.split("”")[0] for each in sorted(result.problems)] == ["“b.pdf", "“c.svg", "“d.jpg", "“e.jpg"]
    assert "“d.jpg” đã có trong hồ sơ này." in result.problems
    full = attached(attach(entry, "truoc", ("f.jpg", photo(8)), ("g.jpg", photo(9)), world=world))
    assert full.problems == ("“Ảnh trước” nhận tối đa 2, đã có 1; lần này chọn 2.",)
    assert EntryAttachment.objects.count() == 1


def test_a_photograph_that_stands_with_another_entry_is_pointed_out_by_code_only_to_who_may_read_it(world: World, small_book: Book) -> None:
    mine, again, theirs = made(small_book, world), made(small_book, world), made(small_book, world, "chi", "G4")
    attached(attach(mine, "truoc", ("a.jpg", photo(1)), world=world))
    second = attached(attach(again, "truoc", ("b.jpg", photo(1)), world=world))
    assert second.hints == (f"“b.jpg” cũng có ở hồ sơ {mine.code}. Hãy xem có gửi nhầm không.",)
    EntryAttachment.objects.exclude(entry=mine).update(removed_at=later(2))
    other = attached(attach(theirs, "truoc", ("c.jpg", photo(1)), world=world, who="chi"))
    assert other.hints == ("“c.jpg” cũng có ở một hồ sơ khác. Hãy xem có gửi nhầm không.",)
    assert Blob.objects.count() == 2  # the picture and its small one, once


def test_the_room_of_a_unit_is_counted_by_year_and_by_unit(world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, theirs = made(small_book, world), made(small_book, world, "chi", "G4")
    attached(attach(entry, "truoc", ("a.jpg", photo(1)), world=world))
    monkeypatch.setattr(attaching, "UNIT_MEGABYTES", 0)
    (full,) = attached(attach(entry, "truoc", ("b.jpg", photo(2)), world=world)).problems
    assert full == "Trong năm, đơn vị đã dùng 0 MB ảnh, tệp của sổ này; mỗi đơn vị được 0 MB. Hãy báo thường trực phong trào."
    size = EntryAttachment.objects.get().file.blob.size
    monkeypatch.setattr(attaching, "UNIT_MEGABYTES", 1.5 * size / MEGABYTE)  # one photograph and a half
    assert attached(attach(theirs, "truoc", ("c.jpg", photo(3)), world=world, who="chi")).added
    assert not attached(attach(entry, "truoc", ("b.jpg", photo(2)), world=world)).added
    EntryAttachment.objects.update(added_at=later(1) - timedelta(days=400))
    assert attached(attach(entry, "truoc", ("b.jpg", photo(2)), world=world)).added


def test_only_those_named_for_a_role_add_to_it_and_only_while_the_entry_is_open(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    assert isinstance(attach(entry, "truoc", ("a.jpg", photo()), world=world, who="binh"), Refused)
    with pytest.raises(Unreachable):
        attach(entry, "truoc", ("a.jpg", photo()), world=world, who="chi")
    assert attach(entry, "ve", ("a.jpg", photo()), world=world) == Refused("Sổ này không có loại ảnh, tệp ấy.")
    assert attach(entry, "truoc", world=world) == Refused("Anh/chị chưa chọn ảnh hay tệp nào.")
    done(entry, "gui", world.person("an"), later(1), loai="CT", linh_vuc="KT")
    done(entry, "huy", world.person("hoa"), later(2), reason="Ghi nhầm")
    assert isinstance(attach(entry, "sau", ("a.jpg", photo()), world=world, minutes=3), Refused)
    assert not EntryAttachment.objects.exists()


def test_a_file_that_was_taken_back_is_nobodys_and_its_room_in_the_role_is_free(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    (number,) = attached(attach(entry, "giay", ("a.pdf", PDF), world=world)).added
    assert attachment_to_read(world.person("binh"), number).kind == "pdf"
    with pytest.raises(Unreachable):
        attachment_to_read(world.person("chi"), number)
    assert isinstance(detach_file(number, by=world.person("binh"), at=later(2)), Refused)
    for _ in range(2):
        assert isinstance(detach_file(number, by=world.person("an"), at=later(2)), Made)
    with pytest.raises(Unreachable):
        attachment_to_read(world.person("an"), number)
    with pytest.raises(Unreachable):
        detach_file(987_654, by=world.person("an"), at=later(2))
    assert [deed.act for deed in Deed.objects.filter(entry=entry).order_by("pk")] == ["create", "attach", "detach"]
    assert attached(attach(entry, "giay", ("b.pdf", PDF), world=world)).added


def test_distances_are_those_of_the_ground() -> None:
    hanoi, saigon = Spot(21_028_500, 105_854_200), Spot(10_776_900, 106_700_900)
    assert abs(metres_between(hanoi, saigon) - 1_143_500) < 2_000
    assert metres_between(saigon, saigon) == 0
    assert metres_between(saigon, Spot(10_776_900, 106_701_900)) == 109


def test_a_register_behind_the_wall_says_that_it_takes_numbers_only(world: World) -> None:
    assert publish_register(WALLED, "so-che.yaml", by=SYSTEM, at=OPENING).problems == ()
    kept = book("so-che")
    assert kept is not None
    entry = recorded(kept, world, {"ngay": "2023-04-01"})
    told = attach_files(entry.pk, "sau", [SentFile("a.jpg", photo())], by=world.person("an"), at=later(1))
    assert told == Refused("Sổ này chỉ nhận con số; không nhận ảnh hay tệp.")
    assert not EntryAttachment.objects.exists()


def test_a_photograph_of_afterwards_is_not_of_the_very_same_instant(world: World, small_book: Book) -> None:
    entry = placed(small_book, world)
    attached(attach(entry, "truoc", ("a.jpg", photo(1, taken=MORNING)), world=world))
    same = attached(attach(entry, "sau", ("b.jpg", photo(2, taken=MORNING)), world=world, minutes=2))
    assert (same.added, len(same.problems)) == ((), 1)
    assert attached(attach(entry, "sau", ("c.jpg", photo(3, taken="2023:04:01 08:00:01")), world=world, minutes=2)).added
