"""What an extension would give, told before somebody writes a reason for it; and whether any can be had at all."""

from collections.abc import Iterable
from datetime import date

from kheo.core.days import UncoveredYearError, WorkingCalendar, format_day, format_day_of_week
from kheo.core.registers.clock import Deadline, extend
from kheo.core.registers.clock_defs import ClockDef
from kheo.core.registers.models import RegisterDefinition


def extended_limits(
    definition: RegisterDefinition, limits: Iterable[tuple[str, Deadline]], today: date, calendar: WorkingCalendar
) -> list[str]:
    """`Trả lời: hạn 14/11/2023 → thứ Ba 21/11/2023`, of every limit that can still be moved: what the action moves, and nothing else."""
    clocks = {clock.code: clock for clock in definition.clocks if clock.extension}
    return [
        f"{clocks[code].name}: hạn {format_day(limit.due_on)} → {words}"
        for code, limit in limits
        if code in clocks and limit.due_on >= today and (words := _moved(clocks[code], limit, calendar))
    ]


def _moved(clock: ClockDef, limit: Deadline, calendar: WorkingCalendar) -> str:
    """The new day in words; of a year that nobody entered in the calendar only that there is one."""
    try:
        moved = extend(clock, limit, calendar)
    except UncoveredYearError:
        return "muộn hơn"
    return format_day_of_week(moved.due_on) if moved else ""
