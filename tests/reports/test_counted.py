"""Cells that a register counts: what is asked of them, what is kept when they are sent, and how they drift afterwards."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.chain import content_hash, link_hash
from kheo.core.checking import CellProblem
from kheo.org.queries import snapshot_units
from kheo.registers.actions import Made, edit_entry
from kheo.registers.models import Entry
from kheo.registers.queries import held
from kheo.registers.queries.definitions import Book
from kheo.reports.actions import Change, Receipt, Refusal, save_draft, submit_report
from kheo.reports.models import Revision
from kheo.reports.queries.counted import counted_for, counted_of
from kheo.reports.queries.counted_lists import counted_list
from kheo.reports.queries.counted_since import last_counted
from kheo.reports.queries.drift import behind, causes_of, counted_as_sent
from kheo.reports.queries.filling import draft, sheet
from kheo.reports.queries.verifying import faults
from kheo.reports.queries.workbooks import workbook_order, workbook_orders
from tests.counted import COUNTED, FOLLOWED, KEPT, SUBJECTS, counting_campaign, counting_world, drifts_of, sent_entry, three_sent
from tests.registers.entries import FILLED, done, made
from tests.world import GOOD, World, fill, later, small_world, submit

World_ = tuple[World, Book]


@pytest.fixture
def counting(db: None) -> World_:
    return counting_world()


def write(world: World, figures: dict[str, Any]) -> None:
    fill(world, "G1", figures, by=world.person("an"), at=later(2))


def send(world: World) -> Receipt | Refusal:
    report = world.report("G1")
    return submit_report(world.obligation("G1").pk, version=report.version, by=world.person("hoa"), at=later(3))


def sent(world: World, figures: dict[str, Any]) -> Revision:
    write(world, figures)
    assert isinstance(send(world), Receipt)
    latest = world.report("G1").latest
    assert latest
    return latest


def explain(world: World, key: str, words: str) -> None:
    save_draft(world.obligation("G1").pk, cells={}, sections={}, explanations={key: Change("", words)}, by=world.person("an"), at=later(2))


def asked(world: World) -> list[CellProblem]:
    found = draft(world.obligation("G1")).standing.problems
    return [each for each in found if each.severity in ("explain", "explained")]


def test_a_unit_that_keeps_no_register_types_as_ever(counting: World_) -> None:
    world, found = counting
    three_sent(world, found)
    assert counted_of(world.obligation("G2")) == {}
    assert {key: each.number for key, each in counted_of(world.obligation("G1")).items()} == COUNTED


def test_the_entries_of_one_unit_are_put_together_once_and_those_of_many_are_read_where_they_stand(
    counting: World_, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, found = counting
    three_sent(world, found)
    counted = []
    for few in (held.FEW_UNITS, 0):
        monkeypatch.setattr(held, "FEW_UNITS", few)
        with CaptureQueriesContext(connection) as captured:
            counted.append(counted_of(world.obligation("G1")))
        reads = [each["sql"].count(" FROM registers_entry WHERE") for each in captured if "registers_entry WHERE" in each["sql"]]
        assert (reads == [1]) is (few > 0)
    assert counted[0] == counted[1]


def test_who_was_given_an_entry_of_another_unit_counts_none_of_its_own(counting: World_) -> None:
    world, found = counting
    entry = sent_entry(world, found, at=later(1))
    done(entry, "giao", world.person("binh"), later(2), handler=world.units["G2"])
    assert Entry.objects.get(pk=entry.pk).handler_id == world.units["G2"]
    assert counted_of(world.obligation("G2")) == {}
    assert counted_of(world.obligation("G1"))["B01.KT"].number == 1


def test_a_register_whose_only_entry_was_cancelled_is_not_kept(counting: World_) -> None:
    world, found = counting
    entry = sent_entry(world, found, at=later(1))
    done(entry, "huy", world.person("hoa"), later(2), reason="Ghi nhầm")
    assert counted_of(world.obligation("G1")) == {}


def test_a_campaign_whose_register_is_not_published_counts_nothing(db: None) -> None:
    world = small_world(campaign=counting_campaign())
    assert counted_of(world.obligation("G1")) == {}


def test_numbers_that_follow_ask_nothing(counting: World_) -> None:
    world, found = counting
    three_sent(world, found)
    write(world, FOLLOWED)
    assert asked(world) == []
    assert isinstance(send(world), Receipt)


def test_refuses_another_number_without_a_reason_and_names_every_cell(counting: World_) -> None:
    world, found = counting
    three_sent(world, found)
    write(world, {**FOLLOWED, "B01.KT": 5, "B02": None})
    refused = send(world)
    assert isinstance(refused, Refusal)
    assert refused.message == "Chưa nộp được: còn 2 chỗ phải giải trình."
    assert [(each.target, each.message) for each in refused.problems if each.blocks] == [
        (
            "explain:B01.KT",
            "B01 Mô hình đăng ký – Kinh tế: sổ “Sổ nhỏ” đếm được 2, ô này ghi 5. Lấy số của sổ, hoặc ghi một dòng vì sao khác.",
        ),
        (
            "explain:B02",
            "B02 Mô hình đang duy trì: sổ “Sổ nhỏ” đếm được 0, ô này ghi “chưa có số liệu”. Lấy số của sổ, hoặc ghi một dòng vì sao khác.",
        ),
    ]


def test_where_nothing_is_counted_not_applicable_is_no_other_answer(counting: World_) -> None:
    world, found = counting
    three_sent(world, found)
    write(world, {**FOLLOWED, "B02": "na"})
    assert asked(world) == []
    write(world, {**FOLLOWED, "B01.VH": "na"})
    assert [each.target for each in asked(world)] == ["explain:B01.VH"]


def test_a_reason_lets_it_go_and_both_numbers_are_kept(counting: World_) -> None:
    world, found = counting
    entries = three_sent(world, found)
    write(world, {**FOLLOWED, "B01.KT": 5})
    explain(world, "B01.KT", "Ba mô hình của chi nhánh chưa ghi vào sổ.")
    assert [each.severity for each in asked(world)] == ["explained"]
    assert isinstance(send(world), Receipt)
    revision, owed = world.report("G1").latest, world.obligation("G1")
    assert revision
    assert revision.enclosures
    assert revision.enclosures["explanations"] == {"B01.KT": "Ba mô hình của chi nhánh chưa ghi vào sổ."}
    kept = revision.enclosures["counted"]["B01.KT"]
    stands = {"register": "so-nho", "number": 2, "entries": [[entries[0].pk, 1], [entries[1].pk, 1]]}
    assert kept == {**stands, "hash": content_hash(stands)}
    assert (revision.figures["B01.KT"], counted_as_sent(revision)["B01.KT"].number) == (5, 2)
    assert revision.hash == link_hash(revision.previous_hash, revision.hashed_record(owed))
    revision.enclosures["counted"]["B01.KT"]["entries"].pop()
    assert revision.hash != link_hash(revision.previous_hash, revision.hashed_record(owed))
    assert list(faults()) == []


def test_what_was_sent_before_registers_were_kept_has_nothing_behind_it(counting: World_) -> None:
    world, found = counting
    revision = sent(world, GOOD)
    three_sent(world, found)
    assert counted_as_sent(revision) == {}
    assert behind(world.obligation("G1"), revision).counted == {}


def test_a_cancelled_entry_is_told_with_its_reason_and_what_was_sent_stays(counting: World_) -> None:
    world, found = counting
    entries = three_sent(world, found)
    revision = sent(world, FOLLOWED)
    assert drifts_of(world.obligation("G1"), revision) == {}
    done(entries[0], "huy", world.person("hoa"), later(days=3), reason="Trùng hồ sơ")
    owed = world.obligation("G1")
    assert behind(owed, revision).drift == {"B01.KT": "nộp 2, nay 1: 1 hồ sơ bị thu hồi"}
    (changed,) = causes_of(owed, revision, drifts_of(owed, revision))["B01.KT"]
    assert (changed.entry.pk, changed.then, changed.now, changed.cause) == (entries[0].pk, 1, None, "withdrawn")
    assert (changed.act, changed.reason) == ("Hủy", "Trùng hồ sơ")
    fresh = Revision.objects.get(pk=revision.pk)
    assert (fresh.hash, fresh.figures, fresh.enclosures) == (revision.hash, revision.figures, revision.enclosures)


def test_what_a_report_that_was_sent_still_counts_is_known_with_its_day(counting: World_) -> None:
    """Their proofs must not go (decision 040); what only a replaced revision counted is proof of nothing any more."""
    world, found = counting
    entries = three_sent(world, found)
    numbers = [each.pk for each in entries]
    assert last_counted(numbers) == {}
    sent(world, FOLLOWED)
    assert last_counted(numbers) == dict.fromkeys(numbers, later(3).date())
    assert last_counted(numbers[:1]) == {numbers[0]: later(3).date()}
    assert last_counted([]) == {}


def test_an_edit_moves_an_entry_from_one_cell_to_another(counting: World_) -> None:
    world, found = counting
    entry = three_sent(world, found)[0]
    revision = sent(world, FOLLOWED)
    entry.refresh_from_db()
    done_ = edit_entry(entry.pk, {**FILLED, "linh_vuc": "VH"}, version=entry.version, by=world.person("an"), at=later(9))
    assert isinstance(done_, Made)
    assert behind(world.obligation("G1"), revision).drift == {
        "B01.KT": "nộp 2, nay 1: 1 hồ sơ được sửa",
        "B01.VH": "nộp 1, nay 2: 1 hồ sơ được sửa",
    }


def test_an_entry_recorded_late_and_one_approved_later_are_told_apart(counting: World_) -> None:
    world, found = counting
    entries = three_sent(world, found)
    revision = sent(world, FOLLOWED)
    sent_entry(world, found, "VH", at=later(9))
    done(entries[2], "duyet", world.person("binh", later(9)), later(9), ket_qua=1)
    assert behind(world.obligation("G1"), revision).drift == {
        "B01.VH": "nộp 1, nay 2: 1 hồ sơ ghi sau khi nộp",
        "B02": "nộp 0, nay 1: 1 hồ sơ đổi trạng thái",
    }


def test_of_a_cell_that_did_not_follow_the_drift_is_that_of_the_register(counting: World_) -> None:
    world, found = counting
    entries = three_sent(world, found)
    write(world, {**FOLLOWED, "B01.KT": 5})
    explain(world, "B01.KT", "Ba mô hình của chi nhánh chưa ghi vào sổ.")
    assert isinstance(send(world), Receipt)
    done(entries[0], "huy", world.person("hoa"), later(days=3), reason="Trùng hồ sơ")
    told = behind(world.obligation("G1"), world.report("G1").latest).drift
    assert told == {"B01.KT": "lúc nộp sổ đếm 2, nay 1: 1 hồ sơ bị thu hồi"}


def test_the_act_that_is_told_is_the_last_one_and_of_what_was_recorded_late_that_it_was_recorded(counting: World_) -> None:
    world, found = counting
    entries = three_sent(world, found)
    revision, owed = sent(world, FOLLOWED), world.obligation("G1")
    changed = edit_entry(entries[0].pk, {**FILLED, "so_nguoi": 41}, version=entries[0].version, by=world.person("an"), at=later(9))
    assert isinstance(changed, Made)
    done(entries[0], "huy", world.person("hoa"), later(days=3), reason="Trùng hồ sơ")
    late = sent_entry(world, found, at=later(days=3))
    causes = causes_of(owed, revision, drifts_of(owed, revision))["B01.KT"]
    assert [(each.entry.pk, each.cause, each.act, each.who) for each in causes] == [
        (entries[0].pk, "withdrawn", "Hủy", "Trần Thị Hoa"),
        (late.pk, "late", "ghi mới", "Nguyễn Thị An"),
    ]


def test_a_number_of_subjects_drifts_also_while_every_entry_adds_what_it_added(db: None) -> None:
    """Two entries turn out to be those of one person: it is one subject, and neither entry is gone."""
    world, found = counting_world(counting_campaign().replace(KEPT, SUBJECTS), counted=("chu_the", "ten_chu_the"))
    named = [made(found, world, at=later(1), chu_the="individual", ten_chu_the=name) for name in ("Tạ Thị Tư", "Tạ Tư")]
    for entry in named:
        done(entry, "gui", world.person("an"), later(1))
    revision = sent(world, {**GOOD, "B01.KT": 2, "B01.VH": 0, "B02": 2})
    same = {**FILLED, "chu_the": "individual", "ten_chu_the": "Tạ Thị Tư"}
    entry = Entry.objects.get(pk=named[1].pk)
    assert isinstance(edit_entry(entry.pk, same, version=entry.version, by=world.person("an"), at=later(9)), Made)
    assert behind(world.obligation("G1"), revision).drift == {"B02": "nộp 2, nay 1"}


def test_the_list_of_a_cell_that_nothing_counted_when_it_was_sent_or_that_still_counts_the_same_tells_no_drift(counting: World_) -> None:
    world, found = counting
    sent(world, GOOD)
    three_sent(world, found)
    listed = counted_list(world.obligation("G1"), world.report("G1"), "B01.KT", 1)
    assert listed
    assert (listed.cell.number, listed.sent, listed.drift, listed.changed) == (2, None, "", ())
    own = sent_entry(world, found, who="chi", unit="G4", at=later(1))
    submit(world, "G4", {**GOOD, "B01.KT": 1, "B01.VH": 0, "B02": 0}, at=later(3))
    listed = counted_list(world.obligation("G4"), world.report("G4"), "B01.KT", 1)
    assert listed
    assert listed.sent is not None
    assert ([row.entry for row in listed.rows], listed.drift, listed.changed) == ([own], "", ())


def test_the_list_behind_a_cell_is_its_number(counting: World_) -> None:
    world, found = counting
    entries = three_sent(world, found)
    owed = world.obligation("G1")
    listed = counted_list(owed, None, "B01.KT", 1)
    assert listed
    assert [each.entry.pk for each in listed.rows] == [entries[1].pk, entries[0].pk]
    assert (listed.cell.number, listed.total, listed.drift) == (2, 2, "")
    assert counted_list(owed, None, "C201", 1) is None
    assert counted_list(world.obligation("G2"), None, "B01.KT", 1) is None


def test_the_page_counts_in_as_many_queries_for_one_entry_as_for_many(counting: World_) -> None:
    world, found = counting
    sent_entry(world, found, at=later(1))
    owed = world.obligation("G1")

    def queries() -> int:
        counted_of(owed)
        with CaptureQueriesContext(connection) as captured:
            sheet(owed, None)
        return len(captured)

    before = queries()
    three_sent(world, found)
    assert queries() == before


def test_many_reports_are_counted_at_once(counting: World_) -> None:
    world, found = counting
    three_sent(world, found)
    sent_entry(world, found, who="chi", unit="G4", at=later(1))
    owed = [world.obligation(code) for code in ("G1", "G2", "G4")]
    costs = []
    for many in (owed[:1], owed):
        with CaptureQueriesContext(connection) as captured:
            counted = counted_for(many)
        costs.append(len(captured))
    assert costs == [5, 5]
    assert [{key: each.number for key, each in counted[each.pk].items()} for each in owed] == [
        COUNTED,
        {},
        {"B01.KT": 1, "B01.VH": 0, "B02": 0},
    ]


def test_a_workbook_comes_filled_with_what_is_counted_where_nothing_stands(counting: World_) -> None:
    world, found = counting
    three_sent(world, found)
    unit = snapshot_units(world.cycle.snapshot_id, [world.units["G1"]])[world.units["G1"]]
    assert workbook_order(world.obligation("G1"), unit, None, later(2)).figures == COUNTED
    write(world, {"B01.KT": 7})
    assert workbook_order(world.obligation("G1"), unit, world.report("G1"), later(2)).figures == {**COUNTED, "B01.KT": 7}
    (ordered,) = [each for each in workbook_orders(world.cycle, world.units["D1"], later(2)) if each.unit.unit_id == unit.unit_id]
    assert ordered.order.figures == {**COUNTED, "B01.KT": 7}


def test_drift_costs_as_many_queries_for_one_entry_as_for_many(counting: World_) -> None:
    world, found = counting
    entries = three_sent(world, found)
    revision = sent(world, FOLLOWED)
    done(entries[0], "huy", world.person("hoa"), later(days=3), reason="Trùng")
    owed = world.obligation("G1")

    def queries() -> int:
        behind(owed, revision)
        with CaptureQueriesContext(connection) as captured:
            behind(owed, revision)
        return len(captured)

    before = queries()
    for entry in entries[1:]:
        done(Entry.objects.get(pk=entry.pk), "huy", world.person("hoa"), later(days=3), reason="Trùng")
    assert queries() == before
