"""Which due dates move, and what moving those of a whole tier comes to: read before it is confirmed, and kept in the journal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from kheo.core.days import due_day, format_day, is_on_time
from kheo.core.due_words import in_sentence
from kheo.core.numbers import format_int


def needs_none(received_at: datetime | None, due_at: datetime, after: datetime) -> str:
    """Why a due date need not or cannot be moved to `after` (the first instant that is late), or nothing."""
    if received_at is not None and is_on_time(received_at, due_at):
        return "Đã nộp trong hạn, không cần gia hạn."
    if after <= due_at:
        return f"Hạn đang là hết ngày {format_day(due_day(due_at))}; chỉ gia hạn về sau, không rút ngắn."
    return ""


@dataclass(frozen=True)
class Foreseen:
    """How many reports of a tier get until `after`: of these `late` have come late already; `in_time` and `farther` stay as they are."""

    tier: str
    moving: int
    late: int
    in_time: int
    farther: int
    before: Collection[date]
    after: date

    @property
    def words(self) -> str:
        """One sentence."""
        days = sorted(self.before)
        since = format_day(days[0]) if len(days) == 1 else f"{format_day(days[0])}–{format_day(days[-1])}" if days else "…"
        parts = [
            f"Gia hạn cả cấp {in_sentence(self.tier)}: {format_int(self.moving)} báo cáo "
            f"dời hạn từ hết {since} đến hết {format_day(self.after)}",
            f"trong đó {format_int(self.late)} báo cáo đã nộp trễ sẽ thành trong hạn gia hạn" if self.late else "",
            f"{format_int(self.in_time)} báo cáo đã nộp trong hạn không đổi" if self.in_time else "",
            f"{format_int(self.farther)} báo cáo đang có hạn bằng hoặc xa hơn thì giữ hạn ấy" if self.farther else "",
        ]
        return "; ".join(part for part in parts if part) + "."
