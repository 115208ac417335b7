"""Proposals that need an answer: from the grassroots up to whoever can answer, and the answer back to everybody who asked."""

import pytest

from kheo.core.proposals import TURNS, Move, Party, Stage, Turn, allowed_moves
from kheo.core.workflow import Role
from kheo.notices.models import Notice
from kheo.org.access import Unreachable, person
from kheo.org.models import Post
from kheo.reports.access.proposals import proposal_to_move, proposal_to_read
from kheo.reports.actions import Done, Refusal, merge_proposals, move_proposal, propose
from kheo.reports.actions.proposing import WALLED, refuse_section
from kheo.reports.models import Proposal
from kheo.reports.queries.proposals import may_be_wanted, proposal_tasks, proposals_of, thread_of
from kheo.reports.queries.verifying import faults
from tests.world import OPENING, World, head_of, later, submit

ASK = "Đề nghị hướng dẫn mức chi cho tổ tự quản."


def ask(world: World, code: str, text: str = ASK, **more: object) -> Done | Refusal:
    asked: dict[str, object] = {"section": "II", "by": head_of(world, code), "at": later(minutes=1), **more}
    return propose(world.obligation(code).pk, text=text, **asked)  # type: ignore[arg-type]


def sent(world: World, code: str) -> Proposal:
    """A proposal that has gone up with the unit's report."""
    assert isinstance(ask(world, code), Done)
    submit(world, code, at=later(minutes=2))
    return Proposal.objects.get(obligation=world.obligation(code))


def move(world: World, proposal: Proposal, what: Move, who: str, text: str = "", at: int = 10) -> Done | Refusal:
    fresh = Proposal.objects.get(pk=proposal.pk)
    root = Proposal.objects.get(pk=fresh.thread_id or fresh.pk)
    return move_proposal(proposal.pk, what, text=text, version=root.version, by=world.person(who), at=later(minutes=at))


def stage(proposal: Proposal) -> tuple[str, int]:
    row = Proposal.objects.get(pk=proposal.pk)
    return row.stage, row.holder_id


def test_what_is_marked_goes_up_with_the_signature(world: World) -> None:
    assert ask(world, "G1") == Done(1)
    proposal = Proposal.objects.get()
    assert stage(proposal) == (Stage.DRAFTED, world.units["D1"])
    with pytest.raises(Unreachable):
        proposal_to_read(world.person("binh"), proposal.pk)
    submit(world, "G1")
    assert stage(proposal) == (Stage.OPEN, world.units["D1"])
    assert proposal_to_read(world.person("binh"), proposal.pk).sees_all
    latest = world.report("G1").latest
    assert latest
    assert latest.enclosures == {"proposals": [{"proposal": proposal.pk, "section": "II", "text": ASK, "wanted": None}]}


def test_forwarded_twice_answered_above_and_closed(world: World) -> None:
    proposal = sent(world, "G1")
    assert isinstance(move(world, proposal, Move.FORWARD, "binh", "Vượt thẩm quyền của Quận."), Done)
    assert stage(proposal) == (Stage.FORWARDED, world.units["LDLD"])
    assert isinstance(move(world, proposal, Move.FORWARD, "lan", at=11), Done)
    assert stage(proposal) == (Stage.FORWARDED, world.units["BDV"])
    last = move(world, proposal, Move.FORWARD, "phuc", at=12)
    assert last == Refusal("Trên đơn vị này không còn nơi nhận trong kỳ; hãy trả lời kiến nghị.")
    assert isinstance(move(world, proposal, Move.ANSWER, "phuc", "Theo hướng dẫn số 5.", at=13), Done)
    assert stage(proposal) == (Stage.ANSWERED, world.units["BDV"])
    assert isinstance(move(world, proposal, Move.CLOSE, "phuc", at=14), Done)
    thread = thread_of(Proposal.objects.select_related("obligation__cycle").get(pk=proposal.pk), sees_all=False)
    names = ("Công đoàn cơ sở Một", "Liên đoàn Lao động Quận 1", "Liên đoàn Lao động Thành phố", "Ban Dân vận Thành ủy")
    assert (thread.stage, thread.chain) == (Stage.CLOSED, names)
    assert [(each.move, each.unit, each.text) for each in thread.said][2:] == [
        (Move.FORWARD, names[1], "Vượt thẩm quyền của Quận."),
        (Move.FORWARD, names[2], ""),
        (Move.ANSWER, names[3], "Theo hướng dẫn số 5."),
        (Move.CLOSE, names[3], ""),
    ]
    assert list(faults()) == []


