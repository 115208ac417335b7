"""What each indicator costs, and whether anybody looks at it."""

from collections.abc import Sequence
from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import latest_cycles
from kheo.core.numbers import format_int
from kheo.documents.plain_tables import PlainTable
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.burden import MINUTES_PER_CELL, Burden, burdens
from kheo.web.discipline.shown import Shown

CYCLES = 3
HEAD = (
    "Chỉ tiêu, ít được xem nhất lên đầu", "Ô phải nhập", "Có số", "Không phát sinh", "Chưa có số liệu", "Không áp dụng",
    "Sửa sau khi bị trả lại", "Lượt mở kỳ này", "Lượt mở các kỳ trước", "Phút một đơn vị",
)  # fmt: skip
NOTE = (
    f"Ước tính {MINUTES_PER_CELL} phút cho mỗi ô. Lượt mở: số lần có người mở con số tổng hợp ra xem từng đơn vị, đếm chung toàn kỳ, "
    "không ghi ai mở. Chỉ tiêu có tường chắn: “không phát sinh” tính chung vào “có số”."
)


def burden_tables(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> list[Shown]:
    """By indicator."""
    cycles = latest_cycles(cycle, CYCLES)
    found = burdens(cycle, [each for each in cycles if each.pk != cycle.pk], unit)
    order = sorted(found, key=lambda each: (each.opened + each.opened_before, -each.empty_share))
    return [Shown(PlainTable("Gánh nặng chỉ tiêu", _sentence(found, len(cycles)), HEAD, tuple(_cells(each) for each in order)), (), NOTE)]


def _cells(each: Burden) -> tuple[int | str | None, ...]:
    name = f"{each.indicator.code} {each.indicator.name}"
    answers = (each.asked, each.number, each.zero, each.blank, each.not_applicable)
    return (name, *answers, each.changed, each.opened, each.opened_before, each.minutes)


def _sentence(found: Sequence[Burden], cycles: int) -> str:
    unseen = [each for each in found if not each.opened + each.opened_before]
    minutes = sum(each.minutes for each in found)
    cost = f"Mỗi đơn vị mất khoảng {format_int(minutes)} phút cho {format_int(len(found))} chỉ tiêu"
    if not unseen:
        return f"{cost}; chỉ tiêu nào cũng có người mở xem."
    when = f"{cycles} kỳ" if cycles > 1 else "kỳ này"
    return f"{cost}; {format_int(len(unseen))} chỉ tiêu không ai mở trong {when}: đề nghị xem lại có cần hỏi nữa không."
