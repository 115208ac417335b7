"""Papers copied from web pages: what stands around them, and what the page has lost of them. Every sentence here is ours."""

from typing import Any

import pytest

from kheo.core.text import name_key
from tests.core.directives.papers import answer

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
OFFICE = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\n-------"
DATED = "Long An, ngày 02 tháng 3 năm 2024"
BODY = "\n\nCăn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;\n\nI. MỤC ĐÍCH\n\n1. Rà soát hồ sơ.\n"
PLAN = f"{OFFICE}\n\n{STATE}\n---------------\n\nSố: 45/KH-UBND\n\n{DATED}\n\nKẾ HOẠCH\n\nSỐ HÓA HỒ SƠ LƯU TRỮ NĂM 2024{BODY}"
FIELDS = ("full_number", "date", "place", "issuer", "issuer_superior", "doc_type", "subject")


def told(text: str) -> dict[str, Any]:
    found = answer(text)
    return {field: name_key(found[field]) if isinstance(found[field], str) else found[field] for field in FIELDS}


@pytest.mark.parametrize(
    "page",
    [
        "Cơ sở dữ liệu văn bản\n\nĐang tải nội dung, vui lòng chờ trong giây lát...\n\n",
        "Kế hoạch 45/KH-UBND\n\nKế hoạch 45/KH-UBND thay thế Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2023 của Ủy ban nhân dân tỉnh\n\n",
        "Thứ Năm, 7 tháng 3, 2024\n\nKế hoạch Số: 45/KH-UBND về số hóa hồ sơ\n\n",
        "  • Số hiệu văn bản: 45/KH-UBND\n  • Loại văn bản: Quyết định\n  • Ngày ban hành: 01-03-2024\n  • Tình trạng: Còn hiệu lực\n\n",
        "Số hiệu | 45/KH-UBND |\nNgày ban hành | 01/03/2024 |\nCơ quan ban hành | Tỉnh Long An |\n",
        "Công văn về số hóa\n\nNgày đăng: 05/3/2024 Lượt xem: 497\n\nCÔNG VĂN KÊU GỌI SỐ HÓA HỒ SƠ\n\n",
        "Văn bản pháp luật\n • Thuộc tính\n  Cơ quan ban hành: Ủy ban nhân dân Số công báo: Đang cập nhật\n • ",
        "Số hiệu: 45/KH-UBND Loại văn bản: Văn bản khác\nNơi ban hành: Tỉnh Long An Người ký: Trần Văn Ba\nSố công báo: Đang cập nhật\n\n",
    ],
)
def test_nothing_of_a_head_is_looked_for_in_what_a_page_writes_above_it(page: str) -> None:
    assert told(page + PLAN) == told(PLAN)
    assert told(PLAN)["full_number"] == name_key("45/KH-UBND")


@pytest.mark.parametrize(
    "head",
    [
        f"Số: 45/KH-UBND\nV/v số hóa hồ sơ\n{OFFICE}\n{STATE}\n{DATED}",  # a scan gave the columns in another order
        f"{DATED}\nSố: 45/KH-UBND\n{OFFICE}\n{STATE}",
        f"{OFFICE}\nSố: 45/KH-UBND\nV/v hướng dẫn công tác\nsố hóa hồ sơ\n{STATE}\n{DATED}",  # small letters of the left column
    ],
)
def test_a_head_in_another_order_is_not_taken_for_the_page_around_it(head: str) -> None:
    found = told(f"{head}\n\nKính gửi: Các sở, ban, ngành.\n\nĐề nghị các đơn vị rà soát hồ sơ.\n")
    assert (found["full_number"], found["date"]) == (name_key("45/KH-UBND"), name_key("2024-03-02"))


def test_a_letter_without_its_head_is_not_cut_off_above_a_form_that_names_the_state() -> None:
    text = f"Kính gửi: Các trường tiểu học.\n\nĐề nghị các trường nộp phiếu trước ngày 24/3/2024.\n\n{OFFICE}\n{STATE}\n\nPHIẾU ĐĂNG KÝ\n"
    assert [each["date"] for each in answer(text)["deadlines"]] == ["2024-03-24"]


