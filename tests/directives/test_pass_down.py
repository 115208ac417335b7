"""A letter is passed down the tree, acknowledged with one click, passed on again, and its way is counted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kheo.core.paper_books.facts import ArrivalFacts, PaperFacts
from kheo.core.relaying.chain import Passage
from kheo.directives.access import chain_to_read
from kheo.directives.actions import (
    Arrived,
    Issued,
    PassedDown,
    Refused,
    Reminded,
    acknowledge,
    pass_down,
    register_arrival,
    register_issue,
    remind_below,
)
from kheo.directives.models import Arrival, ChainRow, Issue, Passing, Relay
from kheo.directives.queries.chain import Sums, Waiting, branches, chain_faults, passages, passings_to, place_in_chain, waiting_below
from kheo.notices.models import Notice
from kheo.org.access import Unreachable
from kheo.org.models import UnitName
from tests.world import World, small_world

pytestmark = pytest.mark.django_db

MONDAY = datetime(2023, 4, 3, 2, tzinfo=UTC)
SUBJECT = "thực hiện nội dung “5 không” năm 2023"


@pytest.fixture
def world() -> World:
    return small_world()


def day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def letter(world: World, name: str, code: str, at: datetime = MONDAY) -> Issue:
    """A registered outgoing letter of a unit."""
    paper = PaperFacts(issuer=f"đơn vị {code}", kind="Công văn", subject=SUBJECT, issued_on=at.date())
    made = register_issue(world.units[code], paper, "LĐLĐ-TG", by=world.person(name, at), at=at)
    assert isinstance(made, Issued), made
    return made.issue


def sent(world: World, name: str, issue: Issue, codes: str, at: datetime = MONDAY, arrival: Arrival | None = None) -> PassedDown:
    units = [world.units[code] for code in codes.split()]
    made = pass_down(issue.pk, units, arrival=arrival.pk if arrival else None, by=world.person(name, at), at=at)
    assert isinstance(made, PassedDown), made
    return made


def clicked(world: World, name: str, code: str, at: datetime) -> Arrival:
    """The unit's newest letter, acknowledged."""
    (passing, *_) = passings_to(world.units[code], waiting=True)
    made = acknowledge(passing.pk, by=world.person(name, at), at=at)
    assert isinstance(made, Arrival), made
    return made


def three_levels(world: World) -> Issue:
    """The federation to both districts on day 0; D1 clicks on day 2 and passes on to two unions on day 4; G1 clicks on day 5."""
    root = letter(world, "minh", "LDLD")
    sent(world, "minh", root, "D1 D2")
    arrival = clicked(world, "dung", "D1", day(2))
    sent(world, "dung", letter(world, "dung", "D1", day(4)), "G1 G2", day(4), arrival)
    clicked(world, "an", "G1", day(5))
    return root


