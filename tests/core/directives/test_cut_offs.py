"""Up to when the data of a report are counted: told with the report, never as a limit of its own."""

import pytest

from tests.core.directives.papers import answer
from tests.core.directives.test_limits import FOOT, HEAD


@pytest.mark.parametrize(
    ("sentence", "limits"),
    [
        (
            "Định kỳ 06 tháng (10/5, số liệu chốt đến ngày 05/5), năm (15/11, số liệu chốt đến ngày 10/11) gửi báo cáo về Sở Nội vụ.",
            [("05-10", {"month_day": "05-05"}), ("11-15", {"month_day": "11-10"})],
        ),
        (
            "Gửi báo cáo về Sở Nội vụ trước ngày 15/5/2024 (số liệu tính từ ngày 15/11/2023 đến ngày 10/5/2024).",
            [("2024-05-15", {"date": "2024-05-10", "begins": "2023-11-15"})],
        ),
        (
            "Báo cáo 6 tháng gửi trước ngày 18/6, số liệu tính từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 6.",
            [("06-18", {"month_day": "06-14", "begins": "12-15"})],
        ),
        (
            "Thời điểm chốt số liệu: ngày 14 tháng 12; gửi báo cáo về Sở Nội vụ trước ngày 20 tháng 12.",
            [("12-20", {"month_day": "12-14"})],
        ),
        ("Báo cáo tháng gửi trước ngày 20 hằng tháng; số liệu chốt đến ngày 15 hằng tháng.", [(20, {"day": 15})]),
        ("Báo cáo (số liệu tính đến hết ngày 10/5/2024) gửi về Sở trước ngày 15/5/2024.", [("2024-05-15", {"date": "2024-05-10"})]),
        ("Gửi báo cáo về Sở trước ngày 15/5/2024 (tính đến 10/5/2024).", [("2024-05-15", {"date": "2024-05-10"})]),
        ("Chốt số liệu vào ngày 10/5/2024, gửi báo cáo về Sở Y tế trước ngày 12/5/2024.", [("2024-05-12", {"date": "2024-05-10"})]),
        (
            "Báo cáo gửi trước ngày 15/5/2024.\n\nThời gian chốt số liệu báo cáo: Tính từ ngày 15/11/2023 đến hết ngày 10/5/2024.",
            [("2024-05-15", {"date": "2024-05-10", "begins": "2023-11-15"})],
        ),
        ("Số liệu tính đến ngày 10/5/2024 có 12 đơn vị đạt. Hoàn thành việc nhập trước ngày 15/5/2024.", [("2024-05-15", None)]),
        ("Kỳ số liệu tính từ ngày 16 tháng trước đến ngày 15 tháng báo cáo.", []),
        (
            "Báo cáo quý I từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 3; gửi Sở Nội vụ trước ngày 18 tháng 3.",
            [("03-18", {"month_day": "03-14", "begins": "12-15"})],
        ),
        (
            "Báo cáo năm: từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 12; gửi Sở Nội vụ trước ngày 20 tháng 12.",
            [("12-20", {"month_day": "12-14", "begins": "12-15"})],
        ),
        ("Báo cáo năm: thời gian chốt số liệu từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 12 năm báo cáo.", []),
    ],
)
def test_a_cut_off_is_told_with_its_report(sentence: str, limits: list[tuple[object, object]]) -> None:
    told = answer(HEAD + sentence + FOOT)["deadlines"]
    assert [(each["date"] or each["month_day"] or each.get("day"), each.get("cut_off")) for each in told] == limits


@pytest.mark.parametrize("blanks", ["", " " * 400])
def test_the_place_of_a_cut_off_says_it(blanks: str) -> None:
    text = f"{HEAD}Báo cáo {blanks}(số liệu chốt đến ngày 10/5/2024) gửi về Sở trước ngày 15/5/2024.{FOOT}"
    (found,) = answer(text)["evidence"]["cut_offs"]
    assert (found["text"], text[found["start"] : found["end"]]) == (2 * ("số liệu chốt đến ngày 10/5/2024",))
