"""Workbooks handed in: matched by what is written in them, stored whole or not at all, harmless when sent twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.figures import Figures
from kheo.documents.unit_workbook import make_workbook
from kheo.files.models import StoredFile
from kheo.journal.models import JournalEntry
from kheo.reports.actions import accept_report, return_report
from kheo.reports.actions.deciding import decline_workbook, store_workbook
from kheo.reports.actions.outcomes import Done, Refusal, Saved
from kheo.reports.actions.reading_in import read_next
from kheo.reports.models import Report, WorkbookBatch, WorkbookFile
from kheo.reports.queries.verifying import faults
from tests.reports.workbooks import WORDS, filled, hand_in, template, typed_into
from tests.world import GOOD, World, fill, later, submit


def outcomes(files: list[WorkbookFile]) -> list[str]:
    return [file.outcome for file in files]


def test_a_filled_workbook_becomes_the_draft_of_the_unit_that_is_written_in_it(world: World) -> None:
    (file,) = hand_in(world, "an", filled(world, "G1"))
    report = world.report("G1")
    assert (file.outcome, file.cells, file.obligation_id, file.problems) == ("stored", 7, world.obligation("G1").pk, [])
    assert (report.state, report.figures, report.narrative) == ("draft", GOOD, WORDS)
    kept = StoredFile.objects.select_related("blob").get()
    entry = JournalEntry.objects.latest("number")
    assert (kept.sender, kept.post) == ("Nguyễn Thị An", "Cán bộ nhập liệu, Công đoàn cơ sở Một")
    assert (entry.act, entry.detail["workbook"]) == ("save_draft", kept.blob.sha256)
    assert list(faults()) == []


def test_blank_not_applicable_and_text_numbers_come_in_as_they_were_meant(world: World) -> None:
    hand_in(world, "an", filled(world, "G1", {"B02": None, "C201": "na", "C202": "1.234", "C501": 0}))
    assert world.report("G1").figures == {"B02": None, "C201": "na", "C202": 1234, "C501": 0}


def test_many_from_e_mail_are_entered_by_the_recipient_each_for_its_own_unit(world: World) -> None:
    files = hand_in(world, "binh", filled(world, "G2"), filled(world, "G1"), filled(world, "G3"))
    assert outcomes(files) == ["stored"] * 3
    assert [world.report(code).updated_by for code in ("G1", "G2", "G3")] == ["Lê Văn Bình"] * 3
    rows = JournalEntry.objects.filter(act="enter_draft").order_by("number")
    assert [row.unit_id for row in rows] == [world.units[code] for code in ("G2", "G1", "G3")]
    assert list(faults()) == []


def test_of_a_file_with_a_cell_that_cannot_be_read_nothing_is_stored(world: World) -> None:
    (file,) = hand_in(world, "an", filled(world, "G1", {**GOOD, "B02": "khoảng năm", "C202": -0.5}))
    assert (file.outcome, file.obligation_id) == ("refused", world.obligation("G1").pk)
    wrong = [each for each in file.problems if each["message"].startswith(("B02", "C202")) and each["expected"]]
    assert [each["message"].split(" ")[0] for each in wrong] == ["B02", "C202"]
    assert all(each["sheet"] == "Số liệu" and each["cell"].startswith("E") for each in wrong)
    assert not Report.objects.exists()


def test_checks_that_fail_may_stay_in_a_draft_as_on_the_page(world: World) -> None:
    (file,) = hand_in(world, "an", filled(world, "G1", {**GOOD, "C202": 11}))
    assert file.outcome == "stored"
    assert any(each["severity"] == "error" for each in file.problems)
    assert world.report("G1").figures["C202"] == 11


@pytest.mark.parametrize("who", ["chi", "bich", "dung"])
def test_a_workbook_of_others_and_one_of_nobody_are_told_the_same(world: World, who: str) -> None:
    from dataclasses import replace

    from kheo.org.queries import snapshot_units
    from kheo.reports.queries.workbooks import workbook_order

    owed = world.obligation("G1")
    order = workbook_order(owed, snapshot_units(world.cycle.snapshot_id, [owed.unit_id])[owed.unit_id], None, later())
    absent = make_workbook(replace(order, unit_code="X9"))
    theirs, nobodys, other_cycle = hand_in(world, who, filled(world, "G1"), absent, make_workbook(replace(order, cycle_code="2019-6T")))
    assert outcomes([theirs, nobodys, other_cycle]) == ["refused"] * 3
    assert theirs.message.replace("G1", "X9") == nobodys.message
    assert (theirs.obligation_id, nobodys.obligation_id, theirs.problems, nobodys.problems) == (None, None, [], [])
    assert "2019-6T" in other_cycle.message
    assert not Report.objects.exists()


def test_what_is_no_workbook_is_refused_with_a_reason_and_disturbs_no_other(world: World) -> None:
    files = hand_in(world, "an", b"", b"mot hai ba", filled(world, "G1"), b"PK\x03\x04hong")
    assert outcomes(files) == ["refused", "refused", "stored", "refused"]
    assert all(file.problems for file in files if file.outcome == "refused")


def test_the_same_file_twice_is_harmless(world: World) -> None:
    data = filled(world, "G1")
    assert outcomes(hand_in(world, "an", data, data)) == ["stored", "same"]
    rows = JournalEntry.objects.filter(act="save_draft").count()
    assert outcomes(hand_in(world, "an", data, minutes=9)) == ["same"]
    assert (world.report("G1").version, JournalEntry.objects.filter(act="save_draft").count()) == (1, rows)


def test_cells_left_empty_in_the_file_wipe_nothing_out(world: World) -> None:
    fill(world, "G1", {"B02": 5}, by=world.person("an"))
    empty = typed_into(template(world, "G2"), {}, {})
    assert empty
    (file,) = hand_in(world, "an", filled(world, "G1", {"C201": 10, "B02": ""}, {}))
    assert file.outcome == "stored"
    assert world.report("G1").figures == {"B02": 5, "C201": 10}


def test_other_answers_in_the_draft_are_replaced_only_when_somebody_says_so(world: World) -> None:
    fill(world, "G1", {"B02": 4}, by=world.person("hoa"))
    (file,) = hand_in(world, "an", filled(world, "G1"))
    assert (file.outcome, file.need, world.report("G1").figures) == ("decide", "overwrite", {"B02": 4})
    saved = store_workbook(file.pk, version=1, reason="", by=world.person("an"), at=later(minutes=9))
    assert isinstance(saved, Saved)
    file.refresh_from_db()
    assert (file.outcome, file.figures, file.decided_by) == ("stored", None, "Nguyễn Thị An")
    assert world.report("G1").figures == GOOD
    again = store_workbook(file.pk, version=2, reason="", by=world.person("an"), at=later(minutes=10))
    assert isinstance(again, Refusal)


def test_a_decision_locks_the_report_before_the_file_as_reading_a_batch_does(world: World) -> None:
    """In two orders the two could wait for each other, and the database would break one of them off."""
    fill(world, "G1", {"B02": 4}, by=world.person("hoa"))
    (file,) = hand_in(world, "an", filled(world, "G1"))
    with CaptureQueriesContext(connection) as queries:
        store_workbook(file.pk, version=1, reason="", by=world.person("an"), at=later(minutes=9))
    locks = [each["sql"] for each in queries if "FOR UPDATE" in each["sql"]]
    first = ["reports_obligation" if "reports_obligation" in sql else "reports_workbook_file" for sql in locks]
    assert (first[0], "reports_workbook_file" in first) == ("reports_obligation", True)


def test_what_was_shown_must_still_stand(world: World) -> None:
    fill(world, "G1", {"B02": 4}, by=world.person("hoa"))
    (file,) = hand_in(world, "an", filled(world, "G1"))
    fill(world, "G1", {"B02": 6}, by=world.person("hoa"))
    refused = store_workbook(file.pk, version=1, reason="", by=world.person("an"), at=later(minutes=9))
    assert isinstance(refused, Refusal)
    assert refused.changes
    assert (world.report("G1").figures["B02"], WorkbookFile.objects.get(pk=file.pk).outcome) == (6, "decide")


def test_over_a_submitted_report_the_head_recalls_with_a_reason_and_nobody_else(world: World) -> None:
    submit(world, "G1")
    (file,) = hand_in(world, "an", filled(world, "G1", {**GOOD, "B02": 8}))
    assert (file.outcome, file.need) == ("decide", "recall")
    version = world.report("G1").version
    for who, reason in (("an", "Sửa."), ("binh", "Sửa."), ("hoa", "")):
        assert isinstance(store_workbook(file.pk, version=version, reason=reason, by=world.person(who), at=later(minutes=9)), Refusal)
    assert (world.report("G1").state, world.report("G1").figures["B02"]) == ("submitted", 5)
    assert isinstance(store_workbook(file.pk, version=version, reason="Sót.", by=world.person("hoa"), at=later(minutes=9)), Saved)
    assert (world.report("G1").state, world.report("G1").figures["B02"]) == ("draft", 8)
    assert list(faults()) == []


def test_over_an_accepted_report_the_head_opens_a_supplement(world: World) -> None:
    submit(world, "G1")
    owed = world.obligation("G1").pk
    accept_report(owed, version=world.report("G1").version, by=world.person("binh"), at=later(minutes=1))
    (file,) = hand_in(world, "binh", filled(world, "G1", {**GOOD, "B02": 8}))
    assert (file.outcome, file.need) == ("decide", "revise")
    version = world.report("G1").version
    assert isinstance(store_workbook(file.pk, version=version, reason="Sót.", by=world.person("an"), at=later(minutes=9)), Refusal)
    assert isinstance(store_workbook(file.pk, version=version, reason="Sót.", by=world.person("hoa"), at=later(minutes=9)), Saved)
    report = world.report("G1")
    assert (report.state, report.reason, report.accepted_id) == ("draft", "Sót.", report.latest_id)
    assert list(faults()) == []


def test_what_was_sent_already_is_nothing_new(world: World) -> None:
    submit(world, "G1")
    assert outcomes(hand_in(world, "an", filled(world, "G1"))) == ["same"]


def test_a_returned_report_takes_the_corrected_file_after_a_look(world: World) -> None:
    submit(world, "G1")
    version = world.report("G1").version
    return_report(world.obligation("G1").pk, reason="B02?", version=version, by=world.person("binh"), at=later(minutes=1))
    (file,) = hand_in(world, "an", filled(world, "G1", {**GOOD, "B02": 8}))
    assert (file.outcome, file.need) == ("decide", "overwrite")
    stored = store_workbook(file.pk, version=world.report("G1").version, reason="", by=world.person("an"), at=later(minutes=9))
    assert isinstance(stored, Saved)
    assert (world.report("G1").state, world.report("G1").figures["B02"]) == ("returned", 8)


def test_a_file_that_is_left_aside_changes_nothing(world: World) -> None:
    fill(world, "G1", {"B02": 4}, by=world.person("hoa"))
    (file,) = hand_in(world, "an", filled(world, "G1"))
    assert decline_workbook(file.pk, by=world.person("hoa"), at=later(minutes=9)) == Done(0)
    file.refresh_from_db()
    assert (file.outcome, file.decided_by, world.report("G1").figures) == ("declined", "Trần Thị Hoa", {"B02": 4})


def test_what_was_decided_is_not_left_aside_afterwards(world: World) -> None:
    fill(world, "G1", {"B02": 4}, by=world.person("hoa"))
    (file,) = hand_in(world, "an", filled(world, "G1"))
    assert isinstance(store_workbook(file.pk, version=1, reason="", by=world.person("an"), at=later(minutes=9)), Saved)
    refused = decline_workbook(file.pk, by=world.person("hoa"), at=later(minutes=10))
    assert isinstance(refused, Refusal)
    assert refused.message == "Tệp này không còn chờ quyết định nữa."
    file.refresh_from_db()
    assert (file.outcome, file.decided_by) == (WorkbookFile.STORED, "Nguyễn Thị An")
    assert not JournalEntry.objects.filter(act="decline_workbook").exists()


def test_a_newer_file_takes_the_place_of_one_that_waits(world: World) -> None:
    fill(world, "G1", {"B02": 4}, by=world.person("hoa"))
    (older,) = hand_in(world, "an", filled(world, "G1", {"B02": 7}))
    (newer,) = hand_in(world, "an", filled(world, "G1", {"B02": 8}), minutes=9)
    older.refresh_from_db()
    assert (older.outcome, newer.outcome) == ("declined", "decide")


def test_a_batch_cut_short_goes_on_where_it_stopped_and_stores_nothing_twice(world: World) -> None:
    files = hand_in(world, "binh", filled(world, "G1"), filled(world, "G2"), filled(world, "G3"), read=False)
    batch, by = files[0].batch_id, world.person("binh")
    assert read_next(batch, by=by, at=later(minutes=6), most=2).left == 1
    assert WorkbookBatch.objects.get(pk=batch).finished_at is None
    assert read_next(batch, by=by, at=later(minutes=7), most=2).left == 0
    assert read_next(batch, by=by, at=later(minutes=8), most=2).read == 0
    assert WorkbookBatch.objects.get(pk=batch).finished_at == later(minutes=7)
    assert JournalEntry.objects.filter(act="enter_draft").count() == 3


def test_a_right_taken_away_before_the_file_is_read_stores_nothing(world: World) -> None:
    from kheo.org.models import Post

    (file,) = hand_in(world, "an", filled(world, "G1"), read=False)
    Post.objects.filter(user=world.users["an"]).update(ends=later(days=1).date())
    read_next(file.batch_id, by=world.person("an", later(days=2)), at=later(days=2))
    file.refresh_from_db()
    assert (file.outcome, Report.objects.exists()) == ("refused", False)


def test_a_note_beside_a_figure_becomes_its_explanation_and_comes_back_in_the_next_workbook(world: World) -> None:
    (file,) = hand_in(world, "an", filled(world, "G1", notes={"B02": "Tăng do có hai đơn vị mới."}))
    assert (file.outcome, file.cells, world.report("G1").explanations) == ("stored", 8, {"B02": "Tăng do có hai đơn vị mới."})
    entry = JournalEntry.objects.latest("number")
    assert entry.detail["explanations"] == {"B02": ["", "Tăng do có hai đơn vị mới."]}
    (same,) = hand_in(world, "an", template(world, "G1"))
    assert (same.outcome, same.cells, world.report("G1").version) == ("same", 0, 1)
    fill(world, "G1", {"B02": 6}, by=world.person("hoa"))
    (other,) = hand_in(world, "an", typed_into(template(world, "G1"), {}, {}, {"B02": "Thêm ba đơn vị."}))
    assert (other.outcome, other.notes) == ("decide", {"B02": "Thêm ba đơn vị."})
    assert list(faults()) == []


def test_another_note_than_that_in_the_draft_waits_for_a_decision_and_an_empty_one_wipes_nothing_out(world: World) -> None:
    hand_in(world, "an", filled(world, "G1", notes={"B02": "Tăng do có hai đơn vị mới."}))
    (empty,) = hand_in(world, "an", filled(world, "G1"))
    (other,) = hand_in(world, "an", filled(world, "G1", notes={"B02": "Do cộng cả quý trước."}))
    assert (empty.outcome, other.outcome, other.need, other.cells) == ("same", "decide", "overwrite", 1)
    assert world.report("G1").explanations == {"B02": "Tăng do có hai đơn vị mới."}
    store_workbook(other.pk, version=1, reason="", by=world.person("an"), at=later(minutes=9))
    other.refresh_from_db()
    assert (other.outcome, other.notes, world.report("G1").explanations) == ("stored", None, {"B02": "Do cộng cả quý trước."})


def test_reading_takes_the_same_statements_for_one_file_and_for_more(world: World) -> None:
    def statements(*codes: str, figures: Figures) -> int:
        waiting = hand_in(world, "binh", *(filled(world, code, figures) for code in codes), read=False)
        with CaptureQueriesContext(connection) as queries:
            read_next(waiting[0].batch_id, by=world.person("binh"), at=later(minutes=6))
        assert len({file.outcome for file in WorkbookFile.objects.filter(batch=waiting[0].batch_id)}) == 1
        return len(queries)

    first = statements("G1", figures=GOOD)  # looks the edition up as well, which is kept
    assert statements("G2", "G3", figures=GOOD) == first - 1
    assert statements("G1", figures={**GOOD, "B02": 3}) == statements("G1", "G2", "G3", figures={**GOOD, "B02": 4})


def test_a_workbook_that_comes_long_after_the_due_date_is_taken_like_any_other(world: World) -> None:
    """No cycle is ever closed to a late report: it counts, and counts as late (decision 016)."""
    (file,) = hand_in(world, "an", filled(world, "G1"), minutes=400 * 24 * 60)
    assert later(minutes=400 * 24 * 60) > world.obligation("G1").due_at
    assert (file.outcome, world.report("G1").figures) == ("stored", GOOD)
