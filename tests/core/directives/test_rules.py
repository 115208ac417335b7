"""The rules of reading one by one."""

import pytest

from kheo.core.directives.bodies import names_of
from kheo.core.directives.casing import office_in_running_text, subject_in_running_text
from kheo.core.directives.kinds import kind_of
from kheo.core.directives.reading import Secret, read
from tests.core.directives.papers import INVENTED, answer, pairs

HEAD = "UBND TỈNH LONG AN\nSỞ NỘI VỤ\nSố: 12/SNV-TĐKT\nLong An, ngày 02 tháng 3 năm 2024\nV/v báo cáo\n\nKính gửi: Các sở, ban, ngành.\n\n"
FOOT = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ba\n"


def due(sentence: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
    """Date or month-day, period, addressee of each deadline that a body of one order has."""
    told = answer(f"{HEAD}Sở Nội vụ đề nghị:\n\n1. {sentence}\n\n2. Thực hiện nghiêm./.{FOOT}")
    return [(each["date"], each["month_day"], each["period"], each["to"]) for each in told["deadlines"]]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Gửi báo cáo về Sở Nội vụ trước ngày 20/3/2024 để tổng hợp.", [("2024-03-20", None, "once", "Sở Nội vụ")]),
        (
            "Báo cáo UBND tỉnh (qua Sở Nội vụ) chậm nhất 17 giờ 00 ngày 20 tháng 3 năm 2024.",
            [("2024-03-20", None, "once", "UBND tỉnh (qua Sở Nội vụ)")],
        ),
        (
            "Định kỳ 06 tháng (15/6), năm (15/12) gửi báo cáo về Sở Nội vụ.",
            [(None, "06-15", "half-year", "Sở Nội vụ"), (None, "12-15", "year", "Sở Nội vụ")],
        ),
        (
            "Báo cáo Sở Nội vụ trước ngày 15/6 và 15/12 hằng năm.",
            [(None, "06-15", "year", "Sở Nội vụ"), (None, "12-15", "year", "Sở Nội vụ")],
        ),
        ("Gửi báo cáo về Sở Nội vụ trước ngày 20 hằng tháng.", [(None, None, "month", "Sở Nội vụ")]),
        ("Gửi báo cáo về Sở Nội vụ trước ngày 25 của tháng cuối quý.", [(None, None, "quarter", "Sở Nội vụ")]),
        ("Định kỳ hằng quý, báo cáo Sở Nội vụ kết quả thực hiện.", [(None, None, "quarter", "Sở Nội vụ")]),
        ("Trình UBND tỉnh ngày 25/3/2024.", [("2024-03-25", None, "once", "UBND tỉnh")]),
        ("Hoàn thành việc rà soát trong tháng 6/2024.", [(None, None, "once", None)]),
        ("Rà soát, lắp đặt, xong trước tháng 6/2025.", [(None, None, "once", None)]),
        ("Trong quý III năm 2024, trình UBND tỉnh Đề án sắp xếp.", [(None, None, "once", "UBND tỉnh")]),
        ("Thời gian hoàn thành: Quý IV/2024.", [(None, None, "once", None)]),
        ("Báo cáo nhanh về Sở Nội vụ trước 16 giờ 00 hằng ngày.", [(None, None, None, "Sở Nội vụ")]),
        ("Hằng tuần, trước 10 giờ thứ Sáu, gửi báo cáo về Sở Nội vụ.", [(None, None, None, "Sở Nội vụ")]),
        ("Gửi báo cáo về Sở Nội vụ vào chiều thứ Sáu hằng tuần.", [(None, None, None, "Sở Nội vụ")]),
        (
            "Báo cáo kết quả về Sở Nội vụ trong thời hạn 15 ngày kể từ ngày nhận được văn bản này.",
            [(None, None, "once", "Sở Nội vụ")],
        ),
        (
            "Định kỳ 6 tháng, 01 năm và đột xuất báo cáo Sở Nội vụ kết quả thực hiện.",
            [(None, None, "half-year", "Sở Nội vụ"), (None, None, "year", "Sở Nội vụ")],
        ),
        ("Gửi báo cáo về Hạt Kiểm lâm sở tại trước ngày 20/3/2024.", [("2024-03-20", None, "once", "Hạt Kiểm lâm sở tại")]),
    ],
)
def test_a_deadline_is_told_with_its_period_and_addressee(sentence: str, wanted: list[object]) -> None:
    assert due(sentence) == wanted


