"""Limits in tables without bars: columns apart by blanks or tabs, as pasted from Word or laid out by hand."""

import pytest

from tests.core.directives.papers import answer
from tests.core.directives.test_limits import FOOT, HEAD

ROWS = [
    ("STT", "Nội dung công việc", "Thời gian", "Phụ trách"),
    ("1", "Phổ biến thể lệ", "12/9/2024", "Đoàn trường"),
    ("2", "Đăng ký ý tưởng", "hết ngày 23/9/2024", "Giáo viên"),
    ("3", "Nộp báo cáo tóm tắt", "trước 17g00, 11/11/2024", "Học sinh"),
    ("4", "Hoàn thiện hồ sơ gửi Sở GDĐT", "chậm nhất 05/12/2024", "Thư ký"),
]
WANTED = [("2024-09-23", None), ("2024-11-11", None), ("2024-12-05", "Sở GDĐT")]


def due(table: str) -> list[tuple[str | None, str | None]]:
    return [
        (each["date"], each["to"]) for each in answer(f"{HEAD}Lịch thực hiện:\n\n{table}\n\n2. Kinh phí do đơn vị chi.{FOOT}")["deadlines"]
    ]


@pytest.mark.parametrize("apart", ["\t", "  ", "      "])
def test_columns_apart_by_blanks_or_tabs_are_a_table(apart: str) -> None:
    assert due("\n".join(apart.join(row) for row in ROWS)) == WANTED


def test_a_ruled_line_and_a_line_that_goes_on_break_no_table() -> None:
    lines = ["  ".join(row) for row in ROWS]
    assert due("\n".join([lines[0], "-" * 60, *lines[1:3], "      lớp 12", *lines[3:]])) == WANTED


def test_a_column_headed_by_what_is_to_be_finished_is_one_of_limits() -> None:
    assert due("| TT | Nội dung kiểm tra | Chủ trì | Hoàn thành |\n| 1 | Thu đảng phí | Văn phòng | 31/3/2026 |") == [("2026-03-31", None)]


def test_a_column_headed_by_when_holds_limits_and_times_of_events() -> None:
    head = "| # | Việc | Ai làm | Khi nào |\n"
    rows = head + "| 1 | Tự chấm điểm | Học viên | đến 24h00 ngày 12/5/2026 |\n| 2 | Lễ bế giảng | Khoa | ngày 05/6/2026 |"
    assert due(rows) == [("2026-05-12", None)]


def test_two_days_of_every_year_in_one_cell_are_two_limits_whose_rhythm_is_the_report_s() -> None:
    rows = (
        "TT | Loại báo cáo | Thời hạn gửi | Nơi nhận\n1 | Báo cáo quý I, quý III | Ngày 16/3 và ngày 16/9 | Văn phòng Đoàn\n"
        "2 | Báo cáo 6 tháng | Ngày 28/5 | Văn phòng Đoàn\n3 | Báo cáo năm | Ngày 12/11 | Văn phòng Đoàn"
    )
    told = answer(f"{HEAD}Các loại báo cáo:\n\n{rows}\n\n2. Kinh phí do đơn vị chi.{FOOT}")["deadlines"]
    assert [(each["month_day"], each["period"], each["to"]) for each in told] == [
        ("03-16", "quarter", "Văn phòng Đoàn"),
        ("09-16", "quarter", "Văn phòng Đoàn"),
        ("05-28", "half-year", "Văn phòng Đoàn"),
        ("11-12", "year", "Văn phòng Đoàn"),
    ]


def test_a_year_that_a_narrow_column_breaks_off_belongs_to_the_month_above() -> None:
    head = "| STT | Nội dung | Chủ trì | Thời gian hoàn thành |\n"
    rows = head + "| 1 | Kiểm tra công vụ | Sở Nội vụ | Xong trong tháng 9 |\n|  | tại cấp xã | | năm 2026 |"
    told = answer(f"{HEAD}Phân công:\n\n{rows}\n\n2. Kinh phí do đơn vị chi.{FOOT}")["deadlines"]
    assert [each["month"] for each in told] == ["2026-09"]


