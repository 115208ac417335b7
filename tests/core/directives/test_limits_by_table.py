"""Limits put together from the parts that papers put them together from: word of limit, hour, day, how the sentence asks, to whom.

Each axis is written down whole; of the product every value of one axis is read with others in turn. A pair that is misread shows
which cells of the table do not work, where a list of sentences would show one sample.
"""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from tests.core.directives.papers import answer
from tests.core.directives.test_limits import FOOT, HEAD

WORDS = (
    "trước",
    "chậm nhất",
    "chậm nhất là",
    "chậm nhất vào",
    "chậm nhất đến",
    "chậm nhất trước",
    "muộn nhất",
    "không quá",
    "không muộn hơn",
    "xong trước",
    "hạn cuối",
    "hạn chót là",
    "trước và chậm nhất là",
)
HOURS = (
    ("", None),
    ("17 giờ 00 ", "17:00"),
    ("17h00, ", "17:00"),
    ("16 giờ 30 phút ", "16:30"),
    ("16h ", "16:00"),
    ("11g30 ", "11:30"),
    ("10:30 ", "10:30"),
    ("10h30’ ", "10:30"),
    ("15 giờ chiều ", "15:00"),
    ("hết giờ hành chính ", None),
    ("cuối giờ làm việc ", None),
    ("cuối buổi chiều ", None),
)
DAYS = (
    "ngày 14/6/2024",
    "14/6/2024",
    "ngày 14 tháng 6 năm 2024",
    "ngày 14-6-2024",
    "ngày 14.6.2024",
    "ngày 14 / 6 / 2024",
    "ngày 14/6 năm 2024",
    "ngày 14 tháng 06/2024",
    "ngày 14 tháng 6-2024",
    "ngày 14 (mười bốn) tháng 6 năm 2024",
    "thứ Sáu, ngày 14/6/2024",
    "thứ Sáu (ngày 14/6/2024)",
    "ngày thứ Sáu (14/6/2024)",
    "ngày thứ Sáu, 14/6/2024",
    "ngày 14/6/2024 (thứ Sáu)",
)
# How often, with the day of every year, or of every month, that it says.
RHYTHMS = (
    *((said, "20", "month") for said in ("ngày 20 hằng tháng", "ngày 20 hàng tháng", "ngày 20 mỗi tháng", "ngày 20 của mỗi tháng")),
    *((said, "20", "month") for said in ("ngày 20 tháng báo cáo", "ngày 20 của tháng báo cáo", "ngày 20 (hai mươi) hằng tháng")),
    *((said, "20", "month") for said in ("ngày 20 của tháng",)),
    *((said, "5", "month") for said in ("ngày mùng 5 hằng tháng", "ngày mồng 5 hàng tháng", "ngày 05 tháng sau", "ngày 05 của tháng sau")),
    *((said, "5", "month") for said in ("ngày 05 của tháng tiếp theo", "ngày 05 của tháng kế tiếp", "ngày 05 của tháng liền kề")),
    *((said, "-", "month") for said in ("ngày làm việc cuối cùng của tháng", "ngày cuối cùng của tháng", "ngày cuối tháng")),
    *((said, "-", "month") for said in ("ngày làm việc cuối cùng hằng tháng", "ngày làm việc đầu tiên của tháng sau")),
    *((said, "-", "month") for said in ("ngày làm việc thứ 3 của tháng sau",)),
    *((said, "20", "quarter") for said in ("ngày 20 tháng cuối quý", "ngày 20 của tháng cuối quý", "ngày 20 của tháng cuối mỗi quý")),
    *((said, "20", "quarter") for said in ("ngày 20 tháng cuối cùng của quý", "ngày 20 tháng thứ ba của quý")),
    *((said, "5", "quarter") for said in ("ngày 05 tháng đầu quý sau", "ngày 05 của tháng đầu quý tiếp theo", "ngày 05 của quý sau")),
    *((said, "-", "quarter") for said in ("ngày làm việc cuối cùng của quý", "ngày cuối cùng của quý")),
    *((said, "12-15", "year") for said in ("ngày 15/12 hằng năm", "ngày 15 tháng 12 hàng năm", "ngày 15/12 mỗi năm")),
    *((said, "12-15", "year") for said in ("ngày 15 tháng 12 của năm báo cáo", "ngày 15 (mười lăm) tháng 12 hằng năm")),
    *((said, "01-15", "year") for said in ("ngày 15/01 năm sau", "ngày 15/01 của năm tiếp theo", "ngày 15 tháng 01 năm kế tiếp")),
    *((said, "-", "week") for said in ("thứ Năm hằng tuần", "15h00 thứ Năm hằng tuần", "ngày thứ Năm hàng tuần", "chiều thứ 5 hằng tuần")),
    *((said, "-", "day") for said in ("16 giờ hằng ngày", "16h00 hàng ngày", "16 giờ 00 phút mỗi ngày")),
)
OFFICES = (
    "Sở Nội vụ",
    "Ban Thường vụ Tỉnh ủy",
    "UBND tỉnh",
    "Liên đoàn Lao động tỉnh",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "Bộ Giáo dục và Đào tạo",
    "Công an tỉnh",
    "Sở Nội vụ (qua Phòng Cải cách hành chính)",
    "Huyện ủy (qua Ban Tổ chức Huyện ủy)",
    "Tỉnh Đoàn",
    "Hội Liên hiệp Phụ nữ tỉnh",
    "Kho bạc Nhà nước khu vực VII",
    "Tổng Liên đoàn Lao động Việt Nam",
    "UBND xã (qua Văn phòng HĐND và UBND)",
    "Bộ Chỉ huy Quân sự tỉnh",
    "Thường trực Tỉnh ủy",
    "Hội đồng Thi đua - Khen thưởng tỉnh",
    "Công đoàn ngành Giáo dục tỉnh",
)
SENTENCES = (
    "Các đơn vị gửi báo cáo về {to} {by}.",
    "Đề nghị các đơn vị báo cáo kết quả về {to} {by} để tổng hợp, báo cáo Thủ tướng Chính phủ.",
    "{By}, các đơn vị gửi báo cáo về {to}.",
    "Các đơn vị gửi {to} {by} để tổng hợp.",
    "Báo cáo gửi {by} về {to}.",
    "Kết quả thực hiện gửi về {to} qua email: phongtd@tinh.gov.vn {by}.",
    "Tổng hợp, báo cáo {to} kết quả thực hiện {by}.",
    "Định kỳ báo cáo kết quả về {to} ({by}).",
    "Gửi báo cáo bằng văn bản về {to}, đồng thời gửi bản mềm qua địa chỉ thư điện tử abc@tinh.gov.vn, {by}.",
    "Giao các phòng tổng hợp kết quả, báo cáo về {to} theo quy định, thời gian {by}.",
    "Thời hạn gửi báo cáo về {to}: {by}.",
    "Báo cáo {to} tình hình, kết quả thực hiện Kế hoạch này {by}.",
    "Yêu cầu các đơn vị thực hiện và gửi báo cáo ({by}) về {to} theo dõi, chỉ đạo.",
)
Row = tuple[str, str, str | None, str | None, str]  # sentence, day, period (None: told beside), hour, to whom


