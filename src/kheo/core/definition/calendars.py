"""Working-day calendars: which days a country does not work, year by year, as data that the office keeps up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field, StrictBool, ValidationError

from kheo.core.days import WorkingCalendar, format_day
from kheo.core.definition.placing import Finding
from kheo.core.definition.source import read_source
from kheo.core.definition.wording import told
from kheo.core.definition.words import Day, Frozen, Title, Year
from kheo.core.problems import Problem, in_order

_LONGEST = timedelta(days=15)


class DaysOff(Frozen):
    """A day, or a run of days with both ends in it."""

    day: Day = Field(description="Ngày đầu.")
    until: Day | None = Field(None, description="Ngày cuối, nếu nghỉ nhiều ngày liền.")
    name: Title = Field(description="Tên ngày nghỉ.")

    def days(self) -> Iterator[date]:
        """Every day of the run; none when it ends before it starts."""
        last = self.until or self.day
        for offset in range((last - self.day).days + 1):
            yield self.day + timedelta(days=offset)


class WorkingWeekend(Frozen):
    """A Saturday or Sunday that is worked in exchange for another day."""

    day: Day = Field(description="Thứ Bảy hoặc Chủ nhật đi làm.")
    name: Title = Field(description="Lý do.")


class CalendarYear(Frozen):
    """One year of a calendar; provisional until the government's announcement has been entered."""

    year: Year = Field(description="Năm.")
    provisional: StrictBool = Field(False, description="Chưa chắc chắn, chờ thông báo chính thức.")
    days_off: tuple[DaysOff, ...] = Field(description="Các ngày nghỉ, ngoài thứ Bảy và Chủ nhật.")
    working_weekends: tuple[WorkingWeekend, ...] = Field((), description="Các ngày cuối tuần đi làm bù.")


class CalendarFile(Frozen):
    """A calendar as its file states it."""

    schema_version: Literal[1] = Field(description="Phiên bản của cách viết tệp này: 1.")
    name: Title = Field(description="Tên lịch.")
    years: tuple[CalendarYear, ...] = Field(description="Các năm.")


@dataclass(frozen=True)
class HolidayCalendar:
    """A calendar ready for use. `working` raises UncoveredYearError for a year that is not in the file."""

    name: str
    working: WorkingCalendar
    names: Mapping[date, str]
    provisional: frozenset[int]


@dataclass(frozen=True)
class CalendarResult:
    """A calendar and no problems, or no calendar and all problems."""

    calendar: HolidayCalendar | None
    problems: tuple[Problem, ...]


def load_calendar(content: str | bytes, file: str) -> CalendarResult:
    """Read a working-day calendar from YAML."""
    source = read_source(content, file)
    if source.data is None:
        return CalendarResult(None, in_order(source.problems))
    try:
        read = CalendarFile.model_validate(source.data)
        findings = list(_findings(read))
    except ValidationError as error:
        read = None
        findings = [Finding(each["loc"], told(each, CalendarFile)) for each in error.errors(include_url=False)]
    problems = [
        *source.problems,
        *(
            source.problem(finding.path, finding.message, at_key=finding.path in source.key_lines)
            for finding in findings
            if not source.is_refused(finding.path)
        ),
    ]
    return CalendarResult(_calendar(read) if read is not None and not problems else None, in_order(problems))


def _calendar(read: CalendarFile) -> HolidayCalendar:
    names = {day: run.name for year in read.years for run in year.days_off for day in run.days()}
    weekends = {weekend.day: weekend.name for year in read.years for weekend in year.working_weekends}
    working = WorkingCalendar(frozenset(year.year for year in read.years), frozenset(names), frozenset(weekends), names | weekends)
    return HolidayCalendar(read.name, working, names | weekends, frozenset(year.year for year in read.years if year.provisional))


def _findings(read: CalendarFile) -> Iterator[Finding]:
    if not read.years:
        yield Finding(("years",), "Danh sách trống; cần ít nhất một năm.")
    seen_years: set[int] = set()
    seen: set[date] = set()
    for index, year in enumerate(read.years):
        path: tuple[Any, ...] = ("years", index)
        if year.year in seen_years:
            yield Finding((*path, "year"), f"Năm {year.year} đã có ở trên.")
        seen_years.add(year.year)
        for place, run in enumerate(year.days_off):
            yield from _run_findings((*path, "days_off", place), run, year.year, seen)
        for place, weekend in enumerate(year.working_weekends):
            at = (*path, "working_weekends", place, "day")
            if weekend.day.weekday() < 5:
                yield Finding(at, f"{format_day(weekend.day)} không phải thứ Bảy hay Chủ nhật.")
            yield from _day_findings(at, weekend.day, year.year, seen)


def _run_findings(path: tuple[Any, ...], run: DaysOff, year: int, seen: set[date]) -> Iterator[Finding]:
    if run.until is not None and not run.day <= run.until <= run.day + _LONGEST:
        yield Finding((*path, "until"), f"Ngày cuối phải trong vòng {_LONGEST.days} ngày kể từ {format_day(run.day)}.")
        return
    for day in run.days():
        yield from _day_findings((*path, "day"), day, year, seen)


def _day_findings(path: tuple[Any, ...], day: date, year: int, seen: set[date]) -> Iterator[Finding]:
    if day.year != year:
        yield Finding(path, f"{format_day(day)} không thuộc năm {year}.")
    elif day in seen:
        yield Finding(path, f"{format_day(day)} đã có ở trên.")
    seen.add(day)
