"""A district of 63 unions ends in mid-cycle: what is suggested for each report, and deciding on all of them, each by itself."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.consolidated import ObligationCounts
from kheo.core.days import local_day
from kheo.core.reorganising import Absorbed
from kheo.core.suggesting import Suggestion, Way
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.queries import broken_link, history_of
from kheo.org.access import Unreachable
from kheo.org.actions import record_events
from kheo.org.queries import snapshot_unit
from kheo.reports.actions import Done, Refusal, close_report, hand_over, submit_report
from kheo.reports.actions.deciding_many import ELSEWHERE, AlreadySo, AsShown, decide_as_shown
from kheo.reports.models import Obligation, Rollup, Transition
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.standing import obligation_counts
from kheo.reports.queries.transitions import ended_and_undecided
from kheo.reports.queries.verifying import faults
from kheo.reports.queries.waiting import WaitingReport, waiting, waiting_at
from tests.ended_district import AFTER, END, SMALL, ended_district
from tests.reports.ending import end, somebody
from tests.world import GOOD, World, fill, later, small_world

WHY = "Sáp nhập theo Quyết định 12."


@pytest.fixture
def district(db: None) -> World:
    return ended_district()


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def found(world: World, unit: str = "LDLD") -> dict[int, WaitingReport]:
    return {each.obligation.unit_id: each for each in waiting_at(world.cycle, world.units[unit], local_day(AFTER))}


def shown(row: WaitingReport) -> AsShown:
    made = row.suggestion
    return AsShown(row.obligation.pk, row.seen, made.filler, made.recipient, closes=made.way is Way.CLOSE)


def decide(world: World, asked: AsShown, who: str = "bich") -> Done | AlreadySo | Refusal:
    return decide_as_shown(asked, cycle=world.cycle.pk, reason=WHY, by=world.person(who, AFTER), at=AFTER)


def test_the_reorganisation_suggests_for_each_report_what_it_leaves_no_doubt_about(district: World) -> None:
    units, rows = district.units, found(district)
    first, second, third, top = (units[code] for code in ("P1", "P2", "P3", "LDLD"))
    suggested = {code: rows[units[code]].suggestion for code in (*SMALL[1:], "G1", "G2", "G3")}
    expected = {code: Suggestion(Way.BOTH, first, top) for code in SMALL[1:20]} | {
        code: Suggestion(Way.BOTH, second, top) for code in SMALL[20:40]
    }
    expected |= {code: Suggestion(Way.REROUTE, 0, third) for code in (*SMALL[40:50], "G1", "G2", "G3")}
    expected |= {"N51": Suggestion(Way.REROUTE, 0, top)} | {code: Suggestion(Way.CLOSE) for code in SMALL[51:55]}
    expected |= {code: Suggestion(Way.CHOOSE, why="Có 2 đơn vị kế thừa: anh/chị chọn đơn vị nộp thay.") for code in SMALL[55:]}
    assert suggested == expected
    assert rows[units["D1"]].suggestion == Suggestion(Way.CHOOSE, why="Đơn vị kế thừa chính là nơi nhận: anh/chị quyết định.")
    assert units["N01"] not in rows  # it counts
    assert {each.day for each in rows.values()} == {END}


def test_all_of_a_district_is_one_task_whatever_it_costs_to_count(district: World) -> None:
    (task,) = waiting([district.units["LDLD"]], local_day(AFTER))
    assert (task.reports, task.units, task.day, task.decider) == (63, 50, END, district.units["LDLD"])
    assert task.lost == 13
    assert len(ended_and_undecided([district.units["LDLD"]], local_day(AFTER))) == task.reports
    assert waiting([district.units["D2"]], local_day(AFTER)) == []
    assert waiting([district.units["LDLD"]], END.replace(day=9)) == []


def test_deciding_on_all_of_them_loses_nothing_and_every_total_balances(district: World) -> None:
    city = snapshot_unit(district.cycle.snapshot_id, "LDLD")
    assert city
    before = obligation_counts(district.cycle, [city], AFTER)[city.unit_id]
    sums = list(Rollup.objects.order_by("pk").values_list("unit_id", "expected", "reported", "tally"))
    rows = [row for row in found(district).values() if not row.suggestion.why]
    assert {type(decide(district, shown(row))) for row in rows} == {Done}
    after = obligation_counts(district.cycle, [city], AFTER)[city.unit_id]
    assert (before.expected, before.accepted, before.closed) == (68, 1, 0)
    assert after == ObligationCounts(
        expected=68, accepted=1, submitted=2, returned=0, draft=1, not_started=60, overdue=0, on_time=before.on_time, closed=4
    )
    assert list(Rollup.objects.order_by("pk").values_list("unit_id", "expected", "reported", "tally")) == sums
    acts = Counter(Transition.objects.values_list("act", flat=True))
    assert acts == {"hand_over": 39, "reroute": 39 + 14, "close": 4}
    for row in rows:
        told = [each.act for each in history_of(OBJECT, row.obligation.pk) if each.act in ("hand_over", "reroute", "close")]
        assert told == list(Transition.objects.filter(obligation=row.obligation).order_by("pk").values_list("act", flat=True))
    assert {code for code, unit in district.units.items() if unit in found(district)} == {*SMALL[55:], "D1", "N51"}
    assert found(district)[district.units["N51"]].suggestion.why == "Đã nộp, không ai kế thừa: duyệt như thường."
    assert (
        Obligation.objects.filter(recipient=district.units["D1"], closed_at=None)
        .exclude(unit__in=[district.units[code] for code in (*SMALL[55:], "N01")])
        .count()
        == 0
    )
    assert list(faults()) == []
    assert broken_link() is None


def test_the_same_form_sent_twice_is_done_once(district: World) -> None:
    asked = shown(found(district)[district.units["N10"]])
    assert isinstance(decide(district, asked), Done)
    kept = list(Transition.objects.values_list("pk", flat=True))
    again = decide(district, asked)
    assert isinstance(again, AlreadySo)
    assert again.words.startswith("chuyển nơi nhận (Võ Ngọc Bích, ")
    assert list(Transition.objects.values_list("pk", flat=True)) == kept


def test_what_somebody_else_decided_meanwhile_stays_as_it_is(district: World) -> None:
    asked = shown(found(district)[district.units["N52"]])
    bich = district.person("bich", AFTER)
    chosen = shown(found(district)[district.units["N60"]])
    by_other = hand_over(chosen.obligation, to=district.units["P2"], reason="Khác.", by=district.person("lan", AFTER), at=AFTER)
    assert isinstance(by_other, Done)
    late = decide(district, AsShown(chosen.obligation, chosen.seen, filler=district.units["P1"]))
    assert isinstance(late, Refusal)
    assert late.message.startswith("Đã có quyết định khác từ khi anh/chị mở trang: giao đơn vị kế thừa nộp thay (Đỗ Thị Lan, ")
    assert Obligation.objects.get(pk=chosen.obligation).filler_id == district.units["P2"]
    assert isinstance(close_report(asked.obligation, reason="Thôi.", by=bich, at=AFTER), Done)
    assert isinstance(decide(district, asked), AlreadySo)
    assert list(faults()) == []


def test_without_what_was_seen_the_later_decision_wins_over_one_nobody_saw(district: World) -> None:
    """Negative control: a form that says it has seen that decision goes through."""
    owed = district.obligation("N60").pk
    assert isinstance(hand_over(owed, to=district.units["P2"], reason="Khác.", by=district.person("lan", AFTER), at=AFTER), Done)
    assert isinstance(decide(district, AsShown(owed, 1, filler=district.units["P1"])), Done)


def test_a_successor_that_has_ended_meanwhile_refuses_its_row_and_leaves_nothing_half_done(district: World) -> None:
    asked = shown(found(district)[district.units["N10"]])
    gone = Absorbed(unit=district.units["P1"], day=local_day(AFTER), into=district.units["P2"])
    assert not record_events([gone], by=SYSTEM, at=AFTER).problems
    assert decide(district, asked) == Refusal("Đơn vị được chọn không kế thừa đơn vị này.")
    assert Transition.objects.count() == 0
    assert found(district)[district.units["N10"]].suggestion.filler == district.units["P2"]


def test_of_two_acts_of_one_row_the_first_is_taken_back_where_the_second_is_refused(district: World) -> None:
    asked = shown(found(district)[district.units["N10"]])
    refused = decide(district, AsShown(asked.obligation, 0, filler=asked.filler, recipient=district.units["G4"]))
    assert refused == Refusal("Đơn vị được chọn không thể nhận báo cáo này.")
    owed = Obligation.objects.get(pk=asked.obligation)
    assert (owed.filler_id, Transition.objects.count(), history_of(OBJECT, owed.pk)) == (None, 0, [])
    assert list(faults()) == []


def test_a_report_sent_meanwhile_is_not_closed_and_goes_where_it_should_all_the_same(district: World) -> None:
    closing, moving = (shown(found(district)[district.units[code]]) for code in ("N52", "N45"))
    head = somebody(district, "h45", "N45", Role.HEAD)
    version = fill(district, "N45", GOOD, by=head, at=AFTER).version
    submit_report(moving.obligation, version=version, by=head, at=AFTER)
    assert isinstance(decide(district, moving), Done)
    assert Obligation.objects.get(pk=moving.obligation).recipient_id == district.units["P3"]
    sent = AsShown(district.obligation("N51").pk, 0, closes=True)
    refused = decide(district, sent)
    assert isinstance(refused, Refusal)
    assert "Đã nộp" in refused.message
    assert isinstance(decide(district, closing), Done)


@pytest.mark.parametrize("who", ["chi", "an", "quan", "kien"])
def test_of_a_report_that_somebody_neither_decides_on_nor_reads_nothing_is_said(district: World, who: str) -> None:
    """An reads G1's alone; Kiên, who audits, reads all of it and decides on nothing."""
    asked = shown(found(district)[district.units["N10"]])
    if who == "kien":
        assert decide(district, asked, who) == Refusal(ELSEWHERE)
    else:
        with pytest.raises(Unreachable):
            decide(district, asked, who)
    for absent in (AsShown(10**9, 0, closes=True), AsShown(asked.obligation, 0, closes=True)):
        with pytest.raises(Unreachable):
            decide_as_shown(absent, cycle=10**9, reason=WHY, by=district.person("bich", AFTER), at=AFTER)
    assert Transition.objects.count() == 0


def test_as_many_queries_for_one_as_for_three(world: World) -> None:
    counted = []
    for old, into in (("G1", "G2"), ("G2", "G3")):
        end(world, old, into)
        with CaptureQueriesContext(connection) as tasks:
            assert len(waiting([world.units["D1"]], local_day(AFTER))) == 1
        with CaptureQueriesContext(connection) as rows:
            assert len(waiting_at(world.cycle, world.units["D1"], local_day(AFTER))) == len(counted) + 1
        counted.append((len(tasks), len(rows)))
    assert (counted[1][0] <= counted[0][0], counted[1][1]) == (True, counted[0][1])


def test_a_hundred_times_as_many_rows_cost_no_query_more(district: World) -> None:
    with CaptureQueriesContext(connection) as many:
        assert len(waiting_at(district.cycle, district.units["LDLD"], local_day(AFTER))) == 63
    keep = Obligation.objects.filter(unit__in=[district.units[code] for code in ("N10", "N45", "N52")]).values("pk")
    Obligation.objects.exclude(pk__in=keep).update(closed_at=later())
    with CaptureQueriesContext(connection) as three:
        assert len(waiting_at(district.cycle, district.units["LDLD"], local_day(AFTER))) == 3
    assert len(many) == len(three)
