"""Every remark that came back is answered before the report is sent again: by correcting the place, or by a reason to keep it."""

from collections.abc import Mapping

import pytest

from kheo.core.figures import Figure
from kheo.core.remarks import Answered
from kheo.journal.models import JournalEntry
from kheo.reports.actions import (
    Change,
    Done,
    Receipt,
    Refusal,
    Saved,
    accept_report,
    answer_remark,
    remark,
    return_report,
    save_draft,
    settle_remark,
    submit_report,
)
from kheo.reports.models import CellNote, NoteAnswer, NoteSettled
from kheo.reports.queries.remarks import answered, remarks_on, threads
from kheo.reports.queries.verifying import faults
from tests.world import World, later, submit

ASKED = {"B02": "Có thừa một số 0 không?", "C201": "Tăng nhiều, vì sao?", "section:I": "Viết rõ hơn."}


@pytest.fixture
def returned(world: World) -> World:
    """G1 has sent; Bình has remarked on two cells and a paragraph and sent it back."""
    submit(world, "G1")
    send_back(world, ASKED)
    return world


def send_back(world: World, asked: Mapping[str, str], day: int = 1) -> None:
    owed, binh, version = world.obligation("G1").pk, world.person("binh"), world.report("G1").version
    for target, text in asked.items():
        assert isinstance(remark(owed, target=target, text=text, version=version, by=binh, at=later(days=day)), Done)
    assert isinstance(return_report(owed, reason="Xem lại.", version=version, by=binh, at=later(days=day, minutes=5)), Done)


def answer(world: World, target: str, kind: Answered = Answered.KEPT, text: str = "", who: str = "an") -> Done | Refusal:
    return answer_remark(world.obligation("G1").pk, target=target, kind=kind, text=text, by=world.person(who), at=later(days=2))


def change(world: World, who: str = "an", **cells: Figure) -> None:
    before = world.report("G1").figures
    changes = {key: Change(before[key], value) for key, value in cells.items()}
    saved = save_draft(world.obligation("G1").pk, cells=changes, sections={}, by=world.person(who), at=later(days=2))
    assert isinstance(saved, Saved)


def send(world: World, day: int = 3) -> Receipt | Refusal:
    version = world.report("G1").version
    return submit_report(world.obligation("G1").pk, version=version, by=world.person("hoa"), at=later(days=day))


def replies(world: World) -> dict[str, tuple[str, str, str]]:
    found = remarks_on(world.report("G1"))
    return {key: (each.reply.kind.value, each.reply.text, each.reply.author) for key, each in found.items() if each.reply}


def test_sending_again_is_refused_with_every_place_that_has_no_answer(returned: World) -> None:
    refused = send(returned)
    assert isinstance(refused, Refusal)
    assert [(each.target, each.message) for each in refused.problems if "nhận xét" in each.message] == [
        ("B02", "B02 Mô hình đang duy trì: nhận xét chưa được trả lời."),
        ("C201", "C201 Ý kiến tiếp nhận: nhận xét chưa được trả lời."),
        ("section:I", "Mục I. Kết quả nổi bật: nhận xét chưa được trả lời."),
    ]
    assert returned.report("G1").state == "returned"


def test_correcting_the_place_answers_by_itself(returned: World) -> None:
    change(returned, B02=4)
    assert replies(returned) == {"B02": ("corrected", "", "Nguyễn Thị An")}


def test_setting_it_back_takes_the_answer_back(returned: World) -> None:
    change(returned, B02=4)
    change(returned, B02=5)
    assert replies(returned) == {}
    assert list(faults()) == []


def test_keeping_it_needs_a_reason(returned: World) -> None:
    refused = answer(returned, "C201", text="  ")
    assert isinstance(refused, Refusal)
    assert refused.message == "C201 Ý kiến tiếp nhận: hãy nói rõ vì sao giữ nguyên."
    assert isinstance(answer(returned, "C201", text="Đã đối chiếu sổ."), Done)
    assert replies(returned) == {"C201": ("kept", "Đã đối chiếu sổ.", "Nguyễn Thị An")}