def test_one_click_gives_the_unit_its_own_arrival_number(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    assert sent(world, "minh", root, "D1 D2") == PassedDown(2, 0)
    arrival = clicked(world, "dung", "D1", day(1))
    assert (arrival.number, arrival.year, arrival.arrived_on, arrival.directive) == (1, 2023, date(2023, 4, 4), root.directive)
    assert [each.unit_id for each in Passing.objects.filter(arrival=None)] == [world.units["D2"]]


def test_a_second_click_gives_the_same_number(world: World) -> None:
    sent(world, "minh", letter(world, "minh", "LDLD"), "D1")
    first = clicked(world, "dung", "D1", day(1))
    passing = Passing.objects.get()
    assert acknowledge(passing.pk, by=world.person("dung", day(2)), at=day(2)) == first
    assert Arrival.objects.count() == 1


def test_what_was_written_by_hand_before_the_click_keeps_its_number(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    assert root.directive
    paper = PaperFacts(root.directive.full_number, root.directive.issuer, issued_on=root.directive.issued_on, subject=SUBJECT)
    by_hand = register_arrival(world.units["D1"], paper, ArrivalFacts(date(2023, 4, 3)), by=world.person("dung", MONDAY), at=MONDAY)
    assert isinstance(by_hand, Arrived)
    sent(world, "minh", root, "D1")
    assert clicked(world, "dung", "D1", day(1)) == by_hand.arrival
    assert Arrival.objects.count() == 1


def test_nobody_is_sent_the_same_letter_twice(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    sent(world, "minh", root, "D1")
    assert sent(world, "minh", root, "D1 D2", day(1)) == PassedDown(1, 1)
    assert Passing.objects.count() == 2


def test_only_to_units_directly_below(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    made = pass_down(root.pk, [world.units["G1"]], by=world.person("minh", MONDAY), at=MONDAY)
    assert isinstance(made, Refused)
    assert made.message == "Chỉ gửi cho đơn vị trực thuộc; mở lại trang để lấy danh sách hôm nay."
    assert isinstance(pass_down(root.pk, [], by=world.person("minh", MONDAY), at=MONDAY), Refused)
    assert not Passing.objects.exists()
    assert not ChainRow.objects.exists()


def test_only_by_those_who_write_the_units_books(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    for name in ("lan", "dung", "chi"):
        with pytest.raises(Unreachable):
            pass_down(root.pk, [world.units["D1"]], by=world.person(name, MONDAY), at=MONDAY)
    sent(world, "minh", root, "D1")
    for name in ("binh", "an", "minh"):
        with pytest.raises(Unreachable):
            acknowledge(Passing.objects.get().pk, by=world.person(name, MONDAY), at=MONDAY)


def test_the_chain_goes_on_by_the_units_own_letter(world: World) -> None:
    root = three_levels(world)
    rows = {row.unit_id: row for row in ChainRow.objects.all()}
    units = world.units
    assert {row.root_id for row in rows.values()} == {root.pk}
    assert rows[units["G1"]].way == [units["LDLD"], units["D1"], units["G1"]]
    district = rows[units["D1"]]
    assert (district.sent_on, district.acknowledged_on, district.relayed_on) == (date(2023, 4, 3), date(2023, 4, 5), date(2023, 4, 7))
    assert Relay.objects.count() == 1
    assert list(chain_faults()) == []


def test_sums_of_each_unit_below_and_days_per_level(world: World) -> None:
    root = three_levels(world)
    place = place_in_chain(root.pk, world.units["LDLD"])
    assert place
    assert branches(place, MONDAY.date()) == {world.units["D1"]: Sums(3, 2, 1, 1), world.units["D2"]: Sums(1, 0, 1, 0)}
    monday = date(2023, 4, 3)
    assert set(passages(place, MONDAY.date())) == {Passage(1, monday, date(2023, 4, 7)), Passage(1, monday, None)}


def test_lists_who_has_not_clicked_and_who_has_not_passed_it_on(world: World) -> None:
    root = three_levels(world)
    place = place_in_chain(root.pk, world.units["LDLD"])
    assert place
    found = {which: [row.unit_id for row in waiting_below(place, which, MONDAY.date())[0]] for which in Waiting}
    units = world.units
    assert found[Waiting.UNACKNOWLEDGED] == [units["D2"], units["G2"]]
    assert found[Waiting.NOT_RELAYED] == [units["D2"]]
    assert waiting_below(place, Waiting.ALL, MONDAY.date())[1] == 4


def test_the_number_of_statements_does_not_grow_with_the_chain(world: World, django_assert_num_queries: object) -> None:
    root = three_levels(world)
    place = place_in_chain(root.pk, world.units["LDLD"])
    assert place
    with django_assert_num_queries(4):  # type: ignore[operator]  # two of them who has ended, asked once for a page
        branches(place, MONDAY.date())
        passages(place, MONDAY.date())


def test_those_who_hear_of_it_are_the_unit_and_not_the_sender(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    sent(world, "minh", root, "D1 D2")
    told = Notice.objects.filter(kind="passed_down")
    to_district = Passing.objects.get(unit=world.units["D1"])
    assert [(each.person.username, each.page, each.args) for each in told] == [("dung", "passing", [to_district.pk])]
    assert told[0].text == "Liên đoàn Lao động Thành phố gửi xuống một văn bản. Mở ra xem và bấm “Đã nhận”."


def test_who_waits_is_reminded_once_a_day_of_what_waits_for_them(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    sent(world, "minh", root, "D1 D2")
    unit, by = world.units["LDLD"], world.person("minh", day(3))
    assert remind_below(root.pk, unit, late_with_plan=(), by=by, at=day(3)) == Reminded(2, to_acknowledge=2)
    remind_below(root.pk, unit, late_with_plan=(), by=by, at=day(3))
    assert [each.text for each in reminders_of(world, "dung")] == [
        "Liên đoàn Lao động Thành phố nhắc ngày 06/04/2023: có văn bản đơn vị chưa bấm “Đã nhận”."
    ]
    clicked(world, "dung", "D1", day(4))
    later = remind_below(root.pk, unit, late_with_plan=(), by=world.person("minh", day(5)), at=day(5))
    assert later == Reminded(2, to_acknowledge=1, to_relay=1)
    assert "chưa chuyển xuống các đơn vị trực thuộc" in reminders_of(world, "dung")[1].text


def reminders_of(world: World, name: str) -> list[Notice]:
    return list(Notice.objects.filter(kind="letter_asked", person=world.users[name]).order_by("pk"))


def test_a_unit_that_owes_several_things_is_told_all_of_them_in_one_message(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    sent(world, "minh", root, "D1 D2")
    unit, late = world.units["LDLD"], [world.units["D1"], world.units["G1"]]
    made = remind_below(root.pk, unit, late_with_plan=late, by=world.person("minh", day(3)), at=day(3))
    assert made == Reminded(2, to_acknowledge=2, to_plan=1), "G1 was not sent it by this unit"
    assert [each.text.partition(": ")[2] for each in reminders_of(world, "dung")] == [
        "có văn bản đơn vị chưa bấm “Đã nhận”, đã quá hạn mà chưa có kế hoạch."
    ]
    remind_below(root.pk, unit, late_with_plan=(), by=world.person("minh", day(3)), at=day(3))
    assert len(reminders_of(world, "dung")) == 1, "what else is said on the same day is no second message"


def test_a_unit_that_has_ended_is_not_counted_among_those_reminded(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    sent(world, "minh", root, "D1 D2")
    UnitName.objects.filter(unit=world.units["D2"]).update(ends=day(2).date())
    made = remind_below(root.pk, world.units["LDLD"], late_with_plan=(), by=world.person("minh", day(3)), at=day(3))
    assert made == Reminded(1, to_acknowledge=1)


def test_a_unit_of_another_branch_sees_nothing_of_the_chain(world: World) -> None:
    root = three_levels(world)
    assert chain_to_read(world.person("binh", day(5)), root.pk, world.units["G2"]).unit_id == world.units["G2"]
    for name, code in (("chi", "D1"), ("binh", "LDLD"), ("binh", "D2"), ("an", "D1")):
        with pytest.raises(Unreachable):
            chain_to_read(world.person(name, day(5)), root.pk, world.units[code])


def test_a_directive_from_outside_begins_the_chain_with_the_day_on_which_it_came(world: World) -> None:
    paper = PaperFacts("11-HD/BDVTU", "Ban Dân vận Thành ủy", kind="Hướng dẫn", subject=SUBJECT, issued_on=date(2023, 2, 28))
    came = register_arrival(world.units["LDLD"], paper, ArrivalFacts(date(2023, 3, 20)), by=world.person("minh", MONDAY), at=MONDAY)
    assert isinstance(came, Arrived)
    root = letter(world, "minh", "LDLD")
    sent(world, "minh", root, "D1", arrival=came.arrival)
    place = place_in_chain(root.pk, world.units["LDLD"])
    assert place
    assert Passage(0, date(2023, 3, 20), date(2023, 4, 3)) in passages(place, MONDAY.date())


def test_a_cache_that_says_something_else_is_found(world: World) -> None:
    three_levels(world)
    row = ChainRow.objects.get(unit=world.units["G1"])
    ChainRow.objects.filter(pk=row.pk).update(acknowledged_on=None)
    assert list(chain_faults()) == [f"Chuỗi chuyển văn bản nói khác sổ (chain {row.pk})."]


def test_a_letter_of_the_middle_that_is_sent_to_one_more_unit_goes_on_in_its_chain(world: World) -> None:
    root = three_levels(world)
    lower = Passing.objects.get(unit=world.units["G1"]).issue
    assert sent(world, "dung", lower, "G3", day(6)) == PassedDown(1, 0)
    row = ChainRow.objects.get(unit=world.units["G3"])
    assert (row.root_id, row.way) == (root.pk, [world.units[code] for code in ("LDLD", "D1", "G3")])
    assert set(ChainRow.objects.values_list("root", flat=True)) == {root.pk}
    assert list(chain_faults()) == []
