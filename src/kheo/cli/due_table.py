"""The real due dates of a year as a table: every tier with the day of its rule, the day that counts, and why they differ."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from kheo.cli.console import Console
from kheo.core.days import UncoveredYearError, WorkingCalendar, format_day, format_day_of_week
from kheo.core.definition import CycleDates, Definition
from kheo.core.definition.planning import PlannedDue, plan_dues, plan_faults, tiers_above
from kheo.core.definition.regime import cycles_in

HEAD = ("kỳ", "cấp báo cáo", "chốt số liệu", "hạn theo quy định", "hạn nộp", "vì sao")
ENGLISH_HEAD = ("cycle", "tier", "cut-off", "day of the rule", "due", "why")


def planned_year(definition: Definition, calendar: WorkingCalendar, year: int) -> Iterator[tuple[CycleDates, tuple[PlannedDue, ...]]]:
    """Every cycle of a year with its due dates, as far as the calendar goes."""
    for dates in cycles_in(definition.regime, year):
        try:
            yield dates, plan_dues(definition.regime, dates, calendar)
        except UncoveredYearError:
            return


def doubts_of(definition: Definition, calendar: WorkingCalendar, cycles: Iterable[tuple[CycleDates, tuple[PlannedDue, ...]]]) -> list[str]:
    """What should be meant: a tier due no earlier than the next one in the file, which a tree may turn out to be the tier above."""
    order = [tier.id for tier in definition.regime.tiers]
    following = dict(pairwise(order))
    found: list[str] = []
    for dates, dues in cycles:
        above = {**following, **tiers_above(definition.regime, dates.period)}
        found += [fault.message for fault in plan_faults(dates, dues, calendar, above)]
    return found


def as_data(cycles: Iterable[tuple[CycleDates, tuple[PlannedDue, ...]]]) -> list[dict[str, object]]:
    """For another program."""
    return [
        {
            "cycle": dates.code,
            "cutoff": dates.cutoff.isoformat(),
            "tiers": [{"tier": due.tier, "rule_day": due.rule_day.isoformat(), "due": due.day.isoformat(), "why": due.why} for due in dues],
        }
        for dates, dues in cycles
    ]


def print_due_table(console: Console, cycles: Iterable[tuple[str, date, Sequence[PlannedDue]]]) -> None:
    """Rows of (code of the cycle, cut-off, due dates), in columns."""
    rows = [HEAD if console.language == "vi" else ENGLISH_HEAD]
    for code, cutoff, dues in cycles:
        for due in dues:
            rule = format_day_of_week(due.rule_day) if due.is_moved else "="
            rows.append((code, due.name, format_day(cutoff), rule, format_day_of_week(due.day), due.why))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    for row in rows:
        padded = [text.ljust(width) for text, width in zip(row, widths, strict=False)]
        console.plain("  ".join((*padded, row[-1])).rstrip())
