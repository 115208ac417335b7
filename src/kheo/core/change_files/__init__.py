"""Files of changes: which of the known formats a file is, and the events in it, planned day after day. Pure."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from kheo.core.change_files import differences, product, reform
from kheo.core.change_files.finding import Finder, by_day
from kheo.core.change_files.table import Line, read_table
from kheo.core.csv_lines import read_header
from kheo.core.problems import Problem, in_order
from kheo.core.reorganising import Event, Plan, Planner, Standing

Reader = Callable[[list[Line], Finder], list[Event]]
FORMATS: dict[tuple[str, ...], Reader] = {
    product.COLUMNS: product.events_of_product,
    differences.COLUMNS: differences.events_of_differences,
    differences.SHORT_COLUMNS: differences.events_of_differences,
    reform.COLUMNS: reform.events_of_reform,
}


@dataclass(frozen=True)
class ChangeLines:
    """The lines of a file with the reader of its format."""

    file: str
    lines: tuple[Line, ...]
    read: Reader


def read_changes(text: str, file: str) -> tuple[ChangeLines | None, tuple[Problem, ...]]:
    """Recognise the format by the header row; every line of a wrong shape or without a day is told."""
    header = read_header(text) or ()
    reader = FORMATS.get(header)
    if reader is None:
        known = "\n".join("  " + ",".join(columns) for columns in FORMATS)
        return None, (Problem(f"Không nhận ra dạng tệp qua dòng đầu. Dòng đầu phải là một trong:\n{known}", file, 1),)
    lines, problems = read_table(text, header, file)
    return (None if problems else ChangeLines(file, tuple(lines), reader)), in_order(problems)


def plan_changes(changes: ChangeLines, standing: Standing) -> Plan:
    """Plan a whole file on a standing that reaches its first day (it is changed); problems of every line at once."""
    planner = Planner(standing, changes.file)
    numbers = itertools.count(-1, -1)
    for day, lines in by_day(list(changes.lines)).items():
        find = Finder(standing, day, changes.file, numbers)
        events = changes.read(lines, find)
        planner.problems += find.problems
        planner.doubts += find.doubts
        planner.add_day(day, events)
    return planner.finish()


__all__ = ["FORMATS", "ChangeLines", "plan_changes", "read_changes"]
