"""Limits that are no day of the calendar: by the clock and the week, by parts of a month, from an event or before it.

Each sentence with what it says, or nothing.
"""

import pytest

from tests.core.directives.papers import answer
from tests.core.directives.test_limits import FOOT, HEAD

SAYS = ("date", "month_day", "day", "month", "quarter", "period", "period_other", "time", "within", "reckoned", "to")
# Wires of floods and epidemics, union and youth congresses, Party committees, a football federation.
CLOCKS = [
    ("Báo cáo tình hình nhân dân thường xuyên: 14h thứ Tư hằng tuần.", ["week 14:00"]),
    ("Gửi báo cáo về Văn phòng UBND tỉnh trước 16 giờ các ngày thứ Ba, thứ Sáu hằng tuần.", ["week 16:00 Văn phòng UBND tỉnh"]),
    ("Hằng ngày, trước 8h00 và 20h00, gửi báo cáo về Sở Y tế.", ["day 08:00 Sở Y tế", "day 20:00 Sở Y tế"]),
    (
        "Báo cáo Chủ tịch UBND tỉnh trước 7h00 và 17h00 các ngày trong thời gian có bão.",
        ["day 07:00 Chủ tịch UBND tỉnh", "day 17:00 Chủ tịch UBND tỉnh"],
    ),
    ("Báo cáo nhanh về Ban Tổ chức Tỉnh ủy vào 15 giờ hằng ngày trong thời gian diễn ra đại hội.", ["day 15:00 Ban Tổ chức Tỉnh ủy"]),
    ("Kết quả vận động hằng ngày báo cáo về phường trước 16h30 (qua đồng chí Sen).", ["day 16:30 phường"]),
    ("Báo cáo tuần gửi trước 15 giờ thứ Năm về Văn phòng Đảng ủy.", ["week 15:00 Văn phòng Đảng ủy"]),
    ("Cứ 02 giờ một lần, trạm thủy văn báo cáo mực nước về Ban Chỉ huy.", ["2-hours Ban Chỉ huy"]),
    ("Định kỳ 10 ngày một lần báo cáo tiến độ về Sở Xây dựng.", ["10-days Sở Xây dựng"]),
    ("Tổng hợp tiến độ báo cáo Ban Thường vụ vào thứ Sáu tuần thứ hai và tuần thứ tư trong tháng.", ["month Ban Thường vụ"]),
    ("Tham mưu UBND cấp xã ra quân diệt lăng quăng hằng tuần, vào sáng Chủ nhật.", ["week"]),
    ("Chi bộ họp thường kỳ vào ngày 05 hằng tháng.", []),
    ("Giao ban vào 8 giờ thứ Hai hằng tuần.", []),
    ("Trực ban 24/24 giờ, thay ca vào 6 giờ và 18 giờ hằng ngày.", []),
    ("Tiếp công dân vào thứ Năm hằng tuần.", []),
    ("Đài Phát thanh tỉnh gửi báo cáo về Sở Nội vụ vào 16 giờ thứ Sáu hằng tuần.", ["week 16:00 Sở Nội vụ"]),
    ("Phát trên loa truyền thanh, gửi báo cáo về phường vào 16 giờ thứ Sáu hằng tuần.", ["week 16:00 phường"]),
    ("Phát thanh hằng ngày, báo cáo về Phòng Văn hóa vào 16 giờ thứ Sáu hằng tuần.", ["week 16:00 Phòng Văn hóa"]),
    ("Báo cáo ngày (trước 15 giờ), báo cáo tuần (trước 15 giờ thứ Năm) gửi về Sở Y tế.", ["day 15:00 Sở Y tế", "week 15:00 Sở Y tế"]),
]
PARTS = [
    ("Công khai kết quả trong 05 ngày đầu tháng sau.", ["month"]),
    ("Gửi báo cáo về Ban Kinh tế - Xã hội vào tuần cuối của quý.", ["quarter Ban Kinh tế - Xã hội"]),
    ("Gửi số liệu về Sở Tài chính chậm nhất ngày cuối cùng của tháng.", ["month Sở Tài chính"]),
    ("Báo cáo kết quả mỗi tháng 02 lần (ngày 5 và ngày 20).", ["5 month", "20 month"]),
    ("Hằng quý, Ủy ban Kiểm tra rà soát việc thực hiện kết luận.", ["quarter"]),
    ("Mỗi 6 tháng đối soát một lần.", ["half-year"]),
    ("Chi bộ thu đảng phí hằng tháng, nộp Đảng ủy theo quý vào tuần đầu của quý sau.", ["quarter Đảng ủy"]),
    ("Định kỳ báo cáo về Sở Nội vụ cùng báo cáo công tác tháng.", ["month Sở Nội vụ"]),
    ("Các chi bộ sinh hoạt chuyên đề hằng quý.", []),
    ("Khen thưởng hằng năm đối với tập thể, cá nhân.", []),
    ("Báo cáo tiến độ 02 lần/tháng vào ngày 15 và ngày 30.", ["15 month", "30 month"]),
    ("Báo cáo kết quả bằng văn bản về Cục Thuế trong ngày làm việc cuối cùng của tháng.", ["month Cục Thuế"]),
    (
        "Gửi báo cáo tháng trước ngày 18, báo cáo quý trước ngày 18 tháng cuối quý về Ban Tổ chức.",
        ["18 month Ban Tổ chức", "18 quarter Ban Tổ chức"],
    ),
    ("Tổ chức ký kết giao ước thi đua trong quý I/2026.", ["2026-Q1 once"]),
    ("Gửi về Cục Phòng bệnh, số 135 Núi Trúc, Hà Nội trong tuần thứ ba của tháng 7/2025.", ["2025-07 once Cục Phòng bệnh"]),
]
EVENTS = [
    ("Chậm nhất 03 ngày sau khi kết thúc hội nghị, gửi biên bản về Huyện ủy.", ["once 3 ngày Huyện ủy"]),
    ("Gửi hồ sơ về Ban Tổ chức giải ít nhất 15 ngày trước ngày khai mạc.", ["once 15 ngày trước Ban Tổ chức giải"]),
    ("Báo cáo nhanh kết quả sau khi bế mạc đại hội 01 ngày.", ["once 1 ngày"]),
    ("Báo cáo kết quả sau mỗi đợt kiểm tra 05 ngày.", ["5 ngày"]),
    ("Sở Xây dựng bảo đảm thông xe trong vòng 24 giờ kể từ khi xảy ra sạt lở.", ["once 24 giờ"]),
    ("Nộp thuyết minh (08 bộ): 30 ngày kể từ ngày có thông báo tuyển chọn.", ["once 30 ngày"]),
    ("Hoàn thành sửa chữa trường lớp trước ngày khai giảng.", ["once"]),
    ("Nghiệm thu kè xong trước mùa mưa bão.", ["once"]),
    ("Di dời các hộ trong vùng có nguy cơ, hoàn thành trước 17h00 hôm nay.", ["once 17:00 0 ngày 2024-03-02"]),
    ("Lấy ý kiến Mặt trận Tổ quốc trước khi trình Hội đồng nhân dân.", []),
    ("Báo cáo cấp ủy trước khi quyết định việc bổ nhiệm.", []),
    ("Người lao động được nghỉ 03 ngày kể từ ngày kết hôn.", []),
    ("Trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ hợp lệ, cơ quan giải quyết thủ tục.", []),
    ("Công dân có quyền khiếu nại trong thời hạn 90 ngày kể từ ngày nhận được quyết định.", []),
    ("Hồ sơ gồm xác nhận không nợ trước thời điểm đề nghị.", []),
    ("Chậm nhất sau 10 ngày kể từ ngày nhận được Hướng dẫn này, các cấp gửi về Tổng Liên đoàn.", ["once 10 ngày Tổng Liên đoàn"]),
    ("Hồ sơ hoàn thiện trong vòng 03 ngày kể từ thời điểm gửi báo cáo.", ["once 3 ngày"]),
    (
        "Trong vòng 05 ngày kể từ ngày kết thúc Ngày hội, Công an xã gửi báo cáo về Phòng PV05 để báo cáo Bộ Công an trước ngày 31/8/2026.",
        ["once 5 ngày Phòng PV05", "2026-08-31 once Bộ Công an"],
    ),
    ("Phấn đấu hoàn thành trước Đại hội Đảng bộ tỉnh.", ["once"]),
    ("Gửi các thành viên Ban Chỉ đạo trước phiên họp 03 ngày.", []),
    ("Trường hợp thay đổi kế hoạch, Ban Tổ chức sẽ thông báo trước ngày khai mạc 02 ngày.", []),
    ("Bảo hành công trình 12 tháng kể từ ngày bàn giao đưa vào sử dụng.", []),
]
SENT_TO = [
    ("Danh sách đầu mối gửi về địa chỉ nvy@angiang.gov.vn trước ngày 09/8/2025.", ["2025-08-09 once địa chỉ nvy@angiang.gov.vn"]),
    ("Gửi UBND tỉnh qua Sở chậm nhất ngày 20/8/2025.", ["2025-08-20 once UBND tỉnh qua Sở"]),
    ("Báo cáo số lượng dự thi về 02 cơ quan trước ngày 23/9/2025.", ["2025-09-23 once 02 cơ quan"]),
    ("Nhận hồ sơ từ ngày 25/3 đến ngày 10/4/2024 tại Ban Nữ công LĐLĐ tỉnh.", ["2024-04-10 once Ban Nữ công LĐLĐ tỉnh"]),
    ("Tham mưu cấp ủy ban hành văn bản trước 30/9/2025.", ["2025-09-30 once"]),
    (
        "Các đơn vị báo cáo sơ kết về Hội đồng trước ngày 10/6/2025; báo cáo tổng kết trước ngày 05/12/2025.",
        ["2025-06-10 once Hội đồng", "2025-12-05 once Hội đồng"],
    ),
    (
        "Báo cáo nhanh vào thứ Năm hằng tuần; báo cáo tổng kết kèm biểu mẫu gửi về LĐLĐ tỉnh trước ngày 05/6/2025.",
        ["week", "2025-06-05 once LĐLĐ tỉnh"],
    ),
    ("Khóa dữ liệu lúc 16h30 ngày 12/4/2024.", ["2024-04-12 once 16:30"]),
    ("Từ ngày 04/5 đến 31/5/2024: thẩm tra, xác minh.", ["2024-05-31 once"]),
    (
        "Gửi về Bộ Y tế (qua Vụ Bảo hiểm): Danh mục đã được phê duyệt trước ngày 30/6/2024; Kế hoạch trước ngày 10/7/2024.",
        ["2024-06-30 once Bộ Y tế (qua Vụ Bảo hiểm)", "2024-07-10 once Bộ Y tế (qua Vụ Bảo hiểm)"],
    ),
    (
        "Gửi báo cáo sơ kết trước ngày 10/6/2024, báo cáo tổng kết trước ngày 20/11/2024 về Công đoàn Y tế Việt Nam.",
        ["2024-06-10 once Công đoàn Y tế Việt Nam", "2024-11-20 once Công đoàn Y tế Việt Nam"],
    ),
    (
        "Gửi về Hội Nông dân tỉnh trước ngày 20/11/2025; ý kiến gửi trước ngày 12/11/2025. Riêng xã A gửi không quá ngày 24/11/2025.",
        ["2025-11-20 once Hội Nông dân tỉnh", "2025-11-12 once Hội Nông dân tỉnh", "2025-11-24 once Hội Nông dân tỉnh"],
    ),
    ("Gửi về Sở Nội vụ đến hết ngày 30/4/2026.", ["2026-04-30 once Sở Nội vụ"]),
    ("Tham mưu cấp ủy, chính quyền cùng cấp ban hành kế hoạch trước ngày 15/6/2026.", ["2026-06-15 once cấp ủy, chính quyền cùng cấp"]),
    ("Cung ứng đủ sách giáo khoa, tổ chức phát cho học sinh trước ngày 15/8/2024.", ["2024-08-15 once"]),
    (
        "Câu lạc bộ nộp lệ phí về Liên đoàn Bóng đá Việt Nam chậm nhất 17h00 ngày 15/02/2025.",
        ["2025-02-15 once 17:00 Liên đoàn Bóng đá Việt Nam"],
    ),
    ("Gửi ý kiến về VFF (Phòng Thi đấu) trước ngày 10/5/2025.", ["2025-05-10 once VFF (Phòng Thi đấu)"]),
    ("Gửi tham luận cho Ban Tổ chức (đồng chí Lan) trước 25/4/2025.", ["2025-04-25 once Ban Tổ chức (đồng chí Lan)"]),
    ("Báo cáo kết quả bằng văn bản (qua Văn phòng Đảng ủy) trước ngày 25/4/2025.", ["2025-04-25 once Văn phòng Đảng ủy"]),
    ("Báo cáo Thành ủy, đồng gửi Ban Dân vận Thành ủy trước ngày 25/4/2025.", ["2025-04-25 once Thành ủy"]),
    ("Trình cấp có thẩm quyền phê duyệt trước ngày 25/4/2025.", ["2025-04-25 once cấp có thẩm quyền"]),
    ("Gửi về Tiểu ban Nội dung trước ngày 25/4/2025.", ["2025-04-25 once Tiểu ban Nội dung"]),
    ("Hạn cuối nhận bài dự thi: 17h00, 20/5/2025.", ["2025-05-20 once 17:00"]),
]


