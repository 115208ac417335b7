"""What is filed from a telephone in the field: whole or not at all, once, on the day on which it was seen."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kheo.core.registers.values import FieldProblem, Kept
from kheo.core.workflow import Role
from kheo.files.receiving import SentFile
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from kheo.org.actions import appoint
from kheo.registers.actions import PHOTO, Filed, Filing, Made, Refused, attaching, create_once, file_entry, publish_register
from kheo.registers.models import Deed, Entry, EntryAttachment, EntrySending, Series
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.filing import last_filed_for
from tests.registers.test_attachments import HERE, MORNING, photo
from tests.reports.test_evidence import PDF
from tests.world import FILES, FIRST_DAY, OPENING, World, later

KEY = uuid.UUID("6f0a7a52-3d0f-4a0e-9f6c-0d5d0a3f2b11")
SEEN: dict[str, Kept] = {"vi_tri": HERE, "loai": "CT", "dien_tich": 1250}
TAKEN = SentFile("IMG_1.jpg", photo(taken=MORNING, at=(10.7771, 106.7009)))


def filed(
    book: Book,
    world: World,
    *photos: SentFile,
    who: str = "an",
    key: uuid.UUID = KEY,
    age: timedelta | None = None,
    at: datetime,
    **values: Kept,
) -> Filed | Refused:
    return file_entry(book, world.units["G1"], {**SEEN, **values}, Filing(key, age, photos), by=world.person(who, at), at=at)


def ok(outcome: Filed | Refused) -> Filed:
    assert isinstance(outcome, Filed), outcome
    return outcome


def nothing_is_kept() -> bool:
    return not any(model.objects.exists() for model in (Entry, EntrySending, EntryAttachment, Deed, Series))


def test_a_point_comes_with_its_photograph_its_place_and_the_day_on_which_it_was_seen(world: World, small_book: Book) -> None:
    at = later(days=3)
    done = ok(filed(small_book, world, TAKEN, age=timedelta(days=2, hours=1), at=at))
    assert (done.is_new, done.is_same, done.is_day_known) == (True, True, True)
    entry = Entry.objects.get()
    seen = (at - timedelta(days=2, hours=1)).date()
    assert (entry.title, (entry.latitude, entry.longitude), entry.occurred_on) == ("Công trình, 12,50 m²", HERE, seen)
    # It is in the register since it came: nobody could have known of it before, so no limit began earlier.
    assert (entry.registered_on, entry.in_state_since, entry.created_at) == (at.date(), at.date(), at)
    assert (entry.owner_id, entry.created_by_id, entry.source) == (world.units["G1"], world.users["an"].pk, "phone")
    row = EntryAttachment.objects.get()
    assert (row.entry_id, row.role, row.metres_off) == (entry.pk, "truoc", 22)
    told = EntrySending.objects.get()
    assert (told.entry_id, told.person_id, told.way, told.key, told.said_at) == (
        entry.pk,
        world.users["an"].pk,
        "phone",
        str(KEY),
        at - timedelta(days=2, hours=1),
    )
    assert list(Deed.objects.order_by("pk").values_list("act", flat=True)) == ["create", "attach"]


def test_what_is_sent_again_after_a_lost_answer_makes_no_second_entry(world: World, small_book: Book) -> None:
    first = ok(filed(small_book, world, TAKEN, age=timedelta(minutes=1), at=later(days=1)))
    acts = JournalEntry.objects.count()
    again = ok(filed(small_book, world, TAKEN, age=timedelta(minutes=9), at=later(8, days=1)))
    assert (again.entry.pk, again.is_new, again.is_same) == (first.entry.pk, False, True)
    assert (Entry.objects.count(), EntryAttachment.objects.count(), JournalEntry.objects.count()) == (1, 1, acts)
    assert Entry.objects.get().code == "SN-2023-0001"


def test_the_constraint_is_what_refuses_it(world: World, small_book: Book) -> None:
    first = ok(filed(small_book, world, at=later(days=1)))
    other = ok(filed(small_book, world, at=later(days=1), key=uuid.uuid4()))
    EntrySending.objects.filter(entry=other.entry).delete()
    told = {"entry": other.entry, "content": "", "key": str(KEY)}
    with pytest.raises(IntegrityError, match="sent_once"), transaction.atomic():
        EntrySending.objects.create(person_id=first.entry.created_by_id, way="phone", **told)
    # Of somebody else the same key says nothing: it is theirs. Nor of a program of the same person's.
    for whose, way in (("hoa", "phone"), ("an", "api")):
        EntrySending.objects.create(person=world.users[whose], way=way, **told).delete()


def test_what_was_mended_after_it_had_arrived_is_not_passed_over(world: World, small_book: Book) -> None:
    ok(filed(small_book, world, TAKEN, at=later(days=1)))
    again = ok(filed(small_book, world, TAKEN, at=later(days=1), dien_tich=2000))
    assert (again.is_new, again.is_same) == (False, False)
    another_photo = ok(filed(small_book, world, SentFile("b.jpg", photo(7)), at=later(days=1)))
    assert another_photo.is_same is False
    assert Entry.objects.get().extra["dien_tich"] == 1250


def test_a_key_is_that_of_one_person_and_one_way_whoever_else_made_the_same(world: World, small_book: Book) -> None:
    """Keys are made where things are written, so two can be the same: neither is told the other's entry."""
    at = later(days=1)
    mine = ok(filed(small_book, world, at=at))
    theirs = ok(filed(small_book, world, who="hoa", at=at))
    assert (theirs.is_new, theirs.entry.pk != mine.entry.pk) == (True, True)
    told = create_once(small_book, world.units["G1"], {**SEEN, "ten": "Khác"}, key=str(KEY), by=world.person("an", at), at=at)
    assert isinstance(told, Made)
    assert Entry.objects.count() == 3


