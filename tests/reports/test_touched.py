"""What a preview says becomes of everything a change touches is what then becomes of it: both are asked, before and after."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.reorganising import Absorbed, Closed, Established, Event, Merged, Place, Suspended, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Act, Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Person, Unreachable, person
from kheo.org.actions import annul_events, appoint, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import planned, planned_annulment, unit_by_code
from kheo.people.models import User
from kheo.registers.access.entries import entry_to_read
from kheo.registers.actions import Made, Move, act_on_entry, publish_register
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import book
from kheo.reports.access import may, report_to_fill, report_to_review
from kheo.reports.access.dispatches import dispatch_to_take_in
from kheo.reports.access.proposals import proposal_to_move
from kheo.reports.actions import (
    Done,
    ask_extension,
    close_report,
    hand_over,
    make_call_in,
    propose,
    refuse_extension,
    reroute,
    send_dispatch,
)
from kheo.reports.models import CalledIn, Proposal
from kheo.reports.queries.dispatches import dispatch_tasks, receivers
from kheo.reports.queries.touched import PROVIDERS, Change, Touch, change_back, change_of
from kheo.reports.queries.transitions import ended_and_undecided
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import done, made
from tests.two_recipients import dispatch_of, two_recipients
from tests.world import FIRST_DAY, GOOD, OPENING, World, fill, head_of, later, submit

DAY = date(2023, 4, 10)
AFTER, LATE = later(days=20), later(days=60)
WHY = "Sáp nhập."
NAMES = {
    code: f"Công đoàn cơ sở {number}"
    for code, number in zip(("G1", "G2", "G3", "G4", "G5"), ("Một", "Hai", "Ba", "Bốn", "Năm"), strict=True)
}


@pytest.fixture
def world(db: None) -> World:
    return two_recipients()


def touched(kind: str, change: Change) -> dict[str, Touch]:
    """By the name of the unit; what is counted is what is listed."""
    provider = next(each for each in PROVIDERS if each.id == kind)
    rows = provider.rows(change, DAY, 0, 100)
    assert provider.count(change) == len(rows)
    assert [each for start in range(len(rows)) for each in provider.rows(change, DAY, start, 1)] == rows
    return {each.unit: each for each in rows}


def then(kind: str, change: Change) -> dict[str, str]:
    return {unit: each.then for unit, each in touched(kind, change).items()}


def happen(events: Sequence[Event]) -> Change:
    """What a preview knows, read before the events are recorded."""
    change = change_of(planned(events))
    assert record_events(events, by=SYSTEM, at=later(days=1)).problems == ()
    return change


def seen(events: Sequence[Event]) -> Change:
    """What a preview knows; nothing is recorded."""
    plan = planned(events)
    assert plan.problems == ()
    return change_of(plan)


def somebody(world: World, name: str, code: str, role: Role) -> Person:
    user = User.objects.create_user(name, f"Người {name}")
    appoint(user, world.units[code], role, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return person(user, AFTER)


def district_ends(world: World) -> list[Event]:
    moved = [Transferred(unit=world.units[code], day=DAY, place=Place(Line.UNION, world.units["D2"])) for code in ("G1", "G2", "G3")]
    return [*moved, Absorbed(unit=world.units["D1"], day=DAY, into=world.units["D2"])]


def test_reports_of_a_unit_that_ends_with_and_without_a_successor(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    submit(world, "G2")
    units = world.units
    events = [Absorbed(unit=units[code], day=DAY, into=units["G5"]) for code in ("G1", "G2")] + [Closed(unit=units["G3"], day=DAY)]
    to = "Liên đoàn Lao động Quận 1"
    told = touched("bao-cao", seen(events))
    assert {unit: (each.state_name, each.then) for unit, each in told.items()} == {
        NAMES["G1"]: (
            "Đang soạn",
            f"Bản đang soạn được giữ; từ ngày đơn vị kết thúc, {to} giao đơn vị kế thừa nộp thay, hoặc thôi thu",
        ),
        NAMES["G2"]: ("Đã nộp", f"Đã nộp, {to} vẫn duyệt được; cần trả lại thì giao đơn vị kế thừa"),
        NAMES["G3"]: ("Chưa bắt đầu", f"Từ ngày đơn vị kết thúc, {to} thôi thu, vì không ai kế thừa để nộp thay"),
    }
    happen(events)
    binh = world.person("binh", AFTER)
    waiting = {each.obligation.unit_id for each in ended_and_undecided([units["D1"]], DAY)}
    assert waiting == {units["G1"], units["G2"], units["G3"]}
    assert Act.ACCEPT in report_to_review(binh, world.obligation("G2").pk).acts
    assert world.report("G1").figures
    assert not isinstance(hand_over(world.obligation("G3").pk, to=units["G5"], reason=WHY, by=binh, at=AFTER), Done)
    assert isinstance(close_report(world.obligation("G3").pk, reason=WHY, by=binh, at=AFTER), Done)
    assert isinstance(hand_over(world.obligation("G1").pk, to=units["G5"], reason=WHY, by=binh, at=AFTER), Done)


def test_reports_owed_to_a_unit_that_ends_and_of_units_that_move_or_pause(world: World) -> None:
    units = world.units
    told = then("bao-cao", seen(district_ends(world)))
    lost = "Nơi nhận (Liên đoàn Lao động Quận 1) ngừng hoạt động: cấp trên còn hoạt động chuyển nơi nhận"
    assert [told[NAMES[code]] for code in ("G1", "G2", "G3")] == [lost, lost, lost]
    mild = [
        Transferred(unit=units["G4"], day=DAY, place=Place(Line.UNION, units["D1"])),
        Suspended(unit=units["G5"], day=DAY),
    ]
    assert then("bao-cao", seen(mild)) == {
        NAMES["G4"]: "Vẫn gửi Liên đoàn Lao động Quận 2 như lúc mở kỳ; Liên đoàn Lao động Quận 2 chuyển nơi nhận được",
        NAMES["G5"]: "Đã mở thì vẫn phải nộp, cán bộ vẫn nhập và ký được; kỳ mở trong lúc tạm ngừng thì không phải nộp",
    }
    happen(mild)
    head, taker = somebody(world, "h5", "G5", Role.HEAD), somebody(world, "r2", "D2", Role.REVIEWER)
    assert report_to_fill(head, world.obligation("G5").pk).acts >= {Act.SAVE}
    assert world.obligation("G4").recipient_id == units["D2"]
    assert isinstance(reroute(world.obligation("G4").pk, to=units["D1"], reason=WHY, by=taker, at=AFTER), Done)


def test_requests_copies_proposals_and_letters_of_a_unit_that_ends(world: World) -> None:
    """D1's own: its request to the federation, its copy for the Party board, what it asks, and what waits at it."""
    assert isinstance(propose(world.obligation("G1").pk, section="II", text="Xin hỏi.", by=head_of(world, "G1"), at=OPENING), Done)
    submit(world, "G1")
    dung = world.person("dung")
    assert isinstance(propose(world.obligation("D1").pk, section="II", text="Xin hỏi.", by=dung, at=OPENING), Done)
    assert isinstance(ask_extension(world.obligation("D1").pk, until=date(2023, 6, 1), reason="Bận.", by=dung, at=OPENING), Done)
    change = seen(district_ends(world))
    one, up = "Liên đoàn Lao động Quận 1", "Liên đoàn Lao động Thành phố"
    assert then("xin-gia-han", change) == {one: f"Vẫn chờ {up} trả lời, hạn chưa đổi; thôi thu báo cáo thì thôi chờ"}
    assert then("ban-gui", change) == {one: "Đơn vị được giao báo cáo gửi thay; thôi thu báo cáo thì thôi gửi"}
    assert then("kien-nghi", change) == {
        NAMES["G1"]: f"Ở lại {one} cho đến khi được chuyển: theo báo cáo, hoặc cấp trên chọn nơi trả lời thay",
        one: "Chưa gửi: đi cùng báo cáo khi báo cáo được ký nộp",
    }
    happen(district_ends(world))
    lan, taker = world.person("lan", AFTER), somebody(world, "h2", "D2", Role.HEAD)
    (asked,) = Proposal.objects.filter(obligation=world.obligation("G1"))
    assert asked.holder_id == world.units["D1"]
    refused = refuse_extension(world.obligation("D1").pk, reason="Không.", by=lan, at=AFTER)
    assert isinstance(refused, Done)
    assert isinstance(hand_over(world.obligation("D1").pk, to=world.units["D2"], reason=WHY, by=lan, at=AFTER), Done)
    assert proposal_to_move(taker, asked.pk).proposal.holder_id == world.units["D2"]
    assert [each.dispatch.pk for each in dispatch_tasks([world.units["D2"]], [], AFTER).to_send] == [dispatch_of(world).pk]
    assert isinstance(close_report(world.obligation("D1").pk, reason=WHY, by=lan, at=AFTER), Done)
    assert dispatch_tasks([world.units["D2"]], [], AFTER).to_send == ()


