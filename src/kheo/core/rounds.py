"""How often a report went back and forth, and how long each side had it: from the instants of its acts alone.

A day is counted where it begins: sent on the 3rd and decided on the 5th is two calendar days at the recipient, and decided on the day
it came is none. So the days of consecutive turns add up to the days between the first and the last of them, with no day counted twice.
The days of writing before the first submission are nobody's delay and are not counted; nor are those after an acceptance, until a
supplement is sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kheo.core.days import UncoveredYearError, WorkingCalendar, local_day
from kheo.core.workflow import Act


@dataclass(frozen=True)
class Turn:
    """One submission and what ended its waiting (`act` as it is stored; None while it waits)."""

    sent_at: datetime
    ended_at: datetime | None = None
    act: str | None = None


@dataclass(frozen=True)
class Days:
    """Calendar days, and those of them that are worked; None where the calendar has no such year."""

    calendar: int
    working: int | None


@dataclass(frozen=True)
class Rounds:
    """`sent` and `returned`: how often. `at_unit` is the time for corrections, `at_recipient` the time for reviewing, both up to now."""

    sent: int
    returned: int
    at_unit: Days
    at_recipient: Days
    is_with_unit: bool
    is_with_recipient: bool


def rounds_of(turns: Sequence[Turn], *, now: datetime, calendar: WorkingCalendar | None) -> Rounds:
    """`turns` in the order of sending. What is open is counted to the day of `now`."""
    reviewing, correcting = [], []
    for place, turn in enumerate(turns):
        reviewing.append((turn.sent_at, turn.ended_at or now))
        if turn.ended_at and turn.act != Act.ACCEPT:
            is_last = place + 1 == len(turns)
            correcting.append((turn.ended_at, now if is_last else turns[place + 1].sent_at))
    last = turns[-1] if turns else None
    return Rounds(
        sent=len(turns),
        returned=sum(turn.act == Act.RETURN for turn in turns),
        at_unit=_days(correcting, calendar),
        at_recipient=_days(reviewing, calendar),
        is_with_unit=bool(last and last.ended_at and last.act != Act.ACCEPT),
        is_with_recipient=bool(last and not last.ended_at),
    )


def _days(spans: Iterable[tuple[datetime, datetime]], calendar: WorkingCalendar | None) -> Days:
    days = [(local_day(starts), max(local_day(starts), local_day(ends))) for starts, ends in spans]
    return Days(sum((ends - starts).days for starts, ends in days), _working(days, calendar))


def _working(days: Sequence[tuple[date, date]], calendar: WorkingCalendar | None) -> int | None:
    if calendar is None:
        return None
    try:
        return sum(calendar.working_days(starts, ends) for starts, ends in days)
    except UncoveredYearError:
        return None


def rounds_words(rounds: Rounds) -> str:
    """`2 lần nộp, 1 lần trả lại; đơn vị sửa 3 ngày (2 ngày làm việc), nơi nhận duyệt trong ngày`; empty when nothing was sent."""
    if not rounds.sent:
        return ""
    times = f"{rounds.sent} lần nộp, {rounds.returned} lần trả lại" if rounds.returned else f"{rounds.sent} lần nộp, chưa lần nào trả lại"
    unit = f"đơn vị sửa {days_words(rounds.at_unit)}, " if rounds.returned or rounds.is_with_unit else ""
    return f"{times}; {unit}nơi nhận duyệt {days_words(rounds.at_recipient)}"


def days_words(days: Days) -> str:
    """`3 ngày (2 ngày làm việc)`; under a day there is nothing to tell apart."""
    if days.calendar == 0:
        return "trong ngày"
    return f"{days.calendar} ngày" if days.working is None else f"{days.calendar} ngày ({days.working} ngày làm việc)"
