"""Two people at once over more time, answers, copies, letters and evidence: real connections, and what happens with the lock taken out."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kheo.core.days import due_instant
from kheo.core.proposals import Move
from kheo.core.remarks import Answered
from kheo.files.receiving import SentFile
from kheo.journal.models import JournalEntry
from kheo.journal.queries import broken_link
from kheo.reports.actions import (
    CalledIns,
    Done,
    Extended,
    Proved,
    Receipt,
    Refusal,
    add_evidence,
    answer_remark,
    ask_extension,
    caption_evidence,
    extend_due,
    keep_as_sent,
    locking,
    make_call_in,
    merge_proposals,
    move_proposal,
    propose,
    refuse_extension,
    remark,
    return_report,
    send_dispatch,
    submit_report,
)
from kheo.reports.models import (
    Attachment,
    CallIn,
    CellNote,
    DispatchSending,
    Extension,
    ExtensionAnswer,
    ExtensionRequest,
    KeptAsSent,
    NoteAnswer,
    Proposal,
    ProposalMessage,
)
from kheo.reports.queries.changed_below import changed_below
from kheo.reports.queries.verifying import faults
from tests.reports.test_evidence import photo
from tests.reports.test_races import at_once
from tests.two_recipients import dispatch_of, two_recipients
from tests.web.accepting import accept
from tests.world import GOOD, World, fill, head_of, later, submit

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4
UNTIL = date(2023, 5, 20)


@pytest.fixture
def world() -> World:
    return two_recipients()


def kinds(results: list[Any]) -> list[str]:
    return sorted(type(each).__name__ for each in results)


def late(world: World) -> Any:
    """An instant after G1's due date and before the end of the time that is asked for."""
    return world.obligation("G1").due_at + timedelta(hours=5)


def told_in_time(world: World) -> tuple[bool, bool]:
    """What the journal says of the submission, and whether an extension stands before it."""
    rows = list(JournalEntry.objects.filter(object_id=world.obligation("G1").pk).order_by("number"))
    acts = [each.act for each in rows]
    sent = acts.index("submit_report")
    return rows[sent].detail["on_time"], "extend_due" in acts[:sent]


def late_submission(world: World) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Hoa signs five hours late, while Bình gives more time."""
    fill(world, "G1", GOOD, by=world.person("an"))
    owed, version, at = world.obligation("G1").pk, world.report("G1").version, late(world)
    hoa, binh = world.person("hoa", at), world.person("binh", at)

    def extends() -> Any:
        return extend_due([owed], until=UNTIL, reason="Ngập trụ sở.", by=binh, at=at, is_meant=True)

    return lambda: submit_report(owed, version=version, by=hoa, at=at), extends


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_an_extension_and_a_submission_at_once_agree_on_what_was_in_time(world: World, attempt: int) -> None:
    """Whichever came first: the receipt, the journal and the due date in force tell one story."""
    submits, extends = late_submission(world)
    receipt, extended = at_once(submits, extends)
    assert (type(receipt), type(extended)) == (Receipt, Extended), (receipt, extended)
    on_time, came_after = told_in_time(world)
    assert on_time == came_after == receipt.on_time
    assert (Extension.objects.count(), world.obligation("G1").due_at) == (1, due_instant(UNTIL))
    assert (list(faults()), broken_link()) == ([], None)


def test_without_the_lock_a_submission_is_held_against_a_date_that_is_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the due date is read, the extension is committed, and the submission still calls itself late."""
    submits, extends = late_submission(world)
    has_read, has_extended = threading.Event(), threading.Event()

    def unlocked(obligation_id: int) -> locking.Locked:
        owed = locking.Obligation.objects.select_related("cycle").get(pk=obligation_id)
        found = locking.Locked(owed, locking.Report.objects.select_related("latest", "accepted").filter(obligation=owed).first())
        has_read.set()
        assert has_extended.wait(timeout=20)
        return found

    def after_the_read() -> Any:
        assert has_read.wait(timeout=20)
        try:
            return extends()
        finally:
            has_extended.set()

    monkeypatch.setattr("kheo.reports.actions.writing.lock", unlocked)
    receipt, extended = at_once(submits, after_the_read)
    assert (type(receipt), type(extended)) == (Receipt, Extended), (receipt, extended)
    assert told_in_time(world) == (False, True)


def test_two_browsers_ask_for_more_time(world: World) -> None:
    owed, an = world.obligation("G1").pk, world.person("an")
    asks = [lambda: ask_extension(owed, until=UNTIL - timedelta(days=10), reason="Ngập.", by=an, at=later())] * 4
    assert kinds(at_once(*asks)) == ["Done", "Refusal", "Refusal", "Refusal"]
    assert ExtensionRequest.objects.count() == 1