def test_a_text_without_its_head_takes_none_from_a_form_below() -> None:
    text = f"Căn cứ Luật Lưu trữ năm 2011, đề nghị các trường:\n1. Nộp phiếu trước ngày 24/3/2024.\n\n{OFFICE}\n{STATE}\nPHIẾU ĐĂNG KÝ\n"
    assert answer(text)["issuer"] is None


def test_the_number_of_a_paper_that_is_cited_is_not_its_own() -> None:
    found = answer(f"{OFFICE}\n{STATE}\n{DATED}\nKẾ HOẠCH\nSố hóa hồ sơ\nThực hiện Hướng dẫn số 14-HD/VPTW ngày 20/8/2023 của Văn phòng;\n")
    assert (found["number"], found["doc_type"], found["subject"]) == (None, "Kế hoạch", "Số hóa hồ sơ")
    assert [each["number"] for each in found["cited_documents"]] == ["14-HD/VPTW"]


def test_a_number_right_behind_the_name_of_a_kind_in_small_letters_is_another_papers() -> None:
    head = "LIÊN ĐỘI TRƯỜNG THCS AN HÒA\nSố…KH/LĐ\nAn Hòa, ngày… tháng 10 năm 2024\nKẾ HOẠCH\nTổ chức cuộc thi viết\n- Căn cứ "
    found = answer(head + "Chương trình số 07-CTr/HĐĐ ngày 23/9/2024 của Hội đồng Đội huyện;\nI. MỤC ĐÍCH\n1. Giáo dục đội viên.\n")
    assert (found["number"], found["symbol"], found["doc_type"]) == (None, "KH/LĐ", "Kế hoạch")
    assert (found["subject"], found["place"]) == ("Tổ chức cuộc thi viết", "An Hòa")
    assert name_key(found["issuer"]) == name_key("Liên đội Trường THCS An Hòa")
    assert [each["number"] for each in found["cited_documents"]] == ["07-CTr/HĐĐ"]


def test_marks_of_a_pages_markup_are_no_words_of_the_paper() -> None:
    text = (
        f"<b>{OFFICE}</b>\n<span class='x'>{STATE}</span>\nSố: 45/KH-UBND <i><sub>{DATED}</sub></i>\n<b>KẾ HOẠCH </b>\n<b>Số hóa hồ sơ</b>"
    )
    found = told(text + BODY)
    assert (found["full_number"], found["doc_type"], found["subject"]) == tuple(map(name_key, ("45/KH-UBND", "Kế hoạch", "số hóa hồ sơ")))


def test_a_comparison_is_no_mark_of_markup() -> None:
    text = f"{OFFICE}\n{STATE}\nSố: 45/KH-UBND\n{DATED}\nKẾ HOẠCH\nNâng tỷ lệ hộ nghèo < 5% và hộ khá > 60%{BODY}"
    assert answer(text)["subject"] == "Nâng tỷ lệ hộ nghèo < 5% và hộ khá > 60%"


def test_a_subject_in_capitals_is_told_where_the_page_lost_the_title_above_it() -> None:
    text = f"ỦY BAN NHÂN DÂN | {STATE.splitlines()[0]} |\nSố: 45/2024/QĐ-UBND | {DATED} |\nBAN HÀNH QUY ĐỊNH VỀ SỐ HÓA HỒ SƠ LƯU TRỮ\n"
    found = told(
        f"{text}ỦY BAN NHÂN DÂN TỈNH LONG AN\nCăn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành quy định.\n"
    )
    assert found["subject"] == name_key("ban hành quy định về số hóa hồ sơ lưu trữ")
    assert (found["doc_type"], found["issuer"]) == (name_key("Quyết định"), name_key("Ủy ban nhân dân tỉnh Long An"))
    assert found["issuer_superior"] is None


def test_the_words_that_enact_are_no_title() -> None:
    text = f"{OFFICE}\n{STATE}\nSố: 45/KH-UBND\n{DATED}\nQUYẾT ĐỊNH:\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"
    assert answer(text)["subject"] is None