def test_a_limit_from_the_day_of_the_paper_is_reckoned_where_holidays_do_not_matter() -> None:
    said = "Gửi kế hoạch về Sở Nội vụ trong thời hạn 15 ngày{} kể từ ngày ký ban hành Kế hoạch này."
    for working, reckoned in (("", "2024-03-17"), (" làm việc", None)):
        told = answer(f"{HEAD}Đề nghị:\n\n1. {said.format(working)}\n\n2. Thực hiện.{FOOT}")["deadlines"]
        assert [(each["date"], each["within"], each.get("reckoned")) for each in told] == [(None, f"15 ngày{working}", reckoned)]


def test_a_month_or_a_quarter_is_told_as_such() -> None:
    body = "1. Hoàn thành trong tháng 6/2024.\n\n2. Xong trong quý III."
    told = answer(f"{HEAD}Đề nghị:\n\n{body}{FOOT}")["deadlines"]
    assert [(each.get("month"), each.get("quarter")) for each in told] == [("2024-06", None), (None, "Q3")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Quyết định số 15/QĐ-UBND ngày 10/3/2024 của UBND tỉnh.",
        "Quyết định này có hiệu lực từ ngày 01/4/2024.",
        "Tính đến ngày 31/3/2024, toàn tỉnh có 12 đơn vị báo cáo.",
        "Tổ chức kỷ niệm 93 năm Ngày thành lập Đoàn (26/3/1931 - 26/3/2024).",
        "Dự họp lúc 14 giờ 00 ngày 20/3/2024 tại Hội trường A.",
        "Rà soát người sinh trước ngày 01/4/2024.",
        "Chiến dịch diễn ra từ ngày 01/4/2024 đến ngày 30/4/2024.",
        "Các hồ sơ đã nộp trước ngày 01/4/2024 được giải quyết theo quy định cũ.",
        "UBND huyện đã gửi báo cáo trước ngày 15/3/2024.",
        "Xử lý các vụ việc phát sinh trước ngày 01/01/2024.",
        "Trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ, cơ quan thụ lý trả lời.",
        "Trong thời hạn 10 ngày kể từ ngày tiếp nhận phản ánh, đơn vị xử lý và báo cáo.",
        "Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký ban hành.",
        "Tổ chức Tháng hành động trong tháng 6/2024.",
        "Áp dụng đối với các dự án được phê duyệt trước ngày 01/8/2024.",
        "Kiểm tra việc chấp hành chế độ báo cáo hằng tháng của các đơn vị.",
        "Phấn đấu đến năm 2025, 100% xã hoàn thành tiêu chí.",
        "Đến ngày 29/02/2024, các đơn vị đã gửi báo cáo đầy đủ.",
        "Thời hiệu khiếu nại là 90 ngày kể từ ngày nhận được quyết định hành chính.",
        "Bộ phận một cửa trả kết quả trong thời hạn 03 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.",
        "Bệnh nhân được tái khám định kỳ 6 tháng một lần tại bệnh viện.",
        "Trẻ em sinh từ ngày 01/01/2018 đến trước ngày 01/01/2019 được tuyển vào lớp 1.",
        "Họp giao ban vào chiều thứ Sáu hằng tuần.",
        "Trong tháng 01/2024, các đơn vị đã hoàn thành báo cáo.",
    ],
)
def test_what_is_no_deadline_is_told_as_none(sentence: str) -> None:
    assert due(sentence) == []


def test_a_paper_marked_secret_is_not_read() -> None:
    assert read(f"MẬT\n{HEAD}Nội dung.{FOOT}") == Secret("MẬT")
    assert read(f"Độ mật: TUYỆT MẬT\n{HEAD}Nội dung.{FOOT}") == Secret("TUYỆT MẬT")
    assert not isinstance(read(f"{HEAD}Thực hiện chế độ bảo mật, tối mật theo quy định.{FOOT}"), Secret)


@pytest.mark.parametrize(
    ("mark", "grade"),
    [
        ("Mật", "Mật"), ("Độ mật: Mật", "Mật"), ("MẬT (A)", "MẬT"), ("MẬT - HỎA TỐC", "MẬT"), ("MẬT, KHẨN", "MẬT"), ("MẬT HỎA TỐC", "MẬT"),
        ("TỐI MẬT/KHẨN", "TỐI MẬT"), ("MẬT\tKHẨN", "MẬT"), ("HỎA TỐC - TUYỆT MẬT", "TUYỆT MẬT"), ("M Ậ T", "M Ậ T"),
        ("TÀI LIỆU TUYỆT MẬT", "TUYỆT MẬT"), ("MậT", "MậT"),
    ],
)  # fmt: skip
def test_a_mark_of_secrecy_is_known_in_whatever_way_it_is_written(mark: str, grade: str) -> None:
    assert read(f"{mark}\n{HEAD}Nội dung.{FOOT}") == Secret(grade)


