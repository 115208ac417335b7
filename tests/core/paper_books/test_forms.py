"""Forms of the books, electronic fields, follow-up by working days, twins however spelled."""

from dataclasses import replace
from datetime import date

import pytest

from kheo.core.days import WorkingCalendar
from kheo.core.paper_books.electronic import ARRIVAL_FIELDS, ISSUE_FIELDS, arrival_record, issue_record, ordinals_in_files, too_long
from kheo.core.paper_books.facts import PaperFacts, Progress
from kheo.core.paper_books.following import Urgence, stands
from kheo.core.paper_books.forms import FORMS, ArrivalLine, BookKind, IssueLine, PaperLine, rows_of_arrivals, rows_of_issues, rows_to_follow
from kheo.core.paper_books.sameness import is_same_issuer, likeness, number_key

PAPER = PaperLine(
    "199/LĐLĐ-TG",
    "199",
    "LĐLĐ-TG",
    "LĐLĐ Thành phố",
    date(2023, 3, 15),
    "Công văn",
    "5 không",
    "Trần Thị Thúy",
    "",
    "Tiếng Việt",
    3,
    "Khẩn",
)
DAY = date(2023, 4, 3)
ARRIVAL = ArrivalLine(12, 2023, DAY, PAPER, "Ban Tuyên giáo", DAY, "An, 09:00", date(2023, 4, 10), "Đang làm", "", "01/HS", "ghi chú", "")
ISSUE = IssueLine(3, 2023, "Chung", DAY, PAPER, ("A", "B"), "Văn phòng", 7, None, "", "", "")


def test_each_book_has_the_columns_of_its_form() -> None:
    assert [len(FORMS[kind].columns) for kind in BookKind] == [10, 10, 7]
    rows = rows_of_arrivals([ARRIVAL]) + rows_of_issues([ISSUE])
    assert [len(row) for row in rows] == [10, 10]
    (followed,) = rows_to_follow([ARRIVAL])
    assert followed == (
        "12",
        "Công văn số 199/LĐLĐ-TG ngày 15/03/2023 của LĐLĐ Thành phố",
        "Ban Tuyên giáo",
        "10/04/2023",
        "Đang làm",
        "",
        "ghi chú",
    )


def test_a_number_without_paper_keeps_its_line_with_the_reason() -> None:
    (row,) = rows_of_arrivals([replace(ARRIVAL, paper=None, told="Huỷ số: ghi hai lần", note="")])
    assert (row[1], row[2], row[-1]) == ("12", "", "Huỷ số: ghi hai lần")


def test_records_have_exactly_the_fields_and_too_long_ones_are_told_not_cut() -> None:
    long = replace(PAPER, subject="x" * 501, signer="y" * 51)
    record = arrival_record(replace(ARRIVAL, paper=long), long, "12345678901234", {})
    assert set(record) == {field.name for field in ARRIVAL_FIELDS}
    assert set(issue_record(ISSUE, PAPER, "G1")) == {field.name for field in ISSUE_FIELDS}
    assert len(record["Subject"]) == 501
    assert (record["Priority"], record["IssuedDate"], record["ArrivalNumber"]) == ("1", "15/03/2023", "12")
    assert too_long(ARRIVAL_FIELDS, [("Số đến 12", record)]) == [
        "Số đến 12: Mã cơ quan giữ sổ (OrganId) dài 14 ký tự, tối đa 13.",
        "Số đến 12: Trích yếu nội dung (Subject) dài 501 ký tự, tối đa 500.",
        "Số đến 12: Họ tên người ký (FullName) dài 51 ký tự, tối đa 50.",
    ]


def test_a_paper_has_its_place_among_those_of_its_dossier_and_year() -> None:
    """By the number of arrival, whatever the order of the lines; what is struck, has no dossier or no paper yet takes no place."""
    book = [
        replace(ARRIVAL, number=5),
        replace(ARRIVAL, number=2, file_code="02/HS"),
        replace(ARRIVAL, number=1),
        replace(ARRIVAL, number=3, told="Huỷ số: ghi hai lần"),
        replace(ARRIVAL, number=4, file_code=""),
        replace(ARRIVAL, number=6, paper=None, told="Giữ số: báo cáo"),
        replace(ARRIVAL, number=7),
    ]
    places = ordinals_in_files(book)
    assert places == {1: 1, 5: 2, 7: 3, 2: 1}
    assert [arrival_record(line, PAPER, "G1", places)["DocOrdinal"] for line in book[:5]] == ["2", "1", "1", "", ""]


CALENDAR = WorkingCalendar(frozenset({2023}), frozenset({date(2023, 5, 1)}), frozenset())


@pytest.mark.parametrize(
    ("due", "today", "urgence", "words"),
    [
        (date(2023, 4, 7), date(2023, 4, 3), Urgence.OPEN, "Còn 4 ngày làm việc"),
        (date(2023, 4, 7), date(2023, 4, 5), Urgence.SOON, "Còn 2 ngày làm việc"),
        (date(2023, 4, 7), date(2023, 4, 7), Urgence.SOON, "Hết hạn hôm nay"),
        (date(2023, 4, 7), date(2023, 4, 10), Urgence.LATE, "Quá hạn 1 ngày làm việc"),
        # A Saturday and the holiday on Monday after it: still in time on Tuesday.
        (date(2023, 4, 29), date(2023, 5, 2), Urgence.SOON, "Hết hạn hôm nay"),
        (date(2023, 4, 29), date(2023, 5, 3), Urgence.LATE, "Quá hạn 1 ngày làm việc"),
        # Years that nobody entered: nothing is guessed.
        (date(2031, 4, 7), date(2031, 4, 9), Urgence.LATE, "Quá hạn"),
    ],
)
def test_days_off_do_not_count(due: date, today: date, urgence: Urgence, words: str) -> None:
    found = stands(due, Progress.DOING, None, today, CALENDAR)
    assert (found.urgence, found.words) == (urgence, words)


def test_what_was_done_in_time_stays_in_time() -> None:
    assert stands(DAY, Progress.DONE, DAY, date(2024, 1, 1), CALENDAR).words == "Đúng hạn"
    assert stands(DAY, Progress.DONE, date(2023, 4, 5), date(2024, 1, 1), CALENDAR).words == "Xong trễ 2 ngày làm việc"


@pytest.mark.parametrize(
    ("one", "other"),
    [("05/BNV-VP", "5 / BNV – VP"), ("11-HD/BDVTU", "11/HD-BDVTU"), ("199/LĐLĐ-TG", "199/ldld-tg"), ("72/2024/QĐ-UBND", "72-2024/QĐ-UBND")],
)
def test_a_number_is_the_same_however_it_is_spelled(one: str, other: str) -> None:
    assert number_key(PaperFacts(full_number=one)) == number_key(PaperFacts(full_number=other))


def test_another_number_year_or_issuer_is_another_paper() -> None:
    assert number_key(PaperFacts(full_number="19/LĐLĐ")) != number_key(PaperFacts(full_number="1/9LĐLĐ"))
    paper = PaperFacts(full_number="1/QĐ", issuer="UBND Quận 1", issued_on=DAY)
    assert is_same_issuer("LĐLĐ Thành phố", "Liên đoàn Lao động thành phố")
    assert likeness("UBND quận 1", DAY, paper) is not None
    assert likeness("UBND Quận 1", date(2022, 4, 3), paper) is None
    assert likeness("UBND Quận 2", date(2023, 5, 3), paper) is None