@pytest.mark.parametrize(
    "session", ["KHÓA XV, KỲ HỌP THỨ 18", "KHÓA XVI KỲ HỌP THỨ TƯ", "KHÓA X - KỲ HỌP CHUYÊN ĐỀ", "KHÓA IX, NHIỆM KỲ 2016-2021"]
)
def test_a_councils_session_is_no_office(session: str) -> None:
    text = f"HỘI ĐỒNG NHÂN DÂN | {STATE.splitlines()[0]} |\nSố: 20/NQ-HĐND | {DATED} |\nHỘI ĐỒNG NHÂN DÂN TỈNH LONG AN\n{session}\n"
    found = told(f"{text}Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;\nQUYẾT NGHỊ:\nĐiều 1. Thông qua báo cáo.\n")
    assert (found["issuer"], found["issuer_superior"]) == (name_key("Hội đồng nhân dân tỉnh Long An"), None)
    assert found["doc_type"] == name_key("Nghị quyết")


def test_a_head_printed_twice_is_of_one_office() -> None:
    text = f"{OFFICE}\n{STATE}\nSố: 850/UBND-NC\n{DATED}\n\n{OFFICE}\nSố:       /UBND-NC\n{STATE}\nLong An, ngày    tháng    năm 2024\n"
    found = told(f"{text}V/v số hóa\n\nKính gửi: Các sở.\n\nĐề nghị các sở rà soát.\n")
    assert (found["issuer"], found["issuer_superior"]) == (name_key("Ủy ban nhân dân tỉnh Long An"), None)
    assert found["full_number"] == name_key("850/UBND-NC")


def test_a_place_that_a_lines_end_broke_is_whole() -> None:
    assert told(PLAN.replace("Long An, ngày", "Vĩnh\nLạc, ngày"))["place"] == name_key("Vĩnh Lạc")
    assert told(PLAN.replace("Long An, ngày", "Tân Lập, ngày"))["place"] == name_key("Tân Lập")


def test_a_subject_goes_on_in_a_line_of_years() -> None:
    assert told(PLAN.replace("NĂM 2024", "GIAI ĐOẠN\n2021-2025"))["subject"] == name_key("số hóa hồ sơ lưu trữ giai đoạn 2021-2025")


def test_what_a_letter_is_about_may_stand_below_its_signature() -> None:
    text = (
        f"UBND TỈNH LONG AN\nSỞ NỘI VỤ\nSố: 12/SNV-TĐKT {DATED}\nKính gửi: Các cơ quan.\nĐề nghị các cơ quan rà soát hồ sơ.\n- Như trên;\n"
        "- Lưu: VT, TĐKT.\nV/v rà soát hồ sơ\nthi đua năm 2024\nGIÁM ĐỐC\nTrần Văn Ba\n"
    )
    found = answer(text)
    assert (found["subject"], found["signer_name"]) == ("rà soát hồ sơ thi đua năm 2024", "Trần Văn Ba")


def test_a_body_that_answers_a_letter_in_short_lines_is_no_addressee() -> None:
    text = f"{OFFICE}\n{STATE}\nSố: 12/UBND-NC\nV/v thuế\n{DATED}\nKính gửi: Công ty An Phát\n(Đ/c: số 5 Lê Lợi)\nTrả lời công văn số 15/AP"
    found = answer(
        f"{text} ngày\n02/02/2024 của Công ty, Ủy ban nhân dân tỉnh trả lời như sau:\n- Căn cứ Thông tư số 13/2016/TT-BTC ngày 12/8/2016.\n"
    )
    assert found["recipients"] == ["Công ty An Phát (Đ/c: số 5 Lê Lợi)"]
    assert [each["number"] for each in found["cited_documents"]] == ["15/AP", "13/2016/TT-BTC"]


