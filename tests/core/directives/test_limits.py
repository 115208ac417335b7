"""Sentences as papers of ministries, provinces and unions write them, each with the deadlines that it sets (or none)."""

import pytest

from kheo.core.text import name_key
from tests.core.directives.papers import answer

HEAD = "UBND TỈNH LONG AN\nSỞ NỘI VỤ\nSố: 12/SNV-TĐKT\nLong An, ngày 02 tháng 3 năm 2024\nV/v báo cáo\n\nKính gửi: Các sở, ban, ngành.\n\n"
FOOT = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ba\n"
Due = tuple[str | None, str | None, str | None, str | None]
SENTENCES: list[tuple[str, list[Due]]] = [
    (
        "Báo cáo thiệt hại về Sở Nội vụ trước 16 giờ 30 hôm nay (20/3/2024).",
        [("2024-03-20", None, "once", "Sở Nội vụ")],
    ),
    (
        "Sở Tư pháp bảo đảm đến ngày 30/9/2024 số hóa xong sổ hộ tịch của ba xã; các xã còn lại trước ngày 30/11/2024.",
        [("2024-09-30", None, "once", None), ("2024-11-30", None, "once", None)],
    ),
    (
        "Báo cáo kết quả thực hiện gửi về Sở Nội vụ (qua Phòng Cải cách hành chính) trước ngày 15/11/2024 để tổng hợp, báo cáo UBND tỉnh.",
        [("2024-11-15", None, "once", "Sở Nội vụ (qua Phòng Cải cách hành chính)")],
    ),
    (
        "Đề nghị các đơn vị gửi ý kiến góp ý bằng văn bản về Sở Tài chính (địa chỉ: số 10 đường Hùng Vương; email: "
        "stc@longan.gov.vn) trước "
        "ngày 20/5/2024.",
        [("2024-05-20", None, "once", "Sở Tài chính (địa chỉ: số 10 đường Hùng Vương; email: stc@longan.gov.vn)")],
    ),
    (
        "Gửi báo cáo về UBND tỉnh (qua Sở Y tế tổng hợp) trước ngày 10 tháng 12 hằng năm.",
        [(None, "12-10", "year", "UBND tỉnh (qua Sở Y tế tổng hợp)")],
    ),
    (
        "Văn bản gửi về Bộ Tư pháp (Cục Kiểm tra văn bản QPPL), đồng thời gửi bản mềm qua thư điện tử vbqppl@moj.gov.vn, trước ngày "
        "30/6/2024.",
        [("2024-06-30", None, "once", "Bộ Tư pháp (Cục Kiểm tra văn bản QPPL)")],
    ),
    ("Thời hạn gửi báo cáo: trước ngày 15/6/2024.", [("2024-06-15", None, "once", None)]),
    ("Thời gian nộp hồ sơ: chậm nhất ngày 30/9/2024.", [("2024-09-30", None, "once", None)]),
    (
        "Danh sách đăng ký gửi về Ban Tổ chức LĐLĐ tỉnh trước ngày 10/5/2024 (qua đồng chí Nguyễn Văn A, ĐT: 0912.345.678).",
        [("2024-05-10", None, "once", "Ban Tổ chức LĐLĐ tỉnh")],
    ),
    ("Rà soát hồ sơ tồn đọng, hoàn thành trước ngày 31/12/2024.", [("2024-12-31", None, "once", None)]),
    ("Bộ Tài chính báo cáo Thủ tướng Chính phủ trong tháng 6 năm 2024.", [(None, None, "once", "Thủ tướng Chính phủ")]),
    (
        "Định kỳ hằng quý (trước ngày 20 tháng cuối quý), 6 tháng (trước ngày 20/6), hằng năm (trước ngày 20/12) báo cáo "
        "kết quả về Bộ Công "
        "an để tổng hợp.",
        [(None, None, "quarter", "Bộ Công an"), (None, "06-20", "half-year", "Bộ Công an"), (None, "12-20", "year", "Bộ Công an")],
    ),
    (
        "Báo cáo 6 tháng gửi trước ngày 10/6, báo cáo năm gửi trước ngày 10/12 hằng năm về Ban Dân vận Tỉnh ủy.",
        [(None, "06-10", "half-year", "Ban Dân vận Tỉnh ủy"), (None, "12-10", "year", "Ban Dân vận Tỉnh ủy")],
    ),
    (
        "Báo cáo sơ kết 6 tháng đầu năm: trước ngày 05/6; báo cáo tổng kết năm: trước ngày 05/12.",
        [(None, "06-05", "half-year", None), (None, "12-05", "year", None)],
    ),
    ("Báo cáo định kỳ: Trước ngày 25 hằng tháng.", [(None, None, "month", None)]),
    ("Gửi kết quả về Sở GDĐT trước 16h30 ngày 05/9/2024.", [("2024-09-05", None, "once", "Sở GDĐT")]),
    ("Giải phóng mặt bằng xong trước 30/4/2025.", [("2025-04-30", None, "once", None)]),
    ("Gửi dự toán về Sở Tài chính chậm nhất đến ngày 30/6/2025.", [("2025-06-30", None, "once", "Sở Tài chính")]),
    (
        "Trước ngày 15/3/2025, các đơn vị xây dựng kế hoạch gửi về Ban Thường vụ Huyện ủy.",
        [("2025-03-15", None, "once", "Ban Thường vụ Huyện ủy")],
    ),
    ("Khẩn trương khắc phục sự cố, hoàn thành trong ngày 15/8/2025.", [("2025-08-15", None, "once", None)]),
    (
        "Báo cáo kết quả về Chủ tịch UBND tỉnh (qua Văn phòng UBND tỉnh) trong ngày 15/8/2025.",
        [("2025-08-15", None, "once", "Chủ tịch UBND tỉnh (qua Văn phòng UBND tỉnh)")],
    ),
    (
        "Gửi báo cáo tháng trước ngày 20 của tháng báo cáo, báo cáo quý trước ngày 20 của tháng cuối quý, báo cáo năm "
        "trước ngày 20/12 về Sở "
        "Nội vụ.",
        [(None, None, "month", "Sở Nội vụ"), (None, None, "quarter", "Sở Nội vụ"), (None, "12-20", "year", "Sở Nội vụ")],
    ),
    ("Hằng năm, trước ngày 15 tháng 12, UBND cấp xã báo cáo Sở Nội vụ kết quả thực hiện.", [(None, "12-15", "year", "Sở Nội vụ")]),
    ("Số liệu báo cáo tính từ ngày 15/12/2023 đến ngày 14/6/2024.", []),
    ("Quá thời hạn nêu trên, đơn vị nào không có ý kiến coi như thống nhất.", []),
    (
        "Các đơn vị báo cáo UBND tỉnh trước ngày 30 tháng 9 năm 2025 (thông qua Sở Kế hoạch và Đầu tư).",
        [("2025-09-30", None, "once", "UBND tỉnh")],
    ),
    (
        "Tổng hợp, gửi về Ban Tuyên giáo Tỉnh ủy trước ngày 10/10/2024 (đồng thời gửi qua email btg@tinhuy.vn).",
        [("2024-10-10", None, "once", "Ban Tuyên giáo Tỉnh ủy")],
    ),
    (
        "Báo cáo đột xuất khi có yêu cầu; báo cáo 6 tháng trước ngày 15/6, báo cáo năm trước ngày 15/12 gửi Văn phòng "
        "Điều phối nông thôn "
        "mới tỉnh.",
        [
            (None, "06-15", "half-year", "Văn phòng Điều phối nông thôn mới tỉnh"),
            (None, "12-15", "year", "Văn phòng Điều phối nông thôn mới tỉnh"),
        ],
    ),
    ("Tham mưu UBND tỉnh ban hành kế hoạch trước ngày 20/4/2024.", [("2024-04-20", None, "once", "UBND tỉnh")]),
    (
        "Hoàn thành việc sáp nhập trường học trong quý II/2024; bàn giao hồ sơ trước ngày 15/7/2024.",
        [(None, None, "once", None), ("2024-07-15", None, "once", None)],
    ),
    (
        "Giao Sở Xây dựng chủ trì tham mưu, đề xuất UBND tỉnh xem xét, quyết định trước ngày 25/4/2024.",
        [("2024-04-25", None, "once", "UBND tỉnh")],
    ),
    ("Đồng chí Bí thư các chi bộ báo cáo Đảng ủy xã trước ngày 25/8/2025.", [("2025-08-25", None, "once", "Đảng ủy xã")]),
    (
        "Báo cáo kết quả về UBND phường (qua Phòng Văn hóa - Xã hội) trước 11 giờ 00 phút, ngày 25/8/2025 (thứ Hai).",
        [("2025-08-25", None, "once", "UBND phường (qua Phòng Văn hóa - Xã hội)")],
    ),
    (
        "Hồ sơ gửi về Hội đồng Thi đua - Khen thưởng tỉnh (qua Ban Thi đua - Khen thưởng, Sở Nội vụ) chậm nhất vào ngày 30/11 hằng năm.",
        [(None, "11-30", "year", "Hội đồng Thi đua - Khen thưởng tỉnh (qua Ban Thi đua - Khen thưởng, Sở Nội vụ)")],
    ),
    (
        "Đề nghị các đồng chí gửi bài tham luận về Ban Tổ chức Hội nghị trước ngày 12/4/2024.",
        [("2024-04-12", None, "once", "Ban Tổ chức Hội nghị")],
    ),
    (
        "Cử cán bộ đầu mối, gửi thông tin (họ tên, chức vụ, số điện thoại) về Sở Nội vụ trước ngày 12/4/2024.",
        [("2024-04-12", None, "once", "Sở Nội vụ")],
    ),
    ("Hội nghị được tổ chức trước ngày 30/6/2024; thời gian cụ thể sẽ thông báo sau.", []),
    (
        "Đại hội cấp cơ sở hoàn thành trước ngày 30/6/2025, đại hội cấp trên trực tiếp cơ sở hoàn thành trước ngày 31/8/2025.",
        [("2025-06-30", None, "once", None), ("2025-08-31", None, "once", None)],
    ),
    (
        "Thời gian lấy số liệu đến hết ngày 31/5/2024; báo cáo gửi về LĐLĐ tỉnh trước ngày 10/6/2024.",
        [("2024-06-10", None, "once", "LĐLĐ tỉnh")],
    ),
    ("Đối tượng là người lao động có hợp đồng ký trước ngày 01/5/2024.", []),
    ("Kỷ niệm 80 năm Quốc khánh (02/9/1945 - 02/9/2025), hoàn thành trước ngày 19/8/2025.", [("2025-08-19", None, "once", None)]),
    ("Lịch thi: ngày 26/6/2025 môn Ngữ văn, ngày 27/6/2025 môn tự chọn.", []),
    ("Treo cờ Tổ quốc từ ngày 30/8/2025 đến hết ngày 05/9/2025.", []),
    (
        "Đề nghị các đơn vị tổ chức Lễ phát động trước ngày 01/5/2024, gửi báo cáo về Sở Nội vụ trước ngày 15/5/2024.",
        [("2024-05-01", None, "once", None), ("2024-05-15", None, "once", "Sở Nội vụ")],
    ),
    (
        "Sở Y tế chủ trì, phối hợp với Sở Tài chính tham mưu trình UBND tỉnh, hoàn thành trước 20/4/2024.",
        [("2024-04-20", None, "once", "UBND tỉnh")],
    ),
]