def test_the_asker_asks_again_and_only_the_answering_tier_closes(world: World) -> None:
    proposal = sent(world, "G1")
    assert move(world, proposal, Move.CLOSE, "binh") == Refusal("Không khép lại được: kiến nghị đang ở trạng thái “Chờ trả lời”.")
    move(world, proposal, Move.ANSWER, "binh", "Đã có.")
    assert move(world, proposal, Move.CLOSE, "hoa") == Refusal("Anh/chị không có quyền khép lại ở kiến nghị này.")
    assert move(world, proposal, Move.ASK_AGAIN, "hoa") == Refusal("Hãy ghi điều còn cần hỏi.")
    assert isinstance(move(world, proposal, Move.ASK_AGAIN, "hoa", "Ở đâu ạ?"), Done)
    assert stage(proposal) == (Stage.OPEN, world.units["D1"])
    move(world, proposal, Move.ANSWER, "binh", "Công văn 12.")
    assert isinstance(move(world, proposal, Move.CLOSE, "binh"), Done)
    assert list(faults()) == []


def test_the_same_from_many_units_becomes_one_thread_and_the_answer_reaches_all(world: World) -> None:
    first, second, other = sent(world, "G1"), sent(world, "G2"), sent(world, "G4")
    merged = merge_proposals([second.pk, first.pk], by=world.person("binh"), at=later(minutes=9))
    assert isinstance(merged, Done)
    move(world, first, Move.FORWARD, "binh", at=10)
    d2 = head_of(world, "D2")
    version = Proposal.objects.get(pk=other.pk).version
    assert isinstance(move_proposal(other.pk, Move.FORWARD, version=version, by=d2, at=later(minutes=11)), Done)
    assert isinstance(merge_proposals([other.pk, first.pk], by=world.person("lan"), at=later(minutes=12)), Done)
    rows = {each.pk: each.thread_id for each in Proposal.objects.all()}
    assert rows == {first.pk: None, second.pk: first.pk, other.pk: first.pk}
    move(world, first, Move.ANSWER, "lan", "Chi theo Quyết định 7.", at=13)
    for proposal, asker in ((first, "Một"), (second, "Hai"), (other, "Bốn")):
        thread = thread_of(Proposal.objects.select_related("obligation__cycle", "thread").get(pk=proposal.pk), sees_all=False)
        assert (thread.asker, thread.stage, thread.asking, thread.askers) == (f"Công đoàn cơ sở {asker}", Stage.ANSWERED, 3, ())
        assert thread.said[-1].text == "Chi theo Quyết định 7."
    above = thread_of(Proposal.objects.select_related("obligation__cycle").get(pk=first.pk), sees_all=True)
    assert [name for name, _ in above.askers] == [f"Công đoàn cơ sở {number}" for number in ("Một", "Hai", "Bốn")]
    assert list(faults()) == []


def test_an_asker_in_a_common_thread_does_not_read_what_another_one_says(world: World) -> None:
    first, second = sent(world, "G1"), sent(world, "G2")
    merge_proposals([first.pk, second.pk], by=world.person("binh"), at=later(minutes=9))
    move(world, first, Move.WRITE, "hoa", "Riêng chúng tôi có 3 tổ.")
    move(world, first, Move.WRITE, "binh", "Đang tổng hợp.", at=11)
    told = thread_of(Proposal.objects.select_related("obligation__cycle", "thread").get(pk=second.pk), sees_all=False)
    assert [each.text for each in told.said if each.move == Move.WRITE] == ["Đang tổng hợp."]
    reached = proposal_to_read(head_of(world, "G2"), second.pk)
    assert reached.sees_all is False
    with pytest.raises(Unreachable):
        proposal_to_read(head_of(world, "G2"), first.pk)


