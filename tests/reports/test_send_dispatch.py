"""One report, several recipients: entered, reviewed and counted once, sent on by the head, taken in by the other side."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from docx import Document

from kheo.core.definition import Copy, CopySection
from kheo.core.dispatched import HIDDEN_WORDS, dispatched_report
from kheo.core.dispatching import Standing
from kheo.core.reorganising import Absorbed, Closed, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.notices.models import Notice
from kheo.org.access import Unreachable
from kheo.org.actions import record_events
from kheo.org.models import Relation
from kheo.reports.access.dispatches import dispatch_to_read, dispatch_to_take_in, dispatches_received
from kheo.reports.actions import (
    Done,
    Refusal,
    accept_report,
    acknowledge_dispatch,
    return_report,
    revise_report,
    send_dispatch,
    submit_report,
)
from kheo.reports.actions import write_about_dispatch as write
from kheo.reports.models import Dispatch, DispatchSending, Obligation, Rollup
from kheo.reports.queries.dispatched_papers import as_received, paper_of
from kheo.reports.queries.dispatches import Sent, dispatch_tasks, received_by, revision_of, sent_of
from kheo.reports.queries.verifying import faults
from tests.two_recipients import dispatch_of, two_recipients
from tests.world import World, fill, later, reviewer_of, submit

NEXT_DAY = later(days=1)
DUE = datetime(2023, 5, 14, 17, tzinfo=UTC)  # 13/5/2023 was a Saturday: due on Monday 15/5, late from 24:00


@pytest.fixture
def world(db: None) -> World:
    """D1 has sent its report to the federation; nothing has gone to the Party board yet."""
    made = two_recipients()
    submit(made, "G1")
    accept_report(made.obligation("G1").pk, version=made.report("G1").version, by=reviewer_of(made, "G1"), at=later(minutes=1))
    submit(made, "D1", at=later(minutes=2))
    return made


def send(world: World, who: str = "dung", at: datetime = NEXT_DAY) -> Done | Refusal:
    version = world.report("D1").version
    return send_dispatch(dispatch_of(world).pk, version=version, by=world.person(who), at=at)


def standing(world: World) -> Sent:
    return sent_of([dispatch_of(world)])[0]


def test_every_report_of_the_tier_goes_to_the_recipient_of_the_day_by_its_own_date(world: World) -> None:
    assert [(each.obligation.unit_id, each.recipient_id, each.copy) for each in Dispatch.objects.all()] == [
        (world.units["D1"], world.units["BD1"], "quan_uy")
    ]
    assert dispatch_of(world).due_at == DUE + timedelta(days=1)
    opened = JournalEntry.objects.get(act="open_cycle").detail
    assert opened["unaddressed"] == [
        "Liên đoàn Lao động Quận 2 (mã D2): không có nơi nhận trên tuyến Đảng cho “Ban Dân vận quận, huyện ủy”"
    ]


def test_it_is_no_obligation_of_its_own(world: World) -> None:
    assert Obligation.objects.filter(recipient=world.units["BD1"]).count() == 0
    assert Rollup.objects.get(unit=world.units["LDLD"]).expected == 8


def test_the_head_sends_what_is_signed_and_the_other_side_takes_it_in(world: World) -> None:
    assert standing(world).standing == Standing.UNSENT
    assert send(world) == Done(1)
    sent = standing(world)
    assert (sent.standing, sent.last and sent.last.is_on_time) == (Standing.SENT, True)
    assert acknowledge_dispatch(dispatch_of(world).pk, number=1, by=world.person("phuong"), at=later(days=2)) == Done(1)
    sent = standing(world)
    assert sent.standing == Standing.RECEIVED
    assert sent.last
    assert sent.last.acknowledged == ("Lý Thị Phượng", later(days=2))
    assert list(faults()) == []


@pytest.mark.parametrize(("micros", "on_time"), [(-1, True), (0, False)])
def test_on_time_is_by_its_own_due_date_to_the_microsecond(world: World, micros: int, on_time: bool) -> None:
    assert send(world, at=dispatch_of(world).due_at + timedelta(microseconds=micros)) == Done(1)
    last = standing(world).last
    assert last
    assert last.is_on_time is on_time


def test_the_same_revision_is_sent_once(world: World) -> None:
    assert (send(world), send(world, at=later(days=2))) == (Done(1), Done(1))
    assert DispatchSending.objects.count() == 1


def test_the_further_recipient_is_told_of_each_sending_once(world: World) -> None:
    send(world)
    send(world)
    (notice,) = Notice.objects.filter(kind="dispatched")
    words = "Liên đoàn Lao động Quận 1 gửi đến báo cáo 6 tháng đầu năm 2023. Mở ra xem và tiếp nhận."
    assert (notice.person.username, notice.text, notice.page, notice.args) == ("phuong", words, "dispatch", [dispatch_of(world).pk])
    assert dispatch_to_read(world.person("phuong"), notice.args[0])


def test_a_later_revision_must_be_sent_again(world: World) -> None:
    send(world)
    owed, lan, dung = world.obligation("D1").pk, world.person("lan"), world.person("dung")
    return_report(owed, reason="Xem lại.", version=world.report("D1").version, by=lan, at=later(days=2))
    refused = send(world)
    assert isinstance(refused, Refusal)
    assert refused.message.startswith("Chỉ gửi được báo cáo đã ký nộp")
    report = fill(world, "D1", {"B02": 7}, by=dung, at=later(days=2))
    submit_report(owed, version=report.version, by=dung, at=later(days=3))
    assert standing(world).standing == Standing.OUTDATED
    assert send(world, at=later(days=4)) == Done(2)
    assert [each.revision_number for each in standing(world).sendings] == [1, 2]
    assert list(faults()) == []


def test_only_the_head_sends_and_only_the_recipient_takes_in(world: World) -> None:
    assert send(world, "an") == Refusal("Anh/chị không có quyền gửi báo cáo cho nơi nhận khác.")
    assert send(world, "phuong") == Refusal("Anh/chị không có quyền gửi báo cáo cho nơi nhận khác.")
    send(world)
    taken = acknowledge_dispatch(dispatch_of(world).pk, number=1, by=world.person("lan"), at=later(days=2))
    assert taken == Refusal("Anh/chị không có quyền tiếp nhận.")


def test_nothing_unsigned_is_sent(world: World) -> None:
    owed = world.obligation("D1").pk
    accept_report(owed, version=world.report("D1").version, by=world.person("lan"), at=later(days=1))
    revise_report(owed, reason="Bổ sung.", version=world.report("D1").version, by=world.person("dung"), at=later(days=2))
    refused = send(world)
    assert isinstance(refused, Refusal)
    assert refused.message.startswith("Chỉ gửi được báo cáo đã ký nộp")


def test_a_stale_form_is_refused(world: World) -> None:
    outcome = send_dispatch(dispatch_of(world).pk, version=99, by=world.person("dung"), at=later(days=1))
    assert outcome == Refusal("Báo cáo đã thay đổi từ khi anh/chị mở trang này. Hãy xem lại rồi gửi.")


def test_a_question_and_its_reply(world: World) -> None:
    dispatch = dispatch_of(world).pk
    early = write(dispatch, text="Số B02?", by=world.person("phuong"), at=later(days=1))
    assert early == Refusal("Không hỏi lại được: chưa gửi.")
    send(world)
    assert isinstance(write(dispatch, text="Số B02 gồm những gì?", by=world.person("phuong"), at=later(days=2)), Done)
    assert standing(world).is_answer_due
    assert write(dispatch, text="  ", by=world.person("dung"), at=later(days=3)) == Refusal("Hãy ghi câu trả lời.")
    write(dispatch, text="Gồm cả mô hình cũ.", by=world.person("dung"), at=later(days=3))
    assert not standing(world).is_answer_due
    assert [(each.deed, each.author) for each in standing(world).notes] == [("ask", "Lý Thị Phượng"), ("reply", "Phạm Văn Dũng")]
    assert write(dispatch, text="Tôi?", by=world.person("lan"), at=later(days=3)) == Refusal("Anh/chị không có quyền trả lời.")


def test_the_recipient_reads_it_in_its_own_outline_with_one_number_for_each_indicator(world: World) -> None:
    send(world)
    sent = standing(world)
    assert sent.last
    report = as_received(sent, revision_of(sent.last))
    assert [(each.number, each.title, each.paragraphs) for each in report.sections] == [
        ("A", "Kiến nghị với cấp ủy", ()),
        ("B", "Kết quả nổi bật", ("Đã triển khai tốt.",)),
    ]
    told = {(each.code, each.name): each.text for each in report.sections[1].figures}
    assert told["B02", "Mô hình đang duy trì"] == "10"  # 5 of its own and 5 of G1
    assert told["C202R", "Tỷ lệ trả lời đúng hạn"] == "90,00 %"
    assert told["", "Kinh tế"] == "4"
    assert (report.reported, report.expected) == (1, 3)
    assert not any(code in ("A06", "C501") for code, _ in told)


def test_small_counts_of_a_walled_content_are_hidden_there_too(world: World) -> None:
    definition = world.definition.model_copy(
        update={"outline": tuple(each.model_copy(update={"content": "N5"}) for each in world.definition.outline[:1])}
    )
    copy = Copy(id="x", name="X", line="party", due={}, outline=(CopySection(of="I"),), paper="party36")
    texts = [dispatched_report(definition, copy, {"C501": count}, {}, None).sections[0].figures[0].text for count in (0, 1, 4, 5)]
    assert texts == ["0", HIDDEN_WORDS, HIDDEN_WORDS, "5"]


def test_the_word_file_is_addressed_to_the_recipient_on_the_paper_of_the_party(world: World) -> None:
    send(world)
    sent = standing(world)
    assert sent.last
    paper = Document(BytesIO(paper_of(sent, sent.last)))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Ban Dân vận Quận ủy Quận 1" in words + "\n".join(cells)
    assert any("ĐẢNG CỘNG SẢN VIỆT NAM" in text for text in cells)
    assert "KIẾN NGHỊ VỚI CẤP ỦY" in words
    assert paper_of(sent, sent.last) == paper_of(sent, sent.last)


@pytest.mark.parametrize("forged", ["due", "sending"])
def test_what_was_forged_is_found(world: World, forged: str) -> None:
    send(world)
    assert list(faults()) == []
    if forged == "due":
        Dispatch.objects.update(due_at=later(days=90))
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE reports_dispatch_sending DISABLE TRIGGER USER")
            cursor.execute("UPDATE reports_dispatch_sending SET sent_at = sent_at - interval '1 day'")
    assert [fault for fault in faults() if "nơi nhận khác" in fault.lower()] != []


def test_the_list_of_a_recipient_knows_the_late_ones(world: World) -> None:
    units = world.units["BD1"]

    def seen(now: datetime, search: str = "", asked: Standing | None = None) -> tuple[int, int]:
        found = received_by(world.cycle, units, search=search, standing=asked, page=None, now=now)
        return len(found.rows), found.overdue

    assert seen(later(days=1)) == (1, 0)
    assert seen(dispatch_of(world).due_at) == (1, 1)
    send(world)
    assert seen(dispatch_of(world).due_at) == (1, 0)
    assert (seen(later(), search="quan 2"), seen(later(), asked=Standing.UNSENT)) == ((0, 0), (0, 0))


def test_what_the_relations_say_later_changes_nothing(world: World) -> None:
    """Addressed on the day of opening, like every obligation."""
    Relation.objects.filter(child=world.units["D1"], line="party").update(ends=later(days=3).date())
    assert send(world, at=later(days=5)) == Done(1)


def party_board_ends(world: World, *, into: str | None) -> None:
    """The Party board of district 1 is absorbed by that of the city, or closed with nobody to follow; D1 stands under the city's then."""
    day, board, unit = NEXT_DAY.date(), world.units["BD1"], world.units["D1"]
    end = Absorbed(day=day, unit=board, into=world.units[into]) if into else Closed(day=day, unit=board)
    moved = Transferred(day=day, unit=unit, place=Place(Line.PARTY, world.units["BDV"]))
    assert record_events([end, moved], by=SYSTEM, at=later()).problems == ()


