"""A successor's people find what belongs to the reports handed to them in every list, as the old unit's people would have."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.days import local_day
from kheo.core.proposals import Move, Stage
from kheo.core.reorganising import Absorbed, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.queries import history_of
from kheo.notices.models import Notice
from kheo.org.access import Person, Unreachable, person
from kheo.org.actions import appoint, record_events
from kheo.people.models import User
from kheo.reports.access.proposals import proposal_to_move, proposal_to_read, proposals_of_unit
from kheo.reports.actions import Done, Receipt, close_report, hand_over, move_proposal, propose, reroute, send_dispatch, submit_report
from kheo.reports.models import DispatchSending, Proposal, ProposalMessage
from kheo.reports.queries.decided import Decided, decided_about
from kheo.reports.queries.dispatches import OBJECT as DISPATCH
from kheo.reports.queries.dispatches import dispatch_tasks, received_by
from kheo.reports.queries.proposals import proposal_tasks, proposals_of, thread_of
from kheo.reports.queries.verifying import faults
from tests.two_recipients import dispatch_of, two_recipients
from tests.world import FIRST_DAY, GOOD, OPENING, World, fill, later, submit

END = date(2023, 4, 10)
AFTER = later(days=20)
ASK = "Đề nghị hướng dẫn mức chi cho tổ tự quản."


def end_and_hand_over(world: World) -> None:
    """G1 is absorbed by G2, and the office of its recipient hands G1's report to G2."""
    absorbed = Absorbed(unit=world.units["G1"], day=END, into=world.units["G2"])
    assert not record_events([absorbed], by=SYSTEM, at=later(days=1)).problems
    hand(world)


def hand(world: World) -> None:
    done = hand_over(world.obligation("G1").pk, to=world.units["G2"], reason="Sáp nhập.", by=world.person("binh", AFTER), at=AFTER)
    assert isinstance(done, Done), done


