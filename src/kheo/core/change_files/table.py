"""A CSV with a known header row as lines of named cells; every wrong line is told."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


def read_header(text: str) -> tuple[str, ...]:
    """The names of the columns."""
    try:
        return tuple(cell.strip().lower() for cell in next(csv.reader(io.StringIO(text), strict=True), []))
    except csv.Error:
        return ()


def read_table(text: str, columns: Sequence[str], file: str) -> tuple[list[Line], list[Problem]]:
    """Lines under the header, whatever is wrong with their shape or their day told with its line."""
    reader = csv.reader(io.StringIO(text), strict=True)
    lines: list[Line] = []
    problems: list[Problem] = []
    before = 1
    try:
        next(reader)
        before = reader.line_num
        for cells in reader:
            row, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                problems.append(Problem(f"Cần {len(columns)} cột, dòng này có {len(cells)} cột.", file, row))
                continue
            line = Line(row, dict(zip(columns, (unicodedata.normalize("NFC", cell).strip() for cell in cells), strict=True)))
            problems += [found for column in ("day", "effective_date", "decision_day") for found in _day_problem(line, column, file)]
            lines.append(line)
    except csv.Error:
        problems.append(Problem("Dòng không đúng dạng CSV (nháy kép mở mà không đóng, hoặc ô quá dài).", file, max(reader.line_num, 1)))
    if not lines and not problems:
        problems.append(Problem("Tệp không có sự kiện nào.", file, 2))
    return lines, problems


def _day_problem(line: Line, column: str, file: str) -> list[Problem]:
    if column not in line.cells or (column == "decision_day" and not line[column]):
        return []
    try:
        date.fromisoformat(line[column])
    except ValueError:
        return [Problem(f"“{line[column][:30]}” không phải là ngày (viết 2025-07-01).", file, line.row, column)]
    return []