def test_what_is_addressed_to_a_recipient_that_has_ended_is_its_successors_to_take_in(world: World) -> None:
    assert isinstance(send(world, at=later(minutes=5)), Done)
    party_board_ends(world, into="BDV")
    phuc, phuong = world.person("phuc", NEXT_DAY), world.person("phuong", NEXT_DAY)
    with pytest.raises(Unreachable):
        dispatch_to_read(phuong, dispatch_of(world).pk)
    assert dispatch_to_take_in(phuc, dispatch_of(world).pk).is_receiver
    assert dispatches_received(phuc, world.cycle.pk, world.units["BD1"]) == world.cycle
    with pytest.raises(Unreachable):
        dispatches_received(world.person("chi", NEXT_DAY), world.cycle.pk, world.units["BD1"])
    tasks = dispatch_tasks([], [world.units["BDV"]], NEXT_DAY)
    assert [(key, told[1:]) for key, told in tasks.to_receive.items()] == [
        ((world.cycle.pk, world.units["BD1"]), ("Ban Dân vận Quận ủy Quận 1", 1, 0))
    ]
    assert acknowledge_dispatch(dispatch_of(world).pk, number=1, by=phuc, at=NEXT_DAY) == Done(1)
    entry = JournalEntry.objects.filter(act="acknowledge_dispatch").get()
    assert (entry.actor_name, entry.post) == ("Bùi Hữu Phúc", "Cán bộ tổng hợp, Ban Dân vận Thành ủy")
    Notice.objects.all().delete()
    sent_again(world)
    assert isinstance(send(world, at=NEXT_DAY + timedelta(minutes=4)), Done)
    assert [notice.person_id for notice in Notice.objects.filter(kind="dispatched")] == [world.users["phuc"].pk]
    assert list(faults()) == []


