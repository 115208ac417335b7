"""The campaign has ended and a report that had been sent comes back: it is wanted no more by itself, and only it may be asked for again."""

from datetime import datetime, time, timedelta

import pytest

from kheo.core.days import ZONE, local_day
from kheo.core.workflow import Act, State
from kheo.journal.queries import broken_link
from kheo.notices.models import Notice
from kheo.org.queries import snapshot_roots
from kheo.reports.access import report_to_fill
from kheo.reports.actions import (
    Done,
    Ended,
    Refusal,
    accept_report,
    recall_report,
    reopen_report,
    return_report,
    revise_report,
    submit_report,
    take_back_ending,
)
from kheo.reports.actions.deciding import store_workbook
from kheo.reports.actions.reminding import would_remind
from kheo.reports.models import Obligation, Transition, WorkbookFile
from kheo.reports.queries.campaign_endings import Foreseen, preview, why_closed
from kheo.reports.queries.reminding import Almanac
from kheo.reports.queries.standing import obligation_counts
from kheo.reports.queries.verifying import faults
from tests.core.calendars import vn
from tests.reports.replaced import AFTER, DAY, WORDS, end, replaced
from tests.reports.workbooks import filled, hand_in
from tests.world import GOOD, World, fill, head_of, later, reviewer_of, small_world, submit

pytestmark = pytest.mark.django_db
NEXT = AFTER + timedelta(minutes=1)
MUCH_LATER = later(days=600)
CODES = ("G1", "G2", "G3", "G4", "G5", "D1", "D2", "LDLD")


@pytest.fixture
def world() -> World:
    return small_world("2024-6T")


def state(world: World, code: str) -> State:
    owed = Obligation.objects.get(pk=world.obligation(code).pk)
    return owed.state_of(getattr(owed, "report", None))


def returned(world: World, code: str, at: datetime = NEXT) -> Done:
    owed, version = world.obligation(code).pk, world.report(code).version
    done = return_report(owed, reason="Cột B02 thiếu.", version=version, by=reviewer_of(world, code), at=at)
    assert isinstance(done, Done), done
    return done


def recalled(world: World, code: str, at: datetime = NEXT) -> Done | Refusal:
    owed, version = world.obligation(code).pk, world.report(code).version
    return recall_report(owed, reason="Nhầm.", version=version, by=head_of(world, code), at=at)


def wanted_again(world: World, code: str, at: datetime = NEXT) -> Done | Refusal:
    return reopen_report(world.obligation(code).pk, reason="Vẫn cần số này.", by=reviewer_of(world, code), at=at)


def test_what_is_returned_or_recalled_after_the_ending_is_wanted_no_more_by_itself(world: World) -> None:
    submit(world, "G1"), submit(world, "G2")
    link = replaced(world)
    ending = end(world, link).ending
    assert returned(world, "G1").closed == WORDS
    assert recalled(world, "G2") == Done(world.report("G2").version, WORDS)
    assert (state(world, "G1"), state(world, "G2")) == (State.CLOSED, State.CLOSED)
    assert (world.report("G1").state, world.report("G2").state) == (State.RETURNED.value, State.DRAFT.value)
    by = {each.obligation.unit_id: (each.decided_by, each.reason, each.ending_id) for each in Transition.objects.filter(decided_at=NEXT)}
    assert by == {
        world.units["G1"]: (reviewer_of(world, "G1").name, WORDS, ending.pk),
        world.units["G2"]: (head_of(world, "G2").name, WORDS, ending.pk),
    }
    assert preview(world.cycle.campaign_id, DAY, NEXT).whole == Foreseen(closed=8)
    assert end(world, link, at=NEXT) == Ended(ending, 0, 0)
    assert list(faults(NEXT)) == []
    assert broken_link() is None


def test_nobody_is_told_to_mend_it_and_it_is_neither_missing_nor_late(world: World) -> None:
    submit(world, "G1")
    end(world, replaced(world))
    returned(world, "G1")
    assert not Notice.objects.filter(kind="returned").exists()
    told = Notice.objects.filter(kind="closed", args=[world.obligation("G1").pk])
    assert {"an", "hoa"} <= {each.person.username for each in told}
    assert {each.text.partition(": ")[2] for each in told} == {"thôi thu, đơn vị không phải nộp nữa."}
    (root,) = snapshot_roots(world.cycle.snapshot_id)
    counts = obligation_counts(world.cycle, [root], MUCH_LATER)[root.unit_id]
    assert (counts.expected, counts.closed, counts.overdue, counts.returned) == (8, 8, 0, 0)


def test_before_the_ending_and_in_a_window_that_it_does_not_reach_a_return_asks_for_the_report_again(world: World) -> None:
    submit(world, "G1"), submit(world, "G2")
    assert returned(world, "G1", later(minutes=9)).closed == ""
    end(world, replaced(world, day=DAY + timedelta(days=1)))
    assert returned(world, "G2").closed == ""
    assert (state(world, "G1"), state(world, "G2")) == (State.RETURNED, State.RETURNED)