def unlocked_together(parties: int) -> Callable[[int], locking.Locked]:
    """Reads without locking, and lets every reader read before any of them writes."""
    all_have_read = threading.Barrier(parties)

    def unlocked(obligation_id: int) -> locking.Locked:
        owed = locking.Obligation.objects.select_related("cycle").get(pk=obligation_id)
        found = locking.Locked(owed, locking.Report.objects.select_related("latest", "accepted").filter(obligation=owed).first())
        all_have_read.wait(timeout=20)
        return found

    return unlocked


def test_without_the_lock_two_requests_are_not_told_apart(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: both find no open request. What a unique key then stops surfaces as an error, not as a refusal."""
    owed, an = world.obligation("G1").pk, world.person("an")
    monkeypatch.setattr("kheo.reports.actions.extending.lock", unlocked_together(2))
    asks = [lambda: ask_extension(owed, until=UNTIL - timedelta(days=10), reason="Ngập.", by=an, at=later())] * 2
    assert kinds(at_once(*asks)) in (["Done", "Done"], ["Done", "IntegrityError"])


def test_without_the_lock_two_answers_to_one_remark_collide(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    owed, an, hoa = returned(world), world.person("an"), world.person("hoa")
    version = world.report("G1").version
    monkeypatch.setattr("kheo.reports.actions.answering.lock", unlocked_together(2))
    results = at_once(
        *[
            lambda who=who: answer_remark(owed, target="B02", kind=Answered.KEPT, text=f"Đúng, {who.name}.", by=who, at=later(minutes=5))
            for who in (an, hoa)
        ]
    )
    assert kinds(results) != ["Done", "Done"] or world.report("G1").version < version + 2


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_request_is_granted_and_refused_at_once(world: World, attempt: int) -> None:
    owed, an, binh, until = world.obligation("G1").pk, world.person("an"), world.person("binh"), UNTIL - timedelta(days=10)
    ask_extension(owed, until=until, reason="Ngập.", by=an, at=later())
    granted, refused = at_once(
        lambda: extend_due([owed], until=until, reason="Đồng ý.", by=binh, at=later(minutes=1), is_meant=True),
        lambda: refuse_extension(owed, reason="Không.", by=binh, at=later(minutes=1)),
    )
    answer = ExtensionAnswer.objects.get()
    assert isinstance(granted, Extended), granted
    assert answer.is_granted == isinstance(refused, Refusal)
    assert JournalEntry.objects.filter(act="answer_extension").count() == 1


def test_eight_clicks_send_one_copy(world: World) -> None:
    submit(world, "D1")
    copy, version, dung = dispatch_of(world).pk, world.report("D1").version, world.person("dung")
    results = at_once(*[lambda: send_dispatch(copy, version=version, by=dung, at=later(days=1))] * 8)
    assert set(results) == {Done(1)}
    assert DispatchSending.objects.count() == 1


def test_four_clicks_make_one_call_in_letter(world: World) -> None:
    at = world.obligation("G1").due_at + timedelta(days=1)
    binh = world.person("binh", at)
    results = at_once(*[lambda: make_call_in(world.cycle.pk, world.units["D1"], by=binh, at=at)] * 4)
    assert {type(each) for each in results} == {CalledIns}
    assert CallIn.objects.count() == 1
    assert sorted(each.is_repeat for each in results) == [False, True, True, True]


def test_four_clicks_keep_a_report_as_sent_once(world: World) -> None:
    submit(world, "D1")
    accept(world, "G1")
    found = changed_below(world.obligation("D1"), world.report("D1"))
    assert found
    owed, dung = world.obligation("D1").pk, world.person("dung")
    results = at_once(*[lambda: keep_as_sent(owed, reason="Sẽ tính sau.", seal=found.seal, by=dung, at=later(days=1))] * 4)
    assert {type(each) for each in results} == {Done}
    assert KeptAsSent.objects.count() == 1


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_proposal_is_answered_and_forwarded_at_once(world: World, attempt: int) -> None:
    propose(world.obligation("G1").pk, section="II", text="Xin hướng dẫn.", by=world.person("an"), at=later())
    submit(world, "G1")
    proposal, binh = Proposal.objects.get(), world.person("binh")

    def moves(what: Move) -> Callable[[], Any]:
        return lambda: move_proposal(proposal.pk, what, text="Đã rõ.", version=proposal.version, by=binh, at=later(minutes=5))

    assert kinds(at_once(moves(Move.ANSWER), moves(Move.FORWARD))) == ["Done", "Refusal"]
    assert ProposalMessage.objects.filter(move__in=[Move.ANSWER, Move.FORWARD]).count() == 1


def test_two_browsers_merge_the_same_proposals(world: World) -> None:
    for code in ("G1", "G2"):
        propose(world.obligation(code).pk, section="II", text="Xin hướng dẫn.", by=head_of(world, code), at=later())
        submit(world, code)
    ids, binh = list(Proposal.objects.values_list("pk", flat=True)), world.person("binh")
    assert kinds(at_once(*[lambda: merge_proposals(ids, by=binh, at=later(minutes=5))] * 2)) == ["Done", "Refusal"]
    assert Proposal.objects.filter(thread=None).count() == 1


def returned(world: World) -> int:
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    remark(owed, target="B02", text="Đúng không?", version=version, by=binh, at=later(minutes=1))
    return_report(owed, reason="Xem lại.", version=version, by=binh, at=later(minutes=2))
    return owed


def test_two_browsers_answer_one_remark(world: World) -> None:
    owed, an, hoa = returned(world), world.person("an"), world.person("hoa")
    results = at_once(
        lambda: answer_remark(owed, target="B02", kind=Answered.KEPT, text="Đúng sổ.", by=an, at=later(minutes=5)),
        lambda: answer_remark(owed, target="B02", kind=Answered.KEPT, text="Đã đối chiếu.", by=hoa, at=later(minutes=5)),
    )
    assert kinds(results) == ["Done", "Done"]
    assert (NoteAnswer.objects.count(), list(faults())) == (1, [])


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_what_is_signed_is_what_was_read_while_an_answer_changes(world: World, attempt: int) -> None:
    """Either the answer came first, and the head is asked to read again; or the report is gone, and the answer is refused."""
    owed, an, hoa = returned(world), world.person("an"), world.person("hoa")
    answer_remark(owed, target="B02", kind=Answered.KEPT, text="Đúng sổ.", by=an, at=later(minutes=4))
    version = world.report("G1").version
    results = at_once(
        lambda: submit_report(owed, version=version, by=hoa, at=later(minutes=5)),
        lambda: answer_remark(owed, target="B02", kind=Answered.KEPT, text="Đổi lại.", by=an, at=later(minutes=5)),
    )
    assert kinds(results) in (["Receipt", "Refusal"], ["Done", "Refusal"]), results
    assert list(faults()) == []


def test_two_reviewers_remark_on_one_cell(world: World) -> None:
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    results = at_once(
        *[lambda text=text: remark(owed, target="B02", text=text, version=version, by=binh, at=later(minutes=1)) for text in ("Một", "Hai")]
    )
    assert kinds(results) == ["Done", "Done"]
    assert CellNote.objects.count() == 1


def test_photographs_sent_at_once_stay_within_the_limit(world: World) -> None:
    """The limit is counted under the lock: five fit, ten are sent by five browsers."""
    owed, an = world.obligation("G1").pk, world.person("an")
    files = [SentFile(name, photo()) for name in ("a.jpg", "b.jpg")]
    results = at_once(*[lambda: add_evidence(owed, content="chung", files=files, caption="", by=an, at=later())] * 5)
    assert {type(each).__name__ for each in results} == {"Proved"}
    assert Attachment.objects.count() == 4
    assert list(faults()) == []


def test_two_captions_of_one_photograph_at_once_lose_neither_silently(world: World) -> None:
    """One is kept, the other's writer is told both: what was kept and what was not."""
    owed, an = world.obligation("G1").pk, world.person("an")
    added = add_evidence(owed, content="chung", files=[SentFile("a.jpg", photo())], caption="Cũ", by=an, at=later())
    assert isinstance(added, Proved)
    number = added.added[0]
    results = at_once(
        *[
            lambda text=text: caption_evidence(owed, attachment=number, before="Cũ", caption=text, by=an, at=later(minutes=1))
            for text in ("Một", "Hai")
        ]
    )
    assert sorted(type(each).__name__ for each in results) == ["Proved", "Refusal"]
    kept = Attachment.objects.get(pk=number).caption
    lost = {"Một": "Hai", "Hai": "Một"}[kept]
    refused = next(each for each in results if isinstance(each, Refusal))
    assert refused.message == f"Người khác vừa sửa chú thích này thành “{kept}”. Chú thích của anh/chị chưa lưu: “{lost}”."
    assert list(faults()) == []
