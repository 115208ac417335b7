"""Whatever somebody writes to others: what looks like personal data is asked about first, and taken only when vouched for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kheo.core.personal_data import Vouched
from kheo.core.proposals import Move
from kheo.core.remarks import Answered
from kheo.journal.models import JournalEntry
from kheo.reports.actions import (
    Refusal,
    accept_report,
    answer_remark,
    ask_extension,
    extend_due,
    keep_as_sent,
    move_proposal,
    propose,
    recall_report,
    refuse_extension,
    remark,
    return_report,
    revise_report,
    save_list,
    send_dispatch,
    write_about_dispatch,
    write_phrase,
)
from kheo.reports.models import CellNote, Phrase, Proposal
from kheo.reports.queries.changed_below import changed_below
from tests.two_recipients import dispatch_of, two_recipients
from tests.web.accepting import accept
from tests.world import GOOD, World, fill, later, submit

WRITTEN = "Hỏi chị Hoa, điện thoại 0903 123 456, căn cước 079200001234."
FOUND = "có số điện thoại, số căn cước hoặc chứng minh nhân dân (“0903 123 456”, “079200001234”)."
ADVICE = "Hãy bỏ dữ liệu cá nhân; nếu cần giữ, đánh dấu xác nhận rồi gửi lại."
SOON, UNTIL = later(minutes=30), date(2023, 5, 9)
Act = Callable[[World, str], Any]


@pytest.fixture
def world(db: None) -> World:
    return two_recipients()


def owed(world: World, code: str = "G1") -> Any:
    return world.obligation(code).pk, world.report(code).version


def remarked(world: World, text: str) -> Any:
    submit(world, "G1")
    owes, version = owed(world)
    return remark(owes, target="B02", text=text, version=version, by=world.person("binh"), at=SOON)


def returned(world: World, text: str) -> Any:
    submit(world, "G1")
    owes, version = owed(world)
    return return_report(owes, reason=text, version=version, by=world.person("binh"), at=SOON)


def answered(world: World, text: str) -> Any:
    remarked(world, "Đúng không?")
    owes, version = owed(world)
    return_report(owes, reason="Xem lại.", version=version, by=world.person("binh"), at=SOON)
    return answer_remark(owes, target="B02", kind=Answered.KEPT, text=text, by=world.person("an"), at=SOON)


def recalled(world: World, text: str) -> Any:
    submit(world, "G1")
    owes, version = owed(world)
    return recall_report(owes, reason=text, version=version, by=world.person("hoa"), at=SOON)


def revised(world: World, text: str) -> Any:
    accept(world, "G1")
    owes, version = owed(world)
    return revise_report(owes, reason=text, version=version, by=world.person("hoa"), at=SOON)


def kept(world: World, text: str) -> Any:
    submit(world, "D1")
    accept(world, "G1")
    found = changed_below(world.obligation("D1"), world.report("D1"))
    assert found
    return keep_as_sent(world.obligation("D1").pk, reason=text, seal=found.seal, by=world.person("dung"), at=SOON)


def extended(world: World, text: str) -> Any:
    return extend_due([world.obligation("G1").pk], until=UNTIL, reason=text, by=world.person("binh"), at=SOON, is_meant=True)


def asked(world: World, text: str) -> Any:
    return ask_extension(world.obligation("G1").pk, until=UNTIL, reason=text, by=world.person("an"), at=SOON)


def refused(world: World, text: str) -> Any:
    asked(world, "Ngập trụ sở.")
    return refuse_extension(world.obligation("G1").pk, reason=text, by=world.person("binh"), at=SOON)


def proposed(world: World, text: str) -> Any:
    fill(world, "G1", GOOD, by=world.person("an"))
    return propose(world.obligation("G1").pk, section="II", text=text, by=world.person("an"), at=SOON)


def moved(world: World, text: str) -> Any:
    proposed(world, "Xin hướng dẫn.")
    submit(world, "G1")
    proposal = Proposal.objects.get()
    return move_proposal(proposal.pk, Move.ANSWER, text=text, version=proposal.version, by=world.person("binh"), at=SOON)


def asked_about(world: World, text: str) -> Any:
    submit(world, "D1")
    send_dispatch(dispatch_of(world).pk, version=world.report("D1").version, by=world.person("dung"), at=SOON)
    return write_about_dispatch(dispatch_of(world).pk, text=text, by=world.person("phuong"), at=SOON)


ACTS: list[tuple[Act, str]] = [
    (remarked, "Nhận xét"), (returned, "Lý do"), (answered, "Câu trả lời"), (recalled, "Lý do"), (revised, "Lý do"), (kept, "Lý do"),
    (extended, "Lý do"), (asked, "Lý do"), (refused, "Lý do"), (proposed, "Kiến nghị"), (moved, "Lời"), (asked_about, "Lời nhắn"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "name"), ACTS, ids=[act.__name__ for act, _ in ACTS])
def test_asks_first_and_keeps_nothing(world: World, act: Act, name: str) -> None:
    outcome = act(world, WRITTEN)
    assert outcome == Refusal(f"{name} {FOUND} {ADVICE}", asks_to_vouch=True)
    assert not [entry for entry in JournalEntry.objects.all() if "0903" in str(entry.detail)]


@pytest.mark.parametrize(("act", "name"), ACTS, ids=[act.__name__ for act, _ in ACTS])
def test_takes_what_its_writer_vouches_for(world: World, act: Act, name: str) -> None:
    outcome = act(world, Vouched(WRITTEN))
    assert not isinstance(outcome, Refusal), outcome
    told = [entry for entry in JournalEntry.objects.all() if WRITTEN in str(entry.detail)]
    assert told, name


def test_what_was_vouched_for_is_still_held_to_every_other_rule(world: World) -> None:
    outcome = remarked(world, Vouched("0903 123 456 " * 100))
    assert outcome == Refusal("Nhận xét dài 1.299 ký tự, tối đa 1.000.")
    assert CellNote.objects.count() == 0


def test_a_phrase_with_it_is_neither_remembered_nor_taken(world: World) -> None:
    """A remark is about one report; a phrase is put before every reviewer of the unit."""
    remarked(world, Vouched(WRITTEN))
    written = write_phrase(world.units["D1"], kind="remark", text=Vouched(WRITTEN), by=world.person("binh"), at=SOON)
    assert isinstance(written, Refusal)
    assert written.message.startswith(f"Câu này {FOUND[:-1]}. ")
    assert Phrase.objects.count() == 0


def test_a_shared_list_is_not_named_after_a_telephone(world: World) -> None:
    def saved(*, is_shared: bool) -> object:
        unit, binh = world.units["D1"], world.person("binh")
        return save_list(unit, name="Gọi 0903 123 456", query="han=nop-tre&", is_shared=is_shared, by=binh, at=SOON)

    assert isinstance(saved(is_shared=True), Refusal)
    assert not isinstance(saved(is_shared=False), Refusal)


def test_accepting_says_nothing_and_asks_nothing(world: World) -> None:
    submit(world, "G1")
    owes, version = owed(world)
    assert not isinstance(accept_report(owes, version=version, by=world.person("binh"), at=SOON), Refusal)
