"""When people do things: in office hours of working days, the more the nearer the due date."""

from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from kheo.core.days import ZONE, WorkingCalendar, local_day

# 7:30–11:30 and 13:00–17:00, as minutes of the day.
MORNING, AFTERNOON = (450, 690), (780, 1020)
SESSION = MORNING[1] - MORNING[0]
EVENING = (1080, 1410)
# Each working day before the due date is this much quieter than the one after it.
FADE = 0.83
DAYS_BEFORE = 24
IN_THE_LAST_EVENING = 0.15
ON_SATURDAY = 0.06
A_MOMENT = timedelta(minutes=12)


class Hours:
    """Instants of office life, for one working-day calendar."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self._before: dict[date, list[date]] = {}

    def on(self, day: date, chance: Random) -> datetime:
        """Some moment in the office hours of a day."""
        minute = chance.randrange(2 * SESSION)
        start = MORNING[0] + minute if minute < SESSION else AFTERNOON[0] + minute - SESSION
        return _instant(day, start, chance)

    def submission(self, due_day: date, chance: Random) -> datetime:
        """When a punctual unit sends its report: early on now and then, mostly in the last days, some in the last evening."""
        index = chance.choices(range(DAYS_BEFORE), cum_weights=_FADING)[0]
        day = self._working_days_before(due_day)[index]
        if index == 0 and chance.random() < IN_THE_LAST_EVENING:
            return _instant(day, chance.randrange(*EVENING), chance)
        if day.weekday() == 4 and index > 0 and chance.random() < ON_SATURDAY:
            return _instant(day + timedelta(days=1), chance.randrange(*MORNING), chance)
        return self.on(day, chance)

    def late(self, due_day: date, chance: Random) -> datetime:
        """When an unpunctual unit sends it."""
        return self.on(self.working_day_after(due_day, chance.choices((1, 2, 3), (5, 3, 1))[0]), chance)

    def after(self, instant: datetime, days: int, chance: Random) -> datetime:
        """Some working moment, that many working days later; on the same day only if enough of it is left."""
        day = local_day(instant)
        if days == 0 and self._calendar.is_working(day):
            rest = datetime.combine(day, time(17), ZONE) - (instant + A_MOMENT)
            if rest > A_MOMENT:
                return instant + A_MOMENT + timedelta(seconds=chance.randrange(int(rest.total_seconds())))
        return self.on(self.working_day_after(day, max(days, 1)), chance)

    def before(self, instant: datetime, days: int, chance: Random) -> datetime:
        """Some moment up to that many working days earlier (0: less than two hours)."""
        if days == 0:
            return instant - timedelta(seconds=chance.randrange(900, 6600))
        return self.on(self._working_days_before(local_day(instant) - timedelta(days=1))[days - 1], chance)

    def working_day_after(self, day: date, count: int) -> date:
        """The working day that many working days later."""
        while count:
            day += timedelta(days=1)
            count -= self._calendar.is_working(day)
        return day

    def _working_days_before(self, day: date) -> list[date]:
        """Working days, the last one first, beginning with `day` if it is one."""
        if day not in self._before:
            days: list[date] = []
            step = day
            while len(days) < DAYS_BEFORE:
                if self._calendar.is_working(step):
                    days.append(step)
                step -= timedelta(days=1)
            self._before[day] = days
        return self._before[day]


def clock(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in Ho Chi Minh City."""
    return datetime.combine(day, time(hour, minute), ZONE)


def _instant(day: date, minute: int, chance: Random) -> datetime:
    return clock(day, minute // 60, minute % 60) + timedelta(seconds=chance.randrange(60))


_FADING = list(accumulate(FADE**index for index in range(DAYS_BEFORE)))