def test_a_row_that_goes_on_in_the_group_above_has_its_limit_too() -> None:
    rows = [
        "Giai đoạn         Công việc                  Đầu mối   Hạn",
        "1. Chuẩn bị       Thành lập tổ kỹ thuật      TCHC      19/5/2026",
        "                  Lập dự toán                CNTT      31/5/2026",
        "2. Thí điểm       Chạy thử tại khoa Nội      Khoa Nội  xong 31/7/2026",
    ]
    assert [day for day, _ in due("\n".join(rows))] == ["2026-05-19", "2026-05-31", "2026-07-31"]


BROKEN = """TT   Nội dung                Thời hạn               Đơn vị
1    Rà soát hồ sơ lưu       Trước ngày             Văn phòng
     trữ của cơ quan         20/3/2024
2    Báo cáo kết quả         Trước ngày 25/3/2024
3    Báo cáo năm             Trước ngày 15/12       Thanh tra
                             hằng năm"""


def test_cells_that_break_over_lines_of_their_column_and_rows_without_their_last_cell_are_read() -> None:
    told = answer(f"{HEAD}Phân công:\n\n{BROKEN}\n\n2. Kinh phí do đơn vị chi.{FOOT}")["deadlines"]
    assert [(each["text"], each["date"] or each.get("month_day"), each["period"]) for each in told] == [
        ("Rà soát hồ sơ lưu trữ của cơ quan", "2024-03-20", "once"),
        ("Báo cáo kết quả", "2024-03-25", "once"),
        ("Báo cáo năm", "12-15", "year"),
    ]


def test_a_row_without_its_last_cell_is_read_only_where_its_number_shows_that_none_before_is_missing() -> None:
    head = "| TT | Nội dung | Thời hạn | Nơi nhận |\n|---|---|---|---|\n"
    assert due(head + "| 1 | Báo cáo quý I | Trước ngày 17/3/2024 |\n| 2 | Báo cáo năm | Trước ngày 17/12/2024 | Sở Y tế |") == [
        ("2024-03-17", None),
        ("2024-12-17", "Sở Y tế"),
    ]
    assert due(head + "| Báo cáo quý I | Trước ngày 17/3/2024 | Sở Y tế |") == []


PAIRS = [
    ("Nội dung", "Thời hạn"),
    ("Báo cáo kết quả", "15/9/2025"),
    ("Báo cáo tháng", "ngày 20 hằng tháng"),
    ("Hồ sơ thi đua", "Quý IV/2025"),
]


@pytest.mark.parametrize("apart", ["\t", "  ", " " * 30, " | "])
def test_two_columns_of_work_and_limit_are_a_table(apart: str) -> None:
    rows = "\n".join(f"| {apart.join(pair)} |" if apart == " | " else apart.join(pair) for pair in PAIRS)
    lead = "Các xã gửi về Sở Nội vụ theo thời hạn sau:"
    told = answer(f"{HEAD}{lead}\n\n{rows}\n\n2. Kinh phí do đơn vị chi.{FOOT}")["deadlines"]
    assert [(each["date"] or each.get("day") or each.get("quarter"), each["period"], each["to"]) for each in told] == [
        ("2025-09-15", "once", "Sở Nội vụ"),
        (20, "month", "Sở Nội vụ"),
        ("2025-Q4", "once", "Sở Nội vụ"),
    ]
    assert told[0]["text"].startswith("Báo cáo kết quả")


def test_work_that_goes_on_in_the_line_below_breaks_no_table_of_two_columns() -> None:
    work = "Rà soát danh sách hộ nghèo,\nhộ cận nghèo,\nhộ mới thoát nghèo"
    assert due(f"Nhiệm vụ          Tiến độ\n{work}          30/9/2025\nTổng kết          15/12/2025") == [
        ("2025-09-30", None),
        ("2025-12-15", None),
    ]


def test_what_takes_place_on_a_day_of_two_columns_is_no_limit() -> None:
    assert due("Nội dung      Thời gian\nKhai mạc hội thi      15/9/2025\nGửi báo cáo      trước 30/9/2025") == [("2025-09-30", None)]


def test_two_columns_under_another_head_are_sentences() -> None:
    assert due("Đơn vị      Thời hạn\nSở Y tế      20/9/2025\nSở Nội vụ      21/9/2025") == []