@pytest.mark.parametrize("into", ["BDV", None])
def test_a_copy_whose_recipient_ends(world: World, into: str | None) -> None:
    units, gone = world.units, world.units["BD1"]
    moved = Transferred(unit=units["D1"], day=DAY, place=Place(Line.PARTY, units["BDV"]))
    end = Absorbed(unit=gone, day=DAY, into=units[into]) if into else Closed(unit=gone, day=DAY)
    name = "Ban Dân vận Quận ủy Quận 1"
    words = f"Đơn vị kế thừa của {name} tiếp nhận" if into else f"Không ai kế thừa {name}: không phải gửi nữa"
    assert then("ban-gui", seen([end, moved])) == {"Liên đoàn Lao động Quận 1": words}
    happen([end, moved])
    dung, phuc = world.person("dung", AFTER), world.person("phuc", AFTER)
    still = [each.dispatch.pk for each in dispatch_tasks([units["D1"]], [], AFTER).to_send]
    assert still == ([dispatch_of(world).pk] if into else [])
    submit(world, "D1", at=AFTER)
    assert isinstance(send_dispatch(dispatch_of(world).pk, version=world.report("D1").version, by=dung, at=AFTER), Done)
    if into:
        assert dispatch_to_take_in(phuc, dispatch_of(world).pk).is_receiver
    assert receivers(gone, DAY) == ((units["BDV"],) if into else ())


