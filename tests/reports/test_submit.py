"""Submitting a report."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from kheo.core.chain import START
from kheo.core.days import due_instant
from kheo.core.rollup import unpack
from kheo.core.timeliness import Timeliness
from kheo.journal.models import JournalEntry
from kheo.reports.actions import Done, Receipt, Refusal, accept_report, return_report, submit_report
from kheo.reports.models import Revision
from tests.world import GOOD, OPENING, World, fill, head_of, later, submit


def send(world: World, who: str, at: datetime = OPENING, version: int | None = None) -> Receipt | Refusal:
    owed = world.obligation("G1")
    return submit_report(owed.pk, version=world.report("G1").version if version is None else version, by=world.person(who), at=at)


def test_the_head_signs_and_gets_a_receipt_with_number_time_and_hash(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    receipt = send(world, "hoa", later(minutes=7))
    revision = Revision.objects.get()
    assert receipt == Receipt("2023-6T/G1/1", 1, later(minutes=7), world.obligation("G1").due_at, Timeliness.ON_TIME, revision.hash)
    assert (revision.previous_hash, len(revision.hash), revision.figures) == (START, 64, GOOD)
    assert unpack(revision.vector).tolist() == [3, 2, 1, 5, 10, 9, 1]


def test_an_officer_cannot_sign(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    assert send(world, "an") == Refusal("Anh/chị không có quyền nộp báo cáo này.")


def test_refuses_a_missing_figure_and_names_every_one(world: World) -> None:
    fill(world, "G1", {"B01.KT": 2, "C201": 10}, by=world.person("an"))
    refusal = send(world, "hoa")
    assert isinstance(refusal, Refusal)
    assert refusal.message == "Chưa nộp được: còn 4 chỗ phải sửa."
    assert [problem.target for problem in refusal.problems] == ["B01.VH", "B02", "C202", "C501"]
    assert not Revision.objects.exists()


def test_refuses_figures_that_contradict_each_other_and_names_the_cells(world: World) -> None:
    fill(world, "G1", GOOD | {"C202": 11}, by=world.person("an"))
    refusal = send(world, "hoa")
    assert isinstance(refusal, Refusal)
    problem = refusal.problems[0]
    assert problem.message == "Số trả lời đúng hạn (11) lớn hơn số tiếp nhận (10)."
    assert {problem.target, *problem.others} == {"C202", "C201"}


def test_a_question_does_not_block(world: World) -> None:
    fill(world, "G1", GOOD | {"B02": 1}, by=world.person("an"))
    assert isinstance(send(world, "hoa"), Receipt)


def test_a_blank_said_openly_is_an_answer(world: World) -> None:
    fill(world, "G1", dict.fromkeys(GOOD), by=world.person("an"))
    assert isinstance(send(world, "hoa"), Receipt)


def test_a_missing_required_section_is_named(world: World) -> None:
    from kheo.reports.actions import Change, save_draft

    fill(world, "G1", GOOD, by=world.person("an"))
    save_draft(world.obligation("G1").pk, cells={}, sections={"I": Change("Đã triển khai tốt.", " ")}, by=world.person("an"), at=OPENING)
    refusal = send(world, "hoa")
    assert isinstance(refusal, Refusal)
    assert [problem.target for problem in refusal.problems if problem.severity == "error"] == ["section:I"]


def test_a_report_in_which_nothing_was_ever_written_is_refused(world: World) -> None:
    refusal = submit_report(world.obligation("G1").pk, version=0, by=world.person("hoa"), at=OPENING)
    assert refusal == Refusal("Không nộp được: báo cáo đang ở trạng thái “Chưa bắt đầu”.")


def test_sending_the_same_form_twice_gives_the_same_receipt_and_one_revision(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    version = world.report("G1").version
    first = send(world, "hoa", later(minutes=1), version)
    rows = JournalEntry.objects.count()
    second = send(world, "hoa", later(minutes=2), version)
    assert first == second
    assert isinstance(second, Receipt)
    assert second.is_repeat
    assert (Revision.objects.count(), JournalEntry.objects.count()) == (1, rows)


def test_a_stale_form_is_refused_with_what_changed(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("hoa"))
    version = world.report("G1").version
    fill(world, "G1", {"B02": 6}, by=world.person("an"), at=later(minutes=30))
    refusal = send(world, "hoa", later(minutes=31), version)
    assert isinstance(refusal, Refusal)
    assert refusal.changes == ("09:30 01/04/2023, Nguyễn Thị An lưu bản nháp: B02 Mô hình đang duy trì: 5 → 6",)
    assert not Revision.objects.exists()


def test_only_the_form_that_was_sent_gets_its_receipt_again_and_only_while_nothing_was_decided(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    old = world.report("G1").version
    fill(world, "G1", {"B02": 6}, by=world.person("an"), at=later(minutes=1))
    current = world.report("G1").version
    assert isinstance(send(world, "hoa", later(minutes=2), current), Receipt)
    of_older_form = send(world, "hoa", later(minutes=3), old)
    assert isinstance(of_older_form, Refusal), "what it shows is not what was sent"
    assert of_older_form.changes
    binh, owed = world.person("binh"), world.obligation("G1").pk
    back = return_report(owed, version=world.report("G1").version, reason="Xem lại", by=binh, at=later(minutes=4))
    assert isinstance(back, Done), back
    again = send(world, "hoa", later(minutes=5), current)
    assert isinstance(again, Refusal), "a receipt would say that it is with its recipient"
    assert "trả lại" in again.changes[-1]
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(("offset", "on_time"), [(-1, True), (0, False)])
def test_on_time_is_the_servers_receipt_before_midnight_of_the_due_day(world: World, offset: int, on_time: bool) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    receipt = send(world, "hoa", world.obligation("G1").due_at + timedelta(microseconds=offset))
    assert isinstance(receipt, Receipt)
    assert receipt.on_time is on_time
    assert world.obligation("G1").due_at == due_instant(datetime(2023, 5, 8).date())  # noqa: DTZ001


def test_what_was_sent_stays_as_sent(world: World) -> None:
    submit(world, "G1")
    for change in ({"figures": {}}, {"hash": "0" * 64}, {"submitted_at": OPENING}):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            Revision.objects.update(**change)
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        connection.cursor().execute("DELETE FROM reports_revision")


def test_a_parents_submission_remembers_the_sums_it_stood_on(world: World) -> None:
    submit(world, "G1")
    submit(world, "G2", GOOD | {"C501": None})
    for code in ("G1", "G2"):
        accept_report(world.obligation(code).pk, version=world.report(code).version, by=world.person("binh"), at=OPENING)
    submit(world, "D1", GOOD | {"B02": 100})
    below = Revision.objects.get(report=world.report("D1")).below
    assert below == {
        "expected": 3,
        "reported": 2,
        "values": {"B01": 6, "B01.KT": 4, "B01.VH": 2, "B02": 10, "C201": 20, "C202": 18, "C501": 1},
    }


def test_a_leaf_stands_on_nothing(world: World) -> None:
    submit(world, "G1")
    assert Revision.objects.get().below is None
    assert head_of(world, "G1")


def test_a_breakdown_whose_total_leaves_thirteen_digits_is_refused(world: World) -> None:
    fill(world, "G1", GOOD | {"B01.KT": 10**13 - 1, "B01.VH": 1}, by=world.person("an"))
    refusal = send(world, "hoa")
    assert isinstance(refusal, Refusal)
    assert [(problem.target, problem.message) for problem in refusal.problems if problem.severity == "error"] == [
        ("B01", "B01 Mô hình đăng ký: tổng các phần vượt 13 chữ số. Kiểm tra lại số liệu và đơn vị tính.")
    ]