def filled(sentence: str, by: str, to: str) -> str:
    return sentence.format(by=by, By=by[0].upper() + by[1:], to=to)


def once() -> Iterator[Row]:
    """Each hour with each day; words of limit, sentences and offices in turn."""
    turn = count()
    for day in DAYS:
        for said, hour in HOURS:
            at = next(turn)
            to = OFFICES[at % len(OFFICES)]
            yield filled(SENTENCES[at % len(SENTENCES)], f"{WORDS[at * 5 % len(WORDS)]} {said}{day}", to), "2024-06-14", "once", hour, to


def worded() -> Iterator[Row]:
    """Each word of limit in each sentence; days in turn."""
    turn = count()
    for sentence in SENTENCES:
        for word in WORDS:
            at = next(turn)
            to = OFFICES[at % len(OFFICES)]
            yield filled(sentence, f"{word} {DAYS[at % len(DAYS)]}", to), "2024-06-14", "once", None, to


def recurring() -> Iterator[Row]:
    """Each rhythm in each sentence; words of limit in turn."""
    turn = count()
    for said, day, period in RHYTHMS:
        for sentence in SENTENCES:
            at = next(turn)
            to = OFFICES[at % len(OFFICES)]
            hour = "15:00" if said.startswith("15h") else "16:00" if said.startswith("16") else None
            yield filled(sentence, f"{WORDS[at % 5]} {said}", to), day, period, hour, to


@pytest.mark.parametrize("rows", [once, worded, recurring])
def test_every_cell_of_the_table_of_limits_is_read_as_it_was_put_together(rows: Callable[[], Iterator[Row]]) -> None:
    misread = [(row, said) for row in rows() if (said := read_back(row[0])) != [row[1:]]]
    assert misread == []


def read_back(sentence: str) -> list[tuple[str, str | None, str | None, str]]:
    told = answer(HEAD + sentence + FOOT)["deadlines"]
    days = [next((str(each[key]) for key in ("date", "month_day", "day") if each.get(key)), "-") for each in told]
    return [(day, each["period"] or each.get("period_other"), each.get("time"), each["to"]) for day, each in zip(days, told, strict=True)]


def test_the_same_days_after_what_is_no_limit_set_no_deadline() -> None:
    """The days of the table where meetings, force, births and counted data have them."""
    days = dict.fromkeys([*DAYS, *(said for said, _, period in RHYTHMS if period == "year")])
    no_limits = ("Hội nghị được tổ chức vào {}.", "Quyết định này có hiệu lực kể từ {}.", "Số liệu tính đến {}.", "Lễ khai mạc diễn ra {}.")
    found = [(said, read_back(said)) for day in days for each in no_limits if read_back(said := each.format(day))]
    assert found == []
