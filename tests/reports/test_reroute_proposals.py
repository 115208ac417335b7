"""Proposals that wait at a unit that ends find another that answers: with the report they came with, or by an act of their own."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.proposals import Move, Stage
from kheo.core.reorganising import Absorbed, Event, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.notices.models import Notice
from kheo.org.access import Person, Unreachable, person
from kheo.org.actions import appoint, record_events
from kheo.people.models import User
from kheo.reports.access.proposals import proposals_left
from kheo.reports.actions import (
    Done,
    Refusal,
    accept_report,
    hand_over,
    merge_proposals,
    move_proposal,
    propose,
    reroute,
    reroute_proposals,
)
from kheo.reports.models import Proposal
from kheo.reports.queries.left_proposals import Left, left_proposals, may_answer
from kheo.reports.queries.proposals import thread_of
from kheo.reports.queries.verifying import faults
from tests.world import FIRST_DAY, OPENING, World, head_of, later, reviewer_of, submit

END = date(2023, 4, 10)
AFTER = later(days=20)
WHY = "Đã sáp nhập theo Quyết định 12."


def asked(world: World, code: str) -> Proposal:
    """A proposal that has gone up with the unit's report."""
    marked = propose(world.obligation(code).pk, section="II", text="Đề nghị hướng dẫn.", by=head_of(world, code), at=later(minutes=1))
    assert isinstance(marked, Done)
    submit(world, code, at=later(minutes=2))
    return Proposal.objects.get(obligation=world.obligation(code))


def forwarded(world: World, proposal: Proposal, who: str) -> None:
    moved = move_proposal(proposal.pk, Move.FORWARD, version=fresh(proposal).version, by=world.person(who), at=later(minutes=5))
    assert isinstance(moved, Done)


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def stands(proposal: Proposal) -> tuple[str, int]:
    row = fresh(proposal)
    return row.stage, row.holder_id


def happen(*events: Event) -> None:
    assert record_events(events, by=SYSTEM, at=later(days=1)).problems == ()


def district_one_ends(world: World) -> None:
    """D1 goes up in D2 on the tenth of April, and its unions with it."""
    moved = [Transferred(unit=world.units[code], day=END, place=Place(Line.UNION, world.units["D2"])) for code in ("G1", "G2", "G3")]
    happen(*moved, Absorbed(unit=world.units["D1"], day=END, into=world.units["D2"]))


