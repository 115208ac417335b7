"""The figures that a paper states: what they count is the whole noun phrase, and numbers of papers and parts are none."""

from pathlib import Path

import pytest

from tests.core.directives.papers import answer, pairs
from tests.core.directives.test_rules import FOOT, HEAD


def stated(text: str) -> list[tuple[str, str]]:
    return [(each["number"], each["unit"]) for each in answer(text)["figures"]]


def test_the_ten_real_papers_state_these_figures_and_no_others(shared_dir: Path) -> None:
    papers = [(name, stated(text)) for name, text, _ in pairs(shared_dir / "data" / "directives")]
    assert len(papers) == 10
    assert {name: figures for name, figures in papers if figures} == {
        "dev-02": [
            ("7.593", "tập thể"),
            ("21.900", "cá nhân"),
            ("409", "gia đình"),
            ("5.461", "tập thể"),
            ("7.418", "cá nhân điển hình"),
            ("100", "%"),
        ],
        "dev-03": [("02", "phòng dự phòng"), ("100", "%")],
        "dev-08": [("10.522,6", "triệu đồng")],
        "dev-10": [
            ("02", "TTHC"),
            ("14", "TTHC"),
            ("162.056.800", "đồng"),
            ("17,45", "%"),
            ("100", "%"),
            ("47", "PAKN"),
            ("02", "PAKN"),
        ],
    }


@pytest.mark.parametrize(
    "words",
    [
        "theo Điều 27 Nghị định số 30/2020/NĐ-CP",
        "theo khoản 3 và 4 Quyết định này",
        "theo khoản 1\nQuyết định này",
        "theo Điều 98 Bộ luật Lao động",
        "ở tập 2, trang 15 tập 3",
        "trong đợt 2 trước ngày mai",
        "của lớp 12 A",
        "lúc 14 giờ 00 thứ Sáu",
        "tại số nhà 139 Quốc lộ 12A",
        "theo Ban Chỉ đạo 138 Chính phủ",
        "của 17 Khôi thi đua",
        "tại Nghị quyết Trung ương 4 khóa XII",
        "lúc 7 g ngày mai",
        "dòng 1 Phát động phong trào",
        "tại 15 Trường Chinh, gần 12 Đội Cấn",
        "ở tổ 5 Khối 3",
    ],
)
def test_a_number_of_a_part_or_before_a_paper_is_no_figure(words: str) -> None:
    assert stated(f"{HEAD}Thực hiện {words}.{FOOT}") == []


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("12 dự án điện mặt trời mái nhà đã hoàn thành", ("12", "dự án điện mặt trời mái nhà")),
        ("03 nghị quyết chuyên đề, kết quả tốt", ("03", "nghị quyết chuyên đề")),
        ("120 bộ máy vi tính cho trường học", ("120", "bộ máy vi tính")),
        ("2.300 m² đất ở", ("2.300", "m² đất")),
        ("12 UBND xã đã tham gia", ("12", "UBND xã")),
        ("05 ĐVTN tiêu biểu", ("05", "ĐVTN tiêu biểu")),
        ("1.800 hội viên\nphụ nữ đăng ký", ("1.800", "hội viên phụ nữ")),
        ("15 hộ nghèo\n\nCác xã báo cáo", ("15", "hộ nghèo")),
        ("02 Cụm thi đua, do hai sở đứng đầu", ("02", "Cụm thi đua")),
        ("50 Bằng khen của Chủ tịch", ("50", "Bằng khen")),
        ("120 Câu lạc bộ được duy trì", ("120", "Câu lạc bộ")),
    ],
)
def test_what_a_figure_counts_is_told_whole(words: str, figure: tuple[str, str]) -> None:
    assert stated(f"{HEAD}Toàn tỉnh có {words}.{FOOT}") == [figure]
