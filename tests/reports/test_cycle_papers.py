"""The papers of a cycle from what is stored: exactly what was sent, by the profile of the body that issues them, behind the wall."""

from datetime import date, datetime, timedelta

import pytest

from kheo.core.days import due_instant
from kheo.core.timeliness import Timeliness
from kheo.core.workflow import Role
from kheo.documents.checker import check_paper
from kheo.reports.actions import Receipt, close_report, hand_over, make_call_in, reopen_report, return_report, revise_report, submit_report
from kheo.reports.actions.calling import CalledIns
from kheo.reports.models import Revision
from kheo.reports.queries.cycle_papers import (
    call_in_paper,
    issuer_of,
    receipt_paper,
    report_paper,
    sent_report,
    submission_list,
    submissions_to,
)
from kheo.reports.queries.papers import papers
from kheo.reports.queries.walls import walled_keys
from tests.documents.reading import by_calamine, lines_of, rows_of, table_under
from tests.reports.test_decide_on_ended import AFTER, WHY, end, handed, somebody
from tests.reports.test_extend_due import extend
from tests.reports.test_papers import unit
from tests.web.accepting import accept
from tests.world import GOOD, World, fill, head_of, later, reviewer_of, submit

LATE = due_instant(date(2023, 5, 8)) + timedelta(days=2)


def revision(world: World, code: str, number: int = 1) -> Revision:
    return Revision.objects.get(report__obligation=world.obligation(code), number=number)


def told(world: World, code: str, number: int = 1, hidden: frozenset[str] = frozenset(), is_own: bool = True) -> bytes:
    paper = report_paper(world.obligation(code), unit(world, code), revision(world, code, number), hidden, is_own=is_own)
    content = paper.file("docx")
    assert [str(each) for each in check_paper(content, paper.profile)] == []
    return content


def test_a_unit_s_report_says_what_was_sent_and_which_submission_it_is(world: World) -> None:
    submit(world, "G1", {**GOOD, "B02": 0, "C201": None, "C202": "na"})
    lines = lines_of(told(world, "G1"))
    sent = revision(world, "G1")
    assert "CÔNG ĐOÀN CƠ SỞ MỘT" in lines
    assert "Kính gửi: Liên đoàn Lao động Quận 1" in lines
    assert [lines[lines.index(words) + 1] for words in ("I. KẾT QUẢ NỔI BẬT", "II. KIẾN NGHỊ")] == [
        "Đã triển khai tốt.",
        "Đơn vị không nêu nội dung này.",
    ]
    rows = {row[0] or row[1]: row[-1] for row in rows_of(told(world, "G1"), -1) if len(row) > 1}
    assert {key: rows[key] for key in ("B01", "– Kinh tế", "B02", "C201", "C202", "C501")} == {
        "B01": "3",
        "– Kinh tế": "2",
        "B02": "không phát sinh",
        "C201": "chưa có số liệu",
        "C202": "không áp dụng",
        "C501": "1",
    }
    assert sent.hash in sent_report(world.obligation("G1"), unit(world, "G1"), sent, frozenset(), is_own=True).hash


def test_every_submission_keeps_its_own_paper(world: World) -> None:
    accept(world, "G1")
    report = world.report("G1")
    revise_report(report.obligation_id, reason="Sót một mô hình", version=report.version, by=head_of(world, "G1"), at=later(days=1))
    submit(world, "G1", {**GOOD, "B02": 9}, at=later(days=2))
    first, second = (told(world, "G1", number) for number in (1, 2))
    assert [row[-1] for content in (first, second) for row in rows_of(content, -1) if row[0] == "B02"] == ["5", "9"]
    assert any("Lý do: Sót một mô hình." in line for line in lines_of(second))
    assert not any("Lý do" in line for line in lines_of(first))


def test_figures_behind_the_wall_are_not_on_the_paper_of_a_reader_above(world: World) -> None:
    submit(world, "G1")
    hidden = frozenset(walled_keys(world.definition))
    rows = {row[0]: row[-1] for row in rows_of(told(world, "G1", hidden=hidden), -1)}
    assert (rows["C501"], rows["B02"]) == ("ẩn", "5")
    assert {row[0]: row[-1] for row in rows_of(told(world, "G1"), -1)}["C501"] == "1"


def test_a_unit_with_units_below_shows_their_sums_as_they_stood_when_it_was_sent(world: World) -> None:
    accept(world, "G1", B02=7)
    submit(world, "D1")
    accept(world, "G2", B02=100, at=later(days=1))
    rows = {row[0]: row[3:] for row in rows_of(told(world, "D1"), -1) if len(row) > 3}
    assert (rows["Mã"], rows["B02"]) == (["Trực tiếp", "Cấp dưới"], ["5", "7"])