def test_a_call_in_letter_stays_as_it_was_written(world: World) -> None:
    made = make_call_in(world.cycle.pk, world.units["D1"], by=world.person("binh", LATE), at=LATE)
    assert CalledIn.objects.count() == 3, made
    absorbed = Absorbed(unit=world.units["G1"], day=LATE.date(), into=world.units["G2"])
    (told,) = touched("don-doc", seen([absorbed])).values()
    assert told.what.startswith("Công văn đôn đốc ngày 31/05/2023, ")
    assert told.what.endswith(", 3 đơn vị")
    assert told.then == "Giữ nguyên như khi lập; công văn sau ghi đơn vị nộp thay, hoặc không nêu báo cáo đã thôi thu"
    lines = list(CalledIn.objects.order_by("pk").values())
    happen([absorbed])
    assert list(CalledIn.objects.order_by("pk").values()) == lines


def open_record(world: World) -> Entry:
    """A record of G1 in the small register that nobody has sent yet."""
    text = SMALL_REGISTER.read_text(encoding="utf-8")
    assert publish_register(text, SMALL_REGISTER.name, by=SYSTEM, at=OPENING).problems == ()
    small = book("so-nho")
    assert small
    return made(small, world)


def acts(who: Person, entry: Entry) -> set[str]:
    """What somebody may do with a record; nothing where they do not even read it."""
    try:
        return {each.code for each in entry_to_read(who, entry.pk).acts}
    except Unreachable:
        return set()


def test_open_records_stay_with_the_old_unit_and_its_successor_goes_on(world: World) -> None:
    heir = somebody(world, "nam", "G5", Role.HEAD)
    entry = open_record(world)
    assert acts(heir, entry) == set()
    change = happen([Absorbed(unit=world.units["G1"], day=DAY, into=world.units["G5"])])
    (told,) = touched("ho-so", change).values()
    assert (told.unit, told.what) == (NAMES["G1"], "Sổ nhỏ: 1 hồ sơ chưa xong")
    assert told.then == "Ở lại đơn vị cũ; từ ngày đơn vị kết thúc, đơn vị kế thừa xử lý tiếp"
    entry.refresh_from_db()
    assert entry.owner_id == world.units["G1"]
    assert acts(heir, entry) >= {"gui", "huy"}
    done(entry, "gui", heir, AFTER)