def test_corrected_is_refused_where_nothing_was_changed(returned: World) -> None:
    refused = answer(returned, "B02", Answered.CORRECTED)
    assert isinstance(refused, Refusal)
    assert "chỗ này vẫn như lần nộp trước" in refused.message
    assert NoteAnswer.objects.count() == 0


def test_kept_is_refused_where_something_was_changed(returned: World) -> None:
    change(returned, B02=4)
    refused = answer(returned, "B02", Answered.KEPT, "Đúng rồi")
    assert isinstance(refused, Refusal)
    assert "đã được sửa" in refused.message


def test_a_place_kept_and_then_corrected_is_corrected(returned: World) -> None:
    assert isinstance(answer(returned, "B02", text="Đúng"), Done)
    change(returned, B02=4)
    assert replies(returned)["B02"] == ("corrected", "", "Nguyễn Thị An")


def test_a_corrected_place_may_be_explained(returned: World) -> None:
    change(returned, B02=4)
    assert isinstance(answer(returned, "B02", Answered.CORRECTED, "Thừa một số 0", who="hoa"), Done)
    assert replies(returned) == {"B02": ("corrected", "Thừa một số 0", "Trần Thị Hoa")}


def test_changing_a_part_answers_the_remark_on_its_total(world: World) -> None:
    submit(world, "G1")
    send_back(world, {"B01": "Xem lại tổng."})
    change(world, **{"B01.KT": 3})
    assert set(replies(world)) == {"B01"}


def test_nothing_was_remarked_there(returned: World) -> None:
    assert answer(returned, "C501", text="Đúng") == Refusal("Chỗ này không có nhận xét nào phải trả lời.")


def test_only_the_unit_answers(returned: World) -> None:
    for who in ("binh", "dung", "bich", "kien", "chi", "quan"):
        refused = answer(returned, "B02", text="Đúng", who=who)
        assert isinstance(refused, Refusal)
        assert refused.message == "Anh/chị không có quyền trả lời nhận xét báo cáo này."
    assert NoteAnswer.objects.count() == 0


def test_the_same_answer_twice_is_one(returned: World) -> None:
    answer(returned, "B02", text="Đúng")
    version, rows = returned.report("G1").version, JournalEntry.objects.count()
    assert answer(returned, "B02", text="Đúng") == Done(version)
    assert JournalEntry.objects.count() == rows


def test_the_answers_are_frozen_with_what_is_sent(returned: World) -> None:
    answer(returned, "C201", text="Đã đối chiếu sổ.")
    answer(returned, "section:I", text="Đã đủ ý.")
    change(returned, B02=4)
    assert isinstance(send(returned), Receipt)
    latest = returned.report("G1").latest
    assert latest is not None
    sent = latest.enclosures["answers"]
    assert [(each["target"], each["asked"], each["kind"], each["text"], each["by"], each["revision"]) for each in sent] == [
        ("B02", ASKED["B02"], "corrected", "", "Nguyễn Thị An", 1),
        ("C201", ASKED["C201"], "kept", "Đã đối chiếu sổ.", "Nguyễn Thị An", 1),
        ("section:I", ASKED["section:I"], "kept", "Đã đủ ý.", "Nguyễn Thị An", 1),
    ]
    assert sent[1]["at"] == "2023-04-03T02:00:00.000000+00:00"
    assert list(faults()) == []


def test_an_answer_after_the_head_looked_makes_her_look_again(returned: World) -> None:
    for target in ASKED:
        answer(returned, target, text="Đúng")
    seen = returned.report("G1").version
    answer(returned, "B02", text="Đúng, đã đối chiếu")
    refused = submit_report(returned.obligation("G1").pk, version=seen, by=returned.person("hoa"), at=later(days=3))
    assert isinstance(refused, Refusal)
    assert any("trả lời nhận xét" in change for change in refused.changes)


def answer_all(world: World, text: str = "Đã đối chiếu.") -> None:
    for target, each in remarks_on(world.report("G1")).items():
        if each.reply is None:
            assert isinstance(answer(world, target, text=text), Done)


