"""What is done beside an entry, in every class of states: what stands with an entry that counts no more stays as it was."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from kheo.core.registers.beside import BesideAct
from kheo.core.registers.words import StateClass
from kheo.core.spoken_codes import hash_of
from kheo.core.workflow import Role
from kheo.files.receiving import SentFile
from kheo.journal.actions import SYSTEM
from kheo.org.actions import appoint
from kheo.registers.actions import (
    Attached,
    Line,
    Made,
    Refused,
    attach_files,
    confirm_answers,
    detach_file,
    drop_link,
    link_entries,
    publish_register,
    rebase_entries,
    say_as_asker,
    verify_link,
    write_line,
    write_words,
)
from kheo.registers.actions.likening import settle_pair
from kheo.registers.models import Entry, EntryAttachment, EntryLine, EntryLink, LikePair, PublicEntry
from kheo.registers.queries.definitions import Book, book
from tests.registers.books import did, photographed, recorded, shipped
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import done, made, put
from tests.registers.public import CODE
from tests.world import FIRST_DAY, OPENING, World, later

DAY, AT = date(2023, 4, 1), later(30)
# The small register has one state of each class. By hand, not from the code: what is not listed is refused to everybody.
TABLE = """
line            draft waiting_on_us waiting_on_them done_good done_bad
unline          draft waiting_on_us waiting_on_them done_good done_bad
link            draft waiting_on_us waiting_on_them done_good done_bad
unlink          draft waiting_on_us waiting_on_them done_good done_bad
verify_link     draft waiting_on_us waiting_on_them done_good done_bad
attach          draft waiting_on_us waiting_on_them done_good done_bad
detach          draft waiting_on_us waiting_on_them done_good done_bad
reply           draft waiting_on_us waiting_on_them done_good done_bad
note            draft waiting_on_us waiting_on_them done_good done_bad
asker_says      draft waiting_on_us
not_alike       draft waiting_on_us waiting_on_them done_good done_bad
confirm_answers draft waiting_on_us waiting_on_them done_good done_bad
"""
Outcome = Made | Refused | Attached | object


def doings(world: World, mine: Entry, theirs: Entry) -> dict[str, Callable[[], Outcome]]:
    """Each act by somebody whose it is, with what it needs standing beside the entry."""
    an, binh = world.person("an"), world.person("binh")
    write_line(mine.pk, Line("chi", DAY, source="NS", amount_vnd=1), by=an, at=later(1))
    link_entries(mine.pk, "hoc_theo", theirs.code, on=DAY, by=an, at=later(1))
    photographed(mine, "truoc", later(1))
    PublicEntry.objects.create(entry=mine, hash=hash_of(CODE), chosen_id=mine.owner_id)
    Entry.objects.filter(pk=mine.pk).update(source="public")
    first, last = sorted((mine, theirs), key=lambda each: each.pk)
    pair = LikePair.objects.create(register=mine.register, entry=last, other=first, degree=90, found_at=OPENING)
    line, link, file = EntryLine.objects.get(), EntryLink.objects.get(), EntryAttachment.objects.get()
    more = Line("chi", DAY, source="NS", amount_vnd=2)
    gone = Line("chi", DAY, number=line.number, gone=True, seen=line.known_from)
    return {
        "line": lambda: write_line(mine.pk, more, by=an, at=AT),
        "unline": lambda: write_line(mine.pk, gone, by=an, at=AT),
        "link": lambda: _linked_anew(mine, theirs, link, world),
        "unlink": lambda: drop_link(link.pk, by=binh, at=AT),
        "verify_link": lambda: verify_link(link.pk, by=binh, at=AT),
        "attach": lambda: attach_files(mine.pk, "truoc", [SentFile("a.jpg", b"none")], by=an, at=AT),
        "detach": lambda: detach_file(file.pk, by=an, at=AT),
        "reply": lambda: write_words(mine.pk, "reply", "Đang làm.", by=an, at=AT),
        "note": lambda: write_words(mine.pk, "note", "Đang làm.", by=an, at=AT),
        "asker_says": lambda: say_as_asker(CODE, "Thêm một điều.", at=AT),
        "not_alike": lambda: settle_pair(pair.pk, "Hai nơi khác nhau", by=binh, at=AT),
        "confirm_answers": lambda: confirm_answers(mine.pk, [], by=an, at=AT),
    }


def _linked_anew(mine: Entry, theirs: Entry, link: EntryLink, world: World) -> Outcome:
    EntryLink.objects.filter(pk=link.pk).update(known_to=later(2))
    return link_entries(mine.pk, "hoc_theo", theirs.code, on=DAY, by=world.person("an"), at=AT)


def tried(doing: Callable[[], Outcome]) -> bool:
    """Whether it is done (of a file: looked into); nothing of it is kept."""
    with transaction.atomic():
        outcome = doing()
        transaction.set_rollback(True)
    return not isinstance(outcome, Refused)


def test_every_act_beside_an_entry_in_every_class_of_states_is_as_the_table_says(world: World, small_book: Book) -> None:
    mine, theirs = made(small_book, world), made(small_book, world, "chi", "G4")
    appoint(world.users["binh"], world.units["LDLD"], Role.REVIEWER, on=FIRST_DAY, by=SYSTEM, at=OPENING)  # reads both of the pair
    acts, found = doings(world, mine, theirs), dict[str, list[str]]()
    assert set(acts) == set(BesideAct)
    assert {each.meaning for each in small_book.definition.states} == set(StateClass)
    for state in small_book.definition.states:
        put(mine, small_book.definition, state.code)
        for act, doing in acts.items():
            found.setdefault(act, []).extend([state.meaning] if tried(doing) else [])
    assert found == {act: classes for act, *classes in (line.split() for line in TABLE.strip().splitlines())}


def test_who_verifies_takes_no_link_back_from_an_entry_that_was_cancelled(world: World, small_book: Book) -> None:
    mine, theirs = made(small_book, world), made(small_book, world, "chi", "G4")
    link_entries(mine.pk, "hoc_theo", theirs.code, on=DAY, by=world.person("an"), at=later(1))
    done(mine, "huy", world.person("hoa"), later(2), reason="Ghi nhầm")
    refused = drop_link(EntryLink.objects.get().pk, by=world.person("binh"), at=later(3))
    assert refused == Refused("Hồ sơ không còn được tính: những gì kèm theo nó giữ nguyên như lúc ấy.")
    assert EntryLink.objects.get().known_to is None


def test_help_that_was_closed_is_changed_only_after_it_was_opened_again_with_a_reason(world: World) -> None:
    found, hoa = shipped("cham-lo"), world.person("hoa")
    entry = recorded(found, world, {"dip": "TET", "ngay": "2023-04-01"})
    line = Line("ho_tro", DAY, kind="KHOKHAN", source="NS", quantity=5, amount_vnd=1)
    assert isinstance(write_line(entry.pk, line, by=hoa, at=later(1)), Made)
    did(entry, "chot", hoa, later(2), values={"tong_tien": 1})
    said = Refused("“Hỗ trợ” không thêm, sửa, bỏ được nữa ở trạng thái “Đã chốt”.")
    gone = Line("ho_tro", DAY, number=1, gone=True, seen=later(1))
    assert [write_line(entry.pk, each, by=hoa, at=later(3)) for each in (line, gone)] == [said, said]
    did(entry, "mo_lai", hoa, later(4), reason="Thiếu một dòng")
    assert isinstance(write_line(entry.pk, line, by=hoa, at=later(5)), Made)


def test_the_photograph_before_stays_as_it_was_when_the_point_was_cleared(world: World) -> None:
    found, an = shipped("diem-o-nhiem"), world.person("an")
    entry = recorded(found, world, {"ten": "Chân cầu", "vi_tri": (10_776_889, 106_700_806), "dia_chi": "KP 2", "loai_rac": "NHUA",
                                    "ngay_thay": "2023-04-01"})  # fmt: skip
    for minutes, role in enumerate(("before", "after", "document")):
        photographed(entry, role, later(1), taken=OPENING + timedelta(minutes=minutes))
    put(entry, found.definition, "da_giai_toa")
    outcome = {row.role: detach_file(row.pk, by=an, at=later(2)) for row in EntryAttachment.objects.order_by("pk")}
    assert outcome["before"] == Refused("“Ảnh trước” không thêm, sửa, bỏ được nữa ở trạng thái “Đã giải tỏa”.")
    assert outcome["after"] == Refused("Hồ sơ đã xong: “Ảnh sau” không thêm, không bỏ được nữa.")
    assert isinstance(outcome["document"], Made)
    assert attach_files(entry.pk, "before", [SentFile("a.jpg", b"x")], by=an, at=later(3)) == outcome["before"]


@pytest.mark.parametrize(("state", "may"), [("da_gui", False), ("xong", True)])
def test_open_entries_obey_the_edition_that_freezes_and_those_that_ended_keep_theirs(
    world: World, small_book: Book, state: str, may: bool
) -> None:
    entry, text = made(small_book, world), SMALL_REGISTER.read_text(encoding="utf-8")
    put(entry, small_book.definition, state)
    again = text.replace("amount: Số tiền}", "amount: Số tiền, frozen_from: da_gui}")
    assert publish_register(again, "so-nho.yaml", by=SYSTEM, at=later(1)).problems == ()
    rebase_entries("so-nho", at=later(2))
    newest = book("so-nho")
    assert newest is not None
    assert newest.definition.by_line["chi"].frozen_from == "da_gui"
    written = write_line(entry.pk, Line("chi", DAY, source="NS", amount_vnd=1), by=world.person("an"), at=later(3))
    assert isinstance(written, Made) == may