def head_of_successor(world: World) -> Person:
    user = User.objects.create_user("h2", "Thủ trưởng Hai")
    appoint(user, world.units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return person(user, AFTER)


def asked_before(world: World) -> Proposal:
    """Went up with G1's own report, while G1 was there."""
    asked = propose(world.obligation("G1").pk, section="II", text=ASK, by=world.person("hoa"), at=later(minutes=1))
    assert isinstance(asked, Done)
    submit(world, "G1", at=later(minutes=2))
    return Proposal.objects.get()


def move(proposal: Proposal, what: Move, text: str, by: Person) -> object:
    return move_proposal(proposal.pk, what, text=text, version=Proposal.objects.get(pk=proposal.pk).version, by=by, at=AFTER)


def test_what_the_old_unit_asked_is_answered_to_the_successor_who_may_ask_again(world: World) -> None:
    proposal = asked_before(world)
    head = head_of_successor(world)
    with pytest.raises(Unreachable):
        proposal_to_read(head, proposal.pk)
    end_and_hand_over(world)
    assert proposals_of_unit(head, world.cycle.pk, world.units["G2"]) == world.cycle
    (line,) = proposals_of(world.cycle, world.units["G2"], view="hoi", search="", page=None).rows
    assert (line.proposal, line.asker, line.instead) == (proposal, "Công đoàn cơ sở Một", "Công đoàn cơ sở Hai")
    assert proposals_of(world.cycle, world.units["G1"], view="hoi", search="", page=None).rows == ()
    Notice.objects.all().delete()
    assert isinstance(move(proposal, Move.ANSWER, "Theo hướng dẫn số 5.", world.person("binh", AFTER)), Done)
    assert [(each.person_id, each.kind) for each in Notice.objects.all()] == [(head.user_id, "proposal_answered")]
    (task,) = proposal_tasks([world.units["G2"]], [], local_day(AFTER))
    assert (task.unit, task.name, task.answered) == (world.units["G2"], "Công đoàn cơ sở Hai", 1)
    assert proposal_tasks([world.units["G1"]], [], local_day(AFTER)) == []
    assert proposal_to_move(head, proposal.pk).proposal == proposal
    assert isinstance(move(proposal, Move.ASK_AGAIN, "Mức chi nào?", head), Done)
    last = ProposalMessage.objects.order_by("pk").last()
    assert last
    assert (last.unit_id, Proposal.objects.get().stage) == (world.units["G2"], Stage.OPEN)
    assert "Công đoàn cơ sở Hai" in history_of("proposal", proposal.pk)[-1].post
    assert thread_of(Proposal.objects.select_related("obligation__cycle").get(), sees_all=False).instead == "Công đoàn cơ sở Hai"
    assert list(faults()) == []


def test_what_the_successor_asks_goes_to_whoever_receives_the_report_when_it_is_sent(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    end_and_hand_over(world)
    head = head_of_successor(world)
    owed = world.obligation("G1").pk
    assert isinstance(propose(owed, section="II", text=ASK, by=head, at=AFTER), Done)
    assert isinstance(reroute(owed, to=world.units["LDLD"], reason="Sáp nhập.", by=world.person("binh", AFTER), at=AFTER), Done)
    assert isinstance(submit_report(owed, version=world.report("G1").version, by=head, at=AFTER), Receipt)
    proposal = Proposal.objects.get()
    assert (proposal.stage, proposal.holder_id) == (Stage.OPEN, world.units["LDLD"])
    assert [each.unit_id for each in ProposalMessage.objects.order_by("pk")] == [world.units["G2"]] * 2
    (task,) = proposal_tasks([], [world.units["LDLD"]], local_day(AFTER))
    assert task.waiting == 1
    assert proposals_of_unit(world.person("binh", AFTER), world.cycle.pk, world.units["D1"]) == world.cycle
    assert list(faults()) == []


def test_what_was_decided_is_told_by_obligation_in_one_query_however_many(world: World) -> None:
    every = [world.obligation(code).pk for code in ("G1", "G2", "G3", "G4")]
    assert decided_about(every, local_day(AFTER)) == {}
    absorbed = [Absorbed(unit=world.units[code], day=END, into=world.units["G2"]) for code in ("G1", "G3")]
    assert not record_events(absorbed, by=SYSTEM, at=later(days=1)).problems
    assert decided_about(every, END.replace(day=9)) == {}
    with CaptureQueriesContext(connection) as none_decided:
        assert decided_about(every, local_day(AFTER)) == {every[0]: Decided(), every[2]: Decided()}
    hand(world)
    closed = close_report(world.obligation("G3").pk, reason="Đã giải thể.", by=world.person("binh", AFTER), at=AFTER)
    assert isinstance(closed, Done)
    with CaptureQueriesContext(connection) as both_decided:
        told = decided_about(every, local_day(AFTER))
    assert told == {every[0]: Decided(instead="Công đoàn cơ sở Hai"), every[2]: Decided(why="Đã giải thể.")}
    assert [told[each].words for each in (every[0], every[2])] == [
        ("Công đoàn cơ sở Hai nộp thay đơn vị cũ",),
        ("Lý do: Đã giải thể.",),
    ]
    assert Decided().words == ("Đơn vị đã ngừng hoạt động, chưa quyết định",)
    assert (len(none_decided), len(both_decided)) == (1, 1)
    assert decided_about([], local_day(AFTER)) == {}


def district_ends(world: World) -> Person:
    """District 1 is absorbed by district 2, its unions go there; its report is handed to district 2, whose head is given."""
    place = Place(Line.UNION, world.units["D2"])
    moved = [Transferred(unit=world.units[code], day=END, place=place) for code in ("G1", "G2", "G3")]
    gone = Absorbed(unit=world.units["D1"], day=END, into=world.units["D2"])
    assert not record_events([*moved, gone], by=SYSTEM, at=later(days=1)).problems
    user = User.objects.create_user("hd2", "Thủ trưởng Quận 2")
    appoint(user, world.units["D2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    owed, bich = world.obligation("D1").pk, world.person("bich", AFTER)
    assert isinstance(hand_over(owed, to=world.units["D2"], reason="Sáp nhập.", by=bich, at=AFTER), Done)
    return person(user, AFTER)


@pytest.mark.django_db
def test_the_successor_sends_the_copy_and_the_further_recipient_reads_in_whose_stead() -> None:
    world = two_recipients()
    submit(world, "D1")
    head, dispatch = district_ends(world), dispatch_of(world, "D1")
    assert dispatch_tasks([world.units["D1"]], [], AFTER).to_send == ()
    (task,) = dispatch_tasks([world.units["D2"]], [], AFTER).to_send
    assert (task.dispatch, task.unit_name, task.instead) == (dispatch, "Liên đoàn Lao động Quận 1", "Liên đoàn Lao động Quận 2")
    assert isinstance(send_dispatch(dispatch.pk, version=world.report("D1").version, by=head, at=AFTER), Done)
    assert DispatchSending.objects.get().sent_by_id == head.user_id
    assert "Liên đoàn Lao động Quận 2" in history_of(DISPATCH, dispatch.pk)[-1].post
    found = received_by(world.cycle, dispatch.recipient_id, search="quan 1", standing=None, page=None, now=AFTER)
    assert [each.instead for each in found.rows] == ["Liên đoàn Lao động Quận 2"]
    assert list(faults()) == []