def plain(rows: list[Due]) -> list[Due]:
    return [(date, day, period, name_key(to) if to else None) for date, day, period, to in rows]


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES)
def test_the_limits_of_a_sentence(sentence: str, wanted: list[Due]) -> None:
    told = answer(f"{HEAD}Sở Nội vụ đề nghị:\n\n1. {sentence}\n\n2. Thực hiện nghiêm./.{FOOT}")["deadlines"]
    assert plain([(each["date"], each["month_day"], each["period"], each["to"]) for each in told]) == plain(wanted)


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        (
            "Thực hiện Hướng dẫn số 09-HD/BDVQU ngày 25/10/2023 của Ban Dân vận Quận ủy, Sở Nội vụ đề nghị các đơn vị đăng ký ít nhất "
            "01 mô hình và gửi báo cáo kết quả về Sở Nội vụ trước ngày 20/4/2024.",
            [("2024-04-20", None, "once", "Sở Nội vụ")],
        ),
        (
            "Căn cứ Công văn số 15/BNV ngày 05/02/2024 của Bộ Nội vụ về việc đề nghị gửi báo cáo trước ngày 15/4/2024, Sở Nội vụ gửi các "
            "đơn vị văn bản này để biết.",
            [],
        ),
        ("Theo yêu cầu báo cáo trước ngày 15/4/2024 của Bộ Nội vụ, Sở Nội vụ gửi các đơn vị văn bản này để biết.", []),
    ],
)
def test_a_letter_of_one_sentence_is_read_from_where_it_asks(paragraph: str, wanted: list[Due]) -> None:
    told = answer(f"{HEAD}{paragraph}{FOOT}")["deadlines"]
    assert plain([(each["date"], each["month_day"], each["period"], each["to"]) for each in told]) == plain(wanted)


