"""Lines under entries, and links between them."""

from datetime import date

import pytest

from kheo.core.definition.records import RecordRule
from kheo.core.registers.values import FieldProblem
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Unreachable
from kheo.org.actions import appoint
from kheo.registers.actions import Line, Made, Refused, drop_link, link_entries, verify_link, write_line
from kheo.registers.models import Deed, EntryLine, EntryLink
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, Window
from tests.registers.entries import done, made
from tests.world import FIRST_DAY, OPENING, World, later

DAY = date(2023, 4, 1)
WINDOW = Window(date(2023, 4, 1), date(2023, 5, 5), date(2023, 5, 6))
SPENT = RecordRule(register_code="so-nho", fact="line", line="chi", measure="sum", of="amount", by="source")
REPEATED = RecordRule(register_code="so-nho", fact="link", link="hoc_theo")


def numbers(found: Book, rule: RecordRule, known_at: object = None) -> object:
    return Counted(found.register.pk, found.definition, rule, WINDOW, known_at).numbers()  # type: ignore[arg-type]


def test_money_is_summed_by_source_and_a_correction_leaves_what_was_known(world: World, small_book: Book) -> None:
    entry, unit = made(small_book, world), world.units["G1"]
    for source, amount in (("NS", 5_000_000), ("XHH", 2_500_000), ("NS", 1)):
        assert isinstance(
            write_line(entry.pk, Line("chi", DAY, source=source, amount_vnd=amount), by=world.person("an"), at=later(1)), Made
        )
    assert numbers(small_book, SPENT) == {unit: {None: 7_500_001, "NS": 5_000_001, "XHH": 2_500_000}}
    write_line(entry.pk, Line("chi", DAY, source="NS", amount_vnd=7, number=1, seen=later(1)), by=world.person("an"), at=later(9))
    write_line(entry.pk, Line("chi", DAY, number=3, gone=True, seen=later(1)), by=world.person("an"), at=later(10))
    assert numbers(small_book, SPENT) == {unit: {None: 2_500_007, "NS": 7, "XHH": 2_500_000}}
    assert numbers(small_book, SPENT, later(5)) == {unit: {None: 7_500_001, "NS": 5_000_001, "XHH": 2_500_000}}