def test_the_reviewer_lets_pass_or_asks_again_and_the_thread_goes_on(returned: World) -> None:
    answer_all(returned)
    assert isinstance(send(returned), Receipt)
    owed, binh, version = returned.obligation("G1").pk, returned.person("binh"), returned.report("G1").version
    assert isinstance(settle_remark(owed, target="B02", version=version, by=binh, at=later(days=4)), Done)
    send_back(returned, {"C201": "Sổ nào?"}, day=4)
    report = returned.report("G1")
    found = {key: [(each.revision, each.text, each.settled_by) for each in thread] for key, thread in threads(report).items()}
    assert found == {
        "B02": [(1, ASKED["B02"], "Lê Văn Bình")],
        "C201": [(1, ASKED["C201"], ""), (2, "Sổ nào?", "")],
        # Neither asked about again nor let pass by hand: returning let it pass.
        "section:I": [(1, ASKED["section:I"], "Lê Văn Bình")],
    }
    to_answer = remarks_on(report)
    assert list(to_answer) == ["C201"]
    assert [each.text for each in to_answer["C201"].earlier] == [ASKED["C201"]]
    assert list(faults()) == []


def test_settling_can_be_taken_back_before_the_decision(returned: World) -> None:
    answer_all(returned)
    send(returned)
    owed, binh, version = returned.obligation("G1").pk, returned.person("binh"), returned.report("G1").version
    for is_settled in (True, True, False):
        settle_remark(owed, target="B02", is_settled=is_settled, version=version, by=binh, at=later(days=4))
    assert NoteSettled.objects.count() == 0
    assert list(faults()) == []


def test_acceptance_settles_what_was_answered(returned: World) -> None:
    answer_all(returned)
    send(returned)
    done = accept_report(returned.obligation("G1").pk, version=returned.report("G1").version, by=returned.person("binh"), at=later(days=4))
    assert isinstance(done, Done)
    assert NoteSettled.objects.count() == len(ASKED)
    assert list(faults()) == []


def test_there_is_nothing_to_settle_without_an_answer(world: World) -> None:
    submit(world, "G1")
    refused = settle_remark(
        world.obligation("G1").pk, target="B02", version=world.report("G1").version, by=world.person("binh"), at=later(days=1)
    )
    assert refused == Refusal("Chỗ này không có câu trả lời nào của đơn vị.")


def test_only_the_recipient_settles(returned: World) -> None:
    answer_all(returned)
    send(returned)
    version = returned.report("G1").version
    refused = settle_remark(returned.obligation("G1").pk, target="B02", version=version, by=returned.person("hoa"), at=later(days=4))
    assert isinstance(refused, Refusal)
    assert NoteSettled.objects.count() == 0


def test_the_reviewer_sees_the_answers_of_the_round_before(returned: World) -> None:
    answer_all(returned, "Đúng")
    send(returned)
    latest = returned.report("G1").latest
    assert latest is not None
    assert [(each.target, each.reply and each.reply.text) for each in answered(latest, threads(returned.report("G1")))] == [
        (target, "Đúng") for target in ASKED
    ]


def test_a_report_returned_with_a_reason_alone_needs_no_answers(world: World) -> None:
    submit(world, "G1")
    send_back(world, {})
    assert isinstance(send(world), Receipt)
    latest = world.report("G1").latest
    assert latest is not None
    assert latest.enclosures is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_note_answer SET text = 'Đúng, đã kiểm tra'",
        "UPDATE reports_note_answer SET author = 'Người khác'",
        "DELETE FROM reports_note_answer",
        "UPDATE reports_note_settled SET settled_by = 'Người khác'",
    ],
)
def test_an_answer_changed_in_the_tables_is_found(returned: World, sql: str) -> None:
    from django.db import connection

    answer_all(returned)
    send(returned)
    owed, version = returned.obligation("G1").pk, returned.report("G1").version
    settle_remark(owed, target="B02", version=version, by=returned.person("binh"), at=later(days=4))
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert [fault.split(" không như")[0] for fault in faults()] == ["Trả lời nhận xét"]
    assert CellNote.objects.count() == 3