@pytest.mark.parametrize("mark", ["MẬT", "TUYỆT MẬT", "TÀI LIỆU TỐI MẬT"])
def test_a_mark_alone_on_its_line_is_seen_on_every_page(mark: str) -> None:
    assert isinstance(read(f"{HEAD}Nội dung một.\n{mark}\nNội dung hai.{FOOT}"), Secret)
    assert isinstance(read(f"{HEAD}Nội dung.{FOOT}\n   {mark}  \n"), Secret)


@pytest.mark.parametrize("line", ["MẶT", "Mặt", "MẤT", "mật", "Mật độ dân cư", "bí mật", "CHẾ ĐỘ MẬT"])
def test_what_only_sounds_like_a_mark_is_none(line: str) -> None:
    assert not isinstance(read(f"{HEAD}Nội dung một.\n{line}\nNội dung hai.{FOOT}"), Secret)


@pytest.mark.parametrize(
    "line",
    [
        "MẬT ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỐI MẬT ĐẢNG CỘNG SẢN VIỆT NAM",
        "ỦY BAN NHÂN DÂN MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND TỈNH LONG AN MẬT", "MẬT Độc lập - Tự do - Hạnh phúc",
        "Độ mật: TUYỆT MẬT UBND TỈNH", "MẬT Số: 12/SNV-TĐKT",
    ],
)  # fmt: skip
def test_a_mark_in_one_line_with_the_other_column_is_seen(line: str) -> None:
    assert isinstance(read(f"{line}\n{HEAD}Nội dung.{FOOT}"), Secret)


@pytest.mark.parametrize(
    "lines",
    [
        "BAN CHỈ ĐẠO BẢO VỆ BÍ\nMẬT NHÀ NƯỚC", "HỌC VIỆN KỸ THUẬT\nMẬT MÃ", "UBND PHƯỜNG\nMẬT SƠN", "BAN BẢO VỆ BÍ MẬT", "UBND XÃ TÂN MẬT",
        "HỢP TÁC XÃ ONG MẬT", "ỦY BAN\nMẶT TRẬN TỔ QUỐC",
    ],
)  # fmt: skip
def test_an_office_in_whose_name_the_syllable_stands_is_not_refused(lines: str) -> None:
    assert not isinstance(read(f"{lines}\n{HEAD}Nội dung.{FOOT}"), Secret)


@pytest.mark.parametrize("line", ["- MẬT -", "2 MẬT", "[TỐI MẬT]", "MẬT - Trang 2/5", "Độ: MẬT", "| MẬT |  |"])
def test_a_mark_with_the_number_of_its_page_or_in_brackets_is_one(line: str) -> None:
    assert isinstance(read(f"{HEAD}Nội dung một.\n{line}\nNội dung hai.{FOOT}"), Secret)


def test_a_row_of_a_table_that_counts_secret_papers_is_no_mark() -> None:
    assert not isinstance(read(f"{HEAD}| STT | Độ | Số |\n| 1 | MẬT | 12 |\n| MẬT | 3 |{FOOT}"), Secret)


def test_what_a_figure_counts_may_begin_as_a_word_that_counts_nothing() -> None:
    told = answer(f"{HEAD}Có 7.593 tập thể và 5.461 cá nhân đăng ký; xem tập 2, trang 15 tập 3, năm 2023.{FOOT}")
    assert [(each["number"], each["unit"].split()[0]) for each in told["figures"]] == [("7.593", "tập"), ("5.461", "cá")]


def test_a_line_that_looks_like_a_number_is_an_item_only_in_its_turn() -> None:
    body = "1. Một việc theo khoản\n3. của Điều 5 và năm\n2021. Hết.\n\n2. Việc hai.\n\n3. Việc ba."
    told = answer(f"{HEAD}Đề nghị:\n\n{body}{FOOT}")
    assert [item["number"] for item in told["outline"]] == ["1", "2", "3"]


