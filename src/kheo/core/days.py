"""Days, spans and due instants. Every rule is read in Asia/Ho_Chi_Minh; instants are aware; spans are half-open."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NonWorkingDay = Literal["same", "next", "previous"]


@dataclass(frozen=True)
class Span:
    """A half-open range of days `[starts, ends)`; `ends` is None while it lasts."""

    starts: date
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends <= self.starts:
            raise ValueError(f"empty span {self.starts} – {self.ends}")

    def __contains__(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


class UncoveredYearError(LookupError):
    """The working-day calendar has no data for a year that a rule asks about."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked. Source of the default: Bộ luật Lao động 2019, Điều 111–112, and yearly swapped days."""

    years: frozenset[int]
    holidays: frozenset[date]
    working_weekends: frozenset[date]
    names: Mapping[date, str] = field(default_factory=dict, compare=False)

    def is_working(self, day: date) -> bool:
        """Raises UncoveredYearError rather than guess the holidays of a year nobody has entered."""
        if day.year not in self.years:
            raise UncoveredYearError(f"Lịch nghỉ lễ chưa có dữ liệu năm {day.year}.")
        if day in self.holidays:
            return False
        return day.weekday() < 5 or day in self.working_weekends

    def settle(self, day: date, rule: NonWorkingDay) -> date:
        """The day that counts when `day` may be a day off: itself, the next or the previous working day."""
        if rule == "same":
            return day
        step = timedelta(days=1 if rule == "next" else -1)
        while not self.is_working(day):
            day += step
        return day

    def before(self, day: date, count: int) -> date:
        """The working day that lies `count` (at least one) working days before a day."""
        while count:
            day -= timedelta(days=1)
            count -= self.is_working(day)
        return day

    def after(self, day: date, count: int) -> date:
        """The working day that lies `count` (at least one) working days after a day, which is not counted (BLDS 2015, Điều 147)."""
        while count:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def working_days(self, starts: date, ends: date) -> int:
        """Number of working days in the half-open range `[starts, ends)`."""
        span = (ends - starts).days
        return sum(self.is_working(starts + timedelta(days=offset)) for offset in range(span))


def due_instant(day: date) -> datetime:
    """The first instant that is too late for a due date of `day`: 24:00 of that day in Asia/Ho_Chi_Minh."""
    return datetime.combine(day + timedelta(days=1), time.min, ZONE)


def last_day(until: datetime) -> date:
    """The last day that lies before an instant, wholly or in part: people are told this day, not the half-open end."""
    return (until.astimezone(ZONE) - timedelta(microseconds=1)).date()


def due_day(due_at: datetime) -> date:
    """The last day on which a report due at `due_at` is on time."""
    return last_day(due_at)


def is_on_time(received_at: datetime, due_at: datetime) -> bool:
    """On time is strictly before the due instant (a half-open interval ending at 24:00)."""
    return received_at < due_at


def local_day(instant: datetime) -> date:
    """The calendar day of an aware instant in Asia/Ho_Chi_Minh."""
    return instant.astimezone(ZONE).date()


WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday_name(day: date) -> str:
    """`thứ Hai` … `Chủ nhật`."""
    return WEEKDAYS[day.weekday()]


def format_day_of_week(day: date) -> str:
    """`thứ Tư 15/11/2023`."""
    return f"{weekday_name(day)} {format_day(day)}"


def format_day(day: date) -> str:
    """`15/11/2023`."""
    return f"{day:%d/%m/%Y}"


_PEOPLES_DAY = re.compile(r"^(\d{1,2})[-.](\d{1,2})[-.](\d{4})$")


def typed_day(text: str) -> date:
    """`2023-11-15` as browsers send it, `15/11/2023`, `15-11-2023`, `15.11.2023` as people do. Raises ValueError for anything else."""
    parts = _PEOPLES_DAY.sub(r"\1/\2/\3", text.strip()).split("/")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else date.fromisoformat(text.strip())
    except OverflowError:
        raise ValueError(text) from None


def written_day(day: date) -> str:
    """`ngày 05 tháng 02 năm 2023`: days below 10 and the months 1 and 2 take a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def format_instant(instant: datetime) -> str:
    """`10:32 15/11/2023` in Asia/Ho_Chi_Minh."""
    return f"{instant.astimezone(ZONE):%H:%M %d/%m/%Y}"


def format_instant_exact(instant: datetime) -> str:
    """`10:32:05 ngày 15/11/2023`, for receipts."""
    return f"{instant.astimezone(ZONE):%H:%M:%S} ngày {instant.astimezone(ZONE):%d/%m/%Y}"


def format_until(until: datetime) -> str:
    """`hết ngày 15/11/2023` for midnight, which nobody takes for the end of the day before; else `10 giờ 32 phút ngày 15/11/2023`."""
    moment = until.astimezone(ZONE)
    if moment.time() == time.min:
        return f"hết ngày {format_day(last_day(until))}"
    return f"{moment:%H} giờ {moment:%M} phút ngày {format_day(moment.date())}"


def days_between(starts: date, ends: date) -> Iterable[date]:
    """Every day of the half-open range `[starts, ends)`."""
    for offset in range((ends - starts).days):
        yield starts + timedelta(days=offset)
