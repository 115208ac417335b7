"""Moving due dates on: by whom, for whom, forward only, with a reason, and never unseen."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kheo.core.days import due_instant
from kheo.journal.queries import broken_link, history_of
from kheo.org.models import SnapshotUnit
from kheo.reports.actions import (
    Done,
    Doubt,
    Extended,
    PassedOver,
    Refusal,
    accept_report,
    ask_extension,
    extend_due,
    refuse_extension,
    revise_report,
    submit_report,
)
from kheo.reports.models import Extension, ExtensionAnswer, ExtensionRequest, Obligation
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.receipts import receipt_of
from kheo.reports.queries.standing import obligation_counts
from kheo.reports.queries.verifying import faults
from tests.world import GOOD, World, fill, head_of, later, submit

FIRST = due_instant(date(2023, 5, 8))  # of the grassroots unions
OWN = date(2023, 5, 10)  # the district's own date
WHY = "Trụ sở bị ngập."


def keys(world: World, *codes: str) -> list[int]:
    return [world.obligation(code).pk for code in codes]


def due(world: World, code: str) -> tuple[datetime, datetime | None]:
    owed = world.obligation(code)
    return owed.due_at, owed.promised_at


def extend(
    world: World, *codes: str, until: date = date(2023, 5, 9), who: str = "binh", at: datetime | None = None, **more: object
) -> object:
    words = {"reason": WHY, "is_meant": False, **more}
    return extend_due(keys(world, *codes), until=until, by=world.person(who), at=at or later(days=30), **words)  # type: ignore[arg-type]


def test_moves_the_due_date_of_a_selection_and_remembers_what_it_was(world: World) -> None:
    assert extend(world, "G1", "G2") == Extended(tuple(sorted(keys(world, "G1", "G2"))), ())
    moved = due_instant(date(2023, 5, 9))
    assert {code: due(world, code) for code in ("G1", "G2", "G3")} == {"G1": (moved, FIRST), "G2": (moved, FIRST), "G3": (FIRST, None)}
    kept = Extension.objects.order_by("pk").values_list("obligation_id", "before", "after", "reason", "granted_at", "granted_by")
    assert list(kept) == [(key, FIRST, moved, WHY, later(days=30), "Lê Văn Bình") for key in sorted(keys(world, "G1", "G2"))]
    entry = history_of(OBJECT, keys(world, "G2")[0])[-1]
    assert (entry.act, entry.actor_name, entry.at, entry.unit_id, entry.detail) == (
        "extend_due",
        "Lê Văn Bình",
        later(days=30),
        world.units["G2"],
        {"before": "2023-05-08T17:00:00+00:00", "after": "2023-05-09T17:00:00+00:00", "reason": WHY},
    )
    assert broken_link() is None
    assert list(faults()) == []


def test_a_second_extension_keeps_the_first_promise(world: World) -> None:
    extend(world, "G1")
    extend(world, "G1", until=OWN)
    assert due(world, "G1") == (due_instant(OWN), FIRST)
    assert [(row.before, row.after) for row in Extension.objects.order_by("pk")] == [
        (FIRST, due_instant(date(2023, 5, 9))),
        (due_instant(date(2023, 5, 9)), due_instant(OWN)),
    ]
    assert list(faults()) == []


@pytest.mark.parametrize("until", [date(2023, 5, 8), date(2023, 5, 7), date(2023, 5, 2)])
def test_refuses_the_same_or_an_earlier_day(world: World, until: date) -> None:
    refused = extend(world, "G1", until=until)
    assert refused == Refusal(
        "Không có báo cáo nào được gia hạn.", changes=("Hạn đang là hết ngày 08/05/2023; chỉ gia hạn về sau, không rút ngắn.",)
    )
    assert (due(world, "G1"), Extension.objects.count()) == ((FIRST, None), 0)


def test_the_database_refuses_an_extension_that_goes_back(world: World) -> None:
    with pytest.raises(DatabaseError, match="extension_goes_forward"), transaction.atomic():
        Extension.objects.create(
            obligation=world.obligation("G1"), before=FIRST, after=FIRST, reason=WHY, granted_at=later(), granted_by="Ai đó"
        )


def test_refuses_a_day_that_has_passed_and_a_year_mistyped(world: World) -> None:
    passed = extend(world, "G1", until=date(2023, 5, 9), at=later(days=39))
    assert passed == Refusal("Ngày 09/05/2023 đã qua. Hạn mới phải là hôm nay (10/05/2023) hoặc sau đó.")
    assert extend(world, "G1", until=date(2032, 5, 9)) == Refusal("Ngày 09/05/2032 xa hơn một năm. Hãy xem lại năm đã ghi.")
    assert Extension.objects.count() == 0


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_refuses_without_a_reason_or_with_an_endless_one(world: World, reason: str) -> None:
    assert isinstance(extend(world, "G1", reason=reason), Refusal)
    assert Extension.objects.count() == 0


@pytest.mark.parametrize("who", ["an", "hoa", "kien", "bich", "lan", "quan", "chi"])
def test_only_the_recipients_reviewers_and_office_move_it(world: World, who: str) -> None:
    """Not the unit itself, not the recipient of somebody else, not who only reads; Lan and Bích decide for what the city receives."""
    assert extend(world, "G1", who=who) == Refusal("Anh/chị không có quyền gia hạn báo cáo này.")
    assert due(world, "G1") == (FIRST, None)


def test_the_campaign_office_extends_for_its_own_units(world: World) -> None:
    assert extend(world, "D1", "D2", until=date(2023, 5, 12), who="lan") == Extended(tuple(keys(world, "D1", "D2")), ())


def test_nothing_is_moved_when_one_of_the_selection_is_not_ours(world: World) -> None:
    with pytest.raises(ValueError, match="several cycles or recipients"):
        extend(world, "G1", "G4")
    assert due(world, "G1") == (FIRST, None)


def test_nothing_chosen_is_said(world: World) -> None:
    assert extend(world) == Refusal("Chưa chọn đơn vị nào.")


def test_what_came_in_time_or_has_more_time_already_is_passed_over(world: World) -> None:
    submit(world, "G1", at=later(days=20))
    extend(world, "G2", until=OWN)
    g1, g2, g3 = keys(world, "G1", "G2", "G3")
    assert extend(world, "G1", "G2", "G3") == Extended(
        (g3,),
        (
            PassedOver(g2, "Hạn đang là hết ngày 10/05/2023; chỉ gia hạn về sau, không rút ngắn."),
            PassedOver(g1, "Đã nộp trong hạn, không cần gia hạn."),
        ),
    )
    assert (due(world, "G1"), due(world, "G2")[0]) == ((FIRST, None), due_instant(OWN))


def test_beyond_the_recipients_own_due_date_must_be_meant(world: World) -> None:
    doubt = extend(world, "G1", until=date(2023, 5, 11))
    assert isinstance(doubt, Doubt)
    assert "Hạn mới (11/05/2023) sau hạn nộp của chính nơi nhận (10/05/2023)" in doubt.message
    assert Extension.objects.count() == 0
    assert isinstance(extend(world, "G1", until=date(2023, 5, 11), is_meant=True), Extended)
    assert isinstance(extend(world, "G2", until=OWN), Extended)


def test_an_extension_after_the_date_says_of_what_came_meanwhile_that_it_was_after_the_first_date(world: World) -> None:
    """The receipt that the unit holds stays as it was; the count of what is in time follows the date in force."""
    late = submit(world, "G1", at=FIRST + timedelta(hours=3))
    extend(world, "G1", "G2", at=FIRST + timedelta(hours=9), until=OWN)
    timely = submit(world, "G2", at=due_instant(OWN) - timedelta(microseconds=1))
    too_late = submit(world, "G3", at=FIRST)
    assert [each.on_time for each in (late, timely, too_late)] == [False, True, False]
    again = receipt_of(world.report("G1").latest, world.obligation("G1"))  # type: ignore[arg-type]
    assert (again, again.due_at) == (late, FIRST)
    unit = SnapshotUnit.objects.get(snapshot=world.cycle.snapshot_id, code="D1")
    now = FIRST + timedelta(days=9)
    assert obligation_counts(world.cycle, [unit], now)[unit.unit_id].on_time == 2
    seen_before = obligation_counts(world.cycle, [unit], FIRST + timedelta(hours=9), is_past=True)[unit.unit_id]
    assert (seen_before.on_time, seen_before.overdue) == (0, 1), "as of an instant, an extension given later is not known"
    assert list(faults()) == []


def test_the_same_extension_asked_twice_moves_nothing_twice(world: World) -> None:
    extend(world, "G1")
    assert isinstance(extend(world, "G1"), Refusal)
    assert Extension.objects.count() == 1


def test_a_whole_tier_costs_as_many_queries_as_one_unit(world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        extend(world, "G1")
    with CaptureQueriesContext(connection) as many:
        extend(world, "G2", "G3")
    assert len(few) == len(many)


@pytest.mark.parametrize("sql", ["UPDATE reports_extension SET reason = 'x'", "DELETE FROM reports_extension"])
def test_the_database_refuses_to_change_or_delete_an_extension(world: World, sql: str) -> None:
    extend(world, "G1")
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def ask(world: World, code: str = "G1", who: str = "an", until: date = date(2023, 5, 10), **more: object) -> object:
    words = {"reason": "Kế toán ốm.", "at": later(days=30), **more}
    return ask_extension(keys(world, code)[0], until=until, by=world.person(who), **words)  # type: ignore[arg-type]


def test_a_unit_asks_and_its_due_date_stays_until_the_recipient_agrees(world: World) -> None:
    assert ask(world) == Done(0)
    assert due(world, "G1") == (FIRST, None)
    request = ExtensionRequest.objects.get()
    assert (request.wanted, request.reason, request.asked_by) == (due_instant(OWN), "Kế toán ốm.", "Nguyễn Thị An")
    extend(world, "G1", until=OWN, reason="Đồng ý.")
    answer = ExtensionAnswer.objects.get()
    assert (answer.request, answer.is_granted, answer.reason, answer.answered_by) == (request, True, "Đồng ý.", "Lê Văn Bình")
    acts = [entry.act for entry in history_of(OBJECT, keys(world, "G1")[0])]
    assert acts == ["ask_extension", "extend_due", "answer_extension"]
    assert list(faults()) == []


def test_a_refused_request_leaves_the_due_date_and_may_be_asked_again(world: World) -> None:
    ask(world)
    refused = refuse_extension(keys(world, "G1")[0], reason="Đã gia hạn hai kỳ liền.", by=world.person("binh"), at=later(days=31))
    assert refused == Done(0)
    assert (due(world, "G1"), ExtensionAnswer.objects.get().is_granted) == ((FIRST, None), False)
    assert ask(world, at=later(days=32)) == Done(0)
    assert list(faults()) == []


def test_asks_once_at_a_time(world: World) -> None:
    ask(world)
    assert ask(world) == Refusal("Đơn vị đã xin gia hạn và đang chờ nơi nhận trả lời.")


@pytest.mark.parametrize("who", ["binh", "chi", "kien", "lan"])
def test_only_the_unit_asks(world: World, who: str) -> None:
    assert ask(world, who=who) == Refusal("Anh/chị không có quyền xin gia hạn báo cáo này.")


def test_asks_for_more_time_only_while_it_owes_and_only_forward(world: World) -> None:
    assert ask(world, until=date(2023, 5, 8)) == Refusal("Hạn đang là hết ngày 08/05/2023; ngày xin phải sau đó.")
    assert ask(world, reason=" ") == Refusal("Hãy ghi lý do xin gia hạn.")
    submit(world, "G1")
    assert ask(world) == Refusal("Không xin gia hạn được: báo cáo đang ở trạng thái “Đã nộp”.")
    assert ExtensionRequest.objects.count() == 0


def test_a_supplement_needs_no_extension(world: World) -> None:
    submit(world, "G1")
    accept_report(keys(world, "G1")[0], version=world.report("G1").version, by=world.person("binh"), at=later(days=1))
    revise_report(keys(world, "G1")[0], reason="Sót.", version=world.report("G1").version, by=world.person("hoa"), at=later(days=2))
    assert ask(world) == Refusal("Báo cáo này đã nộp rồi, không cần gia hạn.")


@pytest.mark.parametrize("who", ["hoa", "bich", "kien"])
def test_only_the_recipient_answers(world: World, who: str) -> None:
    ask(world)
    refused = refuse_extension(keys(world, "G1")[0], reason="Không.", by=world.person(who), at=later(days=31))
    assert refused == Refusal("Anh/chị không có quyền gia hạn báo cáo này.")


def test_answers_only_what_was_asked_and_with_a_reason(world: World) -> None:
    refuse = lambda reason: refuse_extension(keys(world, "G1")[0], reason=reason, by=world.person("binh"), at=later(days=31))  # noqa: E731
    assert refuse("Không.") == Refusal("Không có đề nghị gia hạn nào đang chờ trả lời.")
    ask(world)
    assert refuse("") == Refusal("Hãy ghi lý do để đơn vị biết vì sao không được gia hạn.")


TABLES = ("reports_obligation", "reports_extension", "reports_extension_request", "reports_extension_answer")
FORGE = (
    "INSERT INTO reports_extension (obligation_id, before, after, reason, granted_at, granted_by) "
    "SELECT id, {before}, due_at + interval '1 day', 'x', now(), 'Ai đó' FROM reports_obligation WHERE id = %(g1)s"
)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE reports_obligation SET due_at = due_at + interval '1 day' WHERE id = %(g1)s", "Hạn nộp không khớp các lần gia hạn"),
        ("UPDATE reports_obligation SET due_at = promised_at WHERE id = %(g1)s", "Hạn nộp không khớp các lần gia hạn"),
        ("UPDATE reports_obligation SET promised_at = due_at WHERE id = %(g1)s", "Hạn nộp không khớp các lần gia hạn"),
        ("UPDATE reports_obligation SET promised_at = due_at, due_at = due_at + interval '1 day' WHERE id = %(g3)s", "hạn nộp đã bị sửa"),
        ("UPDATE reports_extension SET before = before - interval '1 day' WHERE obligation_id = %(g1)s", "hạn nộp đã bị sửa"),
        ("UPDATE reports_extension SET reason = 'Khác.' WHERE obligation_id = %(g1)s", "Gia hạn không như nhật ký ghi"),
        ("DELETE FROM reports_extension WHERE obligation_id = %(g1)s", "Gia hạn không như nhật ký ghi"),
        (FORGE.format(before="due_at"), "Gia hạn không như nhật ký ghi"),
        ("UPDATE reports_extension_request SET wanted = wanted + interval '1 day'", "Đề nghị gia hạn không như nhật ký ghi"),
        ("UPDATE reports_extension_answer SET is_granted = false", "Trả lời đề nghị gia hạn không như nhật ký ghi"),
        ("DELETE FROM reports_extension_answer", "Trả lời đề nghị gia hạn không như nhật ký ghi"),
    ],
)
def test_verify_finds_an_edited_due_date_and_a_forged_extension(world: World, sql: str, said: str) -> None:
    ask(world)
    extend(world, "G1", "G2", until=OWN)
    assert list(faults()) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; " + "; ".join(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES))
        cursor.execute(sql, {"g1": keys(world, "G1")[0], "g3": keys(world, "G3")[0]})
        assert cursor.rowcount > 0, "nothing was changed: the test would prove nothing"
    assert any(said in fault for fault in faults())


def test_a_due_date_moved_with_its_forged_extension_is_found_by_the_journal(world: World) -> None:
    """Somebody who knows the tables adds the row, the first promise and the new date, all in order."""
    g1 = world.obligation("G1")
    after = g1.due_at + timedelta(days=3)
    Extension.objects.create(obligation=g1, before=g1.due_at, after=after, reason="x", granted_at=later(), granted_by="Ai đó")
    Obligation.objects.filter(pk=g1.pk).update(promised_at=g1.due_at, due_at=after)
    assert list(faults()) == [f"Gia hạn không như nhật ký ghi: Công đoàn cơ sở Một, kỳ 2023-6T (obligation {g1.pk})."]


def test_a_submission_is_judged_by_the_date_that_another_act_has_just_moved(world: World) -> None:
    """Asked again under the lock: the extension committed first, so the report that comes next is in time."""
    fill(world, "G1", GOOD, by=world.person("an"), at=later(days=30))
    extend(world, "G1", until=OWN, at=FIRST + timedelta(hours=1))
    sent = submit_report(keys(world, "G1")[0], version=world.report("G1").version, by=head_of(world, "G1"), at=FIRST + timedelta(hours=2))
    assert (sent.on_time, sent.due_at) == (True, due_instant(OWN))  # type: ignore[union-attr]
    assert history_of(OBJECT, keys(world, "G1")[0])[-1].detail["on_time"] is True
