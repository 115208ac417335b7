"""The working-day calendars that are kept as files beside the campaigns."""

from pathlib import Path

from kheo.cli.arguments import read_input
from kheo.config.environment import campaigns_dir
from kheo.config.refusals import Refused
from kheo.core.days import WorkingCalendar


def calendars_dir() -> Path:
    """Where the office keeps its calendars up."""
    return campaigns_dir() / "calendars"


def calendar_names() -> frozenset[str]:
    """Names that a definition may give as its calendar."""
    return frozenset(file.stem for file in calendars_dir().glob("*.yaml"))


def working_calendar(name: str) -> WorkingCalendar:
    """The calendar of that name; Refused lists what is wrong with its file."""
    from kheo.core.definition import load_calendar

    file = calendars_dir() / f"{name}.yaml"
    loaded = load_calendar(read_input(file), str(file))
    if loaded.calendar is None:
        listed = "\n".join(f"  - {problem}" for problem in loaded.problems)
        raise Refused(f"Lịch ngày nghỉ “{name}” có chỗ sai:\n{listed}", f"The calendar “{name}” is wrong:\n{listed}")
    return loaded.calendar.working


def working_calendars() -> dict[str, WorkingCalendar]:
    """All of them by name; Refused where one cannot be read."""
    return {name: working_calendar(name) for name in sorted(calendar_names())}