def test_one_kind_said_once_is_of_all_numbers_of_its_row() -> None:
    basis = "Căn cứ các Quyết định của UBND tỉnh: Số 79/QĐ-UBND ngày 19/02/2021; số 657/QĐ-UBND ngày 13/7/2023."
    told = answer(f"{HEAD}{basis}\n\n1. Làm.\n\n2. Báo.{FOOT}")
    assert [(each["type"], each["number"], each["date"], each["role"]) for each in told["cited_documents"]] == [
        ("Quyết định", "79/QĐ-UBND", "2021-02-19", "basis"),
        ("Quyết định", "657/QĐ-UBND", "2023-07-13", "basis"),
    ]


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("QĐ-UBND", "Quyết định"),
        ("HD/BDVTU", "Hướng dẫn"),
        ("UBND-TTHC", "Công văn"),
        ("TTr-UBND", "Tờ trình"),
        ("2020/QH14", None),
        ("KL/TW", "Kết luận"),
    ],
)
def test_the_letters_of_a_notation_tell_the_kind(symbol: str, kind: str | None) -> None:
    assert kind_of(symbol) == kind


def test_the_lines_of_a_head_are_joined_into_names() -> None:
    lines = ["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG", "THÀNH PHỐ HỒ CHÍ MINH"]
    assert names_of(lines) == [[0], [1, 2]]
    assert names_of(["ỦY BAN NHÂN DÂN", "TỈNH LONG AN", "SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"]) == [[0, 1], [2, 3]]


@pytest.mark.parametrize(
    "name",
    [
        "Sở Giáo dục và Đào tạo tỉnh Long An",
        "UBND thành phố Hồ Chí Minh",
        "Tỉnh ủy Đồng Tháp",
        "Huyện ủy Lâm Bình",
        "Tổng Liên đoàn Lao động Việt Nam",
        "Liên đoàn Lao động tỉnh Nghệ An",
        "Tổng công ty Cao su Đồng Nai",
        "Bảo hiểm xã hội tỉnh Kiên Giang",
        "Sở Lao động - Thương binh và Xã hội",
        "Trường Đại học Vinh",
        "Trường THPT Nguyễn Hữu Huân",
        "Kho bạc Nhà nước Hà Giang",
        "Viện kiểm sát nhân dân tỉnh Bắc Ninh",
        "Cục Thuế tỉnh Bình Định",
        "BCH Đoàn TNCS Hồ Chí Minh tỉnh Bến Tre",
        "Ủy ban nhân dân xã Phước Hải",
    ],
)
def test_a_name_in_capitals_is_proposed_as_running_text_writes_it(name: str) -> None:
    assert office_in_running_text(name.upper()) == name


def test_a_name_in_capitals_is_told_as_the_paper_itself_writes_it_further_down() -> None:
    head = "CÔNG TY THAN CỌC SÁU\nSố: 12/TCS-VP\nQuảng Ninh, ngày 02 tháng 3 năm 2024\nV/v an toàn\n\nKính gửi: Các phân xưởng.\n\n"
    assert answer(head + "Công ty Than Cọc Sáu yêu cầu các phân xưởng thực hiện.\n")["issuer"] == "Công ty Than Cọc Sáu"
    assert answer(head + "CÔNG TY THAN CỌC SÁU yêu cầu các phân xưởng thực hiện.\n")["issuer"] == "Công ty Than cọc sáu"


def test_a_subject_in_capitals_is_told_as_a_sentence_with_its_names() -> None:
    said = "KẾT QUẢ PHÁT TRIỂN KINH TẾ - XÃ HỘI CỦA ỦY BAN NHÂN DÂN TỈNH BẾN TRE"
    assert subject_in_running_text(said) == "Kết quả phát triển kinh tế - xã hội của Ủy ban nhân dân tỉnh Bến Tre"


def test_nine_names_of_offices_in_ten_are_written_as_a_person_would() -> None:
    told = [(answer(text).get(key), wanted.get(key)) for _, text, wanted in pairs(INVENTED) for key in ("issuer", "issuer_superior")]
    same = [(one, other) for one, other in told if one and other and one.lower() == other.lower()]
    assert len(same) > 55
    assert sum(one == other for one, other in same) >= 0.9 * len(same)


