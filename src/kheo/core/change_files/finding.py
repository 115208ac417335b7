"""Units by code around a day: who carried it before the changes of the day, who carries it after them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kheo.core.change_files.table import Line
from kheo.core.days import format_day
from kheo.core.problems import Problem
from kheo.core.reorganising import CODE_SCHEME, Decision, Fact, Standing
from kheo.core.text import name_key


@dataclass
class Finder:
    """Finds units for the lines of one day; what it cannot find is a problem at the line.

    `before`: carriers of codes as the day begins; `after`: as the lines of the day leave them, filled by the format's reader
    before it resolves parents and successors. New units are numbered -1, -2 … by `new` over the whole file.
    """

    standing: Standing
    day: date
    file: str
    numbers: Iterator[int]
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for slot, spans in self.standing.slots.items():
            if slot.fact is Fact.CODE and slot.key == CODE_SCHEME:
                self.before |= {str(span.value): slot.unit for span in spans if span.holds(self.day)}
        self.after = dict(self.before)

    def fault(self, line: Line, column: str, message: str) -> None:
        """Tell what is wrong with a cell."""
        self.problems.append(Problem(message, self.file, line.row, column))

    def doubt(self, line: Line, column: str, message: str) -> None:
        """Tell what a careful reader would ask about a cell; it stops nothing."""
        self.doubts.append(Problem(message, self.file, line.row, column))

    def old(self, line: Line, column: str, name: str = "") -> int | None:
        """The unit that carries the code of a cell as the day begins; with `name` it must be called so."""
        code = line[column]
        unit = self.before.get(code)
        if unit is None:
            self.fault(line, column, f"Không có đơn vị mang mã “{code[:60]}” vào ngày {format_day(self.day)}.")
            return None
        called = self.standing.name(unit, self.day)
        if name and name_key(called) != name_key(name):
            self.fault(line, column, f"Mã “{code}” ngày {format_day(self.day)} là “{called}”, không phải “{name[:80]}”.")
            return None
        return unit

    def new(self) -> int:
        """A number for a unit that begins."""
        return next(self.numbers)

    def next(self, line: Line, column: str) -> int | None:
        """The unit that carries the code of a cell after the changes of the day."""
        unit = self.after.get(line[column])
        if unit is None:
            self.fault(line, column, f"Không có đơn vị mang mã “{line[column][:60]}” sau các thay đổi ngày {format_day(self.day)}.")
        return unit


def decision_of(line: Line, column: str = "decision") -> Decision:
    """The decision as the file names it; its day is in a column of its own or not known."""
    day = line["decision_day"]
    return Decision(line[column], date.fromisoformat(day) if day else None)


def by_day(lines: list[Line]) -> dict[date, list[Line]]:
    """Lines by their day, days in order."""
    days: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        days[line.day].append(line)
    return dict(sorted(days.items()))
