"""In time or not: always derived from two instants of due and one of receipt, never stored as a state.

A report is judged by the due date in force; what was only in time because that date had been moved is told apart, so that an
extension never makes anybody look punctual (docs/decisions: on time and extended).
"""

from datetime import datetime
from enum import StrEnum

from kheo.core.numbers import format_int


class Timeliness(StrEnum):
    """How a report stands against its due date. The intervals are half-open: what comes at the due instant is late."""

    ON_TIME = "on_time"
    EXTENDED = "extended"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"


TIMELINESS_NAMES: dict[Timeliness, str] = {
    Timeliness.ON_TIME: "Đúng hạn",
    Timeliness.EXTENDED: "Trong hạn gia hạn",
    Timeliness.LATE: "Nộp trễ",
    Timeliness.OVERDUE: "Quá hạn chưa nộp",
    Timeliness.OPEN: "Chưa đến hạn",
}

# The same in a sentence, of a report that has come.
RECEIVED_WORDS: dict[Timeliness, str] = {
    Timeliness.ON_TIME: "đúng hạn",
    Timeliness.EXTENDED: "trong hạn gia hạn",
    Timeliness.LATE: "trễ hạn",
}


def result_words(kind: Timeliness, days: int) -> str:
    """`Đúng hạn`, `Trong hạn gia hạn`, `Trễ 3 ngày`, `Chưa gửi, quá hạn 2 ngày`, `Chưa gửi`; `days` late or overdue, 0 on the due day."""
    if kind in (Timeliness.ON_TIME, Timeliness.EXTENDED):
        return TIMELINESS_NAMES[kind]
    if kind is Timeliness.LATE:
        return f"Trễ {format_int(days)} ngày" if days else "Trễ hạn"
    return f"Chưa gửi, quá hạn {format_int(days)} ngày" if kind is Timeliness.OVERDUE and days else "Chưa gửi"


def timeliness(received_at: datetime | None, due_at: datetime, promised_at: datetime | None, now: datetime) -> Timeliness:
    """`promised_at`: the due instant given first, where an extension has moved it; None where nothing was moved."""
    if received_at is None:
        return Timeliness.OPEN if now < due_at else Timeliness.OVERDUE
    if received_at >= due_at:
        return Timeliness.LATE
    return Timeliness.ON_TIME if promised_at is None or received_at < promised_at else Timeliness.EXTENDED
