"""Quiet hours: when nobody is to be disturbed, and the first minute after. Instants are aware; hours are those of Asia/Ho_Chi_Minh."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kheo.core.days import ZONE, WorkingCalendar, due_day, local_day

MIDNIGHT = time(0)
# The longest run of days off is Tết with weekends on both sides: 9 days or so.
_FARTHEST = 40


def is_workday(calendar: WorkingCalendar, day: date) -> bool:
    """Whether a day is worked. In a year the calendar does not have: Monday to Friday.

    Due dates are never reckoned on a guess; but a reminder on a holiday too many does less harm than none for a whole year.
    """
    return calendar.is_working(day) if day.year in calendar.years else day.weekday() < 5


@dataclass(frozen=True)
class Quiet:
    """The hours `[starts, ends)` of every day, over midnight or not (equal: none), and whether whole days off are quiet too."""

    starts: time = time(21)
    ends: time = time(7)
    on_days_off: bool = True

    @property
    def opens(self) -> time:
        """The first minute of a day at which somebody may be told something."""
        return self.ends if self._holds(MIDNIGHT) else MIDNIGHT

    def _holds(self, hour: time) -> bool:
        if self.starts <= self.ends:
            return self.starts <= hour < self.ends
        return hour >= self.starts or hour < self.ends

    def _is_off(self, day: date, calendar: WorkingCalendar, except_on: date | None) -> bool:
        return self.on_days_off and day != except_on and not is_workday(calendar, day)

    def is_quiet(self, at: datetime, calendar: WorkingCalendar, except_on: date | None = None) -> bool:
        """Whether it is quiet now; `except_on` is a day off that counts as worked."""
        moment = at.astimezone(ZONE)
        return self._is_off(moment.date(), calendar, except_on) or self._holds(moment.time())

    def next_allowed(self, at: datetime, calendar: WorkingCalendar, except_on: date | None = None) -> datetime:
        """The first instant from `at` on that is not quiet."""
        if not self.is_quiet(at, calendar, except_on):
            return at
        today = local_day(at)
        for day in (today + timedelta(days=offset) for offset in range(_FARTHEST)):
            if self._is_off(day, calendar, except_on):
                continue
            for hour in sorted({MIDNIGHT, self.ends}):
                opening = datetime.combine(day, hour, ZONE)
                if opening > at and not self._holds(hour):
                    return opening
        return at + timedelta(days=_FARTHEST)

    def may_tell(self, at: datetime, due_at: datetime, calendar: WorkingCalendar) -> bool:
        """Whether to tell now of what is due then: not in quiet hours, unless waiting for their end would be too late.

        The last day itself is never a day off: whoever may still be on time is told on it.
        """
        last = due_day(due_at)
        if not self.is_quiet(at, calendar, except_on=last):
            return True
        return at < due_at <= self.next_allowed(at, calendar, except_on=last)