def test_a_walled_sum_below_is_on_the_paper_of_its_own_people_only(world: World) -> None:
    accept(world, "G1", C501=3)
    submit(world, "D1")
    sums = [{row[0]: row[-1] for row in rows_of(told(world, "D1", is_own=is_own), -1)}["C501"] for is_own in (True, False)]
    assert sums[0] == "3"
    assert "3" not in sums[1]


@pytest.mark.parametrize(("days", "words"), [(0, "Đúng hạn"), (39, "Trễ 2 ngày")])
def test_a_receipt_is_one_page_of_the_recipient_with_number_time_and_code(world: World, days: int, words: str) -> None:
    receipt = submit(world, "G1", at=later(days=days))
    paper = receipt_paper(world.obligation("G1"), unit(world, "G1"), revision(world, "G1"))
    content = paper.file("docx")
    assert check_paper(content, paper.profile) == ()
    facts = {row[0]: row[1] for row in rows_of(content, 1)}
    assert (facts["Số biên nhận"], facts["Kết quả"], facts["Mã kiểm tra nội dung"].replace(" ", "")) == (
        receipt.number,
        words,
        receipt.hash,
    )
    assert facts["Số liệu"] == "6 ô có số, 0 ô không phát sinh, 0 ô chưa có số liệu, 0 ô không áp dụng"
    assert "LIÊN ĐOÀN LAO ĐỘNG QUẬN 1" in lines_of(content)


def test_the_list_tells_who_was_on_time_who_late_and_who_is_missing(world: World) -> None:
    submit(world, "G1")
    submit(world, "G2", at=LATE)
    fill(world, "G3", GOOD, by=head_of(world, "G3"), at=LATE)
    data = submissions_to(world.cycle, unit(world, "D1"), LATE + timedelta(days=1))
    assert [(each.unit.code, each.result, each.state) for each in data.sendings] == [
        ("G3", "Chưa gửi, quá hạn 4 ngày", "Đang soạn"),
        ("G2", "Trễ 3 ngày", "Đã nộp"),
        ("G1", "Đúng hạn", "Đã nộp"),
    ]
    assert [data.count(kind) for kind in (Timeliness.ON_TIME, Timeliness.LATE, Timeliness.OVERDUE)] == [1, 1, 1]
    book = by_calamine(submission_list(world.cycle, world.units["D1"], "xlsx", LATE), "Danh sách")
    assert [row[1:3] + row[5:7] for row in book[4:]] == [
        ["G3", "Công đoàn cơ sở Ba", "Chưa gửi, quá hạn 3 ngày", "Đang soạn"],
        ["G2", "Công đoàn cơ sở Hai", "Trễ 3 ngày", "Đã nộp"],
        ["G1", "Công đoàn cơ sở Một", "Đúng hạn", "Đã nộp"],
    ]


def test_the_party_board_s_papers_follow_the_party_s_profile(world: World) -> None:
    outcome = make_call_in(world.cycle.pk, world.units["BDV"], by=world.person("phuc"), at=later(days=90))
    assert isinstance(outcome, CalledIns)
    paper = call_in_paper(world.cycle, world.units["BDV"], outcome.letter_id)
    assert paper is not None
    content = paper.file("docx")
    assert (paper.profile.name, check_paper(content, paper.profile)) == ("party36", ())
    lines = lines_of(content)
    assert {"ĐẢNG CỘNG SẢN VIỆT NAM", "BAN DÂN VẬN THÀNH ỦY", "*", "Số ……-CV/BDVTU", "Kính gửi: Liên đoàn Lao động Thành phố"} <= set(lines)
    assert issuer_of(world.cycle, world.units["BDV"], date(2023, 6, 30)).name == "Ban Dân vận Thành ủy"


def test_a_letter_of_the_union_has_no_type_code_and_its_number_is_left_open(world: World) -> None:
    outcome = make_call_in(world.cycle.pk, world.units["D1"], by=world.person("binh"), at=LATE)
    assert isinstance(outcome, CalledIns)
    paper = call_in_paper(world.cycle, world.units["D1"], outcome.letter_id)
    assert paper is not None
    lines = lines_of(paper.file("docx"))
    assert {"Số: ……/LĐLĐ", "Quận 1, ngày ...... tháng ...... năm 2023", "- Công đoàn cơ sở Một."} <= set(lines)
    assert any("còn 3 (ba) đơn vị trên tổng số 3 đơn vị" in line for line in lines)
    assert call_in_paper(world.cycle, world.units["D2"], outcome.letter_id) is None


