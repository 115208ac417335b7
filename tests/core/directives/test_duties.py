"""What a limit is of: which verbs ask for something, and whether it is a report, a registration, an opinion or a task."""

import pytest

from kheo.core.directives.due import kind_of_duty
from kheo.core.directives.paper import bare
from tests.core.directives.papers import answer
from tests.core.directives.test_limits import FOOT, HEAD

KINDS = {
    "report": [
        "Lập danh sách hộ thiếu đói gửi Phòng Nội vụ trước ngày 22/3/2024",
        "UBND các xã gửi số liệu giải ngân về Sở Tài chính chậm nhất ngày 25/6/2024",
        "Công an xã cung cấp số liệu nhân khẩu xong trong ngày 30/9/2024",
        "mỗi tháng một lần tổng hợp tiến độ trình Giám đốc Sở",
        "Báo cáo và biểu mẫu đăng ký gửi về Hội Nông dân tỉnh trước ngày 20/11/2024",
        "Biên bản kiểm kê gửi Phòng Kế toán trước ngày 02/5/2024",
    ],
    "task": [
        "trình Giám đốc dự thảo báo cáo trước 26/4",
        "Báo cáo viên cấp huyện hoàn thành đợt tuyên truyền trước ngày 26/4",
        "Các xã lập hồ sơ gửi Ban Dân vận cấp huyện chậm nhất 15/10/2024",
        "Hoàn thành đăng ký, cấp phép toàn bộ tàu cá trong tháng 8/2024",
        "tham mưu cấp ủy, chính quyền cùng cấp ban hành kế hoạch trước ngày 15/6",
        "hoàn thành việc kêu gọi tàu thuyền vào nơi tránh trú trước 09 giờ",
        "xây dựng đề án, trình Ban Thường vụ Thành ủy cho ý kiến trong quý III/2024",
    ],
    "registration": [
        "cử 01 đồng chí tham gia đoàn giám sát, gửi danh sách về Ban Thường trực trước ngày 12/4/2024",
        "Thời hạn nhận ảnh: đến hết ngày 03/5/2024",
        "gửi danh sách đội thi về Công đoàn ngành trước ngày 17/11/2024",
        "Đăng ký mô hình mới với Công an tỉnh trước 10/9/2024",
    ],
    "opinion": [
        "Ý kiến góp ý gửi về Sở Tư pháp trước ngày 06/6/2024",
        "các khu phố họp dân lấy ý kiến, lập biên bản gửi sau, chậm nhất ngày 12/6",
        "Mọi khiếu nại của sinh viên gửi về Phòng trong vòng 05 ngày",
    ],
}


@pytest.mark.parametrize(("kind", "clause"), [(kind, clause) for kind, clauses in KINDS.items() for clause in clauses])
def test_what_is_asked_for_is_told_by_what_is_sent_and_not_by_one_word(kind: str, clause: str) -> None:
    assert kind_of_duty(bare(clause)) == kind


@pytest.mark.parametrize(
    "doing",
    ["Họp dân thống nhất phương án", "Làm thủ tục hoàn trả ngân sách", "Ra mắt câu lạc bộ", "Kiện toàn ban chỉ đạo", "Nạo vét kênh mương"],
)
def test_the_verbs_of_administrative_work_ask_for_something(doing: str) -> None:
    assert [each["date"] for each in answer(f"{HEAD}{doing} trước ngày 15/4/2024.{FOOT}")["deadlines"]] == ["2024-04-15"]


def test_the_latest_day_is_said_only_to_somebody_who_is_asked_whatever_the_verb() -> None:
    assert [each["date"] for each in answer(f"{HEAD}Cấp 4 nhà cho hộ nghèo chậm nhất ngày 15/4/2024.{FOOT}")["deadlines"]] == ["2024-04-15"]


@pytest.mark.parametrize(
    "state", ["Người lao động vào làm trước ngày 15/4/2024 được hưởng hỗ trợ.", "Mỗi tuần, báo cáo viên có một buổi ở cơ sở."]
)
def test_a_state_by_a_day_and_people_who_report_by_profession_ask_for_nothing(state: str) -> None:
    assert answer(f"{HEAD}{state}{FOOT}")["deadlines"] == []


def test_a_sheet_parted_by_semicolons_is_a_table_under_its_head_only() -> None:
    sheet = (
        "Phân công:\nTT;Nội dung;Đơn vị thực hiện;Thời hạn\n1;Ban hành kế hoạch;Các xã, phường;25/5/2024\n"
        "2;Rà soát danh sách;;Trước 05/6/2024\n3;Duy trì trực;Các xã;Thường xuyên\n"
        "4;Bàn giao công trình;Khối cơ quan;Tháng 7/2024\n\nCác xã họp; giao ban; báo cáo; 25/6/2024."
    )
    told = [(each.get("date") or each.get("month"), each["text"]) for each in answer(HEAD + sheet + FOOT)["deadlines"]]
    assert told == [
        ("2024-05-25", "Ban hành kế hoạch"),
        ("2024-06-05", "Rà soát danh sách"),
        ("2024-07", "Bàn giao công trình"),
    ]
    assert answer(HEAD + sheet.replace("Thời hạn", "Ghi chú") + FOOT)["deadlines"] == []


def test_a_row_whose_cells_break_over_lines_is_one_row() -> None:
    table = (
        "| STT | Nhiệm vụ | Đơn vị\nchủ trì | Thời hạn |\n| 1 | Ban hành kế\nhoạch | Các xã,\nphường | Trước\n25/5/2024 |\n"
        "| 2 | Rà soát | Các xã | 05/6/2024 |\n| 3 | Duy trì\ntrực | Các xã | Thường xuyên |\n"
        "| 4 | Bàn giao | Khối cơ quan\n| 5 | Họp | Các xã | 25/7/2024 |"
    )
    told = [(each["date"], each["text"]) for each in answer(HEAD + table + FOOT)["deadlines"]]
    assert told == [("2024-05-25", "Ban hành kế hoạch"), ("2024-06-05", "Rà soát"), ("2024-07-25", "Họp")]