# What was, what is so, and what is good for so long: reports, regulations, notices.
NO_ORDERS = [
    "Hằng tháng, Ban Thường vụ duy trì chế độ giao ban với các chi hội.",
    "Hằng quý, Ủy ban Kiểm tra đã tham mưu báo cáo kết quả theo quy định.",
    "Công tác thông tin, báo cáo được thực hiện hằng tuần, hằng tháng đúng quy định.",
    "Một số đơn vị gửi báo cáo chậm so với thời hạn quy định (trước ngày 15/6).",
    "Việc nộp báo cáo trước ngày 20 hằng tháng chưa được thực hiện nghiêm túc.",
    "Đường dây nóng tiếp nhận thông tin 24/24 giờ tất cả các ngày trong tuần.",
    "Đảng viên dự bị được xét công nhận chính thức sau 12 tháng kể từ ngày kết nạp.",
    "Thời hạn sử dụng đất là 50 năm kể từ ngày có quyết định giao đất.",
    "Câu lạc bộ phải có mặt tại sân 90 phút trước giờ bóng lăn.",
    "Thời gian tập huấn: 03 ngày, từ ngày 12/5/2025 đến ngày 14/5/2025.",
    "Học sinh nghỉ Tết từ ngày 25/01/2025 đến hết ngày 02/02/2025.",
    "Chi trả lương hưu từ ngày 02 đến ngày 10 hằng tháng.",
]