def handed_over(world: World, at: datetime = AFTER) -> Revision:
    """The report of a unit that has ended, sent by its successor."""
    end(world)
    officer, head = somebody(world, "o2", "G2", Role.OFFICER), somebody(world, "h2", "G2", Role.HEAD)
    handed(world)
    fill(world, "G1", GOOD, by=officer, at=at)
    assert isinstance(submit_report(world.obligation("G1").pk, version=world.report("G1").version, by=head, at=at), Receipt)
    return revision(world, "G1")


INSTEAD = "Công đoàn cơ sở Hai nộp thay Công đoàn cơ sở Một"


def test_a_report_sent_by_a_successor_is_its_paper_and_says_for_whom(world: World) -> None:
    handed_over(world)
    lines = lines_of(told(world, "G1"))
    assert "CÔNG ĐOÀN CƠ SỞ HAI" in lines
    assert "CÔNG ĐOÀN CƠ SỞ MỘT" not in lines
    assert any(line.startswith(f"{INSTEAD} báo cáo kết quả") for line in lines)
    assert any("của Công đoàn cơ sở Một do Công đoàn cơ sở Hai nộp thay, kính gửi" in line for line in lines)
    assert f"{INSTEAD}." in lines
    assert "Người h2" in lines


def test_a_report_that_the_unit_sent_itself_names_nobody_else(world: World) -> None:
    submit(world, "G1")
    end(world)
    handed(world)
    assert not any("nộp thay" in line for line in lines_of(told(world, "G1")))


def test_the_receipt_of_a_successor_is_addressed_to_it_and_says_for_whom(world: World) -> None:
    sent = handed_over(world)
    content = receipt_paper(world.obligation("G1"), unit(world, "G1"), sent).file("docx")
    facts = {row[0]: row[1] for row in rows_of(content, 1)}
    assert facts["Đơn vị nộp"] == f"{INSTEAD} (mã G1)"
    assert "Kính gửi: Công đoàn cơ sở Hai" in lines_of(content)
    assert any("của Công đoàn cơ sở Một do Công đoàn cơ sở Hai nộp thay, cụ thể" in line for line in lines_of(content))


def test_the_list_tells_who_answers_instead_and_why_nothing_is_wanted_any_more(world: World) -> None:
    end(world)
    handed(world)
    end(world, "G3", "G2")
    close_report(world.obligation("G3").pk, reason=WHY, by=world.person("binh", AFTER), at=AFTER)
    late = LATE + timedelta(days=1)
    data = submissions_to(world.cycle, unit(world, "D1"), late)
    assert [(each.unit.code, each.result, each.remark) for each in data.sendings] == [
        ("G3", "Thôi thu", "Thôi thu: Đã sáp nhập theo Quyết định 12"),
        ("G2", "Chưa gửi, quá hạn 4 ngày", ""),
        ("G1", "Chưa gửi, quá hạn 4 ngày", INSTEAD),
    ]
    assert (data.closed, data.count(Timeliness.OVERDUE)) == (1, 2)
    content = submission_list(world.cycle, world.units["D1"], "docx", late)
    assert [row[1] for row in rows_of(content, 1)[1:]] == [
        "Công đoàn cơ sở Ba (thôi thu: Đã sáp nhập theo Quyết định 12)",
        "Công đoàn cơ sở Hai",
        INSTEAD,
    ]
    assert any("2 đơn vị chưa gửi, chiếm 66,7 %; 1 đơn vị thôi thu báo cáo, chiếm 33,3 %." in line for line in lines_of(content))
    book = by_calamine(submission_list(world.cycle, world.units["D1"], "xlsx", late), "Danh sách")
    assert [row[7:] for row in book[3:]] == [["Ghi chú"], ["Thôi thu: Đã sáp nhập theo Quyết định 12"], [], [INSTEAD]]


def test_a_report_asked_for_again_is_missing_again(world: World) -> None:
    end(world)
    close_report(world.obligation("G1").pk, reason=WHY, by=world.person("binh", AFTER), at=AFTER)
    reopen_report(world.obligation("G1").pk, reason="Cần số.", by=world.person("binh", AFTER), at=AFTER + timedelta(days=1))
    data = submissions_to(world.cycle, unit(world, "D1"), LATE)
    assert [each.remark for each in data.sendings] == ["", "", ""]
    assert data.closed == 0


