"""To whom an entry may be handed: upwards to the unit above, which nobody chooses; else to those near, whatever way it is asked."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from kheo.core.reorganising import Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Unreachable
from kheo.org.actions import record_events
from kheo.people.models import User
from kheo.registers.access import each_to_read, entries, entry_to_read, receivers_for
from kheo.registers.actions import Made, Move, Refused, act_on_many
from kheo.registers.models import Entry, RegisterEdition
from kheo.registers.queries.definitions import Book
from tests.registers.books import WISH, did, recorded, said, shipped, tried
from tests.registers.test_petitions import SIGNED
from tests.registers.test_what_ended_units_left import merge, somebody
from tests.web.visits import day, enter, text_of
from tests.world import World, head_of, later


@pytest.fixture
def petitions(world: World) -> Book:
    return shipped("phan-anh")


def answered_twice(petitions: Book, world: World, handler: str = "G1") -> Entry:
    an, head = world.person("an"), world.person("hoa")
    by = head if handler == "G1" else head_of(world, handler)
    entry = did(recorded(petitions, world, WISH), "giao", an, later(1), handler=world.units[handler])
    entry = did(entry, "tra_loi", by, later(days=4), **SIGNED)
    entry = did(entry, "chua_hai_long", an, later(days=5), reason="Đèn lại tắt")
    return did(entry, "tra_loi_lai", by, later(days=6), **SIGNED)


def test_the_officers_escalation_goes_to_the_unit_above_though_none_was_named(world: World, petitions: Book) -> None:
    entry = did(answered_twice(petitions, world), "len_cap_tren", world.person("an"), later(days=7), reason="Vẫn tắt")
    assert entry.handler_id == world.units["D1"]
    assert "không có quyền" in said(tried(entry, "ket_luan", head_of(world, "G1"), later(days=8), **SIGNED))
    assert did(entry, "ket_luan", world.person("dung"), later(days=8), **SIGNED).state == "cap_tren_ket_luan"


@pytest.mark.parametrize("unit", ["G1", "G2", "LDLD"])
def test_no_other_unit_can_be_sent_with_it(world: World, petitions: Book, unit: str) -> None:
    entry = answered_twice(petitions, world)
    refused = tried(entry, "len_cap_tren", world.person("an"), later(days=7), reason="Vẫn tắt", handler=world.units[unit])
    assert isinstance(refused, Refused)
    assert [each.key for each in refused.problems] == ["handler"]
    entry.refresh_from_db()
    assert (entry.state, entry.handler_id) == ("da_tra_loi_lai", world.units["G1"])


def test_many_at_once_go_up_as_one_does(world: World, petitions: Book) -> None:
    entry, an = answered_twice(petitions, world), world.person("an")
    wrong = Move("len_cap_tren", 0, reason="Vẫn tắt", handler=world.units["G1"])
    ((_, refused),) = act_on_many([(entry.pk, entry.version)], wrong, by=an, at=later(days=7))
    assert isinstance(refused, Refused)
    ((_, done),) = act_on_many([(entry.pk, entry.version)], Move("len_cap_tren", 0, reason="Vẫn tắt"), by=an, at=later(days=7))
    assert isinstance(done, Made)
    assert done.entry.handler_id == world.units["D1"]


def test_whoever_answered_it_does_not_answer_as_its_own_superior(world: World, petitions: Book) -> None:
    """The district answered a petition of a union below: it goes past the district, and nobody there concludes it."""
    entry = answered_twice(petitions, world, "D1")
    entry = did(entry, "len_cap_tren", world.person("an"), later(days=7), reason="Vẫn tắt")
    assert entry.handler_id == world.units["LDLD"]
    assert "không có quyền" in said(tried(entry, "ket_luan", world.person("binh"), later(days=8), **SIGNED))
    assert did(entry, "ket_luan", world.person("minh"), later(days=8), **SIGNED).state == "cap_tren_ket_luan"


def test_a_petition_that_once_went_up_to_its_own_unit_is_not_concluded_there(world: World, petitions: Book) -> None:
    """As such stand from before: whoever is above concludes it."""
    entry = did(answered_twice(petitions, world), "len_cap_tren", world.person("an"), later(days=7), reason="Vẫn tắt")
    Entry.objects.filter(pk=entry.pk).update(handler=world.units["G1"])
    assert "không có quyền" in said(tried(entry, "ket_luan", head_of(world, "G1"), later(days=8), **SIGNED))
    assert did(entry, "ket_luan", world.person("dung"), later(days=8), **SIGNED).state == "cap_tren_ket_luan"


def test_up_is_where_the_unit_stands_on_that_day(world: World, petitions: Book) -> None:
    entry = answered_twice(petitions, world)
    moved = Transferred(day=later(days=7).date(), unit=world.units["G1"], place=Place(Line.UNION, world.units["D2"]))
    assert not record_events([moved], by=SYSTEM, at=later(days=6)).problems
    assert did(entry, "len_cap_tren", world.person("an", later(days=8)), later(days=8), reason="Vẫn tắt").handler_id == world.units["D2"]


def test_a_union_transfers_to_one_beside_it_and_never_to_who_has_it(world: World, petitions: Book) -> None:
    entry = did(recorded(petitions, world, WISH), "giao", world.person("an"), later(1), handler=world.units["G1"])
    hoa, units = world.person("hoa"), world.units
    reached = entry_to_read(hoa, entry.pk)
    offered = receivers_for(hoa, reached, reached.book.definition.by_act["chuyen"]).offered()
    assert offered == {units["D1"]: "Liên đoàn Lao động Quận 1", units["G2"]: "Công đoàn cơ sở Hai", units["G3"]: "Công đoàn cơ sở Ba"}
    assert "đang giữ hồ sơ" in said(tried(entry, "chuyen", hoa, later(2), reason="Không phải việc mình", handler=units["G1"]))
    assert did(entry, "chuyen", hoa, later(2), reason="Việc của họ", handler=units["G2"]).handler_id == units["G2"]


@pytest.mark.parametrize("act", ["giao", "chuyen"])
def test_a_strangers_unit_is_refused_by_its_name(world: World, petitions: Book, act: str) -> None:
    entry, hoa = recorded(petitions, world, WISH), world.person("hoa")
    if act == "chuyen":
        entry = did(entry, "giao", hoa, later(1), handler=world.units["G1"])
    reason = "Việc của họ" if act == "chuyen" else ""
    refused = tried(entry, act, hoa, later(2), reason=reason, handler=world.units["G4"])
    assert isinstance(refused, Refused)
    ((key, words),) = [(each.key, each.message) for each in refused.problems]
    assert key == "handler"
    assert words.startswith("Giao cho đơn vị: ")
    assert words.endswith("Công đoàn cơ sở Bốn không phải.")


def test_units_are_those_of_today_though_the_act_is_said_to_be_of_another_day(world: World, petitions: Book) -> None:
    entry, on = answered_twice(petitions, world), later(days=6).date()
    moved = Transferred(day=later(days=7).date(), unit=world.units["G1"], place=Place(Line.UNION, world.units["D2"]))
    assert not record_events([moved], by=SYSTEM, at=later(days=6)).problems
    an = world.person("an", later(days=8))
    assert did(entry, "len_cap_tren", an, later(days=8), reason="Vẫn tắt", on=on).handler_id == world.units["D2"]


def test_where_nobody_is_above_both_it_is_said_so_before_and_when_it_is_tried(world: World, petitions: Book) -> None:
    """The federation's own petition, answered there twice: nobody is above it."""
    entry = answered_twice(petitions, world)
    Entry.objects.filter(pk=entry.pk).update(owner=world.units["LDLD"], handler=world.units["LDLD"])
    entry.refresh_from_db()
    nobody = "không đơn vị nào ở trên cả đơn vị ghi và đơn vị đang giữ hồ sơ"
    with day(later(days=7)):
        page = enter(world, "minh").get(f"/so/ho-so/{entry.pk}/viec/len_cap_tren/")
    assert nobody in text_of(page.content).lower()
    refused = said(tried(entry, "len_cap_tren", world.person("minh", later(days=7)), later(days=7), reason="Vẫn tắt"))
    assert refused == f"Trong cây tổ chức ngày 08/04/2023, {nobody}, nên không “Đưa lên cấp trên” được."