def test_everything_that_is_wrong_with_a_line_is_told_at_once(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    wrong = write_line(
        entry.pk, Line("chi", date(2024, 1, 1), kind="A", source="ZZ", quantity=3, text="chữ"), by=world.person("an"), at=later(1)
    )
    assert isinstance(wrong, Refused)
    assert [each.key for each in wrong.problems] == ["on", "kind", "source", "quantity", "amount_vnd", "text"]
    assert not EntryLine.objects.exists()


def test_a_line_that_somebody_else_changed_meanwhile_is_not_written_over(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    write_line(entry.pk, Line("chi", DAY, source="NS", amount_vnd=1), by=world.person("an"), at=later(1))
    seen = Line("chi", DAY, source="NS", amount_vnd=500, number=1, seen=later(1))
    assert isinstance(write_line(entry.pk, seen, by=world.person("an"), at=later(2)), Made)
    assert isinstance(write_line(entry.pk, seen, by=world.person("hoa"), at=later(3)), Refused)
    assert EntryLine.objects.get(known_to__isnull=True).amount_vnd == 500


def test_a_link_to_what_was_cancelled_counts_no_more(world: World, small_book: Book) -> None:
    link = linked(world, small_book)
    verify_link(link.pk, by=world.person("binh"), at=later(3))
    done(link.other, "huy", world.person("chi"), later(9), reason="Ghi nhầm")
    assert (numbers(small_book, REPEATED), numbers(small_book, REPEATED, later(5))) == ({}, {world.units["G1"]: {None: 1}})


def test_only_who_may_write_the_entry_writes_its_lines(world: World, small_book: Book) -> None:
    entry, line = made(small_book, world), Line("chi", DAY, source="NS", amount_vnd=1)
    assert isinstance(write_line(entry.pk, line, by=world.person("binh"), at=later(1)), Refused)
    with pytest.raises(Unreachable):
        write_line(entry.pk, line, by=world.person("chi"), at=later(1))


def linked(world: World, small_book: Book) -> EntryLink:
    """An's entry learned from Chi's."""
    mine, theirs = made(small_book, world), made(small_book, world, "chi", "G4")
    assert isinstance(link_entries(mine.pk, "hoc_theo", theirs.code.lower(), on=DAY, by=world.person("an"), at=later(1)), Made)
    return EntryLink.objects.get()


def test_a_link_counts_once_somebody_else_has_verified_it(world: World, small_book: Book) -> None:
    link = linked(world, small_book)
    assert numbers(small_book, REPEATED) == {}
    appoint(
        world.users["an"], world.units["D1"], Role.REVIEWER, on=FIRST_DAY, by=SYSTEM, at=OPENING
    )  # nothing but having made it is in her way
    assert isinstance(verify_link(link.pk, by=world.person("an"), at=later(2)), Refused)
    assert isinstance(verify_link(link.pk, by=world.person("binh"), at=later(3)), Made)
    assert numbers(small_book, REPEATED) == {world.units["G1"]: {None: 1}}
    standing = EntryLink.objects.get(known_to__isnull=True)
    why = drop_link(standing.pk, by=world.person("hoa"), at=later(8))
    assert why == Refused("Chưa bỏ liên kết.", (FieldProblem("reason", "Liên kết “Học theo” đã được tính: cần ghi lý do bỏ."),))
    assert isinstance(drop_link(standing.pk, reason="Ghi nhầm nơi", by=world.person("hoa"), at=later(9)), Made)
    assert (Deed.objects.latest("pk").act, Deed.objects.latest("pk").reason) == ("unlink", "Ghi nhầm nơi")
    assert (numbers(small_book, REPEATED), numbers(small_book, REPEATED, later(5))) == ({}, {world.units["G1"]: {None: 1}})


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("SN-2023-0001", "chính nó"),
        ("SN-2023-0002", "đơn vị khác"),
        ("SN-2023-0003", "Đã có liên kết này"),
        ("SN-2023-0999", "Không có hồ sơ mã ấy"),
        ("'; --", "Không có hồ sơ mã ấy"),
    ],
)
def test_a_link_that_cannot_be_is_refused_with_a_reason(world: World, small_book: Book, code: str, said: str) -> None:
    mine, _, theirs = made(small_book, world), made(small_book, world), made(small_book, world, "chi", "G4")
    link_entries(mine.pk, "hoc_theo", theirs.code, on=DAY, by=world.person("an"), at=later(1))
    refused = link_entries(mine.pk, "hoc_theo", code, on=DAY, by=world.person("an"), at=later(1))
    assert isinstance(refused, Refused)
    assert said in refused.message


def test_a_link_of_a_day_that_has_not_come_is_refused(world: World, small_book: Book) -> None:
    mine, theirs = made(small_book, world), made(small_book, world, "chi", "G4")
    refused = link_entries(mine.pk, "hoc_theo", theirs.code, on=later(days=2).date(), by=world.person("an"), at=later(days=1))
    assert refused == Refused("Ngày liên kết chưa tới.")
    assert isinstance(
        link_entries(mine.pk, "hoc_theo", theirs.code, on=later(days=1).date(), by=world.person("an"), at=later(days=1)), Made
    )


def test_two_entries_do_not_each_come_from_the_other(world: World, small_book: Book) -> None:
    link = linked(world, small_book)
    back = link_entries(link.other_id, "hoc_theo", link.entry.code, on=DAY, by=world.person("chi"), at=later(2))
    assert isinstance(back, Refused)
    assert "hai chiều không cùng đúng" in back.message


def test_a_link_of_others_is_not_there(world: World, small_book: Book) -> None:
    link = linked(world, small_book)
    for act in (verify_link, drop_link):
        with pytest.raises(Unreachable):
            act(link.pk, by=world.person("chi", OPENING), at=later(2))