def test_a_call_in_letter_is_to_the_successor_that_answered_when_it_was_made(world: World) -> None:
    end(world)
    before = make_call_in(world.cycle.pk, world.units["D1"], by=world.person("binh", LATE), at=LATE)
    assert isinstance(before, CalledIns)
    hand_over(world.obligation("G1").pk, to=world.units["G2"], reason=WHY, by=world.person("binh", LATE), at=LATE + timedelta(hours=1))
    after = LATE + timedelta(days=1)
    made = make_call_in(world.cycle.pk, world.units["D1"], by=world.person("binh", after), at=after)
    assert isinstance(made, CalledIns)
    first, second = (call_in_paper(world.cycle, world.units["D1"], each.letter_id) for each in (before, made))
    assert first is not None
    assert second is not None
    assert "- Công đoàn cơ sở Một." in lines_of(first.file("docx"))
    assert f"- {INSTEAD}." in lines_of(second.file("docx"))


def test_what_came_within_an_extension_is_told_apart_on_every_paper(world: World) -> None:
    within = due_instant(date(2023, 5, 8)) + timedelta(hours=3)
    extend(world, "G1")
    submit(world, "G1", at=within)
    data = submissions_to(world.cycle, unit(world, "D1"), within)
    assert [each.result for each in data.sendings if each.unit.code == "G1"] == ["Trong hạn gia hạn"]
    facts = {
        row[0]: row[1] for row in rows_of(receipt_paper(world.obligation("G1"), unit(world, "G1"), revision(world, "G1")).file("docx"), 1)
    }
    assert (facts["Kết quả"], facts["Hạn gửi"]) == ("Trong hạn gia hạn", "hết ngày 09/05/2023 (gia hạn từ ngày 08/05/2023)")
    paper = report_paper(world.obligation("G1"), unit(world, "G1"), revision(world, "G1"), frozenset(), is_own=True)
    assert "(trong hạn gia hạn)" in paper.document.footer[0]


def test_papers_made_before_an_extension_go_on_saying_what_was_in_force_then(world: World) -> None:
    """As the page of the receipt does: what was late stays late on the paper, with the date that it missed."""
    late = due_instant(date(2023, 5, 8)) + timedelta(hours=3)
    submit(world, "G1", at=late)
    owed, sent = world.obligation("G1"), revision(world, "G1")
    before = receipt_paper(owed, unit(world, "G1"), sent).file("docx")
    extend(world, "G1", at=late + timedelta(hours=1), is_meant=True)
    assert receipt_paper(world.obligation("G1"), unit(world, "G1"), revision(world, "G1")).file("docx") == before


def test_a_second_submission_is_judged_by_the_first_on_paper_as_on_the_page(world: World) -> None:
    submit(world, "G1")
    owed = world.obligation("G1")
    return_report(owed.pk, reason="Sửa.", version=world.report("G1").version, by=reviewer_of(world, "G1"), at=later(days=1))
    submit(world, "G1", {**GOOD, "B02": 9}, at=later(days=50))
    sent = revision(world, "G1", 2)
    facts = {row[0]: row[1] for row in rows_of(receipt_paper(owed, unit(world, "G1"), sent).file("docx"), 1)}
    assert facts["Lần nộp đầu"] == "09:00:00 ngày 01/04/2023; việc đúng hạn hay trễ được tính theo lần này (đúng hạn)"
    paper = report_paper(owed, unit(world, "G1"), sent, frozenset(), is_own=True)
    assert paper.document.footer[0].endswith("(lần đầu lúc 09:00:00 ngày 01/04/2023, đúng hạn)")
    first = receipt_paper(owed, unit(world, "G1"), revision(world, "G1"))
    assert "Lần nộp đầu" not in {row[0] for row in rows_of(first.file("docx"), 1)}


def test_the_consolidated_report_tells_closed_reports_with_their_reason(world: World) -> None:
    end(world)
    close_report(world.obligation("G1").pk, reason=WHY, by=world.person("binh", AFTER), at=AFTER)
    made = papers(world.cycle, unit(world, "D1"), at=LATE)
    assert [(each.unit.code, each.reason) for each in made.data.closed_units] == [("G1", WHY)]
    assert {each.code for each in made.data.missing_units} == {"D1", "G2", "G3"}
    lines = lines_of(made.file("bao-cao.docx"))
    assert "1 đơn vị được thôi thu báo cáo, không tính là còn thiếu (nêu tại mục III)." in lines
    assert any(line.endswith("1 đơn vị, gồm: Công đoàn cơ sở Một (Đã sáp nhập theo Quyết định 12).") for line in lines)
    assert {row[1]: (row[2], row[5], row[6]) for row in table_under(made.file("bao-cao.docx"), "TÌNH HÌNH GỬI")}["Công đoàn cơ sở Một"] == (
        "Không thu nữa",
        "Thôi thu",
        "0",
    )
    past = papers(world.cycle, unit(world, "D1"), at=LATE, as_of=AFTER - timedelta(days=1)).data
    assert (past.closed_units, "G1" in {each.code for each in past.missing_units}) == ((), True)
