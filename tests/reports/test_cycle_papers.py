"""The papers of a cycle from what is stored: exactly what was sent, by the profile of the body that issues them, behind the wall."""

from datetime import date, timedelta

import pytest

from kheo.core.days import due_instant
from kheo.documents.checker import check_paper
from kheo.reports.actions import make_call_in, revise_report
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
from kheo.reports.queries.walls import walled_keys
from tests.documents.reading import by_calamine, lines_of, rows_of
from tests.reports.test_papers import unit
from tests.web.accepting import accept
from tests.world import GOOD, World, fill, head_of, later, submit

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
    assert [data.count(kind) for kind in ("on_time", "late", "missing")] == [1, 1, 1]
    book = by_calamine(submission_list(world.cycle, world.units["D1"], "xlsx", LATE), "Danh sách")
    assert [row[1:3] + row[5:] for row in book[4:]] == [
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
