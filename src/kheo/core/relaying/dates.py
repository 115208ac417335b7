"""The dates of a directive moved earlier when a unit passes it down: those below answer before the unit must.

Never before today; what cannot be moved is said, each with why, and left to a person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kheo.core.days import UncoveredYearError, WorkingCalendar, format_day
from kheo.core.directives.dates import OF_A_YEAR, WHOLE, When
from kheo.core.directives.due import Deadline
from kheo.core.directives.paper import bare, tidy
from kheo.core.relaying.rhythms import EACH_TIME, Rhythm, moved_rhythm, rhythm_of
from kheo.core.relaying.rule import RelayRule

_PERIODS = {"half-year": "kỳ 6 tháng", "year": "kỳ năm", "quarter": "kỳ quý", "month": "kỳ tháng"}
_LIMIT = r"(?:(?:truoc|cham nhat|muon nhat|han chot|het|den het|vao|la|den)[\s:,]+)*"
_DAY = re.compile(rf"\(?(?:\b{_LIMIT})?(?:{WHOLE}|{OF_A_YEAR})(?:\s*hang nam)?\)?")
_BLANK_BEFORE_SIGN = re.compile(r"\s+([,;.:)])")


@dataclass(frozen=True)
class MovedDate:
    """A duty with the superior's day and the unit's own. `day` None: it could not be moved, `why` says why.

    `why` also tells how the day was counted. `is_doubtful`: a person should look at it before it is sent.
    `rhythm`: of a day of every month or quarter, which has no `day`.
    """

    text: str
    above: date | None
    day: date | None
    why: str
    is_doubtful: bool = False
    to: str = ""
    rhythm: Rhythm | None = None

    def kept(self, day: date | int | None) -> "MovedDate":
        """With the day that a person left or typed instead: of a rhythm a day of the month."""
        if self.rhythm is None:
            return replace(self, day=day if isinstance(day, date) else None)
        if day == self.rhythm.day:
            return self
        return replace(self, rhythm=replace(self.rhythm, day=day if isinstance(day, int) else None, earlier=()))


def move_dates(deadlines: Iterable[Deadline], rule: RelayRule, kind: str, today: date, calendar: WorkingCalendar) -> tuple[MovedDate, ...]:
    """Every deadline of a directive, in its order, as a unit of that kind asks it of the units below."""
    return tuple(move_date(each, rule, kind, today, calendar) for each in deadlines)


def move_date(deadline: Deadline, rule: RelayRule, kind: str, today: date, calendar: WorkingCalendar) -> MovedDate:
    """One deadline. A day of every year is taken as its next occurrence."""
    text, to = duty_of(deadline), deadline.to or ""
    if deadline.when is None:
        return _without_a_day(deadline, text, to, rule.days_for(kind), today, calendar)
    above = deadline.when.date or _next(deadline.when, today)
    if above <= today:
        when = "là hôm nay" if above == today else "đã qua"
        why = f"Hạn {format_day(above)} của cấp trên {when}: không dời sớm hơn được."
        return MovedDate(text, above, None, why, is_doubtful=True, to=to)
    try:
        day, why, is_doubtful = _moved(above, rule, kind, today, calendar)
    except UncoveredYearError as fault:
        return MovedDate(text, above, None, f"{fault} Anh/chị tự ghi ngày.", is_doubtful=True, to=to)
    return MovedDate(text, above, day, why, is_doubtful=is_doubtful, to=to)


def _without_a_day(deadline: Deadline, text: str, to: str, count: int, today: date, calendar: WorkingCalendar) -> MovedDate:
    rhythm = rhythm_of(deadline)
    if rhythm is None:
        said = "không ghi ngày" if deadline.day is None else f"chỉ ghi ngày {deadline.day} của kỳ"
        return MovedDate(text, None, None, f"Văn bản cấp trên {said}: anh/chị tự ghi ngày của đơn vị.", is_doubtful=True, to=to)
    try:
        moved, why = moved_rhythm(rhythm, count, today, calendar)
    except UncoveredYearError as fault:
        moved, why = rhythm, f"{fault} Anh/chị tự ghi ngày."
    return MovedDate(text, None, None, why, is_doubtful=moved.day is None or bool(moved.earlier), to=to, rhythm=moved)


def duty_of(deadline: Deadline) -> str:
    """What is to be done, without the superior's days and name, as both are said beside it; with its period: `… (kỳ 6 tháng)`."""
    text = tidy(deadline.text)
    days = _DAY if deadline.when else EACH_TIME if rhythm_of(deadline) else None
    if days is None:
        return text
    kept, end = [], 0
    for match in days.finditer(bare(text)):
        kept.append(text[end : match.start()])
        end = match.end()
    said = " ".join("".join([*kept, text[end:]]).split())
    for whom in (f", gửi về {deadline.to}", f" về {deadline.to}") if deadline.to else ():
        said = said.replace(whom, "")
    said = _BLANK_BEFORE_SIGN.sub(r"\1", said).strip(" ,;.:")
    period = _PERIODS.get(deadline.period or "")
    return f"{said} ({period})" if period else said


def _next(when: When, today: date) -> date:
    """The next such day of a year, today among them; a 29/02 waits for a year that has one."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, when.month, when.day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError(f"no day {when.day}/{when.month} in nine years")


def _moved(above: date, rule: RelayRule, kind: str, today: date, calendar: WorkingCalendar) -> tuple[date, str, bool]:
    """The day, how it was counted, and whether a person should look."""
    count = rule.days_for(kind)
    day = calendar.before(above, count) if count else above
    why = f"{count} ngày làm việc trước hạn {format_day(above)} của cấp trên"
    if day < today:
        day = min(calendar.settle(today, "next"), above)
        return day, f"Không đủ {why}: lấy ngày sớm nhất còn được, {format_day(day)}.", True
    left = calendar.working_days(today + timedelta(days=1), day + timedelta(days=1))
    if left < rule.least_left:
        return day, f"{why}; cấp dưới chỉ còn {left} ngày làm việc.", True
    return day, f"{why}.", False


def date_faults(asked: date | int | None, moved: MovedDate, today: date) -> list[str]:
    """What is wrong with a day that a person typed instead, in Vietnamese; nothing for one that can be kept."""
    if isinstance(asked, int):
        above = moved.rhythm.above if moved.rhythm else 31
        return [f"Ngày {asked} sau ngày {above} của cấp trên."] if asked > above else []
    if asked is None:
        return []
    if asked < today:
        return [f"Hạn {format_day(asked)} trước hôm nay ({format_day(today)})."]
    if moved.above is not None and asked > moved.above >= today:
        return [f"Hạn {format_day(asked)} sau hạn {format_day(moved.above)} của cấp trên."]
    return []
