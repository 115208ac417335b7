"""The working-day calendars that are kept as files beside the campaigns."""

from functools import lru_cache
from pathlib import Path

from kheo.config.environment import campaigns_dir
from kheo.config.refusals import Refused, reason_of
from kheo.core.days import WorkingCalendar


def calendars_dir() -> Path:
    """Where the office keeps its calendars up."""
    return campaigns_dir() / "calendars"


def calendar_names() -> frozenset[str]:
    """Names that a definition may give as its calendar."""
    return frozenset(file.stem for file in calendars_dir().glob("*.yaml"))


@lru_cache(maxsize=8)
def working_calendar(name: str) -> WorkingCalendar:
    """The calendar of that name; Refused lists what is wrong with its file."""
    from kheo.core.definition import load_calendar

    file = calendars_dir() / f"{name}.yaml"
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise Refused(f"Không đọc được {file}: {reason_of(fault)}.", f"{file} cannot be read: {fault.strerror}.") from fault
    loaded = load_calendar(content, str(file))
    if loaded.calendar is None:
        listed = "\n".join(f"  - {problem}" for problem in loaded.problems)
        raise Refused(f"Lịch ngày nghỉ “{name}” có chỗ sai:\n{listed}", f"The calendar “{name}” is wrong:\n{listed}")
    return loaded.calendar.working


def working_calendars() -> dict[str, WorkingCalendar]:
    """All of them by name; Refused where one cannot be read."""
    return {name: working_calendar(name) for name in sorted(calendar_names())}
