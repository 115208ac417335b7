"""Taking back what was sent, while nothing is decided."""

import pytest

from kheo.journal.models import JournalEntry
from kheo.org.queries import snapshot_unit
from kheo.reports.actions import Done, Receipt, Refusal, accept_report, recall_report, remark, return_report, revise_report, submit_report
from kheo.reports.models import Decision, Revision
from kheo.reports.queries.filling import remarks_on
from kheo.reports.queries.standing import obligation_counts
from kheo.reports.queries.verifying import faults
from tests.world import World, fill, later, submit


def recall(world: World, who: str = "hoa", reason: str = "Nhầm năm.", *, version: int | None = None, minutes: int = 60) -> Done | Refusal:
    known = world.report("G1").version if version is None else version
    return recall_report(world.obligation("G1").pk, reason=reason, version=known, by=world.person(who), at=later(minutes=minutes))


def send_again(world: World, minutes: int) -> None:
    fill(world, "G1", {"B02": minutes}, by=world.person("an"), at=later(minutes=minutes))
    sent = submit_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("hoa"), at=later(minutes=minutes))
    assert isinstance(sent, Receipt)


def test_a_recalled_report_is_a_draft_again_and_counts_as_not_received(world: World) -> None:
    submit(world, "G1")
    assert recall(world) == Done(3)
    report = world.report("G1")
    assert (report.state, report.reason, report.received_at, report.updated_by) == ("draft", "Nhầm năm.", None, "Trần Thị Hoa")
    assert Revision.objects.count() == 1
    decision = Decision.objects.get()
    assert (decision.revision.number, decision.act, decision.reason, decision.decided_by) == (1, "recall", "Nhầm năm.", "Trần Thị Hoa")
    entry = JournalEntry.objects.latest("number")
    assert (entry.act, entry.post) == ("recall_report", "Thủ trưởng đơn vị, Công đoàn cơ sở Một")
    assert entry.detail == {"version": 3, "revision": 1, "reason": "Nhầm năm."}
    assert list(faults()) == []


def test_what_is_sent_afterwards_is_received_when_it_comes(world: World) -> None:
    submit(world, "G1")
    recall(world)
    send_again(world, 90)
    report = world.report("G1")
    assert (report.state, report.received_at, report.latest and report.latest.number) == ("submitted", later(minutes=90), 2)
    assert list(faults()) == []


def test_an_earlier_submission_that_was_returned_keeps_its_time_of_receipt(world: World) -> None:
    submit(world, "G1")
    version = world.report("G1").version
    return_report(world.obligation("G1").pk, reason="B02?", version=version, by=world.person("binh"), at=later(minutes=5))
    send_again(world, 20)
    recall(world, minutes=30)
    assert (world.report("G1").state, world.report("G1").received_at) == ("draft", later())
    assert list(faults()) == []


@pytest.mark.parametrize("decide", ["accept", "return"])
def test_after_a_decision_there_is_nothing_to_recall(world: World, decide: str) -> None:
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    if decide == "accept":
        accept_report(owed, version=version, by=binh, at=later(minutes=5))
    else:
        return_report(owed, reason="B02?", version=version, by=binh, at=later(minutes=5))
    state = world.report("G1").state
    outcome = recall(world)
    assert isinstance(outcome, Refusal)
    assert outcome.message.startswith("Không rút lại để sửa được")
    assert world.report("G1").state == state


@pytest.mark.parametrize("who", ["an", "binh", "bich", "chi", "quan"])
def test_only_the_head_of_the_unit_may(world: World, who: str) -> None:
    submit(world, "G1")
    assert recall(world, who) == Refusal("Anh/chị không có quyền rút lại để sửa báo cáo này.")
    assert world.report("G1").state == "submitted"


def test_a_form_older_than_the_report_is_refused_and_a_reason_is_needed(world: World) -> None:
    submit(world, "G1")
    stale = recall(world, version=1)
    assert isinstance(stale, Refusal)
    assert "đã thay đổi" in stale.message
    assert recall(world, reason=" ") == Refusal("Hãy ghi lý do rút lại để nơi nhận biết.")
    assert world.report("G1").state == "submitted"


def test_remarks_that_the_reviewer_never_sent_stay_with_the_reviewer(world: World) -> None:
    submit(world, "G1")
    version = world.report("G1").version
    remark(world.obligation("G1").pk, target="B02", text="Lạ quá.", version=version, by=world.person("binh"), at=later(minutes=1))
    recall(world)
    assert remarks_on(world.report("G1")) == {}


def test_a_recalled_supplement_leaves_what_was_accepted_counted(world: World) -> None:
    submit(world, "G1")
    owed = world.obligation("G1").pk
    accept_report(owed, version=world.report("G1").version, by=world.person("binh"), at=later(minutes=5))
    revise_report(owed, reason="Sót.", version=world.report("G1").version, by=world.person("hoa"), at=later(minutes=6))
    send_again(world, 7)
    recall(world, minutes=8)
    report = world.report("G1")
    assert (report.state, report.accepted and report.accepted.number, report.received_at) == ("draft", 1, later())
    send_again(world, 9)
    again = world.report("G1").latest
    assert again
    assert (again.number, again.reason) == (3, "Sót.")
    assert list(faults()) == []


def test_as_of_a_day_the_report_stands_as_it_stood_then(world: World) -> None:
    submit(world, "G1")
    recall(world, minutes=60)
    unit = snapshot_unit(world.cycle.snapshot_id, "G1")
    assert unit

    def at(minutes: int) -> tuple[int, int]:
        counts = obligation_counts(world.cycle, [unit], later(minutes=minutes), is_past=True)[unit.unit_id]
        return counts.submitted, counts.draft

    assert (at(30), at(90)) == ((1, 0), (0, 1))