@pytest.mark.parametrize(
    ("order", "asked"),
    [
        ("Giao Sở Tài chính chủ trì, phối hợp với các sở rà soát kinh phí.", "Sở Tài chính"),
        (
            "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các đoàn thể tuyên truyền.",
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các đoàn thể",
        ),
        ("Sở Xây dựng, Công an tỉnh: kiểm tra các công trình.", "Sở Xây dựng, Công an tỉnh"),
        (
            "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các huyện có trách nhiệm triển khai.",
            "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các huyện",
        ),
        # The paper is addressed to them, and nobody else is named.
        ("Tổ chức thực hiện nghiêm các nội dung trên.", "Các sở, ban, ngành"),
        ("Ban hành kế hoạch, báo cáo kết quả.", "Các sở, ban, ngành"),
        ("Tổ chức ít nhất 02 buổi hướng dẫn dùng chữ ký số.", "Các sở, ban, ngành"),
    ],
)
def test_who_is_asked_is_told_with_the_task(order: str, asked: str) -> None:
    told = answer(f"{HEAD}Đề nghị:\n\n1. {order}\n\n2. Thực hiện nghiêm./.{FOOT}")
    assert told["tasks"][0]["asked"] == asked


def test_the_heading_above_says_who_is_asked() -> None:
    body = "1. Sở Tư pháp\n\na) Rà soát văn bản.\n\nb) Báo cáo kết quả.\n\n2. Sở Y tế\n\na) Kiểm tra cơ sở."
    told = answer(f"{HEAD}Phân công:\n\n{body}{FOOT}")
    assert [(each["asked"], each["text"]) for each in told["tasks"]] == [
        ("Sở Tư pháp", "Rà soát văn bản."),
        ("Sở Tư pháp", "Báo cáo kết quả."),
        ("Sở Y tế", "Kiểm tra cơ sở."),
    ]


def test_dashes_right_under_a_heading_without_a_stop_are_tasks_and_what_closes_the_paper_is_none() -> None:
    closing = "Trên đây là kế hoạch thực hiện; trong quá trình thực hiện có vướng mắc, các đơn vị phản ánh về Sở Nội vụ."
    body = f"1. Văn phòng\n- Chủ trì theo dõi.\n- Tổng hợp kết quả.\n2. Công đoàn cơ sở\n- Thành lập tổ tự quản\n\n{closing}"
    told = answer(f"{HEAD}Phân công:\n\n{body}{FOOT}")
    assert [(each["asked"], each["text"]) for each in told["tasks"]] == [
        ("Văn phòng", "Chủ trì theo dõi."),
        ("Văn phòng", "Tổng hợp kết quả."),
        ("Công đoàn cơ sở", "Thành lập tổ tự quản"),
    ]


def test_a_sentence_whose_line_broke_before_a_dash_goes_on() -> None:
    told = answer(f"{HEAD}Phân công:\n\n1. Sở Y tế kiểm tra các chợ đầu mối\n- nơi đông người.\n\n2. Sở Tư pháp kiểm tra.{FOOT}")
    assert [each["kind"] for each in told["outline"]] == ["number", "number"]


@pytest.mark.parametrize("said", ["Nội dung 1: ", "Nội dung số 1. ", "Nội dung thứ nhất: "])
def test_a_numbered_content_is_named_by_its_quoted_title(said: str) -> None:
    body = f"1. {said}“Không xả rác”\n- Tuyên truyền.\n2. {said}“Không vi phạm”\n- Vận động."
    assert answer(f"{HEAD}Thực hiện:\n\n{body}{FOOT}")["contents"] == ["Không xả rác", "Không vi phạm"]


def test_quoted_titles_of_a_row_of_items_are_the_contents_of_a_campaign() -> None:
    body = "1. Về nội dung “Không xả rác”\n\n- Tuyên truyền.\n\n2. Về nội dung “Không vi phạm”\n\n- Vận động."
    told = answer(f"{HEAD}Thực hiện:\n\n{body}{FOOT}")
    assert (told["contents"], [each["content"] for each in told["tasks"]]) == (["Không xả rác", "Không vi phạm"], [1, 2])


def test_thousands_of_blanks_between_two_words_cost_no_minutes() -> None:
    """A rule of many optional parts once tried them in all ways; the run would end at its time limit."""
    gap = " " * 3000
    basis = f"Căn cứ Quyết định{gap}của UBND tỉnh{gap}số 7/QĐ-UBND{gap}ngày 01/02/2024 , {gap} 8/QĐ-UBND."
    told = answer(f"{HEAD}{basis}\n\n1. Làm.{gap}\n\n2. Báo.{FOOT}")
    assert "8/QĐ-UBND" in [each["number"] for each in told["cited_documents"]]


def test_a_title_in_spaced_letters_is_a_title() -> None:
    told = answer("Số: 7/QĐ-UBND\nQ U Y Ế T  Đ Ị N H\nVề việc giao chỉ tiêu\n")
    assert (told["doc_type"], told["subject"]) == ("Quyết định", "giao chỉ tiêu")