def said(paper: str) -> list[str]:
    return [" ".join(str(each[key]) for key in SAYS if each.get(key) is not None) for each in answer(paper)["deadlines"]]


@pytest.mark.parametrize(("sentence", "wanted"), [*CLOCKS, *PARTS, *EVENTS, *SENT_TO, *((each, []) for each in NO_ORDERS)])
def test_a_limit_without_a_day_of_its_own_says_what_it_is(sentence: str, wanted: list[str]) -> None:
    assert said(f"{HEAD}Sở Nội vụ đề nghị:\n\n1. {sentence}\n\n2. Thực hiện nghiêm./.{FOOT}") == wanted


def paper(*items: str) -> str:
    return HEAD + "Sở Nội vụ đề nghị:\n\n" + "\n\n".join(f"{at}. {item}" for at, item in enumerate(items, 1)) + FOOT


def test_the_day_that_a_paper_gives_an_event_reckons_what_runs_from_it() -> None:
    assert said(
        paper(
            "Đăng ký đại biểu dự Hội nghị trực tuyến toàn quốc (tổ chức ngày 07/3/2026) trước ngày 23/02/2026.",
            "Chi bộ tổng hợp kết quả trong 30 ngày sau hội nghị trực tuyến.",
            "Hội đồng xét tốt nghiệp họp ngày 13/6/2026.",
            "Hoàn thành nghĩa vụ tài chính xong trước khi Hội đồng họp.",
            "Gửi danh sách về Ban Tổ chức trước khi đại hội 20 ngày.",
        )
    ) == ["2026-02-23 once", "once 30 ngày 2026-04-06", "once 2026-06-13", "once 20 ngày trước Ban Tổ chức"]