def test_a_papers_own_number_of_another_year_is_another_paper() -> None:
    body = "Thực hiện Kế hoạch số 45/KH-UBND ngày 31/5/2021 và Kế hoạch số 45/KH-UBND ngày 02/3/2024;\n\nI. MỤC ĐÍCH\n"
    cited = answer(PLAN.split("Căn cứ")[0] + body)["cited_documents"]
    assert [(each["number"], each["date"]) for each in cited] == [("45/KH-UBND", "2021-05-31")]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Thực hiện công văn hướng dẫn số 37/SNV-TH ngày 01/3/2024 của Sở Nội vụ;", [("Công văn", "37/SNV-TH", None)]),
        ("Thực hiện Hướng dẫn số 37/HD-SNV ngày 01/3/2024 của Sở Nội vụ;", [("Hướng dẫn", "37/HD-SNV", None)]),
        ("Căn cứ quy định tại Điều 19 của Luật Lưu trữ, Điều 24 của Nghị định số 5/2024/NĐ-CP ngày 02/01/2024;",
         [("Luật", None, "Luật Lưu trữ"), ("Nghị định", "5/2024/NĐ-CP", None)]),
        ("Căn cứ Luật ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân, Ủy ban nhân dân ngày 03/12/2004;",
         [("Luật", None, "Luật ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân, Ủy ban nhân dân")]),
        ("Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Lưu trữ và Luật Thư viện số 47/2019/QH14;", [("Luật", "47/2019/QH14", None)]),
    ],
)  # fmt: skip
def test_documents_are_told_as_the_sentence_calls_them(said: str, wanted: list[tuple[str | None, ...]]) -> None:
    cited = answer(PLAN.split("Căn cứ")[0] + said + "\n\nI. MỤC ĐÍCH\n")["cited_documents"]
    assert [(each["type"], each["number"], each.get("name")) for each in cited] == wanted


def test_a_number_may_stand_apart_from_the_partys_hyphen() -> None:
    head = 'ĐỘI TNTP HỒ CHÍ MINH\n\nHỘI ĐỒNG TỈNH LONG AN\n***\nSố:   305  - CV/HĐĐT\n“V/v báo cáo mô hình\n\ntrong công tác Đội"\n\n'
    found = answer(f"{head}{DATED}\n\nKính gửi: Hội đồng Đội các huyện\n\nThực hiện Hướng dẫn số 01/HD — HĐĐ, đề nghị báo cáo.\n")
    assert (found["full_number"], found["subject"]) == ("305-CV/HĐĐT", "báo cáo mô hình trong công tác Đội")
    assert [each["number"] for each in found["cited_documents"]] == ["01/HD-HĐĐ"]


def test_a_place_may_stand_on_the_line_above_its_day() -> None:
    assert told(PLAN.replace("Long An, ngày", "Thọ Xuân,\nngày"))["place"] == name_key("Thọ Xuân")


def test_a_capital_that_a_converter_lost_in_the_states_name_makes_no_office_of_it() -> None:
    assert told(PLAN.replace("XÃ HỘI", "XàHỘI").replace(" - ", "  "))["issuer"] == told(PLAN)["issuer"]


def test_the_first_sentence_of_a_letter_is_no_addressee() -> None:
    text = f"{OFFICE}\n{STATE}\nSố: 12/UBND-NC\n{DATED}\nKính gửi: Đoàn Đại biểu Quốc hội tỉnh Long An\nCục Phòng bệnh nhận được"
    found = answer(f"{text} Công văn số 499/BDN ngày 14/6/2023 của Ban Dân nguyện về kiến nghị của cử tri.\n1. Về thu hồi sản phẩm.\n")
    assert found["recipients"] == ["Đoàn Đại biểu Quốc hội tỉnh Long An"]
    assert [each["number"] for each in found["cited_documents"]] == ["499/BDN"]


def test_a_year_after_the_sentence_has_gone_on_is_not_a_laws() -> None:
    said = "Căn cứ Quyết định số 15/QĐ-TTg ngày 03/12/2023; thực hiện Luật Đầu tư công, Sở Tài chính báo cáo thanh toán vốn năm 2024.\n"
    cited = answer(PLAN.split("Căn cứ")[0] + said)["cited_documents"]
    assert [(each["type"], each["number"]) for each in cited] == [("Quyết định", "15/QĐ-TTg")]


