"""The recipient's officer puts what a unit sent by e-mail into the unit's draft; the head of the unit still signs."""

import pytest

from kheo.core.workflow import Act
from kheo.journal.models import JournalEntry
from kheo.reports.actions import Change, Draft, Receipt, Refusal, Saved, return_report, store_draft, submit_report
from kheo.reports.queries.verifying import faults
from tests.world import GOOD, World, later, submit

CELLS = {key: Change("", value) for key, value in GOOD.items()}
WORDS = {"I": Change("", "Đã triển khai tốt.")}


def enter(world: World, who: str, act: Act = Act.ENTER) -> Saved | Refusal:
    draft = Draft(world.obligation("G1").pk, CELLS, WORDS, act, workbook="ab" * 32)
    return store_draft(draft, by=world.person(who), at=later(minutes=5))


def test_the_draft_is_the_units_and_the_journal_names_who_entered_it_and_from_which_file(world: World) -> None:
    assert isinstance(enter(world, "binh"), Saved)
    report = world.report("G1")
    assert (report.state, report.figures, report.updated_by) == ("draft", GOOD, "Lê Văn Bình")
    entry = JournalEntry.objects.latest("number")
    assert (entry.act, entry.post, entry.unit_id) == ("enter_draft", "Cán bộ tổng hợp, Liên đoàn Lao động Quận 1", world.units["G1"])
    assert entry.detail["workbook"] == "ab" * 32
    assert list(faults()) == []


def test_the_head_of_the_unit_signs(world: World) -> None:
    enter(world, "binh")
    owed, version = world.obligation("G1").pk, world.report("G1").version
    assert isinstance(submit_report(owed, version=version, by=world.person("binh"), at=later(minutes=6)), Refusal)
    assert isinstance(submit_report(owed, version=version, by=world.person("hoa"), at=later(minutes=7)), Receipt)


@pytest.mark.parametrize("who", ["an", "hoa", "bich", "lan", "chi", "kien", "quan"])
def test_nobody_but_the_recipients_reviewers_may(world: World, who: str) -> None:
    assert enter(world, who) == Refusal("Anh/chị không có quyền nhập hộ đơn vị báo cáo này.")


@pytest.mark.parametrize("who", ["binh", "chi", "quan"])
def test_nor_may_they_save_as_the_unit(world: World, who: str) -> None:
    assert enter(world, who, Act.SAVE) == Refusal("Anh/chị không có quyền lưu báo cáo này.")


def test_into_what_was_sent_nothing_is_entered_and_into_what_came_back_it_is(world: World) -> None:
    submit(world, "G1", {**GOOD, "B02": 6})
    assert enter(world, "binh") == Refusal("Không nhập hộ đơn vị được: báo cáo đang ở trạng thái “Đã nộp”.")
    owed, version = world.obligation("G1").pk, world.report("G1").version
    return_report(owed, reason="B02?", version=version, by=world.person("binh"), at=later(minutes=1))
    draft = Draft(owed, {"B02": Change(6, 5)}, {}, Act.ENTER)
    assert isinstance(store_draft(draft, by=world.person("binh"), at=later(minutes=5)), Saved)
    assert (world.report("G1").state, world.report("G1").figures["B02"]) == ("returned", 5)