def test_an_event_with_two_days_is_reckoned_from_none() -> None:
    assert said(
        paper("Hội nghị sơ kết ngày 07/3/2026.", "Hội nghị sơ kết ngày 09/3/2026.", "Gửi biên bản về Sở trong 5 ngày sau hội nghị sơ kết.")
    ) == ["once 5 ngày Sở"]


def test_of_the_two_days_of_an_anniversary_the_one_to_come_is_the_days() -> None:
    point = "Nơi làm điểm tổ chức xong trước Lễ kỷ niệm 96 năm Ngày truyền thống MTTQ Việt Nam"
    assert said(paper(f"{point} (18/11/1930 - 18/11/2026).")) == ["once 2026-11-18"]


def test_the_same_day_is_the_day_said_before() -> None:
    assert said(paper("Khai giảng lúc 8 giờ 00 ngày 05/9/2026.", "Báo cáo nhanh số liệu trước 15 giờ cùng ngày.")) == [
        "once 15:00 2026-09-05"
    ]


TABLE = """
| Đợt | Việc | Thời gian | Ghi chú |
|---|---|---|---|
| 1 | Đăng ký chương trình rèn luyện | xong trước 20/10/2025 | gửi Đoàn cấp trên |
| 2 | Xếp loại đoàn viên | tháng 5/2026 | báo cáo trước 31/5/2026 |
| 3 | Lớp đảng viên trẻ | 26/3/2026 | dịp 95 năm thành lập Đoàn |
"""