def test_the_unit_above_goes_on_with_open_records_where_nobody_follows(world: World) -> None:
    entry = open_record(world)
    one = "Liên đoàn Lao động Quận 1"
    assert then("ho-so", happen([Closed(unit=world.units["G1"], day=DAY)])) == {
        NAMES["G1"]: f"Ở lại đơn vị cũ; không ai kế thừa, nên từ ngày đơn vị kết thúc, cấp trên ({one}) xử lý tiếp"
    }
    assert [acts(world.person(who, AFTER), entry) for who in ("an", "hoa", "chi")] == [set()] * 3
    assert acts(world.person("dung", AFTER), entry) >= {"gui", "huy"}


def test_who_follows_the_unit_above_goes_on_where_both_end(world: World) -> None:
    entry = open_record(world)
    moved = [Transferred(unit=world.units[code], day=DAY, place=Place(Line.UNION, world.units["D2"])) for code in ("G2", "G3")]
    absorbed = Absorbed(unit=world.units["D1"], day=DAY, into=world.units["D2"])
    told = then("ho-so", happen([*moved, Closed(unit=world.units["G1"], day=DAY), absorbed]))
    assert told == {
        NAMES["G1"]: "Ở lại đơn vị cũ; không ai kế thừa, nên đơn vị kế thừa của cấp trên (Liên đoàn Lao động Quận 1) xử lý tiếp"
    }
    assert acts(somebody(world, "hai", "D2", Role.HEAD), entry) >= {"gui", "huy"}
    assert acts(world.person("bich", AFTER), entry) == set()


@pytest.mark.parametrize("into", ["G5", None])
def test_open_records_given_to_a_unit_that_ends(world: World, into: str | None) -> None:
    """G4 was given a record of G1."""
    entry, units = open_record(world), world.units
    done(entry, "gui", world.person("an"), later(1))
    given = act_on_entry(entry.pk, Move("giao", 2, handler=units["G4"]), by=world.person("bich"), at=later(2))
    assert isinstance(given, Made)
    change = happen([Absorbed(unit=units["G4"], day=DAY, into=units[into]) if into else Closed(unit=units["G4"], day=DAY)])
    (told,) = touched("ho-so", change).values()
    assert (told.unit, told.what) == (NAMES["G4"], "Sổ nhỏ: 1 hồ sơ được giao chưa xong")
    assert told.then == (
        "Vẫn ghi giao cho đơn vị cũ; từ ngày đơn vị kết thúc, đơn vị kế thừa xử lý tiếp"
        if into
        else "Vẫn ghi giao cho đơn vị cũ; không ai kế thừa, nên từ ngày đơn vị kết thúc, cấp trên (Liên đoàn Lao động Quận 2) xử lý tiếp"
    )
    assert acts(somebody(world, "nam", into or "D2", Role.HEAD), entry) >= {"lam"}


def test_records_of_a_unit_that_was_never_to_be_go_back(world: World) -> None:
    entry, units = open_record(world), world.units
    place = Place(Line.UNION, units["D1"])
    begun = Established(unit=-1, day=DAY, name="Công đoàn Mới", kind="grassroots_union", code="N1", places=(place,))
    happen([begun, Merged(unit=-1, day=DAY, predecessors=(units["G2"], units["G3"]))])
    new = unit_by_code("N1", DAY)
    assert new
    Entry.objects.filter(pk=entry.pk).update(owner=new)
    events = list(UnitEvent.objects.values_list("pk", flat=True))
    plan = planned_annulment(events, from_day=None).plan
    assert plan
    assert then("ho-so", change_back(plan)) == {"Công đoàn Mới": f"Ở lại đơn vị cũ; {NAMES['G3']}, {NAMES['G2']} lại xử lý"}
    assert not annul_events(events, reason="Nhầm.", by=SYSTEM, at=AFTER).problems
    for code in ("G2", "G3"):
        assert acts(person(User.objects.get(pk=head_of(world, code).user_id), AFTER), entry) >= {"gui", "huy"}


