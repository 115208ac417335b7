"""A day of every month or quarter moved earlier: one day for all of them, and the few that holidays make earlier still."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kheo.core.days import UncoveredYearError, WorkingCalendar, format_day
from kheo.core.directives.due import Deadline
from kheo.core.directives.paper import bare

_LIMIT = r"(?:(?:truoc|cham nhat|muon nhat|han chot|het|den het|vao|la|den)[\s:,]+)*"
# `trước ngày 20 hằng tháng`, `ngày 25 của tháng cuối quý`, `ngày 05 tháng đầu quý sau`, on bare text.
EACH_TIME = re.compile(
    rf"\(?(?:\b{_LIMIT})?(?:ngay|mung)\s*\d{{1,2}}\s+"
    r"(?:(?:cua\s+)?thang\s+(?:cuoi|dau|thu\s+[123])(?:\s+(?:cua\s+)?(?:(?:moi|hang)\s+)?quy)?(?:\s+(?:ke\s+tiep|tiep\s+theo|sau))?"
    r"|(?:hang|moi|trong|cua\s+moi|cua\s+hang)\s+(?:thang|quy))\)?"
)
_LAST_MONTH, _NEXT = re.compile(r"thang\s+cuoi"), re.compile(r"thang\s+dau|quy\s+(?:sau|ke|tiep)")
_TIMES = {"month": 12, "quarter": 4}  # of a year, so that its holidays are all seen
_LATEST_AFTER = 15  # days of the month after a quarter by which its reports come where the paper does not say which month


@dataclass(frozen=True)
class Rhythm:
    """The superior's day and the unit's own, of every month or quarter. `day` None: left to a person.

    `earlier`: where holidays stand between, the day is this one instead. `in_next`: of a quarter, the month after it.
    """

    period: str
    above: int
    day: int | None
    earlier: tuple[date, ...] = ()
    in_next: bool = False

    def words(self, day: int) -> str:
        """`ngày 20 hằng tháng`, `ngày 25 tháng cuối quý`, `ngày 05 tháng đầu quý sau`."""
        of = "hằng tháng" if self.period == "month" else "tháng đầu quý sau" if self.in_next else "tháng cuối quý"
        return f"ngày {day:02d} {of}"

    @property
    def exceptions(self) -> str:
        """`riêng 07/02/2024, 24/04/2024`, or nothing."""
        return f"riêng {', '.join(format_day(each) for each in self.earlier)}" if self.earlier else ""


def rhythm_of(deadline: Deadline) -> Rhythm | None:
    """The rhythm of a limit that names a day of every month or quarter; None of any other."""
    if deadline.day is None or deadline.period not in _TIMES or deadline.when is not None:
        return None
    said = bare(deadline.text)
    late = deadline.period == "quarter" and not _LAST_MONTH.search(said)
    in_next = late and bool(_NEXT.search(said) or deadline.day <= _LATEST_AFTER)
    return Rhythm(deadline.period, deadline.day, None, in_next=in_next)


def moved_rhythm(rhythm: Rhythm, count: int, today: date, calendar: WorkingCalendar) -> tuple[Rhythm, str]:
    """The day so many working days earlier in whichever month, and how it was found. Raises UncoveredYearError where no month is known."""
    day = rhythm.above - _longest_way_back(count)
    if day < 1:
        why = f"{count} ngày làm việc trước {rhythm.words(rhythm.above)} rơi sang tháng trước: anh/chị tự ghi ngày của đơn vị."
        return rhythm, why
    times = list(_moved(rhythm, count, today, calendar))
    earlier = tuple(moved for above, moved in times if moved < _day_of(above.year, above.month, day))
    found = Rhythm(rhythm.period, rhythm.above, day, earlier, rhythm.in_next)
    why = f"{count} ngày làm việc trước {rhythm.words(rhythm.above)} của cấp trên, tháng nào cũng đủ kể cả khi có ngày nghỉ cuối tuần"
    return found, f"{why}; {found.exceptions} vì nghỉ lễ." if earlier else f"{why}."


def _months(rhythm: Rhythm) -> tuple[int, ...]:
    if rhythm.period == "month":
        return tuple(range(1, 13))
    return (1, 4, 7, 10) if rhythm.in_next else (3, 6, 9, 12)


def _moved(rhythm: Rhythm, count: int, today: date, calendar: WorkingCalendar) -> Iterator[tuple[date, date]]:
    """The superior's day and the moved one of each time of the coming year, as far as the calendar knows the days off."""
    found = 0
    for at in range(13):
        year, month = today.year + (today.month - 1 + at) // 12, (today.month - 1 + at) % 12 + 1
        above = _day_of(year, month, rhythm.above)
        if month not in _months(rhythm) or above <= today or found == _TIMES[rhythm.period]:
            continue
        try:
            yield above, calendar.before(above, count)
        except UncoveredYearError:
            if not found:
                raise
            return
        found += 1


def _day_of(year: int, month: int, day: int) -> date:
    """The day, or the last one of a shorter month."""
    ends = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return ends.replace(day=min(day, ends.day))


def _longest_way_back(count: int) -> int:
    """How many days lie at most between a day and the working day so many before it, if only weekends are off."""
    ways = []
    for start in range(7):
        left, way = count, 0
        while left:
            way += 1
            left -= (start - way) % 7 < 5
        ways.append(way)
    return max(ways)
