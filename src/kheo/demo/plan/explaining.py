"""What units say about figures that differ much from last period: one invented line."""

import re
from collections.abc import Iterable, Mapping, Sequence

from kheo.core.checking import CellProblem
from kheo.demo.plan.chance import stream

MORE = (
    "Năm nay thêm hai tổ công đoàn và một khu nhà trọ tham gia nên số tăng.",
    "Kỳ trước mới làm điểm ở một tổ, kỳ này làm ở tất cả các tổ công đoàn.",
    "Có thêm nguồn hỗ trợ của doanh nghiệp từ quý II.",
    "Kỳ trước chưa ghi số của chi nhánh, kỳ này đã gộp vào.",
)
LESS = (
    "Một tổ công đoàn đã chuyển về đơn vị khác theo quyết định sắp xếp.",
    "Việc này phần lớn đã xong ở kỳ trước, kỳ này chỉ còn duy trì.",
    "Kinh phí năm nay giảm, đơn vị tập trung cho nội dung khác.",
)
# Of a number that a register counts otherwise.
UNWRITTEN = "Còn việc đã làm mà chưa ghi đủ vào sổ, đang nhắc ghi cho đủ."
SHARED = "Sổ ghi cả việc làm chung với đơn vị khác; báo cáo chỉ tính phần của đơn vị."


def explanations(problems: Iterable[CellProblem], seed: int, unit: str, cycle: str) -> Mapping[str, str]:
    """A line for every figure that the campaign, or a register, wants explained, by cell."""
    chance = stream(seed, "explanation", cycle, unit)
    asked = [problem for problem in problems if problem.severity == "explain"]
    return {each.cell: _beside_book(each) if " đếm được " in each.message else chance.choice(_words(each)) for each in asked}


def _beside_book(asked: CellProblem) -> str:
    """`… đếm được 1.180, ô này ghi 12`: more than the book has was not written down, less was shared with somebody."""
    counted, typed = (int(each.replace(".", "")) for each in re.findall(r"(?:đếm được|ô này ghi) ([\d.]*\d)", asked.message))
    return SHARED if typed < counted else UNWRITTEN


def _words(asked: CellProblem) -> Sequence[str]:
    return LESS if " giảm " in asked.message or " không phát sinh" in asked.message else MORE