def test_a_unit_that_answered_reads_what_became_of_it_once_it_went_up_and_can_do_nothing_there(world: World, petitions: Book) -> None:
    entry, head = answered_twice(petitions, world, "G2"), head_of(world, "G2")
    assert entry_to_read(head, entry.pk).sees_personal  # while it is theirs
    entry = did(entry, "len_cap_tren", world.person("an"), later(days=7), reason="Vẫn tắt")
    left = entry_to_read(head, entry.pk)
    assert (left.acts, left.sees_personal, left.works_near, left.is_editable) == ((), False, False, False)
    assert list(each_to_read(head, [entry.pk])) == [entry.pk]
    browser = Client()
    browser.force_login(User.objects.get(pk=head.user_id))
    page = text_of(browser.get(reverse("entry", args=[entry.pk])).content)
    assert "Đã đưa lên cấp trên" in page
    assert str(WISH["noi_dung"]) not in page


def test_a_unit_that_never_had_it_reads_nothing_of_it(world: World, petitions: Book) -> None:
    entry = did(answered_twice(petitions, world), "len_cap_tren", world.person("an"), later(days=7), reason="Vẫn tắt")
    with pytest.raises(Unreachable):
        entry_to_read(head_of(world, "G2"), entry.pk)
    assert each_to_read(head_of(world, "G2"), [entry.pk]) == {}


@pytest.fixture
def went_up(world: World, petitions: Book) -> Entry:
    """The unit G2 answered twice, and it went up."""
    return did(answered_twice(petitions, world, "G2"), "len_cap_tren", world.person("an"), later(days=7), reason="Vẫn tắt")


def test_the_heir_of_a_unit_that_had_it_reads_on(world: World, went_up: Entry) -> None:
    merge(world, "G2", "G3")
    assert entry_to_read(somebody("G12", Role.HEAD), went_up.pk).acts == ()


def test_who_keeps_the_system_of_a_unit_that_had_it_does_not(world: World, went_up: Entry) -> None:
    keeper, auditor = somebody("G2", Role.KEEPER, later(days=8)), somebody("G2", Role.AUDITOR, later(days=8))
    assert each_to_read(keeper, [went_up.pk]) == {}
    assert each_to_read(auditor, [went_up.pk]).keys() == {went_up.pk}


def test_behind_the_wall_nobody_reads_on(world: World, went_up: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = entries.book_of

    def walled(edition: RegisterEdition) -> Book:
        found = plain(edition)
        return replace(found, definition=found.definition.model_copy(update={"walled": True}))

    monkeypatch.setattr(entries, "book_of", walled)
    with pytest.raises(Unreachable):
        entry_to_read(head_of(world, "G2"), went_up.pk)
