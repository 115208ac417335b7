"""Limits in tables that are no rows of cells any more: columns that ran together on their line, cells below each other."""

import pytest

from tests.core.directives.papers import answer
from tests.core.directives.test_limits import FOOT, HEAD

FLAT = """TT Nhiệm vụ Đơn vị chủ trì Thời hạn hoàn thành
1 Rà soát, kiện toàn tổ công nghệ số cộng đồng Phòng Văn hóa - Xã hội Trước 30/9/2025
2 Duy trì chuyên mục chuyển đổi số Văn phòng HĐND và UBND Thường xuyên
3 Số hóa sổ hộ tịch giai đoạn 2007 - 2016
của phường Trung tâm Phục vụ hành chính công Tháng 11/2025
4 Gửi Sở Nội vụ báo cáo kết quả Văn phòng Trước ngày 15/12/2025"""
STACKED = """TT
Chỉ tiêu
Đơn vị thực hiện
Hạn hoàn thành
1
Củng cố 46 Tổ truyền thông cộng đồng
Hội LHPN các xã
28/02/2026
2
Thành lập 05 Câu lạc bộ tại trường THCS
(theo Công văn số 412/SGDĐT ngày 19/12/2025)
Hội LHPN xã Tri Tôn
31/5/2026
3
Cập nhật số liệu trên phần mềm
Hội LHPN các xã
Ngày 25 hằng tháng"""


def due(table: str, below: str = "\n\n2. Kinh phí do đơn vị chi.") -> list[tuple[str | None, ...]]:
    told = answer(f"{HEAD}1. Lịch thực hiện như sau:\n\n{table}{below}{FOOT}")["deadlines"]
    return [(each["date"] or each.get("month") or str(each.get("day")), each["period"], each["to"]) for each in told]


ROWS = [("2025-09-30", "once", None), ("2025-11", "once", None), ("2025-12-15", "once", "Sở Nội vụ")]
CELLS = [("2026-02-28", "once", None), ("2026-05-31", "once", None), ("25", "month", None)]


def test_a_row_whose_columns_ran_together_ends_with_its_limit() -> None:
    assert due(FLAT) == ROWS


def test_a_page_may_end_between_two_rows() -> None:
    assert due(FLAT.replace("\n2 Duy", "\n\n2 Duy")) == ROWS


def test_a_row_whose_work_goes_on_below_its_limit_has_it_too() -> None:
    assert due(FLAT.replace("Trước 30/9/2025", "Trước 30/9/2025\nvà tổ dân phố")) == ROWS


def test_without_a_head_that_ends_with_a_limit_lines_with_numbers_are_no_table() -> None:
    assert due(FLAT.replace("Thời hạn hoàn thành", "Ghi chú")) != ROWS


@pytest.mark.parametrize("apart", ["\t", "   "])
def test_a_table_whose_columns_stand_apart_is_not_read_twice(apart: str) -> None:
    rows = [("TT", "Nội dung báo cáo", "Nơi nhận", "Thời hạn"), ("1", "Báo cáo nhanh", "Tỉnh đoàn (qua Văn phòng)", "Trước 03/6/2025")]
    assert due("\n".join(apart.join(row) for row in rows)) == [("2025-06-03", "once", "Tỉnh đoàn (qua Văn phòng)")]


def test_numbers_that_do_not_follow_each_other_begin_no_rows() -> None:
    assert due("TT Nội dung Thời hạn\n2 Số liệu năm 2024 Trước 30/9/2025\n7 Số liệu năm 2023 Trước 31/10/2025") == []


def test_a_row_that_says_its_limit_before_its_end_has_it() -> None:
    assert due(FLAT.replace("Thường xuyên", "gửi Sở Nội vụ trước ngày 20/10/2025 để tổng hợp")) == [
        ROWS[0],
        ("2025-10-20", "once", "Sở Nội vụ"),
        *ROWS[1:],
    ]


def test_a_sentence_right_below_the_last_row_keeps_its_limit_and_the_row_its_own() -> None:
    below = "\nĐề nghị các đơn vị gửi danh sách về Sở Tài chính trước ngày 10/10/2025."
    assert due(FLAT, below) == [*ROWS, ("2025-10-10", "once", "Sở Tài chính")]


def test_under_a_head_of_times_a_row_that_ran_together_needs_a_word_of_limit_too() -> None:
    rows = FLAT.replace("Thời hạn hoàn thành", "Thời gian thực hiện")
    assert due(rows) == [ROWS[0], ROWS[2]]


def test_cells_below_each_other_are_told_by_how_many_heads_there_are() -> None:
    assert due(STACKED) == CELLS


def test_a_page_number_before_a_row_is_not_taken_for_the_row_nor_for_its_work() -> None:
    paged = STACKED.replace("\n2\n", "\n2\n2\n")
    assert due(paged) == CELLS
    assert {each["text"][0] for each in answer(f"{HEAD}1. Lịch như sau:\n\n{paged}{FOOT}")["deadlines"]} == {"C", "T"}


def test_how_many_of_something_is_no_number_of_a_row() -> None:
    rows = STACKED.replace("Đơn vị thực hiện", "Số lượng").replace("Hội LHPN các xã", "2", 1)
    assert due(rows) == CELLS


def test_what_stands_right_below_the_last_row_is_no_cell_of_it() -> None:
    assert due(STACKED, "\nTrên đây là danh mục.\nĐề nghị thực hiện.") == CELLS


@pytest.mark.parametrize("head", ["Hạn hoàn thành", "Thời hạn", "Tiến độ"])
def test_any_head_of_limits_does(head: str) -> None:
    assert due(STACKED.replace("Hạn hoàn thành", head)) == CELLS


def test_under_a_head_of_times_a_day_alone_is_when_something_takes_place() -> None:
    assert due(STACKED.replace("Hạn hoàn thành", "Thời gian").replace("28/02", "trước 28/02")) == [CELLS[0]]


def test_work_that_is_reported_to_an_office_is_owed_to_it() -> None:
    rows = "| TT | Nội dung | Đơn vị | Thời hạn |\n| 1 | Tổng hợp, báo cáo Ban Thường vụ | Văn phòng | 20/5/2025 |"
    assert due(rows) == [("2025-05-20", "once", "Ban Thường vụ")]


def test_who_something_is_registered_with_is_sent_it_and_a_course_takes_place_on_its_day() -> None:
    rows = (
        "| TT | Nội dung | Đơn vị | Thời hạn |\n| 1 | Tập huấn Công an cấp xã | Phòng Hậu cần | Ngày 09/8/2025 |\n"
        "| 2 | Đăng ký đề xuất khen thưởng với Phòng Công tác chính trị | Các đơn vị | Trước ngày 05/11/2025 |"
    )
    assert due(rows) == [("2025-11-05", "once", "Phòng Công tác chính trị")]


def test_the_office_after_a_head_of_limits_is_sent_all_rows() -> None:
    rows = "| TT | Nội dung | Thời hạn trình Ban Thường vụ Đảng uỷ |\n| 1 | Đề án sinh hoạt chi bộ | Trước 20/02/2026 |"
    assert due(rows) == [("2026-02-20", "once", "Ban Thường vụ Đảng uỷ")]
