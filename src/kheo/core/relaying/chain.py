"""How far a directive has come: where each unit stands, and how many days each level took to pass it on.

Days to relay run from the day on which a unit got the directive to the day on which it passed it on. Units still waiting are told apart:
their days are not in the median, or a level that never passes anything on would look quick.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kheo.core.days import UncoveredYearError, WorkingCalendar


class Reached(StrEnum):
    """How far a unit has come with a directive."""

    UNSENT = "unsent"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    RELAYED = "relayed"


REACHED_NAMES: dict[Reached, str] = {
    Reached.UNSENT: "Chưa gửi tới",
    Reached.SENT: "Đã gửi tới, chờ bấm “Đã nhận”",
    Reached.ACKNOWLEDGED: "Đã nhận",
    Reached.RELAYED: "Đã chuyển xuống",
}


def reached(*, sent: bool, acknowledged: bool, relayed: bool) -> Reached:
    """From what is known of a unit; who has passed it on has had it, whether or not the click was made."""
    if relayed:
        return Reached.RELAYED
    if acknowledged:
        return Reached.ACKNOWLEDGED
    return Reached.SENT if sent else Reached.UNSENT


@dataclass(frozen=True)
class Passage:
    """So many units of a level (0 the topmost) got the directive on one day and passed it on on another, or (None) not yet."""

    level: int
    sent_on: date
    relayed_on: date | None
    units: int = 1


@dataclass(frozen=True)
class Took:
    """Days of those who passed on: the median, the ninth decile (90 % took no longer), the slowest. Each is the days of some unit."""

    median: int
    ninth: int
    slowest: int


@dataclass(frozen=True)
class LevelDays:
    """A level: how many had to pass it on, how many did, how long they took. None where nobody has yet, or no calendar covers the days.

    `waited`: the days that the unit waits which waits longest, None where none waits.
    """

    level: int
    relayed: int
    waiting: int
    calendar_days: Took | None
    working_days: Took | None
    waited: int | None


def days_per_level(passages: Iterable[Passage], today: date, calendar: WorkingCalendar) -> tuple[LevelDays, ...]:
    """From the topmost level down. Only units that have units below belong here: a leaf passes nothing on."""
    found: dict[int, list[Passage]] = {}
    for each in passages:
        found.setdefault(each.level, []).append(each)
    return tuple(_level(level, found[level], today, calendar) for level in sorted(found))


def _level(level: int, passages: Sequence[Passage], today: date, calendar: WorkingCalendar) -> LevelDays:
    done = [(each.sent_on, max(each.relayed_on, each.sent_on), each.units) for each in passages if each.relayed_on]
    waiting = [each for each in passages if each.relayed_on is None]
    return LevelDays(
        level=level,
        relayed=sum(units for _, _, units in done),
        waiting=sum(each.units for each in waiting),
        calendar_days=_took([((ends - starts).days, units) for starts, ends, units in done]),
        working_days=_in_working_days(done, calendar),
        waited=max(((today - each.sent_on).days for each in waiting), default=None),
    )


def _in_working_days(done: Iterable[tuple[date, date, int]], calendar: WorkingCalendar) -> Took | None:
    """The same counted on a calendar; the day of arrival is not counted (BLDS 2015, Điều 147). None where it lacks a year."""
    try:
        return _took([(working_days_after(starts, ends, calendar), units) for starts, ends, units in done])
    except UncoveredYearError:
        return None


def working_days_after(starts: date, ends: date, calendar: WorkingCalendar) -> int:
    """Working days from the day after `starts` to `ends`, which is counted."""
    one = ends - starts
    return calendar.working_days(starts, ends) - calendar.is_working(starts) + calendar.is_working(ends) if one else 0


def _took(counted: Sequence[tuple[int, int]]) -> Took | None:
    total = sum(units for _, units in counted)
    if not total:
        return None
    ordered = sorted(counted)
    return Took(_at(ordered, total, 50), _at(ordered, total, 90), ordered[-1][0])


def _at(ordered: Sequence[tuple[int, int]], total: int, percent: int) -> int:
    """The least number of days that at least so many percent did not exceed (discrete: nobody's mean)."""
    passed = 0
    for days, units in ordered:
        passed += units
        if passed * 100 >= percent * total:
            return days
    raise AssertionError("a share of all is reached at the last of them")
