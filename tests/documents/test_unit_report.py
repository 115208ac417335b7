"""The report of one unit and its receipt: no sentence that cannot be true, each figure in its own words."""

from datetime import timedelta

import pytest

from kheo.core.figures import NA, Figure
from kheo.core.timeliness import Timeliness
from kheo.documents.official_layout import render_official
from kheo.documents.receipt_paper import receipt_document
from kheo.documents.submission_list import submission_list_document
from kheo.documents.unit_report import SentReport, SumsBelow, unit_report_document
from tests.documents.papers import ASKED, RECEIVED, receipt, sent, submissions
from tests.documents.reading import lines_of, plain, rows_of
from tests.documents.sample import LETTER, ND30


def paper(data: SentReport) -> bytes:
    return render_official(unit_report_document(ASKED, data, LETTER, ND30), ND30)


def row(data: SentReport, code: str) -> list[str]:
    return next(cells for cells in rows_of(paper(data), -1) if cells[0] == code)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"C304": NA, "C301": NA, "C302": NA, "C303": NA}, "không áp dụng"),
        ({"C304": 0, "C301": 0, "C302": 0, "C303": 0}, "không có trường hợp"),
        ({"C304": None, "C301": 3, "C302": 0, "C303": 0}, "chưa có số liệu"),
        ({"C304": 3, "C301": None, "C302": None, "C303": 0}, "chưa có số liệu"),
    ],
    ids=["does not concern the unit", "no case", "one side blank", "the other side blank"],
)
def test_a_ratio_that_is_not_there_says_why(figures: dict[str, Figure], words: str) -> None:
    assert row(sent(figures=figures, ratios={"C307": None}, previous=None), "C307")[3] == words


def test_the_words_for_no_case_are_explained_only_where_they_stand() -> None:
    none = {"C304": 0, "C301": 0, "C302": 0, "C303": 0}
    with_it, without = (
        next(line for line in lines_of(paper(each)) if line.startswith("Ghi chú"))
        for each in (sent(figures=none, ratios={"C307": None}), sent())
    )
    assert "“không có trường hợp”: không có trường hợp nào để tính tỷ lệ" in with_it
    assert "không có trường hợp" not in without


def test_a_sum_below_of_nothing_is_said_like_the_unit_s_own_nothing() -> None:
    told = row(sent(figures={"C311": 0}, below=SumsBelow(2, 2, {"C311": 0, "B02": 3})), "C311")
    assert told[3:5] == ["không phát sinh", "không phát sinh"]


@pytest.mark.parametrize("reason", ["nhập nhầm số tiền", "nhập nhầm số tiền."])
def test_a_reason_ends_in_one_full_stop(reason: str) -> None:
    assert any(line.endswith("Lý do: nhập nhầm số tiền.") for line in lines_of(paper(sent(reason=reason))))
    facts = {cells[0]: cells[1] for cells in rows_of(render_official(receipt_document(ASKED, receipt(reason=reason), LETTER), ND30), 1)}
    assert facts["Lần nộp"] == "2 (bổ sung: nhập nhầm số tiền)"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "(đúng hạn)"),
        ({"kind": Timeliness.EXTENDED}, "(trong hạn gia hạn)"),
        ({"kind": Timeliness.LATE}, "(trễ hạn, hạn là hết ngày 15/11/2023)"),
        (
            {"kind": Timeliness.LATE, "first": (RECEIVED - timedelta(days=1), Timeliness.ON_TIME)},
            "(lần đầu lúc 08:30:05 ngày 14/11/2023, đúng hạn)",
        ),
    ],
    ids=["on time", "within an extension", "late", "judged by the first"],
)
def test_the_foot_says_in_time_or_not_by_the_submission_that_decides(changes: dict[str, object], words: str) -> None:
    assert unit_report_document(ASKED, sent(**changes), LETTER, ND30).footer[0].endswith(words)


def test_a_successor_sends_in_the_unit_s_place_from_the_first_to_the_last_sentence() -> None:
    lines = lines_of(paper(sent(instead="Công đoàn cơ sở Hai")))
    told = [line for line in lines if "nộp thay" in line]
    assert [line.partition(" báo cáo ")[0] for line in told[:1]] == ["Công đoàn cơ sở Hai nộp thay Công đoàn cơ sở Công ty Một"]
    assert "của Công đoàn cơ sở Công ty Một do Công đoàn cơ sở Hai nộp thay" in told[1]
    assert told[2] == "Công đoàn cơ sở Hai nộp thay Công đoàn cơ sở Công ty Một."
    assert not any("nộp thay" in line for line in lines_of(paper(sent())))


def test_the_subject_of_every_paper_begins_large() -> None:
    papers = [
        unit_report_document(ASKED, sent(), LETTER, ND30),
        receipt_document(ASKED, receipt(), LETTER),
        submission_list_document(ASKED, submissions(3), LETTER),
    ]
    found = []
    for each in papers:
        lines = lines_of(render_official(each, ND30))
        found.append(lines[lines.index(each.kind.upper()) + 1][:1])
    assert found == ["K", "B", "C"]


def test_the_list_says_nothing_of_ways_in_which_nobody_came() -> None:
    told = next(
        line for line in lines_of(render_official(submission_list_document(ASKED, submissions(1), LETTER), ND30)) if "Tính đến" in line
    )
    assert plain(told).endswith(
        "có 1 đơn vị phải gửi báo cáo về Liên đoàn Lao động Thành phố Hồ Chí Minh: 1 đơn vị gửi đúng hạn, đạt 100,0 %."
    )


def test_the_list_counts_everybody_once() -> None:
    data = submissions(60)
    kinds = (Timeliness.ON_TIME, Timeliness.EXTENDED, Timeliness.LATE, Timeliness.OVERDUE, Timeliness.OPEN)
    counts = [data.count(kind) for kind in kinds]
    assert sum(counts) + data.closed == 60
    assert min(*counts[:4], data.closed) > 0