def test_open_records_go_with_a_unit_that_moves(world: World) -> None:
    entry = open_record(world)
    done(entry, "gui", world.person("hoa"), later(1))
    reviewer = somebody(world, "r2", "D2", Role.REVIEWER)
    assert "bac" in acts(world.person("binh"), entry)
    moved = Transferred(unit=world.units["G1"], day=DAY, place=Place(Line.UNION, world.units["D2"]))
    assert then("ho-so", happen([moved])) == {NAMES["G1"]: "Đi cùng đơn vị; cấp trên mới đọc và xử lý thay cấp trên cũ"}
    assert "bac" in acts(reviewer, entry)
    assert "bac" not in acts(world.person("binh", AFTER), entry)


def test_records_that_are_over_are_not_touched_and_taking_back_gives_the_others_back(world: World) -> None:
    entry = open_record(world)
    absorbed = [Absorbed(unit=world.units["G1"], day=DAY, into=world.units["G5"])]
    happen(absorbed)
    events = list(UnitEvent.objects.values_list("pk", flat=True))
    plan = planned_annulment(events, from_day=None).plan
    assert plan
    change = change_back(plan)
    assert then("ho-so", change) == {NAMES["G1"]: "Đơn vị lại tự xử lý"}
    assert not annul_events(events, reason="Nhầm.", by=SYSTEM, at=AFTER).problems
    hoa = world.person("hoa", AFTER)
    assert acts(hoa, entry) >= {"gui", "huy"}
    done(entry, "huy", hoa, AFTER, reason="Trùng.")
    assert then("ho-so", change) == {}


def test_taking_an_end_back_says_who_answers_again(world: World) -> None:
    units = world.units
    absorbed = [Absorbed(unit=units[code], day=DAY, into=units["G5"]) for code in ("G1", "G2", "G3")]
    happen(absorbed)
    binh = world.person("binh", AFTER)
    assert isinstance(hand_over(world.obligation("G2").pk, to=units["G5"], reason=WHY, by=binh, at=AFTER), Done)
    assert isinstance(close_report(world.obligation("G3").pk, reason=WHY, by=binh, at=AFTER), Done)
    events = list(UnitEvent.objects.values_list("pk", flat=True))
    plan = planned_annulment(events, from_day=None).plan
    assert plan
    change = change_back(plan)
    assert (change.back, change.ended) == ({units["G1"], units["G2"], units["G3"]}, frozenset())
    assert then("bao-cao", change) == {
        NAMES["G1"]: "Đơn vị lại tự nhập, ký và nộp",
        NAMES["G5"]: f"Vẫn do {NAMES['G5']} nộp thay, cho đến khi nơi nhận trả báo cáo về cho đơn vị",
        NAMES["G3"]: "Đã thôi thu, vẫn thôi thu; phong trào còn tiếp tục thì nơi nhận thu lại được",
    }
    assert not annul_events(events, reason="Nhầm.", by=SYSTEM, at=AFTER).problems
    an, hoa = world.person("an", AFTER), world.person("hoa", AFTER)
    assert report_to_fill(an, world.obligation("G1").pk).acts >= {Act.SAVE}
    assert may(hoa, world.obligation("G2"), world.obligation("G2").state_of(None)) == frozenset()
    assert world.obligation("G3").closed_at is not None
    assert isinstance(hand_over(world.obligation("G2").pk, to=units["G2"], reason=WHY, by=binh, at=AFTER), Done)
    assert world.obligation("G2").filler_id is None


def test_every_kind_asks_as_many_questions_for_one_unit_as_for_three(world: World) -> None:
    for code in ("G1", "G2", "G3"):
        propose(world.obligation(code).pk, section="II", text="Xin hỏi.", by=head_of(world, code), at=OPENING)
        ask_extension(world.obligation(code).pk, until=date(2023, 6, 1), reason="Bận.", by=head_of(world, code), at=OPENING)
    make_call_in(world.cycle.pk, world.units["D1"], by=world.person("binh", LATE), at=LATE)
    of_one, of_three = (Change(ended=frozenset(world.units[code] for code in codes)) for codes in (("G1",), ("G1", "G2", "G3")))
    for provider in PROVIDERS:
        asked = []
        for change in (of_one, of_three):
            with CaptureQueriesContext(connection) as captured:
                provider.count(change)
                provider.rows(change, DAY, 0, 50)
            asked.append(len(captured))
        assert asked[0] == asked[1] <= 6, provider.id
    assert [len(each.rows(of_three, DAY, 0, 50)) for each in PROVIDERS] == [3, 3, 0, 3, 1, 0, 0]