def somebody(world: World, name: str, code: str, role: Role) -> Person:
    user = User.objects.create_user(name, f"Người {name}")
    appoint(user, world.units[code], role, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return person(user, AFTER)


def test_what_came_with_a_report_goes_with_it_to_the_new_recipient(world: World) -> None:
    first, other = asked(world, "G1"), asked(world, "G2")
    district_one_ends(world)
    taker = somebody(world, "r2", "D2", Role.REVIEWER)
    done = reroute(world.obligation("G1").pk, to=world.units["D2"], reason=WHY, by=world.person("lan", AFTER), at=AFTER)
    assert isinstance(done, Done)
    assert stands(first) == (Stage.OPEN, world.units["D2"])
    assert stands(other) == (Stage.OPEN, world.units["D1"])
    said = thread_of(Proposal.objects.select_related("obligation__cycle").get(pk=first.pk), sees_all=False).said[-1]
    assert (said.move, said.unit, said.to, said.text) == (
        Move.REROUTE,
        "Liên đoàn Lao động Thành phố",
        "Liên đoàn Lao động Quận 2",
        WHY,
    )
    assert Notice.objects.filter(person=taker.user_id, kind="proposal_waits").count() == 1
    assert Notice.objects.filter(person=world.users["hoa"], kind="proposal_rerouted").count() == 1
    answered = move_proposal(first.pk, Move.ANSWER, text="Theo số 5.", version=fresh(first).version, by=taker, at=AFTER)
    assert isinstance(answered, Done)
    assert list(faults()) == []


def test_what_a_unit_passed_up_goes_with_that_units_own_report(world: World) -> None:
    proposal = asked(world, "G1")
    forwarded(world, proposal, "binh")
    assert stands(proposal)[1] == world.units["LDLD"]
    moved = [Transferred(unit=world.units["D1"], day=END, place=Place(Line.UNION, world.units["D2"]))]
    happen(*moved)
    bich = world.person("bich", AFTER)
    done = reroute(world.obligation("D1").pk, to=world.units["D2"], reason=WHY, by=bich, at=AFTER)
    assert isinstance(done, Done)
    assert stands(proposal) == (Stage.FORWARDED, world.units["D2"])
    assert list(faults()) == []


def test_a_recipient_that_goes_on_keeps_what_it_answered_and_threads_of_others(world: World) -> None:
    first, second, third = asked(world, "G1"), asked(world, "G2"), asked(world, "G3")
    binh, d1 = world.person("binh"), world.units["D1"]
    assert isinstance(merge_proposals([first.pk, second.pk], by=binh, at=later(minutes=8)), Done)
    answered = move_proposal(third.pk, Move.ANSWER, text="Rồi.", version=fresh(third).version, by=binh, at=later(minutes=9))
    assert isinstance(answered, Done)
    happen(*(Transferred(unit=world.units[code], day=END, place=Place(Line.UNION, world.units["D2"])) for code in ("G1", "G3")))
    for code in ("G1", "G3"):
        done = reroute(world.obligation(code).pk, to=world.units["D2"], reason=WHY, by=world.person("binh", AFTER), at=AFTER)
        assert isinstance(done, Done)
    assert (stands(first), stands(third)) == ((Stage.OPEN, d1), (Stage.ANSWERED, d1))


def test_a_successor_answers_what_waited_at_the_unit_whose_report_it_was_handed(world: World) -> None:
    proposal = asked(world, "G1")
    district_one_ends(world)
    taker = somebody(world, "h2", "D2", Role.HEAD)
    lan = world.person("lan", AFTER)
    assert isinstance(hand_over(world.obligation("D1").pk, to=world.units["D2"], reason=WHY, by=lan, at=AFTER), Done)
    assert stands(proposal) == (Stage.OPEN, world.units["D2"])
    up = move_proposal(proposal.pk, Move.FORWARD, version=fresh(proposal).version, by=taker, at=AFTER)
    assert isinstance(up, Done)
    assert stands(proposal) == (Stage.FORWARDED, world.units["LDLD"])
    assert list(faults()) == []


def test_what_is_left_behind_an_accepted_report_is_sent_on_by_the_office_above(world: World) -> None:
    proposal = asked(world, "G1")
    by, version = reviewer_of(world, "G1"), world.report("G1").version
    accepted = accept_report(world.obligation("G1").pk, version=version, by=by, at=later(minutes=9))
    assert isinstance(accepted, Done)
    lan, units, on = world.person("lan", AFTER), world.units, AFTER.date()
    act = {"holder": units["D1"], "to": units["D2"], "by": lan, "at": AFTER}
    assert reroute_proposals(world.cycle, reason=WHY, **act) == Refusal(  # type: ignore[arg-type]
        "Nơi đang giữ kiến nghị vẫn hoạt động: kiến nghị vẫn do nơi ấy trả lời."
    )
    assert left_proposals([units["LDLD"]], on) == []
    district_one_ends(world)
    assert left_proposals([units["LDLD"]], on) == [Left(world.cycle, units["D1"], "Liên đoàn Lao động Quận 1", 1)]
    assert left_proposals([units["D2"], units["BDV"]], on) == []
    assert list(may_answer(world.cycle, units["D1"], on)) == [units["D2"], units["LDLD"]]
    assert reroute_proposals(world.cycle, reason=" ", **act) == Refusal("Hãy ghi lý do để các đơn vị kiến nghị biết.")  # type: ignore[arg-type]
    wrong = reroute_proposals(world.cycle, reason=WHY, **act | {"to": units["G2"]})  # type: ignore[arg-type]
    assert wrong == Refusal("Đơn vị được chọn không thể trả lời thay.")
    assert reroute_proposals(world.cycle, reason=WHY, **act) == Done(1)  # type: ignore[arg-type]
    assert stands(proposal) == (Stage.OPEN, units["D2"])
    assert left_proposals([units["LDLD"]], on) == []
    nothing = reroute_proposals(world.cycle, reason=WHY, **act)  # type: ignore[arg-type]
    assert nothing == Refusal("Không còn kiến nghị nào chờ ở đơn vị cũ này.")
    assert list(faults()) == []


@pytest.mark.parametrize("who", ["an", "binh", "phuc", "kien", "chi", "quan", "minh"])
def test_nobody_but_the_office_above_sends_them_on(world: World, who: str) -> None:
    proposal = asked(world, "G1")
    district_one_ends(world)
    by, holder = world.person(who, AFTER), world.units["D1"]
    with pytest.raises(Unreachable):
        proposals_left(by, world.cycle.pk, holder)
    refused = reroute_proposals(world.cycle, holder=holder, to=world.units["D2"], reason=WHY, by=by, at=AFTER)
    assert refused == Refusal("Anh/chị không có quyền chuyển nơi trả lời các kiến nghị này.")
    assert stands(proposal) == (Stage.OPEN, holder)
    assert proposals_left(world.person("lan", AFTER), world.cycle.pk, holder) == world.cycle


def test_the_list_asks_as_many_questions_for_one_as_for_three(world: World) -> None:
    asked(world, "G1")
    district_one_ends(world)
    with CaptureQueriesContext(connection) as one:
        assert [each.count for each in left_proposals([world.units["LDLD"]], AFTER.date())] == [1]
    for code in ("G2", "G3"):
        row = {"section": "II", "text": "?", "stage": "open", "asked_at": OPENING, "asked_by": "x", "changed_at": OPENING}
        Proposal.objects.create(obligation=world.obligation(code), holder_id=world.units["D1"], **row)
    with CaptureQueriesContext(connection) as three:
        assert [each.count for each in left_proposals([world.units["LDLD"]], AFTER.date())] == [3]
    assert len(one) == len(three)
