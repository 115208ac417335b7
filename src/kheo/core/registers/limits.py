"""Time limits of an entry in words: how long is left, since when it stands still, how late it is."""

from dataclasses import dataclass
from datetime import date

from kheo.core.days import UncoveredYearError, WorkingCalendar, format_day, format_day_of_week
from kheo.core.registers.clock import Deadline, days_left, is_late
from kheo.core.registers.clock_defs import ClockDef
from kheo.core.registers.words import OPEN_CLASSES

SOON = 3


def is_overdue(meaning: str, due_on: date | None, today: date) -> bool:
    """Quá hạn, on every page, in every list, count, digest and answer: still open, and its stored due day has passed (registers.md §1).

    A limit that stands still has no due day. What is done and to be looked at again, or waits for another's answer, is not overdue but
    behind (chậm xem lại). Statements say the same by the states that are open (`queries.listing`, `queries.reminding`, `access.queue`).
    """
    return meaning in OPEN_CLASSES and due_on is not None and due_on < today


@dataclass(frozen=True)
class LimitWords:
    """`tone`: ok, soon or overdue; empty for what is over."""

    tone: str
    words: str


def limit_words(clock: ClockDef, deadline: Deadline, today: date, calendar: WorkingCalendar, *, is_open: bool = True) -> LimitWords:
    """`Còn 2 ngày làm việc, hạn thứ Tư 15/11/2023`. `is_open`: its entry is, so that it can be overdue (`is_overdue`)."""
    extended = ", đã gia hạn" if deadline.extended else ""
    due = format_day(deadline.due_on)
    if deadline.met_on is not None:
        how = f"trễ {(deadline.met_on - deadline.due_on).days} ngày so với hạn {due}" if is_late(deadline, today) else f"đúng hạn {due}"
        return LimitWords("", f"Xong ngày {format_day(deadline.met_on)}, {how}{extended}")
    if deadline.paused_on is not None:
        late = (deadline.paused_on - deadline.due_on).days  # not overdue now: nobody on this side is waited for
        left = f"lúc dừng đã trễ {late} ngày" if late > 0 else f"khi đếm lại còn {deadline.left or 0} {_unit(clock)}"
        return LimitWords("", f"Tạm dừng từ {format_day(deadline.paused_on)}, {left}")
    if is_late(deadline, today) and not is_open:
        return LimitWords("soon", f"Chậm {(today - deadline.due_on).days} ngày (hạn {due})")
    if is_late(deadline, today):
        return LimitWords("overdue", f"Quá hạn {(today - deadline.due_on).days} ngày (hạn {due}){extended}")
    if deadline.due_on == today:
        return LimitWords("soon", f"Hạn là hôm nay{extended}")
    left_days, unit = _left(clock, deadline, today, calendar)
    return LimitWords("soon" if left_days <= SOON else "ok", f"Còn {left_days} {unit}, hạn {format_day_of_week(deadline.due_on)}{extended}")


def _unit(clock: ClockDef) -> str:
    return "ngày làm việc" if clock.working_days is not None else "ngày"


def _left(clock: ClockDef, deadline: Deadline, today: date, calendar: WorkingCalendar) -> tuple[int, str]:
    """In working days where its calendar knows them, else in days: of a year that nobody entered nothing is guessed."""
    try:
        return days_left(clock, deadline, today, calendar), _unit(clock)
    except UncoveredYearError:
        return (deadline.due_on - today).days, "ngày"