def test_what_counts_goes_on_counting_while_its_supplement_is_open_and_nobody_is_reminded_of_it(world: World) -> None:
    submit(world, "G1")
    owed, reviewer = world.obligation("G1").pk, reviewer_of(world, "G1")
    accept_report(owed, version=world.report("G1").version, by=reviewer, at=later(minutes=1))
    revise_report(owed, reason="Bổ sung.", version=world.report("G1").version, by=head_of(world, "G1"), at=later(minutes=2))
    submit_report(owed, version=world.report("G1").version, by=head_of(world, "G1"), at=later(minutes=3))
    link = replaced(world)
    ending = end(world, link).ending
    assert returned(world, "G1").closed == ""
    assert state(world, "G1") is State.RETURNED
    almanac, morning = Almanac(lambda _name: vn(), vn()), datetime.combine(local_day(NEXT) + timedelta(days=1), time(7), tzinfo=ZONE)
    assert [each for each in would_remind(almanac, at=morning) if "trả lại" in str(each)] == []
    assert isinstance(take_back_ending(ending.pk, reason="Nhầm.", by=world.person("lan"), at=NEXT), Ended)
    assert [each for each in would_remind(almanac, at=morning) if "trả lại" in str(each)] != []


def test_only_what_had_been_sent_may_be_asked_for_again_and_closes_again_when_it_comes_back_again(world: World) -> None:
    fill(world, "G2", GOOD, by=head_of(world, "G2"))
    submit(world, "G1")
    link = replaced(world)
    end(world, link)
    returned(world, "G1")
    refused = wanted_again(world, "G2")
    assert refused == Refusal(f"{WORDS}: không thu lại riêng một báo cáo. Thường trực phong trào lấy lại được việc kết thúc.")
    assert isinstance(wanted_again(world, "G1"), Done)
    assert state(world, "G1") is State.RETURNED
    hoa = world.person("hoa", NEXT)
    assert Act.SUBMIT in report_to_fill(hoa, world.obligation("G1").pk).acts
    submit_report(world.obligation("G1").pk, version=world.report("G1").version, by=hoa, at=NEXT)
    assert state(world, "G1") is State.SUBMITTED
    assert recalled(world, "G1", NEXT + timedelta(minutes=1)) == Done(world.report("G1").version, WORDS)
    assert isinstance(wanted_again(world, "G1", NEXT + timedelta(minutes=2)), Done)
    assert end(world, link, at=NEXT + timedelta(minutes=3)).reports == 1
    assert list(faults(NEXT + timedelta(hours=1))) == []


def test_a_report_that_was_closed_with_its_unit_is_not_asked_for_by_an_ended_campaign(world: World) -> None:
    owed = world.obligation("G1")
    Obligation.objects.filter(pk=owed.pk).update(closed_at=later())
    end(world, replaced(world))
    assert isinstance(wanted_again(world, "G1"), Refusal)


def test_taking_the_ending_back_asks_for_what_came_back_as_well(world: World) -> None:
    submit(world, "G1"), submit(world, "G2")
    ending = end(world, replaced(world)).ending
    returned(world, "G1"), recalled(world, "G2")
    done = take_back_ending(ending.pk, reason="Văn bản mới bị thu hồi.", by=world.person("lan"), at=NEXT)
    assert isinstance(done, Ended)
    assert done.reports == 8
    assert (state(world, "G1"), state(world, "G2")) == (State.RETURNED, State.DRAFT)
    assert list(faults(NEXT)) == []


def test_a_workbook_of_a_closed_report_is_told_who_can_ask_for_it_and_who_cannot(world: World) -> None:
    submit(world, "G2")
    books = [filled(world, code) for code in ("G1", "G2")]
    end(world, replaced(world))
    returned(world, "G2")
    shut, back = hand_in(world, "binh", *books, minutes=60 * 24 * 6)
    ended = f"{WORDS}: không phải nộp báo cáo này nữa, nên không nhận số liệu."
    assert (shut.outcome, shut.message) == (WorkbookFile.REFUSED, ended)
    assert why_closed(world.obligation("G1")) == ended
    assert (back.outcome, back.message) == (
        WorkbookFile.REFUSED,
        "Báo cáo này không thu nữa, nên không nhận số liệu. Nơi nhận thu lại được.",
    )


def test_a_workbook_does_not_call_a_report_back_that_would_be_closed_with_that(world: World) -> None:
    submit(world, "G1")
    file = hand_in(world, "hoa", filled(world, "G1", {**GOOD, "B02": 4}))[0]
    assert file.outcome == WorkbookFile.DECIDE
    end(world, replaced(world))
    hoa = world.person("hoa", NEXT)
    done = store_workbook(file.pk, version=world.report("G1").version, reason="Số đúng.", by=hoa, at=NEXT)
    assert done == Refusal(f"{WORDS}: rút lại thì báo cáo được thôi thu, nên không lấy số trong tệp.")
    assert state(world, "G1") is State.SUBMITTED