def test_the_remarks_of_a_row_say_to_whom_and_by_when_if_its_column_does_not() -> None:
    assert said(paper("Tiến độ:" + TABLE)) == ["2025-10-20 once Đoàn cấp trên", "2026-05-31 once"]


def test_many_limits_of_one_sentence_do_not_each_repeat_all_of_it() -> None:
    row = "Gửi Sở Nội vụ " + "trước 7h00 và 17h00 hằng ngày, " * 50
    told = answer(paper(row))["deadlines"]
    assert len(told) == 100
    assert max(len(each["text"]) for each in told) < 1000


def test_what_is_only_to_be_finished_is_told_with_the_work_before_it_and_without_a_heading() -> None:
    told = answer(
        paper(
            "Kêu gọi tàu thuyền vào nơi tránh trú; hoàn thành trước 15 giờ ngày 24/8/2025.",
            "Chế độ báo cáo\nCác công đoàn trực thuộc gửi báo cáo về Công đoàn ngành trước ngày 10/6/2025\nđể tổng hợp.",
        )
    )["deadlines"]
    assert [each["text"] for each in told] == [
        "Kêu gọi tàu thuyền vào nơi tránh trú; hoàn thành trước 15 giờ ngày 24/8/2025",
        "Các công đoàn trực thuộc gửi báo cáo về Công đoàn ngành trước ngày 10/6/2025",
    ]


def test_an_office_is_not_carried_into_another_item() -> None:
    assert said(paper("Gửi kế hoạch về Sở Nội vụ trước ngày 20/11/2025.", "Các xã gửi báo cáo trước ngày 12/12/2025.")) == [
        "2025-11-20 once Sở Nội vụ",
        "2025-12-12 once",
    ]


def test_what_says_nothing_but_a_period_and_its_limit_is_one_more_report() -> None:
    told = answer(HEAD + "Các xã gửi về Sở Nội vụ như sau:\n\n- Báo cáo quý I: trước ngày 15/3\n\n- Quý II: trước ngày 15/6" + FOOT)[
        "deadlines"
    ]
    assert [(each["month_day"], each["kind"]) for each in told] == [("03-15", "report"), ("06-15", "report")]