ANNEX = """
PHỤ LỤC
(Kèm theo Kế hoạch số 12/KH-UBND ngày 02/3/2024)

| STT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành | Sản phẩm |
|---|---|---|---|---|
| 1 | Ban hành kế hoạch | Sở Nội vụ | Trước ngày 15/4/2024 | Kế hoạch |
| 2 | Rà soát thủ tục | Sở Tư pháp | Quý III/2024 | |
| 3 | Tuyên truyền | Các sở | Thường xuyên | Tin bài |
| 4 | Báo cáo kết quả | Các sở | Hằng quý | Báo cáo |
| 5 | Tập huấn | Sở Nội vụ | Tháng 5-6/2024 | Hội nghị |
| 6 | Khảo sát | Sở Nội vụ | Tháng 01/2024 | Báo cáo |
"""


@pytest.mark.parametrize(
    ("day", "comes_to"),
    [
        ("ngày 25/11", "2024-11-25"),
        ("16 giờ ngày 15 tháng 3", "2024-03-15"),
        ("ngày 02/3", "2024-03-02"),
        ("ngày 15/01", None),  # long gone, or of a year that nobody named
        ("ngày 29/02", None),
        ("ngày 10/6 hằng năm", None),
    ],
)
def test_a_day_without_a_year_that_is_asked_for_once_comes_to_the_next_one_after_the_paper(day: str, comes_to: str | None) -> None:
    told = answer(f"{HEAD}Gửi danh sách về Sở Nội vụ trước {day}.{FOOT}")["deadlines"]
    assert [each.get("reckoned") for each in told] == [comes_to]


def test_a_day_of_january_in_a_paper_of_december_is_of_the_next_year() -> None:
    head = HEAD.replace("ngày 02 tháng 3 năm 2024", "ngày 20 tháng 12 năm 2024")
    told = answer(f"{head}Gửi danh sách về Sở Nội vụ trước ngày 10/01.{FOOT}")["deadlines"]
    assert [(each["month_day"], each.get("reckoned")) for each in told] == [("01-10", "2025-01-10")]


def test_a_column_of_limits_in_a_table_sets_deadlines_unless_it_says_always_a_span_or_what_is_past() -> None:
    told = answer(f"{HEAD}Đề nghị:\n\n1. Thực hiện theo Phụ lục.\n\n2. Thực hiện nghiêm./.{FOOT}{ANNEX}")["deadlines"]
    assert [(each["text"], each["date"], each.get("quarter"), each["period"]) for each in told] == [
        ("Ban hành kế hoạch", "2024-04-15", None, "once"),
        ("Rà soát thủ tục", None, "2024-Q3", "once"),
        ("Báo cáo kết quả", None, None, "quarter"),
    ]
