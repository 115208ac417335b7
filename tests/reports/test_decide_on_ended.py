"""A unit ends in mid-cycle: its report is handed to a successor, sent to another recipient, closed, or asked for again."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kheo.core.consolidated import ObligationCounts
from kheo.core.days import local_day
from kheo.core.reorganising import Absorbed, Established, Merged, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Act, Role
from kheo.journal.actions import SYSTEM
from kheo.journal.queries import broken_link, history_of
from kheo.notices.models import Notice
from kheo.org.access import Person, Unreachable
from kheo.org.actions import annul_events, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import snapshot_unit, unit_by_code
from kheo.reports.access import report_to_fill, report_to_read, report_to_review
from kheo.reports.access.transitions import report_to_decide_on
from kheo.reports.actions import (
    Change,
    Done,
    Receipt,
    Refusal,
    accept_report,
    close_report,
    hand_over,
    reopen_report,
    reroute,
    return_report,
    save_draft,
    submit_report,
)
from kheo.reports.actions.reading_in import read_next
from kheo.reports.actions.receiving import Incoming, receive_workbooks
from kheo.reports.models import Obligation, Revision, Transition, WorkbookBatch, WorkbookFile
from kheo.reports.queries.calling import late_reports
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.progress import all_silent, pace
from kheo.reports.queries.standing import obligation_counts
from kheo.reports.queries.tasks import own_tasks, review_tasks
from kheo.reports.queries.transitions import Touched, decider_of, ended_and_undecided, touched_by_ending
from kheo.reports.queries.verifying import faults
from kheo.reports.queries.workbook_batches import undecided
from tests.reports.ending import AFTER, END, LONG_AFTER, WHY, end, handed, somebody
from tests.reports.workbooks import filled
from tests.world import GOOD, OPENING, World, fill, later, reviewer_of, submit


def closed(world: World, at: datetime = AFTER) -> Done | Refusal:
    return close_report(world.obligation("G1").pk, reason=WHY, by=world.person("binh", at), at=at)


def test_on_the_day_the_officers_of_the_old_unit_have_no_rights_any_more(world: World) -> None:
    end(world)
    owed = world.obligation("G1").pk
    eve, day = (datetime(2023, 4, each, 10, tzinfo=OPENING.tzinfo) for each in (9, 10))
    assert report_to_fill(world.person("an", eve), owed).acts >= {Act.SAVE}
    assert (local_day(eve), local_day(day)) == (END - timedelta(days=1), END)
    with pytest.raises(Unreachable):
        report_to_read(world.person("an", day), owed)
    refusal = save_draft(owed, cells={"B02": Change("", 4)}, sections={}, by=world.person("an", day), at=day)
    assert isinstance(refusal, Refusal)


def test_the_successors_people_fill_in_sign_and_answer_after_the_hand_over(world: World) -> None:
    fill(world, "G1", {"B02": 3}, by=world.person("an"))
    end(world)
    officer, head = somebody(world, "o2", "G2", Role.OFFICER), somebody(world, "h2", "G2", Role.HEAD)
    owed = world.obligation("G1")
    with pytest.raises(Unreachable):
        report_to_fill(officer, owed.pk)
    assert handed(world) == Done(1)
    assert report_to_fill(officer, owed.pk).acts >= {Act.SAVE}
    assert {task.unit_name for task in own_tasks([world.units["G2"]], AFTER)} == {"Công đoàn cơ sở Một", "Công đoàn cơ sở Hai"}
    assert own_tasks([world.units["G1"]], AFTER) == []
    fill(world, "G1", GOOD, by=officer, at=AFTER)
    receipt = submit_report(owed.pk, version=world.report("G1").version, by=head, at=AFTER)
    assert isinstance(receipt, Receipt)
    sent = Revision.objects.get()
    assert sent.enclosures
    assert sent.enclosures["instead"] == {"unit": world.units["G2"], "name": "Công đoàn cơ sở Hai"}
    binh = world.person("binh", AFTER)
    assert isinstance(return_report(owed.pk, reason="B02?", version=world.report("G1").version, by=binh, at=AFTER), Done)
    fill(world, "G1", {"B02": 6}, by=officer, at=AFTER)
    assert isinstance(submit_report(owed.pk, version=world.report("G1").version, by=head, at=AFTER), Receipt)
    assert isinstance(accept_report(owed.pk, version=world.report("G1").version, by=binh, at=AFTER), Done)
    assert list(faults()) == []
    assert broken_link() is None


def test_a_hand_over_is_kept_told_and_journalled(world: World) -> None:
    end(world)
    head = somebody(world, "h2", "G2", Role.HEAD)
    handed(world)
    owed = world.obligation("G1")
    kept = Transition.objects.get()
    assert (kept.act, kept.to_id, kept.former_id, kept.reason) == ("hand_over", world.units["G2"], world.units["G1"], WHY)
    entry = history_of(OBJECT, owed.pk)[-1]
    assert (entry.act, entry.actor_name, entry.detail["former_name"], entry.detail["to_name"]) == (
        "hand_over",
        "Lê Văn Bình",
        "Công đoàn cơ sở Một",
        "Công đoàn cơ sở Hai",
    )
    (notice,) = Notice.objects.filter(person=head.user_id)
    assert notice.text.endswith("của Công đoàn cơ sở Một: đơn vị anh/chị nộp thay đơn vị cũ.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Transition.objects.update(reason="khác")
    assert list(faults()) == []


@pytest.mark.parametrize("who", ["hoa", "dung", "bich", "lan", "kien", "chi", "quan"])
def test_nobody_but_the_recipients_office_decides(world: World, who: str) -> None:
    end(world)
    by, owed = world.person(who, AFTER), world.obligation("G1").pk
    with pytest.raises(Unreachable):
        report_to_decide_on(by, owed)
    outcomes = [
        hand_over(owed, to=world.units["G2"], reason=WHY, by=by, at=AFTER),
        reroute(owed, to=world.units["LDLD"], reason=WHY, by=by, at=AFTER),
        close_report(owed, reason=WHY, by=by, at=AFTER),
    ]
    assert all(isinstance(each, Refusal) and each.message.startswith("Anh/chị không có quyền") for each in outcomes)
    assert Transition.objects.count() == 0


def test_a_living_unit_keeps_its_report(world: World) -> None:
    binh, owed = world.person("binh", AFTER), world.obligation("G1").pk
    outcomes = [
        handed(world),
        closed(world),
        reroute(owed, to=world.units["LDLD"], reason=WHY, by=binh, at=AFTER),
    ]
    assert [type(each) for each in outcomes] == [Refusal] * 3
    assert Transition.objects.count() == 0


def test_only_a_successor_can_be_handed_the_report_and_a_reason_is_needed(world: World) -> None:
    end(world)
    binh, owed = world.person("binh", AFTER), world.obligation("G1").pk
    assert hand_over(owed, to=world.units["G3"], reason=WHY, by=binh, at=AFTER) == Refusal("Đơn vị được chọn không kế thừa đơn vị này.")
    assert hand_over(owed, to=world.units["G2"], reason=" ", by=binh, at=AFTER) == Refusal("Hãy ghi lý do để mọi người liên quan biết.")
    handed(world)
    assert handed(world) == Refusal("Báo cáo đã được giao cho đơn vị này.")


def test_a_closed_report_is_a_gap_with_a_name_and_never_overdue(world: World) -> None:
    end(world)
    unit = snapshot_unit(world.cycle.snapshot_id, "D1")
    assert unit
    before = obligation_counts(world.cycle, [unit], LONG_AFTER)[unit.unit_id]
    assert closed(world) == Done(0)
    after = obligation_counts(world.cycle, [unit], LONG_AFTER)[unit.unit_id]
    assert before == ObligationCounts(4, 0, 0, 0, 0, 4, 4, 0)
    assert after == ObligationCounts(4, 0, 0, 0, 0, 3, 3, 0, closed=1)
    assert pace(world.cycle, unit, LONG_AFTER).counts == after
    silent = {each.code: (each.state.value, each.days_overdue(LONG_AFTER)) for each in all_silent(world.cycle, unit)}
    assert silent["G1"] == ("closed", 0)
    assert silent["G2"][1] > 0
    (task,) = review_tasks([world.units["D1"]], LONG_AFTER)
    assert (task.expected, task.overdue, task.closed) == (3, 2, 1)
    assert world.obligation("G1").pk not in {each.obligation_id for each in late_reports(world.cycle, world.units["D1"], LONG_AFTER)}
    past = obligation_counts(world.cycle, [unit], AFTER - timedelta(minutes=1), is_past=True)[unit.unit_id]
    assert past.closed == 0
    assert obligation_counts(world.cycle, [unit], LONG_AFTER, is_past=True)[unit.unit_id] == after
    assert list(faults()) == []


def test_what_is_closed_takes_no_act_but_being_asked_for_again(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    end(world)
    head = somebody(world, "h2", "G2", Role.HEAD)
    handed(world)
    closed(world)
    owed, version = world.obligation("G1"), world.report("G1").version
    refusal = submit_report(owed.pk, version=version, by=head, at=AFTER)
    assert isinstance(refusal, Refusal)
    assert "Không thu nữa" in refusal.message
    assert report_to_read(head, owed.pk).acts == frozenset()
    assert report_to_review(world.person("binh", AFTER), owed.pk).acts == {Act.REOPEN}
    assert reopen_report(owed.pk, reason="Nhầm.", by=world.person("binh", AFTER), at=later(days=21)) == Done(version)
    assert isinstance(submit_report(owed.pk, version=version, by=head, at=later(days=22)), Receipt)
    assert list(faults()) == []


def test_what_was_sent_or_counts_is_not_closed(world: World) -> None:
    submit(world, "G1")
    end(world)
    assert isinstance(closed(world), Refusal)
    accept_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("binh", AFTER), at=AFTER)
    assert isinstance(closed(world), Refusal)
    assert Transition.objects.count() == 0


def test_a_rerouted_report_is_reviewed_by_the_new_recipient_and_read_by_the_former(world: World) -> None:
    submit(world, "G1")
    end(world)
    owed, binh, bich = world.obligation("G1").pk, world.person("binh", AFTER), world.person("bich", AFTER)
    kept = Revision.objects.get().hash
    assert reroute(owed, to=world.units["LDLD"], reason=WHY, by=binh, at=AFTER) == Done(2)
    version = world.report("G1").version
    assert isinstance(accept_report(owed, version=version, by=binh, at=AFTER), Refusal)
    assert report_to_read(binh, owed).acts == frozenset()
    assert accept_report(owed, version=version, by=bich, at=AFTER) == Done(version + 1)
    assert Revision.objects.get().hash == kept
    assert {each.act for each in Transition.objects.all()} == {"reroute"}
    assert list(faults()) == []
    back = reroute(owed, to=world.units["D1"], reason="Nhầm.", by=bich, at=AFTER)
    assert isinstance(back, Done)
    assert Obligation.objects.get(pk=owed).recipient_id == world.units["D1"]
    assert list(faults()) == []


def test_where_the_recipient_has_ended_too_the_office_above_decides(world: World) -> None:
    moved = [Transferred(unit=world.units[code], day=END, place=Place(Line.UNION, world.units["D2"])) for code in ("G1", "G2", "G3")]
    gone = Absorbed(unit=world.units["D1"], day=END, into=world.units["D2"])
    assert not record_events([*moved, gone], by=SYSTEM, at=later(days=1)).problems
    owed, lan = world.obligation("G1").pk, world.person("lan", AFTER)
    assert report_to_decide_on(lan, owed).obligation.pk == owed
    assert isinstance(reroute(owed, to=world.units["D2"], reason=WHY, by=world.person("chi", AFTER), at=AFTER), Refusal)
    assert isinstance(reroute(owed, to=world.units["D2"], reason=WHY, by=lan, at=AFTER), Done)
    taker = somebody(world, "r2", "D2", Role.REVIEWER)
    assert Act.EXTEND in report_to_review(taker, owed).acts
    assert list(faults()) == []


def test_verify_finds_what_no_decision_tells(world: World) -> None:
    end(world)
    handed(world)
    Obligation.objects.filter(pk=world.obligation("G1").pk).update(filler=world.units["G3"])
    assert [each for each in faults() if each.startswith("Đơn vị nộp, nơi nhận hoặc việc thôi thu")]
    Obligation.objects.filter(pk=world.obligation("G1").pk).update(filler=world.units["G2"])
    assert list(faults()) == []
    Obligation.objects.filter(pk=world.obligation("G3").pk).update(closed_at=AFTER)
    assert [each for each in faults() if "Công đoàn cơ sở Ba" in each]


def test_the_offices_list_names_what_is_undecided_with_as_many_queries_for_one_as_for_three(world: World) -> None:
    assert ended_and_undecided([world.units["D1"]], local_day(AFTER)) == []
    end(world)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert [each.unit_name for each in ended_and_undecided([world.units["D1"]], local_day(AFTER))] == ["Công đoàn cơ sở Một"]
    end(world, "G2", "G3")
    with CaptureQueriesContext(connection) as two:
        assert len(ended_and_undecided([world.units["D1"]], local_day(AFTER))) == 2
    assert len(one) == len(two)
    handed_on = hand_over(world.obligation("G1").pk, to=world.units["G3"], reason=WHY, by=world.person("binh", AFTER), at=AFTER)
    assert isinstance(handed_on, Done)
    assert [each.unit_name for each in ended_and_undecided([world.units["D1"]], local_day(AFTER))] == ["Công đoàn cơ sở Hai"]


def test_an_event_of_a_later_day_touches_nothing_before_it_and_can_be_taken_back(world: World) -> None:
    end(world)
    early = datetime(2023, 4, 5, 3, tzinfo=OPENING.tzinfo)
    owed = world.obligation("G1").pk
    refusal = hand_over(owed, to=world.units["G2"], reason=WHY, by=world.person("binh", early), at=early)
    assert isinstance(refusal, Refusal)
    assert not annul_events([UnitEvent.objects.get().pk], reason="Nhầm.", by=SYSTEM, at=early).problems
    assert report_to_fill(world.person("an", AFTER), owed).acts >= {Act.SAVE}


def test_what_an_end_touches_is_counted_before_it_is_done(world: World) -> None:
    fill(world, "G1", {"B02": 3}, by=world.person("an"))
    submit(world, "G2")
    submit(world, "G4")
    accept_report(world.obligation("G4").pk, version=world.report("G4").version, by=reviewer_of(world, "G4"), at=later(days=1))
    due = world.obligation("G1").due_at
    assert touched_by_ending([world.units[code] for code in ("G1", "G2", "G3", "G4")]) == Touched(3, 1, 1, 0, due, due)
    own = world.obligation("D1").due_at
    assert touched_by_ending([world.units["D1"]]) == Touched(1, 0, 0, 3, own, own)
    assert touched_by_ending([]) == Touched(0, 0, 0, 0, None, None)


def test_of_the_units_above_an_ended_recipient_the_nearest_decides(world: World) -> None:
    """The unit of the obligation may stand deeper than the world's do: only the recipient's place in the frozen tree counts."""
    end(world, "G1", "G2")
    deep = Obligation(cycle=world.cycle, unit_id=world.units["G3"], recipient_id=world.units["G1"])
    assert decider_of(deep, local_day(AFTER)) == world.units["D1"]
    assert decider_of(deep, END - timedelta(days=1)) == world.units["G1"]


def test_a_report_without_recipient_and_one_whose_successor_has_ended_too_wait_for_the_office(world: World) -> None:
    moved = [Transferred(unit=world.units[code], day=END, place=Place(Line.UNION, world.units["D2"])) for code in ("G1", "G2", "G3")]
    gone = Absorbed(unit=world.units["D1"], day=END, into=world.units["D2"])
    assert not record_events([*moved, gone], by=SYSTEM, at=later(days=1)).problems
    found = ended_and_undecided([world.units["LDLD"]], local_day(AFTER))
    ended = {each.obligation.unit_id: each.has_ended for each in found}
    assert ended == {world.units["D1"]: True} | {world.units[code]: False for code in ("G1", "G2", "G3")}


def test_where_everything_above_a_lost_report_has_ended_too_whoever_followed_its_recipient_decides(world: World) -> None:
    """District 1 goes into district 2, and the federation above both into one of another name."""
    top = Place(Line.UNION, None)
    gone = record_events(
        [
            Established(unit=-1, day=END, name="Liên đoàn Lao động Vùng", kind="provincial_federation", code="VUNG", places=(top,)),
            *(Transferred(unit=world.units[code], day=END, place=Place(Line.UNION, world.units["D2"])) for code in ("G1", "G2", "G3")),
            Absorbed(unit=world.units["D1"], day=END, into=world.units["D2"]),
            Transferred(unit=world.units["D2"], day=END, place=Place(Line.UNION, -1)),
            Merged(unit=-1, day=END, predecessors=(world.units["LDLD"],)),
        ],
        by=SYSTEM,
        at=later(days=1),
    )
    assert not gone.problems, gone.problems
    region = unit_by_code("VUNG", local_day(AFTER))
    assert region is not None
    on = local_day(AFTER)
    waiting = {unit: [each.obligation for each in ended_and_undecided([unit], on)] for unit in (world.units["D2"], region)}
    assert {each.unit_id for each in waiting[world.units["D2"]]} == {world.units[code] for code in ("G1", "G2", "G3")}
    assert all(decider_of(each, on) == unit for unit, owed in waiting.items() for each in owed)
    orphaned = Obligation.objects.filter(cycle=world.cycle).exclude(recipient__in=[world.units["D2"], world.units["BDV"]])
    assert {each.pk for each in orphaned} == {each.pk for owed in waiting.values() for each in owed}
    assert ended_and_undecided([world.units["G4"]], on) == []


def test_what_was_handed_to_a_successor_that_ends_as_well_is_decided_again(world: World) -> None:
    end(world, "G1", "G2")
    handed(world)
    assert ended_and_undecided([world.units["D1"]], local_day(AFTER)) == []
    end(world, "G2", "G3")
    waiting = {each.obligation.unit_id for each in ended_and_undecided([world.units["D1"]], local_day(AFTER))}
    assert waiting == {world.units["G1"], world.units["G2"]}
    again = hand_over(world.obligation("G1").pk, to=world.units["G3"], reason=WHY, by=world.person("binh", AFTER), at=AFTER)
    assert isinstance(again, Done)


def test_the_successor_hands_in_the_workbook_of_the_old_unit_as_its_own_and_sees_what_waits(world: World) -> None:
    end(world)
    handed(world)
    officer = somebody(world, "o2", "G2", Role.OFFICER)
    file = read_in(officer, filled(world, "G1"))
    assert (file.outcome, world.report("G1").figures) == (WorkbookFile.STORED, GOOD)
    assert history_of(OBJECT, world.obligation("G1").pk)[-1].act == "save_draft"
    other = read_in(officer, filled(world, "G1", {**GOOD, "B02": 4}))
    assert (other.outcome, [each.pk for each in undecided([world.units["G2"]], [])]) == (WorkbookFile.DECIDE, [other.pk])
    assert undecided([world.units["G1"]], []) == []


def test_a_workbook_of_a_closed_report_is_refused_with_the_reason_and_keeps_no_other_back(world: World) -> None:
    end(world)
    closed(world)
    binh = world.person("binh", AFTER)
    shut, open_one = read_in_many(binh, filled(world, "G1"), filled(world, "G3"))
    assert (shut.outcome, shut.message) == (
        WorkbookFile.REFUSED,
        "Báo cáo này không thu nữa, nên không nhận số liệu. Nơi nhận thu lại được.",
    )
    assert (open_one.outcome, world.report("G3").figures) == (WorkbookFile.STORED, GOOD)


def read_in_many(by: Person, *files: bytes) -> list[WorkbookFile]:
    batch = receive_workbooks([Incoming("tep.xlsx", data) for data in files], channel=WorkbookBatch.PAGE, by=by, at=AFTER)
    assert batch
    read_next(batch.pk, by=by, at=AFTER)
    return list(WorkbookFile.objects.filter(batch=batch).order_by("number"))


def read_in(by: Person, data: bytes) -> WorkbookFile:
    (file,) = read_in_many(by, data)
    return file
