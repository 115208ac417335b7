"""Many drafts in one transaction leave behind exactly what they would have left one by one."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kheo.core.workflow import Act
from kheo.journal.models import JournalEntry
from kheo.journal.queries import broken_link, hashed_record
from kheo.reports.actions import Change, Draft, Refusal, Saved, save_drafts, store_draft
from kheo.reports.models import Obligation, Report
from kheo.reports.queries.verifying import faults
from tests.world import GOOD, World, fill, head_of, later, submit


def drafts(world: World, act: Act = Act.ENTER) -> list[Draft]:
    """G1 is new, G2 changes what stands (and meets one conflict), G3 was sent, D1 is not Bình's to enter."""
    cells = {key: Change("", value) for key, value in GOOD.items()}
    changed = {"B02": Change(5, 7), "C201": Change(99, 1), "C202": Change(9, "")}
    words = {"I": Change("", 'Đã triển khai "tốt",\n1 < 2 & ổn.')}
    told = {"I": Change("Đã triển khai tốt.", "Viết lại.")}
    return [
        Draft(world.obligation("G1").pk, cells, words, act, workbook="aa" * 32),
        Draft(world.obligation("G2").pk, changed, told, act, version=1),
        Draft(world.obligation("G3").pk, changed, {}, act),
        Draft(world.obligation("D1").pk, cells, {}, act),
    ]


def prepared(world: World) -> None:
    fill(world, "G2", GOOD, by=head_of(world, "G2"))
    submit(world, "G3")


def left_behind() -> list[Any]:
    """Everything that a draft leaves: reports and journal, without what a sequence counts."""
    reports = [{name: value for name, value in row.items() if name != "id"} for row in Report.objects.order_by("obligation_id").values()]
    return [reports, [(hashed_record(entry), entry.previous_hash, entry.hash) for entry in JournalEntry.objects.order_by("number")]]


def test_the_effect_is_that_of_saving_one_by_one(world: World) -> None:
    prepared(world)
    by, at = world.person("binh"), later(minutes=5)
    with transaction.atomic():
        single = [store_draft(draft, by=by, at=at) for draft in drafts(world)]
        expected = left_behind()
        transaction.set_rollback(True)
    assert save_drafts(drafts(world), by=by, at=at) == single
    assert left_behind() == expected
    assert [type(each) for each in single] == [Saved, Saved, Refusal, Refusal]
    assert (broken_link(), list(faults())) == (None, [])


def test_the_number_of_statements_does_not_grow(world: World) -> None:
    prepared(world)
    by = world.person("binh")

    def statements(many: list[Draft]) -> int:
        with transaction.atomic():
            with CaptureQueriesContext(connection) as captured:
                save_drafts(many, by=by, at=later(minutes=5))
            transaction.set_rollback(True)
        return len(captured)

    everything = drafts(world)
    statements(everything)
    assert statements(everything[:2]) == statements(everything)


def test_nothing_is_kept_when_one_of_them_is_no_draft_at_all(world: World) -> None:
    wrong = Draft(world.obligation("G2").pk, {"X99": Change("", 1)}, {}, Act.ENTER)
    with pytest.raises(ValueError, match="no such cell"):
        save_drafts([drafts(world)[0], wrong], by=world.person("binh"), at=later())
    assert not Report.objects.exists()


def test_the_same_obligation_twice_is_a_fault_of_the_caller(world: World) -> None:
    with pytest.raises(ValueError, match="twice"):
        save_drafts([drafts(world)[0]] * 2, by=world.person("binh"), at=later())


def test_an_obligation_that_is_not_there_stops_everything(world: World) -> None:
    with pytest.raises(Obligation.DoesNotExist):
        save_drafts([drafts(world)[0], Draft(987_654_321, {}, {})], by=world.person("binh"), at=later())
    assert not Report.objects.exists()


def test_no_drafts_change_nothing(world: World) -> None:
    rows = JournalEntry.objects.count()
    assert save_drafts([], by=world.person("binh"), at=later()) == []
    assert JournalEntry.objects.count() == rows
