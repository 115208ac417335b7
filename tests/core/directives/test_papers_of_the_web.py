"""Classes of reading that real papers of other provinces taught, as web pages and converters hold them; every sentence here is ours."""

import pytest

from kheo.core.directives.bodies import names_of
from kheo.core.directives.casing import office_in_running_text, subject_in_running_text
from kheo.core.directives.kinds import CODES_OF_SEVERAL
from kheo.core.directives.paper import Paper
from tests.core.directives.papers import answer

HEAD = "UBND TỈNH LONG AN\nSỞ NỘI VỤ\nSố: 12/SNV-TĐKT\nV/v báo cáo\nLong An, ngày 02 tháng 3 năm 2024\n\nKính gửi: Các cơ quan, đơn vị.\n\n"
FOOT = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ba\n"


def cited(body: str) -> list[tuple[str | None, ...]]:
    told = answer(HEAD + body + FOOT)["cited_documents"]
    return [(each["type"], each["number"], each["date"], each.get("name")) for each in told]


@pytest.mark.parametrize("shape", ["straight connector 2", "Straight Arrow Connector 14", "Text Box 3"])
def test_what_a_converter_writes_for_a_drawn_line_hides_no_number_and_joins_no_subject(shape: str) -> None:
    told = answer(HEAD.replace("Số:", f"{shape}Số:").replace("Long An, ngày", f"{shape}\nLong An, ngày") + "Đề nghị báo cáo." + FOOT)
    assert (told["full_number"], told["subject"], told["place"]) == ("12/SNV-TĐKT", "báo cáo", "Long An")