def test_a_letter_of_another_language_that_looks_like_ours_is_ours() -> None:
    text = PLAN.replace("TỈNH LONG AN", "TỈNH ÐỒNG THÁP").replace("KH-UBND", "QÐ-UBND").replace("KẾ HOẠCH", "QUYẾT ÐỊNH")
    found = answer(text.replace("MỤC ĐÍCH", "CƠ SỞ").replace("Căn cứ Luật", "Căn cứ Quyết định số 15/2006/QÐ-BNV ngày 02/3/2006; Luật"))
    assert (found["full_number"], found["doc_type"], found["issuer"]) == ("45/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Đồng Tháp")
    assert found["cited_documents"][0]["number"] == "15/2006/QĐ-BNV"
    assert answer(PLAN.replace("LƯU TRỮ", "LƢU TRỮ"))["subject"] == answer(PLAN)["subject"]


def test_dots_before_a_blank_day_are_no_place() -> None:
    assert told(PLAN.replace(DATED, "….., ngày … tháng … năm 20..."))["place"] is None


def test_a_line_of_the_body_that_says_what_another_letter_is_about_is_not_the_subject() -> None:
    body = "Thực hiện Công văn số 45/BNV-TH ngày 12/02/2024\nV/v báo cáo thi đua, đề nghị các đơn vị báo cáo.\n\n"
    foot = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ba\n"
    head = "UBND TỈNH LONG AN\nSỞ NỘI VỤ\nSố: 12/SNV-TĐKT\nLong An, ngày 02 tháng 3 năm 2024\n\nKính gửi: Các xã.\n\n"
    assert answer(head + body + foot)["subject"] is None
    assert answer(head + body + foot + "\nV/v báo cáo công tác\n")["subject"] == "báo cáo công tác"


@pytest.mark.parametrize("indent", ["", "   ", "\t"])
def test_the_paper_s_own_number_may_follow_the_name_of_its_kind_on_an_indented_line(indent: str) -> None:
    head = f"UBND TỈNH LONG AN\n{indent}Quyết định số: 15/QĐ-UBND\nLong An, ngày 02 tháng 3 năm 2024\n\n"
    told = answer(head + "QUYẾT ĐỊNH\nVề việc ban hành Quy chế\n\nĐiều 1. Ban hành Quy chế.\n")
    assert (told["full_number"], told["doc_type"]) == ("15/QĐ-UBND", "Quyết định")


SMALL = """Trang chủ

Ủy ban nhân dân tỉnh Long An
Sở Nội vụ
Cộng hòa xã hội chủ nghĩa Việt Nam
Độc lập - Tự do - Hạnh phúc
Số: 45/KH-SNV
Long An, ngày 02 tháng 3 năm 2024

Kế hoạch
Số hóa hồ sơ lưu trữ năm 2024

I. Mục đích

1. Rà soát hồ sơ.

II. Yêu cầu

Gửi báo cáo về Sở Nội vụ trước ngày 20/3/2024.

Nơi nhận:
- Giám đốc;
- Lưu: VT.

KT. Giám đốc
Phó Giám đốc

Trần Văn Ba
"""


@pytest.mark.parametrize("above", ["Trang chủ\n\n", ""], ids=["below a page's line", "alone"])
def test_a_head_and_foot_without_any_words_in_capitals_are_read(above: str) -> None:
    found = answer(SMALL.replace("Trang chủ\n\n", above))
    assert (found["issuer"], found["issuer_superior"]) == ("Sở Nội vụ", "Ủy ban nhân dân tỉnh Long An")
    assert (found["doc_type"], found["subject"]) == ("Kế hoạch", "Số hóa hồ sơ lưu trữ năm 2024")
    assert (found["signer_title"], found["signer_name"]) == ("KT. Giám đốc\nPhó Giám đốc", "Trần Văn Ba")
    assert (found["top_level_items"], found["distribution"]) == (2, ["Giám đốc", "Lưu: VT"])


def test_a_kind_in_small_letters_alone_on_a_line_is_no_title_if_the_number_tells_another() -> None:
    assert answer(SMALL.replace("45/KH-SNV", "45/BC-SNV"))["doc_type"] == "Báo cáo"
    assert answer(SMALL.replace("45/KH-SNV", "45/BC-SNV"))["subject"] is None