def told() -> list[tuple[str, str, list[int]]]:
    """(who, kind, numbers) of what was told about proposals, in the order of the words; everybody can open what they were told of."""
    rows = list(Notice.objects.filter(page="proposal").select_related("person").order_by("pk"))
    for row in rows:
        assert proposal_to_move(person(row.person, row.told_at), row.args[0])
    assert all(ASK not in row.text for row in rows)
    return sorted((row.person.username, row.kind, row.args) for row in rows)


def test_forwarding_answering_and_closing_are_told_to_those_they_concern_and_to_nobody_twice(world: World) -> None:
    proposal = sent(world, "G1")
    move(world, proposal, Move.FORWARD, "binh", "Vượt thẩm quyền của Quận.")
    here, own = [proposal.pk], ("an", "head-G1", "hoa")
    forwarded = [(who, "proposal_forwarded", here) for who in own]
    desk = Post.objects.filter(unit=world.units["LDLD"], role__in=[Role.REVIEWER, Role.OFFICE, Role.HEAD]).values_list("user__username")
    waits = [(who, "proposal_waits", here) for who in {name for (name,) in desk}]
    assert told() == sorted([*forwarded, *waits])
    assert {"lan"} <= {who for who, *_ in waits}
    assert set(Notice.objects.filter(kind="proposal_waits").values_list("text", flat=True)) == {
        "Kiến nghị của Công đoàn cơ sở Một kèm báo cáo 6 tháng đầu năm 2023 chờ anh/chị trả lời."
    }
    move(world, proposal, Move.ANSWER, "lan", "Theo hướng dẫn số 5.", at=11)
    move(world, proposal, Move.ANSWER, "lan", "Theo hướng dẫn số 5.", at=11)
    answered = [(who, "proposal_answered", here) for who in own]
    passed = [(who, kind, args) for who, kind, args in told() if kind == "passed_answered"]
    assert "binh" in {who for who, *_ in passed}
    assert "lan" not in {who for who, *_ in passed}
    assert [each for each in told() if each[1] == "proposal_answered"] == answered
    move(world, proposal, Move.CLOSE, "lan", at=12)
    assert [each for each in told() if each[1] == "proposal_closed"] == [(who, "proposal_closed", here) for who in own]


def test_the_answer_in_a_common_thread_is_told_to_every_unit_that_asked_with_its_own_link(world: World) -> None:
    first, second = sent(world, "G1"), sent(world, "G2")
    merge_proposals([first.pk, second.pk], by=world.person("binh"), at=later(minutes=9))
    move(world, first, Move.ANSWER, "binh", "Đã có.")
    heard = {(who, args[0]) for who, kind, args in told() if kind == "proposal_answered"}
    assert {("an", first.pk), ("hoa", first.pk)} <= heard
    assert {number for _, number in heard} == {first.pk, second.pk}
    assert not {who for who, number in heard if number == second.pk} & {"an", "hoa"}


def test_only_what_waits_here_in_one_cycle_is_merged(world: World) -> None:
    first, other = sent(world, "G1"), sent(world, "G4")
    binh = world.person("binh")
    assert merge_proposals([first.pk], by=binh, at=later()) == Refusal("Hãy chọn ít nhất hai kiến nghị để gộp.")
    alone = Refusal("Hãy chọn ít nhất hai kiến nghị để gộp.")
    assert merge_proposals([first.pk, other.pk], by=binh, at=later()) == alone, "what waits elsewhere is as if it were not there"
    assert merge_proposals([first.pk, 987_654_321], by=binh, at=later()) == alone
    second = sent(world, "G2")
    assert merge_proposals([first.pk, second.pk], by=world.person("bich"), at=later()) == alone
    assert merge_proposals([first.pk, second.pk], by=world.person("dung"), at=later(minutes=20)) == Done(3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  ", "Hãy ghi điều kiến nghị."),
        ("x" * 2001, "Kiến nghị dài 2.001 ký tự, tối đa 2.000."),
    ],
    ids=["empty", "long"],
)
def test_what_is_no_proposal_is_refused(world: World, text: str, message: str) -> None:
    assert ask(world, "G1", text) == Refusal(message)
    assert Proposal.objects.count() == 0


