"""A CSV with a known header row as lines of named cells; every wrong line is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kheo.core.csv_lines import read_rows
from kheo.core.problems import Problem

Cells = dict[str, str]


@dataclass(frozen=True)
class Line:
    """One line of the file: its number and its cells by column, trimmed and in NFC."""

    row: int
    cells: Cells

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def day(self) -> date:
        """The day on which it takes effect; only of a line that `read_table` passed."""
        return date.fromisoformat(self["day"] or self["effective_date"])


def read_table(text: str, columns: Sequence[str], file: str) -> tuple[list[Line], list[Problem]]:
    """Lines under the header, whatever is wrong with their shape or their day told with its line."""
    rows, problems = read_rows(text, len(columns), file, none="Tệp không có sự kiện nào.")
    lines = [Line(row.line, dict(zip(columns, row.cells, strict=True))) for row in rows]
    days = [found for line in lines for column in ("day", "effective_date", "decision_day") for found in _day_problem(line, column, file)]
    return lines, [*problems, *days]


def _day_problem(line: Line, column: str, file: str) -> list[Problem]:
    if column not in line.cells or (column == "decision_day" and not line[column]):
        return []
    try:
        date.fromisoformat(line[column])
    except ValueError:
        return [Problem(f"“{line[column][:30]}” không phải là ngày (viết 2025-07-01).", file, line.row, column)]
    return []
