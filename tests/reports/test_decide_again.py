"""What was decided about the report of a unit that had ended meets another change: the end is taken back, the recipient ends too."""

from datetime import date, datetime

import numpy as np
import pytest

from kheo.core.days import local_day
from kheo.core.reorganising import Absorbed, Established, Merged, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Act
from kheo.journal.actions import SYSTEM
from kheo.notices.models import Notice
from kheo.org.access import Unreachable
from kheo.org.actions import annul_events, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import unit_by_code
from kheo.reports.access import report_to_fill
from kheo.reports.actions import (
    Done,
    Refusal,
    accept_report,
    ask_extension,
    close_report,
    hand_over,
    refuse_extension,
    reopen_report,
    reroute,
    revise_report,
)
from kheo.reports.actions.transitioning import STILL_THERE
from kheo.reports.models import Obligation
from kheo.reports.queries.extensions import waiting_at
from kheo.reports.queries.standing import closed_at
from kheo.reports.queries.transitions import ended_and_undecided
from kheo.reports.queries.verifying import faults
from tests.reports.ending import AFTER, END, WHY, end, handed
from tests.world import World, later, reviewer_of, submit


def absorbed_event() -> int:
    return UnitEvent.objects.get(kind="absorbed").pk


def test_a_unit_that_is_there_again_gets_its_report_back(world: World) -> None:
    end(world)
    assert isinstance(handed(world), Done)
    assert not annul_events([absorbed_event()], reason="Nhầm.", by=SYSTEM, at=AFTER).problems
    an, owed = world.person("an", AFTER), world.obligation("G1").pk
    with pytest.raises(Unreachable):
        report_to_fill(an, owed)  # it was handed away by an act; only an act brings it back
    back = hand_over(owed, to=world.units["G1"], reason="QĐ 12 bị thu hồi.", by=world.person("binh", AFTER), at=AFTER)
    assert isinstance(back, Done)
    assert report_to_fill(an, owed).acts >= {Act.SAVE}
    assert world.obligation("G1").filler_id is None
    assert [notice.text for notice in Notice.objects.filter(person=world.users["an"], kind="handed_back")] == [
        "Báo cáo 6 tháng đầu năm 2023 của Công đoàn cơ sở Một: đơn vị hoạt động trở lại và tự nộp, không ai nộp thay nữa."
    ]
    assert list(faults()) == []
    again = hand_over(owed, to=world.units["G2"], reason=WHY, by=world.person("binh", AFTER), at=AFTER)
    assert again == Refusal(STILL_THERE)


def test_a_report_whose_successor_is_gone_again_waits_for_a_decision(world: World) -> None:
    place = (Place(Line.UNION, world.units["D1"]),)
    merger = [
        Established(day=END, unit=-1, name="Công đoàn Một Hai", kind="grassroots_union", code="G12", places=place),
        Merged(day=END, unit=-1, predecessors=(world.units["G1"], world.units["G2"])),
    ]
    assert not record_events(merger, by=SYSTEM, at=later(days=1)).problems
    new = unit_by_code("G12", END)
    assert new
    binh, owed = world.person("binh", AFTER), world.obligation("G1").pk
    assert isinstance(hand_over(owed, to=new, reason=WHY, by=binh, at=AFTER), Done)
    events = list(UnitEvent.objects.values_list("pk", flat=True))
    assert not annul_events(events, reason="Nhầm.", by=SYSTEM, at=AFTER).problems
    assert [each.obligation.pk for each in ended_and_undecided([world.units["D1"]], local_day(AFTER))] == [owed]
    assert isinstance(hand_over(owed, to=world.units["G1"], reason="Nhầm.", by=binh, at=AFTER), Done)
    assert ended_and_undecided([world.units["D1"]], local_day(AFTER)) == []


def test_a_report_handed_over_whose_recipient_ends_later_waits_for_a_decision(world: World) -> None:
    end(world)
    assert isinstance(handed(world), Done)
    moved = [Transferred(unit=world.units[code], day=local_day(AFTER), place=Place(Line.UNION, world.units["D2"])) for code in ("G2", "G3")]
    gone = Absorbed(unit=world.units["D1"], day=local_day(AFTER), into=world.units["D2"])
    assert not record_events([*moved, gone], by=SYSTEM, at=later(days=2)).problems
    waiting = ended_and_undecided([world.units["LDLD"]], local_day(AFTER))
    assert {each.obligation.unit_id for each in waiting} == {world.units[code] for code in ("G1", "G2", "G3", "D1")}


