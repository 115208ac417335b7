"""What units say about figures that differ much from last period: one invented line."""

from collections.abc import Iterable, Mapping

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


def explanations(problems: Iterable[CellProblem], seed: int, unit: str, cycle: str) -> Mapping[str, str]:
    """A line for every figure that the campaign wants explained, by cell."""
    chance = stream(seed, "explanation", cycle, unit)
    asked = [problem for problem in problems if problem.severity == "explain"]
    return {each.cell: chance.choice(LESS if " giảm " in each.message or " không phát sinh" in each.message else MORE) for each in asked}