def test_a_walled_content_takes_no_proposal_in_words(world: World) -> None:
    walled = world.definition.model_copy(
        update={"outline": tuple(each.model_copy(update={"content": "N5"}) for each in world.definition.outline)}
    )
    assert refuse_section(walled, "II") == Refusal(WALLED)
    assert refuse_section(world.definition, "II") is None


def test_it_may_be_meant_for_somebody_further_up(world: World) -> None:
    above = may_be_wanted(world.obligation("G1"))
    assert above == [world.units["LDLD"], world.units["BDV"]]
    assert isinstance(ask(world, "G1", wanted=world.units["LDLD"]), Done)
    assert ask(world, "G1", wanted=world.units["D2"]) == Refusal("Nơi ấy không phải là cấp trên của nơi nhận báo cáo.")


def test_only_the_units_own_people_mark_and_withdraw(world: World) -> None:
    assert ask(world, "G1", by=world.person("binh")) == Refusal("Anh/chị không có quyền lưu báo cáo này.")
    ask(world, "G1")
    proposal = Proposal.objects.get()
    assert isinstance(move(world, proposal, Move.WITHDRAW, "an"), Done)
    submit(world, "G1")
    assert stage(proposal) == (Stage.WITHDRAWN, world.units["D1"])
    assert list(faults()) == []


def test_a_stale_page_changes_nothing(world: World) -> None:
    proposal = sent(world, "G1")
    outcome = move_proposal(proposal.pk, Move.ANSWER, text="Được.", version=1, by=world.person("binh"), at=later())
    assert outcome == Refusal("Kiến nghị này vừa có thay đổi. Hãy xem lại rồi làm tiếp.")


def test_counts_for_the_first_page_and_lists_by_view(world: World) -> None:
    proposal = sent(world, "G1")
    sent(world, "G2")
    units = world.units

    def counts() -> list[tuple[int, int, int]]:
        return [(each.unit, each.waiting, each.answered) for each in proposal_tasks([units["G1"]], [units["D1"]], OPENING.date())]

    assert counts() == [(units["D1"], 2, 0)]
    move(world, proposal, Move.ANSWER, "binh", "Có.")
    assert sorted(counts()) == sorted([(units["D1"], 1, 0), (units["G1"], 0, 1)])
    lists = proposals_of(world.cycle, units["D1"], view="cho", search="MUC CHI", page=None)
    assert [(row.asker, row.askers) for row in lists.rows] == [("Công đoàn cơ sở Hai", 1)]
    assert lists.counts == {"cho": 1, "hoi": 0, "chuyen": 0, "xong": 1}
    assert proposals_of(world.cycle, units["D1"], view="cho", search="nha o", page=None).rows == ()


def test_a_stage_changed_behind_the_journal_is_found(world: World) -> None:
    proposal = sent(world, "G1")
    assert list(faults()) == []
    Proposal.objects.filter(pk=proposal.pk).update(stage=Stage.CLOSED)
    assert [fault for fault in faults() if fault.startswith("Kiến nghị")] != []


def test_every_stage_but_the_last_two_leads_on_and_nobody_else_may() -> None:
    assert {stage for stage, _ in TURNS} == set(Stage) - {Stage.CLOSED, Stage.WITHDRAWN}
    assert all(isinstance(cell, Turn) and cell.parties and cell.roles for cell in TURNS.values())
    assert allowed_moves(Stage.OPEN, {Party.HOLDER: frozenset({Role.AUDITOR}), Party.ASKER: frozenset({Role.KEEPER})}) == frozenset()
    holder = {Party.HOLDER: frozenset({Role.REVIEWER})}
    assert allowed_moves(Stage.OPEN, holder) == {Move.WRITE, Move.MERGE, Move.FORWARD, Move.ANSWER}