def test_a_name_that_follows_its_post_without_a_blank_is_the_signers() -> None:
    told = answer(HEAD + "Đề nghị báo cáo.\n\nNơi nhận:\nKT. GIÁM ĐỐC\n- Như trên;\n- Lưu: VT, TH.\nPHÓ GIÁM ĐỐCTrần Thị Ba\n")
    assert (told["signer_name"], told["signer_title"]) == ("Trần Thị Ba", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")
    assert told["distribution"] == ["Như trên", "Lưu: VT, TH"]


def test_a_letter_may_say_what_it_is_about_after_a_bare_ve() -> None:
    assert answer(HEAD.replace("V/v báo cáo", "Về: góp ý dự thảo quy chế.") + "Đề nghị góp ý." + FOOT)["subject"] == "góp ý dự thảo quy chế"


def test_a_line_that_ends_with_a_name_like_a_word_that_goes_on_is_whole() -> None:
    assert names_of(["ỦY BAN NHÂN DÂN", "HUYỆN LƯƠNG TÀI", "PHÒNG NỘI VỤ"]) == [[0, 1], [2]]
    assert names_of(["CHI NHÁNH NGÂN HÀNG TẠI", "HÀ NỘI"]) == [[0, 1]]


@pytest.mark.parametrize(
    "name", ["Phòng Giáo dục-Đào tạo", "UBND TX. Đồng Xoài", "Phòng Lao động - TBXH", "Trường THPT Lê Lợi", "Sở Y tế Đắk Lắk"]
)
def test_a_name_keeps_what_is_short_for_something_and_begins_its_parts_after_a_dash(name: str) -> None:
    assert office_in_running_text(name.upper()) == name


def test_a_subject_keeps_in_capitals_what_cannot_be_a_word() -> None:
    assert subject_in_running_text("PHÁT TRIỂN SẢN PHẨM OCOP VÀ HTX TỈNH LAI CHÂU") == "Phát triển sản phẩm OCOP và HTX tỉnh Lai Châu"


def test_the_day_from_which_a_paper_holds_is_not_its_day() -> None:
    assert cited("Căn cứ Thông tư số 05/2023/TT-BNV của Bộ trưởng Bộ Nội vụ có hiệu lực từ ngày 01/6/2023, Sở đề nghị báo cáo.") == [
        ("Thông tư", "05/2023/TT-BNV", None, None)
    ]


def test_a_law_that_a_paper_rests_on_needs_no_day_and_takes_none_of_the_decree_after_it() -> None:
    assert cited("Căn cứ Luật Thi đua, khen thưởng và Nghị định 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ, Sở hướng dẫn như sau.") == [
        ("Luật", None, None, "Luật Thi đua, khen thưởng"),
        ("Nghị định", "98/2023/NĐ-CP", "2023-12-31", None),
    ]
    assert cited("Căn cứ Luật Lưu trữ; căn cứ Luật Thủ đô năm 2024, Sở hướng dẫn như sau.") == [
        ("Luật", None, None, "Luật Lưu trữ"),
        ("Luật", None, None, "Luật Thủ đô"),
    ]


def test_a_day_before_who_issued_a_paper_is_its_day_also_after_a_bracket() -> None:
    body = "(Có tên trong danh sách kèm theo)\nNgày 09/02/2021, Bộ Nội vụ đã có Công văn số 94/BNV-TH về việc báo cáo."
    assert cited(body) == [("Công văn", "94/BNV-TH", "2021-02-09", None)]


def test_what_is_sent_with_a_letter_is_no_line_of_its_signers_post() -> None:
    told = answer(
        HEAD
        + "Đề nghị báo cáo.\n\nKT. GIÁM ĐỐC\nDANH SÁCH CÁC ĐƠN VỊ TRỰC THUỘC\n(Gửi kèm Công văn số 12/SNV-TĐKT ngày 02 tháng 3 năm 2024)\n"
    )
    assert told["signer_title"] == "KT. GIÁM ĐỐC"


@pytest.mark.parametrize(
    ("line", "issuer", "superior"),
    [
        ("BỘ THÔNG TIN VÀ TRUYỀN THÔNG CỤC BƯU CHÍNH", "Cục Bưu chính", "Bộ Thông tin và Truyền thông"),
        ("UBND TỈNH LONG AN SỞ NỘI VỤ", "Sở Nội vụ", "UBND tỉnh Long An"),
        ("UBND THÀNH PHỐ HỒ CHÍ MINH SỞ GIAO THÔNG - CÔNG CHÍNH |", "Sở Giao thông - Công chính", "UBND thành phố Hồ Chí Minh"),
        ("ỦY BAN NHÂN DÂN TỈNH LONG AN", "Ủy ban nhân dân tỉnh Long An", None),
        ("SỞ Y TẾ LONG AN TRUNG TÂM KIỂM SOÁT BỆNH TẬT", "Trung tâm Kiểm soát bệnh tật", "Sở Y tế Long An"),
    ],
)
def test_two_offices_in_one_line_are_parted_after_the_place_of_the_first(line: str, issuer: str, superior: str | None) -> None:
    told = answer(HEAD.replace("UBND TỈNH LONG AN\nSỞ NỘI VỤ", line) + "Đề nghị báo cáo." + FOOT)
    assert (told["issuer"], told["issuer_superior"]) == (issuer, superior)


@pytest.mark.parametrize(
    ("addressed", "recipients"),
    [
        ("Kính gửi: Hiệu trưởng các trường trực thuộc. Thực hiện Công văn số 15/BNV-TH ngày 05/3/2024 của Bộ Nội vụ, Sở", 1),
        (
            "Kính gửi:\n- Các phòng;\n- Các đơn vị trực thuộc\nThực hiện Công văn số 15/BNV-TH ngày 05/3/2024 của Bộ Nội vụ;\nSở",
            2,
        ),
        ("Kínhgửi: Hiệu trưởng các trường\nDo tình trạng ngập lụt và Công văn số 15/BNV-TH ngày 05/3/2024 của Bộ Nội vụ, Sở", 1),
    ],
)
def test_those_addressed_end_where_the_body_begins_without_a_line_between(addressed: str, recipients: int) -> None:
    told = answer(HEAD.replace("Kính gửi: Các cơ quan, đơn vị.\n\n", addressed) + " yêu cầu các đơn vị báo cáo." + FOOT)
    assert len(told["recipients"]) == recipients
    assert not any("Công văn" in each for each in told["recipients"])
    assert [each["number"] for each in told["cited_documents"]] == ["15/BNV-TH"]


def test_the_owner_of_a_paper_without_a_day_takes_no_day_of_the_next_paper() -> None:
    assert cited("Thực hiện Kế hoạch số 7-KH/ĐU của Đảng ủy Sở và Nghị quyết số 14-NQ/TU ngày 26/5/2024 của Tỉnh ủy, Sở yêu cầu:") == [
        ("Kế hoạch", "7-KH/ĐU", None, None),
        ("Nghị quyết", "14-NQ/TU", "2024-05-26", None),
    ]


def test_several_papers_issued_on_one_day_that_stands_before_have_it_and_a_form_is_no_paper() -> None:
    body = "Ngày 10/10/2023, Bộ Nội vụ đã ban hành 02 Thông tư: số 05/2023/TT-BNV về thi đua. Báo cáo theo Mẫu số 01/PLI gửi kèm."
    assert cited(body) == [("Thông tư", "05/2023/TT-BNV", "2023-10-10", None)]


@pytest.mark.parametrize(
    ("place", "told"), [("Thành phố Cao Lãnh", "Thành phố Cao Lãnh"), ("Lai Châu", "Lai Châu"), ("TP. Hồ Chí Minh", "TP. Hồ Chí Minh")]
)
def test_the_place_is_whole_and_takes_nothing_of_the_line_above(place: str, told: str) -> None:
    head = HEAD.replace("V/v báo cáo\nLong An", f"V/v thẩm tra của các Ban Hội đồng nhân dân tỉnh |\n{place}")
    assert answer(head + "Đề nghị báo cáo." + FOOT)["place"] == told


def test_a_text_that_was_cut_off_after_its_first_part_has_one() -> None:
    assert answer(HEAD + "I. MỤC ĐÍCH, YÊU CẦU\n\n1. Báo cáo đúng hạn.\n\n2. Báo cáo đủ.\n")["top_level_items"] == 1
    assert answer(HEAD + "1. Báo cáo đúng hạn.\n\nI. MỤC ĐÍCH, YÊU CẦU\n")["top_level_items"] is None


@pytest.mark.parametrize("said", ["nếu x<a và y>5", "nếu x<a", "khi p<b thì i>0", "khi a<u y=5"])
def test_what_is_less_and_more_is_no_mark_of_a_page(said: str) -> None:
    assert Paper(said).clean == said


@pytest.mark.parametrize(
    "mark", ["<b>", "</span>", "<br/>", '<p class="x" align=center>', "<A HREF='u'>", "<td nowrap>", "</xml", '<a title="1, 2" href="u" >']
)
def test_marks_of_a_page_are_blank(mark: str) -> None:
    assert Paper(f"Gửi {mark}\nbáo cáo").clean == f"Gửi {' ' * len(mark)}\nbáo cáo"


@pytest.mark.parametrize("symbol", ["CTLT-LĐLĐ-SNV", "KHLT-SNV-LĐLĐ", "HDLT-SNV-LĐLĐ"])
def test_two_offices_that_issue_together_are_both_the_issuer_in_whichever_order_they_are_written(symbol: str) -> None:
    told = answer(HEAD.replace("UBND TỈNH LONG AN", "LIÊN ĐOÀN LAO ĐỘNG").replace("SNV-TĐKT", symbol) + "Đề nghị báo cáo." + FOOT)
    assert (told["issuer"], told["issuer_superior"]) == ("Liên đoàn Lao động - Sở Nội vụ", None)


def test_every_code_of_a_kind_that_several_issue_stands_with_the_kinds() -> None:
    assert {"TTLT", "NQLT", "QCPH", "HDLN", "HDLT", "CTLT", "CTPH", "CTrPH", "TBLT", "KHLT", "KHPH"} == CODES_OF_SEVERAL