def test_what_has_arrived_is_told_though_it_would_not_be_taken_any_more(world: World, small_book: Book) -> None:
    """The register asks for more since; the telephone, whose answer was lost, sends what it sent."""
    first = ok(filed(small_book, world, at=later(days=1)))
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    more = text.replace("label: Dịp, type: choices, options: sources}", "label: Dịp, type: choices, options: sources, required_from: nhap}")
    assert publish_register(more, "so-nho.yaml", by=SYSTEM, at=later(1, days=1)).problems == ()
    now = book("so-nho")
    assert now is not None
    again = ok(filed(now, world, at=later(days=2)))
    assert (again.entry.pk, again.is_new, again.is_same) == (first.entry.pk, False, True)
    assert isinstance(filed(now, world, key=uuid.uuid4(), at=later(days=2)), Refused)


def test_what_cannot_be_read_is_told_though_something_came_under_its_key(world: World, small_book: Book) -> None:
    at = later(days=1)
    ok(filed(small_book, world, at=at))
    wrong = (FieldProblem("dien_tich", "Không phải là số."),)
    told = file_entry(small_book, world.units["G1"], SEEN, Filing(KEY), by=world.person("an", at), at=at, unread=wrong)
    assert isinstance(told, Refused)
    assert told.problems == wrong


def test_the_same_for_another_unit_is_not_the_same(world: World, small_book: Book) -> None:
    at = later(days=1)
    ok(filed(small_book, world, at=at))
    appoint(world.users["an"], world.units["G2"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    again = file_entry(small_book, world.units["G2"], SEEN, Filing(KEY), by=world.person("an", at), at=at)
    assert (ok(again).is_new, ok(again).is_same) == (False, False)


def test_who_reads_the_entry_no_more_is_not_told_of_it_again(world: World, small_book: Book) -> None:
    """Their post is at another unit now, and what they filed stays where it was filed."""
    at = later(days=1)
    entry = ok(filed(small_book, world, at=at)).entry
    Entry.objects.filter(pk=entry.pk).update(owner=world.units["G4"])
    with pytest.raises(Unreachable):
        filed(small_book, world, at=at)


def test_a_photograph_that_is_none_takes_everything_back_and_all_problems_are_told_at_once(world: World, small_book: Book) -> None:
    refused = filed(small_book, world, SentFile("a.jpg", b"no picture"), SentFile("b.pdf", PDF), at=later(days=1), so_nguoi=-1)
    assert isinstance(refused, Refused)
    told = {each.key: each.message for each in refused.problems}
    assert set(told) == {PHOTO, "so_nguoi"}
    assert sum(each.key == PHOTO for each in refused.problems) == 2
    assert nothing_is_kept()
    alone = filed(small_book, world, SentFile("a.jpg", b"no picture"), at=later(days=1))
    assert isinstance(alone, Refused)
    assert [each.key for each in alone.problems] == [PHOTO]
    assert nothing_is_kept()
    ok(filed(small_book, world, TAKEN, at=later(days=1)))  # the same item, mended


def test_a_unit_without_room_takes_no_half_of_it(world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "UNIT_MEGABYTES", 0)
    refused = filed(small_book, world, TAKEN, at=later(days=1))
    assert isinstance(refused, Refused)
    assert refused.problems[0].key == PHOTO
    assert refused.problems[0].message.startswith("Trong năm, đơn vị đã dùng 0 MB ảnh")
    assert nothing_is_kept()


def test_what_is_missing_is_told_where_it_was_asked(world: World, small_book: Book) -> None:
    values: dict[str, Kept] = {"loai": "CT"}
    at = later(days=1)
    refused = file_entry(small_book, world.units["G1"], values, Filing(KEY), by=world.person("an", at), at=at)
    assert isinstance(refused, Refused)
    assert refused.problems == (FieldProblem("dien_tich", "Chưa điền “Tên”."),)


def test_a_clock_that_was_set_meanwhile_gives_the_day_on_which_it_came(world: World, small_book: Book) -> None:
    at = later(days=2)
    done = ok(filed(small_book, world, age=timedelta(days=400), at=at))
    assert (done.is_day_known, done.entry.occurred_on, EntrySending.objects.get().said_at) == (False, at.date(), None)


def test_only_who_writes_in_the_register_files_and_only_where_it_has_this_face(world: World, small_book: Book) -> None:
    for who in ("binh", "kien", "lan", "chi", "quan"):
        with pytest.raises(Unreachable):
            filed(small_book, world, who=who, at=later(days=1))
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    without = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("quick:"))
    assert publish_register(without, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    plain = book("so-nho")
    assert plain is not None
    with pytest.raises(Unreachable):
        filed(plain, world, at=later(days=1))
    assert nothing_is_kept()


def test_the_unit_that_was_filed_for_last_is_offered_first(world: World, small_book: Book) -> None:
    ok(filed(small_book, world, at=later(days=1)))
    an, units = world.person("an", later(days=1)), [world.units["G1"], world.units["G2"]]
    assert last_filed_for(small_book, an, units) == world.units["G1"]
    assert last_filed_for(small_book, an, [world.units["G2"], world.units["G4"]]) is None
    assert last_filed_for(small_book, world.person("hoa", later(days=1)), units) is None
