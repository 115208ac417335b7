"""What is to be answered by a day: how far off that is, in working days."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kheo.core.days import UncoveredYearError, WorkingCalendar
from kheo.core.paper_books.facts import OPEN, Progress

SOON = 3  # working days


class Urgence(StrEnum):
    """How an arrival stands against its day."""

    DONE = "done"
    DONE_LATE = "done_late"
    LATE = "late"
    SOON = "soon"
    OPEN = "open"


@dataclass(frozen=True)
class Standing:
    """`days`: working days late, or left; None where the calendar has no data for a year between."""

    urgence: Urgence
    days: int | None
    unit: str = "ngày làm việc"

    @property
    def words(self) -> str:
        """`Quá hạn 3 ngày làm việc`, `Còn 2 ngày làm việc`, `Hết hạn hôm nay`."""
        if self.urgence == Urgence.DONE:
            return "Đúng hạn"
        count = "" if self.days is None else f" {self.days} {self.unit}"
        if self.urgence in (Urgence.LATE, Urgence.DONE_LATE):
            return ("Quá hạn" if self.urgence == Urgence.LATE else "Xong trễ") + ("" if self.days == 0 else count)
        return "Hết hạn hôm nay" if self.days == 0 else f"Còn{count}" if count else "Chưa tới hạn"


def stands(due_on: date, progress: Progress, done_on: date | None, today: date, calendar: WorkingCalendar | None) -> Standing:
    """A day that is no working day counts as the next working day; the day itself is still in time (BLDS 2015, điều 148)."""
    due = _settled(due_on, calendar)
    if progress not in OPEN:
        end = done_on or today
        return Standing(Urgence.DONE, None) if end <= due else Standing(Urgence.DONE_LATE, _between(due, end, calendar))
    if today > due:
        return Standing(Urgence.LATE, _between(due, today, calendar))
    left = _between(today, due, calendar)
    return Standing(Urgence.SOON if left is not None and left <= SOON else Urgence.OPEN, left)


def _settled(day: date, calendar: WorkingCalendar | None) -> date:
    try:
        return calendar.settle(day, "next") if calendar else day
    except UncoveredYearError:
        return day


def _between(start: date, end: date, calendar: WorkingCalendar | None) -> int | None:
    """Working days after `start` up to `end`."""
    try:
        return calendar.working_days(start + timedelta(days=1), end + timedelta(days=1)) if calendar else None
    except UncoveredYearError:
        return None
