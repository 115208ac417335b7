"""Papers whose lines a page or a converter ran together. Every sentence here is ours."""

import pytest

from kheo.core.directives.reading import Secret, read
from kheo.core.directives.unfolding import unfolded
from tests.core.directives.papers import answer, directive

LETTER = """UBND TỈNH LONG AN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ
Độc lập - Tự do - Hạnh phúc
Số: 12/SNV-TĐKT
Tân An, ngày 02 tháng 3 năm 2024
V/v báo cáo công tác thi đua
Kính gửi: - Ủy ban nhân dân các huyện;
- Các sở, ban, ngành.
Thực hiện Công văn số 45/BNV-TH ngày 12/02/2024 của Bộ Nội vụ, Sở Nội vụ đề nghị các đơn vị:
1. Rà soát danh sách.
2. Gửi báo cáo về Sở Nội vụ trước ngày 20/3/2024./.
Nơi nhận:
- Như trên;
- Lưu: VT, TĐKT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Trần Văn Ba"""
DECISION = """ỦY BAN NHÂN DÂN TỈNH LONG AN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/2024/QĐ-UBND
Phan Rang-Tháp Chàm, ngày 02 tháng 3 năm 2024
QUYẾT ĐỊNH
VỀ VIỆC BAN HÀNH QUY CHẾ LƯU TRỮ HỒ SƠ GIAI ĐOẠN 2024 - 2026
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LONG AN
Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;
Theo đề nghị của Giám đốc Sở Nội vụ,
QUYẾT ĐỊNH:
Điều 1. Ban hành Quy chế.
Điều 2. Các đơn vị gửi báo cáo về Sở Nội vụ trước ngày 15/12 hằng năm.
Điều 3. Quyết định này có hiệu lực từ ngày ký./.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(đã ký)
Nguyễn Thị Kim Lan"""
PAPERS = pytest.mark.parametrize("paper", [LETTER, DECISION], ids=["letter", "decision"])


def run_together(paper: str) -> str:
    return paper.replace("\n", " ")


@PAPERS
@pytest.mark.parametrize("page", ["", "Xem mẫu\n\n  1. "], ids=["alone", "numbered by a site"])
def test_a_paper_in_one_line_says_what_it_says_in_lines(paper: str, page: str) -> None:
    whole, one_line = answer(paper), answer(page + run_together(paper))
    for told in (whole, one_line):
        del told["evidence"]
        told["outline"] = [{key: said for key, said in item.items() if key != "line"} for item in told["outline"]]
    assert one_line == whole
    assert all(whole[field] for field in ("full_number", "place", "subject", "issuer", "signer_name", "deadlines", "cited_documents"))


@PAPERS
def test_places_are_those_of_the_text_that_was_given(paper: str) -> None:
    given = run_together(paper)
    found = directive(given)
    assert found.paper.text == given
    assert found.signer
    assert given[found.signer.place.start : found.signer.place.end] == found.signer.value
    assert len(unfolded(given)) == len(given)


@PAPERS
def test_a_paper_in_lines_stays_as_it_is(paper: str) -> None:
    assert unfolded(paper) == paper


def test_two_columns_wide_apart_stay_beside_each_other() -> None:
    head = "BỘ NỘI VỤ" + " " * 220 + "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/BNV-TH\nV/v báo cáo\n"
    assert unfolded(head) == head


def test_a_long_line_that_only_names_the_state_in_running_text_stays_as_it_is() -> None:
    line = "Cán bộ nước Cộng hòa xã hội chủ nghĩa Việt Nam. Căn cứ Luật Lưu trữ; Điều 1. Ban hành quy chế. Nơi nhận: - Lưu: VT. " * 3
    assert unfolded(line) == line


def test_a_paper_in_one_line_that_is_marked_secret_is_refused() -> None:
    assert isinstance(read(run_together(LETTER.replace("Số: 12", "MẬT\nSố: 12"))), Secret)


def test_a_paper_below_a_hundred_long_lines_stays_as_it_is() -> None:
    paper, long = run_together(LETTER), "Cán bộ, công chức báo cáo đúng hạn. " * 8 + "\n"
    assert unfolded(long * 99 + paper) != long * 99 + paper
    assert unfolded(long * 100 + paper) == long * 100 + paper


def test_the_party_s_name_begins_a_line_but_not_within_the_name_of_its_body() -> None:
    rest = " Số 12-KH/TU Long An, ngày 02 tháng 3 năm 2024 KẾ HOẠCH " + "Thực hiện nghị quyết. " * 10
    assert unfolded("TỈNH ỦY LONG AN ĐẢNG CỘNG SẢN VIỆT NAM" + rest).startswith("TỈNH ỦY LONG AN\nĐẢNG CỘNG SẢN VIỆT NAM\n")
    assert unfolded("TỈNH LONG AN ĐẢNG BỘ ĐẢNG CỘNG SẢN VIỆT NAM" + rest).startswith("TỈNH LONG AN ĐẢNG BỘ ĐẢNG CỘNG SẢN VIỆT NAM Số")
