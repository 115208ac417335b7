"""Limits of a plan, or of rules, that a decision issues: they stand below the signature."""

import pytest

from tests.core.directives.papers import answer
from tests.core.directives.test_limits import FOOT, HEAD


def decision(title: str, annex: str) -> str:
    """A decision that issues what stands below its signature."""
    head = HEAD.replace(
        "V/v báo cáo\n\nKính gửi: Các sở, ban, ngành.\n\n", "\nQUYẾT ĐỊNH\nVề việc ban hành tài liệu\n\nĐiều 1. Ban hành kèm theo.\n\n"
    )
    issued = "(Ban hành kèm theo Quyết định số 12/QĐ-SNV ngày 02/3/2024 của Sở Nội vụ)"
    return f"{head}Điều 2. Quyết định có hiệu lực từ ngày ký.{FOOT}\n\n{title}\nKiểm tra công vụ năm 2024\n{issued}\n\n{annex}"


PLAN = (
    "I. MỤC ĐÍCH\n\nTừ ngày 01/02/2024 có 12 đơn vị được kiểm tra.\n\nII. CHẾ ĐỘ BÁO CÁO\n\n"
    "1. Các đơn vị báo cáo hằng quý về Sở Nội vụ trước ngày 10 của tháng đầu quý sau.\n\n"
    "2. Gửi kết quả tự kiểm tra về Thanh tra Sở trước ngày 20/5/2024.\n"
)


@pytest.mark.parametrize("title", ["KẾ HOẠCH", "PHƯƠNG ÁN", "CHƯƠNG TRÌNH CÔNG TÁC", "HƯỚNG DẪN", "QUY CHẾ", "QUY ĐỊNH"])
def test_what_orders_below_the_signature_of_the_decision_that_issues_it_sets_deadlines(title: str) -> None:
    told = answer(decision(title, PLAN))["deadlines"]
    assert [(each["date"] or each["day"], each["period"], each["to"]) for each in told] == [
        (10, "quarter", "Sở Nội vụ"),
        ("2024-05-20", "once", "Thanh tra Sở"),
    ]


@pytest.mark.parametrize("title", ["MẪU BÁO CÁO", "DANH SÁCH", "BIỂU TỔNG HỢP"])
def test_forms_and_lists_below_the_signature_set_none(title: str) -> None:
    assert answer(decision(title, PLAN))["deadlines"] == []