def test_a_supplement_on_its_way_to_a_recipient_that_has_ended_waits_for_a_decision(world: World) -> None:
    submit(world, "G4")
    accept_report(world.obligation("G4").pk, version=world.report("G4").version, by=reviewer_of(world, "G4"), at=later(minutes=1))
    moved = [Transferred(unit=world.units[code], day=END, place=Place(Line.UNION, world.units["D1"])) for code in ("G4", "G5")]
    gone = Absorbed(unit=world.units["D2"], day=END, into=world.units["D1"])
    assert not record_events([*moved, gone], by=SYSTEM, at=later(days=1)).problems
    owed, top = world.obligation("G4").pk, [world.units["LDLD"]]
    assert owed not in {each.obligation.pk for each in ended_and_undecided(top, local_day(AFTER))}
    revised = revise_report(owed, reason="Sai một số.", version=world.report("G4").version, by=world.person("chi", AFTER), at=AFTER)
    assert isinstance(revised, Done)
    assert owed in {each.obligation.pk for each in ended_and_undecided(top, local_day(AFTER))}
    assert isinstance(reroute(owed, to=world.units["D1"], reason=WHY, by=world.person("lan", AFTER), at=AFTER), Done)
    assert owed not in {each.obligation.pk for each in ended_and_undecided(top, local_day(AFTER))}


def test_a_request_for_more_time_goes_with_the_report_and_stops_waiting_when_it_is_closed(world: World) -> None:
    owed = world.obligation("G1").pk
    asked = ask_extension(owed, until=date(2023, 6, 1), reason="Đang sáp nhập.", by=world.person("an"), at=later(days=1))
    assert isinstance(asked, Done)
    end(world)
    assert [each.obligation_id for each in waiting_at(world.cycle, world.units["D1"])] == [owed]
    assert isinstance(reroute(owed, to=world.units["LDLD"], reason=WHY, by=world.person("binh", AFTER), at=AFTER), Done)
    assert waiting_at(world.cycle, world.units["D1"]) == []
    assert [each.obligation_id for each in waiting_at(world.cycle, world.units["LDLD"])] == [owed]
    bich = world.person("bich", AFTER)
    assert isinstance(close_report(owed, reason=WHY, by=bich, at=AFTER), Done)
    assert waiting_at(world.cycle, world.units["LDLD"]) == []
    assert isinstance(reopen_report(owed, reason="Vẫn cần.", by=bich, at=AFTER), Done)
    assert isinstance(refuse_extension(owed, reason="Đủ thời gian.", by=bich, at=AFTER), Done)


def test_of_two_reports_that_a_unit_owes_each_closing_keeps_its_own_reason(world: World) -> None:
    """One of them is asked for again: the other's reason is still its own, though it was not the last one said about the unit."""
    first = world.obligation("G1")
    second = Obligation.objects.create(
        cycle=world.cycle, unit=first.unit, recipient_id=world.units["LDLD"], tier=first.tier, position=first.position, due_at=first.due_at
    )
    end(world)
    bich = world.person("bich", AFTER)
    assert isinstance(close_report(first.pk, reason=WHY, by=world.person("binh", AFTER), at=AFTER), Done)
    assert isinstance(close_report(second.pk, reason="Không đến kỳ.", by=bich, at=later(days=21)), Done)
    places, long_after = np.array([first.position, first.position]), later(days=90)

    def reasons(at: datetime, *, is_past: bool = False) -> list[str]:
        return [each.reason for each in closed_at(world.cycle, places, at, is_past=is_past)]

    assert reasons(long_after) == [WHY, "Không đến kỳ."]
    assert isinstance(reopen_report(second.pk, reason="Vẫn cần.", by=bich, at=later(days=22)), Done)
    assert reasons(long_after) == [WHY]
    assert reasons(later(days=22), is_past=True) == [WHY, "Không đến kỳ."]
    assert reasons(AFTER, is_past=True) == []