def sent_again(world: World) -> None:
    """D1's report was accepted and is supplemented."""
    owed, dung = world.obligation("D1").pk, world.person("dung", NEXT_DAY)
    accept_report(owed, version=world.report("D1").version, by=reviewer_of(world, "D1"), at=NEXT_DAY)
    assert isinstance(revise_report(owed, reason="Sai.", version=world.report("D1").version, by=dung, at=NEXT_DAY), Done)
    submit(world, "D1", at=NEXT_DAY + timedelta(minutes=3))


def test_nothing_need_be_sent_where_nobody_followed_or_the_report_is_not_wanted_any_more(world: World) -> None:
    dung = [world.units["D1"]]
    assert [each.dispatch.pk for each in dispatch_tasks(dung, [], NEXT_DAY).to_send] == [dispatch_of(world).pk]
    Obligation.objects.filter(pk=world.obligation("D1").pk).update(closed_at=NEXT_DAY)
    assert dispatch_tasks(dung, [], NEXT_DAY).to_send == ()
    assert not standing(world).is_overdue(later(days=90))
    Obligation.objects.filter(pk=world.obligation("D1").pk).update(closed_at=None)
    assert standing(world).is_overdue(later(days=90))
    party_board_ends(world, into=None)
    assert dispatch_tasks(dung, [], NEXT_DAY).to_send == ()
    assert dispatch_tasks([], [world.units["BDV"]], NEXT_DAY).to_receive == {}
